"""Dates against annotated news and war narratives: floors a little below what was measured when they were set."""

import datetime as dt
import importlib.util
import json
import sys

import pytest

from geoconflict.extract.dates.reader import find_times

pytestmark = pytest.mark.quality

# Of all annotated expressions: found (overlap F1), with the right value; of those that mean a day, right to the day: all, and
# those said without a year.
FLOORS = {
    "timebank": (0.92, 0.84, 0.90, 0.90),
    "aquaint": (0.93, 0.82, 0.90, 0.90),
    "gum_wikinews": (0.72, 0.75, 0.76, 0.64),
    "wikiwars_dev": (0.95, 0.86, 0.91, 0.86),
}


@pytest.fixture(scope="module")
def scorer(shared):
    path = shared / "evaluation" / "score.py"
    spec = importlib.util.spec_from_file_location("evaluation_score", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_dates_stay_above_their_floor(shared, scorer, name):
    scored = []
    for line in (shared / "evaluation" / "dates" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        published_on = dt.date.fromisoformat(gold["published"]) if gold["published"] else None
        timexes = [
            {"start": time.start, "end": time.end, "type": time.timex_type.value, "value": time.value}
            for time in find_times(gold["text"], published_on=published_on)
        ]
        scored.append(scorer.time_doc(gold, {"timexes": timexes}, ("DATE", "TIME")))
    total = scorer.time_sum(scored)
    measured = (total["overlap_f1"], total["value_acc_all_gold"], total["day_exact"], total["rel_day_exact"])
    assert all(value >= floor for value, floor in zip(measured, FLOORS[name], strict=True)), measured
