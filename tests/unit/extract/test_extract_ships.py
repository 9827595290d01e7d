"""A ship that bears the name of a town is no place."""

import pytest

from geoconflict.extract.evidence_words import read_evidence_words
from geoconflict.extract.ships import words_of_ships
from geoconflict.extract.spans import split_words


def ship_words(text: str) -> str:
    words = split_words(text)
    return " ".join(words[at].text for at in sorted(words_of_ships(words, read_evidence_words())))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The cruiser Moskva sank off Odesa.", "Moskva"),
        ("The submarine Rostov-on-Don launched missiles.", "Rostov on Don"),
        ("The ferry Princess of Cebu was stopped off Jolo.", "Princess of Cebu"),
        ('They sank the frigate "Sheffield" on Monday.', "Sheffield"),
        ("HMS Sheffield was hit near the islands.", "Sheffield"),
        ("The destroyer USS Cole lay in Aden.", "Cole"),
        ("They shelled the tanker Sig on Monday.", "Sig"),
        ("They sank a ship. Odesa was shelled.", ""),
        ("A ship off Odesa sank.", ""),
        ("A warship Russian media named sank.", ""),
        ("The Cruiser Odesa sank.", ""),
    ],
)
def test_what_a_ship_is_called(text, named):
    assert ship_words(text) == named
