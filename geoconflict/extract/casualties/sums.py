"""Whether two figures of one event count different people, so that they add up, or one of them twice.

"Three gunmen were killed. A soldier also died": four. "Ten people were killed. Two of them were children": ten. Words come
from ``resources/lexicons/casualties.toml``.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Sequence

from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.casualties.words import plus
from geoconflict.extract.lexicon import read_lexicon
from geoconflict.models import Casualties, Count, EventMention, Role, Toponym

__all__ = [
    "Sums",
    "are_fighters",
    "are_of_other_kinds",
    "comes_on_top",
    "is_more",
    "is_of_fighters",
    "may_be_the_same_people",
    "says_less",
    "tells_of_a_later_death",
    "united",
]

_WORD = re.compile(r"[\w-]+")
_THEMSELVES = frozenset({"himself", "herself", "themselves"})
_ANYBODY = frozenset({"man", "member", "members", "men", "people", "person", "personnel", "persons"})
_KINDS = ("attackers", "rebels", "soldiers", "civilians")
_WITH_DOER = re.compile(r"\b(?:including|himself|herself|themselves)\b")
_JOINED = re.compile(r"\s*+,?\s*+and\s+(?:that\s+)?")
_LOSSES_OF = re.compile(
    r"\b(?P<side>[\w-]+)\s+(?:casualties|dead|deaths|fatalities|losses)\s+(?:at|of|reached|were)\s+(?:[\w-]+\s+)?$"
)
_WHO_LOST = re.compile(r"\b(?P<side>[\w-]+)\s+(?:(?:also|had|has|have|itself)\s+)*$")
"""Right before "lost nine men"."""
_LOST = frozenset({"lose", "loses", "losing", "lost"})
_NEAR = 60
"""So many characters before a figure may make it a part."""
_FAR = 200
"""So many may make it one of something earlier."""
_MOST = 20
"""So many figures told before are looked at."""
_SEVERAL = (2, None, None)


class Sums:
    """Which figures stand behind each telling of one report, so that tellings that are folded into one can be added up."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._told: dict[str, list[CasualtyMention]] = {}

    def note(self, mention: EventMention, figures: Sequence[CasualtyMention]) -> None:
        """Keep the figures that a telling was given."""
        self._told[mention.mention_id] = list(figures) if mention.casualties is not None else []

    def unite(self, fuller: EventMention, other: EventMention) -> Casualties | None:
        """Return what two tellings of one event say together: the fuller's figures, with whom the other counts beside."""
        casualties = united(fuller.casualties, other.casualties)
        mine, others = self._told.get(fuller.mention_id, []), self._told.get(other.mention_id, [])
        are_two_speakers = fuller.claimed_by and other.claimed_by and fuller.claimed_by != other.claimed_by
        if casualties is None or fuller.casualties is None or other.casualties is None or are_two_speakers:
            self._told[fuller.mention_id] = mine or others
            return casualties
        counts = {measure: self._added(measure, fuller, other, mine, others) for measure in ("killed", "wounded")}
        # Who is only told again need not be kept: a report of a thousand tellings takes no longer than it should.
        new = [one for one in others if counts.get(one.measure) or all(one.measure != own.measure for own in mine)]
        if new:
            self._told[fuller.mention_id] = [*mine, *new][-_MOST:]
        return dataclasses.replace(
            casualties, killed=counts["killed"] or casualties.killed, wounded=counts["wounded"] or casualties.wounded
        )

    def _added(
        self,
        measure: str,
        fuller: EventMention,
        other: EventMention,
        mine: Sequence[CasualtyMention],
        others: Sequence[CasualtyMention],
    ) -> Count | None:
        """Return the count of both tellings where the other has more to say than the fuller, or None."""
        count: Count | None = getattr(fuller.casualties, measure)
        beside: Count | None = getattr(other.casualties, measure)
        first, second = sorted(
            ([figure for figure in told if figure.measure == measure] for told in (mine, others)),
            key=lambda told: min((figure.start for figure in told), default=0),
        )
        if count is None or beside is None or not first or not second:
            return None
        if says_less(count, beside):
            return beside
        if all(_is_of_others(self._text, figure) for figure in second):
            return count if first[0] in mine else beside
        if says_less(beside, count) or not all(comes_on_top(self._text, first, figure) for figure in second):
            return None
        return plus(count, beside)


def united(first: Casualties | None, second: Casualties | None) -> Casualties | None:
    """Return the figures of `first`, with those of `second` that it lacks."""
    if first is None or second is None:
        return first or second
    given = {field.name: getattr(first, field.name) for field in dataclasses.fields(Casualties)}
    return dataclasses.replace(second, **{name: value for name, value in given.items() if value is not None})


def comes_on_top(
    text: str, told: Sequence[CasualtyMention], figure: CasualtyMention, toponyms: Sequence[Toponym] = ()
) -> bool:
    """Whether a figure counts other people than those told of the same event and measure before."""
    return _are_others(text, told[-_MOST:], figure) and not _are_of_two_places(told[-1], figure, toponyms)


def _are_others(text: str, told: Sequence[CasualtyMention], figure: CasualtyMention) -> bool:
    who = figure.who or ""
    if any((who in _THEMSELVES) != ((one.who or "") in _THEMSELVES) for one in told):
        return True
    if _is_of_others(text, figure):
        return False
    if is_more(figure) and all((who, figure.count) != (one.who or "", one.count) for one in told):
        return True
    kinds = _kinds(figure) or _kinds_of_side(text, figure)
    known = {kind for one in told for kind in _kinds(one) or _kinds_of_side(text, one)}
    attackers = {"attackers"}
    if attackers in (kinds, known) and kinds != known:
        # "Killing two, before he was shot dead": who attacked is none of the two.
        with_doers = (text[one.start : min(one.sentence_end, one.end + _NEAR)].lower() for one in (*told, figure))
        return kinds.isdisjoint(known) and not any(map(_WITH_DOER.search, with_doers))
    if kinds and known:
        return kinds.isdisjoint(known) and all(_kinds(one) or _kinds_of_side(text, one) for one in told)
    before = told[-1]
    return (
        before.sentence_start == figure.sentence_start
        and before.end <= figure.start
        and _JOINED.fullmatch(text, before.end, figure.start) is not None
    )


def _are_of_two_places(before: CasualtyMention, figure: CasualtyMention, toponyms: Sequence[Toponym]) -> bool:
    """Whether two figures of one sentence are of two places: "five were killed in X, and two were killed in Y"."""
    if before.sentence_start != figure.sentence_start:
        return False
    places = [one.start for one in toponyms if one.role in (Role.EVENT_PLACE, Role.REGION_CONTEXT)]
    return any(before.end <= at < figure.start for at in places) and any(
        figure.end <= at < figure.sentence_end for at in places
    )


def says_less(one: Count, other: Count) -> bool:
    """Whether a count only says that there were several, and another gives a number: "villagers were killed", "12 dead"."""
    return (one.low, one.best, one.high) == _SEVERAL and max(
        bound or 0 for bound in (other.low, other.best, other.high)
    ) > 2


def _is_of_others(text: str, figure: CasualtyMention) -> bool:
    """Whether a figure is a part of one told before, or of something else: "two of them", "who had killed five"."""
    start = min(figure.start, figure.trigger_start)
    before = text[max(figure.sentence_start, start - _FAR) : start].lower()
    told = text[max(figure.sentence_start, figure.trigger_start - _FAR) : figure.trigger_start].lower()
    figures = text[max(figure.sentence_start, start - _NEAR) : figure.end].lower()
    behind = text[figure.trigger_end : figure.trigger_end + _NEAR].lower()
    if _words().part.search(figures) or _words().natural.match(behind):
        return True
    return any(_words().earlier.search(words) for words in (before, told))


def is_more(figure: CasualtyMention) -> bool:
    """Whether the figure says itself that it comes on top: "the gunmen were also killed"."""
    words = set(figure.surface.lower().split())
    return not _words().more.isdisjoint(words) or (
        figure.measure == "killed" and not _words().more_dead.isdisjoint(words)
    )


def tells_of_a_later_death(sentence: str) -> bool:
    """Whether a sentence tells that somebody wounded in a known event has died: one more of its dead, and no toll of it."""
    return _words().died_later.search(sentence) is not None


def may_be_the_same_people(one: CasualtyMention, other: CasualtyMention) -> bool:
    """Whether two figures may count the same people: soldiers are no villagers, and whoever is not named may be either."""
    mine, others = ({word.casefold() for word in (figure.who or "").split()} for figure in (one, other))
    return not mine or not others or bool(mine & others) or not (mine | others).isdisjoint(_ANYBODY)


def are_of_other_kinds(first: Casualties | None, second: Casualties | None) -> bool:
    """Whether two tellings count the dead of two sides: "12 militants" and "18 soldiers"."""
    if first is None or second is None or first.killed is None or second.killed is None:
        return False
    mine, others = (
        {kind for kind, nouns in _words().kinds.items() if not nouns.isdisjoint(_WORD.findall((one.who or "").lower()))}
        for one in (first, second)
    )
    return bool(mine) and bool(others) and mine.isdisjoint(others)


def are_fighters(figure: CasualtyMention) -> bool:
    """Whether a figure counts fighters of an armed group: "19 militants"."""
    return _kinds(figure) == {"rebels"}


def is_of_fighters(noun: str) -> bool:
    """Whether a noun is for who attacks or fights: "gunmen", "soldiers"."""
    return any(noun.lower() in _words().kinds[kind] for kind in _KINDS if kind != "civilians")


def _kinds(figure: CasualtyMention) -> set[str]:
    words = set(_WORD.findall((figure.who or figure.surface).lower()))
    return {kind for kind, nouns in _words().kinds.items() if not nouns.isdisjoint(words)}


def _kinds_of_side(text: str, figure: CasualtyMention) -> set[str]:
    """Return the kinds of those whose losses a figure counts: "rebel losses at 60 dead", "the army lost nine men"."""
    before = text[max(figure.sentence_start, figure.start - _NEAR) : figure.start].lower()
    lost = not _LOST.isdisjoint(figure.surface.lower().split()[:1])
    side = (_WHO_LOST if lost else _LOSSES_OF).search(before)
    return set() if side is None else {kind for kind, nouns in _words().kinds.items() if side["side"] in nouns}


@dataclasses.dataclass(frozen=True, slots=True)
class _Words:
    more: frozenset[str]
    more_dead: frozenset[str]
    part: re.Pattern[str]
    natural: re.Pattern[str]
    died_later: re.Pattern[str]
    earlier: re.Pattern[str]
    kinds: dict[str, frozenset[str]]


@functools.cache
def _words() -> _Words:
    lexicon = read_lexicon("casualties")["sums"]
    return _Words(
        more=frozenset(lexicon["more"]),
        more_dead=frozenset(lexicon["more_dead"]),
        part=re.compile(lexicon["part"]),
        natural=re.compile(lexicon["natural"]),
        died_later=re.compile(lexicon["died_later"]),
        earlier=re.compile(lexicon["earlier"]),
        kinds={kind: frozenset(lexicon[kind]) for kind in _KINDS},
    )
