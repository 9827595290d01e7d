"""Abbreviations that a report explains by a body's name."""

import pytest
from few_names import reading_of

from geoconflict.extract.toponyms.initials import glossed_bodies, initials_of_bodies
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("an attack on Solidar (Ruritanian Workers' Union) in Gao", {"solidar"}),
        ("THE BOSTRA [NATIONAL SAVINGS AND LOANS CORPORATION] BRANCH", {"bostra"}),
        ("the Ruritanian Transport Workers Federation [SOLIDAR]", {"solidar"}),
        ("an attack on Gao (Mali)", set()),
        ("an attack on Gao (home of the union)", set()),
        ("the Ruritanian Transport Workers Federation (two members died)", set()),
    ],
)
def test_a_name_that_brackets_explain_by_a_body_is_its_name(text, names):
    assert glossed_bodies(split_words(text)) == names


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Nine people died in the attack on SOLIDAR (Malian Workers Union) in Gao. SOLIDAR condemned it.", ["Gao"]),
        ("NINE PEOPLE DIED IN THE ATTACK ON THE FTI [FOREIGN TRADE INSTITUTE] IN GAO ON MONDAY.", ["GAO"]),
        ("Nine people died in the attack on Ostrava (Malian town) in Gao.", ["Ostrava", "Gao"]),
    ],
)
def test_a_body_is_no_place(text, places):
    assert [one.surface for one in reading_of(text).toponyms if not one.surface.startswith(("Mali", "MALI"))] == places
