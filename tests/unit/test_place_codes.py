import pytest

from geoconflict.models import PlacePrecision
from geoconflict.place_codes import NOT_STATED, PLACE_CODES, RADIUS_M, place_code


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("geo_precision", ["town", "near", "admin1"]),
        ("where_prec", ["town", "near", "admin2", "admin1", "area", "country", "sea"]),
    ],
)
def test_codes_mean_what_the_code_books_say(column, words):
    told = [place_code(PLACE_CODES[column], str(code)) for code in range(1, len(words) + 1)]
    assert [one.precision for one in told] == words
    assert [one.radius_m for one in told] == [RADIUS_M[word] for word in words]
    assert place_code(PLACE_CODES[column], "1.0").precision == "town"
    assert place_code(PLACE_CODES[column], "9") is place_code(PLACE_CODES[column], "") is NOT_STATED


def test_every_precision_has_an_extent():
    assert set(RADIUS_M) == set(PlacePrecision)
