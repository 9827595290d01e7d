"""The last stage: which maps must be written and why, and writing them.

A map is written when something that it is made of has changed: events, its settings, the program or its data, files of the
user's own. Where only events of the store have changed, those of the map are compared first: a map of one
place is not written anew because another has news.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geoconflict._version import __version__
from geoconflict.errors import ConfigError, InputError, MapError
from geoconflict.ids import content_id, files_fingerprint, fingerprint
from geoconflict.models import Place
from geoconflict.os_faults import told
from geoconflict.places.countries import country_code, country_table
from geoconflict.settings import MapSettings
from geoconflict.stage import Stage
from geoconflict.store import EventStore
from geoconflict.tools import Tools

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geoconflict.render.basemap_around import KeptBasemap
    from geoconflict.render.event_map import EventMap
    from geoconflict.render.gallery import MapCard
    from geoconflict.render.tiles import Tiles

__all__ = ["StaleMap", "check_spec", "credit", "make_map", "map_cards", "stale_maps", "write_maps"]

_WHY: Mapping[str, str] = {
    "events": "events of the store changed",
    "settings": "its settings changed",
    "program": "the program or its places and outlines changed",
    "files": "files of its own changed",
}

_MERGING = "events are merged before it, and it is written if it shows others then"


class StaleMap(NamedTuple):
    """A map that must be looked at."""

    spec: MapSettings
    path: Path
    why: str
    changed: frozenset[str]
    """What changed of `_WHY`; empty where there is no map yet."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a map shows of a store."""

    events: gpd.GeoDataFrame
    unlocated: pd.DataFrame
    tolls: pd.DataFrame
    attribution: tuple[str, ...]
    n_outside: int
    """Events that would be on the map if it were not for its days."""
    digests: tuple[bytes, bytes]
    """Of the rows of events and of unlocated ones, end to end; made when the rows were, not when they are read."""

    def digest(self) -> str:
        """Return a digest of all of it."""
        import pandas as pd

        tolls = pd.util.hash_pandas_object(self.tolls, index=False).to_numpy().tobytes()
        said = "\n".join((*self.attribution, str(self.n_outside)))
        return fingerprint(*self.digests, tolls, said.encode())


def make_map(store: EventStore, tools: Tools, spec: MapSettings) -> EventMap:
    """Return the map that `spec` asks for over the events of the store: a :class:`geoconflict.EventMap`."""
    return _draw(_shown(store, tools, spec), tools, spec, basemap=spec.basemap)


def credit(store: EventStore, tools: Tools) -> tuple[str, ...]:
    """Return the lines that go with every map and export of a store: the gazetteer's, and those of services that answered."""
    from geoconflict.places.online.known import credits_of

    return (*tools.gazetteer.attribution, *credits_of(store.place_sources()))


def check_spec(tools: Tools, spec: MapSettings) -> None:
    """Refuse a map whose tiles, region or lines cannot be used, before anything is drawn.

    Raises
    ------
    GeoconflictError
        If one of them is wrong.
    """
    from geoconflict.map_choice import check_region

    with _about("maps.tiles"):
        _tiles(spec)
    if spec.region:
        check_region(_region(tools, spec.region))
    for place_id in spec.lines:
        _place(tools, place_id, "maps.lines")


def stale_maps(store: EventStore, tools: Tools, *, is_merging: bool = False) -> tuple[StaleMap, ...]:
    """Return the maps of the settings that must be looked at, with why; `is_merging` tells that events will be merged before."""
    words = {**_WHY, "events": _MERGING} if is_merging else _WHY
    stale = []
    for spec in tools.settings.maps:
        path = _path(tools, spec)
        before = json.loads(store.meta(f"map_parts:{path.name}") or "{}")
        now = _parts(store, tools, spec)
        if not path.is_file() or not before:
            stale.append(StaleMap(spec, path, "not there yet", frozenset()))
            continue
        changed = frozenset(part for part in now if before.get(part) != now[part] or (is_merging and part == "events"))
        if changed:
            stale.append(StaleMap(spec, path, "; ".join(words[part] for part in words if part in changed), changed))
    return tuple(stale)


def write_maps(store: EventStore, tools: Tools, stage: Stage) -> tuple[Path, ...]:
    """Write the maps that are stale, and their index; return the paths of all maps with the index first."""
    from geoconflict.render.gallery import write_gallery

    settings = tools.settings
    folder = settings.resolve(settings.maps_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"maps_dir: the folder for maps cannot be made: {told(error, where=folder)}"
        raise ConfigError(settings.located(msg)) from error
    stale = stale_maps(store, tools)
    stage.seen = len(settings.maps)
    stage.skipped = len(settings.maps) - len(stale)
    for one in stale:
        if _write(store, tools, one):
            stage.done += 1
        else:
            stage.skipped += 1
        stage.moved(stage.done, len(stale))
    index = folder / "index.html"
    for name in _left_over(store, tools):
        stage.note(
            f"{name}: no [[maps]] of the settings makes it any more; it stays as it is: remove it where it misleads"
        )
    write_gallery(index, map_cards(store, tools))
    return (index, *(_path(tools, spec) for spec in settings.maps))


def map_cards(store: EventStore, tools: Tools) -> list[MapCard]:
    """Return what is known of each map of the settings that was written: :class:`geoconflict.render.gallery.MapCard`."""
    from geoconflict.render.gallery import MapCard

    cards = [store.meta(f"map_card:{spec.name}.html") for spec in tools.settings.maps]
    return [MapCard.from_json(card) for card in cards if card is not None]


def _left_over(store: EventStore, tools: Tools) -> list[Path]:
    """Return the maps that earlier settings made and that are still in the folder of maps."""
    folder = tools.settings.resolve(tools.settings.maps_dir)
    made = {name.removeprefix("map_card:") for name in store.meta_names("map_card:")}
    gone = sorted(made - {f"{spec.name}.html" for spec in tools.settings.maps})
    return [folder / name for name in gone if (folder / name).is_file()]


def _write(store: EventStore, tools: Tools, one: StaleMap) -> bool:
    """Write a map if what it shows has changed; return whether it had."""
    spec, path = one.spec, one.path
    with store.snapshot():  # the parts must be those of the very events drawn, whoever writes meanwhile
        parts = _parts(store, tools, spec)
        shown = _shown(store, tools, spec)
    digest = shown.digest()
    is_same = one.changed == {"events"} and store.meta(f"map_shows:{path.name}") == digest
    kept = {"map_parts": json.dumps(parts), "map_shows": digest}
    if not is_same:
        from geoconflict.render.basemap_around import KeptBasemap

        # Towns are named from the gazetteer, with places of the user's own.
        key = content_id("basemap", [tools.drawing_key, tools.reading_key])
        basemap = KeptBasemap(key, store.meta(f"map_basemap:{path.name}") or "")
        drawn = _draw(shown, tools, spec, basemap=spec.basemap and basemap)
        drawn.save(path)
        kept |= {"map_card": drawn.card(file=path.name).to_json(), "map_basemap": basemap.text}
    with store.transaction():
        for name, text in kept.items():
            store.set_meta(f"{name}:{path.name}", text)
    return not is_same


def _path(tools: Tools, spec: MapSettings) -> Path:
    return tools.settings.resolve(tools.settings.maps_dir) / f"{spec.name}.html"


def _parts(store: EventStore, tools: Tools, spec: MapSettings) -> dict[str, str]:
    """Return the keys of what a map is made of."""
    own = [*spec.lines_files, *([spec.districts_file] if spec.districts_file else [])]
    return {
        "events": store.meta("merge_key") or "",
        "settings": content_id("map", repr(spec)),
        "program": content_id("map", [__version__, tools.drawing_key]),
        "files": files_fingerprint(tools.settings.resolve(path) for path in own),
    }


def _days(spec: MapSettings) -> tuple[dt.date | None, dt.date | None]:
    since = dt.date.fromisoformat(spec.starts_on) if spec.starts_on else None
    until = dt.date.fromisoformat(spec.ends_on) if spec.ends_on else None
    return since, until


def _shown(store: EventStore, tools: Tools, spec: MapSettings) -> _Shown:
    from geoconflict.map_choice import chosen_events

    since, until = _days(spec)
    region = _region(tools, spec.region) if spec.region else None
    frames = store.event_frames(since=since, until=until)
    events, unlocated = chosen_events(frames.located, frames.unlocated, spec, region)
    digests = (
        frames.located_digests[events.index.to_numpy()].tobytes(),
        frames.unlocated_digests[unlocated.index.to_numpy()].tobytes(),
    )
    n_outside = 0
    if since is not None or until is not None:
        n_outside = sum(map(len, chosen_events(*store.subject_frames(), spec, region))) - len(events) - len(unlocated)
    tolls = store.tolls()
    return _Shown(events, unlocated, tolls[tolls["scope"] != "addition"], credit(store, tools), n_outside, digests)


def _draw(shown: _Shown, tools: Tools, spec: MapSettings, *, basemap: bool | KeptBasemap) -> EventMap:
    from geoconflict.frames import lines_to_frame
    from geoconflict.map_choice import districts_of, phases_of
    from geoconflict.render.event_map import EventMap
    from geoconflict.render.page import strings_table

    since, until = _days(spec)
    lines = [_place(tools, place_id, "maps.lines") for place_id in spec.lines]
    with _about("maps.lines_files"):
        lines_frame = lines_to_frame(lines, [tools.settings.resolve(path) for path in spec.lines_files])
    with _about("maps.language"):
        strings_table(spec.language)
    with _about("maps.tiles"):
        tiles = _tiles(spec)
    drawn = EventMap(
        shown.events,
        title=spec.title,
        description=spec.description,
        lines=lines_frame,
        unlocated=shown.unlocated,
        tolls=shown.tolls,
        attribution=shown.attribution,
        basemap=basemap,
        language=spec.language,
        periods=spec.periods,
        starts_on=since,
        ends_on=until,
        n_outside=shown.n_outside,
        min_score=spec.min_score,
        theme=spec.theme,
        colours=spec.colours,
        phases=phases_of(spec),
        labels=tools.town_labels,
        tiles=tiles,
        miles=spec.miles,
    )
    if spec.districts_file:
        with _about("maps.districts_file"):
            districts = districts_of(tools.settings.resolve(spec.districts_file))
        drawn.choropleth_over_time(districts)
    if spec.heat:
        drawn.heat()
    return drawn


@contextlib.contextmanager
def _about(setting: str) -> Iterator[None]:
    """Name in an error the setting that it is about."""
    try:
        yield
    except (InputError, MapError) as error:
        msg = f"{error} ({setting})"
        raise type(error)(msg) from error


def _tiles(spec: MapSettings) -> Tiles | None:
    from geoconflict.render.tiles import Tiles

    if not spec.tiles:
        return None
    return Tiles(url=spec.tiles, attribution=spec.tiles_attribution, kind=spec.tiles_kind)


def _region(tools: Tools, said: str) -> Place:
    """Return the country of a code or name, else the place of an id."""
    code = country_code(said)
    if code is not None:
        named = tools.gazetteer.lookup(country_table()[code].name)
        found = next((one.place for one in named if one.place.kind == "country" and one.place.country == code), None)
        if found is not None:
            return found
    return _place(tools, said, "maps.region")


def _place(tools: Tools, place_id: str, setting: str) -> Place:
    place = tools.gazetteer.place(place_id)
    if place is None:
        msg = f"the gazetteer has no place {place_id!r} to draw ({setting}); `geoconflict geocode NAME` shows the ids of places"
        raise InputError(msg)
    return place
