"""Makes explanations: reads a report with the tools of the pipeline and keeps what resolution weighed."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geoconflict.civil_day import Day, civil_day
from geoconflict.errors import InputError, StoreError
from geoconflict.explaining.copies import copy_notes
from geoconflict.explaining.explanation import Explanation
from geoconflict.kinds import check_kind
from geoconflict.models import Report, Resolution
from geoconflict.places.explanation import ExplainedMention, explain_mentions
from geoconflict.tools import Tools

if TYPE_CHECKING:
    from geoconflict.places.groups import NameGroup
    from geoconflict.store import EventStore

__all__ = ["explain", "explain_stored"]


def explain(
    report: Report | str,
    *,
    published_on: Day | None = None,
    name: str | None = None,
    tools: Tools | None = None,
) -> Explanation:
    """Explain which place each name of a report was taken for, and why.

    Parameters
    ----------
    report
        A report, or the text of one.
    published_on
        For a text: its day of publication, a date or ISO text. Names and borders are taken as they stood on that day;
        without it, as they stand in the gazetteer, whatever their dates.
    name
        Explain this name alone. The others are weighed all the same, since they decide with it.
    tools
        What to read and resolve with; None is the embedded gazetteer and the default settings.

    Returns
    -------
    Explanation
        A notebook shows it as a table.

    Raises
    ------
    InputError
        If the text cannot be used, or the report has no such name.

    Examples
    --------
    >>> import geoconflict as gc
    >>> why = gc.explain("Shells hit Martuni and Stepanakert.", published_on="2020-10-01")
    >>> [one.resolution.toponym.surface for one in why.mentions]
    ['Martuni', 'Stepanakert']
    """
    tools = tools or Tools()
    if isinstance(report, str):
        from geoconflict.reports import report_from_text

        report = report_from_text(report, published_on=published_on, settings=tools.settings.reports)
    check_kind(report, Report, "report: a report or its text")
    if published_on is not None and report.published_on != civil_day(published_on, "published_on"):
        msg = f"the report was published on {report.published_on}; published_on is for texts"
        raise InputError(msg)
    told = _explained(report, tools)
    return told if name is None else told.only(name=name)


def explain_stored(store: EventStore, key: str, *, tools: Tools | None = None) -> Explanation:
    """Explain a report of an event store.

    Parameters
    ----------
    store
        Where the report is.
    key
        Its report_id, or the beginning of it, or the id under which the input knows it.
    tools
        As for :func:`explain`; the same that the store was built with give the places on its maps.

    Returns
    -------
    Explanation
        Its notes say which reports print its text, and where the store still holds another place, because it was built
        with other settings or data.

    Raises
    ------
    StoreError
        If the store holds no such report, or several.
    """
    found = store.finder.reports(key)
    if not found:
        n_reports = store.counts()["reports"]
        msg = f"{store.path}: none of its {n_reports} reports, and no event, has an id that begins with {key!r}; `geoconflict parse FILE --out -` and the cards of a map show report ids"
        raise StoreError(msg)
    if len(found) > 1:
        msg = f"{store.path}: {len(found)} reports have an id that begins with {key!r}: {', '.join(found[:5])}{' ...' if len(found) > 5 else ''}; give more of it"
        raise StoreError(msg)
    (stored,) = store.reports(found)
    told = _explained(stored.report, tools or Tools())
    notes = (*told.notes, *copy_notes(store, stored.report), *_stale(told.mentions, stored.resolutions))
    return dataclasses.replace(told, notes=notes)


def _explained(report: Report, tools: Tools) -> Explanation:
    reading, demonyms, passed_over = tools.reader.read_closely(report)
    settled: list[NameGroup] = []
    answer = tools.geocoder.resolve_report(report, reading, on_settled=settled.extend)
    notes = []
    if report.published_on is None:
        notes.append("the report has no day of publication: names are taken whatever their dates")
    return Explanation(
        report=report,
        mentions=explain_mentions(
            settled, answer.resolutions, gazetteer=tools.gazetteer, min_score=tools.geocoder.min_score
        ),
        n_mentions=len(answer.resolutions),
        min_score=tools.geocoder.min_score,
        demonyms=demonyms,
        passed_over=passed_over,
        unlikely_events=reading.unlikely,
        doubtful_events=tuple(one for one in reading.mentions if one.doubts),
        unavailable=tuple(failure.what for failure in answer.failures),
        notes=tuple(notes),
        attribution=tools.gazetteer.attribution,
    )


def _stale(mentions: Sequence[ExplainedMention], stored: Sequence[Resolution] | None) -> list[str]:
    """Say where a store holds other answers than those explained."""
    if stored is None:
        return ["the store has not placed this report yet; `geoconflict build` or `ingest` does"]
    kept = {(one.toponym.start, one.toponym.end): one for one in stored if one.toponym.start < one.toponym.end}
    notes = []
    for mention in mentions:
        now = mention.resolution
        before = kept.pop((now.toponym.start, now.toponym.end), None)
        there = before.place.place_id if before and before.place else None
        here = now.place.place_id if now.place else None
        if before is None or there != here:
            has = "does not have this name" if before is None else f"has it at {there}" if there else "has it unplaced"
            notes.append(f"mention {mention.number}: the store {has}; it was built with other settings or data")
    notes += [f"the store has {one.toponym.surface!r} too, which is no longer found" for one in kept.values()]
    if notes:
        notes.append("`geoconflict build` or `ingest` brings the store up to date")
    return notes
