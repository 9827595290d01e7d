"""A name beside a word of unit means the unit, or ground as wide as such units are, and never the town of that name."""

import dataclasses
import re

import pytest
from tiny_gazetteer import TinyGazetteer, tiny_place

from geoconflict.models import PlacePrecision, Resolution, Toponym
from geoconflict.places import Gazetteer, Geocoder, resolve
from geoconflict.places.groups import NameGroup, certain_candidate
from geoconflict.places.units import as_unit, unit_around, unit_word_in

TOWN = tiny_place("gao", "Gao", 0.0, 16.0, country="MLI")
QUARTER = tiny_place("old", "Old Gao", 0.0, 16.0, country="MLI")
POINT_OF_UNIT = dataclasses.replace(
    TOWN, place_id="tiny:u", kind="admin2", precision=PlacePrecision.ADMIN2, radius_m=5_000.0
)
NAME = Toponym(start=0, end=3, surface="Gao", score=0.9)


def read(text: str, *names: str) -> dict[str, Resolution]:
    spans = sorted(match.span() for name in names for match in re.finditer(name, text))
    toponyms = [Toponym(start=start, end=end, surface=text[start:end], score=0.9) for start, end in spans]
    answers = resolve(toponyms, gazetteer=TinyGazetteer(), text=text)
    return {one.toponym.surface: one for one in answers}


@pytest.mark.parametrize(
    ("text", "precision", "km"),
    [
        ("Gunmen killed nine people in Tessal territory.", "admin2", 35),
        ("Gunmen killed nine people in the territory of Tessal.", "admin2", 35),
        ("Gunmen raided Xyzzy in Tessal district.", "admin2", 35),
        ("Gunmen killed nine people in Tessal commune.", "admin2", 15),
        ("Gunmen killed nine people in Tessal province.", "admin1", 100),
        ("Gunmen killed nine people in Tessal.", "town", 2),
        ("Gunmen killed nine people in the town of Tessal.", "town", 2),
    ],
)
def test_a_unit_of_which_only_the_town_is_known_is_ground_around_it(text, precision, km):
    answer = read(text, "Tessal")["Tessal"]
    town = TinyGazetteer().place("tiny:tessal")
    assert (answer.place.precision.value, answer.place.radius_m) == (precision, 1000.0 * km)
    assert (answer.place.lon, answer.place.lat, answer.place.country) == (town.lon, town.lat, town.country)
    assert (answer.place.place_id == town.place_id) is (precision == "town")
    assert any("only the town of its name is known" in one for one in answer.reasons) is (precision != "town")


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("Rebels entered Muradia village in Tessal territory, Mali.", "Tessal territory"),
        ("Rebels entered Muradia village in Tessal, Mali.", None),  # a town is no land to put a village in
        ("Rebels entered Muradia. Tessal is calm.", "Muradia"),
    ],
)
def test_a_village_of_which_the_only_namesake_lies_abroad_is_not_that_one(text, placed, monkeypatch):
    abroad = tiny_place("muradia", "Muradia", 12.0, 20.0, country="NER", population=2_000)
    lookup = TinyGazetteer.lookup
    monkeypatch.setattr(
        TinyGazetteer,
        "lookup",
        lambda self, name, on=None: (
            (certain_candidate(abroad, name)._replace(curated=False, prior=0.35),)
            if name == "Muradia"
            else lookup(self, name, on=on)
        ),
    )
    place = read(text, "Muradia", "Tessal", "Mali")["Muradia"].place
    assert (place.name if place else None) == placed


def test_the_unit_of_the_name_is_taken_before_the_town():
    group = NameGroup("Gao", [0], [certain_candidate(TOWN, "Gao"), certain_candidate(POINT_OF_UNIT, "Gao")])
    answer = as_unit(Resolution(toponym=NAME, place=TOWN, score=0.9), group, "district")
    assert answer.place.place_id == POINT_OF_UNIT.place_id
    assert answer.place.radius_m == 35_000


@pytest.mark.parametrize(
    "text", ["Shells hit the Tessal district of Kidorek.", "Shells hit Kidorek\u2019s Tessal district."]
)
def test_a_district_of_a_town_is_no_unit_of_the_country(text, monkeypatch):
    town = tiny_place("kidorek", "Kidorek", 1.25, 18.75, country="MLI", population=90_000)
    lookup = TinyGazetteer.lookup
    monkeypatch.setattr(
        TinyGazetteer,
        "lookup",
        lambda self, name, on=None: (
            (certain_candidate(town, name),) if name == "Kidorek" else lookup(self, name, on=on)
        ),
    )
    answers = read(text, "Tessal", "Kidorek")
    assert answers["Tessal"].place.place_id == "tiny:tessal"
    assert answers["Kidorek"].place == town


def test_a_part_of_a_town_that_the_gazetteer_marks_so_stays_what_it_is():
    group = NameGroup("Gao", [0], [certain_candidate(QUARTER, "Gao")._replace(feature="PPLX")])
    answer = Resolution(toponym=NAME, place=QUARTER, score=0.9)
    assert as_unit(answer, group, "district") == answer


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Gao territory", "territory"),
        ("the district of Gao", ""),
        ("District of Gao", "district"),
        ("Gao sub-district", "sub district"),
        ("Gao", ""),
        ("Gao town", ""),
    ],
)
def test_the_word_of_a_unit_in_a_name_of_a_record(name, word):
    assert unit_word_in(name) == word


def test_a_name_that_is_asked_for_as_a_unit_is_no_town():
    geocoder = Geocoder(TinyGazetteer())
    town, unit = geocoder.geocode("Tessal", country="MLI"), geocoder.geocode("Tessal territory", country="MLI")
    assert (town.place.precision, unit.place.precision) == (PlacePrecision.TOWN, PlacePrecision.ADMIN2)
    assert unit.place.radius_m == 35_000
    assert "only the town of its name is known" in unit.reasons[0]


def test_a_town_whose_own_name_ends_so_stays_a_town():
    town = dataclasses.replace(TOWN, name="Gao District")
    group = NameGroup("Gao District", [0], [certain_candidate(town, "Gao District")])
    assert as_unit(Resolution(toponym=NAME, place=town, score=0.9), group, "district").place == town


def test_a_unit_that_is_known_by_its_extent_keeps_it():
    wide = dataclasses.replace(POINT_OF_UNIT, radius_m=60_000.0)
    drawn = dataclasses.replace(POINT_OF_UNIT, geometry="POLYGON ((0 16, 0.1 16, 0.1 16.1, 0 16))")
    small = dataclasses.replace(POINT_OF_UNIT, radius_m=20_000.0)
    for place in (wide, drawn, small):
        assert unit_around(place, "district") == place


def _in_the_gazetteer(text: str, *names: str) -> dict[str, Resolution]:
    spans = sorted(match.span() for name in names for match in re.finditer(name, text))
    toponyms = [Toponym(start=start, end=end, surface=text[start:end], score=0.9) for start, end in spans]
    return {one.toponym.surface: one for one in resolve(toponyms, gazetteer=Gazetteer.open(), text=text)}


def test_what_lies_in_a_province_lies_in_it_though_its_capital_bears_the_name():
    found = _in_the_gazetteer("Gunmen killed a mayor near Saravena, Arauca, the army said.", "Saravena", "Arauca")
    place = found["Saravena"].place
    assert place is not None
    assert (place.country, place.admin1) == ("COL", "Arauca")


def test_a_district_named_before_its_town_is_in_that_town():
    found = _in_the_gazetteer("A bomb killed 15 in the old district of Qaxanthiya in Baghdad.", "Qaxanthiya", "Baghdad")
    place = found["Qaxanthiya"].place
    assert place is not None
    assert place.name == "Baghdad"
