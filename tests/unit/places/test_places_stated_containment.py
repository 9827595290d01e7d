"""What the words between two names say of where the first one lies."""

import pytest

from geoconflict.models import Toponym
from geoconflict.places.stated_containment import containments


def links(text, inner, outer):
    """Return the strength with which a text says that one name lies in another."""
    named = [
        Toponym(start=text.index(one), end=text.index(one) + len(one), surface=one, score=0.9) for one in (inner, outer)
    ]
    return [one.strength for one in containments(text, named, []) if (one.inner, one.outer) == (0, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Bombs hit a church in Xanth, a school in Yell and two shops.",
        "Bombs hit a mosque in Xanth, two hotels in Yell and a shop.",
        "Bombs hit a mosque near Xanth, another hotel at Yell and a shop.",
    ],
)
def test_the_next_building_of_a_list_lies_elsewhere(text):
    assert all(strength == 0 for strength in links(text, "Xanth", "Yell"))


@pytest.mark.parametrize(
    "text",
    [
        "Bombs hit a church in Xanth, a village in Yell.",
        "Bombs hit a church in Xanth, a predominantly Orthodox quarter in Yell.",
        "Worshippers died at Xanth in Yell.",
        "Bombs hit Xanth, a mosque in Yell.",
    ],
)
def test_what_describes_a_place_says_where_it_lies(text):
    assert links(text, "Xanth", "Yell") == [1.0]
