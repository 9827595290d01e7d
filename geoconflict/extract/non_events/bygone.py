"""History told without a day: who fought there is long gone, its section is headed by an old war, its year was said before.

None of it may be dated by the report. What a year before it dates gets that year; what only its makers or a heading date is
background, and no event of the report.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geoconflict.extract.lexicon import any_form, lexicon_words, read_lexicon
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.passages import Passage
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import DatePrecision, TimeExpression

__all__ = ["LONG_AGO", "is_bygone", "years_said_before"]

LONG_AGO = dt.timedelta(days=365)
"""Before a report: what lies back so far is no news of it."""
_GENERATION = 25
"""Years after which a dated sentence without a deed of arms, too, opens a story of the past."""
_LONGEST_HEADING = 10
_OPENS = re.compile(r"[\W_]*(?:in|on|by|at|during)?\s*(?:the\s+)?", re.IGNORECASE)
"""What may stand before a date with which a sentence begins."""
_YEAR = re.compile(r"\d{3}")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")


# ---------------------------------------------------------------- by whom, in which war
def is_bygone(
    clauses: Clauses, predicate: Predicate, time: TimeExpression | None, published_on: dt.date | None
) -> bool:
    """Whether an undated deed is one of a power, a leader or a war that was over long before the report.

    "Napoleon's army took X", "in the American Civil War", "in my grandfather's day", and all below a heading "World War II".

    Parameters
    ----------
    time
        The date that belongs to the predicate.
    published_on
        The day of the report; None: nothing is long before it.
    """
    if published_on is None:
        return False
    passage = clauses.passage_of(predicate.token)
    if time is not None and time.span is not None:
        # The date may be another's: "on Monday he reopened a church that was bombed in World War II".
        own = clauses.clause_tokens(clauses.clause_head(predicate.token))
        start, end = min(token.start for token in own), max(token.end for token in own)
        is_own = start <= time.start < end
        if not is_own and _is_of_an_old_war(clauses.document.text, start, end, published_on):
            return True
        # "Napoleon had lost half his army by winter": a season without a year is none of the report's.
        is_open = time.span.precision is not DatePrecision.DAY and _YEAR.search(time.surface) is None
        return is_open and _is_of_bygone_power(clauses, predicate, published_on)
    return (
        _is_of_an_old_war(clauses.document.text, passage.start, passage.end, published_on)
        or _is_of_bygone_power(clauses, predicate, published_on)
        or _is_of_an_old_era(clauses, passage)
        or _is_below_an_old_war(clauses, passage, published_on)
    )


@functools.cache
def _names(table: str) -> re.Pattern[str]:
    # "M.K. Stalin", "Hannibal Smith": others bear the names of the great as well, beside names of their own.
    names = any_form(sorted(read_lexicon("bygone")[table]))
    return re.compile(rf"(?<![\w.-])(?P<name>(?i:{names}))(?![\w-])(?!\s+[A-Z])")


def _last_year(table: str, text: str, published_on: dt.date) -> bool:
    """Whether a text names one of a table whose last year lies before that of the report by more than one."""
    years = read_lexicon("bygone")[table]
    return any(years[match["name"].lower()] < published_on.year - 1 for match in _names(table).finditer(text))


_IN = re.compile(
    r"\b(?:(?:dates?|dated|dating)\s+(?:back\s+)?(?:from|to)|during|in|of|throughout)\s+(?:the\s+)?(?=\w)",
    re.IGNORECASE,
)


@functools.lru_cache(maxsize=4)  # asked by each predicate of a sentence
def _is_of_an_old_war(text: str, start: int, end: int, published_on: dt.date) -> bool:
    """Whether what stands between two offsets happened in an old war: "in World War II", "during the last days of the Boer War".

    "A memorial of World War II" dates nothing but what it names.
    """
    kept = []
    for match in _IN.finditer(text, start, end):
        named = _names("wars").match(text, match.end(), end)
        if named is None:
            continue
        before = text[start : match.start()].rstrip().rsplit(None, 1)[-1:]
        is_of = match[0].lower().startswith("of")
        if not is_of or (before and before[0].lower() in grammar("parts_of_wars")):
            kept.append(named["name"])
    return _last_year("wars", "; ".join(kept), published_on)


@functools.cache
def _eras() -> re.Pattern[str]:
    kin, times = (any_form(sorted(grammar(name))) for name in ("forebears", "eras"))
    return re.compile(
        rf"\b(?i:in|during|since)\s+(?:(?i:my|our|his|her|their|your)\s+(?i:{kin})['’]s?s?|[A-Z][\w-]+['’]s)"
        rf"\s+(?i:{times})\b|\b(?i:in|during|under)\s+(?:the\s+)?reign\s+of\b"
    )


def _is_of_an_old_era(clauses: Clauses, passage: Passage) -> bool:
    """Whether a sentence is of the days of somebody who is gone: "in my grandfather's time", "in Catherine's day"."""
    return _eras().search(clauses.document.text, passage.start, passage.end) is not None


def _is_of_bygone_power(clauses: Clauses, predicate: Predicate, published_on: dt.date) -> bool:
    """Whether who did it, or whom it hit, is a power or a leader of the past: "Saladin's troops captured X".

    A clause that goes on with "and" is of the same time: "Saladin's troops captured X, and its lord was slain".
    """
    verbs = {at for at in predicate.anchors | {predicate.token} if clauses.is_verb(at)}
    for verb in sorted(verbs):
        above = verb
        while clauses.tokens[above].dep in ("conj", "ccomp", "xcomp"):
            above = clauses.tokens[above].head
            if not clauses.is_verb(above) or clauses.lower[above] in lexicon_words("attribution", "say"):
                break
            verbs.add(above)
    parties = [
        one
        for at in sorted(verbs)
        for agent in (*clauses.agents(at), *clauses.subjects(at))
        for one in clauses.conjuncts(agent)
    ]
    if any(_is_forebear(clauses, one) for at in sorted(verbs) for one in clauses.agents(at)):
        return True
    if predicate.is_noun:
        parties += [below for _, below in clauses.preps(predicate.token, "by", "between")]
    text = clauses.document.text
    phrases = [clauses.phrase_tokens(one) for one in parties]
    named = [text[tokens[0].start : tokens[-1].end] for tokens in phrases if tokens]
    return any(_last_year("powers", words, published_on) for words in named)


def _is_forebear(clauses: Clauses, index: int) -> bool:
    """Whether somebody's forefathers do it: "our grandfathers stormed X"."""
    owners = {child.text.lower() for child in clauses.children(index, "poss")}
    is_kin = not grammar("forebears").isdisjoint((clauses.lower[index], clauses.tokens[index].lemma.lower()))
    return is_kin and not owners.isdisjoint(("my", "our", "their", "his", "her", "your"))


def _is_below_an_old_war(clauses: Clauses, passage: Passage, published_on: dt.date) -> bool:
    """Whether the nearest heading above names an old war."""
    heading = _heading_above(clauses.document.text, passage.start)
    return heading is not None and _last_year("wars", heading, published_on)


def _heading_above(text: str, offset: int) -> str | None:
    """Return the nearest short paragraph before an offset that no mark ends."""
    end = len(text)
    starts = [0, *(match.end() for match in _PARAGRAPH.finditer(text, 0, offset))]
    for start in reversed(starts):
        paragraph = text[start:end].strip() if end < len(text) else ""
        end = start
        if paragraph and len(paragraph.split()) <= _LONGEST_HEADING and paragraph[-1] not in '.!?;,”"':
            return paragraph
    return None


# ---------------------------------------------------------------- the year before
@dataclass(slots=True)
class _Story:
    """What a paragraph has told so far."""

    year: TimeExpression | None = None
    is_news: bool = False
    paragraph: int = -1
    title: tuple[int, ...] = ()
    """Predicates of what stands before its first sentence with a verb: "The battle of X. In 1916 ..."."""


def years_said_before(
    clauses: Clauses,
    predicates: Sequence[Predicate],
    dates: Sequence[TimeExpression | None],
    times: Sequence[TimeExpression],
    claimed: Sequence[bool],
    published_on: dt.date | None,
) -> dict[int, TimeExpression]:
    """Return predicate index -> the year that a sentence before it in its paragraph gives, where that lies long back.

    "In 1942 they reached X. Soviet troops surrounded the city": the second sentence goes on with the first. One that tells
    news, on somebody's word, or in the present or the perfect goes on with nothing.

    Parameters
    ----------
    predicates
        In text order.
    dates
        For each predicate, the date that belongs to it.
    times
        All of the report.
    claimed
        For each predicate, whether somebody is named who says so.
    published_on
        The day of the report; None: nothing lies long back.
    """
    if published_on is None:
        return {}
    breaks = [match.end() for match in _PARAGRAPH.finditer(clauses.document.text)]
    by_passage: dict[int, list[int]] = {}
    for index, one in enumerate(predicates):
        by_passage.setdefault(clauses.passage_of(one.token).index, []).append(index)
    starts = [passage.start for passage in clauses.passages]
    times_of: dict[int, list[TimeExpression]] = {}
    for time in times:
        at = bisect.bisect_right(starts, time.start) - 1
        if time.span is not None and at >= 0 and time.start < clauses.passages[at].end:
            times_of.setdefault(clauses.passages[at].index, []).append(time)
    found: dict[int, TimeExpression] = {}
    story = _Story()
    for passage in clauses.passages:
        paragraph = bisect.bisect_right(breaks, passage.start)
        if paragraph != story.paragraph:
            story = _Story(paragraph=paragraph)
        own = times_of.get(passage.index, [])
        old = [one for one in own if _is_old(one, published_on)]
        armed = [
            index
            for index in by_passage.get(passage.index, ())
            if any(sense.event_type in ARMED_EVENTS for sense in predicates[index].senses)
        ]
        if not own:
            if story.year is not None and not story.is_news:
                goes_on = _goes_on(clauses, passage)
                for index in armed:
                    if dates[index] is None and not claimed[index] and goes_on:
                        found[index] = story.year
                if armed and not all(index in found or dates[index] is not None for index in armed):
                    story.is_news = True
            elif armed and _has_verb(clauses, passage):
                story.is_news = True
            elif not story.is_news:
                story.title += tuple(index for index in armed if dates[index] is None)
            continue
        if len(old) < len(own) or any(
            dates[index] is None for index in armed if clauses.is_verb(predicates[index].token)
        ):
            story.year, story.is_news = None, bool(armed) or story.is_news
            continue
        last = max(old, key=lambda one: one.span.ends_on if one.span and one.span.ends_on else dt.date.min)
        is_opening = not _has_verb(clauses, passage) or (
            _is_of_a_verb(clauses, last) and (bool(armed) or _years_back(last, published_on) >= _GENERATION)
        )
        story.year = _whole_year(last) if is_opening else None
        if story.year is not None and not story.is_news:
            found |= dict.fromkeys(story.title, story.year)
        story.title = ()
    return found


def _is_old(time: TimeExpression, published_on: dt.date) -> bool:
    ends_on = time.span.ends_on if time.span is not None else None
    return ends_on is not None and published_on - ends_on > LONG_AGO


def _years_back(time: TimeExpression, published_on: dt.date) -> int:
    ends_on = time.span.ends_on if time.span is not None else None
    return published_on.year - ends_on.year if ends_on is not None else 0


def _whole_year(time: TimeExpression) -> TimeExpression:
    """Return the year of a date: what goes on from a day may have lasted longer."""
    span = time.span
    if span is None or span.ends_on is None:
        return time
    first = span.starts_on or span.ends_on
    year = replace(
        span,
        starts_on=dt.date(first.year, 1, 1),
        ends_on=dt.date(span.ends_on.year, 12, 31),
        precision=DatePrecision.YEAR if first.year == span.ends_on.year else DatePrecision.RANGE,
    )
    return replace(time, span=year)


def _has_verb(clauses: Clauses, passage: Passage) -> bool:
    return any(clauses.is_verb(token.index) for token in clauses.document.tokens_between(passage.start, passage.end))


def _is_of_a_verb(clauses: Clauses, time: TimeExpression) -> bool:
    """Whether a date hangs on a verb that tells, by a preposition alone: neither "a 1981 car" nor "the mayor, elected in 2019"."""
    head = clauses.head_of_span(time.start, time.end)
    if head is None:
        return False
    before = clauses.document.text[clauses.passage_of(head).start : time.start]
    if _OPENS.fullmatch(before):
        return True  # "In 2015 rebels attacked", which a parser may take for so many rebels
    above = clauses.tokens[clauses.tokens[head].head]
    if above.pos == "ADP":
        above = clauses.tokens[above.head]
    return clauses.is_verb(above.index) and above.dep not in ("relcl", "acl", "advcl")


def _goes_on(clauses: Clauses, passage: Passage) -> bool:
    """Whether a sentence may go on with a story of the past: told in the plain past, and as nothing new."""
    tokens = clauses.document.tokens_between(passage.start, passage.end)
    if any(token.text.lower() in grammar("news_words") for token in tokens):
        return False
    finite = [token for token in tokens if token.tag in ("VBD", "VBZ", "VBP")]
    return bool(finite) and all(token.tag == "VBD" for token in finite)
