"""``store``: check, back up, shrink, migrate and describe an event store."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoconflict.cli.groups import SuggestingGroup
from geoconflict.cli.output import (
    config_option,
    counted,
    fail,
    json_option,
    printed_errors,
    quiet_option,
    settings_from,
    store_option,
    store_path,
)
from geoconflict.cli.waiting import told_once
from geoconflict.clock import utc_now
from geoconflict.visible import visible

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from geoconflict.store import RunOwner
    from geoconflict.store.check import Fault

_wait_option = click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait while a run works on the store.",
)
_N_SHOWN = 5


@click.group("store", cls=SuggestingGroup)
def store_command() -> None:
    """Check, back up, shrink, migrate and describe an event store.

    \b
    Example:
      geoconflict store check --store war.sqlite
    """


@store_command.command("check")
@store_option
@config_option
@click.option("--repair", is_flag=True, help="Save what can be read, remove what belongs to nothing, and merge anew.")
@_wait_option
@json_option
@printed_errors
def check_command(store: Path | None, config: Path | None, *, repair: bool, wait: float, as_json: bool) -> None:
    """Check that a store is whole: its pages, its rows, and what must hold between them.

    Nobody is kept waiting by a check. It exits with 1 when something is wrong and was not repaired.

    \b
    Example:
      geoconflict store check --store war.sqlite
      geoconflict store check --store war.sqlite --repair
    """
    from geoconflict.store.check import check_store

    path = _there(store_path(settings_from(config), store))
    faults = check_store(path)
    done: dict[str, Any] = {}
    if repair:
        with _alone(path, "store check --repair", wait):
            faults = check_store(path)  # a run may have been at work
            if faults:
                done = _repair(path, faults)
    is_whole = not faults or bool(done)
    if as_json:
        told = [
            {"what": one.what, "n": len(one.keys), "examples": one.keys[:_N_SHOWN], "mend": one.mend} for one in faults
        ]
        click.echo(
            json.dumps(
                {"store": str(path), "whole": is_whole, "faults": told, "repair": done or None}, ensure_ascii=False
            )
        )
    else:
        for line in _check_lines(path, faults, done):
            click.echo(visible(line))
    if not is_whole:
        raise SystemExit(1)


_MENDS = {
    "rebuild": "`geoconflict store check --repair` writes a new file from what can be read; a backup may hold more",
    "remove": "--repair removes them; the next `ingest` reads those reports again",
    "merge": "--repair merges the events anew from the readings",
}


def _check_lines(path: Path, faults: Sequence[Fault], done: dict[str, Any]) -> list[str]:
    if not faults:
        return [f"{path}: whole"]
    lines = [f"{path}: {counted(len(faults), 'fault')}"]
    for fault in faults:
        more = f" and {len(fault.keys) - _N_SHOWN} more" if len(fault.keys) > _N_SHOWN else ""
        lines.append(f"  {fault.what}: {', '.join(fault.keys[:_N_SHOWN])}{more}")
        if not done:
            lines.append(f"    -> {_MENDS[fault.mend]}")
    if done:
        lines.append(
            f"repaired: {counted(done['removed'], 'row')} removed, {counted(done['events'], 'event')} merged from "
            f"{counted(done['readings'], 'reading')}"
        )
        if done["kept"]:
            lines.append(f"the damaged store is kept as {done['kept']}; remove it when you no longer want it")
        if done["lost_reports"]:
            lines.append(
                f"{counted(len(done['lost_reports']), 'report')} could not be read: {', '.join(done['lost_reports'][:_N_SHOWN])} ..."
            )
        lines.append("run `ingest` or `build` over all your reports now: what is missing is read again")
    return lines


def _repair(path: Path, faults: Sequence[Fault]) -> dict[str, Any]:
    """Repair a store that nobody else works on; return what was done."""
    from geoconflict.store.repair import damaged_source, replace_damaged, salvage

    if all(fault.mend != "rebuild" for fault in faults):
        return {**_mend(path, faults), "kept": None, "lost_reports": []}
    new = path.with_name(f".{path.name}.repair")
    for suffix in ("", "-wal", "-shm"):
        new.with_name(f"{new.name}{suffix}").unlink(missing_ok=True)  # of a repair that was killed
    saved = salvage(damaged_source(path), new)
    done = _mend(new, None)
    kept = replace_damaged(path, new)
    return {**done, "kept": str(kept), "lost_reports": list(saved.lost_reports)}


def _mend(path: Path, faults: Sequence[Fault] | None) -> dict[str, Any]:
    """Remove what belongs to nothing, merge anew, and make sure that the store is whole then; None is not yet checked."""
    from geoconflict.pipeline import remerge
    from geoconflict.store import EventStore
    from geoconflict.store.check import check_store
    from geoconflict.store.repair import mend_rows

    n_removed = mend_rows(path, check_store(path) if faults is None else faults)
    with EventStore(path) as opened:
        remerge(opened)
        counts = opened.counts()
    if still := check_store(path):
        fail(
            f"{path}: not repaired: {still[0].what}: {', '.join(still[0].keys[:_N_SHOWN])}; restore a backup in its place, or move it away and ingest anew"
        )
    return {"removed": n_removed, "events": counts["events"], "readings": counts["readings"]}


@store_command.command("backup")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@store_option
@config_option
@click.option(
    "--keep", type=click.IntRange(min=1), default=None, metavar="N", help="Remove all but the N newest copies there."
)
@quiet_option
@printed_errors
def backup_command(folder: Path, store: Path | None, config: Path | None, *, keep: int | None, quiet: bool) -> None:
    """Copy a store into FOLDER, made if need be, as NAME-DATE.sqlite, while others read and write it.

    The copy is checked before it gets its name, and only then are older ones removed.

    \b
    Example:
      geoconflict store backup backups/ --store war.sqlite --keep 14
    """
    from geoconflict.store.backup import backup

    path = _there(store_path(settings_from(config), store))
    folder.mkdir(parents=True, exist_ok=True)
    target, gone = backup(path, folder, keep=keep, now=utc_now())
    if not quiet:
        click.echo(f"{target}: {target.stat().st_size:,} bytes" + (f"; {len(gone)} older removed" if gone else ""))


@store_command.command("vacuum")
@store_option
@config_option
@_wait_option
@quiet_option
@printed_errors
def vacuum_command(store: Path | None, config: Path | None, *, wait: float, quiet: bool) -> None:
    """Give the room of removed rows back to the disk.

    It needs free room twice the size of the store while it works. A kill leaves the store as it was.

    \b
    Example:
      geoconflict store vacuum --store war.sqlite
    """
    from geoconflict.store.upkeep import vacuum

    path = _there(store_path(settings_from(config), store))
    with _alone(path, "store vacuum", wait):
        before = path.stat().st_size
        free = shutil.disk_usage(path.parent).free
        if free < 2 * before:
            fail(f"{path}: shrinking needs {2 * before:,} bytes of free room, there are {free:,}; free some first")
        vacuum(path)
    if not quiet:
        click.echo(f"{path}: {before:,} bytes before, {path.stat().st_size:,} now")


@store_command.command("migrate")
@store_option
@config_option
@_wait_option
@quiet_option
@printed_errors
def migrate_command(store: Path | None, config: Path | None, *, wait: float, quiet: bool) -> None:
    """Bring a store of an older version up to this one, after a copy is made beside it.

    `ingest` and `build` do the same when they open it. A store of a newer version is refused.

    \b
    Example:
      geoconflict store migrate --store war.sqlite
    """
    from geoconflict.store import EventStore

    path = _there(store_path(settings_from(config), store))
    with _alone(path, "store migrate", wait), EventStore(path) as opened:
        kept = opened.backup_path
    if not quiet:
        click.echo(f"{path}: migrated; a copy of the older one is {kept}" if kept else f"{path}: nothing to migrate")


@store_command.command("info")
@store_option
@config_option
@json_option
@printed_errors
def info_command(store: Path | None, config: Path | None, *, as_json: bool) -> None:
    """Show what a store is: its format, its size, its rows, and who works on it.

    \b
    Example:
      geoconflict store info --store war.sqlite
    """
    path = _there(store_path(settings_from(config), store))
    info = _info(path)
    if as_json:
        click.echo(json.dumps(info, ensure_ascii=False))
        return
    click.echo(f"{path}")
    click.echo(f"  format {info['format']}, this geoconflict writes {info['newest_format']}")
    click.echo(f"  {info['bytes']:,} bytes, and {info['log_bytes']:,} in its log")
    for name, count in info["rows"].items():
        click.echo(f"  {name}: {count} rows")
    click.echo(visible(f"  run: {info['run'] or 'none'}"))


def _info(path: Path) -> dict[str, Any]:
    from geoconflict.store.run_lock import is_gone, owner_of
    from geoconflict.store.schema import MIGRATIONS
    from geoconflict.store.upkeep import store_info

    info = store_info(path)
    owner = owner_of(path)
    gone = "; it was killed, and the next run goes on where it stopped" if owner and is_gone(owner) else ""
    return {
        "store": str(path),
        "format": info.format,
        "newest_format": len(MIGRATIONS),
        "bytes": info.n_bytes,
        "log_bytes": info.n_log_bytes,
        "rows": info.rows,
        "run": f"{owner.told(utc_now())}{gone}" if owner else None,
    }


def _there(path: Path) -> Path:
    """Refuse a file that is not there, or in which no store was begun."""
    from geoconflict.store.faults import nothing_begun
    from geoconflict.store.upkeep import is_empty

    if not path.is_file():
        fail(f"{path}: there is no event store; `geoconflict ingest PATH --store {path}` makes one")
    if is_empty(path):
        raise nothing_begun(path)
    return path


def _alone(path: Path, command: str, wait: float) -> AbstractContextManager[RunOwner | None]:
    """Keep runs off the store until the block ends; on standard error it is said for whom this waits."""
    from geoconflict.store import run_lock

    waiting = told_once(wait, utc_now, lambda say, _: click.echo(visible(say), err=True))
    return run_lock(path, command, wait_seconds=wait, now=utc_now, waiting=waiting)
