import datetime as dt

import pytest
import shapely
from builders import place

from geoconflict.errors import InputError
from geoconflict.frames import EVENT_COLUMNS
from geoconflict.map_choice import chosen_events, districts_of, phases_of
from geoconflict.settings import MapSettings, PhaseSettings


def frames():
    import geopandas as gpd
    import pandas as pd

    rows = [("a", "Battles", 46.0), ("b", "Riots", 47.0), ("c", "Battles", 48.0)]
    columns = {name: [None] * 3 for name in EVENT_COLUMNS}
    columns |= {"event_id": [row[0] for row in rows], "event_type": [row[1] for row in rows]}
    columns["geometry"] = [shapely.Point(row[2], 40.0) for row in rows]
    located = gpd.GeoDataFrame(columns, geometry="geometry", crs="EPSG:4326")
    return located, pd.DataFrame({"event_id": ["d", "e"], "event_type": ["Battles", "Riots"]})


def chosen(spec, region=None):
    events, unlocated = chosen_events(*frames(), spec, region)
    return list(events["event_id"]), list(unlocated["event_id"])


def area(*box):
    return place(place_id="test:area", kind="area", geometry=shapely.box(*box).wkt)


def test_a_map_without_limits_shows_all():
    assert chosen(MapSettings()) == (["a", "b", "c"], ["d", "e"])


def test_types_limit_events_with_and_without_a_place():
    assert chosen(MapSettings(types=("Riots",))) == (["b"], ["e"])


def test_a_box_or_region_lists_no_event_of_unknown_place():
    assert chosen(MapSettings(bbox=(46.5, 39.0, 48.5, 41.0))) == (["b", "c"], [])
    assert chosen(MapSettings(), area(45.5, 39, 47.5, 41)) == (["a", "b"], [])
    assert chosen(MapSettings(bbox=(46.5, 39.0, 48.5, 41.0)), area(45.5, 39, 47.5, 41)) == (["b"], [])


def test_of_a_country_are_the_events_whose_places_belong_to_it():
    located, unlocated = frames()
    located["country"] = ["AZE", "ARM", "AZE"]
    country = place(place_id="test:country", kind="country", country="AZE", geometry="POINT (46 40)")
    events, rest = chosen_events(located, unlocated, MapSettings(), country)
    assert (list(events["event_id"]), len(rest)) == (["a", "c"], 0)


def test_a_region_must_be_an_area():
    with pytest.raises(InputError, match="'test:point' .* is neither an area nor a country"):
        chosen(MapSettings(), place(place_id="test:point", geometry="POINT (46 40)"))


def test_a_file_of_districts_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError, match="nothing.geojson: cannot be read"):
        districts_of(tmp_path / "nothing.geojson")
    nameless = tmp_path / "nameless.geojson"
    nameless.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"title": "A"}, '
        '"geometry": {"type": "Point", "coordinates": [46, 40]}}]}',
        "utf-8",
    )
    with pytest.raises(InputError, match="nameless.geojson: every area needs a 'name'; the columns are title"):
        districts_of(nameless)


def test_phases_get_their_days():
    spec = MapSettings(phases=(PhaseSettings(from_="2020-10-10", label="Truce", kind="ceasefire"),))
    assert phases_of(spec) == [(dt.date(2020, 10, 10), None, "Truce", "ceasefire")]
