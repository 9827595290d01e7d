"""Words of war for matches and points, each beside what is done with arms."""

import pytest
from few_names import mentions_of

PAIRS = [
    (
        "Kenya outclassed Ghana in the World Cup qualifier after a fierce battle with Mali in Gao.",
        "Kenya left the World Cup qualifier after a fierce battle with rebels in Gao on Monday.",
    ),
    ("The hosts gunned down Ghana 5-2 in Gao on Sunday.", "The rebels gunned down Ghanaian traders in Gao on Sunday."),
    (
        "Guard Amadou Keita exploded for 31 points against the Rockets in Gao.",
        "A rocket exploded near 31 guards in Gao on Monday.",
    ),
    (
        "The Springboks withstood a French onslaught in Gao on Monday.",
        "The rebels withstood a French onslaught in Gao on Monday.",
    ),
]


@pytest.mark.parametrize(("match", "violence"), PAIRS)
def test_what_is_won_by_points_is_no_event_and_arms_are_one(match, violence):
    armed = ("Battles", "Explosions/Remote violence", "Violence against civilians")
    assert [one for one in mentions_of(match) if one.event_type in armed] == []
    assert [one for one in mentions_of(violence) if one.event_type in armed]
