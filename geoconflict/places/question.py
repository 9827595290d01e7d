"""A name that somebody asks for, with all that is said of its place; and what is answered where none is sure enough."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.errors import InputError
from geoconflict.models import Place, ScoredPlace
from geoconflict.places.answers import Found
from geoconflict.places.asked import asked_point
from geoconflict.places.countries import country_code, country_table
from geoconflict.places.scoring import effective_distance_km

__all__ = ["Question", "checked_point", "codes_of", "region_instead", "why_not"]

_ADMIN_SCORE = 0.2
"""The score of a region that stands in for a settlement nobody knows: it is right only as far as the region reaches."""
_FALLBACK_NOTE = "the settlement is not known; this is the region it lies in"
_UNSURE_NOTE = "of the places of that name none is sure enough; this is the region that is said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked; equal questions have equal answers, as long as no service is asked."""

    name: str
    near: tuple[float, float] | None = None
    """(lon, lat) in degrees."""
    admin1: str | None = None
    country: str | None = None
    """As it was given, in whatever form."""
    on: dt.date | None = None
    context: str = ""
    fallback_to_admin: bool = False
    """Whether the region is an answer where the settlement is unknown."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes (ISO 3166-1 alpha-3) that the country allows; see :func:`codes_of`."""
        return codes_of(self.country)


def checked_point(near: Sequence[float]) -> tuple[float, float]:
    """Return a point that was given as (lon, lat) in degrees.

    Raises
    ------
    InputError
        If it is none on Earth.
    """
    try:
        lon, lat = map(float, near)
        is_point = -180 <= lon <= 180 and -90 <= lat <= 90
    except (TypeError, ValueError):
        is_point = False
    if not is_point:
        msg = f"near={near!r}: give (lon, lat) in degrees: longitude -180 to 180 first, then latitude -90 to 90"
        raise InputError(msg)
    return lon, lat


def why_not(question: Question, ranked: Sequence[ScoredPlace]) -> tuple[str, ...]:
    """Return why a name has no answer, and what could be said of the place that was not said."""
    where = f" in {question.country}" if question.country else ""
    if not ranked:
        repair = "check the spelling, or add the place to a file of your own named in `places.extra`"
        return (f"no place named {question.name!r} is known{where}; {repair}",)
    say = f"{len(ranked)} places are named {question.name!r}{where} and none is sure enough"
    if question.near is not None:
        place = ranked[0].place
        around = ", ".join(part for part in (place.admin1, place.country) if part)
        apart_km = effective_distance_km(place, asked_point(*question.near))
        say += f": the likeliest, {place.name} ({around}), is {apart_km:.0f} km from the point given"
    if question.near is None and not question.admin1 and not question.country:
        return (f"{say}; say what it lies near or in",)
    unsaid = ["what it lies near" if question.near is None else "a nearer place"]
    unsaid += [what for what, said in (("its region", question.admin1), ("its country", question.country)) if not said]
    return (f"{say}; say {', or '.join(unsaid)}, or decide on the name in `places.overrides`",)


def region_instead(
    place: Place, admin1: str | None, why: tuple[str, ...] = (), others: tuple[ScoredPlace, ...] = ()
) -> Found:
    """Return the region that is said as the answer for a settlement of which no place is known, or of which `others` may be meant."""
    note = (_UNSURE_NOTE if others else _FALLBACK_NOTE, f"{admin1!r} is {place.name}", *why)
    return Found(place=place, score=_ADMIN_SCORE, alternatives=others, reasons=note, stands_in=True)


@functools.lru_cache(maxsize=512)
def codes_of(country: str | None, *, strict: bool = True) -> tuple[str, ...]:
    """Return the codes a country's name allows: itself first, then the lands that sources count to it."""
    if not country:
        return ()
    code = country_code(country)
    if code is None:
        if strict:
            msg = f"{country!r} is no country that is known; give its English name or its ISO 3166-1 code"
            raise InputError(msg)
        return ()
    return (code, *country_table()[code].also)
