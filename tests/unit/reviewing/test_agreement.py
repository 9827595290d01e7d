"""Agreement beyond chance: worked examples, full agreement, none, and what is not defined."""

import datetime as dt

import pytest
from builders import place, report, source

from geoconflict.corrections import Deed, correction
from geoconflict.corrections.entry import place_value, ref_to
from geoconflict.reviewing.agreement import agreement, alpha, kappa

NOON = dt.datetime(2021, 7, 1, 12, tzinfo=dt.UTC)


def nominal(a, b):
    return float(a != b)


def test_kappa_of_a_worked_table():
    # 20 both yes, 5 yes and no, 10 no and yes, 15 both no: observed 0.7, by chance 0.5.
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    value, low, high = kappa(pairs)
    assert value == pytest.approx(0.4)
    assert low < value < high
    assert kappa(pairs) == (value, low, high)
    assert kappa(pairs, seed=1)[0] == value


def test_alpha_of_a_worked_example():
    # Two coders, ten binary units, six of them alike: 1 - 19/56 * ... = 0.095 (Krippendorff 2011).
    a, b = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha(list(zip(a, b, strict=True)), nominal)[0] == pytest.approx(0.095, abs=0.001)


def test_alpha_of_days_counts_by_how_far_they_are_apart():
    near = [(1, 2), (10, 11), (20, 20), (30, 31)]
    far = [(1, 20), (10, 30), (20, 1), (30, 10)]
    square = lambda a, b: float((a - b) ** 2)  # noqa: E731
    assert alpha(near, square)[0] > 0.99
    assert alpha(far, square)[0] < 0


def test_what_is_not_defined_is_none():
    assert kappa([]) == alpha([], nominal) == (None, None, None)
    assert kappa([("a", "a")] * 3) == (None, None, None)
    assert alpha([("a", "a")] * 3, nominal) == (None, None, None)


TELLINGS = [source(report(f"Shells fell, {n}.")) for n in range(6)]


def entry(what, n, value=None, *, who="anna", hours=0, sides=("",)):
    refs = [ref_to(TELLINGS[n + at], side) for at, side in enumerate(sides)]
    when = NOON + dt.timedelta(hours=hours)
    return correction(what, who=who, when=when, event=f"e{n}", tellings=refs, value=value)


def moved(n, lon, **fields):
    return entry(Deed.MOVE, n, {"place": place_value(place("There", lon, 10.0))}, **fields)


def test_two_reviewers_of_the_same_events():
    kind = lambda sub: {"sub_event_type": sub}  # noqa: E731
    mine = [
        entry(Deed.RETYPE, 0, kind("Armed clash")),
        entry(Deed.RETYPE, 1, kind("Armed clash")),
        entry(Deed.RETYPE, 1, kind("Air/drone strike"), hours=1),
        moved(2, 30.0),
        moved(3, 40.0),
        entry(Deed.MERGE, 4, sides=("a", "b")),
    ]
    theirs = [
        entry(Deed.RETYPE, 0, kind("Armed clash"), who="ben"),
        entry(Deed.RETYPE, 1, kind("Air/drone strike"), who="ben"),
        moved(2, 30.01, who="ben"),
        moved(3, 41.0, who="ben"),
        entry(Deed.SPLIT, 4, who="ben", sides=("out", "stay")),
        entry(Deed.REJECT, 5, who="ben"),
    ]
    found = {one.aspect: one for one in agreement(mine, theirs)}
    assert (found["type"].n, found["type"].observed, found["type"].value) == (2, 1.0, 1.0)
    assert (found["place"].n, found["place"].observed) == (2, 0.5)
    assert (found["same event"].n, found["same event"].observed) == (1, 0.0)
    assert (found["day"].n, found["day"].observed, found["day"].value) == (0, None, None)
    assert found["event"].n == 4
    wide = {one.aspect: one for one in agreement(mine, theirs, within_km=200)}
    assert wide["place"].observed == 1.0
