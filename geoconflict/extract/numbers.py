"""Numbers in English words and figures, and quantities as ranges: "twenty-one", "5,000", "at least a dozen", "3 to 5".

All functions are pure. Words come from ``resources/lexicons/numbers.toml``.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from geoconflict.extract.lexicon import any_form, read_lexicon
from geoconflict.models import Count

__all__ = ["Quantity", "find_quantities", "number_pattern", "read_number"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text. Offsets are code points, end exclusive; the words that open the number are included."""

    start: int
    end: int
    count: Count
    vague: bool
    """Whether no number was said: "dozens", "several"."""


@functools.cache
def _word_values() -> dict[str, int]:
    lexicon = read_lexicon("numbers")
    return {**lexicon["units"], **lexicon["tens"], **lexicon["scales"], **lexicon["collective"]}


_NO_PART_OF_A_FORMULA = r"(?<!\d[/:*^])(?<!\*\*)(?<!\^)(?<!\^\s)(?<!\bminus\s)"
"""What may not stand before a number of people: "10^30", "1/2", "12:30", "minus five"."""
_FORMULA_GOES_ON = r"\s?\^|[/:*]\d|\*\*"


@functools.cache
def number_pattern() -> str:
    """Return the source of a regular expression, without groups, for an exact number in lower-case text.

    Figures ("5,000", "2 500", "1.5 million", "12") and words ("twenty-one", "two hundred and six", "a hundred",
    "a dozen"); never a bare "a".
    """
    lexicon = read_lexicon("numbers")
    small = any_form([*lexicon["units"], *lexicon["tens"]])
    scale = any_form([*lexicon["scales"], *lexicon["collective"]])
    word = any_form(list(_word_values()))
    unseen = f"[{UNSEEN}]*"
    figures = (
        rf"\d(?:{unseen}\d){{0,2}}(?:{unseen}[,\u00a0\u202f ](?:{unseen}\d){{3}})+(?!{unseen}\d)"
        rf"|\d(?:{unseen}\d)*(?:\.\d+)?(?:\s+(?:{any_form(list(lexicon['scales']))}))?"
    )
    words = rf"(?:{small})(?:(?:\s+and\s+|[\s-]+)(?:{word}))*"
    articled = rf"(?:half[\s-]+|½\s*)?an?[\s-]+(?:half[\s-]+)?(?:{scale})(?:(?:\s+and\s+|[\s-]+)(?:{word}))*"
    return rf"(?:(?:{figures}|{words}|{articled})(?![\w%]|{_FORMULA_GOES_ON}))"


UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Characters without a width that pages put between digits so that lines may break there."""
_WITHOUT_UNSEEN = str.maketrans("", "", UNSEEN)
_GOES = re.compile(r"\b(?:go|goes|going|gone|went)\s+$")
_LARGEST = 1_000_000_000
"""No count of people is larger: a longer figure is a mistake, or somebody's prank, and must not stop the rest."""


@functools.lru_cache(maxsize=4_096)
def read_number(words: str) -> int | None:
    """Return the whole number that `words` say, or None when they say none, a fraction, or more than a billion.

    Examples: "5,000" 5000; "twenty-one" 21; "two hundred and six" 206; "1.5 million" 1500000; "a dozen" 12;
    "half a dozen" 6; "two dozen" 24.
    """
    text = re.sub(r"\s+", " ", words.strip().lower().translate(_WITHOUT_UNSEEN))
    figure = re.fullmatch(r"(\d[\d,\u00a0\u202f ]*(?:\.\d+)?)(?: ([a-z]+))?", text)
    if figure:
        digits = re.sub(r"[,\s]", "", figure[1])
        if len(digits.partition(".")[0]) > len(str(_LARGEST)):
            return None
        base = float(digits)
        value = base * (_word_values().get(figure[2], 0) if figure[2] else 1)
        if value > _LARGEST:
            return None
        return int(value) if value and value == int(value) else (0 if base == 0 else None)
    half = bool(re.match(r"(?:half[ -]an?|½ ?an?|an? half)[ -]", text))
    parts = [part for part in re.split(r"[\s-]+", text.replace("½", "")) if part not in {"", "and", "a", "an", "half"}]
    if not parts:
        return None
    total, group = 0, 0
    for part in parts:
        value_of = _word_values().get(part)
        if value_of is None:
            return None
        if part in {"thousand", "million", "billion"}:
            total += max(1, group) * value_of
            group = 0
        elif part in {"hundred", "dozen", "score"}:
            group = max(1, group) * value_of
        else:
            group += value_of
    value_all = (total + group) // 2 if half else total + group
    return value_all if value_all <= _LARGEST else None


@functools.cache
def _quantity_regex() -> re.Pattern[str]:
    lexicon = read_lexicon("numbers")
    number = number_pattern()
    modifiers = "|".join(f"(?P<{kind}>{any_form(words)})" for kind, words in lexicon["modifiers"].items())
    about = any_form(lexicon["modifiers"]["about"])
    vague = any_form(list(lexicon["vague"]))
    fraction = any_form(list(lexicon["fractions"]))
    return re.compile(
        rf"{_NO_PART_OF_A_FORMULA}(?<![\w.,$€£#%-])(?:all\s+but\s+(?P<left>{number})"
        rf"(?:\s+of\s+(?:(?:the|its|their|his|her|some|about)\s+)?(?P<whole>{number}))?"
        rf"|between\s+(?:(?:{about})\s+)?(?P<low>{number})\s+and\s+(?P<high>{number})"
        rf"|(?:(?:from|{about})\s+)?(?P<first>{number})(?:\s+to\s+|\s+or\s+|(?<=\d)\s?[-–]\s?(?=\d))(?P<last>{number})"
        rf"|(?:(?:{modifiers})\s+)?(?:the\s+|his\s+|her\s+|its\s+|their\s+|another\s+|a\s+further\s+|a\s+total\s+of\s+)?"
        rf"(?:(?P<fraction>{fraction})\s+of\s+(?:(?:the|its|their|his|her|some|about)\s+)?(?P<divided>{number})"
        rf"|(?P<number>{number})(?P<more>\s+or\s+more)?|(?P<vague>(?:{vague})(?!\w))))"
    )


def find_quantities(text: str, start: int = 0, end: int | None = None) -> tuple[Quantity, ...]:
    """Return the quantities in lower-case `text` between two offsets, in order, without overlaps.

    "more than 700" is low 701; "almost 5,000" high 4,999; "at least 12" low 12; "up to 20" high 20; "3 to 5" low 3,
    high 5; "about 50" low and high None with best 50; "dozens" low 24; "half of the 20" ten. A sign, a currency or a percentage is none.
    """
    found: list[Quantity] = []
    for match in _quantity_regex().finditer(text, start, len(text) if end is None else end):
        quantity = _quantity(match)
        if quantity is not None:
            found.append(quantity)
    return tuple(found)


def _quantity(match: re.Match[str]) -> Quantity | None:
    if match["left"]:
        left, whole = read_number(match["left"]), read_number(match["whole"] or "")
        if left is None or whole is None or left >= whole:
            return None  # "all but two were killed" gives no number of them
        count = Count(low=whole - left, best=whole - left, high=whole - left)
        return Quantity(match.start(), match.end(), count, vague=False)
    if match["low"] or match["first"]:
        low, high = read_number(match["low"] or match["first"]), read_number(match["high"] or match["last"])
        if low is None or high is None or low >= high:
            return None
        return Quantity(match.start(), match.end(), Count(low=low, best=None, high=high), vague=False)
    if match["vague"]:
        low, high = read_lexicon("numbers")["vague"][re.sub(r"\s+", " ", match["vague"])]
        exact = low == high
        count = Count(low=low, best=low if exact else None, high=high if exact else None)
        return Quantity(match.start(), match.end(), count, vague=not exact)
    if match["fraction"]:
        return _fraction(match)
    value = read_number(match["number"])
    if value is None or (value == 0 and match["less_than"]):
        return None
    # "The toll went up to nine": it is nine, and the number begins behind "up to".
    is_reached = bool(match["up_to"]) and _GOES.search(match.string, 0, match.start()) is not None
    if is_reached:
        return Quantity(match.start("number"), match.end(), Count(low=value, best=value, high=value), vague=False)
    return Quantity(match.start(), match.end(), _opened(value, match), vague=False)


def _fraction(match: re.Match[str]) -> Quantity | None:
    """Return the part of a number: "half of the 20" are ten, "a third of the 20" about seven."""
    whole = read_number(match["divided"])
    above, below = read_lexicon("numbers")["fractions"][re.sub(r"\s+", " ", match["fraction"])]
    if not whole:
        return None
    part, rest = divmod(whole * above, below)
    about = Count(low=None, best=round(whole * above / below), high=None)
    count = about if rest else _opened(part, match)
    return Quantity(match.start(), match.end(), count, vague=False)


def _opened(value: int, match: re.Match[str]) -> Count:
    if match["at_least"] or match["more"]:
        return Count(low=value, best=None, high=None)
    if match["more_than"]:
        return Count(low=value + 1, best=None, high=None)
    if match["up_to"]:
        return Count(low=None, best=None, high=value)
    if match["less_than"]:
        return Count(low=None, best=None, high=value - 1)
    if match["about"]:
        return Count(low=None, best=value, high=None)
    return Count(low=value, best=value, high=value)
