import datetime as dt

import pytest
from tiny_gazetteer import TinyGazetteer

from geoconflict.errors import InputError
from geoconflict.models import PlacePrecision
from geoconflict.places import load_overrides

HEADER = "surface,context,place_id,lon,lat,name,precision,radius_m,valid_from,valid_to,note\n"


@pytest.fixture
def write(tmp_path):
    def write(rows: str, header: str = HEADER):
        path = tmp_path / "overrides.csv"
        path.write_text(header + rows, encoding="utf-8")
        return path

    return write


def test_a_row_with_a_place_id_is_found_whatever_the_spelling(write):
    rows = load_overrides(write("Ánderam,,tiny:anderam-ml,,,,,,,,the northern one\n"), gazetteer=TinyGazetteer())
    found = rows.match("anderam")
    assert found is not None
    assert found.place_id == "tiny:anderam-ml"
    assert "overrides.csv line 2" in found.reason
    assert "the northern one" in found.reason


def test_a_row_with_a_point_makes_a_place(write):
    found = load_overrides(write("Point 305,,,46.75,39.8,Hill 305,exact,,,,\n")).match("Point 305")
    assert found is not None
    place = found.place
    assert place is not None
    assert (place.lon, place.lat, place.name) == (46.75, 39.8, "Hill 305")
    assert place.precision is PlacePrecision.EXACT
    assert place.radius_m == 500.0


def test_a_word_can_be_said_to_be_no_place(write):
    found = load_overrides(write("Union,,Not a place,,,,,,,,\n")).match("UNION")
    assert found is not None
    assert found.place_id is None
    assert found.place is None


def test_context_must_be_in_the_report_as_whole_words(write):
    rows = load_overrides(write("Anderam,Tessal;the army,tiny:anderam-ml,,,,,,,,\n"))
    assert rows.match("Anderam", context="In Tessal the army said so") is not None
    assert rows.match("Anderam", context="In Tessala the army said so") is None
    assert rows.match("Anderam", context="The army said so") is None


def test_the_row_that_asks_for_more_wins(write):
    rows = load_overrides(write("X-town,,tiny:tessal,,,,,,,,\nX-town,river,tiny:anderam-ml,,,,,,,,\n"))
    by_river = rows.match("X-town", context="by the river")
    elsewhere = rows.match("X-town", context="in the hills")
    assert by_river is not None
    assert elsewhere is not None
    assert by_river.place_id == "tiny:anderam-ml"
    assert elsewhere.place_id == "tiny:tessal"


def test_dates_are_inclusive_and_a_dated_row_is_not_for_undated_reports(write):
    rows = load_overrides(write("X-town,,tiny:tessal,,,,,,2020-01-01,2020-12-31,\n"))
    assert rows.match("X-town", on=dt.date(2020, 1, 1)) is not None
    assert rows.match("X-town", on=dt.date(2020, 12, 31)) is not None
    assert rows.match("X-town", on=dt.date(2021, 1, 1)) is None
    assert rows.match("X-town") is None


def test_all_faults_come_in_one_error_with_their_lines(write):
    path = write(
        "A,,,200,10,,,,,,\n"
        "B,,tiny:tessal,1,2,,,,,,\n"
        "C,,,46,400,,,,,,\n"
        ",,tiny:tessal,,,,,,,,\n"
        "E,,nonsense,,,,,,,,\n"
        "F,,,1,2,,vague,,,,\n"
        "G,,tiny:tessal,,,,,,2020-13-01,,\n"
        "H,,tiny:tessal,,,,,,2021-01-01,2020-01-01,\n"
        "I,,tiny:nowhere,,,,,,,,\n"
        "J,,,1,120,,,,,,\n"
    )
    with pytest.raises(InputError) as caught:
        load_overrides(path, gazetteer=TinyGazetteer())
    message = str(caught.value)
    assert "overrides.csv" in message
    assert "10 faults" in message
    for line, word in [
        (2, "lon 200"),
        (3, "not both"),
        (4, "lat 400"),
        (5, "surface is blank"),
        (6, "nonsense"),
        (7, "vague"),
        (8, "2020-13-01"),
        (9, "lies before"),
        (10, "not in the gazetteer"),
        (11, "swapped"),
    ]:
        assert any(f"line {line}:" in row and word in row for row in message.splitlines()), (line, word)


def test_faults_of_form_and_of_rows_stand_in_the_order_of_the_lines(write):
    path = write('A,,tiny:tessal,,,,,,,,\n"B,,,,,,,,,,\nC,,nonsense,,,,,,,,\n"D,,,,,,,,,,\nA,,tiny:oubelek,,,,,,,,\n')
    with pytest.raises(InputError) as caught:
        load_overrides(path)
    lines = [row.strip().partition(":")[0] for row in str(caught.value).splitlines()[1:]]
    assert lines == ["line 3", "line 4", "line 5", "line 6"]


def test_two_rows_that_contradict_each_other_are_a_fault(write):
    path = write("Anderam,,tiny:anderam-ml,,,,,,,,\nANDERAM,,tiny:anderam-ne,,,,,,,,\n")
    with pytest.raises(InputError, match="line 3: 'ANDERAM' contradicts line 2"):
        load_overrides(path)


def test_fields_that_do_not_fit_the_columns_are_a_fault(write):
    with pytest.raises(InputError, match="line 2: more fields than columns"):
        load_overrides(write("A,tiny:tessal,extra\n", header="surface,place_id\n"))


def test_unknown_and_missing_columns_are_named(write):
    with pytest.raises(InputError, match="unknown column 'lattitude'"):
        load_overrides(write("A,1\n", header="surface,lattitude\n"))
    with pytest.raises(InputError, match="no column 'surface'"):
        load_overrides(write("1,2\n", header="lon,lat\n"))


def test_faults_of_form_and_of_content_come_together_line_by_line(write):
    rows = (
        'A,"tiny:tessal\n'  # an open quotation mark
        "B,tiny:tessal,1,2,3\n"
        'C,"tiny:"tessal\n'
        "D,nonsense\n"
        "E,tiny:tessal\n"
    )
    with pytest.raises(InputError) as caught:
        load_overrides(write(rows, header="surface,place_id,lattitude,place_id\n"))
    message = str(caught.value)
    assert "6 faults" in message
    assert [line.strip().split(":")[0] for line in message.splitlines()[1:]] == [
        "line 1", "line 1", "line 2", "line 3", "line 4", "line 5",
    ]  # fmt: skip
    for words in ("unknown column 'lattitude'", "'place_id' comes twice", "quotation marks do not match"):
        assert words in message


def test_rows_without_dates_or_contexts_that_clash_are_told_and_others_are_not(write):
    def fault(rows: str) -> str:
        try:
            load_overrides(write(rows, header="surface,context,place_id,lon,lat,precision,valid_from,valid_to\n"))
        except InputError as error:
            return str(error)
        return ""

    assert "contradicts" in fault("A,,x:1,,,,,\nA,,not a place,,,,,\n")
    assert "contradicts" in fault("A,north;army,x:1,,,,,\nA,army; north,x:2,,,,,\n")
    assert "contradicts" in fault("A,,,1,2,town,,\nA,,,1,2,exact,,\n")
    assert "contradicts" in fault("A,,x:1,,,,2020-01-01,2020-12-31\nA,,x:2,,,,2020-06-01,\n")
    assert fault("A,,x:1,,,,2020-01-01,2020-12-31\nA,,x:2,,,,2021-01-01,\n") == ""
    assert fault("A,,x:1,,,,2020-01-01,\nA,,x:2,,,,,\n") == ""  # the dated row wins
    assert fault("A,north,x:1,,,,,\nA,,x:2,,,,,\n") == ""
    assert fault("A,,x:1,,,,,\na,,x:1,,,,,\n") == ""  # said twice


def test_what_cannot_be_meant_is_a_fault(write):
    with pytest.raises(InputError) as caught:
        load_overrides(
            write("A,?!,tiny:tessal,,,,,,,,\n?!,,tiny:tessal,,,,,,,,\nC,,tiny:tessal,,,,exact,,,,\nD,,,46.5,,,,,,,\n")
        )
    for words in ("line 2: context '?!'", "line 3: surface '?!'", "line 4: precision goes", "line 5: lat is blank"):
        assert words in str(caught.value)


# ---------------------------------------------------------------- what spreadsheets and people write
def test_a_semicolon_file_of_a_spreadsheet_is_read(tmp_path):
    path = tmp_path / "overrides.csv"
    path.write_bytes(
        (
            "\ufeffsep=;\r\nSurface;Context;place_id;lon;lat;;\r\n"
            'Point 305;"Tessal;the army";;46,75;39,8;;\r\n'
            '"Upper ""X""";;x:1;;;;\r\n'
            "# by hand; all of it;;;;;;;;;;;\r\n"
            ";;;;;;\r\n"
        ).encode()
    )
    rows = load_overrides(path)
    found = rows.match("Point 305", context="The army is in Tessal.")
    assert found is not None
    assert found.place is not None
    assert (found.place.lon, found.place.lat, found.line) == (46.75, 39.8, 3)
    assert rows.match("upper x") is not None
    assert len(rows) == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_and_line_ends_do_not_matter(newline, delimiter, tmp_path):
    path = tmp_path / "overrides.csv"
    lines = ["# first a comment", "surface,place_id", "A,x:1", "", "B,x:2"]
    path.write_text(newline.join(lines).replace(",", delimiter), encoding="utf-8", newline="")
    assert [(row.surface, row.place_id, row.line) for row in load_overrides(path)] == [("A", "x:1", 3), ("B", "x:2", 5)]


def test_old_encodings_are_refused_with_every_line_that_shows_it(tmp_path):
    path = tmp_path / "overrides.csv"
    path.write_bytes("surface,place_id\nŠuša,x:1\nplain,x:2\nÁ,x:3\n".encode("cp1252"))
    with pytest.raises(InputError) as caught:
        load_overrides(path)
    message = str(caught.value)
    assert "2 faults" in message
    assert "line 2: not UTF-8 at byte 1" in message
    assert "line 4: not UTF-8" in message
    assert "CSV UTF-8" in message
    path.write_bytes("surface,place_id\nA,x:1\n".encode("utf-16"))
    with pytest.raises(InputError, match="UTF-16"):
        load_overrides(path)
    path.write_bytes(b"")
    with pytest.raises(InputError, match="no header"):
        load_overrides(path)


@pytest.mark.parametrize(
    ("surface", "mention"),
    [
        ("x" * 10_000, "X" * 10_000),
        ("عين العرب", "عين العرب"),
        ("Ճարտար", "ՃԱՐՏԱՐ"),
        ("Чартар", "ЧАРТАР"),
        ("Ágdam", "A\u0301gdam"),
        ("Ağdərə", "Agdara"),
        ("\u200fشوشا\u200f", "شوشا"),
    ],
)
def test_names_in_any_script_and_of_any_length_are_matched(surface, mention, write):
    row = load_overrides(write(f"{surface},,,46.5,39.9,,,,,,\n")).match(mention)
    assert row is not None
    assert row.place is not None
    assert len(row.place.place_id) < 120


def test_a_fault_in_a_huge_row_is_told_in_a_short_message(write):
    with pytest.raises(InputError) as caught:
        load_overrides(write(f"A,,{'n' * 10_000},,,,,,,,\nB,,{'m' * 200_000},,,,,,,,\n"))
    message = str(caught.value)
    assert len(message) < 800
    assert "line 2: place_id 'nnn" in message
    assert "line 3: more than 100,000 characters" in message


def test_an_absent_file_and_other_encodings_are_clear_errors(tmp_path):
    with pytest.raises(InputError, match="no such overrides file"):
        load_overrides(tmp_path / "none.csv")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("surface,place_id\nÁ,x:1\n".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        load_overrides(latin)


def test_blank_lines_comments_and_a_byte_order_mark_do_no_harm(tmp_path):
    path = tmp_path / "overrides.csv"
    path.write_bytes("\ufeffsurface,place_id\r\n\r\n# a comment,\r\nA,x:1\r\n".encode())
    assert len(load_overrides(path)) == 1
