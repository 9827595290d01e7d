"""Which words of a report tell of conflict events: the trigger lexicon, and the predicates found with it.

A predicate is a verb or a noun with the light verbs that carry it ("launched an attack") and the outcomes that it
caused ("killing three"). What type of event it is, is settled later, from its arguments (:mod:`.deciding`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from geoconflict.errors import ConfigError
from geoconflict.extract.clauses import Clauses
from geoconflict.extract.lexicon import read_lexicon
from geoconflict.models import SUB_EVENT_TYPES, EventType

__all__ = ["Predicate", "Sense", "TriggerLexicon", "find_predicates", "load_trigger_lexicon"]

MIN_CAUSE_SCORE = 0.4
"""A sense below this names a state of things, such as a war, and takes no outcomes to itself."""
_PIECES = re.compile(r"\w+|[^\w\s]")
_GAP = 4  # words that may stand between the parts of a verb phrase: "shot the drone down"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One entry of the trigger lexicon; the keys are explained in ``resources/lexicons/triggers.toml``."""

    name: str
    event_type: EventType
    sub_event_type: str
    score: float
    plover: str = ""
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    refine: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    object: str = ""
    subject: str = ""
    modifier: str = ""
    not_object: str = ""
    not_subject: str = ""
    not_modifier: str = ""
    not_with: str = ""
    effect: bool = False


@dataclass(frozen=True, slots=True)
class TriggerLexicon:
    """The senses, indexed by the first word of their verbs and nouns, and the word classes they refer to."""

    senses: Mapping[str, Sense]
    words: Mapping[str, frozenset[str]]
    instruments: tuple[tuple[str, EventType, str], ...]
    verb_forms: Mapping[str, tuple[tuple[tuple[str, ...], Sense], ...]]
    """Inflected first word -> (words that must follow, sense), most words first."""
    noun_forms: Mapping[str, tuple[tuple[tuple[str, ...], Sense], ...]]
    """First word -> (all words, sense), most words first."""
    carriers: frozenset[str]
    """Forms of the verbs that carry an event noun: their subject, object and adverbials are the event's."""
    outcome_carriers: frozenset[str]
    """Those of them whose subject is the event itself: "the blast killed", "clashes broke out"."""

    def among(self, words: frozenset[str], name: str) -> bool:
        """Whether one of `words` belongs to the class `name`."""
        return not words.isdisjoint(self.words.get(name, frozenset()))


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

    @property
    def sense(self) -> Sense:
        """The likeliest reading."""
        return self.senses[0]

    @property
    def is_outcome(self) -> bool:
        """Whether the word may tell what an event caused rather than the event."""
        return any(sense.effect for sense in self.senses)


# ---------------------------------------------------------------- the lexicon
@functools.lru_cache(maxsize=4)
def load_trigger_lexicon(extras: tuple[str, ...] = ()) -> TriggerLexicon:
    """Return the senses and word classes of ``triggers.toml`` with what the user's files `extras` add.

    An added sense of a known name replaces the built-in one.

    Raises
    ------
    ConfigError
        If a sense is incomplete or of an unknown type; the message names the sense.
    """
    tables = read_lexicon("triggers", extras)
    senses = {sense.name: sense for sense in (_sense(row) for row in tables["sense"])}
    irregular = {lemma: tuple(forms) for lemma, forms in tables["irregular"].items()}
    return TriggerLexicon(
        senses=senses,
        words={name: frozenset(word.lower() for word in words) for name, words in tables["words"].items()},
        instruments=tuple((row["words"], EventType(row["type"]), row["sub"]) for row in tables["instrument"]),
        verb_forms=_index_verbs(senses.values(), irregular),
        noun_forms=_index_nouns(senses.values()),
        carriers=_forms([*tables["carriers"]["doing"], *tables["carriers"]["happening"]], irregular),
        outcome_carriers=_forms(tables["carriers"]["happening"], irregular),
    )


def _sense(row: Mapping[str, Any]) -> Sense:
    known = set(Sense.__slots__) | {"type", "sub"}
    name = row.get("name", "(without a name)")
    unknown = sorted(set(row) - known)
    if unknown:
        msg = f"triggers lexicon: sense {name!r} has unknown keys {', '.join(unknown)}; there are {', '.join(sorted(known))}"
        raise ConfigError(msg)
    try:
        event_type = EventType(row["type"])
        sub = row["sub"]
        score = float(row["score"])
    except (KeyError, ValueError) as error:
        msg = f"triggers lexicon: sense {name!r} needs type, sub and score with known values: {error}"
        raise ConfigError(msg) from error
    if sub not in SUB_EVENT_TYPES[event_type]:
        msg = f"triggers lexicon: sense {name!r}: {sub!r} is no sub-type of {event_type.value!r}; there are {', '.join(SUB_EVENT_TYPES[event_type])}"
        raise ConfigError(msg)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    for key in ("type", "sub", "score"):
        values.pop(key)
    return Sense(event_type=event_type, sub_event_type=sub, score=score, **values)


def _index_verbs(
    senses: Iterable[Sense], irregular: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[tuple[tuple[str, ...], Sense], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for sense in senses:
        for verb in sense.verbs:
            first, *rest = verb.split()
            kept = tuple(word for word in rest if word not in ("a", "an", "the"))
            for form in _inflect(first, irregular):
                index.setdefault(form, []).append((kept, sense))
    return {form: tuple(sorted(found, key=lambda item: -len(item[0]))) for form, found in index.items()}


def _index_nouns(senses: Iterable[Sense]) -> dict[str, tuple[tuple[tuple[str, ...], Sense], ...]]:
    index: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for sense in senses:
        for noun in sense.nouns:
            for form in {noun, _plural(noun)}:
                pieces = tuple(_PIECES.findall(form.lower()))
                index.setdefault(pieces[0], []).append((pieces, sense))
    return {form: tuple(sorted(found, key=lambda item: (-len(item[0]), item[0]))) for form, found in index.items()}


def _forms(lemmas: Iterable[str], irregular: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    return frozenset(form for lemma in lemmas for form in _inflect(lemma, irregular))


def _inflect(lemma: str, irregular: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the forms of a regular English verb, and its irregular ones."""
    forms = {lemma, *irregular.get(lemma, ())}
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        forms.add(lemma + "es")
    elif lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        forms.add(lemma[:-1] + "ies")
    else:
        forms.add(lemma + "s")
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    forms.add(stem + "ing")
    if lemma not in irregular:
        forms.add(lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2:-1] not in "aeiou" else stem + "ed")
    return forms


def _plural(noun: str) -> str:
    head, _, last = noun.rpartition(" ")
    if last.endswith(("s", "fire")):
        plural = last
    elif last.endswith(("sh", "ch", "x")):
        plural = last + "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        plural = last[:-1] + "ies"
    else:
        plural = last + "s"
    return f"{head} {plural}" if head else plural


# ---------------------------------------------------------------- predicates in a document
_MONTHS = frozenset("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
_OWNERS = frozenset({"weapons-found", "shoot-down"})
_CAUSE_PREPS = frozenset("in by during from after following when amid as under to with through upon".split())
_KEPT_COMPOUND_HEADS = frozenset(
    "wave series campaign attempt attempts spree violation violations incident incidents operation operations attack attacks "
    "toll tolls death strike strikes blast blasts raid raids explosion wave agreement deal fire casualties assault round talks violence".split()
)


def find_predicates(clauses: Clauses, lexicon: TriggerLexicon) -> list[Predicate]:
    """Return the predicates of a document in text order, outcomes joined to their causes."""
    found = _triggers(clauses, lexicon)
    found = _join_nouns(clauses, found)
    return _join_outcomes(clauses, found)


def _triggers(clauses: Clauses, lexicon: TriggerLexicon) -> list[Predicate]:
    tokens = clauses.tokens
    lower = [token.text.lower().replace("’", "'") for token in tokens]
    found: list[Predicate] = []
    taken: set[int] = set()
    at = 0
    while at < len(tokens):
        match = _noun_at(clauses, lexicon, lower, at)
        if match is None:
            at += 1
            continue
        width, senses = match
        head = at + width - 1
        taken.update(range(at, at + width))
        found.append(Predicate(head, tokens[at].start, tokens[head].end, senses, is_noun=True, anchors={head}))
        at += width
    for at, token in enumerate(tokens):
        if at in taken or token.dep == "amod" or not _may_be_verb(clauses, lower, at):
            continue
        verb = _verb_at(clauses, lexicon, lower, at)
        if verb is None:
            continue
        reach, senses = verb
        # "opened fire": where the noun was taken first, the phrase is the better reading.
        found = [one for one in found if one.token != reach]
        span = (token.start, tokens[reach].end)
        found.append(Predicate(at, *span, senses, is_noun=False, anchors={at, reach}))
    for one in found:
        _carry(clauses, lexicon, one)
    found.sort(key=lambda one: (one.start, one.end, one.sense.name))
    return found


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
            is_date = governor.text[:3] in _MONTHS and governor.text[:1].isupper()
            if (
                governor.text.lower() not in _KEPT_COMPOUND_HEADS
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
    width = 0
    end = at
    senses: list[Sense] = []
    for rest, sense in lexicon.verb_forms.get(lower[at], ()):
        if len(rest) < width:
            break
        reach = _follows(lower, at, rest)
        if reach is None or clauses.passage_of(at).index != clauses.passage_of(reach).index:
            continue
        width, end = len(rest), reach
        senses.append(sense)
    if not senses:
        return None
    return end, sorted(senses, key=lambda sense: -sense.score)


def _is_noun_use(clauses: Clauses, at: int) -> bool:
    token = clauses.tokens[at]
    if token.pos in ("NOUN", "PROPN") or (token.pos == "ADJ" and token.dep in ("dobj", "pobj", "nsubj", "nsubjpass")):
        return True
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


def _carry(clauses: Clauses, lexicon: TriggerLexicon, predicate: Predicate) -> None:
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
        if token.dep in ("dobj", "nsubj", "nsubjpass", "attr", "oprd", "relcl") and word in lexicon.carriers:
            predicate.anchors.add(governor.index)
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
    for child in clauses.children(predicate.token, "relcl", "acl", "ccomp"):
        if child.text.lower() in lexicon.carriers:
            predicate.anchors.add(child.index)


# ---------------------------------------------------------------- one event, several words
def _join_nouns(clauses: Clauses, found: list[Predicate]) -> list[Predicate]:
    """Join a verb with the event noun it governs ("clashed in the fight over"), and a noun with a noun it modifies."""
    owner = {one.token: one for one in found}
    gone: set[int] = set()
    for one in found:
        if not one.is_noun or one.is_outcome:
            continue
        token = clauses.tokens[one.token]
        target: Predicate | None = None
        if token.dep in ("compound", "amod", "nmod") and token.head in owner:
            target = owner[token.head]
        elif token.dep == "pobj":
            prep = clauses.tokens[token.head]
            above = owner.get(prep.head)
            same_family = above is not None and above.sense.event_type is one.sense.event_type
            if (
                above is not None
                and above is not one
                and same_family
                and prep.text.lower() in ("in", "during", "of", "with", "by")
            ):
                target = above
        if target is not None and target is not one and id(target) not in gone:
            _absorb(target, one)
            gone.add(id(one))
    for one in found:
        if one.is_noun or one.is_outcome or id(one) in gone:
            continue
        # "a bombing struck the market", "carried out attacks": the noun names the event, the verb brings arguments.
        for at in [*clauses.subjects(one.token), *clauses.objects(one.token)]:
            noun = owner.get(at)
            if (
                noun is not None
                and noun.is_noun
                and one.sense.name in _OWNERS
                and noun.sense.event_type is EventType.EXPLOSIONS
            ):
                # "defused a bomb": the verb names the event.
                _absorb(one, noun)
                gone.add(id(noun))
                break
            if noun is not None and noun.is_noun and id(noun) not in gone and not noun.is_outcome:
                if noun.sense.event_type is EventType.DIPLOMACY and one.sense.event_type is not EventType.DIPLOMACY:
                    continue
                _absorb(noun, one)
                gone.add(id(one))
                break
    return [one for one in found if id(one) not in gone]


def _absorb(kept: Predicate, gone: Predicate) -> None:
    kept.anchors |= gone.anchors
    kept.merged.append(gone.sense)
    kept.merged.extend(gone.merged)


def _join_outcomes(clauses: Clauses, found: list[Predicate]) -> list[Predicate]:
    """Join outcomes ("killed", "destroyed") to the event in the sentence that caused them."""
    owner: dict[int, Predicate] = {}
    for one in found:
        for anchor in sorted(one.anchors):
            if anchor == one.token or anchor not in owner:
                owner[anchor] = one
    gone: set[int] = set()
    for one in found:
        if not one.is_outcome:
            continue
        cause = _cause_of(clauses, one, owner)
        if cause is not None and cause is not one and id(cause) not in gone:
            _absorb(cause, one)
            gone.add(id(one))
            for anchor in one.anchors:
                owner[anchor] = cause
    return [one for one in found if id(one) not in gone]


def _cause_of(clauses: Clauses, one: Predicate, owner: Mapping[int, Predicate]) -> Predicate | None:
    if one.is_noun:
        return None
    verb = one.token
    passage = clauses.passage_of(verb).index

    def event_at(index: int) -> Predicate | None:
        cause = owner.get(index)
        if cause is None or cause is one or clauses.passage_of(cause.token).index != passage:
            return None
        # "during the conflict" names no cause of its own: a war is no single event.
        return (
            cause
            if cause.sense.event_type is not EventType.DIPLOMACY and cause.sense.score >= MIN_CAUSE_SCORE
            else None
        )

    def event_in(index: int) -> Predicate | None:
        for at in clauses.conjuncts(index):
            cause = event_at(at)
            if cause is not None:
                return cause
            for token in clauses.phrase_tokens(at):
                cause = event_at(token.index)
                if cause is not None and cause.is_noun:
                    return cause
        return None

    for at in clauses.subjects(verb) if not clauses.is_passive(verb) else []:
        if (cause := event_in(at)) is not None:
            return cause
    for word, at in clauses.preps(verb):
        if word.split()[0] in _CAUSE_PREPS and (cause := event_in(at)) is not None:
            return cause
    for child in clauses.children(verb, "advcl", "ccomp", "xcomp", "prep", "conj"):
        mark = {token.text.lower() for token in clauses.children(child.index, "mark", "advmod")}
        if (mark & {"when", "as", "after", "while"} or child.dep == "conj") and (
            cause := event_at(child.index)
        ) is not None:
            return cause
    # "shelled the town, killing three": the governing clause.
    token = clauses.tokens[verb]
    for _ in range(3):
        if token.head == token.index or token.dep not in (
            "advcl",
            "acl",
            "conj",
            "xcomp",
            "ccomp",
            "pcomp",
            "prep",
            "relcl",
            "dobj",
            "dep",
        ):
            break
        if token.dep == "ccomp" and clauses.tokens[token.head].pos == "VERB" and event_at(token.head) is None:
            break
        if (cause := event_at(token.head)) is not None and (token.dep != "relcl" or cause.is_noun):
            return cause
        token = clauses.tokens[token.head]
    return None
