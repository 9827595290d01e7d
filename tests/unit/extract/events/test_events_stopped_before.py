"""What befell those in a vehicle happened where it was stopped, told right before."""

import pytest
from few_names import mentions_of


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A bus was stopped by militiamen near Menaka. Six passengers were dragged out and killed.", "Menaka"),
        ("Gunmen halted a lorry at Menaka; four traders were shot dead.", "Menaka"),
        # who died elsewhere, and where nobody was stopped
        ("A bus was stopped near Menaka. In Gao, six passengers were killed.", "Gao"),
        ("A bus bound for Menaka left on Monday. Six passengers were killed.", None),
        ("A bus was stopped between Gao and Menaka. Six passengers were killed.", None),
        ("Officials met in Menaka. Six passengers were killed.", None),
    ],
)
def test_who_was_stopped_was_killed_there(text, place):
    (mention,) = mentions_of(text)
    assert (None if mention.place is None else mention.place.surface) == place


def test_those_stopped_did_not_die_of_what_was_told_before_that():
    shell, attack = mentions_of(
        "Three children were wounded when a shell exploded in Gao on Tuesday. "
        "A convoy was halted by villagers near Menaka; eight drivers were dragged out and killed."
    )
    assert shell.casualties.killed is None
    assert (attack.place.surface, attack.casualties.killed.best) == ("Menaka", 8)


def test_those_stopped_near_a_town_did_not_die_of_the_shells_that_fell_on_it():
    found = mentions_of(
        "Shells fell on Menaka on Friday. A convoy was halted by villagers near Menaka; eight drivers were dragged out and killed."
    )
    assert sorted(one.sub_event_type for one in found) == ["Attack", "Shelling/artillery/missile attack"]
