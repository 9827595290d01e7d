"""What a dateline says is told apart from the sentence behind it: its day, its numbers and its place are not the event's."""

import datetime as dt

import pytest
from few_names import mentions_of, reading_of

from geoconflict.extract.layout.datelines import dateline_of
from geoconflict.models import DateBasis, Role

FRIDAY = dt.date(2023, 5, 5)
SATURDAY = "2023-05-06"


@pytest.mark.parametrize(
    "line",
    [
        "KYIV, May 6 - ",
        "Geneva, 6 May 2023 – ",
        "CAIRO - May 6 - ",
        "CAIRO, Sept. 28 (Agency) — ",
        "BAMAKO (Agency) - ",
        "BAMAKO, Mali — ",
        "JUBA, South Sudan, Oct. 8 (AG) — ",
        "New York/Geneva, 3 May 2021 — ",
        "PORT-AU-PRINCE, Haiti (AG) -- ",
        "El Fasher, North Darfur, 3rd of May 2023 - ",
        "KHARTOUM, 2023-05-06 - ",
        "KYIV, Saturday - ",
        "(Nairobi, May 6, 2023) – ",
        "(Goma) – ",
    ],
)
def test_a_place_with_a_day_an_agency_brackets_or_capitals_before_a_dash_is_a_dateline(line):
    text = f"{line}Troops shelled the town."
    assert dateline_of(text) == (0, len(line))
    assert dateline_of(f"A headline\n\n{text}") == (12, 12 + len(line))


@pytest.mark.parametrize(
    "text",
    [
        "May 6 – Three soldiers were killed in Gao.",
        "Monday, 8 May - Troops shelled Gao.",
        "On Thursday, 4 March 2021 - A day after the raid - troops left.",
        "Wagner – Moscow's hired army – shelled Gao.",
        "KYIV, May 6 - June 3 - The siege.",
        "GAO - THREE SOLDIERS KILLED IN AN AMBUSH",
        "Troops shelled Gao, May 6 - The army denied it.",
        "Kidal-based rebels shelled Gao.",
        "Gao, 5 May – Twelve were killed.\nKidal, 6 May – Three were killed.",
        "",
    ],
)
def test_a_day_alone_an_aside_a_period_and_a_list_of_incidents_are_none(text):
    assert dateline_of(text) is None


@pytest.mark.parametrize("dash", ["-", "–", "—"])
@pytest.mark.parametrize("head", ["KHARTOUM, May 6", "Geneva, 6 May 2023", "MOSCOW - May 6", "Cairo, May 6, 2023"])
def test_no_number_of_a_dateline_counts_the_dead(head, dash):
    (mention,) = mentions_of(f"{head} {dash} Three people were killed in an air strike on Nyala on Friday.", SATURDAY)
    assert mention.place.surface == "Nyala"
    assert mention.when.starts_on == mention.when.ends_on == FRIDAY
    assert mention.casualties.killed.best == 3


def test_no_day_counts_a_leader_as_many_dead():
    (mention,) = mentions_of(
        "CAIRO, May 6 - The rebels confirmed that their leader had been killed in Nyala.", SATURDAY
    )
    assert (
        mention.casualties is None or mention.casualties.killed is None or mention.casualties.killed.high in (None, 1)
    )
    assert mention.when.basis is DateBasis.PUBLISHED


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("The convoy was hit on May 6 - two soldiers were killed in Gao.", 2),
        ("Rebels raided Gao on 6 May – four civilians were killed.", 4),
        ("In Gao in May 8 soldiers were killed by rebels.", 8),
        ("GAO, May 6 - 28 people were killed in an air strike on Gao.", 28),
    ],
)
def test_a_dash_ends_what_a_number_counts_and_people_behind_a_month_count(text, killed):
    assert killed in {one.casualties.killed.best for one in mentions_of(text, SATURDAY) if one.casualties is not None}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("KHARTOUM - Refugees said that soldiers had killed 12 people in Nyala on Friday.", "Refugees"),
        ("KYIV, May 6 - The governor of the region said that troops had recaptured Izium.", "governor of the region"),
    ],
)
def test_no_speaker_begins_with_a_dateline(text, speaker):
    (mention,) = mentions_of(text, SATURDAY)
    assert mention.claimed_by == speaker


def test_the_day_of_saying_wins_over_that_of_the_dateline():
    (mention,) = mentions_of(
        "KYIV, May 6 - General Ivan Bondar said on Friday evening that troops had taken full control of Izium.",
        SATURDAY,
    )
    assert (mention.when.starts_on, mention.when.ends_on) == (None, FRIDAY)


def test_a_place_in_the_brackets_of_a_dateline_is_no_place_of_the_event():
    reading = reading_of(
        "(Geneva, May 6, 2023) – Three people were killed in an air strike on Nyala on Friday.", SATURDAY
    )
    assert [(one.surface, one.role) for one in reading.toponyms] == [
        ("Geneva", Role.DATELINE),
        ("Nyala", Role.EVENT_PLACE),
    ]
    assert [mention.place.surface for mention in reading.mentions] == ["Nyala"]


def test_a_town_in_brackets_within_a_sentence_keeps_its_role():
    reading = reading_of("Shells fell on Nyala (Gao, May 6) – three people were killed there.", SATURDAY)
    assert Role.DATELINE not in {one.role for one in reading.toponyms}
