"""The part of the chain behind the gazetteer: the cache, then the online services in their order."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Protocol

from geoconflict.errors import ServiceUnavailableError
from geoconflict.models import Place, ScoredPlace
from geoconflict.places.answers import Answer, Found, NotFound, Unavailable
from geoconflict.places.countries import name_variants
from geoconflict.places.gazetteer import Candidate
from geoconflict.places.names import fold, is_latin
from geoconflict.places.online.cache import GeocodeCache
from geoconflict.places.online.service import Query

__all__ = ["N_ALTERNATIVES", "OnlineChain", "Service", "online_candidate", "similarity"]

N_ALTERNATIVES = 5
_LEAST_SIMILARITY = 0.6
"""A service that knows no such place offers another of a name somewhat like it."""
_OTHER_SCRIPT_SIMILARITY = 0.75
"""Services answer in Latin script to a name in another, and no letters can be compared then."""


class Service(Protocol):
    """An online service; see :class:`geoconflict.places.online.service.OnlineService`."""

    @property
    def name(self) -> str:
        """Return nominatim, photon, geonames or arcgis."""
        ...

    @property
    def key(self) -> str:
        """Return the service with its address."""
        ...

    def search(self, query: Query) -> tuple[Place, ...]:
        """Return the places found, or raise ServiceUnavailableError."""
        ...


class OnlineChain:
    """The services given, each behind the cache.

    Parameters
    ----------
    services
        Asked in this order until one finds the place.
    cache
        Where answers are kept; None asks anew each time.
    now
        Gives the aware time.
    """

    def __init__(self, services: Sequence[Service], cache: GeocodeCache | None, now: Callable[[], dt.datetime]) -> None:
        self.services = tuple(services)
        self.cache = cache
        self._now = now

    @property
    def keeps_answers(self) -> bool:
        """Whether the same question may be given the same answer: not where services shall be asked anew each time."""
        return self.cache is not None or not self.services

    def day(self) -> dt.date | None:
        """Return the day on which services are asked, None where there are none."""
        return self._now().date() if self.services else None

    def ask(self, query: Query, countries: Sequence[str] = ()) -> Answer | None:
        """Return what the cache or the services know; None where there are no services.

        NotFound only where every service said so; Unavailable where one could not say and none of the others found it.

        Parameters
        ----------
        query
            What to ask.
        countries
            ISO 3166-1 alpha-3: answers in other countries are left out. Empty is any.
        """
        if self.services and (reason := query.refusal()):
            return NotFound(reasons=(f"no online service was asked: {reason}",))
        down: Unavailable | None = None
        for service in self.services:
            try:
                places, source = self._answer_of(service, query)
            except ServiceUnavailableError as error:
                down = down or Unavailable(service=service.name, reason=str(error))
                continue
            ranked = _ranked(query, places, countries, source)
            if ranked:
                return Found(
                    place=ranked[0].place,
                    score=ranked[0].score,
                    alternatives=tuple(ranked[1 : N_ALTERNATIVES + 1]),
                    reasons=ranked[0].reasons,
                )
        if down is not None:
            return down
        return NotFound(reasons=("no online service knows it either",)) if self.services else None

    def _answer_of(self, service: Service, query: Query) -> tuple[tuple[Place, ...], str]:
        now = self._now()
        canonical = query.canonical()
        kept = self.cache.get(service.key, canonical, now=now) if self.cache else None
        if kept is not None:
            return kept.places, f"{service.name}, asked on {kept.asked_at.date()}"
        places = service.search(query)
        if self.cache and self.cache.get(service.key, canonical, now=now) is None:  # the service may share the cache
            self.cache.put(service.key, canonical, places, now=now)
        return places, service.name


def similarity(a: str, b: str) -> float:
    """Return how alike two names are, 0 to 1, whatever their case, accents and the order of their words."""
    left, right = fold(a), fold(b)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    words = set(left.split()), set(right.split())
    if words[0] <= words[1] or words[1] <= words[0]:
        return 0.9
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _ranked(query: Query, places: Sequence[Place], countries: Sequence[str], source: str) -> list[ScoredPlace]:
    """Return what a service found, ranked by its own order and by how well the names agree."""
    ranked = []
    for number, place in enumerate(places):
        if countries and place.country is not None and place.country not in countries:
            continue
        if is_latin(query.name) == is_latin(place.name):
            likeness = max(similarity(query.name, name) for name in (place.name, *name_variants(place.name)))
        else:
            likeness = _OTHER_SCRIPT_SIMILARITY
        if likeness < _LEAST_SIMILARITY:
            continue
        score = round(max(0.05, 0.85 * likeness - 0.1 * number - (0.0 if countries else 0.1)), 4)
        ranked.append(ScoredPlace(place=place, score=score, reasons=(f"found by {source} as {place.name!r}",)))
    return sorted(ranked, key=lambda one: (-one.score, one.place.place_id))


def online_candidate(place: Place, surface: str) -> Candidate:
    """Return a place that a service found as a candidate beside the gazetteer's."""
    return Candidate(
        place=place,
        matched_name=place.name,
        is_primary=fold(place.name) == fold(surface),
        name_valid=True,
        feature=place.kind,
        historical=False,
        curated=False,
        prior=min(1.0, math.log10(1 + max(1_500, place.population)) / 10),
    )
