"""The particulars of an event that an entry may give: whether it happened and on whose word, its sides, its figures.

Each is checked, made a record of, and told in words. The words are also what entries are compared by, so that one thing has one
wording; a reviewer's values stand in an entry whole, whatever becomes of the lexicon that they were made with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from geoconflict.corrections.fields import check_texts
from geoconflict.models import Actor, ActorKind, Count, Status
from geoconflict.visible import visible

__all__ = [
    "MEASURES",
    "SIDES",
    "actor_value",
    "actors_from",
    "actors_words",
    "aspect_words",
    "checked_figures",
    "checked_sides",
    "checked_status",
    "count_from",
    "figure_words",
    "status_words",
]

MEASURES: Final = ("killed", "wounded", "captured", "displaced")
"""The figures that events have, as their fields are named."""
SIDES: Final[Mapping[str, str]] = {"agents": "agent", "targets": "target"}
"""Field of an entry -> the part of the actors in it: who did it, and to whom."""
_MOST_PEOPLE: Final = 100_000_000
_LONGEST_NAME: Final = 200
_MOST_ACTORS: Final = 20
_SPEAKING: Final = (Status.CLAIMED, Status.DENIED)
"""Where somebody says so."""
_UNKNOWN, _NOT_STATED = "unknown", "not stated"
_WORDS: Final[Mapping[str, str]] = {"agents": "who did it", "targets": "to whom it was done"}


def aspect_words(aspect: str) -> str:
    """Return what an entry decides on, for the middle of a sentence: "the place", "who did it", "the number killed"."""
    if aspect in MEASURES:
        return f"the number {aspect}"
    return _WORDS.get(aspect, f"the {aspect}")


# ---------------------------------------------------------------- status
def checked_status(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of an entry that says whether an event happened, refused where it is none.

    Raises
    ------
    ValueError
        The message says what is wrong with it.
    """
    check_texts(value, ("status",), optional=("by",))
    status, by = value.get("status", ""), value.get("by") or ""
    if status not in set(Status):
        msg = f"status {status[:60]!r} is unknown; there are {', '.join(Status)}"
        raise ValueError(msg)
    if status == Status.CLAIMED and not by:
        msg = "claimed needs who claims it, such as 'claimed: the defence ministry'"
        raise ValueError(msg)
    if by and status not in _SPEAKING:
        msg = f"by {by[:60]!r} is given with {status}; only what is claimed or denied is on somebody's word"
        raise ValueError(msg)
    _check_name("by", by)
    rest = {name: one for name, one in value.items() if name != "by"}
    return {**rest, "status": status, **({"by": by} if by else {})}


def status_words(status: str, by: str | None) -> str:
    """Return whether an event happened and on whose word, as words that can be compared."""
    return f"claimed by {by}" if status == Status.CLAIMED and by else str(status)


# ---------------------------------------------------------------- sides
def checked_sides(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of an entry that says who did it or to whom, refused where it is none.

    Raises
    ------
    ValueError
        The message says what is wrong with it.
    """
    given = {side: actors_from(value[side], side) for side in SIDES if side in value}
    if not given:
        msg = "actors needs agents (who did it), targets (to whom) or both; [] is unknown"
        raise ValueError(msg)
    both = {one.name for one in given.get("agents", ())} & {one.name for one in given.get("targets", ())}
    if both:
        msg = f"{min(both)[:60]!r} stands on both sides; leave it on one"
        raise ValueError(msg)
    return {**value, **{side: [actor_value(one) for one in actors] for side, actors in given.items()}}


def actors_from(given: Any, side: str) -> tuple[Actor, ...]:
    """Return the actors of one side of an entry, each once, by name; none is that nobody knows them.

    Raises
    ------
    ValueError
        If they are none; the message names the side.
    """
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        msg = f'{side} {repr(given)[:60]} is no list of actors, such as [{{"name": "Military Forces of Mali"}}]'
        raise ValueError(msg)
    if len(given) > _MOST_ACTORS:
        msg = f"{side} has {len(given)} actors; give {_MOST_ACTORS} at the most"
        raise ValueError(msg)
    found = {}
    for one in given:
        name = one.get("name")
        if not isinstance(name, str) or not name.strip():
            msg = f"an actor of {side} has no name"
            raise ValueError(msg)
        _check_name(f"an actor of {side}", name)
        check_texts(one, ("kind",), optional=("country", "body"))
        sectors = one.get("sectors", [])
        if not isinstance(sectors, list) or not all(isinstance(sector, str) for sector in sectors):
            msg = f"sectors {repr(sectors)[:60]} of {name[:60]!r} is no list of texts"
            raise ValueError(msg)
        try:
            found[name] = Actor.from_dict({"kind": ActorKind.UNKNOWN, **one, "part": SIDES[side], "surface": None})
        except (TypeError, ValueError) as error:
            msg = f"actor {name[:60]!r}: {error}"
            raise ValueError(msg) from None
    return tuple(found[name] for name in sorted(found))


def actor_value(actor: Actor) -> dict[str, Any]:
    """Return an actor as it stands in an entry: its part is that of its side, and no words of a report are its own."""
    full = actor.to_dict()
    return {name: one for name, one in full.items() if name not in ("part", "surface") and one not in (None, "", [])}


def actors_words(names: Iterable[str]) -> str:
    """Return the actors of one side as words that can be compared."""
    return "; ".join(sorted(names)) or _UNKNOWN


# ---------------------------------------------------------------- figures
def checked_figures(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value of an entry that gives numbers of people, refused where it is none.

    Raises
    ------
    ValueError
        The message says what is wrong with it.
    """
    given = {measure: count_from(measure, value[measure]) for measure in MEASURES if measure in value}
    if not given:
        msg = f"figures needs one of {', '.join(MEASURES)}; null is not stated"
        raise ValueError(msg)
    return {**value, **{measure: count.to_dict() if count else None for measure, count in given.items()}}


def count_from(measure: str, given: Any) -> Count | None:
    """Return the number that stands in an entry: one number, low, best and high, or None for not stated.

    Raises
    ------
    ValueError
        If it is none; the message names the measure.
    """
    if given is None:
        return None
    if not isinstance(given, Mapping):
        given = {"low": given, "best": given, "high": given}
    if unknown := sorted(given.keys() - {"low", "best", "high"}):
        msg = f"{measure}: unknown field {str(unknown[0])[:60]}; a figure has low, best and high"
        raise ValueError(msg)
    low, best, high = (_people(measure, given.get(name)) for name in ("low", "best", "high"))
    stated = [one for one in (low, best, high) if one is not None]
    if not stated:
        msg = f"{measure} has no number; null is not stated"
        raise ValueError(msg)
    if stated != sorted(stated):
        msg = f"{measure} {' to '.join(map(str, stated))} does not rise; give the lowest number first"
        raise ValueError(msg)
    return Count(low=low, best=low if low is not None and low == high else best, high=high)


def _people(measure: str, given: Any) -> int | None:
    if given is not None and (type(given) is not int or not 0 <= given <= _MOST_PEOPLE):
        shown = repr(given)[:60] if not isinstance(given, int) or abs(given) <= _MOST_PEOPLE**2 else "too large"
        msg = f"{measure} {shown} is not a whole number from 0 to {_MOST_PEOPLE:,}"
        raise ValueError(msg)
    return given


def figure_words(count: Count | None) -> str:
    """Return a number of people as words that can be compared, and that may be typed: "5", "3 to 7", "at least 5", "not stated"."""
    if count is None or count == Count(low=None, best=None, high=None):
        return _NOT_STATED
    low, best, high = count.low, count.best, count.high
    if low is not None and low == high:
        return str(low)
    bounds = [f"at least {low}"] if low is not None and high is None else []
    bounds += [f"at most {high}"] if low is None and high is not None else []
    bounds += [f"{low} to {high}"] if low is not None and high is not None else []
    if best is None:
        return bounds[0]
    return f"{bounds[0]}, most likely {best}" if bounds else f"about {best}"


def _check_name(what: str, name: str) -> None:
    """Refuse a name that cannot be shown in one line, or would be read as several."""
    if len(name) > _LONGEST_NAME:
        msg = f"{what} is longer than {_LONGEST_NAME} characters"
        raise ValueError(msg)
    if visible(name) != name:
        msg = f"{what} {visible(name)[:60]!r} holds characters that cannot be seen"
        raise ValueError(msg)
    if what != "by" and not {";", "|"}.isdisjoint(name):
        msg = f"{what} {name[:60]!r} holds ; or |, which part names from each other"
        raise ValueError(msg)
