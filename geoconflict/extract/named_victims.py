"""Whom an event hit, by those whom its figures count: "a motorcycle hit a mine; eight gendarmes died"."""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.actor_lexicon import Nation
from geoconflict.extract.actors import ActorReader, at_home
from geoconflict.extract.casualties import CasualtyMention
from geoconflict.extract.clauses import Clauses
from geoconflict.extract.drafts import Draft, Scene
from geoconflict.extract.senses import ARMED_EVENTS
from geoconflict.models import Actor, ActorKind, EventType

__all__ = ["name_victims"]

_HARM = frozenset({"killed", "wounded"})
_ANYBODY = frozenset({"man", "other", "people", "person"})
_PEOPLE = frozenset(
    {
        ActorKind.CIVILIANS,
        ActorKind.STATE_FORCES,
        ActorKind.REBEL_GROUP,
        ActorKind.POLITICAL_MILITIA,
        ActorKind.IDENTITY_MILITIA,
    }
)


def name_victims(scene: Scene, people: ActorReader, drafts: Sequence[Draft], home: Nation | None) -> None:
    """Give each armed event that names nobody who suffered it those whom its figures count.

    Parameters
    ----------
    home
        The country whose army "the army" is; None where that is not known.
    """
    for draft in drafts:
        actors = draft.arguments.actors
        may_lack = draft.verdict.event_type in ARMED_EVENTS and not draft.verdict.sub_event_type.endswith("territory")
        is_two_sided = draft.verdict.event_type is EventType.BATTLES and any(one.part == "party" for one in actors)
        if not may_lack or is_two_sided or any(one.part == "target" for one in actors):
            continue
        found: list[Actor] = []
        for figure in draft.arguments.casualties:
            if figure.measure in _HARM and figure.count.high != 0:
                counted = _counted(scene.clauses, figure)
                if draft.verdict.event_type is EventType.BATTLES:  # "people" who die in clashes are most often fighters
                    counted = [at for at in counted if scene.clauses.tokens[at].lemma.lower() not in _ANYBODY]
                found += [one for at in counted for one in people.of_phrase(at, part="target")]
        victims = [one for one in found if one.kind in _PEOPLE and not _is_own(one, actors)]
        if victims:
            named = at_home(victims, home) if home is not None else tuple(victims)
            draft.arguments.actors = (*actors, *{one.name: one for one in named}.values())


def _counted(clauses: Clauses, figure: CasualtyMention) -> list[int]:
    """Return the nouns for the people whom a figure counts, by the verb that tells what became of them."""
    told = clauses.document.token_at(figure.trigger_start)
    if told is None or not clauses.is_verb(told.index):
        return []
    is_done_to = clauses.is_passive(told.index) or told.lemma.lower() in ("die", "perish")
    nouns = clauses.subjects(told.index) if is_done_to else clauses.objects(told.index)
    return [at for at in nouns if figure.start <= clauses.tokens[at].start < figure.end]


def _is_own(victim: Actor, actors: Sequence[Actor]) -> bool:
    """Whether who died may be of those who did it, so that they are the doers' own losses."""
    return any(
        one.kind is victim.kind and (one.country is None or victim.country is None or one.country == victim.country)
        for one in actors
    )
