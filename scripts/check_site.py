"""Look over the built documentation: nothing is asked of another host, and every link within it leads somewhere.

MkDocs checks the links of the pages; this checks what came out, copies of files and generated references too.
"""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class _Page(HTMLParser):
    """What a page links to, what it loads, and its anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        given = {name: value for name, value in attrs if value}
        self.anchors |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link" and "href" in given and given.get("rel") not in ("canonical", "prev", "next"):
            self.loaded.append(given["href"])
        elif "src" in given:
            self.loaded.append(given["src"])


def faults(site: Path) -> list[str]:
    """Name what the pages of the site load from elsewhere, and their links that lead nowhere."""
    pages: dict[Path, _Page] = {}
    for path in sorted(site.rglob("*.html")):
        if "files" not in path.relative_to(site).parts[:1]:
            pages[path] = page = _Page()
            page.feed(path.read_text(encoding="utf-8"))
    found = []
    for path, page in pages.items():
        where = path.relative_to(site)
        found += [f"{where} loads {one}" for one in page.loaded if urlsplit(one).netloc]
        for link in {*page.links, *page.loaded}:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or where.name == "404.html":
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                found.append(f"{where} links to {link}, which is not there")
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
                found.append(f"{where} links to {link}, which has no such place")
    for style in site.rglob("*.css"):
        found += [f"{style.relative_to(site)} loads {one}" for one in _loaded_by(style.read_text(encoding="utf-8"))]
    return found


def _loaded_by(style: str) -> list[str]:
    parts = [part.split(")")[0].strip("'\"") for part in style.split("url(")[1:]]
    return [part for part in parts if part.startswith(("http:", "https:", "//"))]


def main() -> None:
    """Name the faults of the site that is given, and exit 1 where there are any."""
    site = Path(sys.argv[1])
    found = faults(site)
    for fault in found:
        print(fault)
    if found or not (site / "index.html").is_file():
        sys.exit(f"{site}: {len(found)} faults")
    print(f"{site}/index.html: {len(list(site.rglob('*.html')))} pages, no dead link, nothing from another host")


if __name__ == "__main__":
    main()
