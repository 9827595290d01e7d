"""What befell a building before it was rebuilt is not of the day on which it is opened."""

import pytest
from few_names import mentions_of


@pytest.mark.parametrize(
    "text",
    [
        "The bridge in Gao, blown up during the war, was reopened on Tuesday.",
        "The school in Gao that was shelled by rebels was reopened on Tuesday.",
        "The mayor inaugurated on Tuesday a market in Gao that rebels had bombed.",
    ],
)
def test_a_house_that_is_opened_again_was_not_hit_on_that_day(text):
    assert mentions_of(text) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The market in Gao that was bombed on Monday reopened on Tuesday.", "2023-05-08"),
        ("The school in Gao, rebuilt after the war, was shelled on Tuesday.", "2023-05-09"),
        ("The market in Gao, bombed by rebels on Sunday, burned until Tuesday.", "2023-05-07"),
    ],
)
def test_a_day_of_its_own_stays_with_the_deed(text, day):
    mention = mentions_of(text)[0]
    assert mention.when.starts_on.isoformat() == day
