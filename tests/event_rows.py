"""Rows of other data sets, made up from their schemas: any number, the same ones for the same seed.

No row is anybody's data. Texts hold what tables stumble over: quotes, separators, line breaks, formulas, other scripts.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

from geoconflict.codes import INTER_NAMES, PLOVER_MODES, interaction_name, interaction_of
from geoconflict.interchange.datasets.acled import ACLED_COLUMNS
from geoconflict.interchange.datasets.gdelt import GDELT_COLUMNS, GDELT_COLUMNS_1
from geoconflict.interchange.datasets.plover_codes import QUAD_CODES
from geoconflict.interchange.datasets.polecat import POLECAT_COLUMNS
from geoconflict.interchange.datasets.ucdp import UCDP_COLUMNS
from geoconflict.models import SUB_EVENT_TYPES, EventType
from geoconflict.prio_grid import prio_grid_id

SEED = 20260131
_WORDS = (
    "shelling", "near", "the bridge", 'said "no"', "=SUM(A1)", "+1", "-2", "@home", "Şuşa", "Степанакерт", "حلب", "it's",
    "a, b", "100%", "1/2", "'quoted'", "; then", "é",
)  # fmt: skip
_COUNTRIES = (
    ("Azerbaijan", "31", "373", "AJ", "AZE"),
    ("Ukraine", "804", "369", "UP", "UKR"),
    ("Sudan", "729", "625", "SU", "SDN"),
)


def text(draw: random.Random, *, breaks: bool = True) -> str:
    """Return some words; with `breaks` also over several lines and with tabs."""
    parts = [draw.choice(_WORDS) for _ in range(draw.randrange(6))]
    joint = draw.choice((" ", " ", "\n", "\t", "\r\n")) if breaks else " "
    return joint.join(parts).strip()


def _day(draw: random.Random) -> dt.date:
    return dt.date(1997, 1, 1) + dt.timedelta(days=draw.randrange(10_500))


def _degrees(draw: random.Random, most: float) -> str:
    return f"{draw.uniform(-most, most):.{draw.randrange(1, 7)}f}"


def _name(draw: random.Random) -> str:
    kinds = ("Military Forces of", "Militia (of)", "Unidentified Armed Group", "Protesters", "Civilians")
    return f"{draw.choice(kinds)} ({draw.choice(_COUNTRIES)[0]}) {draw.randrange(90)}"


def acled_row(draw: random.Random, k: int, *, as_numbers: bool = False) -> dict[str, str]:
    """Return a row of ACLED's, with inter codes as text or as numbers."""
    kind = draw.choice([one for one in EventType if one is not EventType.DIPLOMACY])
    day, (country, iso, *_) = _day(draw), draw.choice(_COUNTRIES)
    first, second = draw.randint(1, 8), draw.choice([None, *range(1, 9)])
    interaction = interaction_of(first, second)
    names = {code: str(code) if as_numbers else name for code, name in INTER_NAMES.items()}
    values = (
        f"{country[:3].upper()}{k}", day.isoformat(), str(day.year), draw.choice("123"), "Political violence", kind.value,
        draw.choice(SUB_EVENT_TYPES[kind]), _name(draw), "; ".join(_name(draw) for _ in range(draw.randrange(3))),
        names[first], _name(draw) if second else "", "", names[second] if second else "",
        str(interaction) if as_numbers else interaction_name(interaction), draw.choice(("", "Civilian targeting")), iso,
        "Caucasus and Central Asia", country, text(draw), text(draw), "", text(draw), _degrees(draw, 90), _degrees(draw, 180),
        draw.choice("123"), "; ".join(("Agency One", "Ministry")[: draw.randrange(3)]), "National-International", text(draw),
        str(draw.choice((0, 0, 1, 7, 250))), draw.choice(("", "crowd size=no report", "women targeted: girls; local")),
        str(1_600_000_000 + k),
    )  # fmt: skip
    return dict(zip(ACLED_COLUMNS, values, strict=True))


def ucdp_row(draw: random.Random, k: int, *, is_candidate: bool = False) -> dict[str, str]:
    """Return a row of UCDP GED, of a yearly release or of the candidates of a month."""
    day, (country, _, number, *_) = _day(draw), draw.choice(_COUNTRIES)
    violence, date_prec = draw.choice("123"), draw.choice("12345")
    days = {"1": 0, "2": draw.randint(1, 5), "3": 6, "4": draw.randint(7, 29), "5": draw.randint(30, 364)}[date_prec]
    last = day + dt.timedelta(days=days)
    lat, lon = _degrees(draw, 89.9), _degrees(draw, 179.9)
    low = draw.choice((0, 1, 3, 12))
    best = low + draw.choice((0, 0, 1, 5))
    n_sources = draw.randrange(4)
    values = (
        str(400_000 + k), f"AZE-{day.year}-{violence}-{k}", str(day.year), draw.choice("01"),
        draw.choice(("Clear", "Check needed")) if is_candidate else "Clear", violence, "388", "388", "Government", "862", "862",
        "A - B", "139", "139", f"Government of {country}", "9", "9", "Civilians" if violence == "3" else "Group",
        str(n_sources or -1), text(draw), ";".join(["Reuters"] * n_sources), ";".join([day.isoformat()] * n_sources),
        ";".join(["A headline"] * n_sources), text(draw), draw.choice("1234567"), text(draw), text(draw), text(draw), "",
        lat, lon, f"POINT ({lon} {lat})", str(prio_grid_id(float(lon), float(lat))), country, number, "Europe",
        draw.choice("12"), date_prec, f"{day} 00:00:00.000", f"{last} 00:00:00.000", "0", "0", "0", str(best), str(best),
        str(best + draw.choice((0, 4))), str(low), number, "",
    )  # fmt: skip
    return dict(zip(UCDP_COLUMNS, values, strict=True))


def polecat_row(draw: random.Random, k: int) -> dict[str, str]:
    """Return a row of POLECAT's."""
    kind = draw.choice(list(PLOVER_MODES))
    day, (country, _, number, _, alpha3) = _day(draw), draw.choice(_COUNTRIES)
    fine = draw.randrange(5)
    place = [text(draw, breaks=False) or "Town" if fine >= n else "" for n in (4, 3, 2)]
    there = fine > 0
    values = (
        f"{day:%Y%m%d}-{k}-{kind}", day.isoformat(), kind, draw.choice(["", *PLOVER_MODES[kind]]), "-9.0",
        str(QUAD_CODES[kind]), draw.choice(("", "military", "military; territory")), _name(draw), alpha3, number, "MIL",
        "MIL; GOV", text(draw, breaks=False), text(draw, breaks=False), "", draw.choice(("", _name(draw))), "", "",
        draw.choice(("", "CVL", "REB")), "", "", "", "", text(draw, breaks=False), *place, country if there else "",
        _degrees(draw, 90) if there else "", _degrees(draw, 180) if there else "", str(500_000 + k) if there else "",
        text(draw, breaks=False), "PPL", "Agency One", day.isoformat(), text(draw, breaks=False), "", "", "english", "NGEC_1.3",
    )  # fmt: skip
    return dict(zip(POLECAT_COLUMNS, values, strict=True))


def gdelt_row(draw: random.Random, k: int, *, version: int = 2) -> dict[str, str]:
    """Return a row of GDELT's, of version 2.0 or 1.0."""
    day, country = _day(draw), draw.choice(_COUNTRIES)
    row = dict.fromkeys(GDELT_COLUMNS if version == 2 else GDELT_COLUMNS_1, "")
    place = draw.choice("12345")
    return row | {
        "GlobalEventID": str(900_000_000 + k),
        "Day": f"{day:%Y%m%d}",
        "Actor1Code": "AZEMIL",
        "Actor1Name": "AZERBAIJAN",
        "Actor1CountryCode": "AZE",
        "Actor1Type1Code": "MIL",
        "Actor2Code": draw.choice(("", "CVL")),
        "EventCode": draw.choice(("010", "043", "0871", "141", "145", "173", "1831", "190", "195", "2041")),
        "NumSources": str(draw.randint(1, 9)),
        "GoldsteinScale": "-10.0",
        "ActionGeo_Type": place,
        "ActionGeo_FullName": f"Town, {country[0]}",
        "ActionGeo_CountryCode": country[3],
        "ActionGeo_Lat": _degrees(draw, 90),
        "ActionGeo_Long": _degrees(draw, 180),
        "DATEADDED": f"{day:%Y%m%d}",
        "SOURCEURL": f"https://news.example/{k}",
    }


def rows_of(make: Callable[..., dict[str, str]], n: int = 1000, **how: object) -> list[dict[str, str]]:
    """Return `n` rows, the same ones each time."""
    draw = random.Random(SEED)
    return [make(draw, k, **how) for k in range(n)]
