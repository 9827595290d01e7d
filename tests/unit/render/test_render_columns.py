"""Frames to columns: what is checked, kept and counted."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import shapely
from event_frames import LINE, event, events_frame, lines_frame, source, tolls_frame, unlocated_frame, war

from geoconflict.errors import InputError
from geoconflict.render.columns import _id_digits, _taken, map_columns
from geoconflict.render.payload import pack_block, unpack_block
from geoconflict.source_rows import source_rows, source_rows_type


def columns_of(*args, **kwargs):
    made = map_columns(*args, **kwargs)
    return made, unpack_block(pack_block(made.drawn)), unpack_block(pack_block(made.text))


def test_rows_are_sorted_by_day_and_id_whatever_their_order():
    frame = war()["events"]
    shuffled = frame.sample(frac=1, random_state=7).reset_index(drop=True)
    one, other = map_columns(frame), map_columns(shuffled)
    assert pack_block(one.drawn) == pack_block(other.drawn)
    assert pack_block(one.text) == pack_block(other.text)


def test_a_frame_of_many_pieces_gives_the_same_columns():
    frame = war()["events"].sample(frac=1, random_state=7)
    pieces = pd.concat([frame.iloc[:7], frame.iloc[7:30], frame.iloc[30:]], ignore_index=True)
    for name in pieces.columns[[pd.api.types.is_string_dtype(dtype) for dtype in pieces.dtypes]]:
        texts = pieces[name].to_numpy()
        held = pa.chunked_array([pa.array(part, pa.large_string()) for part in (texts[:7], texts[7:30], texts[30:])])
        pieces[name] = pd.Series(pd.array(held, dtype="string[pyarrow]"))
    assert pieces["sources"].array.__arrow_array__().num_chunks == 3
    one, other = map_columns(frame), map_columns(pieces)
    assert pack_block(one.drawn) == pack_block(other.drawn)
    assert pack_block(one.text) == pack_block(other.text)


def test_events_of_one_place_share_it():
    rows = [
        event(1, place_name="Goris"),
        event(2, place_name="Goris", geometry=event(1)["geometry"], place_id=event(1)["place_id"]),
    ]
    rows[0]["place_id"] = rows[1]["place_id"]
    _, drawn, _ = columns_of(events_frame(rows))
    assert drawn["place"].tolist() == [1, 1]
    assert drawn["place_name"] == ["Goris"]


def test_days_count_from_1970_also_before_it_and_in_any_resolution():
    frame = events_frame(
        [event(1, starts_on="1969-12-31", ends_on="1969-12-31"), event(2, starts_on="2001-09-09", ends_on="2001-09-10")]
    )
    for unit in ("s", "ms", "us", "ns"):
        made = frame.astype({"starts_on": f"datetime64[{unit}]", "ends_on": f"datetime64[{unit}]"})
        _, drawn, _ = columns_of(made)
        assert drawn["day"].tolist() == [-1, 11574], unit
        assert drawn["days"].tolist() == [0, 1], unit


def test_open_and_unknown_dates_are_told_apart():
    frame = events_frame(
        [event(1, starts_on=None), event(2, ends_on=None), event(3, starts_on=None, ends_on=None), event(4)],
    )
    _, drawn, text = columns_of(frame)
    by_id = {one: k for k, one in enumerate(text["event_id"])}
    flags = {
        n: tuple(int(drawn[name][by_id[f"{n:020x}"]]) for name in ("dated", "open_start", "open_end"))
        for n in (1, 2, 3, 4)
    }
    assert flags == {1: (1, 1, 0), 2: (1, 0, 1), 3: (0, 1, 1), 4: (1, 0, 0)}
    assert text["event_id"][-1] == f"{3:020x}", "undated events come last"


def test_not_stated_is_not_nobody():
    frame = events_frame([event(1, killed_low=None, killed_high=None), event(2, killed_low=0, killed_high=3)])
    _, drawn, _ = columns_of(frame)
    assert drawn["killed_low"].tolist() == [0, 1]
    assert drawn["killed_high"].tolist() == [0, 4]


def test_lines_and_areas_keep_their_parts_and_holes():
    donut = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2)]])
    two = shapely.MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3), (4, 3)]])
    frame = events_frame(
        [
            event(1, geometry=LINE, place_precision="line"),
            event(2, geometry=donut, place_precision="area"),
            event(3, geometry=two, place_precision="line"),
            event(4, geometry=shapely.MultiPolygon([donut, shapely.box(5, 5, 6, 6)]), place_precision="area"),
        ]
    )
    _, drawn, _ = columns_of(frame)
    assert drawn["shape_kind"].tolist() == [1, 2, 1, 2]
    assert drawn["shape_parts"].tolist() == [1, 2, 2, 3]
    assert drawn["part_points"].tolist() == [6, 5, 4, 2, 3, 5, 4, 5]
    assert drawn["x"][:2].tolist() == [465500, 468500]
    assert drawn["place_shape"].tolist() == [1, 2, 3, 4]


def test_the_symbol_of_a_line_stands_on_it_and_of_an_area_in_it():
    hollow = shapely.Polygon(
        [(0, 0), (9, 0), (9, 9), (0, 9), (0, 8), (8, 8), (8, 1), (0, 1)]
    )  # its centroid is outside
    _, drawn, _ = columns_of(events_frame([event(1, geometry=LINE), event(2, geometry=hollow, place_precision="area")]))
    points = shapely.points(drawn["place_lon"] / 1e4, drawn["place_lat"] / 1e4)
    assert LINE.distance(points[0]) < 1e-4
    assert hollow.contains(points[1])


def test_a_country_is_never_drawn():
    made, drawn, _ = columns_of(
        events_frame([event(1), event(2, place_precision="country", geometry=shapely.box(40, 38, 50, 42))])
    )
    assert drawn["shape_kind"].tolist() == []
    assert made.bounds.east < 50


def test_marks_are_moved_to_javascript_units_and_into_the_quote():
    quote = "🗺️ a bomb fell"
    told = source(1, quote=quote, mark_start=quote.index("bomb"), mark_end=len(quote) + 50)
    _, _, text = columns_of(events_frame([event(1, sources=[told])]))
    units = quote.encode("utf-16-le")
    start, end = int(text["version_mark_start"][0]), int(text["version_mark_end"][0])
    assert units[2 * start : 2 * end].decode("utf-16-le") == "bomb fell"


def test_a_report_that_tells_two_events_is_kept_once():
    made, _, text = columns_of(events_frame([event(1, sources=[source(9)]), event(2, sources=[source(9), source(10)])]))
    assert made.n_reports == 2
    assert text["n_versions"].tolist() == [1, 2]
    assert text["version_report"].tolist() == [0, 0, 1]


def test_actors_sources_and_claimants_are_lists_of_distinct_names():
    told = [
        source(1, source="Valley Gazette", claimed_by="Northern ministry"),
        source(2, source="Northern Wire", denied_by="Southern ministry"),
        source(3, source="Valley Gazette", claimed_by="Village elder"),
        source(4, source=None),
    ]
    frame = events_frame(
        [
            event(1, actors="A; B; A", agents="A", targets="", claimed_by="Northern ministry", sources=told),
            event(2, actors="", agents="", targets="", sources=[]),
        ]
    )
    _, drawn, _ = columns_of(frame)
    assert drawn["actors"] == [["A", "B"], []]
    assert drawn["sources"] == [["Valley Gazette", "Northern Wire", ""], []]
    assert drawn["claimants"] == [["Northern ministry", "Southern ministry", "Village elder"], []]
    assert drawn["n_claimed"].tolist() == [1, 0]


def test_what_each_actor_did_goes_with_its_name():
    rows = [event(1, actors="A; B; C", agents="B; D", targets="C; B"), event(2, actors="", agents="", targets="A")]
    _, drawn, _ = columns_of(events_frame(rows))
    assert drawn["actors"] == [["A", "B", "C", "D"], ["A"]]
    assert drawn["actor_parts"].tolist() == [0, 3, 2, 1, 2]


def test_without_quotes_nothing_of_the_reports_is_left_but_their_sources():
    rows = [event(n, event_id=f"abcdefabcdef{n:08x}") for n in range(3)]
    made, drawn, text = columns_of(events_frame(rows), quotes=False)
    assert made.n_reports == 3
    assert [len(names) for names in drawn["sources"]] == [1, 1, 1]
    assert text["n_versions"].tolist() == [0, 0, 0]
    assert text["version_quote"] == text["report_title"] == []
    assert text["event_id"] == [row["event_id"] for row in rows], "shorter they would be alike"
    rows = [event(n, event_id=f"{n:06x}abcdefabcdefab") for n in range(3)]
    assert columns_of(events_frame(rows), quotes=False)[2]["event_id"] == [f"{n:06x}" for n in range(3)]


@pytest.mark.parametrize(("n", "digits"), [(1, 6), (150_000, 6), (1_000_000, 7), (10**9, 8)])
def test_short_ids_leave_little_room_for_others(n, digits):
    assert _id_digits(n) == digits


def test_unlocated_events_are_kept_without_a_place():
    made, drawn, _ = columns_of(events_frame([event(1)]), unlocated_frame([event(2)]))
    assert made.n_events == 2
    assert sorted(drawn["place"].tolist()) == [0, 1]


def test_the_view_opens_on_the_war_and_not_on_far_capitals():
    rows = war()["events"]
    far = events_frame(
        [
            event(900, geometry=shapely.Point(-77.04, 38.9), place_name="Washington"),
            event(901, geometry=shapely.Point(37.6, 55.75)),
        ]
    )
    made = map_columns(pd.concat([rows, far], ignore_index=True))
    assert made.bounds.west < -77
    assert 45 < made.focus.west < made.focus.east < 48
    alone = map_columns(far)
    assert alone.focus == alone.bounds, "two places are both in focus"


def test_a_town_alone_is_shown_with_the_land_around_it():
    made = map_columns(events_frame([event(0, geometry=shapely.Point(30.7, 46.5), place_name="Odesa")]))
    assert made.focus.east - made.focus.west == pytest.approx(2.0, abs=0.1)
    assert made.focus.north - made.focus.south == pytest.approx(1.0, abs=0.1)
    assert (made.focus.east + made.focus.west) / 2 == pytest.approx(30.7, abs=0.05)


def test_the_view_opens_on_a_far_town_too_where_that_makes_it_not_much_wider():
    rows = war()["events"]
    near = map_columns(rows)
    side = max(near.focus.east - near.focus.west, near.focus.north - near.focus.south, 2.0)
    for share, is_in in ((2.5, True), (5.0, False)):
        far = events_frame([event(900, geometry=shapely.Point(near.focus.east + share * side, 40.0), place_name="Far")])
        made = map_columns(pd.concat([rows, far], ignore_index=True))
        assert (made.focus == made.bounds) is is_in


def test_one_vague_region_does_not_zoom_the_map_out():
    rows = war()["events"]
    vague = events_frame(
        [event(900, place_precision="region", geometry=shapely.box(38, 38, 51, 44), radius_m=600_000.0)]
    )
    made = map_columns(pd.concat([rows, vague], ignore_index=True))
    assert made.focus.east - made.focus.west < 5


def test_every_fault_is_told_at_once():
    frame = events_frame([event(1), event(2)]).drop(columns=["killed_low", "place_name"])
    frame["starts_on"] = "2020-10-04"
    frame["event_id"] = "same"
    frame["radius_m"] = -1.0
    frame["sources"] = "not json"
    unlocated = unlocated_frame([event(3)]).drop(columns="status")
    lines = lines_frame().drop(columns="note").set_crs("EPSG:3857", allow_override=True)
    tolls = tolls_frame().drop(columns="measure")
    with pytest.raises(InputError) as caught:
        map_columns(frame, unlocated, lines, tolls)
    message = str(caught.value)
    for part in ["events: no column 'killed_low'", "events: no column 'place_name'", "events: column 'starts_on' is", "not unique",
                 "'radius_m' holds values outside", "'sources' of event 'same' is not a JSON array", "unlocated: no column 'status'",
                 "lines: no column 'note'", "lines: the CRS is EPSG:3857, not EPSG:4326: call frame.to_crs", "tolls: no column 'measure'"]:  # fmt: skip
        assert part in message, part


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda frame: frame.to_crs("EPSG:3857"), "the CRS is EPSG:3857"),
        (lambda frame: frame.set_crs(None, allow_override=True), "no CRS: call frame.set_crs"),
        (lambda frame: pd.DataFrame(frame.drop(columns="geometry")), "give a GeoDataFrame"),
        (lambda frame: frame.set_geometry([None] * len(frame), crs="EPSG:4326"), "rows without a geometry"),
        (lambda frame: frame.set_geometry(shapely.points([[1, 95]]), crs="EPSG:4326"), "longitude comes first"),
        (
            lambda frame: frame.set_geometry([shapely.MultiPoint([(1, 2)])], crs="EPSG:4326"),
            "type MultiPoint cannot be drawn",
        ),
        (lambda frame: frame.assign(event_id="x" * 2000), "ids of more than 1000 characters"),
        (lambda frame: frame.assign(status=None), "column 'status' is"),
        (lambda frame: frame.assign(killed_low="many"), "column 'killed_low' is"),
    ],
)
def test_wrong_frames_are_refused_with_the_repair(change, message):
    with pytest.raises(InputError, match=message):
        map_columns(change(events_frame([event(1)])))


def test_an_event_cannot_be_located_and_unlocated():
    with pytest.raises(InputError, match="also located"):
        map_columns(events_frame([event(1)]), unlocated_frame([event(1)]))


def test_scores_and_radii_that_are_missing_are_zero():
    _, drawn, text = columns_of(events_frame([event(1, radius_m=None, score=np.nan, place_score=2.0)]))
    assert drawn["place_radius_m"].tolist() == [0]
    assert drawn["unsure"].tolist() == [0]
    assert text["place_score"].tolist() == [101]


def test_a_place_of_no_stated_score_is_not_one_of_score_0():
    rows = [event(1, place_score=None), event(2, place_score=0.0), event(3, place_score=0.555)]
    assert columns_of(events_frame(rows))[2]["place_score"].tolist() == [0, 1, 57]


HUGE = 10_000_000


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"place_name": "N" * HUGE}, "place_name"),
        ({"event_type": "T" * HUGE}, "event_type"),
        ({"actors": "A" * HUGE}, "actors"),
        ({"claimed_by": "C" * HUGE}, "claimants"),
        ({"disagreements": "D " * (HUGE // 2)}, "disagreements"),
        ({"sources": [source(1, quote="Q " * (HUGE // 2))]}, "version_quote"),
        ({"sources": [source(1, title="H" * HUGE)]}, "report_title"),
        ({"sources": [source(1, source="S" * HUGE)]}, "sources"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_ten_megabytes_in_one_field_are_cut_with_a_note(values, column):
    made = map_columns(events_frame([event(1, **values), event(2)]), cut_note="[{n} more]")
    blocks = [pack_block(made.drawn), pack_block(made.text)]
    assert sum(map(len, blocks)) < 20_000
    columns = unpack_block(blocks[0]) | unpack_block(blocks[1])
    given = [text for row in columns[column] for text in ([row] if isinstance(row, str) else row)]
    (long,) = (text for text in given if "more]" in text)
    assert len(long) < 20_100
    assert int(long.split("[")[1].split()[0]) + long.index("\N{HORIZONTAL ELLIPSIS}") == HUGE


def test_the_evidence_stays_where_a_long_quote_is_cut():
    quote = "before " * 100_000 + "\U0001f5fa THE EVIDENCE " + "after " * 100_000
    start = quote.index("THE")
    told = source(1, quote=quote, mark_start=start, mark_end=start + len("THE EVIDENCE"))
    _, _, text = columns_of(events_frame([event(1, sources=[told])]))
    units = text["version_quote"][0].encode("utf-16-le")
    marked = slice(2 * int(text["version_mark_start"][0]), 2 * int(text["version_mark_end"][0]))
    assert units[marked].decode("utf-16-le") == "THE EVIDENCE"


def test_an_address_that_is_too_long_is_none():
    _, _, text = columns_of(events_frame([event(1, sources=[source(1, url="https://a.example/" + "x" * HUGE)])]))
    assert text["report_url"] == [""]


@pytest.mark.parametrize("told", ["{}", "null", "[1]", "[null]", "[", "", '[]}\n{"told":[]'])
def test_sources_that_are_no_array_of_objects_are_refused(told):
    with pytest.raises(InputError, match="'sources' of event '00000000000000000001' is not a JSON array of objects"):
        map_columns(events_frame([event(1, sources=told), event(2)]))


@pytest.mark.parametrize(
    "told",
    [
        '[{"report_id": 7, "source": 3.5, "quote": "half \\ud800 pair", "mark_start": 0.0, "mark_end": 4.0, "killed": {"low": 1.0}}]',
        '[\n{"report_id": "7", "source": "3.5",\n"quote": "half \ufffd pair", "mark_start": 0, "mark_end": 4, "killed": {"low": 1, "more": []}}\n]',
        '[{"unknown": {"deep": [1, {}]}, "report_id": "7", "source": "3.5", "quote": "half \ufffd pair", "mark_end": 4, "killed": {"low": 1}}]',
    ],
)
def test_sources_are_read_whatever_json_they_are_written_in(told):
    _, drawn, text = columns_of(events_frame([event(1, sources=told), event(2)]))
    assert drawn["sources"][0] == ["3.5"]
    assert text["version_quote"][0] == "half \ufffd pair"
    assert [text[f"version_{name}"][0] for name in ("mark_start", "mark_end", "killed_low", "killed_high")] == [
        0,
        4,
        2,
        0,
    ]


@pytest.mark.parametrize("n_pieces", [1, 3])
@pytest.mark.parametrize("kind", ["str", "parsed", "number"])
def test_rows_are_taken_in_order_from_pieces_and_runs_alike(kind, n_pieces):
    n = 600
    texts = [f'[{{"report_id": "r{k}", "quote": "Quote {k}."}}]' for k in range(n)]
    values = {
        "str": pa.array(texts),
        "parsed": source_rows(pd.Series(texts, dtype="str")),
        "number": pa.array(range(n)),
    }[kind]
    cuts = np.linspace(0, n, n_pieces + 1).astype(int).tolist()
    pieces = pa.chunked_array([values.slice(a, b - a) for a, b in itertools.pairwise(cuts)])
    dtypes = {pa.string(): pd.StringDtype(na_value=np.nan), source_rows_type(): pd.ArrowDtype(source_rows_type())}
    column = pa.table({"x": pieces}).to_pandas(types_mapper=dtypes.get)["x"]
    whole = column.tolist()
    rng = np.random.default_rng(5)
    moved = np.concatenate([np.arange(1, 300), [0], np.arange(301, n), [300]])
    for rows in (
        np.arange(n),
        moved,
        rng.permutation(n),
        np.arange(250, 420),
        np.array([7, 7, 599]),
        np.array([], int),
    ):
        found = _taken(column, rows)
        assert found.dtype == column.dtype
        assert found.index.tolist() == rows.tolist()
        assert found.tolist() == [whole[k] for k in rows.tolist()]


def test_parsed_sources_make_the_columns_that_their_json_makes():
    events = events_frame([event(event_id=f"{k:020x}") for k in range(5)])
    parsed = events.assign(
        sources=pd.Series(pd.arrays.ArrowExtensionArray(source_rows(events["sources"])), index=events.index)
    )
    for quotes in (True, False):
        made = [map_columns(one, quotes=quotes) for one in (events, parsed)]
        assert pack_block(made[0].text) == pack_block(made[1].text)
        assert pack_block(made[0].drawn) == pack_block(made[1].drawn)
