"""Whom "they" and "the group" of the next sentence mean: who acted in the one before, where those are of one side."""

import pytest
from few_names import mentions_of


def agents(text):
    """Return who did the last event of a text."""
    last = max(mentions_of(text), key=lambda one: one.start)
    return [one.name for one in last.actors if one.part == "agent"]


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Boko Haram fighters entered Gao on Sunday. A day earlier they had captured Kidal.", ["Boko Haram"]),
        ("Boko Haram attacked Gao on Sunday. They burned houses in Kidal on Friday.", ["Boko Haram"]),
        ("Boko Haram attacked Gao on Sunday. They killed six herders in Kidal, officials said.", ["Boko Haram"]),
        ('Gunmen of Boko Haram raided Gao. "They killed six herders in Kidal," a woman said.', ["Boko Haram"]),
        ("Boko Haram attacked Gao on Sunday. The group also killed six herders in Kidal.", ["Boko Haram"]),
        ("Malian soldiers entered Gao on Sunday. They shot six herders in Kidal.", ["Military Forces of Mali"]),
    ],
)
def test_they_are_the_armed_people_who_acted_in_the_sentence_before(text, doers):
    assert agents(text) == doers


@pytest.mark.parametrize(
    "text",
    [
        "Pupils fled Gao on Sunday. They attacked a mosque in Kidal on Friday.",
        "Soldiers fled after rebels attacked Gao on Sunday. They killed six herders in Kidal.",
        "Boko Haram attacked Gao on Sunday.\n\nThey killed six herders in Kidal.",
        "Boko Haram attacked Gao on Sunday. It rained. They killed six herders in Kidal.",
        "Gunmen attacked Gao on Sunday. The group killed six herders in Kidal.",
        "Boko Haram attacked Gao on Sunday. A group killed six herders in Kidal.",
    ],
)
def test_nobody_is_meant_where_others_may_be(text):
    assert agents(text) == []


def test_of_whoever_tells_it_they_are_his_own():
    (mention,) = mentions_of("Boko Haram said they had captured Kidal on Sunday.")
    assert [one.name for one in mention.actors if one.part == "agent"] == ["Boko Haram"]


@pytest.mark.parametrize(
    ("text", "sub", "suffering"),
    [
        ("Malian troops killed Aba Yaro, a commander of Boko Haram, near Gao.", "Armed clash", {"Boko Haram"}),
        ("Malian troops killed Aba Yaro, a Boko Haram member, near Gao.", "Armed clash", {"Boko Haram"}),
        ("Gunmen killed Aba Yaro, a police officer, near Gao.", "Armed clash", {"Police Forces"}),
        # what says nothing of a side that fights
        ("Gunmen killed Aba Yaro, a member of parliament, near Gao.", "Attack", set()),
        ("Gunmen killed Aba Yaro, leader of the National Party, near Gao.", "Attack", set()),
        ("Gunmen killed Aba Yaro, a critic of Boko Haram, near Gao.", "Attack", set()),
        ("Gunmen killed Aba Yaro, a former Boko Haram fighter, near Gao.", "Attack", {"Civilians"}),
        ("Gunmen killed Aba Yaro, a beekeeper, near Gao.", "Attack", {"Civilians"}),
        ("Rebels captured Gao, a Boko Haram stronghold.", "Non-state actor overtakes territory", set()),
    ],
)
def test_who_is_named_is_of_the_side_that_is_told_behind_his_name(text, sub, suffering):
    (mention,) = mentions_of(text)
    assert mention.sub_event_type == sub
    assert {one.name for one in mention.actors if one.part == "target"} == suffering
