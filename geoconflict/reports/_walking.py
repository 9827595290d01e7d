"""What files and folders hold, one thing after the other: reports, what is passed over, and faults."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from geoconflict.errors import InputError
from geoconflict.models import Report, RunFailure
from geoconflict.reports._files import NO_REPORT, Fault, InputFile, Skipped, find_files
from geoconflict.reports._formats import is_known, known_suffixes, read_file
from geoconflict.reports._links import ArticleLink
from geoconflict.reports._record import Admission, retrieved
from geoconflict.reports._standard_input import STANDARD_INPUT, standard_input
from geoconflict.retrieval import retrieval_of

__all__ = ["FileMemory", "PathLike", "documents", "given_paths", "links", "roots_of"]

PathLike = str | os.PathLike[str]


class FileMemory(Protocol):
    """Remembers what files held; :class:`geoconflict.intake.StoreMemory` is one, over an event store."""

    def recall(self, path: Path) -> bool:
        """Return whether a file need not be read, for it is as it was when it was read whole."""

    def remember(self, path: Path, report_ids: Sequence[str], n_failed: int, n_same_id: int = 0) -> None:
        """Keep what a file holds. Called after all its reports have been given.

        `n_same_id` is how many of them have an id that the file has given to another text before.
        """

    def pass_by(self, path: Path) -> None:
        """Keep that what lies at a path is not read, though it is there: a link leads to it that is not followed."""

    def is_own(self, where: str) -> bool:
        """Return whether what is passed over is a file of the memory itself, of which nothing need be said."""

    def cannot_find(self, where: str) -> None:
        """Keep that a link or folder leads to nothing that can be read; no file stands for it."""


def given_paths(path_or_paths: PathLike | Iterable[PathLike]) -> tuple[Path, ...]:
    """Return one path or several as several.

    Raises
    ------
    InputError
        If there is something else among them.
    """
    try:
        if isinstance(path_or_paths, str | os.PathLike):
            return (Path(path_or_paths),)
        return tuple(map(Path, path_or_paths))
    except TypeError:
        msg = f"{path_or_paths!r} is no path; give a file, a folder, or several of them"
        raise InputError(msg) from None


def roots_of(path_or_paths: PathLike | Iterable[PathLike]) -> tuple[Path, ...]:
    """Return the paths that were given, each of which is there.

    Raises
    ------
    InputError
        If one is not, or is no path.
    """
    roots = tuple(path.expanduser() for path in given_paths(path_or_paths))
    # A link to nothing is there, though broken: it is reported when its turn comes.
    absent = [str(root) for root in roots if root != STANDARD_INPUT and not os.path.lexists(root)]
    if absent:
        msg = f"{', '.join(absent)}: there is no such file or folder; check the spelling, or the folder you are in"
        raise InputError(msg)
    return roots


def documents(
    roots: Iterable[Path],
    admission: Admission,
    on_skip: Callable[[Skipped], object] | None,
    memory: FileMemory | None = None,
) -> Iterator[Report | RunFailure]:
    """Yield every record in input order, each as a report or as the reason why it is none; what is passed over goes to `on_skip`."""
    for outcome in _outcomes(roots, admission, memory):
        if isinstance(outcome, Skipped):
            if on_skip is not None:
                on_skip(outcome)
        else:
            yield _failure(outcome) if isinstance(outcome, Fault) else outcome


def _outcomes(
    roots: Iterable[Path], admission: Admission, memory: FileMemory | None = None
) -> Iterator[Report | Skipped | Fault]:
    empty: list[Fault] = []
    n_roots = 0
    for root in roots:
        n_roots += 1
        if root == STANDARD_INPUT:
            with standard_input(admission.limits.max_file_bytes) as file:
                yield from read_file(file, admission)
            continue
        for found in find_files(root, known_suffixes(), is_known):
            if isinstance(found, Fault) and found.rejection.what == NO_REPORT:
                empty.append(found)
            elif isinstance(found, Skipped) and memory is not None and memory.is_own(found.where):
                continue
            elif isinstance(found, Skipped | Fault):
                if memory is not None and isinstance(found, Fault):
                    memory.cannot_find(found.where)
                    if found.target is not None:
                        memory.pass_by(found.target)
                yield found
            elif memory is None or not memory.recall(found.path):
                given: dict[str, str | None] = {}
                n_failed = 0
                for outcome in _read(found, admission):
                    if isinstance(outcome, Report):
                        given[outcome.report_id] = outcome.external_id
                    n_failed += isinstance(outcome, Fault)
                    yield outcome
                if memory is not None:
                    own_ids = [one for one in given.values() if one]
                    memory.remember(found.path, list(given), n_failed, len(own_ids) - len(set(own_ids)))
    # One empty folder of several, as one that nothing was fetched into yet, is no fault; nothing at all is.
    yield from empty if len(empty) == n_roots else [Skipped(fault.where, NO_REPORT) for fault in empty]


def _read(file: InputFile, admission: Admission) -> Iterator[Report | Skipped | Fault]:
    """Yield what a file holds; of a fetched one, only the newest version, with what its side-car knows of it."""
    retrieval = retrieval_of(file.path)
    if retrieval is not None and not retrieval.is_current:
        yield Skipped(file.where, "a later version was fetched" if retrieval.replaced_by else "withdrawn at its source")
        return
    for outcome in read_file(file, admission):
        yield retrieved(outcome, retrieval) if retrieval is not None and isinstance(outcome, Report) else outcome


def _failure(fault: Fault) -> RunFailure:
    rejection = fault.rejection
    where = fault.where
    if rejection.line:
        where = f"{where}:{rejection.line}"
    elif rejection.item:
        where = f"{where}, {rejection.item}"
    return RunFailure(
        stage="read",
        where=where,
        what=rejection.what,
        repair=rejection.repair,
        external_id=rejection.external_id,
    )


def links(roots: Iterable[Path], admission: Admission) -> Iterator[ArticleLink]:
    """Yield the addresses of articles that are named without their text, each once."""
    seen: set[str] = set()
    for outcome in _outcomes(roots, admission):
        link = outcome.rejection.link if isinstance(outcome, Fault) else None
        if link is not None and link.url not in seen:
            seen.add(link.url)
            yield link
