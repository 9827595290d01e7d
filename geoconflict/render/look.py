"""How a map looks and what its timeline marks, as its maker wants it: theme, colours of event types, phases of the war."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from geoconflict.civil_day import Day, civil_span
from geoconflict.colours import is_colour
from geoconflict.errors import MapError
from geoconflict.settings_checks import PhaseKind, Theme
from geoconflict.type_styles import style_table

__all__ = ["Phase", "checked_theme", "coloured_style", "day_number", "phase_rows"]


class Phase(NamedTuple):
    """A span of days that the timeline marks with a labelled band."""

    starts_on: Day
    ends_on: Day | None
    """Last day; None is open."""
    label: str
    kind: PhaseKind = "phase"


def checked_theme(theme: str) -> str:
    """Return `theme`.

    Raises
    ------
    MapError
        If there is no such theme.
    """
    if theme not in get_args(Theme):
        msg = f"theme is {theme!r}; it is {' or '.join(get_args(Theme))}"
        raise MapError(msg)
    return theme


def coloured_style(colours: Mapping[str, str], types: Iterable[str] = ()) -> dict[str, Any]:
    """Return :func:`geoconflict.type_styles.style_table` of `types`, with `colours` (type to ``#rrggbb``) in both themes.

    Raises
    ------
    MapError
        If something is not a colour.
    """
    style = style_table(types)
    for kind, colour in colours.items():
        if not is_colour(colour):
            msg = f"the colour of {kind!r} is {colour!r}; write it like '#c94121'"
            raise MapError(msg)
        style["types"][str(kind)] = style["types"].get(str(kind), style["other"]) | {"colour": colour, "dark": colour}
    return style


def phase_rows(phases: Sequence[Phase]) -> list[dict[str, Any]]:
    """Return phases as the page reads them, by first day: days since 1970-01-01, None where open.

    Raises
    ------
    MapError
        If a phase has no label, or is of an unknown kind.
    InputError
        If its days are none, or it ends before it starts.
    """
    rows = []
    for phase in phases:
        one = Phase(*phase)
        if not one.label.strip():
            msg = f"the phase from {one.starts_on} has no label"
            raise MapError(msg)
        if one.kind not in get_args(PhaseKind):
            msg = f"the phase {one.label!r} is of kind {one.kind!r}; it is phase or ceasefire"
            raise MapError(msg)
        what = f"the phase {one.label!r}: "
        first, last = civil_span(one.starts_on, one.ends_on, (f"{what}starts_on", f"{what}ends_on"))
        rows.append(
            {
                "from": day_number(first),
                "to": day_number(last),
                "label": one.label.strip(),
                "kind": one.kind,
            }
        )
    return sorted(rows, key=lambda row: (row["from"], row["label"]))


def day_number(day: dt.date | None) -> int | None:
    """Return the days since 1970-01-01, as the page counts them."""
    return None if day is None else (day - dt.date(1970, 1, 1)).days
