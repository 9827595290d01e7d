import re

import pytest

from geoconflict.models import Toponym
from geoconflict.places.enumerations import enumerations

NAMES = ("Martuni", "Hadrut", "Askeran", "Stepanakert")


def rows(text):
    found = [
        Toponym(start=one.start(), end=one.end(), surface=one.group(), score=0.9)
        for one in re.finditer("|".join(NAMES), text)
    ]
    return [tuple(found[index].surface for index in row) for row in enumerations(text, found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Martuni, Hadrut and Askeran were shelled.", [("Martuni", "Hadrut", "Askeran")]),
        ("Shells fell on Martuni and Hadrut.", [("Martuni", "Hadrut")]),
        ("in Martuni, Hadrut, and in the Askeran region", [("Martuni", "Hadrut", "Askeran")]),
        ("Martuni as well as nearby Hadrut", [("Martuni", "Hadrut")]),
        ("Shells fell on Martuni, Hadrut.", []),
        ("Martuni was quiet and troops left Hadrut.", []),
        ("Martuni and Hadrut. Askeran or Stepanakert.", [("Martuni", "Hadrut"), ("Askeran", "Stepanakert")]),
    ],
)
def test_names_are_enumerated_where_a_conjunction_ends_the_row(text, expected):
    assert rows(text) == expected


def test_rows_are_in_text_order_whatever_the_order_of_the_mentions():
    text = "Martuni, Hadrut and Askeran"
    spans = [(20, 27), (0, 7), (9, 15)]
    found = [Toponym(start=start, end=end, surface=text[start:end], score=0.9) for start, end in spans]
    assert enumerations(text, found) == ((1, 2, 0),)
