"""Streets and buildings bear the names of towns and saints, and are none of the towns of those names."""

import pytest

from geoconflict.extract.toponyms.building_names import (
    is_a_service,
    is_of_a_hotel,
    is_saint_of_a_building,
    names_a_street,
)
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import split_words


def proposal(text: str, name: str) -> tuple[Proposal, tuple]:
    words = split_words(text)
    start = text.index(name)
    end = start + len(name)
    first = next(number for number, word in enumerate(words) if word.end > start)
    last = max(number for number, word in enumerate(words) if word.start < end)
    return Proposal(start, end, first, last, name.lower(), text[end : end + 1]), words


@pytest.mark.parametrize(
    ("text", "name", "is_one"),
    [
        ("A bomb went off at St. Barbara's Shrine in Colombo.", "St. Barbara", True),
        ("A bomb went off at St. Barbara\u2019s Hospital.", "St. Barbara", True),
        ("A bomb went off in St. Barbara's suburbs.", "St. Barbara", False),
        ("A bomb went off at Barbara's Shrine.", "Barbara", False),
        ("A bomb went off in St. Barbara.", "St. Barbara", False),
    ],
)
def test_a_saint_whose_name_a_house_bears_is_no_town(text, name, is_one):
    assert is_saint_of_a_building(*proposal(text, name)) is is_one


@pytest.mark.parametrize(
    ("text", "name", "is_one"),
    [
        ("He was shot on Riverton Street.", "Riverton", True),
        ("He was shot on the Riverton Road.", "Riverton", False),
        ("He was shot in Riverton.", "Riverton", False),
    ],
)
def test_a_street_lies_in_no_town_of_its_name_and_a_road_leads_to_it(text, name, is_one):
    assert names_a_street(*proposal(text, name)) is is_one


@pytest.mark.parametrize(
    ("text", "name", "is_one"),
    [
        ("Shells fell on the Marine base at Khe Sanh.", "Marine", True),
        ("Two Marines were shot near Hue.", "Marines", True),
        ("Shells fell on Marine City.", "Marine City", False),
        ("Shells fell on Hue.", "Hue", False),
    ],
)
def test_a_service_is_no_town(text, name, is_one):
    assert is_a_service(*proposal(text, name)) is is_one


@pytest.mark.parametrize(
    ("text", "name", "is_one"),
    [
        ("They fled to the Hotel des Grandes Xanthies.", "Xanthies", True),
        ("They fled to the Café de la Belle Xanthie.", "Xanthie", True),
        ("They fled to the Hotel Xanthie.", "Xanthie", False),
        ("They fled to the Hotel Al Rasheed Xanthie.", "Xanthie", False),
        ("They fled from the hotel. La Belle Xanthie burned.", "Xanthie", False),
        ("They fled to Xanthie.", "Xanthie", False),
    ],
)
def test_a_hotel_of_several_words_lies_in_no_town_of_its_last(text, name, is_one):
    assert is_of_a_hotel(*proposal(text, name)) is is_one
