"""How things stand, and have stood for long: "the land that X has occupied", "has been under siege since February"."""

from __future__ import annotations

import datetime as dt
from functools import cache

from geoconflict.extract.lexicon import lexicon_words, read_lexicon
from geoconflict.extract.non_events.remembered import has_own_date
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["is_backdrop", "is_lasting_state", "is_state_of_land"]

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


def is_backdrop(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Return whether a war that goes on is only what other news is told before: "approved the loan as X fights invaders".

    Where the sentence speaks of arms otherwise, or somebody tells it, it is news.
    """
    head = clauses.clause_head(predicate.token)
    if predicate.outcomes or has_own_date(clauses, head, time):
        return False
    clause = clauses.tokens[head]
    is_present = clause.dep == "advcl" and clause.tag in ("VBZ", "VBP") and clauses.lemma(head) in grammar("wearing_on")
    if not is_present or not any(child.text.lower() in ("as", "while") for child in clauses.children(head, "mark")):
        return False
    above = [at for at in clauses.path_in_passage(head)[1:] if clauses.is_verb(at)]
    if (
        not above
        or clauses.tokens[above[-1]].tag != "VBD"
        or clauses.lower[above[-1]] in lexicon_words("attribution", "say")
    ):
        return False
    doers = (clauses.lower[at] for verb in above for doer in clauses.subjects(verb) for at in clauses.conjuncts(doer))
    if not _forces().isdisjoint(doers):
        return False
    own = {token.index for token in clauses.clause_tokens(head)}
    passage = clauses.passage_of(head)
    return all(
        token.index in own or grammar("violent").isdisjoint((token.text.lower(), token.lemma.lower()))
        for token in clauses.document.tokens_between(passage.start, passage.end)
    )


@cache
def _forces() -> frozenset[str]:
    return frozenset(read_lexicon("triggers")["words"]["military"])


def _is_of_days(time: TimeExpression | None) -> bool:
    """Whether a date is of a fortnight at most: "has been under fire since Monday" is news."""
    span = time.span if time is not None else None
    if span is None or span.starts_on is None or span.ends_on is None:
        return False
    return span.ends_on - span.starts_on <= _NEWS
