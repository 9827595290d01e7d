"""Events of a file on disk, for comparing: a store, or a table or layer with our columns or with usual ones of other data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoconflict.errors import InputError
from geoconflict.frames import EVENT_COLUMNS
from geoconflict.geo import CRS
from geoconflict.vector_file import read_vector_file

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["STORE_SUFFIXES", "read_events"]

STORE_SUFFIXES: Final = (".sqlite", ".db")
_LON: Final = ("lon", "longitude", "x")
_LAT: Final = ("lat", "latitude", "y")


def read_events(path: Path) -> tuple[gpd.GeoDataFrame, int]:
    """Return the located events of a file with the columns of :data:`geoconflict.EVENT_COLUMNS`, and how many have no place.

    Parameters
    ----------
    path
        An event store (``.sqlite``, ``.db``), a layer (GeoJSON, GeoPackage, GeoParquet, Shapefile), or a ``.csv`` with longitude
        and latitude. Columns of other data are found by their usual names, as maps find them.

    Raises
    ------
    InputError
        If the file cannot be read or has neither places nor dates.
    """
    from geoconflict.render.any_frame import event_frames

    if path.suffix.lower() in STORE_SUFFIXES:
        return _of_store(path)
    frame = _table(path) if path.suffix.lower() == ".csv" else read_vector_file(path)
    try:
        located, unlocated = event_frames(_with_our_dtypes(frame), None, {})
    except InputError as error:
        msg = f"{path}: {error}"
        raise InputError(msg) from error
    return located, 0 if unlocated is None else len(unlocated)


def _of_store(path: Path) -> tuple[gpd.GeoDataFrame, int]:
    from geoconflict.store import EventStore

    with EventStore(path, read_only=True) as store, store.snapshot():
        return store.events(), len(store.unlocated())


def _table(path: Path) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd

    if not path.is_file():
        msg = f"{path}: there is no such file"
        raise InputError(msg)
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""])
    except (ValueError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read as a table: {error}; save it as CSV in UTF-8"
        raise InputError(msg) from error
    by_name = {str(name).lower(): name for name in table.columns}
    lon, lat = (next((by_name[name] for name in names if name in by_name), None) for names in (_LON, _LAT))
    if lon is None or lat is None:
        msg = f"{path}: no columns longitude and latitude; the columns are {', '.join(map(str, table.columns))}"
        raise InputError(msg)
    x, y = (pd.to_numeric(table[name], errors="coerce") for name in (lon, lat))
    points = gpd.GeoSeries.from_xy(x, y, crs=CRS).where((x.notna() & y.notna()).to_numpy(), None)
    return gpd.GeoDataFrame(table.drop(columns=[lon, lat]), geometry=points, crs=CRS)


def _with_our_dtypes(frame: Any) -> Any:
    """Return a frame of ours with the dtypes that its file could not hold; others as they are."""
    import pandas as pd

    plain = {name: kind for name, (kind, _) in EVENT_COLUMNS.items() if name != "geometry" and name in frame.columns}
    if len(plain) < len(EVENT_COLUMNS) / 2:
        return frame
    made = {}
    for name, kind in plain.items():
        values = frame[name]
        if kind == "str":
            made[name] = values.astype("object").where(values.notna(), "").astype(str).astype("str")
        elif kind.startswith("datetime"):
            made[name] = pd.to_datetime(values, errors="coerce", format="ISO8601").astype(kind)
        else:
            made[name] = pd.to_numeric(values, errors="coerce").astype(kind)
    return frame.assign(**made)
