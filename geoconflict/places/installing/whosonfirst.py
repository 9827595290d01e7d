"""Who's On First records: GeoJSON features in bundles (zip, tar), one a file or one a line, or in a folder."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from geoconflict.errors import InputError
from geoconflict.places.installing.archives import CountedStream, Limits, members
from geoconflict.places.installing.dump_names import lenient_day
from geoconflict.places.installing.geonames import Tally

__all__ = ["ATTRIBUTION", "SUFFIXES", "WofRecord", "pack", "read_records"]

ATTRIBUTION = (
    "Data from Who's On First, licence https://whosonfirst.org/docs/licenses/ "
    "(includes GeoNames CC BY 4.0, Quattroshapes CC BY, Natural Earth)."
)
_RECORD_SUFFIXES = (".geojson", ".json")
_LINE_SUFFIXES = (".geojsonl", ".ndjson", ".jsonl")
_ARCHIVE_SUFFIXES = (".zip", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tbz2", ".txz")
SUFFIXES = (*_RECORD_SUFFIXES, *_LINE_SUFFIXES, *_ARCHIVE_SUFFIXES)
"""Names of files that may hold records."""

FEATURES: Mapping[str, str] = {
    "locality": "PPL",
    "borough": "PPLX",
    "macrohood": "PPLX",
    "neighbourhood": "PPLX",
    "microhood": "PPLX",
    "region": "ADM1",
    "county": "ADM2",
    "localadmin": "ADM3",
    "disputed": "RGN",
    "marinearea": "LK",
}
"""Placetypes that are kept, and the GeoNames feature that they are taken for."""

_NAME = re.compile(r"name:([a-z]{3})_x_(preferred|variant)")
_OPEN_DATES = frozenset({"", "u", "uuuu", "unknown", "..", "open"})


class WofRecord(NamedTuple):
    """One record that is kept."""

    wof_id: int
    geonames_id: int
    """From the concordances; 0 is none."""
    name: str
    names: tuple[tuple[str, str, bool], ...]
    """(ISO 639-3 language, name, preferred)."""
    lon: float
    lat: float
    feature: str
    country: str
    """ISO 3166-1 alpha-2, or empty."""
    region_id: int
    """Who's On First id of its first-level unit; 0 is none."""
    population: int
    valid_from: str | None
    valid_to: str | None
    is_current: bool


def read_records(path: Path, tally: Tally) -> Iterator[WofRecord]:
    """Yield the records of a file or folder that the gazetteer keeps.

    Passed over are deprecated and superseded records, alternative geometries, and placetypes that are not places to be
    named in reports (streets, buildings, time zones); broken ones are counted with where they stand.

    Raises
    ------
    InputError
        If the file is of another kind, absent, damaged or not honest.
    """
    for where, blob in _blobs(path):
        tally.n_rows += 1
        try:
            record = _record(json.loads(blob))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            tally.add_broken(where, f"not a Who's On First record ({type(error).__name__}: {error})")
            continue
        if isinstance(record, str):
            tally.left_out[record] += 1
        else:
            tally.n_kept += 1
            yield record


def pack(path: Path, target: Path) -> None:
    """Write all records of a folder into one zip, one a line, the same bytes for the same records.

    Raises
    ------
    InputError
        As :func:`read_records`, or if there is none.
    """
    n_records = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo("records.geojsonl")
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w", force_zip64=True) as stream:
            for _, blob in _blobs(path):
                stream.write(b" ".join(blob.split()) + b"\n")  # JSON is the same with its line breaks as spaces
                n_records += 1
    if not n_records:
        msg = f"{path}: no Who's On First record is in this folder ({', '.join(SUFFIXES)})"
        raise InputError(msg)


def _blobs(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.is_file() and file.name.lower().endswith(SUFFIXES):
                yield from _blobs(file)
        return
    name = path.name.lower()
    if name.endswith(_ARCHIVE_SUFFIXES):
        for where, stream in members(path, (*_RECORD_SUFFIXES, *_LINE_SUFFIXES)):
            yield from _of_stream(where, stream)
    elif name.endswith(SUFFIXES):
        with _opened(path) as stream_of_file:
            yield from _of_stream(str(path), CountedStream(path, stream_of_file))
    else:
        msg = f"{path}: Who's On First records are read from {', '.join(SUFFIXES)} or a folder of these"
        raise InputError(msg)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror})"
        raise InputError(msg) from error


def _of_stream(where: str, stream: CountedStream) -> Iterator[tuple[str, bytes]]:
    if where.lower().endswith(_LINE_SUFFIXES):
        for number, line in stream.lines(Limits.max_record_bytes):
            if line.strip():
                yield f"{where}:{number}", line
    elif (
        "-alt" not in where.rpartition("/")[2].lower()
    ):  # 85632693-alt-naturalearth.geojson is another shape of the same place
        yield where, stream.read()


def _record(data: Any) -> WofRecord | str:
    """Return a record, or why it is passed over."""
    row = data["properties"]
    placetype = str(row["wof:placetype"])
    if placetype not in FEATURES:
        return placetype
    if str(row.get("edtf:deprecated") or "") not in _OPEN_DATES:
        return "deprecated"
    if row.get("wof:superseded_by"):
        return "superseded"
    lat, lon = _number(row, "lbl:latitude", "geom:latitude"), _number(row, "lbl:longitude", "geom:longitude")
    if not (abs(lat) <= 90 and abs(lon) <= 180) or (lat == 0 and lon == 0):
        msg = f"lat {lat}, lon {lon} is not on the globe"
        raise ValueError(msg)
    name = _text(row["wof:name"] or "")
    names = []
    for key, values in sorted(row.items()):
        match = _NAME.fullmatch(key)
        if match is not None:
            names += [
                (match[1], _text(value), match[2] == "preferred")
                for value in (values if isinstance(values, list) else [values])
            ]
    if not name:
        name = next((text for language, text, preferred in names if preferred and language == "eng"), "")
    if not name:
        raise ValueError("it has no name")
    hierarchy = row.get("wof:hierarchy") or [{}]
    return WofRecord(
        wof_id=_positive(row["wof:id"], least=1),
        geonames_id=_positive((row.get("wof:concordances") or {}).get("gn:id") or 0),
        name=name,
        names=tuple(names),
        lon=lon,
        lat=lat,
        feature=FEATURES[placetype],
        country=_country(row),
        region_id=_positive(max(0, int(hierarchy[0].get("region_id") or 0))),  # -1 and the like are unknown
        population=min(4_000_000_000, max(0, int(row.get("wof:population") or row.get("gn:population") or 0))),
        valid_from=_day(row.get("edtf:inception"), last=False),
        valid_to=_day(row.get("edtf:cessation"), last=True),
        is_current=str(row.get("mz:is_current", -1)) != "0",
    )


def _text(value: Any) -> str:
    text = " ".join(str(value).split())
    text.encode()  # JSON can hold half a surrogate pair, which no file can: a ValueError
    return text


def _number(row: Mapping[str, Any], *keys: str) -> float:
    value = next((row[key] for key in keys if row.get(key) is not None), None)
    if value is None:
        msg = f"it has no {keys[-1]}"
        raise ValueError(msg)
    return float(value)


def _positive(value: Any, *, least: int = 0) -> int:
    number = int(value)
    if not least <= number < 1 << 40:
        msg = f"{value!r} is no id"
        raise ValueError(msg)
    return number


def _country(row: Mapping[str, Any]) -> str:
    code = str(row.get("wof:country") or row.get("iso:country") or "").upper()
    return code if re.fullmatch("[A-Z]{2}", code) and code not in {"XX", "XY", "XZ"} else ""


def _day(value: Any, *, last: bool) -> str | None:
    text = str(value or "").lower()
    return None if text in _OPEN_DATES else lenient_day(text, last=last)
