"""Building the merged gazetteer from the embedded one and the kept files of installed countries; no network."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from geoconflict.errors import GazetteerError
from geoconflict.places.countries import country_table
from geoconflict.places.gazetteer import embedded_folder
from geoconflict.places.gazetteer_format import NAMES_FILE, PLACES_FILE, GazetteerFile
from geoconflict.places.installed import Built, InstalledCountry, sha256_of
from geoconflict.places.installing.geonames import (
    Tally,
    dump_features,
    read_alternates,
    read_feature_names,
    read_places,
    read_unit_codes,
)
from geoconflict.places.installing.merge import Merge
from geoconflict.places.installing.merge_base import Bench
from geoconflict.places.installing.merge_finish import finish
from geoconflict.places.installing.whosonfirst import ATTRIBUTION as WHOSONFIRST_ATTRIBUTION
from geoconflict.places.installing.whosonfirst import read_records
from geoconflict.places.installing.writing import write_sorted

__all__ = ["CountryFiles", "Outcome", "build_merged"]

_N_LEFT_OUT_SHOWN = 8


class CountryFiles(NamedTuple):
    """The kept files of one country (alpha-2)."""

    code: str
    places: Path
    alternates: Path | None
    earlier: Path | None


class Outcome(NamedTuple):
    """What a build made."""

    built: Built
    countries: tuple[InstalledCountry, ...]
    attribution: tuple[str, ...]
    broken: tuple[str, ...]
    """File, line and fault of rows that could not be read; the first of each file."""


def build_merged(
    folder: Path,
    countries: Sequence[CountryFiles],
    unit_files: Sequence[Path],
    feature_file: Path,
    whosonfirst: Sequence[tuple[str, Path]],
    *,
    built_at: str,
    say: Callable[[str], None],
) -> Outcome:
    """Write ``built-FINGERPRINT`` into `folder`; it is named in no manifest yet.

    `whosonfirst` are bundles, each with the country (alpha-2) that it is of, or an empty string for one of the whole world.

    Raises
    ------
    InputError
        If a kept file is damaged or has no usable row.
    GazetteerError
        If the embedded gazetteer is damaged, or there is no room for the work.
    """
    embedded = GazetteerFile(embedded_folder())
    embedded.verify()
    with tempfile.TemporaryDirectory(prefix="building-", dir=folder) as scratch:
        made = Path(scratch) / "made"
        try:
            made.mkdir()
            with contextlib.closing(Bench(Path(scratch) / "bench.sqlite")) as bench:
                bench.add_embedded(embedded)
                header, features = embedded.header, _features(embedded)
                embedded.close()
                del embedded  # and with it all rows that it has read
                filled = _Filling(bench, countries, unit_files, feature_file, say)
                filled.add_whosonfirst(whosonfirst)
                say("writing the merged gazetteer")
                places = finish(bench)
                attribution = tuple(header["attribution"])
                attribution += (WHOSONFIRST_ATTRIBUTION,) if whosonfirst else ()
                about = {
                    "features": features,
                    "attribution": attribution,
                    "embedded": header["fingerprint"],
                    "installed": [one.code for one in countries],
                }
                written = write_sorted(made, places, about)
        except (sqlite3.Error, OSError) as error:
            msg = f"{folder}: the gazetteer cannot be built ({error}); free disk space and run the command again"
            raise GazetteerError(msg) from error
        target = folder / f"built-{written['fingerprint']}"
        _move(made, target)
    files = {}
    for name in (NAMES_FILE, PLACES_FILE):
        state = (target / name).stat()
        files[name] = (state.st_size, state.st_mtime_ns, sha256_of(target / name))
    built = Built(
        folder=target.name,
        fingerprint=written["fingerprint"],
        embedded=header["fingerprint"],
        n_places=written["n_places"],
        built_at=built_at,
        files=files,
    )
    return Outcome(built, tuple(filled.countries), attribution, tuple(filled.broken))


def _features(embedded: GazetteerFile) -> dict[str, list[str]]:
    found = {code: [one.kind, one.precision] for one in dump_features().values() for code in [one.code]}
    return found | dict(zip(embedded.header["features"], embedded.header["feature_kinds"], strict=True))


def _move(made: Path, target: Path) -> None:
    """Sync the files and rename their folder; what is there under that name is the same, or damaged."""
    for path in made.iterdir():
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    if target.is_dir():
        for path in made.iterdir():
            path.replace(target / path.name)
    else:
        made.replace(target)


class _Filling:
    """Adds the sources to a bench and keeps count."""

    def __init__(
        self,
        bench: Bench,
        countries: Sequence[CountryFiles],
        unit_files: Sequence[Path],
        feature_file: Path,
        say: Callable[[str], None],
    ) -> None:
        self.countries: list[InstalledCountry] = []
        self.broken: list[str] = []
        self._say = say
        self._codes = {one.code for one in countries}
        self._names = {one.alpha2: one.name for one in country_table().values()}
        self._merge = Merge(bench, {one.alpha2: one.alpha3 for one in country_table().values()})
        self._feature_names = read_feature_names(feature_file)
        units: dict[str, int] = {}
        tally = Tally()
        for path in unit_files:
            units |= read_unit_codes(path, self._codes, tally)
        self.broken += tally.broken
        self._merge.add_units(units)
        for one in countries:
            say(f"{self._names[one.code]}: reading places")
            self._add_country(one, units)

    def _add_country(self, files: CountryFiles, units: dict[str, int]) -> None:
        tally, names_tally = Tally(), Tally()
        self._merge.add_dump(
            read_places(files.places, files.code, tally), units, alternates_follow=files.alternates is not None
        )
        tally.check(files.places)
        n_names = 0
        if files.alternates is not None:
            self._say(f"{self._names[files.code]}: reading names")
            n_names = self._merge.add_alternates(read_alternates(files.alternates, files.code, names_tally))
        self._merge.mark_gone(files.code)
        if files.earlier is not None:
            self._merge.add_earlier(read_places(files.earlier, files.code, Tally()), units)
        self.broken += [*tally.broken, *names_tally.broken]
        self.countries.append(
            InstalledCountry(
                code=files.code,
                name=self._names[files.code],
                n_places=tally.n_kept,
                n_names=n_names,
                n_broken=tally.n_broken + names_tally.n_broken,
                n_left_out=tally.left_out.total(),
                left_out=self._named(tally.left_out),
            )
        )

    def _named(self, left_out: Counter[str]) -> dict[str, int]:
        """Return the most frequent kinds left out with GeoNames' name of them."""
        most = left_out.most_common(_N_LEFT_OUT_SHOWN)
        return {f"{self._feature_names.get(code, 'of an unknown kind')} ({code})": n for code, n in most}

    def add_whosonfirst(self, bundles: Iterable[tuple[str, Path]]) -> None:
        for country, path in bundles:
            self._say(f"{path.name}: reading Who's On First")
            tally = Tally()
            records = (one for one in read_records(path, tally) if not one.country or one.country in self._codes)
            counts: Counter[str] = Counter()
            self._merge.add_whosonfirst(_counting(records, counts))
            tally.check(path)
            self.broken += tally.broken
            self.countries = [
                dataclasses.replace(
                    one,
                    n_whosonfirst=one.n_whosonfirst + counts[one.code],
                    n_broken=one.n_broken + tally.n_broken * (one.code == country),
                )
                for one in self.countries
            ]


def _counting(records: Iterable[Any], counts: Counter[str]) -> Iterable[Any]:
    for one in records:
        counts[one.country] += 1
        yield one
