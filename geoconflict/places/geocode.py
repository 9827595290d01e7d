"""The geocoding chain: overrides, gazetteer, cache, online services; for one name, a table of names, or a whole report."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from geoconflict.civil_day import Day, civil_day
from geoconflict.clock import utc_now
from geoconflict.errors import ConfigError, GeoconflictError, InputError
from geoconflict.kinds import check_kind
from geoconflict.models import Place, Reading, Report, Resolution, RunFailure, ScoredPlace
from geoconflict.places.answers import Answer, Found, NotFound, Unavailable
from geoconflict.places.asked import AskedNames, asked_point, somewhere_on_its_road
from geoconflict.places.asked_relative import relative_answer
from geoconflict.places.countries import country_code, country_table
from geoconflict.places.facilities import facility_of, facility_word_in
from geoconflict.places.gazetteer import Candidate
from geoconflict.places.groups import NameGroup
from geoconflict.places.names import fold
from geoconflict.places.online.cache import GeocodeCache
from geoconflict.places.online.chain import N_ALTERNATIVES, OnlineChain, Service, online_candidate
from geoconflict.places.online.service import Query
from geoconflict.places.online.settings import services_from_settings
from geoconflict.places.other_spellings import PLAIN_COST
from geoconflict.places.overrides import Overrides, load_overrides
from geoconflict.places.report_country import country_of_report
from geoconflict.places.resolution import ranked_places, resolve
from geoconflict.places.scoring import Lookup, effective_distance_km
from geoconflict.places.units import unit_of, unit_word_in
from geoconflict.places.words import name_readings
from geoconflict.settings import Settings

__all__ = ["Geocoder", "ReportPlaces"]

_N_ANSWERS = 50_000
"""Answers to names asked for one by one that are kept in memory, some 2 kB each: a table of a whole war has about as many names."""
_ADMIN_SCORE = 0.2
"""The score of a region that stands in for a settlement nobody knows: it is right only as far as the region reaches."""
_FALLBACK_NOTE = "the settlement is not known; this is the region it lies in"
_UNSURE_NOTE = "of the places of that name none is sure enough; this is the region that is said"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReportPlaces:
    """The places of one report."""

    resolutions: tuple[Resolution, ...]
    """One for each toponym of the reading, in its order."""
    failures: tuple[RunFailure, ...] = ()
    """The names that no service could answer, with the reason."""
    country: Resolution | None = None
    """The country of the report, under the empty span at its beginning: for events of which no place is told."""

    @property
    def all(self) -> tuple[Resolution, ...]:
        """The resolutions, with that of the report's country."""
        return self.resolutions if self.country is None else (*self.resolutions, self.country)

    @property
    def complete(self) -> bool:
        """Whether every name got an answer; where a service was down, the report should be asked again."""
        return not self.failures


class Geocoder:
    """Answers which place a name means: overrides first, then the gazetteer, the cache, and the online services given.

    Parameters
    ----------
    gazetteer
        An open :class:`~geoconflict.places.gazetteer.Gazetteer`.
    overrides
        The user's own decisions, or the path of their CSV.
    cache
        Where answers of services are kept; without one every run asks anew.
    services
        Online services, asked in this order for names that the gazetteer lacks; none by default, and then nothing is ever
        sent.
    countries
        The countries that the reports are about, by ISO 3166-1 code or name; a prior, not a filter.
    min_score
        Below this score, 0 to 1, the answer is NotFound, with the candidates.
    now
        Gives the aware time; read only to keep and expire answers of services.

    Raises
    ------
    InputError
        If a country is unknown, `min_score` is none, or the overrides file cannot be used.
    """

    def __init__(
        self,
        gazetteer: Lookup,
        *,
        overrides: Overrides | str | Path | None = None,
        cache: GeocodeCache | None = None,
        services: Sequence[Service] = (),
        countries: str | Sequence[str] = (),
        min_score: float = 0.5,
        now: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        self.gazetteer = gazetteer
        if not 0 <= min_score <= 1:
            msg = f"min_score is {min_score!r}; it is 0 to 1"
            raise InputError(msg)
        self.countries = _checked_countries(countries, "countries", InputError)
        self.overrides = (
            overrides
            if isinstance(overrides, Overrides) or overrides is None
            else load_overrides(overrides, gazetteer=gazetteer)
        )
        self._asked = AskedNames(gazetteer, self.countries)
        self._online = OnlineChain(services, cache, now)
        self._answers: dict[tuple[object, ...], Answer] = {}
        self.min_score = min_score

    @classmethod
    def from_settings(cls, gazetteer: Lookup, settings: Settings) -> Self:
        """Return the chain that ``geoconflict.toml`` asks for.

        Raises
        ------
        ConfigError
            If a country is unknown, or a service cannot be used as configured.
        InputError
            If the overrides file cannot be used.
        """
        places = settings.places
        cache = None
        if places.services:
            cache = GeocodeCache(
                settings.resolve(places.cache), found_days=places.found_days, not_found_days=places.not_found_days
            )
        return cls(
            gazetteer,
            overrides=settings.resolve(places.overrides) if places.overrides else None,
            cache=cache,
            services=services_from_settings(places, cache=cache),
            countries=_checked_countries(places.countries, "places.countries", ConfigError),
            min_score=places.min_score,
        )

    # ------------------------------------------------------------ one name
    def geocode(
        self,
        name: str,
        *,
        near: Sequence[float] | None = None,
        admin1: str | None = None,
        country: str | None = None,
        on: Day | None = None,
        context: str = "",
        fallback_to_admin: bool = False,
    ) -> Answer:
        """Return the place that `name` means, or why there is none.

        Parameters
        ----------
        name
            As news or records write it: what it lies in behind a comma ("X, Y"), words of kind ("X town", "province de Y"), former names in parentheses and
            compounds ("X and Y road") are understood. A phrase ("10 km north of X", "between X and Y", "the X border") is read
            as in a report; where a name in it has no place, neither has the phrase.
        near
            (lon, lat) in degrees, EPSG:4326, of a point that the place lies near.
        admin1
            The first-level region it lies in. Strong evidence, but spellings and borders vary, so no filter.
        country
            The country it lies in, as a name or an ISO 3166-1 code: places of other countries are left out.
        on
            The day for which the name should be valid.
        context
            The text around, for overrides that ask for words in it.
        fallback_to_admin
            Where the settlement is unknown, or cannot be told from others of its name, but the region is known, answer with
            the region: a low score, and the region's precision.

        Returns
        -------
        Found, NotFound or Unavailable
            Unavailable only where the gazetteer has no answer and a service that might have one could not say.

        Raises
        ------
        InputError
            If `name` is no text, `country` is unknown, `on` is no day or `near` is no point on Earth.
        """
        check_kind(name, str, "name: text")
        near = None if near is None else _checked_point(near)
        day = None if on is None else civil_day(on, "on")
        if not fold(name):
            return NotFound(reasons=(f"{name!r} holds no letters",))
        # Tables ask for one name again and again. What a service answered holds for a day here, for longer in the cache.
        question = (name, near, admin1, country, day, context, fallback_to_admin, self._online.day())
        answer = self._answers.get(question)
        if answer is None:
            answer = self._answer(name, near, admin1, country, day, context, fallback_to_admin=fallback_to_admin)
            if self._online.keeps_answers and not isinstance(answer, Unavailable):
                if len(self._answers) >= _N_ANSWERS:
                    self._answers.clear()
                self._answers[question] = answer
        return answer

    def _answer(
        self,
        name: str,
        near: tuple[float, float] | None,
        admin1: str | None,
        country: str | None,
        on: dt.date | None,
        context: str,
        *,
        fallback_to_admin: bool,
    ) -> Answer:
        override = self.overrides.match(name, on=on, context=context) if self.overrides else None
        if override is not None:
            place = override.place or (self.gazetteer.place(override.place_id) if override.place_id else None)
            if place is None:
                return NotFound(reasons=(override.reason,))
            return Found(place=place, score=1.0, reasons=(override.reason,))
        codes = _codes(country)
        region = self._asked.region(admin1, codes, on)

        def ask(part: str) -> Answer:
            # A border's other side lies in another country than the one that is given.
            land = None if country_code(part) else country
            return self.geocode(part, near=near, admin1=admin1 if land else None, country=land, on=on, context=context)

        relative = relative_answer(
            name,
            ask,
            gazetteer=self.gazetteer,
            on=on,
            min_score=self.min_score,
            given=lambda: self._given(near, codes, region),
        )
        if isinstance(relative, NotFound) and fallback_to_admin and region:
            return _region_instead(region[0].place, admin1, relative.reasons)
        if relative is not None:
            return relative
        if admin1 is None and country is None and "," in name:
            inside, _, around = (part.strip() for part in name.rpartition(","))
            if fold(inside) and country_code(around):
                return self.geocode(
                    inside, near=near, country=around, on=on, context=context, fallback_to_admin=fallback_to_admin
                )
            if fold(inside) and self._asked.region(around, (), on):
                return self.geocode(
                    inside, near=near, admin1=around, on=on, context=context, fallback_to_admin=fallback_to_admin
                )
        group = self._asked.candidates(name, near, admin1, region, codes, on)
        ranked = ranked_places(group)
        if ranked and ranked[0].score >= self.min_score:
            place, reasons = ranked[0].place, ranked[0].reasons
            if word := unit_word_in(name):
                place, why = unit_of(place, group, word)
                reasons = (why, *reasons) if why else reasons
            elif word := facility_word_in(name):
                place, why = facility_of(place, name, word, gazetteer=self.gazetteer, on=on)
                reasons = (why, *reasons) if why else reasons
            else:
                place, why = somewhere_on_its_road(place, name)
                reasons = (why, *reasons) if why else reasons
            return Found(
                place=place,
                score=ranked[0].score,
                alternatives=tuple(ranked[1 : N_ALTERNATIVES + 1]),
                reasons=reasons,
            )
        online: Answer | None = None
        if not ranked:
            query = Query(name=_plainest(name), admin1=admin1 or None, country=codes[0] if codes else None, near=near)
            online = self._online.ask(query, codes)
            if isinstance(online, Found):
                return online
        if fallback_to_admin and region:
            return _region_instead(region[0].place, admin1, others=tuple(ranked[:N_ALTERNATIVES]))
        if isinstance(online, Unavailable):
            return online
        return NotFound(
            alternatives=tuple(ranked[:N_ALTERNATIVES]), reasons=_why_not(name, ranked, near, admin1, country)
        )

    def _given(
        self, near: tuple[float, float] | None, codes: Sequence[str], region: Sequence[Candidate]
    ) -> tuple[Place, ...]:
        """Return the places that a question names besides the name: its point, its region and its country."""
        given = [asked_point(*near)] if near is not None else []
        given += [one.place for one in region[:1]]
        if codes:
            land = country_table()[codes[0]].name
            given += [one.place for one in self.gazetteer.lookup(land) if one.place.kind == "country"][:1]
        return tuple(given)

    def geocode_many(
        self, rows: Iterable[Mapping[str, Any]], *, fallback_to_admin: bool = True
    ) -> Iterator[tuple[Mapping[str, Any], Answer]]:
        """Yield each row with its answer, in order, as they come.

        Parameters
        ----------
        rows
            Mappings with ``name``, and where known ``admin1`` and ``country``, such as the records of a frame; what is missing
            there is not known. A country that is not understood is left
            out of the question, and the reasons say so.
        fallback_to_admin
            As for :meth:`geocode`, but on unless it is turned off: most tables want a rough place rather than none. Such an
            answer has :attr:`~geoconflict.places.Found.stands_in` set.
        """
        for row in rows:
            country = _cell(row, "country") or None
            known = country is None or bool(_codes(country, strict=False))
            answer = self.geocode(
                _cell(row, "name"),
                admin1=_cell(row, "admin1") or None,
                country=country if known else None,
                fallback_to_admin=fallback_to_admin,
            )
            if not known and isinstance(answer, Found | NotFound):
                note = f"the country {country!r} is not understood and was left out"
                answer = dataclasses.replace(answer, reasons=(*answer.reasons, note))
            yield row, answer

    # ------------------------------------------------------------ a report
    def resolve_report(
        self,
        report: Report,
        reading: Reading,
        *,
        on_settled: Callable[[Sequence[NameGroup]], object] | None = None,
    ) -> ReportPlaces:
        """Return the places of all toponyms of a report, decided together; see :func:`geoconflict.places.resolve`."""
        failures: list[RunFailure] = []

        def more(surface: str) -> Sequence[Candidate]:
            answer = self._online.ask(Query(name=_plainest(surface)))
            if isinstance(answer, Unavailable):
                failures.append(
                    RunFailure(
                        stage="resolve",
                        where=report.report_id,
                        what=f"{surface!r} could not be asked of {answer.service}: {answer.reason}",
                        repair="run again when the service is back, or clear places.services",
                    )
                )
            if not isinstance(answer, Found):
                return ()
            best = ScoredPlace(place=answer.place, score=answer.score)
            return [online_candidate(one.place, surface) for one in (best, *answer.alternatives)]

        resolutions = resolve(
            reading.toponyms,
            gazetteer=self.gazetteer,
            text=report.text,
            published_on=report.published_on,
            countries=self.countries,
            min_score=self.min_score,
            overrides=self.overrides,
            more=more if self._online.services else None,
            on_settled=on_settled,
        )
        return ReportPlaces(
            resolutions=resolutions,
            failures=tuple(failures),
            country=country_of_report(report.text, resolutions, self.gazetteer, reading.mentions),
        )


# ---------------------------------------------------------------- helpers
_MISSING: Final = frozenset({"None", "nan", "NaT", "<NA>"})
"""What values that frames have for what is missing are as text."""


def _cell(row: Mapping[str, Any], name: str) -> str:
    """Return a cell of a table as text; empty where it is missing."""
    value = row.get(name, "")
    if not isinstance(value, str) and str(value) in _MISSING:
        return ""
    return str(value).strip()


def _checked_point(near: Sequence[float]) -> tuple[float, float]:
    try:
        lon, lat = map(float, near)
        is_point = -180 <= lon <= 180 and -90 <= lat <= 90
    except (TypeError, ValueError):
        is_point = False
    if not is_point:
        msg = f"near={near!r}: give (lon, lat) in degrees: longitude -180 to 180 first, then latitude -90 to 90"
        raise InputError(msg)
    return lon, lat


def _why_not(
    name: str,
    ranked: Sequence[ScoredPlace],
    near: tuple[float, float] | None,
    admin1: str | None,
    country: str | None,
) -> tuple[str, ...]:
    """Return why a name has no answer, and what could be said of the place that was not said."""
    where = f" in {country}" if country else ""
    if not ranked:
        repair = "check the spelling, or add the place to a file of your own named in `places.extra`"
        return (f"no place named {name!r} is known{where}; {repair}",)
    say = f"{len(ranked)} places are named {name!r}{where} and none is sure enough"
    if near is not None:
        place = ranked[0].place
        around = ", ".join(part for part in (place.admin1, place.country) if part)
        apart_km = effective_distance_km(place, asked_point(*near))
        say += f": the likeliest, {place.name} ({around}), is {apart_km:.0f} km from the point given"
    if near is None and not admin1 and not country:
        return (f"{say}; say what it lies near or in",)
    unsaid = ["what it lies near" if near is None else "a nearer place"]
    unsaid += [what for what, said in (("its region", admin1), ("its country", country)) if not said]
    return (f"{say}; say {', or '.join(unsaid)}, or decide on the name in `places.overrides`",)


def _region_instead(
    place: Place, admin1: str | None, why: tuple[str, ...] = (), others: tuple[ScoredPlace, ...] = ()
) -> Found:
    note = (_UNSURE_NOTE if others else _FALLBACK_NOTE, f"{admin1!r} is {place.name}", *why)
    return Found(place=place, score=_ADMIN_SCORE, alternatives=others, reasons=note, stands_in=True)


def _checked_countries(given: str | Sequence[str], what: str, error: type[GeoconflictError]) -> tuple[str, ...]:
    codes = []
    for name in (given,) if isinstance(given, str) else given:
        code = country_code(name)
        if code is None:
            msg = f"{what}: {name!r} is no country; write ISO 3166-1 alpha-3 codes such as 'AZE'"
            raise error(msg)
        codes.append(code)
    return tuple(codes)


@functools.lru_cache(maxsize=512)
def _codes(country: str | None, *, strict: bool = True) -> tuple[str, ...]:
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


def _plainest(name: str) -> str:
    """Return the name without words of kind and what stands in parentheses: what a service should be asked."""
    readings = [reading for reading in name_readings(name) if reading.cost <= PLAIN_COST]
    return readings[-1].name
