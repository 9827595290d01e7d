"""Villages of a common name that lie far from all else that a report names in their own country."""

import math

import pytest
from tiny_gazetteer import tiny_place

from geoconflict.places.gazetteer import Candidate
from geoconflict.places.groups import NameGroup
from geoconflict.places.strangers import mark_far_namesakes

CITY = tiny_place("city", "Lakeside", 45.0, 43.0, country="RUS", population=300_000)
NEAR = tiny_place("near", "Redhill", 46.0, 43.5, country="RUS", population=4_000)


def far_from(spots, *, n_towns=4, population=4_000):
    """Return whether the first town of a name, at 57 degrees north, is marked as far from `spots`."""
    towns = [
        tiny_place(f"t{at}", "Redhill", 47.0 + at, 57.0, country="RUS" if at == 0 else "UKR", population=population)
        for at in range(n_towns)
    ]
    found = [
        Candidate(
            place=one,
            matched_name="Redhill",
            is_primary=True,
            name_valid=True,
            feature="PPL",
            historical=False,
            curated=False,
            prior=math.log10(1 + population) / 10,
        )
        for one in towns
    ]
    rows = [{} for _ in found]
    mark_far_namesakes(NameGroup("Redhill", [0], found), rows, 0.5, spots)
    return ["far_namesake" in row for row in rows]


def test_a_village_of_a_common_name_far_from_all_else_of_its_country_is_marked():
    assert far_from([CITY, NEAR]) == [True, False, False, False]


@pytest.mark.parametrize(
    ("spots", "more"),
    [
        ([CITY], {"population": 90_000}),
        ([CITY], {"n_towns": 2}),
        ([], {}),
        ([CITY, tiny_place("by", "Millbrook", 48.0, 56.0, country="RUS")], {}),
    ],
)
def test_cities_rare_names_and_what_lies_near_some_place_told_of_are_not(spots, more):
    assert not any(far_from(spots, **more))
