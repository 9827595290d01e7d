"""Rewrite one block of figures in a document, between the comments that mark it."""

from __future__ import annotations

import sys
from pathlib import Path

__all__ = ["write_figures"]


def write_figures(document: Path, name: str, text: str) -> None:
    """Put `text` between ``<!-- NAME: begin -->`` and ``<!-- NAME: end -->``.

    Raises
    ------
    SystemExit
        If the document has no such block.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, found, rest = document.read_text(encoding="utf-8").partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        sys.exit(f"{document} has no block {begin} ... {end}")
    document.write_text(f"{before}{begin}\n{text}{end}{after}", encoding="utf-8")
