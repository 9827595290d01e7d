"""What a reviewer types of an event's status, sides and figures, in a sheet or on the page, as values of entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from geoconflict.corrections.particulars import MEASURES, SIDES, actor_value, actors_words, figure_words, status_words
from geoconflict.extract.actors.lexicon import ActorLexicon
from geoconflict.extract.actors.written import actor_written
from geoconflict.models import Actor, Event, EventType, Status
from geoconflict.visible import visible

__all__ = ["actor_named", "seen_particulars", "typed_days", "typed_figures", "typed_sides", "typed_status"]

_ARTICLE = re.compile(r"\Athe (?=[a-z])")
_DAYS = re.compile(r"\s*(\d{4}-\d\d-\d\d)\s*(?:(?:/|to|\.\.)\s*(\d{4}-\d\d-\d\d)\s*)?")
_SIDE_WORDS = {"by": "agents", "on": "targets"}
_NONE = frozenset({"none", "unknown"})
_SIDE = re.compile(r"\s*(by|on)\s*:\s*(.*)", re.DOTALL | re.IGNORECASE)
_MEASURE = "|".join(MEASURES)
_FIGURE = re.compile(rf"\s*({_MEASURE})(?:\s*:\s*|\s+)(\S.*)", re.IGNORECASE)
_BETWEEN_FIGURES = re.compile(rf"[;\n]|,\s*(?=(?:{_MEASURE})\b)", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_COUNT = re.compile(
    r"(?:(?P<low>\d+)\s*(?:-|\u2013|to)\s*(?P<high>\d+)|at least (?P<least>\d+)|at most (?P<most>\d+))"
    r"(?:,?\s*most likely (?P<best>\d+))?|about (?P<about>\d+)|(?P<one>\d+)",
    re.IGNORECASE,
)
_LONGEST_NUMBER = 12


def typed_days(value: str) -> tuple[str, str]:
    """Return the first and the last day of a value, as they are typed: a day, or two with / between.

    Raises
    ------
    ValueError
        If it is none.
    """
    found = _DAYS.fullmatch(value)
    if not found:
        msg = f"value {value[:60]!r} is not a day like 2020-09-27, nor two with / between"
        raise ValueError(msg)
    return found[1], found[2] or found[1]


def typed_status(event: Event, value: str) -> dict[str, Any]:
    """Return the value of an entry that says whether an event happened: "occurred", "claimed: the ministry".

    Without who claims it, it is who claims it in the event as it is. "The" before them goes, as in what is read of reports:
    on a map "the ministry" and "ministry" would be two.

    Raises
    ------
    ValueError
        The message says what is wrong with it.
    """
    status, _, by = (part.strip() for part in value.partition(":"))
    by = _ARTICLE.sub("", " ".join(by.split()))
    if status.casefold() == Status.CLAIMED and not by:
        by = visible("; ".join(_claimants(event)))
    was = status_words(event.status, "; ".join(event.claimed_by))
    return {"status": status.casefold(), **({"by": by} if by else {}), "was": was}


def _claimants(event: Event) -> list[str]:
    return list(dict.fromkeys(one.mention.claimed_by for one in event.sources if one.mention.claimed_by))


def typed_sides(event: Event, value: str, named: Callable[[str], Actor]) -> dict[str, Any]:
    """Return the value of an entry that says who did it and to whom: "by: NAME; NAME | on: none".

    A side that is left out stays as it is; who is put on the one side leaves the other.

    Raises
    ------
    ValueError
        The message says what is wrong with it.
    """
    given: dict[str, list[Actor]] = {}
    for part in re.split(r"[|\n]", value):
        if not part.strip():
            continue
        found = _SIDE.fullmatch(part)
        if found is None:
            msg = f"value {part.strip()[:60]!r} does not begin with 'by:' or 'on:'; write it like 'by: NAME; NAME | on: none'"
            raise ValueError(msg)
        side = _SIDE_WORDS[found[1].casefold()]
        names = [" ".join(name.split()) for name in found[2].split(";") if name.strip()]
        if side in given:
            msg = f"value has {found[1].casefold()!r} twice; part names of one side with ;"
            raise ValueError(msg)
        if not names:
            msg = f"value names nobody behind {found[1].casefold()!r}; write 'none' where nobody knows"
            raise ValueError(msg)
        is_none = [name.casefold() in _NONE for name in names]
        if any(is_none) and len(names) > 1:
            msg = f"value {part.strip()[:60]!r} has names beside 'none'; leave one of them"
            raise ValueError(msg)
        given[side] = [] if any(is_none) else [named(name) for name in names]
    if not given:
        msg = "value is blank; write who did it and to whom like 'by: NAME; NAME | on: none'"
        raise ValueError(msg)
    for side, other in (("agents", "targets"), ("targets", "agents")):
        moved = {actor.name for actor in given.get(side, ())}
        if other not in given and any(actor.name in moved for actor in _of_side(event, other)):
            given[other] = [actor for actor in _of_side(event, other) if actor.name not in moved]
    was = [f"{word}: {actors_words(one.name for one in _of_side(event, side))}" for word, side in _SIDE_WORDS.items()]
    return {**{side: [actor_value(one) for one in actors] for side, actors in given.items()}, "was": " | ".join(was)}


def _of_side(event: Event, side: str) -> list[Actor]:
    return [actor for actor in event.actors if actor.part == SIDES[side]]


def actor_named(lexicon: ActorLexicon, event: Event, name: str) -> Actor:
    """Return whom a name means that is typed of an event: an actor of it, else whom the lexicon knows, else as written."""
    folded = name.casefold()
    for actor in (*event.actors, *(one for source in event.sources for one in source.mention.actors)):
        if actor.name.casefold() == folded:
            return actor
    country = event.place.country if event.place else None
    violent = event.event_type is not EventType.DIPLOMACY
    return actor_written(lexicon, name, on=event.when.best_day, country=country, violent=violent)


def typed_figures(event: Event, value: str) -> dict[str, Any]:
    """Return the value of an entry that gives figures: "killed 5; wounded 3-7; captured not stated".

    Raises
    ------
    ValueError
        The message says what is wrong with it.
    """
    given: dict[str, Any] = {}
    for part in _BETWEEN_FIGURES.split(_THOUSANDS.sub("", value)):
        if not part.strip():
            continue
        found = _FIGURE.fullmatch(part)
        if found is None:
            msg = f"value {part.strip()[:60]!r} is no figure; write it like 'killed 5; wounded 3-7', of {', '.join(MEASURES)}"
            raise ValueError(msg)
        measure = found[1].casefold()
        if measure in given:
            msg = f"value has {measure} twice; give it once"
            raise ValueError(msg)
        given[measure] = _count(measure, found[2].strip())
    if not given:
        msg = f"value is blank; write figures like 'killed 5; wounded 3-7', of {', '.join(MEASURES)}"
        raise ValueError(msg)
    was = [f"{measure} {figure_words(getattr(event, measure))}" for measure in MEASURES if measure in given]
    return {**given, "was": "; ".join(was)}


def _count(measure: str, words: str) -> Mapping[str, int | None] | None:
    if words.casefold() == figure_words(None):
        return None
    found = _COUNT.fullmatch(words)
    if found is None or any(number and len(number) > _LONGEST_NUMBER for number in found.groups()):
        msg = f"{measure} {words[:60]!r} is no number; write 5, 3-7, at least 5, about 30 or {figure_words(None)}"
        raise ValueError(msg)
    number = {name: int(digits) for name, digits in found.groupdict().items() if digits}
    if "one" in number:
        return dict.fromkeys(("low", "best", "high"), number["one"])
    return {
        "low": number.get("low", number.get("least")),
        "best": number.get("best", number.get("about")),
        "high": number.get("high", number.get("most")),
    }


def seen_particulars(event: Event) -> dict[str, str]:
    """Return what an event says of its status, sides and figures, as who accepts it has seen it; nothing of what it leaves open."""
    seen = {"status": status_words(event.status, "; ".join(event.claimed_by))}
    for side in SIDES:
        if names := [actor.name for actor in _of_side(event, side)]:
            seen[side] = actors_words(names)
    return seen | {
        measure: figure_words(count) for measure in MEASURES if (count := getattr(event, measure)) is not None
    }
