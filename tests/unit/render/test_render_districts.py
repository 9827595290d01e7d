"""Which area a place is counted in."""

import geopandas as gpd
import pytest
import shapely
from event_frames import event, events_frame

from geoconflict.errors import InputError, MapError
from geoconflict.render.columns import map_columns
from geoconflict.render.districts import district_columns
from geoconflict.render.event_map import EventMap

AREAS = gpd.GeoDataFrame(
    {"district": ["West", "East"]}, geometry=[shapely.box(46, 39, 47, 41), shapely.box(47, 39, 48, 41)], crs="EPSG:4326"
)


def area_of(level="admin1", areas=AREAS, **place):
    rows = [event(1, place_id="test:x", **place)]
    columns = district_columns(areas, "district", map_columns(events_frame(rows)), level)
    (number,) = columns["place_area"].values.tolist()
    return number


def at(lon, lat=40.0):
    return shapely.Point(lon, lat)


def test_a_town_is_counted_where_it_lies():
    assert [area_of(geometry=at(lon)) for lon in (46.5, 47.5, 49.0)] == [1, 2, 0]


def test_the_areas_may_be_in_any_crs():
    assert area_of(geometry=at(47.5), areas=AREAS.to_crs("EPSG:3857")) == 2


def test_a_border_belongs_to_the_first_area():
    assert area_of(geometry=at(47.0)) == 1


@pytest.mark.parametrize(
    ("precision", "admin1", "admin2"),
    [("exact", 1, 1), ("admin2", 1, 1), ("admin1", 1, -1), ("region", -1, -1), ("area", -1, -1), ("sea", -1, -1)],
)
def test_a_place_vaguer_than_the_areas_is_counted_in_none(precision, admin1, admin2):
    assert area_of("admin1", geometry=at(46.5), place_precision=precision) == admin1
    assert area_of("admin2", geometry=at(46.5), place_precision=precision) == admin2


def test_near_a_place_counts_only_while_its_ring_stays_inside():
    assert area_of(geometry=at(46.5), place_precision="near", radius_m=9000.0) == 1
    assert area_of(geometry=at(46.95), place_precision="near", radius_m=9000.0) == -1


def test_outlines_are_drawn_with_fewer_vertices():
    wiggle = shapely.LineString([(47 + 0.0001 * (n % 2), 39 + n / 500) for n in range(1001)])
    west = shapely.Polygon([*wiggle.coords, (46, 41), (46, 39)])
    areas = gpd.GeoDataFrame({"district": ["West"]}, geometry=[west], crs="EPSG:4326")
    columns = district_columns(areas, "district", map_columns(events_frame([event(1)])), "admin1")
    assert sum(columns["part_points"].values) < 500


def test_every_fault_is_named_at_once():
    areas = gpd.GeoDataFrame({"a": [1]}, geometry=[at(46)])
    with pytest.raises(InputError, match=r"(?s)Point in rows 0.*no CRS.*no column 'district'.*level is 'town'"):
        district_columns(areas, "district", map_columns(events_frame([event(1)])), "town")
    with pytest.raises(InputError, match="no name for 1"):
        district_columns(AREAS.assign(district=["West", None]), "district", map_columns(events_frame([])), "admin1")


def test_choices_of_the_layers_are_checked():
    event_map = EventMap(events_frame([event(1)]), basemap=False)
    with pytest.raises(MapError, match="period is 'day'; it is week or month or year"):
        event_map.choropleth_over_time(AREAS, name="district", period="day")
    with pytest.raises(MapError, match="measure is 'wounded'"):
        event_map.heat(measure="wounded")
    with pytest.raises(MapError, match="radius is 500"):
        event_map.heat(radius=500)


def test_a_map_without_events_takes_the_layers():
    event_map = EventMap(events_frame([]), basemap=False)
    assert event_map.choropleth_over_time(AREAS, name="district").heat() is event_map
