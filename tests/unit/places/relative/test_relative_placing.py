"""What the phrases make of places, with the embedded gazetteer and by hand."""

import datetime as dt

import pytest
import shapely
from builders import place
from relative_cases import answer, area, embedded, mentions, placed
from tiny_gazetteer import TinyGazetteer

from geoconflict.geo import bearing_deg, distance_m
from geoconflict.models import Place, PlacePrecision, Relation, Resolution, Role
from geoconflict.places import load_overrides, resolve
from geoconflict.places.relative.placing import place_relatives

KARABAKH = "Azerbaijani forces shelled Stepanakert. "


def relatives(text: str, where: dict[str, Place | None], **options) -> dict[str, Resolution]:
    """Return the answers for mentions whose places are set by hand."""
    toponyms = mentions(text, *where, **{key: options.pop(key) for key in ("roles", "relation") if key in options})
    answers = [answer(one, where[one.surface]) for one in toponyms]
    found = place_relatives(answers, text, gazetteer=TinyGazetteer(), **options)
    return {one.toponym.surface: one for one in found}


# ---------------------------------------------------------------- several wars, by the embedded gazetteer
@pytest.mark.parametrize(
    ("text", "name", "on", "expected", "precision", "km", "bearing"),
    [
        (KARABAKH + "Shells fell 10 km north of Martuni.", "Martuni", "2020-10-05", "about 10 km north of Martuni", "near", 10, 0),
        (KARABAKH + "Shells fell five miles outside Hadrut.", "Hadrut", "2020-10-05", "about 8 km from Hadrut", "near", 0, None),
        ("Russian forces shelled a village 15 kilometres south-east of Bakhmut, Ukraine.", "Bakhmut", "2023-01-10", "about 15 km southeast of Bakhmut", "near", 15, 135),
        ("A drone struck a car some 30 km (19 miles) north of Aleppo in Syria.", "Aleppo", "2019-10-10", "about 30 km north of Aleppo", "near", 30, 0),
        ("Rebels halted 20 km west of Goma in North Kivu.", "Goma", "2012-11-10", "about 20 km west of Goma", "near", 20, 270),
        ("The jet crashed a few kilometres from Mekelle in Tigray.", "Mekelle", "2021-06-23", "about 2 to 5 km from Mekelle", "near", 0, None),
        ("Fighting went on north of El Fasher, Sudan.", "El Fasher", "2024-05-10", "north of El Fasher", "near", None, 0),
    ],
)  # fmt: skip
def test_a_point_beside_a_town(text, name, on, expected, precision, km, bearing):
    alone = placed(f"{text} {name} is calm.", name, on=dt.date.fromisoformat(on))[name].place
    one = placed(text, name, on=dt.date.fromisoformat(on))[name]
    assert one.place is not None
    assert alone is not None
    assert one.place.name == expected
    assert one.place.precision is PlacePrecision(precision)
    assert one.place.place_id.startswith(f"relative:{alone.place_id}:")
    assert one.place.radius_m >= alone.radius_m
    assert name in one.reasons[0]
    assert one.reasons[0].startswith("the text says")
    apart = distance_m(alone.lon, alone.lat, one.place.lon, one.place.lat)
    if km is not None:
        assert apart == pytest.approx(1000 * km, abs=5)
    if bearing is not None:
        turned = (bearing_deg(alone.lon, alone.lat, one.place.lon, one.place.lat) - bearing + 180) % 360 - 180
        assert turned == pytest.approx(0, abs=0.5)


def test_what_lies_between_two_towns_is_one_place_for_both():
    found = placed(KARABAKH + "They fought between Hadrut and Jabrayil.", "Hadrut", "Jabrayil", "Stepanakert")
    assert found["Hadrut"].place == found["Jabrayil"].place
    between = found["Hadrut"].place
    assert between is not None
    assert (between.name, between.precision) == ("between Hadrut and Jabrayil", PlacePrecision.AREA)
    shape = shapely.from_wkt(between.geometry)
    assert shape.is_valid
    assert shape.contains(shapely.Point(47.03, 39.46))
    turned = placed(KARABAKH + "They fought between Jabrayil and Hadrut.", "Hadrut", "Jabrayil", "Stepanakert")
    assert turned["Hadrut"].place is not None
    assert turned["Hadrut"].place.place_id == between.place_id


@pytest.mark.parametrize("phrase", ["road from Goris to Stepanakert", "Goris-Stepanakert highway"])
def test_a_road_is_a_corridor_that_says_that_no_road_is_known(phrase):
    found = placed(f"A convoy was hit on the {phrase}.", "Goris", "Stepanakert")
    road = found["Goris"].place
    assert road is not None
    assert road == found["Stepanakert"].place
    assert road.precision is PlacePrecision.AREA
    assert road.country is None  # it runs through two
    assert "the data have no roads" in found["Goris"].reasons[1]
    assert found["Goris"].score < 0.9


def test_the_line_near_a_town_is_the_stretch_by_it():
    found = placed(
        KARABAKH + "They fought along the line of contact near Martuni.", "line of contact", "Martuni", "Stepanakert"
    )
    line, town = found["line of contact"].place, found["Martuni"].place
    assert line is not None
    assert town is not None
    assert (line.kind, line.precision) == ("line", PlacePrecision.LINE)
    assert line.name == "Nagorno-Karabakh line of contact near Martuni"
    assert distance_m(line.lon, line.lat, 47.113, 39.795) < 25_000
    assert (town.precision, town.radius_m) == (PlacePrecision.NEAR, 12_000)


def test_a_direction_of_the_front_is_its_stretch_while_the_line_stands_and_near_the_town_after():
    text = "Russian-backed forces attacked in the Avdiivka direction, Ukraine said."
    before = placed(text, "Avdiivka", "Ukraine", on=dt.date(2017, 2, 1))["Avdiivka"].place
    after = placed(text, "Avdiivka", "Ukraine", on=dt.date(2023, 11, 1))["Avdiivka"].place
    assert before is not None
    assert after is not None
    assert (before.kind, before.precision) == ("line", PlacePrecision.LINE)
    assert (after.precision, after.radius_m) == (PlacePrecision.NEAR, pytest.approx(22_000, abs=1000))


def test_a_part_of_an_area_is_cut_from_it_and_no_sharper():
    one = placed("They fought in northern Nagorno-Karabakh.", "Nagorno-Karabakh")["Nagorno-Karabakh"].place
    assert one is not None
    whole = embedded().lookup("Nagorno-Karabakh")[0].place
    assert one.name == "northern Nagorno-Karabakh"
    assert one.precision is whole.precision
    assert one.lat > whole.lat
    part, area_ = shapely.from_wkt(one.geometry), shapely.from_wkt(whole.geometry)
    assert part.is_valid
    assert 0.25 < part.area / area_.area < 0.75
    assert part.within(area_.buffer(0.01))


def test_a_part_that_the_gazetteer_knows_by_name_is_that_one():
    one = placed("Israel struck southern Lebanon.", "Lebanon", "Israel", on=dt.date(2024, 10, 1))["Lebanon"]
    assert one.place is not None
    assert one.place.place_id == "curated:southern-lebanon"
    assert "a region of this name is known" in one.reasons


def test_beside_a_line_is_a_band_on_that_side():
    found = placed(
        KARABAKH + "Shells fell 5 km east of the line of contact. Martuni was hit.",
        "line of contact", "Martuni", "Stepanakert",
    )  # fmt: skip
    one = found["line of contact"].place
    assert one is not None
    assert one.precision is PlacePrecision.AREA
    assert shapely.from_wkt(one.geometry).is_valid
    line = embedded().place("curated:karabakh-line-of-contact")
    assert line is not None
    apart = shapely.from_wkt(one.geometry).centroid.x - shapely.from_wkt(line.geometry).centroid.x
    assert 0.03 < apart < 0.1


@pytest.mark.parametrize(
    ("phrase", "lat", "why"),
    [
        ("5 km east of", 84.0, "comes too near a pole"),
        ("5 km from", -84.0, "comes too near a pole"),
        ("northern edge of", 50.0, "has no such edge"),
    ],
)
def test_where_no_band_can_be_drawn_the_line_stays_and_the_reason_says_so(phrase, lat, why):
    wkt = f"LINESTRING (10 {lat}, 12 {lat})"
    line = place("Ice Line", 11.0, lat, geometry=wkt, kind="line", precision=PlacePrecision.LINE)
    found = relatives(f"Shells fell at {phrase} Ice Line.", {"Ice Line": line})["Ice Line"]
    assert found.place == line
    assert why in found.reasons[-1]
    assert phrase in found.reasons[-1]


# ---------------------------------------------------------------- what is not moved
def test_a_named_place_stays_and_what_is_said_of_it_is_evidence():
    found = placed(KARABAKH + "They shelled Martuni, 30 km east of Stepanakert.", "Martuni", "Stepanakert")
    town = found["Martuni"]
    assert town.place is not None
    assert town.place.place_id == "curated:martuni-karabakh"
    assert town.place.precision is PlacePrecision.TOWN
    assert any("it lies" in reason and "from there" in reason for reason in town.reasons)
    other = found["Stepanakert"].place
    assert other is not None
    assert other.precision is PlacePrecision.TOWN


def test_what_is_said_of_a_name_chooses_between_places_that_bear_it():
    far, near = place("Riverton", 35.0, 15.0), place("Riverton", 30.0, 10.27, place_id="test:riverton-2")
    surer, third = (place("Riverton", lon, 20.0, place_id=f"test:riverton-{lon:.0f}") for lon in (60.0, 70.0))
    others = [
        {"place": one.to_dict(), "score": score, "reasons": []}
        for one, score in ((surer, 0.8), (near, 0.1), (third, 0.05))
    ]
    text = "They shelled Riverton, 30 km north of Hilltown. Riverton burnt."
    toponyms = mentions(text, "Riverton", "Hilltown")
    answers = [answer(one, far if one.surface == "Riverton" else place("Hilltown", 30.0, 10.0)) for one in toponyms]
    answers = [
        Resolution.from_dict({**one.to_dict(), "alternatives": others}) if one.toponym.surface == "Riverton" else one
        for one in answers
    ]
    found = place_relatives(answers, text, gazetteer=TinyGazetteer())
    assert [one.place.place_id for one in found if one.place] == ["test:riverton-2", "test:hilltown", "test:riverton-2"]
    assert found[0].score == pytest.approx(0.8 * 0.9)
    assert [one.place for one in found[0].alternatives] == [third]  # what was surer than the choice is none of the rest


def test_an_unknown_place_is_put_where_the_text_says():
    text = "They shelled Nowhereville, some 12 km south-east of Riverton. Nowhereville burnt."
    found = relatives(text, {"Nowhereville": None, "Riverton": place()})
    one = found["Nowhereville"].place
    assert one is not None
    assert one.name == "Nowhereville, about 12 km southeast of Riverton"
    assert distance_m(30.0, 10.0, one.lon, one.lat) == pytest.approx(12_000, abs=5)
    assert found["Nowhereville"].score == pytest.approx(0.8 * 0.9)
    assert found["Riverton"].place == place()


def test_a_namesake_far_from_where_the_text_puts_it_is_not_the_place_meant():
    away = place("Nowhereville", lon=40.0)
    text = "They shelled Nowhereville, some 12 km south-east of Riverton."
    found = relatives(text, {"Nowhereville": away, "Riverton": place()})
    one = found["Nowhereville"].place
    assert one is not None
    assert one.name == "Nowhereville, about 12 km southeast of Riverton"
    assert any("the Nowhereville that is known lies" in reason for reason in found["Nowhereville"].reasons)


def test_without_its_anchor_a_relative_place_has_none():
    one = relatives("They fought 10 km north of Riverton.", {"Riverton": None})["Riverton"]
    assert one.place is None
    assert any("could not be placed" in reason for reason in one.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "A refinery burnt 1,100 km west of Riverton.",
        "They sank a trawler 350 nautical miles off Riverton.",
        "They killed eight in a hamlet 500 to 700 km from Riverton.",
    ],
)
def test_what_lies_far_from_a_town_is_not_in_it_and_nowhere_else(text):
    one = relatives(text, {"Riverton": place()})["Riverton"]
    assert one.place is None
    assert any("too far to count from Riverton" in reason for reason in one.reasons)


def test_a_town_far_from_another_stays_and_so_does_that_one_where_it_is_named_again():
    found = relatives("They shelled Hilltown, 1,100 km west of Riverton.", {"Hilltown": place(), "Riverton": place()})
    assert found["Hilltown"].place == place()
    text = "A refinery burnt 1,100 km west of Riverton. Riverton was shelled too."
    answers = [answer(one, place()) for one in mentions(text, "Riverton")]
    assert [one.place for one in place_relatives(answers, text, gazetteer=TinyGazetteer())] == [None, place()]


def test_with_one_end_unknown_it_is_near_the_other():
    found = relatives("They fought between Riverton and Nowhereville.", {"Riverton": place(), "Nowhereville": None})
    assert found["Nowhereville"].place is None
    one = found["Riverton"].place
    assert one is not None
    assert (one.precision, one.place_id) == (PlacePrecision.NEAR, "test:riverton")
    assert "Nowhereville, the other end, could not be placed" in found["Riverton"].reasons


def test_countries_and_large_areas_are_no_ends_of_a_corridor_and_no_anchors():
    land = place("Freedonia", kind="country", precision=PlacePrecision.COUNTRY, radius_m=300_000.0)
    other = place("Sylvania", kind="country", precision=PlacePrecision.COUNTRY, radius_m=300_000.0, lon=35.0)
    found = relatives("War between Freedonia and Sylvania.", {"Freedonia": land, "Sylvania": other})
    assert (found["Freedonia"].place, found["Sylvania"].place) == (land, other)
    one = relatives("They fought 20 km north of Freedonia.", {"Freedonia": land})["Freedonia"]
    assert one.place == land
    assert any("too large to count from" in reason for reason in one.reasons)


def test_places_too_far_apart_make_no_corridor():
    far = place("Hilltown", lon=40.0)
    found = relatives("They fought between Riverton and Hilltown.", {"Riverton": place(), "Hilltown": far})
    assert found["Riverton"].place == place()
    assert any("too far to say anything" in reason for reason in found["Riverton"].reasons)


def test_a_road_that_crosses_a_continent_tells_no_place_and_neither_of_its_ends():
    """Here and there it is 970 km and 1,900 km long."""
    long = relatives(
        "A bus was hit on the Riverton-Hilltown highway.",
        {"Riverton": place(), "Hilltown": place("Hilltown", lon=40.0)},
    )
    assert long["Riverton"].place.name == "road between Riverton and Hilltown"
    assert long["Riverton"].place.precision is PlacePrecision.AREA
    endless = relatives(
        "A bus was hit on the Riverton-Hilltown highway.",
        {"Riverton": place(), "Hilltown": place("Hilltown", lon=50.0)},
    )
    assert (endless["Riverton"].place, endless["Hilltown"].place) == (None, None)
    assert any("too far to say anything" in reason for reason in endless["Hilltown"].reasons)


def test_two_places_a_few_kilometres_apart_are_near_each_other():
    close = place("Hilltown", lon=30.05)
    one = relatives("They fought between Riverton and Hilltown.", {"Riverton": place(), "Hilltown": close})["Riverton"]
    assert one.place is not None
    assert one.place.precision is PlacePrecision.NEAR
    assert one.place.geometry.startswith("POINT")


def test_near_keeps_the_id_so_that_versions_of_one_event_meet():
    one = relatives("They fought near Riverton.", {"Riverton": place()})["Riverton"].place
    assert one is not None
    assert (one.place_id, one.precision, one.radius_m) == ("test:riverton", PlacePrecision.NEAR, 13_000)


def test_what_the_sentence_puts_near_a_town_is_near_it():
    one = relatives("They closed in on Riverton.", {"Riverton": place()}, relation=Relation.NEAR)["Riverton"].place
    assert one is not None
    assert (one.place_id, one.precision) == ("test:riverton", PlacePrecision.NEAR)


def test_an_area_is_not_sharpened_by_nearness():
    ground = area("The Plains", "POLYGON ((29 9, 31 9, 31 11, 29 11, 29 9))", radius_m=150_000.0)
    assert relatives("They fought near The Plains.", {"The Plains": ground})["The Plains"].place == ground


def test_the_score_is_the_anchors_and_less_where_the_reading_is_less_sure():
    scores = [
        relatives(text, {"Riverton": place(), "Hilltown": place("Hilltown", 30.3)})["Riverton"].score
        for text in (
            "They fought 10 km north of Riverton, not Hilltown.",
            "They fought north of Riverton, not Hilltown.",
            "They fought between Riverton and Hilltown.",
        )
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 0.9
    assert scores[-1] < 0.9


def test_below_the_least_score_it_has_no_place():
    where = {"Riverton": place(), "Hilltown": place("Hilltown", 30.3)}
    one = relatives("They fought between Riverton and Hilltown.", where, min_score=0.85)["Riverton"]
    assert one.place is None
    assert one.reasons[0].startswith("not sure enough: between Riverton and Hilltown")


def test_an_override_wins_over_the_words(tmp_path):
    table = tmp_path / "overrides.csv"
    table.write_text("surface,lon,lat\nAnderam,1.0,18.0\n", encoding="utf-8")
    text = "They fought 10 km north of Anderam."
    (one,) = resolve(mentions(text, "Anderam"), gazetteer=TinyGazetteer(), text=text, overrides=load_overrides(table))
    assert one.place is not None
    assert (one.place.lon, one.place.lat) == (1.0, 18.0)
    assert not one.place.place_id.startswith("relative:")


def test_a_point_beyond_a_border_has_no_country():
    found = {
        wind: placed(f"They fought 40 km {wind} of Azaz in Syria.", "Azaz", "Syria", on=dt.date(2016, 10, 5))["Azaz"]
        for wind in ("north", "south")
    }
    assert {wind: one.place and one.place.country for wind, one in found.items()} == {"north": None, "south": "SYR"}


@pytest.mark.parametrize(
    ("kind", "precision", "expected"),
    [
        ("admin2", PlacePrecision.ADMIN2, PlacePrecision.REGION),
        ("admin1", PlacePrecision.ADMIN1, PlacePrecision.REGION),
    ],
)
@pytest.mark.parametrize("radius_m", [60_000.0, 300_000.0])
def test_a_part_of_an_area_without_an_outline_is_a_disc_in_that_part_of_it(kind, precision, expected, radius_m):
    land = place("Freedonia", kind=kind, precision=precision, radius_m=radius_m)
    one = relatives("They fought in northern Freedonia.", {"Freedonia": land})["Freedonia"]
    assert one.place is not None
    # The middle of half a disc lies 4/(3 pi) of the radius from the middle of the disc.
    assert distance_m(30.0, 10.0, one.place.lon, one.place.lat) == pytest.approx(0.4244 * radius_m, rel=0.001)
    assert bearing_deg(30.0, 10.0, one.place.lon, one.place.lat) == pytest.approx(0, abs=0.1)
    assert (one.place.name, one.place.precision, one.place.radius_m) == (
        "northern Freedonia",
        expected,
        0.75 * radius_m,
    )
    assert any("outline of Freedonia is not in the data" in reason for reason in one.reasons)


def test_a_country_without_an_outline_is_no_disc():
    land = place("Freedonia", kind="country", precision=PlacePrecision.COUNTRY, radius_m=300_000.0)
    one = relatives("They fought in northern Freedonia.", {"Freedonia": land})["Freedonia"]
    assert one.place == land
    assert any("outline of Freedonia is not in the data" in reason for reason in one.reasons)


def test_a_part_that_would_lie_abroad_is_not_cut():
    one = placed("Shelling hit eastern Chile.", "Chile")["Chile"]
    assert one.place is not None
    assert (one.place.kind, one.place.name) == ("country", "Chile")
    assert any("outline of Chile is not in the data" in reason for reason in one.reasons)


def test_a_part_that_only_tells_where_a_town_lies_is_left_whole():
    found = placed("Shelling hit Maiduguri, northern Borno.", "Maiduguri", "Borno")
    assert found["Borno"].place is not None
    assert found["Borno"].place.kind == "admin1"


def test_the_part_that_an_area_is_named_by_is_not_cut_again():
    one = placed("Shelling hit eastern Ghouta in Syria.", "Ghouta", "Syria")["Ghouta"].place
    assert one is not None
    assert one.name == "Eastern Ghouta"


@pytest.mark.parametrize("village", ["Riverton", "Overhill"])
def test_a_name_behind_a_distance_is_the_name_of_the_place_that_it_makes(village):
    text = f"They attacked a village 15 km west of Hilltown, {village}, killing twelve."
    found = relatives(text, {"Hilltown": place("Hilltown"), village: None})
    assert found[village].place is not None
    assert found["Hilltown"].place is not None
    assert found[village].place.place_id == found["Hilltown"].place.place_id == "relative:test:hilltown:15km-W"
    assert found[village].place.name == f"{village}, about 15 km west of Hilltown"
    assert found[village].score < found["Hilltown"].score


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They attacked a village 15 km west of Hilltown, Freedonia, killing twelve.", "admin1"),
        ("They attacked a village 15 km west of Hilltown, Freedonia and Riverton.", "settlement"),
        ("They attacked people 15 km west of Hilltown, Freedonia, killing twelve.", "settlement"),
        ("They attacked a village 15 km west of Hilltown, Freedonia province, killing twelve.", "settlement"),
    ],
)
def test_a_container_or_a_list_behind_a_distance_is_no_name_of_its_place(text, kind):
    far = place("Freedonia", 60.0, 40.0, kind=kind)
    found = relatives(text, {"Hilltown": place("Hilltown"), "Freedonia": far})
    assert found["Freedonia"].place == far


def test_a_description_behind_a_container_is_of_what_it_contains():
    where = {
        "Riverton": place("Riverton", 30.0, 10.27),
        "Freedonia": place("Freedonia", kind="country", precision=PlacePrecision.COUNTRY, radius_m=300_000.0),
        "Hilltown": place("Hilltown"),
    }
    found = relatives("They shelled Riverton, Freedonia, 30 km north of Hilltown.", where)
    assert {name: one.place for name, one in found.items()} == where
    assert any("from there" in reason for reason in found["Riverton"].reasons)


@pytest.mark.parametrize(("outer", "moved"), [("Tassiga Region", True), ("Kidore Region", False)])
def test_a_direction_behind_a_province_is_of_the_province_unless_the_town_lies_in_it(outer, moved):
    places = {one.name: one for one in (TinyGazetteer().lookup(name)[0].place for name in (outer, "Anderam"))}
    found = relatives(f"They fought in {outer}, north of Anderam.", places)
    assert found[outer].place == places[outer]
    assert (found["Anderam"].place != places["Anderam"]) is moved


def test_a_talking_capital_is_left_alone():
    text = "Fighting between Riverton and Hilltown went on."
    roles = {"Riverton": Role.ACTOR_METONYM, "Hilltown": Role.ACTOR_METONYM}
    where = {"Riverton": place(), "Hilltown": place("Hilltown", 30.3)}
    found = relatives(text, where, roles=roles)
    assert {name: one.place for name, one in found.items()} == where


def test_derived_places_round_trip():
    found = placed(
        KARABAKH + "They fought between Hadrut and Jabrayil, 10 km north of Martuni.", "Hadrut", "Jabrayil", "Martuni"
    )
    for one in found.values():
        assert Resolution.from_dict(one.to_dict()) == one


@pytest.mark.parametrize(
    "words", ["1/2 km", "5 000 metres", "-5 km", "two and a half miles", "1\u20442 km", "3\u00a0000 m"]
)
def test_half_a_figure_is_not_taken_for_the_distance(words):
    one = relatives(f"Shells fell {words} north of Riverton.", {"Riverton": place()})["Riverton"]
    assert one.place is not None
    assert one.place.name == "north of Riverton"


def test_a_figure_in_several_words_is_their_sum():
    text = "Shells fell a hundred and twenty-five kilometres north of Riverton."
    one = relatives(text, {"Riverton": place()})["Riverton"].place
    assert one is not None
    assert distance_m(30.0, 10.0, one.lon, one.lat) == pytest.approx(125_000, abs=50)
