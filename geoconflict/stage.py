"""What a run says of each of its stages: how much was done, skipped, not found and failed, and how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Self, TypeVar

from geoconflict.models import RunFailure, RunReport, StageCount

__all__ = ["Progress", "Stage", "Watch", "run_report"]

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total) as a stage moves on; total 0 is unknown.

It is called between two batches, when what was done is committed: what it raises stops the run there, and nothing is lost.
A :class:`Watch` is told more, and is asked more often whether to stop.
"""

_Item = TypeVar("_Item")
_N_FAILURES_KEPT = 20


class Stage:
    """Counts what one stage does; as a context manager, times it."""

    def __init__(self, name: str, progress: Progress) -> None:
        self.name = name
        self.seen = self.skipped = self.done = self.not_found = self.failed = self.copies = 0
        self.failures: list[RunFailure] = []
        self.notes: list[str] = []
        self.seconds = 0.0
        self.is_broken_off = False
        """Whether an error or a signal ended it before its end; its counts are then of what it came to."""
        self._progress = progress
        self._started = 0.0

    def __enter__(self) -> Self:
        self._started = time.perf_counter()
        if isinstance(self._progress, Watch):
            self._progress.pause()
            self._progress.began(self)
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.is_broken_off = kind is not None
        self.seconds = round(time.perf_counter() - self._started, 3)
        if isinstance(self._progress, Watch):
            self._progress.ended(self)

    def fail(self, failures: Iterable[RunFailure]) -> None:
        """Count failures; the first are kept to be shown."""
        for failure in failures:
            self.failed += 1
            if len(self.failures) < _N_FAILURES_KEPT:
                self.failures.append(failure)
            if isinstance(self._progress, Watch):
                self._progress.failed(self, failure)

    def note(self, say: str) -> None:
        """Keep what is to be known besides, and is no failure."""
        self.notes.append(say)
        if isinstance(self._progress, Watch):
            self._progress.noted(self, say)

    def moved(self, done: int, total: int) -> None:
        """Tell the progress: `done` of `total`; total 0 is unknown."""
        self._progress(self.name, done, total)

    def pause(self) -> None:
        """Let a watch stop the run here, where a stage that works in one transaction can be given up whole."""
        if isinstance(self._progress, Watch):
            self._progress.pause()

    def each(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Yield `items`, each after a :meth:`pause`."""
        for item in items:
            self.pause()
            yield item

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


class Watch:
    """A progress that sees the stages themselves, so that a run that failed or was stopped can be told too.

    Give one as `progress`; a subclass shows what it is told.

    Attributes
    ----------
    stages : list of Stage
        Those that have begun, in order.
    """

    def __init__(self) -> None:
        self.stages: list[Stage] = []

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Hear that a stage moved on, as :data:`Progress` says."""

    def pause(self) -> None:
        """Look whether to stop: called before each stage, and within long ones; what it raises ends the run there.

        What the stage at hand has not committed is rolled back, and the next run does it.
        """

    def began(self, stage: Stage) -> None:
        """Hear that a stage began."""
        self.stages.append(stage)

    def ended(self, stage: Stage) -> None:
        """Hear that a stage ended, well or not."""

    def failed(self, stage: Stage, failure: RunFailure) -> None:
        """Hear of one thing that failed and did not stop the run."""

    def noted(self, stage: Stage, say: str) -> None:
        """Hear of something that is to be known besides."""


def run_report(stages: Sequence[Stage]) -> RunReport:
    """Return what a run did in all its stages, with the first failures."""
    failures = [failure for stage in stages for failure in stage.failures]
    return RunReport(
        stages=tuple(stage.count() for stage in stages),
        failures=tuple(failures[:_N_FAILURES_KEPT]),
        n_failures=sum(stage.failed for stage in stages),
        notes=tuple(note for stage in stages for note in stage.notes),
    )
