"""Sentences that open on something else: "Separately, ...", "In the east, ...", "Further north, ..." tell nothing told before."""

from __future__ import annotations

import re

from geoconflict.extract.events.drafts import Draft, Scene, is_definite

__all__ = ["opens_on_another"]

_DIRECTION = r"(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)?"
_OPENS = re.compile(
    r"\W*(?:separately|elsewhere|meanwhile"
    rf"|(?:further|farther)\s+(?:to\s+the\s+)?{_DIRECTION}|to\s+the\s+{_DIRECTION}"
    rf"|in\s+the\s+(?:far\s+|extreme\s+)?{_DIRECTION}(?:\s+of\s+(?:the\s+)?[\w-]+)?"
    r"|in\s+(?:an?\s+(?:separate|different|second|third)|another)\s+(?:\w+\s+)?(?:incident|attack|development)s?"
    r")\s*,",
    re.IGNORECASE,
)


def opens_on_another(scene: Scene, draft: Draft) -> bool:
    """Whether an event's sentence opens on something else than was told before, and the event does not point back.

    "In the east, the attack ..." may still be the one told.
    """
    passage = scene.clauses.passage_of(draft.predicate.token)
    if draft.predicate.is_noun and is_definite(scene, draft.predicate):
        return False
    return _OPENS.match(scene.clauses.document.text, passage.start, passage.end) is not None
