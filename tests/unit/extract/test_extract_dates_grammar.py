"""The patterns of dates: each is one that compiles, though a process compiles but those it needs."""

import re

import pytest

from geoconflict.extract.dates_grammar import Patterns, grammar


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


@pytest.mark.parametrize("family", sorted({*grammar().family_of.values(), *grammar().figures.groupindex}))
def test_every_rule_of_a_family_compiles_by_itself(family: str) -> None:
    rules = grammar()
    names = rules.families[family].groupindex
    assert names
    assert all(rules.rules[name].pattern for name in names)
