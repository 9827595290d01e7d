"""PDF: the text of the pages, one report a file.

Nothing of a page but its text is read; no picture is decoded, no link followed, no script run. A small file can draw the
same over and over; the library bounds how often, and the limit of time how long.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import logging
import re
from collections.abc import Iterator
from typing import Any

from geoconflict.models import Report
from geoconflict.reports._article import article_header
from geoconflict.reports._dateline import day_in_first_lines
from geoconflict.reports._files import InputFile, Skipped
from geoconflict.reports._optional import needs
from geoconflict.reports._publication import date_in_name
from geoconflict.reports._record import Admission, make_report
from geoconflict.reports._rejection import UNDATED, Rejection, raise_setting
from geoconflict.reports._time_limit import time_limit

__all__ = ["read_pdf", "repaired_text"]

_SIGNATURE, _HEAD_BYTES = b"%PDF-", 1024
"""What a PDF has among its first bytes; readers allow for some before it."""
_LARGEST_STREAM = 20_000_000
_HYPHEN = re.compile(r"(?<=[^\W_])(?P<mark>[\u00ad\u2010-])[ \t]{0,20}\n[ \t]{0,20}(?=[^\W_])")
_LAST_WORD = re.compile(r"[^\W_]+\Z")
_FIRST_WORD = re.compile(r"[^\W_]+")
_LONGEST_WORD = 40
_PASSED_OVER = ("Impossible to decode XFormObject", "Exceeded ", "Detected cyclic form")
"""How what the library logs begins when it leaves a drawing out, and with it the text in it."""
_SENTENCE_END = re.compile(r"[.!?:;”\"’)]\s*\Z")
_GET_TEXT = "run text recognition over it (OCR), and give the text"


def read_pdf(file: InputFile, admission: Admission) -> Iterator[Report | Skipped]:
    """Yield the report in a PDF.

    Its day is the one that its first lines state, else the one in the file's name, else, where ``reports.pdf_date`` is
    "created", the one on which the PDF was made. Words parted at the end of a line are joined.
    """
    data = file.read(admission.limits.max_document_bytes, repair=raise_setting("max_document_bytes"))
    if _SIGNATURE not in data[:_HEAD_BYTES]:
        raise Rejection(
            "this is no PDF: it does not begin with %PDF-", "give it the suffix of what it holds, such as .txt"
        )
    with needs("pdf", "pypdf"):
        import pypdf
    with time_limit(admission.limits.max_seconds), _bounds(pypdf), _faults(pypdf), _listening() as unread:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        _decrypt(reader)
        n_pages = len(reader.pages)
        if n_pages > admission.limits.max_pdf_pages:
            msg = f"the PDF has {n_pages:,} pages, more than the {admission.limits.max_pdf_pages:,} allowed"
            raise Rejection(msg, raise_setting("max_pdf_pages"))
        pages = _pages(reader, admission.limits.max_chars)
        made = _made_on(reader)
        title = _title(reader)
    without = [str(number) for number, page in enumerate(pages, start=1) if not page.strip()]
    if len(without) == n_pages:
        raise Rejection("the PDF holds no text, only pictures of pages", _GET_TEXT)
    if without:
        numbers = ", ".join(without[:20])
        yield Skipped(file.where, f"{len(without)} of {n_pages} pages hold no text and were not read: {numbers}")
    if unread.n:
        yield Skipped(file.where, f"{unread.n} parts of pages could not be read: {unread.first}")
    text = repaired_text([page for page in pages if page.strip()])
    fields: dict[str, object] = {"text": text, "title": title}
    if article_header(text) is None:
        day = _stated_day(text, file.stem)
        if day is None and admission.limits.pdf_date == "created":
            day = made
        fields["published"] = day.isoformat() if day else None
    try:
        yield make_report(fields, admission, origin=file.origin)
    except Rejection as rejection:
        if rejection.what == UNDATED:
            rejection.what = "the first lines of the PDF state no day of publication"
            rejection.repair = (
                "rename the file to begin with the day (YYYY-MM-DD), or set reports.pdf_date = 'created' in "
                "geoconflict.toml if PDFs are made on the day that they are published"
            )
        raise


def _stated_day(text: str, stem: str) -> dt.date | None:
    """Return the day that the first lines state, else the one in the file's name; the name decides between several."""
    try:
        return day_in_first_lines(text) or date_in_name(stem)
    except Rejection:
        if (named := date_in_name(stem)) is not None:
            return named
        raise


def repaired_text(pages: list[str]) -> str:
    """Return the text of pages as one, with the words whole that the ends of lines part.

    A hyphen at the end of a line goes where it parted a word in small letters. It stays before a capital or a figure
    ("Nagorno-Karabakh", "20-30"), and where the document writes the same word with its hyphen elsewhere.
    """
    text = ""
    for page in [page.replace("\r\n", "\n").replace("\r", "\n").strip() for page in pages]:
        # A sentence that goes on over the page goes on in the text.
        text += (("\n\n" if _SENTENCE_END.search(text[-10:]) else "\n") if text else "") + page
    hyphened = {word for word in re.split(r"[^\w-]+", text.casefold()) if "-" in word}

    def joined(found: re.Match[str]) -> str:
        if found["mark"] == "\u00ad":
            return ""
        head = _LAST_WORD.search(text, max(0, found.start() - _LONGEST_WORD), found.start())
        tail = _FIRST_WORD.match(text, found.end(), found.end() + _LONGEST_WORD)
        if head is None or tail is None:
            return found[0]
        parts_a_word = head[0][-1].islower() and tail[0][0].islower()
        return "" if parts_a_word and f"{head[0]}-{tail[0]}".casefold() not in hyphened else "-"

    return _HYPHEN.sub(joined, text)


class _Unread(logging.Handler):
    """Hears what the library passes over."""

    n = 0
    first = ""

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(_PASSED_OVER):
            self.n += 1
            self.first = self.first or f"{record.getMessage():.200}"


@contextlib.contextmanager
def _listening() -> Iterator[_Unread]:
    unread = _Unread()
    logger = logging.getLogger("pypdf")
    logger.addHandler(unread)
    try:
        yield unread
    finally:
        logger.removeHandler(unread)


def _pages(reader: Any, max_chars: int) -> list[str]:
    """Return the text of each page.

    Raises
    ------
    Rejection
        If there is more of it than may be.
    """
    n_chars = 0
    pages = []
    for page in reader.pages:
        pages.append(page.extract_text() or "")
        n_chars += len(pages[-1])
        if n_chars > max_chars:
            msg = f"the text has more than {max_chars:,} characters"
            raise Rejection(msg, raise_setting("max_chars"))
    return pages


def _decrypt(reader: Any) -> None:
    """Open a PDF that is encrypted but for reading; one that asks for a password is refused."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise Rejection("the PDF is encrypted", "save it without a password")


def _made_on(reader: Any) -> dt.date | None:
    """Return the day on which a PDF says that it was made."""
    try:
        made = reader.metadata and reader.metadata.creation_date
    except (ValueError, TypeError):
        return None
    return made.date() if made else None


def _title(reader: Any) -> str | None:
    """Return the title that a PDF gives itself; the name of a file that word processors put there is none."""
    title = reader.metadata and reader.metadata.title
    if not isinstance(title, str) or re.search(r"\.\w{2,5}\s*\Z|\AMicrosoft |\Auntitled", title, re.IGNORECASE):
        return None
    return title[:300]


def _bounds(pypdf: Any) -> contextlib.AbstractContextManager[Any]:
    """Return a context in which the library unpacks no more than pages of text need."""
    names = ("zlib", "lzw", "run_length", "brotli", "array_based_stream")
    outputs = {f"{name}_maximum_output_length": _LARGEST_STREAM for name in names}
    limits: contextlib.AbstractContextManager[Any] = pypdf.apply_configuration(jbig2dec_binary=None, **outputs)
    return limits


@contextlib.contextmanager
def _faults(pypdf: Any) -> Iterator[None]:
    """Turn what the library raises on a PDF that it cannot read into a rejection."""
    try:
        yield
    except Rejection:
        raise
    except (pypdf.errors.FileNotDecryptedError, pypdf.errors.DependencyError):
        raise Rejection("the PDF is encrypted", "save it without a password") from None
    except pypdf.errors.LimitReachedError as error:
        msg = f"the PDF is larger inside than one of text is: {error}"
        raise Rejection(msg, "save its text in a text file") from None
    except Exception as error:  # noqa: BLE001  # what a library makes of broken input must not end the run
        msg = f"the PDF cannot be read: {type(error).__name__}: {error!s:.200}"
        raise Rejection(msg, "print it to a new PDF, or give its text in a text file") from None
