"""The optional extras: what each is for, and the command that installs them where this program lies."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

__all__ = ["LIBRARIES", "how_to_install"]

LIBRARIES: Final[Mapping[str, tuple[tuple[str, ...], str]]] = {
    "feeds": (("feedparser",), "feeds (.rss, .atom, .xml) are read"),
    "html": (("trafilatura", "lxml_html_clean"), "web pages (.html) are read"),
    "pdf": (("pypdf",), "PDF (.pdf) is read"),
    "warc": (("warcio",), "web archives (.warc) are read"),
    "fetch": (("protego",), "`geoconflict fetch` works"),
    "dask": (("dask", "distributed"), "--engine dask works"),
    "analysis": (("h3", "matplotlib"), "hexagons and printed maps are made"),
}
"""Extra -> its modules, and what works with them."""


def how_to_install(*extras: str) -> str:
    """Return the command that installs extras: of the checkout that this program lies in, or of one that is to be had.

    The package is in no index yet, so its name alone cannot be given to pip.
    """
    told = ",".join(extras)
    root = Path(__file__).resolve().parent.parent
    if (root / "pyproject.toml").is_file():
        return f"`{sys.executable} -m pip install '{root}[{told}]'`"
    return (
        f"`{sys.executable} -m pip install '.[{told}]'` in a checkout of geoconflict, which is in no package index yet"
    )
