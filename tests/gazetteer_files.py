"""Files in the formats of GeoNames' export and of Who's On First, with a few places; most are made up."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path


def place_line(
    number: int,
    name: str,
    lon: float,
    lat: float,
    *,
    ascii_name: str | None = None,
    alternates: str = "",
    feature: str = "P.PPL",
    country: str = "LI",
    units: str = "",
    population: int = 0,
) -> str:
    """Return one row of a country dump, 19 columns."""
    class_, _, code = feature.partition(".")
    admin = [*units.split("."), "", "", "", ""][:4] if units else [""] * 4
    cells = [
        number, name, name if ascii_name is None else ascii_name, alternates, lat, lon, class_, code, country, "",
        *admin, population, "", 100, "Europe/Vaduz", "2026-05-01",
    ]  # fmt: skip
    return "\t".join(map(str, cells))


def name_line(
    number: int, of: int, text: str, language: str = "", flags: str = "", since: str = "", until: str = ""
) -> str:
    """Return one row of alternateNamesV2, 10 columns; `flags` holds p(referred), s(hort), c(olloquial), h(istoric)."""
    marks = ["1" if one in flags else "" for one in "psch"]
    return "\t".join([str(number), str(of), language, text, *marks, since, until])


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file."""
    blob = io.BytesIO()
    with zipfile.ZipFile(blob, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return blob.getvalue()


def country_zip(code: str, lines: Iterable[str]) -> bytes:
    """Return ``XX.zip``: the table, and the readme that GeoNames puts beside it."""
    return zipped({"readme.txt": "Readme for GeoNames Gazetteer extract files", f"{code}.txt": "\n".join(lines) + "\n"})


def names_zip(code: str, lines: Iterable[str]) -> bytes:
    return country_zip(code, lines)


COMMON = {
    "admin1CodesASCII.txt": "LI.01\tUpland\tUpland\t9000001\nUA.05\tDonetsk\tDonetsk\t709716\nAD.01\tX\tX\t9000002\n",
    "admin2Codes.txt": "LI.01.07\tMirov District\tMirov District\t9000010\nAD.01.01\tY\tY\t9000003\n",
    "featureCodes_en.txt": "P.PPL\tpopulated place\ta city, town or village\nS.SCH\tschool\tbuilding(s)\nnull\tnot available\t\n",
}

LI_PLACES = (
    place_line(9000001, "Upland", 9.50, 47.20, feature="A.ADM1", units="01"),
    place_line(9000010, "Mirov District", 9.52, 47.15, feature="A.ADM2", units="01.07"),
    place_line(9000100, "Mirov", 9.53, 47.14, units="01.07", population=4200, alternates="MRV,mi luo fu,Mirow,Миров"),
    place_line(9000101, "Tornau", 9.60, 47.10, units="01.07", population=300),
    place_line(9000102, "Alt-Tornau", 9.61, 47.11, feature="P.PPLQ", units="01.07"),
    place_line(9000103, "Kahlenkopf", 9.58, 47.12, feature="T.MT", units="01.07"),
    place_line(9000104, "Samina", 9.60, 47.18, feature="H.STM", units="01"),
    place_line(9000105, "Neubrück", 9.49, 47.19, ascii_name="Neubrueck", feature="S.BDG", units="01"),
    place_line(9000106, "Volksschule", 9.52, 47.14, feature="S.SCH", units="01.07"),
    place_line(3042058, "Principality of Liechtenstein", 9.55, 47.16, feature="A.PCLI", units="00"),
)

LI_NAMES = (
    name_line(1, 9000100, "Mirov", "en", "p", since="2016"),
    name_line(2, 9000100, "Krasnomirsk", "en", "h", since="1924", until="May 2016"),
    name_line(3, 9000100, "Миров", "uk", "p"),
    name_line(4, 9000100, "Միրով", "hy"),
    name_line(5, 9000100, "ميروف", "ar"),
    name_line(6, 9000100, "https://example.org/mirov", "link"),
    name_line(7, 9000100, "Q0", "wkdt"),
    name_line(8, 9000100, "MRV", "iata"),
    name_line(9, 9000100, "MIRO", "en"),
    name_line(10, 9000101, "Tornova", "sl"),
    name_line(11, 9000106, "Primary school", "en"),
    name_line(12, 9000101, "Dornau", "de", "h"),
)


def site(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def li_files() -> dict[str, str | bytes]:
    """Return all that an installation of LI asks for."""
    return {**COMMON, "LI.zip": country_zip("LI", LI_PLACES), "alternatenames/LI.zip": names_zip("LI", LI_NAMES)}


def wof_record(number: int, name: str, lon: float, lat: float, **properties: object) -> dict[str, object]:
    """Return one record of Who's On First."""
    row = {
        "wof:id": number, "wof:name": name, "wof:placetype": "locality", "wof:country": "LI", "geom:latitude": lat,
        "geom:longitude": lon, "wof:superseded_by": [], "edtf:inception": "uuuu", "edtf:cessation": "uuuu",
        "wof:concordances": {}, "mz:is_current": 1, **properties,
    }  # fmt: skip
    return {"type": "Feature", "properties": row, "geometry": {"type": "Point", "coordinates": [lon, lat]}}


def wof_tar(records: Iterable[Mapping[str, object]], mode: str = "w:bz2") -> bytes:
    """Return a bundle with one record a file, as the distributions have it."""
    blob = io.BytesIO()
    with tarfile.open(fileobj=blob, mode=mode) as archive:  # type: ignore[call-overload]
        for one in records:
            content = json.dumps(one).encode()
            number = one["properties"]["wof:id"]  # type: ignore[index]
            info = tarfile.TarInfo(f"whosonfirst-data-admin-li/data/{number}/{number}.geojson")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return blob.getvalue()
