"""The account of a run as metrics of Prometheus, for the textfile collector of its node exporter: ``--metrics FILE.prom``.

All are gauges that tell of the last run: a job that ends has nothing to count on. The time of the last success is carried
over from the file of the run before, so that an alert on its age sees a run that fails or never starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from geoconflict._version import __version__
from geoconflict.atomic import replacing
from geoconflict.interchange.run_account import RunAccount

__all__ = ["metrics_text", "write_metrics"]

_SUCCESS = "geoconflict_run_last_success_timestamp_seconds"
_RESULTS = ("seen", "skipped", "done", "not_found", "failed")
_HELP: Mapping[str, str] = {
    "geoconflict_build_info": "The version that ran; the value is always 1.",
    "geoconflict_run_last_timestamp_seconds": "When the last run ended, Unix time.",
    _SUCCESS: "When the last run ended that finished, with or without failed reports, Unix time.",
    "geoconflict_run_duration_seconds": "How long the last run took.",
    "geoconflict_run_exit_code": "The exit code of the last run.",
    "geoconflict_run_failures": "What failed in the last run: reports, and places that a service could not say.",
    "geoconflict_stage_items": "What a stage of the last run did with its items, by result.",
    "geoconflict_stage_duration_seconds": "How long a stage of the last run took.",
    "geoconflict_store_reports": "Reports in the store.",
    "geoconflict_store_failed_reports": "Reports that could not be read: in their files when these were read last, or by extraction.",
    "geoconflict_store_events": "Events in the store.",
    "geoconflict_store_unlocated_events": "Events in the store without a place.",
}
_STORE: Mapping[str, tuple[str, ...]] = {
    "reports": ("reports",),
    "failed_reports": ("failures", "unread"),
    "events": ("events",),
    "unlocated_events": ("unlocated",),
}


def metrics_text(account: RunAccount, previous: str = "") -> str:
    """Return the metrics of a run in the text format of Prometheus; `previous` is the file of the run before."""
    own = {"command": account.command, "store": str(account.store)}
    values: list[tuple[str, Mapping[str, str], float]] = [
        ("geoconflict_build_info", {**own, "version": __version__}, 1),
        ("geoconflict_run_last_timestamp_seconds", own, account.ended_at.timestamp()),
        ("geoconflict_run_duration_seconds", own, account.seconds),
        ("geoconflict_run_exit_code", own, account.exit_code),
        ("geoconflict_run_failures", own, account.report.n_failures),
    ]
    if account.outcome in ("finished", "finished with failures"):
        values.append((_SUCCESS, own, account.ended_at.timestamp()))
    elif (before := _value_of(_line(_SUCCESS, own, 0), previous)) is not None:
        values.append((_SUCCESS, own, before))
    for stage in account.report.stages:
        values += [
            ("geoconflict_stage_items", {**own, "stage": stage.stage, "result": result}, getattr(stage, f"n_{result}"))
            for result in _RESULTS
        ]
        values.append(("geoconflict_stage_duration_seconds", {**own, "stage": stage.stage}, stage.seconds))
    if account.counts is not None:
        counts = account.counts
        values += [
            (f"geoconflict_store_{name}", own, sum(counts.get(count, 0) for count in parts))
            for name, parts in _STORE.items()
        ]
    return "".join(_families(values))


def write_metrics(path: Path, account: RunAccount) -> None:
    """Write the metrics of a run to `path`, whole or not at all, as the textfile collector needs it.

    Raises
    ------
    InputError
        If the folder of `path` does not exist.
    OSError
        If it cannot be written to.
    """
    previous = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    with replacing(path) as temporary:
        temporary.write_bytes(metrics_text(account, previous).encode("utf-8", "backslashreplace"))
        temporary.chmod(0o644)  # the collector runs as another user


def _families(values: Iterable[tuple[str, Mapping[str, str], float]]) -> Iterable[str]:
    rows = list(values)
    for name, help_ in _HELP.items():
        lines = [_line(*row) for row in rows if row[0] == name]
        if lines:
            yield f"# HELP {name} {help_}\n# TYPE {name} gauge\n" + "\n".join(lines) + "\n"


def _line(name: str, labels: Mapping[str, str], value: float) -> str:
    inside = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
    return f"{name}{{{inside}}} {value!r}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _value_of(line: str, previous: str) -> float | None:
    """Return the value that the series of `line` has in an earlier file."""
    series = line.rsplit(" ", 1)[0]
    found = re.search(f"^{re.escape(series)} ([0-9.e+]+)$", previous, flags=re.MULTILINE)
    return float(found[1]) if found else None
