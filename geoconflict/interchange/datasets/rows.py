"""Event frames row by row, as exports need them: plain values, the two sides, the sources, one day, one point."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from geoconflict.date_codes import acled_time_precision, ucdp_date_prec
from geoconflict.interchange.datasets.adopting import Point
from geoconflict.interchange.grounds import representative_points
from geoconflict.models import DateBasis, DatePrecision, DateSpan

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Party", "Rows", "Sides"]

_SEPARATOR: Final = "; "
_REPEATED: Final = re.compile(r"#\d+\Z")
_INTERS: Final = frozenset("12345678")
_PRECISIONS: Final = frozenset(DatePrecision)


class Party(NamedTuple):
    """One of the actors of an event."""

    name: str
    inter: int | None
    """ACLED's inter code."""
    country: str
    """PLOVER's country; empty unknown."""
    sectors: tuple[str, ...]
    """PLOVER's sectors, the primary one first."""


class Sides(NamedTuple):
    """The actors of an event by side: those who did it or are named first, those who suffered it or are named second."""

    first: tuple[Party, ...]
    second: tuple[Party, ...]
    others: tuple[Party, ...]
    """Whose side is not known."""


class Rows:
    """The rows of a checked event frame.

    Parameters
    ----------
    frame
        With the columns of :data:`geoconflict.EVENT_COLUMNS`; rows without a geometry are without a place.
    """

    def __init__(self, frame: gpd.GeoDataFrame) -> None:
        self._frame = frame
        self._texts: dict[str, list[str]] = {}
        self._numbers: dict[str, list[int | None]] = {}

    def __len__(self) -> int:
        return len(self._frame)

    def texts(self, name: str) -> list[str]:
        """Return a column of text."""
        if name not in self._texts:
            column = self._frame[name]
            self._texts[name] = ["" if gone else str(cell) for cell, gone in zip(column, column.isna(), strict=True)]
        return self._texts[name]

    @functools.cached_property
    def points(self) -> list[Point | None]:
        """A point on each geometry, EPSG:4326; None where there is none."""
        found = representative_points(self._frame.geometry)
        there = ~(self._frame.geometry.isna() | self._frame.geometry.is_empty)
        return [Point(x, y) if is_there else None for x, y, is_there in zip(found.x, found.y, there, strict=True)]

    @functools.cached_property
    def spans(self) -> list[DateSpan]:
        """The days of each event."""
        found = []
        for first, last, precision, basis in zip(
            self._days("starts_on"),
            self._days("ends_on"),
            self.texts("date_precision"),
            self.texts("date_basis"),
            strict=True,
        ):
            # Frames of others may call precision and basis what they like; what is no word of ours is not known.
            known = DatePrecision(precision) if precision in _PRECISIONS else DatePrecision.UNKNOWN
            is_published = basis == DateBasis.PUBLISHED
            found.append(
                DateSpan(
                    starts_on=first,
                    ends_on=last,
                    precision=known,
                    basis=DateBasis.PUBLISHED if is_published else DateBasis.STATED,
                )
            )
        return found

    def _days(self, name: str) -> list[dt.date | None]:
        column = self._frame[name]
        return [None if gone else value.date() for value, gone in zip(column, column.isna(), strict=True)]

    def own_id(self, k: int, prefix: str) -> str:
        """Return what a data set calls a row: its own id, also of one that repeats, or else ours."""
        event_id = self.texts("event_id")[k]
        start = f"{prefix}:"
        return _REPEATED.sub("", event_id.removeprefix(start)) if event_id.startswith(start) else event_id

    def best_day(self, k: int) -> dt.date | None:
        """Return the one day to give of a row (:attr:`geoconflict.models.DateSpan.best_day`); None where only a bound is known."""
        span = self.spans[k]
        is_bound = span.starts_on is None or span.basis is DateBasis.PUBLISHED
        return None if is_bound and span.starts_on != span.ends_on else span.best_day

    def ucdp_date_prec(self, k: int) -> int | None:
        """Return UCDP's date_prec of a row; None where UCDP has no such row."""
        return ucdp_date_prec(self.spans[k])

    def acled_time_precision(self, k: int) -> int | None:
        """Return ACLED's time_precision of a row; None where ACLED has no such row."""
        return acled_time_precision(self.spans[k])

    def numbers(self, name: str) -> list[int | None]:
        """Return a column of counts; all missing where the frame has no such column."""
        if name not in self._numbers:
            column = self._frame.get(name)
            self._numbers[name] = (
                [None] * len(self)
                if column is None
                else [None if gone else int(value) for value, gone in zip(column, column.isna(), strict=True)]
            )
        return self._numbers[name]

    @functools.cached_property
    def radii_m(self) -> list[float]:
        """Half the extent that each point stands for, in metres; NaN unknown."""
        return [float(value) for value in self._frame["radius_m"].to_numpy("float64", na_value=float("nan"))]

    @functools.cached_property
    def sides(self) -> list[Sides]:
        """The actors of each event by side."""
        columns = ("actors", "actor_inters", "actor_countries", "actor_sectors", "agents", "targets")
        return [_sides(*row) for row in zip(*(self.texts(name) for name in columns), strict=True)]

    @functools.cached_property
    def sources(self) -> list[list[dict[str, Any]]]:
        """What is told of each event, one object a source."""
        return [json.loads(text) if text else [] for text in self.texts("sources")]

    def told(self, k: int, key: str) -> list[str]:
        """Return what the sources of a row say under a key, each once, without what is missing."""
        return list(dict.fromkeys(str(one[key]) for one in self.sources[k] if one.get(key)))


def _sides(actors: str, inters: str, countries: str, sectors: str, agents: str, targets: str) -> Sides:
    names = actors.split(_SEPARATOR) if actors else []
    n = len(names)
    parties = [
        Party(name, int(inter) if inter in _INTERS else None, country, tuple(filter(None, codes.split(","))))
        for name, inter, country, codes in zip(
            names, _aligned(inters, n), _aligned(countries, n), _aligned(sectors, n), strict=True
        )
    ]
    did, suffered = set(_split(agents)), set(_split(targets))
    first = [one for one in parties if one.name in did]
    second = [one for one in parties if one.name in suffered and one not in first]
    rest = [one for one in parties if one not in first and one not in second]
    if not first and not second:
        # Two of one name may fight each other: they are told apart by their places.
        return Sides(tuple(parties[:1]), tuple(parties[1:2]), tuple(parties[2:]))
    if not first:
        first, rest = rest[:1], rest[1:]
    if not second:
        second, rest = rest[:1], rest[1:]
    return Sides(tuple(first), tuple(second), tuple(rest))


def _split(text: str) -> Sequence[str]:
    return text.split(_SEPARATOR) if text else []


def _aligned(text: str, n: int) -> list[str]:
    """Return one code for each actor; none at all where they cannot be told apart."""
    found = text.split(_SEPARATOR)
    return found if len(found) == n else [""] * n
