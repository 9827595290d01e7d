"""Reading the phrases, without any place: what governs which mention, and what never does."""

import pytest
from relative_cases import mentions

from geoconflict.models import Role
from geoconflict.places.relative.grammar import direction_of
from geoconflict.places.relative.words import PhraseKind, read_phrases


def phrases(text: str, *names: str, **options):
    toponyms = mentions(text, *names, **options)
    return {toponyms[one.index].surface: one for one in read_phrases(text, toponyms)}


@pytest.mark.parametrize(
    ("words", "low", "high", "bearing"),
    [
        ("10 km north of Riverton", 10, 10, 0),
        ("10km north-east of Riverton", 10, 10, 45),
        ("ten kilometres to the south-west of Riverton", 10, 10, 225),
        ("some 15 kilometres (9 miles) south-east of Riverton", 15, 15, 135),
        ("about 12.5 km due west of Riverton", 12.5, 12.5, 270),
        ("5-10 km east of Riverton", 5, 10, 90),
        ("5 to 10 kilometres east of the besieged town of Riverton", 5, 10, 90),
        ("1,500 metres north of Riverton", 1.5, 1.5, 0),
        ("half a mile north of Riverton", 0.805, 0.805, 0),
        ("twenty-five miles north-northwest of Riverton", 40.2, 40.2, 337.5),
        ("a few kilometres from Riverton", 2, 5, None),
        ("12 km from Riverton", 12, 12, None),
        ("five miles outside Riverton", 8.05, 8.05, None),
        ("a couple of kilometers outside of central Riverton", 2, 3, None),
        ("30 km (19 mi) away from the town of Riverton", 30, 30, None),
        ("an hour's drive north of Riverton", 50, 50, 0),
        ("20 nautical miles off Riverton", 37.04, 37.04, None),
    ],
)
def test_distances(words, low, high, bearing):
    phrase = phrases(f"Shells fell {words} on Sunday.", "Riverton")["Riverton"]
    assert phrase.kind is PhraseKind.OFFSET
    assert (phrase.low_km, phrase.high_km) == pytest.approx((low, high), rel=0.01)
    assert phrase.bearing_deg == bearing
    assert phrase.describes is None
    assert "Riverton" in phrase.words


@pytest.mark.parametrize(
    ("words", "is_bound", "share"),
    [
        ("10 km north of", False, 0.1),
        ("exactly 10 km north of", False, 0.1),
        ("about 10 km north of", False, 0.2),
        ("roughly 10 km north of", False, 0.2),
        ("less than 10 km north of", True, 0.35),
        ("within 10 km of", True, 0.35),
        ("more than 10 km from", False, 0.35),
        ("two hours north of", False, 0.6),
    ],
)
def test_how_much_a_figure_leaves_open(words, is_bound, share):
    phrase = phrases(f"They halted {words} Riverton.", "Riverton")["Riverton"]
    assert (phrase.is_bound, phrase.share) == (is_bound, share)


@pytest.mark.parametrize(
    ("text", "kind", "bearing"),
    [
        ("They fought north of Riverton.", PhraseKind.SIDE, 0),
        ("They fought to the south-east of Riverton.", PhraseKind.SIDE, 135),
        ("They fought just west of Riverton.", PhraseKind.SIDE, 270),
        ("Shells hit the northern outskirts of Riverton.", PhraseKind.EDGE, 0),
        ("Shells hit Riverton's eastern suburbs.", PhraseKind.EDGE, 90),
        ("Shells hit the northern part of Riverton.", PhraseKind.PART, 0),
        ("Shells fell in the far north of Riverton.", PhraseKind.PART, 0),
        ("Shells hit southern Riverton.", PhraseKind.PART, 180),
        ("Shells hit south-eastern Riverton.", PhraseKind.PART, 135),
        ("Shells fell near Riverton.", PhraseKind.NEAR, None),
        ("Shells fell close to the village of Riverton.", PhraseKind.NEAR, None),
        ("Shells fell not far from Riverton.", PhraseKind.NEAR, None),
        ("Shells fell in the vicinity of Riverton.", PhraseKind.NEAR, None),
        ("Shells fell on the outskirts of Riverton.", PhraseKind.NEAR, None),
        ("Shells fell around Riverton.", PhraseKind.NEAR, None),
        ("Shells fell just outside Riverton.", PhraseKind.NEAR, None),
        ("Shells fell at the entrance to Riverton.", PhraseKind.NEAR, None),
        ("Shells fell in the Riverton area.", PhraseKind.NEAR, None),
        ("Shells fell in Riverton's outskirts.", PhraseKind.NEAR, None),
        ("They attacked in the Riverton direction.", PhraseKind.FRONT, None),
        ("It was quiet on the Riverton section of the front.", PhraseKind.FRONT, None),
        ("They advanced on the Riverton axis.", PhraseKind.FRONT, None),
    ],
)
def test_other_phrases(text, kind, bearing):
    phrase = phrases(text, "Riverton")["Riverton"]
    assert (phrase.kind, phrase.bearing_deg) == (kind, bearing)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They fought between Riverton and Hilltown.", PhraseKind.BETWEEN),
        ("They fought between the towns of Riverton and Hilltown.", PhraseKind.BETWEEN),
        ("A bus was hit on the road from Riverton to Hilltown.", PhraseKind.ROAD),
        ("A bus was hit on the highway linking Riverton with Hilltown.", PhraseKind.ROAD),
        ("A bus was hit on the road between Riverton and Hilltown.", PhraseKind.ROAD),
        ("A bus was hit on the Riverton-Hilltown highway.", PhraseKind.ROAD),
        ("A bus was hit on the Riverton–Hilltown road.", PhraseKind.ROAD),
        ("They dug in along the Riverton-Hilltown line.", PhraseKind.ROAD),
    ],
)
def test_phrases_of_two_names_govern_both(text, kind):
    toponyms = mentions(text, "Riverton", "Hilltown")
    (phrase,) = {one.words: one for one in read_phrases(text, toponyms)}.values()
    assert (phrase.kind, phrase.index, phrase.other) == (kind, 0, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Around 20 people fled Riverton.",
        "Between Monday and Friday Riverton was calm.",
        "Close to 5,000 people left Riverton.",
        "North of 60 dead in Riverton.",
        "They retook 10 km of Riverton.",
        "They were near. Riverton was hit.",
        "Ten km north of the camp, in Riverton, shells fell.",
        "Ten km north of it\n\nRiverton was hit.",
        "They shot from 10 km north; Riverton burnt.",
        "Sources close to Riverton said so.",
        "Officials close to Riverton said so.",
        "Riverton direction signs were stolen.",
        "They fought in Riverton and 10 km further.",
        "They fled 10 km north of Riverton's border with Hilltown.",
        "The Riverton front page said so.",
    ],
)
def test_what_only_looks_like_a_phrase(text):
    assert phrases(text, "Riverton") == {}


@pytest.mark.parametrize("role", [Role.ACTOR_METONYM, Role.TALKS_VENUE, Role.DATELINE, Role.OTHER])
def test_names_that_speak_or_name_something_else_are_never_governed(role):
    text = "War raged between Riverton and Hilltown, near Riverton."
    assert phrases(text, "Riverton", "Hilltown", roles={"Riverton": role, "Hilltown": role}) == {}


def test_a_distance_governs_the_first_name_alone_and_nearness_the_list():
    text = "Shells fell 10 km north of Riverton and Hilltown, and near Lakeside, Seaview and Woodend."
    found = phrases(text, "Riverton", "Hilltown", "Lakeside", "Seaview", "Woodend")
    assert {name: one.kind.value for name, one in found.items()} == {
        "Riverton": "offset",
        "Lakeside": "near",
        "Seaview": "near",
        "Woodend": "near",
    }


def test_a_container_after_a_comma_is_not_near():
    assert set(phrases("Shells fell near Riverton, Hilltown.", "Riverton", "Hilltown")) == {"Riverton"}


@pytest.mark.parametrize(
    "text",
    [
        "They shelled Riverton, 10 km north of Hilltown.",
        "They shelled Riverton, which lies some 10 km north of Hilltown.",
        "They shelled Riverton (10 km north of Hilltown).",
        "They shelled Riverton, a village north of Hilltown.",
        "They shelled Riverton barracks north of Hilltown.",
    ],
)
def test_a_phrase_behind_a_name_describes_it(text):
    found = phrases(text, "Riverton", "Hilltown")
    assert set(found) == {"Hilltown"}
    assert found["Hilltown"].describes == 0


@pytest.mark.parametrize("between", [" and villages", " soldiers", " fighters' barracks"])
def test_a_phrase_behind_other_things_does_not(between):
    found = phrases(f"They shelled Riverton{between} north of Hilltown.", "Riverton", "Hilltown")
    assert found["Hilltown"].describes is None


def test_directions_in_all_spellings():
    assert direction_of("south-eastern") == direction_of("southeast") == direction_of("South East") == (135.0, 22.5)
    assert direction_of("northernmost") == direction_of("north")
    assert direction_of("north-north-west") == (337.5, 11.25)
    assert direction_of("central") is None


@pytest.mark.parametrize("dash", ["-", "–", "—", " - "])
def test_a_road_through_three_places_governs_all_of_them(dash):
    text = f"A convoy was hit on the {dash.join(('Riverton', 'Hilltown', 'Lakeside'))} road."
    found = phrases(text, "Riverton", "Hilltown", "Lakeside")
    assert set(found) == {"Riverton"}
    road = found["Riverton"]
    assert (road.kind, road.index, road.via, road.other) == (PhraseKind.ROAD, 0, (1,), 2)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("They shelled Hillton and the nearby Riverton camp.", False),
        ("They fought in nearby Riverton.", False),
        ("They took Hillton and nearby Riverton.", False),
        ("They took nearby towns of Riverton.", False),
        ("A raid nearby Riverton killed two.", True),
        ("A raid near Riverton killed two.", True),
    ],
)
def test_what_is_nearby_itself_is_not_what_something_lies_near(text, near):
    found = phrases(text, "Riverton").get("Riverton")
    assert (found is not None and found.kind is PhraseKind.NEAR) is near
