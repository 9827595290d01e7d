"""Evidence in the words before a name: prepositions, articles, titles, "the town of", "besieged"."""

from __future__ import annotations

from geoconflict.extract.toponyms.evidence_verbs import verb_before
from geoconflict.extract.toponyms.evidence_words import EvidenceWords
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import HYPHENS, SPACES, Word

__all__ = ["features_before"]

_TITLE_STOPS = frozenset(
    {"capt", "col", "dr", "gen", "gov", "lt", "maj", "mr", "mrs", "ms", "prof", "rep", "rev", "sen", "sgt", "st"}
)
_DETERMINERS = frozenset(
    {"a", "all", "an", "both", "her", "his", "its", "many", "most", "much", "my", "our", "several", "some", "that", "their", "these", "this", "those", "your"}
)  # fmt: skip
_OWNING = frozenset({"'s ", "\u2019s ", "' ", "\u2019 "})
_LONGEST_OWNER = 3
"""Words."""
_DISTANCES = frozenset({"out", "km", "kilometres", "kilometers", "miles", "most", "outskirts", "part", "parts"})


def features_before(
    one: Proposal,
    words: tuple[Word, ...],
    sentence_starts: set[int],
    lexicon: EvidenceWords,
    *,
    opens: bool,
    fighting: bool,
) -> None:
    """Add to the features of a proposal those of the words before it."""
    out = one.features
    if one.first == 0:
        return
    previous = words[one.first - 1]
    gap = words[one.first].gap
    if gap.endswith("(") and one.followed_by == ")":
        out.append("in_parentheses")
    elif gap.endswith("["):
        out.append("in_brackets")
    elif gap and gap[-1] in "@/":
        out.append("handle")
    if gap in SPACES or (gap == ". " and previous.lower in _TITLE_STOPS):
        if previous.lower in lexicon.titles:
            out.append("title_before")
        elif previous.capitalised and previous.lower in lexicon.given_names:
            out.append("given_name_before")
        elif previous.capitalised and previous.lower in lexicon.demonyms:
            out.append("capitalised_before_demonym")
        elif (
            previous.capitalised
            and not previous.is_caseless
            and previous.lower not in lexicon.directions
            and not (previous.start in sentence_starts and previous.lower in lexicon.openers)
        ):
            out.append("capitalised_before")
    elif one.match is not None and gap in _OWNING and _is_owner_of_town(one, words, lexicon):
        out.append("owner_in_locative_before")
    elif gap in HYPHENS:
        out.append("hyphen_before_capitalised" if previous.capitalised else "hyphen_before")
    _preposition(one, words, sentence_starts, lexicon, opens=opens, fighting=fighting)


def _is_owner_of_town(one: Proposal, words: tuple[Word, ...], lexicon: EvidenceWords) -> bool:
    """Whether what leads to a place stands before the name that owns this one, the last of its phrase: "in X's Y", "shelled X's Y"."""
    at = one.first - 1
    while at > 0 and one.first - at <= _LONGEST_OWNER and words[at].capitalised and words[at].gap in SPACES:
        at -= 1
    is_last = one.last + 1 >= len(words) or not (
        words[one.last + 1].capitalised and words[one.last + 1].gap in (*SPACES, *HYPHENS)
    )
    leads = lexicon.locatives | lexicon.place_verbs | lexicon.place_only_verbs
    return is_last and at < one.first - 1 and words[at].lower in leads


def _preposition(
    one: Proposal,
    words: tuple[Word, ...],
    sentence_starts: set[int],
    lexicon: EvidenceWords,
    *,
    opens: bool,
    fighting: bool,
) -> None:
    """Look for what governs the name beyond directions, epithets and an article: "in the southern X"."""
    out = one.features
    at = one.first - 1
    while (
        at >= 0
        and one.first - at <= 3
        and words[at].lower in lexicon.skippable
        and words[at + 1].gap in (*SPACES, "-", ", ")
    ):
        if at == one.first - 1 and words[at].lower in lexicon.directions:
            # "Central X was shelled": a capital that the sentence gives makes no name of the direction.
            is_name = words[at].capitalised and words[at].start not in sentence_starts
            out.append("direction_capitalised_before" if is_name else "direction_before")
        at -= 1
    has_article = at >= 0 and words[at].lower == "the" and words[at + 1].gap in SPACES
    if has_article:
        out.append("determiner_before")
        at -= 1
    elif at >= 0 and words[at].lower in _DETERMINERS and words[at + 1].gap in SPACES:
        out.append("other_determiner_before")
        return
    if at < 0:
        return
    word = words[at].lower
    unlisted = one.match is None
    if words[at + 1].gap == ": " and word in lexicon.place_nouns:
        out.append("place_noun_colon_before")
    if words[at + 1].gap not in SPACES:
        return
    governing = verb_before(one, words, at, lexicon, article=has_article, fighting=fighting)
    if not governing and at < one.first - 1 and not has_article and words[one.first].gap in SPACES:
        governing = verb_before(
            one, words, one.first - 1, lexicon, article=False, fighting=fighting
        )  # "they besieged X": no epithet
    out += governing
    if word in ("of", "called", "named") and at > 0:
        feature = (
            _of(words[at - 1], lexicon, longer=one.longer_match) if word == "of" else _called(words[at - 1], lexicon)
        )
        out.append(feature)
        if unlisted and feature == "place_noun_of_before":
            out.append("place_noun_of_before_unlisted")
            if words[at - 1].lower in lexicon.village_nouns:
                out.append("village_of_before_unlisted")
    elif word in lexicon.locatives:
        out.append("locative_the_before" if has_article else "locative_before")
        if unlisted:
            out.append("locative_before_unlisted")
    elif word in lexicon.weak_locatives:
        out.append("weak_locative_before")
        if unlisted:
            out.append("weak_locative_before_unlisted")
    elif word in lexicon.place_nouns and not opens:
        out.append("place_noun_before")
    elif word in ("by", "with", "and", "as"):
        out.append(f"{word}_before")
    elif word in ("said", "says"):
        out.append("said_before")


def _of(noun: Word, lexicon: EvidenceWords, *, longer: bool) -> str:
    """Return the feature for "noun of X"."""
    if noun.capitalised and noun.lower in lexicon.organisation_words:
        return "organisation_of_before"
    if not longer and (
        noun.lower in lexicon.place_nouns or noun.lower in lexicon.directions or noun.lower in _DISTANCES
    ):
        return "place_noun_of_before"
    return "of_before"


def _called(noun: Word, lexicon: EvidenceWords) -> str:
    """Return the feature for "noun called X"."""
    return "place_noun_of_before" if noun.lower in lexicon.place_nouns else "called_before"
