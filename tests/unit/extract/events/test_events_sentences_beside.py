"""Where the wounded are brought is not where they were hurt, and what others do later is none of the event before."""

import pytest
from few_names import mentions_of


def wounded(text):
    return {
        one.place.surface: one.casualties.wounded if one.casualties else None for one in mentions_of(text) if one.place
    }


@pytest.mark.parametrize(
    ("sentence", "bounds"),
    [
        ("Around 200 wounded were taken to the hospital in Menaka.", (None, 200, None)),
        ("Twelve wounded soldiers were treated at a clinic near Menaka.", (12, 12, 12)),
        ("Twelve wounded civilians were evacuated to Menaka.", (12, 12, 12)),
        ("Seven of the wounded were brought to hospital in Menaka.", (7, None, None)),
    ],
)
def test_the_wounded_are_of_the_event_before(sentence, bounds):
    found = wounded(f"Rebels attacked Gao on Wednesday, killing 41 people. {sentence}")
    assert set(found) == {"Gao"}
    assert (found["Gao"].low, found["Gao"].best, found["Gao"].high) == bounds


def test_who_was_hurt_elsewhere_is_of_no_event_before():
    found = wounded("Rebels attacked Gao on Wednesday, killing 41 people. Twelve people were wounded in Menaka.")
    assert found["Gao"] is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Angry parents later stoned a convoy of journalists in the town, hurting a cameraman.",
        "Residents lit fires to keep warm, injuring two children.",
    ],
)
def test_what_others_did_is_none_of_it(sentence):
    assert wounded(f"Gunmen abducted 30 girls from a school in Gao on Wednesday. {sentence}")["Gao"] is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Gunmen went from house to house, wounding five people.",
        "The attackers torched houses, wounding five people.",
        "They burned houses, wounding five people.",
        "The shells hit a school, wounding five people.",
    ],
)
def test_what_the_attackers_did_is_of_it(sentence):
    assert wounded(f"Rebels attacked Gao on Wednesday. {sentence}")["Gao"].best == 5


def test_of_two_events_the_one_whose_dead_are_told_has_the_wounded_too():
    text = "Shelling by rebels killed nine people in Gao on Wednesday, while troops shelled Nyala."
    found = wounded(f"{text} Twenty people were wounded.")
    assert found["Gao"].best == 20
    assert found["Nyala"] is None


def test_of_two_events_without_figures_none_has_them():
    found = wounded("Rebels shelled Gao and troops shelled Menaka on Wednesday. Twenty people were wounded.")
    assert found == {"Gao": None, "Menaka": None}


@pytest.mark.parametrize(
    ("first", "later"),
    [
        # The dead were told of the blast: what came then kills none of them.
        ("A mine went off in Gao on Wednesday, killing 41 people.", None),
        # Nobody's death was told before.
        ("A mine went off in Gao on Wednesday.", 3),
    ],
)
def test_who_is_among_the_dead_is_of_the_event_whose_dead_were_told(first, later):
    text = f"{first} The army shelled rebels in Menaka on Thursday. Three nurses were among the dead."
    killed = {
        one.place.surface: one.casualties.killed.best if one.casualties and one.casualties.killed else None
        for one in mentions_of(text)
        if one.place
    }
    assert killed == {"Gao": None if later else 41, "Menaka": later}


@pytest.mark.parametrize(
    ("why", "dead"),
    [
        ("to avenge the deaths of four commanders in Menaka", None),
        ("in retaliation for the deaths of four commanders", None),
        ("and killed four commanders", 4),
    ],
)
def test_the_deaths_that_a_deed_is_done_for_are_not_of_it(why, dead):
    (mention,) = mentions_of(f"Rebels shelled Gao on Thursday {why}.")
    assert (mention.casualties.killed.best if mention.casualties else None) == dead
