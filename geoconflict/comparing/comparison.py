"""What came of comparing two frames of events: pairs, what only one side has, and tables of both."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from geoconflict.errors import InputError
from geoconflict.frame_checks import credit_lines
from geoconflict.visible import visible

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from geoconflict.render.event_map import EventMap

__all__ = ["PAIR_COLUMNS", "Comparison"]


def _of_side(side: str) -> dict[str, tuple[str, str]]:
    return {
        f"{side}_id": ("str", f"event_id on the {side}."),
        f"{side}_type": ("str", "event_type."),
        f"{side}_sub_type": ("str", "sub_event_type."),
        f"{side}_starts_on": ("datetime64[s]", "First possible day."),
        f"{side}_ends_on": ("datetime64[s]", "Last possible day, inclusive."),
        f"{side}_place": ("str", "place_name."),
        f"{side}_precision": ("str", "place_precision."),
        f"{side}_killed_low": ("Int64", "People killed, lowest figure; missing is not stated."),
        f"{side}_killed_best": ("Int64", "The one figure."),
        f"{side}_killed_high": ("Int64", "Highest figure."),
    }


PAIR_COLUMNS: Final[dict[str, tuple[str, str]]] = {
    **_of_side("left"),
    **_of_side("right"),
    "score": ("float64", "How alike the two rows are, 0 to 1."),
    "agreement": ("str", "agrees, or too coarse: place or days of one say too little to agree with the other."),
    "distance_km": ("float64", "Between the two places, kilometres."),
    "days_apart": ("int64", "Days between the two spans; 0 where they have a day in common."),
    "deaths": ("str", "overlap, apart, one says nothing, or neither says anything."),
    "reasons": ("str", "Why the two are taken for one event, in words; '; ' between reasons."),
}
"""Every column of the pairs of a :class:`Comparison`: its dtype and what it holds."""

_COUNTS: Final = ("agrees", "too coarse", "only left", "only right")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Comparison:
    """Two frames of events beside each other. Consoles and notebooks show it as a summary."""

    names: tuple[str, str]
    """What the left and the right side are called."""
    pairs: pd.DataFrame
    """The rows taken for one event, by day, with the columns of :data:`PAIR_COLUMNS`."""
    left: gpd.GeoDataFrame
    """The rows of the left side that were compared."""
    right: gpd.GeoDataFrame
    """The rows of the right side that were compared."""
    left_out: Mapping[str, Mapping[str, int]]
    """For each side, how many of its rows were not compared, by why."""

    @property
    def only_left(self) -> gpd.GeoDataFrame:
        """The rows of the left side that are in no pair."""
        return self.left[~self.left["event_id"].isin(self.pairs["left_id"])].reset_index(drop=True)

    @property
    def only_right(self) -> gpd.GeoDataFrame:
        """The rows of the right side that are in no pair."""
        return self.right[~self.right["event_id"].isin(self.pairs["right_id"])].reset_index(drop=True)

    @property
    def attribution(self) -> tuple[str, ...]:
        """The lines of credit that must go with what is made of both, as their readers give them."""
        given = (line for frame in (self.left, self.right) for line in credit_lines(frame.attrs.get("attribution", ())))
        return tuple(dict.fromkeys(given))

    def summary(self) -> pd.DataFrame:
        """Return how many rows of each side agree with the other, are too coarse to say, or stand alone, and the shares.

        The share that agrees is at least ``agrees / rows``, and at most that of ``agrees + too coarse``.
        """
        import pandas as pd

        coarse = int((self.pairs["agreement"] == "too coarse").sum())
        agrees = len(self.pairs) - coarse
        rows = []
        for frame in (self.left, self.right):
            n = len(frame)
            rows.append(
                {
                    "rows": n,
                    "agrees": agrees,
                    "too coarse": coarse,
                    "alone": n - agrees - coarse,
                    "share at least": round(agrees / n, 3) if n else None,
                    "share at most": round((agrees + coarse) / n, 3) if n else None,
                }
            )
        return pd.DataFrame(rows, index=pd.Index(self.names, name="side"))

    def types(self) -> pd.DataFrame:
        """Return which event types the two sides give to the same events: left down, right across, and who stands alone.

        Pairs that are too coarse to say are not in it.
        """
        import pandas as pd

        agreed = self.pairs[self.pairs["agreement"] == "agrees"]
        coarse = self.pairs[self.pairs["agreement"] != "agrees"]
        kinds = sorted({*self.left["event_type"], *self.right["event_type"]})
        table = pd.crosstab(agreed["left_type"], agreed["right_type"]).reindex(index=kinds, columns=kinds, fill_value=0)
        alone = {
            "only_left": self.only_left["event_type"].value_counts() if len(self.left) else None,
            "only_right": self.only_right["event_type"].value_counts() if len(self.right) else None,
            "coarse": coarse["left_type"].value_counts() if len(coarse) else None,
        }
        counts = {
            name: [0 if found is None else int(found.get(kind, 0)) for kind in kinds] for name, found in alone.items()
        }
        table[f"only {self.names[0]}"] = counts["only_left"]
        table.loc[f"only {self.names[1]}"] = [*counts["only_right"], 0]
        table.index.name, table.columns.name = self.names
        return table.astype("int64")

    def counts(self, by: str) -> pd.DataFrame:
        """Return agreed and lone rows by month, by type, or by a column that both sides have, such as ``admin1`` or ``country``.

        A pair counts where the left row stands. Rows that say nothing of it come under "".

        Raises
        ------
        InputError
            If a side has no such column.
        """
        import pandas as pd

        column = {"month": "ends_on", "type": "event_type"}.get(by, by)
        missing = [
            name for name, frame in zip(self.names, (self.left, self.right), strict=True) if column not in frame.columns
        ]
        if missing:
            msg = f"{' and '.join(missing)}: no column {by!r} to count by; say month, type, or a column that both sides have"
            raise InputError(msg)
        keys = {
            word: dict(zip(frame["event_id"], _keys(frame[column], is_month=by == "month"), strict=True))
            for word, frame in (("left", self.left), ("right", self.right))
        }
        told = [
            (keys["left"][one], kind) for one, kind in zip(self.pairs["left_id"], self.pairs["agreement"], strict=True)
        ]
        told += [(keys["left"][one], "only left") for one in self.only_left["event_id"]]
        told += [(keys["right"][one], "only right") for one in self.only_right["event_id"]]
        found = pd.DataFrame(told, columns=[by, "what"])
        table = pd.crosstab(found[by], found["what"]).reindex(columns=list(_COUNTS), fill_value=0)
        return table.rename(
            columns={"only left": f"only {self.names[0]}", "only right": f"only {self.names[1]}"}
        ).rename_axis(columns=None)

    def deaths(self) -> pd.DataFrame:
        """Return how the ranges of people killed compare in the pairs that agree, with the sums of both sides.

        Sums are over the lowest and the highest figures; the highest is missing where a figure has no upper end.
        """
        import pandas as pd

        agreed = self.pairs[self.pairs["agreement"] == "agrees"]
        rows = []
        for word in ("overlap", "apart", "one says nothing", "neither says anything"):
            chosen = agreed[agreed["deaths"] == word]
            row: dict[str, Any] = {"pairs": len(chosen)}
            for name, side in zip(self.names, ("left", "right"), strict=True):
                low, best, high = (chosen[f"{side}_killed_{bound}"] for bound in ("low", "best", "high"))
                row[f"{name} low"] = low.fillna(best).sum(min_count=1)
                row[f"{name} high"] = high.fillna(best).sum(min_count=1, skipna=False) if len(chosen) else pd.NA
            rows.append(row)
        index = pd.Index(["overlap", "apart", "one says nothing", "neither says anything"], name="deaths")
        return pd.DataFrame(rows, index=index).astype("Int64")

    def map(self, *, title: str = "", **options: Any) -> EventMap:
        """Return a map of what both sides have, what one side has alone, and what is too coarse to say.

        Parameters
        ----------
        title
            Shown above; "" names the two sides.
        **options
            Passed on to :class:`geoconflict.EventMap`, for instance ``lines`` or ``labels``.
        """
        from geoconflict.comparing.comparison_map import comparison_map

        return comparison_map(self, title=title, **options)

    def __str__(self) -> str:
        parts = [self.summary().to_string(), "", *self._left_out_lines()]
        return "\n".join(parts).rstrip()

    def __repr__(self) -> str:
        return str(self)

    def _left_out_lines(self) -> list[str]:
        return [
            f"{name}: not compared: " + ", ".join(f"{n} {why}" for why, n in reasons.items())
            for name, reasons in self.left_out.items()
            if reasons
        ]

    def _repr_html_(self) -> str:
        """Return the summary for notebooks: counts, types side by side, and deaths."""
        names = " and ".join(html.escape(visible(name)) for name in self.names)
        notes = "".join(f"<p>{html.escape(visible(line))}</p>" for line in self._left_out_lines())
        parts = [f"<h4>{names}: which events both have</h4>", _table(self.summary()), notes]
        if len(self.left) and len(self.right):
            down, across = (html.escape(visible(name)) for name in self.names)
            parts += [f"<h4>Types: {down} down, {across} across</h4>", _table(self.types())]
            parts += ["<h4>People killed, in the pairs that agree</h4>", _table(self.deaths())]
        return "\n".join(part for part in parts if part)


def _keys(values: pd.Series[Any], *, is_month: bool) -> list[str]:
    if is_month:
        return list(values.dt.strftime("%Y-%m").fillna(""))
    return [str(value) for value in values.fillna("")]


def _table(table: pd.DataFrame) -> str:
    """Return a table for a notebook; what is missing is a dash, and names are escaped."""
    shown = table.astype("object").where(table.notna(), "–")
    shown.index, shown.columns = (axis.map(lambda name: visible(str(name))) for axis in (shown.index, shown.columns))
    return str(shown.rename_axis(index=None, columns=None).to_html(border=0))
