"""Why tellings were joined or kept apart, in words a person can read; the numbers are those that decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.events.describe import count_in_words
from geoconflict.events.extent import holds
from geoconflict.events.likeness import days_likelihood, sides_reversed, tells_of_before, weigh
from geoconflict.events.likeness_of_places import HOLD_PLACES, names_in_common
from geoconflict.events.rules import rules
from geoconflict.events.supporting import core_of, may_support, objection, ties_of
from geoconflict.events.versions import Version, canonical, version_of
from geoconflict.geo import distance_m
from geoconflict.models import Count, DateSpan, Event, EventSource

__all__ = ["Evidence", "evidence_for", "joins_score", "likeness", "why_apart"]


_OBJECTIONS = {
    "type": "of another kind of event",
    "figures": "with other figures",
    "days": "not surely of the same day",
    "score": "on which too little agrees",
}
_REVERSED = "who did it in one suffered it in the other"
_ALONE = {"told_apart": "one sentence names both places, so it tells two events", "sides": _REVERSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One piece of evidence that two tellings are of one event, or that they are not."""

    name: str
    """Its name in ``resources/events/merging.toml``."""
    added: float
    """What it adds to the score; below 0 it speaks against."""
    words: str


def joins_score() -> float:
    """Return the score from which two tellings are of one event."""
    return rules().joins


def evidence_for(a: EventSource, b: EventSource) -> tuple[Evidence, ...] | None:
    """Return the evidence that two sources tell one event; None where they are not compared: of places apart.

    The pieces add up to the score of the two, the heaviest first.
    """
    one, other = version_of(a), version_of(b)
    if one.family.kin != other.family.kin or not _near(one, other):
        return None
    found = [
        Evidence(name=name, added=round(added, 2), words=rules().wording[name].format(*_said(name, one, other)))
        for name, added in weigh(one, other)
    ]
    return tuple(sorted(found, key=lambda piece: -abs(piece.added)))


def likeness(a: Version, b: Version) -> float | None:
    """Return the score of two tellings; None where they are of other kinds or places, or did what the other suffered."""
    if a.family.kin != b.family.kin or not _near(a, b) or sides_reversed(a.sides, b.sides):
        return None
    return sum(added for _, added in weigh(a, b))


def _near(a: Version, b: Version) -> bool:
    mine, others = a.source.place, b.source.place
    if mine is None or others is None:
        return a.block == b.block or not ties_of(a).isdisjoint(ties_of(b))
    if mine.place_id == others.place_id:
        return True
    vague, sharp = sorted((mine, others), key=lambda place: -place.precision.vagueness)
    return sharp.precision != vague.precision and vague.precision in HOLD_PLACES and holds(vague, sharp)


# ---------------------------------------------------------------- what an evidence says of two tellings
def _said(name: str, a: Version, b: Version) -> tuple[str, ...]:
    if name in {
        "same_sub_type",
        "same_family",
        "kin",
        "kin_in_one_sentence",
        "hand_in_hand",
        "generic",
        "intercepted",
        "ground_and_air",
    }:
        return a.mention.sub_event_type, b.mention.sub_event_type
    if name == "days":
        likely = days_likelihood(a, b)
        spans = {_span(a.mention.when): None, _span(b.mention.when): None}
        if likely == 1:
            return (f"the same day: {' and '.join(spans)}",)
        return (f"days that meet: {' and '.join(spans)}; {likely:.0%} likely to be one day",)
    if name == "same_span":
        return (_span(a.mention.when),)
    if name in {"agents_agree", "agents_differ", "accusations_crossed", "taken_back"}:
        return _names(a.agents & b.agents or a.agents), _names(b.agents)
    if name == "same_people":
        return (_people(a.people & b.people),)
    if name == "same_scene":
        return (" and ".join(sorted(one.title() for one in a.scenes & b.scenes)),)
    if name.startswith("named_beside"):
        return (_places(a, b)[len([one for one in (a, b) if one.source.place is not None]) - 1],)
    if name == "names_shared":
        return (" and ".join(sorted(one.title() for one in names_in_common(a, b))),)
    if name == "other_people":
        return _people(a.people), _people(b.people)
    if name == "spots_agree":
        return (_names(a.spots & b.spots),)
    if name == "spots_differ":
        return _names(a.spots), _names(b.spots)
    if name == "targets_agree":
        return (_names(a.targets & b.targets),)
    if "figures" in name:
        return (_figures(a, b),)
    if name == "words_shared":
        return (f"{len(a.words & b.words) / min(len(a.words), len(b.words)):.0%}",)
    return _places(a, b)


def _places(a: Version, b: Version) -> tuple[str, ...]:
    places = [one.source.place for one in (a, b) if one.source.place is not None]
    names = [place.name for place in sorted(places, key=lambda place: -place.precision.vagueness)]
    return (*names, "", "")


def _names(sides: frozenset[str]) -> str:
    return " and ".join(sorted(sides))


def _people(people: frozenset[str]) -> str:
    return " and ".join(
        f"{initial.upper()}. {last.title()}" for initial, last in sorted(one.split(" ", 1) for one in people)
    )


def _figures(a: Version, b: Version) -> str:
    said = []
    for measure in ("killed", "wounded"):
        counts: list[Count] = [
            count
            for one in (a, b)
            if one.mention.casualties and (count := getattr(one.mention.casualties, measure)) is not None
        ]
        if len(counts) == 2:
            said.append(f"{measure} {' and '.join(dict.fromkeys(map(count_in_words, counts)))}")
    return ", ".join(said)


def _span(when: DateSpan) -> str:
    if when.ends_on is None:
        return "no day"
    if when.starts_on is None:
        return f"until {when.ends_on}, no day named"
    return f"{when.starts_on}" if when.starts_on == when.ends_on else f"{when.starts_on} to {when.ends_on}"


# ---------------------------------------------------------------- apart
def why_apart(a: Event, b: Event) -> tuple[str, tuple[Evidence, ...]]:
    """Return why two events were not joined, and the evidence of their two sharpest tellings where it was weighed."""
    mine, others = (_sharp(event) for event in (a, b))
    one, other = mine[0], others[0]
    if one.family.kin != other.family.kin:
        return f"another kind of event: {other.mention.sub_event_type}", ()
    if one.source.place is None or other.source.place is None:
        if set().union(*map(ties_of, mine)).isdisjoint(set().union(*map(ties_of, others))):
            return "one of them has no place, and no report, name or country ties them", ()
    elif not _near(one, other):
        km = (
            distance_m(one.source.place.lon, one.source.place.lat, other.source.place.lon, other.source.place.lat)
            / 1000
        )
        return f"another place, {km:.0f} km away", ()
    looks_back = not _days_meet(mine, others) and any(tells_of_before(x, y) for x in mine for y in others)
    if not looks_back and not _days_meet(mine, others):
        return f"other days: {_span(b.when)}", ()
    if any(sides_reversed(x.sides, y.sides) for x in mine for y in others):
        return _REVERSED, ()
    evidence = evidence_for(one.source, other.source) or ()
    if (looks_back or one.block != other.block) and (said := _no_support(mine, others)):
        return said, evidence
    total = sum(piece.added for piece in evidence)
    if total >= rules().joins:
        # Taken in turn, the telling was more like another event, or not all tellings of this one are like it.
        return "it is more like another event, or other tellings of it are less like these", evidence
    return f"too little agrees: {total:+.1f} in all, {rules().joins:+.1f} is needed", evidence


def _sharp(event: Event) -> list[Version]:
    """Return the tellings of an event at the place that it has, in canonical order."""
    at = event.place.place_id if event.place else None
    found = [one for one in event.sources if (one.place.place_id if one.place else None) == at]
    return canonical(map(version_of, found or event.sources))


def _days_meet(mine: Sequence[Version], others: Sequence[Version]) -> bool:
    spans = [version.days for version in (*mine, *others)]
    if any(span is None for span in spans):
        return {version.block for version in mine} == {version.block for version in others}
    known = [span for span in spans if span is not None]
    return max(first for first, _ in known) <= min(last for _, last in known)


def _no_support(mine: Sequence[Version], others: Sequence[Version]) -> str | None:
    """Return why neither of two events at places within one another supports the other."""
    cores = core_of(mine), core_of(others)
    rows = [core.row(target=None, event_id="") for core in cores]
    for (vague, sharp), (row, other) in ((cores, rows), (cores[::-1], rows[::-1])):
        if may_support(row, other):
            found = objection(vague, sharp)
            back = row.level == "recall"
            who = "a report that looks back" if back else "a report of a vaguer place"
            if found in _ALONE:
                return _ALONE[found]
            if found is None:
                return f"{who} {'and' if back else 'that'} fits several events, so it supports none"
            return f"{who}, {_OBJECTIONS[found]}" if found in _OBJECTIONS else "another place"
    return "a report of a vaguer place that never supports a sharper one"


def days_apart(a: Event, b: Event) -> int:
    """Return how many days lie between two events; 0 where their days meet."""
    spans = [(event.when.starts_on or event.when.ends_on, event.when.ends_on) for event in (a, b)]
    (first_a, last_a), (first_b, last_b) = [(first or dt.date.min, last or dt.date.max) for first, last in spans]
    return max(0, (first_b - last_a).days, (first_a - last_b).days)
