"""What nearly happened, was about to happen or is not ruled out, beside what did happen and sounds alike."""

import pytest
from few_names import mentions_of

from geoconflict.models import Status

ARMED = ("Battles", "Explosions/Remote violence", "Violence against civilians")


def told(text):
    return [
        one for one in mentions_of(text) if one.event_type in ARMED and one.status in (Status.OCCURRED, Status.CLAIMED)
    ]


def killed(text):
    figures = [one.casualties.killed for one in mentions_of(text) if one.casualties and one.casualties.killed]
    return [(count.low, count.best, count.high) for count in figures]


@pytest.mark.parametrize(
    ("undone", "done"),
    [
        ("A rocket nearly hit a school in Gao.", "Rockets hit Gao, nearly striking a school."),
        ("A mortar bomb narrowly missed a clinic in Gao.", "A mortar bomb hit a clinic in Gao."),
        ("The rebels all but captured Gao.", "The rebels captured all but one post in Gao."),
        ("Rebels had almost taken Gao on Monday.", "Rebels had taken almost all of Gao on Monday, the army said."),
        ("A bomb almost exploded in Gao.", "A bomb exploded in Gao, almost at noon."),
        ("A quarrel nearly led to clashes in Gao.", "A quarrel led to nearly hourly clashes in Gao."),
        ("Troops came close to capturing Gao.", "Troops came close to Gao and shelled it."),
        ("Rebels stopped short of storming Gao.", "Rebels stormed Gao and stopped short of the bridge."),
        ("Soldiers were on the brink of storming and burning Gao.", "Soldiers on the brink of mutiny stormed Gao."),
        ("The army had yet to enter Gao on Monday.", "The army, yet to be paid, shelled Gao on Monday."),
        ("Rebels came within a mile of seizing Gao.", "Within hours of seizing Gao, rebels burned it, killing ten people."),
        ("The rebels were minutes away from storming Gao.", "The rebels, minutes away from camp, stormed Gao."),
        ("The tanks were poised to shell Gao.", "The tanks, poised at the border, shelled Gao."),
        ("The mayor narrowly escaped being killed in Gao.", "The mayor narrowly escaped when gunmen attacked Gao."),
        ("The mayor narrowly escaped assassination in Gao.", "The mayor escaped an ambush in Gao that killed two guards."),
        ("The governor did not rule out that rebels had shelled Gao.", "The governor said that rebels had shelled Gao."),
    ],
)  # fmt: skip
def test_what_was_not_done_is_not_told_as_done(undone, done):
    assert told(undone) == []
    assert any(one.place and one.place.surface == "Gao" for one in told(done))


@pytest.mark.parametrize(
    "text",
    [
        "A bomb nearly killed 12 people in Gao on Monday.",
        "Rebels almost killed 12 people in Gao on Monday.",
        "A shell came close to killing 12 people in Gao on Monday.",
        "A rocket attack in Gao all but killed 12 people on Monday.",
    ],
)
def test_whom_it_nearly_killed_is_not_among_the_dead(text):
    assert killed(text) == []


def test_a_bomb_that_nearly_killed_went_off_all_the_same():
    assert [one.place.surface for one in told("A bomb nearly killed 12 people in Gao on Monday.")] == ["Gao"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Nearly 12 people were killed when a bomb exploded in Gao.", (None, None, 11)),
        ("A bomb killed almost 40 people in Gao.", (None, None, 39)),
        ("A bomb killed 30 people and nearly killed the mayor in Gao.", (30, 30, 30)),
    ],
)
def test_nearly_before_a_number_bounds_the_number(text, count):
    assert count in killed(text)


def test_what_befell_somebody_who_was_about_to_do_something_was_done():
    (one,) = told("The editor was about to enter his house in Gao when he was gunned down by armed men.")
    assert (one.place.surface, one.status) == ("Gao", Status.OCCURRED)


@pytest.mark.parametrize(
    "text",
    [
        "Prisoners escaped from a jail in Gao amid fighting between rival militias.",
        "Inmates escaped during clashes between rival gangs in Gao that killed 14 people.",
        "The mayor of Gao escaped the attack in Gao that killed two guards.",
    ],
)
def test_who_escapes_from_elsewhere_leaves_an_event(text):
    assert [one.status for one in told(text)] == [Status.OCCURRED]


def test_what_is_nearly_destroyed_is_damaged():
    assert told("Artillery shelled Gao and nearly destroyed the bridge.")
    assert told("The army almost wiped out the village of Gao in the attack, killing 30 people.")


def test_a_hedged_event_says_by_which_words_it_was_not_done():
    (one,) = mentions_of("The rebels came close to capturing Gao.")
    assert one.status is Status.HYPOTHETICAL
    assert "not said to have happened: 'came close to'" in one.reasons


@pytest.mark.parametrize(
    ("ahead", "done"),
    [
        (
            "Once troops capture Gao, the road will be opened.",
            "Once troops had captured Gao on Monday, they looted it.",
        ),
        (
            "As soon as our forces capture Gao, trains will run again, the minister said.",
            "As soon as our forces had captured Gao, trains ran again, the minister said.",
        ),
        ("They need shells before they attack Gao, he said.", "They fired shells before they attacked Gao, he said."),
        ("He explained what would happen when the army storms Gao.", "He was there when the army stormed Gao."),
        ("Villagers would leave before rebels attack Gao.", "Hundreds flee before rebels attack Gao."),
    ],
)
def test_a_clause_that_waits_for_its_deed_tells_of_none(ahead, done):
    assert told(ahead) == []
    assert told(done)


@pytest.mark.parametrize(
    "text",
    [
        "Gao has been free of shelling for a week.",
        "Gao was spared the air strikes of the winter.",
        "The soldiers refused to fire on villagers in Gao on Monday.",
    ],
)
def test_what_a_place_was_spared_or_somebody_refused_is_no_event(text):
    assert mentions_of(text) == ()


@pytest.mark.parametrize(
    "text", ["Gao was not spared: shells fell on it on Monday.", "The shelling of Gao on Monday spared the hospital."]
)
def test_what_spared_something_was_there(text):
    assert [mention.place.surface for mention in told(text)] == ["Gao"]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels talked of a potential assault on Gao.",
        "He threatened the troops with suicide attacks in Gao.",
        'A man shouted in Gao: "I am going to kill the governor."',
    ],
)
def test_what_is_expected_or_threatened_has_not_happened(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The expected offensive on Gao began on Monday.",
        "Nine people were killed in a planned attack on Gao on Monday.",
        "A possible rocket attack hit Gao on Monday.",
    ],
)
def test_what_was_expected_and_came_is_told(text):
    assert told(text)


def test_a_speaker_between_what_waits_and_what_is_to_come_changes_nothing():
    (mention,) = mentions_of("Before they attack Gao, officers said, troops will open corridors.")
    assert mention.status is Status.HYPOTHETICAL
