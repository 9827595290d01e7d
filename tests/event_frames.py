"""Made-up event frames for the map's tests: places that exist, events and sentences that do not."""

from __future__ import annotations

import json

import geopandas as gpd
import pandas as pd
import shapely

from geoconflict.frames import EVENT_COLUMNS, TOLL_COLUMNS

PLACES = {
    "Stepanakert": (46.7515, 39.8153),
    "Martuni": (47.1117, 39.7953),
    "Martakert": (46.8167, 40.2114),
    "Hadrut": (47.0306, 39.5203),
    "Shusha": (46.7497, 39.7600),
    "Ganja": (46.3606, 40.6828),
    "Tartar": (46.9319, 40.3450),
    "Barda": (47.1261, 40.3744),
    "Fizuli": (47.1453, 39.6003),
    "Jabrayil": (47.0261, 39.4003),
    "Vardenis": (45.7306, 40.1833),
    "Goris": (46.3382, 39.5111),
}
TYPES = [
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Strategic developments", "Non-violent transfer of territory"),
    ("Violence against civilians", "Attack"),
    ("Diplomacy", "ceasefire"),
    ("Protests", "Peaceful protest"),
    ("Riots", "Mob violence"),
]
STATUSES = ["occurred", "claimed", "occurred", "occurred", "claimed", "scheduled", "denied", "occurred", "hypothetical"]

LINE = shapely.LineString(
    [(46.55, 40.40), (46.85, 40.33), (47.05, 40.20), (47.02, 39.98), (47.18, 39.78), (47.20, 39.62)]
)
AREA = shapely.Polygon(
    [
        (46.20, 40.10),
        (46.60, 40.28),
        (46.95, 40.26),
        (47.10, 39.95),
        (47.12, 39.60),
        (46.80, 39.45),
        (46.50, 39.65),
        (46.30, 39.85),
    ]
)


def source(n: int = 0, **values: object) -> dict[str, object]:
    quote = f"Officials in town number {n} said that shells fell on the northern edge of the town during the night."
    start = quote.index("shells")
    base: dict[str, object] = {
        "report_id": f"report{n:04d}",
        "source": ["Northern Wire", "Valley Gazette", "Monitor Desk"][n % 3],
        "url": f"https://news.example/{n}",
        "title": f"Situation report number {n}",
        "published_on": "2020-10-05",
        "quote": quote,
        "mark_start": start,
        "mark_end": start + len("shells fell on the northern edge of the town"),
        "status": "occurred",
        "claimed_by": None,
        "date_text": "during the night",
        "killed": None,
        "wounded": None,
    }
    return base | values


def event(n: int = 0, **values: object) -> dict[str, object]:
    """Return one row; give `geometry=None` for an unlocated event."""
    kind, sub_kind = TYPES[n % len(TYPES)]
    name = list(PLACES)[n * 5 % len(PLACES)]
    base: dict[str, object] = {
        "event_id": f"{n:020x}",
        "event_type": kind,
        "sub_event_type": sub_kind,
        "status": "occurred",
        "starts_on": "2020-10-04",
        "ends_on": "2020-10-04",
        "date_precision": "day",
        "date_basis": "relative",
        "ucdp_date_prec": 1,
        "acled_time_precision": 1,
        "date_text": "during the night",
        "place_id": f"test:{name}",
        "place_name": name,
        "place_kind": "settlement",
        "place_precision": "town",
        "radius_m": 2500.0,
        "country": "",
        "admin1": "",
        "place_score": 0.91,
        "place_reasons": "the only settlement of this name in the region; two other places of the report lie close by",
        "actors": "Northern Forces; Southern Forces",
        "agents": "Northern Forces",
        "targets": "Southern Forces",
        "actor_countries": "; ",
        "actor_inters": "1; 2",
        "actor_sectors": "MIL; REB",
        "interaction": 12,
        "plover_type": "ASSAULT",
        "plover_mode": "heavy-weapons",
        "plover_contexts": "",
        "killed_low": None,
        "killed_best": None,
        "killed_high": None,
        "wounded_low": None,
        "wounded_best": None,
        "wounded_high": None,
        **{f"{what}_{bound}": None for what in ("captured", "displaced") for bound in ("low", "best", "high")},
        "claimed_by": "",
        "disagreements": "",
        "n_sources": 1,
        "score": 0.8,
        "sources": [source(n)],
        "geometry": shapely.Point(PLACES[name]),
    }
    row = base | values
    row["sources"] = (
        row["sources"] if isinstance(row["sources"], str) else json.dumps(row["sources"], ensure_ascii=False)
    )
    return row


def events_frame(rows: list[dict[str, object]]) -> gpd.GeoDataFrame:
    columns = {name: [row[name] for row in rows] for name in EVENT_COLUMNS}
    frame = gpd.GeoDataFrame(columns, geometry="geometry", crs="EPSG:4326")
    return frame.astype({name: kind for name, (kind, _) in EVENT_COLUMNS.items() if name != "geometry"})


def unlocated_frame(rows: list[dict[str, object]]) -> pd.DataFrame:
    kinds = {name: kind for name, (kind, _) in EVENT_COLUMNS.items() if name != "geometry"}
    nowhere = {
        "place_id": "",
        "place_name": "",
        "place_kind": "",
        "place_precision": "",
        "radius_m": None,
        "place_score": 0.0,
    }
    return pd.DataFrame([{name: (row | nowhere)[name] for name in kinds} for row in rows], columns=list(kinds)).astype(
        kinds
    )


def lines_frame(**values: object) -> gpd.GeoDataFrame:
    row = {
        "name": "Old ceasefire line",
        "valid_from": pd.Timestamp("1994-05-12"),
        "valid_to": pd.Timestamp("2020-10-20"),
        "approximate": True,
        "note": "drawn from the named positions",
        "geometry": LINE,
    } | values
    frame = gpd.GeoDataFrame([row], crs="EPSG:4326")
    return frame.astype({"valid_from": "datetime64[s]", "valid_to": "datetime64[s]"})


def tolls_frame(**values: object) -> pd.DataFrame:
    row: dict[str, object] = {
        "as_of": "2020-10-20", "scope": "war", "places": "", "since": None, "measure": "killed", "low": 700, "best": None, "high": None, "who": "soldiers",
        "claimed_by": "Northern ministry", "quote": "more than 700 soldiers so far", "source": "Valley Gazette",
        "url": "https://news.example/toll", "published_on": "2020-10-20", "report_id": "report0001",
    }  # fmt: skip
    kinds = {name: kind for name, (kind, _) in TOLL_COLUMNS.items()}
    return pd.DataFrame([row | values], columns=list(kinds)).astype(kinds)


def war() -> dict[str, object]:
    """Return six weeks of made-up war as arguments of an EventMap: every kind of place, date and status."""
    rows = []
    names = list(PLACES)
    for n in range(110):
        day = pd.Timestamp("2020-09-27") + pd.Timedelta(days=(n * 7 + n // 9) % 45 if n % 3 else n % 12)
        name = names[min(n * n % 23, 11)]
        day_text = str(day.date())
        rows.append(event(n, starts_on=day_text, ends_on=day_text, status=STATUSES[n * 5 % 9], place_name=name,
                          place_id=f"test:{name}", geometry=shapely.Point(PLACES[name]),
                          killed_low=n % 4 or None, killed_best=n % 4 or None, killed_high=n % 4 or None))  # fmt: skip
    rows[3] |= {"date_basis": "published", "date_text": "", "starts_on": None, "date_precision": "unknown"}
    rows[4] |= {"date_precision": "range", "ends_on": "2020-10-23", "starts_on": "2020-09-27"}
    two = [
        source(200, status="claimed", claimed_by="Northern ministry", killed={"low": 2, "best": 2, "high": 2}),
        source(201, status="denied", claimed_by="Southern ministry", killed={"low": 0, "best": 0, "high": 0}),
    ]
    rows.append(event(200, sources=two, n_sources=2, status="claimed", claimed_by="Northern ministry", place_name="Martuni",
                      place_id="test:Martuni", geometry=shapely.Point(PLACES["Martuni"]), killed_low=0, killed_high=2,
                      starts_on="2020-10-22", ends_on="2020-10-23", date_precision="range",
                      disagreements="The Northern ministry speaks of 2 killed; the Southern ministry of none.\n"
                      "The Southern ministry denies that it happened."))  # fmt: skip
    for n in range(4):
        rows.append(event(210 + n, place_precision="line", place_kind="line", place_id="test:line", place_name="Line of contact",
                          radius_m=60000.0, geometry=LINE, starts_on=f"2020-10-{8 + 5 * n:02d}", ends_on=f"2020-10-{8 + 5 * n:02d}",
                          event_type="Battles", sub_event_type="Armed clash", status="claimed", claimed_by="Southern ministry"))  # fmt: skip
        rows.append(event(220 + n, place_precision="area", place_kind="area", place_id="test:area", place_name="The highlands",
                          radius_m=45000.0, geometry=AREA, starts_on=f"2020-10-{3 + 4 * n:02d}", ends_on=f"2020-10-{3 + 4 * n:02d}"))  # fmt: skip
        rows.append(event(230 + n, place_precision="near", place_id=f"test:near{n % 2}", place_name=["Aghdam", "Kelbajar"][n % 2],
                          radius_m=9000.0, geometry=shapely.Point([(46.93, 39.99), (46.04, 40.10)][n % 2]),
                          starts_on=f"2020-10-{11 + n:02d}", ends_on=f"2020-10-{11 + n:02d}"))  # fmt: skip
    rows.append(event(240, place_precision="admin1", place_kind="admin1", place_id="test:syunik", place_name="Syunik",
                      radius_m=48000.0, geometry=shapely.Point(46.15, 39.25), starts_on="2020-10-14", ends_on="2020-10-14"))  # fmt: skip
    rows.append(event(250, place_precision="country", place_kind="country", place_id="test:aze", place_name="Azerbaijan",
                      radius_m=250000.0, country="AZE", geometry=shapely.Point(48.5, 40.4)))  # fmt: skip
    rows.append(
        event(251, starts_on=None, ends_on=None, date_precision="unknown", date_basis="published", date_text="")
    )
    nowhere = unlocated_frame(
        [event(260), event(261, event_type="Diplomacy", sub_event_type="talks", status="scheduled")]
    )
    return {
        "events": events_frame(rows),
        "unlocated": nowhere,
        "lines": lines_frame(),
        "tolls": tolls_frame(),
        "title": "Six weeks of war in the highlands",
        "description": "Invented events at real places, to see how the map reads.",
        "attribution": ["Events: made up for this test."],
    }
