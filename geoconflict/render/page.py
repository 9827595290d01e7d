"""The page around a map: skeleton, inlined scripts and styles, data blocks, and the policy that seals it.

Data never becomes HTML or JavaScript source. Texts in the skeleton are escaped; everything else travels in data blocks
(``<script>`` elements of a type that no browser runs), which the page reads and writes to the screen as text nodes.
The content security policy names the digest of every script of ours and forbids all loading: whatever slipped in
would neither run nor call home.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import html
import json
import os
import re
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import Any, Final

from geoconflict.errors import MapError
from geoconflict.render.payload import clean_text
from geoconflict.render.script_modules import bundle_modules

__all__ = [
    "ENTRY",
    "RIGHT_TO_LEFT",
    "asset",
    "asset_names",
    "country_names",
    "inline_scripts",
    "json_block",
    "languages",
    "leaflet_assets",
    "leaflet_icons",
    "local_copy",
    "map_script",
    "map_styles",
    "page_body",
    "remote_files",
    "render_page",
    "strings_table",
    "style_table",
    "write_page",
]

LEAFLET_SHA256: Final = {
    "leaflet.js": "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a",
    "leaflet.css": "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6",
}
"""Leaflet 1.9.4 as published on npm (BSD 2-Clause), byte for byte."""

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
    head
        Trusted HTML at the end of ``<head>``; scripts in it and in `body` are admitted by their digests.
    picture_origins
        Scheme and host of servers that pictures may be loaded from; trusted.

    Raises
    ------
    MapError
        If a data block holds ``<``, which could end it early.
    """
    for name, text in data.items():
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
            f"<title>{_text(title)}</title>",
            *(f"<style>\n{style}</style>" for style in styles),
            head,
            "</head>",
            "<body>",
            body,
            *(
                f'<script type="application/octet-stream" id="{html.escape(name)}">{text}</script>'
                for name, text in data.items()
            ),
            *(f"<script>{source}</script>" for source in sources),
            "</body>",
            "</html>",
            "",
        ]
    )


def page_body(title: str, strings: Mapping[str, str], map_html: str) -> str:
    """Return the landmarks of the page around the map's trusted HTML; ``assets/main.js`` fills them.

    `title` and `strings` are any text; they are escaped.
    """

    def text(key: str) -> str:
        return html.escape(strings[key], quote=True)

    return f"""<div class="gc-app" id="gc-app">
<header class="gc-side" id="gc-side">
<div class="gc-head"><h1 class="gc-title" dir="auto">{_text(title)}</h1></div>
<div class="gc-side-body" id="gc-side-body"></div>
</header>
<main class="gc-main" id="gc-main">
<p class="gc-message" id="gc-message" role="status">{text("loading")}</p>
<noscript><p class="gc-message">{text("noscript")}</p></noscript>
<div class="gc-main-head" id="gc-main-head"></div>
<div class="gc-view" id="gc-view-map">
{map_html}
</div>
<aside class="gc-card" id="gc-card" aria-label="{text("card.label")}" hidden></aside>
</main>
<section class="gc-timeline" id="gc-timeline" aria-label="{text("timeline.label")}"></section>
</div>"""


def _text(text: str) -> str:
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
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            file.write(page.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        temporary = Path(file.name)
        temporary.chmod(0o644)
        temporary.replace(target)
    except ValueError as error:  # a NUL in the path
        msg = f"{str(target)!r}: cannot write the map: {error}; use a path without NUL"
        raise MapError(msg) from error
    except OSError as error:
        msg = f"{target}: cannot write the map: {error.strerror}; check that the folder exists and may be written to"
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
def leaflet_assets() -> tuple[str, str]:
    """Return Leaflet's script and style sheet, ready to be inlined.

    Source: the data wheel ``django-js-lib-leaflet`` (Leaflet 1.9.4, BSD 2-Clause); its licence header is kept.

    Raises
    ------
    MapError
        If the wheel is missing or its files are not the ones we know.
    """
    script, style = (_leaflet_file(name).decode("utf-8") for name in ("leaflet.js", "leaflet.css"))
    script = script.rsplit("\n//# sourceMappingURL=", 1)[0] + "\n"
    # Pictures would be requests; the controls that need one draw their own.
    style = re.sub(r"\n[^\n]*url\((?!data:)[^\n]*", "", style)
    return script, style


def leaflet_icons() -> dict[str, str]:
    """Return the pictures of Leaflet's default pin as data addresses, by the names of Leaflet's options."""
    names = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png", "shadowUrl": "marker-shadow.png"}
    return {
        option: "data:image/png;base64," + base64.b64encode(_leaflet_file(f"images/{name}")).decode("ascii")
        for option, name in names.items()
    }


def _leaflet_file(name: str) -> bytes:
    try:
        data = (resources.files("js_lib_leaflet") / "static" / "js_lib_leaflet" / name).read_bytes()
    except (ModuleNotFoundError, FileNotFoundError):
        msg = f"Leaflet's {name} is missing; install it: pip install django-js-lib-leaflet==1.9.4.1"
        raise MapError(msg) from None
    if name in LEAFLET_SHA256 and hashlib.sha256(data).hexdigest() != LEAFLET_SHA256[name]:
        msg = f"Leaflet's {name} is not that of Leaflet 1.9.4; reinstall: pip install django-js-lib-leaflet==1.9.4.1"
        raise MapError(msg)
    return data


def local_copy(path: str | os.PathLike[str]) -> tuple[str, str]:
    """Return the suffix and the text of a script or style sheet of the user's, fit to be inlined.

    Raises
    ------
    MapError
        If it cannot be read, is neither, or a style sheet would load something.
    """
    file = Path(path)
    suffix = file.suffix.lower()
    if suffix not in {".js", ".css"}:
        msg = f"{file}: neither a script (.js) nor a style sheet (.css)"
        raise MapError(msg)
    try:
        text = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{file}: cannot be read as text: {error}"
        raise MapError(msg) from error
    text = re.sub(r"\n//# sourceMappingURL=[^\n]*", "", text)
    loads = re.search(r"url\(\s*[\"']?(?!data:|#)([^)\"'\s]+)|@import[^;]*", text) if suffix == ".css" else None
    if loads:
        msg = f"{file}: would load {loads[1] or loads[0]}; put pictures into it as data: addresses"
        raise MapError(msg)
    return suffix, text if suffix == ".js" else text.replace("</", "<\\/")


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


def country_names(codes: Collection[str]) -> dict[str, str]:
    """Return the English names of the countries among `codes` (ISO 3166-1 alpha-3), from Natural Earth's labels."""
    text = (resources.files("geoconflict.resources") / "basemap" / "labels.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["country"]: row["name"] for row in rows if row["kind"] == "country" and row["country"] in codes}


def style_table(types: Iterable[str] = ()) -> dict[str, Any]:
    """Return the colours and shapes of event types and the palette of both themes, as ``assets/style.json`` holds them.

    Any of `types` that is not there gets one of the colours with another shape than goes with it, by a rule that depends
    on the set of types alone: each in turn, by its name, takes of the colours that are used least the first from where the
    digest of its name points. Up to seven types differ in colour. Beyond 42 of others all look alike.
    """
    table: dict[str, Any] = json.loads(asset("style.json"))
    names, known = list(table["types"]), list(table["types"].values())
    wanted = set(types)
    uses = [int(name in wanted) for name in names]
    free = {(ring, at) for ring in range(1, len(known)) for at in range(len(known))}
    for name in sorted(wanted - set(names))[: len(free)]:
        start = hashlib.sha256(clean_text(name).encode()).digest()[0]
        ring, at = min(free, key=lambda pair: (uses[pair[1]], pair[0], (pair[1] - start) % len(known)))
        free.remove((ring, at))
        uses[at] += 1
        table["types"][name] = known[at] | {"shape": known[(at + ring) % len(known)]["shape"]}
    return table


def asset_names() -> list[str]:
    """Return the names of the files of which pages are made, sorted."""
    return sorted(item.name for item in (resources.files(__package__) / "assets").iterdir())


def asset(name: str) -> str:
    """Return the text of one of them."""
    return (resources.files(__package__) / "assets" / name).read_text("utf-8")
