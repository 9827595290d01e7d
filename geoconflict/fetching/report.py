"""What a run of fetching did."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from geoconflict.models import RunFailure

__all__ = ["OUTCOMES", "FetchReport"]

OUTCOMES: Final = {
    "new": "new",
    "changed": "changed, with the version before kept",
    "unchanged": "unchanged",
    "fresh": "not asked again so soon",
    "withdrawn": "gone at the source",
    "missing": "not there",
    "disallowed": "left out as robots.txt asks",
    "left_out": "left out by max_links or hosts",
    "postponed": "left for a later run, as the site asks",
    "stopped": "left for the next run, for this one was stopped",
    "refused": "refused",
    "failed": "failed",
}
"""What can come of an address, and how it is said."""
_FAILURES: Final = ("missing", "refused", "failed")
_N_KEPT = 20


class FetchReport:
    """Counts what came of each address; the first failures are kept to be shown."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.failures: list[RunFailure] = []
        self.notes: list[RunFailure] = []
        """What is no failure of ours, and still was not fetched."""

    def count(self, outcome: str, number: int = 1) -> None:
        """Count an address, one of :data:`OUTCOMES`."""
        self.counts[outcome] += number

    def tell(self, outcome: str, where: str, what: str, repair: str = "") -> None:
        """Count an address that was not fetched, and why."""
        self.count(outcome)
        kept = self.failures if outcome in _FAILURES else self.notes
        if len(kept) < _N_KEPT:
            kept.append(RunFailure(stage="fetch", where=where, what=what, repair=repair))

    @property
    def n_failures(self) -> int:
        """How many addresses failed or were refused."""
        return sum(self.counts[one] for one in _FAILURES)

    def to_dict(self) -> dict[str, Any]:
        """Return the account as JSON-ready values."""
        return {
            "counts": {one: self.counts[one] for one in OUTCOMES},
            "failures": [one.to_dict() for one in self.failures],
            "notes": [one.to_dict() for one in self.notes],
            "n_failures": self.n_failures,
        }
