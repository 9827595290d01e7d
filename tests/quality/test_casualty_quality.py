"""Casualty figures against short items labelled by hand: floors a little below what was measured.

The labels hold ids and numbers alone; the texts lie beside the checkout.
"""

import importlib.util
import sys

import pytest

pytestmark = pytest.mark.quality

FLOORS = {
    (1, 1): {"killed": 0.90, "wounded": 0.90},
    (1, 2): {"killed": 0.88, "wounded": 0.85},
    (2, 1): {"killed": 0.92, "wounded": 0.90},
    (2, 2): {"killed": 0.84, "wounded": 0.90},
    (3, 1): {"killed": 0.88, "wounded": 0.90},
    (3, 2): {"killed": 0.86, "wounded": 0.95},
    (4, 1): {"killed": 0.90, "wounded": 0.90},
    (4, 2): {"killed": 0.90, "wounded": 0.84},
}
"""Sample, half -> the share of labelled figures of single events that come out with the very same low, best and high.

Second halves are held back until the rules are finished. Those of the third and the fourth sample were scored several times,
0.870 and 0.923 of the killed; of the third one item's figures were seen. Its floor was 0.88 before figures of one event were
added up, which lost one of 54.
"""
PRECISION_FLOOR = 0.92
"""The share of figures given for the killed that a label has."""
PRECISION_FLOORS = {(3, 1): 0.90, (3, 2): 0.90, (4, 2): 0.90}
"""Where it is less."""


@pytest.fixture(scope="module")
def scorer(project_root):
    spec = importlib.util.spec_from_file_location("casualty_quality", project_root / "scripts" / "casualty_quality.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_labels_are_four_samples_in_two_halves(scorer):
    items = scorer.read_labels()
    assert len({item.item_id for item in items}) == len(items)
    assert [sum(item.sample == sample for item in items) for sample in (1, 2, 3, 4)] == [150, 117, 102, 116]
    for sample, least in ((1, 60), (2, 50), (3, 40), (4, 50)):
        assert min(sum(item.sample == sample and item.half == half for item in items) for half in (1, 2)) > least
    for item in items:
        for figures in (*item.events, *item.totals):
            for bounds in figures.values():
                known = [bound for bound in bounds if bound is not None]
                assert known == sorted(known)


@pytest.fixture(scope="module")
def read(shared, scorer):
    texts = shared / "reports" / scorer.TEXTS.name
    if not texts.is_file():
        pytest.skip(f"../shared/reports/{texts.name} is not here")
    items = scorer.read_labels()
    _, readings = scorer.read_all(items, texts)
    return items, readings


@pytest.mark.parametrize(("sample", "half"), list(FLOORS))
def test_figures_of_events_stay_above_their_floor(read, scorer, sample, half):
    items, readings = read
    scores, wrong = scorer.score([item for item in items if (item.sample, item.half) == (sample, half)], readings)
    for measure, floor in FLOORS[sample, half].items():
        assert scores[measure].exact >= floor * scores[measure].labelled, (str(scores[measure]), wrong)
    least = PRECISION_FLOORS.get((sample, half), PRECISION_FLOOR)
    assert scores["killed"].exact >= least * scores["killed"].given, (str(scores["killed"]), wrong)
