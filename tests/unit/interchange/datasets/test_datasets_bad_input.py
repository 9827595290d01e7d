"""What is wrong with a file is said with line and repair, or counted and named; nothing is lost in silence."""

import gzip
import io
import zipfile

import pandas as pd
import pytest
from event_rows import acled_row, gdelt_row, polecat_row, rows_of, ucdp_row

from geoconflict.errors import InputError
from geoconflict.event_tables import read_events
from geoconflict.interchange.datasets import tables
from geoconflict.interchange.datasets.acled import read_acled
from geoconflict.interchange.datasets.acled_writing import to_acled
from geoconflict.interchange.datasets.gdelt import read_gdelt_events
from geoconflict.interchange.datasets.polecat import read_polecat
from geoconflict.interchange.datasets.ucdp import read_ucdp_ged
from geoconflict.interchange.datasets.ucdp_writing import to_ucdp


def clean(make, n=4, **cells):
    """Return rows without odd texts, the second of them with other cells."""
    plain = {"notes": "", "location": "Town", "admin1": "", "admin2": "", "tags": ""}
    rows = [{**row, **plain} if "notes" in row else row for row in rows_of(make, n)]
    rows[1] = {**rows[1], **cells}
    return rows


def csv_file(path, rows, delimiter=",", encoding="utf-8"):
    pd.DataFrame(rows).to_csv(path, index=False, sep=delimiter, encoding=encoding)
    return path


def refused(read, given, match, **options):
    with pytest.raises(InputError, match=match) as caught:
        read(given, **options)
    return str(caught.value)


# ---------------------------------------------------------------- files
@pytest.mark.parametrize("read", [read_acled, read_ucdp_ged, read_polecat, read_gdelt_events, read_events])
def test_files_that_are_none_are_named(tmp_path, read):
    refused(read, tmp_path / "nowhere.csv", "no such file")
    (tmp_path / "empty.csv").write_bytes(b"\n \n")
    refused(read, tmp_path / "empty.csv", r"empty.csv: the file is empty")
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(b"a,b\n" * 999)[:30])
    refused(read, tmp_path / "cut.csv.gz", "packing is damaged")
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as packed:
        packed.writestr("one.csv", "a")
        packed.writestr("two.csv", "a")
    refused(read, tmp_path / "two.zip", "holds 2 files")


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    bomb = b"0" * (100 << 20)
    (tmp_path / "bomb.csv.gz").write_bytes(gzip.compress(bomb))
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bomb.csv", bomb)
    blob = (tmp_path / "bomb.zip").read_bytes()  # one that understates its size, wherever that stands
    (tmp_path / "lies.zip").write_bytes(blob.replace(len(bomb).to_bytes(4, "little"), (50).to_bytes(4, "little")))
    for name in ("bomb.csv.gz", "bomb.zip"):
        said = refused(read_events, tmp_path / name, "unpacks to more than")
        assert "200 times its size" in said
    refused(read_events, tmp_path / "lies.zip", "packing is damaged")
    monkeypatch.setattr(tables, "_LARGEST_BYTES", 1000)
    (tmp_path / "long.csv.gz").write_bytes(gzip.compress(b"1,2\n" * 300))
    refused(read_events, tmp_path / "long.csv.gz", "unpacks to more than 1,000 bytes")


def test_a_packed_file_is_read_as_the_file_in_it(tmp_path):
    rows = clean(ucdp_row)
    text = pd.DataFrame(rows).to_csv(index=False).encode()
    (tmp_path / "ged.csv.gz").write_bytes(gzip.compress(text))
    with zipfile.ZipFile(tmp_path / "ged261-csv.zip", "w") as packed:
        packed.writestr("GEDEvent_v26_1.csv", text)
    for name in ("ged.csv.gz", "ged261-csv.zip"):
        assert to_ucdp(read_ucdp_ged(tmp_path / name)).table.to_dict("records") == rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_out(tmp_path, delimiter):
    rows = clean(acled_row)
    frame = read_acled(csv_file(tmp_path / "acled.csv", rows, delimiter))
    assert to_acled(frame).table.to_dict("records") == rows


def test_a_delimiter_that_is_none_is_told_as_missing_columns(tmp_path):
    refused(read_acled, csv_file(tmp_path / "acled.csv", clean(acled_row), "|"), "line 1: no table of ACLED: no column")


@pytest.mark.parametrize(
    ("read", "make", "gone", "instead"),
    [
        (read_acled, acled_row, "event_date", "date"),
        (read_ucdp_ged, ucdp_row, "where_prec", "where_precision"),
        (read_polecat, polecat_row, "Event Type", "Event Typ"),
        (read_gdelt_events, gdelt_row, "EventCode", "Event_Cod"),
    ],
)
def test_a_missing_column_is_named_with_the_nearest(read, make, gone, instead):
    frame = pd.DataFrame(rows_of(make, 3)).rename(columns={gone: instead})
    if gone == "event_date":
        refused(read, frame, "no column 'event_date'")
    else:
        assert f"no column {gone!r} (the nearest is {instead!r})" in refused(read, frame, "the columns are")


def test_columns_are_found_by_name_whatever_their_order_and_case():
    rows = clean(ucdp_row)
    frame = pd.DataFrame(rows)[list(reversed(rows[0]))].rename(columns=str.upper)
    assert to_ucdp(read_ucdp_ged(frame)).table.to_dict("records") == rows


def test_two_columns_of_one_name_are_refused(tmp_path):
    (tmp_path / "twice.csv").write_text("id,id\n1,2\n")
    refused(read_ucdp_ged, tmp_path / "twice.csv", "several columns are named 'id'")


def test_another_encoding_is_told_with_its_line_and_read_when_it_is_named(tmp_path):
    rows = [{**row, "location": "Şuşa" if k == 2 else "Town"} for k, row in enumerate(clean(acled_row))]
    rows = [
        {key: cell if key == "location" else cell.encode("ascii", "ignore").decode() for key, cell in row.items()}
        for row in rows
    ]
    path = csv_file(tmp_path / "acled.csv", rows, encoding="cp1254")
    refused(read_acled, path, r"line 4: not utf-8 \(byte 0xde\)")
    assert read_acled(path, encoding="cp1254")["place_name"][2] == "Şuşa"
    refused(read_acled, path, "encoding: 'klingon'", encoding="klingon")
    (tmp_path / "wide.csv").write_text(pd.DataFrame(rows).to_csv(index=False), encoding="utf-16")
    assert read_acled(tmp_path / "wide.csv")["place_name"][2] == "Şuşa"


def test_polecat_is_utf8_or_latin_1_and_says_which(tmp_path):
    rows = [{**row, "City": "Bogotá", "Placename": "x", "Raw Placename": "", "Story People": "", "District": "", "Province": "",
             "Actor Title": "", "Actor Name Raw": ""} for row in rows_of(polecat_row, 3)]  # fmt: skip
    lines = ["\t".join(rows[0]), *("\t".join(row.values()) for row in rows)]
    for encoding in ("utf-8", "iso-8859-1"):
        (tmp_path / "week.txt").write_text("\n".join(lines) + "\n", encoding=encoding)
        frame = read_polecat(tmp_path / "week.txt")
        assert frame["polecat:City"].tolist() == ["Bogotá"] * 3
        assert bool(frame.attrs["notes"]) == (encoding != "utf-8")


def test_releases_of_polecat_differ_and_are_told_apart_by_name():
    rows = rows_of(polecat_row, 3)
    other = [
        {**{"Event Intensity" if key == "Intensity" else key: cell for key, cell in row.items()}, "Headline": "Read me"}
        for row in rows
    ]
    frame = read_polecat(pd.DataFrame(other))
    assert frame["polecat:Intensity"].tolist() == ["-9.0"] * 3
    assert '"Read me"' in frame["sources"][0]
    from geoconflict.interchange.datasets.polecat_writing import to_polecat

    report = to_polecat(frame)
    assert report.columns_left_out == ("Headline",)
    assert report.table.to_dict("records") == rows


def test_gdelt_of_another_table_is_told_by_its_columns(tmp_path):
    (tmp_path / "mentions.csv").write_text("\t".join("abc") + "\n")
    refused(read_gdelt_events, tmp_path / "mentions.csv", "line 1: 3 tab-separated cells")


# ---------------------------------------------------------------- rows
FAULTS = [
    (read_acled, acled_row, {"event_date": "2020-02-30"}, "event_date is no day in 1 row"),
    (read_acled, acled_row, {"event_date": "02/03/2020"}, "event_date is no day in 1 row"),
    (read_acled, acled_row, {"latitude": "120.5", "longitude": "39.8"}, "look swapped"),
    (read_acled, acled_row, {"latitude": "39.8", "longitude": "200"}, "not on the globe"),
    (read_acled, acled_row, {"latitude": "39,8"}, "no numbers"),
    (read_acled, acled_row, {"latitude": "nan"}, "no numbers"),
    (read_acled, acled_row, {"latitude": ""}, "no numbers"),
    (read_acled, acled_row, {"fatalities": "-3"}, "fatalities is no count"),
    (read_acled, acled_row, {"geo_precision": "4"}, "geo_precision is none of 1, 2, 3"),
    (read_acled, acled_row, {"time_precision": ""}, "time_precision is none of 1, 2, 3"),
    (read_acled, acled_row, {"event_id_cnty": ""}, "there is no id"),
    (read_ucdp_ged, ucdp_row, {"date_start": "2020-13-01 00:00:00.000"}, "date_start is no day"),
    (read_ucdp_ged, ucdp_row, {"date_start": "2021-02-01", "date_end": "2021-01-01"}, "date_end lies before date_start"),
    (read_ucdp_ged, ucdp_row, {"where_prec": "8"}, "where_prec is none of"),
    (read_ucdp_ged, ucdp_row, {"type_of_violence": "9"}, "type_of_violence is none of"),
    (read_ucdp_ged, ucdp_row, {"best": "many"}, "best is no count"),
    (read_ucdp_ged, ucdp_row, {"latitude": "47.1", "longitude": "39.8", "geom_wkt": "POINT (47.1 39.8)"}, "geom_wkt is another point"),
    (read_polecat, polecat_row, {"Event Type": "FIGHT"}, "Event Type is none of PLOVER's"),
    (read_gdelt_events, gdelt_row, {"EventCode": "43"}, "EventCode is none of CAMEO's"),
    (read_gdelt_events, gdelt_row, {"ActionGeo_CountryCode": "QQ"}, "no country of FIPS 10-4"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("read", "make", "cells", "what"),
    FAULTS,
    ids=[what[:40] + str(next(iter(cells.values()))) for *_, cells, what in FAULTS],
)
def test_a_faulty_row_is_named_and_can_be_kept_with_all_its_cells(read, make, cells, what):
    rows = clean(make, 4, **cells)
    told = refused(read, pd.DataFrame(rows), "rows that cannot be used as they are")
    assert what in told
    assert "row 1" in told
    frame = read(pd.DataFrame(rows), faulty="keep")
    assert len(frame) == 4
    assert any(what in line for line in frame.attrs["faults"])
    prefix = frame["event_id"][0].split(":")[0]
    assert [{key: frame[f"{prefix}:{key}"][k] for key in row} for k, row in enumerate(rows)] == rows
    if read is read_acled:
        assert to_acled(frame).table.to_dict("records") == rows
    if read is read_ucdp_ged:
        assert to_ucdp(frame).table.to_dict("records") == rows


def test_the_line_of_a_faulty_row_is_that_of_the_file(tmp_path):
    rows = clean(acled_row, 4, notes="two\nlines", fatalities="some")
    rows[2] = {**rows[2], "fatalities": "few"}
    told = refused(read_acled, csv_file(tmp_path / "acled.csv", rows), "fatalities is no count in 2 rows")
    assert "(line 3, line 5)" in told


def test_every_fault_is_told_at_once(tmp_path):
    rows = clean(acled_row, 9, fatalities="some")
    rows = [{**row, "latitude": "95", "longitude": "200"} if k > 1 else row for k, row in enumerate(rows)]
    told = refused(read_acled, pd.DataFrame(rows), "cannot be used")
    assert "fatalities is no count in 1 row" in told
    assert "in 7 rows (row 2, row 3, row 4, row 5, row 6 and 2 more)" in told


def test_ids_that_repeat_are_told_and_kept_apart():
    rows = rows_of(ucdp_row, 3) + rows_of(ucdp_row, 1)
    refused(read_ucdp_ged, pd.DataFrame(rows), "the id is that of a row before in 1 row")
    frame = read_ucdp_ged(pd.DataFrame(rows), faulty="keep")
    assert frame["event_id"].tolist()[-1] == frame["event_id"][0] + "#2"
    assert to_ucdp(frame).table.to_dict("records") == rows


def test_a_line_of_another_length_is_told_and_never_dropped_in_silence(tmp_path):
    path = csv_file(tmp_path / "acled.csv", clean(acled_row))
    with path.open("a") as file:
        file.write("too,few\n")
    refused(read_acled, path, "2 cells where the header has 31 in 1 row")
    frame = read_acled(path, faulty="keep")
    assert len(frame) == 4
    assert "2 cells where the header has 31" in frame.attrs["faults"][0]
    rows = rows_of(gdelt_row, 2)
    (tmp_path / "gdelt.csv").write_text("".join("\t".join(row.values()) + "\n" for row in rows) + "1\t2\n")
    refused(read_gdelt_events, tmp_path / "gdelt.csv", "2 cells instead of 61 in 1 row .line 3")


def test_a_broken_json_file_is_told(tmp_path):
    (tmp_path / "rows.json").write_text('{"data": [{"event_id_cnty": "A')
    refused(read_acled, tmp_path / "rows.json", "no JSON.*cut short")
    (tmp_path / "rows.jsonl").write_text('{"a": 1}\n{"a":\n')
    refused(read_acled, tmp_path / "rows.jsonl", "line 2")
    (tmp_path / "number.json").write_text("5")
    refused(read_acled, tmp_path / "number.json", "no rows")


def test_what_to_do_with_faults_is_one_of_two_words():
    refused(read_acled, pd.DataFrame(clean(acled_row)), "neither 'refuse' nor 'keep'", faulty="ignore")


def test_a_table_without_coordinates_or_with_unknown_columns_is_told(tmp_path):
    path = csv_file(tmp_path / "mine.csv", [{"when": "2020-10-02", "what": "x"}])
    refused(read_events, path, "no columns of coordinates")
    refused(read_events, path, "no column 'day'; the columns are when, what", columns={"date": "day"})
    refused(read_events, path, "'colour' is no role", columns={"colour": "what"})
    path = csv_file(tmp_path / "far.csv", [{"date": "2020-10-02", "lat": "47.1", "lon": "239.8"}])
    refused(read_events, path, "not on the globe in 1 row .line 2")
    path = csv_file(tmp_path / "wkt.csv", [{"date": "2020-10-02", "wkt": "POINT 1"}])
    refused(read_events, path, "wkt is no WKT")


def test_a_null_byte_is_no_text(tmp_path):
    (tmp_path / "acled.csv").write_bytes(b"event_id_cnty\0,event_date\n")
    refused(read_acled, tmp_path / "acled.csv", "NUL")


def test_a_stray_quote_does_not_swallow_lines_of_polecat(tmp_path):
    rows = [{**row, "Raw Placename": '"Town', "Actor Title": 'the "boss"'} for row in rows_of(polecat_row, 5)]
    text = io.StringIO()
    text.write("\t".join(rows[0]) + "\n")
    text.writelines("\t".join(row.values()) + "\n" for row in rows)
    (tmp_path / "week.txt").write_text(text.getvalue(), encoding="utf-8")
    frame = read_polecat(tmp_path / "week.txt")
    assert frame["polecat:Raw Placename"].tolist() == ['"Town'] * 5
    assert frame["polecat:Actor Title"].tolist() == ['the "boss"'] * 5


@pytest.mark.parametrize("cell", ["9" * 30, "9" * 5000, "-1", "1e9", "٣", "²"])
def test_numbers_that_are_none_of_a_count_break_nothing(cell):
    assert len(read_gdelt_events(pd.DataFrame(clean(gdelt_row, NumSources=cell)))) == 4
    assert len(read_ucdp_ged(pd.DataFrame(clean(ucdp_row, number_of_sources=cell)))) == 4
    for name in ("inter1", "fatalities", "iso", "year"):
        frame = read_acled(pd.DataFrame(clean(acled_row, **{name: cell})), faulty="keep")
        assert to_acled(frame).table[name][1] == cell


@pytest.mark.parametrize("text", ["POINT (-- 1)", "POINT (1e 2)", "POINT EMPTY", "LINESTRING (0 0, 1 1)", "x"])
def test_wkt_that_is_no_point_says_nothing_of_the_point(text):
    rows = clean(ucdp_row, geom_wkt=text)
    assert to_ucdp(read_ucdp_ged(pd.DataFrame(rows))).table.to_dict("records") == rows


def test_json_of_endless_levels_is_refused(tmp_path):
    (tmp_path / "deep.json").write_text("[" * 200_000)
    refused(read_acled, tmp_path / "deep.json", "deep.json: ")
    refused(read_events, tmp_path / "deep.json", "deep.json: ")
