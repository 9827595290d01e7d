"""Patterns that are compiled when they are first needed."""

import re

import pytest

from geoconflict.extract.dates.grammar import Patterns


def test_a_pattern_is_compiled_when_it_is_first_asked_for_and_kept() -> None:
    patterns = Patterns({"day": r"\d+", "bad": "("})
    assert not patterns
    assert patterns["day"].match("12")
    assert patterns["day"] is patterns["day"]
    assert list(patterns) == ["day"]
    with pytest.raises(re.error):
        patterns["bad"]
    with pytest.raises(KeyError):
        patterns["month"]
