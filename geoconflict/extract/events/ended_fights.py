"""Fights that ended in ground changing hands: "captured X after a two-day battle", "gave up its arms after a battle"."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.models import EventType

__all__ = ["ended_by", "is_fight_for_ground"]


def is_fight_for_ground(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether the noun is for the fight in which a place was taken: "captured X on Tuesday after a two-day battle"."""
    is_fight = draft.verdict.event_type in ARMED_EVENTS and draft.verdict.event_type is not EventType.EXPLOSIONS
    ended = ended_by(scene, draft, drafts) if is_fight else None
    return ended is not None and ended.verdict.event_type is EventType.BATTLES


def ended_by(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the event of ground changing hands that a noun hangs on by "after" or "in": "gave X up after a battle"."""
    token = scene.clauses.tokens[draft.predicate.token]
    prep = scene.clauses.tokens[token.head]
    if prep.text.lower() == "of" and scene.clauses.tokens[prep.head].lemma.lower() in grammar("time_units"):
        token = scene.clauses.tokens[prep.head]  # "after 55 days of fighting"
        prep = scene.clauses.tokens[token.head]
    if (
        not draft.predicate.is_noun
        or token.dep != "pobj"
        or prep.text.lower() not in ("after", "amid", "during", "following", "in")
    ):
        return None
    return next(
        (
            other
            for other in drafts
            if other is not draft
            and prep.head in other.predicate.anchors
            and (other.verdict.sub_event_type.endswith("territory") or other.verdict.sense.name == "surrender")
        ),
        None,
    )
