"""Messages and PDFs: which part is read, how words and days come out of them, and what is named instead."""

from __future__ import annotations

import base64
import datetime as dt
from pathlib import Path

import pytest
from report_files import message, pdf

from geoconflict.models import Report, RunFailure
from geoconflict.reports import Skipped, read_documents
from geoconflict.reports._dateline import day_in_first_lines
from geoconflict.reports._pdf import repaired_text
from geoconflict.reports._rejection import Rejection
from geoconflict.settings import ReportsSettings

TODAY = dt.date(2024, 5, 1)
DAY = dt.date(2021, 3, 4)


def read(path: Path, data: str | bytes, **given: object) -> tuple[Report | RunFailure, list[str]]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    skipped: list[Skipped] = []
    settings = ReportsSettings(**given)
    (one,) = read_documents(path, settings=settings, allow_undated=False, today=TODAY, on_skip=skipped.append)
    return one, [one.why for one in skipped]


def read_mail(folder: Path, data: str | bytes) -> Report:
    one, _ = read(folder / "a.eml", data)
    assert isinstance(one, Report), one
    return one


# ---------------------------------------------------------------- mail
def parts(*bodies: str, kind: str = "mixed") -> dict[str, str]:
    inner = "".join(f"--b\n{body}\n" for body in bodies)
    return {"body": f"{inner}--b--\n", "Content_Type": f'multipart/{kind}; boundary="b"'}


PLAIN = "Content-Type: text/plain\n\nIn plain text."
HTML = "Content-Type: text/html; charset=utf-8\n\n<p>In <b>HTML</b>.</p>"
PICTURE = "Content-Type: image/png\nContent-Disposition: inline; filename=map.png\n\nx"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (parts(HTML, PLAIN, kind="alternative"), "In plain text."),
        (parts("Content-Type: text/plain\n\n \n", HTML, kind="alternative"), "In HTML."),
        (parts(HTML, PICTURE, kind="related"), "In HTML."),
        (parts(PLAIN, HTML), "In plain text.\n\nIn HTML."),
        ({"body": "<p>Shells &amp; rockets</p>", "Content_Type": "text/html"}, "Shells & rockets"),
        ({"body": base64.b64encode("Märvan".encode("cp1252")).decode(), "Content_Type": "text/plain; charset=cp1252", "Content_Transfer_Encoding": "base64"}, "Märvan"),
        ({"body": "M=C3=A4rvan =\nis hit", "Content_Type": "text/plain; charset=utf-8", "Content_Transfer_Encoding": "quoted-printable"}, "Märvan is hit"),
        ({"body": "Shells fell on the \ntown.\n\n-- \nDesk\n", "Content_Type": "text/plain; format=flowed"}, "Shells fell on the town.\n\n-- \nDesk"),
        ({"body": "Sch \nüsse", "Content_Type": "text/plain; charset=utf-8; format=flowed; delsp=yes"}, "Schüsse"),
        ({"body": "Schüsse", "Content_Type": "text/plain; charset=nonsense"}, "Schüsse"),
    ],
)  # fmt: skip
def test_text_of_a_message(tmp_path: Path, given: dict[str, str], text: str) -> None:
    assert read_mail(tmp_path, message(**given)).text.strip() == text


def test_message_within_a_message(tmp_path: Path) -> None:
    forwarded = f"Content-Type: message/rfc822\n\n{message('Shells on Berun.')}"
    assert read_mail(tmp_path, message(**parts(PLAIN, forwarded))).text == "In plain text.\n\nShells on Berun."


def test_attachments_are_counted_and_named(tmp_path: Path) -> None:
    attached = (
        'Content-Type: text/plain\nContent-Disposition: attachment; filename="=?utf-8?q?B=C3=A4r.txt?="\n\nNot read.'
    )
    one, skipped = read(tmp_path / "a.eml", message(**parts(PLAIN, PICTURE, attached)))
    assert isinstance(one, Report)
    assert one.text == "In plain text."
    assert skipped == ["2 attachments not read: map.png (image/png), Bär.txt (text/plain)"]


@pytest.mark.parametrize(
    ("date", "day", "instant"),
    [
        ("Thu, 04 Mar 2021 23:30:00 -0500", DAY, dt.datetime(2021, 3, 5, 4, 30, tzinfo=dt.UTC)),
        ("4 Mar 2021 23:30 GMT", DAY, dt.datetime(2021, 3, 4, 23, 30, tzinfo=dt.UTC)),
        ("Thu, 04 Mar 21 10:00:00 EST", DAY, dt.datetime(2021, 3, 4, 15, tzinfo=dt.UTC)),
        ("Thu, 04 Mar 2021 10:00:00 -0000", DAY, None),
    ],
)
def test_date_of_a_message(tmp_path: Path, date: str, day: dt.date, instant: dt.datetime | None) -> None:
    one = read_mail(tmp_path, message(Date=date))
    assert (one.published_on, one.published_at) == (day, instant)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"Date": None}, "the message has no date"),
        ({"Date": "someday"}, "the header Date is 'someday', which is no date"),
        ({"body": "\n"}, "the message holds no text"),
        (parts(PICTURE), "the message holds no text"),
    ],
)
def test_message_that_is_no_report(tmp_path: Path, given: dict[str, str | None], what: str) -> None:
    one, _ = read(tmp_path / "a.eml", message(**given))
    assert isinstance(one, RunFailure)
    assert (one.what, one.external_id) == (what, "1@agency.example")


def test_what_is_no_message(tmp_path: Path) -> None:
    one, _ = read(tmp_path / "a.eml", "Shells hit Tarvan.\n")
    assert isinstance(one, RunFailure)
    assert one.what == "no message: it has no headers"


def test_source_is_who_sent_it(tmp_path: Path) -> None:
    assert read_mail(tmp_path, message(From="desk@agency.example")).source == "desk@agency.example"
    assert read_mail(tmp_path, message(From=None)).source is None
    assert read_mail(tmp_path, message(From="(" * 900)).source is None


# ---------------------------------------------------------------- PDF
@pytest.mark.parametrize(
    ("pages", "text"),
    [
        (["artil-\nlery"], "artillery"),
        (["Nagorno-\nKarabakh"], "Nagorno-Karabakh"),
        (["20-\n30 people"], "20-30 people"),
        (["a cease-fire, the cease-\nfire"], "a cease-fire, the cease-fire"),
        (["cease-\nfire"], "ceasefire"),
        (["artil\u00ad\nlery, Nag\u00ad\norno"], "artillery, Nagorno"),
        (["in-\nter-\nnational"], "international"),
        (["10 -\n20 and -\nsome"], "10 -\n20 and -\nsome"),
        (["Shells hit", "the town."], "Shells hit\nthe town."),
        (["Shells hit.", "Rockets too."], "Shells hit.\n\nRockets too."),
        (["artil-", "lery"], "artillery"),
        ([], ""),
    ],
)
def test_words_parted_by_the_end_of_a_line(pages: list[str], text: str) -> None:
    assert repaired_text(pages) == text


@pytest.mark.parametrize(
    "line",
    [
        "4 March 2021",
        "Thursday, March 4, 2021",
        "Published: 4 March 2021, 10:30 GMT",
        "Issued on 2021-03-04",
        "Situation Report No. 5 | 4 March 2021",
        "Agency One - 4th of March 2021 - page 1",
        "TARVAN, March 4, 2021 (Agency One) — Gunners fired at the town.",
        "BERUN 4 March 2021 - Gunners fired at the town.",
        "Tarvan (Agency One), 4 March 2021 - Gunners fired at the town.",
    ],
)
def test_day_of_first_lines(line: str) -> None:
    assert day_in_first_lines(f"Shells on Tarvan\n{line}\nThe mayor spoke.") == DAY


@pytest.mark.parametrize(
    "text",
    [
        "Gunners fired at the town on 4 March 2021.",
        "On 4 March 2021 - a Thursday - gunners fired.",
        "On Thursday, 4 March 2021 - a day after the truce - gunners fired.",
        "Tarvan 4 March 2021 - gunners fired.",
        "Since 4 March 2021",
        "From 4 March 2021 to 9 March 2021",
        "March 2021",
        "04/03/2021",
        "31 February 2021",
        "x\n" * 30 + "4 March 2021",
    ],
)
def test_day_of_an_event_is_no_day_of_publication(text: str) -> None:
    assert day_in_first_lines(text) is None


def test_several_days_in_the_first_lines() -> None:
    with pytest.raises(Rejection, match="the first lines give several days, 2021-03-04 and 2021-03-05"):
        day_in_first_lines("4 March 2021\nPublished: 5 March 2021\n")


MADE = "/CreationDate (D:20210305120000+02'00')"


def test_day_of_a_pdf(tmp_path: Path) -> None:
    def day(name: str, line: str, **given: object) -> dt.date | str | None:
        one, _ = read(tmp_path / name, pdf([[line]], info=MADE), **given)
        return one.published_on if isinstance(one, Report) else one.what

    no_day = "the first lines of the PDF state no day of publication"
    assert day("a.pdf", "Shells hit Tarvan.") == no_day
    assert day("a.pdf", "Shells hit Tarvan.", pdf_date="created") == dt.date(2021, 3, 5)
    assert day("2021-03-01.pdf", "Shells hit Tarvan.", pdf_date="created") == dt.date(2021, 3, 1)
    assert day("2021-03-01.pdf", "4 March 2021") == DAY
    assert day("a.pdf", "4 March 2021 | 5 March 2021").startswith("the first lines give several days")
    assert day("2021-03-05-a.pdf", "4 March 2021 | 5 March 2021") == dt.date(2021, 3, 5), "the repair works"
    assert day("a.pdf", "date 2021-03-04 Shells hit Tarvan. Three were hurt.") == DAY


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (pdf([[], []]), "the PDF holds no text, only pictures of pages"),
        (pdf([]), "the PDF holds no text, only pictures of pages"),
        (pdf([["Shells."]], more="/Encrypt << /Filter /Standard /V 1 /R 2 /O (" + "x" * 32 + ") /U (" + "y" * 32 + ") /P -4 >> /ID [(a) (a)]"), "the PDF is encrypted"),
        (pdf([["Shells."]])[:300], "the PDF cannot be read: "),
        (b"%PDF-1.4\n", "the PDF cannot be read: "),
    ],
)  # fmt: skip
def test_pdf_that_is_no_report(tmp_path: Path, data: bytes, what: str) -> None:
    one, _ = read(tmp_path / "2021-03-04.pdf", data)
    assert isinstance(one, RunFailure)
    assert one.what.startswith(what)


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    one, skipped = read(tmp_path / "2021-03-04.pdf", pdf([["Shells hit Tarvan."], [], ["Three were hurt."], []]))
    assert isinstance(one, Report)
    assert one.text == "Shells hit Tarvan.\n\nThree were hurt."
    assert skipped == ["2 of 4 pages hold no text and were not read: 2, 4"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Shells on Tarvan", "Shells on Tarvan"), ("report_v2.docx", None), ("Microsoft Word - a", None)],
)
def test_title_of_a_pdf(tmp_path: Path, title: str, expected: str | None) -> None:
    one, _ = read(tmp_path / "2021-03-04.pdf", pdf([["Shells hit Tarvan."]], info=f"/Title ({title})"))
    assert isinstance(one, Report)
    assert one.title == expected
