"""A report of a vaguer place, or of none, may support an event told of a sharper one, which it never moves.

"Shelling in Tartar district" supports "shelling of Tartar" when type, day, sides and figures agree and when no other event
fits: of two that fit, none is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from geoconflict.events.extent import holds
from geoconflict.events.figures import figures_contradict, have_same_figures, likeness_of_figures, rises
from geoconflict.events.gathering import mean_score
from geoconflict.events.likeness import days_likelihood, leave_kind_open, sides_reversed, tells_of_before
from geoconflict.events.likeness_of_places import (
    HOLD_PLACES,
    in_one_sentence,
    name_one_place,
    name_one_spot,
    names_in_common,
)
from geoconflict.events.rules import rules
from geoconflict.events.surroundings import as_spoken, is_rare
from geoconflict.events.versions import Version, is_apart
from geoconflict.geo import METRES_A_DEGREE, distance_m
from geoconflict.ledger import CoreRow
from geoconflict.models import EventMention, EventType, Place, PlacePrecision

__all__ = ["Core", "core_of", "may_support", "objection", "supported", "supported_by", "supporters_of", "ties_of"]

_LEVELS = {
    PlacePrecision.EXACT: "sharp",
    PlacePrecision.TOWN: "sharp",
    PlacePrecision.NEAR: "near",
    PlacePrecision.AREA: "vague",
    PlacePrecision.ADMIN2: "vague",
    PlacePrecision.ADMIN1: "province",
    PlacePrecision.REGION: "region",
    PlacePrecision.LINE: "other",
    PlacePrecision.COUNTRY: "country",
    PlacePrecision.SEA: "other",
}


_WORDS_OF_SPOT = 2
"""So many words behind a name may say what it is: "Riverside metro station"."""
_OTHERS_BETWEEN = re.compile(r"[^,.;]{0,30}(?:,\s[^\W\d_a-z][^,.;]{0,40})*,\s")
"""Between two names of a row: ", " or ", Y, "."""
_ROW_GOES_ON = re.compile(r"[^,.;]{0,30}(?:,\s[^\W\d_a-z][^,.;]{0,40})*?,?\s(?:and|&)\s(?:the\s)?[^\W\d_a-z]")
"""Behind the second of them: "X, Y, Z" alone may be a quarter, its town and its province."""
_ROW_BEFORE = re.compile(r"[^\W\d_a-z][\w'’-]*,\s$")
_IN = "in "
"""Before the country of what is told there, among what ties tellings."""

_SUPPORTS = {
    "none": ("sharp", "near", "vague", "province", "region", "country", "other", "recall"),
    "country": ("sharp", "near", "vague", "province", "region", "recall"),
    "region": ("sharp", "near", "vague", "province", "recall"),
    "recall": ("sharp", "near", "vague", "province"),
    "province": ("sharp", "near", "vague"),
    "vague": ("sharp", "near"),
    "near": ("sharp",),
    "sharp": (),
    "other": (),
    "apart": (),
}
"""The levels that a core of each level may support, sharper ones alone: so chains are short, and there are no rings."""


_LEVEL_ORDER = ("none", "recall", "other", "country", "region", "province", "vague", "near", "sharp")


def supported_by(level: str) -> tuple[str, ...]:
    """Return the levels that a core of a level may support."""
    return _SUPPORTS[level]


def supporters_of(level: str) -> tuple[str, ...]:
    """Return the levels that may support a core of a level."""
    return tuple(one for one, others in _SUPPORTS.items() if level in others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """An event as told at one place: versions of one block, in canonical order."""

    core_id: str
    versions: tuple[Version, ...]
    place: Place | None
    """The sharpest that a version gives."""
    days: tuple[int, int] | None
    """The days that all versions allow."""

    def row(self, *, target: str | None, event_id: str) -> CoreRow:
        """Return where it stands."""
        place = self.place
        return CoreRow(
            core_id=self.core_id,
            kin=self.versions[0].family.kin,
            level=self.level(),
            first=self._reaches_from(),
            last=self.days[1] if self.days else None,
            lon=place.lon if place else 0.0,
            lat=place.lat if place else 0.0,
            radius_m=place.radius_m if place else 0.0,
            ties=tuple(sorted(set().union(*map(ties_of, self.versions)))),
            target=target,
            event_id=event_id,
        )

    def level(self) -> str:
        """Return how sharp its place is, in the words of :class:`geoconflict.ledger.CoreRow`."""
        if is_apart(self.versions[0].source):
            return "apart"
        if self.place is None:
            return "none"
        level = _LEVELS[self.place.precision]
        return "recall" if self.is_recalled and level in _SUPPORTS["recall"] else level

    @property
    def is_recalled(self) -> bool:
        """Whether all its versions take it for known and give no day: it may be an event of some days before."""
        return all(version.reaches_from is not None for version in self.versions)

    def _reaches_from(self) -> int | None:
        """Return the first day on which it, or what it recalls, may have been."""
        if self.days is None or not self.is_recalled:
            return self.days[0] if self.days else None
        return min(self.days[0], max(one.reaches_from for one in self.versions if one.reaches_from is not None))


def ties_of(version: Version) -> set[str]:
    """Return what may tie a telling to one without a place: its report, whom it befell, the places that it names, and the country if it is told or recalled."""
    place = version.source.place
    country = version.recalled_in if place is None else place.country
    found = {version.mention.report_id, *version.people, *(f"at {scene}" for scene in version.scenes)}
    named = version.called | {name for name in version.names if place is None or is_rare(name)}
    found |= {f"called {key}" for name in named if (key := as_spoken(name) or name)}
    return found | {f"{_IN}{country}"} if country else found


def core_of(versions: Sequence[Version]) -> Core:
    """Return the core of versions that were gathered."""
    placed = [version.source for version in versions if version.source.place is not None]
    best = min(
        placed,
        key=lambda one: (one.place.precision.vagueness if one.place else 0, -one.place_score),
        default=None,
    )
    spans = [version.days for version in versions if version.days is not None]
    return Core(
        core_id=versions[0].mention.mention_id,
        versions=tuple(versions),
        place=best.place if best else None,
        days=(max(first for first, _ in spans), min(last for _, last in spans)) if spans else None,
    )


def may_support(row: CoreRow, other: CoreRow) -> bool:
    """Return whether a core might support another, from where they stand alone: a wide sieve before :func:`objection`."""
    if row.core_id == other.core_id or row.kin != other.kin or row.first is None or other.first is None:
        return False
    if row.last is None or other.last is None or row.first > other.last or other.first > row.last:
        return False
    if other.level not in _SUPPORTS[row.level]:
        return False
    if row.level == "none":
        return not set(row.ties).isdisjoint(other.ties)
    if row.level == "country":  # no circle fits a country: it is one of the ties
        return any(tie in other.ties for tie in row.ties if tie.startswith(_IN))
    # A polygon and a province reach beyond half their extent; what does not lie in them is sieved out later.
    reach_m = 2 * row.radius_m
    if abs(row.lat - other.lat) * METRES_A_DEGREE > reach_m:
        return False
    return distance_m(row.lon, row.lat, other.lon, other.lat) <= reach_m


def supported(core: Core, candidates: Iterable[Core]) -> Core | None:
    """Return the one candidate that a core supports; None where none fits, or several about as well. Its own report comes first."""
    fitting = [other for other in candidates if objection(core, other) is None]
    if core.place is None:
        reports = {version.mention.report_id for version in core.versions}
        own = [other for other in fitting if any(one.mention.report_id in reports for one in other.versions)]
        fitting = own or fitting
    if len(fitting) > 1:
        fitting = _of_one(fitting)
    if len(fitting) > 1:
        fitting = _clearest(core, fitting)
    return fitting[0] if len(fitting) == 1 else None


def _clearest(core: Core, fitting: Sequence[Core]) -> list[Core]:
    """Return the one of some cores that a core is far more like than all the others; none where there is no such one."""
    scores = {one.core_id: _best_score(core, one) for one in fitting}
    best, second, *_ = sorted(scores.values(), reverse=True)
    return [one for one in fitting if scores[one.core_id] == best] if best - second >= rules().clearly else []


def _of_one(fitting: Sequence[Core]) -> list[Core]:
    """Return the sharpest of some cores if each of the others fits it, so that all may be of one event; else all."""
    sharpest = max(fitting, key=lambda one: _LEVEL_ORDER.index(one.level()))
    others = [one for one in fitting if one is not sharpest]
    rows = {one.core_id: one.row(target=None, event_id="") for one in fitting}
    row = rows[sharpest.core_id]
    if all(may_support(rows[one.core_id], row) and objection(one, sharpest) is None for one in others):
        return [sharpest]
    return list(fitting)


def objection(core: Core, other: Core) -> str | None:
    """Return why a core does not support another that it might, in the name of a reason; None where it fits."""
    if core.place is not None and (other.place is None or not _lies_in(core, other.place)):
        return "outside"
    if not _kinds_meet(core.versions[0], other.versions[0]):
        return "type"
    if _told_apart(core, other):
        return "told_apart"
    mine, others = _distinct(core.versions), _distinct(other.versions)
    if any(sides_reversed(one.sides, two.sides) for one in mine for two in others):
        return "sides"
    # "X was killed" is no figure of how many were.
    is_one_day = _same_days(core, other)
    if not is_one_day and not _may_be_before(core, other):
        return "days"
    agree = _figures_agree if is_one_day else _figures_rise
    if not all(_fits_some(one, others, agree) for one in mine):
        return "figures"
    return None if _best_score(core, other) >= rules().joins else "score"


def _best_score(core: Core, other: Core) -> float:
    """Return how like a core is to the telling of another that it is most like: one that it need not be like looks back, or counts on."""
    return max(mean_score(core.versions[:3], [version]) for version in other.versions[: rules().compared])


def _lies_in(core: Core, place: Place) -> bool:
    """Return whether a place lies in that of a core, or is it: a town holds no other town."""
    if core.place is None or core.place.place_id == place.place_id:
        return True
    return core.place.precision in HOLD_PLACES and holds(core.place, place)


def _same_days(core: Core, other: Core) -> bool:
    """Return whether some of their tellings surely mean one day, or may do so and name the same spot, village or telling figure."""
    surely = rules().same_day if core.place is None else rules().same_day_of_area
    for one in core.versions[:3]:
        for two in other.versions[:3]:
            may_do = name_one_spot(one, two) or have_same_figures(one, two) or bool(names_in_common(one, two))
            least = rules().may_be_same_day if may_do else surely
            if name_one_place(one, two) or days_likelihood(one, two) >= least:
                return True
    return False


def _told_apart(core: Core, other: Core) -> bool:
    """Return whether one word tells both of a list of places, each of which has its own event: "strikes in X and Y"."""
    triggers = {version.trigger: version for version in core.versions}
    both = [(triggers[two.trigger], two) for two in other.versions if two.trigger in triggers]
    if core.place is not None:
        return bool(both)
    # A village that no source at hand has is one of the list, a station of the town is not.
    if any(_are_listed(one, two) for one, two in both):
        return True
    # Nor is it what another word of its sentence tells of elsewhere: "captured X Province and seized Y, Z and V".
    rows = [one for one in core.versions if _is_in_row(one)]
    return any(in_one_sentence(one, two) and two.trigger != one.trigger for one in rows for two in other.versions)


def _is_in_row(version: Version) -> bool:
    """Return whether the place of a telling stands between others of a row: "X, Y and Z"."""
    place = version.mention.place
    if place is None:
        return False
    quote, start = version.source.quote, version.source.quote_start
    before, behind = quote[: max(0, place.start - start)], quote[max(0, place.end - start) :]
    return bool(_ROW_BEFORE.search(before) and _ROW_GOES_ON.match(behind))


def _are_listed(one: Version, two: Version) -> bool:
    """Return whether a sentence lists the places of two tellings, "X and Y" or "X, Y and Z", of which that of `one` is no spot in a town."""
    mine, others = one.mention.place, two.mention.place
    if mine is None or others is None:
        return False
    quote, start = one.source.quote, one.source.quote_start
    first, last = sorted((mine, others), key=lambda place: place.start)
    gap = quote[max(0, first.end - start) : max(0, last.start - start)]
    between = gap.split()
    before = quote[: max(0, first.start - start)].split()[-1:]
    behind = quote[max(0, last.end - start) :]
    is_joined = "and" in between or bool(_OTHERS_BETWEEN.fullmatch(gap) and _ROW_GOES_ON.match(behind))
    if not is_joined or "in" in between or before == ["between"]:
        return False
    named = (*mine.surface.split(), *quote[max(0, mine.end - start) :].split()[:_WORDS_OF_SPOT])
    return rules().venues.isdisjoint(word.casefold().strip(",.") for word in named)


def _may_be_before(core: Core, other: Core) -> bool:
    """Return whether one may be what the other takes for known of the days before: not where they name other spots."""
    if not any(tells_of_before(one, two) for one in core.versions[:3] for two in other.versions[:3]):
        return False
    mine, others = (set().union(*(one.scenes for one in each.versions)) for each in (core, other))
    return not mine or not others or not mine.isdisjoint(others)


def _fits_some(one: Version, others: Sequence[Version], agree: Callable[[Version, Version], bool]) -> bool:
    """Return whether the figures of a telling are those of some of others, and are far from those of none."""
    fits = [agree(one, two) or bool(one.people & two.people) or _counts_itself(one, two) for two in others]
    if all(fits):
        return True
    told = any(fit and likeness_of_figures(one, two) is not None for fit, two in zip(fits, others, strict=True))
    return told and not any(likeness_of_figures(one, two) == "figures_far_apart" for two in others)


def _counts_itself(one: Version, two: Version) -> bool:
    """Return whether one of two is the word of a side on what the other side lost: it counts more, and not another event."""
    is_own = any(told.mention.claimed_for and told.mention.claimed_for not in told.targets for told in (one, two))
    return is_own and likeness_of_figures(one, two) == "figures_differ"


def _figures_rise(one: Version, two: Version) -> bool:
    return rises(one, two) if one.reaches_from is not None else rises(two, one)


def _figures_agree(one: Version, two: Version) -> bool:
    return not figures_contradict(one, two)


def _kinds_meet(one: Version, two: Version) -> bool:
    """Return whether two tellings of a kin may be of one event: of one family, of no sure one, or told in one sentence."""
    if one.family == two.family:
        return not _is_other_measure(one.mention, two.mention)
    return leave_kind_open(one, two) or (one.source.place is None and in_one_sentence(one, two))


def _is_other_measure(one: EventMention, two: EventMention) -> bool:
    """Return whether two measures are different ones by their codes: a curfew and martial law."""
    return EventType.STRATEGIC in (one.event_type, two.event_type) and one.plover != two.plover


def _distinct(versions: Sequence[Version]) -> list[Version]:
    """Return one version of each that have the same sides, figures and people."""
    return list({(version.sides, version.figures, version.people): version for version in versions}.values())
