"""One run at a time on a store: who holds it, since when, and what a run that died has left.

The lock itself is one of the operating system's (:func:`geoconflict.atomic.locked`): it ends with the process that holds it,
however that ends, and no clock decides about it. Who holds it stands in a file beside the lock, for people to read; found by
the one who gets the lock, it tells that the run before was killed. Readers of the store take no lock and are never kept out.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geoconflict.atomic import is_running, locked, replacing
from geoconflict.errors import InputError, StoreError, StoreLockedError
from geoconflict.store.faults import unwritable

__all__ = ["RunOwner", "is_gone", "note_written", "owner_of", "run_lock"]

_LOOK_SECONDS = 0.2
"""How often a waiting run looks again; what it waits for takes seconds to hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOwner:
    """The run that holds a store."""

    pid: int
    host: str
    command: str
    """What it does: ``build`` or ``ingest``."""
    since: str
    """When it got the lock: ISO 8601, UTC."""
    wrote: bool = False
    """Whether it has written into the store, so that its log (``-wal``) must be there if it is killed."""

    def told(self, now: dt.datetime) -> str:
        """Return it as people read it; the age is left out where the clock does not allow one."""
        try:
            minutes = (now - dt.datetime.fromisoformat(self.since)).total_seconds() / 60
        except (TypeError, ValueError):
            minutes = -1.0
        age = (
            ""
            if minutes < 0
            else f", {minutes:.0f} minutes ago"
            if minutes < 180
            else f", {minutes / 60:.0f} hours ago"
        )
        return f"`geoconflict {self.command}`, process {self.pid} on {self.host}, since {self.since}{age}"


def owner_of(path: Path) -> RunOwner | None:
    """Return the run that holds the store at `path`, or that was killed while it did; None is neither or unknown."""
    try:
        record = json.loads(_owner_file(path).read_bytes())
        return RunOwner(
            pid=int(record["pid"]),
            host=str(record["host"]),
            command=str(record["command"]),
            since=str(record["since"]),
            wrote=bool(record.get("wrote")),
        )
    except (KeyError, OSError, TypeError, ValueError):
        return None


def is_gone(owner: RunOwner) -> bool:
    """Whether a run of this machine is no more; false where that cannot be told."""
    return owner.host == platform.node() and not is_running(owner.pid)


@contextlib.contextmanager
def run_lock(
    path: Path,
    command: str,
    *,
    wait_seconds: float,
    now: Callable[[], dt.datetime],
    waiting: Callable[[RunOwner | None], object] = lambda _: None,
) -> Iterator[RunOwner | None]:
    """Keep other runs off the store at `path` until the block ends; give the killed run that held it before, if any.

    Parameters
    ----------
    path
        The store; it need not exist.
    command
        What this run does, for others to read.
    wait_seconds
        How long to wait for another run; 0 waits not at all.
    now
        The time, aware; it is written down and never decides anything.
    waiting
        Called with who holds the store at each look, several times a second. It may raise to end the wait.

    Raises
    ------
    StoreLockedError
        If another run holds the store for longer than `wait_seconds`.
    StoreError
        If the folder of the store is absent or cannot be written to.
    """
    with contextlib.ExitStack() as held:
        try:
            _wait(path, held, wait_seconds, now, waiting)
            before = owner_of(path)
            since = now().astimezone(dt.UTC).isoformat(timespec="seconds")
            _write_owner(path, RunOwner(pid=os.getpid(), host=platform.node(), command=command, since=since))
        except InputError as error:
            raise StoreError(str(error)) from error
        except OSError as error:
            raise unwritable(path, error) from error
        try:
            yield before
        finally:
            _owner_file(path).unlink(missing_ok=True)


def _wait(
    path: Path,
    held: contextlib.ExitStack,
    wait_seconds: float,
    now: Callable[[], dt.datetime],
    waiting: Callable[[RunOwner | None], object],
) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            held.enter_context(locked(path.with_name(f"{path.name}.run"), wait=False))
        except BlockingIOError:
            owner = owner_of(path)
            if time.monotonic() >= deadline:
                who = owner.told(now()) if owner else "another run"
                msg = f"{path}: {who} is at work on it; try again when it is done, or give --wait SECONDS more than {wait_seconds:g}"
                raise StoreLockedError(msg) from None
            waiting(owner)
            time.sleep(min(_LOOK_SECONDS, max(0.0, deadline - time.monotonic())))
        else:
            return


def note_written(path: Path) -> None:
    """Note of the run of this process, if it holds the store at `path`, that it writes into it."""
    owner = owner_of(path)
    if owner is not None and not owner.wrote and (owner.pid, owner.host) == (os.getpid(), platform.node()):
        _write_owner(path, dataclasses.replace(owner, wrote=True))


def _write_owner(path: Path, owner: RunOwner) -> None:
    with replacing(_owner_file(path)) as temporary:
        temporary.write_text(json.dumps(dataclasses.asdict(owner)), encoding="utf-8")


def _owner_file(path: Path) -> Path:
    return path.with_name(f".{path.name}.run.json")
