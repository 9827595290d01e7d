import geopandas as gpd
import pandas as pd
import pytest
import shapely
from few_events import few_events

from geoconflict.analysis import PANEL_COLUMNS, panel, place_sensitivity
from geoconflict.analysis.panel import UNASSIGNED
from geoconflict.errors import InputError
from geoconflict.event_extents import distances_m
from geoconflict.prio_grid import prio_grid_id

WEST, EAST = (46.2, 39.5), (47.2, 39.5)
AREAS = gpd.GeoDataFrame(
    {"name": ["west", "east", "quiet"]},
    geometry=[shapely.box(46, 39, 47, 40), shapely.box(47, 39, 48, 40), shapely.box(60, 39, 61, 40)],
    crs="EPSG:4326",
)


def cells(table, column="n_events"):
    return {
        (row["area"], "" if pd.isna(row["period"]) else str(row["period"])[:7]): row[column]
        for row in table.to_dict("records")
    }


def test_areas_without_events_are_filled_with_zeros():
    events = few_events({"at": WEST, "killed": 3}, {"at": EAST, "day": "2020-11-05"})
    table = panel(events, AREAS)
    assert list(table.columns) == list(PANEL_COLUMNS)
    assert table.dtypes.astype(str).to_dict() == {name: kind for name, (kind, _) in PANEL_COLUMNS.items()}
    assert cells(table) == {
        ("east", "2020-10"): 0, ("east", "2020-11"): 1, ("quiet", "2020-10"): 0, ("quiet", "2020-11"): 0,
        ("west", "2020-10"): 1, ("west", "2020-11"): 0,
    }  # fmt: skip
    assert table.attrs == {"left_out": {}, "unassigned": {}}


def test_deaths_are_intervals_and_missing_is_never_zero():
    events = few_events(
        {"at": WEST, "killed_low": 2, "killed_high": 5},
        {"at": WEST, "killed": 3},
        {"at": EAST},
        {"at": EAST, "day": "2020-11-05", "killed_low": 20},
        {"at": EAST, "day": "2020-11-05"},
    )
    rows = {key: (low, best, high) for key, low, best, high in _deaths(panel(events, AREAS))}
    assert rows["west", "2020-10"] == (5, None, 8)
    assert rows["east", "2020-10"] == (None, None, None)  # an event that says nothing of deaths
    assert rows["east", "2020-11"] == (20, None, None)
    assert rows["west", "2020-11"] == (0, 0, 0)  # no event at all
    assert cells(panel(events, AREAS), "n_without_killed")["east", "2020-11"] == 1


def _deaths(table):
    for key, row in zip(cells(table), table.to_dict("records"), strict=True):
        yield (
            key,
            *(None if pd.isna(row[f"killed_{bound}"]) else row[f"killed_{bound}"] for bound in ("low", "best", "high")),
        )


def test_what_spans_several_cells_is_unassigned():
    events = few_events(
        {"at": WEST, "days": ("2020-10-30", "2020-11-02")},
        {"at": (46.99, 39.5), "place_precision": "near", "radius_m": 9000.0},
        {"at": WEST, "place_precision": "region", "radius_m": 90_000.0},
        {"at": (50.0, 50.0)},
        {"at": WEST, "days": (None, None)},
        {"at": EAST, "day": "2020-11-20"},
    )
    table = panel(events, AREAS)
    assert {key: n for key, n in cells(table).items() if n} == {
        ("west", ""): 2, ("unassigned", "2020-10"): 3, ("east", "2020-11"): 1,
    }  # fmt: skip
    assert table.attrs["unassigned"] == {
        "days that span several months": 1,
        "outside all areas": 1,
        "place too vague for areas of level admin1": 2,
        "without a day": 1,
    }
    gone = panel(events, AREAS, imprecise="left out")
    assert {key: n for key, n in cells(gone).items() if n} == {("east", "2020-11"): 1}
    assert sum(gone.attrs["left_out"].values()) == 5


def test_spread_shares_an_event_out_by_days_and_by_ground():
    days = few_events({"at": WEST, "days": ("2020-10-31", "2020-11-03"), "killed": 4})
    table = panel(days, AREAS, imprecise="spread")
    assert cells(table)["west", "2020-10"] == 0.25
    assert cells(table)["west", "2020-11"] == 0.75
    assert cells(table, "killed_best")["west", "2020-11"] == 3
    on_the_border = few_events({"at": (47.0, 39.5), "place_precision": "region", "radius_m": 60_000.0})
    table = panel(on_the_border, AREAS, imprecise="spread")
    assert cells(table)["west", "2020-10"] == pytest.approx(cells(table)["east", "2020-10"], rel=1e-3)
    assert table["n_events"].sum() == pytest.approx(1.0)
    # North and south half a degree, 55.6 km, lies within: two segments of the circle, 2 (acos q - q sqrt(1 - q²)) / pi, q = 55.6 / 60.
    assert cells(table)["unassigned", "2020-10"] == pytest.approx(0.0236, abs=0.001)


def test_a_circle_goes_on_beyond_the_date_line():
    sides = gpd.GeoDataFrame(
        {"name": ["west of it", "east of it"]},
        geometry=[shapely.box(178, -20, 180, -15), shapely.box(-180, -20, -178, -15)],
        crs="EPSG:4326",
    )
    event = few_events({"at": (180.0, -17.5), "place_precision": "region", "radius_m": 60_000.0})
    table = panel(event, sides, imprecise="spread")
    assert dict(zip(table["area"], table["n_events"], strict=True)) == pytest.approx(
        {"west of it": 0.5, "east of it": 0.5}, abs=1e-3
    )


def test_a_line_is_shared_out_by_its_length():
    line = shapely.LineString([(46.5, 39.5), (48.5, 39.5)])
    table = panel(few_events({"at": line, "place_precision": "line"}), AREAS, imprecise="spread")
    shares = {area: n for (area, _), n in cells(table).items()}
    assert shares == pytest.approx({"west": 0.25, "east": 0.5, "quiet": 0.0, "unassigned": 0.25})


def test_a_province_is_counted_in_provinces_and_in_no_district():
    events = few_events({"at": WEST, "place_precision": "admin1", "radius_m": 0.0})
    assert cells(panel(events, AREAS, level="admin1"))["west", "2020-10"] == 1
    assert cells(panel(events, AREAS, level="admin2"))["unassigned", "2020-10"] == 1
    country = few_events({"at": WEST, "place_precision": "country"})
    assert cells(panel(country, AREAS, level="admin1"))["unassigned", "2020-10"] == 1
    assert cells(panel(country, AREAS, level="country"))["west", "2020-10"] == 1


def test_areas_may_be_in_any_crs_and_bear_usual_names():
    moved = AREAS.rename(columns={"name": "shapeName"}).to_crs(3857)
    assert cells(panel(few_events({"at": WEST}), moved))["west", "2020-10"] == 1
    gadm = AREAS.rename(columns={"name": "NAME_2"}).assign(NAME_1="one province")
    assert cells(panel(few_events({"at": WEST}), gadm, level="admin2"))["west", "2020-10"] == 1


def test_events_count_by_what_they_say_of_themselves():
    events = few_events({"country": "AZE"}, {"country": "ARM"}, {"country": ""})
    assert cells(panel(events, "country")) == {
        ("ARM", "2020-10"): 1,
        ("AZE", "2020-10"): 1,
        ("unassigned", "2020-10"): 1,
    }
    assert cells(panel(events)) == {("all", "2020-10"): 3}


def test_cells_of_prio_grid_bear_their_numbers():
    events = few_events(
        {"at": (69.162796, 34.531094)}, {"at": (69.5, 34.5)}, {"at": (69.3, 34.6), "place_precision": "admin1"}
    )
    table = panel(events, "prio_grid")
    # 69.5, 34.5 lies on a border and belongs to the cell east of it.
    assert {key: n for key, n in cells(table).items() if n} == {
        ("179779", "2020-10"): 1, ("179780", "2020-10"): 1, ("unassigned", "2020-10"): 1,
    }  # fmt: skip


def test_the_panel_covers_the_days_that_are_asked_for():
    events = few_events({"day": "2020-10-10"}, {"day": "2020-12-24"}, {"days": (None, None)})
    table = panel(events, since="2020-09-01", until="2020-11-30")
    assert cells(table) == {("all", "2020-09"): 0, ("all", "2020-10"): 1, ("all", "2020-11"): 0, ("all", ""): 1}
    assert table.attrs["left_out"] == {"outside the days of the panel": 1}


def test_what_did_not_happen_is_not_counted():
    events = few_events({"status": "denied"}, {"status": "claimed"}, {"status": "scheduled"})
    table = panel(events)
    assert table["n_events"].sum() == 1
    assert table.attrs["left_out"] == {"denied": 1, "scheduled": 1}


def test_events_without_a_place_are_told():
    table = panel(few_events({"at": WEST}, {"at": None}), AREAS)
    assert table["n_events"].sum() == 1
    assert table.attrs["left_out"] == {"without a place": 1}


def test_no_events_make_a_panel_of_zeros_or_of_nothing():
    table = panel(few_events(), AREAS, since="2020-10-01", until="2020-11-30")
    assert len(table) == 6
    assert table["n_events"].sum() == 0
    assert list(panel(few_events(), AREAS).columns) == list(PANEL_COLUMNS)
    assert len(panel(few_events(), "prio_grid")) == 0
    assert len(panel(few_events(), "country")) == 0


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        (AREAS.set_crs(None, allow_override=True), "no CRS; call areas.set_crs"),
        (AREAS.drop(columns="name"), "no column 'name' with their names; say name="),
        (AREAS.assign(name=["west", "west", "quiet"]), "1 names stand in several rows, for example 'west'"),
        (AREAS.assign(name=["west", None, "quiet"]), "no name for 1 of them"),
        (AREAS.set_geometry(AREAS.geometry.boundary), "LineString where polygons are wanted"),
        (AREAS.iloc[:0], "there are none"),
        (
            AREAS.set_geometry(shapely.buffer(AREAS.geometry.array, 0.2)),
            "1 pairs overlap, for example 'east' and 'west'",
        ),
        ("valley", "areas is 'valley'"),
        (pd.DataFrame({"name": ["a"]}), "a GeoDataFrame of polygons is needed"),
    ],
)
def test_areas_that_cannot_be_used_are_refused(areas, words):
    with pytest.raises(InputError, match=words):
        panel(few_events({"at": WEST}), areas)


def test_arguments_that_are_none_of_these_are_refused():
    for options, words in (
        ({"imprecise": "guess"}, "imprecise is 'guess'"),
        ({"period": "decade"}, "period is 'decade'"),
        ({"since": "2021-01-01", "until": "2020-01-01"}, "exchange them"),
        ({"areas": AREAS, "level": "village"}, "level is 'village'"),
        ({"statuses": ["reported"]}, "statuses: 'reported' is none of occurred, claimed, .*unstated"),
    ):
        with pytest.raises(InputError, match=words):
            panel(few_events({"at": WEST}), **options)
    with pytest.raises(InputError, match="level is 'village'"):
        place_sensitivity(few_events(), AREAS, level="village")


def test_a_lone_status_and_one_that_only_the_frame_has_are_counted():
    events = few_events({"at": WEST}, {"at": WEST, "status": "rumoured"}, {"at": WEST, "status": "denied"})
    assert panel(events, statuses="occurred")["n_events"].sum() == 1
    assert panel(events, statuses=["rumoured", "denied"])["n_events"].sum() == 2


def test_sensitivity_shows_what_hangs_on_vague_places():
    events = few_events(
        {"at": WEST}, {"at": WEST, "place_precision": "area", "radius_m": 10_000.0}, {"at": (10.0, 10.0)}
    )
    table = place_sensitivity(events, AREAS)
    assert table.loc["west"].tolist() == [1, 2.0, 2, 0.5]
    assert table.loc["outside", "left_out"] == 1
    assert table["spread"].sum() == pytest.approx(3.0)
    assert table["at_the_point"].sum() == 3
    assert table.attrs == {"n_events": 3, "n_vague": 1}


def test_a_line_is_shared_out_by_its_length_on_the_ground():
    # Two degrees east and two north at latitude 60: the one is half as long as the other.
    line = shapely.LineString([(20.0, 60.0), (22.0, 60.0), (22.0, 62.0)])
    areas = gpd.GeoDataFrame(
        {"name": ["south", "north"]},
        geometry=[shapely.box(19, 59, 23, 60.0000001), shapely.box(19, 60.0000001, 23, 63)],
        crs="EPSG:4326",
    )
    events = few_events({"at": line, "place_precision": "line"})
    table = panel(events, areas, "year", imprecise="spread").set_index("area")["n_events"]
    xy = shapely.get_coordinates(shapely.segmentize(line, 0.001))
    pieces = distances_m(xy[:-1, 0], xy[:-1, 1], xy[1:, 0], xy[1:, 1])
    south = pieces[xy[1:, 1] <= 60.0000001].sum() / pieces.sum()
    assert table["south"] == pytest.approx(south, abs=1e-4)
    assert table["north"] == pytest.approx(1 - south, abs=1e-4)
    assert UNASSIGNED not in table.index


@pytest.mark.parametrize("lon", [179.95, -179.95, 180.0, -180.0])
def test_an_event_at_the_date_line_is_spread_on_both_sides(lon):
    events = few_events({"at": (lon, 65.1), "place_precision": "admin1", "radius_m": 60_000.0})
    table = panel(events, "prio_grid", "year", imprecise="spread")
    assert UNASSIGNED not in set(table["area"])
    assert table["n_events"].sum() == pytest.approx(1)
    east = table["area"].astype(int) % 720 > 360
    east |= table["area"].astype(int) % 720 == 0
    assert table.loc[east, "n_events"].sum() == pytest.approx(0.5, abs=0.06)


def test_a_line_beyond_the_date_line_is_in_the_cells_that_it_meets():
    line = shapely.LineString([(179.5, 65.1), (-179.5, 65.1)])
    table = panel(few_events({"at": line, "place_precision": "line"}), "prio_grid", "year", imprecise="spread")
    assert table["n_events"].sum() == pytest.approx(1)
    assert table.loc[table["n_events"] > 0.01, "n_events"].tolist() == pytest.approx([0.5, 0.5], abs=1e-6)


@pytest.mark.parametrize("imprecise", ["unassigned", "spread"])
def test_points_far_apart_make_no_rows_between_them(imprecise):
    events = few_events({"at": (-179.0, -80.1)}, {"at": (179.0, 80.1)}, {"at": (0.1, 0.1)})
    table = panel(events, "prio_grid", "year", imprecise=imprecise)
    assert table["n_events"].tolist() == [1.0, 1.0, 1.0]
    assert set(table["area"].astype(int)) == set(prio_grid_id([-179.0, 179.0, 0.1], [-80.1, 80.1, 0.1]).tolist())
