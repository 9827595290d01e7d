import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import shapely
from builders import DAY, actor, casualties, count, day, loss, place, report, source, toll, unlocated_to_frame

from geoconflict.errors import InputError
from geoconflict.events import merge_sources
from geoconflict.frame_checks import check_frames
from geoconflict.frames import (
    EQUIPMENT_COLUMNS,
    EVENT_COLUMNS,
    LINE_COLUMNS,
    TOLL_COLUMNS,
    equipment_to_frame,
    events_to_frame,
    lines_to_frame,
    tolls_to_frame,
)
from geoconflict.models import Actor, ActorKind, DateBasis, DatePrecision, DateSpan, PlacePrecision

EVENTS = merge_sources(
    [
        source(
            report(url="https://example.org/1", title="T"),
            casualties=casualties(killed=count(low=3)),
            actors=(actor("Army A"), actor("Civilians", "target")),
        ),
        source(report("Somewhere."), at=None, place=None, when=day(1)),
    ]
)


def test_a_frame_has_every_column_in_order_with_its_dtype():
    frame = events_to_frame(EVENTS)
    assert list(frame.columns) == list(EVENT_COLUMNS)
    for name, (dtype, _) in EVENT_COLUMNS.items():
        assert str(frame[name].dtype) == dtype, name
    check_frames(frame)


def test_an_empty_frame_has_the_same_columns_and_dtypes():
    frame = events_to_frame([])
    assert [str(dtype) for dtype in frame.dtypes] == [str(dtype) for dtype in events_to_frame(EVENTS).dtypes]
    assert frame.crs.to_epsg() == 4326
    check_frames(frame)


def test_longitude_is_x():
    (point,) = events_to_frame(EVENTS).geometry
    assert (point.x, point.y) == (30.0, 10.0)


def test_not_stated_is_missing_and_not_zero():
    row = events_to_frame(EVENTS).iloc[0]
    assert row.killed_low == 3
    assert row.isna()[["killed_best", "killed_high", "wounded_low"]].all()


def test_the_precision_of_a_date_is_there_in_the_codes_of_others():
    (row,) = events_to_frame(EVENTS).itertuples()
    assert (row.date_precision, row.ucdp_date_prec, row.acled_time_precision) == ("day", 1, 1)
    open_ended = DateSpan(starts_on=None, ends_on=DAY, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)
    row = events_to_frame(merge_sources([source(when=open_ended)])).iloc[0]
    assert row.isna()[["ucdp_date_prec", "acled_time_precision"]].all()


def test_the_sources_carry_quote_and_mark():
    (told,) = json.loads(events_to_frame(EVENTS).iloc[0].sources)
    assert told["quote"][told["mark_start"] : told["mark_end"]] == "Artillery struck Riverton"
    assert told["url"] == "https://example.org/1"
    assert told["killed"] == {"low": 3, "best": None, "high": None}


def test_codes_of_actors_stand_in_the_order_of_the_actors():
    told = source(
        report("Codes."),
        at=place(country="UKR"),
        plover="ASSAULT:drone",
        actors=(
            Actor(name="Army A", kind=ActorKind.STATE_FORCES, country="RUS", part="agent"),
            Actor(name="Civilians", kind=ActorKind.CIVILIANS, part="target", sectors=("MED", "REF")),
            Actor(name="Body B", kind=ActorKind.EXTERNAL, part="party", body="IGO"),
            Actor(name="Z", part="target"),
        ),
    )
    row = events_to_frame(merge_sources([told])).iloc[0]
    assert row.actors == "Army A; Body B; Civilians; Z"
    assert row.actor_countries == "RUS; IGO; ; "
    assert row.actor_inters == "8; 8; 7; "
    assert row.actor_sectors == "MIL; MIL; MED,REF; UNK"
    assert row.interaction == 78
    assert (row.plover_type, row.plover_mode, row.plover_contexts) == ("ASSAULT", "drone", "")


def test_a_reason_of_a_place_is_not_torn_apart_where_it_has_a_semicolon():
    told = replace(
        source(), place_reasons=("named with its region (KOS; see the settings)", "the only one; far from others")
    )
    row = events_to_frame(merge_sources([told])).iloc[0]
    assert row.place_reasons.split("; ") == [
        "named with its region (KOS, see the settings)",
        "the only one, far from others",
    ]


def test_unknown_sides_have_no_interaction():
    row = events_to_frame(EVENTS).iloc[0]
    assert row.isna()["interaction"]
    assert (row.actor_inters, row.plover_type) == ("; ", "")


def test_unlocated_events_are_counted_and_kept_apart():
    assert events_to_frame(EVENTS).attrs["n_unlocated"] == 1
    apart = unlocated_to_frame(EVENTS)
    assert list(apart.columns) == [name for name in EVENT_COLUMNS if name != "geometry"]
    assert len(apart) == 1


def test_tolls_have_their_columns():
    told = report()
    frame = tolls_to_frame([(toll(told), told)])
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        name: dtype for name, (dtype, _) in TOLL_COLUMNS.items()
    }
    assert frame.iloc[0].as_of.date() == DAY
    assert frame.iloc[0].scope == "war"
    assert tolls_to_frame([]).columns.tolist() == list(TOLL_COLUMNS)


def test_equipment_losses_have_their_columns():
    told = report()
    frame = equipment_to_frame([(loss(told, owner="enemy", claimed_by="A minister"), told), (loss(told, 2), told)])
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        name: dtype for name, (dtype, _) in EQUIPMENT_COLUMNS.items()
    }
    assert frame["best"].tolist() == [5, 2]
    assert frame["owner"].tolist() == ["enemy", ""]
    assert equipment_to_frame([]).columns.tolist() == list(EQUIPMENT_COLUMNS)


def test_captured_and_displaced_are_in_the_frame_and_with_each_source():
    (event,) = merge_sources(
        [
            source(report(), casualties=casualties(captured=count(12), who="soldiers", claimed_by="A minister")),
            source(report(source="Two"), casualties=casualties(captured=count(15), displaced=count(low=300))),
        ]
    )
    row = events_to_frame([event]).iloc[0]
    assert (row.captured_low, row.captured_high) == (12, 15)
    assert (row.displaced_low, row.displaced_high is pd.NA) == (300, True)
    first, second = sorted(json.loads(row.sources), key=lambda told: told["captured"]["best"])
    assert (first["captured"]["best"], first["displaced"]) == (12, None)
    assert (first["victims"], first["figures_by"], second["figures_by"]) == ("soldiers", "A minister", None)


def test_a_frame_of_an_earlier_version_without_captured_and_displaced_can_be_used():
    frame = events_to_frame(EVENTS)
    check_frames(frame.drop(columns=[name for name in frame.columns if name.startswith(("captured", "displaced"))]))
    with pytest.raises(InputError, match="no column 'killed_low'"):
        check_frames(frame.drop(columns="killed_low"))


def test_context_lines_come_from_the_gazetteer_and_from_files(tmp_path):
    line = place("Old line", geometry="LINESTRING (0 0, 1 1)", kind="line", precision=PlacePrecision.LINE)
    file = tmp_path / "mine.geojson"
    feature = {
        "type": "Feature",
        "properties": {"name": "Mine", "valid_from": "2020-01-02"},
        "geometry": {"type": "LineString", "coordinates": [[2, 2], [3, 3]]},
    }
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    frame = lines_to_frame([line], [file])
    assert list(frame.columns) == list(LINE_COLUMNS)
    assert frame["name"].tolist() == ["Old line", "Mine"]
    assert frame.geometry[1].equals(shapely.LineString([(2, 2), (3, 3)]))
    assert frame["approximate"].all()
    assert lines_to_frame([]).empty


def test_a_line_file_that_cannot_be_used_says_why(tmp_path):
    bad = tmp_path / "bad.geojson"
    bad.write_text("{")
    with pytest.raises(InputError, match="cannot be read"):
        lines_to_frame([], [bad])
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [2, 2]}}
    bad.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    with pytest.raises(InputError, match="needs a 'name'"):
        lines_to_frame([], [bad])


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("killed_best", 2**31 - 1, "column 'killed_best' holds 2147483647 in row 0: counts are 0 to 2147483645"),
        ("wounded_low", -1, "column 'wounded_low' holds -1 in row 0"),
        ("starts_on", "-0001-01-01", "column 'starts_on' holds days outside the years 1 to 9999.* in row 0"),
        ("ends_on", "200000-01-01", "column 'ends_on' holds days outside the years 1 to 9999.* in row 0"),
    ],
)
def test_what_a_page_cannot_hold_is_named_with_its_row(name, value, told):
    frame = events_to_frame(EVENTS).reset_index(drop=True)
    values = (
        frame[name].to_numpy().copy() if isinstance(value, str) else frame[name].astype("float64").to_numpy().copy()
    )
    values[0] = np.datetime64(value, "s") if isinstance(value, str) else value
    frame[name] = values
    with pytest.raises(InputError, match=told):
        check_frames(frame)
