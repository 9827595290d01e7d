"""Text in the cells of a CSV, so that no spreadsheet takes it for a formula; and the text back from such cells.

Reports are written by others, and a spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@``. An apostrophe before
it makes it plain text in all of them. ``download.js`` of the map's page has the same rule.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["guarded", "plain", "safe_cell"]

_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"
"""What begins a formula, full-width signs too."""
_HEAD = re.compile(rf"(?='*[{_SIGNS}\t\r\n])")
_WITHIN = re.compile(rf'([;\t\r\n][ "]*)(?=\'*[{_SIGNS}])')
"""Behind what parts cells in other locales."""
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_GUARDED_HEAD = re.compile(rf"'(?='*[{_SIGNS}\t\r\n])")
_GUARDED_WITHIN = re.compile(rf'([;\t\r\n][ "]*)\'(?=\'*[{_SIGNS}])')


def guarded(cell: Any) -> Any:
    """Return a cell that no spreadsheet runs: an apostrophe before each place at which text would begin a formula.

    What is no text stays as it is: a negative number is no formula.
    """
    if not isinstance(cell, str):
        return cell
    within = _WITHIN.sub(r"\1'", cell)
    return f"'{within}" if _HEAD.match(within) else within


def safe_cell(cell: str) -> str:
    """Return a cell of a table of text as :func:`guarded` does, but a number as it is: text that is one is no formula."""
    return cell if _NUMBER.fullmatch(cell) else str(guarded(cell))


def plain(cell: Any) -> Any:
    """Return what :func:`guarded` was given: each of its apostrophes taken away."""
    if not isinstance(cell, str):
        return cell
    return _GUARDED_WITHIN.sub(r"\1", _GUARDED_HEAD.sub("", cell, count=1) if _GUARDED_HEAD.match(cell) else cell)
