"""Several sets of events as one, without double counting: each row keeps who holds it, and every set's figures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from geoconflict.comparing.compare import Kinds, compare_events
from geoconflict.errors import InputError
from geoconflict.event_extents import DONE, checked_events, checked_statuses, places_of_events

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geoconflict.comparing.comparison import Comparison

__all__ = ["integrate_events", "joined_rows"]

_WHERE: Final = ("place_id", "place_name", "place_kind", "place_precision", "radius_m", "country", "admin1", "geometry")
_SIDE_BY_SIDE: Final = (
    "event_id",
    "starts_on",
    "ends_on",
    "sub_event_type",
    "place_name",
    "killed_low",
    "killed_best",
    "killed_high",
)
"""What each set says of a row, in columns that end in the name of the set."""


def integrate_events(
    frames: Mapping[str, gpd.GeoDataFrame],
    *,
    within_km: float = 5.0,
    within_days: int = 1,
    kinds: Kinds = "kin",
    min_score: float = 0.5,
    statuses: Sequence[str] = DONE,
) -> gpd.GeoDataFrame:
    """Put several sets of events into one, in which each event stands once.

    The sets are taken in the order given, and each is compared (:func:`compare_events`) with what is there already. Of
    an event that several hold, the row of the earliest set stands, but for the place, which is that of the set that says it most
    sharply. Figures are never mixed: those of every set stand beside each other.

    Parameters
    ----------
    frames
        Name of each set to its frame of :data:`geoconflict.EVENT_COLUMNS`; the most trusted first.
    within_km, within_days, kinds, min_score, statuses
        As in :func:`compare_events`.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of the frames, and besides ``held_by`` (the names of the sets, '; ' between them), ``n_sets``,
        ``may_repeat`` (the event_id of the row that this one may tell again, where place or days are too coarse to say; such rows
        are kept: leave them out to count each event once at most), and for each set ``event_id_NAME``,
        ``starts_on_NAME``, ``ends_on_NAME``, ``sub_event_type_NAME``, ``place_name_NAME`` and ``killed_low_NAME``,
        ``killed_best_NAME``, ``killed_high_NAME``. ``attrs["left_out"]`` counts what was not taken over, by set and status.

    Raises
    ------
    InputError
        As :func:`compare_events`; and if there is no set, or a name is empty.
    """
    if not frames or not all(str(name).strip() for name in frames):
        msg = "no events to integrate: give a mapping of a name to the frame of each set"
        raise InputError(msg)
    names = list(frames)
    whole: Any = None
    left_out: dict[str, dict[str, int]] = {}
    for name in names:
        events = checked_events(frames[name], name)
        chosen = events["status"].isin(checked_statuses(events, statuses))
        left_out[name] = {
            str(word): int(n) for word, n in events.loc[~chosen, "status"].value_counts().sort_index().items()
        }
        new = _beside(events[chosen].sort_values("event_id", ignore_index=True), name)
        if whole is None:
            whole = new
            continue
        compared = compare_events(
            whole,
            new,
            names=("the sets before", name),
            within_km=within_km,
            within_days=within_days,
            kinds=kinds,
            min_score=min_score,
            statuses=statuses,
        )
        whole = _taken_up(whole, new, compared, name)
    for name in names:
        for column in _SIDE_BY_SIDE:
            kind = frames[name][column].dtype
            whole[f"{column}_{name}"] = _filled(whole[f"{column}_{name}"], kind)
    whole = whole.sort_values(["ends_on", "event_id"], ignore_index=True)
    whole.attrs = {"left_out": left_out}
    extra = ["held_by", "n_sets", "may_repeat", *(f"{column}_{name}" for name in names for column in _SIDE_BY_SIDE)]
    plain = [name for name in whole.columns if name not in extra and name != "geometry"]
    return whole[[*plain, *extra, "geometry"]]


def _filled(values: pd.Series[Any], kind: Any) -> pd.Series[Any]:
    import pandas as pd

    values = values.astype("object").where(values.notna(), None)
    is_text = isinstance(kind, pd.StringDtype) or kind == "object"
    return values.fillna("").astype("str") if is_text else values.astype(kind)


def _beside(events: gpd.GeoDataFrame, name: str) -> gpd.GeoDataFrame:
    columns = {f"{column}_{name}": events[column] for column in _SIDE_BY_SIDE}
    return events.assign(held_by=name, n_sets=1, may_repeat="", **columns)


def _taken_up(whole: gpd.GeoDataFrame, new: gpd.GeoDataFrame, compared: Comparison, name: str) -> gpd.GeoDataFrame:
    """Return the rows so far with those of another set: joined where they agree, added where they do not."""
    import pandas as pd

    agreed = compared.pairs[compared.pairs["agreement"] == "agrees"]
    coarse = compared.pairs[compared.pairs["agreement"] != "agrees"]
    joined = joined_rows(compared, agreed)
    joined["held_by"] = [f"{held}; {name}" for held in joined["held_by"]]
    joined["n_sets"] += 1
    theirs = new.set_index("event_id").loc[list(agreed["right_id"])]
    for column in _SIDE_BY_SIDE:
        joined[f"{column}_{name}"] = (
            theirs[f"{column}_{name}"].to_numpy() if len(joined) else new[f"{column}_{name}"].iloc[:0]
        )
    alone = new[~new["event_id"].isin(agreed["right_id"])].copy()
    repeats = dict(zip(coarse["right_id"], coarse["left_id"], strict=True))
    alone["may_repeat"] = [repeats.get(one, "") for one in alone["event_id"]]
    taken = set(whole["event_id"])
    alone["event_id"] = [f"{name}:{one}" if one in taken else one for one in alone["event_id"]]
    kept = whole[~whole["event_id"].isin(agreed["left_id"])]
    parts = [part for part in (kept, joined, alone) if len(part)]
    if not parts:
        return whole.assign(**{f"{column}_{name}": new[f"{column}_{name}"] for column in _SIDE_BY_SIDE})
    joined_up = pd.concat(parts, ignore_index=True)
    # A set without events leaves no column behind when tables are joined.
    return joined_up.reindex(columns=list(dict.fromkeys([*joined_up.columns, *whole.columns, *new.columns])))


def joined_rows(comparison: Comparison, pairs: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return one row for each pair: the left one, with the sharper place, and what the reports of both tell."""
    left = comparison.left.set_index("event_id", drop=False).loc[list(pairs["left_id"])].reset_index(drop=True)
    right = comparison.right.set_index("event_id", drop=False).loc[list(pairs["right_id"])].reset_index(drop=True)
    if not len(left):
        return left
    sharper = places_of_events(right).radius_m < places_of_events(left).radius_m
    for column in _WHERE:
        if column in left.columns and column in right.columns:
            left[column] = left[column].where(~sharper, right[column])
    if "sources" in left.columns and "sources" in right.columns:
        left["sources"] = [_both(a, b) for a, b in zip(left["sources"], right["sources"], strict=True)]
    if "n_sources" in left.columns and "n_sources" in right.columns:
        left["n_sources"] = left["n_sources"] + right["n_sources"]
    return left


def _both(a: str, b: str) -> str:
    told = json.loads(a or "[]")
    return json.dumps(told + [one for one in json.loads(b or "[]") if one not in told], ensure_ascii=False)
