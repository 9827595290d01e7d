"""Evidence in the words behind a name: "X said", "X, a town in", "X University"."""

from __future__ import annotations

import re

from geoconflict.extract.language.model import Document
from geoconflict.extract.toponyms.evidence_bearers import bears_article, is_told_of_as_somebody
from geoconflict.extract.toponyms.evidence_verbs import verb_after
from geoconflict.extract.toponyms.evidence_words import EvidenceWords
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import HYPHENS, SPACES, Word

__all__ = ["features_after"]

_ARTICLES = frozenset({"a", "an", "the", "another", "one"})
_LARGE = frozenset({"listed_country", "world_region", "listed_curated"})
_OWNED = re.compile(r"['’]s? ")
"""What stands before a name whose owner was just named."""


def _is_described_as_place(one: Proposal, words: tuple[Word, ...], lexicon: EvidenceWords) -> bool:
    """Whether an apposition says what the name is: "X, a farming town in", "X, the capital of"."""
    first = one.last + 1
    if first + 1 >= len(words) or words[first].gap not in (", ", " (") or words[first].lower not in _ARTICLES:
        return False
    for word in words[first + 1 : first + 5]:
        if word.gap not in (*SPACES, "-"):
            return False
        if word.lower in lexicon.place_nouns:
            return not word.capitalised
        if word.capitalised and word.lower not in lexicon.demonyms:
            return False
    return False


def features_after(
    one: Proposal,
    words: tuple[Word, ...],
    document: Document,
    lexicon: EvidenceWords,
    *,
    opens: bool,
    fighting: bool,
) -> None:
    """Add to the features of a proposal those of the words behind it."""
    out = one.features
    if _is_described_as_place(one, words, lexicon):
        out.append("described_as_place")
        if one.match is None:
            out.append("described_as_place_unlisted")
    if one.followed_by in ("'", "’"):
        out.append("possessive_after")
        if one.last + 1 < len(words) and (
            words[one.last + 1].lower in lexicon.place_nouns or words[one.last + 1].lower in lexicon.directions
        ):
            out.append("place_noun_after_possessive")
        return
    if is_told_of_as_somebody(one, words, document):
        out.append("pronoun_after")
    if bears_article(one, words, document):
        out.append("article_and_nothing_after" if one.match is None else "article_before_town")
    if one.last + 1 >= len(words):
        return
    after = words[one.last + 1]
    if after.gap in SPACES:
        out += verb_after(one, words, lexicon, opens=opens, fighting=fighting)
        feature = _next_name(after, lexicon) if after.capitalised else _next_word(one, words, document, lexicon)
        if feature:
            out.append(feature)
        if feature == "place_noun_after" and one.match is None and _OWNED.fullmatch(words[one.first].gap):
            out.append("place_noun_after_owned_unlisted")  # "Y's X district"
        if after.capitalised and after.lower in lexicon.street_words:
            out.append("street_word_after")
    elif after.gap in HYPHENS:
        if after.lower in lexicon.participles:
            out.append("participle_after")
        else:
            out.append("hyphen_capitalised_after" if after.capitalised else "hyphen_after")
    elif after.gap == ", ":
        if after.text in lexicon.states:
            out.append("state_after_comma")
        elif after.text.isdigit() and len(after.text) == 2:
            out.append("age_after")


def _next_name(after: Word, lexicon: EvidenceWords) -> str:
    """Return the feature for the capitalised word behind the name."""
    for words, feature in (
        (lexicon.outlet_words, "outlet_word_after"),
        (lexicon.organisation_heads, "organisation_head_after"),
        (lexicon.state_bodies, "state_body_after"),
        (lexicon.name_bearers, "name_bearer_after"),
        (lexicon.nouns_after, "place_noun_capitalised_after"),
        (lexicon.titles, "title_after"),
    ):
        if after.lower in words:
            return feature
    return "capitalised_after"


def _next_word(one: Proposal, words: tuple[Word, ...], document: Document, lexicon: EvidenceWords) -> str:
    """Return the feature for the lower-case word behind the name, or an empty string."""
    after = words[one.last + 1]
    if after.lower in lexicon.place_nouns:
        return "place_noun_after"
    if after.lower in lexicon.people_nouns or after.lower in lexicon.state_bodies:
        return "people_after"
    if after.lower in lexicon.name_bearers:
        return "name_bearer_after"
    if after.lower in lexicon.shots:
        return "weapon_after"
    if after.lower == "of":
        return "of_name_after" if one.last + 2 < len(words) and words[one.last + 2].capitalised else ""
    token = document.token_at(after.start)
    if token is not None and token.lemma.lower() in lexicon.saying:
        return "saying_after" if _LARGE.isdisjoint(one.features) else "saying_after_listed"
    return ""
