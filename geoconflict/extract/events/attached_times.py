"""Which date belongs to which predicate, by the way up the dependency tree from the date to the predicate."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from geoconflict.extract.events.arguments import is_conceded
from geoconflict.extract.events.background import background_times
from geoconflict.extract.lexicon import any_form, lexicon_words
from geoconflict.extract.predicates.aftermath import verbs_of_aftermath
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import DatePrecision, DateSpan, TimeExpression, TimexType, Toponym

__all__ = ["attach_times", "day_beside"]

_MAX_TIME_COST = 1.7
"""Above this a date of the sentence is not taken as the predicate's own."""
_HOUR = re.compile(
    r"\W*(?:(?:at|about|around|shortly|just|before|after)\s+)*(?:\d{1,2}[:.]\d\d|\d{1,2}\s*(?:am\b|pm\b|[ap]\.\s?m)|\d{4}\s*(?:gmt|hours|hrs)|noon|midnight)(?:[\s.]*(?:local|time|gmt|utc|hours|hrs|[ap]\.?m)\b)*\W*"
)
"""An hour without a day."""
_BEHIND = 6
"""So many characters behind a place may stand before its own day: "in Y on Tuesday". It may also stand before the place."""
_UP_TO_NOW = re.compile(r"(?:(?:in|over|for|within)\s+)?(?:the\s+)?(?:past|last|recent)\s", re.IGNORECASE)
_ORDINAL = re.compile(r"\d*(?:1st|2nd|3rd|\dth)")
_WORST_SINCE = re.compile(
    r"\b(?:worst|deadliest|bloodiest|largest|biggest|heaviest|fiercest|most\s+\w+)\b[^,;.]{0,60}?\bsince\s+$",
    re.IGNORECASE,
)
"""What before a date makes it the last time that something as bad was told of."""
_TIMES_COUNTED = re.compile(
    rf"\bfor\s+(?:an?|the|at\s+least\s+the)\s+(?:\d+(?:st|nd|rd|th)|{any_form(lexicon_words('dates', 'ordinals'))})\s+time\s+(?:in\s+.{{4}}|this)$",
    re.IGNORECASE,
)
"""What up to the first letters of a time says how often something has been done in it: "for the third time this month"."""


def attach_times(
    clauses: Clauses, predicates: Sequence[Predicate], times: Sequence[TimeExpression]
) -> dict[int, TimeExpression]:
    """Return predicate index -> the date that belongs to it: in its clause before its sentence, the nearest first.

    Parameters
    ----------
    times
        In text order.
    """
    found: dict[int, TimeExpression] = {}
    owned = frozenset(anchor for predicate in predicates for anchor in predicate.anchors)
    for at, predicate in enumerate(predicates):
        number = _nearest_time(clauses, predicate, times, owned)
        if number is not None:
            found[at] = _with_next_day(clauses, times, number)
    closing = _closing_verbs(clauses, predicates)
    for at, predicate in enumerate(predicates):
        later = min((closing[anchor] for anchor in predicate.anchors if anchor in closing), default=-1)
        if at not in found and later in found:
            found[at] = found[later]
    return found | background_times(clauses, predicates, found, times)


def _nearest_time(
    clauses: Clauses, predicate: Predicate, times: Sequence[TimeExpression], owned: frozenset[int]
) -> int | None:
    """Return which of the times is the predicate's own; `owned` are the words of all predicates."""
    passage = clauses.passage_of(predicate.token)
    anchors = frozenset(predicate.anchors | {predicate.token})
    best: tuple[bool, bool, float, float, int] | None = None
    after = verbs_of_aftermath(clauses, predicate)
    first = bisect_left(times, passage.start, key=_start)
    for number in range(first, bisect_left(times, passage.end, lo=first, key=_start)):
        time = times[number]
        if time.span is None or time.timex_type not in (TimexType.DATE, TimexType.TIME):
            continue
        head = clauses.head_of_span(time.start, time.end)
        if head is None or _is_part_of_a_name(clauses, time, head):
            continue
        is_long = _is_long(time.span)
        if _is_bound_of_a_count(clauses, predicate, time, passage.start, is_long=is_long):
            continue
        cost, path = clauses.distance(_before_the_speaker(clauses, head), predicate.token, anchors)
        if cost > _MAX_TIME_COST or _is_of_something_else(clauses, predicate, path, anchors):
            continue
        has_later = number + 1 < len(times) and predicate.start < times[number + 1].start < passage.end
        if (head > predicate.token or has_later) and _is_across_what_is_avenged(clauses, predicate, head):
            continue  # "bombed X in retaliation for the killing of two on Sunday"
        if any(index in owned and index not in predicate.anchors for index in path[:-1]):  # another's first
            continue
        # "Mourned on Wednesday the victims of Sunday's bombing": the day of what came of it stands back.
        # "At 14:30 in X on 8 March": an hour is of the day that is named beside it.
        is_hour = _HOUR.fullmatch(time.surface.lower()) is not None
        rank = (path[-1] in after, is_hour, round(cost, 1), abs(time.start - predicate.start), number)
        if best is None or rank < best:
            best = rank
    return best[-1] if best is not None else None


def _is_bound_of_a_count(
    clauses: Clauses, predicate: Predicate, time: TimeExpression, start: int, *, is_long: bool
) -> bool:
    """Whether a time says since when or in what something is the worst or one of how many of its kind."""
    text = clauses.document.text
    since = len("since ") if time.surface.lower().startswith("since ") else 0
    if _WORST_SINCE.search(text, start, time.start + since):
        return True  # "in the worst violence since August"
    if not is_long:
        return False
    # "for the third time this month"; "the third such attack this month", "the worst in the past ten years"
    is_counted = _TIMES_COUNTED.search(text, start, time.start + 4) or _is_counted(clauses, predicate)
    return bool(is_counted) or _is_compared(clauses, predicate, time)


def _is_of_something_else(clauses: Clauses, predicate: Predicate, path: Sequence[int], anchors: frozenset[int]) -> bool:
    """Whether the way from a time to the predicate leads through something else that the time is of."""
    return (
        _is_of_an_agreed_draft(clauses, path, anchors)  # "the accord agreed last month is signed"
        or _is_of_an_incident(clauses, path, anchors)  # "killed the pilot responsible for the incident on 27 June"
        or _is_of_a_trait(clauses, path, anchors)
        or _is_of_a_person(clauses, path, predicate)  # "Hadi, who had fled on Wednesday, met the king"
        or _is_of_an_office(clauses, path, anchors)  # "the mayor of X until 2019 was killed"
        or _is_of_the_place(clauses, path, anchors)  # "shelled X, which rebels had seized on 4 March"
        or _is_of_another_statement(clauses, path, anchors)  # "said shells hit X, and that Y fell on Sunday"
        or _is_of_effect(clauses, predicate, path)  # "agreed on Tuesday on a truce that takes effect on Friday"
        # "fighting went on on Monday in spite of the truce"
        or (path[-1] not in anchors and is_conceded(clauses, predicate))
    )


def day_beside(times: Sequence[TimeExpression], figure_end: int, place: Toponym) -> TimeExpression | None:
    """Return the day of a figure that is told at a place of its own: "and three in Y on Tuesday", "and three on Tuesday in Y".

    Parameters
    ----------
    times
        In text order.
    """
    return next(
        (one for one in times if 0 <= one.start - place.end <= _BEHIND or figure_end < one.start < place.start), None
    )


def _with_next_day(clauses: Clauses, times: Sequence[TimeExpression], number: int) -> TimeExpression:
    """Return a date, or the two days of "on Friday and Saturday" as one span where the words name two in a row."""
    first, *after = times[number : number + 2]
    for second in after:
        between = clauses.document.text[first.end : second.start].split()
        mine, others = first.span, second.span
        if mine is None or others is None or mine.starts_on is None or between not in (["and"], ["and", "on"]):
            break
        one_day = mine.precision is DatePrecision.DAY and others.precision is DatePrecision.DAY
        if one_day and others.starts_on == mine.starts_on + dt.timedelta(days=1):
            surface = clauses.document.text[first.start : second.end]
            span = replace(mine, ends_on=others.ends_on, precision=DatePrecision.RANGE, surface=surface)
            return replace(first, end=second.end, surface=surface, value=f"{first.value}/{second.value}", span=span)
    return first


def _before_the_speaker(clauses: Clauses, head: int) -> int:
    """Return the verb that a date belongs to which stands between what is told and who tells it, else its own head `head`.

    "They took the village, north of X, on Tuesday, residents said": the parser may hang the day on "said".
    """
    prep = clauses.tokens[head].head
    said = clauses.tokens[prep].head
    if clauses.tokens[head].dep != "pobj" or clauses.tokens[said].lemma.lower() not in lexicon_words(
        "speech", "saying"
    ):
        return head
    told = [child.index for child in clauses.children(said, "ccomp") if child.index < prep]
    speakers = clauses.children(said, "nsubj")
    is_between = any(prep < child.index < said for child in speakers) and clauses.lower[head + 1] == ","
    return told[-1] if told and is_between else head


def _start(time: TimeExpression) -> int:
    return time.start


def _is_part_of_a_name(clauses: Clauses, time: TimeExpression, head: int) -> bool:
    """Whether a bare year, or a day, begins a name: "on the way to the 2010 Africa Cup", "the 7 July residential area"."""
    after = clauses.tokens[head + 1 : head + 2]
    is_year = time.end - time.start == 4 and clauses.lower[head].isdigit()
    if is_year and bool(after) and after[0].pos == "PROPN" and clauses.tokens[head].head > head:
        return True
    token = clauses.tokens[head]
    bearer = clauses.tokens[token.head]
    return (
        token.dep in ("nmod", "compound", "nummod", "amod")
        and bearer.index > head
        and any(
            bearer.lemma.lower() in grammar(name) for name in ("bearers_of_days", "quarters", "regions", "facilities")
        )
    )


def _is_of_an_incident(clauses: Clauses, path: Sequence[int], anchors: frozenset[int]) -> bool:
    """Whether a date hangs on a noun for an event that is not the predicate: "the incident on 27 June"."""
    return any(
        at not in anchors
        and clauses.tokens[at].pos == "NOUN"
        and clauses.tokens[at].lemma.lower() in grammar("incident_nouns")
        for at in path[1:3]
    )


def _is_of_another_statement(clauses: Clauses, path: Sequence[int], anchors: frozenset[int]) -> bool:
    """Whether a date hangs on a second "that" clause of one saying: "said shells hit X, and that Y fell on Sunday"."""
    return any(
        at not in anchors
        and clauses.tokens[at].dep == "conj"
        and clauses.is_verb(at)
        and any(child.text.lower() == "that" for child in clauses.children(at, "mark"))
        for at in path
    )


def _is_across_what_is_avenged(clauses: Clauses, predicate: Predicate, time: int) -> bool:
    """Whether "in retaliation for" stands between a predicate and a date, whatever the parser hung the date on."""
    passage = clauses.passage_of(predicate.token)
    first, last = sorted((predicate.token, time))
    return any(
        clauses.lemma(at) in grammar("avenging")
        and clauses.tokens[at].dep == "pobj"
        and clauses.tokens[at].start < passage.end
        and clauses.lower[at + 1] == "for"
        for at in range(first + 1, last)
    )


def _is_of_an_agreed_draft(clauses: Clauses, path: Sequence[int], anchors: frozenset[int]) -> bool:
    """Whether a date hangs on a participle that only says what an agreement had been before it was signed."""
    if not any(clauses.is_verb(at) and clauses.tokens[at].lemma.lower() == "sign" for at in anchors):
        return False
    return any(
        clauses.tokens[at].dep == "acl" and clauses.tokens[at].head in anchors and at not in anchors for at in path
    )


def _is_of_a_trait(clauses: Clauses, path: Sequence[int], anchors: frozenset[int]) -> bool:
    """Whether a date hangs on an adjective behind a noun: "the pilot responsible for the raid in June 2017"."""
    for at in path[1:]:
        token = clauses.tokens[at]
        if at not in anchors and token.pos == "ADJ" and token.dep == "amod" and token.head < at:
            return True
    return False


def _is_of_a_person(clauses: Clauses, path: Sequence[int], predicate: Predicate) -> bool:
    """Whether a date hangs on an aside that tells what somebody did before: "X, who fled on Monday, met Y"."""
    for at in path:
        token = clauses.tokens[at]
        if token.dep != "relcl" or at in predicate.anchors or not clauses.is_verb(at):
            continue
        if at > predicate.token and all(child.text.lower() != "had" for child in clauses.children(at, "aux")):
            continue  # "shot a judge, who died on Friday": it may have been on that day
        who = next((child.index for child in clauses.children(at, "nsubj", "nsubjpass") if child.tag == "WP"), 0)
        if who and clauses.lower[who - 1] == "," and predicate.token not in clauses.document.subtree(at):
            return True
    return False


def _is_of_an_office(clauses: Clauses, path: Sequence[int], anchors: frozenset[int]) -> bool:
    """Whether a date says up to when somebody was something: "a minister until May 2019"."""
    for at in path[1:3]:
        holder = clauses.tokens[clauses.tokens[at].head]
        if clauses.lower[at] in ("till", "until") and holder.index not in anchors and not clauses.is_verb(holder.index):
            return True
    return False


def _is_of_the_place(clauses: Clauses, path: Sequence[int], anchors: frozenset[int]) -> bool:
    """Whether a date hangs on an aside about a town: what was done to it, or has gone on there since.

    "X, seized by rebels on 4 March"; "X, where fighters had been holding out since May". But "a raid on X, which killed two
    on Monday" and "where two were killed on Monday" may tell of the predicate itself.
    """
    for at in path:
        token = clauses.tokens[at]
        if at not in anchors and (token.dep, token.tag) == ("advcl", "VBN") and clauses.lower[at - 1] == ",":
            # "retook the airfield at X, lost in August": the parser may hang the aside on the verb.
            return token.lemma.lower() in grammar("taken_before") and not clauses.children(
                at, "mark", "nsubj", "nsubjpass"
            )
        if at in anchors or token.dep not in ("relcl", "acl"):
            continue
        town = clauses.tokens[token.head]
        kinds = grammar("settlements") | grammar("facilities") | grammar("quarters")
        is_town = town.text[:1].isupper() or town.lemma.lower() in kinds
        first = min(clauses.document.subtree(at), default=at)
        if not is_town or "," not in clauses.lower[max(0, first - 1) : first + 1]:
            continue
        if any(child.text.lower() == "where" for child in clauses.children(at, "advmod")):
            return any(child.text.lower() == "since" for child in clauses.children(at, "prep", "mark"))
        does_it_itself = any(child.tag in ("WDT", "WP") for child in clauses.children(at, "nsubj"))
        return not does_it_itself and (token.dep == "relcl" or token.tag == "VBN")
    return False


def _is_of_effect(clauses: Clauses, predicate: Predicate, path: Sequence[int]) -> bool:
    """Whether a date only says when what was agreed begins: "agreed on a ceasefire that takes effect on 4 August"."""
    if predicate.sense.sub_event_type not in ("ceasefire", "agreement"):
        return False
    if not any(clauses.lower[at] in grammar("agreeing") for at in clauses.path_up(predicate.token)):
        return False
    return any(
        clauses.tokens[at].dep in ("relcl", "acl", "xcomp")
        and clauses.tokens[at].lemma.lower() in grammar("taking_effect")
        for at in path
    )


def _is_counted(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the noun is counted among others of its kind: "the third such attack", "the attack, the 41st this month"."""
    return predicate.is_noun and any(
        child.text.lower() in grammar("ordinals") or _ORDINAL.fullmatch(child.text.lower()) is not None
        for child in clauses.children(predicate.token, "amod", "advmod", "appos")
    )


def _is_compared(clauses: Clauses, predicate: Predicate, time: TimeExpression) -> bool:
    """Whether a noun is the worst of its kind in a time that ends now: "the largest offensive in the past ten years"."""
    if not predicate.is_noun or time.start < predicate.start or not _UP_TO_NOW.match(time.surface):
        return False
    return any(
        token.tag in ("JJS", "RBS")
        for child in clauses.children(predicate.token, "amod", "advmod")
        for token in clauses.phrase_tokens(child.index, with_of=False)
    )


def _is_long(span: DateSpan) -> bool:
    """Whether a span is longer than a night."""
    return span.starts_on is None or span.ends_on is None or (span.ends_on - span.starts_on).days > 1


def _closing_verbs(clauses: Clauses, predicates: Sequence[Predicate]) -> dict[int, int]:
    """Return token -> the first predicate that goes on from it, whose date holds for both.

    "Shelled X and struck Y on Tuesday": the date closes the chain of verbs.
    """
    closing: dict[int, int] = {}
    for at, predicate in enumerate(predicates):
        token = clauses.tokens[predicate.token]
        if token.dep == "conj" and not predicate.is_noun and not clauses.children(token.index, "nsubj", "nsubjpass"):
            closing.setdefault(token.head, at)
    return closing
