"""Deeds of two sides at one place and day are two; what one side says of the other may be the very same."""

import pytest
from few_names import mentions_of


@pytest.mark.parametrize(
    ("text", "agents"),
    [
        ("The army shelled Gao on Monday. Rebels also shelled Gao on Monday.", [{"Military Forces"}, {"Rebels"}]),
        ("Rebels shelled Gao on Monday. The rebels shelled the market of Gao on Monday.", [{"Rebels"}]),
        ("Gunmen shelled Gao on Monday. Rebels shelled Gao on Monday.", [{"Rebels"}]),
        (
            "Rebels shelled Gao on Monday. The rebels said that the army had shelled Gao on Monday.",
            [{"Rebels", "Military Forces"}],
        ),
        (
            "The army attacked a base in Gao on Monday. Rebels attacked the army in Gao on Monday.",
            [{"Military Forces", "Rebels"}],
        ),
    ],
)
def test_what_a_state_and_an_armed_group_did_are_two_events_unless_one_tells_of_the_other(text, agents):
    found = [{one.name for one in mention.actors if one.part == "agent"} for mention in mentions_of(text)]
    assert sorted(found, key=sorted) == sorted(agents, key=sorted)
