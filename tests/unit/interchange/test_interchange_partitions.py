"""A folder of months: every event once, only what changed replaced, and read by the tools it is for."""

import datetime as dt
import os

import geopandas as gpd
import pandas as pd
import pytest
from builders import day, days, place, report, source, unlocated_to_frame
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import CRS

from geoconflict.errors import InputError
from geoconflict.events import merge_sources
from geoconflict.frames import EVENT_COLUMNS, events_to_frame
from geoconflict.interchange.partitions import export_partitions, read_partitions
from geoconflict.models import DateBasis, DatePrecision, DateSpan

CREDIT = ("Place data: someone, CC BY",)
UNKNOWN = DateSpan(starts_on=None, ends_on=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.RELATIVE)


def told(number, when, lon=30.0, **more):
    return source(
        report(f"Shells hit Riverton, day {number}."), at=place(f"Town {number}", lon, 10.0), when=when, **more
    )


JUNE, JULY = day(0), day(25)
SOURCES = [
    told(1, JUNE),
    told(2, JUNE, lon=50.0),
    told(3, JULY),
    told(4, days(10, 30)),
    source(report("Nowhere."), at=None, place=None, when=JULY),
    source(report("Nobody knows where or when."), at=None, place=None, when=UNKNOWN),
]


def export(folder, sources=SOURCES):
    events = merge_sources(sources)
    return export_partitions(events_to_frame(events), unlocated_to_frame(events), folder, attribution=CREDIT)


@pytest.fixture
def folder(tmp_path):
    export(tmp_path / "events")
    return tmp_path / "events"


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_events_stand_in_the_month_of_their_best_day(folder):
    assert names(folder) == [f"month={month}/events.parquet" for month in ("2021-06", "2021-07", "undated")]
    assert [len(gpd.read_parquet(folder / name)) for name in names(folder)] == [3, 2, 1]


def test_all_come_back_as_they_were(folder):
    events = merge_sources(SOURCES)
    back = read_partitions(folder)
    assert list(back.columns) == list(EVENT_COLUMNS)
    located = back[back.geometry.notna()].sort_values("event_id").reset_index(drop=True)
    wanted = events_to_frame(events).sort_values("event_id").reset_index(drop=True)
    assert_geodataframe_equal(located, wanted, check_dtype=False)
    assert str(back["killed_low"].dtype) == "Int64"
    assert back.attrs == {"attribution": list(CREDIT)}


def test_the_same_events_again_touch_no_file(folder):
    times = [(folder / name).stat().st_mtime_ns for name in names(folder)]
    again = export(folder)
    assert (again.written, len(again.unchanged), again.removed) == ((), 3, ())
    assert [(folder / name).stat().st_mtime_ns for name in names(folder)] == times


def test_only_the_month_that_changed_is_replaced_and_one_without_events_goes(folder):
    before = {name: (folder / name).stat().st_ino for name in names(folder)}
    done = export(folder, [*SOURCES[:5], told(6, JUNE)])
    assert (done.n_rows, done.written, done.unchanged, done.removed) == (
        6,
        ("month=2021-06",),
        ("month=2021-07",),
        ("month=undated",),
    )
    after = {name: (folder / name).stat().st_ino for name in names(folder)}
    assert after.keys() == {"month=2021-06/events.parquet", "month=2021-07/events.parquet"}
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"month=2021-06/events.parquet"}


def test_what_a_killed_run_left_is_made_good(folder):
    whole = {name: (folder / name).read_bytes() for name in names(folder)}
    (folder / ".writing").mkdir()
    (folder / ".writing" / "month=2021-06.tmp").write_bytes(b"half")
    (folder / "month=2021-07" / "events.parquet").unlink()
    assert export(folder).written == ("month=2021-07",)
    assert {name: (folder / name).read_bytes() for name in names(folder)} == whole


def test_a_fault_in_writing_leaves_all_as_it_was(folder, monkeypatch):
    from geoconflict.interchange import partitions

    whole = {name: (folder / name).read_bytes() for name in names(folder)}
    monkeypatch.setattr(partitions, "write_parquet", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        export(folder, SOURCES[:2])
    assert {name: (folder / name).read_bytes() for name in names(folder)} == whole


def test_a_folder_of_other_things_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(InputError, match=r"other things than partitions \(thesis.txt\)"):
        export(tmp_path / "mine")
    with pytest.raises(InputError, match="this is a file"):
        export(tmp_path / "mine" / "thesis.txt")
    assert names(tmp_path / "mine") == ["thesis.txt"]


def test_a_folder_without_partitions_is_said(tmp_path):
    with pytest.raises(InputError, match="there is no month="):
        read_partitions(tmp_path)


def test_a_month_and_a_box_are_read_without_the_rest(folder):
    june = {"since": dt.date(2021, 6, 1), "until": dt.date(2021, 6, 30)}
    assert set(read_partitions(folder, **june)["place_name"]) == {"Town 1", "Town 2", "Town 4", ""}
    (folder / "month=2021-07" / "events.parquet").write_bytes(b"not opened for June")
    inside = read_partitions(folder, **june, bbox=(29.0, 9.0, 31.0, 11.0))
    assert set(inside["place_name"]) == {"Town 1", "Town 4"}
    assert read_partitions(folder, until=dt.date(1999, 1, 1), bbox=(0, 0, 1, 1)).empty


@settings(max_examples=20)
@given(
    st.lists(st.tuples(st.integers(-60, 60), st.integers(0, 50), st.floats(-170, 170)), min_size=1, max_size=12),
    st.integers(-70, 70),
    st.integers(0, 60),
    st.floats(-170, 100),
)
def test_a_question_gives_what_the_whole_would(tmp_path_factory, rows, first, length, west):
    folder = tmp_path_factory.mktemp("months") / "events"
    sources = [told(at, days(start, start + more), lon=lon) for at, (start, more, lon) in enumerate(rows)]
    export(folder, sources)
    since = dt.date(2021, 6, 10) + dt.timedelta(days=first)
    until = since + dt.timedelta(days=length)
    whole = read_partitions(folder)
    lon = whole.geometry.x
    meant = whole[
        (whole["ends_on"] >= pd.Timestamp(since))
        & (whole["starts_on"] <= pd.Timestamp(until))
        & (lon >= west)
        & (lon <= west + 60)
    ]
    found = read_partitions(folder, since=since, until=until, bbox=(west, -90, west + 60, 90))
    assert sorted(found["event_id"]) == sorted(meant["event_id"])


# ---------------------------------------------------------------- other tools
def test_geopandas_reads_the_folder_by_month_and_box(folder):
    assert len(gpd.read_parquet(folder)) == 6
    june = gpd.read_parquet(folder, filters=[("month", "==", "2021-06")], bbox=(29, 9, 31, 11))
    assert set(june["place_name"]) == {"Town 1", "Town 4"}
    assert june.crs.to_epsg() == 4326


def test_duckdb_reads_the_folder_by_month_and_box(folder):
    import duckdb

    pattern = os.fspath(folder / "**" / "*.parquet")
    query = "SELECT place_name FROM read_parquet(?, hive_partitioning=true) WHERE month = '2021-06' AND bbox.xmin BETWEEN 29 AND 31"
    with duckdb.connect() as db:
        assert {name for (name,) in db.execute(query, [pattern]).fetchall()} == {"Town 1", "Town 4"}
        months = "SELECT month, count(*) FROM read_parquet(?, hive_partitioning=true) GROUP BY month ORDER BY month"
        assert db.execute(months, [pattern]).fetchall() == [("2021-06", 3), ("2021-07", 2), ("undated", 1)]


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_dask_geopandas_reads_a_partition_for_each_month(folder):
    import dask_geopandas

    read = dask_geopandas.read_parquet(os.fspath(folder))
    assert read.npartitions == 3
    assert CRS(read.crs).to_epsg() == 4326
    computed = read.compute(scheduler="synchronous")
    assert sorted(computed["event_id"]) == sorted(read_partitions(folder)["event_id"])
    june = dask_geopandas.read_parquet(os.fspath(folder), filters=[("month", "==", "2021-06")])
    assert len(june.compute(scheduler="synchronous")) == 3


def test_days_may_be_given_as_text(folder):
    as_text = read_partitions(folder, since="2020-10-01", until="2020-10-31")
    as_days = read_partitions(folder, since=dt.date(2020, 10, 1), until=dt.date(2020, 10, 31))
    assert list(as_text["event_id"]) == list(as_days["event_id"])
    with pytest.raises(InputError, match="since: 'last week' is no day"):
        read_partitions(folder, since="last week")
    with pytest.raises(InputError, match="since is 2020-11-01, after until 2020-10-01"):
        read_partitions(folder, since="2020-11-01", until="2020-10-01")


def test_a_box_turned_round_is_no_empty_answer(folder):
    with pytest.raises(InputError, match="bbox: .* is no box; give west, south, east, north"):
        read_partitions(folder, bbox=(31.0, 9.0, 29.0, 11.0))
