"""Mail: a message (``.eml``), and mailboxes of them (mbox), one report a message.

A mailbox is split here and not by the standard library, which wants a path and keeps a list of all messages: it is read
from archives and pipes too, one message in memory at a time.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import email.errors
import email.header
import email.message
import email.parser
import email.policy
import email.utils
import re
from collections.abc import Iterator
from typing import BinaryIO

from geoconflict.models import Report
from geoconflict.reports._encoding import decode, decode_as
from geoconflict.reports._files import InputFile, Skipped
from geoconflict.reports._html_text import text_of_html
from geoconflict.reports._record import Admission, make_report, sound_url, usable_language
from geoconflict.reports._rejection import UNDATED, Rejection, raise_setting
from geoconflict.reports._time_limit import time_limit

__all__ = ["read_mailbox", "read_message"]

# The standard library compares every line with the boundary of every part around it.
_MOST_CONTAINERS = 100
_MOST_COMPARISONS = 20_000_000
_CONTAINER = re.compile(rb"(?:multipart|message)/", re.IGNORECASE)
_LONGEST_LINE = 1 << 20
_SEPARATOR = re.compile(rb"From \S")
_SEPARATOR_DATE = re.compile(rb"From .*\b[0-9]{1,2}:[0-9]{2}\b.*\b[0-9]{4}\b")
_HEADER = re.compile(rb"[!-9;-~]+:")
_QUOTED_SEPARATOR = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_BRACKETED = re.compile(r"<([^<>]+)>")


def read_message(file: InputFile, admission: Admission) -> Iterator[Report | Rejection | Skipped]:
    """Yield the report in a message, and the attachments that were not read.

    Its day is that of its Date header; its text is plain text, or HTML where it has nothing else.
    """
    data = file.read(admission.limits.max_document_bytes, repair=raise_setting("max_document_bytes"))
    yield from _read_one(data, admission, file.origin, file.where)


def read_mailbox(file: InputFile, admission: Admission) -> Iterator[Report | Rejection | Skipped]:
    """Yield a report, or the reason why there is none, for each message of an mbox."""
    number = 0
    with file.open() as stream:
        for number, data in enumerate(_messages(stream, admission.limits.max_document_bytes), start=1):
            item = f"message {number}"
            try:
                if data is None:
                    msg = f"the message is larger than {admission.limits.max_document_bytes:,} bytes"
                    raise Rejection(msg, raise_setting("max_document_bytes"))  # noqa: TRY301  # as the other faults
                yield from _read_one(data, admission, f"{file.origin}, {item}", f"{file.where}, {item}")
            except Rejection as rejection:
                rejection.item = item
                yield rejection
    if not number:
        raise Rejection("the mailbox holds no message", "give an mbox, in which each message begins with a line From ")


def _messages(stream: BinaryIO, max_bytes: int) -> Iterator[bytes | None]:
    """Yield the bytes of each message of an mbox; None for one that is larger than `max_bytes`.

    A message begins at the start of the file, and at each line ``From ...`` that stands first or after a blank line and is followed by a header, or ends
    in a time and a year; so a sentence that begins with "From" does not part a message.
    """
    kept: bytearray | None = bytearray()
    has_begun, after_blank = False, True
    line = stream.readline(_LONGEST_LINE)
    while line:
        following = stream.readline(_LONGEST_LINE)
        begins = (
            after_blank and _SEPARATOR.match(line) and (_SEPARATOR_DATE.match(line[:300]) or _HEADER.match(following))
        )
        if begins:
            if has_begun:
                yield _unquoted(kept)
            kept, has_begun = bytearray(), True
        elif kept is not None and (has_begun or line.strip()):
            has_begun = True
            kept += line
            if len(kept) > max_bytes:
                kept = None
        after_blank = not line.strip(b"\r\n")
        line = following
    if has_begun:
        yield _unquoted(kept)


def _unquoted(data: bytearray | None) -> bytes | None:
    if data is None:
        return None
    # The blank line after a message is the mailbox's and not the message's.
    return _QUOTED_SEPARATOR.sub(b"", re.sub(rb"(?<=\n)\r?\n\Z", b"", bytes(data)))


def _read_one(data: bytes, admission: Admission, origin: str, where: str) -> Iterator[Report | Skipped]:
    n_containers = len(_CONTAINER.findall(data))
    if n_containers > _MOST_CONTAINERS or n_containers * data.count(b"\n") > _MOST_COMPARISONS:
        msg = f"the message has {n_containers} parts that may hold others, too many for its length"
        raise Rejection(msg, "save what matters of it as a message of its own")
    try:
        with time_limit(admission.limits.max_seconds):
            message = email.parser.BytesParser(policy=email.policy.compat32).parsebytes(data)
            parts = _Parts(message, admission)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError, email.errors.MessageError) as error:
        # Defects of the standard library's parser on broken messages.
        msg = f"the message cannot be parsed: {type(error).__name__}: {error!s:.200}"
        raise Rejection(msg, "save the message again") from None
    if not message.keys():
        raise Rejection("no message: it has no headers", "save the message with its headers")
    if parts.not_read:
        n_parts = len(parts.not_read)
        names = ", ".join(parts.not_read[:10])
        yield Skipped(where, f"{n_parts} attachment{'s' * (n_parts > 1)} not read: {names}")
    address = _sender(message)
    fields: dict[str, object] = {
        "text": parts.text,
        "title": _header(message, "Subject"),
        "source": address,
        "url": sound_url((_BRACKETED.findall(_header(message, "Archived-At")) or [""])[0]),
        "id": (_BRACKETED.findall(_header(message, "Message-ID")) or [None])[0],
        "language": usable_language(_header(message, "Content-Language").split(",")[0]),
    }
    try:
        if not parts.text.strip():
            raise Rejection("the message holds no text", "give what is attached to it as files of their own")  # noqa: TRY301
        moment = _sent_at(message)
        if moment is not None:
            fields["published"] = moment.isoformat()
        yield make_report(fields, admission, origin=origin)
    except Rejection as rejection:
        rejection.external_id = str(fields["id"]) if fields["id"] else None
        if rejection.what == UNDATED:
            rejection.what, rejection.repair = "the message has no date", "add a header Date to it"
        raise


class _Parts:
    """The text of a message, and the names of what was not read of it."""

    def __init__(self, message: email.message.Message, admission: Admission) -> None:
        self._max_chars = admission.limits.max_html_bytes
        self.not_read: list[str] = []
        self.text = "\n\n".join(text for text in self._texts(message) if text.strip())

    def _texts(self, part: email.message.Message) -> Iterator[str]:
        kind = part.get_content_type()
        if part.get_content_disposition() == "attachment":
            self._leave(part, kind)
        elif kind == "multipart/alternative" and part.is_multipart():
            yield from self._texts(_best(part))
        elif part.is_multipart():
            # The first part of a multipart/related is the text, the others are its pictures.
            for inner in part.get_payload():
                if isinstance(inner, email.message.Message):
                    yield from self._texts(inner)
        elif kind in ("text/plain", "text/html"):
            yield self._decoded(part, kind)
        else:
            self._leave(part, kind)

    def _decoded(self, part: email.message.Message, kind: str) -> str:
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        if len(data) > self._max_chars:
            msg = f"the text of the message is larger than {self._max_chars:,} bytes"
            raise Rejection(msg, raise_setting("max_html_bytes"))
        text = _text_in(data, part.get_content_charset())
        if kind == "text/html":
            return text_of_html(text)
        return _unwrapped(text, part) if part.get_param("format") == "flowed" else text

    def _leave(self, part: email.message.Message, kind: str) -> None:
        name = _shown(part.get_filename() or "")
        self.not_read.append(f"{name[:80]} ({kind})" if name else kind)


def _best(part: email.message.Message) -> email.message.Message:
    """Return the alternative to read: plain text before HTML, else the last, which is the fullest."""
    inner = [one for one in part.get_payload() if isinstance(one, email.message.Message)]
    for wanted in ("text/plain", "text/html"):
        for one in inner:
            if any(leaf.get_content_type() == wanted and _has_text(leaf) for leaf in one.walk()):
                return one
    return inner[-1]


def _has_text(part: email.message.Message) -> bool:
    payload = part.get_payload()
    return isinstance(payload, str) and bool(payload.strip())


def _text_in(data: bytes, charset: str | None) -> str:
    text = decode_as(data, charset)
    if text is not None:
        return text
    try:
        return decode(data) if data else ""
    except Rejection:
        # One bad byte does not take a message away: what cannot be read is U+FFFD, one for one.
        return data.decode("utf-8", "replace")


def _unwrapped(text: str, part: email.message.Message) -> str:
    """Return flowed text (RFC 3676) with its paragraphs whole: a line that ends in a space goes on in the next."""
    without_space = str(part.get_param("delsp") or "").lower() == "yes"
    text = text.replace("\r\n", "\n")
    # The line "-- " parts a signature and is no paragraph that goes on.
    return re.sub(r"(?<!\n--) \n(?![>\n]|-- \n)", "" if without_space else " ", text)


def _header(message: email.message.Message, name: str) -> str:
    return _shown(message.get(name) or "")


def _shown(value: object) -> str:
    """Return a header on one line, its encoded words decoded."""
    raw = str(value)[:10_000]
    with contextlib.suppress(ValueError, LookupError, email.errors.MessageError):
        raw = str(email.header.make_header(email.header.decode_header(raw)))
    return " ".join(raw.split())


def _sender(message: email.message.Message) -> str | None:
    """Return the name of who sent a message, or the address where there is none."""
    try:
        name, address = email.utils.parseaddr(str(message.get("From") or "")[:1000])
    except RecursionError:
        return None
    return _shown(name) or address or None


def _sent_at(message: email.message.Message) -> dt.datetime | None:
    """Return when a message was sent, without a zone where the header gives none; None if it has no such header."""
    written = _header(message, "Date")
    if not written:
        return None
    try:
        return email.utils.parsedate_to_datetime(written)
    except (ValueError, OverflowError, TypeError, IndexError):
        msg = f"the header Date is {written[:60]!r}, which is no date"
        raise Rejection(msg, "mend the header Date") from None
