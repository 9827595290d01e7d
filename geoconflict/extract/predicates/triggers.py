"""The words of a document that may tell of conflict events, each with what carries it.

A predicate is a verb or a noun with the light verbs that carry it ("launched an attack") and the outcomes that it
caused ("killing three"), which :mod:`~geoconflict.extract.predicates.joining` joins to it. What type of event it is, is
settled later, from its arguments (:mod:`~geoconflict.extract.events.deciding`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import MONTHS, Clauses, grammar
from geoconflict.extract.predicates.everyday import may_hold
from geoconflict.extract.predicates.senses import Sense, TriggerLexicon
from geoconflict.models import EventType

__all__ = ["CLAIMS", "LOSSES", "MIN_CAUSE_SCORE", "Predicate", "carry", "find_triggers"]

MIN_CAUSE_SCORE = 0.4
"""A sense below this names a state of things, such as a war, and takes no outcomes to itself."""
_STATES = frozenset({"alive", "captive", "dead", "hostage"})
"""What somebody is made, told behind whom: "burned a family of five alive"."""
_HELD = frozenset({"captive", "hostage"})
"""Those of them that whole lists of people are in."""
_LONG_GAP = 14
_GAP = 4  # words that may stand between the parts of a verb phrase: "shot the drone down"
CLAIMS = "claim-place"
LOSSES = "lose-people"
"""The sense of who lost men of their own."""
_TRUCE = "ceasefire"
"""The sense of nouns for a truce, which a breach of it does not make."""
_DEATHS = "fighters-die"
"""The sense of who died, of whom that is news of a fight."""


@dataclass(slots=True)
class Predicate:
    """A predicate under construction: the trigger, the words that carry it and the outcomes it caused."""

    token: int
    """The trigger's head token."""
    start: int
    end: int
    senses: list[Sense]
    """The readings that the word allows, the likeliest first; the arguments decide."""
    is_noun: bool
    anchors: set[int]
    """Tokens whose arguments are the predicate's: itself, its light verbs, merged triggers and outcomes."""
    merged: list[Sense] = field(default_factory=list)
    """Senses of other triggers that tell of the same event in the same clause."""
    outcomes: set[int] = field(default_factory=set)
    """Those of the anchors that tell what the event caused: their objects are not what it was aimed at."""

    @property
    def sense(self) -> Sense:
        """The likeliest reading."""
        return self.senses[0]

    @property
    def is_outcome(self) -> bool:
        """Whether the word may tell what an event caused rather than the event."""
        return any(sense.effect for sense in self.senses)

    @property
    def is_said_of_places(self) -> bool:
        """Whether its subject may be the place that it happens to: "the town fell", "the village surrendered"."""
        return any(sense.subject == "place" for sense in self.senses)

    @property
    def tells_of_territory(self) -> bool:
        """Whether the word may tell that a place changed hands: "fell", "lost"."""
        return any(sense.sub_event_type.endswith("territory") for sense in self.senses)


def find_triggers(clauses: Clauses, lexicon: TriggerLexicon) -> list[Predicate]:
    """Return the predicates that the words of a document make, each by itself, in text order."""
    tokens = clauses.tokens
    lower = clauses.plain
    nouns: list[Predicate] = []
    verbs: list[Predicate] = []
    taken: set[int] = set()
    at = 0
    while at < len(tokens):
        match = _noun_at(clauses, lexicon, lower, at) if lower[at] in lexicon.noun_forms else None
        if match is None:
            at += 1
            continue
        width, senses = match
        head = at + width - 1
        if any(_is_broken(clauses, part) for part in range(at, at + width)):
            senses = [sense for sense in senses if sense.name != _TRUCE]
        if not senses:
            at += width
            continue
        taken.update(range(at, at + width))
        nouns.append(Predicate(head, tokens[at].start, tokens[head].end, senses, is_noun=True, anchors={head}))
        at += width
    reached: set[int] = set()
    for at, token in enumerate(tokens):
        if lower[at] not in lexicon.verb_forms:
            continue
        if at in taken or token.dep == "amod":
            continue
        if not (_may_be_verb(clauses, lower, at) or _is_misread_verb(clauses, lexicon, lower, at)):
            continue
        verb = _verb_at(clauses, lexicon, lower, at)
        if verb is None:
            continue
        reach, senses = verb
        if any(sense.name == LOSSES for sense in senses) and not _loses_men(clauses, lexicon, at):
            senses = [sense for sense in senses if sense.name != LOSSES]
        if senses[0].name == _DEATHS and not _are_fighters(clauses, lexicon, at):
            continue
        senses = [sense for sense in senses if may_hold(clauses, lexicon, sense, at)]
        if not senses:
            continue
        if _only_says_that_they_died(clauses, at):
            continue
        if any(sense.name == CLAIMS for sense in senses) and not _claims_ground(clauses, at):
            continue
        reached.add(reach)
        span = (token.start, tokens[reach].end)
        verbs.append(Predicate(at, *span, senses, is_noun=False, anchors={at, reach}))
    # "opened fire": where the noun was taken first, the phrase is the better reading.
    found = [*(noun for noun in nouns if noun.token not in reached), *verbs]
    found = _without_deaths_of_events(clauses, found)
    for one in found:
        carry(clauses, lexicon, one)
    found.sort(key=lambda one: (one.start, one.end, one.sense.name))
    return found


def _is_broken(clauses: Clauses, at: int) -> bool:
    """Whether a noun is what was violated or did not hold: "a breach of the truce", "broke the truce", "the truce collapsed"."""
    token = clauses.tokens[at]
    above = token.head
    if token.dep == "pobj" and clauses.lower[above] in ("of", "to"):
        return clauses.lemma(clauses.tokens[above].head) in grammar("breaches")
    if token.dep in ("compound", "nmod"):
        return clauses.lemma(above) in grammar("breaches")
    # "A truce agreed in 1994 was broken", "a planned truce collapsed": what had come of it before is told.
    if any(child.dep == "acl" or child.text.lower().endswith("ed") for child in clauses.children(at, "acl", "amod")):
        return False
    if token.dep == "nsubj":
        return clauses.lemma(above) in grammar("collapsing")
    return token.dep in ("dobj", "nsubjpass") and clauses.lemma(above) in grammar("breaking")


def _noun_at(clauses: Clauses, lexicon: TriggerLexicon, lower: list[str], at: int) -> tuple[int, list[Sense]] | None:
    width = 0
    senses: list[Sense] = []
    for pieces, sense in lexicon.noun_forms.get(lower[at], ()):
        if len(pieces) < width or tuple(lower[at : at + len(pieces)]) != pieces:
            continue
        head = clauses.tokens[at + len(pieces) - 1]
        if len(pieces) == 1 and not _is_noun_use(clauses, at):
            continue
        if head.dep in ("compound", "nmod", "amod") and head.head > head.index:
            governor = clauses.tokens[head.head]
            is_date = governor.text[:3] in MONTHS and governor.text[:1].isupper()
            if (
                governor.text.lower() not in grammar("kept_compound_heads")
                and governor.pos in ("NOUN", "PROPN", "ADJ")
                and not is_date
            ):
                continue
        width = len(pieces)
        senses.append(sense)
    if not senses:
        return None
    return width, sorted(senses, key=lambda sense: -sense.score)


def _verb_at(clauses: Clauses, lexicon: TriggerLexicon, lower: list[str], at: int) -> tuple[int, list[Sense]] | None:
    """Return the last token of the longest verb phrase that begins at token `at`, and its readings."""
    end = at
    found: list[tuple[int, int, float, Sense]] = []
    for rest, sense in lexicon.verb_forms.get(lower[at], ()):
        reach = _follows(lower, at, rest)
        if reach is None and rest and rest[0] in _STATES:
            reach = _state_behind(clauses, at, rest[0])
        if rest and rest[0] != "place" and lower[at + 1 : at + 2] == ["place"]:
            continue  # "take place in Mexico City"
        if reach is None or clauses.passage_of(at).index != clauses.passage_of(reach).index:
            continue
        if rest and clauses.tokens[reach].dep in ("compound", "poss"):
            continue  # "taken to the City Hotel", "to the city's airport"
        if rest and rest[-1] in grammar("settlements") and _is_whither(clauses, reach):
            continue  # "the wounded were taken to the city"
        if rest and rest[-1] == "on" and _is_of_calendar(lower[reach + 1 : reach + 2]):
            continue  # "marched in X on Sunday"
        if rest == ("at",) and reach > at + 1 and clauses.is_passive(at):
            continue  # "was shot in the head at a checkpoint": where it was done
        end = max(end, reach)
        # "Shot dead ten at the border": of phrases of one length that which stands together, "shot dead" and not "shot at".
        found.append((-len(rest), reach, -sense.score, sense))
    if not found:
        return None
    return end, [sense for *_, sense in sorted(found, key=lambda item: item[:3])]


def _is_whither(clauses: Clauses, at: int) -> bool:
    """Whether somebody or something was brought to it: "to the city"."""
    token = clauses.tokens[at]
    return token.dep == "pobj" and clauses.lower[token.head] in ("into", "to")


def _is_of_calendar(words: list[str]) -> bool:
    """Whether what stands right behind "on" is a day: "Sunday", "June 12", "12 June"; "on a march" is none."""
    return any(word in lexicon_words("places", "calendar_words") or word.isdecimal() for word in words)


def _loses_men(clauses: Clauses, lexicon: TriggerLexicon, verb: int) -> bool:
    """Whether what was lost is men, and no town, control or match."""
    return any(lexicon.among(clauses.words(at), "men_lost") for at in clauses.patients(verb))


def _without_deaths_of_events(clauses: Clauses, found: list[Predicate]) -> list[Predicate]:
    """Leave out that fighters died where the sentence tells of what: "six rebels died in an ambush" is the ambush's."""
    told_in = [(clauses.passage_of(one.token).index, one.sense.name == _DEATHS) for one in found]
    others = {passage for passage, are_deaths in told_in if not are_deaths}
    return [
        one for one, (passage, are_deaths) in zip(found, told_in, strict=True) if not (are_deaths and passage in others)
    ]


def _are_fighters(clauses: Clauses, lexicon: TriggerLexicon, verb: int) -> bool:
    """Whether those who died are fighters; of anybody else "died" tells what came of an event, and is none."""
    return any(lexicon.among(clauses.words(at), "fighters_only") for at in clauses.subjects(verb))


def _only_says_that_they_died(clauses: Clauses, verb: int) -> bool:
    """Whether a verb says how people died, and of no town or road: "12 lost their lives in clashes", "had their throats cut"."""
    word = clauses.tokens[verb].lemma.lower()
    told_of = [clauses.tokens[at].lemma.lower() for at in (*clauses.patients(verb), *clauses.subjects(verb))]
    is_passive = clauses.tokens[verb].tag == "VBN"
    return (word == "lose" and "life" in told_of) or (word == "cut" and is_passive and "throat" in told_of)


def _claims_ground(clauses: Clauses, verb: int) -> bool:
    """Whether a name, "the town of X" or "control of X" is what was claimed on a day, and no attack, no life and no statement."""
    lasts = any(child.text.lower() in ("always", "long") for child in clauses.children(verb, "advmod"))
    if clauses.tokens[verb].tag != "VBD" or lasts or clauses.preps(verb, "as"):
        return False
    for child in clauses.children(verb, "dobj"):
        is_town = child.lemma.lower() in grammar("settlements") and bool(clauses.preps(child.index, "of"))
        is_name = child.pos == "PROPN" and not clauses.children(child.index, "det", "amod", "poss", "relcl", "acl")
        is_control = child.lemma.lower() == "control" and any(
            clauses.tokens[below].pos in ("PROPN", "NOUN") for _, below in clauses.preps(child.index, "of", "over")
        )
        if is_town or is_name or is_control:
            return True
    return False


def _is_part_of_a_name(clauses: Clauses, at: int) -> bool:
    """Whether a noun only belongs to what a body is called: "the Popular Front for the Liberation of X"."""
    if not clauses.tokens[at].text[:1].isupper():
        return False
    before = at - 1  # by the words before it: a parser may hang them on the verb
    while before > 0 and clauses.lower[before] in ("the", "national"):
        before -= 1
    body = clauses.tokens[max(0, before - 1)]
    is_body = any(body.lemma.lower() in grammar(key) for key in ("armed_bodies", "bodies_of_people"))
    return is_body and body.text[:1].isupper() and clauses.lower[before] in ("for", "of", "against")


def _is_noun_use(clauses: Clauses, at: int) -> bool:
    token = clauses.tokens[at]
    if _is_part_of_a_name(clauses, at):
        return False
    if token.text[:1].isupper() and _is_of_calendar([clauses.lower[at]]):
        return False  # "on 3 March"
    if token.pos in ("NOUN", "PROPN") or (token.pos == "ADJ" and token.dep in ("dobj", "pobj", "nsubj", "nsubjpass")):
        return True
    if token.tag == "VBZ" and token.dep in ("nsubj", "nsubjpass"):
        return True  # "Sunday blasts": no verb in the present is a subject
    if token.pos == "VERB" and token.tag == "VBG":
        return not any(child.dep in ("dobj", "aux") for child in clauses.children(at))
    # In headlines a noun at the root is often read as a verb: "LRA Attack January 10".
    return (
        token.pos in ("VERB", "ADJ", "X")
        and token.text[:1].isupper()
        and not any(child.dep in ("dobj", "nsubj", "aux", "auxpass") for child in clauses.children(at))
    )


def _may_be_verb(clauses: Clauses, lower: list[str], at: int) -> bool:
    token = clauses.tokens[at]
    if token.pos == "VERB":
        return True
    if token.pos in ("NOUN", "PROPN", "ADJ", "AUX") and lower[at].endswith(("ed", "ing")):
        return token.dep not in ("compound", "amod", "nmod") and token.tag != "NN"
    # A headline's plain verb read as a plural noun: "Gunmen kill 11", "Blast kills four".
    return (
        token.pos in ("NOUN", "PROPN")
        and token.dep in ("ROOT", "dep")
        and any(child.dep in ("dobj", "nsubj") for child in clauses.children(at))
    )


def _is_misread_verb(clauses: Clauses, lexicon: TriggerLexicon, lower: list[str], at: int) -> bool:
    """Whether a verb in the present was read as a plural noun: "a bomb detonates in X", "the bus hits a landmine".

    Words that are event nouns themselves ("missile strikes") are none, unless the whole phrase follows.
    """
    token = clauses.tokens[at]
    if token.tag != "NNS" or not lower[at].endswith("s"):
        return False
    phrases = (rest for rest, _ in lexicon.verb_forms[lower[at]] if len(rest) > 1)
    if any(tuple(lower[at + 1 : at + 1 + len(rest)]) == rest for rest in phrases):
        return True
    return (
        token.dep == "ROOT"
        and lower[at] not in lexicon.noun_forms
        and any(child.index == at - 1 for child in clauses.children(at, "compound"))
    )


def _follows(lower: list[str], at: int, rest: tuple[str, ...]) -> int | None:
    reach = at
    for word in rest:
        for step in range(1, _GAP + 1):
            if reach + step < len(lower) and lower[reach + step] == word:
                reach += step
                break
        else:
            return None
    return reach


def _state_behind(clauses: Clauses, verb: int, state: str) -> int | None:
    """Return the word for what became of a long object: "took the wife of the mayor and her two sons hostage"."""
    for token in clauses.tokens[verb + 1 : verb + 1 + _LONG_GAP]:
        if token.text.lower() == state:
            return token.index
        is_comma = token.text == "," and state in _HELD  # "took a priest, two nuns and a dozen others hostage"
        if (token.pos in ("VERB", "PUNCT") and not is_comma) or token.head == token.index:
            break
    return None


def carry(clauses: Clauses, lexicon: TriggerLexicon, predicate: Predicate) -> None:
    """Add the light verb, the auxiliary nouns and the outbreak verb that carry an event noun."""
    if not predicate.is_noun:
        return
    at = predicate.token
    for _ in range(4):
        token = clauses.tokens[at]
        if token.head == at:
            break
        governor = clauses.tokens[token.head]
        word = governor.text.lower()
        if predicate.sense.event_type is EventType.DIPLOMACY and _is_a_state(clauses, governor.index):
            break  # "talks are over", "a truce is possible"
        if token.dep in ("dobj", "nsubjpass") and governor.lemma.lower() == "claim":
            break  # "the group claimed the attack": of "the attack claimed lives" it is the subject
        if token.dep in ("dobj", "nsubj", "nsubjpass", "attr", "oprd", "relcl") and word in lexicon.carriers:
            predicate.anchors.add(governor.index)
            break
        if (
            token.dep == "pobj"
            and word == "for"
            and clauses.tokens[governor.head].text.lower() in grammar("travel_verbs")
        ):
            predicate.anchors.add(governor.head)  # "arrived in Geneva for talks"
            break
        if token.dep == "pobj" and word == "with" and _is_answer(clauses, governor.head):
            predicate.anchors.add(governor.head)
            break
        if token.dep in ("pobj", "pcomp") and governor.text.lower() in ("of", "in"):
            at = governor.index  # "a wave of bombings", "engaged in fighting"
            continue
        if token.dep == "prep" and governor.pos == "NOUN":
            if governor.text.lower() in (
                "wave",
                "series",
                "string",
                "spate",
                "day",
                "days",
                "hours",
                "night",
                "round",
                "outbreak",
                "spree",
                "bout",
            ):
                predicate.anchors.add(governor.index)
                at = governor.index
                continue
            break
        if token.dep == "conj":
            at = governor.index
            continue
        break
    # "fighting that broke out over the territory": the clause that hangs on the noun is about the event.
    # "The accord agreed in X is signed in Y": where it is told what became of an agreement, that counts.
    is_signed = any(clauses.tokens[anchor].lemma.lower() == "sign" for anchor in predicate.anchors)
    for child in clauses.children(predicate.token, "relcl", "acl", "ccomp"):
        if child.text.lower() in lexicon.carriers and not (is_signed and child.dep == "acl"):
            predicate.anchors.add(child.index)


def _is_a_state(clauses: Clauses, verb: int) -> bool:
    """Whether a form of "be" only says how things stand: "are over", "were off", "is possible"."""
    return clauses.tokens[verb].lemma.lower() == "be" and any(
        child.text.lower() in grammar("states_of_talks")
        for child in clauses.children(verb, "acomp", "advmod", "attr", "prt", "prep")
    )


def _is_answer(clauses: Clauses, at: int) -> bool:
    return clauses.is_verb(at) and clauses.tokens[at].lemma.lower() in grammar("answering")
