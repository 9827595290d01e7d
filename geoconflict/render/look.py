"""How a map looks and what its timeline marks, as its maker wants it: theme, colours of event types, phases of the war."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, get_args

from geoconflict.errors import MapError
from geoconflict.render.page import asset
from geoconflict.settings_checks import PhaseKind, Theme
from geoconflict.visible import clean_text

__all__ = ["Phase", "checked_theme", "coloured_style", "day_number", "phase_rows", "style_table"]

_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")


class Phase(NamedTuple):
    """A span of days that the timeline marks with a labelled band."""

    starts_on: dt.date
    ends_on: dt.date | None
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


def style_table(types: Iterable[str] = ()) -> dict[str, Any]:
    """Return the colours and shapes of event types and the palette of both themes, as ``assets/style.json`` holds them.

    Any of `types` that is not there gets one of the colours with another shape than goes with it, by a rule that depends
    on the set of types alone: each in turn, by its name, takes of the colours that are used least the first from where the
    digest of its name points. Up to seven types differ in colour. Beyond 42 of others all look alike.
    """
    table: dict[str, Any] = json.loads(asset("style.json"))
    names, known = list(table["types"]), list(table["types"].values())
    wanted = set(types)
    uses = [int(name in wanted) for name in names]
    free = {(ring, at) for ring in range(1, len(known)) for at in range(len(known))}
    for name in sorted(wanted - set(names))[: len(free)]:
        start = hashlib.sha256(clean_text(name).encode()).digest()[0]
        ring, at = min(free, key=lambda pair: (uses[pair[1]], pair[0], (pair[1] - start) % len(known)))
        free.remove((ring, at))
        uses[at] += 1
        table["types"][name] = known[at] | {"shape": known[(at + ring) % len(known)]["shape"]}
    return table


def coloured_style(colours: Mapping[str, str], types: Iterable[str] = ()) -> dict[str, Any]:
    """Return :func:`style_table` of `types`, with `colours` (type to ``#rrggbb``) in both themes.

    Raises
    ------
    MapError
        If something is not a colour.
    """
    style = style_table(types)
    for kind, colour in colours.items():
        if not _COLOUR.fullmatch(colour):
            msg = f"the colour of {kind!r} is {colour!r}; write it like '#c94121'"
            raise MapError(msg)
        style["types"][str(kind)] = style["types"].get(str(kind), style["other"]) | {"colour": colour, "dark": colour}
    return style


def phase_rows(phases: Sequence[Phase]) -> list[dict[str, Any]]:
    """Return phases as the page reads them, by first day: days since 1970-01-01, None where open.

    Raises
    ------
    MapError
        If a phase ends before it starts, has no label, or is of an unknown kind.
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
        if one.ends_on is not None and one.ends_on < one.starts_on:
            msg = f"the phase {one.label!r} ends on {one.ends_on}, before it starts on {one.starts_on}"
            raise MapError(msg)
        rows.append(
            {
                "from": day_number(one.starts_on),
                "to": day_number(one.ends_on),
                "label": one.label.strip(),
                "kind": one.kind,
            }
        )
    return sorted(rows, key=lambda row: (row["from"], row["label"]))


def day_number(day: dt.date | None) -> int | None:
    """Return the days since 1970-01-01, as the page counts them."""
    return None if day is None else (day - dt.date(1970, 1, 1)).days
