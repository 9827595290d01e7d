"""Deeds of long ago that a ceremony recalls, and what is built up again after them: the day of the report is that of the feast.

"Wreaths recalled the massacre of X", "the bridge, blown up in the war, was reopened on Tuesday".
"""

from __future__ import annotations

import datetime as dt

from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["NEWS", "is_remembered"]

NEWS = dt.timedelta(days=14)
"""Before a report: what is no older is its news."""


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
    return _is_recalled(clauses, predicate, time, published_on) or _is_made_good(clauses, predicate, time)


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
    own = clauses.clause_tokens(verb.index)
    if time is not None and min(one.start for one in own) <= time.start < max(one.end for one in own):
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
