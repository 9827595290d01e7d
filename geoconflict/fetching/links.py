"""The links of feeds and of article lists: which pages they lead to, and what they say of them."""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from geoconflict.errors import MissingDependencyError
from geoconflict.extras import how_to_install
from geoconflict.fetching.refusals import RefusedError

__all__ = ["MAX_FEED_BYTES", "Link", "links_of_feed", "links_of_list"]

MAX_FEED_BYTES = 2_000_000
"""A larger feed is not read for its links: feedparser takes seconds for a megabyte made to hurt it."""
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_DIGITS = re.compile(r"\d{8}T?\d{6}Z?|\d{8}")
_TEXT_LENGTH = 300
# The columns of GDELT's own tables, which have no header: their number -> (time, address).
_GDELT_TABLES = {58: (56, 57), 61: (59, 60), 16: (2, 5), 27: (1, 4)}


@dataclass(frozen=True, slots=True)
class Link:
    """A page that a feed or list leads to."""

    url: str
    title: str = ""
    published: str = ""
    """When it was published or seen, ISO 8601; empty when that is not said."""


def links_of_feed(data: bytes, content_type: str) -> list[Link]:
    """Return the pages that the entries of an RSS or Atom feed link to, in its order, each once.

    Parameters
    ----------
    data
        The feed as it was fetched; nothing is asked of the network here.
    content_type
        What the server said of it.

    Raises
    ------
    RefusedError
        If it is no feed, declares entities, or is too large.
    MissingDependencyError
        If feedparser is not installed.
    """
    try:
        import feedparser
    except ImportError as error:
        msg = f"links of feeds are read with feedparser, which is not installed; run {how_to_install('feeds')}"
        raise MissingDependencyError(msg) from error
    if len(data) > MAX_FEED_BYTES:
        what = f"a feed of more than {MAX_FEED_BYTES:,} bytes"
        raise RefusedError(what)
    if _ENTITY.search(data.replace(b"\0", b"")):
        raise RefusedError("a feed that declares XML entities, which are never expanded")
    try:
        # A stream, never a string: feedparser would fetch a string that looks like an address.
        parsed = feedparser.parse(
            io.BytesIO(data),
            response_headers={"content-type": content_type},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # whatever its parsers stumble over is a fault of the feed
        what = f"a feed that cannot be read ({type(error).__name__})"
        raise RefusedError(what) from error
    if not parsed.get("version") and not parsed.entries:
        raise RefusedError("no RSS or Atom feed", 'set kind = "page" or kind = "list" if it is none')
    return _each_once(
        Link(entry.get("link") or "", _text(entry.get("title")), _feed_time(entry)) for entry in parsed.entries
    )


def links_of_list(data: bytes) -> list[Link]:
    """Return the pages that a list names, in its order, each once.

    A list is GDELT's article list as JSON (``articles``) or CSV (a column ``URL``), a table of GDELT's events, mentions or
    knowledge graph, or one address a line; lines that begin with ``#`` are left out.

    Raises
    ------
    RefusedError
        If it is none of these.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"a list that is not UTF-8 at byte {error.start}"
        raise RefusedError(what, "save it as UTF-8") from None
    if text.lstrip()[:1] in {"{", "["}:
        return _each_once(_of_json(text))
    first = text.lstrip("\r\n").partition("\n")[0]
    n_columns = first.count("\t") + 1
    if n_columns in _GDELT_TABLES:
        at, url = _GDELT_TABLES[n_columns]
        rows = (line.split("\t") for line in text.splitlines())
        return _each_once(Link(row[url], "", _list_time(row[at])) for row in rows if len(row) == n_columns)
    delimiter = "\t" if "\t" in first else ","
    header = [name.strip().strip('"').casefold() for name in first.split(delimiter)]
    if "url" in header:
        return _each_once(_of_table(text, delimiter))
    lines = (line.strip() for line in text.splitlines())
    return _each_once(Link(line) for line in lines if not line.startswith("#"))


def _of_json(text: str) -> Iterator[Link]:
    try:
        found: Any = json.loads(text, strict=False)  # titles hold raw control characters now and then
    except (ValueError, RecursionError) as error:
        what = f"a list that is not JSON: {str(error)[:100]}"
        raise RefusedError(what) from None
    rows = found.get("articles") if isinstance(found, dict) else found
    if not isinstance(rows, list):
        raise RefusedError("JSON without a list of articles", 'GDELT\'s article list has "articles"')
    for row in rows:
        if isinstance(row, str):
            yield Link(row)
        elif isinstance(row, dict) and isinstance(row.get("url"), str):
            yield Link(row["url"], _text(row.get("title")), _list_time(row.get("seendate") or row.get("date")))


def _of_table(text: str, delimiter: str) -> Iterator[Link]:
    try:
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter):
            named = {(name or "").strip().casefold(): value for name, value in row.items() if isinstance(value, str)}
            yield Link(named.get("url", ""), _text(named.get("title")), _list_time(named.get("date")))
    except csv.Error as error:
        what = f"a list that is no CSV: {error}"
        raise RefusedError(what) from None


def _each_once(links: Iterable[Link]) -> list[Link]:
    kept: dict[str, Link] = {}
    for link in links:
        if url := link.url.strip():
            kept.setdefault(url, link)
    return list(kept.values())


def _text(value: object) -> str:
    return " ".join(value.split())[:_TEXT_LENGTH] if isinstance(value, str) else ""


def _feed_time(entry: Any) -> str:
    """Return when an entry was published, by feedparser's reading of it, which is in UTC."""
    parts = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return (
            dt.datetime.fromtimestamp(calendar.timegm(parts), dt.UTC).isoformat().replace("+00:00", "Z")
            if parts
            else ""
        )
    except (TypeError, ValueError, OverflowError, OSError):
        return ""


def _list_time(value: object) -> str:
    """Return a time as GDELT writes it, ``20201004T120000Z`` or ``20201004120000``, in ISO 8601."""
    text = str(value or "").strip()
    if not _DIGITS.fullmatch(text):
        try:
            return dt.datetime.fromisoformat(text).isoformat().replace("+00:00", "Z")
        except ValueError:
            return ""
    digits = re.sub(r"\D", "", text)
    try:
        if len(digits) == 8:
            return dt.datetime.strptime(digits, "%Y%m%d").replace(tzinfo=dt.UTC).date().isoformat()
        at = dt.datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return ""
    return at.isoformat().replace("+00:00", "Z")
