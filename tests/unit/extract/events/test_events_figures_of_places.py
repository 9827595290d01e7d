"""The dead and the wounded that a sentence tells of one of two places are of that place."""

import pytest
from few_names import mentions_of, reading_of


def figures(text):
    """Return place -> the killed and the wounded of its events."""
    found = {}
    for one in mentions_of(text):
        told = one.casualties
        counts = (told.killed, told.wounded) if told is not None else (None, None)
        found[one.place.surface if one.place else None] = tuple(
            None if count is None else count.best for count in counts
        )
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A woman was killed at a bus stop in Gao and two workers were wounded in Menaka.",
            {"Gao": (1, None), "Menaka": (None, 2)},
        ),
        (
            "Three soldiers were killed in Gao and two villagers were wounded in Menaka on Monday.",
            {"Gao": (3, None), "Menaka": (None, 2)},
        ),
        (
            "Shelling killed five people in Gao and two were injured in Menaka.",
            {"Gao": (5, None), "Menaka": (None, 2)},
        ),
        (
            "Rebels shelled Gao, killing three people in Gao and wounding two in Menaka.",
            {"Gao": (3, None), "Menaka": (None, 2)},
        ),
        (
            "Police killed five gunmen in Gao, and four officers were shot dead in Menaka.",
            {"Gao": (5, None), "Menaka": (4, None)},
        ),
        (
            "Shelling killed nine people in Gao on Wednesday, while troops shelled Nyala.",
            {"Gao": (9, None), "Nyala": (None, None)},
        ),
        (
            "Nine people were killed in Gao, while rebels captured Nyala.",
            {"Gao": (9, None), "Nyala": (None, None)},
        ),
        ("Nine people were killed in Gao while rebels shelled the town.", {"Gao": (9, None)}),
        # of one place, or of the first alone
        ("Five people were killed in Gao and two were wounded on Monday.", {"Gao": (5, 2)}),
        ("Five people were killed and two were wounded in Gao on Monday.", {"Gao": (5, 2)}),
        ("Twelve people were killed in Gao in an attack and 20 were wounded in the town.", {"Gao": (12, 20)}),
        ("Five soldiers were killed in Gao and three rebels were killed in Gao.", {"Gao": (8, None)}),
    ],
)
def test_each_place_has_its_own(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Troops shelled Gao and Menaka on Tuesday, killing two villagers and injuring five in Menaka.",
            {"Gao": (None, None), "Menaka": (2, 5)},
        ),
        (
            "Rebels shelled Gao and Menaka on Tuesday, killing three people in Gao and two in Menaka.",
            {"Gao": (3, None), "Menaka": (2, None)},
        ),
        (
            "Rebels shelled Gao, Menaka and Kidal on Tuesday, killing three people in Gao.",
            {"Gao": (3, None), "Menaka": (None, None), "Kidal": (None, None)},
        ),
    ],
)
def test_of_several_places_the_one_that_is_named_has_them(text, expected):
    assert figures(text) == expected
    assert reading_of(text).tolls == ()


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled Gao and Menaka, killing 12 people.",
        "Two car bombs killed seven guards in Gao and Menaka.",
        "Five people were killed in air strikes on Gao and Menaka.",
    ],
)
def test_nobody_tells_how_many_died_in_each(text):
    assert figures(text) == {"Gao": (None, None), "Menaka": (None, None)}


def test_whom_a_second_place_befell_the_first_did_not():
    text = "Three soldiers were killed in Gao and two villagers were wounded in Menaka on Monday."
    targets = {one.place.surface: [who.name for who in one.actors if who.part == "target"] for one in mentions_of(text)}
    assert "Military Forces" in targets["Gao"]
    assert "Military Forces" not in targets["Menaka"]


def test_they_have_the_day_that_is_told_there():
    found = mentions_of("A woman was killed in Gao on Sunday and a boy was wounded in Menaka on Monday.")
    days = {one.place.surface: one.when.starts_on for one in found}
    assert (days["Menaka"] - days["Gao"]).days == 1
