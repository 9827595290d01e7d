"""What a file holds, told by its first bytes where its suffix is missing or wrong."""

from __future__ import annotations

import re

from geoconflict.reports._encoding import unicode_encoding
from geoconflict.reports._record import COLUMNS, column_key

__all__ = ["FEED", "HEAD_BYTES", "XML_DECLARATION", "suffix_of_content"]

HEAD_BYTES = 1 << 15
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SIGNATURES = ((b"%PDF-", ".pdf"), (b"\x1f\x8b", ".gz"), (b"PK\x03\x04", ".zip"), (b"WARC/", ".warc"))
_TAR, _TAR_AT = b"ustar", 257
_PROLOGUE = re.compile(
    r"\s+|<\?[^>]*>|<!--.*?-->|<!doctype\s(?!html\b)[^>\[]*(?:\[[^\]]*\]\s*)?>", re.DOTALL | re.IGNORECASE
)
FEED = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
_PAGE = re.compile(r"<!doctype\s+html\b|<(?:html|head|body)\b", re.IGNORECASE)
_MAIL_HEADER = re.compile(r"([!-9;-~]+):[ \t]?.*\r?\n(?:[ \t].*\r?\n)*")
_MAIL_NAMES = frozenset({
    "bcc", "cc", "content-type", "date", "delivered-to", "dkim-signature", "from", "message-id", "mime-version",
    "received", "reply-to", "return-path", "subject", "to", "x-mailer",
})  # fmt: skip
_MBOX = re.compile(r"From \S.*\r?\n(?=[!-9;-~]+:)")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_DAY_KEYS = frozenset(COLUMNS["published"])
_KEY = re.compile(r"^([^\s:#][^:\n]*):", re.MULTILINE)
_LEAST_MAIL_NAMES = 3
_GKG_ROW = re.compile(r"[0-9]{14}-T?[0-9]+\t[0-9]{14}\t")
_ARTICLES = re.compile(r'\{\s*"articles"\s*:')


def suffix_of_content(head: bytes) -> str | None:
    """Return the suffix that a file with these first bytes should have, or None where that cannot be told.

    ``.gkg`` stands for GDELT's table of articles and ``.artlist`` for the list that its search returns as JSON.
    """
    for signature, suffix in _SIGNATURES:
        if head.startswith(signature):
            return suffix
    if head[_TAR_AT : _TAR_AT + len(_TAR)] == _TAR:
        return ".tar"
    text = head.decode(unicode_encoding(head) or "latin-1", "ignore").lstrip("\ufeff\xef\xbb\xbf \t\r\n")
    if text.startswith("<"):
        return _suffix_of_markup(text)
    if _MBOX.match(text):
        return ".mbox"
    if _ARTICLES.match(text):
        return ".artlist"
    if (matter := _FRONT_MATTER.match(text)) and any(column_key(key) in _DAY_KEYS for key in _KEY.findall(matter[1])):
        return ".md"
    if text.startswith("{"):
        return ".jsonl"
    if _GKG_ROW.match(text):
        return ".gkg"
    return ".eml" if _is_mail(text) else None


def _suffix_of_markup(text: str) -> str | None:
    position = 0
    while found := _PROLOGUE.match(text, position):
        position = found.end()
    if FEED.match(text, position):
        return ".rss"
    return ".html" if _PAGE.match(text, position) else None


def _is_mail(text: str) -> bool:
    """Return whether the first lines are headers of a message, three at least of those that messages have."""
    names = set()
    position = 0
    while found := _MAIL_HEADER.match(text, position):
        names.add(found[1].lower())
        position = found.end()
    return len(names & _MAIL_NAMES) >= _LEAST_MAIL_NAMES
