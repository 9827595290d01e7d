"""Deeds of long ago that a ceremony recalls, and what is built up again after them: the day of the report is that of the feast.

"Wreaths recalled the massacre of X", "the bridge, blown up in the war, was reopened on Tuesday".
"""

from __future__ import annotations

import datetime as dt

from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["NEWS", "has_own_date", "is_remembered"]

NEWS = dt.timedelta(days=14)
"""Before a report: what is no older is its news."""

_WHEN = frozenset({"when", "where", "which"})


def is_remembered(
    clauses: Clauses, predicate: Predicate, time: TimeExpression | None, published_on: dt.date | None
) -> bool:
    """Whether what a predicate tells is only recalled, or made good, by what its sentence is about.

    Parameters
    ----------
    time
        The date that belongs to the predicate.
    published_on
        The day of the report.
    """
    return (
        _is_recalled(clauses, predicate, time, published_on)
        or _is_made_good(clauses, predicate, time)
        or _is_of_an_anniversary(clauses, predicate, time)
        or _is_of_survivors(clauses, predicate, time)
        or _is_of_a_dig(clauses, predicate, time)
    )


def _is_recalled(
    clauses: Clauses, predicate: Predicate, time: TimeExpression | None, published_on: dt.date | None
) -> bool:
    """Whether a ceremony recalls it, and no day says that it is news: "wreaths recalled the massacre of X"."""
    span = time.span if time is not None else None
    if span is not None and span.starts_on and published_on and published_on - span.starts_on <= NEWS:
        return False
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or token.dep not in ("dobj", "nsubjpass") or not clauses.is_verb(token.head):
        return False
    if clauses.tokens[token.head].lemma.lower() not in grammar("recalling"):
        return False
    doers = clauses.agents(token.head)
    return any(clauses.tokens[one].lemma.lower() in grammar("ceremonies") for one in doers)


def _is_made_good(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether it only says of a building what befell it before it was rebuilt, on no day of its own."""
    verb = clauses.tokens[predicate.token]
    if predicate.is_noun or verb.dep not in ("acl", "relcl"):
        return False
    if has_own_date(clauses, verb.index, time):
        return False
    noun = clauses.tokens[verb.head]
    while (
        noun.dep in ("pobj", "prep", "conj", "appos") and noun.head != noun.index
    ):  # "a wing of the hospital that was shelled"
        noun = clauses.tokens[noun.head]
    above = noun.head
    return (
        noun.dep in ("nsubj", "nsubjpass", "dobj")
        and clauses.is_verb(above)
        and clauses.tokens[above].lemma.lower() in grammar("making_good")
    )


def _is_of_an_anniversary(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether a clause says what befell on the day that is marked: "marked the 50th anniversary of the raid, when shells hit X".

    Without the comma it is news: "were marking the anniversary in X when a bomb exploded".
    """
    for at in clauses.path_in_passage(predicate.token):
        if clauses.tokens[at].dep not in ("advcl", "relcl") or has_own_date(clauses, at, time):
            continue
        opening = next((one for one in clauses.clause_tokens(at) if one.text.lower() in _WHEN), None)
        if opening is None or "," not in clauses.lower[max(0, opening.index - 2) : opening.index]:
            continue
        # A verb in between has the clause for itself: "marked the anniversary and went home, when".
        for before in reversed(clauses.tokens[: opening.index]):
            if before.pos == "VERB" or clauses.passage_of(before.index) != clauses.passage_of(at):
                break
            if before.lemma.lower() in grammar("anniversaries"):
                return True
    return False


def _is_of_survivors(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether those who lived through it remember it: "survivors of the raid on X gathered to honour the dead"."""
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or token.dep != "pobj" or clauses.lower[token.head] != "of":
        return False
    whose = clauses.tokens[token.head].head
    if clauses.lemma(whose) not in grammar("old_comrades") or has_own_date(clauses, whose, time):
        return False
    passage = clauses.passage_of(token.index)
    return any(
        clauses.lemma(one.index) in grammar("recalling" if clauses.is_verb(one.index) else "anniversaries")
        for one in clauses.document.tokens_between(passage.start, passage.end)
    )


def _is_of_a_dig(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether archaeologists or historians tell it: "found skeletons of soldiers killed in the battle of X"."""
    if has_own_date(clauses, clauses.clause_head(predicate.token), time):
        return False
    verbs = [at for at in clauses.path_in_passage(predicate.token) if clauses.is_verb(at)]
    return any(
        clauses.lemma(one) in grammar("diggers")
        for at in verbs
        if at not in predicate.anchors
        for one in clauses.subjects(at)
    )


def has_own_date(clauses: Clauses, head: int, time: TimeExpression | None) -> bool:
    """Whether a date stands within a clause or a phrase, so that it belongs to nothing else."""
    own = clauses.clause_tokens(head)
    return time is not None and min(one.start for one in own) <= time.start < max(one.end for one in own)
