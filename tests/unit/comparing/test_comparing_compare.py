import geopandas as gpd
import pandas as pd
import pytest
import shapely
from few_events import few_events

from geoconflict.comparing import PAIR_COLUMNS, compare_events
from geoconflict.comparing.likeness import deaths_agree, type_likeness
from geoconflict.errors import InputError

HERE = (46.75, 39.82)
NEAR = (46.77, 39.83)  # 2.0 km away
FAR = (47.10, 39.82)  # 29.9 km away


def pairs(comparison):
    return {(row.left_id, row.right_id): row.agreement for row in comparison.pairs.itertuples()}


def test_the_same_event_in_two_sets_is_a_pair_with_reasons():
    left = few_events({"id": "a", "actors": "Army of A; Army of B", "killed": 3}, {"id": "b", "day": "2020-11-20"})
    right = few_events({"id": "x", "at": NEAR, "actors": "army of a", "killed": 3}, {"id": "y", "at": FAR})
    found = compare_events(left, right, names=("ours", "theirs"))
    assert pairs(found) == {("a", "x"): "agrees"}
    (reasons,) = found.pairs["reasons"]
    assert "Town and Town: 2.0 km apart" in reasons
    assert "the same day: 2020-10-01" in reasons
    assert "sides in common: army of a" in reasons
    assert "killed: 3 and 3" in reasons
    assert list(found.only_left["event_id"]) == ["b"]
    assert list(found.only_right["event_id"]) == ["y"]
    assert list(found.pairs.columns) == list(PAIR_COLUMNS)


def test_tolerances_come_from_the_precision_of_both_sides():
    sharp, vague = {"id": "a", "at": HERE}, {"id": "x", "at": FAR}
    wide = vague | {"place_precision": "near", "radius_m": 25_000.0}
    assert pairs(compare_events(few_events(sharp), few_events(vague))) == {}
    assert pairs(compare_events(few_events(sharp), few_events(wide))) == {("a", "x"): "agrees"}
    assert pairs(compare_events(few_events(sharp), few_events(vague), within_km=30)) == {("a", "x"): "agrees"}


def test_days_meet_by_the_precision_of_both_sides():
    left = few_events({"id": "a", "day": "2020-10-01"})
    two_later = few_events({"id": "x", "day": "2020-10-03"})
    assert pairs(compare_events(left, two_later)) == {}
    assert pairs(compare_events(left, two_later, within_days=2)) == {("a", "x"): "agrees"}
    a_week = few_events({"id": "x", "day": "2020-10-04", "date_precision": "week"})
    assert pairs(compare_events(left, a_week)) == {("a", "x"): "agrees"}
    a_range = few_events({"id": "x", "days": ("2020-09-20", "2020-10-01")})
    assert pairs(compare_events(left, a_range, within_days=0)) == {("a", "x"): "agrees"}
    a_year = few_events({"id": "x", "days": ("2020-01-01", "2020-12-31"), "date_precision": "year"})
    assert pairs(compare_events(left, a_year)) == {("a", "x"): "too coarse"}


def test_a_stand_in_for_a_country_supports_and_never_agrees():
    left = few_events({"id": "a"})
    country = {"id": "x", "at": (47.5, 40.4), "place_precision": "country", "place_name": "Azerbaijan", "radius_m": 0.0}
    found = compare_events(left, few_events(country))
    assert pairs(found) == {("a", "x"): "too coarse"}
    assert found.pairs["reasons"][0].startswith("agrees in day and type, place too coarse to say")
    assert found.summary()["agrees"].tolist() == [0, 0]
    assert found.summary()["share at least"].tolist() == [0.0, 0.0]
    assert found.summary()["share at most"].tolist() == [1.0, 1.0]
    elsewhere = country | {"country": "GEO", "at": (30.0, 50.0)}
    assert pairs(compare_events(left, few_events(elsewhere))) == {}


def test_a_stand_in_takes_only_what_sharp_rows_leave():
    left = few_events({"id": "a"}, {"id": "b", "place_precision": "country", "radius_m": 0.0})
    right = few_events({"id": "x", "at": NEAR}, {"id": "y", "place_precision": "country", "radius_m": 0.0})
    assert pairs(compare_events(left, right)) == {("a", "x"): "agrees", ("b", "y"): "too coarse"}


def test_a_province_is_too_coarse_though_its_row_says_radius_0():
    capital = few_events({"id": "x", "place_precision": "admin1", "radius_m": 0.0})
    assert pairs(compare_events(few_events({"id": "a"}), capital)) == {("a", "x"): "too coarse"}


def test_pairs_are_one_to_one_and_the_best_of_all():
    left = few_events({"id": "a", "at": HERE}, {"id": "b", "at": NEAR})
    right = few_events({"id": "x", "at": NEAR})
    assert pairs(compare_events(left, right)) == {("b", "x"): "agrees"}
    right = few_events({"id": "x", "at": NEAR}, {"id": "y", "at": (46.79, 39.84)})
    assert pairs(compare_events(left, right)) == {("a", "x"): "agrees", ("b", "y"): "agrees"}


def test_kinds_that_reports_confuse_meet_unless_told_otherwise():
    shelling = {"event_type": "Explosions/Remote violence", "sub_event_type": "Shelling/artillery/missile attack"}
    strike = {"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike"}
    talks = {"event_type": "Diplomacy", "sub_event_type": "talks"}
    left = few_events({"id": "a", **shelling})
    assert pairs(compare_events(left, few_events({"id": "x", **strike}))) == {("a", "x"): "agrees"}
    assert pairs(compare_events(left, few_events({"id": "x", **strike}), kinds="same")) == {}
    assert pairs(compare_events(left, few_events({"id": "x", **talks}))) == {}
    assert pairs(compare_events(left, few_events({"id": "x", **talks}), kinds="any")) == {("a", "x"): "agrees"}


def test_likeness_of_types_is_a_ladder():
    shelling = ("Explosions/Remote violence", "Shelling/artillery/missile attack")
    steps = [
        (shelling, 1.0),
        (("Explosions/Remote violence", "Air/drone strike"), 0.8),
        (("Explosions/Remote violence", "Grenade"), 0.6),
        (("Battles", "Armed clash"), 0.4),
        (("Battles", "State-based conflict"), 0.5),
        (("Explosions/Remote violence", "Explosions/Remote violence"), 0.6),
        (("Skirmish", "Skirmish"), 0.4),
        (("Diplomacy", "talks"), 0.0),
    ]
    assert [type_likeness(shelling, other)[0] for other, _ in steps] == [likeness for _, likeness in steps]
    assert [type_likeness(other, shelling)[0] for other, _ in steps] == [likeness for _, likeness in steps]


def test_sides_agree_by_name_or_by_a_word_that_says_something():
    left = few_events({"id": "a", "actors": "Military Forces of Azerbaijan"})
    for actors, words in (
        ("military forces of azerbaijan", "sides in common: military forces of azerbaijan"),
        ("Government of Azerbaijan; Republic of Artsakh", "sides whose names share azerbaijan"),
        ("Military Forces of Armenia", "no side of the same name"),
    ):
        (reasons,) = compare_events(left, few_events({"id": "x", "actors": actors})).pairs["reasons"]
        assert words in reasons


def test_a_line_is_met_where_it_is_nearest():
    line = shapely.LineString([(46.0, 39.83), (46.2, 39.83), (46.76, 39.83)])
    drawn = few_events({"id": "x", "at": line, "place_precision": "line"})
    found = compare_events(few_events({"id": "a"}), drawn)
    assert pairs(found) == {("a", "x"): "too coarse"}  # the line is 65 km long
    assert found.pairs["distance_km"][0] == pytest.approx(1.1, abs=0.1)


def test_events_meet_across_the_date_line():
    left, right = few_events({"id": "a", "at": (179.99, 0.0)}), few_events({"id": "x", "at": (-179.99, 0.0)})
    found = compare_events(left, right)
    assert pairs(found) == {("a", "x"): "agrees"}
    assert found.pairs["distance_km"][0] == pytest.approx(2.2, abs=0.1)


def test_what_did_not_happen_is_left_out_and_counted():
    left = few_events({"id": "a"}, {"id": "b", "status": "denied"}, {"id": "c", "status": "scheduled"})
    found = compare_events(left, few_events({"id": "x"}), names=("ours", "theirs"))
    assert found.left_out == {"ours": {"denied": 1, "scheduled": 1}, "theirs": {}}
    assert "1 denied, 1 scheduled" in str(found)


def test_rows_without_a_place_are_left_out_and_counted():
    left = few_events({"id": "a"}, {"id": "b", "at": None}, {"id": "c", "at": shapely.Point()})
    found = compare_events(left, few_events({"id": "x"}), names=("ours", "theirs"))
    assert pairs(found) == {("a", "x"): "agrees"}
    assert found.left_out["ours"] == {"without a place": 2}


def test_rows_without_a_day_pair_with_nothing_and_stay():
    found = compare_events(
        few_events({"id": "a", "days": (None, None)}), few_events({"id": "x"}), names=("ours", "theirs")
    )
    assert pairs(found) == {}
    assert list(found.only_left["event_id"]) == ["a"]
    assert found.left_out["ours"] == {"without a day (kept among what only one side has)": 1}


def test_ranges_of_deaths_overlap_or_not():
    nan, inf = float("nan"), float("inf")
    assert deaths_agree((2, 4), (4, 9)) == "overlap"
    assert deaths_agree((2, 4), (5, 9)) == "apart"
    assert deaths_agree((20, inf), (21, 21)) == "overlap"
    assert deaths_agree((nan, nan), (1, 1)) == "one says nothing"
    assert deaths_agree((0, inf), (1, 1)) == "one says nothing"  # ACLED's 0 may be "not reported"
    assert deaths_agree((nan, nan), (nan, nan)) == "neither says anything"


def test_tables_of_a_comparison():
    left = few_events(
        {"id": "a", "killed": 3}, {"id": "b", "day": "2020-11-05"}, {"id": "c", "day": "2020-12-05", "admin1": "East"}
    )
    right = few_events(
        {"id": "x", "killed": 5},
        {"id": "y", "day": "2020-11-05", "event_type": "Violence against civilians", "sub_event_type": "Attack"},
        {"id": "z", "day": "2021-01-01"},
    )
    found = compare_events(left, right, names=("ours", "theirs"))
    types = found.types()
    assert types.loc["Battles", "Battles"] == 1
    assert types.loc["Battles", "Violence against civilians"] == 1
    assert types.loc["Battles", "only ours"] == 1
    assert types.loc["only theirs", "Battles"] == 1
    assert found.counts("month").to_dict("index") == {
        "2020-10": {"agrees": 1, "too coarse": 0, "only ours": 0, "only theirs": 0},
        "2020-11": {"agrees": 1, "too coarse": 0, "only ours": 0, "only theirs": 0},
        "2020-12": {"agrees": 0, "too coarse": 0, "only ours": 1, "only theirs": 0},
        "2021-01": {"agrees": 0, "too coarse": 0, "only ours": 0, "only theirs": 1},
    }
    assert found.counts("admin1").loc["East", "only ours"] == 1
    deaths = found.deaths()
    assert deaths.loc["apart"].tolist() == [1, 3, 3, 5, 5]
    assert deaths.loc["neither says anything", "pairs"] == 1
    with pytest.raises(InputError, match="no column 'valley' to count by"):
        found.counts("valley")


def test_a_notebook_gets_a_summary_that_no_name_can_break():
    found = compare_events(few_events({"id": "a"}), few_events({"id": "x"}), names=("<b>ours", "theirs"))
    page = found._repr_html_()
    assert "&lt;b&gt;ours" in page
    assert "<b>ours" not in page


def test_empty_sets_compare_to_nothing():
    found = compare_events(few_events(), few_events({"id": "x"}))
    assert found.summary()["alone"].tolist() == [0, 1]
    assert found.pairs.dtypes.astype(str).to_dict() == {name: kind for name, (kind, _) in PAIR_COLUMNS.items()}
    assert compare_events(few_events(), few_events())._repr_html_()
    assert found.map().get_root().render()
    assert compare_events(few_events(), few_events()).map().get_root().render()


def test_the_map_tells_both_from_each():
    left = few_events({"id": "1"}, {"id": "2", "at": FAR})
    right = few_events({"id": "1", "at": NEAR}, {"id": "2", "day": "2020-12-01"})
    page = compare_events(left, right, names=("ours", "theirs")).map(title="Both").get_root().render()
    for words in (
        "In both",
        "Only ours",
        "Only theirs",
        "1 events are in both, 0 perhaps; 1 are only in ours, 1 only in theirs.",
    ):
        assert words in page


def test_the_map_tells_where_figures_do_not_meet():
    left = few_events({"id": "a", "killed": 3, "disagreements": "Told of two days."})
    right = few_events({"id": "x", "killed_low": 5})
    drawn = compare_events(left, right, names=("ours", "theirs")).map()
    assert (
        "Told of two days.\nKilled: 3 in ours, at least 5 in theirs." in drawn._columns.text["disagreements"].dictionary
    )


def test_every_fault_of_a_frame_is_told_at_once():
    bad = few_events({"id": "a"}, {"id": "a"}).drop(columns=["place_precision"])
    bad["ends_on"] = bad["ends_on"].dt.tz_localize("UTC")
    with pytest.raises(InputError) as told:
        compare_events(few_events(), bad, names=("ours", "theirs"))
    message = str(told.value)
    assert message.startswith("theirs: this frame cannot be used")
    assert "no column 'place_precision'" in message
    assert "choose the zone whose days are meant" in message
    assert "event_id is not unique" in message


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (few_events({"id": "a"}, crs=None), "no CRS"),
        (few_events({"id": "a"}).to_crs(3857), "the CRS is EPSG:3857, not EPSG:4326"),
        (pd.DataFrame({"event_id": []}), "a GeoDataFrame of events is needed, not DataFrame"),
        (gpd.GeoDataFrame({"event_id": ["a"]}), "no column 'starts_on'"),
    ],
)
def test_frames_that_cannot_be_compared_are_refused(frame, words):
    with pytest.raises(InputError, match=words):
        compare_events(frame, few_events())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"within_km": -1}, "within_km is -1"),
        ({"within_days": 0.5}, "a whole number of days"),
        ({"kinds": "most"}, "kinds is 'most'"),
        ({"min_score": 2}, "min_score is 2"),
        ({"names": ("one", "one")}, "give each side a name of its own"),
    ],
)
def test_arguments_out_of_range_are_refused(options, words):
    with pytest.raises(InputError, match=words):
        compare_events(few_events(), few_events(), **options)


def test_a_line_beyond_the_date_line_is_beside_a_point():
    here = few_events({"at": (179.9, 65.0)})
    for line in ([(-179.9, 65), (-170, 65)], [(179.95, 65), (-170, 65)]):
        there = few_events({"at": shapely.LineString(line), "place_precision": "line"})
        found = compare_events(here, there, within_km=10)
        assert len(found.pairs) == 1, line
        assert found.pairs["distance_km"][0] < 10, line


def test_a_console_shows_the_summary_not_the_frames():
    found = compare_events(few_events({}, {"status": "denied"}), few_events({"id": "x"}), names=("ours", "theirs"))
    assert repr(found) == str(found)
    assert "ours: not compared: 1 denied" in repr(found)
    assert "event_id" not in repr(found)
