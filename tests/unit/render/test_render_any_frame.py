"""Frames of any make to event frames: a right map or an error that says what, where and how to repair it."""

from __future__ import annotations

import datetime as dt

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from event_frames import event, events_frame, unlocated_frame

from geoconflict.errors import InputError
from geoconflict.frame_checks import check_frames
from geoconflict.render.any_frame import ROLES, event_frames
from geoconflict.render.columns import map_columns

POINTS = [(46.75, 39.82), (47.11, 39.80), (46.75, 39.82)]


def plain(**columns):
    values = {"event_date": ["2020-10-04", "2020-10-05", "2020-10-06"]} | columns
    return gpd.GeoDataFrame(values, geometry=shapely.points(POINTS), crs="EPSG:4326")


def adapted(frame, unlocated=None, **roles):
    located, rest = event_frames(frame, unlocated, roles)
    check_frames(located, rest)
    return located, rest


def days(frame, **roles):
    located, _ = adapted(frame, **roles)
    return [
        (str(first)[:10], str(last)[:10], precision)
        for first, last, precision in zip(
            located["starts_on"], located["ends_on"], located["date_precision"], strict=True
        )
    ]


# ---------------------------------------------------------------- frames of ours that are not quite right
def test_a_frame_of_ours_stays_as_it_is():
    frame = events_frame([event(1), event(2)])
    located, rest = adapted(frame)
    pd.testing.assert_frame_equal(located, frame)
    assert rest is None


def test_another_crs_is_turned_into_degrees():
    frame = events_frame([event(1)])
    located, _ = adapted(frame.to_crs("EPSG:3857"))
    assert located.crs.to_epsg() == 4326
    assert located.geometry.iloc[0].distance(frame.geometry.iloc[0]) < 1e-9


@pytest.mark.parametrize("nothing", [None, shapely.Point(), shapely.Polygon()])
def test_rows_without_a_geometry_become_unlocated(nothing):
    frame = events_frame([event(1), event(2)])
    frame.loc[0, "geometry"] = nothing
    located, rest = adapted(frame, unlocated_frame([event(3)]))
    assert located["event_id"].tolist() == [f"{2:020x}"]
    assert sorted(rest["event_id"]) == [f"{1:020x}", f"{3:020x}"]
    made = map_columns(located, rest)
    assert (made.n_events, sorted(made.drawn["place"].values)) == (3, [0, 0, 1])


def test_no_row_has_a_geometry():
    frame = plain()
    frame["geometry"] = None
    located, rest = adapted(frame.set_crs(None, allow_override=True))
    assert (len(located), len(rest)) == (0, 3)
    assert map_columns(located, rest).bounds is None


def test_times_with_a_zone_fall_on_the_day_of_that_zone():
    frame = events_frame([event(1)])
    late = pd.Series(["2020-10-04T23:30:00+04:00"]).astype("datetime64[s, Asia/Baku]")
    located, _ = adapted(frame.assign(starts_on=late, ends_on=late))
    assert str(located["starts_on"].iloc[0]) == "2020-10-04 00:00:00"


def test_no_rows_and_one_row():
    assert map_columns(*adapted(plain().iloc[:0])).n_events == 0
    made = map_columns(*adapted(plain().iloc[:1]))
    assert made.n_events == 1
    assert made.bounds.west == made.bounds.east == 46.75


# ---------------------------------------------------------------- dates of any kind
ZONED = pd.Series(pd.to_datetime(["2020-10-04T23:30", "2020-10-05T00:30", None])).dt.tz_localize("Asia/Baku")


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["2020-10-04", "2020-10-05T23:59:59+04:00", None], [("2020-10-04",) * 2 + ("day",), ("2020-10-05",) * 2 + ("day",)]),
        (pd.to_datetime(["2020-10-04 11:00", "1969-12-31 00:00", None]), [("2020-10-04",) * 2 + ("day",), ("1969-12-31",) * 2 + ("day",)]),
        (ZONED, [("2020-10-04",) * 2 + ("day",), ("2020-10-05",) * 2 + ("day",)]),
        ([dt.date(2020, 10, 4), dt.date(2020, 10, 5), None], [("2020-10-04",) * 2 + ("day",), ("2020-10-05",) * 2 + ("day",)]),
        (pd.PeriodIndex(["2020-02", "2020-10", None], freq="M"), [("2020-02-01", "2020-02-29", "month"), ("2020-10-01", "2020-10-31", "month")]),
        (pd.PeriodIndex(["2020-10-05", "2020-10-12", None], freq="W"), [("2020-10-05", "2020-10-11", "week"), ("2020-10-12", "2020-10-18", "week")]),
        (pd.PeriodIndex(["2020", "2021", None], freq="Y"), [("2020-01-01", "2020-12-31", "year"), ("2021-01-01", "2021-12-31", "year")]),
        (["2020-02", "2021", ""], [("2020-02-01", "2020-02-29", "month"), ("2021-01-01", "2021-12-31", "year")]),
        ([20201004, 20201005, None], [("2020-10-04",) * 2 + ("day",), ("2020-10-05",) * 2 + ("day",)]),
        (["25/10/2020", "26/10/2020", None], [("2020-10-25",) * 2 + ("day",), ("2020-10-26",) * 2 + ("day",)]),
        (["4 October 2020", "5 Oct 2020", None], [("2020-10-04",) * 2 + ("day",), ("2020-10-05",) * 2 + ("day",)]),
        (["4 Oct 2020 00:30 +04:00", "5 Oct 2020 23:30 -05:00", None], [("2020-10-04",) * 2 + ("day",), ("2020-10-05",) * 2 + ("day",)]),
        (["Sun, 04 Oct 2020 00:30:00 +0400", "Mon, 05 Oct 2020 00:30:00 +0400", None], [("2020-10-04",) * 2 + ("day",), ("2020-10-05",) * 2 + ("day",)]),
        (["20201004T003000+0400", "2020-10-05+04:00", None], [("2020-10-04",) * 2 + ("day",), ("2020-10-05",) * 2 + ("day",)]),
    ],
)  # fmt: skip
def test_dates_of_every_kind(column, expected):
    assert days(plain(event_date=column)) == [*expected, ("NaT", "NaT", "unknown")]


def test_an_end_date_makes_a_range():
    frame = plain(date_end=["2020-10-04", "2020-10-09", None])
    assert days(frame)[:2] == [("2020-10-04", "2020-10-04", "day"), ("2020-10-05", "2020-10-09", "range")]


@pytest.mark.parametrize(
    ("frame", "roles", "message"),
    [
        (plain(event_date=["04/10/2020", "05/10/2020", "25/10/2020"]), {}, "'04/10/2020' may be read with the day or the month first.*format="),
        (plain(event_date=["2020-10-04", "yesterday", None]), {}, "1 of 2 values are no dates, for example 'yesterday'.*errors='coerce'"),
        (plain(event_date=[1.5, 2.5, 3.5]), {}, "3 of 3 values are no dates"),
        (plain().drop(columns="event_date"), {}, r"no column of dates was found; name it, EventMap\(frame, date='...'\); the columns are none"),
        (plain(date=["2020-10-04"] * 3), {}, r"the date may be 'event_date' or 'date'; say which, for example EventMap\(frame, date='event_date'\)"),
        (plain(), {"date": "nope"}, "no column 'nope'; the columns are event_date"),
        (plain(), {"actors": ["event_date", "nope"]}, "no column 'nope'"),
        (plain(id=["a", "a", "b"]), {"event_id": "id"}, r"holds 1 ids more than once, for example 'a'; keep one row of each with frame.drop_duplicates\('id'\)"),
        (plain(id=["a", None, "b"]), {"event_id": "id"}, "lacks 1 ids; fill them"),
        (plain(fatalities=[1, -2, 3]), {}, "'fatalities' holds '-2', which is no count"),
        (plain().set_crs(None, allow_override=True), {}, "no CRS: call frame.set_crs"),
        (pd.DataFrame(plain().drop(columns="geometry")), {}, "points_from_xy"),
        (plain().rename(columns={"event_date": "geom"}).set_geometry("geometry").drop(columns="geometry"), {}, "needs a GeoDataFrame|no active geometry"),
        (pd.concat([plain(a=1), plain()[["event_date"]]], axis=1), {}, "several columns are named 'event_date'"),
        (plain().set_geometry(shapely.points([(1e9, 1e9)] * 3), crs="EPSG:32638"), {}, "outside the CRS WGS 84 / UTM zone 38N|coordinates outside"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_the_repair(frame, roles, message):
    with pytest.raises(InputError, match=message):
        adapted(frame, **roles)


def test_of_several_columns_of_dates_the_one_of_a_usual_name_is_taken():
    frame = plain(imported=pd.to_datetime(["2024-01-01"] * 3)).astype({"event_date": "datetime64[s]"})
    assert days(frame)[0][0] == "2020-10-04"


# ---------------------------------------------------------------- the other columns
def test_columns_of_usual_names_are_found():
    frame = plain(
        EVENT_TYPE=["Battles", "Flood", None], actor1=["A", "A", ""], actor2=["B", None, None], location=["Here", None, ""],
        notes=["Words of it.", None, ""], source=["Wire", "", None], fatalities=[3, None, 0], geo_precision=[1, 2, 3],
    )  # fmt: skip
    located, _ = adapted(frame)
    assert located["event_type"].tolist() == ["Battles", "Flood", "Event"]
    assert located["actors"].tolist() == ["A; B", "A", ""]
    assert located["place_name"].tolist() == ["Here", "", ""]
    assert located["place_precision"].tolist() == ["town", "near", "admin1"]
    assert located["killed_best"].tolist() == [3, pd.NA, 0]
    made = map_columns(located)
    assert made.n_reports == 1


def test_codes_of_precision_are_those_of_the_readers():
    located, _ = adapted(plain(where_prec=[1, 5, 6]))
    assert located["place_precision"].tolist() == ["town", "area", "country"]
    assert located["radius_m"].tolist() == [5_000.0, 100_000.0, 500_000.0]
    assert adapted(plain(where_prec=[1.0, None, 9]))[0]["place_precision"].tolist() == ["town", "unstated", "unstated"]


def test_named_columns_go_before_usual_names():
    frame = plain(notes=["no"] * 3, was=["2021-01-01", "2021-01-02", "2021-01-03"], told=["yes"] * 3, who=["X"] * 3)
    located, _ = adapted(frame, date="was", notes="told", actors="who")
    assert str(located["starts_on"].iloc[0])[:10] == "2021-01-01"
    assert '"quote": "yes"' in located["sources"].iloc[0]
    assert located["actors"].tolist() == ["X"] * 3


def test_what_a_frame_does_not_say_is_not_stated():
    located, _ = adapted(plain())
    assert set(located["status"]) == {"unstated"}, "no report told it as fact"
    assert set(located["place_precision"]) == {"unstated"}
    assert set(located["place_name"]) == {""}, "coordinates are no name"


def test_places_are_what_stands_at_the_same_coordinates():
    made = map_columns(*adapted(plain()))
    assert list(made.drawn["place"].values) == [1, 2, 1]


def test_polygons_and_lines_are_drawn_as_what_they_are():
    shapes = [shapely.box(46, 39, 47, 40), shapely.LineString([(46, 39), (47, 40)]), shapely.Point(46, 39, 500)]
    located, _ = adapted(plain().set_geometry(shapes, crs="EPSG:4326").rename_geometry("outline"))
    assert located["place_precision"].tolist() == ["area", "line", "unstated"]
    assert list(map_columns(located).drawn["shape_kind"].values) == [2, 1]


def test_made_ids_are_unique_and_the_same_each_time():
    frame = pd.concat([plain(), plain()], ignore_index=True)
    first, second = (adapted(one)[0]["event_id"].tolist() for one in (frame, frame.sample(frac=1, random_state=3)))
    assert len(set(first)) == 6
    assert set(first) == set(second)
    assert adapted(plain(id=["x", "y", "z"]))[0]["event_id"].tolist() == ["x", "y", "z"]
    assert len(set(adapted(plain(id=["x", "x", "z"]))[0]["event_id"])) == 3, "a guess that does not hold is dropped"


def test_every_role_is_an_argument_of_the_map():
    import inspect

    from geoconflict.render.event_map import EventMap

    assert set(ROLES) <= set(inspect.signature(EventMap.__init__).parameters)


def test_any_index_will_do():
    frame = plain()
    frame.index = pd.MultiIndex.from_tuples([("a", 1), ("a", 1), ("b", np.nan)])
    assert len(adapted(frame)[0]) == 3
