"""The evidence for and against a stretch of text being a place name: features with names that a person can read.

:func:`gather_evidence` writes the names of the features that hold onto each proposal. What each is worth, and its
wording, is data: ``resources/lexicons/toponym_evidence.toml``.
"""

from __future__ import annotations

import re

from geoconflict.extract.language.model import Document
from geoconflict.extract.toponyms.evidence_bearers import bears_article, is_told_of_as_somebody
from geoconflict.extract.toponyms.evidence_report import list_features, report_features
from geoconflict.extract.toponyms.evidence_verbs import fighting_sentences, verb_after, verb_before, verb_by_grammar
from geoconflict.extract.toponyms.evidence_words import EvidenceWords, read_evidence_words
from geoconflict.extract.toponyms.role_cues import is_dateline, is_second_of_dateline
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import HYPHENS, Word
from geoconflict.models import NameMatch

__all__ = ["gather_evidence"]

_SPACES = frozenset({" ", "\n", "  ", "\u00a0"})
_TITLE_STOPS = frozenset(
    {"capt", "col", "dr", "gen", "gov", "lt", "maj", "mr", "mrs", "ms", "prof", "rep", "rev", "sen", "sgt", "st"}
)
_DETERMINERS = frozenset(
    {"a", "all", "an", "both", "her", "his", "its", "many", "most", "much", "my", "our", "several", "some", "that", "their", "these", "this", "those", "your"}
)  # fmt: skip
_NOT_NOUNS = frozenset({"ADJ", "VERB", "ADV", "ADP", "DET", "PRON", "AUX", "SCONJ", "INTJ", "CCONJ"})
_ARTICLES = frozenset({"a", "an", "the", "another", "one"})
_DISTANCES = frozenset({"out", "km", "kilometres", "kilometers", "miles", "most", "outskirts", "part", "parts"})
_VERBS = frozenset(
    {"place_only_verb_before", "place_verb_before", "taking_verb_before", "place_only_verb_after", "place_verb_after"}
)
_OF_UNLISTED = frozenset(f"{feature}_unlisted" for feature in _VERBS)
_LARGE = frozenset({"listed_country", "world_region", "listed_curated"})


def gather_evidence(
    document: Document, words: tuple[Word, ...], proposals: list[Proposal], *, lexicons: tuple[str, ...] = ()
) -> None:
    """Write the features of every proposal: its own first, then those that its neighbours and the report give.

    Parameters
    ----------
    document, words
        The report as the language model reads it, and its words.
    proposals
        Their lists of features are filled in place.
    lexicons
        The user's TOML files that add to the lexicons.
    """
    lexicon = read_evidence_words(lexicons)
    sentence_starts = {sentence.start for sentence in document.sentences}
    in_lower_case = {word.lower for word in words if not word.capitalised}
    fights = fighting_sentences(document, words, lexicon)
    for one in proposals:
        _name(one, words, document, lexicon, in_lower_case)
        _entity(one)
        opens = words[one.first].start in sentence_starts or any(mark in words[one.first].gap for mark in ".!?“\n:")
        if opens:
            one.features.append("sentence_start")
        heads = opens and is_dateline(document.cased[one.end : one.end + 40])
        if heads or is_second_of_dateline(document.cased, one.start, one.end):
            one.features.append("dateline")
        is_recased = document.text[one.start : one.end] != document.cased[one.start : one.end]
        # In a report in capitals any noun may pass for a name: "seized machine guns" tells of no place there.
        fighting = document.sentence_at(one.start).start in fights and not is_recased
        _before(one, words, sentence_starts, lexicon, opens=opens, fighting=fighting)
        _after(one, words, document, lexicon, opens=opens, fighting=fighting)
        if _VERBS.isdisjoint(one.features):
            one.features += verb_by_grammar(one, document, words, lexicon, fighting=fighting)
        if is_recased:
            one.features = [feature for feature in one.features if feature not in _OF_UNLISTED]
        _standing(one)
    list_features(words, proposals, lexicon.organisation_words)
    report_features(words, proposals, lexicon.demonyms)


# ---------------------------------------------------------------- the name itself
_HAMLET = 10_000
"""People up to which a place whose name is a word for fighters ("Marines") is hardly meant by it."""


def _is_hamlet(match: NameMatch) -> bool:
    return not match.curated and match.max_population < _HAMLET


def _name(
    one: Proposal, all_words: tuple[Word, ...], document: Document, lexicon: EvidenceWords, in_lower_case: set[str]
) -> None:
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
    if match is not None:
        out.append(_listing(one))
        if match.is_spelling and not (len(words) == 1 and words[0].text.isupper()):
            out.append("listed_spelling")
        elif not match.has_primary:
            out.append("listed_alternate_city" if match.max_population >= 100_000 else "listed_alternate")
    elif not (region or is_state):
        out.append("unlisted")
    if one.core is not None and match is None:
        out.append("listed_without_place_noun")
    if one.longer_match:
        out.append("part_of_longer_listed")
    known = match is not None or region or is_state
    if len(words) == 1 and not is_state:
        _single_word(one, words[0], lexicon, in_lower_case, known=known)
    elif len(words) > 1:
        _several_words(one, words, lexicon, known=known)
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
    tokens = document.tokens_between(one.start, one.end)
    if tokens:
        if tokens[-1].pos == "PROPN":
            out.append("proper_noun")
        elif tokens[-1].pos in _NOT_NOUNS and not words[-1].is_caseless:  # the tagger knows English words
            out.append("not_a_noun_but_listed" if match is not None else "not_a_noun")
        if tokens[0].start != one.start or tokens[-1].end != one.end:
            out.append("cuts_a_token")


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


# ---------------------------------------------------------------- the language model's entities
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


def _entity(one: Proposal) -> None:
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
        out.append("overlaps_place" if one.overlaps.label in ("GPE", "LOC", "FAC") else "overlaps_entity")
    else:
        out.append("no_entity_but_listed" if one.match is not None else "no_entity")


# ---------------------------------------------------------------- the words before it
def _before(
    one: Proposal,
    words: tuple[Word, ...],
    sentence_starts: set[int],
    lexicon: EvidenceWords,
    *,
    opens: bool,
    fighting: bool,
) -> None:
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
    if gap in _SPACES or (gap == ". " and previous.lower in _TITLE_STOPS):
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
    elif gap in HYPHENS:
        out.append("hyphen_before_capitalised" if previous.capitalised else "hyphen_before")
    _preposition(one, words, sentence_starts, lexicon, opens=opens, fighting=fighting)


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
        and words[at + 1].gap in (*_SPACES, "-", ", ")
    ):
        if at == one.first - 1 and words[at].lower in lexicon.directions:
            # "Central X was shelled": a capital that the sentence gives makes no name of the direction.
            is_name = words[at].capitalised and words[at].start not in sentence_starts
            out.append("direction_capitalised_before" if is_name else "direction_before")
        at -= 1
    has_article = at >= 0 and words[at].lower == "the" and words[at + 1].gap in _SPACES
    if has_article:
        out.append("determiner_before")
        at -= 1
    elif at >= 0 and words[at].lower in _DETERMINERS and words[at + 1].gap in _SPACES:
        out.append("other_determiner_before")
        return
    if at < 0:
        return
    word = words[at].lower
    unlisted = one.match is None
    if words[at + 1].gap == ": " and word in lexicon.place_nouns:
        out.append("place_noun_colon_before")
    if words[at + 1].gap not in _SPACES:
        return
    governing = verb_before(one, words, at, lexicon, article=has_article, fighting=fighting)
    if not governing and at < one.first - 1 and not has_article and words[one.first].gap in _SPACES:
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


def _is_described_as_place(one: Proposal, words: tuple[Word, ...], lexicon: EvidenceWords) -> bool:
    """Whether an apposition says what the name is: "X, a farming town in", "X, the capital of"."""
    first = one.last + 1
    if first + 1 >= len(words) or words[first].gap not in (", ", " (") or words[first].lower not in _ARTICLES:
        return False
    for word in words[first + 1 : first + 5]:
        if word.gap not in (*_SPACES, "-"):
            return False
        if word.lower in lexicon.place_nouns:
            return not word.capitalised
        if word.capitalised and word.lower not in lexicon.demonyms:
            return False
    return False


# ---------------------------------------------------------------- the words after it
_OWNED = re.compile(r"['’]s? ")
"""What stands before a name whose owner was just named."""


def _after(
    one: Proposal,
    words: tuple[Word, ...],
    document: Document,
    lexicon: EvidenceWords,
    *,
    opens: bool,
    fighting: bool,
) -> None:
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
    if after.gap in _SPACES:
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


# ---------------------------------------------------------------- taken together
_RUNS_ON = frozenset(
    {
        "capitalised_before", "given_name_before", "title_before", "hyphen_before", "hyphen_before_capitalised", "capitalised_after", "outlet_word_after", "organisation_head_after", "state_body_after",
        "name_bearer_after", "place_noun_capitalised_after", "hyphen_capitalised_after", "hyphen_after", "organisation_of_before", "part_of_longer_listed", "inside_person", "inside_org", "inside_fac", "handle",
    }
)  # fmt: skip
_ORDINARY = frozenset(
    {
        "common_word",
        "given_name",
        "lower_case_elsewhere",
        "demonym",
        "calendar_word",
        "outlet",
        "title_word",
        "only_a_place_noun",
        "two_letters",
        "listed_alternate",
    }
)


def _standing(one: Proposal) -> None:
    """Mark a gazetteer name that is no ordinary word and that no other name runs into: it is seldom anything else."""
    if one.match is None or not _RUNS_ON.isdisjoint(one.features) or not _ORDINARY.isdisjoint(one.features):
        return
    small = {"listed_hamlet", "listed_village", "listed_town", "listed_admin2"}
    one.features.append("listed_town_alone" if not small.isdisjoint(one.features) else "listed_large_alone")
