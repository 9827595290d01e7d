"""Reports to readings: the language model, then places, dates, figures and events, each in its own module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from geoconflict.extract.actors.lexicon import load_actor_lexicon
from geoconflict.extract.casualties.reader import find_casualties
from geoconflict.extract.casualties.rising import with_rising_tolls
from geoconflict.extract.dates.reader import find_times
from geoconflict.extract.events.mentions import EventLexicons, read_events
from geoconflict.extract.language.model import DEFAULT_MODEL, Document, load_language_model
from geoconflict.extract.lexicon import EXTENDABLE, read_lexicon
from geoconflict.extract.name_index import NameIndex
from geoconflict.extract.predicates.senses import load_trigger_lexicon
from geoconflict.extract.telling.attribution import load_attribution_lexicon
from geoconflict.extract.toponyms.border_phrases import with_borders, without_idle_borders
from geoconflict.extract.toponyms.evidence_words import read_evidence_words
from geoconflict.extract.toponyms.land_phrases import land_of, with_lands
from geoconflict.extract.toponyms.passed_over import PassedOver, find_passed_over
from geoconflict.extract.toponyms.recognition import Demonym, find_demonyms, find_toponyms
from geoconflict.models import NameMatch, Reading, Report, RunFailure, Toponym

__all__ = ["Reader", "load_event_lexicons"]

_BATCH = 128
_MOST_COUNTRIES = 8
"""A name with so many countries may have more, which the list of its match leaves out."""


def load_event_lexicons(lexicons: Iterable[Path] = ()) -> EventLexicons:
    """Return the lexicons of events with what files of the user's add; no language model is loaded.

    Raises
    ------
    ConfigError
        If a lexicon cannot be read.
    """
    extras = tuple(str(path) for path in lexicons)
    for name in sorted(EXTENDABLE) if extras else ():
        read_lexicon(name, extras)  # finds the faults of those that are read with the first report, too
    return EventLexicons(
        triggers=load_trigger_lexicon(extras),
        actors=load_actor_lexicon(extras),
        attribution=load_attribution_lexicon(extras),
    )


class Reader:
    """Reads reports: each becomes its toponyms, time expressions, event mentions and tolls.

    Parameters
    ----------
    names
        The gazetteer's names; extraction asks only whether a name is known, and of what kind.
    model
        The installed spaCy package to read with; never downloaded.
    lexicons
        TOML files that add to the built-in lexicons, each with tables named like the lexicon they add to.

    Raises
    ------
    MissingDependencyError
        If the model is not installed.
    ConfigError
        If a lexicon cannot be read.
    """

    def __init__(self, names: NameIndex, *, model: str = DEFAULT_MODEL, lexicons: Sequence[Path] = ()) -> None:
        self._names = names
        self._model = load_language_model(model)
        self._lexicons = load_event_lexicons(lexicons)
        self._place_words = read_evidence_words(tuple(str(path) for path in lexicons))

    def read(self, report: Report) -> Reading:
        """Return what one report says.

        The result is a function of the report's text, its publication date, the gazetteer and the lexicons alone.
        """
        return self._reading(report, self._model.read(_body_in_place(report), names=self._names))

    def read_closely(self, report: Report) -> tuple[Reading, tuple[Demonym, ...], tuple[PassedOver, ...]]:
        """Return what :meth:`read` does, and what was recognised or weighed on the way and is no place name."""
        document = self._model.read(_body_in_place(report), names=self._names)
        reading = self._reading(report, document)
        passed = find_passed_over(document, self._names, reading.toponyms, report=report, lexicon=self._place_words)
        return reading, find_demonyms(document, start=report.body_start), passed

    def read_many(self, reports: Iterable[Report], *, batch_size: int = _BATCH) -> Iterator[Reading | RunFailure]:
        """Yield, for each report in order, its reading, or the failure that its text caused.

        Reports pass through the language model in batches of `batch_size`; one bad report never stops the run.
        """
        batch: list[Report] = []
        for report in reports:
            batch.append(report)
            if len(batch) >= batch_size:
                yield from self._read_batch(batch)
                batch = []
        if batch:
            yield from self._read_batch(batch)

    def _read_batch(self, batch: Sequence[Report]) -> Iterator[Reading | RunFailure]:
        documents: list[Document | None]
        try:
            documents = list(
                self._model.read_many(map(_body_in_place, batch), batch_size=len(batch), names=self._names)
            )
        except Exception:  # noqa: BLE001  # a text that breaks the model must not take its neighbours with it
            documents = [None] * len(batch)
        for report, document in zip(batch, documents, strict=True):
            yield self._try(report, document)

    def _try(self, report: Report, document: Document | None) -> Reading | RunFailure:
        try:
            return self._reading(
                report,
                document if document is not None else self._model.read(_body_in_place(report), names=self._names),
            )
        except Exception as error:  # noqa: BLE001  # the run goes on; the failure is told with the report
            return RunFailure(
                stage="extract",
                where=report.report_id,
                what=f"{type(error).__name__}: {error}",
                repair="leave the report out, or report the fault with its text",
                external_id=report.external_id,
            )

    def _reading(self, report: Report, document: Document) -> Reading:
        names = find_toponyms(document, self._names, report=report, lexicon=self._place_words)
        toponyms = with_borders(document, names, start=report.body_start)
        toponyms = with_lands(document, toponyms, start=report.body_start)
        times = find_times(report.text, published_on=report.published_on, start=report.body_start)
        figures = [
            one for one in with_rising_tolls(document, find_casualties(document)) if one.start >= report.body_start
        ]
        matches = self._matches_in(report.text)
        found = read_events(
            report,
            document,
            toponyms,
            times,
            figures,
            self._lexicons,
            lambda toponym: _kinds(toponym, matches(toponym)),
            lambda toponym: _countries(toponym, matches(toponym)),
        )
        return Reading(
            report_id=report.report_id,
            toponyms=without_idle_borders(found.toponyms, names, found.mentions),
            times=tuple(times),
            mentions=found.mentions,
            tolls=found.tolls,
            equipment=found.equipment,
            unlikely=found.unlikely,
        )

    def _matches_in(self, text: str) -> Callable[[Toponym], list[NameMatch]]:
        """Return what gives the gazetteer's names with exactly the ends of a toponym; looked up once, however often it is asked."""
        known: dict[tuple[int, int], list[NameMatch]] = {}

        def matches(toponym: Toponym) -> list[NameMatch]:
            span = (toponym.start, toponym.end)
            found = known.get(span)
            if found is None:
                at_start = self._names.match_at(text, toponym.start)
                found = known[span] = [match for match in at_start if match.end == toponym.end]
            return found

        return matches


def _kinds(toponym: Toponym, matches: Sequence[NameMatch]) -> frozenset[str]:
    """Return the kinds of the places that bear a name; empty when unknown."""
    if not matches and land_of(toponym.surface) is not None:
        return frozenset({"country"})
    return frozenset(matches[0].kinds) if matches else frozenset()


def _countries(toponym: Toponym, matches: Sequence[NameMatch]) -> frozenset[str]:
    """Return the countries in which places bear a name; empty when that may be any."""
    if not matches and (land := land_of(toponym.surface)) is not None:
        return frozenset({land})
    return next((frozenset(one.countries) for one in matches if len(one.countries) < _MOST_COUNTRIES), frozenset())


def _body_in_place(report: Report) -> str:
    """Return the text of a report with its head blanked, so that no sentence begins in a title and ends in the first line."""
    return "\n" * report.body_start + report.text[report.body_start :] if report.body_start else report.text
