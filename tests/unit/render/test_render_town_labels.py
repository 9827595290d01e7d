import itertools
import math

import pytest

from geoconflict.render.basemap import Label
from geoconflict.render.town_labels import label_cells, labels_around, town_labels

CAPITAL = ("Capital", 30.0, 50.0, 2_000_000)


def zoom_of(towns, name):
    (label,) = [label for label in town_labels(towns) if label.name == name]
    return label.min_zoom


def test_larger_towns_are_named_from_farther_away():
    towns = [CAPITAL, ("City", 36.0, 46.0, 120_000), ("Hamlet", 24.0, 54.0, 300)]
    labels = town_labels(towns)
    assert [label.name for label in labels] == ["Capital", "City", "Hamlet"]
    assert [label.min_zoom for label in labels] == sorted(label.min_zoom for label in labels)
    assert {label.kind for label in labels} == {"town"}


def test_a_neighbour_waits_until_there_is_room_for_both_names():
    lonely = zoom_of([("Suburb", 30.1, 50.0, 900_000)], "Suburb")
    beside = zoom_of([CAPITAL, ("Suburb", 30.1, 50.0, 900_000)], "Suburb")
    assert beside > lonely
    assert 256 * 2**beside * 0.1 / 360 >= 120


def test_no_two_names_meet_at_a_zoom_level_at_which_both_are_shown():
    towns = [(f"T{i}", 30 + (i * 37 % 101) / 50, 50 + (i * 53 % 97) / 60, 10**6 // (i + 1)) for i in range(150)]
    labels = town_labels(towns)
    for a, b in itertools.combinations(labels, 2):
        pixels = 256 * 2 ** max(a.min_zoom, b.min_zoom)
        y_a, y_b = (math.asinh(math.tan(math.radians(one.lat))) / (2 * math.pi) for one in (a, b))
        assert abs(a.lon - b.lon) / 360 * pixels >= 119 or abs(y_a - y_b) * pixels >= 33.5, (a, b)


def test_of_two_towns_on_one_spot_the_first_is_named():
    assert [label.name for label in town_labels([CAPITAL, ("Twin", 30.0, 50.0, 10)])] == ["Capital"]


def test_the_poles_and_nothing_at_all_are_no_trouble():
    assert town_labels([]) == []
    assert town_labels([("Pole", 0.0, 90.0, 5)])[0].lat == 90.0


@pytest.mark.parametrize("most", [5, 7])
def test_of_many_the_far_seen_come_first_and_then_those_near_the_events(most):
    labels = [Label(f"L{i}", 30 + i, 50.0, 5 + i / 10, "town") for i in range(20)]
    chosen = labels_around(labels, label_cells([(47.1, 50.1)]), most=most)
    assert len(chosen) == most
    assert {label.name for label in chosen} >= {"L0", "L1", "L2", "L17"}
    assert [label.min_zoom for label in chosen] == sorted(label.min_zoom for label in chosen)
