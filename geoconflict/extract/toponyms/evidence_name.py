"""Evidence in a name itself: what the gazetteer has under it, what its words are for, what the language model takes it for."""

from __future__ import annotations

from geoconflict.extract.language.model import Document
from geoconflict.extract.toponyms.evidence_words import EvidenceWords
from geoconflict.extract.toponyms.spans import PLACE_LABELS, Proposal
from geoconflict.extract.toponyms.text_words import Word
from geoconflict.models import NameMatch

__all__ = ["entity_features", "name_features"]

_NOT_NOUNS = frozenset({"ADJ", "VERB", "ADV", "ADP", "DET", "PRON", "AUX", "SCONJ", "INTJ", "CCONJ"})
_HAMLET = 10_000
"""People up to which a place whose name is a word for fighters ("Marines") is hardly meant by it."""
_EXACT = {
    "GPE": "entity_gpe",
    "LOC": "entity_loc",
    "FAC": "entity_fac",
    "ORG": "entity_org",
    "PERSON": "entity_person",
    "NORP": "entity_norp",
}
_INSIDE = {
    "GPE": "inside_gpe",
    "LOC": "inside_gpe",
    "FAC": "inside_fac",
    "ORG": "inside_org",
    "PERSON": "inside_person",
}


def name_features(
    one: Proposal, all_words: tuple[Word, ...], document: Document, lexicon: EvidenceWords, in_lower_case: set[str]
) -> None:
    """Add to the features of a proposal those of the name by itself; `in_lower_case` are the words that are written so, too."""
    out = one.features
    words = all_words[one.first : one.last + 1]
    match = one.match
    key = one.key
    region = key in lexicon.world_regions
    is_state = _is_state_abbreviation(one, all_words, lexicon)
    if region:
        out.append("world_region")
    if is_state:
        out.append("state_abbreviation")
    _listed(one, words, is_known_otherwise=region or is_state)
    known = match is not None or region or is_state
    if len(words) == 1 and not is_state:
        _single_word(one, words[0], lexicon, in_lower_case, known=known)
    elif len(words) > 1:
        _several_words(one, words, lexicon, known=known)
    _other_things(one, words, lexicon)
    _tokens(one, words, document)


def _listed(one: Proposal, words: tuple[Word, ...], *, is_known_otherwise: bool) -> None:
    """Add what the gazetteer has under the name, or that it has nothing."""
    out, match = one.features, one.match
    if match is not None:
        out.append(_listing(one))
        if match.is_spelling and not (len(words) == 1 and words[0].text.isupper()):
            out.append("listed_spelling")
        elif not match.has_primary:
            out.append("listed_alternate_city" if match.max_population >= 100_000 else "listed_alternate")
    elif not is_known_otherwise:
        out.append("unlisted")
    if one.core is not None and match is None:
        out.append("listed_without_place_noun")
    if one.longer_match:
        out.append("part_of_longer_listed")


def _other_things(one: Proposal, words: tuple[Word, ...], lexicon: EvidenceWords) -> None:
    """Add what makes the name one of something else: of days, a people, fighters, a newspaper, a person."""
    out, match, key = one.features, one.match, one.key
    head = words[-1].lower
    if head in lexicon.calendar_words or (len(words) > 1 and words[0].lower in lexicon.calendar_words):
        out.append("calendar_word")
    if key in lexicon.demonyms or (len(words) > 1 and head in lexicon.demonyms):
        out.append("demonym")
    if head in lexicon.fighters and (match is None or (key == head and _is_hamlet(match))):
        out.append("word_of_fighters")
    if key in lexicon.outlets:
        out.append("outlet")
    if match is None and head.endswith(lexicon.surname_endings):
        out.append("surname_ending")
    if any(map(str.isdigit, key)):
        out.append("digits")
    if not words[-1].capitalised:
        out.append("lower_case_end")


def _tokens(one: Proposal, words: tuple[Word, ...], document: Document) -> None:
    """Add what the tagger takes the name for."""
    out = one.features
    tokens = document.tokens_between(one.start, one.end)
    if tokens:
        if tokens[-1].pos == "PROPN":
            out.append("proper_noun")
        elif tokens[-1].pos in _NOT_NOUNS and not words[-1].is_caseless:  # the tagger knows English words
            out.append("not_a_noun_but_listed" if one.match is not None else "not_a_noun")
        if tokens[0].start != one.start or tokens[-1].end != one.end:
            out.append("cuts_a_token")


def _is_hamlet(match: NameMatch) -> bool:
    return not match.curated and match.max_population < _HAMLET


def _is_state_abbreviation(one: Proposal, words: tuple[Word, ...], lexicon: EvidenceWords) -> bool:
    """Whether a name is an abbreviated state behind a town and a comma: "OAKLAND, Md."."""
    word = words[one.first]
    return (
        one.first == one.last
        and one.first > 0
        and word.text in lexicon.states
        and word.gap == ", "
        and words[one.first - 1].capitalised
    )


def _listing(one: Proposal) -> str:
    """Return the feature for what the gazetteer has under the name."""
    match = one.match
    if match is None:
        return "unlisted"
    if "country" in match.kinds:
        return "listed_country"
    if match.curated:
        return "listed_curated"
    if "admin1" in match.kinds:
        return "listed_admin1"
    if match.max_population >= 100_000:
        return "listed_city"
    if match.max_population >= 10_000:
        return "listed_town"
    if match.max_population < 2_000 and "settlement" in match.kinds:
        return "listed_hamlet"
    return "listed_village" if "settlement" in match.kinds else "listed_admin2"


def _single_word(one: Proposal, word: Word, lexicon: EvidenceWords, in_lower_case: set[str], *, known: bool) -> None:
    out = one.features
    if word.lower in lexicon.common_words:
        out.append("common_word")
    if word.lower in in_lower_case and not word.text.isupper():
        out.append("lower_case_elsewhere")
    if word.text.isupper() and len(word.text) > 1:
        out.append("capitals_listed" if known else "capitals_unlisted")
    elif len(word.text) <= 2:
        out.append("two_letters")
    if word.lower in lexicon.given_names:
        out.append("given_name")
    if word.lower in lexicon.titles:
        out.append("title_word")
    if word.lower in lexicon.place_nouns or word.lower in lexicon.nouns_after:
        out.append("only_a_place_noun")
    if word.lower in lexicon.organisation_words:
        out.append("only_a_word_of_organisations")


def _several_words(one: Proposal, words: tuple[Word, ...], lexicon: EvidenceWords, *, known: bool) -> None:
    out = one.features
    out.append("several_words_listed" if one.match is not None else "several_words_unlisted")
    first = words[0].lower
    if len(words) > 3:
        out.append("many_words")
    if first in lexicon.titles:
        out.append("starts_with_title")
    if first in lexicon.nouns_before or f"{first} {words[1].lower}" in lexicon.nouns_before:
        out.append("starts_with_place_noun")
    if first in lexicon.demonyms:
        out.append("starts_with_demonym")
    if words[-1].lower in lexicon.nouns_after:
        out.append("ends_with_place_noun")
    if one.match is not None:
        return
    if first in lexicon.given_names:
        out.append("starts_with_given_name")
    if first in lexicon.directions and words[0].capitalised and not known:
        out.append("starts_with_direction")
    if any(word.lower in lexicon.organisation_words for word in words):
        out.append("holds_organisation_word")
    if any(word.lower in lexicon.name_bearers for word in words):
        out.append("holds_name_bearer")


def entity_features(one: Proposal) -> None:
    """Add to the features of a proposal what the language model takes the name for."""
    out = one.features
    if one.entity is not None:
        label = one.entity.label
        out.append(_EXACT.get(label, "entity_other"))
        if one.match is not None and label in ("ORG", "PERSON"):
            out.append("entity_person_but_listed" if label == "PERSON" else "entity_org_but_listed")
    elif one.inside is not None:
        label = one.inside.label
        if label in ("GPE", "LOC") and ("," in one.inside.text or " and " in one.inside.text):
            out.append("in_list_of_places")
        else:
            out.append(_INSIDE.get(label, "inside_other"))
        if one.match is not None and label in ("ORG", "FAC", "PERSON"):
            out.append(f"listed_{_INSIDE[label]}")
    elif one.overlaps is not None:
        out.append("overlaps_place" if one.overlaps.label in PLACE_LABELS else "overlaps_entity")
    else:
        out.append("no_entity_but_listed" if one.match is not None else "no_entity")
