"""Deeds that are staged, drilled, planned, painted or told for fun, beside true ones in like words."""

import pytest
from few_names import mentions_of

from geoconflict.models import Status

ARMED = ("Battles", "Explosions/Remote violence", "Violence against civilians")


def told_of_gao(text):
    return [
        one
        for one in mentions_of(text)
        if one.event_type in ARMED
        and one.status in (Status.OCCURRED, Status.CLAIMED)
        and one.place
        and one.place.surface == "Gao"
    ]


@pytest.mark.parametrize(
    ("made_up", "true"),
    [
        ("The simulation ended with rebels seizing Gao.", "The exercise ended when rebels attacked Gao, killing two soldiers."),
        ("The scenario had rebels capture Gao.", "The president had rebels shelled in Gao."),
        ("An exercise in which gunmen attacked a school in Gao ended on Monday.", "A drill in which a shell killed two soldiers in Gao ended on Monday."),
        ("The army rehearsed repelling an assault on Gao.", "The army repelled an assault on Gao."),
        ("Soldiers practised storming Gao on Monday.", "Soldiers stormed Gao on Monday."),
        ("In the war game, rebels attacked Gao.", "In the morning, rebels attacked Gao."),
        ("Under the plan, two brigades seize Gao within a week.", "Under the plan, two brigades stormed Gao on Monday, killing 12 rebels."),
        ("The TV series shows a bomb killing 12 people in Gao.", "The mayor said a bomb killed 12 people in Gao."),
        ("A drama about the war has rebels kill 21 people in Gao.", "The rebels have killed 21 people in Gao."),
        ("Hobbyists re-enacted the battle of Gao on Saturday.", "Rebels resumed the battle of Gao on Saturday."),
        ("In an alternate history, rebels capture Gao.", "In a second attack, rebels captured Gao."),
        ("Actors stormed the fort at Gao on Sunday.", "Rebels stormed the fort at Gao on Sunday."),
        ("Police stormed a school in Gao in a mock attack.", "Police stormed a school in Gao in a dawn attack."),
        ("A simulated rocket attack on Gao began on Monday.", "A deadly rocket attack on Gao began on Monday."),
        ("A painting of soldiers attacking Gao was sold in Paris.", "A column of soldiers attacking Gao was shelled near the town, and rebels shelled Gao."),
        ("The general showed animations of a rocket that crosses the desert and hits Gao.", "The general showed photographs of a rocket that crossed the desert and hit Gao on Monday."),
        ("An exhibition shows drawings of rebels attacking Gao.", "A photograph shows rebels attacking Gao."),
        ("April Fools: Martians bombed Gao on Monday.", "Monday: rebels bombed Gao."),
        ("Quiz: Who ruled Gao? A) Rebels stormed Gao. B) Troops stormed Gao.", "Update: Who ruled Gao is unclear. Rebels stormed Gao."),
        ("An April Fool's joke claimed that rebels had captured Gao.", "A spokesman claimed that rebels had captured Gao."),
        ("A ceremony recalled the massacre of villagers in Gao.", "A witness recalled how rebels massacred villagers in Gao on Monday."),
    ],
)  # fmt: skip
def test_what_is_made_up_is_no_event(made_up, true):
    assert told_of_gao(made_up) == []
    assert told_of_gao(true)


def test_a_label_holds_for_its_paragraph_alone():
    assert told_of_gao("Quiz: Who shelled Nyala?\n\nRebels shelled Gao on Monday.")


def test_a_vigil_for_the_dead_of_this_week_tells_of_them():
    assert told_of_gao("A vigil in Nyala recalled the massacre of villagers in Gao on Monday.")


@pytest.mark.parametrize(
    "text",
    [
        "According to the scenario, saboteurs attacked the power plant in Gao.",
        "Red forces captured Gao on the second day of the manoeuvres.",
        "A bomb went off in Gao on Monday, volunteers were told; it was a drill.",
        "In the third episode, rebels shell Gao.",
        "A re-enactment of the siege of Gao drew a thousand people.",
    ],
)
def test_what_a_scenario_has_or_is_called_a_drill_is_no_event(text):
    assert mentions_of(text) == ()


def test_a_day_of_an_offensive_is_no_day_of_a_drill():
    assert mentions_of("Rebels captured Gao on the second day of the offensive.")


@pytest.mark.parametrize(
    ("played", "true"),
    [
        (
            "Cadets in Gao captured a mock bridge and fought off an imaginary enemy on Monday.",
            "Soldiers in Gao captured a bridge and fought off an enemy on Monday.",
        ),
        (
            "In the next Call of Duty players storm a bunker in Gao.",
            "A gunman who played Call of Duty shot dead four people in Gao on Monday.",
        ),
        (
            "An actor fired a prop rifle on a set in Gao on Monday.",
            "A soldier fired a rifle at a crowd in Gao on Monday.",
        ),
        (
            "A team from Mali won the Counter-Strike tournament. They stormed the base of their rivals in Gao.",
            "A team of Mali's army won the day. They stormed the base of the rebels in Gao on Monday.",
        ),
    ],
)
def test_what_is_done_on_a_screen_or_to_stage_props_is_no_event(played, true):
    assert mentions_of(played) == ()
    assert told_of_gao(true)


@pytest.mark.parametrize(
    ("practised", "true"),
    [
        ("Pilots practised for an air strike on Gao on Monday.", "Pilots carried out an air strike on Gao on Monday."),
        ("Guards trained for an attack on Gao.", "Guards trained in the south died in an attack on Gao."),
        ("A fake attack in Gao was filmed on Monday.", "An attack in Gao was filmed on Monday."),
        ("A suicide in Gao killed one man on Monday.", "A suicide bomb in Gao killed one man on Monday."),
    ],
)
def test_what_is_trained_for_or_faked_is_no_event(practised, true):
    assert mentions_of(practised) == ()
    assert told_of_gao(true)
