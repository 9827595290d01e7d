"""Verbs of war that nothing bears out tell of none; armed people, arms or harm in the sentence bear them out."""

import pytest
from few_names import mentions_of, reading_of

PAIRS = [
    ("The river stormed through Gao on Monday.", "Fighters stormed through Gao on Monday."),
    ("The runners attacked near Gao on Monday.", "The runners attacked a policeman near Gao on Monday and killed him."),
    (
        "A rover fired at a rock near Izium on Monday.",
        "A warship fired at villagers near Izium on Monday and killed two.",
    ),
    ("Particles bombard the detector in Geneva.", "Warships bombard the harbour in Izium."),
]


@pytest.mark.parametrize(("bare", "borne_out"), PAIRS)
def test_a_verb_of_war_needs_arms_armed_people_or_harm_beside_it(bare, borne_out):
    reading = reading_of(bare)
    assert (*reading.mentions, *reading.unlikely) == ()
    assert mentions_of(borne_out)


@pytest.mark.parametrize(
    "text",
    [
        "The gang attacked Gao on Monday.",
        "A bus was blown up by a bomb in Gao on Monday.",
        "A priest was kidnapped by a stranger in Gao on Monday.",
        "Zorbas attacked Gao on Monday.",
        "The Front for the Liberation of the South captured Gao on Monday.",
        "They stormed the prison in Gao on Monday.",
        "Gao was attacked on Monday.",
        "A car hit a landmine near Gao on Monday.",
    ],
)
def test_who_may_be_armed_by_name_by_kind_or_unsaid_is_believed(text):
    assert mentions_of(text)


@pytest.mark.parametrize("doers", ["enemy", "occupiers", "invaders", "regime", "jihadis", "gangsters"])
def test_who_is_an_enemy_in_any_war_is_armed(doers):
    assert len(mentions_of(f"The {doers} attacked Gao on Monday.")) == 1
