"""The public formats of GeoNames' export: country dumps, alternateNamesV2, codes of units and of features.

All are UTF-8, tab-separated, without header and quoting; https://download.geonames.org/export/dump/readme.txt describes
them. A broken row is named by file and line, counted and passed over.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from geoconflict.errors import InputError
from geoconflict.places.installing.archives import zip_member

__all__ = [
    "DumpFeature",
    "DumpName",
    "DumpPlace",
    "Tally",
    "dump_features",
    "read_alternates",
    "read_feature_names",
    "read_places",
    "read_unit_codes",
]

_N_COLUMNS = 19
_N_ALTERNATE_COLUMNS = 10
_MAX_ID = 1 << 32
_N_BROKEN_SHOWN = 20
_OF_THE_PAST = frozenset({"PPLQ", "PPLW"})


class DumpFeature(NamedTuple):
    """What a GeoNames feature code stands for here."""

    code: str
    kind: str
    precision: str
    radius_m: int

    @property
    def is_past(self) -> bool:
        """Whether the place is abandoned, destroyed or historical."""
        return self.code in _OF_THE_PAST or (self.code.endswith("H") and self.code != "PPLCH")


class DumpPlace(NamedTuple):
    """One row of a country dump that is kept."""

    geonames_id: int
    name: str
    ascii_name: str
    alternates: tuple[str, ...]
    lon: float
    lat: float
    feature: DumpFeature | None
    """None for the country itself."""
    country: str
    """ISO 3166-1 alpha-2."""
    units: str
    """Codes of the units that it lies in or is, from the country down, joined by full stops: ``AZ.16.0124``."""
    population: int


class DumpName(NamedTuple):
    """One row of alternateNamesV2."""

    geonames_id: int
    language: str
    text: str
    is_preferred: bool
    is_colloquial: bool
    is_historic: bool
    since: str
    """As it stands, mostly a year."""
    until: str


@dataclass(slots=True)
class Tally:
    """What was read of a source."""

    n_rows: int = 0
    n_kept: int = 0
    n_broken: int = 0
    broken: list[str] = field(default_factory=list)
    """File, line and fault of the first broken rows."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Kind of a row that the gazetteer has no use for -> how many."""

    def add_broken(self, where: str, what: str) -> None:
        """Count a row that cannot be used."""
        self.n_broken += 1
        if len(self.broken) < _N_BROKEN_SHOWN:
            self.broken.append(f"{where}: {what}")

    def check(self, path: Path) -> None:
        """Refuse a source without a single usable row.

        Raises
        ------
        InputError
            If there is none.
        """
        if not self.n_kept:
            first = f"; first {self.broken[0]}" if self.broken else ""
            msg = f"{path}: none of its {self.n_rows:,} rows can be used{first}; get the file again from its source"
            raise InputError(msg)


@functools.cache
def dump_features() -> dict[str, DumpFeature]:
    """Return what is kept of GeoNames, by class and code: ``P.PPL``."""
    path = resources.files("geoconflict.resources") / "gazetteer" / "installed_features.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        f"{class_}.{code}": DumpFeature(code, *row) for class_, table in tables.items() for code, row in table.items()
    }


def _feature_of(class_: str, code: str) -> DumpFeature | None:
    """Return the feature, that of a settlement for a code of class P that is new; None if it is not kept."""
    found = dump_features().get(f"{class_}.{code}")
    return found if found is not None or class_ != "P" else dump_features()["P.PPL"]


def read_places(path: Path, country: str, tally: Tally) -> Iterator[DumpPlace]:
    """Yield the rows of ``XX.zip`` that the gazetteer keeps; `country` is the alpha-2 code that names the member.

    Raises
    ------
    InputError
        If the file is no honest zip or lacks the member.
    """
    member = f"{country}.txt"
    for number, line in zip_member(path, member):
        tally.n_rows += 1
        try:
            place = _place(line)
        except ValueError as error:
            tally.add_broken(f"{path.name}: {member}:{number}", str(error))
            continue
        if isinstance(place, str):
            tally.left_out[place] += 1
        else:
            tally.n_kept += 1
            yield place


def _place(line: bytes) -> DumpPlace | str:
    """Return a row, or the class and code for which it is left out."""
    cells = _cells(line, _N_COLUMNS)
    class_, code = cells[6], cells[7]
    feature = _feature_of(class_, code)
    is_country = feature is None and class_ == "A" and code.startswith("PCL")
    geonames_id = _id(cells[0])
    lat, lon = _degrees(cells[4], 90, "latitude"), _degrees(cells[5], 180, "longitude")
    if feature is None and not is_country:
        return f"{class_}.{code}"
    name = " ".join(cells[1].split())
    if not name:
        raise ValueError("the name is empty")
    population = int(cells[14]) if cells[14].strip().isdecimal() else 0
    return DumpPlace(
        geonames_id=geonames_id,
        name=name,
        ascii_name=" ".join(cells[2].split()),
        alternates=tuple(one for one in cells[3].split(",") if one),
        lon=lon,
        lat=lat,
        feature=feature,
        country=cells[8],
        units=".".join([cells[8], *cells[10:14]]).rstrip("."),
        population=min(population, 4_000_000_000),
    )


def _cells(line: bytes, n_columns: int) -> list[str]:
    try:
        cells = line.decode("utf-8").split("\t")
    except UnicodeDecodeError as error:
        msg = f"not UTF-8 at byte {error.start}"
        raise ValueError(msg) from error
    if len(cells) != n_columns:
        msg = f"{len(cells)} columns instead of {n_columns}"
        raise ValueError(msg)
    return cells


def _id(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 0 < int(text) < _MAX_ID:
        msg = f"{text[:40]!r} is no GeoNames id"
        raise ValueError(msg)
    return int(text)


def _degrees(text: str, most: int, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= most:
        msg = f"{what} {text[:40]!r} is not on the globe"
        raise ValueError(msg)
    return value


def read_alternates(path: Path, country: str, tally: Tally) -> Iterator[DumpName]:
    """Yield the rows of ``alternatenames/XX.zip``, all languages and pseudo-languages.

    Raises
    ------
    InputError
        If the file is no honest zip or lacks the member.
    """
    member = f"{country}.txt"
    for number, line in zip_member(path, member):
        tally.n_rows += 1
        try:
            cells = _cells(line, _N_ALTERNATE_COLUMNS)
            geonames_id = _id(cells[1])
        except ValueError as error:
            tally.add_broken(f"{path.name}: {member}:{number}", str(error))
            continue
        preferred, _, colloquial, historic = (one.strip() == "1" for one in cells[4:8])
        tally.n_kept += 1
        yield DumpName(
            geonames_id, cells[2].strip(), " ".join(cells[3].split()), preferred, colloquial, historic,
            cells[8], cells[9],
        )  # fmt: skip


def read_unit_codes(path: Path, countries: Collection[str], tally: Tally) -> dict[str, int]:
    """Return code -> GeoNames id of ``admin1CodesASCII.txt`` or ``admin2Codes.txt``, for some countries (alpha-2).

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    found = {}
    for number, line in _text_lines(path):
        tally.n_rows += 1
        try:
            code, _, _, key = _cells(line, 4)
            geonames_id = _id(key.strip())
        except ValueError as error:
            tally.add_broken(f"{path.name}:{number}", str(error))
            continue
        tally.n_kept += 1
        if code.partition(".")[0] in countries:
            found[code] = geonames_id
    tally.check(path)
    return found


def read_feature_names(path: Path) -> dict[str, str]:
    """Return class and code -> English name of ``featureCodes_en.txt``: ``P.PPLX`` -> "section of populated place".

    Raises
    ------
    InputError
        If the file cannot be read.
    """
    found = {}
    for _, line in _text_lines(path):
        code, _, rest = line.decode("utf-8", "replace").partition("\t")
        found[code] = rest.partition("\t")[0]
    return found


def _text_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line.rstrip(b"\r\n")
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror})"
        raise InputError(msg) from error
