"""Whose army "the army" is: that of the land where it acts, if the report names it and no other's forces."""

import pytest
from few_names import mentions_of


def forces(text):
    return {
        one.name
        for told in mentions_of(text)
        if told.place and told.place.surface == "Gao"
        for one in told.actors
        if one.kind.value == "state forces"
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The army shelled Gao on Monday, residents of the town in Mali said.", {"Military Forces of Mali"}),
        ("Police shot dead two men in Gao, Mali, on Monday. France condemned it.", {"Police Forces of Mali"}),
        (
            "The air force said it had bombed Gao on Monday. Mali has been at war since 2012.",
            {"Military Forces of Mali"},
        ),
    ],
)
def test_the_army_is_that_of_the_land_where_it_acts(text, names):
    assert forces(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "The army shelled Gao on Monday.",
        "The army shelled Gao, Mali, on Monday. French troops left Mali last year.",
        "The Royal Air Force shelled Gao, Mali, on Monday.",
        "Soldiers shot dead two men in Gao, Mali, on Monday.",
    ],
)
def test_it_stays_anybodys_where_it_may_be_anothers(text):
    assert forces(text) == {"Military Forces"}


@pytest.mark.parametrize("teller", ["The army", "Police"])
def test_who_reports_an_event_is_neither_side(teller):
    (mention,) = mentions_of(f"{teller} reported clashes in Gao on Monday.")
    assert not mention.actors
    (mention,) = mentions_of(f"{teller} fought clashes in Gao on Monday.")
    assert mention.actors
