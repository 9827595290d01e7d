"""Dates of any column, whatever pandas calls them, as first and last days with their precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from geoconflict.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Days", "UnreadDayError", "civil_days", "days_of", "looks_like_dates"]

_PERIODS: Final = {"A": "year", "Y": "year", "M": "month", "W": "week", "D": "day"}


class UnreadDayError(InputError):
    """A cell of a column of dates that is no day, or one of two."""

    def __init__(self, column: str, cell: str, what: str, repair: str) -> None:
        self.column, self.cell, self.what = column, cell, what
        super().__init__(f"events: column {column!r}: {what}; {repair}")


class Days(NamedTuple):
    """First and last day of each row (``datetime64[s]``, NaT unknown), and how precise that is."""

    first: Any
    last: Any
    precision: Any


def looks_like_dates(values: pd.Series[Any]) -> bool:
    """Say whether a column is of dates by its dtype, or holds nothing but dates of Python."""
    import datetime as dt

    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(values.dtype) or isinstance(values.dtype, pd.PeriodDtype):
        return True
    held = values.dropna()
    return values.dtype == object and len(held) > 0 and all(isinstance(value, dt.date) for value in held)


def days_of(values: pd.Series[Any], name: str) -> Days:
    """Return the days of a column of dates, times with or without a zone, periods, or strings.

    A time with a zone falls on the day of its own zone. Strings are ISO 8601 (also a month or a year alone), or written
    in one way throughout that cannot be misread.

    Raises
    ------
    InputError
        If they are no dates, or may be read in two ways; with an example and the repair.
    """
    import pandas as pd

    if isinstance(values.dtype, pd.PeriodDtype):
        kind = _PERIODS.get(str(values.dtype).removeprefix("period[")[0], "range")
        first, last = (_in_own_zone(getattr(values.dt, end)) for end in ("start_time", "end_time"))
        return Days(first, last, np.where(first == last, "day", kind))
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        day = civil_days(values)
        return Days(day, day, np.full(len(values), "day"))
    if pd.api.types.is_float_dtype(values.dtype) and (values.dropna() % 1 == 0).all():
        values = values.astype("Int64")
    return _from_texts(_texts(values), name)


def civil_days(values: pd.Series[Any]) -> Any:
    """Return the day of each value, ``datetime64[s]`` of shape (n,): of a time with a zone, the day in that zone.

    Values are dates, times or strings of ISO 8601; a month or a year alone is its first day. NaT is what is missing, and
    what is no day.
    """
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return _in_own_zone(values)
    return _iso_days(_texts(values))


def _in_own_zone(times: pd.Series[Any]) -> Any:
    import pandas as pd

    days = times.dt.tz_localize(None) if isinstance(times.dtype, pd.DatetimeTZDtype) else times
    return days.to_numpy().astype("datetime64[D]").astype("datetime64[s]")


def _parsed(texts: pd.Series[Any], **how: Any) -> Any:
    """Return the days of texts; pandas refuses texts of several zones together, so those are read one by one."""
    import pandas as pd

    try:
        times = pd.to_datetime(texts, errors="coerce", **how)
    except ValueError:
        each = [pd.to_datetime(text, errors="coerce", **how) for text in texts.array]
        times = pd.Series([time.tz_localize(None) for time in each], index=texts.index)
    return _in_own_zone(times)


def _texts(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return strings; missing and empty ones as NA."""
    import pandas as pd

    texts = values.map(
        lambda value: value.isoformat() if hasattr(value, "isoformat") else str(value), na_action="ignore"
    )
    texts = texts.astype("string").str.strip()
    return texts.mask(texts.isin(["", "NaT", "nan", "None"]), pd.NA)


def _all_of(texts: pd.Series[Any], pattern: str) -> npt.NDArray[np.bool_]:
    """Say of each text whether it is nothing but what the pattern stands for."""
    return texts.str.fullmatch(pattern).fillna(value=False).to_numpy(bool)


def _iso_days(texts: pd.Series[Any]) -> Any:
    compact = _all_of(texts, r"\d{8}([T ].*)?")
    iso = texts.where(~compact, texts.str[:4] + "-" + texts.str[4:6] + "-" + texts.str[6:8])
    # The day is what stands first; a time and its zone only say when on it.
    whole = _all_of(iso, r"\d{4}-\d{2}-\d{2}([T ].*|Z|[+-]\d{2}:\d{2})?")
    return _parsed(iso.where(~whole, iso.str[:10]), format="ISO8601")


def _from_texts(texts: pd.Series[Any], name: str) -> Days:
    years, months = (_all_of(texts, pattern) for pattern in (r"\d{4}", r"\d{4}-\d{2}"))
    days = _iso_days(texts)
    if (np.isnat(days) & texts.notna().to_numpy()).any():
        days = _written(texts, days, name)
    first = days.astype("datetime64[D]")
    last = first.copy()
    last[years] = (first[years].astype("datetime64[Y]") + 1).astype("datetime64[D]") - 1
    last[months] = (first[months].astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    precision = np.select([years, months], ["year", "month"], "day")
    return Days(first.astype("datetime64[s]"), last.astype("datetime64[s]"), precision)


def _written(texts: pd.Series[Any], iso: Any, name: str) -> Any:
    """Read dates that are not ISO 8601: the same way with the day or the month first, or not at all; `iso` are those that are."""
    days = iso.copy()
    is_open = np.isnat(iso) & texts.notna().to_numpy()
    known = texts[is_open]
    read = {day_first: _parsed(known, format="mixed", dayfirst=day_first) for day_first in (False, True)}
    bad = known[np.isnat(read[False]) & np.isnat(read[True])]
    if len(bad):
        raise UnreadDayError(
            name,
            bad.iloc[0],
            f"{len(bad)} of {texts.notna().sum()} values are no dates, for example {bad.iloc[0][:60]!r}",
            "mend them, or convert with pandas.to_datetime(..., errors='coerce') to leave them undated",
        )
    differ = known[read[False] != read[True]]
    if len(differ):
        raise UnreadDayError(
            name,
            differ.iloc[0],
            f"{differ.iloc[0][:60]!r} may be read with the day or the month first",
            "convert it with pandas.to_datetime(..., format='%d/%m/%Y'), or whatever its format is",
        )
    days[is_open] = read[False]
    return days
