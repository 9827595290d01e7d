"""Whose figures are whose: a number of people belongs to the event that it hangs on, and to no other.

First every predicate may have figures, for they help to tell what it means. Once the events of a report are settled,
the figures are given out anew among them: to the nearest event of their passage, or, told in a sentence without an event
of its own, to the only event of the sentence before ("A child was also wounded.").
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.casualties.rising import has_risen
from geoconflict.extract.casualties.sums import (
    comes_on_top,
    is_more,
    may_be_the_same_people,
    says_less,
    tells_of_a_later_death,
)
from geoconflict.extract.casualties.words import plus
from geoconflict.extract.event_places.place_names import PlaceNames
from geoconflict.extract.events.arguments import Arguments
from geoconflict.extract.events.drafts import INHERITED_COST, Draft
from geoconflict.extract.events.sentences_beside import (
    are_avenged,
    is_among_the_dead,
    is_done_by_others,
    is_where_treated,
)
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.extract.predicates.triggers import MIN_CAUSE_SCORE, Predicate
from geoconflict.extract.telling.attribution import AttributionReader
from geoconflict.models import Casualties, Count, DateSpan, EventType, Role, Status, TimeExpression, Toponym

__all__ = ["FigureReader", "OtherFigures"]

_DEADLY = ARMED_EVENTS | {EventType.PROTESTS, EventType.RIOTS}
_MAX_COST = 3.0
"""A figure that hangs more loosely on a predicate than this is none of it, where there is a choice."""
_ALONE = frozenset({"exclusively", "just", "merely", "only", "solely"})
_TOLLS = frozenset({"dead", "toll", "tolls"})
_OWN_LOSSES = frozenset({"lose", "loses", "losing", "loss", "losses", "lost"})
_THE_FIGHTING = re.compile(
    r"\b(?:were|was|died)\b[^.;]*\bin\s+the\s+(?:fighting|violence)\b(?!\s+(?:that|which|over|since|between|of)\b)"
)
_IN_THE_OTHER = re.compile(
    r"\W*(?:in|by|from)\s+(?:the|an)?\s*(?:second|third|fourth|other|latter|another)\b", re.IGNORECASE
)
"""Right behind a figure: of another event than the one told before."""
_TOLD_BEFORE = 4
"""Passages before, in which the dead are told of whom some are described."""
_UP_TO_NOW = re.compile(
    r"\b(?:have|has|had|since|so\s+far|total|overall|already|weeks?|months?|years?)\b", re.IGNORECASE
)
_TOLD = (Status.OCCURRED, Status.CLAIMED)

_DraftsByPassage = Mapping[int, Sequence[tuple[int, Draft]]]
"""Passage index -> the events told in it, each with its number."""


@dataclass(frozen=True, slots=True)
class OtherFigures:
    """What somebody else, in a later sentence, says that an event cost: "The army acknowledged two deaths"."""

    draft: Draft
    speaker: str
    figures: tuple[CasualtyMention, ...]


@dataclass(frozen=True, slots=True)
class FigureReader:
    """Gives the figures of one report to its events."""

    clauses: Clauses
    toponyms: tuple[Toponym, ...]
    names: PlaceNames
    times: tuple[TimeExpression, ...]
    speakers: AttributionReader
    harmless: frozenset[str]
    """Words of accidents, diseases and disasters: the dead of a sentence with one of them are no event's."""

    # ------------------------------------------------------------ while predicates are weighed
    def attach(
        self, figures: Sequence[CasualtyMention], predicates: Sequence[Predicate], arguments: Sequence[Arguments]
    ) -> None:
        """Give each figure of a single event to the predicate it hangs on most closely, in its passage or the one before."""
        by_passage = self._by_passage(predicates)
        for figure in figures:
            head = None if figure.cumulative else self.clauses.head_of_span(figure.start, figure.end)
            if head is None:
                continue
            passage = self.clauses.passage_of(head).index
            ranked = [
                # "Conflict in Iraq: ..." is a heading, and gets what nothing else does.
                (predicate.sense.score < MIN_CAUSE_SCORE, *self._nearness(figure, head, predicate), at)
                for at, predicate in by_passage.get(passage, ())
                if predicate.sense.event_type is not EventType.DIPLOMACY
            ]
            near = [rank for rank in ranked if rank[1] <= _MAX_COST]
            if near:
                if not self._is_one_more(figure, predicates[min(near)[3]]):
                    arguments[min(near)[3]].casualties.append(figure)
            elif not ranked and self._is_bare_toll(figure):
                before = _armed(by_passage.get(passage - 1, ()))
                if len(before) == 1:
                    arguments[before[0]].casualties.append(figure)

    def _is_one_more(self, figure: CasualtyMention, predicate: Predicate) -> bool:
        """Whether somebody died later of what a known event did: "wounded in the strike, he died of his injuries" is not its toll."""
        passage = self.clauses.passage_of(predicate.token)
        determiners = {child.text.lower() for child in self.clauses.children(predicate.token, "det")}
        is_known = predicate.is_noun and "the" in determiners
        text = self.clauses.document.text[passage.start : passage.end]
        return is_known and figure.measure == "killed" and tells_of_a_later_death(text)

    def with_tolls_of_events(
        self, figures: Sequence[CasualtyMention], predicates: Sequence[Predicate]
    ) -> tuple[CasualtyMention, ...]:
        """Return the figures, with a death toll told right after the only event of a sentence as that event's own."""
        by_passage = self._by_passage(predicates)
        return tuple(self._of_event_before(figure, by_passage) for figure in figures)

    def _of_event_before(
        self, figure: CasualtyMention, by_passage: Mapping[int, Sequence[tuple[int, Predicate]]]
    ) -> CasualtyMention:
        head = self.clauses.head_of_span(figure.start, figure.end)
        if head is None or not figure.cumulative:
            return figure
        passage = self.clauses.passage_of(head).index
        if self._is_of_the_fighting(head, by_passage.get(passage - 1, ())):
            return dataclasses.replace(
                figure, cumulative=False, scope="event", cumulative_reason="the dead of the fighting told before"
            )
        if not self._is_bare_toll(figure):
            return figure
        if _armed(by_passage.get(passage, ())) or len(_armed(by_passage.get(passage - 1, ()))) != 1:
            return figure
        return dataclasses.replace(
            figure, cumulative=False, scope="event", cumulative_reason="the toll of the event told before"
        )

    def _is_of_the_fighting(self, head: int, before: Sequence[tuple[int, Predicate]]) -> bool:
        """Whether a figure in the plain past is of "the fighting" that the sentence before tells, and of no whole war."""
        passage = self.clauses.passage_of(head)
        text = self.clauses.document.text[passage.start : passage.end]
        armed = [one for _, one in before if one.sense.event_type in ARMED_EVENTS]
        are_of_battle = bool(armed) and all(one.sense.event_type is EventType.BATTLES for one in armed)
        return are_of_battle and _THE_FIGHTING.search(text) is not None and _UP_TO_NOW.search(text) is None

    def _is_bare_toll(self, figure: CasualtyMention) -> bool:
        """Whether the figure is a death toll whose sentence speaks of no war or period."""
        head = self.clauses.head_of_span(figure.start, figure.end)
        if head is None:
            return False
        passage = self.clauses.passage_of(head)
        words = [token.text.lower() for token in self.clauses.document.tokens_between(passage.start, passage.end)]
        return ("toll" in words or "tolls" in words) and grammar("total_cues").isdisjoint(words)

    def _by_passage(self, predicates: Iterable[Predicate]) -> dict[int, list[tuple[int, Predicate]]]:
        """Return passage index -> the predicates in it, each with its number."""
        found: dict[int, list[tuple[int, Predicate]]] = {}
        for at, predicate in enumerate(predicates):
            found.setdefault(self.clauses.passage_of(predicate.token).index, []).append((at, predicate))
        return found

    def _nearness(self, figure: CasualtyMention, head: int, predicate: Predicate) -> tuple[float, int]:
        cost, _ = self.clauses.distance(head, predicate.token, frozenset(predicate.anchors | {predicate.token}))
        return cost, abs(predicate.start - figure.start)

    # ------------------------------------------------------------ when the events are settled
    def give(
        self, figures: Sequence[CasualtyMention], drafts: Sequence[Draft], unreal: frozenset[int]
    ) -> list[OtherFigures]:
        """Give the figures of single events out anew, among the events that there are; return those of other speakers.

        Parameters
        ----------
        unreal
            The tokens of predicates that the text says did not happen; their figures are nobody's.
        """
        for draft in drafts:
            draft.arguments.casualties.clear()
        tellers: dict[str, set[int]] = {}
        for figure in figures:
            if (trigger := self.clauses.document.token_at(figure.trigger_start)) is not None:
                tellers.setdefault(figure.measure, set()).add(trigger.index)
        told = {at for draft in drafts for at in draft.predicate.anchors}
        waiting: list[tuple[CasualtyMention, int]] = []
        by_passage = {
            passage: [(at, drafts[at]) for at, _ in inside]
            for passage, inside in self._by_passage(draft.predicate for draft in drafts).items()
        }
        for figure in figures:
            head = None if figure.cumulative else self.clauses.head_of_span(figure.start, figure.end)
            trigger = self.clauses.document.token_at(figure.trigger_start)
            if head is None or (trigger is not None and trigger.index in unreal):
                continue
            if trigger is not None and trigger.index not in told and are_avenged(self.clauses, trigger.index):
                continue
            own, has_own = self._in_passage(figure, head, by_passage, tellers.get(figure.measure, set()))
            if own is not None and is_more(figure) and self._only_tells_the_dead(own):
                # "Several farmers were also killed": in what the sentence before tells of.
                own = self._beside(figure, self.clauses.passage_of(head).index, by_passage) or own
            if own is not None:
                own.arguments.casualties.append(figure)
            elif not has_own:
                waiting.append((figure, self.clauses.passage_of(head).index))
        denied = [draft for draft in drafts if draft.denied_in is not None]
        followed: dict[int, Draft] = {}
        rivals: dict[tuple[int, int, str], tuple[Draft, list[CasualtyMention]]] = {}
        for figure, passage in waiting:
            near = self._denied_in(figure, denied) or self._beside(figure, passage, by_passage)
            before = followed.get(passage - 1) if near is None else None
            if before is not None and (self._is_rival(figure, before) or self._is_of_others(figure, before)):
                # "The army put the toll at 31. The rebels put it at 18.", "It put rebel losses at 60; the army lost nine men."
                near = before if self._may_be_of(figure, passage, before) else None
            if near is None:
                continue
            followed[passage] = near
            if len(near.arguments.places) == 1 and self._is_rival(figure, near):
                rivals.setdefault(
                    (passage, id(near), self.speakers.claimant_from(figure.trigger_start) or ""), (near, [])
                )[1].append(figure)
            else:
                near.arguments.casualties.append(figure)
        return [OtherFigures(draft, key[2], tuple(told)) for key, (draft, told) in rivals.items()]

    def _in_passage(
        self, figure: CasualtyMention, head: int, by_passage: _DraftsByPassage, tellers: set[int]
    ) -> tuple[Draft | None, bool]:
        """Return the event of its passage that a figure belongs to, and whether the passage tells of any.

        An event told by the verb of another figure, one of the tokens `tellers`, comes last: "three died in a blast and
        an imam was shot dead".
        """
        drafts = dict(by_passage.get(self.clauses.passage_of(head).index, ()))
        verb = self.clauses.document.token_at(figure.trigger_start)
        own_verb = None if verb is None else verb.index
        people_die = figure.measure in ("killed", "wounded")
        ranked = [
            (
                people_die and draft.verdict.event_type not in _DEADLY,
                draft.predicate.sense.score < MIN_CAUSE_SCORE,
                any(at in tellers and at != own_verb for at in draft.predicate.anchors),
                *self._nearness(figure, head, draft.predicate),
                at,
            )
            for at, draft in drafts.items()
            if draft.verdict.event_type is not EventType.DIPLOMACY and not self._is_toll_of_another(figure, draft)
        ]
        if not ranked:
            return None, False
        near = [rank for rank in ranked if rank[3] <= _MAX_COST] or (ranked if len(ranked) == 1 else [])
        return (drafts[min(near)[5]] if near else None), True

    def _is_toll_of_another(self, figure: CasualtyMention, draft: Draft) -> bool:
        """Whether a bare toll is one speaker's and the event another's: "X put the toll at 12, while Y said 30 died in an ambush"."""
        words = self.clauses.document.text[figure.trigger_start : figure.trigger_end].lower().split()
        speaker, teller = self.speakers.claimant_from(figure.trigger_start), draft.attribution.claimed_by
        return words[-1] in _TOLLS and None not in (speaker, teller) and speaker != teller

    def _denied_in(self, figure: CasualtyMention, drafts: Sequence[Draft]) -> Draft | None:
        """Return the event whose denial gives a figure on the denier's word: "denied it, saying 12 fighters had died"."""
        for draft in drafts:
            start, end = draft.denied_in or (0, 0)
            if start <= figure.start < end and self._is_of_denier(figure, draft):
                return draft
        return None

    def _is_of_denier(self, figure: CasualtyMention, draft: Draft) -> bool:
        by = draft.attribution.denied_by
        return by is not None and self.speakers.claimant_from(figure.trigger_start) == by

    @staticmethod
    def _only_tells_the_dead(draft: Draft) -> bool:
        """Whether the event is told by a verb of outcome without a place and a day of its own."""
        has_place = any(choice.cost < INHERITED_COST for choice in draft.arguments.places)
        return draft.predicate.is_outcome and not has_place and draft.arguments.time is None

    def _beside(self, figure: CasualtyMention, passage: int, by_passage: _DraftsByPassage) -> Draft | None:
        """Return the event of a neighbouring sentence that a sentence without an event goes on about."""
        words = self.clauses.words_of(self.clauses.passages[passage])
        if words & self.harmless or is_done_by_others(self.clauses, figure):
            return None
        before, behind = (
            [draft for _, draft in by_passage.get(at, ()) if _may_kill(draft)] for at in (passage - 1, passage + 1)
        )
        after = [draft for draft in behind if self._points_back(draft)]
        near = before or after
        if len({tuple(self.toponyms[one.index].surface for one in draft.arguments.places) for draft in near}) == 1:
            near = near[:1]  # "a bomb exploded at X, followed by gunfire"
        if len(near) > 1:
            near = [draft for draft in near if self.figures_of(draft)] or near  # the one whose dead are told
        if len(near) != 1 or not self._may_be_of(figure, passage, near[0]):
            return None
        if not self._known(figure, near[0]) and is_among_the_dead(self.clauses.document.text, figure):
            # "A bomb killed nine. The army shelled rebels. Two teachers were among the dead": those of the bomb.
            told = (one for at in range(passage - _TOLD_BEFORE, passage) for _, one in by_passage.get(at, ()))
            if any(self._known(figure, one) for one in told):
                return None
        return near[0]

    def _points_back(self, draft: Draft) -> bool:
        """Whether the event is told by a noun such as "the attack"."""
        determiners = {child.text.lower() for child in self.clauses.children(draft.predicate.token, "det")}
        return draft.predicate.is_noun and not determiners.isdisjoint({"the", "this", "that", "these", "those"})

    def _may_be_of(self, figure: CasualtyMention, passage: int, draft: Draft) -> bool:
        """Whether a sentence names no place and no day but the event's, and tells what is not known of it yet."""
        if _IN_THE_OTHER.match(self.clauses.document.text, max(figure.end, figure.trigger_end)) is not None:
            return False
        # Another's toll of the same event may differ from what is known.
        known = self._known(figure, draft)
        is_version = figure.cumulative_reason is not None or has_risen(figure) or self._is_rival(figure, draft)
        if known and not is_version and not comes_on_top(self.clauses.document.text, known, figure):
            return False
        span = self.clauses.passages[passage]
        own = {self.toponyms[choice.index].surface.casefold() for choice in draft.arguments.places}
        for index in self.names.within(span.start, span.end):
            toponym = self.toponyms[index]
            if (
                toponym.role in (Role.EVENT_PLACE, Role.REGION_CONTEXT)
                and not self.names.is_country(index)
                and toponym.surface.casefold() not in own
                and not is_where_treated(self.clauses, self.names.heads[index])
            ):
                return False
        day = draft.arguments.time.span if draft.arguments.time is not None else None
        days = [time.span for time in self.times if span.start <= time.start < span.end and time.span is not None]
        if has_risen(figure) and day is not None:
            return all(_is_no_earlier(one, day) for one in days)  # "on Sunday the toll had risen to 19"
        return all(one == day for one in days)

    def _known(self, figure: CasualtyMention, draft: Draft) -> list[CasualtyMention]:
        """Return what an event has of the measure of a figure, but for what the figure only puts a number to."""
        same = (one for one in self.figures_of(draft) if one.measure == figure.measure)
        return [one for one in same if not says_less(one.count, figure.count)]

    def _is_rival(self, figure: CasualtyMention, draft: Draft) -> bool:
        """Whether somebody else gives a figure of what figures are known of: "the army put the dead at 31"."""
        if is_more(figure) or (speaker := self.speakers.claimant_from(figure.trigger_start)) is None:
            return False
        if self._is_of_denier(figure, draft):
            return True  # whoever his dead are: that they are others is what he says
        known = self._known(figure, draft)
        if (
            not known
            or speaker in {self.speakers.claimant_from(one.trigger_start) for one in known}
            or self._is_of_others(figure, draft)
        ):
            return False
        if has_risen(figure) and all(_lowest(one.count) < _lowest(figure.count) for one in known):
            return False  # what was told before was right when it was told
        words = self.clauses.document.text[figure.trigger_start : figure.trigger_end].lower().split()
        if words[-1] in _TOLLS:
            return True
        differ = all(one.count != figure.count for one in known)
        return differ and (words[0] in _OWN_LOSSES or any(may_be_the_same_people(one, figure) for one in known))

    def _is_of_others(self, figure: CasualtyMention, draft: Draft) -> bool:
        """Whether a figure counts other people than those known of the event: the losses of the other side."""
        known = self._known(figure, draft)
        return bool(known) and comes_on_top(self.clauses.document.text, known, figure)

    # ------------------------------------------------------------ records
    def casualties(self, draft: Draft) -> Casualties | None:
        """Return what the figures of an event say together.

        Figures of different people add up (:mod:`geoconflict.extract.casualties.sums`). What two speakers say of the same
        people is a range from the lowest to the highest; of one speaker the first figure counts.
        """
        return self.together(self.figures_of(draft))

    def casualties_of_account(self, draft: Draft) -> Casualties | None:
        """Return what the figures of another's account say together; "only fighters had been killed" gives no number."""
        return self.together([figure for figure in self.figures_of(draft) if not _is_a_kind_alone(figure)])

    def together(self, figures: Sequence[CasualtyMention]) -> Casualties | None:
        """Return what figures of one event say together."""
        by_measure: dict[str, tuple[Count, str | None, list[CasualtyMention]]] = {}
        who: list[str] = []
        speakers: list[str] = []
        for figure in figures:
            speaker = self.speakers.claimant_from(figure.trigger_start)
            known = by_measure.get(figure.measure)
            if known is None:
                by_measure[figure.measure] = (figure.count, speaker, [figure])
            else:
                together = self._together(known, figure, speaker)
                if together is None:
                    continue
                by_measure[figure.measure] = (together, known[1], [*known[2], figure])
            if figure.who and figure.who not in who:
                who.append(figure.who)
            if speaker is not None and speaker not in speakers:
                speakers.append(speaker)
        if by_measure.keys().isdisjoint(("killed", "wounded", "captured", "displaced")):  # "three are missing"
            return None
        counts = {measure: count for measure, (count, _, _) in by_measure.items()}
        return Casualties(
            killed=counts.get("killed"),
            wounded=counts.get("wounded"),
            captured=counts.get("captured"),
            displaced=counts.get("displaced"),
            who="; ".join(who) or None,
            claimed_by="; ".join(speakers) or None,
        )

    def figures_of(self, draft: Draft) -> list[CasualtyMention]:
        """Return the figures given to an event."""
        return list(draft.arguments.casualties)

    def told_of_several_places(
        self, figures: Sequence[CasualtyMention], drafts: Sequence[Draft]
    ) -> dict[int, tuple[str, ...]]:
        """Return the numbers of the figures of events told of several places at once, which belong to none alone -> the names."""
        numbers = {id(figure): number for number, figure in enumerate(figures)}
        return {
            numbers[id(figure)]: self.places_together(draft)
            for draft in drafts
            if self.places_together(draft) and draft.attribution.status in _TOLD
            for figure in self.figures_of(draft)
        }

    def places_together(self, draft: Draft) -> tuple[str, ...]:
        """Return the names of the places that an event is told of as one, where there are several."""
        names = tuple(dict.fromkeys(self.toponyms[choice.index].surface for choice in draft.arguments.places))
        return names if len(draft.arguments.places) > 1 else ()

    def _together(
        self, known: tuple[Count, str | None, list[CasualtyMention]], figure: CasualtyMention, speaker: str | None
    ) -> Count | None:
        count, first_speaker, told = known
        if says_less(count, figure.count) or (has_risen(figure) and _lowest(count) < _lowest(figure.count)):
            return figure.count
        if comes_on_top(self.clauses.document.text, told, figure, self.toponyms):
            return plus(count, figure.count)
        if speaker is None or speaker == first_speaker:
            return None
        bounds = [n for one in (count, figure.count) for n in (one.low, one.best, one.high) if n is not None]
        # "At least 35" leaves the range open, unless the other says more: "78".
        is_open = any(
            one.high is None and one.best is None and (one.low or 0) == max(bounds) for one in (count, figure.count)
        )
        return Count(low=min(bounds), best=None, high=None if is_open else max(bounds))


def _lowest(count: Count) -> int:
    """Return the fewest people whom a count may mean."""
    return min((bound for bound in (count.low, count.best, count.high) if bound is not None), default=0)


def _is_no_earlier(span: DateSpan, than: DateSpan) -> bool:
    """Whether a time of telling, "on Sunday" or "by Sunday", may follow an event."""
    last = span.ends_on or span.starts_on
    return last is not None and than.starts_on is not None and last >= than.starts_on


def _is_a_kind_alone(figure: CasualtyMention) -> bool:
    """Whether a figure only says what people were killed and no others, not how many: "only fighters had been killed"."""
    bounds = (figure.count.low, figure.count.best, figure.count.high)
    return bounds == (2, None, None) and not _ALONE.isdisjoint(figure.surface.lower().split())


def _armed(predicates: Iterable[tuple[int, Predicate]]) -> list[int]:
    """Return the numbers of the predicates that people may die of."""
    return [at for at, predicate in predicates if predicate.sense.event_type in ARMED_EVENTS]


def _may_kill(draft: Draft) -> bool:
    """Whether people may die of it, as of violence and in what is shot down."""
    return draft.verdict.event_type in _DEADLY or draft.predicate.sense.name == "shoot-down"
