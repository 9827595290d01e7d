"""The evidence for and against a stretch of text being a place name: features with names that a person can read.

:func:`gather_evidence` writes the names of the features that hold onto each proposal. What each is worth, and its
wording, is data: ``resources/lexicons/toponym_weights.toml``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

from geoconflict.extract.language import Document
from geoconflict.extract.lexicon import lexicon_words, read_demonyms
from geoconflict.extract.spans import Proposal, Word

__all__ = ["Surroundings", "gather_evidence"]

_SPACE = frozenset({" ", "\n", "  ", "\u00a0"})
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my", "your", "both", "all", "some", "several", "many", "much", "most", "parts", "whole"})
_STRONG = frozenset({"located", "based", "situated", "held", "stationed", "visiting", "visited", "entered", "reached", "attacked", "captured", "seized", "occupied", "leaving", "left", "hit", "shelled", "bombed", "besieged", "liberated", "overran", "retook", "surrounded", "invaded", "bombarded", "controls", "controlled", "struck"})
_PEOPLE = frozenset({"residents", "officials", "officers", "authorities", "government", "troops", "forces", "police", "soldiers", "citizens", "people", "voters", "natives", "man", "woman", "men", "women", "native", "resident", "leaders", "villagers", "rebels", "fighters", "army", "military", "refugees", "city", "town", "offensive", "border", "front", "airport"})


class Surroundings:
    """The words of one document with what the lexicons say of them; made once a document."""

    def __init__(self, document: Document, words: tuple[Word, ...]) -> None:
        self.document = document
        self.words = words
        self.lower_words = {word.lower for word in words if not word.capitalised}
        self.places = _Lists("places")
        self.persons = _Lists("persons")
        self.organisations = _Lists("organisations")
        self.saying = lexicon_words("speech", "saying")
        self.acting = lexicon_words("speech", "acting")
        self.demonyms = read_demonyms()
        self.sentence_starts = {sentence.start for sentence in document.sentences}

    def gap_after(self, last: int) -> str:
        """Return what stands between word `last` and the next one, or the rest of the text."""
        if last + 1 < len(self.words):
            return self.words[last + 1].gap
        return self.document.cased[self.words[last].end :]

    def next_lower(self, last: int) -> str:
        """Return the next word in lower case where only a space parts it, else an empty string."""
        if last + 1 < len(self.words) and self.words[last + 1].gap in _SPACE:
            return self.words[last + 1].lower
        return ""


class _Lists:
    """The word lists of one lexicon as attributes."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, key: str) -> frozenset[str]:
        words = lexicon_words(self._name, key)
        setattr(self, key, words)
        return words


def gather_evidence(proposals: list[Proposal], around: Surroundings, region_countries: Callable[[str], str | None] | None = None) -> None:
    """Write the features of every proposal, first those of its own, then those that the whole report gives."""
    for one in proposals:
        _name_features(one, around)
        _entity_features(one, around)
        _neighbour_features(one, around)
    _list_features(proposals, around)
    _report_features(proposals, around)


# ---------------------------------------------------------------- the name itself
def _name_features(one: Proposal, around: Surroundings) -> None:
    words = around.words[one.first : one.last + 1]
    out = one.features
    folded = " ".join(word.lower for word in words)
    surface = around.document.cased[one.start : one.end]
    match = one.match
    region = folded in around.places.world_regions
    if region:
        out.append("world_region")
    if match is None:
        if not region:
            out.append("unlisted")
    else:
        kinds = match.kinds
        if "country" in kinds:
            out.append("listed_country")
        elif match.curated:
            out.append("listed_curated")
        elif "admin1" in kinds:
            out.append("listed_admin1")
        elif match.max_population >= 100_000:
            out.append("listed_city")
        elif match.max_population >= 10_000:
            out.append("listed_town")
        elif "settlement" in kinds:
            out.append("listed_village")
        else:
            out.append("listed_admin2")
        if not match.has_primary:
            out.append("listed_alternate")
    if len(words) > 1:
        out.append("several_words_listed" if match is not None else "several_words_unlisted")
        if len(words) > 3:
            out.append("many_words")
    if one.longer_match:
        out.append("part_of_longer_listed")
    head = words[-1].lower
    if len(words) == 1:
        if head in around.places.common_words:
            out.append("common_word")
        if head in around.lower_words:
            out.append("lower_case_elsewhere")
        if len(head) <= 2 and not surface.isupper():
            out.append("two_letters")
        if head in around.persons.given_names:
            out.append("given_name")
        if surface.isupper() and len(head) > 1 and not around.document.cased.isupper():
            out.append("capitals_listed" if match is not None or region else "capitals_unlisted")
        if head in around.persons.titles:
            out.append("title_word")
    else:
        if words[0].lower in around.persons.given_names and match is None:
            out.append("starts_with_given_name")
        if words[0].lower in around.persons.titles:
            out.append("starts_with_title")
        if words[0].lower in around.places.directions and words[0].capitalised and match is None and not region:
            out.append("starts_with_direction")
        if words[0].lower in around.places.name_nouns_before or f"{words[0].lower} {words[1].lower}" in around.places.name_nouns_before:
            out.append("starts_with_place_noun")
        if words[0].lower in around.demonyms:
            out.append("starts_with_demonym")
    if head in around.places.calendar_words or (len(words) > 1 and words[0].lower in around.places.calendar_words):
        out.append("calendar_word")
    if folded in around.demonyms or (len(words) > 1 and head in around.demonyms):
        out.append("demonym")
    if folded in around.organisations.outlets:
        out.append("outlet")
    if len(words) > 1 and head in around.places.name_nouns_after:
        out.append("ends_with_place_noun")
    elif len(words) == 1 and (head in around.places.place_nouns or head in around.places.name_nouns_after):
        out.append("only_a_place_noun")
    if any(word.lower in around.organisations.organisation_heads or word.lower in around.organisations.state_bodies for word in words) and match is None:
        out.append("holds_organisation_word")
    if any(word.lower in around.organisations.name_bearers for word in words) and match is None:
        out.append("holds_name_bearer")
    if match is None and any(head.endswith(ending) for ending in around.persons.surname_endings):
        out.append("surname_ending")
    if any(char.isdigit() for char in surface):
        out.append("digits")
    if not words[-1].capitalised:
        out.append("lower_case_end")
    tokens = around.document.tokens_between(one.start, one.end)
    if tokens:
        last = tokens[-1]
        if last.pos == "PROPN":
            out.append("proper_noun")
        elif last.pos in ("ADJ", "VERB", "ADV", "ADP", "DET", "PRON", "AUX", "SCONJ", "INTJ", "CCONJ"):
            out.append("not_a_noun")
        if tokens[0].start != one.start or last.end != one.end:
            out.append("cuts_a_token")


# ---------------------------------------------------------------- the language model's entities
_GOOD = {"GPE": "entity_gpe", "LOC": "entity_loc", "FAC": "entity_fac", "ORG": "entity_org", "PERSON": "entity_person", "NORP": "entity_norp"}
_IN = {"GPE": "inside_gpe", "LOC": "inside_gpe", "FAC": "inside_fac", "ORG": "inside_org", "PERSON": "inside_person"}


def _entity_features(one: Proposal, around: Surroundings) -> None:
    out = one.features
    if one.entity is not None:
        out.append(_GOOD.get(one.entity.label, "entity_other"))
        if one.entity.label in ("ORG", "PERSON") and one.match is not None:
            out.append("entity_person_but_listed" if one.entity.label == "PERSON" else "entity_org_but_listed")
    elif one.inside is not None:
        inside = one.inside
        out.append(_IN.get(inside.label, "inside_other"))
        if one.match is not None and inside.label in ("ORG", "FAC", "PERSON"):
            out.append(f"listed_{_IN[inside.label]}")
    else:
        out.append("no_entity")
        if one.match is not None:
            out.append("no_entity_but_listed")


# ---------------------------------------------------------------- the words around it
def _neighbour_features(one: Proposal, around: Surroundings) -> None:
    out = one.features
    words = around.words
    first, last = one.first, one.last
    sentence_start = words[first].start in around.sentence_starts or (first > 0 and words[first - 1].end < one.start and any(mark in words[first].gap for mark in ".!?“\n:"))
    if sentence_start:
        out.append("sentence_start")
        if "common_word" in out:
            out.append("common_word_at_sentence_start")
    _before(one, around, sentence_start=sentence_start)
    _after(one, around)
    text = around.document.cased
    before = text[max(0, one.start - 1) : one.start]
    after = text[one.end : one.end + 1]
    if before == "(" and after == ")":
        out.append("in_parentheses")
    if before == "[" or after == "]":
        out.append("in_brackets")
    if before and before in "@#/":
        out.append("handle")
    tail = text[one.end : one.end + 40]
    if sentence_start and (_is_dateline(tail)):
        out.append("dateline")


def _is_dateline(tail: str) -> bool:
    import re

    return re.match(r"(?:,[^.()\n]{0,24})?\s*(?:\([A-Z][^()\n]{1,25}\)\s*[-\u2010-\u2015:]|\s[-\u2010-\u2015]{1,2}\s|\s*\([A-Z][A-Za-z /]{1,22}\))", tail) is not None


def _before(one: Proposal, around: Surroundings, *, sentence_start: bool) -> None:
    out = one.features
    words = around.words
    first = one.first
    if first == 0:
        return
    prev = words[first - 1]
    gap = words[first].gap
    if gap in _SPACE or gap == ". " and prev.lower in ("mr", "mrs", "ms", "dr", "gen", "sen", "rep", "gov", "lt", "col", "sgt", "capt", "prof", "st", "rev", "maj"):
        if prev.lower in around.persons.titles and (prev.capitalised or len(prev.lower) > 3):
            out.append("title_before")
        if prev.lower in around.persons.given_names and prev.capitalised:
            out.append("given_name_before")
        elif prev.capitalised and prev.lower not in around.persons.titles and prev.lower not in around.places.directions and not (words[first - 1].start in around.sentence_starts and prev.lower in _FUNCTION):
            out.append("capitalised_before_demonym" if prev.lower in around.demonyms else "capitalised_before")
    elif gap in ("-", "‑", "–"):
        out.append("hyphen_before_capitalised" if prev.capitalised else "hyphen_before")
    at = first - 1
    # "in the southern town of X", "near embattled X": skip what may stand between the preposition and the name.
    skipped_determiner = False
    while at >= 0 and words[at + 1].gap in (" ", "\n", "-", ", ") and (words[at].lower in around.places.directions or words[at].lower in ("embattled", "besieged", "breakaway", "disputed", "separatist", "rebel-held", "occupied", "capital", "eastern", "whole", "nearby")) and first - at <= 3:
        out.append("direction_before") if at == first - 1 and words[at].lower in around.places.directions else None
        at -= 1
    if at >= 0 and words[at].lower == "the" and words[at + 1].gap in _SPACE:
        skipped_determiner = True
        out.append("determiner_before")
        at -= 1
    elif at >= 0 and words[at].lower in _DETERMINERS and words[at + 1].gap in _SPACE:
        out.append("other_determiner_before")
        return
    if at < 0 or words[at + 1].gap not in _SPACE:
        return
    word = words[at].lower
    if word == "of" and at > 0:
        noun = words[at - 1].lower
        if noun in around.places.place_nouns:
            out.append("place_noun_of_before")
        elif noun in around.places.directions or noun in ("outskirts", "parts", "most", "part", "out", "km", "kilometres", "kilometers", "miles"):
            out.append("place_noun_of_before")
        elif words[at - 1].capitalised and noun in around.organisations.organisation_heads or noun in around.organisations.state_bodies and words[at - 1].capitalised:
            out.append("organisation_of_before")
        else:
            out.append("of_before")
    elif word in around.places.locatives:
        out.append("locative_the_before" if skipped_determiner else "locative_before")
        if one.match is None:
            out.append("locative_before_unlisted")
    elif word in around.places.weak_locatives:
        out.append("weak_locative_before")
        if one.match is None:
            out.append("weak_locative_before_unlisted")
    elif word in around.places.place_nouns and not sentence_start:
        out.append("place_noun_before")
    elif word in _STRONG:
        out.append("place_verb_before")
    elif word in ("by", "with", "and", "as", "said", "says"):
        out.append(f"{'said' if word == 'says' else word}_before")


_FUNCTION = frozenset({"in", "at", "on", "the", "from", "near", "for", "and", "but", "as", "after", "when", "while", "to", "of", "with", "by", "a", "an", "this", "that", "if", "although", "since", "because", "both", "like", "although", "however", "before", "across", "outside", "inside", "around", "today", "yesterday", "then", "meanwhile", "over", "against", "under", "is", "also", "despite", "within", "into", "through", "throughout", "between", "neither", "only", "even", "most", "many", "several", "where", "what", "how", "why", "all", "some", "than"})


def _after(one: Proposal, around: Surroundings) -> None:
    out = one.features
    words = around.words
    last = one.last
    text = around.document.cased
    if text[one.end : one.end + 2] in ("'s", "’s") or text[one.end : one.end + 1] in ("'", "’") and text[one.end - 1 : one.end] == "s":
        out.append("possessive_after")
        following = words[last + 1].lower if last + 1 < len(words) else ""
        if following in around.places.place_nouns or following in around.places.directions:
            out.append("place_noun_after_possessive")
        return
    gap = around.gap_after(last)
    if last + 1 >= len(words):
        return
    after = words[last + 1]
    if gap in _SPACE:
        if after.capitalised:
            if after.lower in around.organisations.outlet_words:
                out.append("outlet_word_after")
            elif after.lower in around.organisations.organisation_heads:
                out.append("organisation_head_after")
            elif after.lower in around.organisations.state_bodies:
                out.append("state_body_after")
            elif after.lower in around.organisations.name_bearers:
                out.append("name_bearer_after")
            elif after.lower in around.places.name_nouns_after:
                out.append("place_noun_capitalised_after")
            elif after.lower in around.persons.titles:
                out.append("title_after")
            else:
                out.append("capitalised_after")
        elif after.lower in around.places.place_nouns:
            out.append("place_noun_after")
        elif after.lower in _PEOPLE:
            out.append("people_after")
        elif after.lower in around.organisations.state_bodies:
            out.append("state_body_after")
        elif after.lower in around.organisations.name_bearers:
            out.append("name_bearer_after")
        elif after.lower == "of" and last + 2 < len(words) and words[last + 2].capitalised:
            out.append("of_name_after")
        else:
            token = around.document.token_at(after.start)
            lemma = token.lemma.lower() if token is not None else after.lower
            if lemma in around.saying:
                out.append("saying_after_listed" if {"listed_country", "world_region", "listed_curated"} & set(out) else "saying_after")
    elif gap in ("-", "‑"):
        if after.lower in around.places.hyphen_participles:
            out.append("participle_after")
        elif after.capitalised:
            out.append("hyphen_capitalised_after")
        else:
            out.append("hyphen_after")
    elif gap == ", ":
        if after.text in around.places.state_abbreviations or f"{after.text}" in around.places.state_abbreviations:
            out.append("state_after_comma")
        elif after.text.isdigit() and len(after.text) <= 2:
            out.append("age_after")
    if words[one.first].text in around.places.state_abbreviations and words[one.first].gap == ", " and one.first == one.last and one.first > 0 and words[one.first - 1].capitalised:
        out.append("state_abbreviation")


# ---------------------------------------------------------------- names beside it
_SURE = frozenset({"listed_country", "listed_admin1", "world_region", "state_abbreviation", "listed_curated"})
_CUES = frozenset({"locative_before", "place_noun_of_before", "place_noun_before", "place_noun_after", "near_before", "place_verb_before", "locative_the_before", "people_after"})
_DOUBT = frozenset({"common_word", "given_name", "entity_person", "inside_person", "part_of_longer_listed", "demonym"})


def _list_features(proposals: list[Proposal], around: Surroundings) -> None:
    """Features from the neighbour across a comma or "and": "X, Y", "X, Y and Z"."""
    by_first: dict[int, list[Proposal]] = defaultdict(list)
    by_last: dict[int, list[Proposal]] = defaultdict(list)
    for one in proposals:
        by_first[one.first].append(one)
        by_last[one.last].append(one)
    words = around.words
    for one in proposals:
        if one.last + 1 < len(words):
            gap = words[one.last + 1].gap
            if gap == ", " and any(_SURE & set(other.features) and other.match and other.first != one.first and _contains(other, one) for other in by_first[one.last + 1]):
                one.features.append("container_after_comma")
            beside = _after_and(one, words)
            if beside is not None and any(_CUES & set(one.features) for _ in (0,)):
                pass
        if one.first > 0 and words[one.first].gap == ", " and _SURE & set(one.features) and any(other.match is not None or other.entity is not None and other.entity.label in ("GPE", "LOC", "FAC") for other in by_last[one.first - 1] if other.last == one.first - 1):
            one.features.append("contained_before_comma")
    # Cues travel along a list from its first name to the others.
    for one in proposals:
        seen: set[int] = set()
        at = _next_in_list(one.last, words)
        source = bool(_CUES & set(one.features)) or "container_after_comma" in one.features
        listed_source = one.match is not None and not _DOUBT & set(one.features)
        while at is not None and at not in seen and len(seen) < 12:
            seen.add(at)
            beyond = None
            for other in by_first[at]:
                if source and "cue_from_list" not in other.features:
                    other.features.append("cue_from_list")
                if listed_source and "listed_in_list" not in other.features:
                    other.features.append("listed_in_list")
                if other.match is not None and not _DOUBT & set(other.features) and "listed_in_list" not in one.features:
                    one.features.append("listed_in_list")
                beyond = max(beyond or 0, other.last)
            if beyond is None:
                break
            at = _next_in_list(beyond, words)


def _contains(outer: Proposal, inner: Proposal) -> bool:
    """Whether the gazetteer can place the one in the other by country; unknown counts as yes."""
    if outer.match is None or inner.match is None or not outer.match.countries or not inner.match.countries:
        return True
    return bool(set(outer.match.countries) & set(inner.match.countries))


def _after_and(one: Proposal, words: tuple[Word, ...]) -> int | None:
    return _next_in_list(one.last, words)


def _next_in_list(last: int, words: tuple[Word, ...]) -> int | None:
    """Return the word after "," or "and" behind word `last` where a capitalised word stands there, else None."""
    at = last + 1
    if at >= len(words):
        return None
    if words[at].gap == ", " and words[at].capitalised:
        return at
    if words[at].gap in (" ", ", ") and words[at].lower in ("and", "or") and at + 1 < len(words) and words[at + 1].capitalised and words[at + 1].gap == " ":
        return at + 1
    return None


# ---------------------------------------------------------------- the whole report
def _report_features(proposals: list[Proposal], around: Surroundings) -> None:
    """Features from the other mentions of the name, and from the countries that the report names."""
    countries: Counter[str] = Counter()
    persons: set[str] = set()
    cued: dict[str, set[int]] = defaultdict(set)
    labelled: dict[str, set[int]] = defaultdict(set)
    longer: set[str] = set()
    words = around.words
    key_of: dict[int, str] = {}
    for one in proposals:
        key = " ".join(word.lower for word in words[one.first : one.last + 1])
        key_of[id(one)] = key
        features = set(one.features)
        if "listed_country" in features and one.match is not None and not _DOUBT & features:
            countries.update(one.match.countries[:1])
        if _CUES & features or "container_after_comma" in features:
            cued[key].add(one.start)
        if {"entity_gpe", "entity_loc"} & features:
            labelled[key].add(one.start)
        person = {"title_before", "given_name_before"} & features or (one.first < one.last and one.entity is not None and one.entity.label == "PERSON" and one.match is None)
        if person:
            persons.add(words[one.last].lower)
        if one.first < one.last and one.match is not None:
            longer.update(word.lower for word in words[one.first : one.last + 1])
    for word in words:
        if word.lower in around.demonyms and (country := around.demonyms[word.lower]):
            countries[country] += 1
    for one in proposals:
        key = key_of[id(one)]
        if cued[key] - {one.start}:
            one.features.append("cued_elsewhere")
        if labelled[key] - {one.start}:
            one.features.append("entity_gpe_elsewhere")
        if words[one.last].lower in persons and "listed_country" not in one.features:
            one.features.append("person_elsewhere")
        if one.match is not None and "listed_country" not in one.features and one.match.countries:
            if any(countries[country] for country in one.match.countries):
                one.features.append("country_of_report")
            elif countries:
                one.features.append("foreign_to_report")
