"""The rules are those that TimeMap's own validation of events, sources and associations states."""

import datetime as dt
import json

import pytest
from varied_events import CREDIT, HOSTILE, varied_frames

from geoconflict.errors import InputError
from geoconflict.interchange.timemap import to_timemap
from geoconflict.type_styles import style_table

EVENT_KEYS = {
    "id", "description", "date", "time", "time_precision", "time_display", "location", "latitude", "longitude", "type",
    "category", "associations", "sources", "comments",
}  # fmt: skip
"""Of the keys that TimeMap allows in an event; any other makes it refuse the event."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("data") / "timemap"
    assert to_timemap(*varied_frames(), out, attribution=CREDIT) == 11, "the undated one is left out"
    return out


@pytest.fixture(scope="module")
def domain(folder):
    return {name: json.loads((folder / f"{name}.json").read_text()) for name in ("events", "sources", "associations")}


def test_events_have_the_keys_and_the_types_that_timemap_allows(domain):
    for event in domain["events"]:
        assert set(event) == EVENT_KEYS
        lists = {"associations", "sources"}
        assert all(isinstance(event[name], list if name in lists else str) for name in EVENT_KEYS)
        dt.datetime.strptime(event["date"], "%m/%d/%Y")  # noqa: DTZ007  # a civil day


def test_only_spots_have_coordinates(domain):
    spots = {one["location"].split(" (")[0] for one in domain["events"] if one["latitude"]}
    assert spots == {"Riverton", "Before"}
    for event in domain["events"]:
        assert bool(event["latitude"]) == bool(event["longitude"])
    (riverton, *_) = [one for one in domain["events"] if one["location"].startswith("Riverton")]
    assert (riverton["longitude"], riverton["latitude"]) == ("30", "10")


def test_every_source_and_association_that_an_event_names_is_there(domain):
    ids = {one["id"] for one in domain["associations"]}
    for event in domain["events"]:
        assert set(event["associations"]) <= ids
        assert event["sources"]
        assert set(event["sources"]) <= set(domain["sources"])
    for key, one in domain["sources"].items():
        assert one["id"] == key
        assert isinstance(one["paths"], list)
    colours = style_table()["types"]
    for one in domain["associations"]:
        assert one["mode"] == "FILTER"
        if one["filter_paths"][0] == "Event type":
            assert one["colour"] == colours[one["title"]]["colour"]


def test_how_sure_the_day_and_the_place_are_is_told_in_words(domain):
    told = {one["location"]: one["time_display"] for one in domain["events"]}
    assert told["Hill (near this place), XXA"] == "between 2021-10-08 and 2021-10-14"
    assert told["no place found"]
    claims = [one["description"] for one in domain["events"] if "(claimed)" in one["description"]]
    assert len(claims) == 2
    assert claims[0] == (
        "Armed clash (claimed), 2021-08-29. The ministry: “A claim about Riverton.” (Outlet 2 https://example.org/?a=1&b=<2>)"
    )
    assert all("The ministry: " in claim for claim in claims)
    assert any(HOSTILE in one["description"] for one in domain["events"]), "JSON holds any text"


def test_an_address_that_hides_where_it_leads_is_told_and_not_linked(tmp_path):
    located, unlocated = varied_frames()
    sources = [
        {"quote": "x", "url": url}
        for url in ("https://bbc.com@evil.example/", "https://bbc.com/\u202egpj", "https://bbc.com/")
    ]
    for n, one in enumerate(sources):
        one["report_id"] = str(n)
    to_timemap(located.assign(sources=json.dumps(sources)), unlocated, tmp_path / "x", attribution=[])
    made = json.loads((tmp_path / "x" / "sources.json").read_text())
    assert {(one["url"], one["description"]) for one in made.values()} >= {
        ("", "x (not linked: https://bbc.com@evil.example/)"),
        ("", "x (not linked: https://bbc.com/\\u202egpj)"),
        ("https://bbc.com/", "x"),
    }


def test_the_credit_lies_beside_the_events(folder):
    assert json.loads((folder / "events.json-metadata.json").read_text())["dc:rights"] == list(CREDIT)


def test_a_file_in_the_way_is_left_alone(tmp_path):
    (tmp_path / "x").write_text("mine")
    with pytest.raises(InputError, match="is a folder, and this is a file"):
        to_timemap(*varied_frames(), tmp_path / "x", attribution=CREDIT)
    assert (tmp_path / "x").read_text() == "mine"
