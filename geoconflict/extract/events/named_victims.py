"""Whom an event hit, by those whom its figures count: "a motorcycle hit a mine; eight gendarmes died"."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from geoconflict.codes import FIGHTERS
from geoconflict.extract.actors.lexicon import Nation
from geoconflict.extract.actors.reader import ActorReader, at_home
from geoconflict.extract.casualties.reader import HARM, CasualtyMention
from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.models import Actor, ActorKind, EventMention, EventType

__all__ = ["victims_of", "with_victims"]

_ANYBODY = frozenset({"man", "other", "people", "person"})
_PEOPLE = FIGHTERS | {ActorKind.CIVILIANS}


def victims_of(scene: Scene, people: ActorReader, draft: Draft, home: Nation | None) -> tuple[Actor, ...]:
    """Return those whom the figures of an armed event count, each once.

    Parameters
    ----------
    home
        The country whose army "the army" is; None where that is not known.
    """
    if draft.verdict.event_type not in ARMED_EVENTS or draft.verdict.sub_event_type.endswith("territory"):
        return ()
    found: list[Actor] = []
    for figure in draft.arguments.casualties:
        if figure.measure not in HARM or figure.count.high == 0:
            continue
        if lost := _who_lost(scene, people, figure):
            found += lost
            continue
        counted = _counted(scene.clauses, figure)
        if draft.verdict.event_type is EventType.BATTLES:  # "people" who die in clashes are most often fighters
            counted = [at for at in counted if scene.clauses.tokens[at].lemma.lower() not in _ANYBODY]
        found += [one for at in counted for one in people.of_phrase(at, part="target")]
        if draft.verdict.event_type is not EventType.BATTLES:
            found += [_of_nation(nation) for at in counted if (nation := people.nation_at(at)) is not None]
    named = at_home(found, home) if home is not None else found
    return tuple({one.name: one for one in named if one.kind in _PEOPLE}.values())


def with_victims(mention: EventMention, victims: Sequence[Actor]) -> EventMention:
    """Return a mention that names nobody who suffered it with those whom its figures count; another as it is.

    Who died may be of those who did it: the doers' own losses suffered nothing from them.
    """
    actors = mention.actors
    is_two_sided = mention.event_type is EventType.BATTLES and any(one.part == "party" for one in actors)
    if is_two_sided or any(one.part == "target" for one in actors):
        return mention
    added = [one for one in victims if not _is_own(one, actors)]
    return dataclasses.replace(mention, actors=(*actors, *added)) if added else mention


def _who_lost(scene: Scene, people: ActorReader, figure: CasualtyMention) -> list[Actor]:
    """Return whose the dead are whom somebody says to have lost: "X said it had lost seven fighters", "we lost nine men"."""
    told = scene.clauses.document.token_at(figure.trigger_start)
    if told is None or told.lemma.lower() != "lose" or scene.clauses.is_passive(told.index):
        return []
    return [one for at in scene.clauses.subjects(told.index) for one in people.of_phrase(at, part="target")]


def _counted(clauses: Clauses, figure: CasualtyMention) -> list[int]:
    """Return the nouns for the people whom a figure counts, by the verb that tells what became of them, or by "dead"."""
    told = clauses.document.token_at(figure.trigger_start)
    if told is None:
        return []
    if told.text.lower() == "dead":  # "35 worshippers are dead", "left 35 worshippers dead"
        verb = told.head
        near = (*clauses.subjects(verb), *clauses.objects(verb)) if clauses.is_verb(verb) else ()
        nouns = [*near, *(child.index for child in clauses.children(told.index, "nsubj"))]
        return [at for at in nouns if figure.start <= clauses.tokens[at].start < figure.end]
    if not clauses.is_verb(told.index):
        return []
    is_done_to = clauses.is_passive(told.index) or told.lemma.lower() in ("die", "perish")
    nouns = clauses.subjects(told.index) if is_done_to else clauses.objects(told.index)
    return [at for at in nouns if figure.start <= clauses.tokens[at].start < figure.end]


def _of_nation(nation: tuple[Nation, int]) -> Actor:
    """Return the people of a nation, as which those are counted whom nothing else tells: "killing 66 Palestinians"."""
    return Actor(name=f"Civilians ({nation[0].name})", kind=ActorKind.CIVILIANS, country=nation[0].iso, part="target")


def _is_own(victim: Actor, actors: Sequence[Actor]) -> bool:
    """Whether who died may be of those who did it, so that they are the doers' own losses."""
    return any(
        one.kind is victim.kind and (one.country is None or victim.country is None or one.country == victim.country)
        for one in actors
    )
