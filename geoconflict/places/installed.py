"""The places that a user has installed and added: where they lie, what the manifest says of them, and how they are opened.

The folder ``gazetteer`` in the data folder holds::

    manifest.json     what is there; written last, so it names only what is whole
    downloads/        the files as they came, named after their content
    built-XXXXXXXX/   the embedded gazetteer merged with them, in the format of the embedded one
    added/            copies of the user's own tables, named after their content too; beside a copy with geometries of very
                      many vertices, the table with lighter ones that runs read

Nothing heavy is imported here: ``status`` reads the manifest too.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from geoconflict.errors import GazetteerError
from geoconflict.ids import fingerprint
from geoconflict.settings import Settings

if TYPE_CHECKING:
    from geoconflict.places.gazetteer import Gazetteer

__all__ = [
    "DATA_VARIABLE",
    "MANIFEST_FILE",
    "AddedFile",
    "Built",
    "Installed",
    "InstalledCountry",
    "KeptFile",
    "data_folder",
    "installed_key",
    "installed_places",
    "open_gazetteer",
    "sha256_of",
]

DATA_VARIABLE = "GEOCONFLICT_DATA_DIR"
_FORMAT = 2
MANIFEST_FILE = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """One file of a source, as it came."""

    name: str
    """As the source calls it: ``AZ.zip``, ``alternatenames/AZ.zip``."""
    country: str
    """ISO 3166-1 alpha-2 of the one that it is of; empty for a file of the whole world."""
    path: str
    """Below the folder."""
    source: str
    """The address or the path that it came from."""
    n_bytes: int
    sha256: str
    fetched_at: str
    """ISO instant in UTC."""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledCountry:
    """What one country brought."""

    code: str
    """ISO 3166-1 alpha-2."""
    name: str
    n_places: int
    n_names: int
    n_broken: int
    """Rows that could not be read."""
    n_left_out: int
    """Rows of kinds that the gazetteer has no use for."""
    left_out: Mapping[str, int]
    """The most frequent of these kinds -> how many."""
    n_whosonfirst: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFile:
    """A table of the user's own places, lines and areas."""

    name: str
    path: str
    n_bytes: int
    sha256: str
    n_places: int
    added_at: str
    credit: str = ""
    used_path: str = ""
    """Of the table that runs read instead of the copy, where the copy has geometries of very many vertices."""
    used_sha256: str = ""
    simplified: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)
    """Id of a place -> vertices of its geometry, those that runs use, metres that its outline may have moved."""

    @property
    def repair(self) -> str:
        """What makes a damaged copy good again."""
        return f"run `geoconflict gazetteer add FILE` again, with the {self.name} that it is a copy of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The merged gazetteer."""

    folder: str
    fingerprint: str
    embedded: str
    """Fingerprint of the embedded gazetteer that it was merged with."""
    n_places: int
    built_at: str
    files: Mapping[str, tuple[int, int, str]]
    """Name -> size in bytes, time of change in nanoseconds, SHA-256."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """All that is in one folder."""

    folder: Path
    countries: tuple[InstalledCountry, ...] = ()
    files: tuple[KeptFile, ...] = ()
    added: tuple[AddedFile, ...] = ()
    built: Built | None = None
    attribution: tuple[str, ...] = field(default=())

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return what the manifest in `folder` says; nothing installed where there is none.

        Raises
        ------
        GazetteerError
            If the manifest cannot be used.
        """
        path = folder / MANIFEST_FILE
        try:
            data = json.loads(path.read_bytes())
        except (FileNotFoundError, NotADirectoryError):
            return cls(folder=folder)
        except (OSError, ValueError, RecursionError) as error:
            raise _unusable(path, error) from error
        try:
            if data["format"] != _FORMAT:
                msg = (
                    f"{path}: written by another version of geoconflict (format {data['format']}, this one reads "
                    f"{_FORMAT}); delete the folder {folder} and install again"
                )
                raise GazetteerError(msg)
            built = data["built"]
            return cls(
                folder=folder,
                countries=tuple(InstalledCountry(**one) for one in data["countries"]),
                files=tuple(KeptFile(**one) for one in data["files"]),
                added=tuple(map(_added_file, data["added"])),
                built=built and Built(**{**built, "files": {key: tuple(one) for key, one in built["files"].items()}}),
                attribution=tuple(data["attribution"]),
            )
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise _unusable(path, error) from error

    def save(self) -> None:
        """Write the manifest, whole or not at all."""
        from geoconflict.atomic import replacing

        data = {key: value for key, value in dataclasses.asdict(self).items() if key != "folder"}
        text = json.dumps({"format": _FORMAT, **data}, ensure_ascii=False, indent=1, sort_keys=True)
        with replacing(self.folder / MANIFEST_FILE) as temporary:
            temporary.write_text(text + "\n", encoding="utf-8")

    @property
    def repair(self) -> str:
        """The command that makes a damaged installation anew."""
        codes = " ".join(one.code for one in self.countries)
        folders = {Path(one.source).parent for one in self.files if "/" not in one.name and "://" not in one.source}
        from_network = any("://" in one.source for one in self.files)
        source = f" --from {folders.pop()}" if len(folders) == 1 and not from_network else ""
        return f"run `geoconflict gazetteer install {codes} --force{source}`"

    @property
    def credits(self) -> tuple[str, ...]:
        """What maps must say for the user's own tables."""
        return tuple(dict.fromkeys(one.credit for one in self.added if one.credit))

    def file(self, name: str) -> KeptFile | None:
        """Return the kept file of that name."""
        return next((one for one in self.files if one.name == name), None)

    def added_paths(self) -> list[Path]:
        """Return the user's tables as runs read them.

        Raises
        ------
        GazetteerError
            If one is gone.
        """
        paths = [self.folder / (one.used_path or one.path) for one in self.added]
        for one, path in zip(self.added, paths, strict=True):
            if not path.is_file():
                msg = f"{path}: was added and is gone; {one.repair}"
                raise GazetteerError(msg)
        return paths

    def built_folder(self) -> Path | None:
        """Return the folder of the merged gazetteer, None where no country is installed; sizes and times are compared.

        Raises
        ------
        GazetteerError
            If its files are gone, of another size, or changed and no longer of their checksum.
        """
        if self.built is None:
            return None
        folder = self.folder / self.built.folder
        for name, (size, mtime_ns, sha256) in self.built.files.items():
            path = folder / name
            try:
                state = path.stat()
            except OSError as error:
                msg = f"{path}: cannot be read ({error.strerror}); {self.repair}"
                raise GazetteerError(msg) from error
            if state.st_size != size or (state.st_mtime_ns != mtime_ns and sha256_of(path) != sha256):
                msg = f"{path}: damaged: it is not the file that was built (SHA-256 or size differs); {self.repair}"
                raise GazetteerError(msg)
        return folder

    def verify(self) -> Iterator[tuple[str, str, str]]:
        """Read every file whole; yield (path, fault, repair) of those that are gone or not as they were."""
        yield from self.verify_installed()
        for one in self.added:
            yield from self._fault(one.path, one.sha256, one.repair)
            if one.used_path:
                yield from self._fault(one.used_path, one.used_sha256, one.repair)

    def verify_installed(self) -> Iterator[tuple[str, str, str]]:
        """As :meth:`verify`, without the user's own tables."""
        for one in self.files:
            yield from self._fault(one.path, one.sha256, self.repair)
        if self.built is not None:
            for name, (_, _, sha256) in self.built.files.items():
                yield from self._fault(f"{self.built.folder}/{name}", sha256, self.repair)

    def _fault(self, path: str, sha256: str, repair: str) -> Iterator[tuple[str, str, str]]:
        file = self.folder / path
        if not file.is_file():
            yield str(file), "is gone", repair
        elif sha256_of(file) != sha256:
            yield str(file), f"damaged: its SHA-256 is not {sha256}", repair


def _added_file(one: Mapping[str, Any]) -> AddedFile:
    simplified = {name: tuple(numbers) for name, numbers in one.get("simplified", {}).items()}
    return AddedFile(**{**one, "simplified": simplified})


def _unusable(path: Path, error: Exception) -> GazetteerError:
    return GazetteerError(
        f"{path}: cannot be used ({type(error).__name__}: {error}); delete it, then run "
        "`geoconflict gazetteer install COUNTRY ...` and `geoconflict gazetteer add FILE` again"
    )


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# ---------------------------------------------------------------- where, and what of it is used
def data_folder(settings: Settings, environ: Mapping[str, str] | None = None) -> Path:
    """Return the folder of installed places: the setting's, the environment variable's, or the user's data folder."""
    environ = os.environ if environ is None else environ
    if settings.places.data_dir:
        base = settings.resolve(settings.places.data_dir)
    elif environ.get(DATA_VARIABLE):
        base = Path(environ[DATA_VARIABLE]).expanduser().absolute()
    elif sys.platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "geoconflict"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support" / "geoconflict"
    else:
        base = Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "geoconflict"
    return base / "gazetteer"


def installed_places(settings: Settings) -> Installed:
    """Return what is installed and added for these settings; nothing where ``places.installed`` is false.

    Raises
    ------
    GazetteerError
        If the manifest cannot be used.
    """
    folder = data_folder(settings)
    return Installed.load(folder) if settings.places.installed else Installed(folder=folder)


def installed_key(installed: Installed) -> str:
    """Return what changes when others are installed or other credit is due, beside the bytes of added tables; empty for none."""
    parts = [installed.built.fingerprint if installed.built else "", *installed.attribution, *installed.credits]
    return fingerprint(*(part.encode() for part in parts)) if any(parts) else ""


def open_gazetteer(settings: Settings, installed: Installed | None = None) -> Gazetteer:
    """Open the gazetteer that the settings ask for: embedded, installed, added, and the tables of ``places.extra``.

    Raises
    ------
    GazetteerError
        If a file is missing, damaged, or was merged with the embedded places of another version; the message has the
        command that repairs it.
    InputError
        If a row of the user's tables cannot be used.
    """
    from geoconflict.places.gazetteer import Gazetteer
    from geoconflict.places.gazetteer_format import REINSTALL

    installed = installed_places(settings) if installed is None else installed
    folder = installed.built_folder()
    extra = [*(settings.resolve(path) for path in settings.places.extra), *installed.added_paths()]
    if folder is None:
        gazetteer = Gazetteer.open(extra=extra, verify=True, repair=REINSTALL)
    else:
        check_merged_with(installed)
        gazetteer = Gazetteer.open(folder, extra=extra, repair=installed.repair)
    gazetteer.attribution += installed.credits
    return gazetteer


def check_merged_with(installed: Installed) -> None:
    """Refuse a merged gazetteer that holds the embedded places of another version.

    Raises
    ------
    GazetteerError
        If it does.
    """
    from geoconflict.places.gazetteer import embedded_folder
    from geoconflict.places.gazetteer_format import GazetteerFile

    embedded = GazetteerFile(embedded_folder())
    if installed.built is not None and installed.built.embedded != embedded.header["fingerprint"]:
        msg = (
            f"{installed.folder / installed.built.folder}: merged with the places of another version of geoconflict; run "
            "`geoconflict gazetteer install --offline` (no download) to merge it with those of this one"
        )
        raise GazetteerError(msg)
    embedded.close()
