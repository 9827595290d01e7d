import json

import pytest
from few_events import few_events

from geoconflict.comparing import integrate_events
from geoconflict.errors import InputError

NEAR = (46.77, 39.83)


def test_three_sets_become_one_without_double_counting():
    ours = few_events(
        {
            "id": "a",
            "killed": 3,
            "place_precision": "near",
            "radius_m": 9000.0,
            "sources": json.dumps([{"report_id": "r"}]),
        },
        {"id": "b", "day": "2020-11-01"},
    )
    ucdp = few_events({"id": "u1", "at": NEAR, "killed": 5, "sources": json.dumps([{"report_id": "s"}])})
    acled = few_events({"id": "l1", "at": NEAR}, {"id": "l2", "day": "2021-01-01"}, {"id": "l3", "status": "denied"})
    whole = integrate_events({"ours": ours, "UCDP": ucdp, "ACLED": acled}).set_index("event_id")
    assert whole["held_by"].to_dict() == {"a": "ours; UCDP; ACLED", "b": "ours", "l2": "ACLED"}
    assert whole["n_sets"].to_dict() == {"a": 3, "b": 1, "l2": 1}
    one = whole.loc["a"]
    assert (one["killed_best"], one["killed_best_ours"], one["killed_best_UCDP"]) == (3, 3, 5)
    assert (one["event_id_UCDP"], one["event_id_ACLED"]) == ("u1", "l1")
    assert one.geometry.coords[0] == NEAR  # UCDP says the place more sharply
    assert one["place_precision"] == "town"
    assert [told["report_id"] for told in json.loads(one["sources"])] == ["r", "s"]
    assert whole.loc["b", "event_id_UCDP"] == ""
    assert whole["killed_best_UCDP"].isna().sum() == 2
    assert whole.attrs["left_out"] == {"ours": {}, "UCDP": {}, "ACLED": {"denied": 1}}


def test_a_coarse_row_stays_and_says_what_it_may_repeat():
    country = {"id": "x", "place_precision": "country", "radius_m": 0.0}
    whole = integrate_events({"one": few_events({"id": "a"}), "two": few_events(country)}).set_index("event_id")
    assert whole["may_repeat"].to_dict() == {"a": "", "x": "a"}
    assert len(whole[whole["may_repeat"] == ""]) == 1


def test_rows_without_a_place_stay_as_they_are():
    whole = integrate_events(
        {"one": few_events({"id": "a"}, {"id": "b", "at": None}), "two": few_events({"id": "x", "at": None})}
    )
    assert dict(zip(whole["event_id"], whole["held_by"], strict=True)) == {"a": "one", "b": "one", "x": "two"}


def test_sets_that_number_their_rows_alike_keep_them_apart():
    whole = integrate_events({"one": few_events({"id": "1"}), "two": few_events({"id": "1", "day": "2021-05-05"})})
    assert list(whole["event_id"]) == ["1", "two:1"]
    assert list(whole["event_id_two"]) == ["", "1"]


def test_one_set_and_empty_sets():
    alone = integrate_events({"one": few_events({"id": "a"})})
    assert list(alone["held_by"]) == ["one"]
    both = integrate_events({"none": few_events(), "one": few_events({"id": "a"})})
    assert list(both["held_by"]) == ["one"]
    assert len(integrate_events({"none": few_events()})) == 0
    with pytest.raises(InputError, match="no events to integrate"):
        integrate_events({})
