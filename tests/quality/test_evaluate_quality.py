"""`evaluate` measures what the scorer of the evaluation sets measures: the same figures of the same predictions."""

import importlib.util
import json
import random
import sys

import pytest

from geoconflict.evaluating import Rules, evaluate, load_labels

pytestmark = pytest.mark.quality

NAMES = {
    "event_precision": "event_p@50km,3d",
    "event_recall": "event_r@50km,3d",
    "event_f1": "event_f1@50km,3d",
    "event_typed_precision": "event_typed_p",
    "event_typed_recall": "event_typed_r",
    "event_typed_f1": "event_typed_f1",
    "place_within_10km": "loc_e2e_acc10",
    "place_within_25km": "loc_e2e_acc25",
    "place_within_50km": "loc_e2e_acc50",
    "place_within_161km": "loc_e2e_acc161",
    "place_name": "place_name_match",
    "date_exact": "date_exact",
    "date_within_1_day": "date_within1",
    "date_in_range": "date_in_range",
    "type": "type_acc",
    "fatalities_exact": "fatalities_exact",
    "fatalities_exact_when_deaths": "fatalities_exact_when_deaths",
    "fatalities_in_range": "fatalities_in_range",
    "fatalities_in_range_when_deaths": "fatalities_in_range_when_deaths",
}


@pytest.fixture(scope="module")
def scorer(shared):
    spec = importlib.util.spec_from_file_location("evaluation_scorer", shared / "evaluation" / "score.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def blurred(rows, seed):
    """Return predictions that are the labels with faults: moved, redated, lost, doubled, of other types and deaths."""
    chance = random.Random(seed)
    found = {}
    for row in rows:
        told = found.setdefault(str(row.get("doc_id") or row["id"]), [])
        if row.get("no_event") or chance.random() < 0.2:
            continue
        one = {name: row.get(name) for name in ("date", "place_name", "lat", "lon", "event_type", "fatalities")}
        if one["lat"] is not None and chance.random() < 0.5:
            one["lat"] = one["lat"] + chance.choice([0.05, 0.3, 1.0, 5.0])
        if one["date"] and chance.random() < 0.4:
            one["date"] = f"{one['date'][:8]}{chance.randint(1, 28):02d}"
        if chance.random() < 0.3:
            one |= {"event_type": "Battles", "sub_event_type": "Armed clash", "place_name": "Elsewhere"}
        if chance.random() < 0.3:
            one["fatalities"] = chance.randint(0, 9)
        told += [one] * chance.choice([1, 1, 2])
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("name", "typemap"), [("nk_2020_events_dev", None), ("muc4_dev", "muc4"), ("ucdp_headlines", "ucdp")]
)
def test_the_figures_are_those_of_the_scorer(shared, scorer, name, typemap, seed):
    file = shared / "evaluation" / "events" / f"{name}.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    maps = json.loads((shared / "evaluation" / "typemaps" / f"{typemap}.json").read_text()) if typemap else None
    predictions = blurred(rows, seed)
    wanted = scorer.score_events(rows, [{"doc_id": key, "events": told} for key, told in predictions.items()], maps)
    rules = Rules(gold_types=maps["gold"], own_types=maps["pred"]) if maps else Rules()
    done = evaluate(load_labels(file, faulty="keep"), predictions, rules, n_resamples=0)
    counts = [done.n_reports, done.n_labels, done.n_predictions, done.n_matched]
    assert counts == [wanted[one] for one in ("docs", "gold_events", "pred_events", "matched")]
    figures = {name: round(figure.value, 4) for name, figure in done.figures.items()}
    assert figures == {name: wanted[theirs] for name, theirs in NAMES.items() if theirs in wanted and name in figures}
    assert {theirs for mine, theirs in NAMES.items() if theirs in wanted} - {NAMES[one] for one in figures} == set()
