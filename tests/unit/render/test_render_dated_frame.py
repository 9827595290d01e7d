"""Lines and areas that people bring: any CRS, any columns, every fault at once."""

import datetime as dt

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from event_frames import event, events_frame

from geoconflict.errors import InputError
from geoconflict.frames import LINE_COLUMNS
from geoconflict.render.dated_frame import dated_frame
from geoconflict.render.event_map import EventMap

BOXES = [shapely.box(46, 39, 47, 40), shapely.box(47, 39, 48, 40)]
LINES = [shapely.LineString([(46, 39), (47, 40)]), shapely.LineString([(47, 39), (48, 40)])]


def areas(crs="EPSG:4326", geometry=BOXES, **columns):
    return gpd.GeoDataFrame({"name": ["West", "East"]} | columns, geometry=list(geometry), crs=crs)


def made(frame, kind="areas", **values):
    defaults = {name: name for name in ("name", "valid_from", "valid_to", "approximate", "note", "colour")}
    return dated_frame(frame, kind, **(defaults | values))


def test_columns_of_the_usual_names_are_taken_and_missing_ones_are_open():
    frame = made(areas(valid_from=["2020-09-27", None], note=["x", None]))
    assert list(frame.columns) == list(LINE_COLUMNS)
    assert frame["valid_from"].dt.date.tolist()[0] == dt.date(2020, 9, 27)
    assert frame["valid_from"].isna().tolist() == [False, True]
    assert frame["valid_to"].isna().all()
    assert frame["note"].tolist() == ["x", ""]


@pytest.mark.parametrize(
    "given",
    [
        ["2020-09-27T00:30:00+04:00", "2020-09-28T23:30:00-05:00"],
        ["20200927T003000+0400", "2020-09-28"],
        pd.to_datetime(["2020-09-27T00:30", "2020-09-28T00:30"]).tz_localize("Asia/Baku"),
    ],
)
def test_days_with_a_zone_are_those_of_that_zone(given):
    frame = made(areas(valid_from=given, valid_to=given))
    for name in ("valid_from", "valid_to"):
        assert frame[name].dt.date.tolist() == [dt.date(2020, 9, 27), dt.date(2020, 9, 28)]


def test_what_nothing_is_said_of_is_approximate():
    assert made(areas())["approximate"].tolist() == [True, True]
    assert made(areas(sure=[False, None]), approximate="sure")["approximate"].tolist() == [False, True]
    assert made(areas(), approximate=False)["approximate"].tolist() == [False, False]


def test_other_columns_and_constants_may_be_named():
    frame = made(
        areas(who=["A", "B"], since=pd.to_datetime(["2020-01-01", "2020-02-01"])),
        name="who", valid_from="since", valid_to=dt.date(2020, 12, 31), colour="#7a3b69",
    )  # fmt: skip
    assert frame["name"].tolist() == ["A", "B"]
    assert frame["valid_to"].dt.date.tolist() == [dt.date(2020, 12, 31)] * 2
    assert frame["colour"].tolist() == ["#7a3b69"] * 2
    assert made(areas(), name="Zone")["name"].tolist() == ["Zone", "Zone"]


def test_any_crs_is_reprojected():
    frame = made(areas().to_crs("EPSG:32638"))
    assert frame.crs.to_epsg() == 4326
    assert frame.total_bounds.tolist() == pytest.approx([46, 39, 48, 40], abs=1e-6)


def test_a_day_is_the_day_where_it_was_written():
    times = pd.to_datetime(["2020-10-01T01:30", "2020-10-02T23:30"]).tz_localize("Asia/Baku")
    assert made(areas(valid_from=times))["valid_from"].dt.day.tolist() == [1, 2]


@pytest.mark.filterwarnings("ignore:name. 'naem2' is no column")
def test_every_fault_is_named_at_once_with_its_rows():
    frame = areas(geometry=[None, LINES[0]], crs=None, valid_from=["soon", "2020-01-01"], colour=["red", ""])
    with pytest.raises(InputError) as caught:
        made(frame, name="naem2", valid_to="2020-31-12", approximate="sure")
    for fault in (
        "no geometry in rows 0",
        "LineString in rows 1 where areas are wanted",
        "no CRS",
        "valid_from: no day in rows 0, for example 'soon'",
        "valid_to: '2020-31-12' is no column and no day",
        "approximate: 'sure' is no column",
        "colour: 'red'",
    ):
        assert fault in str(caught.value)


@pytest.mark.parametrize(
    ("frame", "values", "message"),
    [
        (areas().drop(columns="name"), {}, "no column 'name'"),
        (areas(name=["A", None]), {}, "no name in rows 1"),
        (areas(valid_from=["2020-02-01"] * 2, valid_to=["2020-01-01", "2020-03-01"]), {}, "valid_from lies after valid_to in rows 0"),
        (areas(sure=["yes", True]), {"approximate": "sure"}, "neither true nor false in rows 0"),
        (pd.DataFrame({"name": ["A"]}), {}, "not a GeoDataFrame"),
        (areas(geometry=[shapely.box(460, 39, 470, 40), BOXES[0]]), {}, "not on the globe"),
    ],
)  # fmt: skip
def test_one_fault(frame, values, message):
    with pytest.raises(InputError, match=message):
        made(frame, **values)


def test_lines_and_areas_are_not_mixed_up():
    with pytest.raises(InputError, match="Polygon in rows 0, 1 where lines are wanted"):
        made(areas(), "lines")
    assert len(made(areas(geometry=LINES), "lines")) == 2


def test_calls_can_be_chained_and_add_up():
    from geoconflict.render.payload import unpack_block

    event_map = EventMap(events_frame([event(1)]), basemap=False)
    assert event_map.add_areas(areas()).add_lines(areas(geometry=LINES, name=["Front", "Rear"])) is event_map
    columns = unpack_block(event_map._blocks["gc-context"])
    assert columns["context_name"] == ["East", "Front", "Rear", "West"]
    assert sorted(columns["shape_kind"].tolist()) == [1, 1, 2, 2]
    event_map.add_areas(areas().iloc[:0])
    assert unpack_block(event_map._blocks["gc-context"])["context_name"] == ["East", "Front", "Rear", "West"]


def test_a_name_that_is_all_but_a_column_is_warned_of():
    with pytest.warns(UserWarning, match="did you mean the column 'held_by'"):
        frame = made(areas(held_by=["A", "B"]), name="hold")
    assert frame["name"].tolist() == ["hold", "hold"]


def test_a_name_for_all_is_no_slip(recwarn):
    assert made(areas(held_by=["A", "B"]), name="Front of spring")["name"].tolist() == ["Front of spring"] * 2
    assert not recwarn.list
