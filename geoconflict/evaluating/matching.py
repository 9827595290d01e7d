"""Which predicted event answers which labelled one, and how far each is right."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geoconflict.evaluating.label_checks import number
from geoconflict.geo import distance_m

__all__ = ["Answer", "Rules", "answers", "day_of", "label_of", "point_of"]

Row = Mapping[str, Any]
_GENERIC = frozenset(
    [
        "town",
        "village",
        "city",
        "district",
        "province",
        "governorate",
        "state",
        "region",
        "municipality",
        "county",
        "oblast",
        "raion",
        "rayon",
        "area",
        "camp",
        "the",
        "of",
        "near",
        "department",
    ]
)
"""What a name of a place holds besides the name."""
_VIRAMA = 9
"""The combining class of the sign that takes the vowel from a letter."""
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_FAR_KM, _FAR_DAYS = 500.0, 30.0
_PLACE, _TYPE, _DEATHS = 1.0, 0.3, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When a prediction is right."""

    km: float = 50.0
    """Places no further apart are the same, kilometres."""
    days: int = 3
    """Days no further apart are the same."""
    gold_types: Mapping[str, str | None] = field(default_factory=dict)
    """A common label for labels of the user, by ``event_type > sub_event_type`` or ``event_type``; None leaves one out."""
    own_types: Mapping[str, str | None] = field(default_factory=dict)
    """The same for the types of the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How far a prediction is right about a label; None is what one of them does not say."""

    km: float | None
    same_name: bool | None
    days: int | None
    """Between the predicted day and the labelled day or span; 0 inside it."""
    same_type: bool | None
    deaths_exact: bool | None
    deaths_in_range: bool | None

    @property
    def likeness(self) -> float:
        """By how much the two look like one event."""
        near = max(0.0, 1 - self.km / _FAR_KM) if self.km is not None else 0.0
        soon = max(0.0, 1 - self.days / _FAR_DAYS) if self.days is not None else 0.0
        named = _PLACE if self.same_name else 0.0
        return named + near + soon + (_TYPE if self.same_type else 0.0) + (_DEATHS if self.deaths_exact else 0.0)

    def is_right(self, label: Row, rules: Rules) -> bool:
        """Whether place and day are right."""
        placed = self.km <= rules.km if self.km is not None else bool(self.same_name)
        timed = self.days <= rules.days if self.days is not None else day_of(label.get("date")) is None
        return placed and timed


def answers(labels: Sequence[Row], predictions: Sequence[Row], rules: Rules) -> Mapping[int, Answer]:
    """Return by the number of each label the answer to it: the most alike first, each prediction once."""
    pairs = [
        (answer.likeness, -m, n, m, answer)
        for n, label in enumerate(labels)
        for m, prediction in enumerate(predictions)
        for answer in [_answer(label, prediction, rules)]
    ]
    pairs.sort(key=lambda pair: pair[:2], reverse=True)
    found: dict[int, Answer] = {}
    used: set[int] = set()
    for _, _, n, m, answer in pairs:
        if n not in found and m not in used:
            found[n] = answer
            used.add(m)
    return found


def _answer(label: Row, prediction: Row, rules: Rules) -> Answer:
    here, there = point_of(label), point_of(prediction)
    name = label.get("place_name")
    kind, own = label_of(label, rules.gold_types), label_of(prediction, rules.own_types)
    deaths, told = number(label.get("fatalities")), number(prediction.get("fatalities")) or 0
    bounds = _bounds(label, deaths)
    return Answer(
        km=distance_m(*here, *there) / 1000 if here and there else None,
        same_name=_same_name(name, prediction.get("place_name")) if name else None,
        days=_days_between(label, prediction),
        same_type=None if kind is None else kind == own,
        deaths_exact=None if deaths is None else told == deaths,
        deaths_in_range=None if bounds is None else bounds[0] <= told <= bounds[1],
    )


def _bounds(label: Row, deaths: float | None) -> tuple[float, float] | None:
    low, high = number(label.get("fatalities_low")), number(label.get("fatalities_high"))
    if deaths is None and low is None:
        return None
    low = deaths if low is None else low
    high = (low if deaths is None else deaths) if high is None else high
    both = sorted(one for one in (low, high) if one is not None)
    return both[0], both[-1]


def point_of(row: Row) -> tuple[float, float] | None:
    """Return longitude and latitude in degrees, or None where a row has no point."""
    lon, lat = number(row.get("lon")), number(row.get("lat"))
    return None if lon is None or lat is None else (lon, lat)


def day_of(value: Any) -> dt.date | None:
    """Return the day with which a text begins, or None."""
    found = _DAY.match(value) if isinstance(value, str) else None
    try:
        return dt.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _days_between(label: Row, prediction: Row) -> int | None:
    first, told = day_of(label.get("date")), day_of(prediction.get("date"))
    if first is None or told is None:
        return None
    last = day_of(label.get("date_end")) or first
    return 0 if first <= told <= last else min(abs((told - first).days), abs((told - last).days))


def label_of(row: Row, common: Mapping[str, str | None]) -> str | None:
    """Return the type of an event in common labels; None where it has none, or is left out."""
    kind, sub = row.get("event_type"), row.get("sub_event_type")
    if kind is None:
        return None
    both = f"{kind} > {sub}"
    return common[both] if sub and both in common else common.get(str(kind), str(kind))


def _same_name(one: Any, other: Any) -> bool:
    if all(_is_latin(str(name or "")) for name in (one, other)):
        a, b = _latin_words(one), _latin_words(other)
    else:
        a, b = _words(one), _words(other)
    return bool(a and b) and (f" {a} " in f" {b} " or f" {b} " in f" {a} ")


def _is_latin(name: str) -> bool:
    return all(unicodedata.name(char, "").startswith("LATIN ") for char in name if char.isalpha())


def _latin_words(name: Any) -> str:
    plain = unicodedata.normalize("NFKD", str(name or "")).encode("ascii", "ignore").decode().lower()
    return " ".join(word for word in re.findall(r"[a-z0-9]+", plain) if word not in _GENERIC)


def _words(name: Any) -> str:
    """Return the words of a name in any script, without accents and points; the vowels of Indic scripts are no accents."""
    plain = unicodedata.normalize("NFKD", str(name or "").casefold())
    kept = [char for char in plain if unicodedata.combining(char) in (0, _VIRAMA)]
    spaced = "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in kept)
    return " ".join(word for word in spaced.split() if word not in _GENERIC)
