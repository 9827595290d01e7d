"""A ship that bears the name of a town is no place."""

import pytest

from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.toponyms.evidence_words import read_evidence_words
from geoconflict.extract.toponyms.ships import is_ship_by_article, words_of_ships
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import split_words
from geoconflict.models import NameMatch


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


@pytest.mark.parametrize(
    ("text", "is_ship"),
    [
        ("Russia lost the Saratov, and two more ships burned.", True),
        ("The Saratov sank while it was being towed.", True),
        ("Two frigates left the Saratov region.", False),
        ("Ships lay off Saratov.", False),
        ("Troops entered the Saratov on Monday.", False),
    ],
)
def test_an_article_before_a_town_makes_a_ship_of_it_where_ships_are_told_of(text, is_ship):
    document, words = load_language_model().read(text), split_words(text)
    at = next(number for number, word in enumerate(words) if word.text == "Saratov")
    one = words[at]
    town = NameMatch(
        end=one.end,
        n_candidates=1,
        max_population=1,
        has_primary=True,
        kinds=("settlement",),
        countries=(),
        curated=False,
    )
    proposal = Proposal(one.start, one.end, at, at, "saratov", text[one.end : one.end + 1], match=town)
    assert is_ship_by_article(proposal, document, words, read_evidence_words()) is is_ship


def test_a_land_with_an_article_is_no_ship():
    text = "Ships sank off the Donbas."
    document, words = load_language_model().read(text), split_words(text)
    one = words[-1]
    land = NameMatch(
        end=one.end, n_candidates=1, max_population=1, has_primary=True, kinds=("area",), countries=(), curated=True
    )
    proposal = Proposal(one.start, one.end, len(words) - 1, len(words) - 1, "donbas", ".", match=land)
    assert not is_ship_by_article(proposal, document, words, read_evidence_words())
