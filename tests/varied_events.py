"""One event of each kind that a file must hold: spots, grounds, a country, no place, no day, claims, denials, hostile text."""

from __future__ import annotations

from builders import casualties, count, day, days, place, report, source, unlocated_to_frame

from geoconflict.events import merge_sources
from geoconflict.frames import EVENT_COLUMNS, events_to_frame
from geoconflict.models import DateBasis, DatePrecision, DateSpan, EventType, PlacePrecision, Status

CREDIT = ("Place data: someone, CC BY", "Lines: <b>another</b> & co")
HOSTILE = (
    "</description>]]><script>alert(1)</script>&lt;i&gt; \x1b[31m\x0b\ufffe \U0001f4a5 \"quoted\" 'too' [% 1 %] $[name]"
)
"""What breaks out of CDATA, elements, terminals and templates, and characters that XML 1.0 forbids."""
_UNKNOWN = DateSpan(starts_on=None, ends_on=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)
_BEFORE = DateSpan(starts_on=None, ends_on=day(3).ends_on, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)
_SQUARE = "POLYGON ((40 40, 42 40, 42 42, 40 42, 40 40), (40.5 40.5, 41 40.5, 41 41, 40.5 40.5))"
_TWO = "MULTIPOLYGON (((50 10, 51 10, 51 11, 50 10)), ((60 10, 61 10, 61 11, 60 10)))"


def _told(text, n, *, at="default", when=None, **fields):
    told = report(text, source=f"Outlet {n}", title=HOSTILE if n == 1 else None, url="https://example.org/?a=1&b=<2>")
    place_fields = {"place": None} if at is None else {}
    return source(told, at=at, when=when or day(40 * n), **place_fields, **fields)


def varied_events():
    """Return the events; no two of them are alike enough to be merged."""
    precision = PlacePrecision
    near = place("Hill", 31.0, 11.0, precision=precision.NEAR, radius_m=9000.0)
    province = place("Province <&>", 35.0, 12.0, kind="admin1", precision=precision.ADMIN1, radius_m=60_000.0)
    border = place("East Island", 179.9, -16.0, precision=precision.REGION, radius_m=50_000.0, kind="area")
    land = place("Land", 20.0, 5.0, kind="country", precision=precision.COUNTRY, radius_m=400_000.0)
    line = place("Line", geometry="LINESTRING (0 0, 2 2, 3 1)", precision=precision.LINE, kind="line")
    area = place("Area", geometry=_SQUARE, precision=precision.AREA, kind="area")
    islands = place("Islands", geometry=_TWO, precision=precision.REGION, kind="area")
    claimed = {"status": Status.CLAIMED, "claimed_by": "The ministry"}
    battle = {"event_type": EventType.BATTLES, "sub_event_type": "Armed clash"}
    killed = {"casualties": casualties(killed=count(3), wounded=count(low=5, high=9))}
    return merge_sources(
        [
            _told(HOSTILE, 1, **killed),
            _told("A claim about Riverton.", 2, **claimed, **battle),
            _told("Near the hill.", 3, at=near, when=days(120, 126)),
            _told("In the province.", 4, at=province, status=Status.DENIED, **battle),
            _told("On the island.", 5, at=border, **battle),
            _told("In the land.", 6, at=land),
            _told("On the line.", 7, at=line, status=Status.HYPOTHETICAL),
            _told("In the area.", 8, at=area, **claimed),
            _told("On the islands.", 9, at=islands, status=Status.SCHEDULED),
            _told("Nowhere.", 10, at=None),
            _told("No day at all.", 11, at=place("Undated", 33.0, 12.0), when=_UNKNOWN),
            _told("Before the day.", 12, at=place("Before", 34.0, 12.0), when=_BEFORE, **battle),
        ]
    )


def varied_frames():
    """Return them as located and unlocated events."""
    events = varied_events()
    return events_to_frame(events), unlocated_to_frame(events)


def as_told(frame):
    """Return a frame, of ours or read from a file, so that two that hold the same are equal: text, None where nothing is."""
    rows = {}
    for row in frame.to_dict("records"):
        told = {}
        for name, (dtype, _) in EVENT_COLUMNS.items():
            value = row.get(name)
            is_missing = value is None or value == "" or value != value or str(value) in ("NaT", "<NA>")
            if name == "geometry":
                is_missing = value is None or value.is_empty
                told[name] = None if is_missing else sorted(_corners(value))
            elif is_missing:
                told[name] = None
            elif dtype.startswith("datetime"):
                told[name] = str(value)[:10]
            else:
                told[name] = float(value) if dtype in ("Int64", "int64", "float64") else str(value)
        rows[told["event_id"]] = told
    return rows


def _corners(shape):
    import shapely

    return [(round(x, 6), round(y, 6)) for x, y in shapely.get_coordinates(shape).tolist()]
