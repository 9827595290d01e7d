"""A user's own tables of places, lines and areas, copied beside the installed ones and used by every later run."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import math
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from geoconflict.atomic import replacing
from geoconflict.errors import InputError
from geoconflict.places.gazetteer_shapes import MOST_VERTICES, lighter
from geoconflict.places.gazetteer_tables import COLUMNS, TableRow, read_tables, repeated_ids
from geoconflict.places.installed import AddedFile, Installed, sha256_of
from geoconflict.places.installing.fetching import instant
from geoconflict.places.installing.one_writer import one_writer

__all__ = ["add_table", "remove_table"]

_N_SHOWN = 20


def add_table(folder: Path, path: Path, *, credit: str = "", now: dt.datetime) -> Installed:
    """Copy a CSV or GeoJSON file into the data folder, in place of one of the same name, and note it in the manifest.

    A line or an area of more than :data:`~geoconflict.places.gazetteer_shapes.MOST_VERTICES` vertices is kept whole in the
    copy; runs read it simplified, and the manifest says how far.

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
    rows = list(read_tables(path, "user", bad=bad))
    bad += repeated_ids((row.where, row.entry.place_id) for row in rows)
    for other in installed.added:
        if other.name != path.name:
            theirs = _ids_of(installed, other)
            bad += [
                f"{row.where}: {other.name}, added before, has the place_id {row.entry.place_id.partition(':')[2]!r} too"
                for row in rows
                if row.entry.place_id in theirs
            ]
    if bad:
        more = f"\n... and {len(bad) - _N_SHOWN} more" if len(bad) > _N_SHOWN else ""
        msg = "nothing was added; correct these rows:\n" + "\n".join(bad[:_N_SHOWN]) + more
        raise InputError(msg)
    if not rows:
        msg = f"{path}: holds no place"
        raise InputError(msg)
    folder = installed.folder / "added"
    folder.mkdir(exist_ok=True)
    digest = sha256_of(path)
    target = folder / f"{digest[:16]}-{path.name}"
    with replacing(target) as temporary:
        shutil.copyfile(path, temporary)
    used = _write_lighter(folder / f"{digest[:16]}-{path.name}.used.csv", rows)
    note = AddedFile(
        name=path.name,
        path=f"added/{target.name}",
        n_bytes=target.stat().st_size,
        sha256=digest,
        n_places=len(rows),
        added_at=instant(now),
        credit=credit,
        used_path=f"added/{used.path.name}" if used else "",
        used_sha256=sha256_of(used.path) if used else "",
        simplified=used.simplified if used else {},
    )
    others = [one for one in installed.added if one.name != path.name]
    after = dataclasses.replace(installed, added=tuple(sorted([*others, note], key=lambda one: one.name)))
    after.save()
    _tidy(after, _paths(installed))  # a run that read the manifest before opens the old copy yet
    return after


def _ids_of(installed: Installed, other: AddedFile) -> set[str]:
    """Return the place ids of an added file; none of a damaged one, which is compared when it is added again."""
    try:
        path = installed.folder / (other.used_path or other.path)
        return {row.entry.place_id for row in read_tables(path, "user")}
    except InputError:
        return set()


class _Used(NamedTuple):
    """A table that was written, and what it says otherwise than the user's."""

    path: Path
    simplified: dict[str, tuple[int, int, int]]


def _write_lighter(path: Path, rows: Sequence[TableRow]) -> _Used | None:
    """Write a table of the same places whose lines and areas have few vertices; None where all of them have few.

    Point and radius stay those of the whole geometry.
    """
    simplified: dict[str, tuple[int, int, int]] = {}
    cells = []
    for row in rows:
        entry = row.entry
        own = {name: row.cells.get(name) for name in COLUMNS}
        wkt = entry.detail.get("geometry", "")
        n_vertices = wkt.count(",") + 1
        if n_vertices > MOST_VERTICES and not wkt.startswith(("POINT", "MULTIPOINT")):
            wkt, moved_m = lighter(wkt)
            simplified[entry.place_id] = (n_vertices, wkt.count(",") + 1, math.ceil(moved_m))
            own |= {"lon": entry.lon, "lat": entry.lat, "radius_km": entry.radius_m / 1000}
        cells.append({**own, "geometry": wkt})
    if not simplified:
        return None
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(cells)
    return _Used(path, simplified)


def _paths(installed: Installed) -> set[str]:
    return {path for one in installed.added for path in (one.path, one.used_path) if path}


def _tidy(installed: Installed, before: Collection[str] = ()) -> None:
    """Delete the copies that neither the manifest names nor is in `before`."""
    named = {*before, *_paths(installed)}
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
