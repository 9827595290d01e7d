"""What must hold of place names, whatever the text."""

from __future__ import annotations

import functools
import re
from unicodedata import category

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geoconflict.extract.language.model import load_language_model, split_long
from geoconflict.extract.layout.casing import WordClass, recase
from geoconflict.extract.toponyms.recognition import find_demonyms, find_toponyms
from geoconflict.models import NameMatch, Report

WORDS = st.sampled_from(
    ["The", "army", "of", "Mali", "shelled", "Riverton", "in", "Deir", "ez-Zor", "U.S.", "Md.", "Washington,", "DC", "(Agency)", "[Reuters]", "-", "—", "'s", "’s", "President",
     "al-Bab", "Nagorno-Karabakh", "line", "contact", "and", ",", ".", "\n", "\n\n", ";", "TALKS", "OPEN", "İSTANBUL", "Řím", "n’Djamena", "#Gaza", "2020", "\u00a0", "🙂"]
)  # fmt: skip
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=120))


class EveryCapital:
    """A gazetteer that has every capitalised word and every pair of them."""

    def match_at(self, text, start, *, on=None):
        found = re.compile(r"[^\W\d_]+(?:[ -][^\W\d_]+)?").match(text, start)
        if found is None or (start and text[start - 1].isalnum()):
            return ()
        ends = {found.end(), start + len(re.split(r"[ -]", found.group())[0])}
        return tuple(
            NameMatch(
                end=end,
                n_candidates=1,
                max_population=200_000,
                has_primary=True,
                kinds=("settlement",),
                countries=("MLI",),
                curated=True,
            )
            for end in sorted(ends, reverse=True)
        )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.integers(0, 40))
def test_toponyms_are_whole_ordered_apart_and_after_the_header(text, body_start):
    body_start = min(body_start, len(text))
    report = Report(report_id="r", text=text, body_start=body_start)
    document = load_language_model().read(text, names=EveryCapital())
    toponyms = find_toponyms(document, EveryCapital(), report=report)
    last = body_start
    for one in toponyms:
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.surface
        assert one.surface.strip() == one.surface
        assert 0 <= one.score <= 1
        last = one.end
    assert toponyms == find_toponyms(document, EveryCapital(), report=report)
    for demonym in find_demonyms(document):
        assert text[demonym.start : demonym.end] == demonym.surface


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
@example("The [Reuters] army")
def test_documents_cover_the_text_with_offsets_that_hold(text):
    document = load_language_model().read(text, names=EveryCapital())
    assert document.text == text
    assert len(document.cased) == len(text)
    assert document.cased.casefold() == text.casefold()
    for token in document.tokens:
        piece = document.cased[token.start : token.end]
        # What nobody sees, and pictures, are read as blanks.
        assert token.text == piece or any(
            not char.isprintable() or category(char) in ("So", "Sk", "Mn") for char in piece
        )
    assert [index for one in document.sentences for index in range(one.first_token, one.end_token)] == list(
        range(len(document.tokens))
    )


@functools.cache
def known(word: str) -> WordClass:
    return list(WordClass)[len(word) % 3]


@given(st.text(max_size=200).map(str.upper))
def test_recasing_changes_nothing_but_case(text):
    copy = recase(text, known)
    assert copy is None or (len(copy) == len(text) and copy.casefold() == text.casefold())


@given(st.text(alphabet=" \n.ab", max_size=300), st.integers(1, 50))
def test_parts_join_to_the_text(text, limit):
    parts = split_long(text, limit)
    assert "".join(parts) == text
    assert all(len(part) <= limit for part in parts)
