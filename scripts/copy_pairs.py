"""A labelled pair of reports, compared, for the measure of copies (``scripts/copy_quality.py``)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from geoconflict.events.copies.comparing import Comparison, compare
from geoconflict.events.copies.rules import copy_rules
from geoconflict.events.copies.sketch import bands_of, n_equal, sketch_of
from geoconflict.events.copies.words import words_of
from geoconflict.ids import content_id
from geoconflict.models import Report

__all__ = ["Pair", "pair", "report_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two reports and whether they print one text."""

    family: str
    """The article or the bulletin that both come from: what is chosen on one family is tried on another."""
    kind: str
    is_copy: bool
    meets: bool
    """Whether their sketches make them candidates."""
    found: Comparison

    def told(self, share: float, replaced: float) -> bool:
        """Return whether they are taken for copies under two thresholds."""
        return self.meets and self.found.is_copy(share, replaced)

    def by_text_alone(self, share: float) -> bool:
        """Return whether they would be taken for copies if facts were not looked at."""
        return self.meets and dataclasses.replace(self.found, replaced=()).is_copy(share)


def report_of(text: str, on: dt.date, outlet: str) -> Report:
    """Return a report of an outlet."""
    key = content_id("report", [text, on.isoformat(), outlet])
    return Report(report_id=key, text=text, published_on=on, source=outlet, url=f"https://{outlet}.example/{key}")


def pair(family: str, kind: str, one: Report, other: Report, *, is_copy: bool) -> Pair:
    """Return a pair, compared."""
    words = words_of(one), words_of(other)
    sketches = [sketch_of(each.norms) for each in words]
    meets = not set(bands_of(sketches[0])).isdisjoint(bands_of(sketches[1]))
    meets = meets and n_equal(sketches[0], sketches[1]) >= copy_rules().least_equal
    return Pair(family=family, kind=kind, is_copy=is_copy, meets=meets, found=compare(*words))
