"""What who denies an event says happened instead: his own account of it, whom he says to have done it, and his figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.passages import Passage
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.models import Actor, Status

__all__ = ["TOLD", "JoinedDenial", "agents_of", "is_account", "others_accused", "tells_figures"]

TOLD: Final = (Status.CLAIMED, Status.OCCURRED)
"""The status of what a later sentence may deny."""


@dataclass(slots=True)
class JoinedDenial:
    """A denial with the event that it is about."""

    told: Draft
    by: str
    token: int
    passage: Passage
    is_part: bool


def agents_of(actors: Sequence[Actor]) -> list[Actor]:
    """Return who did it of the actors of an event, but for those of whom nobody says who they are."""
    return [actor for actor in actors if actor.part == "agent" and not actor.name.startswith("Unidentified")]


def is_account(scene: Scene, draft: Draft, denial: JoinedDenial) -> bool:
    """Whether a draft is the denier's own account of what is denied: "and said it had attacked army positions"."""
    clauses, predicate = scene.clauses, draft.predicate
    gap = clauses.passage_of(predicate.token).index - denial.passage.index
    return (
        draft is not denial.told
        and draft.version_of is None
        and predicate.token > denial.token
        and (gap == 0 or (gap == 1 and _goes_on(clauses, clauses.passage_of(predicate.token))))
        and draft.attribution.claimed_by == denial.by
        and draft.attribution.status in TOLD
        and draft.verdict.event_type in ARMED_EVENTS
        and not draft.verdict.sub_event_type.endswith("territory")
        and not _is_told_elsewhere(scene, draft, denial.told)
    )


def others_accused(account: Draft, told: Draft) -> list[str]:
    """Return whom the denier says to have done it instead: "denied shelling the town and said that the rebels had shelled it"."""
    if account.verdict.event_type is not told.verdict.event_type:
        return []
    known = {one.name for one in told.arguments.actors}
    return [one.name for one in agents_of(account.arguments.actors) if one.name not in known]


def _goes_on(clauses: Clauses, passage: Passage) -> bool:
    """Whether a sentence begins with who spoke before: "It said its forces had fired on rebel positions"."""
    tokens = clauses.document.tokens_between(passage.start, passage.end)
    return any(token.text.lower() in grammar("pronouns") for token in tokens[:1])


def _is_told_elsewhere(scene: Scene, draft: Draft, told: Draft) -> bool:
    """Whether the account names a place or a day of its own, so that it may be of another event."""
    passage = scene.clauses.passage_of(draft.predicate.token)
    known = {scene.toponyms[choice.index].surface.casefold() for choice in told.arguments.places}
    for choice in draft.arguments.places:
        toponym = scene.toponyms[choice.index]
        if passage.start <= toponym.start < passage.end and toponym.surface.casefold() not in known:
            return True
    time, other = draft.arguments.time, told.arguments.time
    return time is not None and (other is None or time.span != other.span)


def tells_figures(scene: Scene, denial: JoinedDenial, denied: frozenset[int]) -> bool:
    """Whether the denier gives figures of his own in the sentence of the denial: "saying 12 fighters had died"."""
    for figure in scene.figures:
        trigger = scene.clauses.document.token_at(figure.trigger_start)
        if (
            not figure.cumulative
            and trigger is not None
            and trigger.index not in denied
            and trigger.index > denial.token
            and denial.passage.start <= figure.start < denial.passage.end
            and scene.speakers.claimant_at(trigger.index) == denial.by
        ):
            return True
    return False
