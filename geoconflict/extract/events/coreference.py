"""One event told several times in one report becomes one mention: the one that says most.

Two sides' versions stay apart, and so do different days and different places.
"""

from __future__ import annotations

import bisect
import dataclasses
import functools
import heapq
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from geoconflict.codes import are_of_state_and_group, goes_on_to_kill
from geoconflict.extract.casualties.sums import are_of_other_kinds, united
from geoconflict.extract.events.doers_told import (
    contradicts,
    strikes_back,
)
from geoconflict.extract.events.folding import folded
from geoconflict.extract.events.kinds_told import (
    are_of_one_kind,
    is_fighting,
    is_generic,
    is_of_another_word,
    takes_territory,
)
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.models import (
    Casualties,
    DateBasis,
    DateSpan,
    EventMention,
    EventType,
    Status,
)

__all__ = ["fold_repeats"]

_NEARBY_CHARS = 2500
_NEWS_DAYS = 31
"""How far before the report the event of its headline may lie."""
_KNOWN_DAYS = 14
"""How far before the report a day may lie on which what it takes for known happened."""


def _united(fuller: EventMention, other: EventMention) -> Casualties | None:
    return united(fuller.casualties, other.casualties)


def fold_repeats(
    mentions: Sequence[EventMention],
    pointing_back: frozenset[str],
    side_of: Callable[[str | None], str | None],
    headline_end: int = 0,
    *,
    set_apart: frozenset[str] = frozenset(),
    wide: frozenset[str] = frozenset(),
    begun: frozenset[str] = frozenset(),
    unite: Callable[[EventMention, EventMention], Casualties | None] = _united,
) -> tuple[EventMention, ...]:
    """Return the mentions in text order with repetitions folded into the fullest telling of the event.

    Parameters
    ----------
    pointing_back
        Ids of the mentions told by a definite noun without a place: "the attack", "this crime". They repeat the nearest
        event of their kind told before, on whoever's word.
    side_of
        Claimant -> the side that it speaks for: two spokesmen of one side tell one version.
    headline_end
        Offset behind a headline that the text begins with; 0 is none. What it tells without a day and a place, the body
        tells again.
    set_apart
        Ids of the mentions of a place that is named and not known, or told apart ("another attack"): they repeat nothing
        that was told before.
    wide
        Ids of the mentions of a country, a province or a region: of what a headline tells of one, the body names the place.
    begun
        Ids of the mentions from which on something is counted: "since the assault began on Saturday". They give their day to
        nothing that was told without one.
    unite
        The fuller of two tellings and the other -> the casualties of both.
    """
    if len(mentions) > 1:
        side_of = functools.cache(side_of)
    kept: list[EventMention] = []
    told_of: dict[str | None, list[int]] = {None: []}
    """Place name, None for no place, -> where in `kept` its events are, in order."""
    for mention in sorted(mentions, key=lambda one: (one.trigger_start, one.start, one.mention_id)):
        if mention.mention_id in pointing_back and _doubts_the_known(mention, kept):
            continue
        is_apart = mention.mention_id in set_apart
        known = () if is_apart else _candidates(_name_of(mention), told_of, len(kept))
        if mention.mention_id in pointing_back and not is_generic(mention):
            known = sorted(known, key=lambda at: is_of_another_word(kept[at], mention))
        passed = -1
        for at in known:
            other = kept[at]
            if other.place is None and at < passed:
                continue  # "the attack there", of which something was told: not what was told of nowhere before that
            if mention.mention_id in pointing_back and other.place is not None and mention.place is not None:
                passed = max(passed, at)
            is_known_place = mention.place is not None and other.place is None and other.mention_id in set_apart
            if is_known_place or _are_two_versions(other, mention):
                continue
            if mention.mention_id in begun and _are_dated_apart(other.when, mention.when):
                continue
            is_known = other.mention_id in pointing_back and other.place is None
            if _same(other, mention, side_of, headline_end, is_known=is_known) or (
                mention.mention_id in pointing_back and _points_at(mention, other)
            ):
                kept[at] = folded(other, mention, unite, side_of)
                if other.place is None and mention.place is not None:
                    told_of[None].remove(at)
                    bisect.insort(told_of.setdefault(_name_of(mention), []), at)
                break
        else:
            told_of.setdefault(_name_of(mention), []).append(len(kept))
            kept.append(mention)
    return _without_headlines(kept, headline_end, wide - set_apart, unite, side_of)


def _without_headlines(
    mentions: Sequence[EventMention],
    headline_end: int,
    wide: frozenset[str],
    unite: Callable[[EventMention, EventMention], Casualties | None],
    side_of: Callable[[str | None], str | None],
) -> tuple[EventMention, ...]:
    """Return mentions with what a headline tells of a country folded into the telling of the body that names the place."""
    kept = list(mentions)
    for headline in mentions:
        is_wide = headline.trigger_start < headline_end and headline.mention_id in wide
        if not is_wide or headline.when.basis is not DateBasis.PUBLISHED:
            continue
        body = [one for one in kept if one.trigger_start >= headline_end]
        told = next((one for one in body if one.place is not None and _tells_headline(headline, one, body[0])), None)
        if told is not None:
            kept[kept.index(told)] = folded(dataclasses.replace(headline, place=None), told, unite, side_of)
            kept.remove(headline)
    return tuple(kept)


def _tells_headline(headline: EventMention, told: EventMention, first: EventMention) -> bool:
    """Whether the body tells here of what its headline does: with the same dead, or, where that counts none, first of all."""
    if headline.status is not told.status and Status.CLAIMED not in (headline.status, told.status):
        return False
    killed = [one.casualties.killed if one.casualties is not None else None for one in (headline, told)]
    # "37 killed in ambush", which the body tells of civilians: one count of dead is of one event.
    is_one_count = killed[0] is not None and killed[0] == killed[1]
    is_armed = {headline.event_type, told.event_type} <= ARMED_EVENTS
    if not (is_one_count and is_armed) and not are_of_one_kind(
        dataclasses.replace(headline, place=None), told, strict=False
    ):
        return False
    if not _may_be_the_news(headline, told) or contradicts(headline.actors, told.actors):
        return False
    return told is first if killed[0] is None else killed[1] is not None


def _name_of(mention: EventMention) -> str | None:
    return None if mention.place is None else _folded_name(mention.place.surface)


def _candidates(name: str | None, told_of: Mapping[str | None, Sequence[int]], n_kept: int) -> Iterable[int]:
    """Return which of the events before may be the same, the nearest first: none of another place."""
    if name is None:
        return range(n_kept - 1, -1, -1)
    return heapq.merge(reversed(told_of.get(name, ())), reversed(told_of[None]), reverse=True)


def _are_two_versions(first: EventMention, second: EventMention) -> bool:
    """Whether two who are named give other figures of one place, named once: both stay, each with the one who says so.

    Merging makes one event of them; of no place, or of one named again, it could make two.
    """
    if first.place is None or second.place is None or first.place.start != second.place.start:
        return False
    if first.claimed_by is None or second.claimed_by is None or first.claimed_by == second.claimed_by:
        return False
    mine, others = first.casualties, second.casualties
    if mine is None or others is None:
        return False
    pairs = ((mine.killed, others.killed), (mine.wounded, others.wounded), (mine.captured, others.captured))
    return any(one is not None and other is not None and one != other for one, other in pairs)


def _doubts_the_known(mention: EventMention, told: Iterable[EventMention]) -> bool:
    """Whether only who did it is in doubt of what was told as a fact: "if the rebels carried out the attack, talks will end"."""
    if mention.status is not Status.HYPOTHETICAL:
        return False
    bare = dataclasses.replace(mention, status=Status.OCCURRED, actors=())
    facts = (one for one in told if one.status in (Status.OCCURRED, Status.CLAIMED))
    return any(_points_at(bare, one) for one in facts)


def _points_at(mention: EventMention, other: EventMention) -> bool:
    if Status.HYPOTHETICAL in (mention.status, other.status) or mention.event_type is EventType.DIPLOMACY:
        return False
    same_place = (
        mention.place is None
        or other.place is None
        or _folded_name(mention.place.surface) == _folded_name(other.place.surface)
    )
    is_capture = (
        takes_territory(other)
        and is_fighting(mention)
        and (mention.when.basis is DateBasis.PUBLISHED or _same_days(other.when, mention.when))
    )
    return (
        same_place
        and (is_capture or are_of_one_kind(other, mention, strict=False, pointing=True))
        and not contradicts(other.actors, mention.actors)
    )


def _same(
    first: EventMention,
    second: EventMention,
    side_of: Callable[[str | None], str | None],
    headline_end: int,
    *,
    is_known: bool,
) -> bool:
    if (first.status is Status.SCHEDULED) != (second.status is Status.SCHEDULED):
        return False
    if (first.status is Status.HYPOTHETICAL) != (second.status is Status.HYPOTHETICAL):
        return False
    if Status.DENIED in (first.status, second.status) and first.status is not second.status:
        return False
    two_claims = bool(first.claimed_by and second.claimed_by) and Status.CLAIMED in (first.status, second.status)
    if two_claims and first.claimed_by != second.claimed_by:
        sides = {side_of(first.claimed_by), side_of(second.claimed_by)}
        if len(sides) > 1 and None not in sides:
            return False
        if first.place is None and second.place is not None:
            return False  # "274 died, the hospital said. Y said it had fired at X": nobody tells that they died there
        if None in (first.place, second.place) and are_of_other_kinds(first.casualties, second.casualties):
            return (
                False  # "X said 12 rebels had died. The rebels said they had killed 18 soldiers": of what, nobody says
            )
    if first.trigger_start < headline_end and first.place is None and first.when.basis is DateBasis.PUBLISHED:
        if not _may_be_the_news(first, second):
            return False
    elif not _same_days(first.when, second.when) and not (is_known and _lies_before(first.when, second.when)):
        return False
    if first.place is not None and second.place is not None:
        same_place = _folded_name(first.place.surface) == _folded_name(second.place.surface)
        is_other = strikes_back(first, second) or are_of_state_and_group(first, second)
        return same_place and are_of_one_kind(first, second, strict=False) and not is_other
    if not are_of_one_kind(first, second, strict=first.event_type is EventType.DIPLOMACY):
        return False
    if abs(second.trigger_start - first.trigger_start) > _NEARBY_CHARS or _is_begun_anew(first, second):
        return False
    if first.place is None and second.place is not None and _have_other_dead(first, second):
        return False
    # A telling without a place repeats one with a place, unless it brings its own parties.
    return not contradicts(first.actors, second.actors) and not goes_on_to_kill(first, second)


def _have_other_dead(first: EventMention, second: EventMention) -> bool:
    """Whether two tellings of other kinds count other dead: "a bomb killed 11. Gunmen shot a driver dead in X"."""
    if first.event_type is second.event_type or first.casualties is None or second.casualties is None:
        return False
    killed = (first.casualties.killed, second.casualties.killed)
    return killed[0] is not None and killed[1] is not None and killed[0] != killed[1]


def _is_begun_anew(first: EventMention, second: EventMention) -> bool:
    """Whether a place without a day follows on a day without a place, by a word of another kind and of nobody told of before.

    "In response to Monday's shelling, which killed five ... A patrol came under fire in X."
    """
    names = [{actor.name for actor in mention.actors} for mention in (first, second)]
    return (
        first.event_type is not second.event_type
        and first.place is None
        and second.place is not None
        and first.when.basis is not DateBasis.PUBLISHED
        and second.when.basis is DateBasis.PUBLISHED
        and bool(names[0])
        and bool(names[1])
        and names[0].isdisjoint(names[1])
    )


def _may_be_the_news(headline: EventMention, told: EventMention) -> bool:
    """Whether the body may tell here of what the headline does, whose day is that of the report alone.

    The dead of a headline are not those of another kind of event that tells of none.
    """
    last, day = headline.when.ends_on, told.when.ends_on
    if last is not None and day is not None and not 0 <= (last - day).days <= _NEWS_DAYS:
        return False
    killed = [one.casualties.killed if one.casualties is not None else None for one in (headline, told)]
    if killed[0] is None:
        return True
    if killed[1] is None:
        return headline.event_type is told.event_type
    return killed[0].best is None or killed[1].best is None or killed[0].best == killed[1].best


@functools.lru_cache(maxsize=4096)
def _folded_name(surface: str) -> str:
    """Return a place name without case, accents and spaces, so that two spellings of one report meet."""
    decomposed = unicodedata.normalize("NFKD", surface.casefold().replace("\u0131", "i").replace("\u0259", "a"))
    return "".join(char for char in decomposed if char.isalnum())


def _same_days(first: DateSpan, second: DateSpan) -> bool:
    if DateBasis.PUBLISHED in (first.basis, second.basis):
        return first.basis is second.basis or first.ends_on == second.ends_on or _near_publication(first, second)
    if first.starts_on is None or first.ends_on is None or second.starts_on is None or second.ends_on is None:
        return first.starts_on == second.starts_on or first.ends_on == second.ends_on
    return first.starts_on <= second.ends_on and second.starts_on <= first.ends_on


def _are_dated_apart(told: DateSpan, begun: DateSpan) -> bool:
    """Whether only the second has a day of its own."""
    return told.basis is DateBasis.PUBLISHED and begun.basis is not DateBasis.PUBLISHED


def _near_publication(first: DateSpan, second: DateSpan) -> bool:
    """Whether one telling without a date may repeat one with a date of the last days."""
    dated, open_ = (second, first) if first.basis is DateBasis.PUBLISHED else (first, second)
    if dated.ends_on is None or open_.ends_on is None:
        return False
    return 0 <= (open_.ends_on - dated.ends_on).days <= 3


def _lies_before(known: DateSpan, told: DateSpan) -> bool:
    """Whether what is taken for known, on no day of its own, may have happened on a day told afterwards.

    "The group claimed the attack on the judge. She was shot on Friday."
    """
    if known.basis is not DateBasis.PUBLISHED or known.ends_on is None or told.ends_on is None:
        return False
    return 0 <= (known.ends_on - told.ends_on).days <= _KNOWN_DAYS
