"""Past background: a predicate without a date of its own takes that of what it lies within or was ended by.

"Was shelled during the war in the 1990s", "the 1990s saw the town shelled", "the 1994 ceasefire ended fighting": none of
these may be dated by the report.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import DatePrecision, TimeExpression

__all__ = ["background_times"]


def background_times(
    clauses: Clauses,
    predicates: Sequence[Predicate],
    found: Mapping[int, TimeExpression],
    times: Sequence[TimeExpression],
) -> dict[int, TimeExpression]:
    """Return predicate index -> a date, for those of `predicates` that have none in `found`.

    Where only the end is told ("ended fighting"), the span of the time has no first day.
    """
    owner = {anchor: at for at, one in enumerate(predicates) for anchor in (*one.anchors, one.token)}
    seeing = _seeing(clauses, times)
    taken = {}
    for at, predicate in enumerate(predicates):
        if at in found:
            continue
        time = _of_what_holds_it(clauses, predicate, owner, found) or _of_its_end(clauses, predicate, owner, found)
        if time is None:
            time = next((seeing[above] for above in clauses.path_up(predicate.token) if above in seeing), None)
        if time is not None:
            taken[at] = time
    return taken


def _of_what_holds_it(
    clauses: Clauses, predicate: Predicate, owner: Mapping[int, int], found: Mapping[int, TimeExpression]
) -> TimeExpression | None:
    for anchor in sorted({*predicate.anchors, predicate.token}):
        for prep, below in clauses.preps(anchor):
            other = found.get(owner.get(below, -1))
            if other is not None and prep.split()[-1] in grammar("holding_prepositions"):
                return other if not _is_end(clauses, other, below) else _until(other)
    return None


def _of_its_end(
    clauses: Clauses, predicate: Predicate, owner: Mapping[int, int], found: Mapping[int, TimeExpression]
) -> TimeExpression | None:
    token = clauses.tokens[predicate.token]
    verb = clauses.tokens[token.head]
    if token.dep not in ("dobj", "nsubjpass", "xcomp") or verb.text.lower() not in grammar("ending_verbs"):
        return None
    for agent in clauses.agents(verb.index):
        other = found.get(owner.get(agent, -1))
        if other is not None:
            return _until(other)
    return None


def _is_end(clauses: Clauses, time: TimeExpression, noun: int) -> bool:
    """Whether the time is that of the end of what `noun` means: "the war that ended in 1994"."""
    head = clauses.head_of_span(time.start, time.end)
    if head is None:
        return False
    up = clauses.path_up(head)
    below = up[: up.index(noun)] if noun in up else up
    return any(clauses.tokens[index].text.lower() in grammar("ending_verbs") for index in below)


def _until(time: TimeExpression) -> TimeExpression | None:
    if time.span is None or time.span.ends_on is None:
        return None
    return replace(time, span=replace(time.span, starts_on=None, precision=DatePrecision.UNKNOWN))


def _seeing(clauses: Clauses, times: Sequence[TimeExpression]) -> dict[int, TimeExpression]:
    """Return verb -> the time that is its subject: "the 1990s saw the town shelled"."""
    seeing = {}
    for time in times:
        head = clauses.head_of_span(time.start, time.end) if time.span is not None else None
        if head is None or clauses.tokens[head].dep != "nsubj":
            continue
        verb = clauses.tokens[clauses.tokens[head].head]
        if verb.text.lower() in grammar("seeing_verbs"):
            seeing[verb.index] = time
    return seeing
