"""An attack that ends in the capture of what was attacked is that capture: "attacked X and captured it", "stormed X before seizing it"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.models import ActorKind

__all__ = ["with_captures_for_attacks"]

_ATTACKS = frozenset({"Armed clash", "Attack"})


def with_captures_for_attacks(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without attacks that end, by the same doer and in the same sentence, in a capture of the same place.

    Whom it was done to, when and what it cost go over to the capture.
    """
    by_token = {draft.predicate.token: draft for draft in drafts}
    # Only what hangs on one another is compared, so that a report of thousands of events takes no longer than it should.
    above = {
        id(draft): [at for at in scene.clauses.path_in_passage(draft.predicate.token)[1:] if at in by_token]
        for draft in drafts
    }
    n_below = Counter(at for path in above.values() for at in path)
    gone: set[int] = set()
    for capture in drafts:
        if capture.predicate.is_noun or not capture.verdict.sub_event_type.endswith("territory"):
            continue
        for token in above[id(capture)]:
            attack = by_token[token]
            if id(attack) in gone or not _ends_in(attack, capture):
                continue
            capture.arguments.time = capture.arguments.time or attack.arguments.time
            if n_below[token] > 1:
                continue  # "attacked X, setting off a bomb before seizing it": what else was done in it is told with it
            known = {actor.name for actor in capture.arguments.actors}
            capture.arguments.actors += tuple(
                actor for actor in attack.arguments.actors if actor.part == "target" and actor.name not in known
            )
            capture.arguments.casualties += attack.arguments.casualties
            gone.add(id(attack))
    return [draft for draft in drafts if id(draft) not in gone]


def _ends_in(attack: Draft, capture: Draft) -> bool:
    """Whether an attack may have ended in a capture; civilians who were attacked were not captured."""
    spots = {choice.index for choice in attack.arguments.places}
    doers = {actor.name for actor in attack.arguments.actors if actor.part == "agent"}
    return (
        attack.predicate.sense.name == "attack"
        and not attack.predicate.is_noun
        and attack.verdict.sub_event_type in _ATTACKS
        and attack.attribution.status is capture.attribution.status
        and spots <= {choice.index for choice in capture.arguments.places}
        and doers <= {actor.name for actor in capture.arguments.actors if actor.part == "agent"}
        and all(actor.kind is not ActorKind.CIVILIANS for actor in attack.arguments.actors if actor.part == "target")
    )
