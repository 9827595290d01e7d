"""GDELT's lists of articles: addresses, titles and times without any text, so that no row of them is a report.

Each row becomes a failure that says so and carries the link, which :func:`geoconflict.reports.read_links` gives out.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from typing import Any

from geoconflict.reports._encoding import decode
from geoconflict.reports._files import InputFile
from geoconflict.reports._lines import LineReader
from geoconflict.reports._links import ArticleLink
from geoconflict.reports._record import Admission, one_line, sound_url, usable_language
from geoconflict.reports._rejection import Rejection, raise_setting

__all__ = ["read_article_list", "read_gkg_table"]

# The Global Knowledge Graph 2.1 codebook: 27 columns between tabs, no header.
_N_COLUMNS = 27
_RECORD, _SEEN, _OUTLET, _ADDRESS, _TRANSLATION, _EXTRAS = 0, 1, 3, 4, 25, 26
_PUBLISHED = re.compile(r"<PAGE_PRECISEPUBTIMESTAMP>([0-9]{14})</PAGE_PRECISEPUBTIMESTAMP>")
_SOURCE_LANGUAGE = re.compile(r"\bsrclc:([a-z]{2,3})\b")
_NO_TEXT = "no text: the list gives the address of the article alone"
_FETCH = "fetch the page that it names, and read that"


def read_gkg_table(file: InputFile, admission: Admission) -> Iterator[Rejection]:
    """Yield, for each row of a table of the Global Knowledge Graph, that it has no text, with the link to the article."""
    n_rows = 0
    with file.open() as stream:
        for line in LineReader(file, stream, admission.max_bytes):
            if line.fault is not None and not line.text:
                line.fault.line = line.number
                n_rows += 1
                yield line.fault
            elif line.text.strip():
                rejection = _of_row(line.text.rstrip("\r\n").split("\t"), f"{file.origin}:{line.number}")
                rejection.line = line.number
                n_rows += 1
                yield rejection
    if not n_rows:
        raise Rejection("the table has no row", "get the file again, or leave it out")


def read_article_list(file: InputFile, admission: Admission) -> Iterator[Rejection]:
    """Yield, for each article of the JSON that GDELT's search returns, that it has no text, with the link to it."""
    data = file.read(admission.limits.max_document_bytes, repair=raise_setting("max_document_bytes"))
    try:
        # Titles hold raw control characters now and then.
        found = json.loads(decode(data), strict=False)
    except (ValueError, RecursionError) as error:
        msg = f"not JSON: {error}"
        raise Rejection(msg, "get the list again; it may be cut short") from None
    articles = found.get("articles") if isinstance(found, dict) else None
    if not isinstance(articles, list) or not articles:
        raise Rejection("the list holds no article", "leave it out, or ask for other words or days")
    for number, article in enumerate(articles, start=1):
        item = f"item {number}"
        rejection = _of_article(article, f"{file.origin}, {item}")
        rejection.item = item
        yield rejection


def _of_row(cells: list[str], origin: str) -> Rejection:
    if len(cells) != _N_COLUMNS:
        what = f"the row has {len(cells)} cells, not the {_N_COLUMNS} of the Global Knowledge Graph"
        return Rejection(what, "get the file again; it may be cut short")
    url = sound_url(cells[_ADDRESS])
    if url is None:
        return Rejection("no text, and no web address to find it at", "leave the row out")
    title = cells[_EXTRAS].partition("<PAGE_TITLE>")[2].partition("</PAGE_TITLE>")[0]
    published = _PUBLISHED.search(cells[_EXTRAS])
    language = _SOURCE_LANGUAGE.search(cells[_TRANSLATION])
    published_at = _instant(published[1]) if published else None
    link = ArticleLink(
        url=url,
        title=one_line(html.unescape(title)),
        source=one_line(cells[_OUTLET]),
        published_on=published_at.date() if published_at else None,
        published_at=published_at,
        seen_at=_instant(cells[_SEEN]),
        # A row without a note on translation is of an English article.
        language=language[1] if language else "en",
        origin=origin,
    )
    return _without_text(link, cells[_RECORD])


def _of_article(article: Any, origin: str) -> Rejection:
    if not isinstance(article, dict) or (url := sound_url(article.get("url"))) is None:
        return Rejection("no text, and no web address to find it at", "leave the item out")
    seen = article.get("seendate")
    link = ArticleLink(
        url=url,
        title=one_line(article.get("title")),
        source=one_line(article.get("domain")),
        seen_at=_instant(re.sub("[TZ]", "", seen)) if isinstance(seen, str) else None,
        language=usable_language(article.get("language")) if one_line(article.get("language")) else None,
        origin=origin,
    )
    return _without_text(link, None)


def _without_text(link: ArticleLink, external_id: str | None) -> Rejection:
    rejection = Rejection(f"{_NO_TEXT}, {link.url}", _FETCH, link=link)
    rejection.external_id = external_id
    return rejection


def _instant(digits: str) -> dt.datetime | None:
    """Return the instant in UTC of a date and time in 14 digits; None if there is no such instant."""
    try:
        return dt.datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
