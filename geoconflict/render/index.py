"""The page that lists the maps of a build."""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from geoconflict.atomic import replacing

__all__ = ["index_page", "write_index"]

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Maps</title>
<style>
:root {{ color-scheme: light dark; --ink: #1d2733; --soft: #55606e; --paper: #f6f5f2; --card: #ffffff; --edge: #dcd9d2; --link: #14507a; }}
@media (prefers-color-scheme: dark) {{ :root {{ --ink: #e8e6e1; --soft: #a8b0ba; --paper: #14181d; --card: #1c2229; --edge: #323a44; --link: #8cc4ee; }} }}
body {{ margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }}
main {{ max-width: 44rem; margin: 0 auto; padding: 3rem 1.25rem; }}
h1 {{ font-size: 1.5rem; margin: 0 0 1.5rem; }}
ul {{ list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }}
li {{ background: var(--card); border: 1px solid var(--edge); border-radius: 10px; padding: 1rem 1.25rem; }}
a {{ color: var(--link); font-weight: 600; font-size: 1.1rem; }}
p {{ margin: .35rem 0 0; color: var(--soft); }}
</style>
</head>
<body>
<main>
<h1>Maps</h1>
<ul>
{items}
</ul>
<p>Each map is one file that works without a network. Made with geoconflict.</p>
</main>
</body>
</html>
"""


def index_page(maps: Sequence[tuple[str, str, str]]) -> str:
    """Return the HTML of a page that lists `maps`, each as (title, description, file name beside the page)."""
    items = "\n".join(
        f'<li><a href="{html.escape(quote(name))}">{html.escape(title)}</a><p>{html.escape(description)}</p></li>'
        for title, description, name in maps
    )
    return _PAGE.format(items=items)


def write_index(path: Path, maps: Sequence[tuple[str, str, str]]) -> None:
    """Write :func:`index_page` to `path`, whole or not at all; a page that says the same already is left alone."""
    page = index_page(maps)
    if path.is_file() and path.read_bytes() == page.encode():
        return
    with replacing(path) as temporary:
        temporary.write_text(page, encoding="utf-8", newline="\n")
