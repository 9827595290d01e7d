"""Which entries stand, in what order, and whose they are: what ruling and the agreement of reviewers both begin with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from geoconflict.corrections.entry import Correction, Deed

__all__ = ["by_reviewer", "order_of", "reviewer_key", "standing"]


def order_of(entry: Correction) -> tuple[dt.datetime, bool, str]:
    """Return what entries are sorted by: the instant, and of one instant acceptances first, then the id."""
    return entry.when, entry.what is not Deed.ACCEPT, entry.entry_id


def reviewer_key(who: str) -> str:
    """Return a name as names are compared: case and spaces do not count."""
    return " ".join(who.split()).casefold()


def standing(entries: Iterable[Correction]) -> list[Correction]:
    """Return the entries that nobody withdrew, in their order, without those that withdraw others."""
    given = sorted(entries, key=order_of)
    withdrawn = {str(one.value["correction"]) for one in given if one.what is Deed.WITHDRAW}
    return [one for one in given if one.what is not Deed.WITHDRAW and one.entry_id not in withdrawn]


def by_reviewer(entries: Iterable[Correction]) -> Mapping[str, list[Correction]]:
    """Return the entries that stand of each reviewer, by :func:`reviewer_key`; everybody who wrote something is there."""
    given = list(entries)
    found: dict[str, list[Correction]] = {reviewer_key(one.who): [] for one in given}
    for one in standing(given):
        found[reviewer_key(one.who)].append(one)
    return found
