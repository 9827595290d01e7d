"""The quick look-up in plain runs of words must find what the tokeniser's way finds."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.places.gazetteer import Gazetteer
from geoconflict.places.name_scan import MAX_WORDS, NameScanner
from geoconflict.places.names import tokenise, tokenise_run

GAZETTEER = Gazetteer.open()
SCANNER = GAZETTEER._scanner
NAMES = [
    "Homs", "Gaza", "Gaza Strip", "Nagorno-Karabakh", "Deir al-Balah", "St. Petersburg", "New York City", "US", "U.S.", "UN",
    "El Salvador", "at Tanf", "Azerbaijan", "Russia", "Port-au-Prince", "N'Djamena", "Mount Ararat", "San José", "line of contact",
    "As Suwayda", "An Najaf", "Front Line", "Rio de Janeiro", "Democratic Republic of the Congo",
]  # fmt: skip
BITS = [
    " ", " ", "-", "\n", "\n\n", ", ", ". ", "’s ", "'s ", "’", "Al ", "al-", "El-", "el ", "St ", "st. ", "Ste. ", "Mt ", "at ",
    "At ", "an-", "An ", "A ", "the ", "The ", " (", '"', "_", "2", "é", "\u0301", " – ", "O'", "U.", ".", "Z", "\u200b", "\u202e",
]  # fmt: skip
texts = st.lists(
    st.one_of(st.sampled_from(NAMES), st.sampled_from(NAMES).map(str.upper), st.sampled_from(BITS)), max_size=10
).map("".join)


def by_tokeniser(text, start):
    """What begins at an offset as the tokeniser reads the whole text."""
    tokens = tokenise(text)
    first = tokens.starts.index(start) if start in tokens.starts else None
    if first is None:
        return []
    found = {}
    for end, key in SCANNER._keys_from(tokens, first):
        found.setdefault(end, key)
    return sorted(found.items(), reverse=True)


@given(texts)
@settings(max_examples=400, deadline=None)
def test_the_quick_way_finds_what_the_tokeniser_finds(text):
    for start in range(-1, len(text) + 2):
        assert list(SCANNER.at(text, start)) == by_tokeniser(text, start), (text, start)


@given(texts)
@settings(max_examples=200, deadline=None)
def test_a_scan_finds_every_name_that_begins_with_a_capital(text):
    starts = [match.start() for match in re.finditer(r"[^\W_]+", text) if text[match.start()].isupper()]
    expected = [(start, end) for start in starts for end, _ in by_tokeniser(text, start)]
    assert GAZETTEER.scan(text) == expected


def test_real_text_is_scanned_alike(project_root):
    n_found = 0
    for path in sorted((project_root / "data" / "reports").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(r"\w+", text):
            found = list(SCANNER.at(text, match.start()))
            assert found == by_tokeniser(text, match.start()), (path.name, match.group())
            n_found += len(found)
    assert n_found > 1000


@given(texts, st.integers(0, 80))
@settings(max_examples=300, deadline=None)
def test_a_run_read_by_itself_is_as_in_the_whole(text, start):
    run, whole = tokenise_run(text, start, MAX_WORDS), tokenise(text)
    assert run is not None
    first = whole.starts.index(start) if start in whole.starts else None
    if first is None:
        assert run.words == ()
    else:
        last = first + len(run.words)
        assert run.starts == whole.starts[first:last]
        assert run.words == whole.words[first:last]
        assert last == len(whole.words) or not whole.joined[last] or len(run.words) == MAX_WORDS


class Trie(dict):
    """A few keys, as a trie that holds too many or odd ones would answer."""

    def iterkeys(self, prefix):
        return (key for key in sorted(self) if key.startswith(prefix))

    def prefixes(self, text):
        return [key for key in sorted(self, key=len) if text.startswith(key)]


def test_a_word_that_begins_very_many_names_is_looked_up_all_the_same():
    trie = Trie.fromkeys(["new", *(f"new place{chr(97 + n % 26)}{n}x" for n in range(2_500)), "new york"])
    scanner = NameScanner(trie, {})
    assert list(scanner.at("New York fell.", 0)) == [(8, "new york"), (3, "new")]
    assert list(scanner.at("New things", 0)) == [(3, "new")]


def test_own_names_are_found_beside_those_of_the_trie():
    scanner = NameScanner(Trie.fromkeys(["hill"]), {"hill nine": [], "zz top": []})
    assert list(scanner.at("Hill Nine was taken", 0)) == [(9, "hill nine"), (4, "hill")]
    assert scanner.scan("near Zz Top") == [(5, 11)]


@pytest.mark.parametrize(
    "word", ["A" * 100_000, "A'" * 50_000, "É" * 50_000, "A-" * 50_000, "Ab " * 30_000, "a\u0301" * 50_000]
)
def test_endless_words_take_bounded_time(word):
    GAZETTEER.scan(word)
