"""What a sentence says of the event told before: "The incident took place in X", "It was the third attack", "another attack"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from geoconflict.extract.event_places.place_choice import PlaceChoice
from geoconflict.extract.events.drafts import INHERITED_COST, Draft, Scene
from geoconflict.extract.events.refining import Target
from geoconflict.extract.events.told_apart import opens_on_another
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.senses import ARMED_EVENTS, TriggerLexicon
from geoconflict.models import DatePrecision, EventType, Relation, Role, Status

__all__ = ["is_told_apart", "places_told_after", "with_victims_told_after", "without_echoes"]

_LOOK_BACK = 3
"""Passages between an event and the sentence that says where it was."""
_COST = 0.6
_AROUND = 150
_SEPARATELY = re.compile(
    r"(?:^|[.;]\s+)(?:Separately|Elsewhere)\b|\belsewhere\b"
    r"|\b[Ii]n\s+(?:an?\s+(?:separate|different|further|second|third|fourth)|another|separate|other)\s+(?:\w+\s+)?"
    r"(?:incidents?|areas?|parts?|districts?|quarters?)\b"
)
_LIES = re.compile(
    r"(?!.*\b(?:and|or)\b)[,(]?\s+(?:[^,;.]*\s)?"
    r"(?:away\s+from|from|near|outside|close\s+to|(?:north|south|east|west)[a-z-]*\s+of)\s+(?:the\s+(?:[\w-]+\s+){1,2}of\s+)?",
    re.IGNORECASE,
)
"""Between two places, what says where the first lies by the second: "X, a village 10 km from the town of Y"."""
_POINTING = frozenset({"he", "she", "they", "it", "this", "that", "these"})
_NOWHERE = frozenset({Role.DATELINE, Role.OTHER, Role.ORIGIN, Role.TALKS_VENUE})


def places_told_after(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, with places that a later sentence gives to an event which has none or only a province.

    Where that sentence made an event of its own ("the attack took place in X"), it is the same one and goes.
    """
    drafts = _with_places_of_the_dead(scene, drafts)
    gone: set[int] = set()
    happenings = _happenings(scene.clauses)
    if not happenings or not drafts:
        return list(drafts)
    named_in = _names_by_clause(scene)
    told_in: dict[int, list[Draft]] = {}
    for draft in drafts:
        told_in.setdefault(scene.clauses.passage_of(draft.predicate.token).index, []).append(draft)
    for verb in happenings:
        subjects = [at for at in scene.clauses.subjects(verb) if _points_back(scene.clauses, at)]
        if any(scene.clauses.lower[at] in grammar("ordinals") for at in subjects):
            continue  # "two clashes. The first took place in X": that is one of them
        own = [
            draft
            for passage in sorted({scene.clauses.passage_of(at).index for at in subjects})
            for draft in told_in.get(passage, ())
            if draft.predicate.token in subjects
        ]
        if not own and not any(scene.clauses.tokens[at].lemma.lower() in grammar("incident_nouns") for at in subjects):
            continue
        places = _places_of(scene, verb, named_in.get(verb, ()))
        target = _told_before(scene, told_in, verb)
        if not places or target is None or id(target) in gone:
            continue
        target.arguments.places = tuple(
            PlaceChoice(index, _COST, relation, f"told afterwards: {word} {scene.toponyms[index].surface}")
            for index, relation, word in places
        )
        for draft in own:
            if draft is not target:
                target.arguments.time = target.arguments.time or draft.arguments.time
                target.arguments.casualties = target.arguments.casualties or draft.arguments.casualties
                gone.add(id(draft))
    return [draft for draft in drafts if id(draft) not in gone]


def _with_places_of_the_dead(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts; "a child was among those killed in X" says where the killing before it was, of which a province was told."""
    kept: list[Draft] = []
    for draft in drafts:
        before = kept[-1] if kept else None
        if before is None or not _is_of_the_dead(scene, before, draft):
            kept.append(draft)
            continue
        before.arguments.places = draft.arguments.places
        before.arguments.time = before.arguments.time or draft.arguments.time
    return kept


def _is_of_the_dead(scene: Scene, before: Draft, draft: Draft) -> bool:
    """Whether a draft only tells who was among the dead of the one before, and at what places of the province told of that.

    Of "raids" in a province those killed in X are a part.
    """
    clauses = scene.clauses
    killed = clauses.tokens[draft.predicate.token]
    those = clauses.tokens[killed.head]
    among = clauses.tokens[those.head]
    gap = clauses.passage_of(killed.index).index - clauses.passage_of(before.predicate.token).index
    return (
        gap in (1, 2)
        and (killed.dep, those.dep, those.text.lower(), among.text.lower()) == ("acl", "pobj", "those", "among")
        and draft.verdict.sense.effect
        and before.verdict.event_type in ARMED_EVENTS
        and clauses.tokens[before.predicate.token].tag != "NNS"
        and bool(before.arguments.casualties)
        and bool(before.arguments.places)
        and all(_is_region(scene, one.index) for one in before.arguments.places)
        and bool(draft.arguments.places)
        and not any(scene.is_large[one.index] for one in draft.arguments.places)
    )


def _is_region(scene: Scene, index: int) -> bool:
    """Whether a name is a region's by its kinds or by the words around it: "the state of X", "X province"."""
    head = scene.names.heads[index]
    of = scene.clauses.tokens[scene.clauses.tokens[head].head] if head is not None else None
    is_owned = of is not None and of.text.lower() == "of" and scene.clauses.lemma(of.head) in grammar("regions")
    return is_owned or scene.names.names_region(index)


def with_victims_told_after(scene: Scene, drafts: Sequence[Draft], lexicon: TriggerLexicon) -> list[Draft]:
    """Return the drafts, with attacks on whom the next sentence tells by its dead: "attacked the stadium. 40 soldiers died".

    That sentence says what was attacked, and is no event of its own; its figures become those of the attack. Where a camp
    was attacked and civilians died, it was theirs. Fighters who died, told right behind a capture, died in that.
    """
    kept: list[Draft] = []
    for draft in drafts:
        if Target.WHOSE_IS_UNSAID in draft.verdict.reasons and _killed_civilians(draft, lexicon):
            draft.verdict = replace(
                draft.verdict,
                event_type=EventType.VIOLENCE_AGAINST_CIVILIANS,
                sub_event_type="Attack",
                reasons=tuple(
                    Target.CIVILIAN if one == Target.WHOSE_IS_UNSAID else one for one in draft.verdict.reasons
                ),
            )
        before = kept[-1] if kept else None
        if before is not None and (
            _are_told_beside(scene.clauses, before, draft) or _are_dead_of_capture(scene, before, draft)
        ):
            before.arguments.casualties += draft.arguments.casualties
            if all(one.part != "target" for one in before.arguments.actors):
                before.arguments.actors += tuple(one for one in draft.arguments.actors if one.part == "target")
            continue
        if before is None or not _are_its_victims(scene.clauses, before, draft):
            kept.append(draft)
            continue
        known = {actor.name for actor in before.arguments.actors}
        before.arguments.actors += tuple(one for one in draft.arguments.actors if one.name not in known)
        before.arguments.casualties += draft.arguments.casualties
        before.verdict = replace(
            before.verdict,
            event_type=draft.verdict.event_type,
            sub_event_type=draft.verdict.sub_event_type,
            reasons=tuple(Target.ARMED if one == Target.NO_FORCE_NAMED else one for one in before.verdict.reasons),
        )
    return kept


def _are_its_victims(clauses: Clauses, attack: Draft, draft: Draft) -> bool:
    """Whether a draft only tells of fighters who died, in the sentence after an attack that names no force as its target."""
    gap = clauses.passage_of(draft.predicate.token).index - clauses.passage_of(attack.predicate.token).index
    return (
        gap == 1
        and draft.version_of is None
        and Target.NO_FORCE_NAMED in attack.verdict.reasons
        and Target.ARMED in draft.verdict.reasons
        and draft.verdict.sense.effect
        and not draft.predicate.is_noun
        and draft.arguments.time is None
        and all(choice.cost >= INHERITED_COST for choice in draft.arguments.places)
        and all(actor.part == "target" for actor in draft.arguments.actors)
    )


def _are_told_beside(clauses: Clauses, event: Draft, draft: Draft) -> bool:
    """Whether a draft tells behind a semicolon who died of an event, and nothing else: "a mine hit a bus; two men were killed"."""
    first, second = clauses.passage_of(event.predicate.token), clauses.passage_of(draft.predicate.token)
    return (
        second.index - first.index == 1
        and clauses.document.text[first.start : second.start].rstrip().endswith(";")
        and clauses.document.text[second.start : second.start + 1].islower()  # a headline that is strung on is another
        and (event.verdict.event_type in ARMED_EVENTS or event.verdict.sense.name == "shoot-down")
        and draft.version_of is None
        and draft.verdict.sense.effect
        and not draft.predicate.is_noun
        and draft.arguments.time is None
        and draft.attribution.status is event.attribution.status
        and all(choice.cost >= INHERITED_COST for choice in draft.arguments.places)
        and all(actor.part == "target" for actor in draft.arguments.actors)
    )


def _are_dead_of_capture(scene: Scene, capture: Draft, draft: Draft) -> bool:
    """Whether a draft only tells of fighters who died, in the sentence after a capture: "took X on Monday. Nine soldiers died"."""
    clauses = scene.clauses
    takers = {actor.name for actor in capture.arguments.actors if actor.part == "agent"}
    told = {Status.OCCURRED, Status.CLAIMED}
    return (
        clauses.passage_of(draft.predicate.token).index - clauses.passage_of(capture.predicate.token).index == 1
        and capture.verdict.event_type is EventType.BATTLES
        and capture.verdict.sub_event_type.endswith("territory")
        and draft.version_of is None
        and draft.verdict.sub_event_type == "Armed clash"
        and draft.verdict.sense.effect
        and not draft.predicate.is_noun
        and draft.arguments.time is None
        and {capture.attribution.status, draft.attribution.status} <= told
        and all(choice.cost >= INHERITED_COST for choice in draft.arguments.places)
        and all(actor.part == "target" or actor.name in takers for actor in draft.arguments.actors)
        and all(figure.measure != "killed" for figure in capture.arguments.casualties)
        and not opens_on_another(scene, draft)
        and not is_told_apart(scene, draft)
    )


def _killed_civilians(draft: Draft, lexicon: TriggerLexicon) -> bool:
    """Whether those who are counted are civilians and no fighters, in the words of the text."""
    words = [(one.who or "").lower().split() for one in draft.arguments.casualties]
    counted = frozenset(word for who in words for word in who)
    return lexicon.among(counted, "civilians") and not lexicon.among(counted, "military")


def without_echoes(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Drop what only says what the event before was: "It was the third such attack on the city", "This was a massacre"."""
    kept: list[Draft] = []
    first_at: dict[str, int] = {}
    for at, word in enumerate(scene.clauses.lower):
        first_at.setdefault(word, at)
    for draft in drafts:
        before = kept[-1] if kept else None
        if before is None or not _is_echo(scene, before, draft, first_at):
            kept.append(draft)
            continue
        before.arguments.casualties = before.arguments.casualties or draft.arguments.casualties
        time = draft.arguments.time
        if before.arguments.time is None and time is not None and time.span is not None:
            # "Monday's attack was the first on the city": but "the third this month" bounds the count.
            before.arguments.time = time if time.span.precision is DatePrecision.DAY else None
    return kept


def _is_echo(scene: Scene, before: Draft, draft: Draft, first_at: Mapping[str, int]) -> bool:
    """Whether a draft only says of the event told before it what that was, or the how manieth."""
    clauses = scene.clauses
    gap = clauses.passage_of(draft.predicate.token).index - clauses.passage_of(before.predicate.token).index
    if before.verdict.event_type is EventType.DIPLOMACY or gap < 1:
        return False
    if gap in (1, 2) and _is_what_it_was(clauses, draft):
        return True
    is_armed = {before.verdict.event_type, draft.verdict.event_type} <= ARMED_EVENTS
    return is_armed and (_is_counted(clauses, draft, first_at) or _is_ranked(scene, draft))


def is_told_apart(scene: Scene, draft: Draft) -> bool:
    """Whether the event has its own dead or wounded and says that it is none told before: "another bomb killed three"."""
    figures = draft.arguments.casualties
    if not any(figure.measure in ("killed", "wounded") and (figure.count.high or 1) > 0 for figure in figures):
        return False
    clauses = scene.clauses
    if _is_what_came_before(clauses, draft):
        return True
    nouns = {
        at
        for anchor in (*draft.predicate.anchors, draft.predicate.token)
        for at in (clauses.agents(anchor) if clauses.is_verb(anchor) else [anchor])
        if clauses.tokens[at].pos == "NOUN"
    }
    told_apart = grammar("told_apart")
    return any(
        child.text.lower() in told_apart for noun in sorted(nouns) for child in clauses.children(noun, "det", "amod")
    ) or bool(nouns and _SEPARATELY.search(_around(clauses, draft)))


def _is_what_came_before(clauses: Clauses, draft: Draft) -> bool:
    """Whether an event is named as new and as what the one told before came after: "the killings came after an ambush"."""
    token = clauses.tokens[draft.predicate.token]
    if token.pos != "NOUN" or all(
        child.text.lower() not in ("a", "an") for child in clauses.children(token.index, "det")
    ):
        return False
    above = clauses.tokens[token.head]
    is_object = token.dep == "dobj" and above.lemma.lower() == "follow"
    if token.dep in ("pobj", "pcomp") and above.text.lower() in ("after", "following"):
        above = clauses.tokens[above.head]
        is_object = above.lemma.lower() in ("come", "follow") or above.lemma.lower() in grammar("happening_verbs")
    return is_object and any(_points_back(clauses, at) for at in clauses.subjects(above.index))


def _around(clauses: Clauses, draft: Draft) -> str:
    """Return the words around the event, as far as its sentence and some clauses go."""
    passage, at = clauses.passage_of(draft.predicate.token), draft.predicate.start
    return clauses.document.text[max(passage.start, at - _AROUND) : min(passage.end, at + _AROUND)]


def _is_what_it_was(clauses: Clauses, draft: Draft) -> bool:
    """Whether the event is said of "it" or "this" in the past: "it was the second attack on the town"."""
    token = clauses.tokens[draft.predicate.token]
    verb = clauses.tokens[token.head]
    is_ranked = any(  # "it is the largest massacre since 1988"
        child.tag == "JJS" or child.text.lower() in grammar("ordinals")
        for child in clauses.children(token.index, "amod")
    )
    is_said = verb.text.lower() in ("was", "were") or (verb.text.lower() == "is" and is_ranked)
    if not draft.predicate.is_noun or token.dep != "attr" or not is_said:
        return False
    subjects = clauses.children(verb.index, "nsubj")
    own_clause = any(child.dep in ("relcl", "ccomp", "advcl") for child in clauses.children(verb.index))
    return any(one.text.lower() in ("it", "this", "that", "these") for one in subjects) and not own_clause


def _is_counted(clauses: Clauses, draft: Draft, first_at: Mapping[str, int]) -> bool:
    """Whether the words only count the event told before among others: "he is the third mayor to be killed", "this is the fifth attack".

    Parameters
    ----------
    first_at
        Each word of the report -> where it first stands: whoever was named before is the one of the event.
    """
    token = clauses.tokens[draft.predicate.token]
    if draft.predicate.is_noun:
        noun = token
    elif token.dep in ("relcl", "acl"):
        noun = clauses.tokens[token.head]
    else:
        return False
    verb = clauses.tokens[noun.head]
    if noun.dep != "attr" or verb.lemma.lower() not in ("be", "become") or not _has_rank(clauses, noun.index):
        return False
    subjects = clauses.children(verb.index, "nsubj")
    start = clauses.passage_of(draft.predicate.token).start
    return any(
        one.text.lower() in _POINTING
        or _points_back(clauses, one.index)
        or (one.pos == "PROPN" and clauses.tokens[first_at[one.text.lower()]].start < start)
        for one in subjects
    )


def _is_ranked(scene: Scene, draft: Draft) -> bool:
    """Whether a noun that points back is only given its rank: "Friday's attack was the second on the police in two weeks"."""
    clauses = scene.clauses
    token = clauses.tokens[draft.predicate.token]
    verb = clauses.tokens[token.head]
    if not draft.predicate.is_noun or token.dep != "nsubj" or verb.lemma.lower() != "be":
        return False
    is_placed = any(
        not scene.names.is_large(one.index) and not scene.names.is_country(one.index) for one in draft.arguments.places
    )
    points = _points_back(clauses, token.index) or bool(clauses.children(token.index, "poss"))
    return (
        points and not is_placed and any(_has_rank(clauses, one.index) for one in clauses.children(verb.index, "attr"))
    )


def _has_rank(clauses: Clauses, noun: int) -> bool:
    """Whether a noun is an ordinal or has one: "the second", "the third mayor", "the third car bomb"."""
    parts = [noun, *(one.index for one in clauses.children(noun, "compound"))]
    words = [clauses.tokens[noun], *(child for part in parts for child in clauses.children(part, "amod"))]
    return any(one.text.lower() in grammar("ordinals") for one in words)


def _happenings(clauses: Clauses) -> list[int]:
    verbs = grammar("happening_verbs")
    return [
        token.index
        for token in clauses.tokens
        if token.lemma.lower() in verbs
        and clauses.is_verb(token.index)
        and (token.lemma.lower() != "take" or any(clauses.lower[at] == "place" for at in clauses.objects(token.index)))
    ]


def _points_back(clauses: Clauses, noun: int) -> bool:
    return any(child.text.lower() in ("the", "this", "these", "both") for child in clauses.children(noun, "det"))


def _names_by_clause(scene: Scene) -> dict[int, list[tuple[int, int]]]:
    """Return the head of each clause -> the names that stand in it, each with its head token."""
    found: dict[int, list[tuple[int, int]]] = {}
    for index, head in enumerate(scene.names.heads):
        if head is not None and scene.toponyms[index].role not in _NOWHERE:
            found.setdefault(scene.clauses.clause_head(head), []).append((index, head))
    return found


def _places_of(scene: Scene, verb: int, named: Iterable[tuple[int, int]]) -> list[tuple[int, Relation, str]]:
    """Return those of the names in the clause of a verb that say where it happened, with their relation and preposition."""
    clauses = scene.clauses
    found = []
    for index, head in named:
        if scene.names.is_country(index) and scene.names.only_describes(index):
            continue  # "took place at a U.S. embassy building"
        toponym = scene.toponyms[index]
        path = clauses.path_up(head)
        preps = [at for at in path[: path.index(verb)] if clauses.tokens[at].dep == "prep"]
        if preps and clauses.tokens[preps[-1]].head == verb:
            word = clauses.lower[preps[-1]]
            if word in grammar("place_prepositions"):
                near = word in grammar("near") or toponym.relation is Relation.NEAR
                found.append((index, Relation.NEAR if near else Relation.AT, word))
    found = [one for one in found if not any(_lies_by(scene, other[0], one[0]) for other in found)]
    small = [one for one in found if not scene.names.is_large(one[0])]
    return small or found


def _lies_by(scene: Scene, first: int, second: int) -> bool:
    """Whether the second place only says where the first one lies."""
    end, start = scene.toponyms[first].end, scene.toponyms[second].start
    return end < start and _LIES.fullmatch(scene.clauses.document.text, end, start) is not None


def _told_before(scene: Scene, told_in: Mapping[int, Sequence[Draft]], verb: int) -> Draft | None:
    here = scene.clauses.passage_of(verb).index
    before = [
        draft
        for passage in range(here - _LOOK_BACK, here)
        for draft in told_in.get(passage, ())
        if max(draft.predicate.anchors) < verb and draft.verdict.event_type is not EventType.DIPLOMACY
    ]
    if not before:
        return None
    latest = before[-1]
    settled = any(
        choice.cost < INHERITED_COST
        and not scene.names.is_large(choice.index)
        and not scene.names.is_country(choice.index)
        for choice in latest.arguments.places
    )
    return None if settled else latest
