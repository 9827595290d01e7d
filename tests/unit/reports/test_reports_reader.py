"""Reading files and folders: order, counts, duplicates, and each fault with file, line and repair."""

from __future__ import annotations

import datetime as dt
import json
import os
import zipfile
from pathlib import Path

import pytest

from geoconflict.errors import ConfigError, InputError
from geoconflict.models import Report, RunFailure
from geoconflict.reports import given_paths, known_suffixes, list_files, read_documents, read_reports, report_from_text
from geoconflict.settings import ReportsSettings

TODAY = dt.date(2024, 5, 1)
ARTICLE = " date 2021-03-04 Bridge shelled near Tarvan. Gunners fired at the bridge near Tarvan on Wednesday."


def write(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read_one_failure(path: Path, **settings: object) -> RunFailure:
    reader = read_reports(path, settings=ReportsSettings(**settings), today=TODAY)
    assert list(reader) == []
    assert reader.n_failed == 1
    (failure,) = reader.failures
    assert failure.stage == "read"
    assert failure.repair
    return failure


def test_article_form(tmp_path: Path) -> None:
    (report,) = read_reports(write(tmp_path / "a.txt", ARTICLE))
    assert report.text == ARTICLE
    assert report.title == "Bridge shelled near Tarvan"
    assert report.text[report.body_start :].startswith("Bridge shelled")
    assert report.published_on == dt.date(2021, 3, 4)
    assert (report.source, report.url, report.language, report.origin) == (None, None, "en", "a.txt")


@pytest.mark.parametrize(
    ("rest", "title"),
    [
        ("U.S. envoy meets Gen. Orlo in J. Park. Talks went on.", "U.S. envoy meets Gen. Orlo in J. Park"),
        ("Is it over? Nobody knows.", "Is it over?"),
        ("He said “enough.” Then he left.", "He said “enough.”"),
        ("A headline without a stop\n\nThe body.", "A headline without a stop"),
        ("Troops leave the UK. The body.", "Troops leave the UK"),
        ("Troops leave the U.S.\nThe body.", "Troops leave the U.S."),
        ("word " * 100 + ".", None),
    ],
)
def test_title_is_the_first_sentence(tmp_path: Path, rest: str, title: str | None) -> None:
    (report,) = read_reports(write(tmp_path / "a.txt", f"\n date 2021-03-04 {rest}"))
    assert report.title == title


def test_front_matter(tmp_path: Path) -> None:
    text = (
        "---\ndate: 2021-03-04T23:30:00-05:00\ntitle: 'No: a title'\nsource: [Agency One, Agency Two]\n"
        "link: https://example.org/a\nlang: en-GB\nid: 17\nother: {a: b}\n---\n\nGunners fired at Tarvan.\n"
    )
    (report,) = read_reports(write(tmp_path / "a.md", text), today=TODAY)
    assert report.text == text
    assert report.text[report.body_start :] == "Gunners fired at Tarvan.\n"
    assert report.title == "No: a title"
    assert report.source == "Agency One; Agency Two"
    assert report.url == "https://example.org/a"
    assert report.language == "en"
    assert report.external_id == "17"
    assert report.published_on == dt.date(2021, 3, 4), "the civil day as written, not the day in UTC"
    assert report.published_at == dt.datetime(2021, 3, 5, 4, 30, tzinfo=dt.UTC)


def test_markdown_heading_is_the_title_when_front_matter_has_none(tmp_path: Path) -> None:
    (report,) = read_reports(write(tmp_path / "a.md", "---\ndate: 2021-03-04\n---\n# Shells on Tarvan #\nText.\n"))
    assert report.title == "Shells on Tarvan"
    assert report.text[report.body_start] == "#"


def test_markdown_is_read_without_the_marks_of_links_and_stress(tmp_path: Path) -> None:
    said = "**Gunners** fired at [Tarvan](http://x.org/a_(b)), *he* __said__. ![map](a.png)\n\n## `North`\n\n- ***One*** died."
    head = "---\ndate: 2021-03-04\ntitle: A\nid: a_b_c\n---\n"
    (report,) = read_reports(write(tmp_path / "a.md", head + said))
    assert report.text == f"{head}Gunners fired at Tarvan, he said. \n\n## North\n\n- One died."
    assert report.body_start == len(head)


@pytest.mark.parametrize("said", ["2 * 3 * 4, 2*3*4 and a_b_c.", "* One.\n* Two.", "* * *", "Rose [sic] (Friday)."])
def test_what_only_looks_like_marks_stays(tmp_path: Path, said: str) -> None:
    (report,) = read_reports(write(tmp_path / "2021-03-04.md", said))
    assert report.text == said


def test_plain_text_keeps_its_asterisks(tmp_path: Path) -> None:
    (report,) = read_reports(write(tmp_path / "2021-03-04.txt", "Gunners *fired* at Tarvan."))
    assert report.text == "Gunners *fired* at Tarvan."


@pytest.mark.parametrize("name", ["2021-03-04-tarvan.txt", "tarvan_2021_03_04.md", "20210304.txt", "x.2021.03.04.TXT"])
def test_date_in_the_file_name(tmp_path: Path, name: str) -> None:
    (report,) = read_reports(write(tmp_path / name, "Gunners fired at Tarvan."))
    assert report.published_on == dt.date(2021, 3, 4)
    assert report.body_start == 0


def test_front_matter_wins_over_the_name_and_a_bad_name_is_no_fault_then(tmp_path: Path) -> None:
    text = "---\ndate: 2021-03-04\n---\nGunners fired at Tarvan."
    write(tmp_path / "1999-01-01.txt", text)
    write(tmp_path / "from-2021-01-01-to-2021-02-01.txt", text.replace("Gunners", "Rockets"))
    assert {report.published_on for report in read_reports(tmp_path)} == {dt.date(2021, 3, 4)}


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("a.txt", "SELMEN, Tarvan, June 15, 2020 (Agency) - Gunmen killed five.", "2020-06-15"),
        ("a.txt", "Date: 28 October 2020\n\nGunmen killed five.", "2020-10-28"),
        ("a.md", "# Selmen shelled\n\n*Saturday, 17 October 2020*\n\nShells hit Selmen.", "2020-10-17"),
        # the name holds before the first lines, and front matter before both
        ("2020-11-01-a.txt", "Date: 28 October 2020\n\nGunmen killed five.", "2020-11-01"),
        ("a.md", "---\ndate: 2020-11-02\n---\n28 October 2020\n\nGunmen killed five.", "2020-11-02"),
    ],
)
def test_a_text_without_a_date_elsewhere_states_its_day_in_its_first_lines(
    tmp_path: Path, name: str, text: str, day: str
) -> None:
    (report,) = read_reports(write(tmp_path / name, text), today=TODAY, strict=True)
    assert report.published_on == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "On Thursday, 15 October 2020 - a day after the raid - gunmen fled.",
        "Gunmen killed five on 15 October 2020.",
        "15 October 2020\nShells hit Selmen.\n\n16 October 2020\nIt was quiet.",
    ],
)
def test_a_day_in_a_sentence_and_one_of_several_date_no_text(tmp_path: Path, text: str) -> None:
    reader = read_reports(write(tmp_path / "a.txt", text), today=TODAY)
    assert list(reader) == []
    assert len(reader.failures) == 1


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        {"doc_id": "x1", "text": "Shells hit Tarvan.", "published": "2021-03-04", "outlet": "Agency", "topic": None},
        {"id": 2, "body": ARTICLE, "headline": "Own title", "uri": "Portal:Tarvan"},
        {"ID": "x3", "Content": "A\ud800B\x00C", "Publish Date": "4 March 2021", "url": "javascript:alert(1)"},
    ]
    path = write(tmp_path / "in.jsonl", "\n".join(map(json.dumps, lines)) + "\n\n")
    first, second, third = read_reports(path, today=TODAY)
    assert (first.external_id, first.source, first.origin) == ("x1", "Agency", "in.jsonl:1")
    assert (second.title, second.text, second.published_on) == ("Own title", ARTICLE, dt.date(2021, 3, 4))
    assert second.text[second.body_start :].startswith("Bridge")
    assert second.url is None, "what no browser can follow is no address"
    assert (third.text, third.url, third.external_id) == ("A\ufffdB\ufffdC", None, "x3")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv(tmp_path: Path, delimiter: str) -> None:
    rows = [
        ["id", "Published", "Headline", "Text"],
        ["1", "2021-03-04", "One", '"Two lines,\nand ""quotes""; | all in one cell"'],
        ["", "", "", ""],
        ["2", "2021-03-05", "Two", "Shells hit Tarvan."],
    ]
    path = write(tmp_path / "in.csv", "\r\n".join(delimiter.join(row) for row in rows) + "\r\n")
    reader = read_reports(path, today=TODAY)
    reports = list(reader)
    assert [report.external_id for report in reports] == ["1", "2"]
    assert reports[0].text == 'Two lines,\nand "quotes"; | all in one cell'
    assert [report.origin for report in reports] == ["in.csv:2", "in.csv:5"]
    assert [(f.where, f.what) for f in reader.failures] == [(f"{path}:4", "the text is blank")]


def test_doubled_columns_that_are_not_ours_do_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", "note,note,text,date\n1,2,Shells hit Tarvan.,2021-03-04\n")
    assert len(list(read_reports(path, strict=True, today=TODAY))) == 1


def test_gaps_and_numbers_in_json(tmp_path: Path) -> None:
    line = '{"id": 7.0, "text": "Shells hit Tarvan.", "published": NaN, "date": 20210304, "title": NaN, "source": []}'
    (report,) = read_reports(write(tmp_path / "in.jsonl", line), today=TODAY)
    assert (report.external_id, report.title, report.source) == ("7.0", None, None)
    assert report.published_on == dt.date(2021, 3, 4)


def test_column_mapping(tmp_path: Path) -> None:
    settings = ReportsSettings(columns={"text": "Full Text", "published": "day"})
    path = write(tmp_path / "in.csv", "text,full_text,date,day\nsummary,Shells hit Tarvan.,2001-01-01,2021-03-04\n")
    (report,) = read_reports(path, settings=settings, today=TODAY)
    assert (report.text, report.published_on) == ("Shells hit Tarvan.", dt.date(2021, 3, 4))
    path = write(tmp_path / "in.jsonl", '{"text": "summary", "day": "2021-03-04"}')
    assert "the text is missing" in next(iter(list_failures(path, settings))).what


def list_failures(path: Path, settings: ReportsSettings) -> list[RunFailure]:
    reader = read_reports(path, settings=settings, today=TODAY)
    list(reader)
    return reader.failures


def test_folder_order_hidden_readme_and_unknown_suffixes(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a-b.txt", "B.md", "a/2.txt", ".hidden.txt", ".git/c.txt"):
        write(tmp_path / name, f" date 2021-03-04 Title of {name}. Body.")
    write(tmp_path / "README.md", "Not a report.")
    write(tmp_path / "picture.png", b"\x89PNG")
    reader = read_reports(tmp_path, today=TODAY)
    assert [report.origin for report in reader] == ["B.md", "a/2.txt", "a/z.txt", "a-b.txt", "b.txt"]
    assert [Path(skipped.where).name for skipped in reader.skipped] == ["README.md", "picture.png"]
    assert (reader.n_read, reader.n_failed, reader.n_skipped) == (5, 0, 2)


def test_several_paths_in_the_order_given(tmp_path: Path) -> None:
    b = write(tmp_path / "b.txt", " date 2021-03-04 B. Body.")
    a = write(tmp_path / "a.txt", " date 2021-03-04 A. Body.")
    assert [report.origin for report in read_reports([b, str(a)], today=TODAY)] == ["b.txt", "a.txt"]


def test_reader_can_be_iterated_again(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", ARTICLE)
    write(tmp_path / "b.txt", "")
    reader = read_reports(tmp_path, today=TODAY)
    assert list(reader) == list(reader)
    assert (reader.n_read, reader.n_failed, len(reader.failures)) == (1, 1, 1)
    assert "n_read=1" in repr(reader)


def test_duplicates_are_given_once_and_counted(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", ARTICLE)
    write(tmp_path / "b.txt", ARTICLE)
    write(tmp_path / "c.txt", ARTICLE + " More.")
    reader = read_reports(tmp_path, today=TODAY)
    assert [report.origin for report in reader] == ["a.txt", "c.txt"]
    assert reader.n_duplicates == 1
    assert [skipped.where for skipped in reader.skipped] == ["b.txt"]


def test_report_id_is_of_the_content_alone(tmp_path: Path) -> None:
    one = {"text": "Shells hit Tarvan.", "published": "2021-03-04", "source": "Agency", "id": "1"}
    path = write(tmp_path / "a.jsonl", json.dumps(one))
    (first,) = read_reports(path)
    (moved,) = read_reports(write(tmp_path / "sub" / "b.jsonl", "\n\n" + json.dumps(one | {"id": "9", "topic": "war"})))
    assert first.report_id == moved.report_id
    for field, value in (("text", "Shells hit Tarvan"), ("source", "Other"), ("published", "2021-03-05")):
        (changed,) = read_reports(write(path, json.dumps(one | {field: value})))
        assert changed.report_id != first.report_id


# ---------------------------------------------------------------- faults
@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", "", "the file is empty"),
        ("a.jsonl", "", "the file is empty"),
        ("a.csv", "", "the file is empty"),
        ("a.jsonl", "\n\n", "the file holds no line"),
        ("a.csv", "\n\n", "the file holds no row"),
        ("a.csv", "id,date,text\n\n", "the file holds a header and no row"),
        ("2021-03-04.txt", " \n\t\n", "the text is blank"),
        ("a.txt", " date 2021-03-04 \n", "the text is blank"),
        ("a.md", "---\ndate: 2021-03-04\n---\n\n", "the text is blank"),
        ("a.txt", "Shells hit Tarvan.", "the report has no date"),
        ("a.txt", " date 2021-03 Shells hit Tarvan.", "the date '2021-03' names no day"),
        ("a.txt", " date 2021-02-30 Shells hit Tarvan.", "there is no such date as '2021-02-30'"),
        ("2021-02-30.txt", "Shells hit Tarvan.", "there is no such date as '2021-02-30' in the file's name"),
        ("2021-02-01-2021-02-02.txt", "Text.", "the file's name holds several dates, 2021-02-01 and 2021-02-02"),
        ("a.txt", " date 2099-01-01 Shells hit Tarvan.", "dated 2099-01-01, after the latest day allowed, 2024-05-02"),
        ("a.txt", " date 1500-01-01 Shells.", "dated 1500-01-01, before the earliest day allowed, 1900-01-01"),
        ("2021-03-04.txt", b"%PDF-1.7\n", "the PDF cannot be read"),
        ("2021-03-04.txt", b"\x89PNG\r\n\x1a\n", "not text: it is a PNG picture"),
        ("2021-03-04.txt", bytes(range(256)) * 4, "not text: it is binary data"),
        ("a.jsonl", bytes(range(256)) * 4, "not text: it is binary data"),
        ("a.csv", b"PK\x03\x04" + bytes(64), "not text: it is a ZIP archive or an office document"),
        ("a.md", "---\ndate: 2021-03-04\nText.", "the front matter is not closed"),
        ("a.md", "---\njust words\n---\nText.", "the front matter is no mapping"),
        ("a.md", "---\ntitle: a\n  b: c\n---\nText.", "the front matter is not YAML: mapping values are not allowed"),
        ("a.md", "---\ndate: [\n---\nText.", "the front matter is not YAML"),
        ("a.md", "---\na: \x07\n---\nText.", "the front matter is not YAML"),
        ("a.md", "---\ndate: 2021-03-04\nDate: 2021-03-05\n---\nText.", "the front matter names 'date' twice"),
        (
            "a.md",
            "---\ndate: 2021-03-04\nlang: Klingonese!\n---\nText.",
            "the language 'klingonese!' is no ISO 639 code",
        ),
        ("a.csv", "a,b\n1,2\n", "no column holds the text: there is no 'text' or 'body' or 'content'"),
        ("a.csv", "text,date\ra,2021-03-04\r", "the lines end in a carriage return alone"),
        ("a.jsonl", "\ufeff{}\r{}\r", "the lines end in a carriage return alone"),
        ("a.csv", "text,Text\n1,2\n", "two columns are called 'text'"),
        ("a.json", "[]", "the file holds an empty array"),
    ],
)
def test_fault_of_a_file(tmp_path: Path, name: str, content: str | bytes, what: str) -> None:
    path = write(tmp_path / name, content)
    failure = read_one_failure(path)
    assert failure.what.startswith(what)
    assert failure.where.startswith(str(path))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ('{"text": "a", ', "not JSON: Expecting property name"),
        ('["text"]', "the line is no JSON object but"),
        ("17", "the line is no JSON object but 17"),
        ('{"published": "2021-03-04"}', "the text is missing"),
        ('{"text": null, "published": "2021-03-04"}', "the text is missing"),
        ('{"text": 5, "published": "2021-03-04"}', "the text is not a string but 5"),
        ('{"text": "  ", "published": "2021-03-04"}', "the text is blank"),
        ('{"text": "a"}', "the report has no date"),
        ('{"text": "a", "published": null}', "the report has no date"),
        ('{"text": "a", "published": "NaT"}', "the report has no date"),
        ('{"text": "a", "published": true}', "the date is True, which is not a string"),
        ('{"text": "a", "published": 1601812800}', "the date '1601812800' is a bare number"),
        ('{"text": "a", "published": "04/10/2020"}', "the date '04/10/2020' does not say which number is the day"),
        ('{"text": "a", "published": "someday"}', "'someday' is no date"),
        ('{"text": "a", "published": "2021-03-04", "title": {}}', "the title is not a string"),
        ("[" * 100_000, "not usable JSON"),
        ('{"text": "a", "n": ' + "9" * 5000 + "}", "not usable JSON"),
        (b'{"text": "caf\xe9", "published": "2021-03-04"}', "not UTF-8 at byte 14 of the line"),
        ('{"text": "' + "x" * 3000 + '", "published": "2021-03-04"}', "the line has 3,"),
    ],
)
def test_bad_line_is_counted_and_the_run_goes_on(tmp_path: Path, line: str | bytes, what: str) -> None:
    good = '{{"id": "{}", "text": "Shells hit Tärvan.", "published": "2021-03-04"}}\n'
    data = line if isinstance(line, bytes) else line.encode()
    path = write(
        tmp_path / "in.jsonl", good.format(1).encode() + data + b"\n" + good.format(3).replace("S", "s").encode()
    )
    settings = ReportsSettings(max_bytes=110_000 if line == "[" * 100_000 else 10_000 if b"999" in data else 2_000)
    reader = read_reports(path, settings=settings, today=TODAY)
    assert [report.external_id for report in reader] == ["1", "3"]
    (failure,) = reader.failures
    assert failure.where == f"{path}:2"
    assert failure.what.startswith(what)
    assert failure.repair


def test_ambiguous_date_names_both_readings(tmp_path: Path) -> None:
    failure = read_one_failure(write(tmp_path / "a.jsonl", '{"text": "a", "date": "04/10/2020", "id": "x7"}'))
    assert "2020-10-04 or 2020-04-10" in failure.repair
    assert failure.external_id == "x7"


def test_csv_goes_on_after_broken_rows(tmp_path: Path) -> None:
    text = (
        "id,date,text\n"
        "1,2021-03-04,Good.\n"
        "2,2021-03-04,one, cell too many\n"
        '3,2021-03-04,"open quote\n'
        '4,2021-03-04,"Good too."\n'
        '5,2021-03-04,"bad "inner" quote"\n'
        "6,someday,Bad date.\n"
        "7,2021-03-04,Good three.\n"
    )
    path = write(tmp_path / "in.csv", text)
    reader = read_reports(path, today=TODAY)
    assert [report.external_id for report in reader] == ["1", "4", "7"]
    assert [failure.where for failure in reader.failures] == [f"{path}:{n}" for n in (3, 4, 6, 7)]
    assert reader.failures[0].what == "the row has 4 cells, the header 3"
    assert reader.failures[-1].external_id == "6"


def test_csv_quote_that_is_never_closed(tmp_path: Path) -> None:
    path = write(tmp_path / "in.csv", 'id,date,text\n1,2021-03-04,a\n2,2021-03-04,"open\n' + "x,y,z\n" * 1000)
    settings = ReportsSettings(max_bytes=500)
    reader = read_reports(path, settings=settings, today=TODAY)
    assert [report.external_id for report in reader] == ["1"]
    (failure,) = reader.failures
    assert failure.where == f"{path}:3"
    assert "never closed" in failure.what


def test_csv_row_that_is_too_large_is_passed_over_whole(tmp_path: Path) -> None:
    large = '2,2021-03-04,"' + "9,2021-03-04,planted\n" * 200 + '"\n'
    path = write(tmp_path / "in.csv", f"id,date,text\n1,2021-03-04,a\n{large}3,2021-03-04,b\n")
    reader = read_reports(path, settings=ReportsSettings(max_bytes=500), today=TODAY)
    assert [report.external_id for report in reader] == ["1", "3"], "no line of the large text is taken for a row"
    assert [failure.where for failure in reader.failures] == [f"{path}:3"]


def test_file_larger_than_allowed(tmp_path: Path) -> None:
    failure = read_one_failure(write(tmp_path / "2021-03-04.txt", "x" * 2001), max_bytes=2000)
    assert failure.what == "the file is larger than 2,000 bytes"
    assert "max_bytes" in failure.repair


def test_line_of_fifty_megabytes_in_bounded_memory(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "in.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text": "a", "date": "2021-03-04"}\n{"text": "')
        for _ in range(50):
            stream.write(b"x" * 1_000_000)
        stream.write(b'"}\n{"text": "b", "date": "2021-03-04"}\n')
    tracemalloc.start()
    reader = read_reports(path, today=TODAY)
    assert [report.text for report in reader] == ["a", "b"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert reader.failures[0].what == "the line has 50,000,013 bytes, more than the 500,000 allowed"
    assert peak < 12_000_000


def test_missing_path_is_raised_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere.*no such file or folder"):
        read_reports([tmp_path, tmp_path / "nowhere"])
    with pytest.raises(InputError, match="nowhere"):
        read_documents(tmp_path / "nowhere")


def test_file_of_unknown_suffix_given_by_name(tmp_path: Path) -> None:
    failure = read_one_failure(write(tmp_path / "a.docx", "x"))
    assert failure.what == "the suffix '.docx' is unknown"
    assert all(suffix in failure.repair for suffix in known_suffixes())
    assert read_one_failure(write(tmp_path / "none", "x")).what == "the file has no suffix"


def test_folder_that_holds_nothing(tmp_path: Path) -> None:
    write(tmp_path / "README.md", "x")
    assert read_one_failure(tmp_path).what == "the folder holds no report"


def test_what_describes_a_table_beside_it_is_no_report(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "text,date\nShells fell.,2021-03-04\n")
    write(tmp_path / "a.csv-metadata.json", '{"rights": []}')
    reader = read_reports(tmp_path, today=TODAY)
    assert len(list(reader)) == 1
    assert [(Path(one.where).name, one.why) for one in reader.skipped] == [
        ("a.csv-metadata.json", "it describes the table beside it")
    ]


def test_links(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder / "a.txt", ARTICLE)
    (folder / "broken.txt").symlink_to("nothing.txt")
    (folder / "itself.txt").symlink_to("itself.txt")
    (folder / "up").symlink_to(folder)
    write(folder / "z" / "b.txt", ARTICLE + " More.")
    (folder / "other").symlink_to(folder / "z")
    (folder / "same").symlink_to(folder / "z")
    reader = read_reports(folder, today=TODAY)
    assert [report.origin for report in reader] == ["a.txt", "other/b.txt"]
    assert {Path(f.where).name: f.what.split(":")[0] for f in reader.failures} == {
        "broken.txt": "a broken link",
        "itself.txt": "a broken link",
        "up": "the link leads back to a folder above it",
    }
    assert [Path(skipped.where).name for skipped in reader.skipped] == ["same", "z"]


@pytest.mark.parametrize("is_given_by_a_link", [False, True])
def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path: Path, is_given_by_a_link: bool) -> None:
    folder = tmp_path / "in"
    write(folder / "a.txt", ARTICLE)
    write(tmp_path / "private" / "b.txt", ARTICLE + " More.")
    write(tmp_path / "in private" / "c.txt", ARTICLE + " Much more.")
    (folder / "b.txt").symlink_to(tmp_path / "private" / "b.txt")
    (folder / "folder").symlink_to(tmp_path / "in private")
    (folder / "again").mkdir()
    (folder / "again" / "through.txt").symlink_to(folder / "folder" / "c.txt")
    (folder / "again" / "within.txt").symlink_to("../a.txt")
    given = folder
    if is_given_by_a_link:
        given = tmp_path / "given"
        given.symlink_to(folder)
    reader = read_reports(given, today=TODAY)
    assert [report.origin for report in reader] == ["a.txt"]
    assert reader.n_duplicates == 1, "what lies within is read through a link as well"
    assert {Path(failure.where).name: failure.what for failure in reader.failures} == {
        name: f"a link that leads out of the folder, to {tmp_path / target}, is not followed"
        for name, target in (
            ("b.txt", "private/b.txt"),
            ("folder", "in private"),
            ("through.txt", "in private/c.txt"),
        )
    }
    assert {path.name for path in list_files(given)} == {"a.txt", "within.txt"}


def test_folders_in_folders_without_end(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", ARTICLE)
    write(tmp_path.joinpath(*["d"] * 300) / "b.txt", ARTICLE)
    reader = read_reports(tmp_path, today=TODAY)
    assert [report.origin for report in reader] == ["a.txt"]
    assert [failure.what for failure in reader.failures] == ["more than 100 folders deep"]


def test_broken_link_given_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("nothing.txt")
    assert "nothing.txt" in read_one_failure(tmp_path / "a.txt").what


def test_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert read_one_failure(tmp_path / "a.txt").what == "not a regular file"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_file_without_permission(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", ARTICLE)
    path.chmod(0)
    assert "permission" in read_one_failure(path).what


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (PermissionError(13, "Permission denied"), "may not be read: permission denied"),
        (FileNotFoundError(2, "No such file"), "the file is gone"),
        (OSError(5, "Input/output error"), "cannot be read: Input/output error"),
    ],
)
def test_error_of_the_operating_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, what: str
) -> None:
    write(tmp_path / "a.txt", ARTICLE)
    write(tmp_path / "b.txt", ARTICLE + " More.")
    opened = Path.open

    def failing(path: Path, *args: object, **kwargs: object) -> object:
        if path.name == "a.txt":
            raise error
        return opened(path, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", failing)
    reader = read_reports(tmp_path, today=TODAY)
    assert [report.origin for report in reader] == ["b.txt"]
    assert [failure.what for failure in reader.failures] == [what]


def test_file_that_vanishes_between_listing_and_reading(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", ARTICLE)
    gone = write(tmp_path / "b.txt", ARTICLE + " More.")
    reader = read_reports([tmp_path / "a.txt", gone], today=TODAY)
    reports = iter(reader)
    next(reports)
    gone.unlink()
    assert list(reports) == []
    assert reader.failures[0].what == "the file is gone"


def test_name_that_is_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9-2021-03-04.txt"
    Path(os.fsdecode(path)).write_text("Shells hit Tarvan.")
    (report,) = read_reports(tmp_path, today=TODAY)
    assert report.origin == "caf\ufffd-2021-03-04.txt"


def test_strict_raises_the_first_failure(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", ARTICLE)
    write(tmp_path / "b.jsonl", '{"text": "a"}\n')
    reports = iter(read_reports(tmp_path, strict=True, today=TODAY))
    assert next(reports).origin == "a.txt"
    with pytest.raises(InputError, match=r"b\.jsonl:1: the report has no date; give the day"):
        next(reports)


def test_failures_kept_are_bounded_and_counted_exactly(tmp_path: Path) -> None:
    reader = read_reports(write(tmp_path / "in.jsonl", "x\n" * 1500), today=TODAY)
    assert list(reader) == []
    assert (reader.n_failed, len(reader.failures)) == (1500, 1000)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"earliest": "sometime"}, "reports.earliest is 'sometime', which is no date"),
        ({"earliest": "2020-01-02", "latest": "2020-01-01"}, "lies after reports.latest"),
        ({"columns": {"txt": "body"}}, "reports.columns maps 'txt'; our fields are text"),
        ({"max_bytes": 0}, "reports.max_bytes is 0"),
    ],
)
def test_settings_that_cannot_be_used(tmp_path: Path, settings: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        read_reports(tmp_path, settings=ReportsSettings(**settings))


def test_latest_is_inclusive_and_counts_from_today(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", ARTICLE)
    assert len(list(read_reports(path, today=dt.date(2021, 3, 3)))) == 1
    assert list(read_reports(path, today=dt.date(2021, 3, 2))) == []
    settings = ReportsSettings(earliest="2021-03-04", latest="2021-03-04")
    assert len(list(read_reports(path, settings=settings, today=dt.date(2000, 1, 1)))) == 1


# ---------------------------------------------------------------- documents
def test_documents_keep_order_duplicates_and_undated(tmp_path: Path) -> None:
    lines = [
        '{"id": "a", "text": "Shells hit Tarvan.", "published": null}',
        '{"id": "b", "text": "Shells hit Tarvan.", "published": "2021-13-01"}',
        "junk",
        '{"id": "a", "text": "Shells hit Tarvan.", "published": null}',
    ]
    outcomes = list(read_documents(write(tmp_path / "in.jsonl", "\n".join(lines)), today=TODAY))
    assert [type(outcome) for outcome in outcomes] == [Report, RunFailure, RunFailure, Report]
    assert isinstance(outcomes[0], Report)
    assert outcomes[0].published_on is None
    assert [outcome.external_id for outcome in outcomes] == ["a", "b", None, "a"]
    assert [o.where.rpartition(":")[2] for o in outcomes if isinstance(o, RunFailure)] == ["2", "3"]


def test_documents_without_dates_only_where_allowed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Shells hit Tarvan.")
    assert [type(o) for o in read_documents(path, today=TODAY)] == [Report]
    assert [type(o) for o in read_documents(path, allow_undated=False, today=TODAY)] == [RunFailure]


def test_documents_tell_what_is_skipped(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", ARTICLE)
    write(tmp_path / "b.png", "")
    skipped = []
    assert len(list(read_documents(tmp_path, today=TODAY, on_skip=skipped.append))) == 1
    assert [item.why for item in skipped] == ["the suffix '.png' is unknown"]


@pytest.mark.parametrize("key", ["date", "Published", "publish-date"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_text_with_front_matter_is_known_without_a_suffix(tmp_path: Path, key: str, end: str) -> None:
    lines = ["---", f"{key}: 2023-05-06", "title: Rivne", "---", "Shells fell on Rivne.", ""]
    (tmp_path / "2023-05-07-rivne").write_bytes(end.join(lines).encode())
    (tmp_path / "LICENSE").write_text("---\nname: x\n---\nDo as you like.\n")
    reader = read_reports(tmp_path)
    (report,) = reader
    assert (report.title, str(report.published_on)) == ("Rivne", "2023-05-06")
    assert [one.why for one in reader.skipped] == ["it has no suffix and no known content"]


def test_files_of_unknown_suffixes_are_counted_by_suffix_however_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geoconflict.reports.reader._MOST_KEPT", 1)
    for name in ("a.docx", "b.DOCX", "c.bin", "d.md.bak"):
        write(tmp_path / name, "x")
    write(tmp_path / "2023-05-06.txt", ARTICLE)
    with zipfile.ZipFile(tmp_path / "2023.zip", "w") as archive:
        archive.writestr("2023-05-07.txt", ARTICLE)
        archive.writestr("e.docx", "x")
        archive.writestr("untold", "x")
    reader = read_reports(tmp_path, today=TODAY)
    list(reader)
    assert reader.unknown_suffixes == {".docx": 3, ".bin": 1, ".bak": 1}


@pytest.mark.parametrize(
    ("name", "content", "what", "repair"),
    [
        ("a.txt", "Shells hit Tarvan.", "the report has no date", "begin the file's name with the day"),
        ("a.md", "Shells hit Tarvan.", "the report has no date", "or the text with front matter that has 'date: "),
        (
            "a.rss",
            "<rss version='2.0'><channel><item><description>Shells hit Tarvan on Monday.</description></item></channel></rss>",
            "the report has no date",
            "give the entry a <pubDate> (RSS)",
        ),
        (
            "a.pdf",
            "Shells hit Tarvan.",
            "this is no PDF: it does not begin with %PDF-",
            "give it the suffix of what it holds",
        ),
    ],
)
def test_the_repair_fits_the_form(tmp_path: Path, name: str, content: str, what: str, repair: str) -> None:
    write(tmp_path / name, content)
    reader = read_reports(tmp_path / name, today=TODAY)
    assert list(reader) == []
    (failure,) = reader.failures
    assert failure.what == what
    assert repair in failure.repair


def test_one_path_is_one_and_what_is_none_is_named() -> None:
    assert given_paths("reports/") == given_paths([Path("reports")]) == (Path("reports"),)
    assert given_paths([]) == ()
    for odd in (None, 7, [None]):
        with pytest.raises(InputError, match="is no path; give a file, a folder, or several of them"):
            given_paths(odd)


@pytest.mark.parametrize("day", [dt.date(2022, 5, 4), "2022-05-04", dt.datetime(2022, 5, 4, 18, 30, tzinfo=dt.UTC)])
def test_the_day_of_a_text_may_be_written_in_every_way(day: dt.date | str) -> None:
    assert report_from_text("Shells fell on the town.", published_on=day).published_on == dt.date(2022, 5, 4)
    stated = "---\ndate: 2022-05-04\n---\n\nShells fell on the town."
    assert report_from_text(stated, published_on=day).published_on == dt.date(2022, 5, 4)


def test_only_a_day_that_the_text_states_can_contradict_the_one_given() -> None:
    with pytest.raises(InputError, match="the text gives 2022-05-04 as its day of publication, not 2022-05-05"):
        report_from_text("---\ndate: 2022-05-04\n---\n\nShells fell.", published_on="2022-05-05")
    with pytest.raises(InputError, match="published_on: 'yesterday' is no day"):
        report_from_text("Shells fell.", published_on="yesterday")
