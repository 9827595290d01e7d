"""Text in the cells of a CSV, so that no spreadsheet takes it for a formula and no terminal for a command; and the text back.

Reports are written by others, and a spreadsheet runs a cell that begins with ``=``, ``+``, ``-`` or ``@``. An apostrophe before
it makes it plain text in all of them. ``download.js`` of the map's page has the same rule. A terminal obeys control
characters, which no sentence needs: they stand in a cell as their escapes, as JSON writes them, for a cell may hold JSON.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["escaped", "guarded", "plain", "safe_cell"]

_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20"
"""What begins a formula, full-width signs too."""
_HEAD = re.compile(rf"(?='*[{_SIGNS}\t\r\n])")
_WITHIN = re.compile(rf'([;\t\r\n][ "]*)(?=\'*[{_SIGNS}])')
"""Behind what parts cells in other locales."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""All but tabs and line breaks."""
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_GUARDED_HEAD = re.compile(rf"'(?='*[{_SIGNS}\t\r\n])")
_GUARDED_WITHIN = re.compile(rf'([;\t\r\n][ "]*)\'(?=\'*[{_SIGNS}])')


def escaped(cell: Any) -> Any:
    r"""Return a cell with control characters as their escapes, ``\u001b``; tabs and line breaks stay, and what is no text."""
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", cell) if isinstance(cell, str) else cell


def guarded(cell: Any) -> Any:
    """Return a cell that no spreadsheet runs: an apostrophe before each place at which text would begin a formula.

    What is no text stays as it is: a negative number is no formula.
    """
    if not isinstance(cell, str):
        return cell
    within = _WITHIN.sub(r"\1'", cell)
    return f"'{within}" if _HEAD.match(within) else within


def safe_cell(cell: str) -> str:
    """Return a cell of a table of text :func:`escaped` and :func:`guarded`, but a number as it is: text that is one is no formula."""
    return cell if _NUMBER.fullmatch(cell) else str(guarded(escaped(cell)))


def plain(cell: Any) -> Any:
    """Return what :func:`guarded` was given: each of its apostrophes taken away."""
    if not isinstance(cell, str):
        return cell
    return _GUARDED_WITHIN.sub(r"\1", _GUARDED_HEAD.sub("", cell, count=1) if _GUARDED_HEAD.match(cell) else cell)
