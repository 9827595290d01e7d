"""Which places the first view is fitted to."""

import numpy as np

from geoconflict.render.focus import without_outliers

WAR = [(30 + 0.5 * (n % 7), 13 + 0.4 * (n % 5)) for n in range(35)]


def kept(points, times=None):
    return without_outliers(
        np.array(points, float).reshape(-1, 2), np.array(times or [1] * len(points), np.int64)
    ).tolist()


def test_far_capitals_are_left_out():
    assert kept([*WAR, (6.1, 46.2), (31.2, 30.0)]) == [True] * 35 + [False] * 2


def test_a_second_theatre_stays():
    assert all(kept([*WAR, (29.2, -1.6)], [*[1] * 35, 12]))


def test_a_place_of_many_events_is_none_that_is_left_out():
    assert all(kept([*WAR, (6.1, 46.2)], [*[1] * 35, 6]))


def test_a_small_view_keeps_all():
    assert all(kept([(30.0, 13.0)] * 30 + [(31.5, 13.0)]))
    assert all(kept([(30.0, 13.0)] * 3 + [(60.0, 13.0)])), "too few to tell"
    assert kept([]) == []
