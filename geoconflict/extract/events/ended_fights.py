"""Fights that ended: in ground changing hands, "captured X after a two-day battle", or in a truce, "Truce in X after days of shelling"."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import EventType

__all__ = ["ended_by", "heads_news", "is_fight_before_truce", "is_fight_for_ground"]


def is_fight_for_ground(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether the noun is for the fight in which a place was taken: "captured X on Tuesday after a two-day battle"."""
    is_fight = draft.verdict.event_type in ARMED_EVENTS and draft.verdict.event_type is not EventType.EXPLOSIONS
    ended = ended_by(scene, draft, drafts) if is_fight else None
    return ended is not None and ended.verdict.event_type is EventType.BATTLES


def ended_by(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the event of ground changing hands that a noun hangs on by "after" or "in": "gave X up after a battle"."""
    above = _carrier(scene.clauses, draft.predicate)
    return next(
        (
            other
            for other in drafts
            if other is not draft
            and above in other.predicate.anchors
            and (other.verdict.sub_event_type.endswith("territory") or other.verdict.sense.name == "surrender")
        ),
        None,
    )


def is_fight_before_truce(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a noun is for what a truce ended, on days before that are not told: "Truce in X after days of shelling"."""
    if draft.verdict.event_type not in ARMED_EVENTS or draft.arguments.time is not None:
        return False
    above = _carrier(scene.clauses, draft.predicate)
    places = {choice.index for choice in draft.arguments.places}
    return any(
        other.predicate.token == above
        and other.verdict.sense.name == "ceasefire"
        and places <= {choice.index for choice in other.arguments.places}
        for other in drafts
    )


def heads_news(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a noun heads a sentence without a verb that goes on with what was before: "Truce in X after days of shelling"."""
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or token.head != token.index:
        return False
    passage = clauses.passage_of(token.index)
    others = [one for one in clauses.document.tokens_between(passage.start, passage.end) if one.index != token.index]
    if any(one.pos in ("VERB", "AUX") and one.dep not in ("pcomp", "prep") for one in others):
        return False
    return any(one.text.lower() in ("after", "following") for one in clauses.children(token.index, "prep"))


def _carrier(clauses: Clauses, predicate: Predicate) -> int | None:
    """Return what a noun hangs on by "after" or "in", a time that it lasted between them or not; None for any other word."""
    token = clauses.tokens[predicate.token]
    prep = clauses.tokens[token.head]
    if prep.text.lower() == "of" and clauses.tokens[prep.head].lemma.lower() in grammar("time_units"):
        token = clauses.tokens[prep.head]  # "after 55 days of fighting"
        prep = clauses.tokens[token.head]
    is_behind = token.dep == "pobj" and prep.text.lower() in ("after", "amid", "during", "following", "in")
    return prep.head if predicate.is_noun and is_behind else None
