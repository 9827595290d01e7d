"""What phrases count from: towns rather than the provinces of their name, and ends that can lie on one road."""

import datetime as dt

import pytest
from relative_cases import placed

from geoconflict.models import PlacePrecision


@pytest.mark.parametrize(
    ("text", "names", "name"),
    [
        ("Rebels were halted 10 km north of Idlib in Syria.", ("Idlib", "Syria"), "about 10 km north of Idlib"),
        ("A bus was hit on the Mopti-Bandiagara road.", ("Mopti", "Bandiagara"), "road between Mopti and Bandiagara"),
        ("They fought between Homs and Hama in Syria.", ("Homs", "Hama", "Syria"), "between Homs and Hama"),
    ],
)
def test_a_town_stands_for_the_province_of_its_name_where_a_point_is_asked_for(text, names, name):
    one = placed(text, *names)[names[0]]
    assert one.place is not None
    assert one.place.name == name


def test_a_province_that_is_called_so_is_none_of_its_towns():
    one = placed("Rebels were halted 10 km north of Idlib province in Syria.", "Idlib", "Syria")["Idlib"]
    assert one.place is not None
    assert (one.place.kind, one.place.precision) == ("admin1", PlacePrecision.ADMIN1)
    assert "too large to count from" in one.reasons[-1]


def test_a_part_of_a_province_is_of_the_province():
    one = placed("They fought in northern Borno.", "Borno")["Borno"].place
    assert one is not None
    assert (one.name, one.precision) == ("northern Borno", PlacePrecision.REGION)


def test_an_end_that_lies_on_no_road_with_the_other_has_no_place():
    found = placed(
        "An army patrol was ambushed on the Aguazul-Guadalajara highway. Colombia sent men to Casanare.",
        *("Aguazul", "Guadalajara", "Casanare", "Colombia"),
        on=dt.date(2003, 10, 1),  # no place of the name is then in a country at war
    )
    assert found["Guadalajara"].place is None
    assert "lies on one road with the other end" in found["Guadalajara"].reasons[0]
    near = found["Aguazul"].place
    assert near is not None
    assert (near.name, near.precision) == ("Aguazul", PlacePrecision.NEAR)
