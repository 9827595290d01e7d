"""The evidence for and against a stretch of text being a place name: features with names that a person can read.

:func:`gather_evidence` writes the names of the features that hold onto each proposal. What each is worth, and its
wording, is data: ``resources/lexicons/toponym_evidence.toml``.
"""

from __future__ import annotations

from geoconflict.extract.language.model import Document
from geoconflict.extract.toponyms.evidence_after import features_after
from geoconflict.extract.toponyms.evidence_before import features_before
from geoconflict.extract.toponyms.evidence_name import entity_features, name_features
from geoconflict.extract.toponyms.evidence_report import list_features, report_features
from geoconflict.extract.toponyms.evidence_verbs import fighting_sentences, verb_by_grammar
from geoconflict.extract.toponyms.evidence_words import EvidenceWords
from geoconflict.extract.toponyms.role_cues import is_dateline, is_second_of_dateline
from geoconflict.extract.toponyms.spans import Proposal
from geoconflict.extract.toponyms.text_words import Word

__all__ = ["gather_evidence"]

_VERBS = frozenset(
    {"place_only_verb_before", "place_verb_before", "taking_verb_before", "place_only_verb_after", "place_verb_after"}
)
_OF_UNLISTED = frozenset(f"{feature}_unlisted" for feature in _VERBS)


def gather_evidence(
    document: Document, words: tuple[Word, ...], proposals: list[Proposal], lexicon: EvidenceWords
) -> None:
    """Write the features of every proposal: its own first, then those that its neighbours and the report give.

    Parameters
    ----------
    document, words
        The report as the language model reads it, and its words.
    proposals
        Their lists of features are filled in place.
    lexicon
        The word lists, with what the user's files add.
    """
    sentence_starts = {sentence.start for sentence in document.sentences}
    in_lower_case = {word.lower for word in words if not word.capitalised}
    fights = fighting_sentences(document, words, lexicon)
    for one in proposals:
        name_features(one, words, document, lexicon, in_lower_case)
        entity_features(one)
        opens = words[one.first].start in sentence_starts or any(mark in words[one.first].gap for mark in ".!?“\n:")
        if opens:
            one.features.append("sentence_start")
        heads = opens and is_dateline(document.cased[one.end : one.end + 40])
        if heads or is_second_of_dateline(document.cased, one.start, one.end):
            one.features.append("dateline")
        is_recased = document.text[one.start : one.end] != document.cased[one.start : one.end]
        # In a report in capitals any noun may pass for a name: "seized machine guns" tells of no place there.
        fighting = document.sentence_at(one.start).start in fights and not is_recased
        features_before(one, words, sentence_starts, lexicon, opens=opens, fighting=fighting)
        features_after(one, words, document, lexicon, opens=opens, fighting=fighting)
        if _VERBS.isdisjoint(one.features):
            one.features += verb_by_grammar(one, document, words, lexicon, fighting=fighting)
        if is_recased:
            one.features = [feature for feature in one.features if feature not in _OF_UNLISTED]
        _standing(one)
    list_features(words, proposals, lexicon.organisation_words, lexicon.village_nouns)
    report_features(words, proposals, lexicon.demonyms)


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
