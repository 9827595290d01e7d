"""Deaths at a second place whose verb is left out: "killed 12 people in X on Monday and three in Y".

What follows the "and" happened as what stands before it did, elsewhere and to so many: an event of its own.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.events.attached_times import day_beside
from geoconflict.extract.events.drafts import Draft, Scene
from geoconflict.extract.lexicon import read_people
from geoconflict.extract.numbers import find_quantities
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.models import Relation, Role, TimeExpression

__all__ = ["with_gapped_deaths"]

_JOINING = frozenset({"and", ","})
_NEXT_WORDS = 5
"""Words between a number and the name of its place: "people near the town of X"."""
_MORE = frozenset({"more", "other", "others"})


def with_gapped_deaths(scene: Scene, drafts: Sequence[Draft], times: Sequence[TimeExpression]) -> list[Draft]:
    """Return events, which have their figures, with those that they tell of other places without a verb.

    Parameters
    ----------
    times
        The dates of the report that belong to sentences.
    """
    found: list[Draft] = []
    taken = {choice.index: draft for draft in drafts for choice in draft.arguments.places}
    for draft in drafts:
        found.append(draft)
        if len(draft.arguments.places) != 1:
            continue
        for figure in list(draft.arguments.casualties):
            at = figure.end
            while (gapped := _gapped(scene, draft, figure, at, taken, times)) is not None:
                index = gapped.arguments.places[0].index
                known = taken.setdefault(index, gapped)
                if known is gapped:
                    found.append(gapped)
                else:  # the parser found the place, and not how many were killed there
                    known.arguments.casualties.extend(gapped.arguments.casualties)
                    known.arguments.time = gapped.arguments.time
                at = gapped.arguments.casualties[0].end
    return found


def _may_be_at(draft: Draft, index: int, taken: Mapping[int, Draft]) -> bool:
    """Whether no event is told at a place, or only the same one, without its dead: "killed nine in X and two others in Y"."""
    known = taken.get(index)
    return known is None or (
        known is not draft
        and known.predicate is draft.predicate
        and len(known.arguments.places) == 1
        and not known.arguments.casualties
    )


def _gapped(
    scene: Scene,
    draft: Draft,
    figure: CasualtyMention,
    start: int,
    taken: Mapping[int, Draft],
    times: Sequence[TimeExpression],
) -> Draft | None:
    """Return the event that the next number behind offset `start` tells, where only its place stands beside it."""
    text, clauses = scene.clauses.document.text, scene.clauses
    passage = clauses.passage_of(draft.predicate.token)
    end = passage.end
    own = scene.toponyms[draft.arguments.places[0].index]
    if not passage.start <= own.start < end or figure.measure != "killed":
        return None
    part = text[passage.start : end]
    low = part.lower()
    if len(low) != len(part):
        return None
    behind = own.end if own.start >= figure.start else start
    for within in find_quantities(low, max(start, behind) - passage.start):
        quantity = dataclasses.replace(within, start=within.start + passage.start, end=within.end + passage.start)
        if any(one.start <= quantity.start < one.end for one in times):
            continue  # "in X on 4 May and four in Y"
        before = clauses.document.tokens_between(start, quantity.start)
        if not before or before[-1].text.lower() not in _JOINING or any(_is_verb(token.pos) for token in before):
            return None
        index = next(iter(scene.names.within(quantity.end, end)), None)
        if index is None or not _may_be_at(draft, index, taken) or quantity.vague:
            return None
        toponym = scene.toponyms[index]
        words = [token.text.lower() for token in clauses.document.tokens_between(quantity.end, toponym.start)]
        relation = _relation(words)
        if (
            toponym.end > end
            or relation is None
            or _is_subject(scene, quantity.start, toponym.start)
            or scene.names.is_large(index)
            or toponym.role in (Role.OTHER, Role.TALKS_VENUE, Role.DATELINE)
            or toponym.surface.casefold() == own.surface.casefold()
        ):
            return None
        day = day_beside(times, quantity.end, toponym) or draft.arguments.time
        return dataclasses.replace(
            draft,
            arguments=dataclasses.replace(
                draft.arguments,
                places=(PlaceChoice(index, 0.8, relation, f"the verb is left out before {toponym.surface}"),),
                casualties=[
                    dataclasses.replace(
                        figure,
                        start=quantity.start,
                        end=toponym.end,
                        surface=text[quantity.start : toponym.end],
                        count=quantity.count,
                        who=None,
                    )
                ],
                time=day,
            ),
        )
    return None


def _relation(words: Sequence[str]) -> Relation | None:
    """Return how a place lies to what its number counts, by the words between the two; None where they say something else."""
    if not 0 < len(words) <= _NEXT_WORDS:
        return None
    preps = [word for word in words if word in grammar("place_prepositions") - {"of", "to", "from"}]
    counted = words[: words.index(preps[0])] if preps else None
    if counted is None or any(word not in read_people() | _MORE for word in counted):
        return None
    return Relation.NEAR if preps[0] in grammar("near") else Relation.AT


def _is_subject(scene: Scene, start: int, end: int) -> bool:
    """Whether who is counted does something himself: "killed nine, a doctor in X said"."""
    tokens = scene.clauses.document.tokens_between(start, end)
    return any(token.dep in ("nsubj", "nsubjpass") and scene.clauses.is_verb(token.head) for token in tokens)


def _is_verb(pos: str) -> bool:
    return pos in ("VERB", "AUX")
