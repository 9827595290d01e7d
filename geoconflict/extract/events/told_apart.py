"""Sentences that open on something else: "Separately, ...", "In the east, ...", a new paragraph of another day."""

from __future__ import annotations

import re

from geoconflict.extract.events.drafts import Draft, Scene, is_definite
from geoconflict.models import Role

__all__ = ["is_of_another_day", "opens_on_another"]

_DIRECTION = r"(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)?"
_OPENS = re.compile(
    r"\W*(?:separately|elsewhere|meanwhile"
    rf"|(?:further|farther)\s+(?:to\s+the\s+)?{_DIRECTION}|to\s+the\s+{_DIRECTION}"
    rf"|in\s+the\s+(?:far\s+|extreme\s+)?{_DIRECTION}(?:\s+of\s+(?:the\s+)?[\w-]+)?"
    r"|in\s+(?:an?\s+(?:separate|different|second|third)|another)\s+(?:\w+\s+)?(?:incident|attack|development)s?"
    r")\s*,",
    re.IGNORECASE,
)

_PARAGRAPH = re.compile(r"\n\s*\n")
_COUNTED_ON = re.compile(r"\b(?:next|following|same|later|after|earlier|before)\b", re.IGNORECASE)
"""A day told by that of the event before goes on with it."""
_POINTING = frozenset(
    {"he", "her", "his", "it", "its", "same", "she", "that", "the", "their", "them", "these", "they", "this", "those"}
)
"""Words by which who does or suffers something is known from before."""


def is_of_another_day(scene: Scene, draft: Draft, before: Draft) -> bool:
    """Whether an event opens a new paragraph on another day than the one before it, of nobody told before, where towns are several.

    "Clashes broke out in X on Monday and in Y on Tuesday. On Wednesday, gunmen killed four traders": in neither town for all
    that is said. A report that names one town alone is about that town.
    """
    clauses, predicate = scene.clauses, draft.predicate
    passage = clauses.passage_of(predicate.token)
    between = clauses.document.text[before.predicate.end : passage.start]
    own, other = draft.arguments.time, before.arguments.time
    if _PARAGRAPH.search(between) is None or own is None or other is None or own.span == other.span:
        return False
    is_counted_on = _COUNTED_ON.search(clauses.document.text, own.start, own.end) is not None
    if own.start < passage.start or is_counted_on or is_definite(scene, predicate):
        return False
    people = [
        token.text.lower()
        for at in predicate.anchors
        if clauses.is_verb(at)
        for one in (*clauses.agents(at), *clauses.patients(at))
        for token in clauses.phrase_tokens(one)
    ]
    if not _POINTING.isdisjoint(people):
        return False
    towns = {
        one.surface.casefold()
        for index, one in enumerate(scene.toponyms)
        if one.start < passage.start
        and one.role is not Role.OTHER
        and not scene.names.is_country(index)
        and not scene.names.is_large(index)
    }
    return len(towns) > 1


def opens_on_another(scene: Scene, draft: Draft) -> bool:
    """Whether an event's sentence opens on something else than was told before, and the event does not point back.

    "In the east, the attack ..." may still be the one told.
    """
    passage = scene.clauses.passage_of(draft.predicate.token)
    if draft.predicate.is_noun and is_definite(scene, draft.predicate):
        return False
    return _OPENS.match(scene.clauses.document.text, passage.start, passage.end) is not None
