"""The place that "it" or "the town" stands for where it changes hands or is struck again: "seized X, but rebels retook it"."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.event_places.place_choice import PlaceChoice, Tie
from geoconflict.extract.events.arguments import Arguments
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate

__all__ = ["give_places_to_pronouns"]

_PRONOUNS = frozenset({"it", "them"})
_AIMED_AT_GROUND = frozenset({"attack", "encircle", "shelling"})
"""Senses of what is done to a town before it is taken: "attacked X and captured it"."""
_STRIKES = frozenset({"air-strike", "attack", "bomb", "bombing", "shelling", "strike"})
"""Senses of what is done to a building or a town from afar or by raiders."""
_LOOK_BACK = 1
"""Passages between a capture and the "it" that is taken again."""


def give_places_to_pronouns(
    clauses: Clauses, surfaces: Sequence[str], predicates: Sequence[Predicate], arguments: Sequence[Arguments]
) -> None:
    """Give a predicate that may tell of ground, and whose object is a pronoun or bears no name, the place of the one before that does.

    Parameters
    ----------
    surfaces
        The names of the document's toponyms, which choices of places index.
    predicates, arguments
        In text order; the arguments are changed.
    """
    last: tuple[int, PlaceChoice] | None = None
    struck: tuple[int, Arguments] | None = None
    for predicate, own in zip(predicates, arguments, strict=True):
        passage = clauses.passage_of(predicate.token).index
        if predicate.sense.name in _STRIKES and own.places:
            struck = (passage, own)
        elif struck is not None and passage - struck[0] <= _LOOK_BACK and _strikes_it(clauses, predicate, own):
            choice = struck[1].places[0]
            surface = surfaces[choice.index]
            own.places = (PlaceChoice(choice.index, 0.5, choice.relation, f"it is in {surface}", Tie.PRONOUN),)
            own.time = own.time or struck[1].time
        if predicate.is_noun:
            continue
        if not predicate.tells_of_territory:
            if predicate.sense.name in _AIMED_AT_GROUND and own.places:
                last = (passage, own.places[0])
            continue
        patients = [at for anchor in sorted(predicate.anchors) for at in clauses.patients(anchor)]
        left = [at for anchor in sorted(predicate.anchors) for _, at in clauses.preps(anchor, "from")]
        if not own.places and last is not None and passage - last[0] <= _LOOK_BACK:
            choice, surface = last[1], surfaces[last[1].index]
            is_told_of_ground = clauses.tokens[predicate.token].lemma.lower() != "take" or len(predicate.anchors) > 1
            if is_told_of_ground and patients and all(clauses.lower[at] in _PRONOUNS for at in patients):
                own.places = (PlaceChoice(choice.index, 0.5, choice.relation, f"it is {surface}", Tie.PRONOUN),)
            elif any(_is_known_ground(clauses, at) for at in (*patients, *left)) or (
                predicate.sense.name == "withdraw" and not patients and not left
            ):
                own.places = (PlaceChoice(choice.index, 1.2, choice.relation, f"it is in {surface}", Tie.PRONOUN),)
        if own.places:
            last = (passage, own.places[0])


def _strikes_it(clauses: Clauses, predicate: Predicate, own: Arguments) -> bool:
    """Whether a verb without a place tells that what was struck before was struck: "Y said that X had shelled it itself"."""
    if predicate.is_noun or own.places or predicate.sense.name not in _STRIKES:
        return False
    patients = clauses.patients(predicate.token)
    return bool(patients) and all(clauses.lower[at] == "it" for at in patients)


def _is_known_ground(clauses: Clauses, noun: int) -> bool:
    """Whether a noun is for ground that was told of before and bears no name: "the airport", "the town"."""
    tokens = clauses.phrase_tokens(noun)
    lemma = clauses.tokens[noun].lemma.lower()
    is_ground = any(lemma in grammar(kind) for kind in ("settlements", "facilities", "place_nouns"))
    is_definite = any(token.text.lower() in ("the", "that", "this") for token in clauses.children(noun, "det"))
    return is_ground and is_definite and not any(token.pos == "PROPN" for token in tokens)
