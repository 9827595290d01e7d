"""Abbreviations that a report explains by a body's name."""

import pytest

from geoconflict.extract.toponyms.initials import initials_of_bodies
from geoconflict.extract.toponyms.text_words import split_words


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("Ruritanian Liberation Army men fled. Two RLA men died.", {"RLA"}),
        ("President Hall of the Justice and Equality Movement", {"JEM", "JAEM"}),
        ("The Institute for Foreign Trade", {"IFT", "IFFT"}),
    ],
)
def test_the_initials_of_a_body_that_is_named_in_full(text, initials):
    assert initials <= initials_of_bodies(split_words(text))


@pytest.mark.parametrize("text", ["New Port Vale lies there.", "The Army came.", "Low Valley, Army of the North"])
def test_towns_and_single_words_have_none_and_a_comma_ends_a_name(text):
    assert not {"NPV", "A", "LVA"} & initials_of_bodies(split_words(text))


def test_a_run_of_capitals_without_end_is_looked_at_from_its_last_words_alone():
    words = split_words("Army " * 20_000 + "Northern Liberation Army")
    assert "NLA" in initials_of_bodies(words)
    assert max(map(len, initials_of_bodies(words))) <= 14
