"""How things stand, and have stood for long: "the land that X has occupied", "has been under siege since February"."""

from __future__ import annotations

import datetime as dt

from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["is_lasting_state", "is_state_of_land"]

_STATES = frozenset({"blockade", "curfew", "embargo", "lockdown", "occupation", "siege"})
"""What lasts without a day that says so; to have been under attack is news."""
_NEWS = dt.timedelta(days=14)


def is_state_of_land(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Return whether it only says of land whose it is by now: "must recognise the territories that X has occupied"."""
    verb = clauses.tokens[predicate.token]
    if predicate.is_noun or time is not None or verb.dep != "relcl" or not predicate.tells_of_territory:
        return False
    is_perfect = any(child.text.lower() in ("has", "have") for child in clauses.children(verb.index, "aux"))
    return is_perfect and clauses.lemma(verb.head) in ("area", "land", "region", "territory")


def is_lasting_state(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Return whether something is only said to be as it was: "393,000 remain besieged", "has been under siege since February"."""
    token = clauses.tokens[predicate.token]
    if token.dep == "pobj" and clauses.lower[token.head] == "under":
        verb = clauses.tokens[token.head].head
        is_perfect = any(child.text.lower() in ("has", "have") for child in clauses.children(verb, "aux"))
        lasts = (clauses.lemma(verb) == "be" and is_perfect) or clauses.lemma(verb) in grammar("lasting")
        return lasts and not _is_of_days(time) and (time is not None or token.lemma.lower() in _STATES)
    if time is not None or token.dep not in ("acomp", "oprd", "attr", "xcomp"):
        return False
    return clauses.lemma(token.head) in grammar("lasting")


def _is_of_days(time: TimeExpression | None) -> bool:
    """Whether a date is of a fortnight at most: "has been under fire since Monday" is news."""
    span = time.span if time is not None else None
    if span is None or span.starts_on is None or span.ends_on is None:
        return False
    return span.ends_on - span.starts_on <= _NEWS
