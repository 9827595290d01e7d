"""What a run says of each of its stages: how much was done, skipped, not found and failed, and how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Self

from geoconflict.models import RunFailure, RunReport, StageCount

__all__ = ["Progress", "Stage", "run_report"]

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total) as a stage moves on; total 0 is unknown."""

_N_FAILURES_KEPT = 20


class Stage:
    """Counts what one stage does; as a context manager, times it."""

    def __init__(self, name: str, progress: Progress) -> None:
        self.name = name
        self.seen = self.skipped = self.done = self.not_found = self.failed = self.copies = 0
        self.failures: list[RunFailure] = []
        self.seconds = 0.0
        self._progress = progress
        self._started = 0.0

    def __enter__(self) -> Self:
        self._started = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = round(time.perf_counter() - self._started, 3)

    def fail(self, failures: Iterable[RunFailure]) -> None:
        """Count failures; the first are kept to be shown."""
        for failure in failures:
            self.failed += 1
            if len(self.failures) < _N_FAILURES_KEPT:
                self.failures.append(failure)

    def moved(self, done: int, total: int) -> None:
        """Tell the progress: `done` of `total`; total 0 is unknown."""
        self._progress(self.name, done, total)

    def count(self) -> StageCount:
        """Return the numbers as a record."""
        return StageCount(
            stage=self.name,
            n_seen=self.seen,
            n_skipped=self.skipped,
            n_done=self.done,
            n_not_found=self.not_found,
            n_failed=self.failed,
            seconds=self.seconds,
            n_copies=self.copies,
        )


def run_report(stages: Sequence[Stage]) -> RunReport:
    """Return what a run did in all its stages, with the first failures."""
    failures = [failure for stage in stages for failure in stage.failures]
    return RunReport(
        stages=tuple(stage.count() for stage in stages),
        failures=tuple(failures[:_N_FAILURES_KEPT]),
        n_failures=sum(stage.failed for stage in stages),
    )
