import pytest

from geoconflict.extract.numbers import find_quantities, read_number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("21", 21),
        ("5,000", 5000),
        ("12,345,678", 12_345_678),
        ("5 000", 5000),
        ("twenty-one", 21),
        ("Twenty One", 21),
        ("two hundred and six", 206),
        ("a hundred", 100),
        ("three thousand two hundred", 3200),
        ("1.5 million", 1_500_000),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("half-a-dozen", 6),
        ("a half-dozen", 6),
        ("½ a dozen", 6),
        ("1\u200b2", 12),
        ("1,2\u206000", 1200),
        ("two dozen", 24),
        ("zero", 0),
        ("soldiers", None),
        ("3.4", None),
    ],
)
def test_numbers_are_read_in_words_and_figures(words, value):
    assert read_number(words) == value


@pytest.mark.parametrize(
    ("text", "surface", "low", "best", "high"),
    [
        ("at least 12 people", "at least 12", 12, None, None),
        ("all but two of the 40 soldiers", "all but two of the 40", 38, 38, 38),
        ("all but 1 of its twenty guards", "all but 1 of its twenty", 19, 19, 19),
        ("1\u200b2 people", "1\u200b2", 12, 12, 12),
        ("5\u00ad0\ufeff0 men", "5\u00ad0\ufeff0", 500, 500, 500),
        ("half-a-dozen men", "half-a-dozen", 6, 6, 6),
        ("more than 700 men", "more than 700", 701, None, None),
        ("over a hundred", "over a hundred", 101, None, None),
        ("almost 5,000 people", "almost 5,000", None, None, 4999),
        ("fewer than ten", "fewer than ten", None, None, 9),
        ("up to 20 fighters", "up to 20", None, None, 20),
        ("had gone up to 20", "20", 20, 20, 20),
        ("some 15 to 20 men", "some 15 to 20", 15, None, 20),
        ("as many as 20", "as many as 20", None, None, 20),
        ("about 50 homes", "about 50", None, 50, None),
        ("an estimated 300", "an estimated 300", None, 300, None),
        ("between 12 and 15 men", "between 12 and 15", 12, None, 15),
        ("three to five men", "three to five", 3, None, 5),
        ("seven or eight", "seven or eight", 7, None, 8),
        ("12-15 men", "12-15", 12, None, 15),
        ("30 or more", "30 or more", 30, None, None),
        ("dozens of others", "dozens of", 24, None, None),
        ("hundreds were", "hundreds", 200, None, None),
        ("scores of", "scores of", 40, None, None),
        ("several men", "several", 3, None, None),
        ("tens of thousands of people", "tens of thousands of", 20_000, None, None),
        ("a couple of men", "a couple of", 2, 2, 2),
        ("twenty-one soldiers", "twenty-one", 21, 21, 21),
        ("no casualties", "no", 0, 0, 0),
        ("a woman", "a", 1, 1, 1),
    ],
)
def test_quantities_are_ranges(text, surface, low, best, high):
    (found, *_rest) = find_quantities(text)
    assert text[found.start : found.end] == surface
    assert (found.count.low, found.count.best, found.count.high) == (low, best, high)


@pytest.mark.parametrize("text", ["$500", "12%", "£3,000", "3.4", "the mosque", "someone", "F-16"])
def test_money_shares_and_names_are_no_quantities(text):
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    "text", ["10^30 people", "10 ^ 30 people", "10**30 people", "1/2 people", "12:30 people", "minus five soldiers"]
)
def test_part_of_a_formula_is_no_quantity(text):
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "value"), [("at 12:30 five people", 5), ("dead: 30", 30), ("in the first half 12 people", 12)]
)
def test_what_stands_beside_a_formula_is_read(text, value):
    assert [found.count.best for found in find_quantities(text)] == [value]


@pytest.mark.parametrize("words", ["99999999999999999999", "9" * 400, "5 billion", "ninety billion", "1000000001"])
def test_no_count_of_people_is_larger_than_a_billion(words):
    assert read_number(words) is None


@pytest.mark.parametrize("text", ["all but two were killed", "all but 12 of the soldiers", "all but 5 of the 3 men"])
def test_how_many_are_left_says_nothing_without_how_many_there_were(text):
    assert not [one for one in find_quantities(text) if text[one.start : one.end].startswith("all but")]
    assert {one.count.best for one in find_quantities(text)}.isdisjoint({2, 5, 12})
