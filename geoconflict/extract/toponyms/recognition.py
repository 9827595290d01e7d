"""Place names in a report: proposals, scored on their evidence, and the best of them that do not overlap.

The score is a logistic regression over the features of :mod:`geoconflict.extract.toponyms.evidence`. Weights and wording are data
(``resources/lexicons/toponym_evidence.toml``), fitted by ``scripts/train_toponyms.py``; every toponym carries the
features that weighed most, in words.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass

from geoconflict.extract.language.model import Document
from geoconflict.extract.lexicon import lexicon_words, read_demonyms, read_lexicon
from geoconflict.extract.name_index import NameIndex
from geoconflict.extract.toponyms.building_names import (
    is_a_service,
    is_of_a_hotel,
    is_saint_of_a_building,
    names_a_street,
)
from geoconflict.extract.toponyms.capital_phrases import find_capital_phrases
from geoconflict.extract.toponyms.compounds import without_halves
from geoconflict.extract.toponyms.evidence import gather_evidence
from geoconflict.extract.toponyms.evidence_words import EvidenceWords, read_evidence_words
from geoconflict.extract.toponyms.initials import glossed_bodies, initials_of_bodies
from geoconflict.extract.toponyms.named_after import is_named_after
from geoconflict.extract.toponyms.road_names import find_road_ends
from geoconflict.extract.toponyms.roles import assign_roles
from geoconflict.extract.toponyms.ships import is_ship_by_article, words_of_ships
from geoconflict.extract.toponyms.spans import Proposal, propose_spans
from geoconflict.extract.toponyms.text_words import Word, split_words
from geoconflict.models import Report, Toponym

__all__ = ["Demonym", "find_demonyms", "find_toponyms", "role_reasons", "score_proposals", "select"]

_ROAD = "a road is named by it"
_ROAD_SCORE = 0.8
_CAPITAL = "the capital of a country whose people are named"
_CAPITAL_SCORE = 0.9
N_REASONS = 4
"""How many features a toponym names as its reasons."""


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for the people of a place, or of what is theirs: "Azerbaijani", "Kurds", "South Sudanese"."""

    start: int
    end: int
    surface: str
    country: str | None
    """ISO 3166-1 alpha-3; None for a people without a state of its own."""


def find_toponyms(
    document: Document, names: NameIndex, *, report: Report, lexicon: EvidenceWords | None = None
) -> tuple[Toponym, ...]:
    """Return the mentions of places in a report, in text order, none overlapping, each with score, role and reasons.

    Parameters
    ----------
    document
        ``report.text`` as the language model reads it.
    names
        The gazetteer's names.
    report
        Text before its `body_start` is skipped.
    lexicon
        The word lists, where the user's files add to the built-in ones.

    Returns
    -------
    toponyms
        Offsets are code points into ``report.text``. Demonyms and adjectives are not among them (:func:`find_demonyms`).
        Their precision and recall on third-party news are in docs/quality.md.
    """
    words = split_words(document.cased)
    chosen = select(score_proposals(document, words, names, start=report.body_start, lexicon=lexicon))
    roads = find_road_ends(document, names, start=report.body_start)
    toponyms = []
    covered = 0
    for log_odds, one in chosen:
        if one.start < covered or any(one.start < road[-1].end and road[0].start < one.end for road in roads):
            continue
        covered = _end_with_state(one, words)
        toponyms.append(
            Toponym(
                start=one.start,
                end=covered,
                surface=report.text[one.start : covered],
                score=round(_probability(log_odds), 4),
                reasons=_reasons(one),
            )
        )
    starts_of_large = {one.start for _, one in chosen if _is_large(one)}
    for end in (end for road in roads for end in road):
        surface = report.text[end.start : end.end]
        toponyms.append(Toponym(start=end.start, end=end.end, surface=surface, score=_ROAD_SCORE, reasons=(_ROAD,)))
    phrases = find_capital_phrases(document, words, (one for _, one in chosen), start=report.body_start)
    # "The district of the Ruritanian capital": of no region that is called by the people.
    within = {at for first, last, _ in phrases for at in range(first, last)}
    toponyms = [one for one in toponyms if within.isdisjoint((one.start, one.end - 1))] if phrases else toponyms
    for first, last, is_named in phrases:
        if not is_named:
            surface = report.text[first:last]
            toponyms.append(Toponym(start=first, end=last, surface=surface, score=_CAPITAL_SCORE, reasons=(_CAPITAL,)))
    toponyms.sort(key=lambda one: one.start)
    large = [at for at, one in enumerate(toponyms) if one.start in starts_of_large]
    on_roads = {end.start for road in roads for end in road}
    named = [at for at, one in enumerate(toponyms) if one.start in on_roads]
    return assign_roles(document, tuple(toponyms), large=large, roads=named)


def _end_with_state(one: Proposal, words: tuple[Word, ...]) -> int:
    """Return where a name ends together with an abbreviation that is part of it: "Washington, DC"."""
    after = one.last + 1
    if one.match is None or after >= len(words) or words[after].gap not in (", ", " "):
        return one.end
    return words[after].end if words[after].text in lexicon_words("places", "joined_abbreviations") else one.end


def _is_large(one: Proposal) -> bool:
    """Whether a name is a country's, or a province's or an area's and no settlement's."""
    if one.match is None:
        return "world_region" in one.features or "ends_with_place_noun" in one.features
    return "country" in one.match.kinds or not {"settlement", "landmark"} & set(one.match.kinds)


def find_demonyms(document: Document, *, start: int = 0) -> tuple[Demonym, ...]:
    """Return the demonyms of a text from offset `start` on, in text order, two-word ones whole.

    Only capitalised words count. Parts of hyphenated words count too: "Turkish" in "Turkish-backed".
    """
    demonyms = read_demonyms()
    words = split_words(document.cased)
    found = []
    skip = -1
    for index, word in enumerate(words):
        if not word.capitalised or word.start < start or index <= skip:
            continue
        end = word.end
        pair = (
            f"{word.lower} {words[index + 1].lower}"
            if index + 1 < len(words) and words[index + 1].gap in (" ", "-")
            else ""
        )
        if pair in demonyms:
            key, end, skip = pair, words[index + 1].end, index + 1
        elif word.lower in demonyms:
            key = word.lower
        else:
            continue
        found.append(Demonym(word.start, end, document.text[word.start : end], demonyms[key]))
    return tuple(found)


def score_proposals(
    document: Document,
    words: tuple[Word, ...],
    names: NameIndex,
    *,
    start: int = 0,
    lexicon: EvidenceWords | None = None,
) -> list[tuple[float, Proposal]]:
    """Return every proposal with its log-odds of being a place name, in text order."""
    proposals = [
        one for one in propose_spans(document, words, names, start=start) if one.end - one.start <= _LONGEST_NAME
    ]
    proposals = without_halves(proposals, words)
    lexicon = lexicon or read_evidence_words()
    ships = words_of_ships(words, lexicon)
    creeds = lexicon_words("places", "creeds")
    # In a report in capitals names of bodies are written in small letters again: "the foreign trade institute [FTI]".
    as_written = words if document.cased == document.text else split_words(document.text)
    initials, glossed = initials_of_bodies(as_written), glossed_bodies(as_written)
    proposals = [
        one
        for one in proposals
        if not (
            _is_group(one, lexicon.groups)
            or _opens_a_groups_name(one, words, lexicon.groups_spelt)
            or _is_two_names(one)
            or one.first in ships
            or is_ship_by_article(one, document, words, lexicon)
            or (one.first == one.last and (_is_empty_cell(one, words) or words[one.first].lower in creeds))
            or _is_bare_side(one, words)
            or names_a_street(one, words)
            or is_saint_of_a_building(one, words)
            or is_a_service(one, words)
            or is_of_a_hotel(one, words)
            or is_named_after(one, words, document)
            or _is_of_a_body(one, document, initials)
            or (one.first == one.last and one.match is None and words[one.first].lower in glossed)
            or _goes_on_abroad(one, words)
            or _is_numbered(one, words)
        )
    ]
    gather_evidence(document, words, proposals, lexicon)
    return _with_pairs_apart([(_weigh(one.features), one) for one in proposals], words)


_CUES_OF_PLACE = frozenset({"locative_before", "place_noun_of_before", "place_only_verb_before", "place_verb_before"})


def _with_pairs_apart(scored: list[tuple[float, Proposal]], words: tuple[Word, ...]) -> list[tuple[float, Proposal]]:
    """Return the proposals, the two names of a pair for one that is none: "attacks on X and Y", which a model takes for a body.

    What speaks for a place in the words before the pair speaks for both names.
    """
    at = {(one.first, one.last): number for number, (_, one) in enumerate(scored)}
    result = dict(enumerate(scored))
    for number, (log_odds, pair) in enumerate(scored):
        middle = _middle_of_pair(pair, words)
        halves = [at.get((pair.first, middle - 1)), at.get((middle + 1, pair.last))] if middle else [None]
        if None not in halves:
            del result[number]
            result.update(
                (half, (max(log_odds, result[half][0]), scored[half][1])) for half in halves if half is not None
            )
    return list(result.values())


def _middle_of_pair(one: Proposal, words: tuple[Word, ...]) -> int | None:
    """Return the index of the "and" of an unlisted pair of names that a cue of places introduces; None for other names."""
    if one.match is not None or one.core is not None or _CUES_OF_PLACE.isdisjoint(one.features):
        return None
    small = [number for number in range(one.first, one.last + 1) if not words[number].capitalised]
    is_pair = len(small) == 1 and words[small[0]].lower == "and" and one.first < small[0] < one.last
    return small[0] if is_pair else None


def _is_empty_cell(one: Proposal, words: tuple[Word, ...]) -> bool:
    """Whether a word stands for a cell of a table that was empty; with one capital only where it heads the text, "Nan: ..."."""
    empty = lexicon_words("places", "empty_cell_abbreviations")
    text = words[one.first].text
    heads = one.first == 0 and one.followed_by in (":", "")
    return text in empty or (heads and text.upper() in {word.upper() for word in empty})


def _is_bare_side(one: Proposal, words: tuple[Word, ...]) -> bool:
    """Whether a side of the world stands alone, "Russia and the West": a province of that name is called one, "the West region"."""
    if one.first != one.last or words[one.first].lower not in lexicon_words("places", "bare_sides"):
        return False
    behind = words[one.last + 1].lower if one.last + 1 < len(words) else ""
    return behind not in lexicon_words("event_grammar", "regions") and behind.rstrip("s") not in lexicon_words(
        "event_grammar", "regions"
    )


def _is_numbered(one: Proposal, words: tuple[Word, ...]) -> bool:
    """Whether a number is all that tells it from others of its kind, behind a stop that ends no sentence: "School No. 1"."""
    after = words[one.last + 1] if one.last + 1 < len(words) else None
    is_number = after is not None and after.gap == ". " and after.text[:1].isdigit()
    return words[one.last].lower in ("no", "nr") and is_number


def _is_of_a_body(one: Proposal, document: Document, initials: frozenset[str]) -> bool:
    """Whether a name in capitals abbreviates a body that the report names in full, and no country."""
    is_country = one.match is not None and ("country" in one.match.kinds or one.match.curated)
    return one.first == one.last and document.text[one.start : one.end] in initials and not is_country


_KNOWN_BY_ITS_FIRST_WORD = 100_000
"""People of a town that is called by the first word of a longer name: "Santiago de Cuba" without "de Cuba"."""


def _goes_on_abroad(one: Proposal, words: tuple[Word, ...]) -> bool:
    """Whether a name is a part of one in another language, "Stade de France": neither its first word nor the country is told of."""
    links = lexicon_words("places", "foreign_links")
    is_large = one.match is not None and one.match.max_population >= _KNOWN_BY_ITS_FIRST_WORD
    if one.last + 2 < len(words) and not is_large:
        link, behind = words[one.last + 1], words[one.last + 2]
        if link.gap == behind.gap == " " and link.text in links and behind.capitalised:
            return True
    if one.first < 2 or one.match is None or "country" not in one.match.kinds:
        return False
    before, link = words[one.first - 2], words[one.first - 1]
    return link.gap == words[one.first].gap == " " and link.text in links and before.capitalised


_TOWN_OF_A_GROUPS_NAME = 10_000
"""People of a place that a known armed group's name may mean instead."""


def _is_group(one: Proposal, groups: frozenset[str]) -> bool:
    """Whether a name is a known armed group's, and no sizeable place's main name.

    Somewhere a hamlet, or another spelling of a town, bears the name of nearly every group.
    """
    if one.key not in groups:
        return False
    match = one.match
    is_town = match is not None and match.has_primary and match.max_population >= _TOWN_OF_A_GROUPS_NAME
    return not (is_town or (match is not None and match.curated))


def _opens_a_groups_name(one: Proposal, words: tuple[Word, ...], groups: frozenset[str]) -> bool:
    """Whether the name of a known armed group begins with that of a town or a mosque; a land's speaks for it: "X Defence Army"."""
    if one.match is None or not {"settlement", "landmark", "admin2"}.issuperset(one.match.kinds):
        return False
    name = one.key
    for word in words[one.last + 1 : one.last + 4]:
        if not word.capitalised or word.gap not in (" ", "\n", "-", "' ", "\u2019 "):
            break
        name = f"{name} {word.lower}"
        if name in groups:
            return True
    return False


def _is_two_names(one: Proposal) -> bool:
    """Whether an unlisted name holds "in" between its words: "X in Y" says where X lies, and is no name."""
    return one.match is None and " in " in one.key


_LONGEST_NAME = 100
"""Code points; the longest place names in use have about sixty."""


def _weigh(features: list[str]) -> float:
    """Return the log-odds that a proposal with these features is a place name."""
    model = _model()
    weights = model.weights
    return model.bias + sum([weights[name] for name in dict.fromkeys(features) if name in weights])


def select(scored: list[tuple[float, Proposal]]) -> list[tuple[float, Proposal]]:
    """Return the proposals above the threshold that do not overlap, the likeliest first served, in text order.

    What turns out to be but the first part of a name takes the words, and is left out.
    """
    model = _model()
    taken: list[tuple[float, Proposal]] = []
    words: set[int] = set()
    for log_odds, one in sorted(scored, key=lambda item: (-item[0], item[1].start, -item[1].end)):
        if log_odds < model.threshold:
            break
        span = range(one.first, one.last + 1)
        if words.isdisjoint(span):
            words.update(span)
            taken.append((log_odds, one))
    return sorted((item for item in taken if not item[1].goes_on), key=lambda item: item[1].start)


@dataclass(frozen=True, slots=True)
class _Model:
    bias: float
    threshold: float
    """In log-odds."""
    weights: Mapping[str, float]
    wording: Mapping[str, str]


@functools.lru_cache(maxsize=1)
def _model() -> _Model:
    tables = read_lexicon("toponym_evidence")
    features = tables["features"]
    return _Model(
        bias=tables["bias"],
        threshold=math.log(tables["threshold"] / (1.0 - tables["threshold"])),
        weights={name: feature["weight"] for name, feature in features.items()},
        wording={name: feature["says"] for name, feature in features.items()},
    )


def _probability(log_odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _reasons(one: Proposal) -> tuple[str, ...]:
    """Return the wording of the heaviest features, those for it first."""
    model = _model()
    weighed = sorted(
        {(model.weights.get(name, 0.0), name) for name in one.features}, key=lambda item: (-abs(item[0]), item[1])
    )
    top = [item for item in weighed if item[0]][:N_REASONS]
    return tuple(
        model.wording[name] if weight > 0 else f"though {model.wording[name]}"
        for weight, name in sorted(top, key=lambda item: -item[0])
    )


def role_reasons(toponym: Toponym) -> tuple[str, ...]:
    """Return those of a toponym's reasons that are about its role; the others say why it was taken for a place name."""
    detection = {_ROAD} | {words for says in _model().wording.values() for words in (says, f"though {says}")}
    return tuple(reason for reason in toponym.reasons if reason not in detection)
