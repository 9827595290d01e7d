"""Which event of a report a number of people belongs to."""

import pytest
from few_names import mentions_of, reading_of


def killed(text):
    """Return the killed of each event with a place, as (low, high) by place."""
    return {
        mention.place.surface: (mention.casualties.killed.low, mention.casualties.killed.high)
        for mention in mentions_of(text)
        if mention.place and mention.casualties and mention.casualties.killed
    }


PLACED = [
    # two events of one text keep their own dead
    ("Rebels attacked Nyala, killing two soldiers. Meanwhile shelling killed 30 people in Khartoum.",
     {"Nyala": (2, 2), "Khartoum": (30, 30)}),
    ("Shelling killed 30 people in Khartoum, and gunmen killed two traders in El Fasher.",
     {"Khartoum": (30, 30), "El Fasher": (2, 2)}),
    # a heading of a war takes no figure from the event
    ("Conflict in Mali: Ten people die following a car bomb in Gao.", {"Gao": (10, 10)}),
    # a clause after a semicolon, a sentence without an event
    ("Russian forces shelled Izium; at least one civilian was killed, officials said.", {"Izium": (1, None)}),
    ("Russian forces shelled Izium on Thursday. A farmer was killed.", {"Izium": (1, 1)}),
    # who also died is added, and who dies by their own hand
    ("A shelling of Izium killed two soldiers. Several farmers were also killed.", {"Izium": (5, None)}),
    ("A gunman attacked a market in Gao, killing two people before killing himself.", {"Gao": (3, 3)}),
    # not stated is nothing, none is 0
    ("Russian forces shelled Izium.", {}),
    ("Russian forces shelled Izium, causing no casualties.", {"Izium": (0, 0)}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PLACED, ids=[text for text, _ in PLACED])
def test_a_figure_belongs_to_its_own_event(text, expected):
    assert killed(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Russian forces shelled Izium on Thursday. Ten people died in a bus crash.",
        "Russian forces shelled Izium on Thursday. In Kharkiv, ten people died.",
        "Russian forces shelled Izium on Thursday. Ten people died on Monday.",
        "Russian forces shelled Izium and nobody knows more. The strike did not kill ten people.",
    ],
)
def test_the_dead_of_something_else_are_not_the_events(text):
    assert "Izium" not in killed(text)


def test_a_figure_of_several_places_is_kept_and_given_to_none():
    reading = reading_of("Bomb blasts in Izium and Kharkiv killed up to 60 people.")
    assert len(reading.mentions) == 2
    assert all(mention.casualties is None for mention in reading.mentions)
    (toll,) = reading.tolls
    assert (toll.scope, toll.count.low, toll.count.high) == ("places", None, 60)


def test_captured_displaced_and_who_says_so_are_carried():
    told = mentions_of("Rebels attacked Nyala, capturing 12 soldiers and displacing 300 people.")
    (casualties,) = [mention.casualties for mention in told if mention.casualties]
    assert casualties.captured.best == 12
    assert casualties.displaced.best == 300
    (claimed,) = mentions_of("Ukraine said Russian forces shelled Izium, killing four people.")
    assert claimed.casualties.claimed_by == "Ukraine"


def test_two_speakers_of_one_sentence_make_a_range():
    (mention,) = mentions_of(
        "Shelling of Izium killed 12 people, Ukraine said, while Russia said 20 people were killed in the shelling."
    )
    assert (mention.casualties.killed.low, mention.casualties.killed.high) == (12, 20)


def test_a_total_counts_up_to_publication_and_not_from_its_beginning():
    (toll,) = reading_of("At least 700 soldiers have been killed since fighting began on April 15.").tolls
    assert toll.as_of.ends_on.isoformat() == "2023-05-12"
