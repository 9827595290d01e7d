"""The places, people, dates and figures of each predicate of a report, read together: what one has, others do not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from geoconflict.extract.actors.lexicon import Nation
from geoconflict.extract.actors.reader import ActorReader, at_home
from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.event_places.reader import PlaceFinder
from geoconflict.extract.events.arguments import Arguments, Words, predicate_words
from geoconflict.extract.events.attached_times import attach_times
from geoconflict.extract.events.drafts import Scene
from geoconflict.extract.events.figures import FigureReader
from geoconflict.extract.events.plain_forces import with_plain_forces
from geoconflict.extract.events.predicate_people import find_people
from geoconflict.extract.events.pronoun_places import give_places_to_pronouns
from geoconflict.extract.non_events.bygone import years_said_before
from geoconflict.extract.predicates.senses import TriggerLexicon
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor, EventType, TimeExpression

__all__ = ["ArgumentReader"]


class ArgumentReader:
    """Reads the arguments of the predicates of one report.

    Parameters
    ----------
    scene
        What the report's events share.
    people
        Reads actors.
    home
        The country whose army "the army" is; None where that is not known.
    figures
        Gives the figures out.
    times
        The time expressions that may date an event, in text order.
    published_on
        The day of the report.
    lexicon
        The triggers.
    """

    def __init__(
        self,
        scene: Scene,
        people: ActorReader,
        home: Nation | None,
        figures: FigureReader,
        times: Sequence[TimeExpression],
        published_on: dt.date | None,
        lexicon: TriggerLexicon,
    ) -> None:
        self._scene = scene
        self._people = people
        self._home = home
        self._figures = figures
        self._times = times
        self._published_on = published_on
        self._lexicon = lexicon
        self._places = PlaceFinder(scene.names)
        self._surroundings: dict[int, tuple[Words, tuple[Actor, ...]]] = {}

    def read(self, predicates: Sequence[Predicate], figures: Sequence[CasualtyMention]) -> list[Arguments]:
        """Return the arguments of each predicate; what one has, others have no part in."""
        costs = self._costs(predicates)
        dates = attach_times(self._scene.clauses, predicates, self._times)
        dates |= years_said_before(
            self._scene.clauses,
            predicates,
            [dates.get(at) for at in range(len(predicates))],
            self._times,
            [self._scene.speakers.claimant_at(one.token) is not None for one in predicates],
            self._published_on,
        )
        found = []
        for at, predicate in enumerate(predicates):
            words, actors = self._words_and_people(predicate)
            places = self._places.choose(costs[at], predicate)
            found.append(
                Arguments(
                    words=words,
                    actors=with_plain_forces(
                        self._scene, self._people, self._without_places(predicate, actors, places), places
                    ),
                    places=places,
                    time=dates.get(at),
                )
            )
        for predicate, one in zip(predicates, found, strict=True):
            if not one.places and predicate.sense.name == "mobilise":
                one.places = self._places.of_declarers(predicate)
        give_places_to_pronouns(self._scene.clauses, [one.surface for one in self._scene.toponyms], predicates, found)
        self._figures.attach(figures, predicates, found)
        return found

    def _costs(self, predicates: Sequence[Predicate]) -> list[dict[int, PlaceChoice]]:
        """Return for each predicate what the places cost that it may have: those that no other hangs on more closely."""
        document = self._scene.clauses.document
        sentences = [document.sentence_at(one.start).start for one in predicates]
        owned: dict[int, set[int]] = {}
        for sentence, one in zip(sentences, predicates, strict=True):
            owned.setdefault(sentence, set()).update(one.anchors)
        costs = [
            self._places.costs(
                one,
                diplomatic=one.sense.event_type is EventType.DIPLOMACY,
                others=frozenset(owned[sentence] - one.anchors),
            )
            for sentence, one in zip(sentences, predicates, strict=True)
        ]
        # A place belongs to the predicate it hangs on most closely.
        best: dict[int, float] = {}
        for found_places in costs:
            for index, place in found_places.items():
                best[index] = min(place.cost, best.get(index, place.cost))
        return [
            {index: place for index, place in found_places.items() if place.cost <= best[index] + 0.5}
            for found_places in costs
        ]

    def _without_places(
        self, predicate: Predicate, actors: tuple[Actor, ...], places: Sequence[PlaceChoice]
    ) -> tuple[Actor, ...]:
        """Return the actors without a country whose name before the noun says where it was: "the Mali attack"."""
        names = set()
        for choice in places:
            toponym = self._scene.toponyms[choice.index]
            head = self._scene.clauses.head_of_span(toponym.start, toponym.end)
            if head is not None and any(
                child.index == head for child in self._scene.clauses.children(predicate.token, "compound")
            ):
                names.add(toponym.surface)
        return tuple(one for one in actors if one.part != "agent" or one.surface not in names)

    def _words_and_people(self, predicate: Predicate) -> tuple[Words, tuple[Actor, ...]]:
        """Return what stands around a predicate and its actors, which other predicates have no part in; read once."""
        key = id(predicate)
        if key not in self._surroundings:
            violent = predicate.sense.event_type is not EventType.DIPLOMACY and predicate.sense.name not in (
                "mobilise",
                "arrest",
            )
            people = find_people(self._scene.clauses, self._people, predicate, self._lexicon, violent=violent)
            people = at_home(people, self._home) if self._home is not None else people
            words = predicate_words(self._scene.clauses, predicate).without(self._abbreviated_places(predicate))
            self._surroundings[key] = (words, people)
        return self._surroundings[key]

    def _abbreviated_places(self, predicate: Predicate) -> frozenset[str]:
        """Return the short names of capitals that places of its sentence bear, small: the "CAR" is no car."""
        passage, cased = self._scene.clauses.passage_of(predicate.token), self._scene.clauses.document.cased
        here = (self._scene.toponyms[at] for at in self._scene.names.within(passage.start, passage.end))
        return frozenset(
            one.surface.lower() for one in here if cased[one.start : one.end].isupper() and one.surface.isalpha()
        )
