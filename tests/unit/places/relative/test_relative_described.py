"""Which place "X, 10 km north of Y" means: one that lies there, or none of those that bear its name."""

import pytest
from builders import place
from relative_cases import answer, mentions
from tiny_gazetteer import TinyGazetteer

from geoconflict.geo import distance_m
from geoconflict.places.relative.placing import place_relatives

HERE = place("Osmer", kind="settlement", place_id="t:osmer", lon=85.0, lat=27.0)


def described(text: str, lon: float, lat: float, *, kind: str = "settlement"):
    """Return the answer for the name Kell, which is known at such a point, in a text that counts from Osmer."""
    known = place("Kell", kind=kind, place_id="t:kell", lon=lon, lat=lat)
    where = {"Kell": known, "Osmer": HERE}
    answers = [answer(one, where[one.surface]) for one in mentions(text, *where)]
    found = place_relatives(answers, text, gazetteer=TinyGazetteer())
    return next(one for one in found if one.toponym.surface == "Kell")


@pytest.mark.parametrize("distance", [40, 180, 290])
def test_a_namesake_on_another_continent_is_not_it_and_the_words_stand_in(distance):
    found = described(f"Rebels raided Kell, {distance} km west of Osmer.", 29.5, 0.5)
    assert found.place is not None
    assert found.place.name == f"Kell, about {distance} km west of Osmer"
    assert distance_m(found.place.lon, found.place.lat, HERE.lon, HERE.lat) == pytest.approx(1000 * distance, rel=0.01)
    assert found.place.radius_m >= 5_000
    assert any("that is known lies" in one for one in found.reasons)


def test_nothing_stands_in_where_it_is_too_far_to_count_and_the_namesake_is_still_not_it():
    found = described("Rebels raided Kell, 700 km west of Osmer.", 29.5, 0.5)
    assert found.place is None
    assert found.score == 0
    assert [one.place.place_id for one in found.alternatives] == ["t:kell"]


@pytest.mark.parametrize(
    ("text", "lon"),
    [
        ("Rebels raided Kell, 180 km west of Osmer.", 83.4),  # 158 km away: a rough figure
        ("Rebels raided Kell, 290 km west of Osmer.", 83.4),  # by road
        ("Rebels raided Kell, 700 km west of Osmer.", 80.0),  # 495 km away as the crow flies
    ],
)
def test_a_rough_figure_moves_nothing(text, lon):
    found = described(text, lon, 27.0)
    assert found.place is not None
    assert found.place.place_id == "t:kell"


def test_a_province_is_not_refused():
    found = described("Rebels raided Kell, 180 km west of Osmer.", 29.5, 0.5, kind="admin1")
    assert found.place is not None
    assert found.place.place_id == "t:kell"
