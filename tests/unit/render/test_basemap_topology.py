import math
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"


@pytest.fixture
def arcs(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import arcs

    return arcs


@pytest.fixture
def rubber_sheet(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import rubber_sheet

    return rubber_sheet


@pytest.fixture
def packages(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import packages

    return packages


LEFT = [(0, 0), (10, 0), (10, 5), (11, 8), (10, 10), (0, 10), (0, 0)]
RIGHT = [(10, 0), (20, 0), (20, 10), (10, 10), (11, 8), (10, 5), (10, 0)]


def labelled(arcs, rings):
    return {edge: tuple(sorted(uses)) for edge, uses in arcs.edges_of_rings(rings).items()}


def test_a_shared_border_is_one_arc(arcs):
    chained = arcs.chain_edges(labelled(arcs, [("L", LEFT), ("R", RIGHT)]))
    shared = [arc for label, arc in chained if label == ("L", "R")]
    assert shared == [[(10, 0), (10, 5), (11, 8), (10, 10)]]
    assert sorted(label for label, _ in chained) == [("L",), ("L", "R"), ("R",)]
    assert sum(len(arc) - 1 for _, arc in chained) == len(LEFT) - 1 + len(RIGHT) - 1 - 3


def test_the_order_of_the_areas_does_not_matter(arcs):
    one = arcs.chain_edges(labelled(arcs, [("L", LEFT), ("R", RIGHT)]))
    other = arcs.chain_edges(labelled(arcs, [("R", RIGHT[::-1]), ("L", LEFT)]))
    assert one == other


def test_an_island_is_a_closed_loop_from_its_smallest_vertex(arcs):
    island = [(5, 5), (9, 9), (1, 7), (5, 5)]
    ((_, arc),) = arcs.chain_edges(labelled(arcs, [("I", island)]))
    assert arc[0] == arc[-1] == (1, 7)
    assert set(arc) == set(island)


def test_vertices_that_rounding_merged_give_no_edge(arcs):
    edges = arcs.edges_of_rings([("A", [(0, 0), (0, 0), (4, 0), (4, 4), (0, 0)])])
    assert all(a < b for a, b in edges)
    assert len(edges) == 3


def test_rings_use_every_arc_once_and_close(arcs):
    chained = [arc for label, arc in arcs.chain_edges(labelled(arcs, [("L", LEFT), ("R", RIGHT)])) if len(label) == 1]
    (ring,) = arcs.close_rings(chained)
    assert sorted(map(abs, ring)) == [1, 2]
    walked = [chained[n - 1] if n > 0 else chained[-n - 1][::-1] for n in ring]
    assert walked[0][-1] == walked[1][0]
    assert walked[1][-1] == walked[0][0]


def test_arcs_that_do_not_close_are_refused(arcs):
    with pytest.raises(ValueError, match="do not close"):
        arcs.close_rings([[(0, 0), (1, 1)]])


def test_a_vertex_weighs_what_leaving_it_out_would_change(arcs):
    flat, bent = arcs.vertex_weights([(0, 0), (100, 1), (200, 0), (300, 90), (400, 0)], units_per_degree=1000)[1:4:2]
    assert flat < bent
    weights = arcs.vertex_weights([(0, 0), (100, 1), (200, 0)], units_per_degree=1000)
    assert weights == [1 << 62, 200, 1 << 62]


def test_an_island_goes_as_a_whole(arcs):
    square = [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
    weights = arcs.vertex_weights(square, units_per_degree=1000)
    for least in range(0, 400, 7):
        kept = sum(weight >= least for weight in weights)
        assert kept == 2 or kept >= 4, "two corners and no area are no island"


def test_a_degree_of_longitude_weighs_less_in_the_north(arcs):
    def peak(lat):
        return arcs.vertex_weights([(0, lat), (50, lat + 50), (100, lat)], units_per_degree=1000)[1]

    assert peak(60_000) == pytest.approx(peak(0) / 2, rel=0.02)


def test_dragged_ends_arrive_and_the_far_middle_stays(rubber_sheet):
    arc = [(x, 0) for x in range(0, 1001, 100)]
    moved = rubber_sheet.drag_ends(arc, (0, 50), (1000, 0))
    assert moved[0] == (0, 50)
    assert moved[1] == (100, 25)
    assert moved[2:] == arc[2:]
    assert rubber_sheet.drag_ends(arc, arc[0], arc[-1]) == arc


def test_the_nearest_vertex_prefers_the_same_border(rubber_sheet):
    index = rubber_sheet.VertexIndex([(("A",), [(0, 0), (100, 0)]), (("A", "B"), [(100, 0), (100, 100)])])
    assert index.nearest((95, 60), [("A", "B")], 200) == (100, 100)
    assert index.nearest((20, 10), [("A", "B")], 200) == (100, 0)
    assert index.nearest((20, 10), [], 200) == (0, 0)
    assert index.nearest((20, 10), [("A", "B")], 30) == (0, 0)
    assert index.nearest((500, 500), [("A",)], 100) is None
    assert math.dist((20, 10), (0, 0)) < 30


def test_a_package_with_other_bytes_is_refused(packages, tmp_path):
    package = packages.Package("pypi", "some-package", "1.0", "0" * 64)
    (tmp_path / "pypi-some-package-1.0-0000000000000000").write_bytes(b"tampered")
    with pytest.raises(packages.PackageError, match="pinned is 0000"):
        packages.fetch(package, tmp_path)


def test_a_registry_that_nobody_knows_is_refused(packages, tmp_path):
    with pytest.raises(packages.PackageError, match="unknown registry"):
        packages.fetch(packages.Package("elsewhere", "p", "1", "0" * 64), tmp_path)
