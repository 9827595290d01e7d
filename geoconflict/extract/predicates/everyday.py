"""Everyday verbs that tell of a town, a post or a flag where fighters do them, and bar the way to what is told besides where not."""

from __future__ import annotations

from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.senses import Sense, TriggerLexicon

__all__ = ["OF_TOWNS", "may_hold"]

OF_TOWNS = frozenset(
    {"charge", "clear-town", "come-upon", "engage", "flag-raised", "flee-town", "in-control", "leave-posts"}
)
"""Senses of verbs that are mostly said of something else: "the clashes raised fears" hoists no flag."""
_EVERYDAY = OF_TOWNS | {"dropped-from-air", "drone-tears", "munition-aimed", "munition-tears"}


def may_hold(clauses: Clauses, lexicon: TriggerLexicon, sense: Sense, verb: int) -> bool:
    """Whether who does an everyday verb, and to what, is of the classes of words that a sense asks for.

    "She fled to X from Y, where soldiers killed five": that she fled is no event, and Y is where they were killed.
    """
    if sense.name not in _EVERYDAY:
        return True
    said_of_it = [child.index for child in clauses.children(verb, "advmod")]
    asked = (
        (sense.subject, clauses.agents(verb) or clauses.patients(verb)),
        (sense.object, clauses.patients(verb)),
        (sense.modifier, said_of_it),
    )
    return all(not name or any(lexicon.among(clauses.words(at), name) for at in found) for name, found in asked)
