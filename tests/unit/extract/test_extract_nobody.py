"""Sentences that say that nobody was harmed, or that it never was, and those that only look like them."""

import pytest
from few_names import mentions_of


def killed(text):
    return [one.casualties.killed for one in mentions_of(text) if one.casualties is not None]


@pytest.mark.parametrize(
    "text",
    [
        "Not a single farmer was killed in Gao on Monday, the governor said.",
        "Not one nurse has been killed in Nyala.",
        "Not even one villager was shot in Izium on Tuesday.",
        "The ministry said that not a single child had died in any of the towns near Kidal.",
        "Barely any pupils were killed in Menaka.",
        "The army killed not a single civilian in Gao on Monday.",
        "The rebels killed no villagers in Nyala on Monday.",
        "At no point did rebels shoot villagers in Gao.",
        "The rebels had at no time captured Nyala, the governor said.",
        "Under no circumstances did the army shell Nyala.",
    ],
)
def test_where_nobody_was_harmed_there_is_no_event(text):
    assert mentions_of(text) == ()


@pytest.mark.parametrize(
    ("text", "sub_event_type"),
    [
        ("Not a single villager died in the capture of Menaka.", "Government regains territory"),
        ("Not a single policeman was wounded in the shelling of Izium.", "Shelling/artillery/missile attack"),
        ("No villagers died in the shelling of Izium.", "Shelling/artillery/missile attack"),
        ("The shelling of Izium on Monday killed no villagers.", "Shelling/artillery/missile attack"),
    ],
)
def test_an_event_that_harmed_nobody_stays_one(text, sub_event_type):
    (mention,) = mentions_of(text)
    assert mention.sub_event_type == sub_event_type
    assert mention.casualties is None or not mention.casualties.killed or mention.casualties.killed.high == 0


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("One farmer was killed in Gao on Monday.", 1, 1),
        ("A single rebel was killed in Gao on Monday.", 1, 1),
        ("Not one but two farmers were killed in Gao on Monday.", 2, 2),
        ("Not only soldiers but nine farmers were killed in Gao on Monday.", 9, 9),
        ("No fewer than 12 farmers were killed in Gao on Monday.", 12, None),
        ("No more than 12 farmers were killed in Gao on Monday.", None, 12),
    ],
)
def test_what_only_looks_like_nobody_is_counted(text, low, high):
    (count,) = killed(text)
    assert (count.low, count.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    ["In no time rebels captured Gao on Monday.", "The army gave no reason for the shelling of Gao on Monday."],
)
def test_a_no_of_something_else_denies_nothing(text):
    assert len(mentions_of(text)) == 1
