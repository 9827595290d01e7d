"""Web pages: the article in an HTML file, without what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from geoconflict.models import Report
from geoconflict.reports._content import XML_DECLARATION
from geoconflict.reports._encoding import decode, decode_as, unicode_encoding
from geoconflict.reports._files import InputFile
from geoconflict.reports._html_date import json_ld, stated_date
from geoconflict.reports._optional import needs
from geoconflict.reports._publication import date_in_name
from geoconflict.reports._record import Admission, make_report, sound_url, usable_language
from geoconflict.reports._rejection import UNDATED, Rejection, raise_setting
from geoconflict.reports._time_limit import time_limit

__all__ = ["read_html_page", "report_of_html"]

_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_HEAD_BYTES = 4096
_MOST_TAGS = 50_000
"""The library takes some ten seconds for a page of four times as many; long articles have a tenth."""


def read_html_page(file: InputFile, admission: Admission) -> Iterator[Report | Rejection]:
    """Yield the report in a web page.

    Its day is what its meta elements, JSON-LD or ``time`` elements state, else a date in the file's name; a day that
    could only be guessed from its words is not taken.
    """
    data = file.read(admission.limits.max_html_bytes, repair=raise_setting("max_html_bytes"))
    yield report_of_html(data, admission, origin=file.origin, file_stem=file.stem)


def report_of_html(
    data: bytes,
    admission: Admission,
    *,
    origin: str,
    file_stem: str | None = None,
    charset: str | None = None,
    given: Mapping[str, object] = {},
) -> Report:
    """Return the report in a web page.

    Parameters
    ----------
    data
        The page.
    admission, origin, file_stem
        As for :func:`~geoconflict.reports._record.make_report`.
    charset
        The encoding that the server named.
    given
        Fields of ours that are known besides; what the page itself states holds before them.

    Raises
    ------
    Rejection
        If it holds no article, or as :func:`~geoconflict.reports._record.make_report`.
    """
    if len(data) > admission.limits.max_html_bytes:
        msg = f"the page is larger than {admission.limits.max_html_bytes:,} bytes"
        raise Rejection(msg, raise_setting("max_html_bytes"))
    with needs("html", "trafilatura", "htmldate", "courlan"):
        import trafilatura
    text = XML_DECLARATION.sub("", _decoded(data, charset))
    if (n_tags := text.count("<")) > _MOST_TAGS:
        msg = f"the page has {n_tags:,} tags, more than an article can have"
        raise Rejection(msg, "give its text in a text file")
    try:
        with time_limit(admission.limits.max_seconds):
            tree = trafilatura.load_html(text)
            written = None if tree is None else _stated_date(tree, file_stem)
            article: Any = None if tree is None else trafilatura.bare_extraction(tree, include_comments=False)
            described = {} if tree is None else _described(trafilatura, tree)
    except Rejection:
        raise
    except Exception as error:  # noqa: BLE001  # what a library makes of broken input must not end the run
        msg = f"the page cannot be parsed: {type(error).__name__}: {error!s:.200}"
        raise Rejection(msg, "give its text in a text file") from None
    paragraphs = (article.text or "").split("\n") if article is not None else []
    body = "\n\n".join(line.strip() for line in paragraphs if line.strip())
    if not body:
        raise Rejection("no article was found in the page", "give its text in a text file, or leave the page out")
    fields = dict(given) | described
    if written is not None:
        fields["published"] = written
    fields["text"] = body
    if "source" not in fields:
        fields["source"] = _host(fields.get("url"))
    try:
        return make_report(fields, admission, origin=origin, file_stem=file_stem)
    except Rejection as rejection:
        if rejection.what == UNDATED:
            rejection.what = "the page states no day of publication"
            rejection.repair = (
                "rename the file to begin with the day (YYYY-MM-DD), or add <meta property='article:published_time'>"
            )
        raise


def _stated_date(tree: Any, file_stem: str | None) -> str | None:
    """Return the date that a page states; where it states several, the file's name decides."""
    try:
        return stated_date(tree)
    except Rejection:
        if file_stem and date_in_name(file_stem) is not None:
            return None
        raise


def _host(url: object) -> str | None:
    """Return the name of the server at an address, which stands for the outlet of a page that does not name it."""
    address = sound_url(url)
    return (urlsplit(address).hostname or "").removeprefix("www.") or None if address else None


def _decoded(data: bytes, charset: str | None) -> str:
    """Return the text of a page, in the encoding that it or the server names if that is right, else as any text."""
    if unicode_encoding(data) is None:
        named = _META_CHARSET.search(data[:_HEAD_BYTES])
        for name in (charset, named and named[1].decode("ascii")):
            if (text := decode_as(data, name)) is not None:
                return text
    return decode(data)


def _described(trafilatura: Any, tree: Any) -> dict[str, object]:
    """Return what a page says of itself: title, address, outlet and language."""
    # The library's own date is left alone: where a page states none it guesses, from a year of copyright if need be.
    about = trafilatura.extract_metadata(tree, date_config={"extensive_search": False, "original_date": True})
    canonical = tree.find(".//link[@rel='canonical']")
    url = sound_url(canonical.get("href")) if canonical is not None else None
    article = next(json_ld(tree), {})
    headline, publisher = article.get("headline"), article.get("publisher")
    outlet = publisher.get("name") if isinstance(publisher, dict) else None
    found = {
        "title": about.title or (headline if isinstance(headline, str) else None),
        "url": url or sound_url(about.url),
        "source": about.sitename or (outlet if isinstance(outlet, str) else None),
        "language": usable_language(tree.get("lang")),
    }
    return {name: value for name, value in found.items() if value}
