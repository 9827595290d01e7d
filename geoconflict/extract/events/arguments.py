"""Which words, people and dates belong to which predicate; its places are :mod:`~geoconflict.extract.event_places.reader`.

Everything is decided by the way up the dependency tree from the argument to the predicate.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from geoconflict.extract.actors.reader import ActorReader
from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.events.background import background_times
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.aftermath import verbs_of_aftermath
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS, TriggerLexicon
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor, ActorKind, DatePrecision, DateSpan, EventType, TimeExpression, TimexType

__all__ = ["Arguments", "Words", "attach_times", "find_people", "is_conceded", "predicate_words"]

_TERRITORY = frozenset({"Government regains territory", "Non-state actor overtakes territory"})
_OF_WEAPONS = frozenset({"fire", "fire-munition", "use-munition"})
"""Senses whose object may be the weapon: artillery that is used, missiles that are fired, are no target."""

MAX_TIME_COST = 1.7
_HOUR = re.compile(
    r"\W*(?:(?:at|about|around|shortly|just|before|after)\s+)*(?:\d{1,2}[:.]\d\d|\d{1,2}\s*(?:am\b|pm\b|[ap]\.\s?m)|\d{4}\s*(?:gmt|hours|hrs)|noon|midnight)(?:[\s.]*(?:local|time|gmt|utc|hours|hrs|[ap]\.?m)\b)*\W*"
)
"""An hour without a day."""
"""Above this a date of the sentence is not taken as the predicate's own."""


_UP_TO_NOW = re.compile(r"(?:(?:in|over|for|within)\s+)?(?:the\s+)?(?:past|last|recent)\s", re.IGNORECASE)
_WORST_SINCE = re.compile(
    r"\b(?:worst|deadliest|bloodiest|largest|biggest|heaviest|fiercest|most\s+\w+)\b[^,;.]{0,60}?\bsince\s+$",
    re.IGNORECASE,
)
"""What before a date makes it the last time that something as bad was told of."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words around a predicate, lower case, by grammatical place."""

    object: frozenset[str]
    own_object: frozenset[str]
    """The object of the predicate and its light verbs alone, without those of the outcomes it caused."""
    subject: frozenset[str]
    modifier: frozenset[str]
    adjunct: frozenset[str]
    """Objects of its prepositions."""
    clause: frozenset[str]
    """The whole clause."""

    def without(self, names: frozenset[str]) -> Words:
        """Return the words without some that are names."""
        if not names:
            return self
        return Words(*(getattr(self, one) - names for one in self.__dataclass_fields__))

    @property
    def near(self) -> frozenset[str]:
        """All but the rest of the clause."""
        return self.object | self.subject | self.modifier | self.adjunct


@dataclass(slots=True)
class Arguments:
    """What belongs to one predicate."""

    words: Words
    actors: tuple[Actor, ...] = ()
    places: tuple[PlaceChoice, ...] = ()
    time: TimeExpression | None = None
    casualties: list[CasualtyMention] = field(default_factory=list)


# ---------------------------------------------------------------- words and people
def predicate_words(clauses: Clauses, predicate: Predicate) -> Words:
    """Return the words around a predicate and the verbs that carry it."""
    objects: set[str] = set()
    own_objects: set[str] = set()
    subjects: set[str] = set()
    modifiers: set[str] = set()
    adjuncts: set[str] = set()

    def take(target: set[str], index: int) -> None:
        for at in clauses.conjuncts(index):
            target.update(clauses.words(at))

    for at in sorted(predicate.anchors):
        is_own = at not in predicate.outcomes or at == predicate.token
        if clauses.is_verb(at):
            for patient in clauses.patients(at):
                take(objects, patient)
                if is_own:
                    take(own_objects, patient)
            for agent in clauses.agents(at):
                take(subjects, agent)
        for word, below in clauses.preps(at):
            if clauses.is_verb(below) or (clauses.lower[below] == "heart" and any(clauses.preps(below, "of"))):
                continue  # "a blast in the heart of X" is no illness
            aimed = (
                word in ("of", "on", "against")
                if predicate.is_noun
                else word in ("on", "at", "upon") and not clauses.is_verb(at)
            )
            aimed = aimed or (predicate.sense.name == "fire" and word in ("on", "at", "upon"))
            take(objects if aimed else adjuncts, below)
            if aimed and is_own:
                take(own_objects, below)
        modifiers.update(
            form
            for child in clauses.children(at, "compound", "amod", "nmod", "poss", "npadvmod", "advmod", "prt")
            for token in clauses.phrase_tokens(child.index, with_of=False)
            for form in (token.text.lower(), token.lemma.lower())
        )
        for child in clauses.children(at, "advcl"):
            # "fell while using heavy artillery": an instrument told by a participle.
            if child.text.lower() in ("using", "firing", "armed", "employing", "with"):
                for below in clauses.objects(child.index):
                    take(adjuncts, below)
    for index in range(predicate.token - 1, -1, -1):
        token = clauses.tokens[index]
        if token.start < predicate.start:
            break
        modifiers.update((token.text.lower(), token.lemma.lower()))
    for token in clauses.document.tokens_between(predicate.start, predicate.end):
        modifiers.add(token.text.lower())
    return Words(
        object=frozenset(objects),
        own_object=frozenset(own_objects),
        subject=frozenset(subjects),
        modifier=frozenset(modifiers),
        adjunct=frozenset(adjuncts),
        clause=clauses.words_of(clauses.passage_of(predicate.token)),
    )


_SUFFERING = frozenset({"landmine-victim", "lose-town"})
"""Senses whose subject is whom it befell: "the rebels lost the town", "soldiers stepped on a mine"."""
_HOLDING = frozenset({"control", "hand"})
"""What a town that falls comes under, or falls into."""


def find_people(
    clauses: Clauses, reader: ActorReader, predicate: Predicate, lexicon: TriggerLexicon, *, violent: bool
) -> tuple[Actor, ...]:
    """Return the actors of a predicate: agents, targets and parties, each once, in that order."""
    found: list[Actor] = []

    def add(index: int, part: str) -> None:
        for actor in reader.of_phrase(index, violent=violent, part=part):
            if all((actor.name, actor.part) != (other.name, other.part) for other in found):
                found.append(actor)

    def add_owners(noun: int) -> None:
        word = clauses.lower[noun]
        part = "agent"
        if two_sided:
            part = "party"
        elif word in ("loss", "death", "assassination", "murder", "killing"):
            part = "target"
        for child in clauses.children(noun, "compound", "amod", "nmod", "poss"):
            for actor in reader.of_phrase(child.index, violent=violent, part=part):
                is_owner = child.dep in ("amod", "poss", "nmod") or actor.kind not in (
                    ActorKind.GOVERNMENT,
                    ActorKind.CIVILIANS,
                )
                if is_owner and all(actor.name != other.name for other in found):
                    found.append(actor)

    two_sided = predicate.sense.name in (
        "clash",
        "fight",
        "war",
        "talks",
        "meeting",
        "phone-call",
        "ceasefire",
        "agreement",
    )
    of_territory = any(sense.sub_event_type in _TERRITORY for sense in predicate.senses)
    may_fall = predicate.is_said_of_places or any(sense.name == "lose-town" for sense in predicate.senses)
    suffers = predicate.sense.name in _SUFFERING
    for at in sorted(predicate.anchors):
        token = clauses.tokens[at]
        word = token.text.lower()
        if word == "loss" and of_territory:
            # "confirmed the loss of the town to the rebels": the parser may hang the words on either.
            for above in (at, token.head):
                for _, below in clauses.preps(above, "to"):
                    add(below, "agent")
        if clauses.is_verb(at) and not (predicate.is_noun and at == predicate.token):
            carries = predicate.is_noun
            passive = clauses.is_passive(at)
            for agent in clauses.agents(at):
                if agent in predicate.anchors:
                    if agent != predicate.token:
                        add_owners(agent)  # "NATO bombs hit the bridge"
                    continue
                if (
                    carries
                    and word in lexicon.outcome_carriers
                    and not passive
                    and not _is_force(clauses, reader, agent)
                ):
                    continue  # "the blast killed three"; of "rebels killed three in an attack" the rebels are the agent
                add(agent, "party" if two_sided else "target" if suffers else "agent")
            for patient in clauses.patients(at):
                is_weapon = predicate.sense.name in _OF_WEAPONS and lexicon.among(
                    frozenset({clauses.lower[patient]}), "munition"
                )
                if patient not in predicate.anchors and not is_weapon and token.lemma.lower() != "lose":
                    add(patient, "party" if two_sided else "target")
        for prep, below in clauses.preps(at):
            last = prep.split()[-1]
            if last == "between" or (last in ("with", "against") and two_sided) or (last == "among" and two_sided):
                add(below, "party")
            elif last == "to" and predicate.sense.event_type is EventType.STRATEGIC and may_fall:
                add(below, "target")  # "surrendered to the army"
            elif (last == "by" and predicate.is_noun) or (last == "to" and may_fall):
                add(below, "agent")
            elif last in ("into", "under") and may_fall and clauses.tokens[below].lemma.lower() in _HOLDING:
                add_owners(below)  # "fell into rebel hands", "came under the control of the militia"
                for _, holder in clauses.preps(below, "of"):
                    add(holder, "agent")
            elif (last == "from" and of_territory) or (last in ("on", "at", "upon") and predicate.sense.name == "fire"):
                add(below, "target")
            elif last in ("of", "on", "against", "at") and predicate.is_noun and not two_sided:
                add(below, "agent" if last == "of" and "offensive" in word else "target")
        if at == predicate.token and predicate.is_noun:
            add_owners(at)
    order = {"agent": 0, "party": 1, "target": 2}
    named = [
        actor
        for actor in found
        if actor.name not in ("Military Forces", "Government", "Security Forces", "Police Forces")
    ]
    bare = [
        actor
        for actor in found
        if actor not in named
        and all(other.kind is not actor.kind or _are_two_sides(predicate, actor, other) for other in named)
    ]
    return tuple(sorted([*named, *bare], key=lambda actor: order[actor.part]))


def _are_two_sides(predicate: Predicate, actor: Actor, other: Actor) -> bool:
    """Whether forces of no named country did it to those of a named one: "government soldiers threw a grenade at a Dutch soldier"."""
    is_armed = predicate.sense.event_type in ARMED_EVENTS
    return is_armed and actor.kind is ActorKind.STATE_FORCES and (actor.part, other.part) == ("agent", "target")


def _is_force(clauses: Clauses, reader: ActorReader, index: int) -> bool:
    """Whether the noun phrase is of an armed group or of state forces, and no weapon or event of theirs."""
    is_plain = clauses.tokens[index].lemma.lower() not in grammar("incident_nouns")
    kinds = (ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA, ActorKind.STATE_FORCES)
    return is_plain and any(actor.kind in kinds for actor in reader.of_phrase(index, part="agent"))


# ---------------------------------------------------------------- dates
def attach_times(
    clauses: Clauses, predicates: Sequence[Predicate], times: Sequence[TimeExpression]
) -> dict[int, TimeExpression]:
    """Return predicate index -> the date that belongs to it: in its clause before its sentence, the nearest first.

    Parameters
    ----------
    times
        In text order.
    """
    found: dict[int, TimeExpression] = {}
    owned = frozenset(anchor for predicate in predicates for anchor in predicate.anchors)
    for at, predicate in enumerate(predicates):
        passage = clauses.passage_of(predicate.token)
        anchors = frozenset(predicate.anchors | {predicate.token})
        best: tuple[bool, bool, float, float, int] | None = None
        after = verbs_of_aftermath(clauses, predicate)
        first = bisect_left(times, passage.start, key=_start)
        for number in range(first, bisect_left(times, passage.end, lo=first, key=_start)):
            time = times[number]
            if time.span is None or time.timex_type not in (TimexType.DATE, TimexType.TIME):
                continue
            head = clauses.head_of_span(time.start, time.end)
            if head is None or _is_part_of_a_name(clauses, time, head):
                continue
            since = len("since ") if time.surface.lower().startswith("since ") else 0
            if _WORST_SINCE.search(clauses.document.text, passage.start, time.start + since):
                continue  # "in the worst violence since August"
            cost, path = clauses.distance(_before_the_speaker(clauses, head), predicate.token, anchors)
            if _is_of_an_agreed_draft(clauses, path, anchors):
                continue  # "the accord agreed last month is signed"
            if _is_of_an_incident(clauses, path, anchors) or _is_of_a_trait(clauses, path, anchors):
                continue  # "killed the pilot responsible for the incident on 27 June"
            if cost > MAX_TIME_COST:
                continue
            if any(index in owned and index not in predicate.anchors for index in path[:-1]):  # another's first
                continue
            if _is_of_another_statement(clauses, path, anchors):
                continue  # "said shells hit X, and that Y fell on Sunday"
            if _is_of_effect(clauses, predicate, path):
                continue  # "agreed on Tuesday on a truce that takes effect on Friday"
            if path[-1] not in anchors and is_conceded(clauses, predicate):
                continue  # "fighting went on on Monday in spite of the truce"
            if (_is_counted(clauses, predicate) or _is_compared(clauses, predicate, time)) and _is_long(time.span):
                continue  # "the third such attack this month", "the worst in the past ten years": bounds of what it is one of
            # "Mourned on Wednesday the victims of Sunday's bombing": the day of what came of it stands back.
            # "At 14:30 in X on 8 March": an hour is of the day that is named beside it.
            is_hour = _HOUR.fullmatch(time.surface.lower()) is not None
            rank = (path[-1] in after, is_hour, round(cost, 1), abs(time.start - predicate.start), number)
            if best is None or rank < best:
                best = rank
        if best is not None:
            found[at] = _with_next_day(clauses, times, best[-1])
    closing = _closing_verbs(clauses, predicates)
    for at, predicate in enumerate(predicates):
        later = min((closing[anchor] for anchor in predicate.anchors if anchor in closing), default=-1)
        if at not in found and later in found:
            found[at] = found[later]
    return found | background_times(clauses, predicates, found, times)


def _with_next_day(clauses: Clauses, times: Sequence[TimeExpression], number: int) -> TimeExpression:
    """Return a date, or the two days of "on Friday and Saturday" as one span where the words name two in a row."""
    first, *after = times[number : number + 2]
    for second in after:
        between = clauses.document.text[first.end : second.start].split()
        mine, others = first.span, second.span
        if mine is None or others is None or mine.starts_on is None or between not in (["and"], ["and", "on"]):
            break
        one_day = mine.precision is DatePrecision.DAY and others.precision is DatePrecision.DAY
        if one_day and others.starts_on == mine.starts_on + dt.timedelta(days=1):
            surface = clauses.document.text[first.start : second.end]
            span = replace(mine, ends_on=others.ends_on, precision=DatePrecision.RANGE, surface=surface)
            return replace(first, end=second.end, surface=surface, value=f"{first.value}/{second.value}", span=span)
    return first


def _before_the_speaker(clauses: Clauses, head: int) -> int:
    """Return the verb that a date belongs to which stands between what is told and who tells it, else its own head `head`.

    "They took the village, north of X, on Tuesday, residents said": the parser may hang the day on "said".
    """
    prep = clauses.tokens[head].head
    said = clauses.tokens[prep].head
    if clauses.tokens[head].dep != "pobj" or clauses.tokens[said].lemma.lower() not in lexicon_words(
        "speech", "saying"
    ):
        return head
    told = [child.index for child in clauses.children(said, "ccomp") if child.index < prep]
    speakers = clauses.children(said, "nsubj")
    is_between = any(prep < child.index < said for child in speakers) and clauses.lower[head + 1] == ","
    return told[-1] if told and is_between else head


def _start(time: TimeExpression) -> int:
    return time.start


def is_conceded(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether something is told to have happened in spite of the predicate: "despite the truce", "in spite of a ceasefire"."""
    token = clauses.tokens[predicate.token]
    if token.dep != "pobj":
        return False
    prep = clauses.tokens[token.head]
    return clauses.lower[prep.index if prep.text.lower() != "of" else prep.head] in grammar("concessions")


def _is_part_of_a_name(clauses: Clauses, time: TimeExpression, head: int) -> bool:
    """Whether a bare year, or a day, begins a name: "on the way to the 2010 Africa Cup", "the 7 July residential area"."""
    after = clauses.tokens[head + 1 : head + 2]
    is_year = time.end - time.start == 4 and clauses.lower[head].isdigit()
    if is_year and bool(after) and after[0].pos == "PROPN" and clauses.tokens[head].head > head:
        return True
    token = clauses.tokens[head]
    bearer = clauses.tokens[token.head]
    return (
        token.dep in ("nmod", "compound", "nummod", "amod")
        and bearer.index > head
        and any(
            bearer.lemma.lower() in grammar(name) for name in ("bearers_of_days", "quarters", "regions", "facilities")
        )
    )


def _is_of_an_incident(clauses: Clauses, path: Sequence[int], anchors: frozenset[int]) -> bool:
    """Whether a date hangs on a noun for an event that is not the predicate: "the incident on 27 June"."""
    return any(
        at not in anchors
        and clauses.tokens[at].pos == "NOUN"
        and clauses.tokens[at].lemma.lower() in grammar("incident_nouns")
        for at in path[1:3]
    )


def _is_of_another_statement(clauses: Clauses, path: Sequence[int], anchors: frozenset[int]) -> bool:
    """Whether a date hangs on a second "that" clause of one saying: "said shells hit X, and that Y fell on Sunday"."""
    return any(
        at not in anchors
        and clauses.tokens[at].dep == "conj"
        and clauses.is_verb(at)
        and any(child.text.lower() == "that" for child in clauses.children(at, "mark"))
        for at in path
    )


def _is_of_an_agreed_draft(clauses: Clauses, path: Sequence[int], anchors: frozenset[int]) -> bool:
    """Whether a date hangs on a participle that only says what an agreement had been before it was signed."""
    if not any(clauses.is_verb(at) and clauses.tokens[at].lemma.lower() == "sign" for at in anchors):
        return False
    return any(
        clauses.tokens[at].dep == "acl" and clauses.tokens[at].head in anchors and at not in anchors for at in path
    )


def _is_of_a_trait(clauses: Clauses, path: Sequence[int], anchors: frozenset[int]) -> bool:
    """Whether a date hangs on an adjective behind a noun: "the pilot responsible for the raid in June 2017"."""
    for at in path[1:]:
        token = clauses.tokens[at]
        if at not in anchors and token.pos == "ADJ" and token.dep == "amod" and token.head < at:
            return True
    return False


def _is_of_effect(clauses: Clauses, predicate: Predicate, path: Sequence[int]) -> bool:
    """Whether a date only says when what was agreed begins: "agreed on a ceasefire that takes effect on 4 August"."""
    if predicate.sense.sub_event_type not in ("ceasefire", "agreement"):
        return False
    if not any(clauses.lower[at] in grammar("agreeing") for at in clauses.path_up(predicate.token)):
        return False
    return any(
        clauses.tokens[at].dep in ("relcl", "acl", "xcomp")
        and clauses.tokens[at].lemma.lower() in grammar("taking_effect")
        for at in path
    )


def _is_counted(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the noun is counted among others of its kind: "the third such attack"."""
    return predicate.is_noun and any(
        child.text.lower() in grammar("ordinals") for child in clauses.children(predicate.token, "amod", "advmod")
    )


def _is_compared(clauses: Clauses, predicate: Predicate, time: TimeExpression) -> bool:
    """Whether a noun is the worst of its kind in a time that ends now: "the largest offensive in the past ten years"."""
    if not predicate.is_noun or time.start < predicate.start or not _UP_TO_NOW.match(time.surface):
        return False
    return any(
        token.tag in ("JJS", "RBS")
        for child in clauses.children(predicate.token, "amod", "advmod")
        for token in clauses.phrase_tokens(child.index, with_of=False)
    )


def _is_long(span: DateSpan) -> bool:
    """Whether a span is longer than a night."""
    return span.starts_on is None or span.ends_on is None or (span.ends_on - span.starts_on).days > 1


def _closing_verbs(clauses: Clauses, predicates: Sequence[Predicate]) -> dict[int, int]:
    """Return token -> the first predicate that goes on from it, whose date holds for both.

    "Shelled X and struck Y on Tuesday": the date closes the chain of verbs.
    """
    closing: dict[int, int] = {}
    for at, predicate in enumerate(predicates):
        token = clauses.tokens[predicate.token]
        if token.dep == "conj" and not predicate.is_noun and not clauses.children(token.index, "nsubj", "nsubjpass"):
            closing.setdefault(token.head, at)
    return closing
