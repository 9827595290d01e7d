"""Evidence from what is done to places: "besieged X", "seized control of X", "X was shelled", "X fell to".

Some of it only places suffer; the rest befalls people too ("captured X"), and then the language model's word on the name
counts, or those who fight that the sentence names: "rebels took X". Which is which is data: ``resources/lexicons/places.toml``.
"""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.extract.language.model import Document, Token
from geoconflict.extract.toponyms.evidence_words import EvidenceWords
from geoconflict.extract.toponyms.spans import PLACE_LABELS, Proposal
from geoconflict.extract.toponyms.text_words import SPACES, Word
from geoconflict.scripts import mixed_scripts

__all__ = ["fighting_sentences", "verb_after", "verb_before", "verb_by_grammar"]

_LONGEST_CUE = 3
_NO_PLACE = frozenset({"demonym", "calendar_word"})
_PERSON = frozenset({"given_name", "starts_with_given_name", "starts_with_title", "title_before", "given_name_before"})
_HELD = frozenset({"hideout", "hideouts", "position", "positions", "stronghold", "strongholds"})
"""What those who fight hold: "shelled X positions" names them, and no place."""


def fighting_sentences(document: Document, words: Sequence[Word], lexicon: EvidenceWords) -> frozenset[int]:
    """Return the starts of the sentences that name somebody who fights, or what is shot: troops, a known armed group, rockets."""
    found = set()
    for at, word in enumerate(words):
        fights = word.lower in lexicon.fighters or word.lower in lexicon.shots
        if not fights and word.capitalised:
            names = (word.lower, " ".join([one.lower for one in words[at : at + 2]]))
            fights = not lexicon.groups.isdisjoint(names)
        if fights:
            found.add(document.sentence_at(word.start).start)
    return frozenset(found)


def verb_before(
    one: Proposal, words: Sequence[Word], last: int, lexicon: EvidenceWords, *, article: bool, fighting: bool
) -> list[str]:
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
    fighting
        Whether the sentence names somebody who fights.
    """
    phrases = _phrases_to(words, last)
    if words[last].lower in lexicon.locatives and words[one.last].lower in lexicon.organisation_words:
        return []  # "clashed in Parliament"
    feature = _feature_before(phrases, lexicon, fighting=fighting)
    found = _with_unlisted(one, feature, words, lexicon, fighting=fighting and not article, article=article)
    if (
        fighting
        and words[last].lower in lexicon.ground_verbs
        and len(found) > 1
        and _is_taken_whole(one, words, lexicon)
    ):
        found.append("ground_taken_unlisted")
    return found


def _is_taken_whole(one: Proposal, words: Sequence[Word], lexicon: EvidenceWords) -> bool:
    """Whether a name of one word is all that was taken: "captured X on Friday", and neither "X fighters" nor a person's full name.

    With a place behind it, it may be whoever or whatever was taken there: "seized Glocks in Y".
    """
    after = words[one.last + 1] if one.last + 1 < len(words) else None
    ends = after is None or after.gap not in SPACES or after.lower in lexicon.headline_links - lexicon.locatives
    return one.first == one.last and ends


def verb_after(
    one: Proposal, words: Sequence[Word], lexicon: EvidenceWords, *, opens: bool, fighting: bool
) -> list[str]:
    """Return the features of a verb right behind a name that says what the place suffers: "X has been retaken".

    `opens` says whether the name opens a sentence, where headlines leave the auxiliary out: "X shelled as troops advance".
    """
    at = one.last + 1
    phrase = ""
    passive = perfect = False
    while at < len(words) and at - one.last <= _LONGEST_CUE + 2 and words[at].gap in SPACES:
        word = words[at].lower
        if word in lexicon.auxiliaries:
            passive = True
        elif word in lexicon.perfect_auxiliaries:
            perfect = True
        elif not (passive and word in lexicon.adverbs_of_passive):
            phrase = f"{phrase} {word}".strip()
            bare = opens and not perfect and _ends_clause(at, words, lexicon)
            if phrase in lexicon.place_only_fates or ((passive or bare) and phrase in lexicon.place_only_participles):
                return _with_unlisted(one, "place_only_verb_after", words, lexicon, fighting=fighting)
            if phrase in lexicon.place_fates or ((passive or bare) and phrase in lexicon.place_participles):
                return _with_unlisted(one, "place_verb_after", words, lexicon, fighting=fighting)
        at += 1
    return []


def _ends_clause(at: int, words: Sequence[Word], lexicon: EvidenceWords) -> bool:
    """Whether nothing that word `at` could be done to stands behind it, so that it is a participle and no past tense."""
    if at + 1 >= len(words):
        return True
    after = words[at + 1]
    return after.gap not in SPACES or after.lower in lexicon.headline_links


def verb_by_grammar(
    one: Proposal, document: Document, words: Sequence[Word], lexicon: EvidenceWords, *, fighting: bool
) -> list[str]:
    """Return the features of the verb that governs a name from afar: "X, held by rebels, was bombed", "was X shelled?"."""
    token = _head(document.tokens_between(one.start, one.end))
    while token is not None and token.dep == "conj" and token.head != token.index:
        token = document.tokens[token.head]
        if token.pos not in ("PROPN", "NOUN"):
            return []
    if token is None or token.head == token.index:
        return []
    verb = document.tokens[token.head]
    word = verb.text.lower()
    feature = ""
    if token.dep == "dobj":
        feature = _feature_before([word], lexicon, fighting=fighting)
    elif token.dep == "nsubjpass":
        only, other = word in lexicon.place_only_participles, word in lexicon.place_participles
        feature = "place_only_verb_after" if only else "place_verb_after" if other else ""
    elif token.dep == "nsubj" and word in lexicon.place_fates:
        feature = "place_verb_after"
    return _with_unlisted(one, feature, words, lexicon, fighting=fighting)


def _head(tokens: Sequence[Token]) -> Token | None:
    """Return the token of a name whose head lies outside it; None where the parser tore the name apart."""
    inside = {token.index for token in tokens}
    outside = [token for token in tokens if token.head not in inside or token.head == token.index]
    return outside[0] if len(outside) == 1 else None


def _feature_before(phrases: Sequence[str], lexicon: EvidenceWords, *, fighting: bool) -> str:
    """Return the feature of the surest of some phrases that govern a name, or an empty string."""
    for feature, listed in (
        ("place_only_verb_before", lexicon.place_only_verbs),
        ("place_verb_before", lexicon.place_verbs),
        ("taking_verb_before", lexicon.taking_verbs if fighting else frozenset()),
    ):
        if not listed.isdisjoint(phrases):
            return feature
    return ""


def _phrases_to(words: Sequence[Word], last: int) -> list[str]:
    """Return the one, two and three words that end with word `last`."""
    phrases = [words[last].lower]
    for at in range(last - 1, max(-1, last - _LONGEST_CUE), -1):
        if words[at + 1].gap not in SPACES:
            break
        phrases.append(f"{words[at].lower} {phrases[-1]}")
    return phrases


def _with_unlisted(
    one: Proposal, feature: str, words: Sequence[Word], lexicon: EvidenceWords, *, fighting: bool, article: bool = False
) -> list[str]:
    """Return a feature, and its companion for a name that the gazetteer lacks.

    Of what people suffer too, and of a name that owns something or has fighters, there is a companion only where the
    language model takes the name for a place, or where the sentence names those who fight and nothing says that it is a person.
    """
    if not feature:
        return []
    features = set(one.features)
    if one.match is not None or "proper_noun" not in features or not _NO_PLACE.isdisjoint(features):
        return [feature]
    parts = words[one.first : one.last + 1]
    bodies = (lexicon.organisation_words, lexicon.fighters)
    if any(any(word.lower in one for one in bodies) or mixed_scripts(word.text) for word in parts):
        return []
    is_place = one.entity is not None and one.entity.label in PLACE_LABELS and _PERSON.isdisjoint(features)
    after = words[one.last + 1] if one.last + 1 < len(words) else None
    has_people = (
        after is not None
        and after.gap in SPACES
        and any(after.lower in one for one in (lexicon.people_nouns, lexicon.fighters, _HELD))
    )
    alone = one.followed_by not in ("'", "\u2019") and not has_people and not article
    is_full_name = one.first < one.last and one.entity is not None and one.entity.label == "PERSON"
    by_fighters = fighting and not is_full_name and _PERSON.isdisjoint(features)
    always = feature.startswith("place_only") or by_fighters
    if is_place or (always and alone):
        return [feature, f"{feature}_unlisted"]
    return [] if feature == "place_verb_after" else [feature]  # "X was captured" is said of people as often
