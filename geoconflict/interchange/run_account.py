"""The account of a run as a JSON file that programs read: ``--report FILE``; its schema is docs/run-report.schema.json.

It is written however the run ends, unless it is killed: then the file of the run before stays, with its own ``ended_at``.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from geoconflict._version import __version__
from geoconflict.atomic import replacing
from geoconflict.models import RunReport

__all__ = ["FORMAT_VERSION", "Outcome", "RunAccount", "utc_text", "write_account"]

FORMAT_VERSION = 1
"""Raised when a field changes its meaning or goes; a new field does not raise it."""

Outcome = Literal["finished", "finished with failures", "stopped", "locked", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAccount:
    """All that is told of one run."""

    command: str
    store: Path
    config: Path | None
    pid: int
    host: str
    started_at: dt.datetime
    """Aware UTC, as `ended_at`; by the clock, which may have been set meanwhile."""
    ended_at: dt.datetime
    seconds: float
    """How long it took, whatever the clock did."""
    outcome: Outcome
    exit_code: int
    report: RunReport
    """As far as it came."""
    signal: str | None = None
    error: str | None = None
    counts: Mapping[str, int] | None = None
    """The rows of the store at the end; None where it could not be opened."""
    left: Mapping[str, int] | None = None
    """What a stopped run left to the next one; None where nothing is known."""
    maps: Sequence[Path] = ()
    unused_overrides: Sequence[str] = ()
    corrections: Mapping[str, Any] | None = None
    """What became of the corrections of reviewers; None where the run did not come so far."""
    migration_backup: Path | None = None
    """The copy of the store made before a migration, where there was one."""
    took_over: Mapping[str, Any] | None = None
    """The run that was killed before this one."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {
            "format": "geoconflict run report",
            "format_version": FORMAT_VERSION,
            "geoconflict": __version__,
            "command": self.command,
            "store": str(self.store),
            "config": str(self.config) if self.config else None,
            "pid": self.pid,
            "host": self.host,
            "started_at": utc_text(self.started_at),
            "ended_at": utc_text(self.ended_at),
            "seconds": round(self.seconds, 3),
            "outcome": self.outcome,
            "exit_code": self.exit_code,
            "signal": self.signal,
            "error": self.error,
            **self.report.to_dict(),
            "counts": dict(self.counts) if self.counts is not None else None,
            "left": dict(self.left) if self.left is not None else None,
            "maps": [str(path) for path in self.maps],
            "unused_overrides": list(self.unused_overrides),
            "corrections": dict(self.corrections) if self.corrections is not None else None,
            "migration_backup": str(self.migration_backup) if self.migration_backup else None,
            "took_over": dict(self.took_over) if self.took_over else None,
        }


def utc_text(moment: dt.datetime) -> str:
    """Return an aware time as ISO 8601 in UTC with milliseconds: ``2020-09-27T04:10:00.000Z``."""
    return moment.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def write_account(path: Path, account: RunAccount) -> None:
    """Write an account to `path`, whole or not at all.

    Raises
    ------
    InputError
        If the folder of `path` does not exist.
    OSError
        If it cannot be written to.
    """
    with replacing(path) as temporary:
        text = json.dumps(account.to_dict(), ensure_ascii=False, indent=2) + "\n"
        # Half a character of a foreign file name must not keep an account from being written.
        temporary.write_bytes(text.encode("utf-8", "backslashreplace"))
