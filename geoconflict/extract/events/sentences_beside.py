"""What a sentence without an event of its own tells of the one before: where the wounded were brought, and what others did later."""

from __future__ import annotations

import re
from itertools import pairwise

from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.casualties.sums import is_of_fighters
from geoconflict.extract.lexicon import read_people
from geoconflict.extract.predicates.clauses import Clauses, grammar

__all__ = ["are_avenged", "is_among_the_dead", "is_done_by_others", "is_where_treated"]

_AMONG_THE = len("among the ")
"""Before a figure that begins with its "dead": "among the dead were two teachers"."""
_AMONG_THE_DEAD = re.compile(
    r"\b(?:among|one of|some of|most of|all of)\s+(?:the|those|them)\s+(?:[\w-]+\s+)?(?:dead|victims|killed|fatalities|casualties)\b",
    re.IGNORECASE,
)
_LONGEST = 120


def is_where_treated(clauses: Clauses, name: int | None) -> bool:
    """Return whether a name says where the wounded came to: "were taken to the hospital in X", "were flown to X".

    Parameters
    ----------
    name
        The head token of the name.
    """
    if name is None:
        return False
    path = clauses.path_up(name)
    for below, at in pairwise(path):
        lemma = clauses.tokens[at].lemma.lower()
        if clauses.is_verb(at):
            aims = [noun for word, noun in clauses.preps(at) if word in ("to", "into")]
            to_doctors = any(clauses.tokens[noun].lemma.lower() in grammar("places_of_treatment") for noun in aims)
            is_to = clauses.lower[below] in ("to", "into") or to_doctors
            return lemma in grammar("treating") or (is_to and lemma in grammar("carrying"))
        if lemma in grammar("places_of_treatment"):
            return True
    return False


def is_done_by_others(clauses: Clauses, figure: CasualtyMention) -> bool:
    """Return whether a figure is of what others than fighters then did: "angry parents stoned a convoy, hurting a driver"."""
    told = clauses.document.token_at(figure.trigger_start)
    if told is None or told.tag != "VBG" or told.dep != "advcl" or not clauses.is_verb(told.head):
        return False
    return any(
        doer.tag in ("NN", "NNS") and doer.lemma.lower() in read_people() and not is_of_fighters(doer.text)
        for doer in clauses.children(told.head, "nsubj")
    )


def is_among_the_dead(text: str, figure: CasualtyMention) -> bool:
    """Return whether a figure is of dead who were told before: "two teachers were among the dead"."""
    start = min(figure.start, figure.trigger_start)
    found = _AMONG_THE_DEAD.search(text, max(0, start - _AMONG_THE), start + _LONGEST)
    return found is not None and found.end() > start


def are_avenged(clauses: Clauses, trigger: int) -> bool:
    """Return whether deaths only say what a deed is done for: "shelled X to avenge the deaths of three fighters".

    Parameters
    ----------
    trigger
        The token that tells them; a verb tells what happened, whatever it was done for.
    """
    if clauses.is_verb(trigger):
        return False
    token = clauses.tokens[trigger]
    if token.dep == "pobj":
        token = clauses.tokens[token.head]
    return token.dep in ("dobj", "prep") and clauses.lemma(token.head) in grammar("avenging")
