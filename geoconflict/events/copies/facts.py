"""Numbers, days and names where two texts differ, and which of them stand in one another's place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from geoconflict.events.copies.rules import copy_rules
from geoconflict.events.copies.words import Kind, Words

__all__ = ["Spot", "replaced_facts"]

Spot = tuple[Sequence[int], Sequence[int]]
"""Words of the first text, and of the second, that stand in the same place and that the other text has in no shared run."""

Facts = dict[tuple[Kind, str], str]
"""As they are compared, each with the word of the text."""


def replaced_facts(mine: Words, other: Words, spots: Iterable[Spot]) -> tuple[tuple[str, str], ...]:
    """Return the facts of the first text that stand replaced, each with one of the second, in the words of the texts.

    They are compared spot by spot first, for two names may have changed places; what is left then over all spots, for what
    one text adds here the other may add there.
    """
    pairs: list[tuple[str, str]] = []
    left: tuple[Facts, Facts] = {}, {}
    for spot in spots:
        own = _own(*_without_initials(_facts(mine, spot[0]), _facts(other, spot[1])))
        n = min(map(len, own))
        pairs += zip(*(facts.values() for facts in own), strict=False)
        for facts, rest in zip(own, left, strict=True):
            rest |= dict(list(facts.items())[n:])
    pairs += zip(*(facts.values() for facts in _own(*left)), strict=False)
    return tuple(pairs)


def _without_initials(mine: Facts, other: Facts) -> tuple[Facts, Facts]:
    """Leave out names of which the other text has the initials: the United Nations and the UN are one."""
    for short, long in ((mine, other), (other, mine)):
        names = {key: shown for key, shown in long.items() if key[0] is Kind.NAME}
        initials = "".join(shown[0] for shown in names.values())
        same = [key for key, shown in short.items() if len(shown) > 1 and shown == initials]
        if same:
            gone = {*same, *names}
            mine, other = ({key: shown for key, shown in facts.items() if key not in gone} for facts in (mine, other))
            return mine, other
    return mine, other


def _own(mine: Facts, other: Facts) -> tuple[Facts, Facts]:
    """Return the facts that each has alone."""
    return (
        {key: shown for key, shown in mine.items() if key not in other},
        {key: shown for key, shown in other.items() if key not in mine},
    )


def _facts(words: Words, at: Sequence[int]) -> Facts:
    found: Facts = {}
    taken: set[int] = set()
    for one in at:
        kind = words.kinds[one]
        if kind is None or one in taken:
            continue
        key = words.norms[one]
        if kind is Kind.NAME:
            key = _spelling(key)
        elif kind is Kind.DAY:
            day, number = _day(words, one)
            taken |= {number}
            if (Kind.NUMBER, words.norms[number]) in found and number == one - 1:
                del found[Kind.NUMBER, words.norms[number]]
            key = day
        found.setdefault((kind, key), words.shown[one])
    return found


def _day(words: Words, at: int) -> tuple[str, int]:
    """Return the day that a word tells, as far as it is known, and the other word that tells it (itself, where none does).

    "Tuesday" is the last one, as of the day of publication; "14 March" and "March 14" are of any year.
    """
    rules = copy_rules()
    norm = words.norms[at]
    if norm in rules.months:
        for beside in (at - 1, at + 1):
            if 0 <= beside < len(words.norms) and words.kinds[beside] is Kind.NUMBER and len(words.norms[beside]) <= 2:
                return f"{rules.months[norm]}-{words.norms[beside]}", beside
        return norm, at
    if words.published_on is None:
        return norm, at
    back = rules.days_before.get(norm)
    if back is None:
        back = (words.published_on.weekday() - rules.weekdays[norm]) % 7
    on = words.published_on - dt.timedelta(days=back)
    return f"{on.month}-{on.day}", at


def _spelling(norm: str) -> str:
    """Return a name without what another transliteration of it may change: Kiev and Kyiv are one."""
    bones: list[str] = []
    for letter in norm:
        if letter not in copy_rules().spelling_changes and (not bones or bones[-1] != letter):
            bones.append(letter)
    return "".join(bones) or norm
