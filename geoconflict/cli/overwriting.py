"""What commands refuse to write over: what they read, and what the user made by hand or cannot get again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from geoconflict.cli.output import own_files
from geoconflict.errors import GeoconflictError, InputError
from geoconflict.settings import CONFIG_NAME, Settings, load_settings

__all__ = ["check_writes", "settings_as_they_are"]

_SIDE_CAR = "-metadata.json"
_BESIDE_STORES = ("", "-wal", "-shm", "-journal")


def check_writes(
    outputs: Mapping[str, Path | None],
    *,
    inputs: Iterable[Path] = (),
    settings: Settings | None = None,
    store: Path | None = None,
) -> None:
    """Refuse outputs that would replace a file of the user's, and two outputs of one name.

    Every command that writes files which the user names calls this before it writes.

    Parameters
    ----------
    outputs
        The files to be written, by the option that names them; None is none. Each is taken to have its side-car.
    inputs
        The files that the command reads.
    settings
        What it works with; None: that of this folder, where there is one that can be read.
    store
        The event store that it reads, if another than that of the settings.

    Raises
    ------
    InputError
        With the option, the file, and what it is.
    """
    written: list[tuple[str, Path]] = []
    for option, out in outputs.items():
        if out is not None:
            beside = out.with_name(out.name + _SIDE_CAR) if out.name else out
            written += [(f"{option} {out}", out), (f"the side-car {beside} of {option}", beside)]
    settings, config = (
        settings_as_they_are() if settings is None else (settings, settings.where and settings.where.file)
    )
    kept = [(path, "the file that is read") for path in inputs]
    kept += [(config, "the settings file itself")] if config else []
    stores = [store, settings.resolve(settings.store.path) if settings else None]
    for path in [one for one in stores if one is not None]:
        kept += [(path.with_name(path.name + end), "the event store itself") for end in _BESIDE_STORES]
    kept += _of_settings(settings) if settings else []
    for k, (name, out) in enumerate(written):
        for path, what in kept:
            if _is_same(out, path):
                msg = f"{name} is {what}; choose another name"
                raise InputError(msg)
        for folder, setting in _folders_of_reports(settings):
            if folder == out.resolve() or folder in out.resolve().parents:
                msg = f"{name} lies in a folder of reports ({setting}), where it would be read as one; choose another name, elsewhere"
                raise InputError(msg)
        for other, path in written[:k]:
            if _is_same(out, path):
                msg = f"{name} is {other} too; choose another name"
                raise InputError(msg)


def settings_as_they_are(config: Path = Path(CONFIG_NAME)) -> tuple[Settings | None, Path | None]:
    """Return settings and their file; what needs none of them does not stop at broken ones."""
    if not config.is_file():
        return None, None
    try:
        return load_settings(config), config
    except GeoconflictError:
        return None, config


def _of_settings(settings: Settings) -> Iterator[tuple[Path, str]]:
    named = [("review.corrections", settings.review.corrections), ("places.cache", settings.places.cache)]
    named += [("reports.paths", name) for name in settings.reports.paths]
    for setting, name in named:
        if name and not settings.resolve(name).is_dir():
            yield settings.resolve(name), f"a file of {setting}"
    for setting, path, _ in own_files(settings, with_maps=True):
        yield path, f"a file of {setting}"


def _folders_of_reports(settings: Settings | None) -> Iterator[tuple[Path, str]]:
    """Yield the folders that builds read, but for one that holds the whole project: nothing could be written then."""
    if settings is None or settings.where is None:
        return
    named = [("reports.paths", name) for name in settings.reports.paths]
    for setting, name in [*named, ("fetching.folder", settings.fetching.folder)]:
        folder = settings.resolve(name).resolve() if name else None
        root = settings.root.resolve()
        if folder and folder != root and folder not in root.parents and folder.is_dir():
            yield folder, setting


def _is_same(one: Path, other: Path) -> bool:
    if one.exists() and other.exists():
        return one.samefile(other)
    return one.resolve() == other.resolve()
