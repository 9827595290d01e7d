"""Passages of a text, and words that are cut at their hyphens."""

import pytest

from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.predicates.passages import hyphened_words, split_passages

read = load_language_model().read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Police broke up a sit-in in Gao.", ["sit-in"]),
        ("A hit-and-run raid on Gao.", ["hit-and", "hit-and-run"]),
        ("Talks - then a raid on Gao.", []),
        ("Raids on Gao, 3 -5 May.", []),
        ("-raids on Gao-", []),
    ],
)
def test_a_word_that_is_cut_at_its_hyphens_is_whole_again(text, words):
    assert [word for at in hyphened_words(read(text)).values() for word in at] == words


def test_the_token_that_ends_a_hyphened_word_stands_for_it():
    document = read("Police broke up a sit-in in Gao.")
    ((at, _),) = hyphened_words(document).items()
    assert document.tokens[at].start == len("Police broke up a sit-")


def test_headlines_strung_together_and_captions_are_passages_of_their_own():
    text = "Shells fell on Kidal; nine died.\n\nSmoke rises over Gao. [Agency] The town was quiet."
    passages = split_passages(read(text))
    assert [text[one.start : one.end].strip() for one in passages] == [
        "Shells fell on Kidal;",
        "nine died.",
        "Smoke rises over Gao.",
        "[Agency]",
        "The town was quiet.",
    ]
    assert [one.is_caption for one in passages] == [False, False, False, True, False]
