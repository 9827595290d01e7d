"""Events for the map's benchmark: made up, but of real English sentences, dense in time and in space as reports are.

Half the events fall on a tenth of the days, places follow Zipf's law, three in ten are imprecise. A quote joins parts of
two sentences of the sample reports and gives them other places and numbers, so that hardly any two are alike: text that
repeats would compress better than news does.
"""

from __future__ import annotations

import csv
import functools
import hashlib
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from harness import ROOT

from geoconflict.frames import EVENT_COLUMNS

if TYPE_CHECKING:
    import geopandas as gpd

SEED = 20201110
FIRST_DAY = np.datetime64("2020-09-27")
N_DAYS = 1100
N_PLACES = 4000
TYPES = {
    "Explosions/Remote violence": ["Shelling/artillery/missile attack", "Air/drone strike", "Remote explosive/landmine/IED"],
    "Battles": ["Armed clash", "Government regains territory", "Non-state actor overtakes territory"],
    "Violence against civilians": ["Attack", "Abduction/forced disappearance"],
    "Strategic developments": ["Non-violent transfer of territory", "Arrests", "Other"],
    "Diplomacy": ["talks", "ceasefire", "statement", "agreement"],
    "Protests": ["Peaceful protest"],
    "Riots": ["Mob violence"],
}  # fmt: skip
OUTLETS = ["Wire", "Gazette", "Monitor", "Courier", "Herald", "Observer", "Tribune", "Radio"]
REASONS = [
    "the only settlement of this name in the region",
    "two other places of the report lie close by",
    "named together with its region",
    "larger than its namesakes",
    "the text says that it lies near the border",
]
_SLOT = re.compile(
    r"\d[\d,.]*\d|\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds)\b|\b[A-Z][a-z]{3,}\b"
)
_JOINT = re.compile(r"(?<=,) | (?=and |when |after |while |in |near |on |that |which |who |to )")


@functools.cache
def _sentences() -> tuple[list[str], list[str]]:
    """Return beginnings and ends of the sentences of the sample reports."""
    heads, tails = [], []
    for path in sorted((ROOT / "data" / "reports").glob("2*.md")):
        body = " ".join(path.read_text("utf-8").split("---", 2)[-1].split())
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z\"])", body):
            joints = [found for found in _JOINT.finditer(sentence) if 20 < found.start() < len(sentence) - 20]
            for joint in joints:
                heads.append(sentence[: joint.start()])
                tails.append(sentence[joint.end() :])
    return sorted(set(heads)), sorted(set(tails))


@functools.cache
def _gazetteer() -> list[tuple[str, float, float]]:
    rows = []
    for path in sorted((ROOT / "data" / "gazetteer").glob("*.csv")):
        for row in csv.DictReader(path.open(encoding="utf-8", newline="")):
            if row.get("lon") and row.get("lat") and row.get("name"):
                rows += [
                    (name, float(row["lon"]), float(row["lat"]))
                    for name in [row["name"], *filter(None, row.get("names", "").split("|"))]
                ]
    return rows


def quotes(n: int, rng: np.random.Generator) -> list[str]:
    """Return `n` sentences of some ninety letters, with places and numbers drawn anew."""
    heads, tails = _sentences()
    names = [name for name, *_ in _gazetteer() if " " not in name]
    draws = iter(rng.integers(0, 2**31, size=12 * n + 64).tolist())

    def other(found: re.Match[str]) -> str:
        draw = next(draws, 7919)
        return names[draw % len(names)] if found[0][0].isupper() else str(draw % 97 + 2)

    firsts, lasts = rng.integers(0, len(heads), n), rng.integers(0, len(tails), n)
    # The first word keeps its capital: it is seldom a name.
    return [
        heads[i][:1] + _SLOT.sub(other, f"{heads[i][1:]} {tails[j]}")
        for i, j in zip(firsts.tolist(), lasts.tolist(), strict=True)
    ]


def _days(n: int, rng: np.random.Generator) -> Any:
    busy = np.concatenate([start + np.arange(22) for start in rng.choice(N_DAYS - 22, 5, replace=False)])
    return np.where(rng.random(n) < 0.5, rng.choice(busy, n), rng.integers(0, N_DAYS, n))


def events(n: int, seed: int = SEED) -> gpd.GeoDataFrame:
    """Return `n` events with the columns of event frames; the same for the same seed."""
    import geopandas as gpd
    import pandas as pd
    import shapely

    rng = np.random.default_rng(seed)
    region = [row for row in _gazetteer() if 22 < row[1] < 41 and 44 < row[2] < 53]
    spots = rng.integers(0, len(region), N_PLACES).tolist()
    lonlat = np.round(np.array([region[k][1:] for k in spots]) + rng.normal(0, 0.8, (N_PLACES, 2)), 4)
    precisions = np.array(["town", "exact", "near", "admin2", "admin1", "region", "country"])
    precision = rng.choice(precisions, N_PLACES, p=[0.62, 0.08, 0.12, 0.08, 0.06, 0.03, 0.01])
    radius = np.select(
        [precision == "town", precision == "exact", precision == "near"], [2500.0, 500.0, 9000.0], 40000.0
    )
    shapes = shapely.points(lonlat)
    areas = np.isin(precision, ["admin2", "admin1"])
    shapes[areas] = shapely.buffer(shapes[areas], rng.uniform(0.1, 0.5, areas.sum()), quad_segs=12)

    weights = 1 / np.arange(1, N_PLACES + 1) ** 1.05
    place = rng.choice(N_PLACES, n, p=weights / weights.sum())
    day = FIRST_DAY + _days(n, rng)
    spread = rng.choice([0, 0, 0, 0, 0, 0, 0, 0, 6, 29], n)
    types = list(TYPES)
    kind = rng.choice(len(types), n, p=[0.42, 0.25, 0.1, 0.1, 0.06, 0.05, 0.02])
    sub = rng.integers(0, 12, n)
    names = [name for name, *_ in _gazetteer()]
    actors = [
        f"{'Armed forces' if k < 12 else 'Militia' if k % 3 else 'Residents'} of {names[k * 17 % len(names)]}"
        for k in range(300)
    ]
    weights = 1 / np.arange(1, 301)
    pair = rng.choice(300, (n, 2), p=weights / weights.sum())
    outlets = [f"{names[k * 29 % len(names)]} {OUTLETS[k % len(OUTLETS)]}" for k in range(60)]
    killed = np.where(rng.random(n) < 0.25, rng.geometric(0.25, n), 0)
    status = rng.choice(["occurred", "claimed", "denied", "scheduled"], n, p=[0.72, 0.2, 0.05, 0.03])
    claimed = [actors[k] if s != "occurred" else "" for k, s in zip(pair[:, 0].tolist(), status.tolist(), strict=True)]

    n_versions = rng.choice([1, 2, 3], n, p=[0.9, 0.07, 0.03])
    starts = np.concatenate([[0], np.cumsum(n_versions)])
    texts = quotes(int(starts[-1]), rng)
    titles = quotes(n // 3 + 1, rng)
    # A report tells of what happened close together: events and reports are both in the order of their days.
    rank = np.argsort(np.argsort(day, kind="stable"), kind="stable")
    report = np.clip(np.repeat(rank, n_versions) // 3 + rng.integers(0, 3, starts[-1]), 0, n // 3).tolist()
    published = np.sort(day)[np.minimum(np.arange(n // 3 + 1) * 3 + 3, n - 1)] + 1
    mark = rng.integers(0, 30, starts[-1]).tolist()
    sources = []
    for event, (first, last) in enumerate(pairwise(starts.tolist())):
        told = []
        for v in range(first, last):
            r = report[v]
            outlet = outlets[r * r % 61 % 60]
            told.append(
                {
                    "report_id": f"r{r:07d}", "source": outlet, "url": f"https://{outlet.split()[-1].lower()}.example/{2020 + r % 4}/{r % 12 + 1:02d}/{r}",
                    "title": titles[r][:60], "published_on": str(published[r]), "quote": texts[v], "mark_start": mark[v], "mark_end": mark[v] + 40,
                    "status": str(status[event]), "claimed_by": claimed[event] or None, "denied_by": None, "date_text": "on Wednesday" if v % 3 else "overnight",
                    "killed": {"low": int(killed[event]), "best": int(killed[event]), "high": int(killed[event])} if killed[event] else None,
                    "wounded": None, "captured": None, "displaced": None, "victims": None, "figures_by": None,
                }
            )  # fmt: skip
        sources.append(json.dumps(told, ensure_ascii=False))

    where = place.tolist()
    text: dict[str, Any] = {
        "event_id": [hashlib.sha256(b"%d" % k).hexdigest()[:20] for k in range(n)],
        "event_type": [types[k] for k in kind.tolist()],
        "sub_event_type": [TYPES[types[k]][s % len(TYPES[types[k]])] for k, s in zip(kind.tolist(), sub.tolist(), strict=True)],
        "status": status, "date_precision": np.select([spread == 0, spread == 6], ["day", "week"], "month"),
        "date_basis": rng.choice(["relative", "stated", "published"], n, p=[0.6, 0.3, 0.1]),
        "date_text": np.where(spread == 0, "on Wednesday", "last week"),
        "place_id": [f"test:{k}" for k in where], "place_name": [region[spots[k]][0] for k in where], "place_kind": "settlement",
        "place_precision": precision[place], "country": [["AZE", "ARM", "UKR", "SYR"][k % 4] for k in where],
        "admin1": [f"{region[spots[k % 90]][0]} Province" for k in where],
        "place_reasons": [f"{REASONS[k % 5]}; {REASONS[(k // 7) % 5]}" for k in where],
        "actors": [f"{actors[a]}; {actors[b]}" for a, b in pair.tolist()],
        "agents": [actors[a] for a in pair[:, 0].tolist()], "targets": [actors[b] for b in pair[:, 1].tolist()],
        "claimed_by": claimed, "disagreements": "", "sources": sources,
    }  # fmt: skip
    numbers: dict[str, Any] = {
        "starts_on": day, "ends_on": day + spread, "radius_m": radius[place], "place_score": rng.uniform(0.5, 1, n).round(2),
        "score": rng.uniform(0.5, 1, n).round(2), "n_sources": n_versions,
    }  # fmt: skip
    numbers |= {f"killed_{bound}": pd.array(np.where(killed, killed, -1), "Int64") for bound in ("low", "best", "high")}
    table = pd.DataFrame(text | numbers)
    for bound in ("low", "best", "high"):
        table.loc[table[f"killed_{bound}"] < 0, f"killed_{bound}"] = pd.NA
    for name, (dtype, _) in EVENT_COLUMNS.items():
        if name not in table.columns and name != "geometry":
            table[name] = "" if dtype == "str" else pd.NA
    kinds = {name: dtype for name, (dtype, _) in EVENT_COLUMNS.items() if name != "geometry"}
    return gpd.GeoDataFrame(table[list(kinds)].astype(kinds), geometry=shapes[place], crs="EPSG:4326")
