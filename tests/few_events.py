"""A few made-up events as a frame: say what matters to a test, the rest is a sharp shelling told as fact."""

import geopandas as gpd
import shapely

from geoconflict.frames import EVENT_COLUMNS

_BASE = {
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "status": "occurred",
    "date_precision": "day",
    "date_basis": "stated",
    "place_name": "Town",
    "place_precision": "town",
    "radius_m": 2000.0,
    "country": "AZE",
    "n_sources": 1,
    "score": 0.9,
    "sources": "[]",
}


def few_events(*rows, crs="EPSG:4326"):
    """Return a frame; each row gives `id`, `day` or `days`, `at` (longitude, latitude) or a geometry, and any column."""
    filled = []
    for number, row in enumerate(rows):
        days = row.get("days", (row.get("day", "2020-10-01"),) * 2)
        at = row.get("at", (46.75, 39.82))
        own = {name: value for name, value in row.items() if name not in {"id", "day", "days", "at"}}
        killed = own.pop("killed", None)
        told = {f"killed_{bound}": killed for bound in ("low", "best", "high")}
        filled.append(
            _BASE
            | told
            | {
                "event_id": str(row.get("id", number)),
                "starts_on": days[0],
                "ends_on": days[1],
                "geometry": shapely.Point(*at) if isinstance(at, tuple) else at,
            }
            | own
        )
    columns = {
        name: [row.get(name, "" if kind == "str" else None) for row in filled]
        for name, (kind, _) in EVENT_COLUMNS.items()
    }
    frame = gpd.GeoDataFrame(columns, geometry="geometry", crs=crs)
    return frame.astype({name: kind for name, (kind, _) in EVENT_COLUMNS.items() if name != "geometry"})
