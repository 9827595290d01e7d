"""Events on both sides of the date line stand side by side; events all round the world stay where they are."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from event_frames import event, events_frame, lines_frame

from geoconflict.geo import Bounds
from geoconflict.render.columns import map_columns
from geoconflict.render.context_columns import context_columns
from geoconflict.render.date_line import halves, joined
from geoconflict.render.districts import district_columns
from geoconflict.render.payload import pack_block, unpack_block

ACROSS = shapely.MultiPolygon([shapely.box(178, -18, 180, -16), shapely.box(-180, -18, -179, -16)])
UNSPLIT = shapely.Polygon([(178, -18), (-179, -18), (-179, -16), (178, -16)])


def made(*geometries, **arguments):
    precisions = {"Point": "town", "LineString": "line"}
    rows = [
        event(n, geometry=one, place_id=f"t:{n}", place_precision=precisions.get(one.geom_type, "area"))
        for n, one in enumerate(geometries)
    ]
    return map_columns(events_frame(rows), **arguments)


@pytest.mark.parametrize(
    ("geometries", "west", "east"),
    [
        ([shapely.Point(179, -17), shapely.Point(-179, -17)], 179, 181),
        ([shapely.Point(170, -17), shapely.Point(-175, -21), shapely.Point(178, -18)], 170, 185),
        ([ACROSS, shapely.Point(177, -18)], 177, 181),
        ([UNSPLIT], 178, 181),
        ([shapely.LineString([(179, -17), (-178, -17)]), shapely.Point(179, -17)], 179, 182),
        ([shapely.Point(-0.1, 51.5), shapely.Point(178, -18), shapely.Point(-179, -18)], -0.1, 181),
    ],
)
def test_what_lies_on_both_sides_is_moved_together(geometries, west, east):
    columns = made(*geometries)
    assert (columns.bounds.west, columns.bounds.east) == pytest.approx((west, east))
    assert columns.focus.east - columns.focus.west < 200
    drawn = unpack_block(pack_block(columns.drawn))
    assert all(west - 0.01 <= lon / 1e4 <= east + 0.01 for lon in [*drawn["place_lon"], *drawn["x"]])


@pytest.mark.parametrize(
    "lons", [[-77, 37], [-120, 30, 140], [-170, -90, 0, 90, 170], [179], [-180, -179], list(range(-175, 176, 5))]
)
def test_what_does_not_cross_it_stays(lons):
    columns = made(*(shapely.Point(lon, 10) for lon in lons))
    assert (columns.bounds.west, columns.bounds.east) == (min(lons), max(lons))


def test_lines_that_give_context_move_along():
    line = shapely.LineString([(-179.5, -17), (-178, -17)])
    lines = lines_frame(geometry=line)
    columns = made(shapely.Point(179, -17), shapely.Point(-179, -17), lines=lines)
    context = unpack_block(pack_block(context_columns(lines, columns.west_of)))
    assert context["x"].tolist() == [1805000, 1820000]


def test_areas_that_count_events_move_along():
    areas = gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.box(-179.9, -18, -178, -16)], crs="EPSG:4326")
    columns = made(shapely.Point(179, -17), shapely.Point(-179, -17))
    assert sorted(district_columns(areas, "name", columns, "admin1")["place_area"].values) == [0, 1]


def test_a_box_across_the_date_line_is_two_on_the_globe():
    assert halves(Bounds(1, 2, 3, 4)) == [((1, 2, 3, 4), 0)]
    assert halves(Bounds(175, -20, 190, -10)) == [((175, -20, 180, -10), 0), ((-180, -20, -170, -10), 360)]


def test_basemaps_are_joined():
    def basemap(box, x):
        layers = {"land": {"type": "polygon", "rings": [[x, 0, 5, 5]]}, "disputed": {"type": "line", "lines": [[x, 1, 2, 2]], "names": [str(x)]},
                  "rivers": {"type": "line", "lines": [], "names": []}}  # fmt: skip
        labels = [["Here", box[0], 0.0, 3.0, "town"]]
        return {"format": 1, "scale": 0.001, "box": box, "layers": layers, "labels": labels, "attribution": ["A"]}

    one = basemap([170.0, -20.0, 180.0, -10.0], 175000)
    assert joined([(one, 0)]) == one
    both = joined([(one, 0), (basemap([-180.0, -20.0, -170.0, -12.0], -175000), 360)])
    assert both["box"] == [170.0, -20.0, 190.0, -10.0]
    assert both["layers"]["land"]["rings"] == [[175000, 0, 5, 5], [185000, 0, 5, 5]]
    assert both["layers"]["disputed"]["names"] == ["175000", "-175000"]
    assert [label[1] for label in both["labels"]] == [170.0, 180.0]
    assert one["layers"]["land"]["rings"] == [[175000, 0, 5, 5]], "what was given is left alone"
