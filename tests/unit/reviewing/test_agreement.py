"""Agreement beyond chance: worked examples, full agreement, none, and what is not defined."""

import datetime as dt
import itertools
import sys

import pytest
from builders import place, report, source

from geoconflict.corrections import Deed, correction
from geoconflict.corrections.entry import place_value, ref_to
from geoconflict.reviewing.agreement import Agreement, agreement, alpha, kappa

NOON = dt.datetime(2021, 7, 1, 12, tzinfo=dt.UTC)


def nominal(a, b):
    return (a != b).any(axis=-1).astype(float)


def square(a, b):
    return ((a - b) ** 2).sum(axis=-1)


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
    assert alpha(near, square)[0] > 0.99
    assert alpha(far, square)[0] < 0


def test_what_is_not_defined_is_none():
    assert kappa([]) == alpha([], nominal) == (None, None, None)
    assert kappa([("a", "a")] * 3) == (None, None, None)
    assert alpha([(1, 1)] * 3, nominal) == (None, None, None)


def test_of_one_unit_there_is_no_interval():
    assert kappa([("a", "b")]) == (0.0, None, None)
    assert alpha([(1, 5)], square) == (0.0, None, None)
    # Pairs of one event are one draw.
    assert kappa([("a", "b"), ("a", "a"), ("b", "b")], ["e", "e", "e"])[1:] == (None, None)


def test_alpha_is_that_of_all_values_one_by_one():
    pairs = [((1.0, 4.0), (2.0, 4.0)), ((9.0, 9.0), (9.0, 12.0)), ((3.0, 3.0), (8.0, 8.0)), ((5.0, 6.0), (5.0, 6.0))]
    values = [one for pair in pairs for one in pair]
    apart = lambda a, b: sum((x - y) ** 2 for x, y in zip(a, b, strict=True))  # noqa: E731
    observed = sum(apart(a, b) for a, b in pairs) / len(pairs)
    others = [apart(a, b) for a, b in itertools.permutations(values, 2)]
    assert alpha(pairs, square)[0] == pytest.approx(1 - observed / (sum(others) / len(others)))


def test_pairs_of_one_event_are_drawn_together():
    """Kappa of every way to draw as many groups as there are, each with all its pairs."""
    groups = [[("y", "y")] * 6, [("y", "n")] * 6, [("n", "n")] * 6]
    pairs = [pair for group in groups for pair in group]
    drawn = sorted(
        value
        for chosen in itertools.product(groups, repeat=3)
        if (value := kappa([pair for group in chosen for pair in group])[0]) is not None
    )
    _, low, high = kappa(pairs, [n // 6 for n in range(18)])
    assert (low, high) == pytest.approx((drawn[int(0.025 * len(drawn))], drawn[int(0.975 * len(drawn))]))
    apart = kappa(pairs)
    assert high - low > apart[2] - apart[1]


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


def test_of_status_sides_and_figures():
    """Two figures of one event are two units, and drawn as one."""
    sides = lambda name: {"agents": [{"name": name}], "targets": []}  # noqa: E731
    mine = [
        entry(Deed.RESTATUS, 0, {"status": "claimed", "by": "a mayor"}),
        entry(Deed.RESTATUS, 1, {"status": "occurred"}),
        entry(Deed.ACTORS, 2, sides("Rebels")),
        entry(Deed.FIGURES, 3, {"killed": 5, "wounded": None}),
        entry(Deed.FIGURES, 4, {"killed": {"low": 3, "high": 7}}),
    ]
    theirs = [
        entry(Deed.RESTATUS, 0, {"status": "claimed", "by": "a general"}, who="ben"),
        entry(Deed.ACCEPT, 1, {"status": "occurred", "killed": "5"}, who="ben"),
        entry(Deed.ACTORS, 2, sides("Army"), who="ben"),
        entry(Deed.FIGURES, 3, {"killed": 5, "wounded": 2}, who="ben"),
        entry(Deed.FIGURES, 4, {"killed": {"low": 3, "high": 7}}, who="ben"),
    ]
    found = {one.aspect: one for one in agreement(mine, theirs)}
    assert (found["status"].n, found["status"].observed) == (2, 0.5)
    assert (found["actors"].n, found["actors"].observed) == (2, 0.5)
    assert (found["figures"].n, found["figures"].observed, found["figures"].measure) == (
        3,
        pytest.approx(2 / 3),
        "kappa",
    )
    assert found["event"].n == 5


def test_what_is_withdrawn_does_not_count():
    wrong = entry(Deed.REJECT, 0)
    when = NOON + dt.timedelta(hours=1)
    back = correction(
        Deed.WITHDRAW, who="anna", when=when, event="", tellings=[], value={"correction": wrong.entry_id}, why="wrong"
    )
    theirs = [entry(Deed.REJECT, 0, who="ben")]
    assert {one.aspect: one.n for one in agreement([wrong], theirs)}["event"] == 1
    assert {one.aspect: one.n for one in agreement([wrong, back], theirs)}["event"] == 0


def test_days_agree_where_both_ends_do():
    span = lambda first, last: {"starts_on": first, "ends_on": last}  # noqa: E731
    mine = [entry(Deed.REDATE, n, span(f"2021-06-{10 + n}", f"2021-06-{12 + n}")) for n in range(3)]
    theirs = [entry(Deed.REDATE, 0, span("2021-06-10", "2021-06-12"), who="ben")]
    theirs += [entry(Deed.REDATE, n, span(f"2021-06-{10 + n}", f"2021-06-{20 + n}"), who="ben") for n in (1, 2)]
    found = {one.aspect: one for one in agreement(mine, theirs)}["day"]
    assert (found.n, found.observed) == (3, pytest.approx(1 / 3))
    assert found.value < 0.5


def test_a_cut_is_told(monkeypatch):
    monkeypatch.setattr(sys.modules[Agreement.__module__], "_MOST_UNITS", 2)
    mine, theirs = ([moved(n, 30.0 + n, who=who) for n in range(4)] for who in ("anna", "ben"))
    found = {one.aspect: one for one in agreement(mine, theirs)}
    assert (found["place"].n, found["place"].n_both) == (2, 4)
    assert (found["event"].n, found["event"].n_both) == (4, 4)
