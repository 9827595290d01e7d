"""What a geocoding question is answered with: three different things that are never mixed up."""

from __future__ import annotations

from dataclasses import dataclass

from geoconflict.models import Place, Resolution, RunFailure, ScoredPlace
from geoconflict.record import Record

__all__ = ["Answer", "Found", "NotFound", "ReportPlaces", "Unavailable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found(Record):
    """A place, with how surely it is the one that was asked for."""

    place: Place
    score: float
    """0 to 1: how often an answer like this one is right."""
    alternatives: tuple[ScoredPlace, ...] = ()
    """The runners-up, best first; at most five."""
    reasons: tuple[str, ...] = ()
    stands_in: bool = False
    """Whether it is the region that was said, in place of a settlement that is not known or cannot be told from others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound(Record):
    """There is no such place, or none that is sure enough."""

    alternatives: tuple[ScoredPlace, ...] = ()
    """The candidates that were not sure enough, best first; at most five."""
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unavailable(Record):
    """A service could not say. Nothing is known about the place, so nothing is remembered."""

    service: str
    """nominatim, photon, geonames or arcgis."""
    reason: str
    """What went wrong: time-out, refusal, quota, an answer that cannot be read."""


Answer = Found | NotFound | Unavailable


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPlaces:
    """The places of one report."""

    resolutions: tuple[Resolution, ...]
    """One for each toponym of the reading, in its order."""
    failures: tuple[RunFailure, ...] = ()
    """The names that no service could answer, with the reason."""
    country: Resolution | None = None
    """The country of the report, under the empty span at its beginning: for events of which no place is told."""

    @property
    def all(self) -> tuple[Resolution, ...]:
        """The resolutions, with that of the report's country."""
        return self.resolutions if self.country is None else (*self.resolutions, self.country)

    @property
    def complete(self) -> bool:
        """Whether every name got an answer; where a service was down, the report should be asked again."""
        return not self.failures
