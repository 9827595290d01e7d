"""Cumulative figures over time as one SVG: who said how many, when, and how far the claims lie apart.

Each figure is a mark at its last day; a bar spans its lowest and highest, an arrow stands for an open end. The figures of
one speaker about one group of people share colour, mark and a step line. No script, no font file, no network; it follows
the reader's light or dark setting.
"""

from __future__ import annotations

import datetime as dt
import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from geoconflict.atomic import replacing
from geoconflict.errors import InputError
from geoconflict.frame_checks import checked_tolls
from geoconflict.visible import visible

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TollPlot", "plot_tolls"]

# Told apart by people with any colour vision (after Okabe and Ito), at least 3:1 against the surface; marks differ too.
_LIGHT: Final = ("#0072b2", "#c04e00", "#00795a", "#a3487e", "#8a6d00", "#3d6f8e", "#6b4ea0")
_DARK: Final = ("#6db9f0", "#f5a25d", "#3ecb9f", "#e79cc6", "#e0c84a", "#9cc3d9", "#b9a2ea")
_MARKS: Final = (
    "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z", "M-3.6 -3.6h7.2v7.2h-7.2z", "M0 -5L5 0L0 5L-5 0z", "M0 -4.8L4.6 3.6H-4.6z",
    "M0 4.8L4.6 -3.6H-4.6z", "M-4.4 -1.5H-1.5V-4.4H1.5V-1.5H4.4V1.5H1.5V4.4H-1.5V1.5H-4.4z",
    "M0 -5L4.8 -1.5L3 4H-3L-4.8 -1.5z",
)  # fmt: skip
_WIDTH, _PLOT_HEIGHT = 760, 300
_LEFT, _RIGHT, _TOP = 64, 32, 52
_LEGEND_LINE = 20
_KEY: Final = "Filled: one figure. Open with an arrow: at least, or at most. Open with a bar: from lowest to highest."
_LOG_FROM: Final = 30
"""Above this ratio of the largest to the smallest figure the axis is logarithmic."""


@dataclass(frozen=True, slots=True)
class _Figure:
    day: dt.date
    low: int | None
    best: int | None
    high: int | None
    tip: str

    @property
    def known(self) -> list[int]:
        return [n for n in (self.low, self.best, self.high) if n is not None]

    @property
    def middle(self) -> int:
        """Where the mark stands: the one figure, else the lowest, else the highest."""
        return next(n for n in (self.best, self.low, self.high) if n is not None)


@dataclass(frozen=True, slots=True)
class TollPlot:
    """A finished plot. Notebooks show it as it is."""

    svg: str
    """The whole SVG document."""
    n_figures: int
    """How many figures are drawn."""

    def _repr_svg_(self) -> str:
        return self.svg

    def save(self, out: str | os.PathLike[str]) -> Path:
        """Write the plot to `out`, an ``.svg`` file, whole or not at all, and return its path.

        Raises
        ------
        InputError
            If the suffix is not ``.svg`` or the folder does not exist.
        """
        target = Path(out)
        if target.suffix.lower() != ".svg":
            msg = f"{target}: a plot of tolls is an SVG file; give a name that ends in .svg"
            raise InputError(msg)
        with replacing(target) as temporary:
            temporary.write_text(self.svg, encoding="utf-8", newline="\n")
        return target


def plot_tolls(tolls: pd.DataFrame, *, measure: str = "killed", title: str = "", theme: str = "auto") -> TollPlot:
    """Return cumulative figures over time as a plot.

    Parameters
    ----------
    tolls
        Figures with the columns of :data:`geoconflict.TOLL_COLUMNS`, such as :meth:`geoconflict.EventStore.tolls`
        returns. Those of several places told together and what a side adds to its losses (``scope`` other than "war") are no
        totals and are left out; so is what has
        no day, whose number is told below the plot. Pass a part of the frame to plot one war, one side or one group.
    measure
        killed, wounded, captured, missing or displaced.
    title
        Shown above; empty names the measure.
    theme
        auto follows the reader's setting; light or dark fixes it.

    Returns
    -------
    TollPlot
        Days from left to right, numbers of people upwards: in equal steps, or logarithmic where the largest is more than
        30 times the smallest above zero.

    Raises
    ------
    InputError
        If columns are missing, or `measure` or `theme` is none of these.
    """
    if theme not in ("auto", "light", "dark"):
        msg = f"theme {theme!r} is none of auto, light, dark"
        raise InputError(msg)
    chosen = checked_tolls(tolls, measure)
    if "scope" in chosen.columns:
        chosen = chosen[chosen["scope"] == "war"]
    chosen = chosen[chosen[["low", "best", "high"]].notna().any(axis=1)]
    dated = chosen[chosen["as_of"].notna()]
    series = _series(dated, measure)
    heading = title or f"{measure.capitalize()}: cumulative figures, by who gives them"
    svg = _Drawing(series, heading, len(chosen) - len(dated), theme).document()
    return TollPlot(svg=svg, n_figures=len(dated))


def _series(tolls: pd.DataFrame, measure: str) -> list[tuple[str, list[_Figure]]]:
    """Return the figures by speaker and people counted, the fullest series first; beyond seven they share one."""
    found: dict[str, list[_Figure]] = {}
    for row in tolls.sort_values(["as_of", "published_on", "report_id"], kind="stable").to_dict("records"):
        speaker = _text(row["claimed_by"]) or _text(row["source"]) or "nobody named"
        name = f"{speaker}: {_text(row['who'])}" if _text(row["who"]) else speaker
        low, best, high = (None if _is_missing(row[bound]) else int(row[bound]) for bound in ("low", "best", "high"))
        day: dt.date = row["as_of"].date()
        words = _range_in_words(low, best, high)
        outlet = f" ({_text(row['source'])})" if _text(row["source"]) and _text(row["claimed_by"]) else ""
        tip = f"{_day(day)}: {words} {measure}, says {name}{outlet}. “{_text(row['quote'])}”"
        found.setdefault(name, []).append(_Figure(day, low, best, high, tip))
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    if len(ordered) <= len(_LIGHT):
        return ordered
    kept, rest = ordered[: len(_LIGHT)], ordered[len(_LIGHT) :]
    return [*kept, (f"{len(rest)} more speakers", [figure for _, figures in rest for figure in figures])]


class _Drawing:
    """The SVG of some series."""

    def __init__(self, series: Sequence[tuple[str, list[_Figure]]], title: str, n_undated: int, theme: str) -> None:
        self._series = series
        self._title, self._n_undated, self._theme = title, n_undated, theme
        figures = [figure for _, one in series for figure in one]
        days = [figure.day for figure in figures] or [dt.date(2000, 1, 1)]
        self._first, self._last = min(days), max(days)
        values = [n for figure in figures for n in figure.known] or [1]
        positive = [n for n in values if n > 0] or [1]
        self._top = max(positive)
        self._bottom = min(positive)
        self._is_log = self._top / self._bottom > _LOG_FROM
        self._height = _TOP + _PLOT_HEIGHT + 42 + _LEGEND_LINE * (len(series) + 1 + bool(n_undated)) + 10

    def document(self) -> str:
        """Return the whole document."""
        title = _label(self._title, 95)
        size = f'viewBox="0 0 {_WIDTH} {self._height}" width="{_WIDTH}" height="{self._height}"'
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" class="gc-tolls" role="img" {size} style="max-width:100%;height:auto">',
            f"<title>{title}</title>",
            f"<style>{_style(self._theme)}</style>",
            f'<rect class="gct-page" width="{_WIDTH}" height="{self._height}"/>',
            f'<text class="gct-title" x="16" y="26">{title}</text>',
        ]
        if self._series:
            parts += [*self._axes(), *self._marks(), *self._legend()]
        else:
            parts.append(f'<text class="gct-note" x="16" y="{_TOP + 40}">No cumulative figure with a day.</text>')
        if self._n_undated:
            y = self._height - 14
            parts.append(f'<text class="gct-note" x="16" y="{y}">Not drawn: {self._n_undated} without a day.</text>')
        return "\n".join([*parts, "</svg>"]) + "\n"

    # ------------------------------------------------------------ scales
    def _x(self, day: dt.date) -> float:
        span = max(1, (self._last - self._first).days)
        share = (day - self._first).days / span if self._last > self._first else 0.5
        return round(_LEFT + 16 + share * (_WIDTH - _LEFT - _RIGHT - 32), 1)

    def _y(self, value: float) -> float:
        if self._is_log:
            low, high = math.log10(self._bottom) - 0.15, math.log10(self._top) + 0.15
            share = (math.log10(value) - low) / (high - low) if value > 0 else 0.0
        else:
            share = value / (self._top * 1.12)
        return round(_TOP + (1 - min(1.0, max(0.0, share))) * _PLOT_HEIGHT, 1)

    def _value_ticks(self) -> list[int]:
        if self._is_log:
            powers = range(int(math.log10(self._bottom)), int(math.log10(self._top)) + 2)
            ticks = [step * 10**power for power in powers for step in (1, 2, 5)]
            ticks = [tick for tick in ticks if self._bottom * 0.75 <= tick <= self._top * 1.35]
            return ticks if len(ticks) <= 9 else [tick for tick in ticks if str(tick)[0] == "1"] or ticks[::3]
        step = _nice(self._top / 4)
        return [step * n for n in range(int(self._top * 1.1 / step) + 1)]

    def _day_ticks(self) -> list[dt.date]:
        span = (self._last - self._first).days
        n = min(5, max(1, span))
        if span == 0:
            return [self._first]
        return list(dict.fromkeys(self._first + dt.timedelta(days=round(span * k / n)) for k in range(n + 1)))

    # ------------------------------------------------------------ parts
    def _axes(self) -> Iterable[str]:
        right = _WIDTH - _RIGHT
        for tick in self._value_ticks():
            y = self._y(tick)
            yield f'<path class="gct-grid" d="M{_LEFT} {y}H{right}"/>'
            yield f'<text class="gct-tick" x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{tick:,}</text>'
        bottom = _TOP + _PLOT_HEIGHT
        yield f'<path class="gct-axis" d="M{_LEFT} {bottom}H{right}"/>'
        ticks = self._day_ticks()
        same_year = self._first.year == self._last.year
        for at, day in enumerate(ticks):
            words = _day(day) if at in (0, len(ticks) - 1) or not same_year else f"{day.day} {day:%b}"
            yield f'<path class="gct-axis" d="M{self._x(day)} {bottom}v5"/>'
            yield f'<text class="gct-tick" x="{self._x(day)}" y="{bottom + 20}" text-anchor="middle">{words}</text>'
        if self._is_log:
            yield f'<text class="gct-tick" x="{right}" y="{_TOP - 6}" text-anchor="end">logarithmic scale</text>'

    def _marks(self) -> Iterable[str]:
        for k, (name, figures) in enumerate(self._series):
            yield f'<g class="gct-s{k}"><title>{_label(name, 200)}</title>'
            if len(figures) > 1 and k < len(_LIGHT):
                steps = f"M{self._x(figures[0].day)} {self._y(figures[0].middle)}"
                steps += "".join(f"H{self._x(one.day)}V{self._y(one.middle)}" for one in figures[1:])
                yield f'<path class="gct-step" d="{steps}"/>'
            for figure in figures:
                yield self._mark(k, figure)
            yield "</g>"

    def _mark(self, k: int, figure: _Figure) -> str:
        x, y = self._x(figure.day), self._y(figure.middle)
        bar = ""
        if figure.best is None:
            if figure.low is not None and figure.high is not None:
                bar = f"M{x - 4} {self._y(figure.low)}h8M{x} {self._y(figure.low)}V{self._y(figure.high)}m-4 0h8"
            elif figure.low is not None:
                bar = f"M{x} {y}v-18m-4 5l4 -5l4 5"
            else:
                bar = f"M{x} {y}v18m-4 -5l4 5l4 -5"
        drawn = f'<path class="gct-bar" d="{bar}"/>' if bar else ""
        kind = "gct-mark" if figure.best is not None else "gct-mark gct-open"
        return (
            f"<g><title>{_label(figure.tip, 400)}</title>{drawn}"
            f'<path class="{kind}" transform="translate({x} {y})" d="{_MARKS[k % len(_MARKS)]}"/></g>'
        )

    def _legend(self) -> Iterable[str]:
        y = _TOP + _PLOT_HEIGHT + 46
        for k, (name, figures) in enumerate(self._series):
            yield (
                f'<g class="gct-s{k}"><path class="gct-mark" transform="translate(24 {y - 4})" d="{_MARKS[k % len(_MARKS)]}"/>'
                f'<text class="gct-name" x="38" y="{y}">{_label(name, 95)} ({len(figures)})</text></g>'
            )
            y += _LEGEND_LINE
        yield f'<text class="gct-note" x="16" y="{y}">{_KEY}</text>'


def _style(theme: str) -> str:
    """Return the style sheet; every rule begins at the plot's own class, so that a page around it keeps its looks."""
    base = (
        ".gc-tolls{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',Arial,sans-serif}"
        ".gc-tolls .gct-page{fill:var(--gct-page)}.gc-tolls text{fill:var(--gct-ink);font-size:12px}"
        ".gc-tolls .gct-title{font-size:15px;font-weight:600}.gc-tolls .gct-tick,.gc-tolls .gct-note{fill:var(--gct-muted)}"
        ".gc-tolls path{fill:none;vector-effect:non-scaling-stroke}.gc-tolls .gct-grid{stroke:var(--gct-grid)}"
        ".gc-tolls .gct-axis{stroke:var(--gct-muted)}.gc-tolls .gct-step{stroke:var(--gct-c);stroke-width:1.5;opacity:.55}"
        ".gc-tolls .gct-bar{stroke:var(--gct-c);stroke-width:2}"
        ".gc-tolls .gct-mark{fill:var(--gct-c);stroke:var(--gct-c);stroke-width:1.6}"
        ".gc-tolls .gct-open{fill:var(--gct-page)}"
    )

    def colours(page: str, ink: str, muted: str, grid: str, series: Sequence[str]) -> str:
        names = f".gc-tolls{{--gct-page:{page};--gct-ink:{ink};--gct-muted:{muted};--gct-grid:{grid}}}"
        shades = "".join(f".gc-tolls .gct-s{k}{{--gct-c:{shade}}}" for k, shade in enumerate((*series, muted)))
        return names + shades

    light = colours("#ffffff", "#1b222c", "#5b6675", "#e6e9ed", _LIGHT)
    dark = colours("#181d25", "#eef1f5", "#a2adbb", "#313a47", _DARK)
    if theme == "auto":
        return f"{base}{light}@media (prefers-color-scheme:dark){{{dark}}}"
    return base + (dark if theme == "dark" else light)


def _nice(step: float) -> int:
    """Return the next round number: 1, 2 or 5 times a power of ten."""
    power = 10 ** math.floor(math.log10(max(1.0, step)))
    return int(next(n * power for n in (1, 2, 5, 10) if n * power >= step or n == 10))


def _range_in_words(low: int | None, best: int | None, high: int | None) -> str:
    if best is not None:
        return f"{best:,}"
    if low is not None and high is not None:
        return f"{low:,} to {high:,}"
    return f"at least {low:,}" if low is not None else f"at most {high:,}"


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%b %Y}"


def _is_missing(value: Any) -> bool:
    import pandas as pd

    return bool(pd.isna(value))


def _text(value: Any) -> str:
    return "" if value is None or _is_missing(value) else " ".join(str(value).split())


def _label(words: str, limit: int) -> str:
    """Return foreign words fit for an SVG: hidden characters shown, markup escaped, no longer than `limit`."""
    shown = visible(words)
    return escape(shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…", quote=True)
