"""What the figures of two tellings are to each other: the same, near, risen, or such that they cannot both be right."""

from __future__ import annotations

import math

from geoconflict.events.rules import rules
from geoconflict.events.versions import Range, Version

__all__ = ["figures_contradict", "harm_many", "have_same_figures", "likeness_of_figures", "rises"]

_FIGURES = (
    "figures_far_apart",
    "figures_differ",
    "figures_rise",
    "same_large_figures",
    "same_figures",
    "same_least_figures",
    "same_small_figures",
    "figures_near",
    "figures_fit",
)
"""What the figures of two tellings can be, that first which counts where killed and wounded say different things."""


_SAME = frozenset({"same_large_figures", "same_figures", "same_least_figures"})
"""The same figure, high enough to be telling."""
_FITTING = _SAME | {"same_small_figures", "figures_fit", "figures_near"}


def likeness_of_figures(a: Version, b: Version) -> str | None:
    """Return what the figures of two tellings are to each other, in the name of an evidence; None where they have none in common."""
    others = dict(b.figures)
    found = {_as_counted_on(a, b, mine, others[measure]) for measure, mine in a.figures if measure in others}
    return next((name for name in _FIGURES if name in found), None)


def _as_counted_on(a: Version, b: Version, mine: Range, others: Range) -> str:
    """Compare two figures: what a report of a later day gives may have risen, and one may be told in the quote of the other besides."""
    found = _compared(mine, others)
    if found in {"figures_differ", "figures_far_apart"} and a.mention.report_id != b.mention.report_id:
        ends = ((mine, b.numbers), (others, a.numbers))
        if any(one[0] == one[1] and one[0] in numbers for one, numbers in ends):
            return "figures_fit"  # "nine journalists", and "29 people, nine of them journalists"; "raising an earlier figure of 15"
    days = a.source.published_on, b.source.published_on
    if found == "figures_fit" and days[0] == days[1] and _leave_much_open(mine, others):
        return "figures_far_apart"
    if found != "figures_differ" or days[0] is None or days[1] is None or days[0] == days[1]:
        return found
    later, earlier = (mine, others) if days[0] > days[1] else (others, mine)
    return "figures_rise" if earlier[1] < later[0] <= rules().rises * earlier[1] else found


def _leave_much_open(mine: Range, others: Range) -> bool:
    """Whether "at least 8" and "at least 61" fit by what they leave open alone: of one day, they are counts of two."""
    known = rules()
    low, high = sorted((mine[0], others[0]))
    return low >= known.near_from and high > known.apart * low and high - low >= known.apart_by


def figures_contradict(a: Version, b: Version) -> bool:
    """Return whether two tellings give figures that cannot both be right."""
    return likeness_of_figures(a, b) in {"figures_far_apart", "figures_differ"}


def harm_many(version: Version) -> bool:
    """Return whether a telling counts more than a few people."""
    return any(bounds[1] >= rules().telling for _, bounds in version.figures)


def have_same_figures(a: Version, b: Version) -> bool:
    """Return whether two tellings give the same figure, high enough to be telling, and none that differs."""
    return likeness_of_figures(a, b) in _SAME


def rises(later: Version, earlier: Version) -> bool:
    """Return whether the figures of one telling are those of an earlier one, fit them, or are higher by as much as tolls rise."""
    others = dict(earlier.figures)
    both = [(mine, others[measure]) for measure, mine in later.figures if measure in others]
    if not both:
        return not later.figures
    return all(
        _compared(mine, other) in _FITTING or other[1] < mine[0] <= rules().rises * other[1] for mine, other in both
    )


def _compared(a: Range, b: Range) -> str:
    known = rules()
    if a == b and (a[0] == a[1] or (a[0] > known.telling and a[0] % known.round_by)):
        if a[0] >= known.large and a[0] % known.round_by:
            return "same_large_figures"
        return "same_figures" if a[0] >= known.telling else "same_small_figures"
    top, bottom = min(a[1], b[1]), max(a[0], b[0])
    if bottom <= top:
        is_least = a[0] == b[0] >= known.telling and (a[0] == a[1]) != (b[0] == b[1])  # "at least 30" and "30"
        return "same_least_figures" if is_least and math.inf in (a[1], b[1]) else "figures_fit"
    if top >= known.near_from and bottom <= known.near * top:
        return "figures_near"
    far = bottom > known.apart * top and bottom - top >= known.apart_by
    return "figures_far_apart" if far else "figures_differ"
