"""One small sample of each format of other people's tools, in whole: what becomes a report, and what is named instead."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from geoconflict.models import Report, RunFailure
from geoconflict.reports import Skipped, read_documents, read_links, read_reports

TODAY = dt.date(2024, 5, 1)
DAY = dt.date(2021, 3, 4)
SENT = dt.datetime(2021, 3, 5, 4, 30, tzinfo=dt.UTC)
SAMPLES = Path(__file__).parent / "samples"


def read(name: str) -> tuple[list[Report], list[RunFailure], list[Skipped]]:
    skipped: list[Skipped] = []
    outcomes = list(read_documents(SAMPLES / name, allow_undated=False, today=TODAY, on_skip=skipped.append))
    reports = [one for one in outcomes if isinstance(one, Report)]
    return reports, [one for one in outcomes if isinstance(one, RunFailure)], skipped


def at(name: str, item: str) -> str:
    return f"{SAMPLES / name}, {item}"


def test_rss() -> None:
    (whole, summary), failures, _ = read("tarvan.rss")
    assert whole.text == "Gunners fired at Tarvan on Thursday, the ministry said.\n\nThree people were wounded."
    assert (whole.title, whole.source, whole.url) == (
        "Shells on Tarvan & Berun",
        "Agency One",
        "https://agency.example/tarvan",
    )
    assert (whole.published_on, whole.published_at) == (DAY, SENT), "the civil day as written, the instant in UTC"
    assert (whole.external_id, whole.language, whole.origin) == ("a-1", "en", "tarvan.rss, entry 1")
    assert summary.text == "The market of Tarvan was hit twice."
    assert [(one.where, one.what, one.external_id) for one in failures] == [
        (at("tarvan.rss", "entry 3"), "the entry has no text", None),
        (at("tarvan.rss", "entry 4"), "the report has no date", "a-4"),
    ]


def test_atom() -> None:
    (whole, summary), failures, _ = read("tarvan.atom")
    assert whole.text == "Gunners fired at Tarvan on Thursday.\n\nThree were wounded.", (
        "the content and not the summary"
    )
    assert (whole.published_on, whole.published_at) == (DAY, SENT), "not the day of the last change"
    assert (summary.title, summary.source) == ("Market hit", "Agency Two")
    assert (summary.published_on, summary.external_id) == (dt.date(2021, 3, 5), "urn:agency:2")
    assert failures == []


def test_html() -> None:
    (report,), failures, _ = read("tarvan.html")
    assert report.text.startswith("Shells on Tarvan\n\nGunners fired at Tarvan on Thursday")
    assert "taken to hospital.\n\nThe mayor" in report.text, "paragraphs stay apart"
    assert "Home" not in report.text
    assert "Copyright" not in report.text
    assert (report.title, report.source, report.url) == (
        "Shells on Tarvan",
        "Agency One",
        "https://agency.example/tarvan",
    )
    assert (report.published_on, report.published_at, report.language) == (DAY, SENT, "en")
    assert failures == []


def test_eml() -> None:
    (report,), failures, skipped = read("tarvan.eml")
    assert report.text.strip() == "Gunners fired at Tärvan on Thursday."
    assert (report.title, report.source) == ("Shells on Tärvan", "Agentur Fünf")
    assert (report.published_on, report.published_at) == (DAY, SENT)
    assert (report.external_id, report.url) == ("1@agency.example", "https://lists.example/1")
    assert [one.why for one in skipped] == ["2 attachments not read: ../../map.pdf (application/pdf), image/png"]
    assert failures == []


def test_mbox() -> None:
    (first, second), failures, _ = read("tarvan.mbox")
    assert first.text == "Gunners fired at Tarvan on Thursday.\n"
    assert second.text == "Word from the town:\n\nFrom Tarvan we hear of shells.\n\nFrom there people flee.\n"
    assert (second.published_on, second.origin) == (dt.date(2021, 3, 5), "tarvan.mbox, message 2")
    assert failures == []


def test_pdf() -> None:
    (report,), failures, _ = read("tarvan.pdf")
    assert "fired at Tarvan with artillery on Thursday, in Nagorno-Karabakh.\n\nThe mayor" in report.text
    assert (report.published_on, report.title) == (DAY, "Shells on Tarvan"), "not the day on which the PDF was made"
    assert failures == []


def test_warc() -> None:
    (report,), failures, skipped = read("tarvan.warc")
    assert report.text.startswith("Shells on Tarvan\n\nGunners fired")
    assert (report.url, report.source) == ("https://agency.example/tarvan", "agency.example")
    assert (report.published_on, report.retrieved_at) == (DAY, dt.datetime(2021, 3, 5, 10, tzinfo=dt.UTC))
    assert report.origin == "tarvan.warc, record 2"
    assert [one.why for one in skipped] == ["records that are no pages: 1 warcinfo, 1 application/json"]
    assert failures == []


def test_gdelt_table() -> None:
    reports, failures, _ = read("tarvan.gkg.csv")
    assert reports == []
    assert [one.what for one in failures] == [
        "no text: the list gives the address of the article alone, https://agency.example/tarvan",
        "no text: the list gives the address of the article alone, https://journal.example/1",
        "no text, and no web address to find it at",
    ]
    assert failures[1].where == f"{SAMPLES / 'tarvan.gkg.csv'}:2"
    first, second = read_links(SAMPLES / "tarvan.gkg.csv", today=TODAY)
    assert (first.title, first.source, first.language) == ("Shells on Tarvan & Berun", "agency.example", "en")
    assert (first.published_at, first.seen_at) == (SENT, dt.datetime(2021, 3, 5, 10, tzinfo=dt.UTC))
    assert (second.title, second.language, second.published_on) == (None, "rus", None), "seen is not published"


def test_gdelt_search() -> None:
    reports, failures, _ = read("tarvan.json")
    assert reports == []
    assert [one.where for one in failures] == [at("tarvan.json", "item 1"), at("tarvan.json", "item 2")]
    (link,) = read_links(SAMPLES / "tarvan.json", today=TODAY)
    assert (link.url, link.title, link.source) == (
        "https://agency.example/tarvan",
        "Shells on Tarvan",
        "agency.example",
    )
    assert (link.seen_at, link.published_on) == (dt.datetime(2021, 3, 5, 10, tzinfo=dt.UTC), None)
    assert (link.language, link.origin) == ("en", "tarvan.json, item 1")


def test_entries_of_feeds_without_text_can_be_fetched() -> None:
    (link,) = read_links(SAMPLES / "tarvan.rss", today=TODAY)
    assert (link.url, link.title, link.published_on) == (
        "https://agency.example/title",
        "Only a title",
        dt.date(2021, 3, 5),
    )


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_content_tells_the_format_where_the_suffix_is_missing_or_wrong(tmp_path: Path, name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    (tmp_path / name.replace(".", "_")).write_bytes(data)
    expected = [
        one.text if isinstance(one, Report) else one.what for one in read_documents(SAMPLES / name, today=TODAY)
    ]
    found = [one.text if isinstance(one, Report) else one.what for one in read_documents(tmp_path, today=TODAY)]
    assert found == expected
    wrong = {".rss": ".xml", ".atom": ".html", ".html": ".txt", ".eml": ".mbox", ".mbox": ".eml", ".pdf": ".txt"}
    path = tmp_path / f"wrong{wrong.get(Path(name).suffix, Path(name).suffix)}"
    path.write_bytes(data)
    assert [one.text if isinstance(one, Report) else one.what for one in read_documents(path, today=TODAY)] == expected


def test_same_report_whether_from_a_file_or_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    for path in sorted(SAMPLES.iterdir()):
        (expected, *_) = read_documents(path, today=TODAY)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(path.read_bytes())))
        (found, *_) = read_documents("-", today=TODAY)
        if isinstance(expected, Report):
            assert isinstance(found, Report)
            assert found.report_id == expected.report_id
            assert (found.origin or "").startswith("standard input")
        else:
            assert isinstance(found, RunFailure)
            assert found.what == expected.what


def test_samples_may_lie_in_one_folder() -> None:
    reader = read_reports(SAMPLES, today=TODAY)
    assert len(list(reader)) == reader.n_read == 10
    assert (reader.n_failed, reader.n_skipped, reader.n_duplicates) == (7, 2, 0)
