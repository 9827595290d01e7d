"""Values of settings that have the right type and cannot be meant: refused before any work is done with them."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from geoconflict.models import EventType
from geoconflict.settings_lines import KeyPath, Where, shown

if TYPE_CHECKING:
    from geoconflict.settings import MapSettings, PhaseSettings, Settings

__all__ = ["MapPeriods", "PdfDate", "PhaseKind", "Theme", "check_values"]

MapPeriods = Literal["auto", "week", "month", "year", "none"]
"""What the layer control offers one entry for; auto is weeks up to ten weeks of data, months up to three years, years."""

Theme = Literal["auto", "light", "dark"]
"""auto follows the reader's device; whichever it is, the page has a switch."""

PhaseKind = Literal["phase", "ceasefire"]

PdfDate = Literal["text", "created"]
"""A PDF is often made long after the report in it was published, so the day it was made counts only where asked for."""

# Names of devices: Windows opens no file so named, whatever its suffix.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_MAP_NAME = re.compile(r"[\w-][\w. -]*")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TYPES: Final = tuple(str(one) for one in EventType)
_LEAST = (
    ("min_delay_seconds", 0),
    ("timeout_seconds", 0.1),
    ("found_days", 0),
    ("not_found_days", 0),
    ("download_seconds", 0.1),
)
_REPORT_LIMITS = (
    "max_bytes",
    "max_chars",
    "max_html_bytes",
    "max_document_bytes",
    "max_file_bytes",
    "max_items",
    "max_expansion",
    "max_pdf_pages",
    "max_seconds",
)


def check_values(where: Where, settings: Settings) -> None:
    """Check what a type does not.

    Raises
    ------
    ConfigError
        At the first value that cannot be meant, with file, line, key and what it must be.
    """
    for name in ("earliest", "latest"):
        _check_day(where, ("reports", name), getattr(settings.reports, name))
    _check_share(where, ("places", "min_score"), settings.places.min_score)
    for name, least in _LEAST:
        if getattr(settings.places, name) < least:
            _refuse(where, ("places", name), getattr(settings.places, name), f"{least} or more")
    for name in _REPORT_LIMITS:
        if getattr(settings.reports, name) < 1:
            _refuse(where, ("reports", name), getattr(settings.reports, name), "1 or more")
    _check_choice(where, ("reports", "pdf_date"), [settings.reports.pdf_date], get_args(PdfDate))
    names = [one.name.casefold() for one in settings.maps]
    for number, one in enumerate(settings.maps):
        if one.name.casefold() in names[:number]:  # some file systems take them for one file
            where.refuse(("maps", number, "name"), "two maps share a name; give each [[maps]] its own name")
        _check_map(where, ("maps", number), one)


def _check_map(where: Where, path: KeyPath, one: MapSettings) -> None:
    # The name becomes a file in maps_dir: it must not lead out of it, nor be the index of the maps.
    if not _MAP_NAME.fullmatch(one.name) or one.name.casefold() == "index" or _DEVICE.fullmatch(one.name):
        wanted = "a file name of letters, digits, spaces, '.', '_' and '-', other than 'index' and names of devices like 'con'"
        _refuse(where, (*path, "name"), one.name, wanted)
    _check_share(where, (*path, "min_score"), one.min_score)
    if not _LANGUAGE.fullmatch(one.language):
        _refuse(where, (*path, "language"), one.language, "a code of two letters like en")
    _check_choice(where, (*path, "periods"), [one.periods], get_args(MapPeriods))
    _check_choice(where, (*path, "theme"), [one.theme], get_args(Theme))
    _check_choice(where, (*path, "types"), one.types, _TYPES)
    _check_choice(where, (*path, "colours"), one.colours, _TYPES)
    for kind, colour in one.colours.items():
        if not _COLOUR.fullmatch(colour):
            _refuse(where, (*path, "colours", kind), colour, "a colour like '#c94121'")
    if one.bbox and not _is_box(one.bbox):
        _refuse(where, (*path, "bbox"), list(one.bbox), "west, south, east, north in degrees, west below east")
    _check_span(where, path, ("starts_on", one.starts_on), ("ends_on", one.ends_on))
    for number, phase in enumerate(one.phases):
        _check_phase(where, (*path, "phases", number), phase)


def _check_phase(where: Where, path: KeyPath, phase: PhaseSettings) -> None:
    for key, value in (("from", phase.from_), ("label", phase.label.strip())):
        if not value:
            where.refuse((*path, key), f"a [[maps.phases]] needs '{key}'")
    _check_choice(where, (*path, "kind"), [phase.kind], get_args(PhaseKind))
    _check_span(where, path, ("from", phase.from_), ("to", phase.to))


def _check_span(where: Where, path: KeyPath, start: tuple[str, str], end: tuple[str, str]) -> None:
    for key, value in (start, end):
        _check_day(where, (*path, key), value)
    if start[1] and end[1] and start[1] > end[1]:
        _refuse(where, (*path, end[0]), end[1], f"{start[1]} ({shown((*path, start[0]))}) or later")


def _check_day(where: Where, path: KeyPath, value: str) -> None:
    try:
        is_day = not value or bool(dt.date.fromisoformat(value))
    except ValueError:
        is_day = False
    if not is_day:
        _refuse(where, path, value, "a day like 2020-09-27, or empty")


def _check_share(where: Where, path: KeyPath, value: float) -> None:
    if not 0 <= value <= 1:
        _refuse(where, path, value, "between 0 and 1")


def _check_choice(where: Where, path: KeyPath, values: Iterable[str], allowed: tuple[str, ...]) -> None:
    for value in values:
        if value not in allowed:
            near = difflib.get_close_matches(value, allowed, n=1)
            meant = f"; did you mean {near[0]!r}?" if near else ""
            _refuse(where, path, value, f"one of {', '.join(allowed)}", meant)


def _is_box(box: tuple[float, ...]) -> bool:
    if len(box) != 4:
        return False
    west, south, east, north = box
    return -180 <= west < east <= 180 and -90 <= south < north <= 90


def _refuse(where: Where, path: KeyPath, value: Any, wanted: str, meant: str = "") -> None:
    where.refuse(path, f"'{shown(path)}' must be {wanted}, not {value!r}{meant}")
