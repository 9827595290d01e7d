"""Places that an event without one takes from what stands around it: the event before, the heading, the dateline."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geoconflict.extract.event_places.context import find_anaphor, people_before
from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.events.drafts import INHERITED_COST, Draft, Scene, is_definite
from geoconflict.extract.events.ended_fights import ended_by
from geoconflict.extract.events.stopped_before import place_where_stopped
from geoconflict.extract.events.told_apart import is_of_another_day
from geoconflict.extract.events.unknown_places import is_of_unknown_place
from geoconflict.extract.layout.entry_days import Entries
from geoconflict.extract.layout.list_items import dateline_of_item, heading_of
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.numbers import read_number
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import EventType, Relation, Role, TimeExpression

__all__ = ["inherit_places", "place_local_news"]

_TOGETHER_WITHIN = 3
"""Passages between "the two towns" and those that name them."""
_OF_ITS_OWN = 0.5
"""The cost up to which a place hangs on the verb itself."""
_PAST_DAYS = 60
"""What lies farther back is no news."""
_ELSEWHERE = re.compile(
    r"\b(?:elsewhere|in (?:another|a different|a remote|a distant|the capital)|off the (?:\w+ )?coast|offshore|at sea|on the high seas)\b",
    re.IGNORECASE,
)
_IN_A_NAME = re.compile(r"\b(?:in|at|near|outside|around) (?:the (?:[a-z]+ ){1,3}of )?(?P<name>[^\W\d_a-z]\w+)")

_OVER_A_NAME = re.compile(r"\b(?:over|above) (?P<name>[^\W\d_a-z]\w+)")
"""Where something was shot down; an argument "over X" is about it."""


@dataclass(slots=True)
class _Trail:
    """What was told before, in the report or in the entry of its timeline."""

    last: tuple[int, PlaceChoice] | None = None
    """Passage and place of the event told last."""
    before: Draft | None = None
    """That event."""
    told: list[tuple[int, PlaceChoice]] = field(default_factory=list)
    """Passage and place of each event so far."""


def inherit_places(scene: Scene, drafts: Sequence[Draft], published_on: dt.date | None, entries: Entries) -> None:
    """Give drafts without a place of their own the place that the context names.

    Nothing goes on from one entry of a timeline or item with a dateline to the next. What is told of months ago ("they also attacked a mall in September 2013") did not happen where the news did.
    """
    trail = _Trail()
    told_in = Counter(scene.clauses.passage_of(draft.predicate.token).index for draft in drafts)
    entry: tuple[TimeExpression | None, range | None] = (None, None)
    for draft in drafts:
        passage = scene.clauses.passage_of(draft.predicate.token).index
        own = (entries.of(draft.predicate.start), dateline_of_item(scene.clauses.document.text, draft.predicate.start))
        if own != entry:
            entry, trail = own, _Trail()
        draft.arguments.places = tuple(_or_its_capital(scene, choice) for choice in draft.arguments.places)
        if draft.verdict.event_type is EventType.DIPLOMACY:
            continue
        if not draft.arguments.places:
            draft.arguments.places = _places_together(scene, passage, trail.told) or _place_of_heading(scene, draft)
            if is_of_unknown_place(scene, draft):
                trail.last = trail.before = None  # "the attack" of the next sentence is this one
                continue
        if not draft.arguments.places:
            choice = (
                _place_of_phrase(scene, draft, trail)
                or _place_of_clause(scene, draft, drafts, trail)
                or _place_beside(scene, draft, told_in)
                or (None if _has_own(scene, draft) else place_where_stopped(scene, draft, told_in))
                or _place_of_last(scene, draft, trail, published_on)
            )
            draft.arguments.places = (choice,) if choice is not None else ()
        if draft.arguments.places:
            # "It was the worst attack since the bombing of X in 1998. The siege ended": not that of X.
            is_aside = draft.predicate.is_noun and _is_only_past(draft, trail.before, published_on)
            if not (is_aside or _came_before(scene, draft, trail.before)):
                trail.last, trail.before = (passage, draft.arguments.places[0]), draft
            trail.told.extend((passage, choice) for choice in draft.arguments.places)


def _place_of_heading(scene: Scene, draft: Draft) -> tuple[PlaceChoice, ...]:
    """Return the place that heads the item of a list in which an event is told."""
    heading = heading_of(scene.clauses.document.text, scene.toponyms, draft.predicate.start)
    if heading is None:
        return ()
    return (PlaceChoice(heading, 0.9, Relation.AT, f"{scene.toponyms[heading].surface} heads the item"),)


def _place_of_phrase(scene: Scene, draft: Draft, trail: _Trail) -> PlaceChoice | None:
    """Return the place that "the town" or "there" in the clause stands for."""
    recent = [trail.last[1].index] if trail.last is not None else []
    return find_anaphor(scene.names, draft.predicate, recent, scene.may_be_capital)


def _place_of_clause(scene: Scene, draft: Draft, drafts: Sequence[Draft], trail: _Trail) -> PlaceChoice | None:
    """Return the place of the event that a fight ended with, or of the one whose clause goes on."""
    if (
        draft.verdict.event_type is EventType.BATTLES
        and (ended := ended_by(scene, draft, drafts)) is not None
        and len(ended.arguments.places) == 1
    ):
        choice, said = ended.arguments.places[0], "it ended with what happened in"
    elif trail.before is not None and _shares_clause(scene, draft, trail.before):
        choice, said = trail.before.arguments.places[0], "it goes on with what happened in"
    elif trail.before is not None and _is_beside_fight(scene, draft, trail.before):
        choice, said = trail.before.arguments.places[0], "it is told beside the fighting in"
    elif (after := _done_next(scene, draft, drafts)) is not None:
        choice, said = after.arguments.places[0], "the same people went on in"
    else:
        return None
    return PlaceChoice(choice.index, 1.2, choice.relation, f"{said} {scene.toponyms[choice.index].surface}")


def _done_next(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return what the same people did next in the sentence, at a place of its own: "burned a school and took a teacher in X"."""
    clauses = scene.clauses
    found = [
        other
        for other in drafts
        if clauses.tokens[other.predicate.token].dep == "conj"
        and clauses.tokens[other.predicate.token].head == draft.predicate.token
        and clauses.is_verb(draft.predicate.token)
        and clauses.is_verb(other.predicate.token)
        and not clauses.children(other.predicate.token, "nsubj", "nsubjpass", "auxpass", "csubj")
        and other.verdict.event_type is not EventType.DIPLOMACY
        and len(other.arguments.places) == 1
        and other.arguments.places[0].cost <= _OF_ITS_OWN
        and other.arguments.places[0].word in ("in", "at", "near")
        and (draft.arguments.time is None or draft.arguments.time == other.arguments.time)
    ]
    if len(found) != 1:
        return None
    own = scene.clauses.document.text[draft.predicate.start : found[0].predicate.start]
    return found[0] if not _ELSEWHERE.search(own) and not _IN_A_NAME.search(own) else None


def _place_beside(scene: Scene, draft: Draft, told_in: Mapping[int, int]) -> PlaceChoice | None:
    """Return the one place named beside the only event of a passage."""
    if told_in[scene.clauses.passage_of(draft.predicate.token).index] != 1:
        return None
    only = _only_place(scene, draft, told_in)
    if only is None:
        return None
    return PlaceChoice(only, 1.6, Relation.AT, f"{scene.toponyms[only].surface} is the place named beside it")


def _place_of_last(scene: Scene, draft: Draft, trail: _Trail, published_on: dt.date | None) -> PlaceChoice | None:
    """Return the place of the event told last, where the sentence goes on telling of it."""
    if (
        trail.last is None
        or scene.clauses.passage_of(draft.predicate.token).index - trail.last[0] > 2
        or not _continues(scene, draft)
        or _has_own(scene, draft)
        or _is_only_past(draft, trail.before, published_on)
        or _is_a_beginning(scene, draft)
        or _is_of_another_side(draft, trail.before)
        or (trail.before is not None and is_of_another_day(scene, draft, trail.before))
    ):
        return None
    choice = trail.last[1]
    surface = scene.toponyms[choice.index].surface
    reason = f"no place in the sentence; {surface} was the last event's"
    return PlaceChoice(choice.index, 1.5, choice.relation, reason)


def _is_of_another_side(draft: Draft, before: Draft | None) -> bool:
    """Whether one side tells of its deed and then the other of its own: "X said it shelled Y. Z said it had killed 20 men"."""
    if before is None:
        return False
    tellers = (draft.attribution.claimed_by, before.attribution.claimed_by)
    mine, others = ({one.name for one in told.arguments.actors if one.part == "agent"} for told in (draft, before))
    return None not in tellers and tellers[0] != tellers[1] and bool(mine) and bool(others) and mine.isdisjoint(others)


def _is_a_beginning(scene: Scene, draft: Draft) -> bool:
    """Whether it is only the day from which on something is counted: "since the assault began on Saturday"."""
    return draft.arguments.time is not None and scene.clauses.lies_in_since(draft.predicate.token)


def _or_its_capital(scene: Scene, choice: PlaceChoice) -> PlaceChoice:
    """Return the one capital that the report names for "in X's capital", "in the capital of X", which is not all of X."""
    head = scene.names.heads[choice.index]
    if head is None or not scene.names.is_country(choice.index):
        return choice
    token = scene.clauses.tokens[head]
    of = scene.clauses.tokens[token.head]
    if token.dep == "pobj" and of.lemma.lower() == "of":
        noun = of.head
    elif token.dep in ("poss", "compound", "nmod"):
        noun = token.head
    else:
        return choice
    if scene.clauses.tokens[noun].lemma.lower() != "capital":
        return choice
    lands = scene.countries(scene.toponyms[choice.index])
    capitals = {
        one.surface.casefold(): at
        for at, one in enumerate(scene.toponyms)
        if scene.is_capital(at) and one.role is not Role.OTHER and not lands.isdisjoint(scene.countries(one))
    }
    if len(capitals) != 1:
        return choice
    (at,) = capitals.values()
    surface = scene.toponyms[at].surface
    return PlaceChoice(at, choice.cost, choice.relation, f"the capital is {surface}")


def _is_only_past(draft: Draft, before: Draft | None, published_on: dt.date | None) -> bool:
    """Whether an event is of months ago, and the one told before it is not."""
    return before is not None and _is_past(draft, published_on) and not _is_past(before, published_on)


def _came_before(scene: Scene, draft: Draft, before: Draft | None) -> bool:
    """Whether it is only what the event of its sentence came after: "jets struck X after weeks of attacks in Y"."""
    clauses = scene.clauses
    token = draft.predicate.token
    if before is None or not draft.predicate.is_noun or before.predicate.token > token:
        return False
    if clauses.passage_of(before.predicate.token).index != clauses.passage_of(token).index:
        return False
    path = clauses.path_up(token)
    phrase = itertools.takewhile(lambda at: clauses.tokens[at].dep in ("pobj", "prep"), path)
    return any(clauses.lower[at] in ("after", "following") for at in phrase)


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


def _is_beside_fight(scene: Scene, draft: Draft, before: Draft) -> bool:
    """Whether a clause tells what somebody did beside fighting, and names nowhere itself: "clashes raged in X, and soldiers shot two"."""
    clauses, verb = scene.clauses, draft.predicate.token
    if before.verdict.sense.name != "clash" or not before.predicate.is_noun or not clauses.is_verb(verb):
        return False
    if len(before.arguments.places) != 1 or draft.attribution.status is not before.attribution.status:
        return False
    token = clauses.tokens[verb]
    prep = clauses.tokens[token.head]
    is_with = (token.dep, prep.text.lower()) == ("pcomp", "with") and prep.head in before.predicate.anchors
    goes_on = is_with or (token.dep == "conj" and token.head in before.predicate.anchors)
    is_amid = any(below == before.predicate.token for _, below in clauses.preps(verb, "amid", "during"))
    subjects = clauses.children(verb, "nsubj", "nsubjpass")
    if not subjects or not (goes_on or is_amid):
        return False
    start, end = clauses.phrase(subjects[0].index)[0], clauses.passage_of(verb).end
    own = clauses.document.text[start:end]
    return not (any(scene.names.within(start, end)) or _ELSEWHERE.search(own) or _IN_A_NAME.search(own))


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
            and not scene.names.is_on_the_way(index)
            and not scene.names.is_of_a_reason(index, draft.predicate.token)
            and not scene.names.is_of_what_ends_it(index, draft.predicate.token)
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
        toponym.surface.casefold()
        for index, toponym in enumerate(scene.toponyms)
        if toponym.role not in (Role.DATELINE, Role.OTHER) and not _is_land_of_dateline(scene, index)
    }
    if not datelines or others - {scene.toponyms[index].surface.casefold() for index in datelines}:
        return
    # "PARIS -- Militiamen shelled the Ruritanian capital": told of elsewhere, though of no place by name.
    if any(
        one.text.lower() == "capital" and people_before(scene.clauses, one.index)[0] for one in scene.clauses.tokens
    ):
        return
    for draft in drafts:
        # "The murder of the minister" and "his murder" were told before, in whatever town.
        told_before = draft.predicate.is_noun and (
            is_definite(scene, draft.predicate) or bool(scene.clauses.children(draft.predicate.token, "poss"))
        )
        if is_of_unknown_place(scene, draft):
            continue
        if not draft.arguments.places and not told_before and draft.verdict.event_type is not EventType.DIPLOMACY:
            surface = scene.toponyms[datelines[0]].surface
            draft.arguments.places = (
                PlaceChoice(
                    datelines[0], 2.0, Relation.AT, f"the report names no other place; it was filed in {surface}"
                ),
            )


def _is_land_of_dateline(scene: Scene, index: int) -> bool:
    """Whether a name only says in which land the town of a dateline lies: "X, Ruritania -"."""
    before = scene.toponyms[index - 1] if index else None
    return (
        before is not None
        and before.role is Role.DATELINE
        and scene.clauses.document.cased[before.end : scene.toponyms[index].start] == ", "
    )


def _is_done_to_villages(scene: Scene, draft: Draft) -> bool:
    """Whether towns that were not told of suffered it: "as jets bombed villages", none of which is the town just taken."""
    clauses = scene.clauses
    return any(
        clauses.tokens[patient].tag == "NNS"
        and clauses.tokens[patient].lemma.lower() in grammar("settlements")
        and not clauses.children(patient, "det", "poss", "prep", "acl", "relcl")
        for at in draft.predicate.anchors
        if clauses.is_verb(at)
        for patient in clauses.patients(at)
    )


def _has_own(scene: Scene, draft: Draft) -> bool:
    """Whether the sentence says where it happened, even if that place is not known: "in Nowhereville", "elsewhere".

    The place of the event before would be a wrong one then, and none is better.
    """
    passage = scene.clauses.passage_of(draft.predicate.token)
    text = scene.clauses.document.text[passage.start : passage.end]
    if _ELSEWHERE.search(text) or _is_done_to_villages(scene, draft) or _is_of_a_border(scene, draft):
        return True
    calendar = lexicon_words("places", "calendar_words")
    within = scene.names.within(passage.start, passage.end)
    spoken = {
        scene.toponyms[index].start for index in within if scene.names.is_where_spoken(index)
    }  # "officials in Nowhereville said"
    patterns = (_IN_A_NAME, _OVER_A_NAME) if draft.predicate.sense.name == "shoot-down" else (_IN_A_NAME,)
    if any(
        match["name"].casefold() not in calendar and passage.start + match.start("name") not in spoken
        for pattern in patterns
        for match in pattern.finditer(text)
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


def _is_of_a_border(scene: Scene, draft: Draft) -> bool:
    """Whether a state shuts or opens its own border, wherever the last event was: "Chad closed its border"."""
    clauses = scene.clauses
    return any(
        clauses.lemma(at) in ("border", "frontier", "crossing", "airspace") and bool(clauses.children(at, "poss"))
        for verb in draft.predicate.anchors
        if clauses.is_verb(verb)
        for at in clauses.patients(verb)
    )


def _continues(scene: Scene, draft: Draft) -> bool:
    """Whether a sentence without a place goes on telling of the place before: outcomes, and definite nouns."""
    predicate = draft.predicate
    # "The rebels said they had shot down a drone": somewhere, and not of what was told before.
    is_a_deed = draft.verdict.sub_event_type == "Disrupted weapons use" and bool(scene.clauses.agents(predicate.token))
    if predicate.is_outcome and not is_a_deed:
        return True
    if predicate.is_noun:
        return is_definite(scene, predicate)
    return draft.attribution.claimed_by is None
