"""Ground that somebody says he still holds, of which others say that they took it: "the army insisted that it still held the town"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.extract.actors.reader import ActorReader
from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.models import Status

__all__ = ["HeldGround", "ground_still_held"]

_LOOK_BACK = 1
"""Passages between the taking and the word of who holds it."""


@dataclass(frozen=True, slots=True)
class HeldGround:
    """A taking that is gainsaid, with who does so and where."""

    taken: Draft
    by: str
    token: int
    passage: int
    is_all: bool
    """Whether all that was taken is held, and not "the governor's office" of it."""


def ground_still_held(scene: Scene, people: ActorReader, drafts: Sequence[Draft], known: set[int]) -> list[HeldGround]:
    """Return the takings of towns that who lost them gainsays.

    Parameters
    ----------
    known
        Ids of the drafts that are denied already; what is found is added.
    """
    found = []
    for holder in scene.speakers.holders():
        for draft in reversed(drafts):
            gap = holder.passage - scene.clauses.passage_of(draft.predicate.token).index
            if draft.predicate.token > holder.token or id(draft) in known:
                continue
            if gap > _LOOK_BACK:
                break
            if (
                holder.by is not None
                and draft.verdict.sub_event_type.endswith("territory")
                and draft.attribution.status in (Status.CLAIMED, Status.OCCURRED)
                and draft.attribution.claimed_by != holder.by
                and not _took_it(people, draft, holder.by)
            ):
                known.add(id(draft))
                is_all = _is_what_was_taken(scene, holder.token, draft)
                found.append(HeldGround(draft, holder.by, holder.token, holder.passage, is_all))
            break
    return found


def _took_it(people: ActorReader, draft: Draft, name: str) -> bool:
    """Whether who says that he holds it is who took it."""
    side = people.side_of(name)
    takers = [one for one in draft.arguments.actors if one.part == "agent"]
    return any((side is not None and people.is_of(side, one)) or one.surface == name for one in takers)


def _is_what_was_taken(scene: Scene, held: int, draft: Draft) -> bool:
    """Whether what is held is what was taken, "it" or "the town", and no part of it."""
    clauses = scene.clauses
    own = {scene.toponyms[choice.index].surface.casefold() for choice in draft.arguments.places}
    start, end = clauses.phrase(held)
    word = clauses.lower[held]
    is_named = clauses.document.text[start:end].casefold() in own or any(word in name.split() for name in own)
    return is_named or word in ("it", "them") or word in grammar("settlements")
