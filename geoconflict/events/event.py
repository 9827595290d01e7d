"""The event that several tellings make: its type, status, days, place, sides and figures, and what they disagree on."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from geoconflict.codes import BROKEN_UP, LEAVES_NOBODY_DEAD, LEFT_IN_PEACE, OF_NO_STATED_COUNTRY
from geoconflict.events.describe import disagreements
from geoconflict.events.scoring import likelihood
from geoconflict.events.territory import changes_hands, settle_territory
from geoconflict.events.versions import leaves_kind_open
from geoconflict.ids import content_id
from geoconflict.models import (
    Actor,
    Count,
    DatePrecision,
    DateSpan,
    Event,
    EventSource,
    PlacePrecision,
    Status,
)

__all__ = ["event_of", "founder_id"]

_FAR_FUTURE = dt.date.max
_STATUS_ORDER = (Status.OCCURRED, Status.DENIED, Status.CLAIMED, Status.SCHEDULED, Status.HYPOTHETICAL)
"""The first of these that a source gives is the status of the event: told as fact, contested, claimed, planned."""


def founder_id(sources: Sequence[EventSource]) -> str:
    """Return the id of the event that sources make: of its founding mention, the earliest published.

    A later report joins without changing it.
    """
    return content_id("event", min(sources, key=_by_publication).mention.mention_id)


def event_of(sources: Sequence[EventSource], *, dated: Sequence[EventSource]) -> Event:
    """Return the event that sources tell.

    Parameters
    ----------
    sources
        All of them, in any order; at least one.
    dated
        Those that say when it was, the sharpest first: reports of a vaguer place support an event and do not date it.
    """
    ordered = sorted(sources, key=_by_publication)
    placed = [source for source in ordered if source.place is not None]
    best_placed = min(placed, key=_place_rank) if placed else None
    # The last resort, which merging knows nothing of: the country that the founding report is about.
    place = best_placed.place if best_placed else ordered[0].country
    speaking = _heard(ordered, "status")
    statuses = {source.status for source in speaking}
    status = next(status for status in _STATUS_ORDER if status in statuses)
    if Status.OCCURRED in statuses and statuses & {Status.DENIED} and not _told_as_fact(speaking):
        status = Status.DENIED
    # "The attack" may be a bombing: a word that tells the kind of event gives it its type, if any does.
    # Where people were killed, houses that were burned and people that were taken leave it an attack, as ACLED counts it.
    # So does whoever stepped in leave a protest none that went off in peace, though another sentence tells of that alone.
    dead = any(map(_kills, ordered))
    broken_up = any(_tells_of(source, BROKEN_UP) for source in ordered)
    typed = min(
        ordered,
        key=lambda one: (
            not one.is_decided("type"),
            dead and one.mention.sub_event_type in LEAVES_NOBODY_DEAD,
            broken_up and one.mention.sub_event_type == LEFT_IN_PEACE,
            leaves_kind_open(one),
            -one.mention.score,
        ),
    )
    strongest = typed.mention
    claimants = dict.fromkeys(source.claimant for source in speaking if source.claimant)
    event = Event(
        event_id=founder_id(ordered),
        event_type=strongest.event_type,
        sub_event_type=strongest.sub_event_type,
        status=status,
        when=_when(dated),
        place=place,
        place_score=(best_placed or ordered[0]).place_score if place else 0.0,
        actors=_actors(ordered, was_taken=changes_hands(strongest.sub_event_type)),
        killed=_spread(_given(ordered, "killed")),
        wounded=_spread(_given(ordered, "wounded")),
        captured=_spread(_given(ordered, "captured")),
        displaced=_spread(_given(ordered, "displaced")),
        claimed_by=tuple(claimants) if status is not Status.OCCURRED else (),
        sources=tuple(ordered),
    )
    settled = event if typed.is_decided("type") else settle_territory(event)
    said = (*_contested(ordered), *_changed(settled), *disagreements(ordered))
    return dataclasses.replace(settled, score=_score(settled), disagreements=said)


def _heard(sources: Sequence[EventSource], aspect: str) -> Sequence[EventSource]:
    """Return the sources that an event goes by in one thing: those on which reviewers decided, if there are any, else all."""
    return [source for source in sources if source.is_decided(aspect)] or sources


def _kills(source: EventSource) -> bool:
    killed = source.figure("killed")
    return killed is not None and killed.high != 0 and source.status in (Status.OCCURRED, Status.CLAIMED)


def _tells_of(source: EventSource, sub_event_types: frozenset[str]) -> bool:
    """Whether a source says that something of these types happened, and not that it may or will."""
    return source.mention.sub_event_type in sub_event_types and source.status in (Status.OCCURRED, Status.CLAIMED)


def _contested(sources: Sequence[EventSource]) -> tuple[str, ...]:
    """Return on what reviewers differ, each once."""
    return tuple(dict.fromkeys(said for one in sources if one.review for said in one.review.contested))


def _score(event: Event) -> float:
    """Return how likely an event is right: surely, where a reviewer says so of what it is now and none denies it."""
    if _contested(event.sources) or _changed(event):
        return likelihood(event)
    return 1.0 if any(one.is_decided("event") for one in event.sources) else likelihood(event)


def _changed(event: Event) -> tuple[str, ...]:
    """Return how an event differs from what a reviewer accepted."""
    accepted = next((one.review.accepted for one in event.sources if one.review and one.review.accepted), None)
    if accepted is None:
        return ()
    when = event.when
    now = (event.place.place_id if event.place else "", event.sub_event_type, f"{when.starts_on}/{when.ends_on}")
    status = event.status.value if accepted[-1] else ""  # of an entry that says none, none is asked
    names = ("place", "type", "days", "status")
    differ = [name for name, seen, is_now in zip(names, accepted, (*now, status), strict=True) if seen != is_now]
    return (f"A reviewer accepted it with another {' and '.join(differ)}.",) if differ else ()


def _by_publication(source: EventSource) -> tuple[dt.date, str, int, str]:
    mention = source.mention
    return source.published_on or _FAR_FUTURE, mention.report_id, mention.start, mention.mention_id


def _place_rank(source: EventSource) -> tuple[bool, int, float]:
    if source.place is None:
        return True, len(PlacePrecision), 0.0
    return not source.is_decided("place"), source.place.precision.vagueness, -source.place_score


def _told_as_fact(sources: Sequence[EventSource]) -> bool:
    """Whether some outlet tells it on its own word; a denial elsewhere then stands among the disagreements."""
    return any(
        source.status is Status.OCCURRED and (source.is_decided("status") or source.claimant is None)
        for source in sources
    )


def _when(sources: Sequence[EventSource]) -> DateSpan:
    """Return the days that all sources allow; they were gathered so that there are some."""
    sharpest = sources[0].mention.when
    starts = [source.mention.when.starts_on for source in sources if source.mention.when.starts_on]
    ends = [source.mention.when.ends_on for source in sources if source.mention.when.ends_on]
    starts_on = max(starts, default=None)
    ends_on = min(ends, default=None)
    precision = sharpest.precision
    if starts_on is not None and starts_on == ends_on:
        precision = DatePrecision.DAY
    return DateSpan(
        starts_on=starts_on, ends_on=ends_on, precision=precision, basis=sharpest.basis, surface=sharpest.surface
    )


_PARTS = ("agent", "party", "target")
_SIDES = {"agent": "agents", "target": "targets"}
"""Part of an actor -> what a reviewer decides on who says who they were."""
_HANDED_OVER = "Non-violent transfer of territory"


def _actors(sources: Sequence[EventSource], *, was_taken: bool) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for source, one in _taking_part(sources):
        has_left = was_taken and source.mention.sub_event_type == _HANDED_OVER and not source.is_decided("agents")
        # "Captured X after the army withdrew": who withdrew did not take it.
        actor = dataclasses.replace(one, part="target") if has_left and one.part == "agent" else one
        known = found.get(actor.name)
        # "party" says less than agent or target: the sharper word of any source holds.
        if known is None or (known.part == "party" and actor.part != "party"):
            found[actor.name] = actor
    for bare in [actor for actor in found.values() if actor.country is None]:
        # "The army" of one report is the army that another names, where that is one.
        states = [name for name, one in found.items() if name.startswith(f"{bare.name} of ") and one.part == bare.part]
        if len(states) == 1 and bare.name in OF_NO_STATED_COUNTRY:
            del found[bare.name]
    return tuple(sorted(found.values(), key=lambda actor: (_PARTS.index(actor.part), actor.name)))


def _taking_part(sources: Sequence[EventSource]) -> list[tuple[EventSource, Actor]]:
    """Return the actors of sources, each with the source; of a side on which reviewers decided those whom they name, first of all."""
    told = [(source, actor) for source in sources for actor in source.mention.actors]
    decided = {part for part, side in _SIDES.items() if any(source.is_decided(side) for source in sources)}
    if not decided:
        return told
    if decided == _SIDES.keys():
        told = [(source, actor) for source, actor in told if actor.part != "party"]
    kept = [(source, one) for source, one in told if one.part not in decided or source.is_decided(_SIDES[one.part])]
    return sorted(kept, key=lambda pair: pair[1].part not in decided)


def _given(sources: Sequence[EventSource], measure: str) -> list[tuple[str, Count]]:
    """Return the counts of a measure, each with the report that gives it."""
    counts = [(one.mention.report_id, one.figure(measure)) for one in _heard(sources, measure)]
    return [(report_id, count) for report_id, count in counts if count is not None]


def _spread(given: Sequence[tuple[str, Count]]) -> Count | None:
    """Return the range over all sources; `best` is the single figure that the newest report gives first.

    What it tells after that, on another's word, is a rival of its figure and takes no place of it. "At least 7" beside "5"
    makes 5 to 7: the highest figure that anyone gives bounds what is told, not what is true.
    """
    if not given:
        return None
    counts = [count for _, count in given]
    if len(set(counts)) == 1:
        return counts[0]  # "about 30" alone stays open on both sides
    bottoms = [n for count in counts for n in (count.low, count.best) if n is not None]
    tops = [n for count in counts for n in (count.high, count.best) if n is not None]
    firsts: dict[str, Count] = {}
    for report_id, count in given:
        firsts.setdefault(report_id, count)
    bests = [count.best for count in firsts.values() if count.best is not None]
    low = min(bottoms, default=None)
    high = max([*tops, *bottoms]) if tops else None
    return Count(low=low, best=bests[-1] if bests else None, high=high)
