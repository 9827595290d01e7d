import pytest

from geoconflict.events.copies.rules import copy_rules
from geoconflict.events.rules import rules
from geoconflict.extract.numbers import read_number
from geoconflict.number_words import number_words
from geoconflict.places.relative.grammar import number_values


def test_the_words_for_exact_numbers_below_a_hundred_are_there():
    small, tens = number_words()
    assert sorted(small.values()) == list(range(20))
    assert sorted(tens.values()) == list(range(20, 100, 10))
    assert (small["thirteen"], tens["forty"]) == (13, 40)


@pytest.mark.parametrize("word", ["seven", "nineteen", "eighty"])
def test_all_that_read_a_text_know_the_same_words(word):
    value = read_number(word)
    assert rules().number_values[word] == value
    assert word in rules().number_words
    known = copy_rules()
    assert {**known.units, **known.numbers, **known.tens}[word] == value
    assert number_values()[word] == (value, value)


def test_distances_know_exact_numbers_made_of_two_words_and_vague_ones_besides():
    values = number_values()
    assert values["sixty-two"] == (62, 62)
    assert values["three hundred"] == (300, 300)
    assert values["a few"] == (2, 5)
    assert "zero" not in values
