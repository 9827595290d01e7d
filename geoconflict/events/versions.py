"""One report's telling of an event as merging sees it: kin, place, days, sides, figures and words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from geoconflict.codes import ARMED_GROUPS, OF_STATES
from geoconflict.events.looking_back import Backwards, looking_back
from geoconflict.events.people import people_harmed, people_named, plain
from geoconflict.events.rules import Family, family_of, rules
from geoconflict.events.scenes import scenes_named, spots_hit
from geoconflict.events.surroundings import as_spoken
from geoconflict.models import Actor, Casualties, Count, DateBasis, DateSpan, EventMention, EventSource

__all__ = ["Sides", "Version", "canonical", "is_apart", "leaves_kind_open", "version_of"]

_FAR_FUTURE = dt.date.max
_BASIS_ORDER = {DateBasis.STATED: 0, DateBasis.RELATIVE: 1, DateBasis.PUBLISHED: 2}
_CLASH = "clash"
_CONTROL = "control"
_WORD = re.compile(r"[^\W\d_]+")

_NUMBER = re.compile(
    r"(?<![\w.,])(?:(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,6})|(?P<word>[A-Za-z]+(?:-[A-Za-z]+)?))(?![\w-])"
)

Range = tuple[float, float]
"""The lowest and the highest number of people that a figure allows."""


class Sides(NamedTuple):
    """Who did it and who suffered it, with the names that say no side: what one did, the other cannot have suffered.

    Armies and governments are named by their country, all others by their own name.
    """

    agents: frozenset[str]
    targets: frozenset[str]
    nations: frozenset[str] = frozenset()
    """The countries of all agents, or their names; armed groups by their names."""
    nations_hit: frozenset[str] = frozenset()
    """The countries of all targets, or their names; armed groups by their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A telling with what merging compares, worked out once."""

    source: EventSource
    family: Family
    generic: bool
    """Whether the word that tells it leaves open what kind of event it was."""
    may_be: frozenset[str]
    """The families of which its word may be: an explosion may be of a bomb or of a shell."""
    looks_back: bool
    """Whether its words take the event for known: "yesterday's bombing in X", "the attack on Y"."""
    recalled_in: str | None
    """The country in which words without a place take the event for known: "yesterday's bombings"; else None."""
    reaches_from: int | None
    """The first day on which that which its words take for known without a day may have been; None where they do not."""
    block: str
    """Only tellings of one block can be of one event told at one place: kin, place, and for long spans the span."""
    days: tuple[int, int] | None
    """First and last possible day (proleptic ordinals); None for long spans and where no day is known."""
    shares: tuple[float, ...]
    """How likely each of the days is meant."""
    has_day_beside: bool
    """Whether the shares are those of what its report tells before it, too."""
    is_open: bool
    """Whether its words leave open which of several days is meant: "overnight", but not "Sunday night"."""
    agents: frozenset[str]
    targets: frozenset[str]
    sides: Sides = field(repr=False)
    accuser: str | None
    """The side that says so of another; None when nobody says so, or of itself."""
    figures: tuple[tuple[str, Range], ...]
    numbers: frozenset[int]
    """The numbers in its quote, high enough to be telling: "29 people, nine of them journalists"."""
    is_another: bool
    """Whether its words set it apart from what the report has told before: "in a second incident"."""
    people: frozenset[str]
    """Who suffered it by name."""
    scenes: frozenset[str]
    """Names of spots in its quote: a hotel, a base."""
    spots: frozenset[str]
    """What was hit, by its common name: a market, a bus."""
    called: frozenset[str]
    """The names of its place, folded: that of the source of places and that of the report."""
    names: frozenset[str]
    """Names around it, folded, if it has no place as sharp as a town."""
    words: frozenset[str] = field(repr=False)
    order: tuple[int, dt.date, int, dt.date, str, int, str] = field(repr=False)

    @property
    def mention(self) -> EventMention:
        """The mention told."""
        return self.source.mention

    @property
    def trigger(self) -> tuple[str, int]:
        """The word of a report that tells it; the mentions of a list of places share one."""
        return self.mention.report_id, self.mention.trigger_start


def version_of(source: EventSource) -> Version:
    """Return what merging compares of a source."""
    mention = source.mention
    family = family_of(mention.event_type, mention.sub_event_type)
    days, shares, span = _days(mention.when, source.published_on)
    is_another = _is_another(source)
    own_shares = shares
    if days is not None and source.day_near is not None and not is_another:
        days, shares = _with_day_near(source.day_near, days, shares)
    told = _sides(mention)
    # Of a clash only the dead may be named, and those who attacked may be among them.
    sides = told if told.agents or family.name != _CLASH else Sides(frozenset(), frozenset())
    vague = rules().unspecific
    back = looking_back(source)
    words = _words(source.quote)
    block = f"{family.kin}\n{_place_key(source)}"
    if span is not None:
        block += f"\n{span or mention.mention_id}"
    if is_apart(source):
        block += f"\napart {source.review.apart if source.review else ''}"
    return Version(
        source=source,
        family=family,
        generic=leaves_kind_open(source),
        may_be=rules().open_words.get(_trigger_word(source), frozenset()),
        looks_back=back.is_known and back.names_place,
        recalled_in=_recalled_in(source, back),
        reaches_from=days[1] - rules().recall_days if days is not None and back.gives_no_day else None,
        block=block,
        days=days,
        shares=shares,
        has_day_beside=shares is not own_shares,
        is_open=len(shares) > 1 and not _names_day(mention.when),
        agents=told.agents - vague,
        targets=told.targets - vague,
        sides=sides,
        accuser=mention.claimed_for if mention.claimed_for not in sides.agents else None,
        figures=_figures(mention.casualties),
        numbers=_numbers(source.quote),
        is_another=is_another,
        people=_people(source, words),
        scenes=scenes_named(source.quote, words),
        spots=spots_hit(source.quote, *_trigger(source)),
        called=_called(source),
        names=_names(source, family),
        words=words,
        order=_order(source),
    )


def is_apart(source: EventSource) -> bool:
    """Return whether a reviewer parted a telling from the event that it was in: it joins none by itself."""
    return source.review is not None and source.review.apart is not None


def leaves_kind_open(source: EventSource) -> bool:
    """Return whether the word that tells an event does not tell of what kind it was: "the attack"."""
    return _trigger_word(source) in rules().generic_words


def canonical(versions: Iterable[Version]) -> list[Version]:
    """Return versions in the one order of merging: sharp dates first, so that vague versions join sharp ones."""
    return sorted(versions, key=lambda version: version.order)


def _days(when: DateSpan, published_on: dt.date | None) -> tuple[tuple[int, int] | None, tuple[float, ...], str | None]:
    """Return the days, their shares, and the name of a long span: empty where no day is known, None for a short one."""
    known = rules()
    if when.ends_on is None:
        return None, (), ""
    last = when.ends_on.toordinal()
    if when.starts_on is not None:
        first = when.starts_on.toordinal()
        if 0 <= last - first < known.longest_days:
            is_night = last - first == 1 and _names_night(when)
            return (first, last), known.night_shares if is_night else known.day_shares[last - first + 1], None
    elif when.basis is DateBasis.PUBLISHED or when.ends_on == published_on:
        first = max(1, last - known.fresh_days)
        return (first, last), known.fresh_shares[first - last - 1 :], None
    return None, (), f"{when.starts_on}..{when.ends_on}"


def _with_day_near(
    near: DateSpan, days: tuple[int, int], shares: tuple[float, ...]
) -> tuple[tuple[int, int], tuple[float, ...]]:
    """Return days and shares, half of which are those of what the report tells beside: it goes on with that as often as not."""
    other, other_shares, _ = _days(near, None)
    known = rules()
    if other is None or other[1] > days[1] or other[0] < days[1] - known.recall_days:
        return days, shares
    first = min(days[0], other[0])
    spread = [0.0] * (days[1] - first + 1)
    for (start, _end), part, weight in ((days, shares, 1 - known.day_beside), (other, other_shares, known.day_beside)):
        for at, share in enumerate(part, start=start - first):
            spread[at] += weight * share
    return (first, days[1]), tuple(spread)


def _names_day(when: DateSpan) -> bool:
    surface = (when.surface or "").casefold()
    return any(name in surface for name in rules().named_days)


def _names_night(when: DateSpan) -> bool:
    """Return whether the words are of the night of a day by name, "Friday night", and not of the morning after."""
    words = (when.surface or "").casefold().split()
    return _names_day(when) and words[-1] in rules().night_words


def _place_key(source: EventSource) -> str:
    if source.place is not None:
        return source.place.place_id
    place = source.mention.place
    if place is not None:  # a village that no source at hand has, in whatever spelling
        return f"unlocated {as_spoken(place.surface) or place.surface.casefold()}"
    return f"unlocated {' '.join(source.quote.split()).casefold()}"


def _names(source: EventSource, family: Family) -> frozenset[str]:
    """Return the names around a telling. What is not known by name may be a hotel of the town beside it; what is captured is a village."""
    is_village = source.place is None and source.mention.place is not None and family.name == _CONTROL
    return frozenset(() if is_village else source.names)


def _called(source: EventSource) -> frozenset[str]:
    surface = source.mention.place.surface if source.mention.place else ""
    return frozenset(plain(name) for name in (surface, source.place.name if source.place else "") if name)


def _is_another(source: EventSource) -> bool:
    before = source.quote[: max(0, source.mention.trigger_start - source.quote_start)]
    folded = before.casefold()
    return not rules().another_words.isdisjoint(_WORD.findall(folded)) or any(
        phrase in folded for phrase in rules().another_phrases
    )


def _people(source: EventSource, words: frozenset[str]) -> frozenset[str]:
    """Return who suffered it by name; a place of that name is nobody."""
    known = rules()
    if known.harm_did.isdisjoint(words) and known.harm_suffered.isdisjoint(words):
        return frozenset()
    found = people_harmed(source.quote, *_trigger(source))
    if not found:
        return found
    places = {source.mention.place.surface if source.mention.place else "", source.place.name if source.place else ""}
    return found - {key for place in places for key in people_named(place)}


def _recalled_in(source: EventSource, back: Backwards) -> str | None:
    """Return the country that a report is about, or the only one of which it names a place, if it takes the event for known."""
    if source.place is not None or not back.is_known:
        return None
    country = source.country.country if source.country else None
    if country is None and len(source.countries) == 1:
        country = source.countries[0]
    return country or None


def _trigger_word(source: EventSource) -> str:
    """Return the first word of what tells the event, folded."""
    start = source.mention.trigger_start - source.quote_start
    found = _WORD.search(source.quote, max(0, start), max(0, source.mention.trigger_end - source.quote_start))
    return found.group().casefold() if found else ""


def _trigger(source: EventSource) -> tuple[int, int]:
    """Return where what tells the event stands in the quote."""
    return source.mention.trigger_start - source.quote_start, source.mention.trigger_end - source.quote_start


def _sides(mention: EventMention) -> Sides:
    of = {part: [actor for actor in mention.actors if actor.part == part] for part in ("agent", "target")}
    return Sides(
        frozenset(map(_side, of["agent"])),
        frozenset(map(_side, of["target"])),
        frozenset(map(_nation, of["agent"])),
        frozenset(map(_nation, of["target"])),
    )


def _side(actor: Actor) -> str:
    return (actor.country if actor.kind in OF_STATES else None) or actor.name


def _nation(actor: Actor) -> str:
    """Return the country of an actor; an armed group that fights its country does not stand for it."""
    return (actor.country if actor.kind not in ARMED_GROUPS else None) or actor.name


def _figures(casualties: Casualties | None) -> tuple[tuple[str, Range], ...]:
    if casualties is None:
        return ()
    told = (("killed", casualties.killed), ("wounded", casualties.wounded))
    return tuple((measure, bounds) for measure, count in told if count is not None and (bounds := _range(count)))


def _numbers(quote: str) -> frozenset[int]:
    """Return the numbers in some words, below a hundred also those written out, from that on which is telling."""
    values = rules().number_values
    found = set()
    for match in _NUMBER.finditer(quote):
        if match["digits"]:
            found.add(int(match["digits"].replace(",", "")))
            continue
        first, hyphen, second = match["word"].casefold().partition("-")
        if first in values and (not hyphen or second in values):
            found.add(values[first] + (values[second] if hyphen else 0))
    return frozenset(number for number in found if number >= rules().telling)


def _range(count: Count) -> Range | None:
    if count.best is not None:
        return count.best, count.best
    if count.low is None and count.high is None:
        return None
    return count.low or 0, float("inf") if count.high is None else count.high


def _words(quote: str) -> frozenset[str]:
    known = rules()
    found = (word.casefold() for word in _WORD.findall(quote) if len(word) >= known.least_letters)
    return frozenset(word for word in found if word not in known.stop_words)


def _order(source: EventSource) -> tuple[int, dt.date, int, dt.date, str, int, str]:
    mention = source.mention
    when = mention.when
    end = when.ends_on or _FAR_FUTURE
    length = (end - when.starts_on).days if when.starts_on else 10**6
    return (
        length,
        when.starts_on or end,
        _BASIS_ORDER[when.basis],
        source.published_on or _FAR_FUTURE,
        mention.report_id,
        mention.trigger_start,
        mention.mention_id,
    )
