"""On which days the events of a report happened, and up to which a figure counts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.extract.clauses import Clauses
from geoconflict.extract.dates import published_span
from geoconflict.extract.drafts import Draft
from geoconflict.extract.triggers import Predicate
from geoconflict.models import DateBasis, DatePrecision, DateSpan, EventType, TimeExpression

__all__ = ["EventDays"]

_BEGINS = re.compile(r"\bsince\s+(?:[\w'’-]+\s+){0,5}$", re.IGNORECASE)
"""What before a date makes it the beginning of a count: "since fighting began on"."""


@dataclass(frozen=True, slots=True)
class EventDays:
    """Dates the events of one report."""

    clauses: Clauses
    times: tuple[TimeExpression, ...]
    published_on: dt.date | None
    outbreak_verbs: frozenset[str]

    def war_began_on(self, drafts: Sequence[Draft]) -> dt.date | None:
        """Return the first day of the war as the report tells it: the earliest dated outbreak."""
        days = [
            draft.arguments.time.span.starts_on
            for draft in drafts
            if draft.arguments.time is not None
            and draft.arguments.time.span is not None
            and draft.arguments.time.span.precision is DatePrecision.DAY
            and draft.arguments.time.span.starts_on is not None
            and draft.verdict.event_type is EventType.BATTLES
            and any(
                self.clauses.tokens[anchor].text.lower() in self.outbreak_verbs for anchor in draft.predicate.anchors
            )
        ]
        return min(days, default=None)

    def when(self, draft: Draft, war_began_on: dt.date | None) -> DateSpan:
        """Return the days of an event: those told of it, else those of the war for damage and captions, else publication."""
        time = draft.arguments.time
        if time is not None and time.span is not None:
            return time.span
        passage = self.clauses.passage_of(draft.predicate.token)
        published_on = self.published_on
        if passage.is_caption or draft.verdict.sense.name == "damage":
            if war_began_on is not None and published_on is not None and war_began_on <= published_on:
                return DateSpan(
                    starts_on=war_began_on, ends_on=published_on, precision=DatePrecision.RANGE, basis=DateBasis.STATED
                )
            return DateSpan(
                starts_on=None, ends_on=published_on, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED
            )
        return published_span(published_on, present_tense=self._is_present(draft.predicate))

    def _is_present(self, predicate: Predicate) -> bool:
        """Whether the event is told in the present tense, as headlines and news tickers do."""
        verbs = [
            at
            for at in (*sorted(predicate.anchors), self.clauses.clause_head(predicate.token))
            if self.clauses.is_verb(at)
        ]
        for at in verbs:
            auxiliaries = list(self.clauses.children(at, "aux", "auxpass"))
            tags = {child.tag for child in auxiliaries} | {self.clauses.tokens[at].tag}
            if tags & {"VBZ", "VBP"}:
                return True
            if tags & {"VBD"}:
                return False
        return False

    def as_of(self, offset: int, published_on: dt.date | None) -> DateSpan:
        """Return the days up to which a total counts: the date in its sentence, or publication.

        A date that only begins the count ("since 27 September") is none.
        """
        passage = self.clauses.document.sentence_at(offset)
        for time in self.times:
            if (
                passage.start <= time.start < passage.end
                and time.span is not None
                and time.span.ends_on is not None
                and not _BEGINS.search(self.clauses.document.text, max(passage.start, time.start - 60), time.start)
                and not time.surface.lower().startswith("since")
            ):
                return time.span
        return published_span(published_on, present_tense=False)
