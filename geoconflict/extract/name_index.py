"""What extraction asks of a gazetteer: names at a given offset, without resolving them."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from geoconflict.models import NameMatch

__all__ = ["NameIndex"]


class NameIndex(Protocol):
    """Satisfied by ``geoconflict.places.gazetteer.Gazetteer``; rooms never import each other."""

    def match_at(self, text: str, start: int, *, on: dt.date | None = None) -> tuple[NameMatch, ...]:
        """Return the names that begin at offset `start` (code points) of `text`, longest first."""
        ...
