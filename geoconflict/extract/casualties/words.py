"""The words that count casualties, and the small records between the steps of reading them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from geoconflict.extract.language.model import Token
from geoconflict.extract.lexicon import any_form, read_lexicon, read_people
from geoconflict.models import Count

__all__ = ["ALONG", "LIST", "TOLL", "Trigger", "Victims", "Words", "exactly", "is_one", "plus", "words"]

LIST = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+as\s+well\s+as\s+|\s+plus\s+|\s*&\s*")
ALONG = re.compile(r"\s*+,?\s*+(?:(?:along|together)\s+with|alongside)\s+")
TOLL = re.compile(
    r"\b(?:death|casualty)\s+toll\b|\btoll\b|\bfatalities\b|(?<=\bthe\s)dead(?=\s+at\s)"
    r"|(?:(?<=\bits\s)|(?<=\btheir\s)|(?<=\bown\s))(?:losses|dead)(?=\s+at\s+(?:[a-z]+\s+){0,2}\d)"
    r"|\bnumber\s+of\s+(?:the\s+)?(?:dead|deaths|victims|fatalities|people\s+killed|those\s+killed)\b"
    r"|\b(?:deaths|losses)\s+(?=(?:[\w'’-]+\s+){0,6}?(?:stand|stands|stood|rose|rise|risen|reached|total|totalled)\b)"
)


@dataclass(frozen=True, slots=True)
class Victims:
    """A noun phrase with a number, or several in a list."""

    start: int
    end: int
    count: Count
    who: str | None
    head: Token | None
    """The head noun; None for a bare number."""
    kind: str
    """person, thing or unknown."""
    explicit: bool
    """Whether a number was said, and not only "a" or "the"."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of casualties, with where its victims may stand."""

    start: int
    end: int
    measure: str
    active: bool
    """The victims may follow as object."""
    passive: bool
    """The victims may come before."""
    subject: bool
    of: bool
    """The victims follow "of"."""
    people: bool


@dataclass(frozen=True, slots=True)
class Words:
    """The lexicon, compiled."""

    triggers: re.Pattern[str]
    by_form: dict[str, list[tuple[str, str]]]
    nouns: dict[str, str]
    measures: dict[str, Any]
    people: frozenset[str]
    kin: frozenset[str]
    """Nouns for one of a family."""
    endings: tuple[str, ...]
    things: frozenset[str]
    zero: re.Pattern[str]
    part: re.Pattern[str]
    """What opens the parts of a number, at the end of the text before them: "including"."""
    unreal: tuple[re.Pattern[str], ...]
    """What before a word makes it no death: "could be", "not", "sentenced ... to"."""
    nobody: re.Pattern[str]
    """What makes a noun phrase nobody: "not a single", "hardly any"."""
    after: dict[str, re.Pattern[str]]
    """What must follow the victims of a word: "forced" 30 people "to flee"."""
    ordinals: frozenset[str]
    war: tuple[tuple[re.Pattern[str], str], ...]
    point: re.Pattern[str]
    """A date that looks like a period: "last month"."""
    one_event: re.Pattern[str]
    """What makes such a date that of one event: "an attack"."""
    addition: re.Pattern[str]
    goes_on: re.Pattern[str]
    war_began: re.Pattern[str]
    only_counts: re.Pattern[str]
    superlatives: re.Pattern[str]
    event: tuple[re.Pattern[str], ...]


@functools.cache
def words() -> Words:
    """Return the lexicon of casualties, compiled once a process."""
    lexicon = read_lexicon("casualties")
    by_form: dict[str, list[tuple[str, str]]] = {}
    nouns: dict[str, str] = {}
    for measure, parts in lexicon["measure"].items():
        for voice in ("active", "active_people", "passive", "subject", "nouns_of"):
            for form in parts.get(voice, ()):
                by_form.setdefault(form, []).append((measure, voice))
        for noun in parts["nouns"]:
            nouns[noun] = measure
    unknown = "|".join(lexicon["zero"]["unknown"])
    zeros = "|".join(
        f"(?P<{name}>{'|'.join(re.escape(w) for w in sorted(lexicon['zero'][name], key=len, reverse=True))})"
        for name in ("killed", "wounded", "casualties")
    )
    things = set(lexicon["things"]["nouns"])
    things |= {f"{noun}s" for noun in things} | {f"{noun}es" for noun in things}
    things |= {f"{noun[:-1]}ies" for noun in lexicon["things"]["nouns"] if noun.endswith("y")} | {"feet"}
    return Words(
        triggers=re.compile(rf"(?<![\w-])(?:{any_form(by_form)})(?![\w-])"),
        by_form=by_form,
        nouns=nouns,
        measures=lexicon["measure"],
        people=read_people(),
        kin=frozenset(lexicon["people"]["kin"]),
        endings=tuple(lexicon["people"]["endings"]),
        things=frozenset(things),
        zero=re.compile(
            rf"(?<!\w)(?:no|without(?:\s+any|\s+causing(?:\s+any)?)?|nor)\s+(?:(?!(?:{unknown})\b)[\w-]+\s+){{0,3}}?(?:{zeros})(?!\w)"
            r"|(?<!\w)(?P<nobody>nobody|none|no[\s-]one)\s+(?:was|were|has\s+been)\s+(?:reported\s+)?(?P<nobody_measure>killed|hurt|injured|wounded)"
        ),
        part=re.compile(rf"(?<!\w)(?:{'|'.join(lexicon['parts']['openers'])})\s*$"),
        unreal=tuple(re.compile(rf"{pattern}\s*$") for pattern in lexicon["unreal"]["before"]),
        nobody=re.compile(lexicon["unreal"]["nobody"]),
        after={form: re.compile(pattern) for form, pattern in lexicon["after"].items()},
        ordinals=frozenset(read_lexicon("numbers")["ordinals"]["words"]),
        war=tuple((re.compile(pattern), reason) for pattern, reason in lexicon["cumulative"]["war"]),
        point=re.compile(lexicon["cumulative"]["point"]),
        one_event=re.compile(lexicon["cumulative"]["one_event"]),
        addition=re.compile(lexicon["cumulative"]["addition"]),
        goes_on=re.compile(lexicon["cumulative"]["goes_on"]),
        war_began=re.compile(lexicon["cumulative"]["war_began"]),
        only_counts=re.compile(lexicon["cumulative"]["only_counts"]),
        superlatives=re.compile(lexicon["cumulative"]["superlatives"]),
        event=tuple(re.compile(lexicon["cumulative"][key]) for key in ("event", "event_short")),
    )


def exactly(n: int) -> Count:
    """Return the count of exactly `n` people."""
    return Count(low=n, best=n, high=n)


def is_one(count: Count) -> bool:
    """Whether a count is exactly one."""
    return count.low == count.high == 1


def plus(first: Count, second: Count) -> Count:
    """Return the sum of two counts: a bound that one of them lacks is lacking in the sum, but a low end counts alone."""

    def both(a: int | None, b: int | None) -> int | None:
        return None if a is None or b is None else a + b

    low = both(first.low, second.low)
    if low is None:
        low = first.low if first.low is not None else second.low
    return Count(low=low, best=both(first.best, second.best), high=both(first.high, second.high))
