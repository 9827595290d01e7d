"""Figures that belong to no one event: totals of a war or a period, and of several places told together.

They are kept with their claimants and never made into events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from geoconflict.extract.attribution import AttributionReader
from geoconflict.extract.casualties import CasualtyMention
from geoconflict.extract.clauses import Clauses
from geoconflict.models import DateSpan, Report, Toll

__all__ = ["find_tolls"]


def find_tolls(
    report: Report,
    clauses: Clauses,
    speakers: AttributionReader,
    figures: Sequence[CasualtyMention],
    shared: Sequence[CasualtyMention],
    as_of: Callable[[int, dt.date | None], DateSpan],
) -> tuple[Toll, ...]:
    """Return the cumulative figures of a report in text order.

    Parameters
    ----------
    figures
        The casualty figures found in the report; those of a single event are left out.
    shared
        Those of `figures` that one event tells of several places together.
    as_of
        Offset of a figure and publication date -> the days up to which it counts.
    """
    found = []
    for figure in figures:
        if not (figure.cumulative or figure in shared):
            continue
        token = clauses.document.token_at(figure.start)
        found.append(
            Toll(
                report_id=report.report_id,
                start=figure.start,
                end=figure.end,
                surface=report.text[figure.start : figure.end],
                measure=figure.measure,
                count=figure.count,
                who=figure.who,
                as_of=as_of(figure.start, report.published_on),
                claimed_by=speakers.claimant_at(token.index) if token is not None else None,
                scope=figure.scope if figure.cumulative else "places",
                reasons=(figure.cumulative_reason or "a total over a period, not of one event",)
                if figure.cumulative
                else ("told of several places together",),
            )
        )
    return tuple(found)
