"""What is known of an article whose text is elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

__all__ = ["ArticleLink"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLink:
    """An article that an input names by its address alone; its text has to be fetched."""

    url: str
    """A web address, http or https."""
    title: str | None = None
    source: str | None = None
    """The outlet, as the input names it."""
    published_on: dt.date | None = None
    """The civil day of publication, where the input gives it and not only the day on which it saw the article."""
    published_at: dt.datetime | None = None
    """The instant of publication in UTC."""
    seen_at: dt.datetime | None = None
    """When whoever made the input saw the article, in UTC: never before it was published."""
    language: str | None = None
    """The code of its language, where the input gives one."""
    origin: str | None = None
    """The file, and the line or item in it."""
