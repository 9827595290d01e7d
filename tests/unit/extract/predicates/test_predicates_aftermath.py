"""The day of what came of an event is not its own day."""

import datetime as dt

import pytest
from few_names import mentions_of

from geoconflict.models import DateBasis, Status

THURSDAY = dt.date(2023, 5, 11)  # the report is of 12 May 2023, a Friday


def told(text, kind="bombing"):
    """Return the mention whose evidence has a word."""
    (found,) = [one for one in mentions_of(text) if kind in text[one.trigger_start : one.trigger_end]]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Hundreds gathered on Thursday in Nyala for the victims of the bombing.",
        "On Thursday police arrested three men over the bombing of a market in Nyala that killed 20 people.",
        "The toll of the bombing of Nyala rose to 40 on Thursday.",
        "The president on Thursday condemned the bombing of a market in Nyala, which killed 20 people.",
        "Relatives buried on Thursday the nine victims of the bombing of Nyala.",
        "Police imposed a curfew on Thursday after the bombing of a market in Nyala.",
        "The army struck Gao on Thursday in retaliation for the bombing of Nyala.",
    ],
)
def test_the_day_of_what_came_of_it_bounds_it_from_above(text):
    mention = told(text)
    assert (mention.when.starts_on, mention.when.ends_on) == (None, THURSDAY)
    assert mention.when.basis is DateBasis.PUBLISHED


@pytest.mark.parametrize(
    "text",
    [
        "The bombing of Nyala on Thursday killed 20 people.",
        "Jets carried out the bombing of Nyala on Thursday.",
        "Three men were arrested over Thursday's bombing of Nyala.",
        "The bombing of Nyala on Thursday was condemned by the president on Friday.",
        "Twenty people were killed on Thursday in the bombing of Nyala.",
    ],
)
def test_its_own_day_is_its_own(text):
    when = told(text).when
    assert when.starts_on == when.ends_on == THURSDAY


@pytest.mark.parametrize(("words", "last"), [("Thursday's", THURSDAY), ("Thursday night's", dt.date(2023, 5, 12))])
def test_a_day_in_the_genitive_is_that_of_the_event_though_something_else_came_after_it(words, last):
    when = told(f"More than 130 people are feared dead after {words} bombing of Nyala.").when
    assert (when.starts_on, when.ends_on) == (THURSDAY, last)


def test_what_people_protest_against_has_happened():
    text = "Thousands marched through Gao to protest against the bombing of Nyala that killed 34 people on Thursday."
    assert told(text).status is Status.OCCURRED


def test_what_was_ordered_and_had_its_dead_has_happened():
    done = "A commander ordered the bombing of two lorries near Nyala, in which scores of people were killed."
    assert told(done).status is Status.OCCURRED
    ordered = mentions_of("A commander ordered the bombing of Nyala.")
    assert not [one for one in ordered if one.status is Status.OCCURRED]


def test_what_has_its_dead_on_a_day_gone_by_is_not_still_to_come():
    over = "The airport of Nyala will reopen after yesterday's attack, which killed 21 people."
    assert told(over, "attack").status is Status.OCCURRED
    assert told("The army will attack Nyala on Saturday.", "attack").status is Status.SCHEDULED


def test_an_event_that_is_condemned_with_its_dead_is_told():
    assert told("The council condemns the bombing in Nyala in which 74 people died.").place.surface == "Nyala"
    assert not mentions_of("The council condemns the bombing in Nyala.")


@pytest.mark.parametrize(
    "text",
    [
        "Two of three engineers who were kidnapped in Nyala and released on Thursday are in good health.",
        "Four policemen kidnapped by the rebels in Nyala were freed on Thursday in Gao.",
        "Gunmen kidnapped a priest in Nyala and released him in Gao on Thursday.",
    ],
)
def test_those_who_were_taken_were_not_taken_when_and_where_they_were_released(text):
    mention = told(text, "kidnapped")
    assert (mention.when.starts_on, mention.when.ends_on) == (None, THURSDAY)
    assert mention.place.surface == "Nyala"


def test_they_were_taken_on_a_day_of_its_own():
    mention = told("Two nurses who were kidnapped in Nyala on Thursday were freed on Friday.", "kidnapped")
    assert mention.when.starts_on == mention.when.ends_on == THURSDAY
