""" "X, north of Y" says a side and no distance: it chooses among the places named X and moves none of them."""

import pytest
from builders import place
from relative_cases import mentions
from tiny_gazetteer import TinyGazetteer

from geoconflict.geo import offset
from geoconflict.models import Resolution, ScoredPlace
from geoconflict.places.relative.placing import place_relatives

TEXT = "They shelled Riverton, north of Hilltown."


def at(km: float, bearing: float, key: str = "riverton"):
    lon, lat = offset(30.0, 10.0, distance_m=1000 * km, bearing_deg=bearing)
    return place("Riverton", round(lon, 5), round(lat, 5), place_id=f"test:{key}")


def told(own, *others, score=0.9):
    riverton, hilltown = mentions(TEXT, "Riverton", "Hilltown")
    alternatives = tuple(ScoredPlace(place=one, score=value, reasons=("a namesake",)) for one, value in others)
    answers = [
        Resolution(toponym=riverton, place=own, score=score, alternatives=alternatives, reasons=("the largest",)),
        Resolution(toponym=hilltown, place=place("Hilltown"), score=0.95, reasons=("set by the test",)),
    ]
    return place_relatives(answers, TEXT, gazetteer=TinyGazetteer())[0]


@pytest.mark.parametrize(("km", "bearing"), [(12, 0), (40, 10), (90, 340), (250, 30), (700, 0)])
def test_a_known_place_on_that_side_keeps_its_point_however_far_it_lies(km, bearing):
    own = at(km, bearing)
    one = told(own)
    assert (one.place, one.score) == (own, 0.9)
    assert f"it lies {km} km" in one.reasons[-1]


def test_the_namesake_on_that_side_and_near_is_meant():
    near = at(70, 15, "near")
    one = told(at(2000, 270), (at(900, 180, "other"), 0.05), (near, 0.02))
    assert one.place == near
    assert "70 km north-northeast of Hilltown" in one.reasons[0]
    assert one.score == pytest.approx(0.8 * 0.95)


def test_a_city_far_off_on_that_side_is_not_given_up_for_a_hamlet():
    city = at(700, 5)
    assert told(city, (at(120, 0, "hamlet"), 0.001)).place == city


def test_a_place_a_little_off_that_side_stays_and_the_reason_tells_where_it_lies():
    own = at(60, 180)
    one = told(own)
    assert one.place == own
    assert "60 km south of Hilltown" in one.reasons[-1]


def test_a_place_far_off_on_another_side_is_neither_moved_nor_kept():
    own = at(1500, 180)
    one = told(own)
    assert one.place is None
    assert one.alternatives[0].place == own
    assert "1500 km south of Hilltown" in one.reasons[0]
