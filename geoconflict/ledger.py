"""What merging remembers between runs, so that a new report touches its own neighbourhood alone: rows and their keeper.

A *version* is one report's telling of an event. Versions of one block (kin of type, place) that agree make a *core*, an
event as told at one place. Cores that name a vaguer place or none may support another core; what supports nothing else,
with its supporters, is the event. Two keepers: :class:`geoconflict.store.StoreLedger` in SQLite,
:class:`geoconflict.events.MemoryLedger` in memory.

Finding copies remembers the texts of reports: :class:`TextRow`, kept by :class:`geoconflict.store.text_index.StoreTextIndex`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from geoconflict.models import Event, EventSource, Report

__all__ = ["LONGEST_SPAN_DAYS", "Changes", "CoreRow", "Ledger", "TextIndex", "TextRow", "VersionRow"]

LONGEST_SPAN_DAYS = 31
"""No version with days, hence no core, spans more: longer spans have a block of their own and no days."""


class VersionRow(NamedTuple):
    """Where a version stands: enough to find what it may touch."""

    mention_id: str
    report_id: str
    block: str
    first: int | None
    """First possible day (proleptic ordinal); None for long spans and unknown days."""
    last: int | None
    core_id: str


class CoreRow(NamedTuple):
    """Where a core stands: enough to tell what it may support and what may support it."""

    core_id: str
    kin: str
    level: str
    """sharp (a town or a point), vague (a district, near a town), province, region, country, none (no place), recall (all its
    tellings take it for known and give no day), other (a line, a sea), apart (parted from its event by a reviewer)."""
    first: int | None
    """First day that all its versions allow (proleptic ordinal), or on which what all of them take for known may have been; None as in
    :class:`VersionRow`."""
    last: int | None
    lon: float
    lat: float
    """Degrees, EPSG:4326; 0 without a place."""
    radius_m: float
    """Uncertainty of the place, metres."""
    ties: tuple[str, ...]
    """What a telling without a place may be tied by: the reports that tell it, whom it befell by name, which spots and places it
    names, and in which country."""
    target: str | None
    """The core that it supports, or None."""
    event_id: str
    """The event that it is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What one round of merging changes."""

    versions: Sequence[VersionRow] = ()
    """Rows to write, in place of any with the same mention_id."""
    gone_versions: frozenset[str] = frozenset()
    cores: Sequence[CoreRow] = ()
    gone_cores: frozenset[str] = frozenset()
    """Removed before `cores` are written: an id may be in both."""
    events: Sequence[Event] = ()
    gone_events: frozenset[str] = frozenset()
    """Ids that are made no more."""


class Ledger(Protocol):
    """The keeper of what was merged."""

    def version_rows(self, mention_ids: Iterable[str]) -> list[VersionRow]:
        """Return the rows of versions; those not there are left out."""

    def block_rows(self, block: str) -> list[VersionRow]:
        """Return the versions of one block."""

    def core_rows(self, core_ids: Iterable[str]) -> list[CoreRow]:
        """Return the rows of cores; those not there are left out."""

    def cores_of_events(self, event_ids: Iterable[str]) -> list[CoreRow]:
        """Return the cores of events."""

    def cores_near(self, kin: str, level: str, first: int, last: int) -> list[CoreRow]:
        """Return the cores of a kin and a level whose days meet `first` to `last` (proleptic ordinals, both inclusive).

        Cores without days meet none.
        """

    def core_sources(self, core_ids: Iterable[str]) -> Mapping[str, tuple[EventSource, ...]]:
        """Return the versions of cores, in any order."""

    def apply(self, changes: Changes) -> tuple[int, int]:
        """Make the changes; return how many events were written (those that differ from what was there) and removed."""


class TextRow(NamedTuple):
    """What finding copies remembers of a report's text."""

    report_id: str
    day: int
    """Of publication (proleptic ordinal); 0 where it is not known."""
    told_at: str
    """Instant of publication, ISO 8601 in UTC; "~", after all instants, where it is not known."""
    n_words: int
    sketch: bytes
    """Least hashes of its shingles, 4 bytes each; empty for a text that is not compared."""
    copy_of: str | None
    """The report whose text it prints; its own id where it is no copy; None until that is decided."""

    @property
    def order(self) -> tuple[int, str, int, str]:
        """The one order in which texts are taken: by day and instant, the longer first, by id."""
        return self.day, self.told_at, -self.n_words, self.report_id

    @property
    def leads(self) -> bool:
        """Whether it is no copy, so that others may be copies of it."""
        return self.copy_of == self.report_id


class TextIndex(Protocol):
    """The keeper of texts, which finds those that are alike."""

    def reports(self, report_ids: Iterable[str]) -> list[Report]:
        """Return reports; those not there are left out."""

    def texts(self, report_ids: Iterable[str]) -> list[TextRow]:
        """Return the rows of reports; those not there are left out."""

    def alike(self, bands: Iterable[int], first: int, last: int, *, leads: bool | None = None) -> list[TextRow]:
        """Return the texts with one of some bands, published on days `first` to `last`, each once.

        With `leads` only those that are no copies, or only the others. Those that are not decided are not found.
        """

    def copies_of(self, report_id: str) -> list[TextRow]:
        """Return the copies of a report."""

    def put_text(self, row: TextRow, bands: Iterable[int]) -> None:
        """Write a row, in place of one of the same report; only `copy_of` may differ from that.

        `bands` are those of its sketch; a row that is not decided is kept in none.
        """

    def remove_text(self, row: TextRow, bands: Iterable[int]) -> None:
        """Forget a report; `bands` are those of its sketch."""
