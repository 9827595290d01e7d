"""Wires the stages: read, extract, resolve, merge, draw. Each skips what is done and says what it did.

A stage's work on a report is kept under the key of everything the stage reads: the extraction key covers the code, the
language model, the lexicons and the gazetteer's names; the resolution key adds overrides and the settings of places; the
merge key covers all resolutions and copies; a map's key adds its own settings. A run compares keys and re-does what differs.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geoconflict import per_report
from geoconflict.batches import in_batches
from geoconflict.civil_day import Day
from geoconflict.copy_stage import find_copies
from geoconflict.correction_stage import kept_corrections
from geoconflict.errors import InputError
from geoconflict.ids import canonical_json
from geoconflict.intake import read_into
from geoconflict.kinds import check_kind
from geoconflict.map_stage import write_maps
from geoconflict.merge_stage import merge_key, merge_reports
from geoconflict.models import Report, RunFailure, RunReport
from geoconflict.stage import Progress, Stage, run_report
from geoconflict.store import EventStore
from geoconflict.tools import Tools

__all__ = [
    "build",
    "ingest",
    "parse",
    "parts_of_last_run",
    "remerge",
    "unused_overrides",
]


_CHUNK = 32
"""Reports that :func:`parse` reads at once; an eighth of what :func:`ingest` takes in by one transaction."""


def _silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


# ---------------------------------------------------------------- ingest
def ingest(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    store: EventStore,
    tools: Tools | None = None,
    *,
    progress: Progress = _silent,
    is_mirror: bool = False,
    accept_withdrawals: bool = False,
    reread: bool = False,
) -> RunReport:
    """Read reports into the store, and bring everything the store derives from them up to date.

    Idempotent: the same reports again change nothing. One bad report is a failure in the result and never stops the run.
    A page that was retrieved again with another text replaces what it said before.

    Parameters
    ----------
    paths
        A file or folder, or several; folders are read recursively. May be empty: then only what is stale in the store is re-done.
    store
        Opened for writing.
    tools
        What the stages work with; None is the embedded gazetteer and the default settings.
    progress
        Called as stages move on.
    is_mirror
        Whether reports that the files held at an earlier such run and no longer hold are withdrawn, with their events. They
        stay in the store, and come back when they are read again.
    accept_withdrawals
        Whether to withdraw however many it are (:attr:`geoconflict.settings.ReportsSettings.most_withdrawn`).
    reread
        Whether to read files that are as they were when they were read last.

    Raises
    ------
    InputError
        If `paths` are none, there is no such file or folder, or `store` is no open store.
    """
    from geoconflict.reports import given_paths

    roots = given_paths(paths)
    check_kind(store, EventStore, "store: an open EventStore(PATH)")
    tools = tools or Tools()
    _check_own_files(store, tools)
    corrections = tools.corrections
    read, extract, resolve, merge = (Stage(name, progress) for name in ("read", "extract", "resolve", "merge"))
    if roots:
        with read:
            read_into(
                store,
                roots,
                tools.settings.reports,
                read,
                is_mirror=is_mirror,
                accept_withdrawals=accept_withdrawals,
                reread=reread,
            )
    with extract:
        resolved = per_report.extract(store, tools, extract)
    with resolve:
        per_report.resolve(store, tools, resolve, resolved)
    with merge:
        merge.copies = find_copies(store, tools.settings.copies, merge.pause)
        merge_reports(store, merge, corrections)
    _note_unused_overrides(store, tools)
    _note_parts(store, tools)
    return run_report([read, extract, resolve, merge] if roots else [extract, resolve, merge])


def _note_parts(store: EventStore, tools: Tools) -> None:
    """Keep what the stages read with, so that a later run can say what has changed."""
    parts = canonical_json({**tools.reading_parts, **tools.resolution_parts})
    if store.meta(_PARTS) != parts:
        store.set_meta(_PARTS, parts)


def parts_of_last_run(store: EventStore) -> dict[str, str]:
    """Return what the stages read with in the last run that ended (:attr:`geoconflict.tools.Tools.reading_parts`)."""
    parts: dict[str, str] = json.loads(store.meta(_PARTS) or "{}")
    return parts


_PARTS = "stage_parts"


def _check_own_files(store: EventStore, tools: Tools) -> None:
    """Refuse faulty files of the user's before an hour is spent on reading reports; those of the last whole run are sound."""
    if parts_of_last_run(store) == {**tools.reading_parts, **tools.resolution_parts}:
        return
    settings = tools.settings
    if settings.extract.lexicons:
        from geoconflict.extract.reader import load_event_lexicons

        load_event_lexicons(settings.resolve(path) for path in settings.extract.lexicons)
    if settings.places.extra or tools.installed.added_paths():
        _ = tools.gazetteer
    if settings.places.overrides:
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


def remerge(store: EventStore) -> RunReport:
    """Make the events of a store anew where its readings and places ask for it, and read no report.

    The corrections are those with which it was merged last.

    Parameters
    ----------
    store
        Opened for writing.
    """
    stage = Stage("merge", _silent)
    with stage:
        merge_reports(store, stage, kept_corrections(store))
    return run_report([stage])


# ---------------------------------------------------------------- maps
def build(
    store: EventStore,
    tools: Tools,
    *,
    progress: Progress = _silent,
    accept_withdrawals: bool = False,
    reread: bool = False,
) -> tuple[RunReport, tuple[Path, ...]]:
    """Ingest what is new under the paths of the settings, then write the maps that are stale and their index.

    Reports that are no longer there are withdrawn, unless ``reports.withdraw_missing`` is false; the parameters are those of
    :func:`ingest`.

    Returns what was done, and the paths of all maps with the index first.
    """
    settings = tools.settings
    done = ingest(
        [settings.resolve(path) for path in settings.reports.paths],
        store,
        tools,
        progress=progress,
        is_mirror=settings.reports.withdraw_missing,
        accept_withdrawals=accept_withdrawals,
        reread=reread,
    )
    stage = Stage("map", progress)
    with stage:
        paths = write_maps(store, tools, stage)
    return (
        dataclasses.replace(done, stages=(*done.stages, stage.count()), notes=(*done.notes, *stage.notes)),
        paths,
    )


# ---------------------------------------------------------------- parse
def parse(
    path: str | Path | None = None,
    tools: Tools | None = None,
    *,
    text: str | None = None,
    published_on: Day | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield what is found in each report of a file or folder, or in one text, as JSON-ready dicts, in order, without a store.

    Each has ``origin``, its file. A report that fails is a dict with ``error`` and empty lists. Reports without a date are
    read too: relative dates in them then have no value.

    Parameters
    ----------
    path
        The file or folder.
    tools
        What the stages work with; None is the embedded gazetteer and the default settings.
    text
        The words of one report, instead of a path; front matter and a date line are understood.
    published_on
        The day of that text, where it does not state it itself.

    Raises
    ------
    InputError
        If neither or both of path and text are given, there is no such path, or the text cannot be used.
    """
    from geoconflict.events import event_sources, merge_sources
    from geoconflict.extract.toponyms.passed_over import find_unread
    from geoconflict.interchange.parse_json import failure_to_json, parsed_to_json
    from geoconflict.reports import read_documents, report_from_text

    if (path is None) == (text is None):
        msg = "parse reads one thing: give either a path, or text='...' with the words of a report"
        raise InputError(msg)
    tools = tools or Tools()
    settings = tools.settings.reports
    documents: Iterable[Report | RunFailure]
    if text is not None:
        documents = [report_from_text(text, published_on=published_on, settings=settings)]
    else:
        documents = read_documents(Path(path or ""), settings=settings)
    for chunk in in_batches(documents, _CHUNK):
        reports = [item for item in chunk if isinstance(item, Report)]
        outcomes = iter(tools.reader.read_many(reports))
        for item in chunk:
            if isinstance(item, RunFailure):
                yield failure_to_json(item, origin=_below(path, item.where))
                continue
            reading = next(outcomes)
            if isinstance(reading, RunFailure):
                failure = dataclasses.replace(reading, external_id=item.external_id or item.report_id)
                yield failure_to_json(failure, origin=item.origin)
                continue
            answer = tools.geocoder.resolve_report(item, reading)
            events = merge_sources(event_sources(item, reading, answer.all))
            unread = [(one.start, one.end, one.surface, one.why) for one in find_unread(item, reading.toponyms)]
            yield parsed_to_json(item, reading, answer.resolutions, events, unavailable=answer.failures, unread=unread)


def _below(path: Path | str | None, where: str) -> str:
    """Return where a file lies that could not be read, told from the folder that is read, as the origin of a report is."""
    if path is None:
        return where
    folder = Path(path) if Path(path).is_dir() else Path(path).parent
    return where.removeprefix(f"{folder}/")
