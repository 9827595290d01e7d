"""Roads named by the places they join: every name is found, and nothing else is taken for one."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report, Role
from geoconflict.places import Gazetteer


@pytest.fixture(scope="module")
def reader():
    return Reader(Gazetteer.open())


def read(reader, text):
    return reader.read(Report(report_id="r1", text=text, published_on=dt.date(2023, 5, 12)))


@pytest.mark.parametrize(
    ("road", "names"),
    [
        ("Mopti-Bandiagara road", ["Mopti", "Bandiagara"]),
        ("Goris-Stepanakert highway", ["Goris", "Stepanakert"]),
        ("Kandahar-Herat highway", ["Kandahar", "Herat"]),
        ("Maiduguri–Damaturu road", ["Maiduguri", "Damaturu"]),
        ("Goma–Rutshuru–Bunagana road", ["Goma", "Rutshuru", "Bunagana"]),
        ("Goma-Rutshuru-Bunagana supply road", ["Goma", "Rutshuru", "Bunagana"]),
        ("Deir ez-Zor-Hasakah road", ["Deir ez-Zor", "Hasakah"]),
        ("M4 Aleppo-Latakia highway", ["Aleppo", "Latakia"]),
        ("Aleppo - Latakia highway", ["Aleppo", "Latakia"]),
        ("El Obeid-Abu Gadoura road", ["El Obeid", "Abu Gadoura"]),
    ],
)
def test_each_name_of_a_road_is_found_and_what_happened_is_on_it(reader, road, names):
    found = read(reader, f"Gunmen killed four people on the {road} on Tuesday.")
    assert [one.surface for one in found.toponyms] == names
    assert Role.DATELINE not in {one.role for one in found.toponyms}
    assert Role.OTHER not in {one.role for one in found.toponyms}
    (event,) = found.mentions
    assert event.place is not None
    assert event.place.surface in names


@pytest.mark.parametrize(
    "text",
    [
        "The Trans-Sahara highway was bombed on Sunday.",
        "The East-West highway was bombed on Sunday.",
        "The Afghan-Pakistani road was bombed on Sunday.",
        "The Smythe-Quibble road was bombed on Sunday.",
    ],
)
def test_parts_of_words_directions_and_peoples_are_no_names_of_a_road(reader, text):
    surfaces = {one.surface for one in read(reader, text).toponyms}
    assert surfaces.isdisjoint({"Trans", "Sahara", "East", "West", "Afghan", "Pakistani", "Smythe", "Quibble"})


def test_a_name_at_the_start_of_a_line_is_no_dateline_of_its_road(reader):
    found = read(reader, "A patrol was ambushed on the\n\nAleppo - Latakia highway, killing two soldiers.")
    assert [(one.surface, one.role is Role.DATELINE) for one in found.toponyms] == [
        ("Aleppo", False),
        ("Latakia", False),
    ]
