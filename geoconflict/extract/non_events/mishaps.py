"""Harm and blasts that nobody meant: accidents, what goes off by itself, what is blown up by builders and by thieves.

Words of weapons, fighters and attacks in the sentence outweigh an accident.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from geoconflict.extract.lexicon import any_form, read_lexicon
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.passages import Passage
from geoconflict.extract.predicates.pits import is_pit
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import EventType

__all__ = ["is_done_by_nature", "is_mishap", "is_violent"]

_INTENT = frozenset({"deliberate", "deliberately", "intentional", "intentionally", "purposely"})
_LOST_CONTROL = re.compile(
    r"\b(?:los(?:t|es?|ing)\s+control|brakes?\s+(?:had\s+)?fail|brake\s+failure|under\s+the\s+influence|heart\s+attack"
    r"|f(?:e|a)ll(?:en)?\s+asleep|ruled\s+out\s+(?:an?\s+)?(?:attack|terror))",
    re.IGNORECASE,
)
_DROPPED = re.compile(
    r"\b(?:at first|den(?:y|ie[ds])|dismiss\w*|first|initially|not|previously|reject\w*|rul(?:e[ds]?|ing) out|wrongly)\b",
    re.IGNORECASE,
)
_WITHIN = 40
"""Characters before a cause within which it is dropped."""
_NEXT_PASSAGES = 2
"""Passages behind an event in which it may be told how it came about."""
_BLASTS = frozenset({"blast", "blow-up", "bomb", "detonate", "thing-explodes"})
"""Senses of words for what explodes, and for who makes it."""


def is_mishap(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a predicate tells of an accident, or of a blast that is none of arms."""
    return (
        _is_accident(clauses, predicate)
        or _is_collision(clauses, predicate)
        or _is_careless_driving(clauses, predicate)
        or _is_blaze(clauses, predicate)
        or _is_blast_of_fuel(clauses, predicate)
        or _goes_off_by_itself(clauses, predicate)
        or _is_put_down_to_mishap(clauses, predicate)
        or _bursts_in_training(clauses, predicate)
        or _is_blasting(clauses, predicate)
        or _is_treated(clauses, predicate)
        or _is_coming_to_help(clauses, predicate)
    )


def is_violent(clauses: Clauses, passage: Passage) -> bool:
    """Whether a sentence names weapons, fighters or attacks.

    Neither the bomb of a "bomb cyclone" is one nor a rocket of fireworks, and what "lightning struck" nobody attacked.
    """
    return any(
        # "Rockets", first in its sentence, is read as a name, which has no singular.
        not grammar("violent").isdisjoint(
            (token.text.lower(), token.text.lower().removesuffix("s"), token.lemma.lower())
        )
        and not (token.dep == "compound" and clauses.lemma(token.head) in grammar("mishap_causes"))
        and not is_pit(clauses, token.index)
        and not _is_struck_by_nature(clauses, token.index)
        and not (token.lemma.lower() == "rocket" and not grammar("pyrotechnics").isdisjoint(clauses.lower))
        for token in clauses.document.tokens_between(passage.start, passage.end)
    )


def is_done_by_nature(clauses: Clauses, doers: Sequence[int]) -> bool:
    """Whether a quake, a storm or lightning does it; neither "a wave of raids" is one nor "a terrorist wave" nor Operation Storm."""
    # A parser may take the unit of "gusts of 100 kph" for a second doer.
    named = [one for one in doers if not (_is_measure(clauses, one) and clauses.tokens[max(0, one - 1)].tag == "CD")]
    return bool(named) and all(
        clauses.tokens[one].pos == "NOUN"
        and clauses.lemma(one) in grammar("mishap_causes")
        and all(_is_measure(clauses, below) for _, below in clauses.preps(one, "of"))
        and all(child.lemma.lower() not in grammar("violent") for child in clauses.children(one, "amod", "compound"))
        for one in named
    )


def _is_measure(clauses: Clauses, index: int) -> bool:
    """Whether it tells how strong or of what a storm is: "gusts of 100 kph", "a wave of mud"."""
    return clauses.lemma(index) in grammar("measures_of_storms") or clauses.tokens[index].tag == "CD"


def _is_struck_by_nature(clauses: Clauses, index: int) -> bool:
    """Whether it is a verb that nature does: "lightning struck a tank farm"."""
    return clauses.is_verb(index) and is_done_by_nature(clauses, clauses.subjects(index))


def _is_accident(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether people were killed or hurt, by nobody, in a sentence that tells of an accident, of nature or of a drill.

    Where in the sentence does not matter: it names neither weapons nor fighters, and a parser hangs "after the house
    collapsed" on one verb or another.
    """
    verb = predicate.token
    if predicate.is_noun or not (predicate.is_outcome or predicate.outcomes):
        return False
    if clauses.preps(verb, "by") or predicate.anchors - predicate.outcomes - {verb}:
        return False
    hangs_loose = clauses.is_passive(verb) or _follows_a_comma(clauses, verb) or _goes_on_from_mishap(clauses, verb)
    agents = [] if hangs_loose else clauses.agents(verb)
    falls = clauses.lemma(verb) == "fall" or clauses.lemma(verb) in grammar("mishap_verbs")
    if not falls and not all(_is_carrier_of_mishaps(clauses, agent) for agent in agents):
        return False
    passage = clauses.passage_of(verb)
    return not is_violent(clauses, passage) and (
        _tells_of_mishap(clauses, passage) or _goes_on_about_mishap(clauses, passage)
    )


def _tells_of_mishap(clauses: Clauses, passage: Passage) -> bool:
    tokens = clauses.document.tokens_between(passage.start, passage.end)
    return any(_is_mishap_word(clauses, token.index) for token in tokens)


def _goes_on_about_mishap(clauses: Clauses, passage: Passage) -> bool:
    """Whether the sentence before tells of an accident, in a report that names neither weapons nor fighters: "Four are dead"."""
    if passage.index == 0 or not _tells_of_mishap(clauses, clauses.passages[passage.index - 1]):
        return False
    return not any(is_violent(clauses, one) for one in clauses.passages)


def _goes_on_from_mishap(clauses: Clauses, verb: int) -> bool:
    """Whether a participle tells what an accident at the head of its sentence did: "a train collides with a bus, killing 11"."""
    above = clauses.path_in_passage(verb)
    return clauses.tokens[verb].tag == "VBG" and (
        clauses.lemma(above[-1]).removesuffix("s") in grammar("mishap_verbs") or clauses.lemma(above[-1]) == "erupt"
    )


def _follows_a_comma(clauses: Clauses, verb: int) -> bool:
    """Whether a participle goes on after a comma, hung on the name before it: "collide near X, killing 11"."""
    token = clauses.tokens[verb]
    if token.dep == "conj":
        token = clauses.tokens[token.head]  # "killing 11 and injuring 45"
    return token.tag == "VBG" and token.dep == "acl" and token.index > 0 and clauses.lower[token.index - 1] == ","


def _is_carrier_of_mishaps(clauses: Clauses, index: int) -> bool:
    """Whether a subject is a vehicle, or a verb of accidents that was read as a noun: "a truck plunges into a ravine"."""
    return clauses.lemma(index) in grammar("vehicles") or clauses.lemma(index) in grammar("mishap_verbs")


@cache
def _works() -> frozenset[str]:
    """Return words for works and what is made and kept there, where blasts are accidents."""
    return grammar("fuels") | frozenset(read_lexicon("triggers")["words"]["industrial"])


def _is_mishap_word(clauses: Clauses, index: int) -> bool:
    word = clauses.lemma(index)
    if word in ("blast", "explosion"):
        return not _works().isdisjoint(clauses.lower[at] for at in clauses.document.subtree(index))
    if word in grammar("fires"):
        # "in a fire", "when fire engulfs": gunfire and the army's fire have their owner before them.
        owners = clauses.children(index, "amod", "compound", "poss", "nmod")
        return clauses.tokens[index].dep != "dobj" and not any(owner.pos in ("ADJ", "PROPN") for owner in owners)
    if word == "erupt":  # "Mount X erupted"; of clashes it is said with their noun, of towns with "in"
        subjects = clauses.subjects(index)
        return (
            bool(subjects)
            and all(clauses.tokens[one].pos == "PROPN" or clauses.lemma(one) == "volcano" for one in subjects)
            and not clauses.preps(index, "in", "into", "with")
        )
    if word == "go" and clauses.lower[index + 1 : index + 2] == ["down"]:
        return any(clauses.lemma(one) in grammar("vehicles") for one in clauses.subjects(index))
    # "when a ferry sinks": a parser may take the verb for a noun.
    return (
        word in grammar("mishap_verbs")
        or word in grammar("mishap_causes")
        or (word in grammar("rehearsals") and clauses.tokens[index].dep == "pobj")
    )


def _is_collision(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a vehicle runs into another or into what stands there: "his jet hit a hillside", "a clash of two trains"."""
    if predicate.is_noun and clauses.lemma(predicate.token) == "clash":
        clashed = [
            one for _, below in clauses.preps(predicate.token, "of", "between") for one in clauses.conjuncts(below)
        ]
        return bool(clashed) and all(clauses.lemma(one) in grammar("vehicles") for one in clashed)
    if predicate.is_noun or clauses.lemma(predicate.token) not in ("hit", "strike"):
        return False
    subjects, objects = clauses.agents(predicate.token), clauses.objects(predicate.token)
    return (
        bool(subjects and objects)
        and all(clauses.lemma(one) in grammar("vehicles") for one in subjects)
        and all(clauses.lemma(one) in grammar("obstacles") for one in objects)
    )


def _is_careless_driving(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether somebody drove into people because he was drunk, too fast or without brakes, by what the report says of him.

    Who "drove a lorry into a market", and of whom nothing of the kind is told, meant to.
    """
    if predicate.is_noun or not any(clauses.lemma(at) in grammar("driving_verbs") for at in predicate.anchors):
        return False
    at = clauses.passage_of(predicate.token).index
    around = clauses.passages[at : at + 1 + _NEXT_PASSAGES]
    if any(is_violent(clauses, one) or not _INTENT.isdisjoint(clauses.words_of(one)) for one in around):
        return False
    words = frozenset().union(*(clauses.words_of(one) for one in around))
    is_of_vehicle = any(not words.isdisjoint(grammar(name)) for name in ("vehicles", "drivers"))
    is_careless = not words.isdisjoint(grammar("careless_driving")) or any(
        clauses.finds(_LOST_CONTROL, one) for one in around
    )
    return is_of_vehicle and is_careless


def _is_blaze(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a house burns and nobody is said to have lit it: "killed in a fire", "when a fire broke out"; gunfire is no "a fire"."""
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or clauses.lemma(token.index) not in grammar("fires") or token.dep == "dobj":
        return False
    is_one = any(child.text.lower() in ("a", "the", "another") for child in clauses.children(token.index, "det"))
    return is_one and not is_violent(clauses, clauses.passage_of(token.index))


# ---------------------------------------------------------------- blasts
def _is_blast_of_fuel(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether fuel, fireworks or stored goods exploded: "a fuel truck explosion", "a blast in a fireworks workshop"."""
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or clauses.lemma(token.index) not in ("blast", "explosion"):
        return False
    before = [clauses.lower[at] for at in clauses.document.subtree(token.index) if at < token.index]
    passage = clauses.passage_of(token.index)
    is_of_fuel = not grammar("fuels").isdisjoint(before)
    is_of_works = not grammar("pyrotechnics").isdisjoint(clauses.words_of(passage))
    if (is_of_fuel or is_of_works) and not is_violent(clauses, passage):
        return True
    causes = [
        cause
        for clause in clauses.children(token.index, "acl")
        if clauses.lemma(clause.index) == "cause"
        for _, cause in clauses.preps(clause.index, "by")
    ]
    return any(
        clauses.lemma(one) in grammar("mishap_causes")
        or any(child.lemma.lower() in ("keep", "store") for child in clauses.children(one, "acl", "amod"))
        for one in causes
    )


def _goes_off_by_itself(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether what blows up is a boiler, a still, a mill, and nobody is said to have done it: "the boiler blew up"."""
    if _is_of_what_went_off(clauses, predicate):
        return True
    if predicate.is_noun or not _is_blast(predicate) or clauses.is_passive(predicate.token):
        return False
    if any(clauses.is_verb(at) and clauses.objects(at) for at in predicate.anchors - predicate.outcomes):
        return False
    subjects = clauses.subjects(predicate.token)
    passage = clauses.passage_of(predicate.token)
    if subjects and all(clauses.lemma(one) in grammar("self_exploding") for one in subjects):
        return not is_violent(clauses, passage)
    are_works = bool(subjects) and all(
        clauses.lemma(one) in grammar("exploding_works")
        or (
            clauses.lemma(one) in grammar("stores")
            and not grammar("fuels").isdisjoint(clauses.lower[at] for at in clauses.document.subtree(one))
        )
        for one in subjects
    )
    return are_works and not any(is_violent(clauses, one) for one in clauses.passages)


def _is_of_what_went_off(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a noun is the blast of a thing that its sentence has burst by itself: "a boiler exploded, its blast injuring two"."""
    passage = clauses.passage_of(predicate.token)
    if not predicate.is_noun or clauses.lemma(predicate.token) not in ("blast", "explosion"):
        return False
    if not clauses.children(predicate.token, "poss") or is_violent(clauses, passage):
        return False
    return any(
        clauses.is_verb(token.index)
        and token.lemma.lower() in ("burst", "explode")
        and any(clauses.lemma(one) in grammar("self_exploding") for one in clauses.subjects(token.index))
        for token in clauses.document.tokens_between(passage.start, predicate.start)
    )


def _is_put_down_to_mishap(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether its sentence or one of the next gives a cause of blasts that nobody meant: "caused by a short circuit"."""
    if not _is_blast(predicate):
        return False
    at = clauses.passage_of(predicate.token).index
    around = clauses.passages[at : at + 1 + _NEXT_PASSAGES]
    causes = [index for index, one in enumerate(around) if _gives_cause(clauses, one)]
    return bool(causes) and not any(is_violent(clauses, one) for one in around[: causes[0] + 1])


def _gives_cause(clauses: Clauses, passage: Passage) -> bool:
    """Whether a sentence gives such a cause, and not one that was dropped: "ruled out a gas leak", "at first blamed a gas leak"."""
    text = clauses.document.text
    return any(
        _DROPPED.search(text, max(passage.start, cause.start() - _WITHIN), cause.start()) is None
        for cause in _blast_causes().finditer(text, passage.start, passage.end)
    )


@cache
def _blast_causes() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_form(sorted(grammar('blast_causes')))})\b", re.IGNORECASE)


def _bursts_in_training(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether shells kill those who practise with them or destroy them: "a shell exploded in its barrel during training"."""
    if not any(sense.event_type is EventType.EXPLOSIONS for sense in predicate.senses):
        return False
    own = sorted({predicate.token, *predicate.anchors})
    verbs = [at for at in own if clauses.is_verb(at)]
    if any(clauses.objects(at) for at in verbs if at not in predicate.outcomes):
        return False  # "shelled a camp during training" is done to somebody
    burst = [one for at in verbs for one in clauses.subjects(at)] + [at for at in own if at not in verbs]
    if not any(clauses.lemma(one) in grammar("own_shells") for one in burst):
        return False  # a bomb that goes off near those who train was laid for them
    return any(
        word in ("during", "in") and clauses.lower[below] in grammar("trainings")
        for at in own
        for word, below in clauses.preps(at)
    )


def _is_blasting(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether builders, miners or thieves blow something up: "demolished the chimney by explosion", "blew up a cash machine"."""
    if not _is_blast(predicate):
        return False
    verbs = [at for at in (predicate.token, *clauses.path_up(predicate.token)[1:]) if clauses.is_verb(at)][:1]
    doers = [one for at in verbs for agent in clauses.agents(at) for one in clauses.conjuncts(agent)]
    if doers and all(clauses.lemma(one) in grammar("blasters") for one in doers):
        return True
    done_to = [one for at in verbs for one in clauses.patients(at)]
    return bool(done_to) and all(_is_broken_into(clauses, one) for one in done_to)


def _is_blast(predicate: Predicate) -> bool:
    return any(sense.name in _BLASTS for sense in predicate.senses)


def _is_broken_into(clauses: Clauses, index: int) -> bool:
    """Whether thieves blow it up for what is in it: "a cash machine"."""
    before = [child.text.lower() for child in clauses.children(index, "compound", "amod")]
    return any(
        form in grammar("strongboxes")
        for form in (clauses.lemma(index), *(f"{one} {clauses.lemma(index)}" for one in before))
    )


# ---------------------------------------------------------------- harm that is long done
def _is_treated(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether only the people who are cared for were hurt once: "a clinic treats people wounded by mines"."""
    token = clauses.tokens[predicate.token]
    if predicate.is_noun or token.dep not in ("acl", "relcl") or not predicate.is_outcome:
        return False
    cared_for = clauses.tokens[token.head]
    above = clauses.tokens[cared_for.head]
    verb = clauses.tokens[above.head] if cared_for.dep == "pobj" else above
    if verb.lemma.lower().removesuffix("s") not in grammar("caring") or verb.tag not in ("VBZ", "VBP", "NNS", "VBG"):
        return False
    # Told as a habit, of people at large: "is treating the three wounded in Monday's raid" is news.
    return not clauses.children(cared_for.index, "det", "nummod", "poss") and cared_for.tag == "NNS"


def _is_coming_to_help(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether soldiers come to where a disaster was, and no arms are told of: "marched into X, which the quake had cut off"."""
    if predicate.is_noun or predicate.sense.event_type is not EventType.BATTLES:
        return False
    passage = clauses.passage_of(predicate.token)
    return (
        clauses.lemma(predicate.token) in grammar("coming")
        and not clauses.words_of(passage).isdisjoint(grammar("disasters"))
        and not any(is_violent(clauses, one) for one in clauses.passages)
    )
