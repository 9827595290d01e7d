"""What the words around a place name say of a place beside it: "10 km north of X", "between X and Y", "X's outskirts".

Pure functions of text and offsets. The grammar is in :mod:`geoconflict.places.relative.grammar`, and what is made of the
phrases in :mod:`geoconflict.places.relative.placing`.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from geoconflict.models import Role, Toponym
from geoconflict.places.names import fold
from geoconflict.places.relative.grammar import CLAUSE_END, Telling, direction_of, number_values, patterns, tables
from geoconflict.places.words import kind_words

__all__ = ["Phrase", "PhraseKind", "read_phrases", "says_unit"]

_REACH_BEFORE = 140
_REACH_AFTER = 90
_LONGEST_ROAD = 20
"""Names, joined by hyphens, that a road may bear: of a text that is made of such names, the last."""


class PhraseKind(StrEnum):
    """What a phrase says of the place it governs."""

    OFFSET = "offset"
    """So far from it, in a direction or in any."""
    SIDE = "side"
    """In a direction from it."""
    EDGE = "edge"
    """On one side of it, still at it: "the northern outskirts of X"."""
    NEAR = "near"
    PART = "part"
    """In one part of it: "northern X"."""
    BETWEEN = "between"
    """Between it and another."""
    ROAD = "road"
    """On the road between it and another."""
    FRONT = "front"
    """On the part of a front that lies by it."""
    STRETCH = "stretch"
    """Of a line, the part that lies by another place: "the line near X"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A phrase that governs one mention, or two."""

    kind: PhraseKind
    index: int
    """The mention that it governs."""
    words: str
    """The words of the text, with the name."""
    other: int | None = None
    """The second mention of "between X and Y", and the place that a stretch of a line lies by."""
    via: tuple[int, ...] = ()
    """The mentions between the first and the last of "the X-Y-Z road"."""
    low_km: float = 0.0
    """The least and the greatest distance that the words allow before any vagueness."""
    high_km: float = 0.0
    share: float = 0.0
    """The share of the distance by which the figure may be off."""
    is_bound: bool = False
    """Whether the distance is the farthest possible: "within 10 km of X"."""
    bearing_deg: float | None = None
    """Clockwise from north; None is any direction."""
    sector_deg: float = 0.0
    """Half the sector that the direction covers."""
    is_just: bool = False
    """"Just north of X"."""
    reach_km: float = 0.0
    describes: int | None = None
    """The mention that the phrase describes, where it says only where that one lies: "Y, 10 km north of X"."""
    named: int | None = None
    """The mention behind that names the place of the phrase: "a village 10 km north of X, Y"."""


def read_phrases(text: str, toponyms: Sequence[Toponym], *, lines: Collection[int] = ()) -> tuple[Phrase, ...]:
    """Return the phrases that govern the mentions of a text, at most one a mention, in the order of the mentions.

    A mention is governed by what stands right before or right behind it in its own clause. Roles that speak, talk or
    name something else are never governed.

    Parameters
    ----------
    text
        The whole report.
    toponyms
        Its mentions, in any order.
    lines
        Indexes of those that are lines: "the line near X" is a stretch of it.
    """
    return _PhraseReader(text, toponyms, frozenset(lines)).read()


def says_unit(text: str, end: int) -> bool:
    """Return whether the word behind a name ending at `end` makes it a province, a district or an area, not a town."""
    word = re.match(r"['’]?s?\s+([^\W\d_]+)", text[end : end + 40])
    kinds = kind_words().get(fold(word[1])) if word else None
    return kinds is not None and "settlement" not in kinds and not kinds.isdisjoint(("admin1", "admin2", "area"))


# ---------------------------------------------------------------- the reader
_NEVER = (Role.ACTOR_METONYM, Role.TALKS_VENUE, Role.DATELINE, Role.OTHER)
_HYPHEN = re.compile(r"\s?[-\u2010-\u2014/]\s?|\s+to\s+$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*(?:,\s*[A-Z][\w'’-]+){0,4},?\s+(?:and|or|&)\s")
_POSSESSIVE = re.compile(r"['’]s?\s")
_AT_A_BORDER = re.compile(r"(?:['’]s?)?\s+(?:[a-z]+\s+)?(?:borders?|frontier)\b")
_ALONG = re.compile(r"\b(?:on|along|across|at|to|behind|beyond|over|the)\s+(?:the\s+)?$", re.IGNORECASE)


class _PhraseReader:
    def __init__(self, text: str, toponyms: Sequence[Toponym], lines: frozenset[int]) -> None:
        self.text = text
        self.toponyms = toponyms
        self.lines = lines
        self.order = sorted(range(len(toponyms)), key=lambda index: (toponyms[index].start, -toponyms[index].end))
        self.place_of = {index: at for at, index in enumerate(self.order)}
        self.found: dict[int, Phrase] = {}

    def read(self) -> tuple[Phrase, ...]:
        for index in self.order:
            if index not in self.found and self.toponyms[index].role not in _NEVER:
                phrase = self._pair(index) or self._alone(index)
                if phrase is not None:
                    self.found[index] = phrase
                    if phrase.other is not None and phrase.kind is not PhraseKind.STRETCH:
                        self.found |= dict.fromkeys((*phrase.via, phrase.other), phrase)
        for index in self.order:
            self._share_nearness(index)
        return tuple(self.found[index] for index in range(len(self.toponyms)) if index in self.found)

    # ------------------------------------------------------------ what stands around a mention
    def _before(self, index: int) -> str:
        start = self.toponyms[index].start
        before = self.text[max(0, start - _REACH_BEFORE) : start]
        breaks = [match.end() for match in CLAUSE_END.finditer(before)]
        return before[breaks[-1] :] if breaks else before

    def _after(self, index: int) -> str:
        end = self.toponyms[index].end
        after = self.text[end : end + _REACH_AFTER]
        broken = CLAUSE_END.search(after)
        return after[: broken.start()] if broken else after

    def _next(self, index: int, step: int = 1) -> int | None:
        at = self.place_of[index] + step
        return self.order[at] if 0 <= at < len(self.order) else None

    def _gap(self, index: int) -> tuple[int, str] | None:
        """Return the mention behind one and what stands between the two."""
        other = self._next(index)
        if other is None or not 0 <= self.toponyms[other].start - self.toponyms[index].end <= _REACH_AFTER:
            return None
        return other, self.text[self.toponyms[index].end : self.toponyms[other].start]

    def _words(self, index: int, start: int, end: int) -> str:
        one = self.toponyms[index]
        return " ".join(self.text[min(start, one.start) : max(end, one.end)].split())

    # ------------------------------------------------------------ two mentions
    def _pair(self, index: int) -> Phrase | None:
        behind = self._gap(index)
        if behind is None or self.toponyms[behind[0]].role in _NEVER:
            return None
        other, gap = behind
        before, after = self._before(index), self._after(other)
        start, end = self.toponyms[index].start, self.toponyms[other].end
        if (match := patterns().road.search(before)) and patterns().road_joined.fullmatch(gap):
            return self._two(PhraseKind.ROAD, index, other, start - len(before) + match.start(), end)
        if (match := patterns().between.search(before)) and patterns().joined.fullmatch(gap):
            if _AT_A_BORDER.match(after) or re.search(r"\b(?:border|frontier)\s+$", before[: match.start()]):
                return None
            return self._two(PhraseKind.BETWEEN, index, other, start - len(before) + match.start(), end)
        if (road := self._named_road(index, before)) is not None:
            return road
        if index in self.lines and patterns().line_near.fullmatch(gap):
            return self._two(PhraseKind.STRETCH, index, other, start, end)
        return None

    def _named_road(self, index: int, before: str) -> Phrase | None:
        """Return the road that bears the names of the places it joins, two or more: "the X-Y road"."""
        chain = [index]
        while (behind := self._gap(chain[-1])) is not None and _HYPHEN.fullmatch(behind[1]):
            if self.toponyms[behind[0]].role in _NEVER:
                break
            chain.append(behind[0])
            if len(chain) > _LONGEST_ROAD:
                return None
        last = self.toponyms[chain[-1]].end
        road = patterns().road_after.match(self._after(chain[-1])) if len(chain) > 1 else None
        along = _ALONG.search(before)
        if road is None or not (road["road"] or (along and not along.group().lower().startswith("the"))):
            return None
        phrase = self._two(PhraseKind.ROAD, index, chain[-1], self.toponyms[index].start, last + road.end())
        return dataclasses.replace(phrase, via=tuple(chain[1:-1]))

    def _two(self, kind: PhraseKind, index: int, other: int, start: int, end: int) -> Phrase:
        return Phrase(kind=kind, index=index, other=other, words=self._words(index, start, end))

    # ------------------------------------------------------------ one mention
    def _alone(self, index: int) -> Phrase | None:
        before, after = self._before(index), self._after(index)
        start, end = self.toponyms[index].start, self.toponyms[index].end
        if match := patterns().edge_after.match(after):
            bearing, sector = direction_of(match["direction"]) or (0.0, 180.0)
            words = self._words(index, start, end + match.end())
            return Phrase(kind=PhraseKind.EDGE, index=index, words=words, bearing_deg=bearing, sector_deg=sector)
        if (match := patterns().front_after.match(after)) and patterns().front_before.search(before):
            words = self._words(index, start, end + match.end())
            return Phrase(kind=PhraseKind.FRONT, index=index, words=words, reach_km=tables()["front"]["reach"])
        if (match := patterns().near_after.match(after)) and not patterns().part.search(before):
            reach = tables()["near_after"][match["near"].lower()]
            words = self._words(index, start, end + match.end())
            return Phrase(kind=PhraseKind.NEAR, index=index, words=words, reach_km=reach)
        if _POSSESSIVE.match(after) or _AT_A_BORDER.match(after):
            return None
        return self._by_words_before(index, before)

    def _by_words_before(self, index: int, before: str) -> Phrase | None:
        known, telling = patterns(), Telling(before)
        start = self.toponyms[index].start - len(before)
        for kind, pattern, may_match in (
            (PhraseKind.OFFSET, known.offset, telling.has_distance),
            (PhraseKind.EDGE, known.edge, telling.has_direction),
            (PhraseKind.PART, known.part, telling.has_direction),
            (PhraseKind.SIDE, known.side, telling.has_direction),
            (PhraseKind.NEAR, known.near, telling.has_nearness),
        ):
            match = pattern.search(before) if may_match() else None
            if match is None:
                continue
            if kind is PhraseKind.OFFSET and _HALF_READ.search(before[: match.start()]):
                continue  # "1/2 km", "5 000 metres", "a hundred and five km": half a figure is worse than none
            # "20 km from the X-Y border": the names in between are the border's own.
            if index not in self.lines and self._holds_name(start + match.start(), self.toponyms[index].start):
                continue
            phrase = self._phrase(kind, index, match, before)
            if phrase is None:
                continue
            return self._describing(phrase, start + match.start())
        return None

    def _holds_name(self, start: int, end: int) -> bool:
        # Names do not overlap, so no more than that many have a letter in so short a stretch.
        last = bisect.bisect_left(self.order, end, key=lambda at: self.toponyms[at].start)
        return any(start < self.toponyms[at].end for at in self.order[max(0, last - _REACH_BEFORE) : last])

    def _phrase(self, kind: PhraseKind, index: int, match: re.Match[str], before: str) -> Phrase | None:
        end = self.toponyms[index].end
        words = self._words(index, self.toponyms[index].start - len(before) + match.start(), end)
        if kind is PhraseKind.OFFSET:
            return _offset(match, index, words, self.toponyms[index].role)
        if kind is PhraseKind.NEAR:
            near = " ".join(match["near"].lower().split())
            if near in tables()["adjectives"]["words"] and _is_adjective(before[: match.start()], match):
                return None
            if near in tables()["kept"]["close"] and patterns().close_to_people.search(before[: match.start()]):
                return None
            return Phrase(kind=kind, index=index, words=words, reach_km=tables()["near"][near])
        named = match["direction"]
        if kind is PhraseKind.PART:
            named = named or match["noun"] or match["adjective"]
        direction = direction_of(named)
        if direction is None:
            return None
        just = kind is PhraseKind.SIDE and match["just"] is not None
        return Phrase(
            kind=kind, index=index, words=words, bearing_deg=direction[0], sector_deg=direction[1], is_just=just
        )

    def _describing(self, phrase: Phrase, start: int) -> Phrase:
        """Return the phrase with the mention that it says the place of: "Y, 10 km north of X"."""
        if phrase.kind is PhraseKind.OFFSET and (named := self._named_behind(phrase.index, start)) is not None:
            return dataclasses.replace(phrase, named=named)
        described = self._next(phrase.index, -1)
        if described is None or phrase.kind is PhraseKind.PART:
            return phrase
        gap = self.text[self.toponyms[described].end : start]
        if self.toponyms[described].end > start or not patterns().describing.fullmatch(gap):
            return phrase
        return dataclasses.replace(phrase, describes=described)

    def _named_behind(self, index: int, start: int) -> int | None:
        """Return the mention that names the place of a phrase beginning at `start`: "a village 10 km north of X, Y"."""
        behind = self._gap(index)
        if behind is None or behind[1] != ", " or not patterns().unnamed.search(self.text[max(0, start - 60) : start]):
            return None
        end = self.toponyms[behind[0]].end
        after = self.text[end : end + _REACH_AFTER]
        if _GOES_ON.match(after) or says_unit(self.text, end) or self.toponyms[behind[0]].role in _NEVER:
            return None
        return behind[0]

    # ------------------------------------------------------------ lists
    def _share_nearness(self, index: int) -> None:
        """Let "near" hold for the whole list: "near X, Y and Z". A distance holds for the first alone."""
        phrase = self.found.get(index)
        behind = self._gap(index)
        if phrase is None or phrase.kind is not PhraseKind.NEAR or behind is None or behind[0] in self.found:
            return
        other, gap = behind
        listed = patterns().listed.fullmatch(gap)
        if not listed or self.toponyms[other].role in _NEVER or phrase.words.endswith(tuple(tables()["near_after"])):
            return
        end = self.toponyms[other].end
        if gap.strip() == "," and not _GOES_ON.match(self.text[end : end + _REACH_AFTER]):
            return  # "near X, Y": Y tells where X lies
        start = self.text.rfind(phrase.words.split()[0], 0, self.toponyms[index].start)
        words = self._words(other, start, self.toponyms[other].end)
        self.found[other] = dataclasses.replace(phrase, index=other, words=words)


def _is_adjective(before: str, match: re.Match[str]) -> bool:
    """Whether "nearby" describes the place of the name itself: "the nearby town of X", "in nearby X"; not "a raid nearby X"."""
    last = re.search(r"(?:[\w'’-]+|,)$", before.rstrip())
    described = match.group()[len(match["near"]) :].strip()
    return bool(described) or last is None or last.group().lower() in tables()["adjectives"]["behind"]


_HALF_READ = re.compile(
    r"(?:\d[\s\u00a0\u202f]?|[/.,\u2044\u2212]|(?<![\w)])-\s?|\b(?:hundred|thousand|half)\s|(?:hundred|thousand|half|\w+ty|two|three|four|five)\s+and\s+)$",
    re.IGNORECASE,
)
"""What stands before a figure that is only the end of a longer one."""


def _offset(match: re.Match[str], index: int, words: str, role: Role) -> Phrase | None:
    hedges = tables()["hedges"]
    said = " ".join((match["hedge"] or "").lower().split())
    link = " ".join((match["link"] or "").lower().split())
    inside = any(said.startswith(word) for word in hedges["inside"])
    if link == "of" and not inside:
        return None  # "10 km of road", "5 km of X"
    if link == "from" and role is Role.ORIGIN:
        return None  # "a rocket flew 300 km from X"
    low = _figure(match["low"])
    high = _figure(match["high"]) if match["high"] else low
    if low[0] > high[1]:  # "a hundred and twenty-five" is no range
        low = high = (low[0] + high[0], low[1] + high[1])
    factor, share = tables()["units"][_unit_key(match["unit"])]
    if any(said.startswith(word) or said.endswith(word) for word in hedges["bounds"]):
        share = max(share, hedges["bounds_share"])
    elif any(word in said for word in hedges["about"]):
        share = max(share, hedges["about_share"])
    direction = direction_of(match["direction"]) if match["direction"] else None
    return Phrase(
        kind=PhraseKind.OFFSET,
        index=index,
        words=words,
        low_km=min(low[0], high[0]) * factor,
        high_km=max(low[1], high[1]) * factor,
        share=share,
        is_bound=inside,
        bearing_deg=direction[0] if direction else None,
        sector_deg=direction[1] if direction else 180.0,
    )


def _unit_key(unit: str) -> str:
    return " ".join(unit.lower().replace("’", "'").split())


def _figure(number: str) -> tuple[float, float]:
    """Return the lowest and the highest value of a number in figures or words."""
    key = " ".join(number.lower().split())
    known = number_values().get(key)
    if known is not None:
        return known
    plain = key.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+", key) else key.replace(",", ".")
    return float(plain), float(plain)
