"""Many reports of one event become one event.

Two versions are of one event when they agree on the family of the type, on the place, on the days and do not contradict
each other on who did it. Versions are taken in one canonical order and each joins the first event it agrees with in all
its members (complete linkage), so that the outcome depends neither on the order of ingest nor on a chain of
half-agreements: a shelling "overnight" cannot glue together the shellings of two days.

The rule follows ACLED's (same actors, same day, same place are one event), loosened for dates given as ranges.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from geoconflict.events.describe import disagreements
from geoconflict.ids import content_id
from geoconflict.models import (
    Actor,
    Count,
    DateBasis,
    DatePrecision,
    DateSpan,
    Event,
    EventMention,
    EventSource,
    EventType,
    Place,
    PlacePrecision,
    Status,
)

__all__ = ["family_of", "merge_sources"]

_FAR_PAST = dt.date.min
_FAR_FUTURE = dt.date.max
_LONGEST_RANGE_DAYS = 3
"""A span of more days than this is background: it joins only a version with the very same span."""

_FRESH_DAYS = 2
"""A report that names no day tells of news: to find its like, it is taken to be at most this many days old. The span
itself stays open."""

_FAMILIES = {
    "Shelling/artillery/missile attack": "strike",
    "Air/drone strike": "strike",
    "Government regains territory": "control",
    "Non-state actor overtakes territory": "control",
    "Non-violent transfer of territory": "control",
    "Attack": "attack on civilians",
    "Peaceful protest": "demonstration",
    "Protest with intervention": "demonstration",
    "Excessive force against protesters": "demonstration",
    "Violent demonstration": "demonstration",
    "Agreement": "agreement",
    "agreement": "agreement",
}
"""Sub-types that reports of one event confuse; any other sub-type is a family of its own."""

_PRECISION_ORDER = {precision: rank for rank, precision in enumerate(PlacePrecision)}
_BASIS_ORDER = {DateBasis.STATED: 0, DateBasis.RELATIVE: 1, DateBasis.PUBLISHED: 2}
_STATUS_ORDER = (Status.OCCURRED, Status.DENIED, Status.CLAIMED, Status.SCHEDULED, Status.HYPOTHETICAL)
"""The first of these that a source gives is the status of the event: told as fact, contested, claimed, planned."""


def family_of(event_type: EventType, sub_event_type: str) -> str:
    """Return the family of a type: versions of one event may differ within it."""
    return _FAMILIES.get(sub_event_type, f"{event_type.value} > {sub_event_type}")


def merge_sources(sources: Iterable[EventSource]) -> tuple[Event, ...]:
    """Return one event for each group of versions that tell the same event, ordered by first day, then by id.

    The result depends on the set of versions alone, not on their order. Versions without a place are one event only
    when they are the same words (a syndicated text); versions without any day never join others.
    """
    blocks: dict[tuple[str, str], list[EventSource]] = defaultdict(list)
    for source in sources:
        mention = source.mention
        family = family_of(mention.event_type, mention.sub_event_type)
        blocks[family, _place_key(source)].append(source)
    events = [_event(group) for block in blocks.values() for group in _groups(block)]
    return tuple(
        sorted(events, key=lambda event: (event.when.starts_on or event.when.ends_on or _FAR_PAST, event.event_id))
    )


def _place_key(source: EventSource) -> str:
    if source.place is not None:
        return source.place.place_id
    words = " ".join(source.quote.split()).casefold()
    place = source.mention.place
    return f"unlocated\n{place.surface.casefold() if place else ''}\n{words}"


def _groups(block: Sequence[EventSource]) -> list[list[EventSource]]:
    groups: list[list[EventSource]] = []
    for source in sorted(block, key=_canonical):
        fitting = [group for group in groups if all(_agree(source, member) for member in group)]
        if fitting:
            min(fitting, key=lambda group: _day_gap(source, group[0])).append(source)
        else:
            groups.append([source])
    return groups


def _canonical(source: EventSource) -> tuple[int, dt.date, int, dt.date, str, int, str]:
    """Sharp dates first, so that vague versions join sharp ones and not the other way round."""
    when = source.mention.when
    start, end = _bounds(when)
    length = (end - start).days if when.starts_on else 10**6
    mention = source.mention
    return (
        length,
        start if when.starts_on else end,
        _BASIS_ORDER[when.basis],
        source.published_on or _FAR_FUTURE,
        mention.report_id,
        mention.trigger_start,
        mention.mention_id,
    )


def _bounds(when: DateSpan) -> tuple[dt.date, dt.date]:
    end = when.ends_on or _FAR_FUTURE
    if when.starts_on is not None:
        return when.starts_on, end
    if when.basis is DateBasis.PUBLISHED and when.ends_on is not None:
        return dt.date.fromordinal(max(1, end.toordinal() - _FRESH_DAYS)), end
    return _FAR_PAST, end


def _day_gap(source: EventSource, founder: EventSource) -> int:
    """Days between the ends of two spans: a version of last night belongs to yesterday rather than the day before."""
    end = source.mention.when.ends_on or _FAR_PAST
    return abs((end - (founder.mention.when.ends_on or _FAR_PAST)).days)


def _agree(a: EventSource, b: EventSource) -> bool:
    return _dates_agree(a.mention.when, b.mention.when) and not _actors_contradict(a.mention, b.mention)


def _dates_agree(a: DateSpan, b: DateSpan) -> bool:
    if a.ends_on is None or b.ends_on is None:
        return False
    (a_start, a_end), (b_start, b_end) = _bounds(a), _bounds(b)
    if max((a_end - a_start).days, (b_end - b_start).days) >= _LONGEST_RANGE_DAYS:
        return (a.starts_on, a.ends_on) == (b.starts_on, b.ends_on)
    return a_start <= b_end and b_start <= a_end


def _actors_contradict(a: EventMention, b: EventMention) -> bool:
    """Whether the one who did it in one version is the one who suffered it in the other."""

    def sides(mention: EventMention, part: str) -> set[str]:
        return {actor.country or actor.name for actor in mention.actors if actor.part == part}

    agents_a, agents_b = sides(a, "agent"), sides(b, "agent")
    if agents_a & agents_b:
        return False
    return bool(agents_a & sides(b, "target") or agents_b & sides(a, "target"))


def _event(group: Sequence[EventSource]) -> Event:
    ordered = sorted(group, key=_by_publication)
    founder = ordered[0].mention
    sharpest = min(group, key=_canonical).mention
    placed = [source for source in ordered if source.place is not None]
    best_placed = min(placed, key=_place_rank) if placed else None
    place: Place | None = best_placed.place if best_placed else None
    statuses = {source.mention.status for source in ordered}
    status = next(status for status in _STATUS_ORDER if status in statuses)
    if Status.OCCURRED in statuses and statuses & {Status.DENIED} and not _told_as_fact(ordered):
        status = Status.DENIED
    strongest = min(ordered, key=lambda source: -source.mention.score).mention
    claimants = dict.fromkeys(source.mention.claimed_by for source in ordered if source.mention.claimed_by)
    return Event(
        event_id=content_id("event", founder.mention_id),
        event_type=strongest.event_type,
        sub_event_type=strongest.sub_event_type,
        status=status,
        when=_when(ordered, sharpest.when),
        place=place,
        place_score=best_placed.place_score if best_placed else 0.0,
        actors=_actors(ordered),
        killed=_spread([s.mention.casualties.killed for s in ordered if s.mention.casualties]),
        wounded=_spread([s.mention.casualties.wounded for s in ordered if s.mention.casualties]),
        captured=_spread([s.mention.casualties.captured for s in ordered if s.mention.casualties]),
        displaced=_spread([s.mention.casualties.displaced for s in ordered if s.mention.casualties]),
        claimed_by=tuple(claimants) if status is not Status.OCCURRED else (),
        sources=tuple(ordered),
        disagreements=disagreements(ordered),
        score=max(source.mention.score for source in ordered),
    )


def _by_publication(source: EventSource) -> tuple[dt.date, str, int, str]:
    mention = source.mention
    return source.published_on or _FAR_FUTURE, mention.report_id, mention.start, mention.mention_id


def _place_rank(source: EventSource) -> tuple[int, float]:
    if source.place is None:
        return len(_PRECISION_ORDER), 0.0
    return _PRECISION_ORDER[source.place.precision], -source.place_score


def _told_as_fact(sources: Sequence[EventSource]) -> bool:
    """Whether some outlet tells it on its own word; a denial elsewhere then stands among the disagreements."""
    return any(source.mention.status is Status.OCCURRED and source.mention.claimed_by is None for source in sources)


def _when(sources: Sequence[EventSource], sharpest: DateSpan) -> DateSpan:
    """Return the days that all versions allow. Complete linkage makes every two overlap, so all of them do (Helly)."""
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


def _actors(sources: Sequence[EventSource]) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for source in sources:
        for actor in source.mention.actors:
            known = found.get(actor.name)
            # "party" says less than agent or target: the sharper word of any source holds.
            if known is None or (known.part == "party" and actor.part != "party"):
                found[actor.name] = actor
    return tuple(sorted(found.values(), key=lambda actor: (_PARTS.index(actor.part), actor.name)))


def _spread(counts: Sequence[Count | None]) -> Count | None:
    """Return the range over all sources; `best` is the newest single figure.

    "At least 7" beside "5" makes 5 to 7: the highest figure that anyone gives bounds what is told, not what is true.
    """
    given = [count for count in counts if count is not None]
    if not given:
        return None
    bottoms = [n for count in given for n in (count.low, count.best) if n is not None]
    tops = [n for count in given for n in (count.high, count.best) if n is not None]
    bests = [count.best for count in given if count.best is not None]
    low = min(bottoms, default=None)
    high = max([*tops, *bottoms]) if tops else None
    return Count(low=low, best=bests[-1] if bests else None, high=high)
