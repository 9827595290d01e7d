"""What must hold of casualties in any sentence built of their words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.extract.casualties import find_casualties
from geoconflict.extract.language import load_language_model

WORDS = [
    "two", "soldiers", "were", "killed", "and", "12", "wounded", "a", "child", "at", "least", "dozens", "of", "civilians", "died", ",", ".", ";", "tanks",
    "the", "death", "toll", "rose", "to", "21", "from", "no", "casualties", "killing", "injuring", "others", "people", "dead", "more", "than", "5,000",
    "so", "far", "captured", "villages", "missing", "between", "or", "İ", "bodies", "lives", "claimed", "his", "pilot", "fled",
]  # fmt: skip


@pytest.fixture(scope="module")
def model():
    return load_language_model()


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=18).map(" ".join))
@settings(max_examples=120, deadline=None)
def test_offsets_bounds_and_order(model, text):
    document = model.read(text)
    found = find_casualties(document)
    assert found == find_casualties(document)
    assert [m.start for m in found] == sorted(m.start for m in found)
    for mention in found:
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        assert mention.start <= mention.trigger_start < mention.trigger_end <= mention.end
        low, best, high = mention.count.low, mention.count.best, mention.count.high
        assert (low, best, high) != (None, None, None)
        assert low is None or high is None or low <= high
        assert best is None or low is None or low <= best
        assert best is None or high is None or best <= high
        assert mention.cumulative == (mention.scope == "war")
        assert not mention.cumulative or mention.cumulative_reason


@given(st.integers(1, 99_999), st.sampled_from(["killed", "wounded"]))
@settings(max_examples=40, deadline=None)
def test_an_exact_number_is_kept_exactly(model, n, verb):
    (mention,) = find_casualties(model.read(f"Officials said {n:,} soldiers were {verb} on Thursday."))
    assert (mention.count.low, mention.count.best, mention.count.high) == (n, n, n)
    assert mention.measure == verb
