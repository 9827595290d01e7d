"""The choice among places for labelled names, and geocoding of tables, against floors a little below what was measured.

Only figures are compared: nothing of the evaluation data is kept here.
"""

from __future__ import annotations

import importlib.util
import json

import pytest

from geoconflict.geo import distance_m
from geoconflict.places import Found, Gazetteer, Geocoder
from geoconflict.places.scoring import weights

pytestmark = pytest.mark.quality


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.fixture(scope="module")
def measured(shared, project_root, gazetteer):
    """For each set of labelled names: (right within 161 km, right or the label lies inside the area, score) a mention."""
    spec = importlib.util.spec_from_file_location("fit_resolution", project_root / "scripts" / "fit_resolution.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    documents = list(script.read(shared / "evaluation" / "toponyms"))
    return script.accuracy(documents, gazetteer, weights())


@pytest.mark.parametrize(
    ("name", "acc161", "in_area"),
    [("geovirus", 0.84, 0.93), ("geowebnews_dev", 0.79, 0.82), ("nk_2020_toponyms_dev", 0.96, 0.96)],
)
def test_labelled_names_get_their_place(measured, name, acc161, in_area):
    rows = measured[name]
    assert sum(row[0] for row in rows) / len(rows) >= acc161
    assert sum(row[1] for row in rows) / len(rows) >= in_area


def test_the_score_says_how_often_the_place_is_right(measured):
    """Expected calibration error over ten bands of the score."""
    rows = [row for rows in measured.values() for row in rows if row[2] > 0]
    error = 0.0
    for band in range(10):
        inside = [row for row in rows if min(9, int(row[2] * 10)) == band]
        if inside:
            error += abs(sum(row[1] for row in inside) - sum(row[2] for row in inside)) / len(rows)
    assert error < 0.04
    sure = [row for row in rows if row[2] >= 0.7]
    assert sum(row[1] for row in sure) / len(sure) >= 0.95


@pytest.mark.parametrize(
    ("name", "within_25_km", "right_of_found"),
    [("geocode_ucdp_dev", 0.29, 0.90), ("coverage_dev", 0.95, 0.95), ("coverage_dev_bare", 0.95, 0.95)],
)
def test_tables_of_names_are_geocoded(shared, gazetteer, name, within_25_km, right_of_found):
    rows = [
        json.loads(line)
        for line in (shared / "evaluation" / "places" / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    answers = [answer for _, answer in Geocoder(gazetteer).geocode_many(rows, fallback_to_admin=False)]
    right = [
        distance_m(answer.place.lon, answer.place.lat, row["lon"], row["lat"]) <= 25_000
        for row, answer in zip(rows, answers, strict=True)
        if isinstance(answer, Found)
    ]
    assert sum(right) / len(rows) >= within_25_km
    assert sum(right) / len(right) >= right_of_found
