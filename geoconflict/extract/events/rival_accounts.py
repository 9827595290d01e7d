"""Another speaker's account of the dead: told right after an event, it is one more version of it and no event of its own.

"A strike killed 40 people in X, medics said. The army said that three fighters were killed": one strike, two tolls.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from geoconflict.extract.actors.common_nouns import NO_NAMES
from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.casualties.sums import are_fighters, is_more, may_be_the_same_people
from geoconflict.extract.events.drafts import INHERITED_COST, Draft, Scene
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.models import ActorKind, EventType, Status

__all__ = ["mark_rival_accounts"]

_BANDS = frozenset({ActorKind.IDENTITY_MILITIA, ActorKind.POLITICAL_MILITIA, ActorKind.REBEL_GROUP})
_LOOK_BACK = 2
"""Passages between an event and the sentence that tells another's account of its dead."""


def mark_rival_accounts(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Mark the drafts that only tell what somebody else says of the dead of the event before as versions of it."""
    for before, draft in itertools.pairwise(drafts):
        told = before.version_of or before
        if draft.version_of is None and told.version_of is None and _is_account(scene, draft, told):
            draft.version_of = told
            _name_doers(draft, told)


def _name_doers(draft: Draft, told: Draft) -> None:
    """Name who did it by whoever tells that he did: "Jihadists killed 130. JNIM said it had killed 300 soldiers"."""
    doers = [one for one in draft.arguments.actors if one.part == "agent" and one.kind in _BANDS]
    named = [one for one in doers if not one.name.startswith(NO_NAMES)]
    known = [one for one in told.arguments.actors if one.part == "agent"]
    is_own = draft.attribution.claimed_by is not None and any(
        one.surface is not None and one.surface in draft.attribution.claimed_by for one in named
    )
    if is_own and all(one.name.startswith(NO_NAMES) for one in known):
        rest = [one for one in told.arguments.actors if one.part != "agent"]
        told.arguments.actors = (*named, *rest)


def _is_account(scene: Scene, draft: Draft, told: Draft) -> bool:
    clauses, predicate = scene.clauses, draft.predicate
    speaker = draft.attribution.claimed_by
    gap = clauses.passage_of(predicate.token).index - clauses.passage_of(told.predicate.token).index
    if speaker is None or draft.attribution.status is not Status.CLAIMED or not 1 <= gap <= _LOOK_BACK:
        return False
    if not predicate.is_outcome or predicate.is_noun:
        return False
    if told.verdict.event_type not in ARMED_EVENTS or told.verdict.sub_event_type.endswith("territory"):
        return False
    if told.attribution.status not in (Status.CLAIMED, Status.OCCURRED) or len(told.arguments.places) != 1:
        return False
    own = {scene.toponyms[choice.index].surface for choice in told.arguments.places}
    places = [choice for choice in draft.arguments.places if choice.cost < INHERITED_COST]
    if any(scene.toponyms[choice.index].surface not in own for choice in places):
        return False
    time, day = draft.arguments.time, told.arguments.time
    if time is not None and (day is None or time.span != day.span):
        return False
    return _are_rivals(
        scene, _dead(told), _dead(draft), speaker, is_battle=told.verdict.event_type is EventType.BATTLES
    )


def _dead(draft: Draft) -> list[CasualtyMention]:
    return [one for one in draft.arguments.casualties if one.measure == "killed"]


def _are_rivals(
    scene: Scene, known: Sequence[CasualtyMention], others: Sequence[CasualtyMention], speaker: str, *, is_battle: bool
) -> bool:
    """Whether a speaker's dead may be those told before, whom he calls others: in an attack, fighters for villagers."""
    if not known or not others or speaker in {scene.speakers.claimant_from(one.trigger_start) for one in known}:
        return False
    return all(
        not is_more(other)
        and all(
            one.count != other.count and (may_be_the_same_people(one, other) or (not is_battle and are_fighters(other)))
            for one in known
        )
        for other in others
    )
