"""The gallery: one page with a card for each map of a build, and what a card says of its map.

A card is kept as JSON beside the key of its map, so the page is written again without drawing any map again.
"""

from __future__ import annotations

import datetime as dt
import html
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

import numpy as np

from geoconflict.atomic import replacing
from geoconflict.render.columns import MapColumns
from geoconflict.render.overview import IntArray, Where
from geoconflict.render.page import asset, escaped
from geoconflict.render.thumbnail import Dot
from geoconflict.visible import visible_title

__all__ = ["MapCard", "gallery_page", "map_card", "write_gallery"]

SPOTS: Final = frozenset({"exact", "town", "unstated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCard:
    """What the gallery shows of a map. Days are ISO 8601, "" where unknown; None is a figure that no report gives."""

    title: str
    description: str
    file: str
    """Name of the map's file, beside the gallery."""
    first_day: str
    last_day: str
    n_events: int
    n_on_map: int
    killed_low: int | None
    killed_high: int | None
    n_with_killed: int
    """Events that give a number of dead: the range is of these alone."""
    data_day: str
    """When the newest of the reports was published."""
    n_off: Mapping[str, int] = field(default_factory=dict)
    """Why events are not on the map -> how many; the reasons are names of :class:`geoconflict.render.overview.Where`."""
    picture: str
    """Trusted SVG, as :func:`geoconflict.render.thumbnail.thumbnail` returns it."""

    def to_json(self) -> str:
        """Return the card as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> MapCard:
        """Return the card that :meth:`to_json` wrote."""
        return cls(**json.loads(text))


def map_card(
    columns: MapColumns,
    *,
    file: str,
    title: str,
    description: str,
    n_outside: int = 0,
    draw: Callable[[Iterable[Dot]], str],
) -> MapCard:
    """Return the card of a map.

    Parameters
    ----------
    columns
        Its columns: the card says what the page says before anybody filters.
    file
        Name of its file.
    title, description
        Plain text.
    n_outside
        Events of other days that the page counts and does not hold.
    draw
        Makes the picture of dots, one for each type of event drawn at each place.
    """
    shown, places = columns.overview, columns.places
    is_vague = [precision not in SPOTS for precision in places.precision]
    rows = shown.on_map()
    types = np.asarray(shown.event_type.codes, np.int64)[rows]
    n_types = max(1, len(shown.event_type.dictionary))
    spots, counts = np.unique(np.asarray(shown.place)[rows] * n_types + types, return_counts=True)
    dots = [
        Dot(float(places.lon[place]), float(places.lat[place]), shown.event_type.dictionary[code], is_vague[place], n)
        for place, code, n in zip((spots // n_types).tolist(), (spots % n_types).tolist(), counts.tolist(), strict=True)
    ]
    has_figures = shown.n_with_killed > 0
    return MapCard(
        title=title,
        description=description,
        file=file,
        first_day=_iso(shown.first_day),
        last_day=_iso(shown.last_day),
        n_events=columns.n_events + n_outside,
        n_on_map=len(rows),
        killed_low=shown.killed_low if has_figures else None,
        killed_high=shown.killed_high if has_figures else None,
        n_with_killed=shown.n_with_killed,
        data_day=columns.data_day,
        n_off=_off(shown.where, n_outside),
        picture=draw(dots),
    )


def _off(where: IntArray, n_outside: int) -> dict[str, int]:
    """Count the events that are not on the map by reason, those of other days that the page only counts among them."""
    counts = {one: int((where == one).sum()) for one in Where if one is not Where.ON_MAP}
    counts[Where.OUTSIDE] += n_outside
    return {one.name.lower(): n for one, n in counts.items() if n}


def _iso(day: int | None) -> str:
    return "" if day is None else (dt.date(1970, 1, 1) + dt.timedelta(days=day)).isoformat()


# ---------------------------------------------------------------- the page
_PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Maps</title>
<style>
{style}</style>
</head>
<body>
<main>
<h1>Maps</h1>
<ul class="maps">
{items}
</ul>
<p class="foot">Each map is one file that works without a network. A map shows what reports say, and who says it; it is not a record of what happened. Outlines in the pictures: Natural Earth (public domain). Under “About this map” each map names the sources and licences of its places and data, which hold for its picture too. Made with geoconflict.</p>
</main>
</body>
</html>
"""


def gallery_page(cards: Sequence[MapCard]) -> str:
    """Return the HTML of the gallery, in the order of `cards`; it loads nothing and runs no script."""
    return _PAGE.format(style=asset("gallery.css"), items="\n".join(map(_item, cards)))


def write_gallery(path: Path, cards: Sequence[MapCard]) -> None:
    """Write :func:`gallery_page` to `path`, whole or not at all; a page that says the same already is left alone."""
    page = gallery_page(cards)
    if path.is_file() and path.read_bytes() == page.encode():
        return
    with replacing(path) as temporary:
        temporary.write_text(page, encoding="utf-8", newline="\n")


def _item(card: MapCard) -> str:
    facts = [
        ("Period", _period(card)),
        ("Events", _events(card)),
        ("Killed", _killed_text(card)),
        ("Reports up to", _day(card.data_day)),
    ]
    rows = "".join(f"<div><dt>{name}</dt><dd>{escaped(value)}</dd></div>" for name, value in facts)
    description = f'<p dir="auto">{escaped(card.description)}</p>' if card.description else ""
    return (
        f'<li><div class="picture">{card.picture}</div><div class="words">'
        f'<h2 dir="auto"><a href="{html.escape(quote(card.file))}">{escaped(visible_title(card.title))}</a></h2>'
        f"{description}<dl>{rows}</dl></div></li>"
    )


def _period(card: MapCard) -> str:
    if not card.first_day:
        return "no day known"
    if card.first_day == card.last_day:
        return _day(card.first_day)
    first = _day(card.first_day)
    if card.first_day[:4] == card.last_day[:4]:
        first = first.rsplit(" ", 1)[0]  # the year stands once
    return f"{first} – {_day(card.last_day)}"


def _events(card: MapCard) -> str:
    off = card.n_events - card.n_on_map
    return f"{card.n_on_map:,} on the map" + (f", {off:,} listed beside it" if off else "")


def _killed_text(card: MapCard) -> str:
    if card.killed_low is None or card.killed_high is None:
        return "no figures"
    low, high = f"{card.killed_low:,}", f"{card.killed_high:,}"
    of = "1 event that gives" if card.n_with_killed == 1 else f"{card.n_with_killed:,} events that give"
    return f"{low if low == high else f'{low}–{high}'}, in {of} a figure"


_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def _day(iso: str) -> str:
    """Return a day in words, whatever the locale."""
    try:
        day = dt.date.fromisoformat(iso[:10])
    except ValueError:
        return "unknown"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
