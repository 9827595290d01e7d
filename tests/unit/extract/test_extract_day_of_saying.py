"""The day on which somebody told of an event bounds it from above, as the day of publication does."""

import datetime as dt

import pytest
from few_names import mentions_of

from geoconflict.models import DateBasis, DatePrecision

THURSDAY = dt.date(2023, 5, 11)
PUBLISHED = dt.date(2023, 5, 12)


@pytest.mark.parametrize(
    "text",
    [
        "The army said on Thursday that it had recaptured Nyala.",
        "The rebels announced on Thursday that they had captured Gao.",
        "Ukraine's military said on Thursday that its forces had retaken Izium.",
        "Residents reported on Thursday that the army had shelled Nyala.",
        "The army told reporters on Thursday that it had killed 30 rebels in Nyala.",
        "The rebels said in a statement on Thursday that they had captured Kidal.",
        "On Thursday the army said that it had recaptured Nyala.",
        "The army said Thursday that it had recaptured Nyala.",
    ],
)
def test_the_day_on_which_it_was_told_bounds_it_from_above(text):
    (mention,) = mentions_of(text)
    assert (mention.when.starts_on, mention.when.ends_on, mention.when.best_day) == (None, THURSDAY, THURSDAY)
    assert (mention.when.precision, mention.when.basis) == (DatePrecision.UNKNOWN, DateBasis.PUBLISHED)
    assert mention.when.surface == "Thursday"


def test_a_day_of_the_event_itself_is_its_own():
    (mention,) = mentions_of("The army said on Thursday that it carried out an air strike on Nyala on Wednesday.")
    assert mention.when.starts_on == mention.when.ends_on == dt.date(2023, 5, 10)


@pytest.mark.parametrize(
    "text",
    [
        "The army said that it had recaptured Nyala.",
        "The army, which met mediators on Thursday, said that it had recaptured Nyala.",
    ],
)
def test_without_a_day_of_saying_the_day_of_publication_bounds_it(text):
    (mention,) = mentions_of(text)
    assert (mention.when.starts_on, mention.when.ends_on, mention.when.surface) == (None, PUBLISHED, None)


def test_what_is_still_to_come_is_not_bounded_by_the_day_on_which_it_was_said():
    (mention,) = mentions_of("The army said on Thursday that rebels would attack Nyala.")
    assert mention.when.ends_on != THURSDAY
