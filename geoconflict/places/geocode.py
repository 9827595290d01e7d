"""The geocoding chain: overrides, gazetteer, cache, online services; for one name, a table of names, or a whole report."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, Self

from geoconflict.choices import one_or_several
from geoconflict.civil_day import Day, civil_day
from geoconflict.clock import utc_now
from geoconflict.errors import ConfigError, GeoconflictError, InputError
from geoconflict.kinds import check_kind
from geoconflict.models import Place, Reading, Report, RunFailure, ScoredPlace
from geoconflict.places.answers import Answer, Found, NotFound, ReportPlaces, Unavailable
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
from geoconflict.places.question import Question, checked_point, codes_of, region_instead, why_not
from geoconflict.places.report_country import country_of_report
from geoconflict.places.resolution import ranked_places, resolve
from geoconflict.places.scoring import Lookup
from geoconflict.places.units import unit_of, unit_word_in
from geoconflict.places.words import name_readings
from geoconflict.settings import Settings

__all__ = ["Geocoder"]

_N_ANSWERS = 50_000
"""Answers to names asked for one by one that are kept in memory, some 2 kB each: a table of a whole war has about as many names."""


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
        self._answers: dict[tuple[Question, dt.date | None], Answer] = {}
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
        return self._ask(
            Question(
                name=name,
                near=None if near is None else checked_point(near),
                admin1=admin1,
                country=country,
                on=None if on is None else civil_day(on, "on"),
                context=context,
                fallback_to_admin=fallback_to_admin,
            )
        )

    def _ask(self, question: Question) -> Answer:
        if not fold(question.name):
            return NotFound(reasons=(f"{question.name!r} holds no letters",))
        # Tables ask for one name again and again. What a service answered holds for a day here, for longer in the cache.
        key = (question, self._online.day())
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answer(question)
            if self._online.keeps_answers and not isinstance(answer, Unavailable):
                if len(self._answers) >= _N_ANSWERS:
                    self._answers.clear()
                self._answers[key] = answer
        return answer

    def _answer(self, question: Question) -> Answer:
        if (decided := self._decided(question)) is not None:
            return decided
        region = self._asked.region(question.admin1, question.codes, question.on)
        relative = self._of_phrase(question, region)
        if isinstance(relative, NotFound) and question.fallback_to_admin and region:
            return region_instead(region[0].place, question.admin1, relative.reasons)
        if relative is not None:
            return relative
        if (inner := self._parted(question)) is not None:
            return self._ask(inner)
        codes = question.codes
        group = self._asked.candidates(question.name, question.near, question.admin1, region, codes, question.on)
        ranked = ranked_places(group)
        if ranked and ranked[0].score >= self.min_score:
            return self._found(question, group, ranked)
        online: Answer | None = None
        if not ranked:
            name, country = _plainest(question.name), codes[0] if codes else None
            query = Query(name=name, admin1=question.admin1 or None, country=country, near=question.near)
            online = self._online.ask(query, codes)
            if isinstance(online, Found):
                return online
        if question.fallback_to_admin and region:
            return region_instead(region[0].place, question.admin1, others=tuple(ranked[:N_ALTERNATIVES]))
        if isinstance(online, Unavailable):
            return online
        return NotFound(alternatives=tuple(ranked[:N_ALTERNATIVES]), reasons=why_not(question, ranked))

    def _decided(self, question: Question) -> Answer | None:
        """Return what the user's overrides say, None where they say nothing."""
        if not self.overrides:
            return None
        override = self.overrides.match(question.name, on=question.on, context=question.context)
        if override is None:
            return None
        place = override.place or (self.gazetteer.place(override.place_id) if override.place_id else None)
        if place is None:
            return NotFound(reasons=(override.reason,))
        return Found(place=place, score=1.0, reasons=(override.reason,))

    def _of_phrase(self, question: Question, region: Sequence[Candidate]) -> Answer | None:
        """Return the place of a phrase about other names, or why it has none; None where the name is no phrase."""

        def ask(part: str) -> Answer:
            # A border's other side lies in another country than the one that is given.
            land = None if country_code(part) else question.country
            admin1 = question.admin1 if land else None
            return self._ask(
                dataclasses.replace(question, name=part, admin1=admin1, country=land, fallback_to_admin=False)
            )

        return relative_answer(
            question.name,
            ask,
            gazetteer=self.gazetteer,
            on=question.on,
            min_score=self.min_score,
            given=lambda: self._given(question, region),
        )

    def _parted(self, question: Question) -> Question | None:
        """Return the question for X where "X, Y" is asked for and Y is a country or a region; None otherwise."""
        if question.admin1 is not None or question.country is not None or "," not in question.name:
            return None
        inside, _, around = (part.strip() for part in question.name.rpartition(","))
        if not fold(inside):
            return None
        if country_code(around):
            return dataclasses.replace(question, name=inside, country=around)
        if self._asked.region(around, (), question.on):
            return dataclasses.replace(question, name=inside, admin1=around)
        return None

    def _found(self, question: Question, group: NameGroup, ranked: Sequence[ScoredPlace]) -> Found:
        """Return the likeliest place, or the part of it or the ground around it that the name says."""
        place, name = ranked[0].place, question.name
        if word := unit_word_in(name):
            place, why = unit_of(place, group, word)
        elif word := facility_word_in(name):
            place, why = facility_of(place, name, word, gazetteer=self.gazetteer, on=question.on)
        else:
            place, why = somewhere_on_its_road(place, name)
        return Found(
            place=place,
            score=ranked[0].score,
            alternatives=tuple(ranked[1 : N_ALTERNATIVES + 1]),
            reasons=(why, *ranked[0].reasons) if why else ranked[0].reasons,
        )

    def _given(self, question: Question, region: Sequence[Candidate]) -> tuple[Place, ...]:
        """Return the places that a question names besides the name: its point, its region and its country."""
        given = [asked_point(*question.near)] if question.near is not None else []
        given += [one.place for one in region[:1]]
        if question.codes:
            land = country_table()[question.codes[0]].name
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
            known = country is None or bool(codes_of(country, strict=False))
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


def _checked_countries(given: str | Sequence[str], what: str, error: type[GeoconflictError]) -> tuple[str, ...]:
    codes = []
    for name in one_or_several(given, what):
        code = country_code(name)
        if code is None:
            msg = f"{what}: {name!r} is no country; write ISO 3166-1 alpha-3 codes such as 'AZE'"
            raise error(msg)
        codes.append(code)
    return tuple(codes)


def _plainest(name: str) -> str:
    """Return the name without words of kind and what stands in parentheses: what a service should be asked."""
    readings = [reading for reading in name_readings(name) if reading.cost <= PLAIN_COST]
    return readings[-1].name
