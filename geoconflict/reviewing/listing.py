"""The events of which something is uncertain, the worst first, each with what is uncertain and why."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoconflict.choices import one_or_several
from geoconflict.errors import InputError
from geoconflict.events.reasons import evidence_for
from geoconflict.events.versions import leaves_kind_open
from geoconflict.ids import content_id
from geoconflict.models import DateBasis, DatePrecision, Event, EventSource, EventType, Place, PlacePrecision
from geoconflict.places.countries import country_code, country_table
from geoconflict.reviewing.near_misses import near_misses
from geoconflict.reviewing.typed import seen_particulars
from geoconflict.store import EventStore

__all__ = ["Doubt", "ReviewItem", "doubts_of", "review_items"]

_CONTESTED, _CHANGED = 1.0, 0.95
_NOT_FOUND, _NO_PLACE, _VAGUE_PLACE, _ONLY_COUNTRY = 0.75, 0.5, 0.4, 0.6
_ABROAD, _OTHER_SENTENCE = 0.7, 0.35
_NO_DAY, _PUBLISHED, _LONG_SPAN = 0.7, 0.4, 0.45
_KIND_OPEN, _KINDS_DIFFER, _SAY_DIFFERENT = 0.45, 0.35, 0.4
_LONG_DAYS = 3
_MOST_WEIGHED = 12
"""Of an event with more tellings only the first are weighed: each pair costs."""
_LEAST = 0.3
"""What is less doubtful is not listed."""
_VAGUE = {
    PlacePrecision.ADMIN1: "a province",
    PlacePrecision.REGION: "a region",
    PlacePrecision.LINE: "a line",
    PlacePrecision.SEA: "a sea",
}


_SENTENCE_ENDS = re.compile(r"\w{4,}[.!?][\"\u201d')]*\s+\S|\n\s*\n")
"""The end of a sentence; shorter words before a full stop may be abbreviations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing that is uncertain of an event."""

    aspect: str
    """review (reviewers differ, or it has changed since), event, place, type, date or merge."""
    weight: float
    """How doubtful it is, 0 to 1: one minus the score where there is one, else a set figure."""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """An event to be looked at."""

    event: Event
    doubts: tuple[Doubt, ...]
    """The worst first."""
    is_reviewed: bool
    """Whether a reviewer has decided on it, nobody contests that, and it has not changed since."""

    @property
    def weight(self) -> float:
        """That of the worst doubt; 0 where there is none."""
        return self.doubts[0].weight if self.doubts else 0.0

    @property
    def state(self) -> str:
        """A hash of which tellings the event has and what is said of them: a decision is on these alone."""
        event = self.event
        place = event.place.place_id if event.place else ""
        told = sorted(one.mention.mention_id for one in event.sources)
        said = seen_particulars(event)
        return content_id("state", [told, place, event.sub_event_type, event.when.to_dict(), said])[:8]


def review_items(
    store: EventStore, *, include_reviewed: bool = False, limit: int | None = None, countries: str | Sequence[str] = ()
) -> list[ReviewItem]:
    """Return the events of a store that people should look at, the worst first.

    Parameters
    ----------
    store
        Where the events are.
    include_reviewed
        Whether those that are decided, and those that nothing is doubtful of, are there too.
    limit
        At most so many; None is all.
    countries
        The country or countries that are studied, by name or code (`places.countries` of the settings): an event elsewhere is doubtful.

    Raises
    ------
    InputError
        If `limit` is below 0, or `countries` are no texts.
    """
    if limit is not None and limit < 0:
        msg = f"limit is {limit}; it is 0 or more, or None for all"
        raise InputError(msg)
    countries = one_or_several(countries, "countries")
    items = []
    events = list(store.event_records())
    others = near_misses(events, _LEAST)
    for event in events:
        doubts = doubts_of(event, countries, others.get(event.event_id, ()))
        reviewed = any(one.is_decided("event") for one in event.sources) and not any(
            one.aspect == "review" for one in doubts
        )
        if include_reviewed or (doubts and not reviewed):
            items.append(ReviewItem(event=event, doubts=doubts, is_reviewed=reviewed))
    items.sort(
        key=lambda item: (item.is_reviewed, -item.weight, -sum(one.weight for one in item.doubts), item.event.event_id)
    )
    return items[:limit]


def doubts_of(
    event: Event, countries: Sequence[str] = (), others: Sequence[tuple[Event, float]] = ()
) -> tuple[Doubt, ...]:
    """Return what is uncertain of an event, the worst first; `countries` as for :func:`review_items`.

    `others` are events that may be the same one, each with how likely that is (:func:`near_misses`).
    """
    decided = {aspect for one in event.sources if one.review for aspect in one.review.decided}
    found = [
        one
        for one in (*_doubts(event, countries), *_of_others(event, others))
        if one.weight >= _LEAST and one.aspect not in decided
    ]
    return tuple(sorted(found, key=lambda one: (-one.weight, one.aspect, one.words)))


def _doubts(event: Event, countries: Sequence[str]) -> Iterator[Doubt]:
    for sentence in event.disagreements:
        if sentence.startswith("Reviewers differ"):
            yield Doubt(aspect="review", weight=_CONTESTED, words=sentence)
        elif sentence.startswith("A reviewer accepted it"):
            yield Doubt(aspect="review", weight=_CHANGED, words=sentence)
        else:
            yield Doubt(aspect="event", weight=_SAY_DIFFERENT, words=sentence)
    yield Doubt(aspect="event", weight=round(1 - event.score, 2), words=f"its score is {event.score:.2f}")
    yield from _of_telling(event)
    yield from _of_place(event, countries)
    yield from _of_date(event)
    yield from _of_type(event)
    yield from _of_merge(event)


def _of_telling(event: Event) -> Iterator[Doubt]:
    """Doubt that there was a conflict event at all, where all that tell it may tell of something else."""
    mentions = [one.mention for one in event.sources]
    if all(mention.doubts for mention in mentions):
        likeliest = max(mentions, key=lambda mention: mention.likelihood or 0.0)
        likely = likeliest.likelihood or 0.0
        how = f", {likely:.2f} likely by its words" if likeliest.likelihood is not None else ""
        words = f"it may be no conflict event{how}: {'; '.join(likeliest.doubts)}"
        yield Doubt(aspect="event", weight=max(_LEAST, round(1 - likely, 2)), words=words)


def _of_place(event: Event, countries: Sequence[str]) -> Iterator[Doubt]:
    place = event.place
    if place is None:
        named = next((one.mention.place.surface for one in event.sources if one.mention.place), None)
        said = f"{named!r} was not found or is ambiguous" if named else "no place is named"
        yield Doubt(aspect="place", weight=_NOT_FOUND if named else _NO_PLACE, words=said)
        return
    yield Doubt(
        aspect="place", weight=round(1 - event.place_score, 2), words=f"the place scores {event.place_score:.2f}"
    )
    if place.precision is PlacePrecision.COUNTRY:
        yield Doubt(aspect="place", weight=_ONLY_COUNTRY, words="only the country is known")
    elif place.precision in _VAGUE:
        yield Doubt(aspect="place", weight=_VAGUE_PLACE, words=f"only {_VAGUE[place.precision]} is known")
    if _is_outside(place, countries):
        named = ", ".join(countries)
        yield Doubt(aspect="place", weight=_ABROAD, words=f"it lies in {place.country}; places.countries names {named}")
    if all(map(_is_of_another_sentence, event.sources)):
        surface = next(one.mention.place.surface for one in event.sources if one.mention.place)
        yield Doubt(aspect="place", weight=_OTHER_SENTENCE, words=f"{surface!r} is named in another sentence")


def _is_outside(place: Place, countries: Sequence[str]) -> bool:
    """Return whether a place lies in none of some countries, by name or code, nor in land that sources count to them."""
    codes = {code for one in countries if (code := country_code(one)) is not None}
    codes |= {other for code in codes for other in country_table()[code].also}
    return bool(codes) and place.country is not None and place.country not in codes


def _is_of_another_sentence(source: EventSource) -> bool:
    """Whether the place of a telling stands in another sentence than the words that tell the event."""
    mention = source.mention
    if source.is_decided("place") or mention.place is None:
        return False
    first = min(mention.place.start, mention.trigger_start) - source.quote_start
    last = max(mention.place.end, mention.trigger_end) - source.quote_start
    if first < 0 or last > len(source.quote):
        return True
    return _SENTENCE_ENDS.search(source.quote, first, last) is not None


def _of_date(event: Event) -> Iterator[Doubt]:
    when = event.when
    if when.ends_on is None:
        yield Doubt(aspect="date", weight=_NO_DAY, words="no day is known")
    elif when.basis is DateBasis.PUBLISHED:
        yield Doubt(aspect="date", weight=_PUBLISHED, words="no day is named; the day of publication bounds it")
    elif when.starts_on is None or (when.ends_on - when.starts_on).days > _LONG_DAYS:
        yield Doubt(aspect="date", weight=_LONG_SPAN, words=f"{when.starts_on or 'any day'} to {when.ends_on}")
    elif when.precision is not DatePrecision.DAY:
        yield Doubt(aspect="date", weight=_LEAST, words=f"{when.starts_on} to {when.ends_on}")


def _of_type(event: Event) -> Iterator[Doubt]:
    # What is told with a weapon, "drones attacked", is told by it and not by the word.
    if event.event_type is not EventType.EXPLOSIONS and all(map(leaves_kind_open, event.sources)):
        yield Doubt(aspect="type", weight=_KIND_OPEN, words="no word says what kind of event it was")
    kinds = sorted({one.mention.sub_event_type for one in event.sources})
    if len(kinds) > 1:
        yield Doubt(aspect="type", weight=_KINDS_DIFFER, words=f"told as {' and as '.join(kinds)}")


def _of_merge(event: Event) -> Iterator[Doubt]:
    """Doubt that a telling is of this event: how unlikely it is by the telling that it is most like."""
    if any(one.review and one.review.decided for one in event.sources):
        return
    sources = event.sources[:_MOST_WEIGHED]
    worst: tuple[float, int] | None = None
    for number, one in enumerate(sources, 1):
        scores = [
            sum(piece.added for piece in evidence)
            for other in sources
            if other is not one and (evidence := evidence_for(one, other)) is not None
        ]
        if scores and (worst is None or max(scores) < worst[0]):
            worst = max(scores), number
    if worst is not None:
        weight = round(1 / (1 + math.exp(min(50.0, worst[0]))), 2)
        yield Doubt(aspect="merge", weight=weight, words=f"source {worst[1]} may be of another event")


def _of_others(event: Event, others: Sequence[tuple[Event, float]]) -> Iterator[Doubt]:
    """Doubt that an event is one of its own; what a reviewer saw and decided on is."""
    if any(one.review and one.review.decided for one in event.sources):
        return
    for other, likely in others:
        told = other.sources[0]
        of = f"{told.source or 'a report'}{f', {told.published_on}' if told.published_on else ''}"
        yield Doubt(aspect="merge", weight=likely, words=f"it may be the same event as {other.event_id} ({of})")


def numbered_sources(event: Event) -> Sequence[str]:
    """Return one line for each source of an event with its number, from 1."""
    return [
        f"{number}: {one.source or 'a report'}{f', {one.published_on}' if one.published_on else ''}"
        for number, one in enumerate(event.sources, 1)
    ]
