"""Ordinary crime: what is done in robberies and quarrels, and among kin; nobody fights for anything."""

from __future__ import annotations

import re
from functools import cache

from geoconflict.codes import ARMED_GROUPS
from geoconflict.extract.lexicon import any_form
from geoconflict.extract.non_events.mishaps import is_violent
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor

__all__ = ["is_ordinary_crime"]

_NEXT_PASSAGES = 2
"""Sentences behind one in which it may be told why somebody struck."""


def is_ordinary_crime(
    clauses: Clauses, predicate: Predicate, actors: tuple[Actor, ...], *, has_casualties: bool
) -> bool:
    """Whether somebody is harmed in a robbery or a quarrel, by his own kin or by a madman: "shot a jeweller during a hold-up".

    Where an armed group, a gang or a people is spoken of, it is none: "a quarrel between two clans", "bandits killed nine".

    Parameters
    ----------
    actors
        Those of the predicate.
    has_casualties
        Whether figures of killed or wounded hang on it: robbers who kill may be bandits.
    """
    is_named = any(actor.kind in ARMED_GROUPS and not actor.name.startswith("Unidentified") for actor in actors)
    if predicate.is_noun or is_named:
        return False
    words = clauses.words_of(clauses.passage_of(predicate.token))
    if not words.isdisjoint(grammar("organised")):
        return False
    verbs = [at for at in (predicate.token, *sorted(predicate.anchors)) if clauses.is_verb(at)]
    if any(_is_done_by_robbers(clauses, at) and (not has_casualties or _is_done_to_one(clauses, at)) for at in verbs):
        return True
    if any(_goes_with_a_robbery(clauses, at) and _is_done_to_one(clauses, at) for at in verbs):
        return True
    if any(sense.name == "bodies" for sense in predicate.senses) and _is_of_one_missing(clauses, predicate):
        return True
    return any(
        _is_in_a_crime(clauses, at)
        or _is_among_kin(clauses, at)
        or _is_without_cause(clauses, at)
        or _is_done_in_drink(clauses, at)
        or any(clauses.lemma(one) in grammar("robbers") for _, one in clauses.preps(at, "with"))  # "traded fire with"
        for at in verbs
    )


def _is_in_a_crime(clauses: Clauses, verb: int) -> bool:
    """Whether it came of a robbery or a quarrel: "during a burglary", "after an argument over a dog"."""
    text = clauses.document.text
    for word, below in clauses.preps(verb):
        if word not in ("after", "during", "following", "in"):
            continue
        phrase = clauses.phrase_tokens(below, with_of=False)
        if _private_crimes().search(text, phrase[0].start, phrase[-1].end):
            return True
    return False


@cache
def _private_crimes() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_form(sorted(grammar('private_crimes')))})\b", re.IGNORECASE)


def _goes_with_a_robbery(clauses: Clauses, verb: int) -> bool:
    """Whether the same people rob somebody: "robbed a shop and wounded a guard"."""
    return clauses.tokens[verb].dep == "conj" and clauses.lemma(clauses.tokens[verb].head) in ("burgle", "mug", "rob")


def _is_done_in_drink(clauses: Clauses, verb: int) -> bool:
    """Whether those who do it are drunk or jealous: "beaten by three drunken passengers"."""
    doers = clauses.agents(verb)
    return bool(doers) and all(
        any(child.lemma.lower() in grammar("states_of_mind") for child in clauses.children(one, "amod"))
        for one in doers
    )


def _is_done_by_robbers(clauses: Clauses, verb: int) -> bool:
    doers = clauses.agents(verb)
    return bool(doers) and all(clauses.lemma(one) in grammar("robbers") for one in doers)


def _is_done_to_one(clauses: Clauses, verb: int) -> bool:
    """Whether it befalls one person alone: bandits leave more."""
    done_to = [one for at in clauses.patients(verb) for one in clauses.conjuncts(at)]
    return (
        len(done_to) == 1
        and clauses.tokens[done_to[0]].tag == "NN"
        and any(child.text.lower() in ("a", "an", "the") for child in clauses.children(done_to[0], "det"))
    )


def _is_of_one_missing(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether one body is found of somebody who was missed, in a report without arms or abductors: "a missing student"."""
    found = [one for at in clauses.patients(predicate.token) for _, one in clauses.preps(at, "of")]
    return (
        len(found) == 1
        and clauses.tokens[found[0]].tag in ("NN", "NNP")
        and any(child.text.lower() == "missing" for child in clauses.children(found[0], "amod"))
        and not any(
            is_violent(clauses, one)
            or not clauses.words_of(one).isdisjoint(grammar("organised") | {"abduct", "kidnap"})
            for one in clauses.passages
        )
    )


def _is_without_cause(clauses: Clauses, verb: int) -> bool:
    """Whether it is said of one who strikes that he is ill, or that he had no cause: "police see no political motive"."""
    doers = clauses.agents(verb)
    at = clauses.passage_of(verb).index
    return (
        bool(doers)
        and all(clauses.lemma(one) in grammar("private_persons") for one in doers)
        and any(clauses.finds(_without_cause(), one) for one in clauses.passages[at : at + 1 + _NEXT_PASSAGES])
    )


@cache
def _without_cause() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_form(sorted(grammar('without_cause')))})\b", re.IGNORECASE)


def _is_among_kin(clauses: Clauses, verb: int) -> bool:
    """Whether kin do it to each other: "a man killed his parents", "a woman was stabbed by her ex-boyfriend"."""
    doers = [one for one in clauses.agents(verb) if clauses.lower[one] not in ("ex", "-")]
    done_to = clauses.patients(verb)
    if not doers or not done_to:
        return False
    if all(_is_own_kin(clauses, one) for one in doers):
        return all(clauses.tokens[one].tag == "NN" for one in done_to)
    are_private = all(clauses.lemma(one) in grammar("private_persons") for one in doers)
    return are_private and all(_is_own_kin(clauses, one) for one in done_to)


def _is_own_kin(clauses: Clauses, index: int) -> bool:
    # "Her ex-boyfriend" may be read as three nouns, of which the first is hers.
    first = index - 2 if clauses.lower[max(0, index - 2) : index] == ["ex", "-"] else index
    return clauses.lemma(index) in grammar("kin_and_neighbours") and any(
        child.text.lower() in ("former", "her", "his") for child in clauses.children(first, "amod", "poss")
    )
