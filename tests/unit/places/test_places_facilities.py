"""What bears the name of a town and a word such as "dam" is that dam, or ground by the town, and never the town itself."""

import dataclasses
import re

import pytest
from tiny_gazetteer import TinyGazetteer, tiny_place

from geoconflict.models import PlacePrecision, Resolution, Role, Toponym
from geoconflict.places import Found, Geocoder, resolve
from geoconflict.places.facilities import facility_of, facility_word_in
from geoconflict.places.gazetteer import Candidate, Gazetteer
from geoconflict.places.words import facility_reach, kind_words

DAM = dataclasses.replace(
    tiny_place("tessal-dam", "Tessal Dam", 1.3, 18.9, country="MLI"), kind="landmark", precision=PlacePrecision.EXACT
)


class WithDam(TinyGazetteer):
    """Knows the dam of Tessal."""

    def lookup(self, name, *, on=None):
        if name.casefold() == "tessal dam":
            return (
                Candidate(
                    place=DAM, matched_name="Tessal Dam", is_primary=True, name_valid=True, feature="landmark",
                    historical=False, curated=True, prior=0.5,
                ),
            )  # fmt: skip
        return super().lookup(name, on=on)


def read(text: str, *names: str, gazetteer: TinyGazetteer | None = None) -> dict[str, Resolution]:
    spans = sorted(match.span() for name in names for match in re.finditer(name, text))
    toponyms = [
        Toponym(start=start, end=end, surface=text[start:end], score=0.9, role=Role.EVENT_PLACE) for start, end in spans
    ]
    answers = resolve(toponyms, gazetteer=gazetteer or TinyGazetteer(), text=text)
    return {one.toponym.surface: one for one in answers}


@pytest.mark.parametrize(
    ("text", "name", "called", "km", "precision"),
    [
        ("Drones struck the Tessal dam.", "Tessal", "Tessal dam", 42, "area"),
        ("Drones struck the Tessal Dam.", "Tessal Dam", "Tessal Dam", 42, "area"),
        ("Drones struck the Tessal airport.", "Tessal", "Tessal airport", 17, "near"),
        ("Drones struck the airport of Tessal.", "Tessal", "Tessal airport", 17, "near"),
        ("Drones struck the Tessal oil refinery.", "Tessal", "Tessal oil refinery", 17, "near"),
        ("Drones struck the Tessal nuclear power plant.", "Tessal", "Tessal nuclear power plant", 17, "near"),
        ("Drones struck the Tessal bridge.", "Tessal", "Tessal bridge", 12, "near"),
        ("Drones struck the Tessal military camp.", "Tessal", "Tessal military camp", 12, "near"),
        ("Drones struck the army camp of Tessal.", "Tessal", "Tessal army camp", 12, "near"),
        ("Drones struck the Tessal cement factory.", "Tessal", "Tessal cement factory", 17, "near"),
        ("Drones struck Tessal island.", "Tessal", "Tessal island", 27, "near"),
        ("Drones struck the Tessal hospital.", "Tessal", "Tessal", 2, "town"),
        ("Drones struck the Tessal camp.", "Tessal", "Tessal", 2, "town"),
        ("Drones struck Tessal.", "Tessal", "Tessal", 2, "town"),
    ],
)
def test_where_only_the_town_is_known_the_thing_lies_somewhere_by_it(text, name, called, km, precision):
    answer = read(text, name)[name]
    town = TinyGazetteer().place("tiny:tessal")
    assert (answer.place.name, answer.place.precision.value, answer.place.radius_m) == (called, precision, 1000.0 * km)
    assert (answer.place.lon, answer.place.lat, answer.place.country) == (town.lon, town.lat, town.country)
    is_by = answer.place.place_id != town.place_id
    assert is_by is (precision != "town")
    assert any("only the town of its name is known" in one for one in answer.reasons) is is_by


@pytest.mark.parametrize(
    ("text", "name"), [("Drones struck the Tessal dam.", "Tessal"), ("Drones struck the Tessal Dam.", "Tessal Dam")]
)
def test_what_the_gazetteer_has_is_taken_before_the_town_of_its_name(text, name):
    assert read(text, name, gazetteer=WithDam())[name].place == DAM
    assert read("Drones struck Tessal.", "Tessal", gazetteer=WithDam())["Tessal"].place.name == "Tessal"


def test_a_thing_of_the_name_far_from_the_town_chosen_is_not_meant():
    far = tiny_place("far", "Tessal", 30.0, 10.0, country="MLI")
    assert facility_of(far, "Tessal dam", "dam", gazetteer=WithDam())[0].place_id == "relative:by:tiny:far:dam"


def test_a_town_and_its_dam_are_told_apart_in_one_report():
    text = "Shells fell on Tessal. Drones struck the Tessal dam."
    spans = [match.span() for match in re.finditer("Tessal", text)]
    toponyms = [Toponym(start=start, end=end, surface="Tessal", score=0.9) for start, end in spans]
    town, dam = resolve(toponyms, gazetteer=TinyGazetteer(), text=text)
    assert (town.place.precision, dam.place.precision) == (PlacePrecision.TOWN, PlacePrecision.AREA)


def test_a_distance_is_counted_from_the_ground_by_the_town_and_is_no_sharper():
    place = read("They fought 10 km north of the Tessal airport.", "Tessal")["Tessal"].place
    assert place.name == "about 10 km north of Tessal airport"
    assert place.radius_m > 17_000.0


def test_a_name_asked_for_is_read_the_same_way():
    answer = Geocoder(TinyGazetteer()).geocode("Tessal dam")
    assert isinstance(answer, Found)
    assert answer.place == read("Drones struck the Tessal dam.", "Tessal")["Tessal"].place
    assert Geocoder(WithDam()).geocode("Tessal dam").place == DAM


@pytest.mark.parametrize(
    ("name", "word"),
    [("Tessal dam", "dam"), ("Tessal nuclear power plant", "nuclear power plant"), ("Tessal", ""), ("Dam", "")],
)
def test_the_word_is_read_off_the_end_of_a_name(name, word):
    assert facility_word_in(name) == word


def test_every_word_with_a_reach_is_a_word_of_kind():
    assert facility_reach().keys() <= kind_words().keys()


ISLAND = dataclasses.replace(
    tiny_place("tessal-island", "Tessal Island", 40.0, -9.0, country="TZA"), kind="area", precision=PlacePrecision.AREA
)


class WithIsland(TinyGazetteer):
    """Knows an island of the name of Tessal, in another sea."""

    def lookup(self, name, *, on=None):
        if name.casefold() == "tessal island":
            return (
                Candidate(
                    place=ISLAND, matched_name="Tessal Island", is_primary=True, name_valid=True, feature="area",
                    historical=False, curated=True, prior=0.5,
                ),
            )  # fmt: skip
        return super().lookup(name, on=on)


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Gunmen landed on Tessal island.", ISLAND.place_id),
        ("Gunmen landed on the island of Tessal.", ISLAND.place_id),
        ("Gunmen raided the town of Tessal.", "tiny:tessal"),
        ("Gunmen raided the Tessal airport.", "relative:by:tiny:tessal:airport"),
    ],
)
def test_an_island_that_is_known_lies_where_it_lies_and_by_no_town_of_its_name(text, place_id):
    answer = read(text, "Tessal", gazetteer=WithIsland())["Tessal"]
    assert answer.place is not None
    assert answer.place.place_id == place_id


@pytest.mark.parametrize(
    ("text", "name", "is_placed"),
    [
        ("Drones struck Tuti island.", "Tuti", False),  # one is known in the mountains of Peru, a village
        ("Peruvian drones struck Tuti island.", "Tuti", True),
        ("Drones struck Kinmen island.", "Kinmen", True),
        ("Drones struck Tuti.", "Tuti", True),
    ],
)
def test_a_village_is_no_island_of_its_name_where_nothing_speaks_of_its_country(text, name, is_placed):
    assert (read(text, name, gazetteer=Gazetteer.open())[name].place is not None) is is_placed


@pytest.mark.parametrize("thing", ["oil platform", "gas platform", "drilling rig"])
def test_what_stands_in_the_sea_is_in_no_town_of_its_name(thing):
    found = read(f"Gunmen in boats attacked the Tessal {thing} at night.", "Tessal")["Tessal"]
    asked = read("Gunmen in boats attacked Tessal at night.", "Tessal")["Tessal"]
    assert asked.place is not None
    assert found.score < asked.score
    assert "landmark" in kind_words()[thing]
    assert "settlement" not in kind_words()[thing]
