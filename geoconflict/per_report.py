"""The stages that look at one report at a time, extraction and resolution: in this process or spread over others.

Workers read the reports they are sent and return records; this process, the caller, alone has the store open and commits,
chunk by chunk. Services are asked by the caller alone, for their pace and their cache are kept by one process.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from geoconflict.errors import GeoconflictError, InputError
from geoconflict.ids import content_id
from geoconflict.models import Reading, Report, RunFailure
from geoconflict.parallel import Engine, Limits, Lost, map_chunks
from geoconflict.parallel.signals import held_signals
from geoconflict.settings import Settings
from geoconflict.stage import Stage
from geoconflict.store import EventStore
from geoconflict.tools import Tools

if TYPE_CHECKING:
    from geoconflict.places.answers import ReportPlaces

__all__ = ["Resolved", "extract", "resolve"]

T = TypeVar("T")


class _Size(NamedTuple):
    """How large a chunk grows: what a process does in a second or three, and what one commit holds."""

    reports: int
    characters: int


_TO_READ = _Size(256, 40_000)
_TO_RESOLVE = _Size(512, 250_000)
_TO_ASK = _Size(32, 250_000)
"""With online services: they answer once a second, and what they said is worth keeping soon."""
_LIMITS_KEY = "report_limits"


@dataclass(slots=True)
class Resolved:
    """What extraction has already resolved, for the account of the stage whose work that is."""

    done: int = 0
    not_found: int = 0
    n_failed: int = 0
    failures: list[RunFailure] = field(default_factory=list)
    left_ids: set[str] = field(default_factory=set)
    """Reports that resolution failed on or left unfinished; the stage does not try them again in the same run."""


# ---------------------------------------------------------------- extraction
def extract(store: EventStore, tools: Tools, stage: Stage) -> Resolved:
    """Read the reports that no reading is kept of under the present key, and resolve them where no service is asked."""
    key, resolution_key = tools.reading_key, tools.resolution_key
    resolves = not tools.settings.places.services
    engine = _engine(tools.settings)
    limits = repr(engine.limits)
    again = store.meta(_LIMITS_KEY) not in (None, limits)  # what failed may have failed by a limit
    n_stale = store.states.n_to_read(key, failed=again)
    stage.seen = store.count("reports")
    stage.skipped = stage.seen - n_stale
    resolved = Resolved()
    n_unlikely = unlikely_in = 0
    reports = store.plain_reports(store.states.to_read(key, failed=again) if n_stale else ())
    work = _work(tools, _read_and_resolve if resolves else _read, engine)
    with (
        held_signals() as stopping,
        closing(map_chunks(work, _sized(reports, _TO_READ, _length), engine=engine, stopping=stopping)) as chunks,
    ):
        for chunk, outcomes in chunks:
            with store.transaction():
                for report, outcome in zip(chunk, outcomes, strict=True):
                    reading, places = (_lost(report, outcome), None) if isinstance(outcome, Lost) else outcome
                    if isinstance(reading, RunFailure):
                        store.put_failure(report.report_id, reading, key)
                        stage.fail([reading])
                        continue
                    store.put_reading(reading, key)
                    stage.done += 1
                    n_unlikely += len(reading.unlikely)
                    unlikely_in += bool(reading.unlikely)
                    if places is not None:
                        _put_places(store, report.report_id, places, resolution_key, resolved)
            stage.moved(stage.done + stage.failed, n_stale)
        stage.pause()  # asked to stop before the first chunk
    if n_unlikely:
        stage.note(
            f"{n_unlikely} words for violence in {unlikely_in} of the reports read now are too unlikely to tell of a conflict "
            "event, and made none; `geoconflict explain REPORT_ID` shows them with the reasons"
        )
    if store.meta(_LIMITS_KEY) != limits:
        with store.transaction():
            store.set_meta(_LIMITS_KEY, limits)
    return resolved


def _read(tools: Tools, reports: Sequence[Report]) -> list[tuple[Reading | RunFailure, None]]:
    return [(reading, None) for reading in tools.reader.read_many(reports)]


def _read_and_resolve(tools: Tools, reports: Sequence[Report]) -> list[tuple[Reading | RunFailure, Any]]:
    return [
        (reading, None if isinstance(reading, RunFailure) else _places_of(tools, report, reading))
        for report, reading in zip(reports, tools.reader.read_many(reports), strict=True)
    ]


def _lost(report: Report, lost: Lost, stage: str = "extract") -> RunFailure:
    return RunFailure(
        stage=stage,
        where=report.report_id,
        what=lost.why,
        repair="leave the report out, or raise run.report_seconds or run.report_megabytes",
        external_id=report.external_id,
    )


# ---------------------------------------------------------------- resolution
def resolve(store: EventStore, tools: Tools, stage: Stage, resolved: Resolved) -> None:
    """Resolve the reports whose places are not kept under the present key; `resolved` is what extraction has done of it."""
    key = tools.resolution_key
    # What extraction has just re-read has lost nothing but may name other places: its old resolution is stale too.
    stale = [report_id for report_id in store.states.to_resolve(key) if report_id not in resolved.left_ids]
    stage.seen = store.count("readings")
    stage.skipped = stage.seen - len(stale) - resolved.done - resolved.n_failed
    total = len(stale) + resolved.done
    asks = bool(tools.settings.places.services)
    engine = Engine() if asks else _engine(tools.settings)
    pairs = ((stored.report, stored.reading) for stored in store.reports(stale) if stored.reading is not None)
    chunks_in = _sized(pairs, _TO_ASK if asks else _TO_RESOLVE, lambda pair: _length(pair[0]))
    with (
        held_signals() as stopping,
        closing(map_chunks(_work(tools, _resolve, engine), chunks_in, engine=engine, stopping=stopping)) as chunks,
    ):
        for chunk, outcomes in chunks:
            with store.transaction():
                for (report, _), outcome in zip(chunk, outcomes, strict=True):
                    places = _lost(report, outcome, "resolve") if isinstance(outcome, Lost) else outcome
                    _put_places(store, report.report_id, places, key, resolved)
            stage.moved(resolved.done, total)
        stage.pause()
    stage.done, stage.not_found = resolved.done, resolved.not_found
    stage.fail(resolved.failures)


def _resolve(tools: Tools, pairs: Sequence[tuple[Report, Reading]]) -> list[Any]:
    return [_places_of(tools, report, reading) for report, reading in pairs]


def _places_of(tools: Tools, report: Report, reading: Reading) -> ReportPlaces | RunFailure:
    try:
        return tools.geocoder.resolve_report(report, reading)
    except GeoconflictError:
        raise  # of the gazetteer or the overrides, not of the report
    except Exception as error:  # noqa: BLE001  # the run goes on; the failure is told with the report
        return RunFailure(
            stage="resolve",
            where=report.report_id,
            what=f"{type(error).__name__}: {error}",
            repair="leave the report out, or report the fault with its text",
            external_id=report.external_id,
        )


def _put_places(
    store: EventStore, report_id: str, places: ReportPlaces | RunFailure, key: str, resolved: Resolved
) -> None:
    if isinstance(places, RunFailure):
        resolved.failures.append(places)
        resolved.left_ids.add(report_id)
        resolved.n_failed += 1
        return
    if not places.complete:
        resolved.left_ids.add(report_id)
    store.put_resolutions(report_id, places.all, key if places.complete else _unfinished(key, places))
    resolved.failures += places.failures
    resolved.not_found += sum(resolution.place is None for resolution in places.resolutions)
    resolved.done += 1


def _unfinished(key: str, answer: ReportPlaces) -> str:
    """Return a key that is not that of a finished stage, so that a place asked of a service that was down is asked again.

    It tells what is known so far, so that what another run learns is merged.
    """
    known = content_id("resolutions", [resolution.to_dict() for resolution in answer.all])
    return f"{key} unfinished {known}"


# ---------------------------------------------------------------- where and in what pieces
def _engine(settings: Settings) -> Engine:
    run = settings.run
    limits = Limits(run.report_seconds, run.report_megabytes)
    return Engine(run.workers, run.engine == "dask", run.scheduler, limits)


def _sized(items: Iterable[T], size: _Size, length: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield the items in chunks: the same ones whatever the engine, and after a stop those that are left."""
    chunk: list[T] = []
    characters = 0
    for item in items:
        if chunk and (len(chunk) >= size.reports or characters + length(item) > size.characters):
            yield chunk
            chunk, characters = [], 0
        chunk.append(item)
        characters += length(item)
    if chunk:
        yield chunk


def _length(report: Report) -> int:
    return len(report.text)


# ---------------------------------------------------------------- in the workers
def _work(
    tools: Tools, work: Callable[[Tools, Sequence[Any]], list[Any]], engine: Engine
) -> Callable[[Sequence[Any]], list[Any]]:
    """Return `work` with what it reads with: the caller's own tools here, those of the same settings in a worker."""
    if engine.is_serial:
        return functools.partial(work, tools)
    return functools.partial(_in_worker, work, tools.settings, (tools.reading_key, tools.resolution_key))


_tools_here: list[tuple[Settings, tuple[str, str], Tools]] = []
"""The tools of this worker process: loaded once, as long as settings and keys are the same."""


def _in_worker(
    work: Callable[[Tools, Sequence[Any]], list[Any]], settings: Settings, keys: tuple[str, str], items: Sequence[Any]
) -> list[Any]:
    if not (_tools_here and _tools_here[0][:2] == (settings, keys)):
        tools = Tools(settings)
        if (tools.reading_key, tools.resolution_key) != keys:
            msg = (
                "a worker has another geoconflict, language model, gazetteer or overrides than the caller; install the same "
                "everywhere, and keep the files that the settings name where all workers see them under one path"
            )
            raise InputError(msg)
        _ = tools.geocoder
        if work is not _resolve:
            _ = tools.reader
        _tools_here[:] = [(settings, keys, tools)]
    return work(_tools_here[0][2], items)
