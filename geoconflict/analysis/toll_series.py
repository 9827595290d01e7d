"""Cumulative figures over time: the latest that each speaker had given by the end of each period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from geoconflict.analysis.periods import PeriodName, periods_between
from geoconflict.frame_checks import checked_tolls

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["tolls_over_time"]


def tolls_over_time(tolls: pd.DataFrame, *, measure: str = "killed", period: PeriodName = "week") -> pd.DataFrame:
    """Return the figures of each speaker by period; the figures are totals, so they are never added up.

    Parameters
    ----------
    tolls
        A frame of :data:`geoconflict.TOLL_COLUMNS`, such as :meth:`geoconflict.EventStore.tolls` returns.
    measure
        killed, wounded, captured, missing or displaced.
    period
        day, week, month, quarter or year.

    Returns
    -------
    pandas.DataFrame
        ``period`` (its first day), ``speaker`` (who says it, else the outlet), ``who`` (whom it counts), ``low``, ``best``, ``high``, ``as_of``
        (the day of the figure), ``falls`` (whether it is below the one before: a correction, or another count). A period without a
        new figure of a speaker has no row. ``attrs["left_out"]`` counts the figures without a day and those of several places or of
        additions, which are no totals.

    Raises
    ------
    InputError
        If columns are missing, or the measure or the period is unknown.
    """
    import pandas as pd

    chosen = checked_tolls(tolls, measure)
    is_total = chosen["scope"] == "war" if "scope" in chosen.columns else pd.Series(True, index=chosen.index)
    dated = chosen[is_total & chosen["as_of"].notna() & chosen[["low", "best", "high"]].notna().any(axis=1)]
    left_out = {
        "no totals": int((~is_total).sum()),
        "without a day or a figure": int(is_total.sum()) - len(dated),
    }
    columns = ["period", "speaker", "who", "low", "best", "high", "as_of", "falls"]
    rows: list[list[Any]] = []
    if len(dated):
        days = dated["as_of"].to_numpy().astype("datetime64[D]").astype(np.int64)
        periods = periods_between(period, int(days.min()), int(days.max()))
        at = np.searchsorted(periods.edges, days, "right") - 1
        speaker = dated["claimed_by"].fillna("").where(dated["claimed_by"].fillna("") != "", dated["source"].fillna(""))
        told = dated.assign(speaker=speaker, at=at).sort_values(["as_of", "published_on", "report_id"], kind="stable")
        latest = (
            told.groupby(["speaker", "who", "at"], sort=True)
            .tail(1)
            .sort_values(["speaker", "who", "at"], kind="stable")
        )
        before: tuple[str, str] | None = None
        figure = 0
        for row in latest.to_dict("records"):
            now = next(int(row[bound]) for bound in ("best", "low", "high") if not pd.isna(row[bound]))
            same = before == (row["speaker"], row["who"])
            rows.append(
                [
                    periods.starts[row["at"]],
                    row["speaker"],
                    row["who"],
                    row["low"],
                    row["best"],
                    row["high"],
                    row["as_of"],
                    same and now < figure,
                ]
            )
            before, figure = (row["speaker"], row["who"]), now
    table = pd.DataFrame(rows, columns=columns).astype(
        {
            "period": "datetime64[s]",
            "speaker": "str",
            "who": "str",
            "low": "Int64",
            "best": "Int64",
            "high": "Int64",
            "as_of": "datetime64[s]",
            "falls": "bool",
        }
    )
    table.attrs = {"left_out": {why: n for why, n in left_out.items() if n}}
    return table.sort_values(["period", "speaker", "who"], kind="stable", ignore_index=True)
