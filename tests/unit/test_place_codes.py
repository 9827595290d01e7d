import pandas as pd
import pytest
from few_events import few_events

from geoconflict.event_extents import places_of_events
from geoconflict.event_tables import read_events
from geoconflict.models import PlacePrecision
from geoconflict.place_codes import NOT_STATED, PLACE_CODES, USUAL_RADIUS_M, place_code
from geoconflict.places.overrides import load_overrides


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("geo_precision", {"town": 5, "near": 25, "admin1": 60}),
        (
            "where_prec",
            {"town": 5, "near": 25, "admin2": 30, "admin1": 60, "area": 100, "country": 500, "sea": 100},
        ),
    ],
)
def test_codes_mean_what_the_code_books_say(column, words):
    told = [place_code(PLACE_CODES[column], str(code)) for code in range(1, len(words) + 1)]
    assert [one.precision for one in told] == list(words)
    assert [one.radius_m for one in told] == [1000 * km for km in words.values()]
    assert place_code(PLACE_CODES[column], "1.0").precision == "town"
    assert place_code(PLACE_CODES[column], "9") is place_code(PLACE_CODES[column], "") is NOT_STATED


def test_every_precision_has_an_extent():
    assert set(USUAL_RADIUS_M) == set(PlacePrecision)


def test_a_place_of_which_nothing_more_is_said_reaches_as_far_whoever_tells_it(tmp_path):
    for word, metres in USUAL_RADIUS_M.items():
        if word == "line":  # needs a geometry
            continue
        told = read_events(
            pd.DataFrame({"lon": [46.0], "lat": [40.0], "date": ["2020-10-01"], "precision": [word]}),
            {"precision": "precision"},
        )
        assert told["radius_m"].tolist() == [metres]
        unsaid = few_events({"place_precision": word, "radius_m": None})
        assert places_of_events(unsaid).radius_m.tolist() == [metres]
        (tmp_path / "overrides.csv").write_text(
            f"surface,context,place_id,lon,lat,name,precision,radius_m,valid_from,valid_to,note\nX,,,46,40,X,{word},,,,\n"
        )
        (row,) = load_overrides(tmp_path / "overrides.csv")
        assert row.place.radius_m == metres
