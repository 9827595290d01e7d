"""The day on which a web page says that it was published: only where the page states it, never guessed from its words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from geoconflict.reports._publication import Publication, parse_publication
from geoconflict.reports._rejection import Rejection

__all__ = ["json_ld", "stated_date"]

_META_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date.published",
    "publishdate", "publish-date", "publish_date", "published_time", "pubdate", "publication_date", "publicationdate",
    "parsely-pub-date", "sailthru.date", "article.published", "dc.date.issued", "dcterms.issued", "dcterms.date",
    "dc.date", "citation_publication_date", "date",
)  # fmt: skip
"""Names of meta elements that hold the day of publication, the surest first."""
_SURE = ("article:published_time", "og:article:published_time", "og:published_time", "datepublished")
"""Those that say nothing else: they must agree."""
_ARTICLES = ("article", "posting", "report")
_MOST_BLOCKS = 20
_LARGEST_BLOCK = 500_000
_MOST_NODES = 10_000


def stated_date(tree: Any) -> str | None:
    """Return the date of publication that a page states, as it stands there.

    Asked are its meta elements, then JSON-LD, then ``time`` elements: the one marked as the day of publication, else
    the one that the article alone has. A year of copyright, a day in the running text and the day of the last change
    are none.

    Parameters
    ----------
    tree
        The page, as lxml.html parses it.

    Raises
    ------
    Rejection
        If it states several days equally.
    """
    in_meta, sure = _of_meta(tree)
    if in_meta is None:
        return _of_json_ld(tree) or _of_time(tree)
    # Several articles in JSON-LD may be others that the page leads to; one is its own.
    written = _json_ld_dates(tree) if sure else []
    own = written if len({_day_key(one) for one in written}) == 1 else []
    _one([*sure, *own], "its meta elements and JSON-LD" if own else "its meta elements")
    return in_meta


def json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects that describe an article in the JSON-LD of a page, in their order."""
    for number, block in enumerate(tree.iterfind(".//script[@type='application/ld+json']")):
        text = block.text or ""
        if number >= _MOST_BLOCKS or len(text) > _LARGEST_BLOCK:
            return
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (node for node in _nodes(data) if _is_article(node))


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects on the top and in the graph of a JSON-LD block; not those that an article mentions."""
    waiting = [data]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting[:0] = one[:_MOST_NODES]
        elif isinstance(one, dict):
            yield one
            waiting.extend(one[key] for key in ("@graph", "mainEntity") if key in one)


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    names = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(name, str) and name.rsplit("/", 1)[-1].casefold().endswith(_ARTICLES) for name in names)


def _of_meta(tree: Any) -> tuple[str | None, list[str]]:
    """Return the date of the surest meta element, and all dates that such elements state as that of publication."""
    stated: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if content and _is_day(content):
            stated.setdefault(name.strip().casefold(), []).append(content)
    chosen = next((name for name in _META_NAMES if name in stated), None)
    if chosen is None:
        return None, []
    names = {chosen, *_SURE} if chosen in _SURE else {chosen}
    return stated[chosen][0], [one for name in sorted(names) for one in stated.get(name, [])]


def _json_ld_dates(tree: Any) -> list[str]:
    written = [node["datePublished"] for node in json_ld(tree) if isinstance(node.get("datePublished"), str)]
    return [one for one in written if _is_day(one)]


def _of_json_ld(tree: Any) -> str | None:
    return _one(_json_ld_dates(tree), "JSON-LD")


def _of_time(tree: Any) -> str | None:
    marked, within = [], []
    for element in tree.iter("time"):
        value = (element.get("datetime") or element.text or "").strip()
        if not _is_day(value):
            continue
        hints = f"{element.get('itemprop') or ''} {element.get('class') or ''}".casefold()
        if "datemodified" in hints or "updated" in hints or "modified" in hints:
            continue
        if "datepublished" in hints or element.get("pubdate") is not None:
            marked.append(value)
        elif any(True for _ in element.iterancestors("article", "main")):
            within.append(value)
    return _one(marked, "its time elements") or _one(within, "its time elements")


def _one(written: list[str], where: str) -> str | None:
    """Return the date, if all that are written name one day; the fullest of them."""
    keys = {_day_key(one): publication.on for one in written if (publication := _publication(one)) is not None}
    days = set(keys.values())
    if len(days) > 1 and len(keys) > 1:
        first, last = min(days), max(days)
        msg = f"the page gives several days of publication in {where}, from {first} to {last}"
        raise Rejection(msg, "rename the file to begin with the right one (YYYY-MM-DD)")
    return max(written, key=len) if days else None


def _day_key(written: str) -> object:
    """Return what two ways to write one day of publication share: the instant, written in two zones, else the day."""
    publication = _publication(written)
    return (publication.at or publication.on) if publication is not None else None


def _is_day(written: str) -> bool:
    return _publication(written) is not None


def _publication(written: str) -> Publication | None:
    try:
        return parse_publication(written)
    except Rejection:
        return None
