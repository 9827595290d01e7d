"""On which days the events of a report happened, and up to which a figure counts."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.extract.dates.reader import published_span
from geoconflict.extract.events.drafts import Draft
from geoconflict.extract.layout.entry_days import Entries
from geoconflict.extract.lexicon import any_form, lexicon_words, read_lexicon
from geoconflict.extract.numbers import number_pattern, read_number
from geoconflict.extract.predicates.aftermath import is_of_aftermath, verbs_of_aftermath
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.senses import FINDING_THE_DEAD
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import DateBasis, DatePrecision, DateSpan, EventType, Status, TimeExpression, TimexType

__all__ = ["EventDays"]

_BEGINS = re.compile(
    r"\b(?:since\s+(?:[\w'’-]+\s+){0,5}|(?:began|begun|broke\s+out|erupted|started)\s+(?:(?:early|late|back)\s+)?(?:(?:in|on)\s+)?)$",
    re.IGNORECASE,
)
"""What before a date makes it the beginning of a count: "since fighting began on", "the war, which broke out in"."""
_DAYS_AFTER = re.compile(
    rf"(?:\b(?:(?P<less>less\s+than|fewer\s+than|under|within)|(?P<more>more\s+than|over|at\s+least)|(?P<about>nearly|almost|about|around|roughly|some))\s+)?"
    rf"\b(?:(?P<n>{number_pattern()}|an?)\s+(?P<unit>day|week)s?|(?P<some>days|weeks))\s+after\s+(?P<between>(?:[\w'’-]+\s+){{0,14}})$",
    re.IGNORECASE,
)
"""What before an event makes it lie days back: "one day after a deadly"."""
_DAYS_OF = re.compile(
    rf"(?:\b(?P<toll>toll\s+(?:from|in|of)\s+)|\b(?P<after>after|following)\s+)?"
    rf"\b(?:(?:the\s+)?(?P<n>{number_pattern()}|an?)\s+)?(?P<unit>day|week)s?\s+of\s+(?:[a-z-]+\s+){{0,3}}$",
    re.IGNORECASE,
)
"""What before an event makes it last so long, "after three days of", "following weeks of heavy", but for a toll of days that lie back."""
_KNOWN_BEFORE = re.compile(
    rf"(?:the|that|this)\s+(?:{any_form(read_lexicon('dates')['counted_from']['nouns'])})\s+"
    rf"(?!(?:{any_form(read_lexicon('dates')['counted_from']['which'])})\b)",
    re.IGNORECASE,
)
"""Behind "after", an event that was told before: what follows it came so many days later, "two days after the attack gunmen"."""
_NEAR_WORDS = 4
"""Words behind "after" within which an event is that which lies days back, whatever the parser reads."""
_ACCORDING = re.compile(r"\baccording\s+to\s+[^,;.]*$", re.IGNORECASE)
"""What before a day makes it that of a report."""
_NTH_DAY = re.compile(
    rf"\bfor\s+(?:an?|the|its|their)\s+(?:{any_form(read_lexicon('dates')['ordinals'])})\s+(?:(?:consecutive|straight|successive|running)\s+)?day\b",
    re.IGNORECASE,
)
"""What says that something told in the present goes on today."""
_WHEN = re.compile(r"\s*,?\s*\bwhen\b", re.IGNORECASE)
"""What behind "since Wednesday" makes it the day of what is told next, and not only the first of many."""
_DAY = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:T(?P<part>NI|EV|MO|AF))?$")
"""The TIMEX3 value of one day."""
_FAR = 160
"""So many characters before an event may say that it lies days back."""
_LONGEST_COUNT = 60
_MOST_OF_SOME = {"day": 6, "week": 28}
"""Days that an event lasts of which only "days" or "weeks" are told."""
_LEAST_OF_SOME = {"days": 2, "weeks": 14}
_SLACK_OF_WEEKS = 3
"""Days by which so many weeks may be off."""
_YEAR_OF_NAME = re.compile(r"(?:^|\bthe\s+)(?P<year>\d{4})\s+(?:[\w'’-]+\s+){0,3}$", re.IGNORECASE)
"""What before an event makes its year a part of its name: "2008 attack on X: hundreds of rebels reach"."""


@dataclass(frozen=True, slots=True)
class EventDays:
    """Dates the events of one report."""

    clauses: Clauses
    times: tuple[TimeExpression, ...]
    published_on: dt.date | None
    outbreak_verbs: frozenset[str]
    entries: Entries

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
        entry = self.entries.of(draft.predicate.start)
        back = self._days_back(draft.predicate, is_dated=time is not None or entry is not None)
        if back is not None:
            return self._earlier(time or entry, *back)
        if (lasted := self._days_lasted(draft)) is not None and (over := self._over(time or entry, lasted)) is not None:
            return over
        if (
            time is not None
            and time.span is not None
            and not self._is_of_name(time, draft.predicate)
            and not self._is_after_the_fact(time.span, draft)
        ):
            is_later = is_of_aftermath(self.clauses, draft.predicate, time) or _is_of_finding(draft)
            is_talk = draft.verdict.event_type is EventType.DIPLOMACY
            if is_later or (not is_talk and self._is_of_report(time, draft.predicate)):
                return self._up_to(time) or time.span
            return self._of_genitive(time, draft.predicate) or self._of_when(time, draft.predicate) or time.span
        if entry is not None and entry.span is not None:
            return entry.span
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
        # "The toll of the bombing rises": that it rises is news, the bombing is not.
        is_present = self._is_present(draft.predicate) and not verbs_of_aftermath(self.clauses, draft.predicate)
        if is_present and published_on is not None and self._goes_on_for_days(draft.predicate):
            return DateSpan(
                starts_on=published_on, ends_on=published_on, precision=DatePrecision.DAY, basis=DateBasis.RELATIVE
            )
        return self._day_of_saying(draft) or published_span(published_on, present_tense=is_present)

    def _goes_on_for_days(self, predicate: Predicate) -> bool:
        """Whether the sentence says which day of it this is: "gunfire is heard for a second day"."""
        passage = self.clauses.passage_of(predicate.token)
        return _NTH_DAY.search(self.clauses.document.text, predicate.start, passage.end) is not None

    def _is_after_the_fact(self, span: DateSpan, draft: Draft) -> bool:
        """Whether a day after publication is read for what the words tell as done: that day is another's, or read wrong."""
        if span.starts_on is None or self.published_on is None or span.starts_on <= self.published_on:
            return False
        is_done = draft.attribution.status in (Status.OCCURRED, Status.CLAIMED)
        is_talk = draft.verdict.event_type is EventType.DIPLOMACY
        return is_done and not is_talk and self._is_past(draft.predicate)

    def _is_past(self, predicate: Predicate) -> bool:
        """Whether the predicate is told in the past tense, by a verb of its own."""
        for at in sorted(predicate.anchors):
            if self.clauses.is_verb(at):
                auxiliaries = [child.tag for child in self.clauses.children(at, "aux", "auxpass")]
                return "VBD" in (auxiliaries or [self.clauses.tokens[at].tag])
        return False

    def _day_of_saying(self, draft: Draft) -> DateSpan | None:
        """Return the days up to that on which somebody told of it, "said on Friday that it had"; None where none is named.

        Like the day of publication, that day bounds it from above and is not its own.
        """
        said = self._said(draft.predicate)
        if said is None or draft.attribution.status in (Status.HYPOTHETICAL, Status.SCHEDULED):
            return None
        passage = self.clauses.passage_of(said)
        first = bisect_left(self.times, passage.start, key=_start)
        last = bisect_left(self.times, passage.end, lo=first, key=_start)
        for time in self.times[first:last]:
            head = self.clauses.head_of_span(time.start, time.end)
            if head is None:
                continue
            path = self.clauses.path_up(head)
            below = path[1 : path.index(said)] if said in path else [said]
            if any(self.clauses.is_verb(at) for at in below) or time.surface.lower().startswith("since"):
                continue
            found = self._up_to(time)
            if found is not None:
                return found
        return None

    def _is_of_report(self, time: TimeExpression, predicate: Predicate) -> bool:
        """Whether a day is only that of a report: "the UN reported on Friday the killing of ten", "according to X on Friday"."""
        passage = self.clauses.passage_of(predicate.token)
        is_day = _DAY.fullmatch(time.value or "") is not None and time.timex_type is TimexType.DATE
        if is_day and _ACCORDING.search(self.clauses.document.text[passage.start : time.start]) is not None:
            return True
        token = self.clauses.tokens[predicate.token]
        verb = self.clauses.tokens[token.head]
        head = self.clauses.head_of_span(time.start, time.end)
        is_told = token.dep == "dobj" and verb.lemma.lower() in lexicon_words("speech", "saying")
        is_between = verb.end <= time.start and time.end <= predicate.start
        return (
            predicate.is_noun
            and is_told
            and is_between
            and head is not None
            and token.index not in self.clauses.path_up(head)  # "claimed Sunday's attack"
        )

    def _up_to(self, time: TimeExpression) -> DateSpan | None:
        """Return the days up to a day that bounds an event from above; None where it names no day before publication."""
        span = time.span
        if span is None or span.precision is not DatePrecision.DAY or span.ends_on is None:
            return None
        if self.published_on is not None and span.ends_on > self.published_on:
            return None
        return DateSpan(
            starts_on=None,
            ends_on=span.ends_on,
            precision=DatePrecision.UNKNOWN,
            basis=DateBasis.PUBLISHED,
            surface=time.surface,
        )

    def _of_genitive(self, time: TimeExpression, predicate: Predicate) -> DateSpan | None:
        """Return the day of "after Tuesday's explosions", of which the word before says when the rest of the sentence was.

        None where the date is no genitive before the event.
        """
        head = self.clauses.head_of_span(time.start, time.end)
        if not predicate.is_noun or head is None or self.clauses.tokens[head].head not in predicate.anchors:
            return None
        text = self.clauses.document.text[time.start : time.end + 2]
        return _one_day(time) if text.rstrip().endswith(("'s", "’s")) else None

    def _of_when(self, time: TimeExpression, predicate: Predicate) -> DateSpan | None:
        """Return the day of "since Wednesday, when rebels took X", on which they did so; None where nothing is counted from it."""
        span = time.span
        behind = _WHEN.match(self.clauses.document.text, time.end)
        if behind is None or predicate.start < time.end or span is None or span.precision is not DatePrecision.RANGE:
            return None
        when = self.clauses.document.token_at(behind.end() - 1)
        return _one_day(time) if when is not None and when.head in predicate.anchors else None

    def _said(self, predicate: Predicate) -> int | None:
        """Return the verb of saying whose clause tells of a predicate."""
        clauses = self.clauses
        passage = clauses.passage_of(predicate.token).index
        for at, above in itertools.pairwise(clauses.path_up(predicate.token)):
            if clauses.passage_of(above).index != passage:
                break
            lemma = clauses.tokens[above].lemma.lower()
            if (
                clauses.tokens[at].dep == "ccomp"
                and clauses.is_verb(above)
                and lemma in lexicon_words("speech", "saying")
            ):
                return above
        return None

    def _is_of_name(self, time: TimeExpression, predicate: Predicate) -> bool:
        """Return whether a date is the year of publication in the name of an event, which says no day of it."""
        year = self.published_on.year if self.published_on is not None else None
        start = self.clauses.passage_of(predicate.token).start
        found = _YEAR_OF_NAME.search(self.clauses.document.text[start : predicate.start])
        return found is not None and int(found["year"]) == year and start + found.start("year") >= time.start

    def _days_back(self, predicate: Predicate, *, is_dated: bool) -> tuple[int, int | None] | None:
        """Return the least and the most days that an event was before the rest of its sentence: "one day after the attack".

        The most is None where nothing bounds it, "more than a week after"; all is None where the sentence says nothing of it.
        """
        start = self.clauses.passage_of(predicate.token).start
        found = _DAYS_AFTER.search(self.clauses.document.text, max(start, predicate.start - _FAR), predicate.start)
        is_far = found is not None and len(found["between"].split()) > _NEAR_WORDS
        if found is None or (is_far and not (is_dated and self._is_after(found, predicate))):
            return None
        if _KNOWN_BEFORE.match(found["between"]) is not None:
            return None
        if found["some"]:  # "days after", "several weeks after"
            return _LEAST_OF_SOME[found["some"].lower()], None
        words = found["n"].lower()
        n = 1 if words in ("a", "an") else read_number(words) or 0
        is_week = found["unit"].lower() == "week"
        days = n * (7 if is_week else 1)
        if not 0 < days <= _LONGEST_COUNT:
            return None
        slack = 1 if found["about"] else 0
        if is_week and (n > 1 or found["about"]):  # nobody counts several weeks to the day
            slack = _SLACK_OF_WEEKS
        if found["less"]:
            return 0, days
        return (days, None) if found["more"] else (days - slack, days + slack)

    def _is_after(self, found: re.Match[str], predicate: Predicate) -> bool:
        """Whether the "after" of a match opens the clause whose verb the predicate is: "after a gunman from the hills killed"."""
        opened = self.clauses.document.token_at(found.start("between") - len("after "))
        at = None if opened is None else opened.head if opened.dep == "mark" else None
        return at in predicate.anchors

    def _earlier(self, time: TimeExpression | None, least: int, most: int | None) -> DateSpan:
        """Return the days of an event that lies so many days before what its sentence tells, which is `time` or news."""
        told = time.span if time is not None else None
        if told is None or told.precision not in (DatePrecision.DAY, DatePrecision.RANGE):
            told = published_span(self.published_on, present_tense=True)
        is_bounded = told.starts_on is not None and most is not None
        precision = DatePrecision.RANGE if most != least else told.precision
        return DateSpan(
            starts_on=told.starts_on - dt.timedelta(days=most or 0) if is_bounded and told.starts_on else None,
            ends_on=told.ends_on - dt.timedelta(days=least) if told.ends_on else None,
            precision=precision if is_bounded else DatePrecision.UNKNOWN,
            basis=DateBasis.RELATIVE,
            surface=told.surface,
        )

    def _days_lasted(self, draft: Draft) -> int | None:
        """Return how many days the words say that an event lasted, "after three days of fighting"; None where they do not."""
        if not draft.predicate.is_noun or draft.verdict.event_type is EventType.DIPLOMACY:
            return None
        start = self.clauses.passage_of(draft.predicate.token).start
        found = _DAYS_OF.search(
            self.clauses.document.text, max(start, draft.predicate.start - _LONGEST_COUNT), draft.predicate.start
        )
        if found is None or found["toll"]:
            return None
        unit, words = found["unit"].lower(), (found["n"] or "").lower()
        if not words:
            some = f"{unit}s"
            return _MOST_OF_SOME[unit] if found.string[found.start("unit") :].lower().startswith(some) else None
        n = 1 if words in ("a", "an") else read_number(words) or 0
        days = n * (7 if unit == "week" else 1)
        if not 1 < days <= _LONGEST_COUNT:
            return None
        return days if found["after"] else days - 1  # what is told "in two days of fighting" may go on

    def _over(self, time: TimeExpression | None, lasted: int) -> DateSpan | None:
        """Return the days of an event that lasted so many and was over by `time`, or by the report; None where that is no day."""
        told = time.span if time is not None else None
        last = self.published_on if told is None else told.ends_on
        if last is None or (told is not None and told.precision is not DatePrecision.DAY):
            return None
        return DateSpan(
            starts_on=last - dt.timedelta(days=lasted),
            ends_on=last,
            precision=DatePrecision.RANGE,
            basis=DateBasis.RELATIVE,
            surface=told.surface if told is not None else None,
        )

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


def _start(time: TimeExpression) -> int:
    return time.start


def _one_day(time: TimeExpression) -> DateSpan | None:
    """Return the day, or the night, that a time names by itself, whatever stands around it."""
    day = _DAY.match(time.value or "")
    if day is None:
        return None
    first = dt.date.fromisoformat(day["day"])
    is_night = day["part"] == "NI"
    return DateSpan(
        starts_on=first,
        ends_on=first + dt.timedelta(days=is_night),
        precision=DatePrecision.RANGE if is_night else DatePrecision.DAY,
        basis=DateBasis.RELATIVE,
        surface=time.surface,
    )


def _is_of_finding(draft: Draft) -> bool:
    """Whether it is told by those who found the dead: "found the bodies", and "found shot dead" too."""
    senses = {draft.verdict.sense.name}
    if draft.verdict.sense not in draft.predicate.senses:
        senses.update(one.name for one in draft.predicate.senses)
    return not senses.isdisjoint(FINDING_THE_DEAD)
