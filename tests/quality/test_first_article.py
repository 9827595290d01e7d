"""The article the project began with, read by general rules: what must be found, and what must never be made of it."""

import pytest

from geoconflict.geo import distance_m
from geoconflict.pipeline import parse

pytestmark = pytest.mark.quality


@pytest.fixture(scope="module")
def parsed(shared):
    (record,) = parse(shared / "reports" / "000_a8b8612acb1e7ba6.txt")
    return record


def events(parsed, **wanted):
    return [one for one in parsed["events"] if all(one[name] == value for name, value in wanted.items())]


def km(event, lat, lon):
    return distance_m(event["lon"], event["lat"], lon, lat) / 1000


def test_the_shelling_of_martuni(parsed):
    (event,) = events(parsed, place_name="Martuni")
    assert km(event, 39.80, 47.11) < 5
    assert (event["event_type"], event["sub_event_type"]) == (
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
    )
    assert (event["date"], event["date_end"], event["date_precision"]) == ("2020-10-22", "2020-10-23", "range")
    assert (event["status"], event["claimed_by"]) == ("claimed", "Armenia's Ministry of Defence")


def test_the_clashes_over_the_region(parsed):
    clashes = events(parsed, event_type="Battles", place_canonical="Nagorno-Karabakh", date="2020-10-23")
    (event,) = [one for one in clashes if "clashed" in one["evidence"]]
    assert any("Azerbaijan" in name for name in event["actors"])
    assert len(event["actors"]) == 2
    assert event["geometry_kind"] == "area"


def test_the_fighting_close_to_the_line_of_contact(parsed):
    (event,) = [one for one in events(parsed, event_type="Battles") if one["geometry_kind"] == "line"]
    assert "line of contact" in event["place_name"].casefold()
    assert (event["status"], event["claimed_by"]) == ("claimed", "Azerbaijan's Ministry of Defence")


def test_the_outbreak_of_the_war(parsed):
    (event,) = events(parsed, event_type="Battles", date="2020-09-27", date_precision="day")
    assert event["place_canonical"] == "Nagorno-Karabakh"


def test_the_damage_in_stepanakert_has_a_range_and_no_invented_day(parsed):
    (event,) = events(parsed, place_name="Stepanakert")
    assert (event["date"], event["date_end"], event["date_precision"]) == ("2020-09-27", "2020-10-23", "range")


def test_the_talks(parsed):
    (paris,) = events(parsed, place_name="Paris")
    assert (paris["event_type"], paris["status"], paris["date"]) == ("Diplomacy", "occurred", "2020-10-22")
    washington = [one for one in parsed["events"] if (one["place_name"] or "").startswith("Washington")]
    assert washington
    assert {(one["event_type"], one["status"], one["date"]) for one in washington} == {
        ("Diplomacy", "scheduled", "2020-10-23")
    }


def test_no_conflict_event_where_people_talk(parsed):
    conflict = [one for one in parsed["events"] if one["event_type"] != "Diplomacy" and one["place_id"]]
    assert conflict
    for event in conflict:
        toponym = next(one for one in parsed["toponyms"] if one["place_id"] == event["place_id"])
        assert toponym["country"] in ("AZE", "ARM", None), event["place_name"]


def test_tolls_are_no_events_and_carry_their_claimants(parsed):
    assert all(one["fatalities"] is None and one["fatalities_low"] is None for one in parsed["events"])
    ranges = {(toll["low"], toll["high"]): toll for toll in parsed["tolls"] if toll["measure"] == "killed"}
    assert {(24, None), (701, None), (None, 4999)} <= set(ranges)
    assert "Putin" in ranges[None, 4999]["claimed_by"]
    spans = [(toll["start"], toll["end"]) for toll in parsed["tolls"]]
    assert not any(start <= one["start"] and one["end"] <= end for one in parsed["events"] for start, end in spans)


def test_metonyms_are_not_places_of_events(parsed):
    roles = {one["role"] for one in parsed["toponyms"] if one["phrase"] in ("US", "United States", "France", "Russia")}
    assert roles == {"actor_metonym"}
