"""The map of a comparison: what both sides have, what one has alone, and what is too coarse to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geoconflict.comparing.integrate import joined_rows

if TYPE_CHECKING:
    from geoconflict.comparing.comparison import Comparison
    from geoconflict.render.event_map import EventMap

__all__ = ["comparison_map"]

# After Okabe and Ito: told apart by people with any colour vision; the shapes of the map differ too.
_COLOURS: Final = {"both": "#00795a", "coarse": "#8a8f98", "left": "#0072b2", "right": "#c04e00"}


def comparison_map(comparison: Comparison, *, title: str, **options: Any) -> EventMap:
    """Return the map of a comparison; see :meth:`Comparison.map`."""
    import pandas as pd

    from geoconflict.render.event_map import EventMap

    left, right = comparison.names
    kinds = {
        "both": "In both",
        "coarse": "In both perhaps: place or days too coarse",
        "left": f"Only {left}",
        "right": f"Only {right}",
    }
    agreed = comparison.pairs["agreement"] == "agrees"
    parts = [
        _of_both(comparison, comparison.pairs[agreed]).assign(event_type=kinds["both"]),
        _of_both(comparison, comparison.pairs[~agreed]).assign(event_type=kinds["coarse"]),
        comparison.only_left.assign(event_type=kinds["left"], event_id=_named(left, comparison.only_left)),
        comparison.only_right.assign(event_type=kinds["right"], event_id=_named(right, comparison.only_right)),
    ]
    filled = [part for part in parts if len(part)]
    events = pd.concat(filled, ignore_index=True) if filled else comparison.left.iloc[:0]
    n_left, n_right = len(comparison.only_left), len(comparison.only_right)
    told = (
        f"{int(agreed.sum())} events are in both, {int((~agreed).sum())} perhaps; "
        f"{n_left} are only in {left}, {n_right} only in {right}. "
        "An event in both stands where the side that places it more sharply puts it."
    )
    colours = {kinds[name]: colour for name, colour in _COLOURS.items()} | dict(options.pop("colours", None) or {})
    credit = tuple(dict.fromkeys((*options.pop("attribution", ()), *comparison.attribution)))
    settings: dict[str, Any] = {"description": told, "attribution": credit, **options}
    return EventMap(events, title=title or f"{left} and {right}: which events both have", colours=colours, **settings)


def _of_both(comparison: Comparison, pairs: Any) -> Any:
    """Return a row for each pair that tells, among what the sources say differently, where the two sides' figures do not meet."""
    rows = joined_rows(comparison, pairs)
    if not len(rows) or "disagreements" not in rows.columns:
        return rows
    told = []
    for before, (_, pair) in zip(rows["disagreements"], pairs.iterrows(), strict=True):
        figures = [
            f"{_killed(pair, side)} in {name}" for side, name in zip(("left", "right"), comparison.names, strict=True)
        ]
        more = [f"Killed: {figures[0]}, {figures[1]}."] if pair["deaths"] == "apart" else []
        told.append("\n".join([one for one in (before, *more) if one]))
    return rows.assign(disagreements=told)


def _killed(pair: Any, side: str) -> str:
    import pandas as pd

    low, best, high = (pair[f"{side}_killed_{bound}"] for bound in ("low", "best", "high"))
    if not pd.isna(best):
        return str(best)
    if pd.isna(high):
        return f"at least {low}"
    return f"at most {high}" if pd.isna(low) else f"{low} to {high}"


def _named(side: str, frame: Any) -> Any:
    """Return ids that differ between sides: both may number their rows alike."""
    return [f"{side}:{one}" for one in frame["event_id"]]
