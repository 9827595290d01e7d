"""A user's own tables of places, lines and areas, copied beside the installed ones and used by every later run."""

from __future__ import annotations

import dataclasses
import datetime as dt
import shutil
from collections.abc import Collection
from pathlib import Path

from geoconflict.atomic import replacing
from geoconflict.errors import InputError
from geoconflict.places.gazetteer_tables import read_tables, repeated_ids
from geoconflict.places.installed import AddedFile, Installed, sha256_of
from geoconflict.places.installing.fetching import instant
from geoconflict.places.installing.one_writer import one_writer

__all__ = ["add_table", "remove_table"]

_N_SHOWN = 20


def add_table(folder: Path, path: Path, *, credit: str = "", now: dt.datetime) -> Installed:
    """Copy a CSV or GeoJSON file into the data folder, in place of one of the same name, and note it in the manifest.

    Parameters
    ----------
    folder
        Of installed places; made when absent.
    path
        The file; its columns are those of ``places.extra``.
    credit
        What maps and exports must say for it.
    now
        The instant that the manifest notes.

    Raises
    ------
    InputError
        If a row cannot be used (all bad ones are named, by file and line; nothing is added then), the file holds no
        place, or one of its ids is that of another added file.
    GazetteerError
        If another process is at work in the folder, or its manifest cannot be used.
    """
    with one_writer(folder):
        return _add(Installed.load(folder), path, credit, now)


def _add(installed: Installed, path: Path, credit: str, now: dt.datetime) -> Installed:
    bad: list[str] = []
    ids = [entry.place_id for entry in read_tables(path, "user", bad=bad)]
    bad += [f"{path}: the place_id {one.partition(':')[2]!r} comes twice" for one in repeated_ids(ids)]
    for other in installed.added:
        if other.name != path.name:
            shared = [one.partition(":")[2] for one in sorted(_ids_of(installed, other) & set(ids))]
            bad += [f"{path}: {other.name}, added before, has the place_id {one!r} too" for one in shared]
    if bad:
        more = f"\n... and {len(bad) - _N_SHOWN} more" if len(bad) > _N_SHOWN else ""
        msg = "nothing was added; correct these rows:\n" + "\n".join(bad[:_N_SHOWN]) + more
        raise InputError(msg)
    if not ids:
        msg = f"{path}: holds no place"
        raise InputError(msg)
    folder = installed.folder / "added"
    folder.mkdir(exist_ok=True)
    digest = sha256_of(path)
    target = folder / f"{digest[:16]}-{path.name}"
    with replacing(target) as temporary:
        shutil.copyfile(path, temporary)
    note = AddedFile(
        name=path.name,
        path=f"added/{target.name}",
        n_bytes=target.stat().st_size,
        sha256=digest,
        n_places=len(ids),
        added_at=instant(now),
        credit=credit,
    )
    others = [one for one in installed.added if one.name != path.name]
    after = dataclasses.replace(installed, added=tuple(sorted([*others, note], key=lambda one: one.name)))
    after.save()
    _tidy(after, {one.path for one in installed.added})  # a run that read the manifest before opens the old copy yet
    return after


def _ids_of(installed: Installed, other: AddedFile) -> set[str]:
    """Return the place ids of an added file; none of a damaged one, which is compared when it is added again."""
    try:
        return {entry.place_id for entry in read_tables(installed.folder / other.path, "user")}
    except InputError:
        return set()


def _tidy(installed: Installed, before: Collection[str] = ()) -> None:
    """Delete the copies that neither the manifest names nor is in `before`."""
    named = {*before, *(one.path for one in installed.added)}
    for path in (installed.folder / "added").glob("*"):
        if f"added/{path.name}" not in named:
            path.unlink(missing_ok=True)


def remove_table(folder: Path, name: str) -> Installed:
    """Leave an added file out, and delete the copy.

    Raises
    ------
    InputError
        If none of that name was added.
    GazetteerError
        As :func:`add_table`.
    """
    with one_writer(folder):
        return _remove(Installed.load(folder), name)


def _remove(installed: Installed, name: str) -> Installed:
    note = next((one for one in installed.added if one.name == name), None)
    if note is None:
        there = ", ".join(one.name for one in installed.added) or "none"
        msg = f"{name}: not among the added files; they are: {there}"
        raise InputError(msg)
    after = dataclasses.replace(installed, added=tuple(one for one in installed.added if one.name != name))
    after.save()
    _tidy(after)
    return after
