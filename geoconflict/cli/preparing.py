"""What comes before a run: what the settings name is there, what is to be written harms nothing, and a refusal is accounted for."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from geoconflict.cli.output import own_files
from geoconflict.cli.overwriting import check_writes, settings_as_they_are
from geoconflict.cli.session import RunOptions, Session
from geoconflict.errors import ConfigError, GeoconflictError, InputError
from geoconflict.settings import CONFIG_NAME, Settings, StoreSettings

__all__ = ["check_maps", "check_named_files", "prepared"]

_ACCOUNT_BEGINS = re.compile(rb'\s*\{\s*"format": "geoconflict run report"')
_METRICS_BEGIN = re.compile(rb"# HELP geoconflict_")
_STORE_PATH = re.compile(r"""^\[store\][^\[]*?^\s*path\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE | re.DOTALL)
_LONGEST_START = 200


@contextlib.contextmanager
def prepared(command: str, store: Path | None, config: Path | None, options: RunOptions) -> Iterator[None]:
    """Account for a run that is refused inside the block, before it has its settings and its store.

    The account and the metrics are written as for a run that failed, so that what watches them does not see the good ones of
    the run before.

    Raises
    ------
    SystemExit
        1, if something inside is wrong.
    """
    session = Session(command, _store_meant(store, config), Settings(), options)
    try:
        _check_outputs(options, session.store, config)
    except InputError as error:
        session.refuse(error, is_accounted=False)
    try:
        yield
    except (GeoconflictError, sqlite3.Error, OSError) as error:
        session.refuse(error, config=_config_file(config))


def _check_outputs(options: RunOptions, store: Path, config: Path | None) -> None:
    """Refuse to write an account or metrics over anything but an older one."""
    told = [("--report", options.report, _ACCOUNT_BEGINS), ("--metrics", options.metrics, _METRICS_BEGIN)]
    if options.report and options.metrics and options.report.resolve() == options.metrics.resolve():
        msg = f"--report and --metrics are one file, {options.report}; give each its own"
        raise InputError(msg)
    for option, path, begins in told:
        if path is None:
            continue
        if str(path) == "-":
            msg = f"{option} - is no file; name one, or use --json, which prints the account of the run"
            raise InputError(msg)
        if not path.parent.is_dir():
            msg = f"{path.parent}: there is no such folder; make it first"
            raise InputError(msg)
        if path.resolve() in (store.resolve(), _config_file(config)):
            msg = f"{option} {path} is the event store or the settings file; choose another name"
            raise InputError(msg)
        if path.exists() and not _is_older_one(path, begins):
            msg = f"{option} {path} is there and was not written by {option} before; choose another name, or remove it first"
            raise InputError(msg)
    settings, _ = settings_as_they_are(_config_file(config))
    check_writes({option: path for option, path, _ in told}, settings=settings, store=store)


def _is_older_one(path: Path, begins: re.Pattern[bytes]) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(_LONGEST_START)
    return not start or begins.match(start) is not None


def _config_file(config: Path | None) -> Path:
    file = config or Path(CONFIG_NAME)
    return (file / CONFIG_NAME if file.is_dir() else file).resolve()


def _store_meant(store: Path | None, config: Path | None) -> Path:
    """Return the store of a run, as well as it can be told without sound settings."""
    if store is not None:
        return store
    file = _config_file(config)
    try:
        found = _STORE_PATH.search(file.read_text(encoding="utf-8", errors="replace"))
    except OSError:
        found = None
    name = Path(found[1] if found else StoreSettings().path)
    return file.parent / name.expanduser()


def check_named_files(settings: Settings, *, with_maps: bool) -> None:
    """Refuse settings that name files or countries which are not there, though nothing would be read with them now.

    Raises
    ------
    ConfigError
        If any is not there, or the store is a folder: all that is wrong.
    """
    faults = []
    if settings.places.countries:
        from geoconflict.places.countries import country_table

        faults += [
            f"places.countries: there is no country {code!r} (ISO 3166-1 alpha-3, like AZE)"
            for code in settings.places.countries
            if code not in country_table()
        ]
    faults += [
        f"{setting}: there is no file {name!r} ({path})"
        for setting, path, name in own_files(settings, with_maps=with_maps)
        if not path.is_file()
    ]
    if settings.resolve(settings.store.path).is_dir():
        faults.append(f"store.path: {settings.store.path!r} is a folder; name a file")
    if faults:
        msg = "\n".join(map(settings.located, faults))
        raise ConfigError(msg)


def check_maps(settings: Settings) -> None:
    """Refuse what only drawing the maps of the settings would tell: their tiles, regions and lines.

    Raises
    ------
    GeoconflictError
        If one of them cannot be used.
    """
    from geoconflict.map_stage import check_spec
    from geoconflict.tools import Tools

    tools = Tools(settings)
    for spec in settings.maps:
        check_spec(tools, spec)
