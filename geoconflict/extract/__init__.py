"""Report to mentions, dates and event mentions: pure functions of the text and its publication date.

The way in is :class:`~geoconflict.extract.reader.Reader`, loaded when first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoconflict.extract.reader import Reader

__all__ = ["Reader"]


def __getattr__(name: str) -> Any:
    if name == "Reader":
        from geoconflict.extract.reader import Reader

        return Reader
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
