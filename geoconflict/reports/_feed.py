"""RSS and Atom feeds: one report an entry.

No entity of a feed is ever expanded and nothing is fetched: a feed that declares entities is refused before the library
sees it, and one whose XML is broken goes to the library's forgiving parser only up to a size that it can manage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NoReturn
from xml.parsers import expat

from geoconflict.models import Report
from geoconflict.reports._content import FEED, XML_DECLARATION
from geoconflict.reports._encoding import decode, decode_as
from geoconflict.reports._files import InputFile
from geoconflict.reports._html_text import text_of_html
from geoconflict.reports._links import ArticleLink
from geoconflict.reports._optional import needs
from geoconflict.reports._publication import parse_publication
from geoconflict.reports._record import Admission, make_report, one_line, sound_url, usable_language
from geoconflict.reports._rejection import UNDATED, Rejection, raise_setting
from geoconflict.reports._time_limit import time_limit

__all__ = ["read_feed"]

_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_LARGEST_BROKEN = 2_000_000
_DEEPEST = 100


def read_feed(file: InputFile, admission: Admission) -> Iterator[Report | Rejection]:
    """Yield a report, or the reason why there is none, for each entry of an RSS or Atom feed.

    The text is the whole content of the entry where the feed holds it, else its summary; HTML in it becomes text. The
    day is the one it was published on, else the one it was updated on.
    """
    data = file.read(admission.limits.max_document_bytes, repair=raise_setting("max_document_bytes"))
    with needs("feeds", "feedparser"):
        import feedparser
    text = XML_DECLARATION.sub("", _decoded(data))
    if FEED.search(text) is None:
        raise Rejection("XML, but no RSS or Atom feed", "give a feed, or the text of the report in a text file")
    try:
        with time_limit(admission.limits.max_seconds):
            _refuse_harm(text)
            feed = feedparser.parse(
                text.encode(),
                response_headers={"content-type": "application/xml; charset=utf-8"},
                resolve_relative_uris=False,
                sanitize_html=False,
            )
    except Rejection:
        raise
    except Exception as error:  # noqa: BLE001  # what a library makes of broken input must not end the run
        msg = f"the feed cannot be parsed: {type(error).__name__}: {error!s:.200}"
        raise Rejection(msg, "get the feed again; it may be cut short") from None
    if not feed.entries:
        raise Rejection("the feed holds no entry", "delete it, or fetch it again later")
    outlet = feed.feed.get("title")
    language = usable_language(feed.feed.get("language"))
    for number, entry in enumerate(feed.entries, start=1):
        item = f"entry {number}"
        fields = _fields(entry, outlet, language)
        try:
            yield _report(fields, admission, f"{file.origin}, {item}")
        except Rejection as rejection:
            if rejection.what == UNDATED:
                rejection.repair = (
                    "give the entry a <pubDate> (RSS) or a <published> (Atom), or its text in a file of its own"
                )
            rejection.item, rejection.external_id = item, one_line(fields["id"])
            yield rejection


def _decoded(data: bytes) -> str:
    """Return the text of a feed, in the encoding that it names if that is right, else in the one that it is in."""
    named = _ENCODING.search(data[:1000])
    text = decode_as(data, named[1].decode("ascii")) if named else None
    return decode(data) if text is None else text


def _refuse_harm(text: str) -> None:
    """Refuse a feed that would expand entities, nests too deep, or is too large for the parser of broken feeds.

    Raises
    ------
    Rejection
        As said.
    """
    depth = 0

    def opened(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            msg = f"the feed nests more than {_DEEPEST} elements"
            raise Rejection(msg, "take the nested ones out of it")

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def declared(*_: Any) -> NoReturn:
        raise _bomb()

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.EntityDeclHandler = declared
    parser.ExternalEntityRefHandler = declared
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        if re.search(r"<!ENTITY|<!DOCTYPE[^>]{0,1000}\[", text, re.IGNORECASE):
            raise _bomb() from None
        if len(text) > _LARGEST_BROKEN:
            msg = f"broken XML: {expat.ErrorString(error.code)}"
            raise Rejection(msg, "get the feed again; it may be cut short", line=error.lineno) from None


def _bomb() -> Rejection:
    what = "the feed declares entities of its own, which feeds do not need and attacks use"
    return Rejection(what, "take the <!DOCTYPE ...> out of it")


def _fields(entry: Any, outlet: str | None, language: str | None) -> dict[str, object]:
    """Return our fields of an entry, as the feed has them."""
    origin = entry.get("source")
    return {
        "text": _text(entry),
        # Past the library's own getter, which answers with "published" where there is no "updated".
        "published": entry.get("published") or dict.get(entry, "updated"),
        "title": _plain(entry.get("title_detail")),
        "source": (origin.get("title") if isinstance(origin, dict) else None) or outlet,
        "url": entry.get("link"),
        "id": entry.get("id"),
        "language": usable_language(entry.get("language")) or language,
    }


def _text(entry: Any) -> str:
    """Return the longest text that an entry holds: its content, or its summary where that is all."""
    contents = [_plain(part) for part in entry.get("content") or ()]
    return max([*contents, _plain(entry.get("summary_detail"))], key=len)


def _plain(detail: Any) -> str:
    """Return a value of a feed without markup; a feed often says text of what is HTML."""
    value = detail.get("value") if isinstance(detail, dict) else None
    if not isinstance(value, str):
        return ""
    return text_of_html(value) if re.search(r"<[a-zA-Z/!]|&[#a-zA-Z]", value) else value.strip()


def _report(fields: dict[str, object], admission: Admission, origin: str) -> Report:
    if not fields["text"]:
        what, repair = "the entry has no text", "have the feed give summaries or whole texts"
        link = _link(fields, origin)
        raise Rejection(what, repair if link is None else f"{repair}, or fetch the page it links to", link=link)
    n_bytes = len(str(fields["text"]))
    if n_bytes > admission.limits.max_html_bytes:
        msg = f"the entry is larger than {admission.limits.max_html_bytes:,} bytes"
        raise Rejection(msg, raise_setting("max_html_bytes"))
    return make_report(fields, admission, origin=origin)


def _link(fields: dict[str, object], origin: str) -> ArticleLink | None:
    url = sound_url(fields["url"])
    if url is None:
        return None
    try:
        publication = parse_publication(fields["published"])
    except Rejection:
        publication = None
    return ArticleLink(
        url=url,
        title=one_line(fields["title"]),
        source=one_line(fields["source"]),
        published_on=publication.on if publication else None,
        published_at=publication.at if publication else None,
        language=usable_language(fields["language"]),
        origin=origin,
    )
