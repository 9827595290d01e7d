"""How alike two tellings are: pieces of evidence, each with its weight, and what rules out that they are of one event.

The pieces add up; from ``rules().joins`` on two tellings are of one event. docs/events.md lists them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from geoconflict.codes import ARMED_GROUPS, are_of_crowd_and_arms, are_of_state_and_group, goes_on_to_kill
from geoconflict.events.figures import figures_contradict, harm_many, likeness_of_figures
from geoconflict.events.likeness_of_places import (
    in_one_sentence,
    likeness_of_places,
    name_one_spot,
    named_beside,
    names_in_common,
    sets_apart,
)
from geoconflict.events.rules import rules
from geoconflict.events.versions import Sides, Version
from geoconflict.models import ActorKind, DateBasis, EventType, PlacePrecision, Status

__all__ = [
    "days_likelihood",
    "leave_kind_open",
    "score",
    "sides_reversed",
    "tells_of_before",
    "weigh",
]

Piece = tuple[str, float]
"""The name of an evidence in the rules, and what it adds."""

_NOT_DONE = (Status.SCHEDULED, Status.HYPOTHETICAL)

_TOO_WIDE = (PlacePrecision.REGION, PlacePrecision.COUNTRY, PlacePrecision.SEA, PlacePrecision.LINE)
"""Where more than one thing happens within days."""
_CLAUSE_END = re.compile(r"[.;:,](?:\s|$)")
_FIRED_AND_MET = {"strike", "interception"}
"""Families of what one side fires and the other shoots down; a report that tells both tells two."""


def score(a: Version, b: Version) -> float:
    """Return the sum of the evidence that two tellings, which nothing rules out, are of one event."""
    return sum(added for _, added in weigh(a, b))


def weigh(a: Version, b: Version) -> Iterator[Piece]:
    """Yield the pieces of evidence for two tellings. The order of the two does not matter."""
    weights = rules().weights
    yield from _of_kinds(a, b)
    name = likeness_of_places(a, b)
    yield name, weights[name]
    met = _of_days(a, b)
    yield met
    may_be_next_day = met[0] == "days" and met[1] < 0
    yield from _of_doers(a, b)
    yield from _of_people_and_spots(a, b)
    yield from _of_figures(a, b, may_be_next_day=may_be_next_day)
    if a.mention.report_id == b.mention.report_id:
        name = _one_report(a, b)
        yield name, weights[name]
    elif share := _words_beyond_usual(a, b):
        yield (
            "words_shared",
            weights["words_shared"] * (share if not may_be_next_day else min(share, rules().next_day_words)),
        )
    statuses = a.mention.status, b.mention.status
    if Status.HYPOTHETICAL in statuses and any(status not in _NOT_DONE for status in statuses):
        yield "never_done", weights["never_done"]
    elif (statuses[0] in _NOT_DONE) != (statuses[1] in _NOT_DONE):
        yield "other_status", weights["other_status"]


def _of_kinds(a: Version, b: Version) -> Iterator[Piece]:
    weights = rules().weights
    name = _kind(a, b)
    yield name, weights[name]
    is_answered = any(_by_air_and_by_rebels(*both) or _hits_doers(*both) for both in ((a, b), (b, a)))
    if name == "generic" and is_answered:
        yield "ground_and_air", weights["ground_and_air"]
    if a.family.seldom and b.family.seldom:
        yield "seldom", weights["seldom"]


def _of_days(a: Version, b: Version) -> Piece:
    weights = rules().weights
    if a.days is None or b.days is None:
        return "same_span", weights["same_span"]
    met = weights["days"] * _days(days_likelihood(a, b))
    if met < weights["days_before"] and tells_of_before(a, b):
        return "days_before", weights["days_before"]
    return "days", met


def _of_doers(a: Version, b: Version) -> Iterator[Piece]:
    weights = rules().weights
    for mine, others, part in ((a.agents, b.agents, "agents"), (a.targets, b.targets, "targets")):
        if mine and others:
            if mine & others:
                yield f"{part}_agree", weights[f"{part}_agree"]
            elif part == "agents" and not _may_be_one_side(a, b):
                name = "accusations_crossed" if _accuse_each_other(a, b) else "agents_differ"
                yield name, weights[name]
    if a.mention.report_id == b.mention.report_id and (_is_taken_back(a, b) or _is_taken_back(b, a)):
        yield "taken_back", weights["taken_back"]
    if _recalls(a, b) or _recalls(b, a):
        yield "recalled", weights["recalled"]


def _of_people_and_spots(a: Version, b: Version) -> Iterator[Piece]:
    weights = rules().weights
    are_two_reports = a.mention.report_id != b.mention.report_id
    if a.people & b.people:
        yield "same_people", weights["same_people"]
    elif a.people and b.people and are_two_reports and not (a.family.seldom or harm_many(a) or harm_many(b)):
        yield "other_people", weights["other_people"]
    if name_one_spot(a, b) and a.block != b.block:
        yield "same_scene", weights["same_scene"]
    elif named_beside(a, b):
        name = "named_beside_country" if _is_of_country(a) or _is_of_country(b) else "named_beside"
        yield name, weights[name]
    elif names_in_common(a, b):
        yield "names_shared", weights["names_shared"]


def _of_figures(a: Version, b: Version, *, may_be_next_day: bool) -> Iterator[Piece]:
    weights = rules().weights
    are_two_reports = a.mention.report_id != b.mention.report_id
    found = likeness_of_figures(a, b)
    if a.spots & b.spots and not may_be_next_day and are_two_reports:
        yield "spots_agree", weights["spots_agree"]
    elif not a.spots & b.spots and a.spots and b.spots and found in {"figures_differ", "figures_far_apart"}:
        yield "spots_differ", weights["spots_differ"]
    if found is not None and not (may_be_next_day and found == "same_small_figures"):
        yield found, weights[found]


def _kind(a: Version, b: Version) -> str:
    if a.mention.sub_event_type == b.mention.sub_event_type and a.family == b.family:
        return "same_sub_type"
    if a.family == b.family:
        return "same_family"
    if leave_kind_open(a, b):
        return "generic"
    if {a.family.name, b.family.name} == _FIRED_AND_MET and a.mention.report_id != b.mention.report_id:
        return "intercepted"
    if in_one_sentence(a, b):
        return "kin_in_one_sentence"
    return "hand_in_hand" if {a.family.name, b.family.name} in rules().hand_in_hand else "kin"


def leave_kind_open(a: Version, b: Version) -> bool:
    """Return whether the word of one leaves open that it was of the kind of the other."""
    if a.generic or b.generic:
        return True
    return any(one.family.name in other.may_be and other.family.name in other.may_be for one, other in ((a, b), (b, a)))


def _by_air_and_by_rebels(air: Version, ground: Version) -> bool:
    """Whether one is of the air, done by no rebels, and the other a deed of rebels: their "attack" was none from the air."""
    if air.mention.sub_event_type not in rules().from_the_air or air.generic or air.may_be:
        return False
    return not _by_rebels(air) and _by_rebels(ground)


def _hits_doers(blow: Version, ground: Version) -> bool:
    """Whether one is a blow from afar at rebels, by no rebels, and the other a deed of rebels: "jets bombed rebel positions"."""
    if blow.mention.event_type is not EventType.EXPLOSIONS or ground.mention.event_type is EventType.EXPLOSIONS:
        return False
    is_at_rebels = any(one.part == "target" and one.kind in ARMED_GROUPS for one in blow.mention.actors)
    return is_at_rebels and not _by_rebels(blow) and _by_rebels(ground)


def _by_rebels(version: Version) -> bool:
    return any(one.part == "agent" and one.kind in ARMED_GROUPS for one in version.mention.actors)


def _is_of_country(version: Version) -> bool:
    place = version.source.place
    return place is not None and place.precision is PlacePrecision.COUNTRY


# ---------------------------------------------------------------- days
def days_likelihood(a: Version, b: Version) -> float:
    """Return how likely it is that both mean one day, 0 to 1; 0 where their days do not meet."""
    if a.days is None or b.days is None:
        return 0.0
    first, last = max(a.days[0], b.days[0]), min(a.days[1], b.days[1])
    if first <= last and _says_what_came(a, b):
        return 1.0
    return sum(_share(a, b, day) * _share(b, a, day) for day in range(first, last + 1))


def tells_of_before(a: Version, b: Version) -> bool:
    """Return whether one of two takes for known, without a day, what the other, which was published no later, may tell."""
    return _reaches(a, b) or _reaches(b, a)


def _reaches(later: Version, earlier: Version) -> bool:
    if later.reaches_from is None or earlier.days is None or later.days is None:
        return False
    is_wide = any(one.source.place is not None and one.source.place.precision in _TOO_WIDE for one in (later, earlier))
    if is_wide and not named_beside(later, earlier):
        return False
    published, before = later.source.published_on, earlier.source.published_on
    is_later = published is None or before is None or before <= published
    return is_later and later.reaches_from <= earlier.days[1] and earlier.days[0] <= later.days[1]


def _share(of: Version, other: Version, day: int) -> float:
    """Return how likely `of` means a day; news is less likely of a day that the other, earlier report could tell of."""
    if of.days is None:
        return 0.0
    share = of.shares[day - of.days[0]]
    published, before = of.source.published_on, other.source.published_on
    # What ends before the day of its report is looked back at, and an earlier report may well have told it.
    is_news = of.is_open and published is not None and of.days[1] >= published.toordinal()
    if is_news and (of.looks_back or of.recalled_in or of.people & other.people):
        return share if of.has_day_beside else 1 / len(of.shares)
    if is_news and published and before and before < published and day <= before.toordinal():
        share *= rules().told_before_seldom if of.family.seldom else rules().told_before
    return share


def _days(likelihood: float) -> float:
    known = rules()
    if likelihood <= 0:
        return known.least_days
    return max(known.least_days, math.log(likelihood / known.chance))


# ---------------------------------------------------------------- sides and figures
def sides_reversed(a: Sides, b: Sides) -> bool:
    """Return whether the one who did it in one telling is the one who suffered it in the other."""
    if a.agents & b.agents:
        return False
    if a.agents & b.targets or b.agents & a.targets:
        return True
    # Between states, their civilians stand for them; within one, the army may have killed civilians of its own country.
    between = bool(a.agents and b.agents) and not a.nations & b.nations
    return between and bool(a.nations & b.nations_hit or b.nations & a.nations_hit)


def _may_be_one_side(a: Version, b: Version) -> bool:
    """Whether who did it in one may be who did it in the other, under another name: rebels and a group, an alliance and a member."""
    return any(_may_be_any(*both) or _are_allied(*both) for both in ((a, b), (b, a))) or bool(
        _rebels_of(a) & _rebels_of(b)
    )


def _are_allied(a: Version, b: Version) -> bool:
    """Whether an alliance did it in `a`, and one of its members in `b`."""
    known = rules().alliances
    return any(not known[name].isdisjoint(b.agents) for name in a.agents if name in known)


def _may_be_any(a: Version, b: Version) -> bool:
    """Whether `a` says no more than that rebels did it, and `b` names some."""
    if not a.agents <= rules().any_rebels:
        return False
    return any(one.part == "agent" and one.kind in ARMED_GROUPS for one in b.mention.actors)


def _rebels_of(version: Version) -> set[str]:
    """Return the countries of the armed groups that did it: one report names the group, the other those that it is part of."""
    actors = version.mention.actors
    return {one.country for one in actors if one.part == "agent" and one.kind in ARMED_GROUPS and one.country}


def _is_taken_back(a: Version, b: Version) -> bool:
    """Whether a state's forces took what, as the same report says, armed groups took as well."""
    mine, others = a.mention, b.mention
    are_captures = (mine.sub_event_type, others.sub_event_type) == (
        "Government regains territory",
        "Non-state actor overtakes territory",
    )
    takers = [{one.kind for one in each.actors if one.part == "agent"} for each in (mine, others)]
    return are_captures and takers[0] == {ActorKind.STATE_FORCES} and bool(takers[1]) and takers[1] <= ARMED_GROUPS


def _accuse_each_other(a: Version, b: Version) -> bool:
    """Whether each telling is the word of the side that the other says did it: X accuses Y, and Y accuses X."""
    return a.accuser in b.agents and b.accuser in a.agents


# ---------------------------------------------------------------- the text
def _one_report(a: Version, b: Version) -> str:
    if _are_of_two_sides(a, b):
        return "two_versions"
    mine, others = a.source.place, b.source.place
    if mine is not None and others is not None and mine.place_id != others.place_id:
        return "both_places_named"
    if are_of_state_and_group(a.mention, b.mention) or are_of_crowd_and_arms(a.mention, b.mention):
        return "told_as_another"
    if in_one_sentence(a, b):
        is_another = _answers(a, b) or sets_apart(a, b) or _kills_amid_fighting(a, b)
        return "told_as_another" if is_another else "same_sentence"
    if goes_on_to_kill(a.mention, b.mention) or goes_on_to_kill(b.mention, a.mention):
        return "told_as_another"
    later = max(a, b, key=lambda one: one.mention.trigger_start)
    # Repeats with figures that fit are one mention by now: a deed with others is another, "12 more were killed" need not be.
    if later.is_another or (figures_contradict(a, b) and not later.generic):
        return "told_as_another"
    return "place_taken_over" if _goes_on(a, b) or _goes_on(b, a) else "same_report"


def _says_what_came(a: Version, b: Version) -> bool:
    """Whether a clause without a day says what came of an event with one: "yesterday's attack in X, which killed ten"."""
    event, clause = sorted((a, b), key=lambda one: one.mention.trigger_start)
    named = [one.mention.when.basis is not DateBasis.PUBLISHED for one in (event, clause)]
    if named != [True, False] or not in_one_sentence(a, b):
        return False
    return _between(a, b).split()[-1:] in (["that"], ["which"])


def _answers(a: Version, b: Version) -> bool:
    """Whether a sentence says of the two that one brought the other about."""
    last = max(a, b, key=lambda one: one.mention.trigger_start)
    after = _CLAUSE_END.split(last.source.quote[max(0, last.mention.trigger_end - last.source.quote_start) :])[0]
    between = f"{_between(a, b)} {after.casefold()}"
    return any(words in between for words in rules().causes)


def _kills_amid_fighting(a: Version, b: Version) -> bool:
    """Whether a sentence tells of fighting, and of civilians whom somebody killed beside it: "fighting raged in X, where Y executed".

    The civilians who only die of the fighting are told by its own words.
    """
    told = {one.mention.event_type: one.mention for one in (a, b)}
    fight = told.get(EventType.BATTLES)
    killing = told.get(EventType.VIOLENCE_AGAINST_CIVILIANS) or told.get(EventType.RIOTS)
    if fight is None or killing is None or not fight.reasons or not fight.reasons[0].startswith("clash:"):
        return False
    kinds = {(one.part, one.kind) for one in killing.actors}
    return ("target", ActorKind.CIVILIANS) in kinds and any(part == "agent" for part, _ in kinds)


def _between(a: Version, b: Version) -> str:
    """Return the words of their sentence between what tells one and what tells the other, folded."""
    first, last = sorted(one.mention.trigger_start - one.source.quote_start for one in (a, b))
    return a.source.quote[max(0, first) : max(0, last)].casefold()


def _recalls(a: Version, b: Version) -> bool:
    """Whether `a`, without a place, takes for known what `b` tells of its country; within one report it means the one told there."""
    place = b.source.place
    is_told = a.recalled_in is not None and place is not None and place.country == a.recalled_in
    return is_told and a.mention.report_id != b.mention.report_id


def _goes_on(a: Version, b: Version) -> bool:
    """Whether the sentence of `a` names no place, so that it has the one that the sentence of `b` names."""
    mine, others = a.mention.place, b.mention.place
    if mine is None or others is None or mine.start != others.start:
        return False
    first, last = a.source.quote_start, a.source.quote_start + len(a.source.quote)
    return not first <= mine.start < last and not figures_contradict(a, b)


def _are_of_two_sides(a: Version, b: Version) -> bool:
    """Whether two who are named tell what happened where the report named a place but once."""
    one, other = a.mention, b.mention
    if (
        one.place is None
        or other.place is None
        or (one.place.start, one.place.end) != (other.place.start, other.place.end)
    ):
        return False
    if one.status in _NOT_DONE or other.status in _NOT_DONE or _kind(a, b) in {"kin", "hand_in_hand"}:
        return False
    if a.targets and b.targets and not a.targets & b.targets:
        return False
    return bool(one.claimed_by and other.claimed_by) and one.claimed_by != other.claimed_by


def _words_beyond_usual(a: Version, b: Version) -> float:
    known = rules()
    least = min(len(a.words), len(b.words))
    if least < known.least_words:
        return 0.0
    share = len(a.words & b.words) / least
    if share >= known.same_words:
        share = 1.0
    return max(0.0, share - known.usual_words)
