"""A data folder of a test, and what is done to it; and a small gazetteer that stands in for the embedded one."""

from __future__ import annotations

import contextlib
import datetime as dt
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from geoconflict.places.gazetteer import Gazetteer, embedded_folder
from geoconflict.places.gazetteer_format import EntryName, GazetteerEntry, NameFlag
from geoconflict.places.installed import data_folder, open_gazetteer
from geoconflict.places.installing.download import Downloader
from geoconflict.places.installing.installer import Installer, InstallReport
from geoconflict.places.installing.writing import write_gazetteer
from geoconflict.places.names import fold
from geoconflict.settings import PlacesSettings, Settings

NOW = dt.datetime(2026, 5, 2, 12, tzinfo=dt.UTC)
MIROV = "geonames:9000100"


class DataFolder:
    """One data folder, with the network at `url`."""

    def __init__(self, folder: Path, url: str = "http://127.0.0.1:9") -> None:
        self.settings = Settings(places=PlacesSettings(data_dir=str(folder / "data"), geonames_dump_url=url))
        self.folder = data_folder(self.settings)
        self.said: list[str] = []

    def installer(self, now: dt.datetime = NOW, whosonfirst: str = "") -> Installer:
        patient = Downloader(timeout_seconds=2, total_seconds=20, sleep=lambda _: None)
        return Installer(
            self.folder,
            self.settings.places,
            whosonfirst=whosonfirst,
            now=now,
            downloader=patient,
            say=self.said.append,
        )

    def install(self, *codes: str, now: dt.datetime = NOW, whosonfirst: str = "", **options: object) -> InstallReport:
        return self.installer(now, whosonfirst).install(codes, **options)  # type: ignore[arg-type]

    def open(self) -> Gazetteer:
        return open_gazetteer(self.settings)

    def files(self) -> dict[Path, bytes]:
        return {path.relative_to(self.folder): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}


def write_small_embedded(folder: Path, features: Path) -> Path:
    """Write a gazetteer of three places, so that a test does not merge with the many of the real one."""
    rows = (
        ("geonames:3042058", "Liechtenstein", "PCL", "LIE", 39_000, {}),
        ("geonames:2661500", "Altdorf", "PPL", "CHE", 8_000, {}),
        ("curated:somewhere", "Somewhere", "settlement", "CHE", 0, {"precision": "town", "names": [["Somewhere", "somewhere", None, None]]}),
    )  # fmt: skip
    entries = [
        GazetteerEntry(
            place_id=place_id, name=name, lon=9.5, lat=47.0, feature=feature, country=country, population=population,
            radius_m=7000, source="a test", curated=bool(detail), detail=detail,
            names=[EntryName(name, fold(name), NameFlag.PRIMARY)],
        )
        for place_id, name, feature, country, population, detail in rows
    ]  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    kinds = tomllib.loads(features.read_text(encoding="utf-8"))
    write_gazetteer(folder, entries, {"features": kinds, "attribution": ["Made up for a test."]})
    return folder


@contextlib.contextmanager
def small_embedded(folder: Path) -> Iterator[Path]:
    """Let a gazetteer of three places stand in for the embedded one while the block runs."""
    write_small_embedded(folder, embedded_folder() / "features.toml")
    with pytest.MonkeyPatch.context() as patch:
        for module in ("gazetteer", "installing.build"):
            patch.setattr(f"geoconflict.places.{module}.embedded_folder", lambda: folder)
        yield folder


def ids(candidates: tuple[object, ...]) -> list[str]:
    return [one.place.place_id for one in candidates]  # type: ignore[attr-defined]
