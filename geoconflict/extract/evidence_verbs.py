"""Evidence from what is done to places: "besieged X", "seized control of X", "X was shelled", "X fell to".

Some of it only places suffer; the rest befalls people too ("captured X"), and then the language model's word on the name
counts. Which is which is data: ``resources/lexicons/places.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.evidence_words import EvidenceWords
from geoconflict.extract.spans import Proposal, Word

__all__ = ["verb_after", "verb_before"]

_SPACES = frozenset({" ", "\n", "  ", "\u00a0"})
_LONGEST_CUE = 3
_PLACE_LABELS = ("GPE", "LOC", "FAC")
_NO_PLACE = frozenset({"demonym", "calendar_word"})
_PERSON = frozenset({"given_name", "starts_with_given_name", "title_before", "given_name_before"})


def verb_before(one: Proposal, words: Sequence[Word], last: int, lexicon: EvidenceWords, *, article: bool) -> list[str]:
    """Return the features of the words that end with word `last` and govern a name.

    Parameters
    ----------
    one
        The name, which may lie directions, epithets and an article beyond `last`.
    words
        Of the report.
    last
        The index of the word right before the name and its article.
    lexicon
        The lists of verbs.
    article
        Whether "the" stands between; names that the gazetteer lacks seldom have it, organisations do.
    """
    phrases = _phrases_to(words, last)
    if words[last].lower in lexicon.locatives and words[one.last].lower in lexicon.organisation_words:
        return []  # "clashed in Parliament"
    if not lexicon.place_only_verbs.isdisjoint(phrases):
        feature, always = "place_only_verb_before", True
    elif not lexicon.place_verbs.isdisjoint(phrases):
        feature, always = "place_verb_before", False
    else:
        return []
    return _with_unlisted(one, feature, words, lexicon, always=always and not article)


def verb_after(one: Proposal, words: Sequence[Word], lexicon: EvidenceWords) -> list[str]:
    """Return the features of a verb right behind a name that says what the place suffers: "X has been retaken"."""
    at = one.last + 1
    phrase = ""
    passive = False
    while at < len(words) and at - one.last <= _LONGEST_CUE + 2 and words[at].gap in _SPACES:
        word = words[at].lower
        if word in lexicon.auxiliaries:
            passive = True
        elif not (passive and word in lexicon.adverbs_of_passive):
            phrase = f"{phrase} {word}".strip()
            listed = lexicon.place_only_participles if passive else lexicon.place_only_fates
            if phrase in listed:
                return _with_unlisted(one, "place_only_verb_after", words, lexicon, always=True)
            if phrase in (lexicon.place_participles if passive else lexicon.place_fates):
                return _with_unlisted(one, "place_verb_after", words, lexicon, always=False)
        at += 1
    return []


def _phrases_to(words: Sequence[Word], last: int) -> list[str]:
    """Return the one, two and three words that end with word `last`."""
    phrases = [words[last].lower]
    for at in range(last - 1, max(-1, last - _LONGEST_CUE), -1):
        if words[at + 1].gap not in _SPACES:
            break
        phrases.append(f"{words[at].lower} {phrases[-1]}")
    return phrases


def _with_unlisted(
    one: Proposal, feature: str, words: Sequence[Word], lexicon: EvidenceWords, *, always: bool
) -> list[str]:
    """Return a feature, and its companion for a name that the gazetteer lacks.

    Of what people suffer too, and of a name that owns something or has fighters, there is a companion only where the
    language model takes the name for a place.
    """
    features = set(one.features)
    if one.match is not None or "proper_noun" not in features or not _NO_PLACE.isdisjoint(features):
        return [feature]
    if any(word.lower in lexicon.organisation_words for word in words[one.first : one.last + 1]):
        return [feature]
    is_place = one.entity is not None and one.entity.label in _PLACE_LABELS and _PERSON.isdisjoint(features)
    after = words[one.last + 1] if one.last + 1 < len(words) else None
    has_people = after is not None and after.gap in _SPACES and after.lower in lexicon.people_nouns
    alone = one.followed_by not in ("'", "\u2019") and not has_people
    return [feature, f"{feature}_unlisted"] if is_place or (always and alone) else [feature]
