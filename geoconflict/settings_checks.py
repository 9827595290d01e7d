"""Values of settings that have the right type and cannot be meant: refused before any work is done with them."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from geoconflict.allowed_networks import AllowedNetwork
from geoconflict.colours import is_colour
from geoconflict.models import EventType
from geoconflict.settings_lines import KeyPath, Where, shown

if TYPE_CHECKING:
    from geoconflict.settings import FeedSettings, FetchingSettings, MapSettings, PhaseSettings, Settings

__all__ = ["FeedKind", "MapPeriods", "PdfDate", "PhaseKind", "RunEngine", "Theme", "check_values"]

MapPeriods = Literal["auto", "week", "month", "year", "none"]
"""What the layer control offers one entry for; auto is weeks up to ten weeks of data, months up to three years, years."""

Theme = Literal["auto", "light", "dark"]
"""auto follows the reader's device; whichever it is, the page has a switch."""

PhaseKind = Literal["phase", "ceasefire"]

RunEngine = Literal["local", "dask"]
FeedKind = Literal["feed", "list", "page"]
PdfDate = Literal["text", "created"]
"""A PDF is often made long after the report in it was published, so the day it was made counts only where asked for."""

# Names of devices: Windows opens no file so named, whatever its suffix.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_MAP_NAME = re.compile(r"[\w-][\w. -]*")
_LONGEST_NAME = 200
"""Bytes: file systems take 255, and a map is written beside its place under a name that is longer by what tells it apart."""
_COUNTRY = re.compile(r"[A-Z]{3}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TYPES: Final = tuple(str(one) for one in EventType)
_LEAST = (
    ("min_delay_seconds", 0),
    ("timeout_seconds", 0.1),
    ("found_days", 0),
    ("not_found_days", 0),
    ("download_seconds", 0.1),
)
_LEAST_FETCHING = (
    ("min_delay_seconds", 0),
    ("max_wait_seconds", 0),
    ("connect_seconds", 0.1),
    ("read_seconds", 0.1),
    ("total_seconds", 0.1),
    ("max_tries", 1),
    ("max_bytes", 1),
    ("max_redirects", 0),
    ("recheck_hours", 0),
    ("recheck_days", 0),
)
_MOST_TRIES = 10
_MOST_BYTES = 500_000_000  # a page is unpacked in memory: so much a hostile server can make a run take
_MOST_OF_A_LIMIT = 10**15  # what the machine counts in holds no more by much
_MOST_OF_A_WORKER = 10**9
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_USER = re.compile(r"[^/?#]*//[^/?#]*@")
_SECRET_KEY = re.compile(
    r"[?&](?:[\w-]*(?:api|access|auth)[_-]?(?:key|token)|key|token|auth|password|passwd|pwd|secret|signature)=(?!\{secret\})",
    re.IGNORECASE,
)

_MOST_DAYS_OF_COPIES = 31
"""Bulletins of one form and no news come again for years: a text of last year is no copy."""
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
    """Note in `where` the values that cannot be meant though their type is right, each with its key and what it must be."""
    for name in ("earliest", "latest"):
        _check_day(where, ("reports", name), getattr(settings.reports, name))
    _check_share(where, ("places", "min_score"), settings.places.min_score)
    # Python takes a name that begins with a dot for one beside a package, and there is none: an error of its own.
    if not settings.extract.model or settings.extract.model.startswith("."):
        _refuse(where, ("extract", "model"), settings.extract.model, "the name of an installed spaCy package")
    for code in settings.places.countries:
        if not _COUNTRY.fullmatch(code):
            _refuse(
                where, ("places", "countries"), code, "codes of three capital letters like AZE (ISO 3166-1 alpha-3)"
            )
    days = (settings.reports.earliest, settings.reports.latest)
    if all(days) and all(map(_is_day, days)) and days[0] > days[1]:
        _refuse(
            where, ("reports", "latest"), settings.reports.latest, f"{settings.reports.earliest} (earliest) or later"
        )
    for name, least in _LEAST:
        if getattr(settings.places, name) < least:
            _refuse(where, ("places", name), getattr(settings.places, name), f"{least} or more")
    _check_share(where, ("copies", "min_share"), settings.copies.min_share)
    if not 0 <= settings.copies.max_days <= _MOST_DAYS_OF_COPIES:
        _refuse(where, ("copies", "max_days"), settings.copies.max_days, f"0 to {_MOST_DAYS_OF_COPIES}")
    _check_share(where, ("reports", "most_withdrawn"), settings.reports.most_withdrawn)
    for name in ("workers", "report_seconds", "report_megabytes"):
        if getattr(settings.run, name) < 0:
            _refuse(where, ("run", name), getattr(settings.run, name), "0 or more")
        elif getattr(settings.run, name) > _MOST_OF_A_WORKER:
            _refuse(where, ("run", name), getattr(settings.run, name), f"{_MOST_OF_A_WORKER:,} or less")
    _check_choice(where, ("run", "engine"), [settings.run.engine], get_args(RunEngine))
    _check_fetching(where, settings.fetching)
    for number, feed in enumerate(settings.feeds):
        _check_feed(where, ("feeds", number), feed)
    for name in _REPORT_LIMITS:
        if getattr(settings.reports, name) < 1:
            _refuse(where, ("reports", name), getattr(settings.reports, name), "1 or more")
        elif getattr(settings.reports, name) > _MOST_OF_A_LIMIT:
            _refuse(where, ("reports", name), getattr(settings.reports, name), f"{_MOST_OF_A_LIMIT:,} or less")
    _check_choice(where, ("reports", "pdf_date"), [settings.reports.pdf_date], get_args(PdfDate))
    _check_outputs(where, settings)
    names = [one.name.casefold() for one in settings.maps]
    for number, one in enumerate(settings.maps):
        if one.name.casefold() in names[:number]:  # some file systems take them for one file
            where.refuse(("maps", number, "name"), "two maps share a name; give each [[maps]] its own name")
        _check_map(where, ("maps", number), one)


def _check_outputs(where: Where, settings: Settings) -> None:
    """Refuse what is written into a folder of reports, where it would be read as one, or is in the way of what is."""
    folders = [("reports.paths", name) for name in settings.reports.paths]
    folders.append(("fetching.folder", settings.fetching.folder))
    outputs: list[tuple[KeyPath, str]] = [
        (("maps_dir",), settings.maps_dir),
        (("store", "path"), settings.store.path),
        (("places", "cache"), settings.places.cache),
        (("review", "corrections"), settings.review.corrections),
    ]
    root = settings.root.resolve()
    for path, output in outputs:
        written = settings.resolve(output)
        for setting, name in folders:
            folder = settings.resolve(name)
            # Where all of the project is read, the files of the others have nowhere else to be, and suffixes of no report.
            is_project = folder == root or folder in root.parents
            if output and name and folder in (written, *written.parents) and (path == ("maps_dir",) or not is_project):
                what = f"'{shown(path)}' {output!r} lies in a folder of reports ({setting}: {name!r}), where "
                where.refuse(path, f"{what}it would be read as one; choose another place")


def _check_fetching(where: Where, fetching: FetchingSettings) -> None:
    for name, least in _LEAST_FETCHING:
        if getattr(fetching, name) < least:
            _refuse(where, ("fetching", name), getattr(fetching, name), f"{least} or more")
    for name, most in (("max_tries", _MOST_TRIES), ("max_bytes", _MOST_BYTES)):
        if getattr(fetching, name) > most:
            _refuse(where, ("fetching", name), getattr(fetching, name), f"{most:,} or less")
    for port in fetching.ports:
        if not 0 < port < 1 << 16:
            _refuse(where, ("fetching", "ports"), port, "between 1 and 65535")
    for one in fetching.allow_private:
        try:
            AllowedNetwork.parse(one)
        except ValueError:
            _refuse(where, ("fetching", "allow_private"), one, "an address or network with a port, like 127.0.0.1:8000")


def _check_feed(where: Where, path: KeyPath, feed: FeedSettings) -> None:
    if not feed.url:
        where.refuse((*path, "url"), "a [[feeds]] needs 'url'")
    _check_choice(where, (*path, "kind"), [feed.kind], get_args(FeedKind))
    if feed.max_links < 0:
        _refuse(where, (*path, "max_links"), feed.max_links, "0 or more")
    if _USER.match(feed.url) or _SECRET_KEY.search(feed.url):
        what = "'feeds.url' holds what looks like a secret; write {secret} for it and name its environment variable in secret_env"
        where.refuse((*path, "url"), what)
    if feed.secret_env and not _VARIABLE.fullmatch(feed.secret_env):
        _refuse(where, (*path, "secret_env"), feed.secret_env, "the name of an environment variable")
    if "{secret}" in feed.url and not feed.secret_env:
        where.refuse((*path, "url"), "'feeds.url' has a {secret}; name its environment variable in secret_env")


def _check_map(where: Where, path: KeyPath, one: MapSettings) -> None:
    # The name becomes a file in maps_dir: it must not lead out of it, nor be the index of the maps.
    if not _MAP_NAME.fullmatch(one.name) or one.name.casefold() == "index" or _DEVICE.fullmatch(one.name):
        wanted = "a file name of letters, digits, spaces, '.', '_' and '-', other than 'index' and names of devices like 'con'"
        _refuse(where, (*path, "name"), one.name, wanted)
    n_bytes = len(one.name.encode("utf-8", "replace"))
    if n_bytes > _LONGEST_NAME:
        what = f"'{shown((*path, 'name'))}' has {n_bytes} bytes; the name of a file can have {_LONGEST_NAME}: {one.name:.40}..."
        where.refuse((*path, "name"), what)
    _check_share(where, (*path, "min_score"), one.min_score)
    if not _LANGUAGE.fullmatch(one.language):
        _refuse(where, (*path, "language"), one.language, "a code of two letters like en")
    _check_choice(where, (*path, "periods"), [one.periods], get_args(MapPeriods))
    _check_choice(where, (*path, "theme"), [one.theme], get_args(Theme))
    _check_choice(where, (*path, "types"), one.types, _TYPES)
    _check_choice(where, (*path, "colours"), one.colours, _TYPES)
    for kind, colour in one.colours.items():
        if not is_colour(colour):
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
    if start[1] and end[1] and _is_day(start[1]) and _is_day(end[1]) and start[1] > end[1]:
        _refuse(where, (*path, end[0]), end[1], f"{start[1]} ({shown((*path, start[0]))}) or later")


def _check_day(where: Where, path: KeyPath, value: str) -> None:
    if not _is_day(value):
        _refuse(where, path, value, "a day like 2020-09-27, or empty")


def _is_day(value: str) -> bool:
    """Whether a value is a day, or empty."""
    try:
        return not value or bool(dt.date.fromisoformat(value))
    except ValueError:
        return False


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
