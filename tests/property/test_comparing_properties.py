"""What must hold of comparing and of panels, whatever the events."""

import random

import geopandas as gpd
import pytest
import shapely
from few_events import few_events
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.analysis import panel
from geoconflict.comparing import compare_events, integrate_events

_KINDS = [
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Diplomacy", "talks"),
    ("Event", "Event"),
]
AREAS = gpd.GeoDataFrame(
    {"name": ["west", "east", "far"]},
    geometry=[shapely.box(46, 39, 47, 40), shapely.box(47, 39, 48, 40), shapely.box(60, 39, 61, 40)],
    crs="EPSG:4326",
)


@st.composite
def events(draw, least=0, most=7):
    rows = []
    for number in range(draw(st.integers(least, most))):
        first = draw(st.integers(25, 35))
        last = first + draw(st.sampled_from([0, 0, 0, 2, 9]))
        days = tuple(f"2020-{10 + (day > 31)}-{day - 31 if day > 31 else day:02d}" for day in (first, last))
        kind = draw(st.sampled_from(_KINDS))
        # Few places and days, so that many pairs are equally good.
        lon, lat = draw(st.sampled_from([46.2, 46.25, 46.99, 47.3])), draw(st.sampled_from([39.3, 39.35]))
        rows.append(
            {
                "id": f"e{number}",
                "days": draw(st.sampled_from([days, days, days, (None, days[1]), (None, None)])),
                "at": draw(
                    st.sampled_from([(lon, lat), (lon, lat), None, shapely.LineString([(lon, lat), (lon + 0.3, lat)])])
                ),
                "event_type": kind[0],
                "sub_event_type": kind[1],
                "place_precision": draw(st.sampled_from(["town", "town", "near", "admin1", "country", "region"])),
                "radius_m": draw(st.sampled_from([0.0, 2000.0, 20_000.0, None])),
                "country": draw(st.sampled_from(["AZE", "ARM", ""])),
                "status": draw(st.sampled_from(["occurred", "occurred", "claimed", "denied"])),
                "killed_low": draw(st.sampled_from([None, 0, 4])),
                "actors": draw(st.sampled_from(["", "Army of A", "Army of A; Army of B"])),
            }
        )
    return few_events(*rows)


def told(comparison, *, turned=False):
    one, other = ("right_id", "left_id") if turned else ("left_id", "right_id")
    rows = comparison.pairs[[one, other, "score", "agreement", "distance_km", "days_apart", "deaths"]]
    return sorted(map(tuple, rows.to_numpy().tolist()))


@given(left=events(), right=events(), shuffle=st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_neither_the_order_of_rows_nor_the_sides_matter(left, right, shuffle):
    found = compare_events(left, right)
    orders = [shuffle.sample(range(len(frame)), len(frame)) for frame in (left, right)]
    assert told(compare_events(left.iloc[orders[0]], right.iloc[orders[1]])) == told(found)
    assert told(compare_events(right, left), turned=True) == told(found)


def test_equally_good_pairs_are_chosen_alike_whatever_the_order_and_the_sides():
    # Twins: of several rows that tell the very same, some stay alone, and always the same ones.
    draw = random.Random(20)
    for _ in range(25):
        left, right = (
            few_events(
                *({"id": f"{side}{k}", "at": (46.2 + draw.choice([0, 0.02]), 39.3)} for k in range(draw.randint(2, 6)))
            )
            for side in "ab"
        )
        found = told(compare_events(left, right))
        shuffled = [frame.iloc[draw.sample(range(len(frame)), len(frame))] for frame in (left, right)]
        assert told(compare_events(*shuffled)) == found
        assert told(compare_events(right, left), turned=True) == found


@given(left=events(), right=events())
@settings(max_examples=40, deadline=None)
def test_every_row_is_in_one_pair_or_stands_alone(left, right):
    found = compare_events(left, right)
    for frame, alone, column in ((left, found.only_left, "left_id"), (right, found.only_right, "right_id")):
        done = frame.loc[(frame["status"] != "denied") & frame.geometry.notna(), "event_id"]
        assert sorted([*alone["event_id"], *found.pairs[column]]) == sorted(done)
    assert found.pairs["score"].between(0.5, 1).all()
    assert found.summary()["alone"].tolist() == [len(found.only_left), len(found.only_right)]
    vague = {"country", "region", "admin1"}
    agreed = found.pairs[found.pairs["agreement"] == "agrees"]
    assert not vague & {*agreed["left_precision"], *agreed["right_precision"]}


@given(frame=events(most=12))
@settings(max_examples=40, deadline=None)
def test_a_set_agrees_with_itself_wherever_it_can_say(frame):
    found = compare_events(frame, frame)
    assert found.only_left["event_id"].tolist() == found.only_right["event_id"].tolist()
    dated = (
        frame["ends_on"].notna() & frame["starts_on"].notna() & (frame["status"] != "denied") & frame.geometry.notna()
    )
    assert len(found.pairs) == dated.sum()


@given(one=events(), other=events(), third=events(most=3))
@settings(max_examples=30, deadline=None)
def test_integrating_keeps_every_event_once(one, other, third):
    sets = {"one": one, "other": other, "third": third}
    whole = integrate_events(sets)
    assert whole["event_id"].is_unique
    for name, frame in sets.items():
        held = whole.loc[whole[f"event_id_{name}"] != "", f"event_id_{name}"]
        assert sorted(held) == sorted(frame.loc[frame["status"] != "denied", "event_id"])
    assert whole["n_sets"].sum() == sum((frame["status"] != "denied").sum() for frame in sets.values())


@given(
    frame=events(),
    imprecise=st.sampled_from(["unassigned", "spread", "left out"]),
    period=st.sampled_from(["day", "week", "month"]),
    areas=st.sampled_from([None, "country", "admin1", "prio_grid", AREAS]),
    level=st.sampled_from(["cell", "admin2", "admin1", "country"]),
)
@settings(max_examples=80, deadline=None)
def test_a_panel_adds_up_to_the_number_of_events(frame, imprecise, period, areas, level):
    table = panel(frame, areas, period, imprecise=imprecise, level=level)
    assert table["n_events"].sum() + sum(table.attrs["left_out"].values()) == pytest.approx(len(frame))
    assert not table.duplicated(["area", "period"]).any()
    assert (table["n_events"] >= 0).all()
    if imprecise == "left out":
        assert "unassigned" not in set(table["area"])
    assert (
        table.equals(panel(frame.iloc[::-1], areas, period, imprecise=imprecise, level=level).astype(table.dtypes))
        or imprecise == "spread"
    )
