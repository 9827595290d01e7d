"""Files made to do harm: each is a named failure or harmless, in memory that does not grow with them."""

from __future__ import annotations

import collections
import concurrent.futures
import datetime as dt
import gzip
import io
import os
import signal
import subprocess
import sys
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from report_files import article, message, page_record, pdf, warc_record

from geoconflict.models import Report, RunFailure
from geoconflict.reports import Skipped, read_documents, read_reports
from geoconflict.reports._html_text import text_of_html
from geoconflict.reports._pdf import repaired_text
from geoconflict.settings import ReportsSettings

TODAY = dt.date(2024, 5, 1)
SAMPLES = Path(__file__).parent / "samples"
MEGABYTE = 1_000_000
LINE = b'{"text": "Shells hit Tarvan.", "date": "2021-03-04"}\n'


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def outcomes(path: Path | str, **limits: int) -> list[Report | RunFailure]:
    return list(read_documents(path, settings=ReportsSettings(**limits), today=TODAY))


def failure(path: Path | str, **limits: int) -> RunFailure:
    (one,) = outcomes(path, **limits)
    assert isinstance(one, RunFailure)
    assert one.repair
    return one


@contextmanager
def memory_below(n_bytes: int) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < n_bytes
    finally:
        tracemalloc.stop()


# ---------------------------------------------------------------- XML
def rss(description: str, doctype: str = "") -> str:
    return f"{doctype}<rss version='2.0'><channel><item><title>x</title><description>{description}</description></item></channel></rss>"


LAUGHS = "<!DOCTYPE rss [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
BOMBS = {
    "billion laughs": rss("&a9;", LAUGHS + "]>"),
    "behind a comment": rss("&a9;", "<!-- <rss> -->" + LAUGHS + "]>"),
    "quadratic": rss("&a;" * 10_000, "<!DOCTYPE rss [<!ENTITY a '" + "x" * 10_000 + "'>]>"),
    "external": rss("&a;", "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"),
    "parameter": rss("x", "<!DOCTYPE rss [<!ENTITY % a SYSTEM 'http://127.0.0.1:9/x'> %a;]>"),
    "in broken XML": rss("&a9; & &nbsp;", LAUGHS + "]>"),
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_a_feed_are_refused_unexpanded(tmp_path: Path, name: str, encoding: str) -> None:
    path = write(tmp_path / "a.rss", BOMBS[name].encode(encoding))
    outcomes(path)  # what is imported on the way does not count
    with memory_below(3 * MEGABYTE):
        assert failure(path).what.startswith("the feed declares entities of its own")


def test_external_doctype_is_not_fetched_and_does_no_harm(tmp_path: Path) -> None:
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:9/rss.dtd">'
    (one,) = outcomes(write(tmp_path / "a.rss", rss("Shells hit Tarvan.", doctype)))
    assert isinstance(one, Report)
    assert one.text == "Shells hit Tarvan."


def test_names_of_html_in_a_feed_are_characters(tmp_path: Path) -> None:
    (one,) = outcomes(write(tmp_path / "a.rss", rss("Shells&nbsp;hit T&auml;rvan &amp; Berun &unknown; & more.")))
    assert isinstance(one, Report)
    assert one.text.replace("\xa0", " ") == "Shells hit Tärvan & Berun &unknown; & more."


def test_feed_that_nests_without_end(tmp_path: Path) -> None:
    path = write(tmp_path / "a.atom", "<feed>" + "<div>" * 500 + "</div>" * 500 + "</feed>")
    assert failure(path).what == "the feed nests more than 100 elements"


def test_large_feed_of_broken_xml(tmp_path: Path) -> None:
    path = write(tmp_path / "a.rss", rss("<b>x</b>" * 300_000 + "&nbsp;"))
    assert failure(path).what == "broken XML: undefined entity"


# ---------------------------------------------------------------- HTML
@pytest.mark.parametrize(
    "markup",
    [
        "<",
        "<a",
        "<!--",
        "<![CDATA[",
        "<a b='",
        "<a b=\"c'",
        "</",
        "&",
        "&amp",
        "<script>",
        "</script",
        "<p>",
        "<br>",
        "<?",
    ],
)
def test_html_of_messages_is_read_in_one_pass(markup: str) -> None:
    """Whatever is repeated: were it read again from each of them on, this would take hours."""
    assert len(text_of_html(markup * 200_000)) <= len(markup) * 200_000


def test_page_of_too_many_tags(tmp_path: Path) -> None:
    path = write(tmp_path / "2021-03-04.html", "<html><body>" + "<br>" * 60_000)
    assert failure(path).what == "the page has 60,002 tags, more than an article can have"


@pytest.mark.parametrize("markup", ["<div>", "<table><tr><td>", "<ul><li>", "<a href='x'>", "<!--", "<b>x"])
def test_page_that_nests_without_end(tmp_path: Path, markup: str) -> None:
    for one in outcomes(write(tmp_path / "2021-03-04.html", f"<html><body><p>Shells.</p>{markup * 9_000}")):
        assert isinstance(one, Report | RunFailure)


# ---------------------------------------------------------------- mail
def test_message_of_parts_within_parts(tmp_path: Path) -> None:
    nested = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1000))
    assert "parts that may hold others" in failure(write(tmp_path / "a.eml", message(nested))).what
    lines = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(90)) + "x\n" * 400_000
    assert "parts that may hold others" in failure(write(tmp_path / "a.eml", lines)).what


def test_message_that_is_too_large_is_passed_over_whole(tmp_path: Path) -> None:
    begin = "From a Thu Mar  4 23:30:00 2021\n"
    text = f"{begin}{message()}\n{begin}{message('x' * 70 + chr(10), Subject='y') * 100}\n{begin}{message('Last.')}"
    first, large, last = outcomes(write(tmp_path / "a.mbox", text), max_document_bytes=5_000)
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert isinstance(large, RunFailure)
    assert (large.where, large.what) == (f"{tmp_path / 'a.mbox'}, message 2", "the message is larger than 5,000 bytes")
    assert last.text == "Last."


# ---------------------------------------------------------------- PDF
def test_pdf_whose_drawings_double_at_every_step(tmp_path: Path) -> None:
    forms = [f"/F{number + 1} Do /F{number + 1} Do" for number in range(40)]
    data = pdf([["Shells hit Tarvan."]], draw="/F0 Do ", forms=[*forms, "BT /F1 9 Tf (ha) Tj ET"])
    skipped: list[Skipped] = []
    (one,) = read_documents(write(tmp_path / "2021-03-04.pdf", data), today=TODAY, on_skip=skipped.append)
    assert isinstance(one, Report)
    assert one.text.endswith("Shells hit Tarvan.")
    assert one.text.count("ha") < 10_000, "not 2 ** 40 times"
    assert "parts of pages could not be read" in skipped[0].why, "what was left out is named"


# The time may be up inside a finaliser or a callback of the collector: that is lost, tried again, and no fault.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_pdf_that_is_slow_without_being_large(tmp_path: Path) -> None:
    """It draws, over and over, a form of a hundred thousand numbers."""
    data = pdf([["Shells hit Tarvan."]] * 200, draw="/F0 Do " * 60, forms=["1 " * 100_000 + "Tj"])
    assert len(data) < MEGABYTE
    one = failure(write(tmp_path / "2021-03-04.pdf", data), max_seconds=1)
    assert one.what == "it takes more than 1 seconds of the processor to read"
    assert signal.getsignal(signal.SIGVTALRM) == signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0, 0)


# The time may be up inside a finaliser or a callback of the collector: that is lost, tried again, and no fault.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_page_that_is_slow_does_not_take_the_archive_with_it(tmp_path: Path) -> None:
    slow = "<!DOCTYPE html><html><body><p>x" + "<br>" * 49_000
    path = write(tmp_path / "a.warc", page_record(slow.encode()) + page_record(article().encode()))
    found = outcomes(path, max_seconds=1)
    assert len(found) == 2
    assert isinstance(found[-1], Report)


def test_formats_are_read_in_other_threads_too() -> None:
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda path: list(read_documents(path, today=TODAY)), sorted(SAMPLES.iterdir())))
    assert sum(isinstance(one, Report) for outcome in found for one in outcome) == 11


def test_pdf_that_unpacks_to_too_much(tmp_path: Path) -> None:
    data = zlib.compress(b"(x) Tj " * 10 * MEGABYTE)
    plain = pdf([["x"]])
    start, end = plain.index(b"5 0 obj"), plain.index(b"6 0 obj")
    stream = (
        f"5 0 obj\n<< /Length {len(data)} /Filter /FlateDecode >>\nstream\n".encode() + data + b"\nendstream\nendobj\n"
    )
    path = write(tmp_path / "2021-03-04.pdf", plain[:start] + stream + plain[end:])
    assert failure(path).what.startswith("the PDF is larger inside than one of text is")


def test_pdf_of_too_many_pages_and_too_much_text(tmp_path: Path) -> None:
    path = write(tmp_path / "2021-03-04.pdf", pdf([["Shells hit Tarvan."]] * 12))
    assert failure(path, max_pdf_pages=11).what == "the PDF has 12 pages, more than the 11 allowed"
    assert failure(path, max_chars=100).what == "the text has more than 100 characters"


@pytest.mark.parametrize("text", ["x", "x-", "-\n", "x-\n", "x- ", "1-\t"])
def test_words_without_end_in_a_pdf(text: str) -> None:
    assert len(repaired_text([text * 200_000])) <= len(text) * 200_000


def test_lines_that_are_slow_to_take_apart(tmp_path: Path) -> None:
    """Were each looked for again from each place it may begin at, this would take hours."""
    row = ["20210305100000-7", "20210305100000", *[""] * 24, "<PAGE_TITLE>" * 40_000]
    assert failure(write(tmp_path / "a.gkg", "\t".join(row))).what.startswith("no text")
    separator = "From " + "1:23 " * 200_000 + "\n"
    (one,) = outcomes(write(tmp_path / "a.mbox", message() + "\n" + separator * 2 + message()), max_chars=10**7)
    assert isinstance(one, Report)


# ---------------------------------------------------------------- packed files
def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def overlapping(n_members: int, size: int) -> bytes:
    """Return an archive whose members all unpack the same bytes."""
    whole = zipped(("a.jsonl", LINE * (size // len(LINE))))
    end = whole.rindex(b"PK\x05\x06")
    start = whole.index(b"PK\x01\x02")
    directory = whole[start:end] * n_members
    tail = bytearray(whole[end:])
    tail[8:12] = n_members.to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    return whole[:start] + directory + bytes(tail)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.zip"])
def test_bomb_is_refused_long_before_it_is_unpacked(tmp_path: Path, name: str) -> None:
    data = b"x" * 200 * MEGABYTE
    path = write(
        tmp_path / name, gzip.compress(data) if name.endswith("gz") else zipped(("a.txt", b"x"), ("b.jsonl", data))
    )
    del data
    with memory_below(6 * MEGABYTE):
        found = outcomes(path)
    one = found[-1]
    assert isinstance(one, RunFailure)
    assert one.what == "unpacks to more than 100 times its size, as archives made to do harm do"


def test_archive_whose_members_share_their_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.zip", overlapping(200, MEGABYTE // 2))
    with memory_below(12 * MEGABYTE):
        found = read_documents(path, today=TODAY)
        said = collections.Counter(one.what if isinstance(one, RunFailure) else one.text for one in found)
    assert said["Shells hit Tarvan."] < 3 * MEGABYTE / len(LINE), "not 200 times what it holds"
    assert said["unpacks to more than 100 times its size, as archives made to do harm do"] > 0


def test_archive_within_an_archive_is_refused(tmp_path: Path) -> None:
    inner = zipped(("a.jsonl", LINE))
    for name, data in [
        ("a.zip", zipped(("b.zip", inner))),
        ("b.zip", zipped(("b.jsonl.gz", gzip.compress(LINE)))),
        ("c.gz", gzip.compress(inner)),
        ("d.warc.gz", gzip.compress(gzip.compress(page_record(article().encode())))),
    ]:
        assert failure(write(tmp_path / name, data)).what == "an archive within an archive"


def test_tar_is_named_and_not_read_as_text(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("a.jsonl")
        entry.size = len(LINE)
        archive.addfile(entry, io.BytesIO(LINE))
    for name, data in [("a.tar", out.getvalue()), ("a.tar.gz", gzip.compress(out.getvalue()))]:
        assert failure(write(tmp_path / name, data)).what == "a tar archive"


@pytest.mark.parametrize(
    "name", ["../../escape.jsonl", "/tmp/escape.jsonl", "a/../../escape.jsonl", "C:\\escape.jsonl", "..jsonl"]
)
def test_names_in_an_archive_are_never_paths(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in" / "deep"
    folder.mkdir(parents=True)
    path = write(folder / "a.zip", zipped((name, LINE), ("b.jsonl", LINE.replace(b"hit", b"struck"))))
    before = sorted(tmp_path.rglob("*"))
    found = outcomes(path)
    assert sorted(tmp_path.rglob("*")) == before
    assert all(isinstance(one, Report | RunFailure) for one in found)
    assert [one.text for one in found if isinstance(one, Report)][-1] == "Shells struck Tarvan."


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04" + bytes(64), "broken ZIP data"),
        (zipped(), "broken ZIP data"),
        (zipped(("a.docx", b"x")), "the archive holds no report"),
        (zipped(("a.jsonl", LINE))[:-30], "broken ZIP data"),
    ],
    ids=["no directory", "empty", "nothing known", "cut short"],
)
def test_broken_or_empty_archive(tmp_path: Path, data: bytes, what: str) -> None:
    path = write(tmp_path / "a.zip", data)
    assert any(isinstance(one, RunFailure) and one.what.startswith(what) for one in outcomes(path)) or data == zipped()


def test_gzip_that_is_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "Shells hit town %d.", "date": "2021-03-04"}\n' % n for n in range(20_000))
    path = write(tmp_path / "a.jsonl.gz", gzip.compress(lines)[:-20_000])
    *before, last = outcomes(path)
    assert len(before) > 1000
    assert isinstance(last, RunFailure)
    assert last.what.startswith("broken compressed data")


def test_encrypted_member_of_an_archive(tmp_path: Path) -> None:
    data = bytearray(
        zipped(
            ("a.jsonl", LINE),
        )
    )
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert failure(write(tmp_path / "a.zip", bytes(data))).what == "encrypted"


# ---------------------------------------------------------------- web archives
def test_record_that_is_too_large_is_passed_over(tmp_path: Path) -> None:
    large = page_record(article().encode() + b" " * 2 * MEGABYTE)
    path = write(tmp_path / "a.warc", large + page_record(article().encode()))
    first, second = outcomes(path, max_document_bytes=MEGABYTE)
    assert isinstance(first, RunFailure)
    assert first.what.startswith("the record has 2,000,")
    assert isinstance(second, Report)


def test_record_whose_content_unpacks_to_too_much(tmp_path: Path) -> None:
    body = gzip.compress(b"<html>" + b" " * 100 * MEGABYTE)
    path = write(tmp_path / "a.warc", page_record(body, more="Content-Encoding: gzip\r\n"))
    with memory_below(60 * MEGABYTE):
        assert failure(path).what == "the page is larger than 5,000,000 bytes"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"WARC/1.0\r\n" + b"x" * 200_000, "a record has more than 65,536 bytes of headers"),
        (b"WARC/1.0\r\n" + b"a: b\r\n" * 20_000, "a record has more than 65,536 bytes of headers"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "a record states no length"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "the last record is cut short"),
        (
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999999999999999\r\n\r\nabc",
            "the last record is cut short",
        ),
        (b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 3\r\n\r\nabcdefgh", "a record does not begin with WARC/"),
    ],
)
def test_broken_web_archive(tmp_path: Path, data: bytes, what: str) -> None:
    with memory_below(40 * MEGABYTE):
        assert failure(write(tmp_path / "a.warc", data)).what.startswith(what)


def test_what_a_server_claims_of_its_page_is_not_believed(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.warc",
        warc_record(
            "response",
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\nabc",
        ),
    )
    assert isinstance(outcomes(path)[0], RunFailure)


# ---------------------------------------------------------------- size
def test_page_of_an_archive_whose_address_is_none_is_named(tmp_path: Path) -> None:
    lookup = warc_record(
        "response", b"20210305\nagency.example. 300 IN A 192.0.2.1", WARC_Target_URI="dns:agency.example"
    )
    records = page_record(article().encode(), "javascript:alert(1)") + lookup + page_record(article().encode())
    refused, page = outcomes(write(tmp_path / "a.warc", records))
    assert isinstance(refused, RunFailure)
    assert refused.what == "the address of the page, 'javascript:alert(1)', is no web address"
    assert refused.where.endswith("record 1")
    assert isinstance(page, Report)
    assert failure(write(tmp_path / "b.warc", page_record(article().encode(), "file:///etc/passwd"))).repair


@pytest.mark.parametrize(
    "suffix", [".txt", ".html", ".rss", ".eml", ".pdf", ".json", ".mbox", ".warc", ".csv", ".jsonl"]
)
def test_file_of_a_gigabyte_in_bounded_memory(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"2021-03-04{suffix}"
    with path.open("wb") as stream:
        stream.write(
            {
                ".mbox": b"From a\n\nText ",
                ".warc": b"WARC/1.0\r\n",
                ".json": b'{"articles": [',
                ".pdf": b"%PDF-1.4\n",
            }.get(suffix, b"x")
        )
        stream.truncate(1_000_000_000)
    with memory_below(80 * MEGABYTE):
        assert (
            failure(path, max_file_bytes=999_999_999).what
            == "the file has 1,000,000,000 bytes, more than the 999,999,999 allowed"
        )
        found = outcomes(path)
    assert all(isinstance(one, RunFailure) for one in found)


def test_items_after_the_last_allowed_are_not_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", b"".join(LINE.replace(b"hit", b"hit%d" % n) for n in range(5)))
    *reports, last = outcomes(path, max_items=3)
    assert len(reports) == 3
    assert isinstance(last, RunFailure)
    assert last.what == "the file holds more than 3 items; those after them were not read"
    assert len(outcomes(path, max_items=5)) == 5


def test_text_longer_than_a_report_may_be(tmp_path: Path) -> None:
    for name, data in [
        ("a.jsonl", LINE),
        ("2021-03-04.txt", b"Shells hit Tarvan."),
        ("2021-03-04.html", article().encode()),
    ]:
        assert failure(write(tmp_path / name, data), max_chars=17).what.endswith("more than the 17 allowed")
    assert isinstance(outcomes(tmp_path / "a.jsonl", max_chars=18)[0], Report)


# ---------------------------------------------------------------- standard input
READ = """
import sys, resource
from geoconflict.reports import read_documents
from geoconflict.settings import ReportsSettings
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for one in read_documents("-", settings=ReportsSettings(max_file_bytes=300_000_000)):
    print(one.where, one.what, sep=": ")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize(
    "endless",
    [
        "import itertools,sys\nfor _ in itertools.count(): sys.stdout.write('x' * 100000)",
        'import itertools,sys\nfor _ in itertools.count(): sys.stdout.write(\'{"text": "a"}\\n\' * 10000)',
    ],
)
def test_endless_pipe_is_a_failure_in_bounded_memory(endless: str, project_root: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", endless], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as source:
        done = subprocess.run(
            [sys.executable, "-c", READ],
            stdin=source.stdout,
            capture_output=True,
            text=True,
            cwd=project_root,
            check=True,
        )
        source.kill()
    said, kilobytes = done.stdout.splitlines()
    assert said == "standard input: larger than 300,000,000 bytes, or without end"
    assert int(kilobytes) < 50_000


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (LINE + LINE.replace(b"hit", b"struck"), ["Shells hit Tarvan.", "Shells struck Tarvan."]),
        (b"date 2021-03-04 Shells hit Tarvan.", ["date 2021-03-04 Shells hit Tarvan."]),
        (b"---\ndate: 2021-03-04\n---\nShells.", ["---\ndate: 2021-03-04\n---\nShells."]),
        (gzip.compress(LINE), ["Shells hit Tarvan."]),
        (zipped(("a.jsonl", LINE)), ["Shells hit Tarvan."]),
        (message().encode(), ["Gunners fired at Tarvan on Thursday.\n"]),
    ],
    ids=["lines", "article form", "front matter", "gzip", "zip", "message"],
)
def test_content_tells_what_standard_input_holds(
    monkeypatch: pytest.MonkeyPatch, data: bytes, texts: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    reader = read_reports("-", strict=True, today=TODAY)
    assert [report.text for report in reader] == texts


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert failure("-").what == "the file is empty"


# ---------------------------------------------------------------- bare install
@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [
        ("tarvan.rss", "feedparser", "feeds"),
        ("tarvan.html", "trafilatura", "html"),
        ("tarvan.pdf", "pypdf", "pdf"),
        ("tarvan.warc", "warcio", "warc"),
    ],
)
def test_bare_install_names_the_extra_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    for module in [one for one in sys.modules if one.partition(".")[0] == library]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    one = failure(SAMPLES / name)
    assert one.what == f"reading this needs {library}, which is not installed"
    assert f"[{extra}]'`" in one.repair


def _by_hand(write_to: Callable[[Path], None], path: Path) -> Path:
    write_to(path)
    return path


def test_pipe_given_by_name_does_not_hang(tmp_path: Path) -> None:
    assert failure(_by_hand(os.mkfifo, tmp_path / "a.warc")).what == "not a regular file"


def test_key_that_stands_twice_in_one_object(tmp_path: Path) -> None:
    sound = '{"text": "Gunners fired at Tarvan.", "date": 20210304}\n'
    twice = '{"text": "Gunners fired at Tarvan.", "date": "2021-03-04", "date": "2021-03-05", "id": "x"}\n'
    report, refused = outcomes(write(tmp_path / "a.jsonl", sound + twice))
    assert isinstance(report, Report)
    assert str(report.published_on) == "2021-03-04"
    assert isinstance(refused, RunFailure)
    assert refused.what == "the key 'date' stands twice in one object"
    assert refused.where.endswith("a.jsonl:2")


@pytest.mark.parametrize("data", [b"\xfe\xff", b"\xef\xbb\xbf", b"\n\n", b" \n"])
def test_a_table_without_a_row_is_told(tmp_path: Path, data: bytes) -> None:
    assert failure(write(tmp_path / "a.gkg", data)).what == "the table has no row"
