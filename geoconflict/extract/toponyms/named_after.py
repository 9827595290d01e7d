"""What is only called after a place: things such as "Molotov cocktails", and somewhere else by a nickname, '"little London"'."""

from __future__ import annotations

from geoconflict.extract.language.model import Document
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import HYPHENS, SPACES, Word

__all__ = ["is_named_after"]

_OPENING = ('"', "“", "‘", "'")
_CLOSING = ('"', "”", "’", "'", ",", ".")


def is_named_after(one: Proposal, words: tuple[Word, ...], document: Document) -> bool:
    """Whether a name is that of a thing called after a place, or of another place in quotation marks that is likened to it."""
    return _is_a_thing(one, words) or _is_a_nickname(one, words, document.text)


def _is_a_thing(one: Proposal, words: tuple[Word, ...]) -> bool:
    after = words[one.last + 1] if one.last + 1 < len(words) else None
    name = words[one.last].lower
    if name in lexicon_words("places", "things_after_places"):
        return True
    is_joined = after is not None and (after.gap in SPACES or after.gap in HYPHENS)
    return is_joined and after is not None and f"{name} {after.lower}" in lexicon_words("places", "things_after_places")


def _is_a_nickname(one: Proposal, words: tuple[Word, ...], text: str) -> bool:
    """Whether nothing but "little X" stands between quotation marks."""
    if one.first == 0 or words[one.first].gap not in SPACES:
        return False
    before = words[one.first - 1]
    is_likened = before.text in lexicon_words("places", "likening")
    return is_likened and text[before.start - 1 : before.start] in _OPENING and text[one.end : one.end + 1] in _CLOSING
