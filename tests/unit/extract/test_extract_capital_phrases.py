"""A capital called by its country's people is a place where the report does not name the city itself."""

import pytest
from few_names import reading_of

from geoconflict.extract.capital_phrases import is_capital_phrase


def phrases(text):
    return [one.surface for one in reading_of(text).toponyms if is_capital_phrase(one.surface)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A bomb exploded in the Egyptian capital on Monday.", ["Egyptian capital"]),
        ("Shots were heard in the South Sudanese capital Monday.", ["South Sudanese capital"]),
        ("Shells fell in the Malian capital city.", ["Malian capital city"]),
        ("SHELLS FELL IN THE MALIAN CAPITAL TODAY. FOUR PEOPLE WERE KILLED THERE.", ["MALIAN CAPITAL"]),
        ("A bomb exploded in the Egyptian capital, Cairo.", []),
        # The few names all lie in Mali.
        ("A bomb exploded in the Malian capital. People fled Cairo.", []),
        ("A bomb exploded in the Egyptian capital. People fled to Cairo.", ["Egyptian capital"]),
        ("The Malian capital market fell. Malian capital gains were taxed.", []),
        ("A man was stabbed in the Scottish capital.", []),
        ("Troops took the provincial capital. Kurdish capital fled the country.", []),
    ],
)
def test_a_phrase_is_found_where_neither_name_nor_noun_stands_behind_and_the_city_is_not_named(text, found):
    assert phrases(text) == found


def test_what_happens_there_is_told_of_it_and_so_is_the_capital_of_the_next_sentence():
    text = "A car bomb exploded in the Malian capital on Monday. On Tuesday rockets hit the capital."
    assert [one.place.surface for one in reading_of(text).mentions] == ["Malian capital", "Malian capital"]
