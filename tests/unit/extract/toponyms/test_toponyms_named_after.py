"""Things called after a place, nicknames in quotation marks and names that lost a letter are no such place."""

import pytest
from few_names import reading_of


def names(text):
    return [one.surface for one in reading_of(text).toponyms]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rebels shelled a quarter of Gao that they called “little Moscow”.", ["Gao"]),
        ('Shells hit the "new Khartoum" outside Nyala.', ["Nyala"]),
        ("He was born in little Moscow.", ["Moscow"]),
        ('Rebels shelled "Moscow" on Friday.', ["Moscow"]),
    ],
)
def test_a_nickname_is_not_the_place_that_it_names(text, told):
    assert names(text) == told


@pytest.mark.parametrize("thing", ["Molotov cocktails", "a Molotov bomb", "Panama hats", "Manila envelopes"])
def test_things_are_no_places(thing):
    assert names(f"Police in Gao found {thing} on Friday.") == ["Gao"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Shelling hit Gao\ufffdndara on Friday.", []),
        ("Shelling hit Gao\ufffds market on Friday.", ["Gao"]),
        ("Shelling hit Gao \ufffd killing two.", ["Gao"]),
        ("Shelling hit \ufffdGao\ufffd on Friday.", ["Gao"]),
    ],
)
def test_a_lost_letter_inside_a_word_ends_no_name(text, told):
    assert names(text) == told
