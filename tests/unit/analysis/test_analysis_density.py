import numpy as np
import pytest
import shapely
from few_events import few_events

from geoconflict.analysis import density, hot_spots
from geoconflict.errors import InputError
from geoconflict.event_extents import distances_m

BOX = (46.0, 39.0, 48.0, 41.0)


def on_the_ground(grid, step_km):
    """Return how many events the grid holds: density times area."""
    return float(grid["density"].sum()) * step_km**2


def test_the_peak_of_a_kernel_is_that_of_its_formula():
    grid = density(few_events({"at": (47.0, 40.0), "radius_m": 0.0}), bandwidth_km=10, cell_km=2, bounds=BOX)
    assert grid["density"].max() == pytest.approx(1 / (2 * np.pi * 100), rel=0.01)
    at = grid.loc[grid["density"].idxmax()]
    assert distances_m(at["lon"], at["lat"], 47.0, 40.0) < 2000


def test_kilometres_are_true_in_both_directions():
    grid = density(
        few_events({"at": (47.0, 60.0), "radius_m": 0.0}), bandwidth_km=10, cell_km=2, bounds=(46.0, 59.5, 48.0, 60.5)
    )
    half = grid["density"].max() / 2
    wide = grid[(grid["density"] >= half) & (abs(grid["lat"] - 60.0) < 0.02)]
    high = grid[(grid["density"] >= half) & (abs(grid["lon"] - 47.0) < 0.02)]
    width_km = float(distances_m(wide["lon"].min(), 60.0, wide["lon"].max(), 60.0)) / 1000
    height_km = float(distances_m(47.0, high["lat"].min(), 47.0, high["lat"].max())) / 1000
    assert width_km == pytest.approx(height_km, abs=4)  # in degrees the one would be twice the other


def test_all_events_are_on_the_ground_and_vague_ones_lie_flatter():
    sharp = density(few_events({"at": (47.0, 40.0), "radius_m": 0.0}), bandwidth_km=8, cell_km=4, bounds=BOX)
    vague = density(
        few_events({"at": (47.0, 40.0), "place_precision": "admin2", "radius_m": 20_000.0}),
        bandwidth_km=8,
        cell_km=4,
        bounds=BOX,
    )
    assert on_the_ground(sharp, 4) == pytest.approx(1, rel=0.01)
    assert on_the_ground(vague, 4) == pytest.approx(1, rel=0.01)
    assert vague["density"].max() == pytest.approx(sharp["density"].max() * 64 / (64 + 100), rel=0.02)


def test_lines_and_areas_are_spread_along_and_within():
    line = shapely.LineString([(46.5, 40.0), (47.5, 40.0)])
    area = shapely.box(46.5, 39.6, 47.5, 40.4)
    for shape, word in ((line, "line"), (area, "area")):
        grid = density(few_events({"at": shape, "place_precision": word}), bandwidth_km=8, cell_km=4, bounds=BOX)
        assert on_the_ground(grid, 4) == pytest.approx(1, rel=0.02)
        assert grid["density"].max() < 0.5 / (2 * np.pi * 64)


def test_stand_ins_are_left_out_and_counted():
    events = few_events({"at": (47.0, 40.0)}, {"place_precision": "country"}, {"status": "denied"})
    grid = density(events, bandwidth_km=20)
    assert grid.attrs["left_out"] == {"denied": 1, "stands for a country, a region or a sea": 1}
    spots = hot_spots(events)
    assert spots.attrs["left_out"] == grid.attrs["left_out"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"bandwidth_km": 0}, "both are kilometres above 0"),
        ({"bandwidth_km": 10, "cell_km": -1}, "both are kilometres above 0"),
        ({"bandwidth_km": 0.1, "bounds": BOX}, "give a larger cell_km"),
        ({"bandwidth_km": 10, "bounds": (48.0, 39.0, 46.0, 41.0)}, "west, south, east, north"),
    ],
)
def test_grids_that_cannot_be_made_are_refused(options, words):
    with pytest.raises(InputError, match=words):
        density(few_events({"at": (47.0, 40.0)}), **options)


def test_without_events_bounds_are_needed():
    with pytest.raises(InputError, match="give bounds="):
        density(few_events(), bandwidth_km=10)
    assert density(few_events(), bandwidth_km=10, bounds=BOX)["density"].sum() == 0


def test_hexagons_count_events_and_find_the_unusual_ones():
    rows = [{"at": (46.75, 39.82)} for _ in range(9)] + [{"at": (48.5, 41.0)}]
    spots = hot_spots(few_events(*rows), resolution=5)
    assert spots["n_events"].sum() == 10
    assert spots["n_events"].max() == 9
    assert spots["z"][0] > 2
    first = spots.iloc[0]
    assert distances_m(first.geometry.centroid.x, first.geometry.centroid.y, 46.75, 39.82) < 30_000
    lone = spots[spots["n_events"] == 1].iloc[0]
    assert lone["z"] < 1
    assert lone.geometry.contains(shapely.Point(48.5, 41.0))  # longitude first


def test_vague_events_are_left_out_of_hexagons_or_spread():
    events = few_events(
        {},
        {"place_precision": "admin2", "radius_m": 25_000.0},
        {"at": shapely.LineString([(46, 39), (47, 40)]), "place_precision": "line"},
    )
    spots = hot_spots(events)
    assert spots["n_events"].sum() == 1
    assert spots.attrs["left_out"] == {"place too vague for hexagons of this size": 2}
    spread = hot_spots(events, imprecise="spread")
    assert spread["n_events"].sum() == pytest.approx(3)
    assert spread["n_events"].max() < 1.5
    assert len(hot_spots(few_events())) == 0


def test_hexagons_that_cannot_be_made_are_refused(monkeypatch):
    with pytest.raises(InputError, match="resolution is 20"):
        hot_spots(few_events({}), resolution=20)
    with pytest.raises(InputError, match="imprecise is 'all'"):
        hot_spots(few_events({}), imprecise="all")
    monkeypatch.setitem(__import__("sys").modules, "h3", None)
    with pytest.raises(InputError, match=r"pip install '.*\[analysis\]'"):
        hot_spots(few_events({}))


def test_the_grid_reaches_as_far_as_the_vaguest_event():
    vague = few_events({"at": (47.0, 40.0), "place_precision": "admin1", "radius_m": 60_000.0})
    grid = density(vague, bandwidth_km=5)
    assert on_the_ground(grid, 2.5) == pytest.approx(1, rel=0.02)
    assert grid.attrs["n_beyond"] == pytest.approx(0, abs=0.02)


def test_what_lies_beyond_the_grid_is_told():
    grid = density(
        few_events({"at": (47.0, 40.0), "radius_m": 0.0}), bandwidth_km=10, cell_km=2, bounds=(47.0, 39.0, 48.0, 41.0)
    )
    assert grid.attrs["n_beyond"] == pytest.approx(0.5, abs=0.01)


def test_an_area_and_a_line_lie_even():
    area = shapely.box(46.0, 39.0, 49.0, 41.0)
    for shape, word in ((area, "area"), (shapely.LineString([(46.0, 40.0), (60.0, 40.0)]), "line")):
        grid = density(few_events({"at": shape, "place_precision": word}), bandwidth_km=1, cell_km=5)
        inner = shapely.buffer(shape, -0.5) if word == "area" else shapely.LineString([(47.0, 40.0), (59.0, 40.0)])
        within = grid[grid.intersects(inner)]
        assert within["density"].max() < 2 * within["density"].min(), word
        assert on_the_ground(grid, 5) == pytest.approx(1, rel=0.05), word


def test_lines_of_several_parts_are_shared_out_by_their_length():
    short, long = [(46.2, 39.5), (46.4, 39.5)], [(47.0, 40.5), (47.6, 40.5)]
    events = few_events({"at": shapely.MultiLineString([short, long]), "place_precision": "line"})
    grid = density(events, bandwidth_km=4, cell_km=2, bounds=BOX)
    south = grid[grid["lat"] < 40]
    assert on_the_ground(south, 2) == pytest.approx(0.25, abs=0.03)


def test_coordinates_that_are_no_numbers_are_refused():
    line = shapely.LineString([(46.0, 40.0), (float("inf"), 40.0)])
    events = few_events({}, {"id": "odd", "at": line, "place_precision": "line"})
    with pytest.raises(InputError, match="no finite numbers, first that of event 'odd'"):
        density(events, bandwidth_km=10)
    with pytest.raises(InputError, match="no finite numbers, first that of event 'odd'"):
        hot_spots(events)
    with pytest.raises(InputError, match="no finite numbers"):
        density(few_events({"at": (float("inf"), 40.0)}), bandwidth_km=10)
