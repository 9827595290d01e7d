"""``gazetteer``: install more places, add your own, see what is there."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geoconflict.cli.groups import SuggestingGroup
from geoconflict.cli.output import config_option, fail, json_option, printed_errors, quiet_option, settings_from
from geoconflict.clock import utc_now
from geoconflict.visible import visible, visible_json

if TYPE_CHECKING:
    from geoconflict.places.installed import Installed
    from geoconflict.places.installing.installer import Installer, InstallReport
    from geoconflict.settings import Settings

_N_BROKEN_SHOWN = 20


@click.group("gazetteer", cls=SuggestingGroup)
def gazetteer_command() -> None:
    """Install more places, add your own, see what is there.

    The package knows the larger places of the world and most of those in countries of conflict. A country's full
    GeoNames dump also has its hamlets, hills, rivers and bridges, and names in its own script.
    """


def _echo(line: str, *, err: bool = False) -> None:
    """Print a line in which names and texts of others stand."""
    click.echo(visible(line), err=err)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + "s" * (number != 1)


def _echo_json(record: dict[str, Any]) -> None:
    click.echo(visible_json(json.dumps(record, ensure_ascii=False)))


def _installer(settings: Settings, whosonfirst: str, *, quiet: bool) -> Installer:
    from geoconflict.places.installed import data_folder
    from geoconflict.places.installing.installer import Installer

    say: Callable[[str], None] = (lambda _: None) if quiet else (lambda line: _echo(line, err=True))
    configured = settings.places.whosonfirst_url
    if configured and "://" not in configured:
        configured = str(settings.resolve(configured))
    return Installer(
        data_folder(settings), settings.places, whosonfirst=whosonfirst or configured, now=utc_now(), say=say
    )


def _all_installed(settings: Settings) -> Installed:
    """Return what is there, used or not."""
    from geoconflict.places.installed import Installed, data_folder

    return Installed.load(data_folder(settings))


@gazetteer_command.command("install")
@click.argument("countries", nargs=-1)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of copies named as GeoNames names them, instead of the network.",
)
@click.option("--whos-on-first", "whosonfirst", default="", help="Bundles to add: a URL, file or folder; {cc} is az.")
@click.option("--offline", is_flag=True, help="Ask no server: build again from the files that are kept.")
@click.option("--force", is_flag=True, help="Fetch and build again even if nothing has changed.")
@config_option
@quiet_option
@printed_errors
def install_command(
    countries: tuple[str, ...],
    source: Path | None,
    whosonfirst: str,
    config: Path | None,
    *,
    offline: bool,
    force: bool,
    quiet: bool,
) -> None:
    """Download the places of COUNTRIES from GeoNames and use them in every later run.

    Countries are ISO codes or English names; without any, those installed are renewed. What has not changed is not
    downloaded again, and a download that breaks off goes on where it stopped.

    \b
    Examples:
      geoconflict gazetteer install AZ AM Ukraine
      geoconflict gazetteer install AZ --from /media/stick/geonames
    """
    from geoconflict.places.installing.installer import alpha2_of

    if offline and source is not None:
        raise click.UsageError("--offline uses what is kept; leave it out with --from")
    codes = [alpha2_of(name) for name in countries]
    settings = settings_from(config)
    report = _installer(settings, whosonfirst, quiet=quiet).install(codes, source=source, offline=offline, force=force)
    _print_report(report, codes, quiet=quiet)
    if not settings.places.installed and not quiet:
        _echo("places.installed is false in your settings: nothing of this is used", err=True)


def _print_report(report: InstallReport, codes: list[str], *, quiet: bool) -> None:
    for line in report.broken[:_N_BROKEN_SHOWN]:
        _echo(f"  passed over: {line}", err=True)
    if quiet:
        return
    for one in report.installed.countries:
        if not codes or one.code in codes:
            _echo(_country_line(one))
    built = report.installed.built
    if built is None:
        _echo("no country is installed; the embedded gazetteer is used")
    elif report.rebuilt:
        n_bytes = sum(size for size, *_ in built.files.values())
        _echo(f"{built.n_places:,} places with the embedded ones, {n_bytes / 1e6:.1f} MB in {report.installed.folder}")
    else:
        _echo("nothing has changed")


def _country_line(one: Any) -> str:
    parts = [_counted(one.n_places, "place"), _counted(one.n_names, "other name")]
    if one.n_whosonfirst:
        parts.append(f"{_counted(one.n_whosonfirst, 'record')} of Who's On First")
    parts.append(f"{_counted(one.n_left_out, 'row')} of other kinds left out")
    if one.n_broken:
        parts.append(f"{_counted(one.n_broken, 'row')} could not be read")
    return f"{one.code}  {one.name}: {', '.join(parts)}"


@gazetteer_command.command("list")
@config_option
@json_option
@printed_errors
def list_command(config: Path | None, *, as_json: bool) -> None:
    """List the countries installed and the files added."""
    installed = _all_installed(settings_from(config))
    if as_json:
        record = {
            "folder": str(installed.folder),
            "countries": [dataclasses.asdict(one) for one in installed.countries],
            "added": [dataclasses.asdict(one) for one in installed.added],
        }
        _echo_json(record)
        return
    if not installed.countries and not installed.added:
        _echo("nothing is installed or added; the embedded gazetteer is used")
        _echo(
            "`geoconflict gazetteer install AZ AM` installs countries, `geoconflict gazetteer add FILE` adds your places"
        )
    for one in installed.countries:
        _echo(_country_line(one))
    for added in installed.added:
        _echo(f"{added.name}: {_counted(added.n_places, 'place')} of your own, added {added.added_at[:10]}")


@gazetteer_command.command("info")
@click.argument("name", required=False)
@click.option("--verify", is_flag=True, help="Read every file whole and compare it with its checksum.")
@config_option
@json_option
@printed_errors
def info_command(name: str | None, config: Path | None, *, verify: bool, as_json: bool) -> None:
    """Show coverage, dates, sizes, checksums, sources and credit; of NAME only, where given.

    NAME is an installed country, an added file, or the id of a place (geonames:587124).
    """
    settings = settings_from(config)
    if name is not None and ":" in name:
        _print_place(settings, name, as_json=as_json)
        return
    record = _info(settings, _all_installed(settings), name)
    faults = _faults(settings) if verify else []
    record["faults"] = faults if verify else None
    if as_json:
        _echo_json(record)
    else:
        for line in _info_lines(record):
            _echo(line)
        if verify and not faults:
            _echo("all files are as they were")
    if faults:
        fail("\n".join(faults))


def _faults(settings: Settings) -> list[str]:
    from geoconflict.errors import GazetteerError
    from geoconflict.places.gazetteer import embedded_folder
    from geoconflict.places.gazetteer_format import GazetteerFile
    from geoconflict.places.installed import check_merged_with

    found = []
    installed = _all_installed(settings)
    try:
        GazetteerFile(embedded_folder()).verify()
        check_merged_with(installed)
    except GazetteerError as error:
        found.append(str(error))
    return found + [f"{path}: {fault}; {repair}" for path, fault, repair in installed.verify()]


def _info(settings: Settings, installed: Installed, name: str | None) -> dict[str, Any]:
    from geoconflict.places.gazetteer import Gazetteer

    record: dict[str, Any] = {"folder": str(installed.folder), "used": settings.places.installed}
    countries, files, added = installed.countries, installed.files, installed.added
    if name is None:
        embedded = Gazetteer.open()
        record["embedded"] = {"n_places": len(embedded), "fingerprint": embedded.fingerprint}
        record["built"] = dataclasses.asdict(installed.built) if installed.built else None
        record["attribution"] = [*(installed.attribution or embedded.attribution), *installed.credits]
    else:
        added = tuple(one for one in added if one.name == name)
        code = "" if added else _installed_code(installed, name)
        countries = tuple(one for one in countries if one.code == code)
        files = tuple(one for one in files if one.country == code) if code else ()
        record["attribution"] = [one.credit for one in added if one.credit] or list(
            installed.attribution if code else ()
        )
    record["countries"] = [dataclasses.asdict(one) for one in countries]
    record["files"] = [dataclasses.asdict(one) for one in files]
    record["added"] = [dataclasses.asdict(one) for one in added]
    return record


def _installed_code(installed: Installed, name: str) -> str:
    from geoconflict.errors import InputError
    from geoconflict.places.installing.installer import alpha2_of

    there = [*(one.code for one in installed.countries), *(one.name for one in installed.added)]
    try:
        code = alpha2_of(name)
    except InputError:
        code = ""
    if code not in there:
        fail(f"{name}: neither installed nor added; there are: {', '.join(there) or 'none'}")
    return code


def _info_lines(record: dict[str, Any]) -> list[str]:
    lines = []
    if "embedded" in record:
        lines.append(
            f"embedded: {record['embedded']['n_places']:,} places, fingerprint {record['embedded']['fingerprint']}"
        )
        lines.append(
            f"folder of installed places: {record['folder']}"
            + ("" if record["used"] else " (not used: places.installed)")
        )
    for one in record["countries"]:
        lines.append(f"{one['code']}  {one['name']}: {one['n_places']:,} places, {one['n_names']:,} other names")
        lines += [f"    left out: {n:,} {kind}" for kind, n in one["left_out"].items()]
    for one in record["files"]:
        lines.append(f"{one['name']}: {one['n_bytes']:,} bytes, {one['fetched_at']}, SHA-256 {one['sha256']}")
        lines.append(f"    from {one['source']}" + (f", of {one['last_modified']}" if one["last_modified"] else ""))
    for one in record["added"]:
        lines.append(
            f"{one['name']}: {_counted(one['n_places'], 'place')} of your own, {one['added_at']}, SHA-256 {one['sha256']}"
        )
    if record.get("built"):
        built = record["built"]
        lines.append(f"merged: {built['n_places']:,} places, {built['built_at']}, fingerprint {built['fingerprint']}")
        for name, (size, _, sha256) in built["files"].items():
            lines.append(f"    {built['folder']}/{name}: {size:,} bytes, SHA-256 {sha256}")
    return lines + [f"credit: {line}" for line in record["attribution"]]


def _print_place(settings: Settings, place_id: str, *, as_json: bool) -> None:
    from geoconflict.tools import Tools

    gazetteer = Tools(settings).gazetteer
    place = gazetteer.place(place_id)
    if place is None:
        fail(f"the gazetteer has no place {place_id!r}; `geoconflict geocode NAME` shows the ids of places")
    names = gazetteer.names(place_id)
    if as_json:
        _echo_json({"place": place.to_dict(), "names": names})
        return
    where = ", ".join(part for part in (place.admin2, place.admin1, place.country) if part)
    _echo(f"{place.place_id}  {place.name} ({where})  lat {place.lat:.4f}, lon {place.lon:.4f}")
    _echo(f"    {place.kind}, {place.precision}, radius {place.radius_m / 1000:g} km, source {place.source}")
    _echo(f"    names: {'; '.join(names)}")


@gazetteer_command.command("remove")
@click.argument("names", nargs=-1, required=True)
@config_option
@quiet_option
@printed_errors
def remove_command(names: tuple[str, ...], config: Path | None, *, quiet: bool) -> None:
    """Remove installed countries and added files by NAME, and delete their copies."""
    from geoconflict.places.installing.added import remove_table
    from geoconflict.places.installing.installer import alpha2_of

    settings = settings_from(config)
    installed = _all_installed(settings)
    tables = [name for name in names if any(one.name == name for one in installed.added)]
    codes = [alpha2_of(name) for name in names if name not in tables]
    if codes:
        _print_report(_installer(settings, "", quiet=quiet).remove(codes), codes, quiet=quiet)
    for name in tables:
        remove_table(installed.folder, name)
        if not quiet:
            _echo(f"{name}: removed")


@gazetteer_command.command("add")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--credit", default="", help="What maps and exports must say for this file: its source and licence.")
@config_option
@quiet_option
@printed_errors
def add_command(file: Path, credit: str, config: Path | None, *, quiet: bool) -> None:
    """Add your own places, lines and areas: FILE is a CSV or GeoJSON with the columns of places.extra.

    The file is copied. One of the same name that was added before is replaced.

    \b
    Example:
      geoconflict gazetteer add villages.csv --credit "Field survey 2024, CC BY 4.0"
    """
    from geoconflict.places.installed import data_folder
    from geoconflict.places.installing.added import add_table

    after = add_table(data_folder(settings_from(config)), file, credit=credit, now=utc_now())
    if not quiet:
        note = next(one for one in after.added if one.name == file.name)
        _echo(
            f"{file.name}: {_counted(note.n_places, 'place')} added; every later run uses {'it' if note.n_places == 1 else 'them'}"
        )
        for place_id, (n_whole, n_used, moved_m) in note.simplified.items():
            _echo(
                f"  {place_id}: {n_whole:,} vertices are kept; runs use {n_used:,}, which moves the outline by {moved_m:,} m at most"
            )
