"""Lines that wars are fought over: found by their names, on the days on which they stood, and told apart by context."""

import datetime as dt

import pytest
from relative_cases import embedded, placed


@pytest.mark.parametrize(
    ("name", "on", "place_id"),
    [
        ("Nagorno-Karabakh line of contact", "2016-04-02", "karabakh-line-of-contact"),
        ("Karabakh front line", "2020-09-27", "karabakh-line-of-contact"),
        ("Donbas contact line", "2017-01-29", "donbas-contact-line"),
        ("Line of Control", "2019-02-27", "line-of-control"),
        ("LOC", "2019-02-27", "line-of-control"),
        ("Line of Actual Control", "2020-06-16", "line-of-actual-control"),
        ("Blue Line", "2023-10-09", "blue-line"),
        ("Israel-Lebanon border", "2023-10-09", "blue-line"),
        ("Korean Demilitarized Zone", "2017-11-13", "dmz-korea"),
        ("DMZ", "2017-11-13", "dmz-korea"),
        ("Military Demarcation Line", "2017-11-13", "mdl-korea"),
        ("UNDOF zone", "2014-08-28", "undof-zone"),
        ("Purple Line", "2014-08-28", "golan-ceasefire-line"),
        ("Gaza border fence", "2018-05-14", "gaza-border"),
        ("Gaza-Israel barrier", "2018-05-14", "gaza-border"),
        ("Moroccan Wall", "2020-11-13", "sahara-berm"),
        ("UN buffer zone in Cyprus", "1996-08-11", "cyprus-buffer-zone"),
        ("Attila Line", "1996-08-11", "green-line-cyprus"),
        ("1949 Armistice Line", "1996-08-11", "green-line-israel"),
    ],
)
def test_a_line_is_found_by_its_name_while_it_stands(name, on, place_id):
    best = embedded().lookup(name, on=dt.date.fromisoformat(on))[0]
    assert best.place.place_id == f"curated:{place_id}"
    assert best.name_valid
    assert best.place.kind in ("line", "area")


@pytest.mark.parametrize(
    ("place_id", "before", "within", "after"),
    [
        ("karabakh-line-of-contact", "1994-05-11", "2020-11-10", "2020-11-11"),
        ("donbas-contact-line", "2015-02-14", "2022-02-24", "2022-02-25"),
        ("blue-line", "2000-06-06", "2024-01-01", None),
        ("line-of-control", "1972-07-01", "2024-01-01", None),
    ],
)
def test_a_line_has_its_days(place_id, before, within, after):
    place = embedded().place(f"curated:{place_id}")
    assert place is not None
    for on, valid in ((before, False), (within, True), (after, False)):
        if on is not None:
            found = {one.place.place_id: one for one in embedded().lookup(place.name, on=dt.date.fromisoformat(on))}
            assert found[place.place_id].name_valid is valid, on


@pytest.mark.parametrize(
    ("text", "names", "on", "place_id"),
    [
        ("Turkish Cypriot troops fired at men who crossed the Green Line east of Nicosia in Cyprus.", ("Nicosia", "Cyprus"), "1996-08-11", "green-line-cyprus"),
        ("Settlers from beyond the Green Line, Palestinians in Hebron and Israelis in the West Bank said so.", ("Hebron", "West Bank"), "2015-10-10", "green-line-israel"),
    ],
)  # fmt: skip
def test_the_two_green_lines_are_told_apart(text, names, on, place_id):
    one = placed(text, "Green Line", *names, on=dt.date.fromisoformat(on))["Green Line"]
    assert one.place is not None
    assert f"curated:{place_id}" in (
        one.place.place_id,
        one.place.place_id.removeprefix("relative:")[: len(place_id) + 8],
    )


@pytest.mark.parametrize(
    ("place_name", "on", "place_id"),
    [
        ("Stepanakert", "2020-10-05", "karabakh-line-of-contact"),
        ("Donetsk", "2017-02-01", "donbas-contact-line"),
        ("Donetsk", "2023-02-01", None),
        ("Stepanakert", "2021-02-01", None),
    ],
)
def test_the_front_line_is_that_of_the_places_and_of_the_day(place_name, on, place_id):
    text = f"Shells fell along the front line. {place_name} was hit."
    one = placed(text, "front line", place_name, on=dt.date.fromisoformat(on))["front line"]
    assert (one.place.place_id if one.place else None) == (f"curated:{place_id}" if place_id else None)
