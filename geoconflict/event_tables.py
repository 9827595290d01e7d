"""Any table of events as an event frame: CSV, JSON, files of points, lines and areas, frames, with columns of any name."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoconflict.errors import InputError
from geoconflict.frame_accessor import register_accessor
from geoconflict.frames import EVENT_COLUMNS
from geoconflict.geo import CRS
from geoconflict.interchange.datasets.adopting import kept_name, points
from geoconflict.interchange.datasets.faults import Faults, Faulty
from geoconflict.interchange.datasets.own_events import own_events
from geoconflict.interchange.datasets.tables import Given, Table, open_table, unpacked
from geoconflict.interchange.geopackage import is_exported_gpkg, read_exported_gpkg
from geoconflict.models import PlacePrecision, Status
from geoconflict.place_codes import USUAL_RADIUS_M
from geoconflict.render.any_frame import ROLES, event_frames
from geoconflict.render.dates_of import UnreadDayError
from geoconflict.vector_file import VECTOR_SUFFIXES, read_vector_file

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["TABLE_ROLES", "read_events"]

TABLE_ROLES: Final = (*ROLES, "lon", "lat", "wkt", "status")
"""What a column of a table may be named for."""
_USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "lon": ("lon", "longitude", "lng", "long", "x"),
    "lat": ("lat", "latitude", "y"),
    "wkt": ("geometry_wkt", "wkt", "geom_wkt", "geometry", "geom"),
}
_PREFIX: Final = "table"


def read_events(
    given: Given,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    *,
    encoding: str = "utf-8",
    faulty: Faulty = "refuse",
) -> gpd.GeoDataFrame:
    """Return events of any table as an event frame.

    Parameters
    ----------
    given
        A CSV, tab-separated or JSON file, also packed; GeoJSON, GeoPackage, GeoParquet or a Shapefile; or a frame. Files that
        geoconflict exported are read as what they are.
    columns
        What columns are called, by role (:data:`TABLE_ROLES`): ``{"date": "when", "lon": "x", "lat": "y"}``; of ``actors``
        also several. Roles that are not named are found by their usual names. A column of ``precision`` holds our own words
        (``town``, ``admin1``), or the codes of ACLED or UCDP under their own names.
    encoding
        Of a text file.
    faulty
        ``"refuse"``: raise with every fault named. ``"keep"``: leave open coordinates that are unusable and list them in
        ``attrs["faults"]``.

    Returns
    -------
    geopandas.GeoDataFrame
        With the columns of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326, and after them each column of the table as text
        (``table:when``). Rows without a place have no geometry. What the table does not say is ``unstated``: a point
        is a town only where a column of precision says so. ``attrs["is_own"]`` is true of what geoconflict exported.

    Raises
    ------
    InputError
        If the table cannot be read, a column is missing or ambiguous, or it has faulty rows and these are not to be kept.
    """
    origin = str(given) if isinstance(given, str | os.PathLike) else "the frame"
    roles = dict(columns or {})
    unknown = [role for role in roles if role not in TABLE_ROLES]
    if unknown:
        msg = f"columns: {unknown[0]!r} is no role; there are {', '.join(TABLE_ROLES)}"
        raise InputError(msg)
    faults = Faults(origin)
    frame = _spatial(given)
    table = open_table(given if frame is None else frame, (), (), faults=faults, encodings=(encoding,), kind="events")
    missing = [
        name
        for value in roles.values()
        for name in ([value] if isinstance(value, str) else value)
        if name not in table.columns
    ]
    if missing:
        msg = f"{origin}: no column {missing[0]!r}; the columns are {', '.join(table.columns)}"
        raise InputError(msg)
    is_own = set(EVENT_COLUMNS) - {"geometry"} <= set(table.columns)
    if frame is None:
        frame = _placed(table, {} if is_own else roles, faults, is_own=is_own)
    else:
        frame = _on_globe(frame, table, faults)
    if is_own:
        made = own_events(frame, table, faults)
    else:
        named = {role: name for role, name in roles.items() if role in ROLES}
        own_precision = str(named.pop("precision")) if _holds_our_precisions(table, roles.get("precision")) else ""
        try:
            made = _adapted(frame, table, named)
        except UnreadDayError as error:
            if not isinstance(given, str | os.PathLike):
                raise
            raise InputError(_unread_day(table, error)) from None
        except InputError as error:
            msg = f"{origin}: {str(error).removeprefix('events: ')}"
            raise InputError(msg) from None
        if own_precision:
            _set_precision(made, table.cells(own_precision))
        if "status" in roles:
            made["status"] = _statuses(table, str(roles["status"]), faults)
    register_accessor()
    made.attrs["faults"] = faults.settle(faulty)
    made.attrs["is_own"] = is_own
    made.attrs["notes"] = tuple(table.notes)
    made.attrs["n_unlocated"] = int((made.geometry.isna() | made.geometry.is_empty).sum())
    made.attrs["n_undated"] = int(made["ends_on"].isna().sum())
    return made


def _unread_day(table: Table, error: UnreadDayError) -> str:
    """Return what to say of a day in a file: where it stands, and what to write there."""
    cells = table.columns.get(error.column, [])
    places = (place for place, cell in zip(table.places, cells, strict=False) if (cell or "").strip() == error.cell)
    where = next(places, None)
    at = f" {where}:" if where else ""
    return f"{table.origin}:{at} column {error.column!r}: {error.what}; write all days like 2025-01-26, year first"


def _spatial(given: Given) -> Any:
    """Return a frame with a geometry, of such a frame or file; None for tables without one."""
    if not isinstance(given, str | os.PathLike):
        return given if getattr(given, "_geometry_column_name", None) in getattr(given, "columns", ()) else None
    path = Path(given)
    suffix = path.suffix.lower()
    if suffix not in VECTOR_SUFFIXES or (suffix == ".json" and not _is_geojson(path)):
        return None
    return read_exported_gpkg(path) if is_exported_gpkg(path) else read_vector_file(path)


def _is_geojson(path: Path) -> bool:
    """Whether a file holds features rather than rows."""
    try:
        told = json.loads(unpacked(path)[1])
    except (ValueError, RecursionError):
        return False  # whoever reads rows says what is wrong with it
    return isinstance(told, dict) and told.get("type") in ("FeatureCollection", "Feature")


def _placed(table: Table, roles: Mapping[str, Any], faults: Faults, *, is_own: bool) -> gpd.GeoDataFrame:
    """Return a table with the geometry that its columns of coordinates or of WKT make; empty cells of others are missing."""
    import geopandas as gpd
    import pandas as pd
    import shapely

    texts = {name: cells if is_own else [cell or None for cell in cells] for name, cells in table.columns.items()}
    frame = pd.DataFrame(texts, index=range(len(table)), dtype="str")
    found = {role: roles.get(role) or _usual(table, role) for role in _USUAL}
    if found["wkt"] and not roles.get("wkt") and found["lon"] and found["lat"]:
        # A column that is named like one of WKT may hold something else, or nothing.
        cells = [cell for cell in table.cells(found["wkt"]) if cell]
        if all(shape is None for shape in shapely.from_wkt(cells, on_invalid="ignore")):
            found["wkt"] = ""
    if roles.get("wkt") or (found["wkt"] and not (roles.get("lon") and roles.get("lat"))):
        shapes: list[Any] = []
        for place, text in zip(table.places, table.cells(found["wkt"]), strict=True):
            shape = shapely.from_wkt(text, on_invalid="ignore") if text else None
            if text and shape is None:
                faults.add(f"{found['wkt']} is no WKT", place, text, "write POINT (longitude latitude)")
            elif shape is not None and not _is_on_globe(shape):
                faults.add(f"{found['wkt']} is not on the globe", place, text, "WKT has longitude first, in degrees")
                shape = None
            shapes.append(shape)
    elif found["lon"] and found["lat"]:
        at = points(table, found["lon"], found["lat"], faults)
        shapes = [None if point is None else shapely.Point(point) for point in at]
    else:
        names = ", ".join(table.columns)
        msg = (
            f"{table.origin}: no columns of coordinates; name them, such as columns={{'lon': 'x', 'lat': 'y'}}; "
            f"the columns are {names}"
        )
        raise InputError(msg)
    return gpd.GeoDataFrame(frame.drop(columns="geometry", errors="ignore"), geometry=shapes, crs=CRS)


def _on_globe(frame: gpd.GeoDataFrame, table: Table, faults: Faults) -> gpd.GeoDataFrame:
    """Return a frame in EPSG:4326; what is not on the globe is a fault and has no geometry.

    A projection may map any number to some place: 1e12 metres of EPSG:3857 to the pole. So it must lead back to where it came from.
    """
    import numpy as np
    import shapely

    if frame.crs is None:
        return frame  # refused later on, as what it lacks is no matter of rows
    given, rows = shapely.get_coordinates(frame.geometry.to_numpy(), return_index=True)
    moved = frame.to_crs(CRS)
    lon, lat = shapely.get_coordinates(moved.geometry.to_numpy()).T
    is_sound = np.isfinite(given).all(axis=1) & np.isfinite(lon + lat) & (abs(lon) <= 180) & (abs(lat) <= 90)
    if frame.crs != moved.crs:
        back = shapely.get_coordinates(moved.geometry.to_crs(frame.crs).to_numpy())
        is_sound &= np.isclose(back, given, rtol=1e-6, atol=1e-6).all(axis=1)
    bad = np.unique(rows[~is_sound])
    for row in bad:
        text = shapely.to_wkt(frame.geometry.iloc[row])
        faults.add(
            "the geometry is not on the globe", table.places[row], text, f"give it within {CRS} or the CRS of the file"
        )
    if len(bad):
        shapes = moved.geometry.to_numpy().copy()
        shapes[bad] = None
        moved = moved.set_geometry(shapes, crs=CRS)
    return moved


def _is_on_globe(shape: Any) -> bool:
    import numpy as np
    import shapely

    lon, lat = shapely.get_coordinates(shape).T
    return bool(np.isfinite(lon + lat).all() and (abs(lon) <= 180).all() and (abs(lat) <= 90).all())


def _usual(table: Table, role: str) -> str:
    names = {name.casefold(): name for name in table.columns}
    return next((names[usual] for usual in _USUAL[role] if usual in names), "")


def _adapted(frame: gpd.GeoDataFrame, table: Table, roles: Mapping[str, Any]) -> gpd.GeoDataFrame:
    """Return the frame with our columns, in its own order, and its cells beside them."""
    import geopandas as gpd
    import numpy as np
    import pandas as pd

    nowhere = (frame.geometry.isna() | frame.geometry.is_empty).to_numpy()
    located, rest = event_frames(frame, None, roles)
    parts = [pd.DataFrame(located.drop(columns="geometry"))] + (
        [] if rest is None else [rest[list(located.columns.drop("geometry"))]]
    )
    order = np.argsort(np.concatenate([np.flatnonzero(~nowhere), np.flatnonzero(nowhere)]), kind="stable")
    plain = (
        pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
        .iloc[order]
        .reset_index(drop=True)
    )
    shapes = np.full(len(frame), None, object)
    shapes[~nowhere] = located.geometry.to_numpy()
    kept = pd.DataFrame(
        {kept_name(_PREFIX, name): cells for name, cells in table.columns.items()}, index=range(len(frame)), dtype="str"
    )
    return gpd.GeoDataFrame(pd.concat([plain, kept], axis=1), geometry=shapes, crs=CRS)


def _holds_our_precisions(table: Table, name: Any) -> bool:
    """Whether a column of precision holds our own words, rather than the codes of ACLED or UCDP."""
    cells = set(table.cells(name)) - {""} if isinstance(name, str) else set()
    return bool(cells) and cells <= set(PlacePrecision)


def _set_precision(frame: gpd.GeoDataFrame, cells: Sequence[str]) -> None:
    there = ~(frame.geometry.isna() | frame.geometry.is_empty)
    radius = [USUAL_RADIUS_M.get(cell, float("nan")) for cell in cells]
    frame["place_precision"] = [
        cell or "unstated" if is_there else "" for cell, is_there in zip(cells, there, strict=True)
    ]
    frame["radius_m"] = [metres if is_there else float("nan") for metres, is_there in zip(radius, there, strict=True)]


def _statuses(table: Table, name: str, faults: Faults) -> list[str]:
    known = {str(one) for one in Status}
    read = []
    for place, cell in zip(table.places, table.cells(name), strict=True):
        if cell and cell not in known:
            faults.add(
                f"{name} is none of {', '.join(sorted(known))}", place, cell, "write one of them, or leave it empty"
            )
        read.append(cell if cell in known else "unstated")
    return read
