"""The page around a map: skeleton, inlined scripts and styles, data blocks, and the policy that seals it.

Data never becomes HTML or JavaScript source. Texts in the skeleton are escaped; everything else travels in data blocks
(``<script>`` elements of a type that no browser runs), which the page reads and writes to the screen as text nodes.
The content security policy names the digest of every script of ours and forbids all loading: whatever slipped in
would neither run nor call home.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
import os
import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from geoconflict.atomic import replacing
from geoconflict.errors import InputError, MapError
from geoconflict.os_faults import told
from geoconflict.render.script_modules import bundle_modules
from geoconflict.visible import clean_text, visible_title

__all__ = [
    "ENTRY",
    "RIGHT_TO_LEFT",
    "asset",
    "asset_names",
    "escaped",
    "inline_scripts",
    "json_block",
    "languages",
    "map_script",
    "map_styles",
    "page_body",
    "remote_files",
    "render_page",
    "strings_table",
    "write_page",
]

ENTRY: Final = "main"
"""The module that imports all others; what it exports is the one global name ``geoconflict``."""

STYLES: Final = (
    "tokens.css",
    "layout.css",
    "panel.css",
    "layers.css",
    "timeline.css",
    "card.css",
    "leaflet_ours.css",
    "table.css",
    "share.css",
    "touch.css",
    "print.css",
)

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})


def render_page(
    *,
    title: str,
    language: str,
    body: str,
    styles: Sequence[str],
    scripts: Sequence[str],
    data: Mapping[str, str],
    late_data: Mapping[str, str] = MappingProxyType({}),
    head: str = "",
    picture_origins: Sequence[str] = (),
) -> str:
    """Return a whole HTML page.

    Parameters
    ----------
    title
        Any text; it is escaped.
    language
        BCP 47 tag; sets the direction of writing too.
    body
        Trusted HTML inside ``<body>``.
    styles, scripts
        Sources of style sheets and scripts, in order; trusted.
    data
        Element id to text of a data block. The text may hold anything but ``<``: JSON from :func:`json_block`, base64.
    late_data
        Further data blocks, behind the scripts: these run before a browser has read what it does not draw.
    head
        Trusted HTML at the end of ``<head>``; scripts in it and in `body` are admitted by their digests.
    picture_origins
        Scheme and host of servers that pictures may be loaded from; trusted.

    Raises
    ------
    MapError
        If a data block holds ``<``, which could end it early.
    """
    for name, text in [*data.items(), *late_data.items()]:
        if "<" in text:
            msg = f"the data block {name!r} holds '<', which could end it early; encode it"
            raise MapError(msg)
    head, body = clean_text(head), clean_text(body)
    sources = [_safe_script(clean_text(script)) for script in scripts]
    digests = [_digest(source) for source in [*inline_scripts(head), *inline_scripts(body), *sources]]
    policy = "; ".join(
        [
            "default-src 'none'",
            "script-src " + (" ".join(f"'sha256-{digest}'" for digest in dict.fromkeys(digests)) or "'none'"),
            "style-src 'unsafe-inline'",
            " ".join(["img-src data: blob:", *picture_origins]),
            "connect-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    direction = "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{html.escape(language)}" dir="{direction}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{html.escape(policy, quote=True)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="generator" content="geoconflict">',
            f"<title>{escaped(visible_title(title))}</title>",
            *(f"<style>\n{style}</style>" for style in styles),
            head,
            "</head>",
            "<body>",
            body,
            *_data_blocks(data),
            *(f"<script>{source}</script>" for source in sources),
            *_data_blocks(late_data),
            "</body>",
            "</html>",
            "",
        ]
    )


def _data_blocks(data: Mapping[str, str]) -> list[str]:
    return [
        f'<script type="application/octet-stream" id="{html.escape(name)}">{text}</script>'
        for name, text in data.items()
    ]


def page_body(title: str, strings: Mapping[str, str], map_html: str) -> str:
    """Return the landmarks of the page around the map's trusted HTML; ``assets/main.js`` fills them.

    `title` and `strings` are any text; they are escaped.
    """

    def text(key: str) -> str:
        return html.escape(strings[key], quote=True)

    return f"""<div class="gc-app" id="gc-app">
<header class="gc-side" id="gc-side">
<div class="gc-head"><h1 class="gc-title" dir="auto">{escaped(visible_title(title))}</h1></div>
<div class="gc-side-body" id="gc-side-body"></div>
</header>
<main class="gc-main" id="gc-main">
<p class="gc-message" id="gc-message" role="status">{text("loading")}</p>
<noscript><p class="gc-message">{text("noscript")}</p></noscript>
<div class="gc-main-head" id="gc-main-head"></div>
<div class="gc-view" id="gc-view-map">
{map_html}
</div>
<section class="gc-card" id="gc-card" aria-label="{text("card.label")}" hidden></section>
</main>
<section class="gc-timeline" id="gc-timeline" aria-label="{text("timeline.label")}"></section>
</div>"""


def escaped(text: str) -> str:
    """Return `text` as escaped HTML; NUL, which HTML cannot hold, becomes U+FFFD."""
    return html.escape(clean_text(text).replace("\0", "\ufffd"), quote=True)


def json_block(value: Any) -> str:
    """Return JSON of which no character means anything to HTML; halves of surrogate pairs become U+FFFD."""
    text = clean_text(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False))
    return re.sub("[<>&]", lambda found: f"\\u{ord(found[0]):04x}", text)


def write_page(path: str | os.PathLike[str], page: str) -> None:
    """Write `page` as UTF-8 with LF newlines; the file is whole or not there.

    Raises
    ------
    MapError
        If the folder does not exist or cannot be written to.
    """
    target = Path(path)
    try:
        with replacing(target) as temporary:
            temporary.write_text(page, encoding="utf-8", newline="\n")
    except (InputError, OSError) as error:
        msg = f"cannot write the map: {told(error) if isinstance(error, OSError) else error}"
        raise MapError(msg) from error
    except ValueError as error:  # a NUL in the path
        msg = f"{str(target)!r}: cannot write the map: {error}; use a path without NUL"
        raise MapError(msg) from error


# ---------------------------------------------------------------- scripts in HTML
def inline_scripts(markup: str) -> list[str]:
    """Return the sources of the scripts in `markup` that a browser would run, in order."""
    return _scan(markup).scripts


def remote_files(markup: str) -> list[tuple[str, str]]:
    """Return the element name and address of everything in `markup` that a browser would load from the network."""
    return _scan(markup).remote


def _scan(markup: str) -> _Scanner:
    scanner = _Scanner()
    scanner.feed(markup)
    scanner.close()
    return scanner


class _Scanner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: list[str] = []
        self.remote: list[tuple[str, str]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = given.get("href") if tag == "link" else given.get("src")
        if address and not address.startswith(("data:", "blob:", "about:")):
            self.remote.append((tag, address))
        runs = given.get("type") in {None, "", "text/javascript", "module"} and "src" not in given
        if tag == "script" and runs:
            self._inside = True
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data


def _safe_script(source: str) -> str:
    """Return a script that cannot end its element early: in strings and patterns an escaped slash is a slash."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"<(/script|!--)", lambda found: f"<\\{found[1]}", source, flags=re.IGNORECASE)


def _digest(source: str) -> str:
    return base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode("ascii")


# ---------------------------------------------------------------- package data
@functools.cache
def map_script() -> str:
    """Return our modules as one script, in the order they run."""
    return bundle_modules(ENTRY, lambda name: asset(f"{name}.js"), namespace="geoconflict")


def map_styles() -> list[str]:
    """Return the sources of our style sheets, in order."""
    return [asset(name) for name in STYLES]


def languages() -> tuple[str, ...]:
    """Return the languages that the page speaks, as ISO 639-1 codes."""
    return tuple(name[8:-5] for name in asset_names() if name.startswith("strings.") and name.endswith(".json"))


def strings_table(language: str) -> dict[str, str]:
    """Return every string of the page in `language`.

    Raises
    ------
    MapError
        If the page does not speak it; the message lists the languages it speaks.
    """
    if language not in languages():
        msg = f"the map page does not speak {language!r}; it speaks {', '.join(languages())}"
        raise MapError(msg)
    table: dict[str, str] = json.loads(asset(f"strings.{language}.json"))
    return table


def asset_names() -> list[str]:
    """Return the names of the files of which pages are made, sorted."""
    return sorted(item.name for item in (resources.files(__package__) / "assets").iterdir())


def asset(name: str) -> str:
    """Return the text of one of them."""
    return (resources.files(__package__) / "assets" / name).read_text("utf-8")
