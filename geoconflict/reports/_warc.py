"""Web archives (WARC): one report for each page that was retrieved.

Records are parted here, by the length that each states, so that one that is too large is passed over without being
read; what is in a record is read by the library.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from geoconflict.models import Report
from geoconflict.reports._files import InputFile, Skipped
from geoconflict.reports._html_page import report_of_html
from geoconflict.reports._optional import needs
from geoconflict.reports._publication import parse_publication
from geoconflict.reports._record import Admission
from geoconflict.reports._rejection import Rejection, raise_setting

__all__ = ["read_warc"]

_LONGEST_HEADERS = 1 << 16
_CHUNK_BYTES = 1 << 16
_LENGTH = re.compile(rb"^content-length:[ \t]*([0-9]{1,18})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_KIND = re.compile(rb"^warc-type:[ \t]*([a-z]{1,40})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_PAGES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_AGAIN = "get the archive again; it may be cut short"


def read_warc(file: InputFile, admission: Admission) -> Iterator[Report | Rejection | Skipped]:
    """Yield a report, or the reason why there is none, for each page in a web archive.

    A page is an HTML answer with status 200. The report has the address of the record and the time it was retrieved at;
    its day is what the page itself states. Other records are counted by kind and passed over.
    """
    with needs("warc", "warcio"):
        from warcio.recordloader import ArcWarcRecordLoader
    others: collections.Counter[str] = collections.Counter()
    number = n_pages = 0
    with file.open() as stream:
        for number, record in enumerate(_records(stream, admission.limits.max_document_bytes), start=1):
            item = f"record {number}"
            if record.kind != "response":
                others[record.kind] += 1
                continue
            try:
                page = _page(ArcWarcRecordLoader(), record, admission)
                if isinstance(page, str):
                    others[page] += 1
                else:
                    n_pages += 1
                    yield _report(page, admission, f"{file.origin}, {item}")
            except Rejection as rejection:
                n_pages += 1
                rejection.item = item
                yield rejection
    if not number:
        raise Rejection("the archive holds no record", "give a WARC file")
    kinds = ", ".join(f"{n} {kind}" for kind, n in others.most_common(10))
    if not n_pages:
        msg = f"the archive holds no page that was retrieved, only {kinds}"
        raise Rejection(msg, "give an archive of web pages, or leave it out")
    if others:
        yield Skipped(file.where, f"records that are no pages: {kinds}")


@dataclass(frozen=True, slots=True)
class _Record:
    kind: str
    """Its WARC-Type."""
    data: bytes | None
    """Headers and content; None if it is too large, or of a kind that is not read."""
    n_bytes: int


@dataclass(frozen=True, slots=True)
class _Page:
    url: str | None
    record_id: str | None
    retrieved_at: dt.datetime | None
    charset: str | None
    data: bytes


def _records(stream: BinaryIO, max_bytes: int) -> Iterator[_Record]:
    """Yield the records of an archive.

    Raises
    ------
    Rejection
        Where one does not begin with a version, has no length, or is cut short; those after it cannot be found.
    """
    while (headers := _headers(stream)) is not None:
        length, kind = _LENGTH.search(headers), _KIND.search(headers)
        if length is None:
            raise Rejection("a record states no length; what follows it was not read", _AGAIN)
        n_bytes = int(length[1])
        name = kind[1].decode("ascii").lower() if kind else "unknown"
        if name != "response" or n_bytes > max_bytes:
            data = None
            n_read = _pass_over(stream, n_bytes)
        else:
            content = stream.read(n_bytes)
            data, n_read = headers + content, len(content)
        if n_read < n_bytes:
            raise Rejection("the last record is cut short, and was not read", _AGAIN)
        yield _Record(name, data, n_bytes)


def _headers(stream: BinaryIO) -> bytes | None:
    """Return the headers of the next record, with the blank line after them; None at the end."""
    headers = b""
    while line := stream.readline(_LONGEST_HEADERS):
        if not headers:
            if not line.strip():
                continue
            if not line.startswith(b"WARC/"):
                raise Rejection("a record does not begin with WARC/; from there on nothing was read", _AGAIN)
        headers += line
        if len(headers) > _LONGEST_HEADERS:
            msg = f"a record has more than {_LONGEST_HEADERS:,} bytes of headers; from there on nothing was read"
            raise Rejection(msg, _AGAIN)
        if not line.strip():
            return headers
    if headers:
        raise Rejection("the last record is cut short, and was not read", _AGAIN)
    return None


def _pass_over(stream: BinaryIO, n_bytes: int) -> int:
    left = n_bytes
    while left and (data := stream.read(min(left, _CHUNK_BYTES))):
        left -= len(data)
    return n_bytes - left


def _page(loader: Any, record: _Record, admission: Admission) -> _Page | str:
    """Return the page in a response, or what it is instead: its kind, or a status other than 200."""
    if record.data is None:
        msg = f"the record has {record.n_bytes:,} bytes, more than the {admission.limits.max_document_bytes:,} allowed"
        raise Rejection(msg, raise_setting("max_document_bytes"))
    limit = admission.limits.max_html_bytes
    try:
        parsed = loader.parse_record_stream(io.BytesIO(record.data), known_format="warc")
        if parsed.http_headers is None:
            _refuse_address(parsed.rec_headers.get_header("WARC-Target-URI"), record.data)
            return "response without HTTP"
        kind = parsed.http_headers.get_header("Content-Type") or "unknown kind"
        status = parsed.http_headers.get_statuscode()
        if status != "200":
            return f"status {status:.3}"
        if kind.split(";")[0].strip().lower() not in _PAGES:
            return kind.split(";")[0].strip().lower()[:60]
        data = parsed.content_stream().read(limit + 1)
        headers = parsed.rec_headers
        url, written = headers.get_header("WARC-Target-URI"), headers.get_header("WARC-Date")
        record_id = headers.get_header("WARC-Record-ID")
    except Rejection:
        raise
    except Exception as error:  # noqa: BLE001  # what a library makes of broken input must not end the run
        msg = f"the record cannot be read: {type(error).__name__}: {error!s:.200}"
        raise Rejection(msg, _AGAIN) from None
    charset = _CHARSET.search(kind)
    return _Page(
        url.strip("<> ") if url else None,
        record_id.strip("<> ") if record_id else None,
        _instant(written),
        charset[1] if charset else None,
        data,
    )


def _refuse_address(address: str | None, record: bytes) -> None:
    """Refuse an answer of a web server whose record gives an address of another kind; the library reads no page of it."""
    if record.partition(b"\r\n\r\n")[2].startswith(b"HTTP/"):
        what = f"the address of the page, {(address or '')!r:.80}, is no web address"
        raise Rejection(what, "get the page again from the address where it stands, or leave it out")


def _instant(written: str | None) -> dt.datetime | None:
    try:
        publication = parse_publication(written)
    except Rejection:
        return None
    return publication.at if publication else None


def _report(page: _Page, admission: Admission, origin: str) -> Report:
    given = {name: value for name, value in (("url", page.url), ("id", page.record_id)) if value}
    try:
        report = report_of_html(page.data, admission, origin=origin, charset=page.charset, given=given)
    except Rejection as rejection:
        rejection.external_id = page.url
        if rejection.what == "the page states no day of publication":
            rejection.repair = "save the page as a file whose name begins with the day (YYYY-MM-DD), or leave it out"
        raise
    return dataclasses.replace(report, retrieved_at=page.retrieved_at)
