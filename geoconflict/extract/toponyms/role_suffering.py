"""Places that something is done to although the grammar of the sentence makes them doers: "X shelled as troops advance"."""

from __future__ import annotations

from geoconflict.extract.language.model import Document, Token
from geoconflict.extract.lexicon import lexicon_words

__all__ = ["is_given_up", "suffers_in_a_headline"]

_OBJECTS = frozenset({"dobj", "obj", "dative", "ccomp", "xcomp"})


def is_given_up(document: Document, verb: Token) -> bool:
    """Whether a passive of "give" or "hand" means ground that was lost: "X was given up", "handed over"."""
    return any(document.tokens[at].dep == "prt" for at in document.children(verb.index))


def suffers_in_a_headline(document: Document, subject: Token, verb: Token) -> bool:
    """Whether a participle without an auxiliary follows a name right away, and nothing that it could be done to: "X retaken."."""
    word = verb.text.lower()
    if not any(word in lexicon_words("places", key) for key in ("place_participles", "place_only_participles")):
        return False
    if verb.index != subject.index + 1 or any(
        document.tokens[at].dep in _OBJECTS for at in document.children(verb.index)
    ):
        return False
    after = document.tokens[verb.index + 1] if verb.index + 1 < len(document.tokens) else None
    return after is None or after.pos == "PUNCT" or after.text.lower() in lexicon_words("places", "headline_links")
