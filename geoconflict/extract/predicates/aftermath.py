"""What came of an event: "mourned on Wednesday the victims of the bombing". The day is that of the mourning, not of the bombing.

Such a day only bounds that of the event from above, like that on which somebody tells of it.
"""

from __future__ import annotations

from itertools import pairwise

from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["is_of_aftermath", "verbs_of_aftermath", "verbs_of_release"]

_TAKING = frozenset({"abduct", "seize-people"})
_TO_RELEASE = 4
"""Words from those who were taken up to the verb: "two of the three who were abducted were freed"."""
_REACH = 7
"""Words on the way from the noun of an event up to the verb that tells what came of it."""


def verbs_of_aftermath(clauses: Clauses, predicate: Predicate) -> tuple[int, ...]:
    """Return the verb that tells what came of the event of a noun, and the verbs above it; none where the noun is told itself.

    "Arrested three men over the bombing", "the toll of the shelling rose", "buried the victims of the raid"; and of those who
    were taken, what ended it.
    """
    if not predicate.is_noun:
        return verbs_of_release(clauses, predicate)
    path = clauses.path_in_passage(predicate.token)
    if any(clauses.is_verb(at) for at in path if at in predicate.anchors):
        return ()
    start = max((place for place, at in enumerate(path) if at in predicate.anchors), default=0)
    through_noun = False
    for below, at in pairwise(path[start : start + _REACH]):
        token = clauses.tokens[at]
        lemma = token.lemma.lower()
        if not clauses.is_verb(at):
            through_noun |= token.pos in ("NOUN", "PROPN") and lemma in grammar("aftermath_nouns")
            continue
        if through_noun or _tells_what_came(clauses, below, lemma):
            return tuple(one for one in path[path.index(at) :] if clauses.is_verb(one))
        return ()
    return ()


def verbs_of_release(clauses: Clauses, predicate: Predicate) -> tuple[int, ...]:
    """Return the verb that tells how those got away who were taken: "four who were abducted in X were freed on Tuesday"."""
    token = clauses.tokens[predicate.token]
    if predicate.sense.name not in _TAKING or not clauses.is_verb(token.index):
        return ()
    found = [child.index for child in clauses.children(token.index, "conj")]
    if token.dep in ("acl", "relcl"):
        found += [at for at in clauses.path_up(token.head)[:_TO_RELEASE] if clauses.is_verb(at)][:1]
    return tuple(at for at in found if clauses.tokens[at].lemma.lower() in grammar("releasing"))


def is_of_aftermath(clauses: Clauses, predicate: Predicate, time: TimeExpression) -> bool:
    """Return whether a date of an event's sentence is that of what came of the event."""
    verbs = verbs_of_aftermath(clauses, predicate)
    head = clauses.head_of_span(time.start, time.end) if verbs else None
    if head is None:
        return False
    return next((at in verbs for at in clauses.path_up(head) if at in predicate.anchors or clauses.is_verb(at)), False)


def _tells_what_came(clauses: Clauses, below: int, lemma: str) -> bool:
    """Whether a verb of this lemma, over `below`, tells of what came of that."""
    token = clauses.tokens[below]
    if token.dep == "prep" and token.text.lower() in ("after", "following"):
        return True  # "entered X on Saturday after clashes at Y"
    if token.dep in ("prep", "agent", "mark"):
        return lemma in grammar("aftermath_verbs") and token.text.lower() in grammar("aftermath_prepositions")
    return token.dep in ("dobj", "nsubjpass") and lemma in grammar("aftermath_objects")
