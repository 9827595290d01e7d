"""Reports of one word again and again: the work grows with the length of the text and not with its square."""

import cProfile
import pstats

import pytest
from few_names import reading_of


def calls(text):
    """Return how many functions are called to read `text`."""
    profile = cProfile.Profile()
    profile.runcall(reading_of, text)
    return pstats.Stats(profile).total_calls


@pytest.mark.parametrize(
    "passage",
    [
        "shelled ",
        "An airstrike and an ambush, ",
        "Rebels shelled Izium on Monday, killing 3 people. ",
        "A raid near Izium and Kharkiv, ",
    ],
)
def test_the_work_grows_with_the_length(passage):
    calls(passage)  # whatever is loaded once
    few, many = calls(passage * 150), calls(passage * 600)
    assert many < 6 * few
