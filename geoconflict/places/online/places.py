"""What online services answer, as places. One function a service; each takes one raw result and checks it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from geoconflict.geo import distance_m
from geoconflict.models import Place, PlacePrecision
from geoconflict.place_codes import USUAL_RADIUS_M
from geoconflict.places.countries import country_code, country_of_alpha2
from geoconflict.places.online.known import SERVICES

__all__ = ["READERS", "place_from_arcgis", "place_from_geonames", "place_from_nominatim", "place_from_photon"]

_OSM_SOURCE = "OpenStreetMap (ODbL 1.0)"
_MOST_PEOPLE = 4_000_000_000

_OSM_KINDS: Mapping[str, tuple[str, PlacePrecision]] = {
    "country": ("country", PlacePrecision.COUNTRY),
    "state": ("admin1", PlacePrecision.ADMIN1),
    "region": ("admin1", PlacePrecision.ADMIN1),
    "province": ("admin1", PlacePrecision.ADMIN1),
    "state_district": ("admin2", PlacePrecision.ADMIN2),
    "county": ("admin2", PlacePrecision.ADMIN2),
    "district": ("admin2", PlacePrecision.ADMIN2),
    "municipality": ("admin2", PlacePrecision.ADMIN2),
    "city": ("settlement", PlacePrecision.TOWN),
    "town": ("settlement", PlacePrecision.TOWN),
    "village": ("settlement", PlacePrecision.TOWN),
    "hamlet": ("settlement", PlacePrecision.TOWN),
    "isolated_dwelling": ("settlement", PlacePrecision.TOWN),
    "locality": ("settlement", PlacePrecision.TOWN),
    "suburb": ("settlement", PlacePrecision.TOWN),
    "neighbourhood": ("settlement", PlacePrecision.TOWN),
    "quarter": ("settlement", PlacePrecision.TOWN),
    "borough": ("settlement", PlacePrecision.TOWN),
    "island": ("area", PlacePrecision.AREA),
    "archipelago": ("area", PlacePrecision.AREA),
    "sea": ("water", PlacePrecision.SEA),
    "ocean": ("water", PlacePrecision.SEA),
}
_OSM_CLASSES: Mapping[str, tuple[str, PlacePrecision]] = {
    "place": ("settlement", PlacePrecision.TOWN),
    "boundary": ("admin2", PlacePrecision.ADMIN2),
    "water": ("water", PlacePrecision.AREA),
    "waterway": ("water", PlacePrecision.AREA),
    "natural": ("landmark", PlacePrecision.AREA),
    "mountain_pass": ("landmark", PlacePrecision.EXACT),
    "military": ("landmark", PlacePrecision.EXACT),
    "aeroway": ("landmark", PlacePrecision.EXACT),
    "historic": ("landmark", PlacePrecision.EXACT),
    "man_made": ("landmark", PlacePrecision.EXACT),
}
"""What news name. A shop, a street or an office of the name is not the place that a report means."""


def _place(
    *,
    place_id: str,
    name: str,
    lon: Any,
    lat: Any,
    kind: str,
    precision: PlacePrecision,
    country: str | None,
    admin1: str | None,
    source: str,
    radius_m: float | None = None,
    population: int = 0,
) -> Place:
    x, y = float(lon), float(lat)
    if not (math.isfinite(x) and math.isfinite(y) and -180 <= x <= 180 and -90 <= y <= 90 and name):
        msg = "a result without a name or with impossible coordinates"
        raise ValueError(msg)
    f"{place_id}{name}{admin1}".encode()  # JSON can hold half a surrogate pair, which no file can: a ValueError
    return Place(
        place_id=place_id,
        name=name,
        lon=x,
        lat=y,
        geometry=f"POINT ({x!r} {y!r})",
        kind=kind,
        precision=precision,
        radius_m=radius_m or USUAL_RADIUS_M[precision],
        country=country,
        admin1=admin1 or None,
        population=population,
        source=source,
    )


def _osm_kind(osm_class: str, *types: str) -> tuple[str, PlacePrecision] | None:
    if osm_class not in _OSM_CLASSES:
        return None
    return next((_OSM_KINDS[one] for one in types if one in _OSM_KINDS), _OSM_CLASSES[osm_class])


def _half_extent_m(west: float, south: float, east: float, north: float) -> float | None:
    half = distance_m(west, south, east, north) / 2
    return half if 0 < half < 5_000_000 else None


def place_from_nominatim(raw: Mapping[str, Any]) -> Place | None:
    """Return the place of one element of Nominatim's ``format=json`` array, or None when it is no place that news name.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it is not in Nominatim's format.
    """
    address = raw.get("address") or {}
    found = _osm_kind(str(raw.get("class") or raw.get("category")), str(raw.get("addresstype")), str(raw.get("type")))
    if found is None:
        return None
    kind, precision = found
    box = raw.get("boundingbox")  # south, north, west, east, as strings
    radius = None
    if box and precision is not PlacePrecision.EXACT:
        south, north, west, east = (float(number) for number in box)
        radius = _half_extent_m(west, south, east, north)
    name = raw.get("name") or str(raw["display_name"]).split(",")[0].strip()
    return _place(
        place_id=f"osm:{raw['osm_type']}/{raw['osm_id']}" if "osm_id" in raw else f"nominatim:{raw['place_id']}",
        name=str(name),
        lon=raw["lon"],
        lat=raw["lat"],
        kind=kind,
        precision=precision,
        country=country_of_alpha2(str(address.get("country_code") or "")),
        admin1=address.get("state") or address.get("region") or address.get("province"),
        source=f"{_OSM_SOURCE} {SERVICES['nominatim'].source}",
        radius_m=radius,
    )


def place_from_photon(raw: Mapping[str, Any]) -> Place | None:
    """Return the place of one feature of Photon's GeoJSON, or None when it is no place that news name.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it is not in Photon's format.
    """
    properties = raw["properties"]
    found = _osm_kind(str(properties.get("osm_key")), str(properties.get("osm_value")), str(properties.get("type")))
    if found is None or not properties.get("name"):
        return None
    kind, precision = found
    lon, lat = raw["geometry"]["coordinates"][:2]
    extent = properties.get("extent")  # west, north, east, south
    radius = None
    if extent and precision is not PlacePrecision.EXACT:
        west, north, east, south = (float(number) for number in extent)
        radius = _half_extent_m(west, south, east, north)
    osm_type = {"N": "node", "W": "way", "R": "relation"}[str(properties["osm_type"])]
    return _place(
        place_id=f"osm:{osm_type}/{properties['osm_id']}",
        name=str(properties["name"]),
        lon=lon,
        lat=lat,
        kind=kind,
        precision=precision,
        country=country_of_alpha2(str(properties.get("countrycode") or "")),
        admin1=properties.get("state"),
        source=f"{_OSM_SOURCE} {SERVICES['photon'].source}",
        radius_m=radius,
    )


def place_from_geonames(raw: Mapping[str, Any]) -> Place | None:
    """Return the place of one element of GeoNames' ``searchJSON``, or None when it is no place that news name.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it is not in GeoNames' format.
    """
    feature_class, code = str(raw.get("fcl") or ""), str(raw.get("fcode") or "")
    if feature_class == "A":
        if code.startswith("PCL"):
            kind, precision = "country", PlacePrecision.COUNTRY
        elif code.startswith("ADM1"):
            kind, precision = "admin1", PlacePrecision.ADMIN1
        else:
            kind, precision = "admin2", PlacePrecision.ADMIN2
    elif feature_class == "P":
        kind, precision = "settlement", PlacePrecision.TOWN
    elif feature_class == "H":
        kind = "water"
        precision = PlacePrecision.SEA if code in ("SEA", "OCN") else PlacePrecision.AREA
    elif feature_class == "L":
        kind, precision = "area", PlacePrecision.AREA
    elif feature_class == "T" or (feature_class == "S" and code in ("AIRB", "AIRP", "INSM", "DAM", "BDG", "CMPRF")):
        kind, precision = "landmark", PlacePrecision.EXACT
    else:
        return None
    return _place(
        place_id=f"geonames:{int(raw['geonameId'])}",
        name=str(raw.get("name") or raw["toponymName"]),
        lon=raw["lng"],
        lat=raw["lat"],
        kind=kind,
        precision=precision,
        country=country_of_alpha2(str(raw.get("countryCode") or "")),
        admin1=raw.get("adminName1"),
        source=f"GeoNames (CC BY 4.0) {SERVICES['geonames'].source}",
        population=min(_MOST_PEOPLE, max(0, int(raw.get("population") or 0))),
    )


_ARCGIS_KINDS: Mapping[str, tuple[str, PlacePrecision]] = {
    "country": ("country", PlacePrecision.COUNTRY),
    "state or province": ("admin1", PlacePrecision.ADMIN1),
    "territory": ("admin1", PlacePrecision.ADMIN1),
    "county": ("admin2", PlacePrecision.ADMIN2),
    "subregion": ("admin2", PlacePrecision.ADMIN2),
    "district": ("admin2", PlacePrecision.ADMIN2),
    "city": ("settlement", PlacePrecision.TOWN),
    "metro area": ("settlement", PlacePrecision.TOWN),
    "neighborhood": ("settlement", PlacePrecision.TOWN),
    "sector": ("settlement", PlacePrecision.TOWN),
    "block": ("settlement", PlacePrecision.TOWN),
    "sea": ("water", PlacePrecision.SEA),
    "ocean": ("water", PlacePrecision.SEA),
    "gulf": ("water", PlacePrecision.SEA),
    **dict.fromkeys(
        ("bay", "canal", "dam", "lagoon", "lake", "other water feature", "reservoir", "spring", "strait", "stream", "waterfall"),
        ("water", PlacePrecision.AREA),
    ),
    **dict.fromkeys(
        (
            "basin", "canyon", "cape", "cave", "cliff", "desert", "dune", "flat", "forest", "hill", "island", "marsh",
            "mountain", "mountain range", "oasis", "other land feature", "peninsula", "plain", "plateau", "ravine", "ridge",
            "swamp", "valley", "volcano", "wetland",
        ),
        ("landmark", PlacePrecision.AREA),
    ),
}  # fmt: skip
"""ArcGIS's types of populated places, land and water features, in small letters."""


def place_from_arcgis(raw: Mapping[str, Any]) -> Place | None:
    """Return the place of one candidate of ArcGIS's ``findAddressCandidates``, or None when it is no place that news name.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it is not in ArcGIS's format.
    """
    attributes, point = raw["attributes"], raw["location"]
    found = _ARCGIS_KINDS.get(str(attributes.get("Type") or "").casefold())
    if found is None:
        return None
    kind, precision = found
    extent = raw.get("extent")
    radius = None
    if extent and precision is not PlacePrecision.EXACT:
        radius = _half_extent_m(*(float(extent[side]) for side in ("xmin", "ymin", "xmax", "ymax")))
    name = str(attributes.get("PlaceName") or raw["address"].split(",")[0]).strip()
    return _place(
        # Candidates bear no lasting ids: the type and the spot tell one place from another.
        place_id=f"arcgis:{kind}@{float(point['x']):.4f},{float(point['y']):.4f}",
        name=name,
        lon=point["x"],
        lat=point["y"],
        kind=kind,
        precision=precision,
        country=country_code(str(attributes.get("Country") or "")),
        admin1=attributes.get("Region") if kind not in ("country", "admin1") else None,
        source=f"Esri {SERVICES['arcgis'].source}",
        radius_m=radius,
    )


READERS: Mapping[str, Callable[[Mapping[str, Any]], Place | None]] = {
    "nominatim": place_from_nominatim,
    "photon": place_from_photon,
    "geonames": place_from_geonames,
    "arcgis": place_from_arcgis,
}
"""What reads one raw result of each service."""
