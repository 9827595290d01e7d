"""What `make docs` does besides turning pages into HTML.

- Pages link to files of the repository that lie outside docs/; the site gets copies of them, so that it works alone, offline.
- A link whose text is the name of a page, as it reads well in the repository, gets the title of that page.
- docs/api.md is a set of tables in the repository; on the site each name's signature and docstring follow its table.
- Roles in docstrings (:class:`folium.Map`) become links or code.
"""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from typing import Any

import griffe
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

import geoconflict

ROOT = Path(__file__).resolve().parent.parent

PAGES = {
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "CODE_OF_CONDUCT.md": "project/code-of-conduct.md",
    "SECURITY.md": "project/security.md",
    "data/README.md": "project/data.md",
    "data/reports/README.md": "project/sample-reports.md",
    "tests/quality/data/README.md": "project/quality-data.md",
}
"""Pages of the repository outside docs/ -> where the site has them."""

_LINK = re.compile(r"(\]\()(?![a-z]+:|#)([^)\s#]+)((?:#[^)\s]*)?\))", re.IGNORECASE)
_NAMED = re.compile(r"\[`?([\w./-]+\.md)`?\]\(([^)\s#]+\.md)((?:#[^)\s]*)?)\)")
_ROLE = re.compile(r":[a-z:]+:`~?([\w.]+)`")


def _in_repository(page: str) -> str:
    """Give the path within the repository of a page of the site."""
    return next((source for source, shown in PAGES.items() if shown == page), posixpath.join("docs", page))


def _on_site(path: str) -> str | None:
    """Give where the site has a file of the repository, or None where there is no such file."""
    if path in PAGES:
        return PAGES[path]
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    if path == "README.md":
        return "index.md"
    return posixpath.join("files", path) if (ROOT / path).is_file() else None


def _relinked(text: str, page: str) -> str:
    folder, here = posixpath.dirname(_in_repository(page)), posixpath.dirname(page)

    def replaced(match: re.Match[str]) -> str:
        target = _on_site(posixpath.normpath(posixpath.join(folder, match[2])))
        return match[0] if target is None else match[1] + posixpath.relpath(target, here or ".") + match[3]

    parts = re.split(r"(^```.*?^```)", text, flags=re.DOTALL | re.MULTILINE)
    parts[::2] = [_LINK.sub(replaced, part) for part in parts[::2]]
    return "".join(parts)


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add the pages outside docs/, and a copy of every other file that a page links to."""
    for source, shown in PAGES.items():
        files.append(File.generated(config, shown, content=(ROOT / source).read_text(encoding="utf-8")))
    copied = set()
    for file in list(files.documentation_pages()):
        folder = posixpath.dirname(_in_repository(file.src_uri))
        for match in _LINK.finditer(file.content_string):
            path = posixpath.normpath(posixpath.join(folder, match[2]))
            target = _on_site(path)
            if target is not None and target.startswith("files/") and target not in copied:
                copied.add(target)
                files.append(File.generated(config, target, abs_src_path=os.fspath(ROOT / path)))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Lead links to the copies, and put the docstrings below the tables of api.md."""
    if page.file.src_uri == "api.md":
        markdown = _with_docstrings(markdown)
    return _titled(_relinked(markdown, page.file.src_uri), page.file.src_uri, files)


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Take the backslash off a bar in the code of a table, as code hosts do and Python-Markdown does not."""
    return re.sub(r"<td.*?</td>", lambda cell: cell[0].replace("\\|", "|"), html, flags=re.DOTALL)


def _titled(text: str, page: str, files: Files) -> str:
    def replaced(match: re.Match[str]) -> str:
        file = files.get_file_from_path(posixpath.normpath(posixpath.join(posixpath.dirname(page), match[2])))
        title = file and re.search(r"^# (.+)$", file.content_string, flags=re.MULTILINE)
        return f"[{title[1]}]({match[2]}{match[3]})" if title else match[0]

    return _NAMED.sub(replaced, text)


def _with_docstrings(markdown: str) -> str:
    def followed(match: re.Match[str]) -> str:
        names = re.findall(r"^\| `(\w+)` \|", match[0], flags=re.MULTILINE)
        return match[0] + "".join(f"\n::: geoconflict.{name}\n" for name in names)

    linked = re.sub(r"(?:^\|.*\n)+", followed, markdown, flags=re.MULTILINE)
    return re.sub(r"^\| `(\w+)` \|", r"| [`\1`][geoconflict.\1] |", linked, flags=re.MULTILINE)


class Roles(griffe.Extension):
    """Read :class:`X` and the like in docstrings as code, and as a link where X is a public name."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Rewrite the docstring of an object before it is parsed."""
        if obj.docstring is not None:
            obj.docstring.value = _ROLE.sub(_role_shown, obj.docstring.value)


def _role_shown(match: re.Match[str]) -> str:
    name = match[1].removeprefix("geoconflict.")
    return f"[`{name}`][geoconflict.{name}]" if name in geoconflict.__all__ else f"`{match[1]}`"
