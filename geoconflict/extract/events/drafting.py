"""From a predicate with its arguments to an event on its way, or to none: what is told of as an event, and of what type."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from geoconflict.codes import FIGHTERS
from geoconflict.extract.actors.reader import ActorReader, holds_ground
from geoconflict.extract.event_places.context import is_story
from geoconflict.extract.event_places.place_choice import PlaceChoice, Tie
from geoconflict.extract.events.arguments import AIMED_SENSES, Arguments
from geoconflict.extract.events.borne_out import is_not_borne_out
from geoconflict.extract.events.deciding import decide
from geoconflict.extract.events.drafts import Draft, Scene, is_since
from geoconflict.extract.events.ended_fights import heads_news
from geoconflict.extract.events.fallen_towns import falls_alone
from geoconflict.extract.events.sense_needs import Evidence
from geoconflict.extract.events.whole_report import ReportSigns
from geoconflict.extract.non_events.accusations import is_of_the_accused
from geoconflict.extract.non_events.bygone import is_bygone
from geoconflict.extract.non_events.crimes import is_ordinary_crime
from geoconflict.extract.non_events.figurative import is_figurative
from geoconflict.extract.non_events.frames import is_in_frame
from geoconflict.extract.non_events.habits import is_counted_since, is_habit
from geoconflict.extract.non_events.known_deeds import is_avenged
from geoconflict.extract.non_events.made_up import is_made_up
from geoconflict.extract.non_events.no_event import is_another_matter, is_foiled, is_only_a_thing
from geoconflict.extract.non_events.ordnance import is_fired_at_nobody
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS, FINDING_THE_DEAD, TriggerLexicon
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.extract.telling.attribution import Attribution
from geoconflict.models import ActorKind, EventType, Status, TimeExpression

__all__ = ["Drafter"]

_LONGEST_EVENT_DAYS = 400
_FORCE_ON_CROWDS = "Excessive force against protesters"
_MIN_SCORE = 0.5
"""Below this a predicate makes no event: better none than a false one."""


def _lasts_years(scene: Scene, time: TimeExpression | None) -> bool:
    """Whether the date begins a period of more than a year, "since the 1994 ceasefire": a state of things, no event."""
    span = time.span if time is not None and is_since(scene, time) else None
    if span is None or span.starts_on is None or span.ends_on is None:
        return False
    return (span.ends_on - span.starts_on).days > _LONGEST_EVENT_DAYS


class Drafter:
    """Makes events of the predicates of one report.

    Parameters
    ----------
    scene
        What the report's events share.
    people
        Reads actors.
    signs
        What the whole report speaks of.
    predicates
        All of the report's.
    published_on
        The day of the report.
    lexicon
        The triggers.
    story_words
        Words of courts, anniversaries and fiction.
    """

    def __init__(
        self,
        scene: Scene,
        people: ActorReader,
        signs: ReportSigns,
        predicates: Sequence[Predicate],
        published_on: dt.date | None,
        lexicon: TriggerLexicon,
        story_words: frozenset[str],
    ) -> None:
        self._scene = scene
        self._people = people
        self._signs = signs
        self._published_on = published_on
        self._lexicon = lexicon
        self._story_words = story_words
        self._told_by: dict[int, set[str]] = {}
        """Passage -> the words that its predicates are told by: "charged at the crowd" is no word of courts."""
        for one in predicates:
            told_by = self._told_by.setdefault(scene.clauses.passage_of(one.token).index, set())
            told_by.add(scene.clauses.lower[one.token])

    def draft(self, predicate: Predicate, arguments: Arguments, attribution: Attribution) -> Draft | None:
        """Return the event that a predicate tells of, or None."""
        if attribution.is_negated:
            return None
        if attribution.is_background and arguments.time is None:
            return None
        if _lasts_years(self._scene, arguments.time):
            return None
        if is_story(self._scene.clauses, predicate):
            return None
        if is_not_borne_out(
            self._scene.clauses, predicate, arguments.actors, has_casualties=bool(arguments.casualties)
        ):
            return None
        if is_only_a_thing(self._scene.clauses, predicate) or is_of_the_accused(self._scene.clauses, predicate):
            return None
        signs = self._signs
        passage = self._scene.clauses.passage_of(predicate.token)
        evidence = Evidence(
            words=arguments.words,
            actors=arguments.actors,
            has_place=bool(arguments.places),
            has_place_object=any(self._is_object(predicate, choice) for choice in arguments.places),
            has_town_object=any(
                self._is_object(predicate, choice) and not self._scene.names.is_country(choice.index)
                for choice in arguments.places
            ),
            has_time=arguments.time is not None,
            has_casualties=bool(arguments.casualties),
            has_dead=any(figure.measure == "killed" and figure.count.high != 0 for figure in arguments.casualties),
            at_war=signs.at_war,
            names_fighters=self._names_fighters(predicate),
            of_territory=signs.of_territory or (signs.tells_of_forces and falls_alone(self._scene.clauses, predicate)),
            of_protest=signs.of_protest,
            from_air=signs.from_air,
            is_bombarded=signs.is_bombarded,
            is_epidemic=signs.is_epidemic,
            is_caption=passage.is_caption,
            is_industrial=signs.is_industrial,
            is_somebody=self._is_somebody(predicate),
            is_aside=self._is_aside(predicate) and arguments.time is None,
            are_helpless=self._are_helpless(predicate),
            is_denied=attribution.denied_by is not None,
            heads_news=heads_news(self._scene.clauses, predicate),
            story_words=(arguments.words.clause & self._story_words) - self._told_by.get(passage.index, set()),
        )
        verdict = decide(predicate, evidence, self._lexicon)
        if verdict is None:
            return None
        if verdict.sense.name in FINDING_THE_DEAD or (
            verdict.sense not in predicate.senses and self._is_suffered(predicate)
        ):
            # "Police found the bodies": who finds them is not who did it. "Shot dead as X entered a fourth week of protests":
            # who entered anything is not said to have shot.
            arguments = dataclasses.replace(
                arguments, actors=tuple(one for one in arguments.actors if one.part != "agent")
            )
        elif (
            any(sense.name in FINDING_THE_DEAD for sense in predicate.senses) and verdict.sense not in predicate.senses
        ):
            arguments = self._without_finders(predicate, arguments)
        if verdict.sub_event_type == _FORCE_ON_CROWDS:
            # "Police opened fire as protesters marched": whoever marched is whom it was done to.
            arguments = dataclasses.replace(
                arguments,
                actors=tuple(
                    dataclasses.replace(one, part="target") if one.kind is ActorKind.PROTESTERS else one
                    for one in arguments.actors
                ),
            )
        if verdict.event_type is EventType.EXPLOSIONS:
            # Shells on "government-held Aleppo" fall on whoever lives there.
            arguments = dataclasses.replace(
                arguments,
                actors=tuple(one for one in arguments.actors if one.part != "target" or not holds_ground(one)),
            )
        score = verdict.score - (0.1 if attribution.status is Status.HYPOTHETICAL else 0.0)
        if score < _MIN_SCORE:
            return None
        return Draft(predicate, arguments, attribution, verdict)

    def _without_finders(self, predicate: Predicate, arguments: Arguments) -> Arguments:
        """Return the arguments without who found the dead: "soldiers found the bodies of nine villagers shot dead by rebels"."""
        finders = {
            actor.name
            for at in self._scene.clauses.agents(predicate.token)
            for actor in self._people.of_phrase(at, part="agent")
        }
        actors = tuple(one for one in arguments.actors if one.part != "agent" or one.name not in finders)
        return dataclasses.replace(arguments, actors=actors)

    def _is_suffered(self, predicate: Predicate) -> bool:
        """Whether what a predicate led to is told in the passive, without who did it."""
        verbs = [at for at in predicate.outcomes if self._scene.clauses.is_verb(at)]
        return bool(verbs) and all(self._scene.clauses.is_passive(at) for at in verbs)

    def is_another_matter(self, predicate: Predicate, arguments: Arguments, attribution: Attribution) -> bool:
        """Whether it is no event of this report, yet one that other events may not take places and dates from."""
        has_casualties = bool(arguments.casualties)
        published_on = self._published_on
        if is_in_frame(self._scene.clauses, predicate, arguments.time, has_casualties=has_casualties):
            return True
        if any(sense.event_type in ARMED_EVENTS for sense in predicate.senses) and (
            is_figurative(
                self._scene.clauses, predicate, arguments.actors, arguments.time, has_casualties=has_casualties
            )
            or is_fired_at_nobody(self._scene.clauses, predicate, arguments.actors, has_casualties=has_casualties)
            or is_ordinary_crime(self._scene.clauses, predicate, arguments.actors, has_casualties=has_casualties)
            or is_made_up(self._scene.clauses, predicate, arguments.time, published_on, has_casualties=has_casualties)
        ):
            return True
        if is_habit(self._scene.clauses, predicate, arguments.time, has_casualties=has_casualties):
            return True
        is_planned = attribution.status in (Status.HYPOTHETICAL, Status.SCHEDULED)
        if is_planned and predicate.sense.event_type in ARMED_EVENTS and is_foiled(self._scene.clauses, predicate):
            return True
        if is_bygone(self._scene.clauses, predicate, arguments.time, published_on):
            return True
        if is_counted_since(self._scene.clauses, predicate, arguments.time, has_casualties=has_casualties):
            return True
        if is_avenged(self._scene.clauses, predicate, arguments.time, has_casualties=has_casualties):
            return True
        return is_another_matter(self._scene.clauses, predicate, arguments.time, published_on)

    def _names_fighters(self, predicate: Predicate) -> bool:
        """Whether the sentence, also behind a semicolon, names an armed group or forces."""
        sentence = self._scene.clauses.document.sentence_at(predicate.start)
        tokens = range(sentence.first_token, sentence.end_token)
        words = frozenset(self._scene.clauses.lower[tokens.start : tokens.stop])
        return self._lexicon.among(words, "military") or any(
            (group := self._people.group_at(at)) is not None and group[0].kind in FIGHTERS for at in tokens
        )

    def _is_object(self, predicate: Predicate, choice: PlaceChoice) -> bool:
        """Whether the place itself is what was taken or struck: "captured the town of X", "the loss of X"."""
        if predicate.is_noun:
            return choice.word in ("of", "object") or self._stands_before_under(predicate, choice)
        if choice.tie is Tie.PRONOUN:
            return True
        toponym = self._scene.toponyms[choice.index]
        if choice.stands_by("object") and predicate.is_said_of_places:
            return True  # "X fell to the rebels": the subject suffers
        if choice.stands_by("into", "inside") or (
            predicate.sense.name in AIMED_SENSES and choice.stands_by("at", "on")
        ):
            return True  # "broke into X", "fired on X"
        head = self._scene.clauses.head_of_span(toponym.start, toponym.end)
        for at in sorted(predicate.anchors):
            patients = self._scene.clauses.patients(at) if self._scene.clauses.is_verb(at) else []
            for patient in patients or ([at] if not self._scene.clauses.is_verb(at) else []):
                for one in self._scene.clauses.conjuncts(patient):
                    if any(
                        self._lexicon.among(frozenset({self._scene.clauses.lower[one]}), people)
                        for people in ("people_taken", "political_people")
                    ):
                        continue  # "captured two soldiers of the garrison of X", "took away the mayor of X"
                    names = {one, *(token.index for token in self._scene.clauses.phrase_tokens(one))}
                    names.update(
                        child.index for name in sorted(names) for child in self._scene.clauses.children(name, "appos")
                    )
                    if head in names:
                        return True
        return predicate.sense.name in ("fall-town", "under-fire") and choice.word == "object"

    def _stands_before_under(self, predicate: Predicate, choice: PlaceChoice) -> bool:
        """Whether a place is what a noun hangs on: "X under fire"."""
        clauses, toponym = self._scene.clauses, self._scene.toponyms[choice.index]
        prep = clauses.tokens[clauses.tokens[predicate.token].head]
        return prep.text.lower() == "under" and prep.head == clauses.head_of_span(toponym.start, toponym.end)

    def _is_aside(self, predicate: Predicate) -> bool:
        token = self._scene.clauses.tokens[predicate.token]
        subjects = {child.text.lower() for child in self._scene.clauses.children(token.index, "nsubj")}
        return token.dep == "relcl" and bool(subjects & {"who", "that"})

    def _are_helpless(self, predicate: Predicate) -> bool:
        """Whether words behind whom a verb befell say that they were taken: "two teachers, kidnapped on Monday, were"."""
        clauses = self._scene.clauses
        patients = clauses.patients(predicate.token) if clauses.is_verb(predicate.token) else []
        return any(
            self._lexicon.among(frozenset({child.text.lower()}), "helpless")
            for at in patients
            for child in clauses.children(at, "acl", "amod", "relcl")
        )

    def _is_somebody(self, predicate: Predicate) -> bool:
        for at in sorted(predicate.anchors):
            if self._scene.clauses.is_verb(at):
                for agent in self._scene.clauses.agents(at):
                    token = self._scene.clauses.tokens[agent]
                    if token.pos == "PROPN" or token.text.lower() in grammar("somebody") or self._is_quoted_name(agent):
                        return True
        return False

    def _is_quoted_name(self, index: int) -> bool:
        """Whether a noun is the head of a name in quotation marks, which the tagger takes for plain: the "Lions of the Desert"."""
        tokens = self._scene.clauses.tokens
        return index > 0 and tokens[index].text[:1].isupper() and tokens[index - 1].text in ('"', "'", "“", "‘")
