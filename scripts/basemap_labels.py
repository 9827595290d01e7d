"""Names for the basemap: a row for each country, first-level region, lake and sea, with a place and a zoom level."""

from __future__ import annotations

import csv
import io
import math
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

__all__ = ["build_labels"]

OVERRIDES = Path(__file__).with_name("basemap_names.toml")

LABEL_WIDTH_PX = 72
"""A region is named from the zoom level at which a square of its area is this wide."""

LAKE_LABEL_WIDTH_PX = 48
"""The same of a lake, whose name may hang over its shores."""

LEAST_COUNTRY_ZOOM = 6.5
TILE_PX = 256
FIRST_REGION_ZOOM = 4
LAST_REGION_ZOOM = 10

Features = tuple[np.ndarray[Any, Any], dict[str, np.ndarray[Any, Any]]]


def build_labels(countries: Features, regions: Features, lakes: Features, seas: Sequence[dict[str, Any]]) -> bytes:
    """Return ``labels.csv``: kind, country, name, lon, lat, min_zoom; UTF-8, EPSG:4326 degrees, two decimals.

    Countries stand where Natural Earth puts their names, from the zoom level it gives them. A region stands in the
    middle of the largest circle within it, and so does a lake. ``basemap_names.toml`` replaces names that are outdated
    or mistaken. Seas are those of ``basemap_waters.toml``.
    """
    overrides = tomllib.loads(OVERRIDES.read_text("utf-8"))
    country_rows = _countries(countries, overrides)
    rows = [*country_rows, *_regions(regions, overrides, {(code, name) for _, code, name, *_ in country_rows})]
    rows += _lakes(lakes, overrides["lakes"], overrides["lake_words"])
    rows += [
        ("sea", "", sea["name"], *(f"{degrees:.2f}" for degrees in sea["at"]), f"{sea['zoom']:.1f}") for sea in seas
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["kind", "country", "name", "lon", "lat", "min_zoom"])
    writer.writerows(sorted(rows))
    return out.getvalue().encode("utf-8")


def _countries(countries: Features, overrides: dict[str, Any]) -> list[tuple[str, ...]]:
    _, fields = countries
    names = overrides["countries"]
    rows = []
    for code, kind, name, long_name, lon, lat, zoom in zip(
        *(fields[field] for field in ("ADM0_A3", "TYPE", "NAME", "NAME_LONG", "LABEL_X", "LABEL_Y", "MIN_LABEL")),
        strict=True,
    ):
        # Leased bases and empty corners that nobody or everybody claims are areas to the source, but no countries.
        if kind == "Lease" or (kind == "Indeterminate" and zoom >= LEAST_COUNTRY_ZOOM):
            continue
        shown = names.get(str(code), str(long_name if "." in str(name) else name))
        if shown:
            rows.append(("country", str(code), shown, f"{lon:.2f}", f"{lat:.2f}", f"{zoom:.1f}"))
    return rows


def _regions(regions: Features, overrides: dict[str, Any], taken: set[tuple[str, str]]) -> list[tuple[str, ...]]:
    geometries, fields = regions
    units_of: dict[str, int] = {}
    for code in fields["adm0_a3"]:
        units_of[str(code)] = units_of.get(str(code), 0) + 1
    rows = []
    for geometry, code, name, other_name in zip(
        geometries, *(fields[field] for field in ("adm0_a3", "name", "gn_name")), strict=True
    ):
        names = overrides["regions"].get(str(code), {})
        shown = names.get(str(other_name), names.get(str(name), name))
        if not shown or (str(code), str(shown)) in taken or units_of[str(code)] == 1:
            continue
        parts = shapely.get_parts(geometry)
        largest = parts[np.argmax(shapely.area(parts))]
        centre = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.01), 0)
        lon, lat = shapely.get_x(centre), shapely.get_y(centre)
        zoom = _zoom(largest, lat, LABEL_WIDTH_PX)
        rows.append(("admin1", str(code), str(shown), f"{lon:.2f}", f"{lat:.2f}", f"{zoom:.1f}"))
    return rows


def _lakes(lakes: Features, names: dict[str, str], words: dict[str, str]) -> list[tuple[str, ...]]:
    geometries, fields = lakes
    rows = []
    for geometry, name in zip(geometries, fields["name"], strict=True):
        if not name:
            continue
        parts = shapely.get_parts(geometry)
        largest = parts[np.argmax(shapely.area(parts))]
        centre = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.01), 0)
        lon, lat = shapely.get_x(centre), shapely.get_y(centre)
        zoom = _zoom(largest, lat, LAKE_LABEL_WIDTH_PX)
        first, _, rest = str(name).partition(" ")
        shown = names.get(str(name), f"{words.get(first, first)} {rest}".strip())
        rows.append(("lake", "", shown, f"{lon:.2f}", f"{lat:.2f}", f"{zoom:.1f}"))
    return rows


def _zoom(area: shapely.Polygon, lat: float, width_px: int) -> int:
    """Return the Web Mercator zoom level at which the area is wide enough to bear its name."""
    # Mercator stretches a degree of latitude by 1 / cos(lat) against a degree of longitude.
    side_deg = math.sqrt(shapely.area(area) / max(0.1, math.cos(math.radians(lat))))
    zoom = math.ceil(math.log2(width_px * 360 / (TILE_PX * side_deg)))
    return min(LAST_REGION_ZOOM, max(FIRST_REGION_ZOOM, zoom))
