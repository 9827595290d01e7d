"""Mended trees stay trees, whatever is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.predicates.clauses import Clauses

PIECES = [
    "said Omar Hadid, an aide t", "breach of the truce, ", "the army said ", "captured Kalbata, ", "President Omar Hadid announced",
    "rebels attack ", "Shelling hit ", "denied massacring civilians ", "had targeted ", ", and ", ". ", "an aide, ", "killing four ", "Kalbata, ",
]  # fmt: skip


def climbs(text):
    """Return the longest way from a token up to the root of its sentence."""
    clauses = Clauses(load_language_model().read(text))
    heads = [token.head for token in clauses.tokens]
    longest = 0
    for index in range(len(heads)):
        at, steps = index, 0
        while heads[at] != at:
            at, steps = heads[at], steps + 1
            assert steps <= len(heads), f"no way up from {clauses.tokens[index].text!r} in {text!r}"
        longest = max(longest, steps)
    return longest


@pytest.mark.parametrize("n", [2, 5, 10, 30])
def test_a_passage_that_is_repeated_makes_no_circle(n):
    """Each repetition mends the one before, until each verb of saying governs the other."""
    assert (
        climbs("day morning in " + "breach of the truce, said Hikmet Hajiyev, an aide t" * n + "o President Aliyev.")
        > 0
    )


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=14))
def test_words_in_any_order_make_no_circle(pieces):
    climbs("".join(pieces))
