"""Wires the stages: read, extract, resolve, merge, draw. Each skips what is done and says what it did.

A stage's work on a report is kept under the key of everything the stage reads: the extraction key covers the code, the
language model, the lexicons and the gazetteer's names; the resolution key adds overrides and the settings of places; the
merge key covers all resolutions and copies; a map's key adds its own settings. A run compares keys and re-does what differs.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoconflict._version import __version__
from geoconflict.copy_stage import find_copies
from geoconflict.errors import InputError
from geoconflict.ids import content_id, files_fingerprint
from geoconflict.models import Place, Report, RunFailure, RunReport
from geoconflict.settings import MapSettings
from geoconflict.stage import Progress, Stage, run_report
from geoconflict.store import EventStore
from geoconflict.tools import Tools, merging_key

if TYPE_CHECKING:
    from geoconflict.places.geocode import ReportPlaces
    from geoconflict.render.event_map import EventMap
    from geoconflict.render.tiles import Tiles

__all__ = [
    "build",
    "credit",
    "ingest",
    "make_map",
    "merge_key",
    "parse",
    "stale_maps",
    "unused_overrides",
]


_CHUNK = 32
"""Reports read by the language model at once, and committed in one transaction."""


def _silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


# ---------------------------------------------------------------- ingest
def ingest(
    paths: Sequence[str | Path], store: EventStore, tools: Tools | None = None, *, progress: Progress = _silent
) -> RunReport:
    """Read reports into the store, and bring everything the store derives from them up to date.

    Idempotent: the same reports again change nothing. One bad report is a failure in the result and never stops the run.

    Parameters
    ----------
    paths
        Files and folders; folders are read recursively. May be empty: then only what is stale in the store is re-done.
    store
        Opened for writing.
    tools
        What the stages work with; None is the embedded gazetteer and the default settings.
    progress
        Called as stages move on.
    """
    tools = tools or Tools()
    read, extract, resolve, merge = (Stage(name, progress) for name in ("read", "extract", "resolve", "merge"))
    if paths:
        with read:
            _read([Path(path) for path in paths], store, tools, read)
    _check_overrides(store, tools)
    with extract:
        _extract(store, tools, extract)
    with resolve:
        _resolve(store, tools, resolve)
    with merge:
        merge.copies = len(find_copies(store, tools.settings.copies))
        _merge(store, merge)
    _note_unused_overrides(store, tools)
    return run_report([read, extract, resolve, merge] if paths else [extract, resolve, merge])


def _check_overrides(store: EventStore, tools: Tools) -> None:
    """Refuse a faulty overrides file before an hour is spent on reading reports."""
    if tools.settings.places.overrides and any(
        state.reading_key != tools.reading_key or state.resolution_key != tools.resolution_key
        for state in store.stages()
    ):
        _ = tools.geocoder


def _note_unused_overrides(store: EventStore, tools: Tools) -> None:
    """Keep which rows of the overrides file decided on no name of any report: most are typing mistakes."""
    key = tools.settings.places.overrides and merge_key(store)
    if not key:
        store.set_meta(_UNUSED, json.dumps(["", []]))
        return
    if _unused(store)[0] == key:
        return
    from geoconflict.places.overrides import REASON_START, load_overrides
    from geoconflict.places.overrides_unused import why_unused

    used = store.resolution_reasons(REASON_START)
    rows = load_overrides(tools.settings.resolve(tools.settings.places.overrides))
    unused = [row for row in rows if row.reason not in used]
    reports = (
        (stored.report.text, [toponym.surface for toponym in stored.reading.toponyms])
        for stored in (store.reports() if unused else ())
        if stored.reading is not None
    )
    told = [
        f"{row.file_name} line {row.line}: {row.surface[:80]}" + (f" ({why})" if why else "")
        for row, why in zip(unused, why_unused(unused, reports), strict=True)
    ]
    store.set_meta(_UNUSED, json.dumps([key, told]))


_UNUSED = "unused_overrides"


def _unused(store: EventStore) -> tuple[str, list[str]]:
    key, rows = json.loads(store.meta(_UNUSED) or '["", []]')
    return key, rows


def unused_overrides(store: EventStore) -> tuple[str, ...]:
    """Return the rows of the overrides file that decided on no name of the reports in the store, as of its last ingest.

    Each is the file's name, the line and the surface, with why where the reports have the word.
    """
    return tuple(_unused(store)[1])


def _read(paths: Sequence[Path], store: EventStore, tools: Tools, stage: Stage) -> None:
    from geoconflict.reports import read_reports

    known = {state.report_id for state in store.stages()}
    reader = read_reports(paths, settings=tools.settings.reports)
    for chunk in _chunks(reader, _CHUNK * 8):
        new = [report for report in chunk if report.report_id not in known]
        if new:
            with store.transaction():
                for report in new:
                    store.put_report(report)
        stage.seen += len(chunk)
        stage.done += len(new)
        stage.skipped += len(chunk) - len(new)
        stage.moved(stage.seen, 0)
    stage.fail(reader.failures)
    stage.failed = reader.n_failed
    stage.seen += reader.n_failed + reader.n_duplicates
    stage.skipped += reader.n_duplicates


def _extract(store: EventStore, tools: Tools, stage: Stage) -> None:
    key = tools.reading_key
    states = store.stages()
    stale = [state.report_id for state in states if state.reading_key != key]
    stage.seen, stage.skipped = len(states), len(states) - len(stale)
    for ids in _chunks(stale, _CHUNK):
        reports = [stored.report for stored in store.reports(ids)]
        outcomes = list(tools.reader.read_many(reports))  # before the store is locked: other writers need not wait
        with store.transaction():
            for report, outcome in zip(reports, outcomes, strict=True):
                if isinstance(outcome, RunFailure):
                    store.put_failure(report.report_id, outcome, key)
                    stage.fail([outcome])
                else:
                    store.put_reading(outcome, key)
                    stage.done += 1
        stage.moved(stage.done + stage.failed, len(stale))


def _resolve(store: EventStore, tools: Tools, stage: Stage) -> None:
    key = tools.resolution_key
    states = [state for state in store.stages() if state.has_reading]
    # What extraction has just re-read has lost nothing but may name other places: its old resolution is stale too.
    stale = [state.report_id for state in states if state.resolution_key != key]
    stage.seen, stage.skipped = len(states), len(states) - len(stale)
    for ids in _chunks(stale, _CHUNK):
        answers = [
            (stored.report.report_id, tools.geocoder.resolve_report(stored.report, stored.reading))
            for stored in store.reports(ids)
            if stored.reading is not None
        ]
        with store.transaction():
            for report_id, answer in answers:
                store.put_resolutions(report_id, answer.all, key if answer.complete else _unfinished(key, answer))
                stage.fail(answer.failures)
                stage.not_found += sum(resolution.place is None for resolution in answer.resolutions)
                stage.done += 1
        stage.moved(stage.done, len(stale))


def _unfinished(key: str, answer: ReportPlaces) -> str:
    """Return a key that is not that of a finished stage, so that a place asked of a service that was down is asked again.

    It tells what is known so far, so that what another run learns is merged.
    """
    known = content_id("resolutions", [resolution.to_dict() for resolution in answer.all])
    return f"{key} unfinished {known}"


def merge_key(store: EventStore) -> str:
    """Return the key of the events that the resolutions in a store make; the store keeps that of its last merge."""
    keys = [(state.report_id, state.reading_key, state.resolution_key) for state in store.stages()]
    return content_id("merge", [merging_key(), keys, dict(store.text_index.copies())])


def _merge(store: EventStore, stage: Stage) -> None:
    from geoconflict.events import event_sources, merge_into

    ledger = store.ledger
    # All inside one transaction: an older state read before another run's merge must not be written after it.
    with store.transaction():
        key = merge_key(store)
        if store.meta("merge_key") == key:
            stage.seen = stage.skipped = store.counts()["events"]
            return
        rules = merging_key()
        if store.meta("merging_rules") != rules:
            ledger.forget_merged()
            store.set_meta("merging_rules", rules)
        copies = store.text_index.copies()
        states = {
            state.report_id: f"{state.reading_key} {state.resolution_key} {copies.get(state.report_id, '')}".rstrip()
            for state in store.stages()
        }
        merged = ledger.merged_reports()
        changed = {report_id: state for report_id, state in states.items() if merged.get(report_id) != state}
        before = {
            source.mention.mention_id: source
            for report_id in (merged.keys() & changed.keys()) | (merged.keys() - states.keys())
            for source in ledger.event_sources(report_id)
        }
        now = {
            source.mention.mention_id: source
            for stored in store.reports(changed)
            if stored.reading is not None
            for source in event_sources(
                stored.report, stored.reading, stored.resolutions or (), copy_of=copies.get(stored.report.report_id)
            )
        }
        added = [source for mention_id, source in now.items() if before.get(mention_id) != source]
        n_written, _ = merge_into(ledger, added, before.keys() - now.keys())
        ledger.set_merged(changed)
        store.set_meta("merge_key", key)
        counts = store.counts()
    stage.seen, stage.done, stage.skipped = counts["events"], n_written, counts["events"] - n_written
    stage.not_found = counts["unlocated"]
    stage.moved(counts["events"], counts["events"])


# ---------------------------------------------------------------- maps
def make_map(store: EventStore, tools: Tools, spec: MapSettings) -> EventMap:
    """Return the map that `spec` asks for over the events of the store: a :class:`geoconflict.EventMap`."""
    from geoconflict.frames import lines_to_frame
    from geoconflict.map_choice import chosen_events, districts_of, phases_of
    from geoconflict.render.event_map import EventMap

    since = dt.date.fromisoformat(spec.starts_on) if spec.starts_on else None
    until = dt.date.fromisoformat(spec.ends_on) if spec.ends_on else None
    lines = [_place(tools, place_id) for place_id in spec.lines]
    region = _place(tools, spec.region) if spec.region else None
    events, unlocated = chosen_events(
        store.events(since=since, until=until), store.unlocated(since=since, until=until), spec, region
    )
    tolls = store.tolls()
    drawn = EventMap(
        events,
        title=spec.title,
        description=spec.description,
        lines=lines_to_frame(lines, [tools.settings.resolve(path) for path in spec.lines_files]),
        unlocated=unlocated,
        tolls=tolls[tolls["scope"] == "war"],
        attribution=credit(store, tools),
        basemap=spec.basemap,
        language=spec.language,
        periods=spec.periods,
        starts_on=since,
        ends_on=until,
        min_score=spec.min_score,
        theme=spec.theme,
        colours=spec.colours,
        phases=phases_of(spec),
        labels=tools.town_labels,
        tiles=_tiles(spec),
        miles=spec.miles,
    )
    if spec.districts_file:
        drawn.choropleth_over_time(districts_of(tools.settings.resolve(spec.districts_file)))
    if spec.heat:
        drawn.heat()
    return drawn


def _tiles(spec: MapSettings) -> Tiles | None:
    from geoconflict.render.tiles import Tiles

    if not spec.tiles:
        return None
    return Tiles(url=spec.tiles, attribution=spec.tiles_attribution, kind=spec.tiles_kind)


def _place(tools: Tools, place_id: str) -> Place:
    place = tools.gazetteer.place(place_id)
    if place is None:
        msg = f"the gazetteer has no place {place_id!r} to draw; `geoconflict geocode NAME` shows the ids of places"
        raise InputError(msg)
    return place


def credit(store: EventStore, tools: Tools) -> tuple[str, ...]:
    """Return the lines that go with every map and export of a store: the gazetteer's, and those of services that answered."""
    from geoconflict.places.online.known import credits_of

    return (*tools.gazetteer.attribution, *credits_of(store.place_sources()))


def _map_key(store: EventStore, tools: Tools, spec: MapSettings) -> str:
    own = [*spec.lines_files, *([spec.districts_file] if spec.districts_file else [])]
    files = files_fingerprint(tools.settings.resolve(path) for path in own)
    return content_id("map", [store.meta("merge_key"), repr(spec), __version__, tools.drawing_key, files])


def stale_maps(store: EventStore, tools: Tools) -> tuple[tuple[MapSettings, Path, str], ...]:
    """Return the maps of the settings that must be written: each with its path and why."""
    folder = tools.settings.resolve(tools.settings.maps_dir)
    stale = []
    for spec in tools.settings.maps:
        path = folder / f"{spec.name}.html"
        if not path.is_file():
            stale.append((spec, path, "not there yet"))
        elif store.meta(f"map_key:{path.name}") != _map_key(store, tools, spec):
            stale.append((spec, path, "events, settings or program changed"))
    return tuple(stale)


def build(store: EventStore, tools: Tools, *, progress: Progress = _silent) -> tuple[RunReport, tuple[Path, ...]]:
    """Ingest what is new under the paths of the settings, then write the maps that are stale and their index.

    Returns what was done, and the paths of all maps with the index first.
    """
    settings = tools.settings
    done = ingest([settings.resolve(path) for path in settings.reports.paths], store, tools, progress=progress)
    stage = Stage("map", progress)
    folder = settings.resolve(settings.maps_dir)
    folder.mkdir(parents=True, exist_ok=True)
    with stage:
        stale = stale_maps(store, tools)
        stage.seen = len(settings.maps)
        stage.skipped = len(settings.maps) - len(stale)
        for spec, path, _ in stale:
            with store.snapshot():  # the key must be that of the very events drawn, whoever writes meanwhile
                key = _map_key(store, tools, spec)
                drawn = make_map(store, tools, spec)
            drawn.save(path)
            card = drawn.card(file=path.name)
            with store.transaction():
                store.set_meta(f"map_key:{path.name}", key)
                store.set_meta(f"map_card:{path.name}", card.to_json())
            stage.done += 1
            stage.moved(stage.done, len(stale))
    from geoconflict.render.gallery import MapCard, write_gallery

    index = folder / "index.html"
    cards = [store.meta(f"map_card:{spec.name}.html") for spec in settings.maps]
    write_gallery(index, [MapCard.from_json(card) for card in cards if card is not None])
    paths = (index, *(folder / f"{spec.name}.html" for spec in settings.maps))
    return (
        RunReport(stages=(*done.stages, stage.count()), failures=done.failures, n_failures=done.n_failures),
        paths,
    )


# ---------------------------------------------------------------- parse
def parse(path: str | Path, tools: Tools | None = None) -> Iterator[dict[str, Any]]:
    """Yield what is found in each report of a file or folder as JSON-ready dicts, in order, without a store.

    A report that fails is a dict with ``error`` and empty lists. Reports without a date are read too: relative dates in
    them then have no value.
    """
    from geoconflict.events import event_sources, merge_sources
    from geoconflict.extract.passed_over import find_unread
    from geoconflict.interchange.parse_json import failure_to_json, parsed_to_json
    from geoconflict.reports import read_documents

    tools = tools or Tools()
    for chunk in _chunks(read_documents(Path(path), settings=tools.settings.reports), _CHUNK):
        reports = [item for item in chunk if isinstance(item, Report)]
        outcomes = iter(tools.reader.read_many(reports))
        for item in chunk:
            if isinstance(item, RunFailure):
                yield failure_to_json(item)
                continue
            reading = next(outcomes)
            if isinstance(reading, RunFailure):
                yield failure_to_json(dataclasses.replace(reading, external_id=item.external_id or item.report_id))
                continue
            answer = tools.geocoder.resolve_report(item, reading)
            events = merge_sources(event_sources(item, reading, answer.all))
            unread = [(one.start, one.end, one.surface, one.why) for one in find_unread(item, reading.toponyms)]
            yield parsed_to_json(item, reading, answer.resolutions, events, unavailable=answer.failures, unread=unread)


def _chunks(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(items)
    while chunk := list(itertools.islice(iterator, size)):
        yield chunk
