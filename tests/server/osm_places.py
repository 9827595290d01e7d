"""Writes the tiny OpenStreetMap extract that the Nominatim of the server tests holds: invented places in real countries.

Run as a script: ``python tests/server/osm_places.py FILE.osm``. The same call gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

_STAMP = "2024-01-01T00:00:00Z"


class OsmPlace(NamedTuple):
    """A node of the extract."""

    name: str
    lon: float
    lat: float
    tags: dict[str, str]


class OsmRegion(NamedTuple):
    """A rectangular administrative boundary of the extract."""

    name: str
    west: float
    south: float
    east: float
    north: float
    admin_level: int
    country: str


REGIONS = (
    OsmRegion("Imzaden Region", 0.5, 18.0, 2.5, 20.0, 4, "ML"),
    OsmRegion("Tirfane District", 0.8, 18.5, 1.6, 19.4, 6, "ML"),
)
PLACES = (
    OsmPlace("Oubelekane", 1.1, 18.9, {"place": "village", "population": "2400"}),
    OsmPlace("Tezarmuit", 1.4, 19.1, {"place": "town", "population": "18000"}),
    OsmPlace(
        "Šakravan",
        46.41,
        40.12,
        {"place": "village", "name:en": "Shakravan", "name:hy": "Շակրավան", "name:az": "Şakravan"},
    ),
    OsmPlace("Чорнобілка Нова", 35.62, 48.93, {"place": "village", "name:en": "Chornobilka Nova"}),
    OsmPlace("Oubelekane Bakery", 1.1004, 18.9003, {"shop": "bakery"}),
)


def _tags(tags: dict[str, str]) -> str:
    return "".join(f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items())


def osm_xml() -> str:
    """Return the extract as OSM XML: nodes, ways and relations, each in the order of their ids."""
    nodes, ways, relations = [], [], []
    for number, place in enumerate(PLACES, 1):
        tags = {"name": place.name, **place.tags}
        nodes.append(
            f'<node id="{number}" version="1" timestamp="{_STAMP}" lon="{place.lon}" lat="{place.lat}">{_tags(tags)}</node>'
        )
    node_id = 100
    for number, region in enumerate(REGIONS, 1):
        corners = [
            (region.west, region.south), (region.east, region.south), (region.east, region.north), (region.west, region.north),
        ]  # fmt: skip
        ids = []
        for lon, lat in corners:
            node_id += 1
            ids.append(node_id)
            nodes.append(f'<node id="{node_id}" version="1" timestamp="{_STAMP}" lon="{lon}" lat="{lat}"/>')
        refs = "".join(f'<nd ref="{one}"/>' for one in [*ids, ids[0]])
        ways.append(f'<way id="{number}" version="1" timestamp="{_STAMP}">{refs}</way>')
        tags = {
            "type": "boundary", "boundary": "administrative", "admin_level": str(region.admin_level), "name": region.name,
            "ref:country": region.country,
        }  # fmt: skip
        relations.append(
            f'<relation id="{number}" version="1" timestamp="{_STAMP}">'
            f'<member type="way" ref="{number}" role="outer"/>{_tags(tags)}</relation>'
        )
    body = "\n".join([*nodes, *ways, *relations])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<osm version="0.6" generator="geoconflict">\n{body}\n</osm>\n'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(osm_xml(), encoding="utf-8")
