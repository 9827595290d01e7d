"""From files to the reports of a store: what is new, what is as it was, what was corrected, what is gone.

A file that is as it was is not read again. What tells so without opening it is its size, its inode, and when it and its entry were
changed, and where these differ or are but seconds old, as after a fresh checkout, a digest of its bytes. A file of which
something could not be read is read again anyway.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import stat
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from geoconflict.batches import in_batches
from geoconflict.ids import files_fingerprint, fingerprint
from geoconflict.models import Report
from geoconflict.reports import NO_REPORT, UNTOLD, read_reports
from geoconflict.retrieval import side_car_of
from geoconflict.settings import ReportsSettings
from geoconflict.stage import Stage
from geoconflict.store import EventStore, SourceFile
from geoconflict.withdrawal import VANISHED, FileChange, settle

__all__ = ["StoreMemory", "read_into"]

_PACKAGE = Path(__file__).parent
_RECORDS = ("ids", "models", "record", "retrieval", "civil_day")
"""What reports are made of, besides the code that reads them."""
_N_NAMED = 5
_CHUNK = 256
"""Reports committed in one transaction."""
_FRESH_SECONDS = 2
"""A file changed so short a time ago may change again without a trace in its times."""
_CORRECTED = "corrected at its address"


class StoreMemory:
    """What an event store knows of the files it was read from (:class:`geoconflict.reports.FileMemory`).

    Parameters
    ----------
    store
        The store.
    settings
        How reports are read; files are read again when it changes.
    is_mirror
        Whether what the files no longer hold is to be withdrawn.
    reread
        Whether every file is read, whatever is known of it.
    """

    def __init__(self, store: EventStore, settings: ReportsSettings, *, is_mirror: bool, reread: bool = False) -> None:
        self._base, self._store_name = store.path.resolve().parent, store.path.name
        self._known = dict(store.intake.files())
        code = [*_PACKAGE.glob("reports/*.py"), *(_PACKAGE / f"{name}.py" for name in _RECORDS)]
        self._way = fingerprint(files_fingerprint(code).encode(), repr(settings).encode())
        self._max_bytes = settings.max_file_bytes
        self._is_mirror = is_mirror
        self._reread = reread
        self._digests: dict[str, str] = {}
        """Of files that are being read, as they were before, by path."""
        self.unread: dict[str, SourceFile] = {}
        """Files that were as they had been, by path."""
        self.read: dict[str, SourceFile] = {}
        """Files that were read, by path."""
        self.pending: list[SourceFile] = []
        """Of both, what the store is still to be told."""
        self.n_unchanged = 0
        """Reports in files that were as they had been."""
        self._read_ids: dict[str, tuple[str, ...]] = {}
        self.n_failed: dict[str, int] = {}
        """What could not be read of each file that was read, by path."""
        self._passed_by: list[Path] = []
        """What links lead to that are not followed."""
        self.not_found: set[str] = set()
        """Links and folders that lead to nothing that can be read, by path from the store; links are not followed."""
        self.n_same_id: dict[str, int] = {}
        """How many reports of a file have the id of another one in it, by path."""

    def name(self, path: Path) -> str:
        """Return the name under which the store knows a file: its path from the store, so that both may be moved together."""
        # On Windows there is no way from one drive to another.
        resolved = path.resolve()
        same_drive = resolved.drive == self._base.drive
        name = os.path.relpath(resolved, self._base) if same_drive else str(resolved)
        return os.fsencode(name).decode("utf-8", "replace")

    def is_known(self, path: Path) -> bool:
        """Return whether a file was read before."""
        return self.name(path) in self._known

    def recall(self, path: Path) -> bool:
        """Return whether a file is as it was when it was read whole."""
        name = self.name(path)
        known = self._known.get(name)
        stamp = self._stamp(path)
        if known is None or self._reread or not stamp or known.stamp != stamp:
            digest = self._digest(path)
            if known is None or self._reread or not digest or known.digest != digest:
                self._digests[name] = digest
                return False
        now = known._replace(stamp=stamp or known.stamp, is_mirrored=known.is_mirrored or self._is_mirror)
        self.unread[name] = now
        self.n_unchanged += len(now.report_ids)
        if now != known:
            self.pending.append(now)
        return True

    def remember(self, path: Path, report_ids: Sequence[str], n_failed: int, n_same_id: int = 0) -> None:
        """Keep what a file holds; a file with failures holds what it held before as well."""
        name = self.name(path)
        before = self._known.get(name)
        earlier = before.report_ids if before is not None else ()
        held = tuple(dict.fromkeys((*report_ids, *(earlier if n_failed else ()))))
        was_mirrored = before is not None and before.is_mirrored
        stamp = digest = ""
        # A file that was written to while it was read may hold what nobody has read.
        if not n_failed and (digest := self._digests.pop(name, "")) and digest == self._digest(path):
            stamp = self._stamp(path)
        else:
            digest = ""
        file = SourceFile(name, stamp, self._is_mirror or was_mirrored, held, digest)
        self.read[name] = file
        self._read_ids[name] = tuple(dict.fromkeys(report_ids))
        self.n_failed[name], self.n_same_id[name] = n_failed, n_same_id
        # Nothing of a file is forgotten before it has been decided what is corrected and withdrawn.
        is_settled = not set(earlier) - set(held)
        self.pending.append(file if is_settled else _to_be_read(file, (*held, *earlier)))

    def pass_by(self, path: Path) -> None:
        """Keep that what lies at a path is not read, though it is there; what it held before is not gone."""
        self._passed_by.append(path)

    def is_own(self, where: str) -> bool:
        """Return whether a file that is passed over is the store, or one that SQLite or a run has beside it."""
        path = Path(where)
        return path.name.startswith(self._store_name) and path.parent.resolve() == self._base

    def cannot_find(self, where: str) -> None:
        """Keep that a link or folder leads to nothing that can be read: it counts as unread until it is mended or gone."""
        self.not_found.add(self._unresolved(Path(where)))

    def _unresolved(self, path: Path) -> str:
        """Return :meth:`name` of a path that may be a link, which is not followed."""
        folder = path.parent.resolve()
        same_drive = folder.drive == self._base.drive
        return os.path.relpath(folder / path.name, self._base) if same_drive else str(folder / path.name)

    def found_again(self, unread: Iterable[str], roots: Sequence[Path]) -> list[str]:
        """Return those of the `unread` paths that led to nothing before, and under `roots` now do or are no more."""
        folders = [self._unresolved(root) for root in roots]
        return [
            path
            for path in unread
            if path not in self.not_found
            and path not in self.n_failed
            and any(_lies_under(path, folder) for folder in folders)
            and ((self._base / path).is_symlink() or (self._base / path).is_dir() or _is_no_more(self._base / path))
        ]

    def changes(self) -> Iterator[FileChange]:
        """Yield what has left the files that were read, with what stands in them now."""
        for name in self.read:
            before = self._known.get(name)
            earlier = before.report_ids if before is not None else ()
            now = self._read_ids[name]
            there = set(now)
            went = tuple(one for one in earlier if one not in there)
            if went:
                yield FileChange(name, earlier, now, went, bool(self.n_failed[name]))

    def gone_files(self, roots: Sequence[Path]) -> list[SourceFile]:
        """Return the mirrored files that are no more, or no longer under `roots`, once all have been gone through."""
        inside = [*(root.resolve() for root in roots), *self._passed_by]
        return [
            file
            for path, file in self._known.items()
            if file.is_mirrored
            and path not in self.unread
            and path not in self.read
            and _is_gone((self._base / path).resolve(), inside)
        ]

    def vanished(self, roots: Sequence[Path]) -> list[SourceFile]:
        """Return the files that lay under `roots` when they were read, are no more, and were not found so before."""
        folders = [self.name(root) for root in roots]
        return [
            file
            for path, file in self._known.items()
            if file.report_ids
            and file.stamp != VANISHED
            and path not in self.unread
            and path not in self.read
            and any(_lies_under(path, folder) for folder in folders)
            and _is_no_more(self._base / path)
        ]

    def held(self, gone: Sequence[SourceFile] = ()) -> set[str]:
        """Return the reports that any file holds now, those apart that are `gone`."""
        left = [file for path, file in self._known.items() if path not in self.read and file not in gone]
        return {report_id for file in (*left, *self.read.values()) for report_id in file.report_ids}

    def let_go(self, path: str, report_ids: Collection[str]) -> None:
        """Take reports from what a file that was read holds: others of the file stand in their place."""
        file = self.read[path]
        self.read[path] = file._replace(report_ids=tuple(one for one in file.report_ids if one not in report_ids))

    def missing(self, gone: Sequence[SourceFile]) -> dict[str, SourceFile]:
        """Return the reports that mirrored files held before and no file holds now, each with that file."""
        held = self.held(gone)
        read_anew = [self._known[path] for path in self.read if path in self._known and self._known[path].is_mirrored]
        return {
            report_id: file for file in (*gone, *read_anew) for report_id in file.report_ids if report_id not in held
        }

    def not_withdrawn(self, path: str) -> SourceFile:
        """Return a file that was read, with what it held and was not taken back, where a later run may take it back."""
        file, before = self.read[path], self._known.get(path)
        left = tuple(one for one in before.report_ids if one not in set(file.report_ids)) if before is not None else ()
        if self._is_mirror or not left or not file.is_mirrored:
            return file
        return _to_be_read(file, (*file.report_ids, *left))

    def n_mirrored(self) -> int:
        """Return how many reports mirrored files held before."""
        return len({one for file in self._known.values() if file.is_mirrored for one in file.report_ids})

    def _stamp(self, path: Path) -> str:
        """Return what tells that a file, its side-car or the way to read them has changed; empty where that cannot be told."""
        parts = [self._way]
        for file in (path, side_car_of(path)):
            try:
                state = file.stat()
            except FileNotFoundError:
                if file == path:
                    return ""
                continue
            except OSError:
                return ""
            if time.time() - max(state.st_mtime, state.st_ctime) < _FRESH_SECONDS:
                return ""
            parts += map(str, (state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino))
        return " ".join(parts)

    def _digest(self, path: Path) -> str:
        """Return a digest of a file, its side-car and the way to read them; empty where it cannot be read or is too large to be."""
        parts = [self._way.encode()]
        for file in (path, side_car_of(path)):
            try:
                state = file.stat()
                if not stat.S_ISREG(state.st_mode) or state.st_size > self._max_bytes:
                    return ""
                with file.open("rb") as source:
                    parts.append(hashlib.file_digest(source, "sha256").digest())
            except FileNotFoundError:
                if file == path:
                    return ""
            except OSError:
                return ""
        return fingerprint(*parts)


def _to_be_read(file: SourceFile, report_ids: tuple[str, ...]) -> SourceFile:
    """Return a file that the next run reads again, with what it is to be held for until then."""
    return file._replace(stamp="", digest="", report_ids=report_ids)


def read_into(
    store: EventStore,
    paths: Sequence[Path],
    settings: ReportsSettings,
    stage: Stage,
    *,
    is_mirror: bool = False,
    accept_withdrawals: bool = False,
    reread: bool = False,
) -> None:
    """Read reports into the store: new ones are added, corrected ones replace what they correct.

    Parameters
    ----------
    store, paths, settings
        Where to, from where, and how.
    stage
        Counts what is done.
    is_mirror
        Whether reports that the files held at an earlier run and no longer hold are withdrawn.
    accept_withdrawals
        Whether to withdraw however many it are.
    reread
        Whether to read files that are as they were.

    Raises
    ------
    InputError
        If more reports were to be withdrawn than ``settings.most_withdrawn`` allows; what was read is in the store.
    """
    memory = StoreMemory(store, settings, is_mirror=is_mirror, reread=reread)
    reader = read_reports(paths, settings=settings, memory=memory)
    known = set(store.states.ids())
    withdrawn = store.intake.withdrawals()
    for chunk in itertools.chain(in_batches(reader, _CHUNK), [[]]):
        # What a newer version of its page corrects stays withdrawn, however often it is read.
        new = [
            report
            for report in chunk
            if report.report_id not in known and not _is_corrected(report.report_id, withdrawn, known)
        ]
        if new or memory.pending:
            with store.transaction():
                back = store.intake.restore([one.report_id for one in new if one.report_id in withdrawn])
                for report in new:
                    if report.report_id not in back:
                        store.put_report(report)
                for report in new:
                    _correct(store, report)
                store.intake.put_files(memory.pending)
            memory.pending.clear()
        known.update(report.report_id for report in new)
        stage.seen += len(chunk)
        stage.done += len(new)
        stage.skipped += len(chunk) - len(new)
        stage.moved(stage.seen, 0)
    for skipped in reader.skipped:
        if skipped.why == NO_REPORT:
            stage.note(f"{skipped.where}: {skipped.why}")
    if reader.unknown_suffixes:
        told = ", ".join(f"{suffix} ({n})" for suffix, n in sorted(reader.unknown_suffixes.items())[:_N_NAMED])
        more = ", ..." if len(reader.unknown_suffixes) > _N_NAMED else ""
        n = reader.unknown_suffixes.total()
        stage.note(
            f"{n} file{'s' * (n > 1)} passed over, for no form of a report has the suffix: {told}{more}; "
            "convert or rename what is a report"
        )
    # Each by its name, for such a file may be a report.
    untold = [skipped.where for skipped in reader.skipped if skipped.why == UNTOLD]
    if untold:
        more = f" and {len(untold) - _N_NAMED} more" if len(untold) > _N_NAMED else ""
        stage.note(f"passed over, for they have no suffix and no known content: {', '.join(untold[:_N_NAMED])}{more}")
    stage.fail(reader.failures)
    stage.failed = reader.n_failed
    stage.seen += reader.n_failed + reader.n_duplicates + memory.n_unchanged
    stage.skipped += reader.n_duplicates + memory.n_unchanged
    settle(store, memory, paths, settings, stage, is_mirror=is_mirror, accept=accept_withdrawals)


def _correct(store: EventStore, report: Report) -> None:
    """Withdraw what a page said before or, if that is `report`, `report` itself.

    Only where every version of the page says when it was retrieved: of two texts of one address that do not, nobody can
    tell which came first.
    """
    if report.url is None or report.retrieved_at is None:
        return
    versions = [one for one in store.intake.versions_of(report.url) if one.source == report.source]
    if len(versions) < 2 or any(one.retrieved_at is None for one in versions):
        return
    *older, newest = sorted(versions, key=lambda one: (one.retrieved_at, one.report_id))
    for one in older:
        store.intake.withdraw(one.report_id, _CORRECTED, newest.report_id)


def _is_corrected(report_id: str, withdrawn: Mapping[str, tuple[str, str | None]], known: Collection[str]) -> bool:
    """Whether a report was corrected by one that counts, or by one that was itself corrected so, over any number of versions."""
    seen: set[str] = set()
    at: str | None = report_id
    while at is not None and at not in seen:
        seen.add(at)
        why, by = withdrawn.get(at, ("", None))
        if why != _CORRECTED:
            return False
        if by in known:
            return True
        at = by
    return False


def _is_gone(path: Path, roots: Sequence[Path]) -> bool:
    """Return whether a file is no more, or is in none of the places that are read; what cannot be looked at is not gone."""
    return not any(path == root or root in path.parents for root in roots) or _is_no_more(path)


def _is_no_more(path: Path) -> bool:
    """Return whether a file is no more; one that cannot be looked at may be."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _lies_under(path: str, folder: str) -> bool:
    """Return whether a file lies in a folder, or is it, by the names under which the store knows both."""
    steps = Path(folder).parts
    if set(steps) <= {os.pardir}:  # that of the store, or one around it
        farther_up = str(Path(*steps, os.pardir))
        return not path.startswith(farther_up) and not Path(path).is_absolute()
    return path == folder or path.startswith(folder + os.sep)
