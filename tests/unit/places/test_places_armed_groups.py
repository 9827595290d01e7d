"""Armed groups speak for the country that they fight in."""

import pytest

from geoconflict.places.armed_groups import groups_by_first_word
from geoconflict.places.peoples import peoples_in


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Fighters of the Allied Democratic Forces left.", ["COD"]),
        ("Houthi rebels fired; the Houthis denied it.", ["YEM"]),
        ("LeT fighters and FARC rebels", ["COL", "IND"]),
        ("Let them go. The fano of a church.", []),  # a verb, a common noun
        ("Islamic State fighters", []),  # of no one country
        ("Biafran troops and Pathet Lao forces", ["LAO", "NGA"]),
        ("The ADF sent a ship.", []),  # a group only in reports of its country
    ],
)
def test_a_group_by_name_speaks_for_its_country(text, countries):
    assert sorted(peoples_in(text, frozenset())) == countries


def test_a_name_that_groups_of_two_countries_bear_speaks_for_none():
    names = [one for names in groups_by_first_word().values() for one in names]
    assert len({one.words for one in names}) == len(names)


def test_the_longest_name_at_a_word_comes_first():
    for names in groups_by_first_word().values():
        assert [len(one.words) for one in names] == sorted((len(one.words) for one in names), reverse=True)
