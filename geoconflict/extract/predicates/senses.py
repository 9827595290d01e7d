"""The trigger lexicon: the words that tell of conflict events, read from ``resources/lexicons/triggers.toml``."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from geoconflict.codes import check_plover
from geoconflict.errors import ConfigError
from geoconflict.extract.lexicon import kept_by_content, lexicon_rows, read_demonyms, read_lexicon
from geoconflict.extract.predicates.sense_checks import (
    INSTRUMENT_KEYS,
    NEEDS,
    REFINEMENTS,
    SENSE_KEYS,
    check_classes,
    check_name,
    check_row,
)
from geoconflict.models import SUB_EVENT_TYPES, EventType

__all__ = ["ARMED_EVENTS", "FINDING_THE_DEAD", "Instrument", "Sense", "TriggerLexicon", "load_trigger_lexicon"]

ARMED_EVENTS = frozenset({EventType.BATTLES, EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS})
FINDING_THE_DEAD = frozenset({"bodies", "found-dead"})
"""Names of the senses by which people are found who died before."""
"""Types of events in which arms are used, or people harmed by those who bear them."""

_PIECES = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """One entry of the trigger lexicon; the keys are explained in ``resources/lexicons/triggers.toml``."""

    name: str
    event_type: EventType
    sub_event_type: str
    score: float
    plover: str = ""
    plover_by: tuple[tuple[frozenset[str], str], ...] = ()
    """Forms of a word of the trigger, and the PLOVER code that it makes of the sense."""
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
    not_clause: str = ""
    not_instrument: str = ""
    effect: bool = False


@dataclass(frozen=True, slots=True)
class Instrument:
    """What a weapon named beside a predicate makes of it."""

    words: str
    """A class of words."""
    event_type: EventType
    sub_event_type: str
    plover: str


@dataclass(frozen=True, slots=True)
class TriggerLexicon:
    """The senses, indexed by the first word of their verbs and nouns, and the word classes they refer to."""

    senses: Mapping[str, Sense]
    words: Mapping[str, frozenset[str]]
    instruments: tuple[Instrument, ...]
    plover: Mapping[str, str]
    """Sub-type -> the PLOVER code that it has whatever the words, "" where PLOVER has none."""
    verb_forms: Mapping[str, tuple[tuple[tuple[str, ...], Sense], ...]]
    """Inflected first word -> (words that must follow, sense), most words first."""
    noun_forms: Mapping[str, tuple[tuple[tuple[str, ...], Sense], ...]]
    """First word -> (all words, sense), most words first."""
    carriers: frozenset[str]
    """Forms of the verbs that carry an event noun: their subject, object and adverbials are the event's."""
    outcome_carriers: frozenset[str]
    """Those of them whose subject is the event itself: "the blast killed", "clashes broke out"."""

    def among(self, words: frozenset[str], name: str) -> bool:
        """Whether one of `words` belongs to the class `name`, which must be there."""
        return not words.isdisjoint(self.words[name])

    def plover_of(self, sense: Sense, sub_event_type: str, trigger: frozenset[str], near: frozenset[str]) -> str:
        """Return the PLOVER code of an event: by the weapon, by the word, by the sense, by the sub-type.

        Parameters
        ----------
        sub_event_type
            What the arguments made of the sense.
        trigger, near
            The words of the predicate, and all words around it, lower case.
        """
        for one in self.instruments:
            if one.sub_event_type == sub_event_type and self.among(near, one.words):
                return one.plover
        if sub_event_type != sense.sub_event_type:
            return self.plover[sub_event_type]
        for forms, code in sense.plover_by:
            if not trigger.isdisjoint(forms):
                return code
        return sense.plover or self.plover[sub_event_type]


@kept_by_content(maxsize=4)
def load_trigger_lexicon(extras: tuple[str, ...] = ()) -> TriggerLexicon:
    """Return the senses and word classes of ``triggers.toml`` with what the user's files `extras` add.

    An added sense of a known name replaces the built-in one.

    Raises
    ------
    ConfigError
        If a sense or a weapon is incomplete, holds something of the wrong type, or names a type, a sub-type, a PLOVER code,
        a class of words or a need that there is not; the message names the file, the line and the sense.
    """
    tables = read_lexicon("triggers", extras)
    here = ", ".join(extras) or "triggers.toml"
    check_classes(tables, ("irregular", "words", "carriers"), here)
    for key in tables["carriers"]:
        check_name(key, ("doing", "happening"), f"{here}: carriers")
    irregular = {lemma: tuple(forms) for lemma, forms in tables["irregular"].items()}
    classes = tables["words"].keys()
    instruments = tuple(
        _instrument(row, where, classes) for _, where, row in lexicon_rows("triggers", "instrument", extras)
    )
    weapons = {one.words for one in instruments}
    rows = lexicon_rows("triggers", "sense", extras)
    senses = {
        sense.name: sense for sense in (_sense(row, where, irregular, classes, weapons) for _, where, row in rows)
    }
    for sub, code in tables["plover"].items():
        check_name(sub, {one for subs in SUB_EVENT_TYPES.values() for one in subs}, f"{here}: plover")
        _check_code(code, f"{here}: plover.{sub!r}")
    return TriggerLexicon(
        senses=senses,
        words={name: _word_class(words) for name, words in tables["words"].items()},
        instruments=instruments,
        plover=tables["plover"],
        verb_forms=_index_verbs(senses.values(), irregular),
        noun_forms=_index_nouns(senses.values()),
        carriers=_forms([*tables["carriers"]["doing"], *tables["carriers"]["happening"]], irregular),
        outcome_carriers=_forms(tables["carriers"]["happening"], irregular),
    )


def _word_class(words: Iterable[str]) -> frozenset[str]:
    """Return the words of a class; the entry ``@demonyms`` stands for every nationality and people that is known."""
    given = {word.lower() for word in words}
    if "@demonyms" in given:
        given = (given - {"@demonyms"}) | set(read_demonyms())
    return frozenset(given)


def _sense(
    row: Mapping[str, Any],
    where: str,
    irregular: Mapping[str, tuple[str, ...]],
    classes: Collection[str],
    weapons: Collection[str],
) -> Sense:
    here = f"{where}: sense {row.get('name', '(without a name)')!r}"
    check_row(row, SENSE_KEYS, here)
    for key in ("name", "type", "sub", "score"):
        if not row.get(key):
            msg = f"{here} needs a {key}"
            raise ConfigError(msg)
    event_type, sub = _type_of(row, here)
    if "verbs" not in row and "nouns" not in row:
        msg = f"{here} needs verbs, nouns or both"
        raise ConfigError(msg)
    _check_names(row, here, classes, weapons)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    for key in ("type", "sub", "score"):
        values.pop(key)
    _check_code(values.get("plover", ""), here)
    by = values.pop("plover_by", {})
    for code in by.values():
        _check_code(code, here)
    plover_by = tuple((frozenset(_inflect(word, irregular)), code) for word, code in by.items())
    return Sense(event_type=event_type, sub_event_type=sub, score=float(row["score"]), plover_by=plover_by, **values)


def _check_names(row: Mapping[str, Any], here: str, classes: Collection[str], weapons: Collection[str]) -> None:
    """Check that a sense asks for classes of words and other things that there are: for others it would ask in vain."""
    for key in ("needs", "requires"):
        for name in row.get(key, ()):
            check_name(name, {*classes, *NEEDS}, f"{here}: {key}")
    for name in row.get("refine", ()):
        check_name(name, REFINEMENTS, f"{here}: refine")
    for key in ("object", "subject"):
        if row.get(key):
            check_name(row[key], {*classes, "place"}, f"{here}: {key}")
    for key in ("modifier", "not_object", "not_subject", "not_modifier", "not_with", "not_clause"):
        if row.get(key):
            check_name(row[key], classes, f"{here}: {key}")
    if row.get("not_instrument"):
        check_name(row["not_instrument"], weapons, f"{here}: not_instrument")


def _instrument(row: Mapping[str, Any], where: str, classes: Collection[str]) -> Instrument:
    here = f"{where}: instrument {row.get('words', '(without words)')!r}"
    check_row(row, INSTRUMENT_KEYS, here)
    if missing := [key for key in INSTRUMENT_KEYS if not row.get(key)]:
        msg = f"{here} needs words, type, sub and plover; it has no {', '.join(missing)}"
        raise ConfigError(msg)
    check_name(row["words"], classes, f"{here}: words")
    event_type, sub = _type_of(row, here)
    _check_code(row["plover"], here)
    return Instrument(row["words"], event_type, sub, row["plover"])


def _type_of(row: Mapping[str, Any], here: str) -> tuple[EventType, str]:
    check_name(row["type"], list(EventType), f"{here}: type")
    event_type, sub = EventType(row["type"]), row["sub"]
    if sub not in SUB_EVENT_TYPES[event_type]:
        msg = f"{here}: {sub!r} is no sub-type of {event_type.value!r}; there are {', '.join(SUB_EVENT_TYPES[event_type])}"
        raise ConfigError(msg)
    return event_type, sub


def _check_code(code: str, here: str) -> None:
    try:
        if code:
            check_plover(code)
    except ValueError as error:
        msg = f"{here}: {error}"
        raise ConfigError(msg) from error


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


_DOUBLED = re.compile(r"[^aeiou]+[aeiou][bdgmnprt]")
"""Verbs of one syllable whose last consonant is written twice: "lobbed", "swapping"."""


def _inflect(lemma: str, irregular: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the forms of a regular English verb, and its irregular ones."""
    forms = {lemma, *irregular.get(lemma, ())}
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        forms.add(lemma + "es")
    elif lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        forms.add(lemma[:-1] + "ies")
    else:
        forms.add(lemma + "s")
    stem = lemma + lemma[-1] if _DOUBLED.fullmatch(lemma) else lemma.removesuffix("e")
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
