"""Figures of a country or a region of which a part is told of a town: "killed 42 across Mali, including seven in X".

The event at X has the seven. The whole is of all that was struck, and stands among the tolls of several places.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from geoconflict.codes import FROM_AFAR
from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.casualties.words import words
from geoconflict.extract.events.attached_times import day_beside
from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.events.sentences_beside import is_among_the_dead
from geoconflict.extract.lexicon import read_people
from geoconflict.extract.numbers import find_quantities
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.models import Count, Role, TimeExpression

__all__ = ["OF_SEVERAL_PLACES", "places_around", "with_parts_of_places"]

OF_SEVERAL_PLACES = "places"
_BACK = 400
"""Characters from the start of the sentence that counts the dead to that which tells of some of them."""
_NEAR_WORDS = 6
"""Words between a part's number and the name of its place: "seven people in the eastern district of X"."""


def with_parts_of_places(
    scene: Scene, drafts: Sequence[Draft], times: Sequence[TimeExpression]
) -> tuple[CasualtyMention, ...]:
    """Return the figures of a report, with those of parts that are told of the place of an event.

    The figure that such a part belongs to is of several places then, and of no one event; a toll stays what it is. Where no wider place is told and
    several strikes are, that of an event which only the part places stays its own, and the event has no place.

    Parameters
    ----------
    times
        The dates of the report that belong to sentences.
    """
    text = scene.clauses.document.text
    low = text.lower()
    figures = _without_parts_of_the_dead(text, scene.figures)
    if len(low) != len(text):
        return figures
    found: list[CasualtyMention] = []
    for figure in figures:
        part = _part(scene, low, drafts, times, figure)
        if part is None:
            found.append(figure)
            continue
        if figure.cumulative:  # "56 have been killed this year, including three in X on Thursday"
            found += [figure, dataclasses.replace(part[0], cumulative=False, scope="event", cumulative_reason=None)]
            continue
        reason = f"of several places: a part of it is told of {part[1]}"
        found += [
            dataclasses.replace(figure, cumulative=True, scope=OF_SEVERAL_PLACES, cumulative_reason=reason),
            part[0],
        ]
    return tuple(found)


def places_around(scene: Scene, figure: CasualtyMention) -> tuple[str, ...]:
    """Return the names of the countries and regions in whose towns a figure of several places was counted, if any is told."""
    return tuple(
        dict.fromkeys(
            scene.toponyms[index].surface
            for index in scene.names.within(figure.sentence_start, figure.sentence_end)
            if scene.toponyms[index].role in (Role.EVENT_PLACE, Role.REGION_CONTEXT)
            and scene.names.is_large(index)
            and not scene.names.is_where_spoken(index)
            and not scene.names.only_describes(index)
        )
    )


def _without_parts_of_the_dead(text: str, figures: Sequence[CasualtyMention]) -> tuple[CasualtyMention, ...]:
    """Return the figures without those of some "among the dead" whom the sentences right before count in whole.

    Another speaker may say so, and is no rival of the first: "124 were killed, activists said. The UN said 35 children were
    among the dead".
    """
    kept: list[CasualtyMention] = []
    for figure in figures:
        least = figure.count.low or 0
        is_part = (
            figure.measure == "killed"
            and is_among_the_dead(text, figure)
            and any(
                one.measure == "killed"
                and not one.cumulative
                and 0 < figure.sentence_start - one.sentence_start <= _BACK
                and (one.count.low or 0) > least
                for one in kept
            )
        )
        if not is_part:
            kept.append(figure)
    return tuple(kept)


def _part(
    scene: Scene, low: str, drafts: Sequence[Draft], times: Sequence[TimeExpression], figure: CasualtyMention
) -> tuple[CasualtyMention, str] | None:
    """Return the part of a figure that is told of the one place of an event, with its name: "including seven in X"."""
    text = scene.clauses.document.text
    is_wider = figure.cumulative or bool(places_around(scene, figure))
    for quantity in find_quantities(low, figure.start, figure.sentence_end):
        opened = words().part.search(low, figure.start, quantity.start)
        if opened is None or quantity.vague or not _is_less(quantity.count, figure.count):
            continue
        for draft in drafts:
            if len(draft.arguments.places) != 1:
                continue
            index = draft.arguments.places[0].index
            toponym = scene.toponyms[index]
            if not quantity.end <= toponym.start < figure.sentence_end:
                continue
            before = scene.clauses.document.tokens_between(quantity.end, toponym.start)
            verbs = [token for token in before if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass")]
            # "56 have died, including three shot in X": what befell the part there befell none of the others.
            has_own_deed = [token.index in draft.predicate.anchors for token in verbs] == [True]
            if (
                scene.names.is_large(index)
                or not _is_where(text[quantity.end : toponym.start].split(), is_one=quantity.count.high == 1)
                or (bool(verbs) and not has_own_deed)
                or _is_of_one_town(scene, figure, opened.start(), index)
            ):
                continue
            if not is_wider and not has_own_deed:
                # "A strike killed nine, including two in X": all may have died there. Of several strikes of whose dead but a few
                # are those in X the whole is not X's, nor is it told where the others died: that event has no place.
                if _are_several(scene, draft) and _is_less(quantity.count, figure.count, times=4):
                    draft.arguments.places = ()
                continue
            day = day_beside(times, quantity.end, toponym)
            if figure.cumulative and day is None and not has_own_deed:
                continue  # "3,000 this year, including 1,200 in X": the part is counted over the year, too
            draft.arguments.time = day or draft.arguments.time
            return (
                dataclasses.replace(
                    figure,
                    start=opened.start(),
                    end=toponym.end,
                    surface=text[opened.start() : toponym.end],
                    count=quantity.count,
                    who=None,
                ),
                toponym.surface,
            )
    return None


def _are_several(scene: Scene, draft: Draft) -> bool:
    """Whether an event is told as several acts from afar, "strikes", "air raids"; clashes and attacks are often of one place."""
    heads = sorted(draft.predicate.anchors | {draft.predicate.token})
    is_from_afar = draft.verdict.sub_event_type in FROM_AFAR
    return is_from_afar and any(scene.clauses.tokens[at].tag == "NNS" for at in heads)


def _is_less(part: Count, whole: Count, *, times: int = 1) -> bool:
    some, every = (max(n for n in (one.low, one.best, one.high, 0) if n is not None) for one in (part, whole))
    return times * some < every


def _is_where(between: Sequence[str], *, is_one: bool) -> bool:
    """Whether the words between a number and a name say that so many were there: "people in the district of".

    What is counted as one has to be somebody: "three vehicles including a bus in X".
    """
    is_short = 0 < len(between) <= _NEAR_WORDS and not any(word[-1:] in (",", ";", ")") for word in between)
    preps = grammar("place_prepositions") - {"of", "to"}
    at = next((number for number, word in enumerate(between) if word.lower() in preps), -1)
    return is_short and at >= 0 and not (is_one and at > 0 and between[at - 1].lower() not in read_people())


def _is_of_one_town(scene: Scene, figure: CasualtyMention, end: int, place: int) -> bool:
    """Whether the sentence names a town before the part, or the part's own: the whole is of that town then."""
    return any(
        scene.toponyms[index].role in (Role.EVENT_PLACE, Role.REGION_CONTEXT)
        and not scene.names.is_large(index)
        and not scene.names.is_country(index)
        and not scene.names.is_where_spoken(index)
        for index in scene.names.within(figure.sentence_start, end)
        if index != place
    )
