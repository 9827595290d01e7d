"""Any text of a report, in any of the files that show it, is text there."""

import html
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point
from varied_events import varied_frames

from geoconflict.geo import distance_m
from geoconflict.interchange.grounds import ring
from geoconflict.interchange.kml import to_kml
from geoconflict.interchange.writing import xml_text

_TEXT = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(["]]>", "&#0;", "<!--", "\x00", "\x0c"])


@given(_TEXT)
def test_xml_holds_any_text_and_gives_it_back_where_it_can(text):
    held = ET.fromstring(f"<a>{html.escape(xml_text(text))}</a>").text or ""
    assert held == xml_text(text).replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=25)
@given(_TEXT, _TEXT)
def test_kml_is_well_formed_and_has_no_tag_but_ours_whatever_reports_say(name, actors):
    located, unlocated = varied_frames()
    located = located.head(2).assign(place_name=name, actors=actors)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "x.kml"
        to_kml(located, unlocated, out, attribution=[name])
        tags = {one.tag.rpartition("}")[2] for one in ET.parse(out).iter()}
    assert not tags & {"script", "i", "NetworkLink", "Link", "GroundOverlay"}


@given(st.floats(-180, 180), st.floats(-75, 75), st.floats(10, 900_000))
def test_a_ring_stands_around_its_point_and_within_the_world(lon, lat, radius_m):
    area = ring(lon, lat, radius_m)
    west, south, east, north = area.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert area.is_valid
    assert area.buffer(1e-4).contains(Point(lon, lat))
    for part in getattr(area, "geoms", [area]):
        for x, y in part.exterior.coords:
            on_seam = abs(abs(x) - 180) < 1e-6
            assert on_seam or abs(distance_m(lon, lat, x, y) - radius_m) < 1 + radius_m * 1e-4
