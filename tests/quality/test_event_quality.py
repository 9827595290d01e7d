"""Events against labelled texts: floors a little below what was measured when they were set.

Names are placed by the gazetteer's first candidate, so these figures judge extraction, not resolution.
"""

import datetime as dt
import importlib.util
import json
import sys

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report, Status

pytestmark = pytest.mark.quality

TOLD = (Status.OCCURRED, Status.CLAIMED, Status.DENIED, Status.SCHEDULED)


@pytest.fixture(scope="module")
def scorer(shared):
    spec = importlib.util.spec_from_file_location("evaluation_score", shared / "evaluation" / "score.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gazetteer():
    from geoconflict.places.gazetteer import Gazetteer

    return Gazetteer.open()


@pytest.fixture(scope="module")
def predicted(shared, gazetteer):
    reader = Reader(gazetteer)

    def run(name, every=1):
        rows = [
            json.loads(line)
            for line in (shared / "evaluation" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        reports = {}
        for row in rows:
            key = row.get("doc_id") or row["id"]
            published_on = dt.date.fromisoformat(row["published"][:10]) if row.get("published") else None
            reports.setdefault(key, Report(report_id=key, text=row["text"], published_on=published_on))
        chosen = list(reports.values())[::every]
        keys = {report.report_id for report in chosen}
        predictions = [
            {
                "doc_id": reading.report_id,
                "events": [_row(gazetteer, mention) for mention in reading.mentions if mention.status in TOLD],
            }
            for reading in reader.read_many(chosen)
        ]
        return [row for row in rows if (row.get("doc_id") or row["id"]) in keys], predictions

    return run


def _row(gazetteer, mention):
    day = mention.when.best_day
    places = gazetteer.lookup(mention.place.surface) if mention.place else ()
    killed = mention.casualties.killed if mention.casualties else None
    return {
        "date": day.isoformat() if day else None,
        "event_type": mention.event_type.value,
        "sub_event_type": mention.sub_event_type,
        "actors": [actor.name for actor in mention.actors],
        "place_name": mention.place.surface if mention.place else None,
        "lat": places[0].place.lat if places else None,
        "lon": places[0].place.lon if places else None,
        "fatalities": (killed.low if killed.best is None else killed.best) if killed else None,
    }


# Set, every n-th document, type map, floors by figure of score.py.
SETS = [
    ("events/nk_2020_events_dev", 1, None, {"event_typed_f1": 0.80, "date_exact": 0.90, "type_acc": 0.88}),
    ("events/silver_wce_ucdp_dev", 1, "ucdp", {"event_typed_f1": 0.63, "docs_with_an_event": 0.88}),
    ("events/ucdp_headlines", 1, "ucdp", {"event_typed_f1": 0.29, "docs_with_an_event": 0.74}),
    ("events/muc4_dev", 6, "muc4", {"event_typed_f1": 0.23, "type_acc": 0.66}),
]


@pytest.mark.parametrize(("name", "every", "typemap", "floors"), SETS, ids=[row[0] for row in SETS])
def test_events_stay_above_their_floor(shared, scorer, predicted, name, every, typemap, floors):
    gold, predictions = predicted(name, every)
    types = (
        json.loads((shared / "evaluation" / "typemaps" / f"{typemap}.json").read_text(encoding="utf-8"))
        if typemap
        else None
    )
    measured = scorer.score_events(gold, predictions, types)
    assert all(measured[figure] >= floor for figure, floor in floors.items()), {
        figure: measured[figure] for figure in floors
    }


def test_epidemic_news_seldom_makes_a_conflict_event(scorer, predicted):
    gold, predictions = predicted("toponyms/geovirus")
    measured = scorer.score_negatives(gold, predictions)
    assert measured["docs"] > 200
    assert measured["false_alarm_share"] <= 0.05, measured


def test_the_seed_article_is_read_as_a_person_reads_it(shared, gazetteer):
    path = shared / "reports" / "000_a8b8612acb1e7ba6.txt"
    report = Report(report_id="seed", text=path.read_text(encoding="utf-8"), published_on=dt.date(2020, 10, 23))
    reading = Reader(gazetteer).read(report)
    found = {
        (
            mention.sub_event_type,
            mention.place.surface if mention.place else None,
            mention.status.value,
            mention.claimed_by,
            mention.when.starts_on.isoformat()[5:] if mention.when.starts_on else None,
            mention.when.ends_on.isoformat()[5:] if mention.when.ends_on else None,
        )
        for mention in reading.mentions
    }
    shelling = "Shelling/artillery/missile attack"
    assert found >= {
        (shelling, "Martuni", "claimed", "Armenia's Ministry of Defence", "10-22", "10-23"),
        (shelling, "Stepanakert", "occurred", None, "09-27", "10-23"),
        ("Armed clash", "Nagorno-Karabakh", "occurred", None, None, "10-23"),
        ("Armed clash", "Nagorno-Karabakh", "occurred", None, "09-27", "09-27"),
        ("talks", "Washington, DC", "scheduled", None, "10-23", "10-23"),
        ("talks", "Paris", "occurred", None, "10-22", "10-22"),
    }
    front = [mention for mention in reading.mentions if mention.claimed_by == "Azerbaijan's Ministry of Defence"]
    assert [mention.sub_event_type for mention in front] == ["Armed clash"]
    far = {"Washington, DC", "Paris", "Moscow", "US", "United States", "Russia", "France", "Azerbaijan", "Armenia"}
    placed = {m.place.surface for m in reading.mentions if m.place and m.event_type.value != "Diplomacy"}
    assert not placed & far
    assert {(toll.count.high, toll.claimed_by) for toll in reading.tolls if toll.claimed_by} == {(4999, "Putin")}
    assert all(mention.casualties is None for mention in reading.mentions)
