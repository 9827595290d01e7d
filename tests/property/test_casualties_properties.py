"""What must hold of numbers, casualties and equipment in any sentence built of their words."""

import pytest
from few_names import reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.extract.casualties.reader import find_casualties
from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.numbers import find_quantities, read_number
from geoconflict.models import Reading

WORDS = [
    "two", "soldiers", "were", "killed", "and", "12", "wounded", "a", "child", "at", "least", "dozens", "of", "civilians", "died", ",", ".", ";", "tanks",
    "the", "death", "toll", "rose", "to", "21", "from", "no", "casualties", "killing", "injuring", "others", "people", "dead", "more", "than", "5,000",
    "so", "far", "captured", "villages", "missing", "between", "or", "İ", "bodies", "lives", "claimed", "his", "pilot", "fled",
    "including", "himself", "another", "third", "also", "Izium", "shelled", "destroyed", "shot", "down", "drones", "T-72", "its", "Russian", "to", "could",
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


def is_ordered(count):
    known = [n for n in (count.low, count.best, count.high) if n is not None]
    return bool(known) and known == sorted(known) and known[0] >= 0


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=24).map(" ".join))
@settings(max_examples=120, deadline=None)
def test_figures_of_events_tolls_and_equipment_are_ordered_and_in_the_text(text):
    reading = reading_of(text)
    assert Reading.from_dict(reading.to_dict()) == reading
    for mention in reading.mentions:
        if mention.casualties is not None:
            counts = [getattr(mention.casualties, name) for name in ("killed", "wounded", "captured", "displaced")]
            assert all(is_ordered(count) for count in counts if count is not None)
            assert any(count is not None for count in counts)
    for told in (*reading.tolls, *reading.equipment):
        assert is_ordered(told.count)
        assert text[told.start : told.end] == told.surface != ""


NUMBER_WORDS = [
    "two", "twenty", "hundred", "thousand", "million", "a", "half", "dozen", "and", "-", "12", "5,000", "1.5", "at least", "between", "to", "or",
    "some", "dozens", "of", "more", "than", "0", "007", "no", "almost", "%", "$", "\u0661", "\u00b2", "score", "another",
]  # fmt: skip


@given(st.lists(st.sampled_from(NUMBER_WORDS), max_size=14).map(" ".join) | st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_quantities_lie_in_the_text_in_order_and_are_ranges(text):
    low = text.lower()
    end = 0
    for quantity in find_quantities(low):
        assert end <= quantity.start < quantity.end <= len(low)
        end = quantity.end
        assert is_ordered(quantity.count)
    assert read_number(text) is None or read_number(text) >= 0


@pytest.mark.parametrize(
    "unit",
    ["1", "1 ", "100 000 ", "1,", "killed 12 ", "12 men killed ", "two hundred and ", "between 1 and ", "nine people, including two, ",
     "a ", "at least ", "destroyed 5 tanks and ", "tank ", "two of the ", "2-", "a dozen and "],
)  # fmt: skip
def test_a_hundred_thousand_characters_of_numbers_are_read(unit):
    """A pattern that tries all ways to split them would not come back."""
    text = (unit * 100_000)[:100_000]
    assert all(is_ordered(quantity.count) for quantity in find_quantities(text))


@pytest.mark.parametrize(
    "unit", ["12 men were killed and ", "killed 12 ", "destroyed 5 tanks and ", "nine people, including two, "]
)
def test_a_report_of_nothing_but_figures_is_read(unit):
    reading = reading_of((unit * 1000)[:12_000])
    assert all(is_ordered(told.count) for told in (*reading.tolls, *reading.equipment))


@given(
    st.integers(20, 900),
    st.integers(2, 15),
    st.sampled_from(["killed", "wounded"]),
    st.sampled_from(["this year", "this month", "this week", "so far this year", "since January", "in the past month"]),
    st.sampled_from(["including", "among them"]),
    st.sampled_from(["Gao", "Menaka", "Nyala", "Kharkiv"]),
    st.sampled_from(["Sunday", "Monday", "Friday"]),
)
@settings(max_examples=40, deadline=None)
def test_a_running_total_is_never_the_figure_of_the_town_of_a_part(whole, part, verb, period, opener, town, day):
    reading = reading_of(f"{whole} people have been {verb} {period}, {opener} {part} in {town} on {day}.")
    for mention in reading.mentions:
        count = mention.casualties and getattr(mention.casualties, verb)
        assert count is None or (count.low, count.high) == (part, part)
    assert [toll.count.best for toll in reading.tolls] == [whole]
