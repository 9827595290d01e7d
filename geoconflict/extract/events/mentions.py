"""From a document with places, dates and figures to event mentions: the assembly of one report."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geoconflict.extract.actors.lexicon import ActorLexicon, Nation
from geoconflict.extract.actors.reader import ActorReader, at_home
from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.casualties.sums import Sums
from geoconflict.extract.event_places.context import is_story
from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.event_places.place_names import PlaceNames
from geoconflict.extract.event_places.reader import PlaceFinder
from geoconflict.extract.events.arguments import (
    Arguments,
    Words,
    attach_times,
    find_people,
    predicate_words,
)
from geoconflict.extract.events.blame import assign_blame
from geoconflict.extract.events.borne_out import is_not_borne_out
from geoconflict.extract.events.coreference import fold_repeats
from geoconflict.extract.events.days import EventDays
from geoconflict.extract.events.deciding import Evidence, decide
from geoconflict.extract.events.denials import DeniedAct, apply_denials
from geoconflict.extract.events.drafts import (
    INHERITED_COST,
    Draft,
    Scene,
    inherit_places,
    is_definite,
    is_since,
    names_an_unknown_place,
    place_local_news,
    without_repeats,
    without_totals,
    without_vague,
    without_what_points_back,
)
from geoconflict.extract.events.equipment import find_equipment
from geoconflict.extract.events.evidence import doubt, sift
from geoconflict.extract.events.fallen_towns import falls_alone
from geoconflict.extract.events.figures import FigureReader
from geoconflict.extract.events.figures_of_places import with_figures_at_their_places
from geoconflict.extract.events.gapped_deaths import with_gapped_deaths
from geoconflict.extract.events.gapped_places import with_gapped_places
from geoconflict.extract.events.named_victims import victims_of, with_victims
from geoconflict.extract.events.parts_of_tolls import with_parts_of_places
from geoconflict.extract.events.pronoun_places import give_places_to_pronouns, is_meant_by_it
from geoconflict.extract.events.records import EventRecords
from geoconflict.extract.events.responsibility import name_claimants
from geoconflict.extract.events.rival_accounts import mark_rival_accounts
from geoconflict.extract.events.told_after import (
    is_told_apart,
    places_told_after,
    with_victims_told_after,
    without_echoes,
)
from geoconflict.extract.events.tolls import find_tolls
from geoconflict.extract.language.model import Document
from geoconflict.extract.layout.entry_days import find_entries
from geoconflict.extract.layout.filing import filed_abroad
from geoconflict.extract.non_events.bygone import is_bygone, years_said_before
from geoconflict.extract.non_events.figurative import is_figurative
from geoconflict.extract.non_events.habits import is_habit
from geoconflict.extract.non_events.made_up import is_made_up
from geoconflict.extract.non_events.mishaps import is_violent
from geoconflict.extract.non_events.no_event import is_anchor_of_time, is_another_matter, is_foiled, is_only_a_thing
from geoconflict.extract.predicates.clauses import Clauses, Passage, grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS, TriggerLexicon
from geoconflict.extract.predicates.triggers import MIN_CAUSE_SCORE, Predicate, find_predicates
from geoconflict.extract.telling.attribution import Attribution, AttributionReader
from geoconflict.models import (
    Actor,
    ActorKind,
    EquipmentLoss,
    EventMention,
    EventType,
    Report,
    Role,
    Status,
    TimeExpression,
    Toll,
    Toponym,
    UnlikelyEvent,
)

__all__ = ["EventLexicons", "Found", "read_events"]

_LONGEST_EVENT_DAYS = 400
_HEADLINE = re.compile(r"\s*[^\n]{1,160}(?<![.!?:;,\s])[ \t]*\n[ \t]*\n")
"""A short first paragraph that no mark ends."""
_FIGHTERS = frozenset(
    {ActorKind.STATE_FORCES, ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA}
)
_TAKING = frozenset({"territory", "take-place", "drive-out"})
"""Senses of verbs whose object is the place that changes hands."""
MIN_SCORE = 0.5
"""Below this a predicate makes no event: better none than a false one."""


@dataclass(frozen=True, slots=True)
class EventLexicons:
    """The lexicons that event extraction reads."""

    triggers: TriggerLexicon
    actors: ActorLexicon
    attribution: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a report; its toponyms have the roles that the events gave them."""

    mentions: tuple[EventMention, ...]
    tolls: tuple[Toll, ...]
    equipment: tuple[EquipmentLoss, ...]
    toponyms: tuple[Toponym, ...]
    unlikely: tuple[UnlikelyEvent, ...]


def read_events(
    report: Report,
    document: Document,
    toponyms: Sequence[Toponym],
    times: Sequence[TimeExpression],
    figures: Sequence[CasualtyMention],
    lexicons: EventLexicons,
    kinds: Callable[[Toponym], frozenset[str]],
    countries: Callable[[Toponym], frozenset[str]],
) -> Found:
    """Return the events of one report.

    Parameters
    ----------
    toponyms, times, figures
        What was found in the report, in text order.
    kinds
        Toponym -> the kinds of the places that bear the name (country, admin1, settlement ...); empty when unknown.
    countries
        Toponym -> the countries (ISO 3166-1 alpha-3) in which it may lie; empty when that may be any.
    """
    reader = _EventReader(report, document, tuple(toponyms), tuple(times), tuple(figures), lexicons, kinds, countries)
    return reader.read()


def _lasts_years(scene: Scene, time: TimeExpression | None) -> bool:
    """Whether the date begins a period of more than a year, "since the 1994 ceasefire": a state of things, no event."""
    span = time.span if time is not None and is_since(scene, time) else None
    if span is None or span.starts_on is None or span.ends_on is None:
        return False
    return (span.ends_on - span.starts_on).days > _LONGEST_EVENT_DAYS


def _speaks_of_a_front(clauses: Clauses) -> bool:
    """Whether a report has a word for a front of a war: not "in front of", nor the name of a party or a group."""
    tokens = clauses.tokens
    return any(
        word == "front" and tokens[at].text[0].islower() and clauses.lower[at - 1 : at] != ["in"]
        for at, word in enumerate(clauses.lower)
    )


def _headline_end(report: Report) -> int:
    """Return the offset behind a headline that the body begins with, as that of a page does; 0 if it begins with none."""
    found = _HEADLINE.match(report.text, report.body_start)
    return found.end() if found is not None else 0


class _EventReader:
    def __init__(
        self,
        report: Report,
        document: Document,
        toponyms: tuple[Toponym, ...],
        times: tuple[TimeExpression, ...],
        figures: tuple[CasualtyMention, ...],
        lexicons: EventLexicons,
        kinds: Callable[[Toponym], frozenset[str]],
        countries: Callable[[Toponym], frozenset[str]],
    ) -> None:
        self._report = report
        self._clauses = Clauses(document)
        self._toponyms = toponyms
        self._times = times
        self._entries = find_entries(report.text, times, report.published_on)
        self._own_times = self._entries.without(times)
        # "The loss of X" is of no person, whoever the tagger takes X for.
        places = {one.surface for one in toponyms if one.role is not Role.OTHER}
        self._figures = tuple(one for one in figures if one.who not in places)
        self._lexicons = lexicons
        self._names = PlaceNames(self._clauses, toponyms, kinds)
        self._places = PlaceFinder(self._names)
        datelines = [(one.start, one.end) for one in toponyms if one.role is Role.DATELINE]
        self._people = ActorReader(self._clauses, lexicons.actors, on=report.published_on, datelines=datelines)
        self._speakers = AttributionReader(self._clauses, lexicons.attribution)
        self._scene = Scene(
            clauses=self._clauses,
            toponyms=toponyms,
            names=self._names,
            figures=figures,
            speakers=self._speakers,
            countries=countries,
            filed_abroad=filed_abroad(
                toponyms,
                countries,
                self._names.is_country,
                lambda one: self._people.capital_named(one.surface),
                self._people.spoken_of,
            ),
        )
        self._figure_reader = FigureReader(
            self._clauses, toponyms, self._names, self._own_times, self._speakers, lexicons.triggers.words["harmless"]
        )
        self._days = EventDays(
            self._clauses, times, report.published_on, lexicons.triggers.words["outbreak_verbs"], self._entries
        )
        self._records = EventRecords(report, self._clauses, toponyms, self._figure_reader, self._days)
        words = self._clauses.lower
        among = lexicons.triggers.words
        n_disease = sum(map(among["epidemic"].__contains__, words))
        n_war = sum(map((among["war"] | among["military"]).__contains__, words)) if n_disease >= 2 else 0
        self._is_epidemic = n_disease >= 2 and n_disease > n_war
        self._from_air = self._of_territory = False
        self._tells_of_forces = not among["military"].isdisjoint(words) or not among["arms_of_war"].isdisjoint(words)
        self._at_war = not (among["artillery"] | {"frontline", "front-line", "ceasefire"}).isdisjoint(words) or (
            _speaks_of_a_front(self._clauses)
        )
        self._is_industrial = not among["industrial"].isdisjoint(words) and not any(
            is_violent(self._clauses, passage) for passage in self._clauses.passages
        )
        self._surroundings: dict[int, tuple[Words, tuple[Actor, ...]]] = {}
        self._triggers: dict[int, set[str]] = {}
        """Passage -> the words that its predicates are told by: "charged at the crowd" is no word of courts."""

    @functools.cached_property
    def _home(self) -> Nation | None:
        """The country whose army "the army" is: the one that the report speaks of, if all its places may lie there."""
        home = self._people.home
        if home is None:
            return None
        of_events = (one for one in self._toponyms if one.role in (Role.EVENT_PLACE, Role.REGION_CONTEXT))
        is_at_home = all(home.iso in found for one in of_events if (found := self._scene.countries(one)))
        return home if is_at_home else None

    # ------------------------------------------------------------ the whole report
    def read(self) -> Found:
        predicates = [
            predicate
            for predicate in find_predicates(self._clauses, self._lexicons.triggers)
            if predicate.start >= self._report.body_start
        ]
        self._at_war = self._at_war or any(
            one.sense.name in ("shelling", "fire-munition")
            or (one.sense.name == "munition-lands" and self._is_of_munition(one))
            for one in predicates
        )
        named = {head for head in self._scene.names.heads if head is not None}
        self._of_territory = any(
            one.sense.name in _TAKING and not named.isdisjoint(self._clauses.patients(at))
            for one in predicates
            for at in sorted(one.anchors)
            if self._clauses.is_verb(at)
        )
        self._from_air = not self._at_war and any(one.sense.name == "air-strike" for one in predicates)
        self._figures = self._figure_reader.with_tolls_of_events(self._figures, predicates)
        self._scene = dataclasses.replace(self._scene, figures=self._figures)
        for one in predicates:
            told_by = self._triggers.setdefault(self._clauses.passage_of(one.token).index, set())
            told_by.add(self._clauses.lower[one.token])
        attributions = {id(one): self._speakers.of(one) for one in predicates}
        arguments = self._arguments(predicates)
        denials: list[DeniedAct] = []
        alive: list[Predicate] = []
        matters: list[Predicate] = []
        drafts: list[Draft] = []
        for predicate, found in zip(predicates, arguments, strict=True):
            attribution = attributions[id(predicate)]
            is_another = self._is_another_matter(predicate, found, attribution)
            draft = None if is_another else self._draft(predicate, found, attribution)
            holds = draft is not None
            if draft is not None:
                drafts.append(draft)
            if attribution.denied_by is not None:
                of_weapon = predicate.sense.name in (
                    "fire-munition",
                    "use-munition",
                )  # "denied using the school as a depot"
                harms_civilians = not of_weapon and self._lexicons.triggers.among(found.words.own_object, "civilians")
                may_be_told = predicate.is_noun or predicate.is_outcome or predicate.tells_of_territory
                if holds or may_be_told or harms_civilians:
                    denials.append(DeniedAct(predicate, found, attribution.denied_by, harms_civilians))
            # A word for a war, or for an event of another kind, keeps its place from others though it makes none. What only
            # dates another event, "since the 1994 ceasefire", gives it that date.
            if is_another:
                matters.append(predicate)
            if (
                predicate.sense.score < MIN_CAUSE_SCORE
                or holds
                or (
                    is_another
                    and not is_anchor_of_time(self._clauses, predicate, found.time, self._report.published_on)
                )
            ):
                alive.append(predicate)
        # What turned out to be no event gives its places and dates back to those that are.
        if len(alive) < len(predicates):
            drafts = [
                draft
                for predicate, found in zip(alive, self._arguments(alive), strict=True)
                if not self._is_another_matter(predicate, found, attributions[id(predicate)])
                and (draft := self._draft(predicate, found, attributions[id(predicate)])) is not None
            ]
        drafts = without_what_points_back(self._scene, drafts, matters)
        drafts = without_totals(self._scene, without_repeats(self._scene, drafts))
        drafts = without_echoes(self._scene, places_told_after(self._scene, drafts))
        inherit_places(self._scene, drafts, self._report.published_on, self._entries)
        place_local_news(self._scene, drafts)
        drafts, denied = apply_denials(self._scene, self._people, drafts, denials, predicates)
        mark_rival_accounts(self._scene, drafts)
        self._figures = with_parts_of_places(self._scene, drafts)
        self._scene = dataclasses.replace(self._scene, figures=self._figures)
        assign_blame(self._scene, self._people, drafts, predicates)
        name_claimants(self._scene, self._people, drafts)
        unreal = set(denied)
        for one in predicates:
            if attributions[id(one)].is_negated:
                unreal |= one.anchors
            elif attributions[id(one)].are_figures_denied:
                unreal |= one.outcomes
            unreal |= attributions[id(one)].undone
        rivals = self._figure_reader.give(self._figures, drafts, frozenset(unreal))
        drafts = without_vague(self._scene, with_victims_told_after(self._scene, drafts, self._lexicons.triggers))
        drafts = with_figures_at_their_places(self._scene, drafts)
        drafts = with_gapped_deaths(self._scene, drafts, self._own_times)
        drafts = with_gapped_places(self._scene, drafts, self._own_times)
        drafts, unlikely = sift(self._scene, drafts)
        doubt(self._scene, drafts, self._report.published_on)
        war_began_on = self._days.war_began_on(drafts)
        mentions: list[EventMention] = []
        versions: list[EventMention] = []
        pointing_back: set[str] = set()
        set_apart: set[str] = set()
        wide: set[str] = set()
        is_large = {
            (one.start, one.end): large for one, large in zip(self._toponyms, self._scene.is_large, strict=True)
        }
        sums = Sums(self._report.text)
        told = {id(draft): self._records.mentions(draft, war_began_on) for draft in drafts}
        victims: dict[str, tuple[Actor, ...]] = {}
        for draft in drafts:
            own = told[id(draft)]
            if draft.version_of is not None and id(draft.version_of) in told:
                versions.extend(self._records.accounts(told[id(draft.version_of)], draft))
                continue
            mentions.extend(own)
            suffered = victims_of(self._scene, self._people, draft, self._home)
            victims.update((mention.mention_id, suffered) for mention in own)
            versions.extend(self._records.versions(own, [one for one in rivals if one.draft is draft]))
            for mention in own:
                sums.note(mention, self._figure_reader.figures_of(draft))
                if mention.place is not None and is_large.get((mention.place.start, mention.place.end)):
                    wide.add(mention.mention_id)
            if names_an_unknown_place(self._scene, draft) or is_told_apart(self._scene, draft):
                set_apart.update(mention.mention_id for mention in own)
            if (
                draft.predicate.is_noun
                and all(
                    choice.cost >= INHERITED_COST or choice.reason.endswith("named before")
                    for choice in draft.arguments.places
                )
                and is_definite(self._scene, draft.predicate)
            ):
                pointing_back.update(mention.mention_id for mention in own)
        folded = tuple(
            dataclasses.replace(
                with_victims(one, victims.get(one.mention_id, ())), claimed_for=self._people.side_of(one.claimed_by)
            )
            for one in (
                *fold_repeats(
                    mentions,
                    frozenset(pointing_back),
                    self._people.side_of,
                    _headline_end(self._report),
                    set_apart=frozenset(set_apart),
                    wide=frozenset(wide),
                    unite=sums.unite,
                ),
                *versions,
            )
        )
        shared = self._figure_reader.told_of_several_places(self._figures, drafts)
        tolls = find_tolls(self._report, self._scene, self._times, shared, self._days.as_of)
        equipment = find_equipment(self._report, self._clauses, self._speakers, self._days.as_of)
        return Found(folded, tolls, equipment, self._records.with_roles(folded), unlikely)

    def _arguments(self, predicates: Sequence[Predicate]) -> list[Arguments]:
        owned = frozenset(anchor for one in predicates for anchor in one.anchors)
        costs = [
            self._places.costs(one, diplomatic=one.sense.event_type is EventType.DIPLOMACY, others=owned - one.anchors)
            for one in predicates
        ]
        # A place belongs to the predicate it hangs on most closely.
        best: dict[int, float] = {}
        for found_places in costs:
            for index, (cost, *_) in found_places.items():
                best[index] = min(cost, best.get(index, cost))
        costs = [
            {index: place for index, place in found_places.items() if place[0] <= best[index] + 0.5}
            for found_places in costs
        ]
        dates = attach_times(self._clauses, predicates, self._own_times)
        dates |= years_said_before(
            self._clauses,
            predicates,
            [dates.get(at) for at in range(len(predicates))],
            self._own_times,
            [self._speakers.claimant_at(one.token) is not None for one in predicates],
            self._report.published_on,
        )
        found = []
        for at, predicate in enumerate(predicates):
            words, actors = self._words_and_people(predicate)
            places = self._places.choose(costs[at], predicate)
            found.append(
                Arguments(
                    words=words,
                    actors=self._without_places(predicate, actors, places),
                    places=places,
                    time=dates.get(at),
                )
            )
        for predicate, one in zip(predicates, found, strict=True):
            if not one.places and predicate.sense.name == "mobilise":
                one.places = self._places.of_declarers(predicate)
        give_places_to_pronouns(self._clauses, [one.surface for one in self._toponyms], predicates, found)
        self._figure_reader.attach(self._figures, predicates, found)
        return found

    def _without_places(
        self, predicate: Predicate, actors: tuple[Actor, ...], places: Sequence[PlaceChoice]
    ) -> tuple[Actor, ...]:
        """Return the actors without a country whose name before the noun says where it was: "the Mali attack"."""
        names = set()
        for choice in places:
            toponym = self._toponyms[choice.index]
            head = self._clauses.head_of_span(toponym.start, toponym.end)
            if head is not None and any(
                child.index == head for child in self._clauses.children(predicate.token, "compound")
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
            people = find_people(self._clauses, self._people, predicate, self._lexicons.triggers, violent=violent)
            people = at_home(people, self._home) if self._home is not None else people
            words = predicate_words(self._clauses, predicate).without(self._abbreviated_places(predicate))
            self._surroundings[key] = (words, people)
        return self._surroundings[key]

    def _triggers_in(self, passage: Passage) -> set[str]:
        return self._triggers.get(passage.index, set())

    def _abbreviated_places(self, predicate: Predicate) -> frozenset[str]:
        """Return the short names of capitals that places of its sentence bear, small: the "CAR" is no car."""
        passage, cased = self._clauses.passage_of(predicate.token), self._clauses.document.cased
        return frozenset(
            one.surface.lower()
            for one in self._toponyms
            if passage.start <= one.start < passage.end
            and cased[one.start : one.end].isupper()
            and one.surface.isalpha()
        )

    def _names_fighters(self, predicate: Predicate) -> bool:
        """Whether the sentence, also behind a semicolon, names an armed group or forces."""
        sentence = self._clauses.document.sentence_at(predicate.start)
        tokens = range(sentence.first_token, sentence.end_token)
        words = frozenset(self._clauses.lower[tokens.start : tokens.stop])
        return self._lexicons.triggers.among(words, "military") or any(
            (group := self._people.group_at(at)) is not None and group[0].kind in _FIGHTERS for at in tokens
        )

    def _is_of_munition(self, predicate: Predicate) -> bool:
        """Whether shells or bombs "fell", and no town, no price and no rain."""
        subjects = frozenset(self._clauses.lower[at] for at in self._clauses.subjects(predicate.token))
        return self._lexicons.triggers.among(subjects, "munition")

    # ------------------------------------------------------------ one predicate
    def _draft(self, predicate: Predicate, arguments: Arguments, attribution: Attribution) -> Draft | None:
        if attribution.is_negated:
            return None
        if attribution.is_background and arguments.time is None:
            return None
        if _lasts_years(self._scene, arguments.time):
            return None
        if is_story(self._clauses, predicate, has_casualties=bool(arguments.casualties)):
            return None
        if is_not_borne_out(self._clauses, predicate, arguments.actors, has_casualties=bool(arguments.casualties)):
            return None
        if is_only_a_thing(self._clauses, predicate):
            return None
        passage = self._clauses.passage_of(predicate.token)
        evidence = Evidence(
            words=arguments.words,
            actors=arguments.actors,
            has_place=bool(arguments.places),
            has_place_object=any(self._is_object(predicate, choice) for choice in arguments.places),
            has_time=arguments.time is not None,
            has_casualties=bool(arguments.casualties),
            has_dead=any(figure.measure == "killed" and figure.count.high != 0 for figure in arguments.casualties),
            at_war=self._at_war,
            names_fighters=self._names_fighters(predicate),
            of_territory=self._of_territory or (self._tells_of_forces and falls_alone(self._clauses, predicate)),
            from_air=self._from_air,
            is_epidemic=self._is_epidemic,
            is_caption=passage.is_caption,
            is_industrial=self._is_industrial,
            is_somebody=self._is_somebody(predicate),
            is_aside=self._is_aside(predicate) and arguments.time is None,
            is_denied=attribution.denied_by is not None,
            story_words=(arguments.words.clause & self._lexicons.attribution["stories"]) - self._triggers_in(passage),
        )
        verdict = decide(predicate, evidence, self._lexicons.triggers)
        if verdict is None:
            return None
        if verdict.sense not in predicate.senses and self._is_suffered(predicate):
            # "Shot dead as X entered a fourth week of protests": who entered anything is not said to have shot.
            arguments = dataclasses.replace(
                arguments, actors=tuple(one for one in arguments.actors if one.part != "agent")
            )
        score = verdict.score - (0.1 if attribution.status is Status.HYPOTHETICAL else 0.0)
        if score < MIN_SCORE:
            return None
        return Draft(predicate, arguments, attribution, verdict)

    def _is_suffered(self, predicate: Predicate) -> bool:
        """Whether what a predicate led to is told in the passive, without who did it."""
        verbs = [at for at in predicate.outcomes if self._clauses.is_verb(at)]
        return bool(verbs) and all(self._clauses.is_passive(at) for at in verbs)

    def _is_another_matter(self, predicate: Predicate, arguments: Arguments, attribution: Attribution) -> bool:
        """Whether it is no event of this report, yet one that other events may not take places and dates from."""
        has_casualties = bool(arguments.casualties)
        published_on = self._report.published_on
        if any(sense.event_type in ARMED_EVENTS for sense in predicate.senses) and (
            is_figurative(self._clauses, predicate, arguments.actors, arguments.time, has_casualties=has_casualties)
            or is_made_up(self._clauses, predicate, arguments.time, published_on, has_casualties=has_casualties)
            or is_habit(self._clauses, predicate, arguments.time, has_casualties=has_casualties)
        ):
            return True
        is_planned = attribution.status in (Status.HYPOTHETICAL, Status.SCHEDULED)
        if is_planned and predicate.sense.event_type in ARMED_EVENTS and is_foiled(self._clauses, predicate):
            return True
        if is_bygone(self._clauses, predicate, arguments.time, published_on):
            return True
        return is_another_matter(self._clauses, predicate, arguments.time, published_on)

    def _is_object(self, predicate: Predicate, choice: PlaceChoice) -> bool:
        """Whether the place itself is what was taken or struck: "captured the town of X", "the loss of X"."""
        if predicate.is_noun:
            return choice.reason.startswith(("of ", "object"))
        if is_meant_by_it(choice):
            return True
        toponym = self._toponyms[choice.index]
        if choice.reason == f"object {toponym.surface}" and predicate.is_said_of_places:
            return True  # "X fell to the rebels": the subject suffers
        if choice.reason == f"into {toponym.surface}":
            return True  # "broke into X"
        head = self._clauses.head_of_span(toponym.start, toponym.end)
        for at in sorted(predicate.anchors):
            patients = self._clauses.patients(at) if self._clauses.is_verb(at) else []
            for patient in patients or ([at] if not self._clauses.is_verb(at) else []):
                for one in self._clauses.conjuncts(patient):
                    if self._clauses.lower[one] in self._lexicons.triggers.words["people_taken"]:
                        continue  # "captured two soldiers of the garrison of X"
                    names = {one, *(token.index for token in self._clauses.phrase_tokens(one))}
                    names.update(
                        child.index for name in sorted(names) for child in self._clauses.children(name, "appos")
                    )
                    if head in names:
                        return True
        return predicate.sense.name in ("fall-town", "under-fire") and choice.reason.startswith("object")

    def _is_aside(self, predicate: Predicate) -> bool:
        token = self._clauses.tokens[predicate.token]
        subjects = {child.text.lower() for child in self._clauses.children(token.index, "nsubj")}
        return token.dep == "relcl" and bool(subjects & {"who", "that"})

    def _is_somebody(self, predicate: Predicate) -> bool:
        for at in sorted(predicate.anchors):
            if self._clauses.is_verb(at):
                for agent in self._clauses.agents(at):
                    token = self._clauses.tokens[agent]
                    if token.pos == "PROPN" or token.text.lower() in grammar("somebody"):
                        return True
        return False

    # ------------------------------------------------------------ records
