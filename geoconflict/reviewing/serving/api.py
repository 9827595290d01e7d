"""What the review page asks for and what it decides: plain values, read from the store and written as entries."""

from __future__ import annotations

import datetime as dt
import functools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from geoconflict.correction_stage import corrections_state
from geoconflict.corrections import Corrections, Deed, correction, load_corrections
from geoconflict.corrections.particulars import MEASURES, figure_words, status_words
from geoconflict.geo import Bounds, distance_m
from geoconflict.map_stage import credit
from geoconflict.models import SUB_EVENT_TYPES, Count, Event, EventSource, Place, PlacePrecision, Status
from geoconflict.reviewing.alternatives import alternatives_of
from geoconflict.reviewing.deciding import VERBS, Decision, Desk, apply_decisions, decide
from geoconflict.reviewing.listing import ReviewItem, review_items
from geoconflict.reviewing.points import TOWN_REACH_M
from geoconflict.reviewing.typed import actor_named
from geoconflict.settings import Settings
from geoconflict.store import EventStore
from geoconflict.tools import Tools

__all__ = ["Api"]

_REACH = dt.timedelta(days=3)
_REACH_M = 100_000.0
_MOST_NEAR = 8
_MAP_DEG = 0.6
"""Around the places of an event the map has outlines for at least so many degrees."""
_FIELDS = {"event": str, "state": str, "decision": str, "value": str, "comment": str, "confirm": str}
"""`confirm` is "yes" where a point is meant although something speaks against it."""


class Api:
    """Answers of the page; several threads may ask at once.

    Parameters
    ----------
    settings
        Where decisions go.
    store
        The event store; it is only read.
    who
        The reviewer.
    now
        The clock of entries.
    include_reviewed
        Whether decided and undoubted events are listed too.

    Attributes
    ----------
    n_decisions : int
        How many were written down.
    writing : threading.Lock
        Held while one is.
    """

    def __init__(
        self,
        settings: Settings,
        store: Path,
        *,
        who: str,
        now: Callable[[], dt.datetime],
        include_reviewed: bool = False,
    ) -> None:
        self._settings, self._store, self._who, self._now = settings, store, who, now
        self._include_reviewed = include_reviewed
        self._items: dict[str, ReviewItem] = {}
        self._merged: str | None = None
        self._read: tuple[tuple[int, int, int], Corrections] | None = None
        self._looking = threading.Lock()
        self.n_decisions = 0
        self.writing = threading.Lock()
        with EventStore(store, read_only=True):
            pass  # a store that cannot be opened is told before the page is

    @functools.cached_property
    def _tools(self) -> Tools:
        return Tools(self._settings)

    def get(self, what: str) -> dict[str, Any] | None:
        """Return what is asked for; None where there is no such thing."""
        if what == "items":
            return self._list()
        kind, _, event_id = what.partition("/")
        if kind not in {"event", "basemap"} or event_id not in self._items:
            return None
        with EventStore(self._store, read_only=True) as opened:
            if kind == "event":
                return self._event(opened, self._items[event_id])
            return self._basemap(opened, self._items[event_id].event)

    def post(self, what: str, given: dict[str, Any]) -> dict[str, Any] | None:
        """Decide, or take an entry back; return its id. None where there is no such thing to do."""
        if what == "decide":
            values = {name: given.get(name, "") for name in _FIELDS}
            if any(not isinstance(value, str) for value in values.values()):
                msg = "a field of the decision is no text"
                raise ValueError(msg)
            return self._decide(**values)
        return self._take_back(str(given.get("id", ""))) if what == "take-back" else None

    # ------------------------------------------------------------ looking
    def _list(self) -> dict[str, Any]:
        with self._looking, EventStore(self._store, read_only=True) as opened:
            merged = opened.meta("merge_key") or ""
            if merged != self._merged:
                found = review_items(
                    opened, include_reviewed=self._include_reviewed, countries=self._settings.places.countries
                )
                self._items = {item.event.event_id: item for item in found}
                self._merged = merged
            state = corrections_state(opened)
        mine = self._decided()
        return {
            "who": self._who,
            "verbs": list(VERBS),
            "types": {kind.value: list(subs) for kind, subs in SUB_EVENT_TYPES.items()},
            "statuses": [one.value for one in Status],
            "measures": list(MEASURES),
            "actors": sorted({one.name for item in self._items.values() for one in item.event.actors}),
            "precisions": [one.value for one in PlacePrecision if one is not PlacePrecision.LINE],
            "conflicts": list(state.conflicts),
            "orphans": list(state.orphans),
            "items": [_summary(item, mine.get(item.event.event_id, [])) for item in self._items.values()],
        }

    def _corrections(self) -> Corrections:
        """Return the entries of the file, read anew where it has changed: it is looked at with every event."""
        path = self._settings.review.corrections
        file = self._settings.resolve(path)
        try:
            found = file.stat() if path else None
        except FileNotFoundError:
            found = None
        if found is None:
            return Corrections()
        seen = (
            found.st_mtime_ns,
            found.st_size,
            found.st_ino,
        )  # before it is read: what is written since is read again
        known = self._read
        if known is None or known[0] != seen:
            known = self._read = (seen, load_corrections(file))
        return known[1]

    def _decided(self) -> dict[str, list[dict[str, Any]]]:
        """Return the entries of each event in the file, also those that no build has applied yet."""
        entries = self._corrections()
        withdrawn = {str(one.value.get("correction")) for one in entries if one.what is Deed.WITHDRAW}
        found: dict[str, list[dict[str, Any]]] = {}
        for one in entries:
            if one.entry_id not in withdrawn and one.what is not Deed.WITHDRAW:
                told = {
                    "id": one.entry_id,
                    "what": one.what.value,
                    "who": one.who,
                    "on": str(one.when.date()),
                    "why": one.why,
                }
                found.setdefault(one.event, []).append(told)
        return found

    def _event(self, opened: EventStore, item: ReviewItem) -> dict[str, Any]:
        event = item.event
        others = [
            {**_place(one.place), "score": round(one.score, 2), "reasons": list(one.reasons)}
            for one in alternatives_of(opened, event)
        ]
        return {
            **_summary(item, self._decided().get(event.event_id, [])),
            "state": item.state,
            "here": _place(event.place) if event.place else None,
            "alternatives": others,
            "sources": [_source(one) for one in event.sources],
            "near": _near(opened, event),
            "around": list(self._around(opened, event) or ()),
            "starts_on": str(event.when.starts_on or ""),
            "ends_on": str(event.when.ends_on or ""),
            "status": event.status.value,
            "by": "; ".join(event.claimed_by),
            "agents": _names(event, "agent"),
            "targets": _names(event, "target"),
            "parties": _names(event, "party"),
            "figures": {measure: _figure(getattr(event, measure)) for measure in MEASURES},
            "disagreements": list(event.disagreements),
        }

    def _basemap(self, opened: EventStore, event: Event) -> dict[str, Any]:
        from geoconflict.render.basemap import Label, clip_basemap

        credited = list(credit(opened, self._tools))
        box = self._around(opened, event)
        if box is None:
            return {"basemap": None, "credits": credited}
        basemap = clip_basemap(box, labels=[Label(*label) for label in self._tools.town_labels(box)])
        return {"basemap": basemap, "credits": [*credited, *basemap["attribution"]]}

    def _around(self, opened: EventStore, event: Event) -> Bounds | None:
        """Return what a map of an event shows: its places, else those of most events of the list; None where there are none."""
        places = [one.place for one in alternatives_of(opened, event)] + ([event.place] if event.place else [])
        edge = 0
        if not places:
            places = [item.event.place for item in self._items.values() if item.event.place is not None]
            edge = len(places) // 20
        if not places:
            return None
        lons, lats = sorted(one.lon for one in places), sorted(one.lat for one in places)
        return Bounds(
            max(-180.0, lons[edge] - _MAP_DEG), max(-85.0, lats[edge] - _MAP_DEG),
            min(180.0, lons[-1 - edge] + _MAP_DEG), min(85.0, lats[-1 - edge] + _MAP_DEG),
        )  # fmt: skip

    # ------------------------------------------------------------ deciding
    def _decide(self, event: str, state: str, decision: str, value: str, comment: str, confirm: str) -> dict[str, Any]:
        with self.writing, EventStore(self._store, read_only=True) as opened:
            # The store may have been built anew since: what is decided on is what stands there now.
            now = opened.event(event) if opened.event_json(event) is not None else None
            if now is None or ReviewItem(event=now, doubts=(), is_reviewed=False).state != state:
                msg = "the event has changed since the page was opened; load it again"
                raise ValueError(msg)
            desk = Desk(
                store=opened,
                place=self._tools.gazetteer.place,
                who=self._who,
                when=self._now(),
                offered={one.place.place_id: one.place for one in alternatives_of(opened, now)},
                towns_near=functools.partial(self._tools.gazetteer.towns_near, within_m=TOWN_REACH_M),
                countries=self._settings.places.countries,
                actor=functools.partial(actor_named, self._tools.actor_lexicon),
            )
            made = decide(desk, now, decision, value, comment, is_confirmed=confirm == "yes")
            apply_decisions(self._settings, [made])
            self.n_decisions += 1
        return {
            "id": made.corrections[0].entry_id if made.corrections else None,
            "entries": self._decided().get(event, []),
        }

    def _take_back(self, entry_id: str) -> dict[str, Any]:
        with self.writing:
            entry = next((one for one in self._corrections() if one.entry_id == entry_id), None)
            if entry is None:
                msg = "there is no such entry"
                raise ValueError(msg)
            back = correction(
                Deed.WITHDRAW, who=self._who, when=self._now(), event=entry.event, value={"correction": entry_id}
            )
            apply_decisions(self._settings, [Decision(corrections=(back,))])
            self.n_decisions += 1
        return {"id": back.entry_id, "entries": self._decided().get(entry.event, [])}


def _summary(item: ReviewItem, entries: list[dict[str, Any]]) -> dict[str, Any]:
    event = item.event
    return {
        "id": event.event_id,
        "doubt": item.weight,
        "doubts": [{"aspect": one.aspect, "weight": one.weight, "words": one.words} for one in item.doubts],
        "type": event.sub_event_type,
        "kind": event.event_type.value,
        "day": _days(event),
        "place": event.place.name if event.place else None,
        "country": event.place.country if event.place else None,
        "score": event.score,
        "n_sources": len(event.sources),
        "is_reviewed": item.is_reviewed,
        "entries": entries,
    }


def _names(event: Event, part: str) -> str:
    return "; ".join(one.name for one in event.actors if one.part == part)


def _figure(count: Count | None) -> str:
    return figure_words(count) if count is not None else ""


def _days(event: Event) -> str:
    when = event.when
    if when.ends_on is None:
        return "no day known"
    if when.starts_on is None:
        return f"until {when.ends_on}"
    return str(when.starts_on) if when.starts_on == when.ends_on else f"{when.starts_on} to {when.ends_on}"


def _place(place: Place) -> dict[str, Any]:
    return {
        "place_id": place.place_id,
        "name": place.name,
        "lon": place.lon,
        "lat": place.lat,
        "precision": place.precision.value,
        "radius_m": place.radius_m,
        "country": place.country,
        "admin1": place.admin1,
    }


def _source(source: EventSource) -> dict[str, Any]:
    """Return a telling with what to highlight in its quote: offsets in code points."""
    mention, at = source.mention, source.quote_start
    marks = [(mention.trigger_start - at, mention.trigger_end - at, "trigger")]
    if mention.place is not None:
        marks.append((mention.place.start - at, mention.place.end - at, "place"))
    n = len(source.quote)
    return {
        "mention": mention.mention_id,
        "outlet": source.source or "a report",
        "title": source.title,
        "url": source.url,
        "published": str(source.published_on or ""),
        "quote": source.full_quote,
        "marks": [[start, end, kind] for start, end, kind in sorted(marks) if 0 <= start < end <= n],
        "place": source.place.name if source.place else None,
        "says": _says(source),
        "reasons": list(source.place_reasons),
        "notes": list(source.review.notes) if source.review else [],
        "is_copy": source.copy_of is not None,
    }


def _says(source: EventSource) -> str:
    """Return as what a telling is taken: whether it happened, who did it to whom, and its report's own figures, in one line."""
    mention = source.mention
    sides = (("by", "agent"), ("against", "target"), ("between", "party"))
    named = [(word, [one.name for one in mention.actors if one.part == part]) for word, part in sides]
    said = [status_words(mention.status, mention.claimed_by)]
    said += [f"{word} {' and '.join(names)}" for word, names in named if names]
    figures = [(one, getattr(mention.casualties, one)) for one in MEASURES if mention.casualties is not None]
    said += [f"{measure} {figure_words(count)}" for measure, count in figures if count is not None]
    return ", ".join(said)


def _near(opened: EventStore, event: Event) -> list[dict[str, Any]]:
    """Return the events with which it may be one: of near days and places, the nearest first."""
    last = event.when.ends_on
    first = event.when.starts_on or last
    if first is None or last is None:
        return []
    since = first - _REACH if first > dt.date.min + _REACH else None
    until = last + _REACH if last < dt.date.max - _REACH else None
    found = []
    for other in opened.event_records(since=since, until=until):
        if other.event_id == event.event_id:
            continue
        apart = 0.0
        if event.place is not None and other.place is not None:
            apart = distance_m(event.place.lon, event.place.lat, other.place.lon, other.place.lat)
        if apart <= _REACH_M:
            found.append((apart, other))
    found.sort(key=lambda one: (one[1].event_type is not event.event_type, one[0], one[1].event_id))
    return [
        {
            "id": other.event_id,
            "type": other.sub_event_type,
            "day": _days(other),
            "place": other.place.name if other.place else None,
            "km": round(apart / 1000) if event.place and other.place else None,
            "n_sources": len(other.sources),
            "quote": other.sources[0].quote[:200],
        }
        for apart, other in found[:_MOST_NEAR]
    ]
