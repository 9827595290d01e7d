"""Which stretches of a text may be place names at all: the proposals that :mod:`geoconflict.extract.toponyms.recognition` scores.

Three sources, each blind where another sees: names of the gazetteer at capitalised words, entities of the language
model whatever their label, and runs of capitalised words.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from geoconflict.extract.language.model import Document, Entity
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.name_index import NameIndex
from geoconflict.extract.toponyms.text_words import HYPHENS, Word
from geoconflict.models import NameMatch

__all__ = ["PLACE_LABELS", "Proposal", "propose_spans"]

PLACE_LABELS = ("GPE", "LOC", "FAC")
"""Of entities that the language model takes for places: countries and towns, land and water, buildings."""


@dataclass(slots=True)
class Proposal:
    """A stretch of text that may be a place name, and who proposed it."""

    start: int
    end: int
    first: int
    """Index of its first word."""
    last: int
    """Index of its last word."""
    key: str
    """Its words in lower case."""
    followed_by: str
    """The character right after it."""
    match: NameMatch | None = None
    """What the gazetteer has under exactly this name."""
    entity: Entity | None = None
    """The entity with exactly these ends, its article and its possessive aside."""
    inside: Entity | None = None
    """The larger entity around it."""
    overlaps: Entity | None = None
    """An entity that it holds, or that it shares words with."""
    core: NameMatch | None = None
    """What the gazetteer has under its first words, a noun of place aside: "Aleppo" of "Aleppo Governorate"."""
    longer_match: bool = False
    """Whether a longer gazetteer name covers it."""
    goes_on: bool = False
    """Whether it is only the first part of a name: "Bab" of "Bab al-Azizia", which is no Bab."""
    features: list[str] = field(default_factory=list)


_ARTICLE = re.compile(r"(?:the|a|an|this|that|these|those)\s+", re.IGNORECASE)
_TAIL = re.compile(r"(?:\s*['’]s?|[\s,.;:)\]\"”-]+)$")
# Lower-case parts that names hold between capitalised words.
_LINKS = frozenset(
    {
        "of",
        "de",
        "del",
        "della",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "di",
        "la",
        "le",
        "los",
        "las",
        "el",
        "al",
        "ul",
        "i",
        "y",
        "e",
        "en",
        "sur",
        "am",
        "an",
        "upon",
        "on",
        "au",
        "aux",
        "les",
    }
)
_ARTICLES_IN_NAMES = frozenset({"the", "der", "den", "la", "le", "les", "el"})
"""Behind a link: "Ford-an-der-Ruhr"."""
_ARABIC_ARTICLES = frozenset({"al", "el", "ad", "ar", "as", "ash", "at", "az", "an"})


def propose_spans(document: Document, words: tuple[Word, ...], names: NameIndex, *, start: int) -> list[Proposal]:
    """Return the proposals from offset `start` on, ordered by offset and then by end, without duplicates."""
    starts = [word.start for word in words]
    ends = [word.end for word in words]
    found: dict[tuple[int, int], Proposal] = {}

    def add(begin: int, end: int) -> Proposal | None:
        first = bisect.bisect_left(starts, begin)
        last = bisect.bisect_left(ends, end)
        if first >= len(words) or last >= len(words) or last < first or starts[first] < start:
            return None
        key = (starts[first], ends[last])
        if key not in found:
            name = " ".join(word.lower for word in words[first : last + 1])
            found[key] = Proposal(key[0], key[1], first, last, name, document.cased[key[1] : key[1] + 1])
        return found[key]

    for first, last in _runs(words):
        for begin, end in _pieces(words, first, last):
            add(words[begin].start, words[end].end)
    _add_listed(document, words, names, ends, add, start=start)
    entities = _add_entities(document, found, add)
    proposals = [found[key] for key in sorted(found)]
    _relate(proposals, entities)
    return proposals


def _add_listed(
    document: Document,
    words: tuple[Word, ...],
    names: NameIndex,
    ends: Sequence[int],
    add: Callable[[int, int], Proposal | None],
    *,
    start: int,
) -> None:
    """Propose what the gazetteer has from each word on; `ends` are the offsets where words end."""
    line_heads = _line_heads()
    unread = _foreign_sentences(words)
    for index, word in enumerate(words):
        if word.start < start or index in unread:
            continue
        if word.capitalised or _article_of_name(words, index):
            matches = names.match_at(document.cased, word.start)
        elif word.lower in line_heads:
            matches = tuple(one for one in names.match_at(document.cased, word.start) if _is_line(one, word))
        else:
            continue
        for match in matches:
            # A name ends where a word ends and never with a lower-case word of running text.
            last = bisect.bisect_left(ends, match.end)
            if last >= len(words) or (ends[last] != match.end):
                continue
            is_cut = word.capitalised and last > index and not words[last].capitalised
            if is_cut and words[last].lower not in line_heads:
                _add_thing(match, index, words, add)
            else:
                _add_match(match, word, words, add)


def _add_match(
    match: NameMatch, word: Word, words: tuple[Word, ...], add: Callable[[int, int], Proposal | None]
) -> None:
    """Propose a name of the gazetteer that begins with a word, and the same with a noun of places behind it: "X Province"."""
    proposal = add(word.start, match.end)
    if proposal is None:
        return
    proposal.goes_on = _goes_on(words, proposal.last)
    proposal.match = match
    after = words[proposal.last + 1] if proposal.last + 1 < len(words) else None
    is_noun = after is not None and after.lower in lexicon_words("places", "name_nouns_after")
    if after is not None and is_noun and after.capitalised and after.gap == " ":
        with_noun = add(word.start, after.end)
        if with_noun is not None:
            with_noun.core = match


def _goes_on(words: tuple[Word, ...], last: int) -> bool:
    """Whether a name goes on behind a word with an Arabic article and a name: "Bab al-Azizia", not "in Mosul al-Qaeda"."""
    at = last + 1
    return (
        at + 1 < len(words)
        and words[at].gap == " "
        and _article_of_name(words, at)
        and words[at + 1].lower not in lexicon_words("places", "no_parts_of_names")
    )


def _add_entities(
    document: Document, found: dict[tuple[int, int], Proposal], add: Callable[[int, int], Proposal | None]
) -> list[tuple[int, int, Entity]]:
    """Propose what the language model takes for names, and return all of it where it begins and ends."""
    entities: list[tuple[int, int, Entity]] = []
    for entity in document.entities:
        begin, end = _trimmed(document.cased, entity)
        if entity.label == "FAC":
            end = _end_before_its_town(document.cased, begin, end, found)
        if end <= begin or (entity.label == "PERSON" and _is_side_of_place(document.cased[begin:end], end, found)):
            continue
        entities.append((begin, end, entity))
        surface = document.cased[begin:end]
        if (begin, end) not in found and (entity.label in _NEVER or surface.islower() or _NEVER_WITHIN.search(surface)):
            continue
        proposal = add(begin, end)
        if proposal is not None and (proposal.start, proposal.end) == (begin, end):
            proposal.entity = entity
    return entities


def _end_before_its_town(text: str, begin: int, end: int, found: dict[tuple[int, int], Proposal]) -> int:
    """Return where a building's name ends that the language model runs on to its town: "the X Temple in Y"."""
    at = text.find(" in ", begin, end)
    town = found.get((at + len(" in "), end)) if at > 0 else None
    return at if town is not None and town.match is not None else end


_THINGS = frozenset({"landmark", "water"})


def _add_thing(
    match: NameMatch, first: int, words: tuple[Word, ...], add: Callable[[int, int], Proposal | None]
) -> None:
    """Propose the capitalised words of a thing that the gazetteer has with a word in small letters: "the X dam"."""
    last = first
    ends = next((word.lower for word in words[first:] if word.end == match.end), "")
    if not _THINGS.issuperset(match.kinds) or ends == "headquarters":  # a body's, and its name is no place
        return
    while words[last + 1].end < match.end and words[last + 1].capitalised:
        last += 1
    proposal = add(words[first].start, words[last].end)
    if proposal is not None and proposal.match is None:
        proposal.match = match


def _is_side_of_place(surface: str, end: int, found: dict[tuple[int, int], Proposal]) -> bool:
    """Whether a "person" is a direction and a place that the gazetteer has: "Downtown X", "Southern X" that opens a sentence."""
    head, _, rest = surface.partition(" ")
    place = found.get((end - len(rest), end)) if rest else None
    return head.lower() in lexicon_words("places", "directions") and place is not None and place.match is not None


_NEVER_WITHIN = re.compile(r"[;|:\"“”()\[\]]|\s[-–—]\s|['’]s\s|\n\s*\n")
_MOST_WORDS = 30
"""Of a name and all it is linked with; beyond it the parts of a run are not asked about."""
_NEVER = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})


def _line_heads() -> frozenset[str]:
    return lexicon_words("places", "line_heads")


def _is_line(match: NameMatch, word: Word) -> bool:
    return match.curated and match.end > word.end and not {"settlement", "country"} & set(match.kinds)


_LONGEST_FOREIGN_PHRASE = 3
"""Words of a script without capitals; more of them in a row are a sentence, of which English evidence says nothing."""


def _foreign_sentences(words: tuple[Word, ...]) -> set[int]:
    """Return the indexes of the words of running text in a script without capitals."""
    found: set[int] = set()
    first = 0
    for index, word in enumerate(words):
        if index == first or not (words[index - 1].is_caseless and word.is_caseless and word.gap.isspace()):
            first = index
        elif index - first == _LONGEST_FOREIGN_PHRASE:
            found.update(range(first, index + 1))
        elif index - first > _LONGEST_FOREIGN_PHRASE:
            found.add(index)
    return found


def _article_of_name(words: tuple[Word, ...], index: int) -> bool:
    """Whether the word is a lower-case Arabic article tied to a capitalised word: "al-Bab"."""
    if words[index].lower not in _ARABIC_ARTICLES or index + 1 >= len(words):
        return False
    return words[index + 1].capitalised and words[index + 1].gap in HYPHENS


def _runs(words: tuple[Word, ...]) -> list[tuple[int, int]]:
    """Return (first, last) of the maximal runs of capitalised words, single line breaks and hyphens inside."""
    runs: list[tuple[int, int]] = []
    first: int | None = None
    for index, word in enumerate(words):
        joins = word.capitalised and first is not None and word.gap in (" ", "\n", "  ", *HYPHENS)
        if joins:
            continue
        if first is not None:
            runs.append((first, index - 1))
        first = index if word.capitalised else None
    if first is not None:
        runs.append((first, len(words) - 1))
    return runs


def _pieces(words: tuple[Word, ...], first: int, last: int) -> list[tuple[int, int]]:
    """Return the parts of a run worth asking about: all of it, and what is left without titles and directions."""
    pieces = [(first, last)]
    if last - first >= _MOST_WORDS:
        return pieces  # no name: capitals that run on, which would have as many parts as words
    directions = lexicon_words("places", "directions")
    titles = lexicon_words("persons", "titles")
    at = first
    while at < last and (words[at].lower in directions or words[at].lower in titles):
        at += 1
        pieces.append((at, last))
    # "Armenia-Italy", "Dallas-Fort Worth": hyphens may part two names.
    for index in range(first + 1, last + 1):
        if words[index].gap in HYPHENS:
            pieces += [(first, index - 1), (index, last)]
    # "Gulf of Aden", "Isle of Man", "Rio de Janeiro", "Ford-an-der-Ruhr".
    at = last
    while (
        at + 2 < len(words)
        and at - first < _MOST_WORDS
        and words[at + 1].lower in _LINKS
        and words[at + 1].gap in (" ", *HYPHENS)
        and words[at + 1].text.islower()
    ):
        after = at + 2
        if words[after].lower in _ARTICLES_IN_NAMES and after + 1 < len(words):
            after += 1
        if not (words[after].capitalised and words[after].gap in (" ", *HYPHENS)):
            break
        end = after
        while end + 1 < len(words) and words[end + 1].capitalised and words[end + 1].gap in (" ", "-"):
            end += 1
        pieces.append((first, end))
        at = end
    return pieces


def _trimmed(text: str, entity: Entity) -> tuple[int, int]:
    """Return the ends of an entity without article, possessive, lower-case directions and lower-case nouns of place."""
    begin, end = entity.start, entity.end
    directions = lexicon_words("places", "directions")
    nouns = lexicon_words("places", "place_nouns")
    while match := _ARTICLE.match(text, begin, end):
        begin = match.end()
    while match := _TAIL.search(text, begin, end):
        if text[match.start() : end].startswith(".") and re.search(r"\b\w{1,4}\.$", text[begin:end]):
            break
        end = match.start()
    while end > begin:
        head, _, rest = text[begin:end].partition(" ")
        if rest and head.islower() and (head in directions or head.split("-")[0] in directions):
            begin += len(head) + 1
            continue
        _, _, tail = text[begin:end].rpartition(" ")
        if tail.islower() and tail in nouns and len(tail) < end - begin:
            end -= len(tail) + 1
            continue
        break
    return begin, end


def _relate(proposals: list[Proposal], entities: list[tuple[int, int, Entity]]) -> None:
    """Note the larger entity and the longer gazetteer name around each proposal."""
    begins = [begin for begin, _, _ in entities]
    covered: list[tuple[int, int]] = [(one.start, one.end) for one in proposals if one.match is not None]
    for one in proposals:
        at = bisect.bisect_right(begins, one.start) - 1
        if one.entity is None:
            if at >= 0 and entities[at][0] <= one.start and one.end <= entities[at][1]:
                one.inside = entities[at][2]
            elif at >= 0 and entities[at][0] <= one.start < entities[at][1]:
                one.overlaps = entities[at][2]
            elif at + 1 < len(entities) and entities[at + 1][0] < one.end:
                one.overlaps = entities[at + 1][2]
        low = bisect.bisect_left(covered, (one.start - 80, 0))
        for begin, end in covered[low:]:
            if begin > one.start:
                break
            if end >= one.end and (begin, end) != (one.start, one.end):
                one.longer_match = True
                break
