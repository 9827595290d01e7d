"""What those tried who were driven back was fought where they tried it."""

import pytest
from few_names import told


@pytest.mark.parametrize(
    "text",
    [
        "The rebels said their fighters had pushed back troops trying to enter Gao and Kidal on Monday.",
        "The army said its soldiers had pushed back rebels attempting to enter Gao and Kidal on Monday.",
    ],
)
def test_an_entry_that_was_beaten_off_is_a_clash_at_each_place(text):
    assert told(text) == {("Armed clash", "Gao", "claimed"), ("Armed clash", "Kidal", "claimed")}


def test_an_entry_of_which_no_more_is_told_stays_an_attempt():
    ((_, place, status),) = told("Troops tried to enter Gao on Monday.")
    assert (place, status) == ("Gao", "hypothetical")


def test_who_is_arrested_on_the_way_fought_nobody():
    assert {kind for kind, *_ in told("The army arrested rebels trying to enter Gao on Monday.")} == {"Arrests"}
