"""The place that "it" stands for where it changes hands again: "seized X on Friday, but rebels retook it hours later"."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.arguments import Arguments
from geoconflict.extract.clauses import Clauses
from geoconflict.extract.place_choice import PlaceChoice
from geoconflict.extract.triggers import Predicate

__all__ = ["give_places_to_pronouns", "is_meant_by_it"]

_REASON = "it is "
_PRONOUNS = frozenset({"it", "them"})
_LOOK_BACK = 1
"""Passages between a capture and the "it" that is taken again."""


def give_places_to_pronouns(
    clauses: Clauses, surfaces: Sequence[str], predicates: Sequence[Predicate], arguments: Sequence[Arguments]
) -> None:
    """Give a predicate whose object is a pronoun, and which may tell of ground, the place of the one before that does.

    Parameters
    ----------
    surfaces
        The names of the document's toponyms, which choices of places index.
    predicates, arguments
        In text order; the arguments are changed.
    """
    last: tuple[int, PlaceChoice] | None = None
    for predicate, own in zip(predicates, arguments, strict=True):
        if not predicate.tells_of_territory or predicate.is_noun:
            continue
        passage = clauses.passage_of(predicate.token).index
        patients = [at for anchor in sorted(predicate.anchors) for at in clauses.patients(anchor)]
        is_pronoun = bool(patients) and all(clauses.lower[at] in _PRONOUNS for at in patients)
        if is_pronoun and not own.places and last is not None and passage - last[0] <= _LOOK_BACK:
            choice = last[1]
            own.places = (PlaceChoice(choice.index, 0.5, choice.relation, f"{_REASON}{surfaces[choice.index]}"),)
        if own.places:
            last = (passage, own.places[0])


def is_meant_by_it(choice: PlaceChoice) -> bool:
    """Whether a place was chosen for a pronoun, so that it is the object itself."""
    return choice.reason.startswith(_REASON)
