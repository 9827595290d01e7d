"""Figures that their own words place: "killed three people in X and wounded two in Y", "shelled X and Y, killing two in Y".

The parser makes one event of it, at one of the places or at both; the dead and the wounded belong to where they are told.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.events.attached_times import day_beside
from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.models import ActorKind, Relation, Role, TimeExpression

__all__ = ["with_figures_at_their_places"]

_LISTED = re.compile(
    r"\s*(?:,|,?\s+and\b|\s*/)\s*(?:(?:at|in|near|the|of|nearby|town|city|port|village)\s+){0,6}", re.IGNORECASE
)
"""Between places that one figure is told of: "X and Y", "X, Y", "X and in the nearby port of Y"."""
_NEXT_WORDS = 6
"""Words between a figure and the name of its place: "at a bus stop in X"."""
_QUARTERS = grammar("quarters") | {"district", "village"}
_NOT_WHERE = frozenset({"against", "from", "including", "into", "of", "through", "to", "toward", "towards"})


def with_figures_at_their_places(scene: Scene, drafts: Sequence[Draft], times: Sequence[TimeExpression]) -> list[Draft]:
    """Return events, which have their figures, with those of a second place as an event there.

    An event of several places leaves to each place the figures that are told of it alone. One of a single place is parted
    only where figures are told of that place by name as well as of another.

    Parameters
    ----------
    times
        The dates of the report that belong to sentences.
    """
    found: list[Draft] = []
    for draft in drafts:
        found.append(draft)
        told = _by_place(scene, draft)
        names = {_name(scene, choice.index): choice for choice in draft.arguments.places}
        spots = [one for one in draft.arguments.places if not scene.names.is_large(one.index)]
        if len(spots) > 1:
            found += _parted(draft, {name: one for name, one in told.items() if name in names}, names)
        elif len(names) == 1 and names.keys() < told.keys():
            for index, relation, figures in [one for name, one in told.items() if name not in names]:
                place = scene.toponyms[index]
                choice = PlaceChoice(index, 0.8, relation, f"people are counted in {place.surface}")
                other = _at(draft, (choice,), figures)
                other.arguments.time = day_beside(times, figures[-1].end, place) or draft.arguments.time
                found.append(other)
        if len(names) == 1 and names.keys() <= told.keys():
            elsewhere = [one for one in draft.arguments.casualties if _is_in_unknown_quarter(scene, one)]
            if 0 < len(elsewhere) < len(draft.arguments.casualties):
                found.append(_at(draft, (), elsewhere))
    return found


def _parted(
    draft: Draft, told: dict[str, tuple[int, Relation, list[CasualtyMention]]], names: dict[str, PlaceChoice]
) -> list[Draft]:
    """Return events at those of several places that figures are told of, and leave the others to the event."""
    parts = [_at(draft, (names[name],), figures) for name, (_, _, figures) in told.items()]
    rest = tuple(choice for name, choice in names.items() if name not in told)
    if parts and not rest:  # the event itself is at the first place then
        first = parts.pop(0)
        rest = first.arguments.places
        draft.arguments.casualties[:] = [*first.arguments.casualties, *draft.arguments.casualties]
    if parts or told:
        draft.arguments.places = rest
    return parts


def _at(draft: Draft, places: tuple[PlaceChoice, ...], figures: Sequence[CasualtyMention]) -> Draft:
    """Return an event like another elsewhere, and give it the figures that are told there."""
    kept = [one for one in draft.arguments.casualties if one not in figures]
    draft.arguments.casualties[:] = kept
    actors = draft.arguments.actors
    if kept and all(one.end <= figure.start for one in kept for figure in figures):
        # "Three soldiers were killed in X and two villagers were wounded in Y": the soldiers were no target in Y.
        actors = tuple(one for one in actors if one.part != "target" or one.kind is ActorKind.CIVILIANS)
    arguments = dataclasses.replace(draft.arguments, places=places, casualties=list(figures), actors=actors)
    return dataclasses.replace(draft, arguments=arguments)


def _is_in_unknown_quarter(scene: Scene, figure: CasualtyMention) -> bool:
    """Whether the words right behind a figure place it in a quarter or a village that is no name known: "in the X district"."""
    behind = scene.clauses.document.tokens_between(figure.end, figure.sentence_end)[: _NEXT_WORDS + 3]
    for at, token in enumerate(behind):
        word = token.text.lower()
        if token.text in (",", ";") or word == "and" or scene.clauses.is_verb(token.index):
            return False
        if at and word in _QUARTERS and behind[at - 1].pos == "PROPN":
            first = behind[0].text.lower()
            return first in ("at", "in", "near") and not list(scene.names.within(figure.end, token.end))
    return False


def _by_place(scene: Scene, draft: Draft) -> dict[str, tuple[int, Relation, list[CasualtyMention]]]:
    """Return name -> its toponym, how people lie to it, and the figures of an event that are told there, in text order."""
    told: dict[str, tuple[int, Relation, list[CasualtyMention]]] = {}
    passage = scene.clauses.passage_of(draft.predicate.token)
    waiting: list[CasualtyMention] = []
    for figure in sorted(draft.arguments.casualties, key=lambda one: one.start):
        if not passage.start <= figure.start < passage.end or figure.count.high == 0:
            continue
        where = _where(scene, figure)
        if where is not None and _begins_a_list(scene, where[0]):
            return {}  # "in X, Y and Z": nobody tells how many in each
        if where is None:
            waiting.append(figure)
            continue
        joined = [one for one in waiting if _goes_on(scene, one, figure)]  # "killing two and injuring five in X"
        told.setdefault(_name(scene, where[0]), (*where, []))[2].extend([*joined, figure])
        waiting = []
    return told


def _where(scene: Scene, figure: CasualtyMention) -> tuple[int, Relation] | None:
    """Return the settlement that the words right behind a figure place it in, and how."""
    index = next(iter(scene.names.within(figure.end, figure.sentence_end)), None)
    if index is None or scene.names.is_large(index) or scene.names.is_country(index):
        return None
    toponym = scene.toponyms[index]
    words = [token.text.lower() for token in scene.clauses.document.tokens_between(figure.end, toponym.start)]
    preps = [word for word in words if word in grammar("place_prepositions") and word != "of"]
    if (
        toponym.role is not Role.EVENT_PLACE
        or not 0 < len(words) <= _NEXT_WORDS
        or not preps
        or words[0] not in preps
        or not _NOT_WHERE.isdisjoint(preps)
        or any(word.isdigit() or word in (",", ";", "and") for word in words)
        or any(
            scene.clauses.is_verb(token.index)
            for token in scene.clauses.document.tokens_between(figure.end, toponym.start)
        )
    ):
        return None
    return index, Relation.NEAR if preps[-1] in grammar("near") else Relation.AT


def _begins_a_list(scene: Scene, index: int) -> bool:
    """Whether another place follows that the same preposition leads to: "in X and Y", "in the towns of X and in the port of Y"."""
    toponym = scene.toponyms[index]
    text = scene.clauses.document.text
    end = scene.clauses.document.sentence_at(toponym.start).end
    for other in scene.names.within(toponym.end, end):
        between = text[toponym.end : scene.toponyms[other].start]
        is_holder = scene.names.is_large(other) and "and" not in between.lower().split()  # "in X, Y province, and Z"
        if scene.toponyms[other].role is not Role.EVENT_PLACE or is_holder:
            continue
        return _LISTED.fullmatch(between) is not None
    return False


def _goes_on(scene: Scene, figure: CasualtyMention, other: CasualtyMention) -> bool:
    """Whether nothing but "and" stands between two figures: the place behind the second is that of both."""
    start = max(figure.end, figure.trigger_end)
    between = scene.clauses.document.text[start : min(other.start, other.trigger_start)].split()
    return between in (["and"], [",", "and"], [","])


def _name(scene: Scene, index: int) -> str:
    return scene.toponyms[index].surface.casefold()
