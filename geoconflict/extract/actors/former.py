"""Who fought once and does so no more: "two former guerrillas", "an ex-soldier". What is done to them is done to civilians."""

from __future__ import annotations

from geoconflict.extract.lexicon import read_lexicon
from geoconflict.extract.predicates.clauses import Clauses

__all__ = ["is_of_former_fighters"]

_JOINTS = frozenset({"-", "\u2011"})


def is_of_former_fighters(clauses: Clauses, index: int) -> bool:
    """Whether the noun at token `index` is of persons who fought before: "former FARC fighters", and no "former rebel army".

    What is former may be what they fought for: the "ex-Seleka rebels" go on fighting.
    """
    nouns = read_lexicon("actors")["nouns"]
    if clauses.lower[index] not in nouns["fighting_persons"]:
        return False
    before = clauses.lower[max(0, index - 2) : index]
    if len(before) == 2 and before[0] in nouns["former"] and before[1] in _JOINTS:
        return True  # "ex-fighters"
    if clauses.lower[index].partition("-")[0] in nouns["former"]:
        return True
    return any(
        token.text.lower() in nouns["former"] and token.index < index and clauses.lower[token.index + 1] not in _JOINTS
        for token in clauses.children(index, "amod", "advmod", "compound", "nmod")
    )
