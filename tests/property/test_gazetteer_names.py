"""What must hold for every name and every text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geoconflict.places.gazetteer import Gazetteer
from geoconflict.places.names import fold, tokenise

GAZETTEER = Gazetteer.open()
WORDS = st.sampled_from(
    [
        "Homs",
        "Gaza",
        "Strip",
        "Nagorno-Karabakh",
        "U.S.",
        "US",
        "us",
        "Deir",
        "al-Balah",
        "N’Djamena",
        "İzmir",
        "St.",
        "the",
    ]
)
GAPS = st.sampled_from([" ", "\n", "-", ", ", ". ", "'s ", "\n\n", " (", "é", "́"])
TEXTS = st.one_of(
    st.text(max_size=60), st.lists(st.tuples(WORDS, GAPS), max_size=12).map(lambda p: "".join(a + b for a, b in p))
)


@given(st.text(max_size=40))
def test_folding_again_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(TEXTS)
def test_tokens_lie_in_the_text_in_order(text: str) -> None:
    tokens = tokenise(text)
    last = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        assert last <= start < end <= len(text)
        last = end
    assert all(tokens.starts[index] < end <= tokens.ends[index] for index, (_, end) in tokens.possessives.items())


@given(TEXTS)
def test_every_match_is_a_name_that_lookup_knows(text: str) -> None:
    for start in range(len(text)):
        ends = [match.end for match in GAZETTEER.match_at(text, start)]
        assert ends == sorted(ends, reverse=True)
        for end in ends:
            assert start < end <= len(text)
            assert GAZETTEER.lookup(text[start:end])


@given(st.sampled_from(["Homs", "Stepanakert", "Gaza", "Georgia", "Martuni", "Sahel", "line of contact"]))
def test_candidates_come_best_first(name: str) -> None:
    found = GAZETTEER.lookup(name)
    assert [one.prior for one in found] == sorted((one.prior for one in found), reverse=True)
    assert all(0 <= one.prior <= 1 for one in found)
    assert all(GAZETTEER.place(one.place.place_id) == one.place for one in found)
