"""Patterns that are compiled when they are first needed."""

import re

import pytest

from geoconflict.extract.dates.grammar import Patterns, either, grammar


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


def test_the_longest_of_words_is_preferred_with_any_blanks_and_apostrophe():
    pattern = re.compile(either(["noon", "no one", "no", "night", "nightfall", "o'clock"]))
    assert [match[0] for match in pattern.finditer("noon, no  one, no, night, nightfall, o’clock, nigh")] == [
        "noon",
        "no  one",
        "no",
        "night",
        "nightfall",
        "o’clock",
    ]


@pytest.mark.parametrize(
    ("family", "text", "rule"),
    [
        ("weekday", "tuesday", "weekday"),
        ("weekday", "tuesday, 3 march", "dm"),
        ("weekday", "the evening of tuesday, 3 march", "dm"),
        ("weekday", "tuesday, march 3", "md"),
        ("month", "tuesday, 3-4 march", "range_dm"),
        ("month", "march 3-4", "range_md"),
        ("month", "march 3 and 4", "pair_md"),
        ("month", "late march", "month"),
        ("month", "late march 2018", "month_year"),
        ("month", "the end of last march", "rel_month"),
    ],
)
def test_rules_that_share_an_opening_are_told_apart(family, text, rule):
    """The opening stands once in the alternation, so the rule that it names must match there by itself, too."""
    match = grammar().families[family].match(text)
    assert match is not None
    assert match.lastgroup == rule
    assert grammar().rules[rule].fullmatch(text)
    assert grammar().families[family].match("they fled") is None


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("2018", "year"),
        ("3/4/2018", "numeric"),
        ("the 3rd", "ordinal"),
        ("6 a.m.", "clock"),
        ("in ’92", "short"),
        ("q3", "short_quarter"),
        ("44 bc", "bc"),
        ("500 men", None),
        ("20180", None),
    ],
)
def test_figures_call_for_a_family_by_their_form(text, called):
    assert next(match.lastgroup for match in grammar().word.finditer(text) if match[0].isdigit()) == called
