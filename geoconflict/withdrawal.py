"""What becomes of reports that their files no longer hold: replaced, kept and told, or withdrawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geoconflict.errors import InputError
from geoconflict.settings import ReportsSettings
from geoconflict.stage import Stage
from geoconflict.store import EventStore, SourceFile, UnreadFile

if TYPE_CHECKING:
    from geoconflict.intake import StoreMemory

__all__ = ["VANISHED", "FileChange", "settle", "too_many"]

_FEW = 10
"""So many reports may be withdrawn at once without a question."""
VANISHED = "vanished"
"""The stamp of a file that was found to be no more, and was told of."""
_N_NAMED = 3
_GONE = "no longer in the files"
_REPLACED = "replaced in its file"
_KEPT = "no longer found in a file of which something cannot be read"


class FileChange(NamedTuple):
    """What has left a file since it was read before."""

    path: str
    before: tuple[str, ...]
    now: tuple[str, ...]
    went: tuple[str, ...]
    """What was there before and is not now."""
    has_failures: bool
    """Whether something of the file could not be read: what went may only be hidden."""


def settle(
    store: EventStore,
    memory: StoreMemory,
    paths: Sequence[Path],
    settings: ReportsSettings,
    stage: Stage,
    *,
    is_mirror: bool,
    accept: bool,
) -> None:
    """Decide what becomes of reports that their files no longer hold: replaced, kept and told, or withdrawn."""
    replaced: dict[str, str] = {}
    kept: dict[str, tuple[str, ...]] = {}
    for change in memory.changes():
        pairs = _replacements(store, change, settings)
        memory.let_go(change.path, pairs)
        replaced.update(pairs)
        if change.has_failures and is_mirror:
            kept[change.path] = tuple(one for one in store.intake.external_ids(change.went) if one not in pairs)
    gone = memory.gone_files(paths) if is_mirror else []
    held = memory.held(gone)
    replaced = {old: new for old, new in replaced.items() if old not in held}
    if replaced or memory.read:
        with store.transaction():
            for old, new in replaced.items():
                store.intake.withdraw(old, _REPLACED, new)
            _tell_unread(store, memory, kept, stage)
            if not is_mirror:
                store.intake.put_files(memory.not_withdrawn(path) for path in memory.read)
    before = store.intake.unread()
    again = [path for path in memory.found_again(before, paths) if not before[path].kept]
    if memory.not_found or again:
        with store.transaction():
            store.intake.put_unread((UnreadFile(path, 1, ()) for path in memory.not_found), again)
    if is_mirror:
        _withdraw_missing(store, memory, gone, settings, accept=accept)
    elif settings.withdraw_missing:
        _tell_vanished(store, memory, paths, stage)


def _tell_vanished(store: EventStore, memory: StoreMemory, paths: Sequence[Path], stage: Stage) -> None:
    """Tell once of each file that is no more whose reports count until a build takes them back."""
    gone = memory.vanished(paths)
    held = memory.held(gone)
    told = [(file, set(store.intake.external_ids(one for one in file.report_ids if one not in held))) for file in gone]
    for are_mirrored, what_next in (
        (True, "the next `geoconflict build` withdraws what is gone"),
        (False, "no build has read them, and none withdraws them"),
    ):
        left = [(file.path, report_ids) for file, report_ids in told if file.is_mirrored is are_mirrored and report_ids]
        if left:
            names = ", ".join(sorted(path for path, _ in left)[:_N_NAMED])
            more = f" and {len(left) - _N_NAMED} more" if len(left) > _N_NAMED else ""
            n = len(set().union(*(report_ids for _, report_ids in left)))
            stage.note(
                f"no longer there: {names}{more}; {n} report{'s' * (n != 1)} of {'it' if len(left) == 1 else 'them'} still count{'s' * (n == 1)}: {what_next}"
            )
    if gone:
        with store.transaction():
            store.intake.put_files(file._replace(stamp=VANISHED) for file in gone)


def _replacements(store: EventStore, change: FileChange, settings: ReportsSettings) -> dict[str, str]:
    """Return which reports of a file were corrected in it, each with the one that stands in its place.

    A report is corrected by the one of the same id, if the file gives that id to no other; the only report of a file by the
    one that is its only one now, unless files are filled anew each day.
    """
    own_ids = store.intake.external_ids((*change.went, *change.now))
    went = Counter(own_ids.get(one) for one in change.went)
    now = Counter(own_ids.get(one) for one in change.now)
    by_id = {own_ids[one]: one for one in change.now if own_ids.get(one)}
    pairs = {
        one: by_id[own_id] for one in change.went if (own_id := own_ids.get(one)) and went[own_id] == now[own_id] == 1
    }
    if pairs or change.has_failures or not settings.withdraw_missing or not len(change.now) == len(change.went) == 1:
        return pairs
    (old,), (new,) = change.went, change.now
    # What a run that was stopped had read stands before what the file held earlier.
    is_only = change.before in ((old,), (new, old))
    return {old: new} if is_only and not (own_ids.get(old) and own_ids.get(new)) else {}


def _tell_unread(store: EventStore, memory: StoreMemory, kept: Mapping[str, Sequence[str]], stage: Stage) -> None:
    """Tell which reports stay though their lines are gone, and which ids stand twice; keep what could not be read."""
    before = store.intake.unread()
    for path, report_ids in kept.items():
        earlier = before[path].kept if path in before else ()
        for report_id in report_ids:
            if report_id not in earlier:
                store.intake.note("report kept", report_id, note=f"{_KEPT}: {path}")
        if report_ids:
            n = len(report_ids)
            stage.note(
                f"{path}: {n} report{'s' * (n != 1)} no longer found in it still count{'s' * (n == 1)}, for something of it "
                "cannot be read and may hide them; mend what failed"
            )
    for path, n_same in memory.n_same_id.items():
        if n_same:
            stage.note(
                f"{path}: {n_same} report{'s' * (n_same != 1)} with an id that another text in it has; all count: remove the "
                "lines that were corrected"
            )
    files = [
        UnreadFile(path, n, tuple(kept[path] if path in kept else before[path].kept if path in before else ()))
        for path, n in memory.n_failed.items()
        if n
    ]
    mended = [path for path, n in memory.n_failed.items() if not n]
    store.intake.put_unread(files, mended)


def _withdraw_missing(
    store: EventStore, memory: StoreMemory, gone: Sequence[SourceFile], settings: ReportsSettings, *, accept: bool
) -> None:
    missing = memory.missing(gone)
    n_before = memory.n_mirrored()
    there = store.intake.external_ids(missing)
    missing = {one: file for one, file in missing.items() if one in there}  # what was replaced counts no more
    if too_many(len(missing), n_before, settings) and not accept:
        examples = ", ".join(sorted({file.path for file in missing.values()})[:3])
        msg = (
            f"{len(missing)} of {n_before} reports are no longer in the files ({examples}), more than reports.most_withdrawn allows; "
            "none of them was withdrawn. If they are really gone, run `geoconflict build --accept-withdrawals`; if files are "
            "emptied once they are read, set reports.withdraw_missing = false"
        )
        raise InputError(msg)
    if not (missing or gone or memory.read):
        return
    with store.transaction():
        for report_id, file in missing.items():
            successor = _successor(store, report_id, memory.read.get(file.path), file)
            store.intake.withdraw(report_id, _GONE if successor is None else _REPLACED, successor)
        store.intake.put_files(memory.read.values())
        store.intake.forget_files(file.path for file in gone)
        store.intake.put_unread((), [file.path for file in gone])


def too_many(n_missing: int, n_before: int, settings: ReportsSettings) -> bool:
    """Whether so many reports are gone that a build asks before it withdraws them."""
    return n_missing > max(_FEW, settings.most_withdrawn * n_before)


def _successor(store: EventStore, report_id: str, now: SourceFile | None, before: SourceFile) -> str | None:
    """Return the report that stands in a file in place of one that it held: of the same id or address, or its only one."""
    if now is None:
        return None
    came = [one for one in now.report_ids if one not in before.report_ids]
    went = [one for one in before.report_ids if one not in now.report_ids]
    if len(came) == len(went) == 1:
        return came[0]
    old = next((stored.report for stored in store.reports([report_id])), None)
    if old is None:
        return None
    for stored in store.reports(came):
        new = stored.report
        if (old.external_id and old.external_id == new.external_id) or (old.url and old.url == new.url):
            return new.report_id
    return None
