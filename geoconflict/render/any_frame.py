"""Any frame with a geometry and dates to the event frames that a map is drawn from.

Frames of ours are only set right (another CRS, time zones, rows without a geometry). Of others, columns are found by the
keyword that names them or by their usual names (``resources/maps/foreign_columns.toml``); what is ambiguous is asked for.
"""

from __future__ import annotations

import functools
import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoconflict.errors import InputError
from geoconflict.frames import EVENT_COLUMNS
from geoconflict.geo import CRS
from geoconflict.place_codes import PLACE_CODES, place_code
from geoconflict.render.dates_of import civil_days, days_of, looks_like_dates

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["ROLES", "event_frames"]

ROLES: Final = (
    "date", "end_date", "event_type", "sub_type", "name", "notes", "source", "url", "actors", "killed", "event_id",
    "admin1", "country", "precision",
)  # fmt: skip
"""What a column may be named for."""
_DATES: Final = ("starts_on", "ends_on")
NO_TYPE: Final = "Event"
UNSTATED: Final = "unstated"
"""How an event is told, and how precisely its spot is known, where a frame of others does not say."""


def event_frames(
    events: Any, unlocated: pd.DataFrame | None, columns: Mapping[str, str | Sequence[str] | None]
) -> tuple[gpd.GeoDataFrame, pd.DataFrame | None]:
    """Return located and unlocated events with the columns of :data:`geoconflict.frames.EVENT_COLUMNS`, EPSG:4326.

    Parameters
    ----------
    events
        A GeoDataFrame of ours, or any with a geometry and dates, in any CRS that it names. Rows without a geometry, or
        with an empty one, are added to the unlocated ones.
    unlocated
        Further events without a place, with our columns.
    columns
        Role (:data:`ROLES`) to the name of its column, for `actors` also several names; None where not said.

    Raises
    ------
    InputError
        If a column is missing, ambiguous or cannot be read, or if the frame has no CRS; with the repair.
    """
    import geopandas as gpd
    import pandas as pd

    if not isinstance(events, gpd.GeoDataFrame):
        msg = (
            "events: a map needs a GeoDataFrame; of columns with longitude and latitude make one with geopandas.GeoDataFrame"
            "(frame, geometry=geopandas.points_from_xy(frame['longitude'], frame['latitude']), crs='EPSG:4326')"
        )
        raise InputError(msg)
    frame = _with_geometry(events)
    given = {role: column for role, column in columns.items() if column is not None}
    if given or len(set(EVENT_COLUMNS) & set(frame.columns)) < len(EVENT_COLUMNS) / 2:
        frame = _adapted(frame, _found(frame, given))
    else:
        frame = _civil_dates(frame)
    nowhere = (frame.geometry.isna() | frame.geometry.is_empty).to_numpy()
    if not nowhere.any():
        return frame, unlocated
    lost = pd.DataFrame(frame[nowhere].drop(columns="geometry"))
    rest = [lost] if unlocated is None or unlocated.empty else [unlocated, lost]
    return frame[~nowhere].reset_index(drop=True), pd.concat(rest, ignore_index=True)


def _with_geometry(events: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the frame with its geometry in EPSG:4326, two-dimensional, in the column ``geometry``."""
    import shapely

    if (twice := events.columns[events.columns.duplicated()]).size:
        msg = f"events: several columns are named {twice[0]!r}; rename them so that each is meant by its name"
        raise InputError(msg)
    if events._geometry_column_name is None or events._geometry_column_name not in events.columns:  # noqa: SLF001 - no public way to ask
        msg = "events: the frame has no active geometry; choose one with frame.set_geometry('...')"
        raise InputError(msg)
    frame = events.reset_index(drop=True)
    if frame.geometry.name != "geometry":
        frame = frame.drop(columns="geometry", errors="ignore").rename_geometry("geometry")
    if frame.crs is None:
        if frame.geometry.isna().all():
            return frame.set_crs(CRS)
        msg = f"events: no CRS: call frame.set_crs({CRS!r}) if the coordinates are longitude and latitude in degrees"
        raise InputError(msg)
    if frame.crs.to_epsg() != int(CRS.removeprefix("EPSG:")):
        try:
            frame = frame.to_crs(CRS)
        except Exception as error:  # pyproj raises several kinds; each means that there is no way between the two
            msg = f"events: the CRS {events.crs.name} cannot be turned into {CRS}: {error}; call frame.to_crs({CRS!r}) yourself"
            raise InputError(msg) from error
        if not np.isfinite(shapely.get_coordinates(frame.geometry.array)).all():
            msg = f"events: some coordinates lie outside the CRS {events.crs.name}; check that it is the one they were made in"
            raise InputError(msg)
    if shapely.has_z(frame.geometry.array).any():
        frame = frame.set_geometry(shapely.force_2d(frame.geometry.array), crs=CRS)
    return frame


def _civil_dates(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a frame of ours whose times with a zone are days of that zone."""
    import pandas as pd

    zoned = [name for name in _DATES if name in frame.columns and isinstance(frame[name].dtype, pd.DatetimeTZDtype)]
    return frame.assign(**{name: civil_days(frame[name]) for name in zoned}) if zoned else frame


# ---------------------------------------------------------------- which column is what
@functools.cache
def _table() -> dict[str, Any]:
    text = (resources.files("geoconflict.resources") / "maps" / "foreign_columns.toml").read_text("utf-8")
    return tomllib.loads(text)


def _found(frame: gpd.GeoDataFrame, given: Mapping[str, str | Sequence[str]]) -> dict[str, Any]:
    """Return role to column: what the caller says, and else the first of the usual names that is there."""
    found: dict[str, Any] = dict(given)
    named = [column for value in given.values() for column in ([value] if isinstance(value, str) else value)]
    if missing := [column for column in named if column not in frame.columns]:
        msg = f"events: no column {missing[0]!r}; the columns are {_listed(frame)}"
        raise InputError(msg)
    free = {str(column).lower(): column for column in frame.columns if column != "geometry" and column not in named}
    if "date" not in found:
        found["date"] = _date_column(frame, list(free.values()))
    for role, usual in _table()["columns"].items():
        if role not in found and (
            there := [free[name] for name in usual if name in free and free[name] != found["date"]]
        ):
            found[role] = there[0]
    if "actors" not in found:
        found["actors"] = [free[name] for name in _table()["several"]["actors"] if name in free]
    # A column that was only guessed to hold ids holds none if they repeat.
    if "event_id" not in given and "event_id" in found and not frame[found["event_id"]].is_unique:
        del found["event_id"]
    return found


def _date_column(frame: gpd.GeoDataFrame, free: Sequence[Any]) -> Any:
    usual, ends = _table()["columns"]["date"], _table()["columns"]["end_date"]
    typed = [name for name in free if looks_like_dates(frame[name]) and str(name).lower() not in ends]
    named = [name for name in free if str(name).lower() in usual]
    choice = [name for name in typed if name in named] or typed or named
    if len(choice) == 1:
        return choice[0]
    if choice:
        names = " or ".join(repr(str(name)) for name in choice)
        msg = f"events: the date may be {names}; say which, for example EventMap(frame, date={str(choice[0])!r})"
    else:
        msg = f"events: no column of dates was found; name it, EventMap(frame, date='...'); the columns are {_listed(frame)}"
    raise InputError(msg)


def _listed(frame: gpd.GeoDataFrame) -> str:
    return ", ".join(str(name) for name in frame.columns if name != "geometry") or "none but the geometry"


# ---------------------------------------------------------------- our columns
def _adapted(frame: gpd.GeoDataFrame, found: Mapping[str, Any]) -> gpd.GeoDataFrame:
    import geopandas as gpd
    import pandas as pd
    import shapely

    n = len(frame)

    def texts(role: str, otherwise: str = "") -> pd.Series[Any]:
        return _strings(frame[found[role]], otherwise) if role in found else pd.Series([otherwise] * n, dtype="str")

    days = days_of(frame[found["date"]], str(found["date"]))
    last, precision = days.last, days.precision
    if "end_date" in found:
        until = days_of(frame[found["end_date"]], str(found["end_date"])).last
        longer = until > last
        last, precision = np.where(longer, until, last), np.where(longer, "range", precision)
    kinds = texts("event_type", NO_TYPE)
    names = [found["actors"]] if isinstance(found.get("actors"), str) else found.get("actors", [])
    actors = [
        "; ".join(dict.fromkeys(filter(None, row)))
        for row in zip(*(_strings(frame[name]).tolist() for name in names), strict=True)
    ] or [""] * n
    geometries = frame.geometry.to_numpy()
    points = shapely.get_coordinates(shapely.centroid(geometries)) if n else np.zeros((0, 2))
    there = ~(shapely.is_missing(geometries) | shapely.is_empty(geometries))
    at = iter(points.tolist())
    spots = [
        f"{lat:.4f}, {lon:.4f}" if is_there else ""
        for is_there in there
        for lon, lat in ([next(at)] if is_there else [(0, 0)])
    ]
    place_precision, radius = _precisions(frame, found.get("precision"), geometries)
    killed = _numbers(frame[found["killed"]], str(found["killed"])) if "killed" in found else None
    sources = _sources(texts("notes"), texts("source"), texts("url"))
    values: dict[str, Any] = {
        "event_id": _ids(frame, found.get("event_id")),
        "event_type": kinds,
        "sub_event_type": texts("sub_type").where(lambda text: text != "", kinds),
        "status": UNSTATED,
        "starts_on": days.first,
        "ends_on": last,
        "date_precision": np.where(np.isnat(days.first) & np.isnat(last), "unknown", precision),
        "date_basis": "stated",
        "place_id": ["xy:" + spot.replace(" ", "") if spot else "" for spot in spots],
        "place_name": texts("name"),
        "place_precision": np.where(there, place_precision, ""),
        "radius_m": np.where(there, radius, np.nan),
        "country": texts("country"),
        "admin1": texts("admin1"),
        "place_score": None,
        "actors": actors,
        **dict.fromkeys((f"killed_{bound}" for bound in ("low", "best", "high")), killed),
        "n_sources": np.array([int(told != "[]") for told in sources], np.int64),
        "score": 1.0,
        "sources": sources,
    }
    table = {
        name: values.get(name, "" if dtype == "str" else None)
        for name, (dtype, _) in EVENT_COLUMNS.items()
        if name != "geometry"
    }
    typed = pd.DataFrame(table, index=range(n)).astype({name: EVENT_COLUMNS[name][0] for name in table})
    return gpd.GeoDataFrame(typed, geometry=geometries, crs=CRS)


def _strings(values: pd.Series[Any], otherwise: str = "") -> pd.Series[Any]:
    """Return strings without spaces around them; `otherwise` where nothing stands."""
    texts = values.map(str, na_action="ignore").astype("string").fillna("").str.strip()
    return texts.where(texts != "", otherwise).astype("str").reset_index(drop=True)


def _numbers(values: pd.Series[Any], name: str) -> pd.Series[Any]:
    import pandas as pd

    numbers = pd.to_numeric(values, errors="coerce")
    bad = values[(numbers.isna() & values.notna()) | (numbers < 0) | (numbers % 1 > 0)]
    if len(bad):
        msg = f"events: column {name!r} holds {str(bad.iloc[0])[:60]!r}, which is no count of people; mend it or name another column"
        raise InputError(msg)
    return numbers.astype("Int64")


def _precisions(frame: gpd.GeoDataFrame, column: str | None, geometries: Any) -> tuple[Any, Any]:
    """Return our word for how precise each place is, and its radius in metres: of points only a code says it."""
    import shapely

    words = np.select(
        [np.isin(shapely.get_type_id(geometries), (1, 2, 5)), np.isin(shapely.get_type_id(geometries), (3, 6))],
        ["line", "area"],
        UNSTATED,
    ).astype(object)
    radius = np.zeros(len(frame))
    codes = PLACE_CODES.get(str(column).lower()) if column else None
    if codes is not None:
        told = [place_code(codes, cell) for cell in _strings(frame[column])]
        is_point = words == UNSTATED
        words = np.where(is_point, [one.precision for one in told], words)
        radius = np.where(is_point, [one.radius_m for one in told], radius)
    return words, radius


def _ids(frame: gpd.GeoDataFrame, column: Any) -> list[str]:
    """Return the ids of a column, or ids made of what stands in each row, which a later build gives it again."""
    import pandas as pd
    import shapely

    if column is not None:
        ids = _strings(frame[column])
        if (ids == "").any():
            msg = f"events: column {str(column)!r} lacks {int((ids == '').sum())} ids; fill them, or leave out event_id to have ids made"
            raise InputError(msg)
        twice = ids[ids.duplicated()]
        if len(twice):
            msg = (
                f"events: column {str(column)!r} holds {twice.nunique()} ids more than once, for example {twice.iloc[0][:60]!r}; "
                f"keep one row of each with frame.drop_duplicates({str(column)!r}), or leave out event_id to have ids made"
            )
            raise InputError(msg)
        return ids.tolist()
    others = [frame[name].astype("string").fillna("").tolist() for name in frame.columns if name != "geometry"]
    rows = zip(shapely.to_wkb(frame.geometry.to_numpy()), *others, strict=True)
    digests = [hashlib.sha256(json.dumps([(row[0] or b"").hex(), *row[1:]]).encode()).hexdigest() for row in rows]
    again = pd.Series(digests, dtype="str").groupby(digests).cumcount().tolist() if digests else []
    return [
        (hashlib.sha256(f"{digest} {k}".encode()).hexdigest() if k else digest)[:20]
        for digest, k in zip(digests, again, strict=True)
    ]


def _sources(notes: pd.Series[Any], source: pd.Series[Any], url: pd.Series[Any]) -> list[str]:
    """Return what each row tells as one version of its event; none where it tells nothing."""
    return [
        json.dumps(
            [{"report_id": f"{name} {address}", "source": name, "url": address, "quote": quote}], ensure_ascii=False
        )
        if quote or name or address
        else "[]"
        for quote, name, address in zip(notes, source, url, strict=True)
    ]
