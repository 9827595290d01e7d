"""Places from raw text, by the scorer that comes with the sets: what is found, what is right, and for the war's own places.

The floors are what the project promises; the measured figures, which are higher, are in docs/quality.md.
"""

import datetime as dt
import hashlib
import importlib.util
import json
import statistics

import pytest

from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.toponyms.recognition import find_toponyms
from geoconflict.models import Report
from geoconflict.places import Gazetteer, resolve

pytestmark = pytest.mark.quality

LARGE = ("geovirus", "geowebnews_dev")
KARABAKH = "nk_2020_toponyms_dev"
SAMPLE = 3
"""Every third report of the large sets, chosen by a hash of its id."""


@pytest.fixture(scope="module")
def scorer(shared):
    spec = importlib.util.spec_from_file_location("score", shared / "evaluation" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_of(shared, name):
    lines = (shared / "evaluation" / "toponyms" / f"{name}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    sample = SAMPLE if name in LARGE else 1
    return [row for row in rows if int(hashlib.sha256(row["doc_id"].encode()).hexdigest(), 16) % sample == 0]


@pytest.fixture(scope="module")
def predicted(shared):
    """For each set its reports, each with what was found and where it was put."""
    gazetteer = Gazetteer.open()
    found = {}
    for name in (*LARGE, KARABAKH):
        rows = rows_of(shared, name)
        documents = load_language_model().read_many((row["text"] for row in rows), names=gazetteer)
        pairs = []
        for row, document in zip(rows, documents, strict=True):
            report = Report(report_id=row["doc_id"], text=row["text"])
            toponyms = find_toponyms(document, gazetteer, report=report)
            day = dt.date.fromisoformat(row["published"][:10]) if row.get("published") else None
            answers = resolve(toponyms, gazetteer=gazetteer, text=row["text"], published_on=day)
            pairs.append((row, {"toponyms": [as_predicted(one) for one in answers]}))
        found[name] = pairs
    return found


def as_predicted(one):
    lat, lon = (one.place.lat, one.place.lon) if one.place else (None, None)
    return {"start": one.toponym.start, "end": one.toponym.end, "phrase": one.toponym.surface, "lat": lat, "lon": lon}


def summed(scorer, pairs):
    return scorer.topo_sum([scorer.topo_doc(row, found, coords_only=True, no_demonyms=True) for row, found in pairs])


@pytest.mark.parametrize(("name", "least"), [("geovirus", 0.92), ("geowebnews_dev", 0.82)])
def test_places_are_found(scorer, predicted, name, least):
    assert summed(scorer, predicted[name])["overlap_f1"] >= least


def test_places_are_found_and_put_within_161_km(scorer, predicted):
    shares = [summed(scorer, predicted[name])["e2e_acc161"] for name in LARGE]
    assert statistics.fmean(shares) >= 0.78


def test_the_places_of_events_are_found_and_within_10_km(scorer, predicted):
    n_gold = n_found = n_right = 0
    for row, found in predicted[KARABAKH]:
        matched = dict(scorer.match_spans(row["toponyms"], found["toponyms"], False))
        for number, label in enumerate(row["toponyms"]):
            if label["role"] != "event_place":
                continue
            n_gold += 1
            answer = found["toponyms"][matched[number]] if number in matched else None
            n_found += answer is not None
            if answer is not None and answer["lat"] is not None:
                n_right += scorer.km(label["lat"], label["lon"], answer["lat"], answer["lon"]) <= 10
    assert n_found / n_gold >= 0.95
    assert n_right / n_gold >= 0.95
