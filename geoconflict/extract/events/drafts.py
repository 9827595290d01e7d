"""What one report's events say of each other: repeats and totals dropped, places inherited."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.event_places.context import find_anaphor, people_before
from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.event_places.place_names import PlaceNames
from geoconflict.extract.events.arguments import Arguments, is_conceded
from geoconflict.extract.events.deciding import Verdict
from geoconflict.extract.events.ended_fights import ended_by, is_fight_for_ground
from geoconflict.extract.layout.entry_days import Entries
from geoconflict.extract.layout.list_items import heading_of
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.numbers import read_number
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.extract.telling.attribution import Attribution, AttributionReader
from geoconflict.extract.toponyms.capital_phrases import is_capital_phrase
from geoconflict.models import Blame, EventType, Relation, Role, Status, TimeExpression, Toponym

__all__ = [
    "INHERITED_COST",
    "Draft",
    "Scene",
    "inherit_places",
    "is_definite",
    "is_of_unknown_place",
    "is_since",
    "names_an_unknown_place",
    "place_local_news",
    "without_repeats",
    "without_totals",
    "without_vague",
    "without_what_points_back",
]


_SINCE = re.compile(r"\bsince\s+(?:the\s+|early\s+|late\s+|mid-?\s*|about\s+)*$")

_TOGETHER_WITHIN = 3
"""Passages between "the two towns" and those that name them."""
_PAST_DAYS = 60
"""What lies farther back is no news."""
INHERITED_COST = 1.5
"""A place at this cost or above was not said of the predicate but taken from what stands beside or before it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What the events of one report share."""

    clauses: Clauses
    toponyms: tuple[Toponym, ...]
    names: PlaceNames
    figures: tuple[CasualtyMention, ...]
    speakers: AttributionReader
    countries: Callable[[Toponym], frozenset[str]]
    """Toponym -> the countries (ISO 3166-1 alpha-3) in which it may lie; empty when that may be any."""
    filed_abroad: frozenset[int] = frozenset()
    """The datelines that name the capital of a country of which the report tells nothing."""

    def may_be_capital(self, index: int, country: str | None = None) -> bool:
        """Whether a toponym may be what the report calls "the capital", or that of a country (ISO 3166-1 alpha-3)."""
        if not self.is_capital(index) or index in self.filed_abroad:
            return False
        return country is None or country in self.countries(self.toponyms[index])

    def is_capital(self, index: int) -> bool:
        """Whether a toponym names the capital of a country."""
        name = " ".join(self.toponyms[index].surface.lower().split())
        return name in lexicon_words("places", "capital_cities") or is_capital_phrase(name)

    @property
    def is_large(self) -> tuple[bool, ...]:
        """For each toponym, whether it names a country, a province or a region."""
        return self.names.large


@dataclass(slots=True)
class Draft:
    """An event on its way: a predicate with its arguments, its status and its type."""

    predicate: Predicate
    arguments: Arguments
    attribution: Attribution
    verdict: Verdict
    likelihood: float | None = None
    """How likely it tells of a conflict event, 0 to 1; None where that is not weighed."""
    doubts: tuple[str, ...] = ()
    """What speaks against that, where it is doubtful."""
    denied_in: tuple[int, int] | None = None
    """Where a sentence of its own denies it, as a range of code points."""
    blamed: tuple[Blame, ...] = ()
    version_of: Draft | None = None
    """The event told before that this is the denier's own account of: "and said it had attacked army positions"."""


def without_repeats(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Drop what the same passage tells better: a noun without a place, an advance that ends in a capture."""
    large = scene.is_large
    by_passage: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_passage.setdefault(scene.clauses.passage_of(draft.predicate.token).index, []).append(draft)
    gone: set[int] = set()
    for together in by_passage.values():
        gone |= _repeats(scene, together, large)
    return [draft for draft in drafts if id(draft) not in gone]


def without_what_points_back(scene: Scene, drafts: list[Draft], matters: Sequence[Predicate]) -> list[Draft]:
    """Drop "the attack" where the sentence before tells of one that is no event of the report, and of no other.

    Parameters
    ----------
    matters
        Predicates that tell of court cases, of years ago and the like.
    """
    of_events = {scene.clauses.passage_of(draft.predicate.token).index for draft in drafts}
    of_matters = {scene.clauses.passage_of(one.token).index for one in matters if one.sense.event_type in ARMED_EVENTS}
    return [
        draft
        for draft in drafts
        if not (
            draft.predicate.is_noun
            and is_definite(scene, draft.predicate)
            and draft.arguments.time is None
            and not draft.arguments.places
            and scene.clauses.passage_of(draft.predicate.token).index - 1 in of_matters - of_events
        )
    ]


def _repeats(scene: Scene, drafts: Sequence[Draft], large: Sequence[bool]) -> set[int]:
    """Return the ids of those of one passage's drafts that another of it tells better.

    What remains is counted by kind, so that a passage of thousands of event words takes no longer than it should.
    """
    gone: set[int] = set()
    armed = sum(draft.verdict.event_type is not EventType.DIPLOMACY for draft in drafts)
    alike = Counter(_version(draft) for draft in drafts)
    placed = Counter(_finer_version(draft) for draft in drafts if _has_spot(draft, large))
    for draft in drafts:
        places = draft.arguments.places
        is_armed = draft.verdict.event_type is not EventType.DIPLOMACY
        vague = not places and draft.predicate.is_noun and draft.arguments.time is None
        wide = bool(places) and not _has_spot(draft, large)
        if (
            (vague and armed > is_armed and _is_adjunct(scene, draft.predicate))
            or (not places and is_fight_for_ground(scene, draft, drafts))
            or (vague and not draft.arguments.actors and alike[_version(draft)] > 1)
            or (wide and placed[_finer_version(draft)] > 0)
        ):
            gone.add(id(draft))
            armed -= is_armed
            alike[_version(draft)] -= 1
    return gone


def _version(draft: Draft) -> tuple[EventType, Status]:
    return draft.verdict.event_type, draft.attribution.status


def _finer_version(draft: Draft) -> tuple[EventType, str, Status]:
    return draft.verdict.event_type, draft.verdict.sub_event_type, draft.attribution.status


def _has_spot(draft: Draft, large: Sequence[bool]) -> bool:
    """Whether one of its places is no country, province or region."""
    return any(not large[choice.index] for choice in draft.arguments.places)


def _is_adjunct(scene: Scene, predicate: Predicate) -> bool:
    """Whether the noun only sets the scene for another event: "in the latest battles", "amid an invasion"."""
    token = scene.clauses.tokens[predicate.token]
    setting = ("in", "amid", "during", "after", "following", "since", "despite", "before", "as")
    return token.dep == "pobj" and (
        scene.clauses.tokens[token.head].text.lower() in setting or is_conceded(scene.clauses, predicate)
    )


def without_totals(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Drop what only carries a total: "some 3,000 have died since the war began"."""
    kept = []
    large = scene.is_large
    for draft in drafts:
        passage = scene.clauses.passage_of(draft.predicate.token)
        totals = [
            figure for figure in scene.figures if figure.cumulative and passage.start <= figure.start < passage.end
        ]
        own_day = (
            draft.arguments.time is not None
            and not is_since(scene, draft.arguments.time)
            and any(choice.cost < 1.0 for choice in draft.arguments.places)
        )
        carries = any(
            (token := scene.clauses.document.token_at(figure.end - 1)) is not None
            and scene.clauses.clause_head(token.index) in draft.predicate.anchors
            for figure in totals
        ) or (draft.predicate.is_outcome and bool(totals))
        # A total is told of a country or a region; of a town it may still tell what happened there, unless it counts from
        # a beginning: "3,000 have been killed in X since January".
        is_count = draft.predicate.is_outcome and not draft.predicate.merged and _counts_from(scene, draft, totals)
        if _counts_up_to_now(scene, draft, totals):
            continue
        has_spot = not is_count and any(
            choice.cost < 0.5 and not large[choice.index] for choice in draft.arguments.places
        )
        if not carries or own_day or has_spot:
            kept.append(draft)
    return kept


def _counts_from(scene: Scene, draft: Draft, totals: Sequence[CasualtyMention]) -> bool:
    """Whether the dead of a passage are counted from a beginning, and no other day is told."""
    time = draft.arguments.time
    if time is not None:
        return bool(totals) and is_since(scene, time)
    return any("since" in (figure.cumulative_reason or "") for figure in totals)


def _counts_up_to_now(scene: Scene, draft: Draft, totals: Sequence[CasualtyMention]) -> bool:
    """Whether a battle is only named for its dead up to now, on no day: "700 have died in the battle for X"."""
    if draft.arguments.time is not None:
        return False
    heads = {scene.clauses.clause_head(at) for at in draft.predicate.anchors}
    return any(
        "up to now" in (figure.cumulative_reason or "")
        and (head := scene.clauses.head_of_span(figure.start, figure.end)) is not None
        and scene.clauses.clause_head(head) in heads
        for figure in totals
    )


def _is_figure(figure: CasualtyMention) -> bool:
    """Whether people were counted: "the murder of the priests" only says that they were more than one."""
    return figure.count.best is not None or figure.count.high is not None or (figure.count.low or 0) > 2


def is_since(scene: Scene, time: TimeExpression) -> bool:
    """Whether the date only begins a period: "since 3 June"."""
    return _SINCE.search(scene.clauses.document.text[max(0, time.start - 24) : time.start].lower()) is not None or (
        scene.clauses.document.text[time.start : time.start + 6].lower() == "since "
    )


def inherit_places(scene: Scene, drafts: Sequence[Draft], published_on: dt.date | None, entries: Entries) -> None:
    """Give drafts without a place of their own the place that the context names.

    Nothing goes on from one entry of a timeline to the next. What is told of months ago ("they also attacked a mall in September 2013") did not happen where the news did.
    """
    last: tuple[int, PlaceChoice] | None = None
    before: Draft | None = None
    told: list[tuple[int, PlaceChoice]] = []
    """Passage and place of each event so far."""
    told_in = Counter(scene.clauses.passage_of(draft.predicate.token).index for draft in drafts)
    entry: TimeExpression | None = None
    for draft in drafts:
        passage = scene.clauses.passage_of(draft.predicate.token).index
        if (own := entries.of(draft.predicate.start)) is not entry:
            entry, last, before = own, None, None
            told.clear()
        draft.arguments.places = tuple(_or_its_capital(scene, choice) for choice in draft.arguments.places)
        if not draft.arguments.places and draft.verdict.event_type is not EventType.DIPLOMACY:
            recent = [last[1].index] if last is not None else []
            anaphor = find_anaphor(scene.names, draft.predicate, recent, scene.may_be_capital)
            text, at = scene.clauses.document.text, draft.predicate.start
            if several := _places_together(scene, passage, told):
                draft.arguments.places = several
            elif (heading := heading_of(text, scene.toponyms, at)) is not None:
                surface = scene.toponyms[heading].surface
                draft.arguments.places = (PlaceChoice(heading, 0.9, Relation.AT, f"{surface} heads the item"),)
            elif is_of_unknown_place(scene, draft):
                last = before = None  # "the attack" of the next sentence is this one
                continue
            elif anaphor is not None:
                draft.arguments.places = (PlaceChoice(anaphor.index, anaphor.cost, Relation.AT, anaphor.reason),)
            elif (
                draft.verdict.event_type is EventType.BATTLES
                and (ended := ended_by(scene, draft, drafts)) is not None
                and len(ended.arguments.places) == 1
            ):
                choice = ended.arguments.places[0]
                surface = scene.toponyms[choice.index].surface
                draft.arguments.places = (
                    PlaceChoice(choice.index, 1.2, choice.relation, f"it ended with what happened in {surface}"),
                )
            elif before is not None and _shares_clause(scene, draft, before):
                choice = before.arguments.places[0]
                surface = scene.toponyms[choice.index].surface
                draft.arguments.places = (
                    PlaceChoice(choice.index, 1.2, choice.relation, f"it goes on with what happened in {surface}"),
                )
            elif told_in[passage] == 1 and (only := _only_place(scene, draft, told_in)) is not None:
                surface = scene.toponyms[only].surface
                draft.arguments.places = (
                    PlaceChoice(only, 1.6, Relation.AT, f"{surface} is the place named beside it"),
                )
            elif (
                last is not None
                and passage - last[0] <= 2
                and _continues(scene, draft)
                and not _has_own(scene, draft)
                and not _is_only_past(draft, before, published_on)
            ):
                choice = last[1]
                surface = scene.toponyms[choice.index].surface
                draft.arguments.places = (
                    PlaceChoice(
                        choice.index,
                        1.5,
                        choice.relation,
                        f"no place in the sentence; {surface} was the last event's",
                    ),
                )
        if draft.arguments.places and draft.verdict.event_type is not EventType.DIPLOMACY:
            # "It was the worst attack since the bombing of X in 1998. The siege ended": not that of X.
            if not (draft.predicate.is_noun and _is_only_past(draft, before, published_on)):
                last, before = (passage, draft.arguments.places[0]), draft
            told.extend((passage, choice) for choice in draft.arguments.places)


def _or_its_capital(scene: Scene, choice: PlaceChoice) -> PlaceChoice:
    """Return the one capital that the report names for "in X's capital", which is not all of X."""
    head = scene.names.heads[choice.index]
    if head is None or not scene.names.is_country(choice.index):
        return choice
    token = scene.clauses.tokens[head]
    if token.dep not in ("poss", "compound", "nmod") or scene.clauses.tokens[token.head].lemma.lower() != "capital":
        return choice
    of = scene.countries(scene.toponyms[choice.index])
    capitals = {
        one.surface.casefold(): at
        for at, one in enumerate(scene.toponyms)
        if scene.is_capital(at) and one.role is not Role.OTHER and not of.isdisjoint(scene.countries(one))
    }
    if len(capitals) != 1:
        return choice
    (at,) = capitals.values()
    surface = scene.toponyms[at].surface
    return PlaceChoice(at, choice.cost, choice.relation, f"the capital is {surface}")


def _is_only_past(draft: Draft, before: Draft | None, published_on: dt.date | None) -> bool:
    """Whether an event is of months ago, and the one told before it is not."""
    return before is not None and _is_past(draft, published_on) and not _is_past(before, published_on)


def _is_past(draft: Draft, published_on: dt.date | None) -> bool:
    """Whether the words date it to months before the report."""
    span = draft.arguments.time.span if draft.arguments.time is not None else None
    if span is None or span.ends_on is None or published_on is None:
        return False
    return (published_on - span.ends_on).days > _PAST_DAYS


def _places_together(scene: Scene, passage: int, told: Sequence[tuple[int, PlaceChoice]]) -> tuple[PlaceChoice, ...]:
    """Return the last places of the sentences before where a passage speaks of that many: "died in the two towns"."""
    clauses = scene.clauses
    span = clauses.passages[passage]
    for token in clauses.document.tokens_between(span.start, span.end):
        lemma = token.lemma.lower()
        if token.tag != "NNS" or not (lemma in grammar("incident_nouns") or lemma in grammar("settlements")):
            continue
        before = {child.text.lower() for child in clauses.children(token.index) if child.index < token.index}
        counted = [number for word in before if (number := 2 if word == "both" else read_number(word)) is not None]
        if not counted or before.isdisjoint(("all", "both", "the", "these", "those")):
            continue
        places = {
            scene.toponyms[choice.index].surface.casefold(): choice
            for at, choice in told
            if passage - at <= _TOGETHER_WITHIN
        }
        if counted[0] > 1 and len(places) >= counted[0]:
            return tuple(
                PlaceChoice(choice.index, INHERITED_COST, choice.relation, f"one of the {counted[0]} that it speaks of")
                for choice in list(places.values())[-counted[0] :]
            )
    return ()


def _shares_clause(scene: Scene, draft: Draft, before: Draft) -> bool:
    """Whether a verb goes on with the clause of the event before, and names nowhere itself: "looted X and raped women".

    Who left a place does what follows elsewhere; who did it before goes on there.
    """
    clauses, predicate = scene.clauses, draft.predicate
    if predicate.is_noun or clauses.tokens[predicate.token - 1].pos not in ("CCONJ", "PUNCT", "ADV"):
        return False  # "looted X and rebels raped women", however the parser reads it
    if draft.attribution.status is not before.attribution.status or len(before.arguments.places) != 1:
        return False
    if before.verdict.sub_event_type == "Non-violent transfer of territory":
        return False
    at = predicate.token
    while clauses.tokens[at].dep == "conj" and at not in before.predicate.anchors:
        at = clauses.tokens[at].head
    if at == predicate.token or at not in before.predicate.anchors:
        return False
    own = scene.clauses.document.text[predicate.start : clauses.passage_of(predicate.token).end]
    return before.predicate.start < predicate.start and not _ELSEWHERE.search(own) and not _IN_A_NAME.search(own)


def _only_place(scene: Scene, draft: Draft, told_in: Mapping[int, int]) -> int | None:
    """Return the one place named in the passage of an only event, or in a bare list of names beside it.

    `told_in` has the number of events of each passage: a place beside an event of another passage is that one's.
    """
    passage = scene.clauses.passage_of(draft.predicate.token)
    neighbours = [passage]
    for index in (passage.index + 1, passage.index - 1):
        if 0 <= index < len(scene.clauses.passages) and not told_in.get(index):
            beside = scene.clauses.passages[index]
            tokens = scene.clauses.document.tokens_between(beside.start, beside.end)
            if len(tokens) <= 16 and not any(token.pos in ("VERB", "AUX") for token in tokens):
                neighbours.append(beside)
    for beside in neighbours:
        named = [
            index
            for index in scene.names.within(beside.start, beside.end)
            if scene.toponyms[index].role in (Role.EVENT_PLACE, Role.REGION_CONTEXT)
            and not scene.names.is_where_spoken(index)
            and not scene.names.is_spared(index)
            and not scene.names.tells_of_somebody(index, draft.predicate.token)
            and not scene.names.is_of_release(index, draft.predicate)
            and not scene.names.is_end_of_a_way(index, draft.predicate.token)
            and not scene.names.only_describes(index)
            and not _is_patient(scene, draft.predicate, index)
            and not _names_a_body(scene, index)
            and not _is_counted_from(scene, index)
        ]
        small = [index for index in named if not scene.names.is_country(index)]
        if small and (beside is not passage or len(small) <= 2):
            return small[0]
    return None


def _is_patient(scene: Scene, predicate: Predicate, index: int) -> bool:
    """Whether a name is what it was done to, and no place of it: somebody who was kidnapped."""
    head = scene.names.heads[index]
    return head is not None and any(head in scene.clauses.patients(at) for at in sorted(predicate.anchors))


def _is_counted_from(scene: Scene, index: int) -> bool:
    head = scene.names.heads[index]
    return head is not None and scene.clauses.lies_in_since(head)


def _names_a_body(scene: Scene, index: int) -> bool:
    """Whether the name is that of an armed body: "the X Cartel" says not where it is."""
    behind = scene.clauses.document.text[scene.toponyms[index].end :][:24].split()
    return bool(behind) and behind[0].strip(".,;:").lower() in grammar("armed_bodies")


def place_local_news(scene: Scene, drafts: Sequence[Draft]) -> None:
    """Place the events of a purely local report, one that names no place but its dateline, where it was filed."""
    datelines = [index for index, toponym in enumerate(scene.toponyms) if toponym.role is Role.DATELINE]
    others = {
        toponym.surface.casefold() for toponym in scene.toponyms if toponym.role not in (Role.DATELINE, Role.OTHER)
    }
    if not datelines or others - {scene.toponyms[index].surface.casefold() for index in datelines}:
        return
    # "PARIS -- Militiamen shelled the Ruritanian capital": told of elsewhere, though of no place by name.
    if any(
        one.text.lower() == "capital" and people_before(scene.clauses, one.index)[0] for one in scene.clauses.tokens
    ):
        return
    for draft in drafts:
        # "The murder of the minister" was told before, in whatever town.
        told_before = draft.predicate.is_noun and is_definite(scene, draft.predicate)
        if is_of_unknown_place(scene, draft):
            continue
        if not draft.arguments.places and not told_before and draft.verdict.event_type is not EventType.DIPLOMACY:
            surface = scene.toponyms[datelines[0]].surface
            draft.arguments.places = (
                PlaceChoice(
                    datelines[0], 2.0, Relation.AT, f"the report names no other place; it was filed in {surface}"
                ),
            )


def without_vague(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Drop what tells neither where nor when and is no news: plans and threats at large, acts that are only spoken of.

    "They may attack again", "he condemned the murder of the priests": an event that is told has a verb of its own, a
    place, a day or figures.
    """
    return [draft for draft in drafts if not _is_vague(scene, draft)]


def _is_vague(scene: Scene, draft: Draft) -> bool:
    if draft.arguments.time is not None or draft.verdict.event_type is EventType.DIPLOMACY:
        return False
    if draft.attribution.status is Status.DENIED and (_is_habit(scene, draft.predicate) or _is_only_denied(draft)):
        return True
    if draft.arguments.places:
        # "threatens attacks in Nigeria": what may come, somewhere in a country.
        indices = [choice.index for choice in draft.arguments.places]
        is_at_large = all(scene.is_large[at] or scene.names.is_country(at) for at in indices)
        return draft.attribution.status is Status.HYPOTHETICAL and is_at_large
    if draft.attribution.status in (Status.HYPOTHETICAL, Status.SCHEDULED):
        return True
    predicate = draft.predicate
    counted = any(_is_figure(one) for one in draft.arguments.casualties)
    if not predicate.is_noun or counted or len(predicate.anchors) > 1:
        return False
    passage = scene.clauses.passage_of(predicate.token)
    tokens = scene.clauses.document.tokens_between(passage.start, passage.end)
    return any(token.pos in ("VERB", "AUX") for token in tokens)  # a headline has none


def _is_only_denied(draft: Draft) -> bool:
    """Whether nobody tells it, neither where nor when: "denied that it had killed civilians", and nothing of that before."""
    is_told = draft.denied_in is not None or draft.attribution.claimed_by is not None
    return not is_told and all(choice.cost >= INHERITED_COST for choice in draft.arguments.places)


def _is_habit(scene: Scene, predicate: Predicate) -> bool:
    """Whether the words tell of a practice and no one deed: "denied targeting civilians"."""
    token = scene.clauses.tokens[predicate.token]
    if token.tag != "VBG" or token.dep not in ("xcomp", "ccomp", "pcomp"):
        return False
    patients = scene.clauses.patients(token.index)
    return bool(patients) and all(
        scene.clauses.tokens[at].tag == "NNS" and not scene.clauses.children(at, "det", "nummod", "poss")
        for at in patients
    )


def is_of_unknown_place(scene: Scene, draft: Draft) -> bool:
    """Whether what was struck or taken looks like the name of a place that is not known: "Missiles hit Xanthivka".

    No place named before is where it happened, and no event told of another place is this one.
    """
    predicate = draft.predicate
    is_of_ground = draft.verdict.event_type in (EventType.EXPLOSIONS, EventType.BATTLES) or (
        predicate.sense.name == "attack"
    )
    if draft.arguments.places or predicate.is_noun or predicate.is_outcome or not is_of_ground:
        return False
    calendar = lexicon_words("places", "calendar_words")
    for verb in sorted(predicate.anchors - predicate.outcomes):
        for at in scene.clauses.patients(verb) if scene.clauses.is_verb(verb) else []:
            token = scene.clauses.tokens[at]
            is_name = token.text[:1].isupper() and token.tag != "NNPS" and token.pos in ("PROPN", "ADV", "X")
            is_bare = not scene.clauses.children(at, "det", "amod", "poss")
            if is_name and is_bare and token.text.casefold() not in calendar:
                known = [one.surface for one in scene.toponyms]
                known += [actor.surface for actor in draft.arguments.actors if actor.surface]
                return not any(token.text in surface for surface in known)
    return False


def names_an_unknown_place(scene: Scene, draft: Draft) -> bool:
    """Whether a place that is not known was struck, or is where it was: "grenades went off in Xanthi"."""
    return is_of_unknown_place(scene, draft) or (not draft.arguments.places and _happened_in_a_name(scene, draft))


def _happened_in_a_name(scene: Scene, draft: Draft) -> bool:
    """Whether a preposition of place beside the predicate itself governs a bare name that is none of the places found."""
    clauses, calendar = scene.clauses, lexicon_words("places", "calendar_words")
    for anchor in sorted(draft.predicate.anchors - draft.predicate.outcomes):
        for _, below in clauses.preps(anchor, "in", "at", "near", "outside"):
            token = clauses.tokens[below]
            is_name = token.pos == "PROPN" and token.text[:1].isupper() and token.text.casefold() not in calendar
            is_bare = not clauses.children(below, "det", "amod", "poss", "compound", "nummod")
            if is_name and is_bare and not any(one.start <= token.start < one.end for one in scene.toponyms):
                return True
    return False


_ELSEWHERE = re.compile(r"\b(?:elsewhere|in (?:another|a different|a remote|a distant))\b", re.IGNORECASE)
_IN_A_NAME = re.compile(r"\b(?:in|at|near|outside|around) (?:the (?:[a-z]+ ){1,3}of )?(?P<name>[^\W\d_a-z]\w+)")


def _has_own(scene: Scene, draft: Draft) -> bool:
    """Whether the sentence says where it happened, even if that place is not known: "in Nowhereville", "elsewhere".

    The place of the event before would be a wrong one then, and none is better.
    """
    passage = scene.clauses.passage_of(draft.predicate.token)
    text = scene.clauses.document.text[passage.start : passage.end]
    if _ELSEWHERE.search(text):
        return True
    calendar = lexicon_words("places", "calendar_words")
    within = scene.names.within(passage.start, passage.end)
    spoken = {
        scene.toponyms[index].start for index in within if scene.names.is_where_spoken(index)
    }  # "officials in Nowhereville said"
    if any(
        match["name"].casefold() not in calendar and passage.start + match.start("name") not in spoken
        for match in _IN_A_NAME.finditer(text)
    ):
        return True
    return any(
        not scene.names.is_country(index)
        and scene.clauses.document.text[max(passage.start, start - 30) : start]
        .rstrip()
        .endswith(("between", "and", "from", "near"))
        for index in within
        for start in [scene.toponyms[index].start]
    )


def _continues(scene: Scene, draft: Draft) -> bool:
    """Whether a sentence without a place goes on telling of the place before: outcomes, and definite nouns."""
    predicate = draft.predicate
    if predicate.is_outcome:
        return True
    if predicate.is_noun:
        return is_definite(scene, predicate)
    return draft.attribution.claimed_by is None


def is_definite(scene: Scene, predicate: Predicate) -> bool:
    """Whether the noun points back: "the attack", "this crime"."""
    determiners = {child.text.lower() for child in scene.clauses.children(predicate.token, "det")}
    return bool(determiners & {"the", "this", "that", "these", "those"})
