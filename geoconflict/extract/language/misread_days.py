"""Days that the parser hangs on the wrong verb, or takes for a verb, and what it hangs elsewhere than on its day.

"Said on Wednesday it had taken X", "on 3 May its forces", "since Wednesday when rebels attacked X, the army said".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geoconflict.extract.lexicon import lexicon_words, read_lexicon

if TYPE_CHECKING:
    from geoconflict.extract.language.model import Token

__all__ = [
    "with_days_of_saying",
    "with_may_as_month",
    "with_numbers_behind_days",
    "with_when_behind_days",
    "with_where_behind_days",
]

_FARTHEST_DAY = 10
"""Tokens from a verb of saying on among which the day of saying is: "told the state broadcaster late on Tuesday"."""
_NEAR_DAYS = frozenset({"today", "yesterday"})
_BESIDE_ANOTHER = frozenset({"compound", "nmod", "npadvmod", "tmod"})
_DAYS_OF_MONTH = 31
_MORE = frozenset({"more", "other", "others"})


def with_days_of_saying(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; the day in "said on Wednesday it had taken X" is that of saying.

    Without "that" the small model hangs the day on what is said, and the deed would have been done on that day.
    """
    mended = list(tokens)
    for deed in tokens:
        said = tokens[deed.head]
        if (
            deed.dep not in ("ccomp", "xcomp")
            or deed.index < said.index
            or said.lemma.lower() not in lexicon_words("speech", "saying")
        ):
            continue
        for token in tokens[said.index + 1 : min(deed.index, said.index + _FARTHEST_DAY)]:
            begins = token.dep in ("nsubj", "nsubjpass") and token.head == deed.index
            if begins or token.text == "," or token.dep == "mark":
                break  # "said that on Sunday", "said, on Sunday": the day of the deed
            last = _end_of_day(tokens, token)
            if last is None or _goes_on(tokens[last + 1]):
                continue
            if token.dep == "prep" and token.head == deed.index:
                mended[token.index] = replace(token, head=said.index)
                mended[deed.index] = replace(deed, dep="ccomp")
            elif token.dep in _BESIDE_ANOTHER and token.head > token.index:
                mended[token.index] = replace(token, dep="npadvmod", head=said.index)
    return mended


def with_may_as_month(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; the "May" of "said on 3 May its forces had shelled X" is a month, and nothing is only possible."""
    mended = list(tokens)
    for may in tokens[2:]:
        number, prep = tokens[may.index - 1], tokens[may.index - 2]
        is_day = number.text.isdecimal() and 0 < int(number.text) <= _DAYS_OF_MONTH and prep.text.lower() == "on"
        if may.text == "May" and may.dep == "aux" and may.head > may.index and is_day:
            mended[may.index] = replace(may, pos="PROPN", tag="NNP", dep="pobj", head=prep.index)
            mended[number.index] = replace(number, dep="nummod", head=may.index)
    return mended


def with_when_behind_days(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; "since Friday when rebels took X, the army said" tells of Friday, and not when the army said it."""
    mended = list(tokens)
    for when in tokens[1:]:
        deed = tokens[when.head]
        day = tokens[when.index - 1]
        if day.text == "," and day.index:
            day = tokens[day.index - 1]
        if (
            when.text.lower() == "when"
            and deed.dep == "advcl"
            and deed.head > deed.index > when.index
            and day.dep in ("pobj", "npadvmod")
            and _end_of_day(tokens, day) is not None
            and tokens[deed.head].lemma.lower() in lexicon_words("speech", "saying")
        ):
            mended[deed.index] = replace(deed, dep="relcl", head=day.index)
    return mended


def with_where_behind_days(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; "fighting raged in X on Monday, where rebels killed two" tells what happened at X, not at Monday."""
    mended = list(tokens)
    for where in tokens[2:]:
        deed = tokens[where.head]
        day = tokens[deed.head]
        if (where.text.lower(), deed.dep) != ("where", "relcl") or day.dep not in ("pobj", "npadvmod"):
            continue
        first = tokens[day.head] if day.dep == "pobj" and tokens[day.head].text.lower() == "on" else day
        last = _end_of_day(tokens, first) if first.index else None
        before = tokens[first.index - 1]
        is_place = before.pos in ("NOUN", "PROPN") and before.dep in ("pobj", "dobj", "appos")
        if last is not None and last < where.index and is_place:
            mended[deed.index] = replace(deed, head=before.index)
    return mended


def with_numbers_behind_days(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a text; "killed nine in X on Monday and two in Y" tells of two people in Y, and of no second day."""
    mended = list(tokens)
    for number in tokens[2:]:
        link, day = tokens[number.index - 1], tokens[number.head]
        on = tokens[day.head]
        is_read_so = (number.tag, number.dep, link.text.lower()) == ("CD", "conj", "and") and day.dep == "pobj"
        if not is_read_so or on.dep != "prep" or _end_of_day(tokens, on) != link.index - 1:
            continue
        behind = tokens[number.index + 1 : number.index + 3]
        # "On Monday and three more in Y": nothing but what may stand for people lies between the number and where they were.
        where = next((one for one in behind if one.dep == "prep"), None)
        between = tokens[number.index + 1 : where.index] if where is not None else ()
        if where is None or any(one.text.lower() not in _MORE for one in between):
            continue
        mended[number.index] = replace(number, head=on.head)
        mended[link.index] = replace(link, head=on.head)
        mended[where.index] = replace(where, head=number.index)
    return mended


def _goes_on(after: Token) -> bool:
    """Whether a day is that of a noun, or a part of it: "Friday's attack", "Sunday night"."""
    return (
        after.tag == "POS" or after.text in (",", "and") or after.text.lower() in read_lexicon("dates")["parts_of_day"]
    )


def _end_of_day(tokens: Sequence[Token], first: Token) -> int | None:
    """Return the last token of the day that begins with `first`, "on Monday", "yesterday", or None where none begins there."""
    at = first.index + (first.text.lower() == "on")
    if tokens[at].text.lower() in read_lexicon("dates")["weekdays"] or tokens[at].text.lower() in _NEAR_DAYS:
        return at
    return at + 1 if at > first.index and _is_day_of_month(tokens[at : at + 2]) else None


def _is_day_of_month(two: Sequence[Token]) -> bool:
    """Whether two tokens are a day and a month, in either order: "3 May", "Oct. 7"."""
    dates = read_lexicon("dates")
    words = [token.text.lower().rstrip(".") for token in two]
    months = [word in dates["months"] or word in dates["month_abbreviations"] for word in words]
    return len(two) == 2 and sum(months) == 1 and words[months.index(False)].isdecimal()
