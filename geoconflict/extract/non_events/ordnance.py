"""Bombs that harm nobody: toys and dummies, those of an old war that are found or blown up, weapons tried out or fired into the sea."""

from __future__ import annotations

import re

from geoconflict.codes import ARMED_GROUPS
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor

__all__ = ["is_fired_at_nobody", "is_harmless_ordnance", "is_trial_of_arms"]

_OLD_WAR = re.compile(
    r"\b(?:first|second) world war\b|\bworld war (?:i|ii|one|two|1|2)\b|\bww(?:i|ii|1|2)\b|\bwar-?time\b|\bwar-era\b"
    r"|\b(?:19[1-4]\ds?)\b",
    re.IGNORECASE,
)
"""What says that a bomb is of a war long past."""


def is_harmless_ordnance(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a bomb is none, or is made harmless: "a toy bomb", "a World War II bomb was defused", "sappers blew up a mine"."""
    if predicate.outcomes:
        return False
    return (
        _is_harmless_bomb(clauses, predicate)
        or _is_bomb_of_an_old_war(clauses, predicate)
        or _is_disposal(clauses, predicate)
    )


def _is_harmless_bomb(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the bomb is a toy, a dummy or a fake that did not go off: "a toy bomb caused panic"."""
    if _goes_off(clauses, predicate):
        return False
    bombs = [at for at in sorted(predicate.anchors) if _is_munition(clauses, at)]
    modifiers = [child for at in bombs for child in clauses.children(at, "amod", "compound", "nmod")]
    return any(child.text.lower() in grammar("harmless_bombs") for child in modifiers)


def _is_bomb_of_an_old_war(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a bomb of a war long past is found and removed: "a World War II bomb was defused"."""
    if _goes_off(clauses, predicate):
        return False
    passage = clauses.passage_of(predicate.token)
    is_bomb = any(_is_munition(clauses, at) for at in _own(clauses, predicate))
    return is_bomb and clauses.finds(_OLD_WAR, passage)


def _is_disposal(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether sappers blow up what an old war left behind: "sappers blew up the wartime mine"."""
    passage = clauses.passage_of(predicate.token)
    before = clauses.passages[max(0, passage.index - 1)]
    if predicate.is_noun or not (
        _OLD_WAR.search(clauses.document.text, before.start, passage.end)
        or not grammar("left_behind").isdisjoint(clauses.words_of(passage) | clauses.words_of(before))
    ):
        return False  # a bomb of now that sappers find and defuse was meant to go off
    doers = [one for agent in clauses.agents(predicate.token) for one in clauses.conjuncts(agent)]
    if not doers or not all(_is_disposer(clauses, one) for one in doers):
        return False
    done_to = clauses.patients(predicate.token)
    return bool(done_to) and all(
        _is_munition(clauses, one) or clauses.lower[one] in ("it", "them", "that", "one") for one in done_to
    )


def _is_disposer(clauses: Clauses, index: int) -> bool:
    before = {child.text.lower() for child in clauses.children(index, "compound", "amod")}
    words = {clauses.lower[index], clauses.tokens[index].lemma.lower()}
    return not grammar("disposers").isdisjoint(words | before)


def is_trial_of_arms(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a weapon only shows what it can do: "the drone hit its target in a test", "the gun can fire shells from X to Y"."""
    if predicate.is_noun or predicate.outcomes or not clauses.is_verb(predicate.token):
        return False
    verb = clauses.tokens[predicate.token]
    subjects = clauses.subjects(verb.index)
    if verb.dep == "relcl":
        subjects = [verb.head]
    if not subjects or not all(clauses.tokens[one].lemma.lower() in grammar("tried_arms") for one in subjects):
        return False
    if any(child.text.lower() == "can" for child in clauses.children(verb.index, "aux")):
        return True
    return any(
        word in ("in", "during", "at", "on") and clauses.tokens[below].lemma.lower() in grammar("trials_of_arms")
        for word, below in clauses.preps(verb.index)
    )


def _is_nuclear_test(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a nuclear bomb goes off, which is tested: "detonated a nuclear device in a mountain"."""
    return any(
        child.text.lower() in grammar("bombs_tested")
        for one in _own(clauses, predicate)
        if _is_munition(clauses, one)
        for child in clauses.children(one, "amod", "compound")
    )


def is_fired_at_nobody(
    clauses: Clauses, predicate: Predicate, actors: tuple[Actor, ...], *, has_casualties: bool
) -> bool:
    """Whether what a state fires falls into the sea, or on the targets of a range: "fired a missile into the Pacific".

    Armed groups fire at ships, and so do states where the sentence or the next one names any.

    Parameters
    ----------
    actors
        Those of the predicate.
    has_casualties
        Whether figures of killed or wounded hang on it.
    """
    if predicate.is_noun or has_casualties or any(actor.kind in ARMED_GROUPS for actor in actors):
        return False
    if _is_nuclear_test(clauses, predicate):
        return True
    at = clauses.passage_of(predicate.token).index
    following = clauses.passages[at : at + 2]
    verbs = [one for one in (predicate.token, *sorted(predicate.anchors)) if clauses.is_verb(one)]
    aims = [below for verb in verbs for _, below in clauses.preps(verb, "against", "at", "toward", "towards")]
    if all(_is_water(clauses, one) for one in aims) and any(
        word in ("in", "into", "off", "toward", "towards") and _is_water(clauses, below)
        for verb in verbs
        for one in (verb, *clauses.objects(verb))
        for word, below in clauses.preps(one)
    ):
        fired = [one for verb in verbs for one in clauses.objects(verb) or clauses.subjects(verb)]
        if all(clauses.lemma(one) == "target" for one in fired):  # "a missile hit its target in the Arabian Sea"
            fired = [one for verb in verbs for one in clauses.subjects(verb)]
        fired += [below for one in fired for _, below in clauses.preps(one, "of")]  # "debris of a rocket"
        is_munition = any(clauses.lemma(one) in grammar("tried_arms") for one in fired)
        return is_munition and all(grammar("targets_at_sea").isdisjoint(clauses.words_of(one)) for one in following)
    hit = [one for verb in verbs for one in clauses.patients(verb)]
    hit += [below for verb in verbs for _, below in clauses.preps(verb, "at", "on")]
    hit = [one for one in hit if clauses.lemma(one) == "target"]
    around = [clauses.words_of(one) for one in clauses.passages[max(0, at - 1) : at + 1]]
    return bool(hit) and (
        any(not words.isdisjoint(grammar(name)) for words in around for name in ("rehearsals", "trials_of_arms"))
        or any(
            child.text.lower() in grammar("harmless_bombs") for one in hit for child in clauses.children(one, "amod")
        )
    )


def _is_water(clauses: Clauses, index: int) -> bool:
    """Whether it is a sea, or a side of one: "the Red Sea west of X"."""
    phrase = clauses.phrase_tokens(index, with_of=False)
    return any(token.lemma.lower() in grammar("open_waters") for token in phrase)


def _own(clauses: Clauses, predicate: Predicate) -> list[int]:
    own = [predicate.token, *predicate.anchors]
    return own + [one for at in own if clauses.is_verb(at) for one in clauses.patients(at)]


def _is_munition(clauses: Clauses, index: int) -> bool:
    return not clauses.is_verb(index) and clauses.tokens[index].lemma.lower() in grammar("munitions")


def _goes_off(clauses: Clauses, predicate: Predicate) -> bool:
    return any(clauses.tokens[at].lemma.lower() in grammar("going_off") for at in (predicate.token, *predicate.anchors))
