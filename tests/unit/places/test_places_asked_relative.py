"""Phrases that somebody asks for are read as a report's are, and none of them is ever the place it is counted from."""

import dataclasses
import datetime as dt
import functools

import pytest
import shapely
from relative_cases import embedded, placed
from tiny_gazetteer import TinyGazetteer

from geoconflict.geo import bearing_deg, distance_m
from geoconflict.models import PlacePrecision
from geoconflict.places import Found, Geocoder, NotFound, load_overrides


@functools.cache
def geocoder() -> Geocoder:
    return Geocoder(embedded())


def asked(name: str, **options) -> Found:
    answer = geocoder().geocode(name, **options)
    assert isinstance(answer, Found), answer
    return answer


@pytest.mark.parametrize(
    ("name", "anchors", "sentence"),
    [
        ("10 km north of Goma", ("Goma",), "Shells fell 10 km north of Goma."),
        ("a village 15 kilometres west of El Obeid", ("El Obeid",), "They hit a village 15 kilometres west of El Obeid."),
        ("five miles south-east of Kandahar", ("Kandahar",), "Shells fell five miles south-east of Kandahar."),
        ("within 10 km of Sake", ("Sake",), "Shells fell within 10 km of Sake."),
        ("10 km north of the besieged town of Zabadani", ("Zabadani",), "Shells fell 10 km north of Zabadani."),
        ("east of Izyum", ("Izyum",), "Shells fell east of Izyum."),
        ("the northern outskirts of Maiduguri", ("Maiduguri",), "They fought in the northern outskirts of Maiduguri."),
        ("on the outskirts of Raqqa", ("Raqqa",), "They fought on the outskirts of Raqqa."),
        ("Raqqa outskirts", ("Raqqa",), "They fought on the outskirts of Raqqa."),
        ("between Kharkiv and Izyum", ("Kharkiv", "Izyum"), "They fought between Kharkiv and Izyum."),
        ("along the road from Goma to Rutshuru", ("Goma", "Rutshuru"), "They fought along the road from Goma to Rutshuru."),
        ("on the Mopti-Bandiagara road", ("Mopti", "Bandiagara"), "They fought on the Mopti-Bandiagara road."),
        ("Deir ez-Zor-Hasakah highway", ("Deir ez-Zor", "Hasakah"), "They fought on the Deir ez-Zor-Hasakah highway."),
        ("northern Borno", ("Borno",), "They fought in northern Borno."),
    ],
)  # fmt: skip
def test_a_phrase_asked_for_is_the_place_that_a_report_makes_of_it(name, anchors, sentence):
    place = asked(name).place
    reported = placed(sentence, *anchors)[anchors[0]].place
    assert dataclasses.replace(place, name=reported.name) == reported  # a report's place is called as the report does
    assert place.place_id.startswith("relative:") or place.precision is PlacePrecision.NEAR


def test_a_distance_and_a_direction_are_counted_from_the_place_and_the_reasons_say_so():
    goma = asked("Goma").place
    answer = asked("10 KM NORTH OF GOMA")
    assert distance_m(goma.lon, goma.lat, answer.place.lon, answer.place.lat) == pytest.approx(10_000, abs=5)
    assert bearing_deg(goma.lon, goma.lat, answer.place.lon, answer.place.lat) == pytest.approx(0, abs=0.5)
    assert answer.place.radius_m > goma.radius_m
    assert answer.reasons[0] == "the text says '10 KM NORTH OF GOMA'"
    assert asked("10 km north of goma").place.place_id == answer.place.place_id


def test_what_the_question_says_besides_is_said_of_the_names_in_it():
    lebanese = asked("10 km north of Tripoli", country="Lebanon").place
    assert lebanese.country == "LBN"
    assert asked("10 km north of Tripoli, Lebanon").place == lebanese
    assert asked("10 km north of Tripoli in Lebanon").place == lebanese
    assert asked("10 km north of Tripoli", near=(35.8, 34.4)).place == lebanese
    assert asked("10 km north of Tripoli").place.country == "LBY"


def test_names_of_one_phrase_are_those_that_lie_by_each_other():
    assert asked("Tripoli").place.country == "LBY"
    between = asked("between Tripoli and Beirut")
    assert between.place.country == "LBN"
    assert shapely.from_wkt(between.place.geometry).contains(shapely.Point(35.67, 34.16))


def test_a_side_of_another_place_chooses_among_namesakes_and_moves_none():
    assert asked("Tripoli, north of Beirut").place == asked("Tripoli", country="Lebanon").place


def test_a_name_behind_which_a_distance_stands_is_placed_by_it_where_it_is_not_known():
    place = asked("Abu Gadoura, 15 km west of El Obeid").place
    assert place.name == "Abu Gadoura, about 15 km west of El Obeid"
    assert place.place_id == asked("15 km west of El Obeid").place.place_id


@pytest.mark.parametrize("name", ["Goma–Rutshuru–Bunagana road", "the Goma-Rutshuru-Bunagana highway"])
def test_a_road_through_three_places_is_one_corridor(name):
    place = asked(name).place
    assert place.name == "road between Goma, Rutshuru and Bunagana"
    corridor = shapely.from_wkt(place.geometry)
    for lon, lat in ((29.23, -1.67), (29.45, -1.19), (29.6, -1.31)):
        assert corridor.contains(shapely.Point(lon, lat))


# ---------------------------------------------------------------- borders
@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [
        ("the Armenian-Azerbaijani border", {}, "relative:border:ARM-AZE"),
        ("the border between Sudan and Chad", {}, "relative:border:SDN-TCD"),
        ("Syria-Turkey border", {}, "relative:border:SYR-TUR"),
        ("Mali's border with Niger", {}, "relative:border:MLI-NER"),
        ("near the Belarusian border", {"country": "Ukraine"}, "relative:border:BLR-UKR"),
        ("Turkish border", {"near": (36.6, 36.1)}, "relative:border:SYR-TUR"),
        ("20 km from the Syrian-Turkish border", {}, "relative:border:SYR-TUR:20km"),
    ],
)
def test_a_border_is_the_line_that_the_words_name(name, options, expected):
    place = asked(name, **options).place
    assert place.place_id == expected
    assert shapely.from_wkt(place.geometry).geom_type in ("LineString", "MultiLineString", "Polygon", "MultiPolygon")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("the Belarusian border", "which border of Belarus is meant cannot be told"),
        ("near the border with Rwanda", "which border of Rwanda is meant cannot be told"),
        ("the Ruritanian border", "no place named 'Ruritanian' is known"),
        ("the border between France and Armenia", "no land border of"),
    ],
)
def test_a_border_that_the_words_do_not_tell_is_not_guessed(name, why):
    answer = geocoder().geocode(name)
    assert isinstance(answer, NotFound)
    assert any(why in reason for reason in answer.reasons), answer.reasons


def test_a_border_town_is_no_border():
    answer = geocoder().geocode("Ukrainian border town")
    assert isinstance(answer, NotFound)
    assert not any("border of" in reason for reason in answer.reasons)


# ---------------------------------------------------------------- honest about what cannot be placed
@pytest.mark.parametrize(
    ("name", "anchor"),
    [
        ("10 km north of Xyzzytown", "Xyzzytown"),
        ("near Xyzzytown", "Xyzzytown"),
        ("between Xyzzytown and Goma", "Xyzzytown"),
        ("the Goma-Xyzzytown road", "Xyzzytown"),
        ("10 km north of San Xyzzy Goma", "San Xyzzy Goma"),
        ("10 km north of Springfield", "Springfield"),
        ("10 km north of Ukraine", "Ukraine"),
        ("near Ukraine", "Ukraine"),
        ("15,000 km north of Goma", "Goma"),
        ("between Lagos and Kabul", "Lagos"),
    ],
)
def test_what_cannot_be_counted_is_not_found_and_the_reason_names_the_anchor(name, anchor):
    answer = geocoder().geocode(name)
    assert isinstance(answer, NotFound), answer
    assert anchor in answer.reasons[0]
    assert all(other.place.precision is not PlacePrecision.TOWN for other in answer.alternatives)


@pytest.mark.parametrize("name", ["10 km north of Goma", "north of Beirut", "about 20 miles outside Kandahar"])
def test_the_other_readings_of_a_phrase_are_counted_from_the_namesakes(name):
    answer = asked(name)
    assert answer.alternatives
    assert all(other.place.place_id.startswith("relative:") for other in answer.alternatives)
    assert all(other.score <= answer.score for other in answer.alternatives)


@pytest.mark.parametrize("name", ["1/2 km north of Goma", "10 km of Goma", "near", "10 km north of"])
def test_what_is_no_phrase_is_no_place_beside_another(name):
    assert isinstance(geocoder().geocode(name), NotFound)


@pytest.mark.parametrize("name", ["Northern Ireland", "Western Sahara", "North Kivu", "Eastern Ghouta", "West Darfur"])
def test_a_name_that_a_place_bears_is_its_name(name):
    assert not asked(name).place.place_id.startswith("relative:")


def test_words_that_are_no_name_may_stand_before_a_phrase():
    assert asked("halfway between Bihać and Knin").place == asked("between Bihać and Knin").place
    assert asked("Highway 2 along the road from Goma to Rutshuru").place == asked("road from Goma to Rutshuru").place
    assert asked("outskirts of Vukovar").place == asked("the outskirts of Vukovar").place


def test_a_unit_of_a_country_is_no_part_of_something_called_province():
    eastern = asked("Eastern Province, Sri Lanka").place
    assert (eastern.kind, eastern.country) == ("admin1", "LKA")


@pytest.mark.parametrize("name", ["northern Aleppo", "eastern Chile"])
def test_an_area_of_which_no_part_is_told_apart_stands_for_it_with_the_reason(name):
    answer = asked(name)
    assert answer.place == asked(name.partition(" ")[2]).place
    assert "no part of" in answer.reasons[0]


def test_a_region_stands_in_for_an_unknown_anchor_only_where_it_is_asked_for():
    question = {"admin1": "Kidore", "country": "Mali"}
    small = Geocoder(TinyGazetteer())
    assert isinstance(small.geocode("10 km north of Oubelek", **question), NotFound)
    answer = small.geocode("10 km north of Oubelek", **question, fallback_to_admin=True)
    assert isinstance(answer, Found)
    assert (answer.place.place_id, answer.score < 0.5) == ("tiny:kidore", True)
    assert any("Oubelek" in reason for reason in answer.reasons)


def test_a_table_is_answered_as_single_names_are():
    rows = [{"name": name} for name in ("10 km north of Goma", "between Kharkiv and Izyum", "10 km north of Xyzzytown")]
    answers = [answer for _, answer in geocoder().geocode_many(rows)]
    assert answers == [geocoder().geocode(row["name"]) for row in rows]


def test_an_override_of_the_anchor_moves_what_is_counted_from_it_and_one_of_the_phrase_wins(tmp_path):
    rows = "surface,lon,lat\nTessal,5.0,20.0\n5 km east of Tessal,1.0,1.0\n"
    (tmp_path / "overrides.csv").write_text(rows, encoding="utf-8")
    small = TinyGazetteer()
    own = Geocoder(small, overrides=load_overrides(tmp_path / "overrides.csv", gazetteer=small))
    moved = own.geocode("10 km north of Tessal")
    assert isinstance(moved, Found)
    assert distance_m(5.0, 20.0, moved.place.lon, moved.place.lat) == pytest.approx(10_000, abs=5)
    decided = own.geocode("5 km east of Tessal")
    assert isinstance(decided, Found)
    assert (decided.place.lon, decided.place.lat) == (1.0, 1.0)


def test_a_line_is_taken_as_it_stood_on_the_day():
    before = asked("in the Avdiivka direction", on=dt.date(2017, 2, 1)).place
    after = asked("in the Avdiivka direction", on=dt.date(2023, 11, 1)).place
    assert (before.kind, after.precision) == ("line", PlacePrecision.NEAR)
