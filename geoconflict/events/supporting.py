"""A report of a vaguer place, or of none, may support an event told of a sharper one, which it never moves.

"Shelling in Tartar district" supports "shelling of Tartar" when type, day, sides and figures agree and when no other event
fits: of two that fit, none is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geoconflict.events.extent import holds
from geoconflict.events.gathering import mean_score
from geoconflict.events.likeness import days_likelihood, figures_contradict, in_one_sentence, sides_reversed
from geoconflict.events.rules import rules
from geoconflict.events.versions import Version, is_apart
from geoconflict.geo import distance_m
from geoconflict.ledger import CoreRow
from geoconflict.models import EventMention, EventType, Place, PlacePrecision

__all__ = ["Core", "core_of", "may_support", "objection", "supported", "supported_by", "supporters_of", "ties_of"]

_PRECISION_ORDER = {precision: rank for rank, precision in enumerate(PlacePrecision)}
_LEVELS = {
    PlacePrecision.EXACT: "sharp",
    PlacePrecision.TOWN: "sharp",
    PlacePrecision.NEAR: "vague",
    PlacePrecision.AREA: "vague",
    PlacePrecision.ADMIN2: "vague",
    PlacePrecision.ADMIN1: "vague",
    PlacePrecision.REGION: "vague",
    PlacePrecision.LINE: "other",
    PlacePrecision.COUNTRY: "country",
    PlacePrecision.SEA: "other",
}


_METRES_A_DEGREE = 111_000.0
"""Of latitude, a little less than anywhere on the sphere: a quick sieve."""

_SUPPORTS = {
    "none": ("sharp", "vague", "country", "other"),
    "country": ("sharp", "vague"),
    "vague": ("sharp",),
    "sharp": (),
    "other": (),
    "apart": (),
}
"""The levels that a core of each level may support. So chains are short: none supports country, country vague, vague sharp."""


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
            level=self._level(),
            first=self.days[0] if self.days else None,
            last=self.days[1] if self.days else None,
            lon=place.lon if place else 0.0,
            lat=place.lat if place else 0.0,
            radius_m=place.radius_m if place else 0.0,
            ties=tuple(sorted(set().union(*map(ties_of, self.versions)))),
            target=target,
            event_id=event_id,
        )

    def _level(self) -> str:
        if is_apart(self.versions[0].source):
            return "apart"
        return _LEVELS[self.place.precision] if self.place else "none"


def ties_of(version: Version) -> set[str]:
    """Return what may tie a telling to one without a place: its report, whom it befell, and the country if it is told or recalled."""
    place = version.source.place
    country = version.recalled_in if place is None else place.country
    return {version.mention.report_id, *version.people, *([f"in {country}"] if country else ())}


def core_of(versions: Sequence[Version]) -> Core:
    """Return the core of versions that were gathered."""
    placed = [version.source for version in versions if version.source.place is not None]
    best = min(
        placed,
        key=lambda one: (_PRECISION_ORDER[one.place.precision] if one.place else 0, -one.place_score),
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
    # A polygon and a province reach beyond half their extent; what does not lie in them is sieved out later.
    reach_m = 2 * row.radius_m
    if abs(row.lat - other.lat) * _METRES_A_DEGREE > reach_m:
        return False
    return distance_m(row.lon, row.lat, other.lon, other.lat) <= reach_m


def supported(core: Core, candidates: Iterable[Core]) -> Core | None:
    """Return the one candidate that a core supports; None where none or several fit. Its own report comes first."""
    fitting = [other for other in candidates if objection(core, other) is None]
    if core.place is None:
        reports = {version.mention.report_id for version in core.versions}
        own = [other for other in fitting if any(one.mention.report_id in reports for one in other.versions)]
        fitting = own or fitting
    return fitting[0] if len(fitting) == 1 else None


def objection(core: Core, other: Core) -> str | None:
    """Return why a core does not support another that it might, in the name of a reason; None where it fits."""
    if core.place is not None and (other.place is None or not holds(core.place, other.place)):
        return "outside"
    if not _kinds_meet(core.versions[0], other.versions[0]):
        return "type"
    triggers = {version.trigger for version in core.versions}
    if core.place is not None and any(version.trigger in triggers for version in other.versions):
        return "told_apart"
    mine, others = _distinct(core.versions), _distinct(other.versions)
    if any(sides_reversed(one.sides, two.sides) for one in mine for two in others):
        return "sides"
    # "X was killed" is no figure of how many were.
    if any(figures_contradict(one, two) and not one.people & two.people for one in mine for two in others):
        return "figures"
    if max(days_likelihood(one, two) for one in core.versions[:3] for two in other.versions[:3]) < rules().same_day:
        return "days"
    return None if mean_score(core.versions[:3], other.versions) >= rules().joins else "score"


def _kinds_meet(one: Version, two: Version) -> bool:
    """Return whether two tellings of a kin may be of one event: of one family, of no sure one, or told in one sentence."""
    if one.family == two.family:
        return not _is_other_measure(one.mention, two.mention)
    return one.generic or two.generic or (one.source.place is None and in_one_sentence(one, two))


def _is_other_measure(one: EventMention, two: EventMention) -> bool:
    """Return whether two measures are different ones by their codes: a curfew and martial law."""
    return EventType.STRATEGIC in (one.event_type, two.event_type) and one.plover != two.plover


def _distinct(versions: Sequence[Version]) -> list[Version]:
    """Return one version of each that have the same sides, figures and people."""
    return list({(version.sides, version.figures, version.people): version for version in versions}.values())
