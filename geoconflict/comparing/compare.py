"""Two frames of events beside each other: which rows tell the same event, one to one, and which only one side has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np

from geoconflict.choices import one_or_several
from geoconflict.comparing.assignment import best_pairs
from geoconflict.comparing.candidates import possible_pairs
from geoconflict.comparing.comparison import PAIR_COLUMNS, Comparison
from geoconflict.comparing.likeness import Likeness, Side, deaths_range, likeness_of, type_likeness
from geoconflict.errors import InputError
from geoconflict.event_extents import DONE, checked_events, days_of_events, places_of_events, told_as_done

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["Kinds", "compare_events"]

Kinds = Literal["same", "kin", "any"]

_LEAST_TYPE: Final = {"same": 1.0, "kin": 0.4, "any": 0.0}
_WEIGHT_UNIT: Final = 10_000
"""Scores have four decimals; as integers their sums are exact, so that no order of adding changes what is best."""


def compare_events(
    left: gpd.GeoDataFrame,
    right: gpd.GeoDataFrame,
    *,
    names: tuple[str, str] = ("left", "right"),
    within_km: float = 5.0,
    within_days: int = 1,
    kinds: Kinds = "kin",
    min_score: float = 0.5,
    statuses: Sequence[str] = DONE,
) -> Comparison:
    """Match the events of two frames in place, time and kind, one to one, and say what only one of them has.

    Two rows may be one event where their days meet within `within_days` and their places within `within_km` plus what
    the precision of **both** leaves open. Of all ways to pair such rows, the one with the highest sum of scores is taken. Pairs
    whose place and days are sharp come first; a stand-in for a province, a country or more gets what is left, and is
    never counted as agreement. The result does not depend on the order of rows, nor on which side is the left one.

    Parameters
    ----------
    left, right
        Frames of :data:`geoconflict.EVENT_COLUMNS`, EPSG:4326, such as :meth:`geoconflict.EventStore.events` and the
        readers of other data return. Other columns stay in what only one side has.
    names
        What to call the two sides.
    within_km
        How far apart, in kilometres, two sources may put the same spot, besides their precision.
    within_days
        How many days apart two sources may date the same event, besides their precision.
    kinds
        same: only rows of the same sub-type; kin: kinds that reports confuse too; any: whatever the kind.
    min_score
        Pairs that score less, 0 to 1, are no pairs.
    statuses
        What is compared; events of another status are counted in :attr:`Comparison.left_out`.

    Returns
    -------
    Comparison
        Pairs with scores and reasons, and the rows of each side that have none.

    Raises
    ------
    InputError
        If a frame lacks columns, has no CRS or another, has times with a zone, or an argument is out of range.
    """
    _check_arguments(names, within_km, within_days, kinds, min_score)
    sides, left_out = [], {}
    for frame, name in ((left, names[0]), (right, names[1])):
        events, others = told_as_done(checked_events(frame, name), statuses)
        # In one order, however rows came: among equal sums the order decides.
        events = events.iloc[np.argsort(events["event_id"].to_numpy(object).astype(str), kind="stable")].reset_index(
            drop=True
        )
        places, days = places_of_events(events), days_of_events(events)
        left_out[name] = others
        if n := int((~days.known).sum()):
            left_out[name] = others | {"without a day (kept among what only one side has)": n}
        sides.append(Side(events, places, days, deaths_range(events)))
    i, j, likenesses = _scored(sides[0], sides[1], within_km * 1000, within_days, _LEAST_TYPE[kinds], min_score)
    chosen = _chosen(sides, i, j, likenesses)
    return Comparison(
        names=names,
        pairs=_pair_table(sides, i, j, likenesses, chosen),
        left=sides[0].frame,
        right=sides[1].frame,
        left_out=left_out,
    )


def _check_arguments(names: tuple[str, str], within_km: float, within_days: int, kinds: str, min_score: float) -> None:
    faults = []
    sides = one_or_several(names, "names")
    if len(sides) != 2 or len(set(sides)) != 2 or not all(side.strip() for side in sides):
        faults.append(f"names are {names!r}; give each side a name of its own")
    if not 0 <= within_km <= 500:
        faults.append(f"within_km is {within_km!r}; it is 0 to 500 kilometres")
    if not 0 <= within_days <= 366 or int(within_days) != within_days:
        faults.append(f"within_days is {within_days!r}; it is a whole number of days, 0 to 366")
    if kinds not in get_args(Kinds):
        faults.append(f"kinds is {kinds!r}; it is same, kin or any")
    if not 0 <= min_score <= 1:
        faults.append(f"min_score is {min_score!r}; it is 0 to 1")
    if faults:
        msg = "these events cannot be compared:\n" + "\n".join(f"- {fault}" for fault in faults)
        raise InputError(msg)


def _scored(
    left: Side, right: Side, within_m: float, within_days: int, least_type: float, min_score: float
) -> tuple[Any, Any, list[Likeness]]:
    """Return the pairs that come into question, with how alike their rows are."""
    codes = tuple(side.frame["country"].to_numpy(object) for side in (left, right))
    i, j = possible_pairs(
        (left.places, left.days),
        (right.places, right.days),
        within_m=within_m,
        within_days=within_days,
        countries=(codes[0], codes[1]),
    )
    kinds = [list(zip(side.frame["event_type"], side.frame["sub_event_type"], strict=True)) for side in (left, right)]
    known: dict[Any, bool] = {}
    fits = np.zeros(len(i), bool)
    for at, (a, b) in enumerate(zip(i.tolist(), j.tolist(), strict=True)):
        both = (kinds[0][a], kinds[1][b])
        if both not in known:
            known[both] = type_likeness(*both)[0] >= least_type
        fits[at] = known[both]
    i, j = i[fits], j[fits]
    likenesses = likeness_of(left, i, right, j, within_m=within_m)
    kept = np.array([one.score >= min_score and one.score > 0 for one in likenesses], bool)
    return i[kept], j[kept], [one for one, is_kept in zip(likenesses, kept, strict=True) if is_kept]


def _chosen(sides: Sequence[Side], i: Any, j: Any, likenesses: Sequence[Likeness]) -> list[int]:
    """Return the numbers of the pairs that are taken: sharp ones first, then what too coarse rows may support."""
    # Seen from the same side whichever is called left, so that equal sums are decided alike.
    signature = [
        list(zip(side.frame["event_id"].astype(str), side.days.first.tolist(), side.places.lon.tolist(), strict=True))
        for side in sides
    ]
    rows, columns = (j, i) if signature[1] < signature[0] else (i, j)
    taken: list[int] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for agreement in ("agrees", "too coarse"):
        weights: dict[int, dict[int, int]] = {}
        number: dict[tuple[int, int], int] = {}
        for at, one in enumerate(likenesses):
            row, column = int(rows[at]), int(columns[at])
            if one.agreement == agreement and row not in used[0] and column not in used[1]:
                weights.setdefault(row, {})[column] = round(one.score * _WEIGHT_UNIT)
                number[row, column] = at
        ordered = sorted(weights)
        for row, best in zip(ordered, best_pairs([weights[row] for row in ordered]), strict=True):
            if best is not None:
                taken.append(number[row, best])
                used[0].add(row)
                used[1].add(best)
    return taken


def _pair_table(
    sides: Sequence[Side], i: Any, j: Any, likenesses: Sequence[Likeness], chosen: Sequence[int]
) -> pd.DataFrame:
    import pandas as pd

    columns: dict[str, Any] = {}
    for word, side, numbers in (("left", sides[0], i), ("right", sides[1], j)):
        told = side.frame.iloc[numbers[list(chosen)]]
        columns |= {
            f"{word}_id": told["event_id"],
            f"{word}_type": told["event_type"],
            f"{word}_sub_type": told["sub_event_type"],
            f"{word}_starts_on": told["starts_on"],
            f"{word}_ends_on": told["ends_on"],
            f"{word}_place": told["place_name"],
            f"{word}_precision": told["place_precision"],
            **{f"{word}_killed_{bound}": told[f"killed_{bound}"] for bound in ("low", "best", "high")},
        }
    found = [likenesses[at] for at in chosen]
    made = {name: values.reset_index(drop=True) for name, values in columns.items()} | {
        "score": [one.score for one in found],
        "agreement": [one.agreement for one in found],
        "distance_km": [one.distance_km for one in found],
        "days_apart": [one.days_apart for one in found],
        "deaths": [one.deaths for one in found],
        "reasons": ["; ".join(one.reasons) for one in found],
    }
    table = pd.DataFrame(made, columns=list(PAIR_COLUMNS)).astype(
        {name: kind for name, (kind, _) in PAIR_COLUMNS.items()}
    )
    return table.sort_values(["left_ends_on", "left_id"], kind="stable", ignore_index=True)
