"""From a document with places, dates and figures to event mentions: the assembly of one report."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geoconflict.extract.actors.lexicon import ActorLexicon
from geoconflict.extract.actors.reader import ActorReader
from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.casualties.sums import Sums
from geoconflict.extract.event_places.place_choice import Tie
from geoconflict.extract.event_places.place_names import PlaceNames
from geoconflict.extract.events.argument_reader import ArgumentReader
from geoconflict.extract.events.arguments import Arguments
from geoconflict.extract.events.beaten_off import is_what_was_beaten_off
from geoconflict.extract.events.blame import assign_blame
from geoconflict.extract.events.coreference import fold_repeats
from geoconflict.extract.events.days import EventDays
from geoconflict.extract.events.denials import DeniedAct, apply_denials
from geoconflict.extract.events.drafting import Drafter
from geoconflict.extract.events.drafts import INHERITED_COST, Draft, Scene, is_definite
from geoconflict.extract.events.equipment import find_equipment
from geoconflict.extract.events.evidence import doubt, sift
from geoconflict.extract.events.fallen_towns import name_takers
from geoconflict.extract.events.figures import FigureReader, OtherFigures
from geoconflict.extract.events.figures_of_places import with_figures_at_their_places
from geoconflict.extract.events.gapped_deaths import with_gapped_deaths
from geoconflict.extract.events.gapped_places import with_gapped_places
from geoconflict.extract.events.inherited_places import inherit_places, place_local_news
from geoconflict.extract.events.left_out import without_repeats, without_totals, without_vague, without_what_points_back
from geoconflict.extract.events.losses_of_sides import with_losses_of_sides
from geoconflict.extract.events.named_victims import victims_of, with_victims
from geoconflict.extract.events.parts_of_tolls import with_parts_of_places
from geoconflict.extract.events.records import EventRecords
from geoconflict.extract.events.responsibility import name_claimants
from geoconflict.extract.events.rival_accounts import mark_rival_accounts
from geoconflict.extract.events.stopped_before import is_where_stopped
from geoconflict.extract.events.sums_told_first import without_sums_told_first
from geoconflict.extract.events.taken_by_attack import with_captures_for_attacks
from geoconflict.extract.events.told_after import (
    is_told_apart,
    places_told_after,
    with_victims_told_after,
    without_echoes,
)
from geoconflict.extract.events.told_apart import opens_on_another
from geoconflict.extract.events.tolls import find_tolls
from geoconflict.extract.events.unknown_places import names_an_unknown_place
from geoconflict.extract.events.whole_report import home_of, read_signs
from geoconflict.extract.language.model import Document
from geoconflict.extract.layout.entry_days import find_entries
from geoconflict.extract.layout.filing import filed_abroad
from geoconflict.extract.non_events.known_deeds import is_protested
from geoconflict.extract.non_events.no_event import is_anchor_of_time
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.joining import find_predicates
from geoconflict.extract.predicates.senses import TriggerLexicon
from geoconflict.extract.predicates.triggers import MIN_CAUSE_SCORE, Predicate
from geoconflict.extract.telling.attribution import Attribution, AttributionReader
from geoconflict.models import (
    Actor,
    EquipmentLoss,
    EventMention,
    Report,
    Role,
    TimeExpression,
    Toll,
    Toponym,
    UnlikelyEvent,
)

__all__ = ["EventLexicons", "Found", "read_events"]

_HEADLINE = re.compile(r"\s*[^\n]{1,160}(?<![.!?:;,\s])[ \t]*\n[ \t]*\n")
"""A short first paragraph that no mark ends."""


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


_ANY = re.compile(r"\bany\b(?!\s+more)", re.IGNORECASE)


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
        # Nor is "any fighters" a number: "denied that it had lost any fighters".
        self._figures = tuple(
            one
            for one in figures
            if one.who not in places and (one.count.high == 0 or _ANY.search(report.text, one.start, one.end) is None)
        )
        self._lexicons = lexicons
        self._names = PlaceNames(self._clauses, toponyms, kinds)
        datelines = [(one.start, one.end) for one in toponyms if one.role is Role.DATELINE]
        lie_in = [countries(one) for one in toponyms if one.role in (Role.EVENT_PLACE, Role.REGION_CONTEXT)]
        self._people = ActorReader(
            self._clauses,
            lexicons.actors,
            on=report.published_on,
            datelines=datelines,
            ground=[iso for found in lie_in if len(found) == 1 for iso in found],
        )
        self._speakers = AttributionReader(self._clauses, lexicons.attribution)
        self._people.told_under = self._speakers.armed_teller_at
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
        self._home = home_of(self._scene, self._people)
        self._records = EventRecords(report, self._clauses, toponyms, self._figure_reader, self._days)

    # ------------------------------------------------------------ the whole report
    def read(self) -> Found:
        predicates = [
            predicate
            for predicate in find_predicates(self._clauses, self._lexicons.triggers)
            if predicate.start >= self._report.body_start
        ]
        of_events = self._figure_reader.with_tolls_of_events(self._figures, predicates)
        self._set_figures(with_losses_of_sides(self._names, of_events, predicates))
        attributions = {id(one): self._speakers.of(one) for one in predicates}
        drafts, matters, denials = self._drafts(predicates, attributions)
        drafts = without_what_points_back(self._scene, drafts, matters)
        drafts = without_totals(self._scene, without_repeats(self._scene, drafts))
        drafts = without_echoes(self._scene, places_told_after(self._scene, drafts))
        inherit_places(self._scene, drafts, self._report.published_on, self._entries)
        place_local_news(self._scene, drafts)
        drafts = with_captures_for_attacks(self._scene, drafts)  # what else was done in an attack has its place by now
        drafts, denied = apply_denials(self._scene, self._people, drafts, denials, predicates)
        name_takers(self._scene, drafts)
        mark_rival_accounts(self._scene, drafts)
        self._set_figures(with_parts_of_places(self._scene, drafts, self._own_times))
        assign_blame(self._scene, self._people, drafts, predicates)
        name_claimants(self._scene, self._people, drafts)
        # Nor are the dead of a noun for another matter those of an event: "marched against the killing of two".
        unreal = set(denied).union(*(one.anchors for one in matters if one.is_noun))
        for one in predicates:
            if attributions[id(one)].is_negated:
                unreal |= one.anchors
            elif attributions[id(one)].are_figures_denied:
                unreal |= one.outcomes
            unreal |= attributions[id(one)].undone
        for one in matters:
            if is_protested(self._clauses, one, None):  # nobody died in the protest
                unreal |= one.anchors | one.outcomes
        rivals = self._figure_reader.give(self._figures, drafts, frozenset(unreal))
        drafts = without_vague(self._scene, with_victims_told_after(self._scene, drafts, self._lexicons.triggers))
        drafts = with_figures_at_their_places(self._scene, drafts, self._own_times)
        drafts = with_gapped_deaths(self._scene, drafts, self._own_times)
        drafts = with_gapped_places(self._scene, drafts, self._own_times)
        drafts, figures = without_sums_told_first(self._scene, drafts)
        self._set_figures(figures)
        drafts, unlikely = sift(self._scene, drafts)
        doubt(self._scene, drafts, self._report.published_on)
        mentions = self._mentions(drafts, rivals)
        shared = self._figure_reader.told_of_several_places(self._figures, drafts)
        tolls = find_tolls(self._report, self._scene, self._times, shared, self._days.as_of)
        equipment = find_equipment(self._report, self._clauses, self._speakers, self._days.as_of)
        return Found(mentions, tolls, equipment, self._records.with_roles(mentions), unlikely)

    def _set_figures(self, figures: tuple[CasualtyMention, ...]) -> None:
        self._figures = figures
        self._scene = dataclasses.replace(self._scene, figures=figures)

    # ------------------------------------------------------------ from predicates to drafts
    def _drafts(
        self, predicates: Sequence[Predicate], attributions: Mapping[int, Attribution]
    ) -> tuple[list[Draft], list[Predicate], list[DeniedAct]]:
        """Return the events that predicates tell of, the predicates that tell of another matter, and what is denied."""
        published_on, triggers = self._report.published_on, self._lexicons.triggers
        reader = ArgumentReader(
            self._scene, self._people, self._home, self._figure_reader, self._own_times, published_on, triggers
        )
        drafter = Drafter(
            self._scene,
            self._people,
            read_signs(self._scene, predicates, triggers),
            predicates,
            published_on,
            triggers,
            self._lexicons.attribution["stories"],
        )
        denials: list[DeniedAct] = []
        alive: list[Predicate] = []
        matters: list[Predicate] = []
        drafts: list[Draft] = []
        for predicate, found in zip(predicates, reader.read(predicates, self._figures), strict=True):
            attribution = attributions[id(predicate)]
            is_another = drafter.is_another_matter(predicate, found, attribution)
            is_beaten_off = is_what_was_beaten_off(self._clauses, predicate, predicates)
            draft = None if is_another or is_beaten_off else drafter.draft(predicate, found, attribution)
            holds = draft is not None
            if draft is not None:
                drafts.append(draft)
            if attribution.denied_by is not None and not attribution.is_of_a_fake:
                act = self._denied_act(predicate, found, attribution.denied_by)
                may_be_told = predicate.is_noun or predicate.is_outcome or predicate.tells_of_territory
                if holds or may_be_told or act.harms_civilians:
                    denials.append(act)
            # A word for a war, or for an event of another kind, keeps its place from others though it makes none. What only
            # dates another event, "since the 1994 ceasefire", gives it that date.
            if is_another:
                matters.append(predicate)
            if not is_beaten_off and (
                predicate.sense.score < MIN_CAUSE_SCORE
                or holds
                or (is_another and not is_anchor_of_time(self._clauses, predicate, found.time, published_on))
            ):
                alive.append(predicate)
        # What turned out to be no event gives its places and dates back to those that are.
        if len(alive) < len(predicates):
            drafts = [
                draft
                for predicate, found in zip(alive, reader.read(alive, self._figures), strict=True)
                if not drafter.is_another_matter(predicate, found, attributions[id(predicate)])
                and (draft := drafter.draft(predicate, found, attributions[id(predicate)])) is not None
            ]
        return drafts, matters, denials

    def _denied_act(self, predicate: Predicate, arguments: Arguments, denied_by: str) -> DeniedAct:
        of_weapon = predicate.sense.name in ("fire-munition", "use-munition")  # "denied using the school as a depot"
        harms_civilians = not of_weapon and self._lexicons.triggers.among(arguments.words.own_object, "civilians")
        return DeniedAct(predicate, arguments, denied_by, harms_civilians)

    # ------------------------------------------------------------ from drafts to mentions
    def _mentions(self, drafts: Sequence[Draft], rivals: Sequence[OtherFigures]) -> tuple[EventMention, ...]:
        """Return the events as mentions: what is told twice folded, then the versions that others give."""
        war_began_on = self._days.war_began_on(drafts)
        told = {id(draft): self._records.mentions(draft, war_began_on) for draft in drafts}
        own: list[Draft] = []
        versions: list[EventMention] = []
        for draft in drafts:
            if draft.version_of is not None and id(draft.version_of) in told:
                versions.extend(self._records.accounts(told[id(draft.version_of)], draft))
                continue
            own.append(draft)
            versions.extend(self._records.versions(told[id(draft)], [one for one in rivals if one.draft is draft]))
        sums = Sums(self._report.text)
        victims: dict[str, tuple[Actor, ...]] = {}
        for draft in own:
            suffered = victims_of(self._scene, self._people, draft, self._home)
            for mention in told[id(draft)]:
                victims[mention.mention_id] = suffered
                sums.note(mention, self._figure_reader.figures_of(draft))
        mentions = [mention for draft in own for mention in told[id(draft)]]
        large = {
            (one.start, one.end) for one, is_large in zip(self._toponyms, self._scene.is_large, strict=True) if is_large
        }

        def of_drafts(holds: Callable[[Draft], bool]) -> frozenset[str]:
            return frozenset(mention.mention_id for draft in own if holds(draft) for mention in told[id(draft)])

        folded = fold_repeats(
            mentions,
            of_drafts(self._points_back),
            self._people.side_of,
            _headline_end(self._report),
            set_apart=of_drafts(
                lambda draft: (
                    names_an_unknown_place(self._scene, draft)
                    or is_told_apart(self._scene, draft)
                    or opens_on_another(self._scene, draft)
                    or is_where_stopped(self._scene, draft)
                )
            ),
            wide=frozenset(
                one.mention_id
                for one in mentions
                if one.place is not None and (one.place.start, one.place.end) in large
            ),
            begun=of_drafts(lambda draft: self._scene.clauses.lies_in_since(draft.predicate.token)),
            unite=sums.unite,
        )
        return tuple(
            dataclasses.replace(
                with_victims(one, victims.get(one.mention_id, ())), claimed_for=self._people.side_of(one.claimed_by)
            )
            for one in (*folded, *versions)
        )

    def _points_back(self, draft: Draft) -> bool:
        """Whether "the attack" names no place of its own: it may be one that was told before."""
        return (
            draft.predicate.is_noun
            and all(
                choice.cost >= INHERITED_COST or choice.tie is Tie.NAMED_BEFORE for choice in draft.arguments.places
            )
            and is_definite(self._scene, draft.predicate)
        )
