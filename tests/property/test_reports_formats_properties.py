"""What must hold of other people's formats whatever stands in a file: a report or a named failure, and sound offsets."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import re
import sys
import tempfile
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from report_files import message, page_record, pdf, response, warc_record

from geoconflict.models import Report, RunFailure
from geoconflict.reports import ArticleLink, known_suffixes, read_documents, read_links
from geoconflict.reports._dateline import day_in_first_lines
from geoconflict.reports._encoding import normalise
from geoconflict.reports._html_text import text_of_html
from geoconflict.reports._pdf import repaired_text
from geoconflict.reports._rejection import Rejection

TODAY = dt.date(2024, 5, 1)
MANY = settings(deadline=None, max_examples=200)
SAMPLES = sorted((Path(__file__).parents[1] / "unit" / "reports" / "samples").iterdir())
PIECES = st.sampled_from(
    [
        b"<", b">", b"]]>", b"<![CDATA[", b"&amp;", b"&#x1F4A3;", b"\x00", b"\xff\xfe", b"\xe4", b"\r", b"\n\n", b"--outer--\n",
        b"From a Thu Mar  4 23:30:00 2021\n", b"Content-Type: multipart/mixed; boundary=outer\n\n", b"=?utf-8?q?=FF?=",
        b"Content-Length: 7\r\n", b"WARC/1.0\r\n", b"endstream\nendobj\n", b"/Filter /FlateDecode", b"5 0 R", b"<< /Kids [2 0 R] >>",
        b"\t", b'"', b"{", b"[", b"2021-03-04", b"<time>", b"<p>", b"</item><item>", b"charset=utf-7", b"encoding='utf-16'",
    ]
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """Return the name of a sample, and its bytes with some taken out and others put in."""
    path = draw(st.sampled_from(SAMPLES))
    data = path.read_bytes()
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        data = data[:start] + draw(PIECES | st.binary(max_size=6)) + data[end:]
    return path.name, data


def check(path: Path) -> list[Report | RunFailure]:
    found = list(read_documents(path, today=TODAY))
    assert found, "every file gives something"
    for one in found:
        assert isinstance(one, Report | RunFailure)
        if isinstance(one, RunFailure):
            assert one.what
            assert one.repair
            assert one.where.startswith(str(path))
            json.dumps(one.to_dict())
        else:
            assert one.text == normalise(one.text)
            assert 0 <= one.body_start < len(one.text)
            one.text.encode()
            assert Report.from_dict(json.loads(json.dumps(one.to_dict()))) == one
    return found


@MANY
@given(damaged(), st.sampled_from([*known_suffixes(), ""]))
def test_damaged_file_gives_reports_or_named_failures(sample: tuple[str, bytes], suffix: str) -> None:
    name, data = sample
    with tempfile.TemporaryDirectory() as folder:
        check(_write(folder, name, data))
        check(_write(folder, f"2021-03-04{suffix}", data))
        for link in read_links(Path(folder), today=TODAY):
            assert isinstance(link, ArticleLink)
            assert link.url.startswith("http")


@MANY
@given(damaged(), st.booleans(), st.integers(0, 60))
def test_damaged_file_in_an_archive(sample: tuple[str, bytes], zipped: bool, n_cut: int) -> None:
    name, data = sample
    if zipped:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr(name, data)
        packed = out.getvalue()
    else:
        packed = gzip.compress(data)
    with tempfile.TemporaryDirectory() as folder:
        before = set(Path(folder).rglob("*"))
        path = _write(folder, f"{name}.{'zip' if zipped else 'gz'}", packed[: len(packed) - n_cut])
        check(path)
        assert set(Path(folder).rglob("*")) == {*before, path}, "nothing is unpacked"


def _write(folder: str, name: str, data: bytes) -> Path:
    path = Path(folder) / name
    path.write_bytes(data)
    return path


WORDS = st.lists(st.text("abcdefgh ÄäÖß,.", min_size=1, max_size=12), min_size=1, max_size=8).map(" ".join)


@MANY
@given(WORDS.filter(str.strip))
def test_text_of_a_message_comes_out_as_it_went_in(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        headers = {"Content_Type": "text/plain; charset=utf-8", "Content_Transfer_Encoding": "8bit"}
        (one,) = check(_write(folder, "a.eml", message(text, **headers).encode()))
    assert isinstance(one, Report)
    assert one.text == text


@MANY
@given(st.lists(st.text("abcdefgh <>&\"'-", max_size=30), max_size=5))
def test_html_of_words_gives_the_words(texts: list[str]) -> None:
    import html

    markup = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
    expected = [" ".join(text.split()) for text in texts if text.strip()]
    assert text_of_html(markup).split("\n\n") == (expected or [""])


@MANY
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_html_of_anything_gives_text_no_longer_than_it(markup: str) -> None:
    # An entity may stand for two characters and is longer than they are.
    assert len(text_of_html(markup)) <= len(markup) + 2 * markup.count("<")


@MANY
@given(st.lists(st.lists(st.text("abcABC-\u00ad 12.", max_size=12), max_size=4).map("\n".join), max_size=3))
def test_repaired_text_loses_nothing_but_hyphens_and_blanks(pages: list[str]) -> None:
    def kept(text: str) -> str:
        return re.sub(r"[\s\u00ad-]", "", text)

    assert kept(repaired_text(pages)) == kept("".join(pages))


@MANY
@given(
    st.dates(dt.date(1900, 1, 1), TODAY),
    st.sampled_from(["{} {} {}", "TARVAN, {} {} {} (Agency) - Shells.", "Published: {} {} {}, 10:30 GMT"]),
)
def test_day_that_the_first_line_states(day: dt.date, form: str) -> None:
    months = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ]
    assert day_in_first_lines(form.format(day.day, months[day.month - 1], day.year) + "\nShells hit Tarvan.") == day


@MANY
@given(st.text("0123456789 -–|.,:()abMay2021March\n", max_size=80))
def test_first_lines_give_a_day_or_a_reason(text: str) -> None:
    try:
        day = day_in_first_lines(text)
    except Rejection:
        return
    assert day is None or str(day.year) in text


@MANY
@given(
    st.binary(max_size=200), st.sampled_from(["text/html", "text/html; charset=utf-16", "image/png", ""]), st.booleans()
)
def test_any_page_in_a_web_archive(body: bytes, kind: str, packed: bool) -> None:
    more = "Content-Encoding: gzip\r\n" if packed else ""
    with tempfile.TemporaryDirectory() as folder:
        data = (
            page_record(body, kind=kind, more=more)
            + warc_record("response", response(body))
            + warc_record("metadata", body)
        )
        skipped: list[object] = []
        found = list(read_documents(_write(folder, "a.warc", data), today=TODAY, on_skip=skipped.append))
        assert len(found) + len(skipped) >= 1
        assert len(found) in (1, 2)


@MANY
@given(st.lists(st.text("abc -", max_size=20), max_size=3), st.booleans())
def test_any_page_of_a_pdf(lines: list[str], packed: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (one,) = check(_write(folder, "2021-03-04.pdf", pdf([lines], packed=packed)))
    assert isinstance(one, Report) == bool("".join(lines).replace("-", "").strip() or "-" in "".join(lines))


@MANY
@given(damaged())
def test_any_bytes_on_standard_input(sample: tuple[str, bytes]) -> None:
    _, data = sample
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(data))
    try:
        found = list(read_documents("-", today=TODAY))
    finally:
        sys.stdin = before
    assert all(isinstance(one, Report | RunFailure) for one in found)
