import json
from pathlib import Path

import numpy as np
import pytest
import shapely

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"


@pytest.fixture
def rivers(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import basemap_rivers

    return basemap_rivers


def topology(arcs, geometries):
    transform = {"scale": [0.5, 0.25], "translate": [10, 20]}
    return json.dumps(
        {"transform": transform, "arcs": arcs, "objects": {"rivers": {"geometries": geometries}}}
    ).encode()


def test_arcs_are_joined_and_walked_backwards_and_scaled(rivers):
    content = topology(
        [[[0, 0], [2, 0]], [[4, 4], [-2, -4]]],
        [{"type": "LineString", "arcs": [0, -2]}, {"type": "MultiLineString", "arcs": [[0], [1]]}],
    )
    whole, first, second = rivers.topojson_lines(content, "rivers")
    assert shapely.get_coordinates(whole).tolist() == [[10, 20], [11, 20], [12, 21]]
    assert shapely.get_coordinates(first).tolist() == [[10, 20], [11, 20]]
    assert shapely.get_coordinates(second).tolist() == [[12, 21], [11, 20]]


def test_each_stretch_comes_from_the_finest_file_that_has_it(rivers):
    fine = [shapely.LineString([(0, 0), (1, 0.01), (2, 0)])]
    coarse = [shapely.LineString([(0, 0), (1, 0), (4, 0)]), shapely.LineString([(0, 5), (1, 5)])]
    arcs = rivers.river_lines([fine, coarse], 1000)
    assert [(0, 0), (1000, 10), (2000, 0)] in arcs
    assert [(0, 5000), (1000, 5000)] in arcs
    (rest,) = [arc for arc in arcs if arc[-1] == (4000, 0)]
    assert 2000 <= rest[0][0] <= 2040
    assert len(arcs) == 3


def test_a_name_goes_on_to_the_next_junction_and_no_farther(rivers):
    arcs = [
        [(0, 0), (1000, 0)],
        [(1000, 0), (2000, 0)],
        [(2000, 0), (3000, 0)],
        [(2000, 0), (2000, 1000)],
    ]
    assert rivers.name_lines(arcs, {"Long": [[0.5, 0.1]]}, 1000) == ["Long", "Long", "", ""]


def test_a_place_far_from_every_river_and_two_names_for_one_are_refused(rivers):
    arcs = [[(0, 0), (1000, 0)]]
    with pytest.raises(ValueError, match="Nile"):
        rivers.name_lines(arcs, {"Nile": [[0.5, 1.0]]}, 1000)
    with pytest.raises(ValueError, match="line Nile"):
        rivers.name_lines(arcs, {"Nile": [[0.5, 0.0]], "Congo": [[0.6, 0.0]]}, 1000)


def test_every_hand_written_place_is_on_the_globe(rivers):
    names = rivers.hand_written_names()
    places = np.array(
        [place for places in names["rivers"].values() for place in places] + [sea["at"] for sea in names["seas"]]
    )
    assert (np.abs(places) <= [180, 90]).all()
    assert all(0 <= sea["zoom"] <= 10 and sea["name"] for sea in names["seas"])
