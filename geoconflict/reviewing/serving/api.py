"""What the review page asks for and what it decides: plain values, read from the store and written as entries."""

from __future__ import annotations

import datetime as dt
import functools
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from geoconflict.correction_stage import corrections_state
from geoconflict.corrections import Correction, Corrections, Deed, correction, load_corrections, standing
from geoconflict.corrections.particulars import MEASURES
from geoconflict.geo import Bounds
from geoconflict.map_stage import credit
from geoconflict.models import SUB_EVENT_TYPES, Event, Place, PlacePrecision, Status
from geoconflict.reviewing.adding import NewEvent, add_event
from geoconflict.reviewing.alternatives import alternatives_of
from geoconflict.reviewing.deciding import VERBS, Decision, Desk, apply_decisions, decide
from geoconflict.reviewing.listing import ReviewItem, review_items
from geoconflict.reviewing.points import TOWN_REACH_M
from geoconflict.reviewing.serving.shown import (
    added_in_words,
    events_near,
    figure_shown,
    names_of,
    place_shown,
    source_shown,
    summary_of,
)
from geoconflict.reviewing.typed import actor_named
from geoconflict.settings import Settings
from geoconflict.store import EventStore
from geoconflict.tools import Tools

__all__ = ["Api"]

_MAP_DEG = 0.6
"""Around the places of an event the map has outlines for at least so many degrees."""
_FIELDS = ("event", "state", "decision", "value", "comment", "confirm")
"""`confirm` is "yes" where a point is meant although something speaks against it."""


_NEW = (
    "report",
    "quote",
    "sub_event_type",
    "place",
    "starts_on",
    "ends_on",
    "status",
    "claimed_by",
    "agents",
    "targets",
)
"""The fields of an event that is added, besides its figures."""


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
        """Decide, add an event, or take an entry back; return its id. None where there is no such thing to do."""
        if what == "decide":
            return self._decide(**_texts(given, _FIELDS))
        if what == "add":
            told = _texts(given, (*_NEW, *MEASURES, "comment", "confirm"))
            new = NewEvent(**{name: told[name] for name in _NEW}, figures={one: told[one] for one in MEASURES})
            return self._add(new, told["comment"], told["confirm"])
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
            added = self._added(opened)
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
            "added": added,
            "items": [summary_of(item, mine.get(item.event.event_id, [])) for item in self._items.values()],
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
            {**place_shown(one.place), "score": round(one.score, 2), "reasons": list(one.reasons)}
            for one in alternatives_of(opened, event)
        ]
        return {
            **summary_of(item, self._decided().get(event.event_id, [])),
            "state": item.state,
            "here": place_shown(event.place) if event.place else None,
            "alternatives": others,
            "sources": [source_shown(one) for one in event.sources],
            "near": events_near(opened, event),
            "around": list(self._around(opened, event) or ()),
            "starts_on": str(event.when.starts_on or ""),
            "ends_on": str(event.when.ends_on or ""),
            "status": event.status.value,
            "by": "; ".join(event.claimed_by),
            "agents": names_of(event, "agent"),
            "targets": names_of(event, "target"),
            "parties": names_of(event, "party"),
            "figures": {measure: figure_shown(getattr(event, measure)) for measure in MEASURES},
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
            desk = self._desk(opened, {one.place.place_id: one.place for one in alternatives_of(opened, now)})
            made = decide(desk, now, decision, value, comment, is_confirmed=confirm == "yes")
            apply_decisions(self._settings, [made])
            self.n_decisions += 1
        return {
            "id": made.corrections[0].entry_id if made.corrections else None,
            "entries": self._decided().get(event, []),
        }

    def _desk(self, opened: EventStore, offered: Mapping[str, Place]) -> Desk:
        return Desk(
            store=opened,
            place=self._tools.gazetteer.place,
            who=self._who,
            when=self._now(),
            offered=offered,
            towns_near=functools.partial(self._tools.gazetteer.towns_near, within_m=TOWN_REACH_M),
            countries=self._settings.places.countries,
            actor=functools.partial(actor_named, self._tools.actor_lexicon),
        )

    def _add(self, new: NewEvent, comment: str, confirm: str) -> dict[str, Any]:
        with self.writing, EventStore(self._store, read_only=True) as opened:
            offered = {
                one.place.place_id: one.place
                for item in self._items.values()
                if any(of.mention.report_id == new.report for of in item.event.sources)
                for one in alternatives_of(opened, item.event)
            }
            made = add_event(self._desk(opened, offered), new, comment, is_confirmed=confirm == "yes")
            apply_decisions(self._settings, [made])
            self.n_decisions += 1
            return {"id": made.corrections[0].entry_id, "added": self._added(opened)}

    def _added(self, opened: EventStore) -> list[dict[str, str]]:
        """Return the events that reviewers added and no build has made yet."""
        there = {row.mention_id for row in opened.ledger.version_rows(_added_ids(self._corrections()))}
        return [
            {"id": one.entry_id, "words": added_in_words(one)}
            for one in standing(self._corrections())
            if one.what is Deed.ADD and one.tellings[0].mention not in there
        ]

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
        with EventStore(self._store, read_only=True) as opened:
            added = self._added(opened)
        return {"id": back.entry_id, "entries": self._decided().get(entry.event, []), "added": added}


def _texts(given: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Return the fields of a decision, blank where they are not there.

    Raises
    ------
    ValueError
        If one is no text.
    """
    values = {name: given.get(name, "") for name in names}
    if any(not isinstance(value, str) for value in values.values()):
        msg = "a field of the decision is no text"
        raise ValueError(msg)
    return values


def _added_ids(entries: Iterable[Correction]) -> list[str]:
    return [one.tellings[0].mention for one in entries if one.what is Deed.ADD]
