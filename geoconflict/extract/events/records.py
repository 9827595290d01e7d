"""From drafts to the records of one report: event mentions, and its toponyms with the roles that the events give them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.events.days import EventDays
from geoconflict.extract.events.drafts import Draft
from geoconflict.extract.events.figures import FigureReader, OtherFigures
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.ids import content_id
from geoconflict.models import (
    Actor,
    ActorKind,
    Casualties,
    DateBasis,
    DateSpan,
    EventMention,
    EventType,
    Report,
    Role,
    Status,
    Toponym,
)

__all__ = ["EventRecords"]


@dataclass(frozen=True, slots=True)
class EventRecords:
    """Writes what was found in one report as records."""

    report: Report
    clauses: Clauses
    toponyms: tuple[Toponym, ...]
    figures: FigureReader
    days: EventDays

    def mentions(self, draft: Draft, war_began_on: dt.date | None) -> list[EventMention]:
        """Return the mentions of a draft, one for each of its places, or one without a place."""
        when = self.days.when(draft, war_began_on)
        status = draft.attribution.status
        published_on = self.report.published_on
        if when.starts_on is not None and published_on is not None and when.starts_on > published_on:
            status = Status.SCHEDULED if status in (Status.OCCURRED, Status.CLAIMED) else status
        start, end = self._evidence(draft)
        casualties = self.figures.casualties(draft)
        if status is Status.SCHEDULED and self._is_over(draft, when, casualties):
            status = Status.OCCURRED
        actors = self._actors(draft)
        choices: list[PlaceChoice | None] = list(draft.arguments.places) or [None]
        places_together = self.figures.places_together(draft) if casualties is not None else ()
        found = []
        for choice in choices:
            place = None
            reasons = [*draft.verdict.reasons, *draft.attribution.reasons]
            score = draft.verdict.score
            if choice is not None:
                toponym = self.toponyms[choice.index]
                role = Role.TALKS_VENUE if draft.verdict.event_type is EventType.DIPLOMACY else Role.EVENT_PLACE
                place = dataclasses.replace(toponym, role=role, relation=choice.relation)
                reasons.append(f"place: {choice.reason}")
                score -= 0.1 * max(0.0, choice.cost - 1.0)
            found.append(
                EventMention(
                    mention_id=self._id(
                        draft.predicate.start,
                        draft.predicate.end,
                        draft.verdict.event_type,
                        draft.verdict.sub_event_type,
                        place,
                    ),
                    report_id=self.report.report_id,
                    start=start,
                    end=end,
                    trigger_start=draft.predicate.start,
                    trigger_end=draft.predicate.end,
                    event_type=draft.verdict.event_type,
                    sub_event_type=draft.verdict.sub_event_type,
                    status=status,
                    when=when,
                    place=place,
                    actors=actors,
                    # A figure told of several places together belongs to none of them alone.
                    casualties=casualties if len(choices) == 1 else None,
                    blamed=draft.blamed,
                    together=casualties if places_together else None,
                    places_together=places_together,
                    claimed_by=draft.attribution.claimed_by,
                    denied_by=draft.attribution.denied_by,
                    score=round(min(0.98, max(0.05, score)), 3),
                    reasons=tuple(dict.fromkeys(map(str, reasons))),
                    plover=draft.verdict.plover,
                    likelihood=draft.likelihood,
                    doubts=draft.doubts,
                    figures_at=tuple(sorted((one.start, one.end) for one in draft.arguments.casualties)),
                )
            )
        return found

    def _is_over(self, draft: Draft, when: DateSpan, casualties: Casualties | None) -> bool:
        """Whether its dead are told, and of a day gone by: "will reopen after yesterday's attack, which killed ten"."""
        if draft.verdict.event_type not in ARMED_EVENTS or casualties is None or casualties.killed is None:
            return False
        last, published_on = when.ends_on, self.report.published_on
        is_dated = when.basis is not DateBasis.PUBLISHED and last is not None
        return is_dated and published_on is not None and last is not None and last < published_on

    def versions(self, mentions: Sequence[EventMention], others: Sequence[OtherFigures]) -> list[EventMention]:
        """Return the mentions of what others say that an event, told by `mentions`, cost: theirs alone, on their word."""
        found = []
        for told in mentions:
            for other in others:
                first = other.figures[0]
                start, end = first.trigger_start, first.trigger_end
                found.append(
                    dataclasses.replace(
                        told,
                        mention_id=self._id(start, end, told.event_type, told.sub_event_type, told.place),
                        start=min(figure.start for figure in other.figures),
                        end=max(figure.end for figure in other.figures),
                        trigger_start=start,
                        trigger_end=end,
                        status=Status.CLAIMED,
                        actors=(),
                        casualties=self.figures.together(other.figures),
                        claimed_by=other.speaker,
                        denied_by=None,
                        blamed=(),
                        together=None,
                        places_together=(),
                        reasons=(*told.reasons, f"told by {other.speaker}: other figures of the event told before"),
                    )
                )
        return found

    def accounts(self, mentions: Sequence[EventMention], draft: Draft) -> list[EventMention]:
        """Return the mentions of what the denier of an event, told by `mentions`, or another says that happened: on his word."""
        start, end = self._evidence(draft)
        first, last = draft.predicate.start, draft.predicate.end
        speaker = draft.attribution.claimed_by
        return [
            dataclasses.replace(
                told,
                mention_id=self._id(first, last, told.event_type, told.sub_event_type, told.place),
                start=start,
                end=end,
                trigger_start=first,
                trigger_end=last,
                status=Status.CLAIMED,
                actors=(),
                casualties=self.figures.casualties_of_account(draft),
                claimed_by=speaker,
                denied_by=None,
                blamed=(),
                together=None,
                places_together=(),
                reasons=(*told.reasons, f"told by {speaker}, otherwise than it was told before"),
            )
            for told in mentions
        ]

    def _id(self, start: int, end: int, event_type: EventType, sub_event_type: str, place: Toponym | None) -> str:
        words = {
            "report_id": self.report.report_id,
            "trigger": [start, end],
            "type": event_type.value,
            "sub": sub_event_type,
            "place": [place.start, place.end] if place is not None else None,
        }
        return content_id("mention", words)

    def _evidence(self, draft: Draft) -> tuple[int, int]:
        """Return the words that support the event: its clause within the passage, with its trigger."""
        passage = self.clauses.passage_of(draft.predicate.token)
        start, end = draft.predicate.start, draft.predicate.end
        for anchor in sorted(draft.predicate.anchors):
            for token in self.clauses.clause_tokens(self.clauses.clause_head(anchor)):
                if passage.start <= token.start and token.end <= passage.end and token.pos != "SPACE":
                    start, end = min(start, token.start), max(end, token.end)
        for index in self.clauses.document.subtree(draft.predicate.token):
            token = self.clauses.tokens[index]
            if passage.start <= token.start and token.end <= passage.end and token.pos not in ("SPACE", "PUNCT"):
                start, end = min(start, token.start), max(end, token.end)
        for choice in draft.arguments.places:
            toponym = self.toponyms[choice.index]
            if passage.start <= toponym.start and toponym.end <= passage.end:
                start, end = min(start, toponym.start), max(end, toponym.end)
        if draft.denied_in is not None:
            start, end = min(start, draft.denied_in[0]), max(end, draft.denied_in[1])
        start = self._with_heading(draft, start)
        while end > start and self.report.text[end - 1] in " \n\r\t,;":
            end -= 1
        while start < end and self.report.text[start] in " \n\r\t,;":
            start += 1
        return start, end

    def _with_heading(self, draft: Draft, start: int) -> int:
        """Return where the words begin that support an event which the heading right before its sentence dates."""
        entry = self.days.entries.of(draft.predicate.start)
        if entry is None or draft.arguments.time is not None or entry.start >= start:
            return start
        line = self.report.text.rfind("\n", 0, entry.start) + 1
        passage = self.clauses.passage_of(draft.predicate.token)
        between = self.report.text[entry.end : passage.start].strip(" ):|.–—-]*_")
        return line if not between and "\n" not in self.report.text[line:start] else start

    def _actors(self, draft: Draft) -> tuple[Actor, ...]:
        if draft.verdict.event_type in (EventType.DIPLOMACY, EventType.STRATEGIC):
            return draft.arguments.actors
        # Forces fight, not governments: "the Armenian government shelled" is its army's doing.
        found: list[Actor] = []
        for actor in draft.arguments.actors:
            one = actor
            if actor.kind is ActorKind.GOVERNMENT and actor.part == "agent" and actor.name.startswith("Government of "):
                one = dataclasses.replace(
                    actor, name=actor.name.replace("Government of ", "Military Forces of "), kind=ActorKind.STATE_FORCES
                )
            if actor.kind is ActorKind.CIVILIANS and actor.part == "agent" and draft.verdict.event_type in ARMED_EVENTS:
                # "men armed with machetes": whoever attacks is not counted among the civilians.
                one = dataclasses.replace(
                    actor,
                    name=actor.name.replace("Civilians", "Unidentified Armed Group"),
                    kind=ActorKind.POLITICAL_MILITIA,
                )
            if (
                actor.kind is ActorKind.CIVILIANS
                and actor.part == "agent"
                and draft.verdict.event_type is EventType.RIOTS
            ):
                one = dataclasses.replace(
                    actor, name=actor.name.replace("Civilians", "Rioters"), kind=ActorKind.RIOTERS
                )
            if all(one.name != other.name for other in found):
                found.append(one)
        return tuple(found)

    def with_roles(self, mentions: Sequence[EventMention]) -> tuple[Toponym, ...]:
        """Return the toponyms with roles that agree with the events."""
        drawn = {
            (mention.place.start, mention.place.end): mention.place for mention in mentions if mention.place is not None
        }
        found = []
        for toponym in self.toponyms:
            place = drawn.get((toponym.start, toponym.end))
            if place is not None:
                found.append(place)
            elif toponym.role is Role.EVENT_PLACE:
                found.append(
                    dataclasses.replace(
                        toponym,
                        role=Role.REGION_CONTEXT,
                        reasons=(*toponym.reasons, "no event was found that happened there"),
                    )
                )
            else:
                found.append(toponym)
        return tuple(found)
