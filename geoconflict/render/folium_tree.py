"""The tree of a folium map: rendered to the same bytes each time, and with nothing in it that needs the network."""

# ruff: noqa: SLF001 - branca and folium offer no public way to their trees and ids

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import folium
from branca.element import Element, Figure, Link

from geoconflict.errors import MapError
from geoconflict.render import page

__all__ = [
    "CONSTRUCTION_IDS",
    "RENDER_IDS",
    "children_restored",
    "counted_ids",
    "refuse_remote_files",
    "rendered",
    "renumbered",
    "take_copies",
    "walk",
]

# ---------------------------------------------------------------- the same bytes each time
CONSTRUCTION_IDS: Final = 1
RENDER_IDS: Final = 2**64
"""Where the counted ids of the two phases start: far apart, so that one tree never holds an id twice."""


@contextmanager
def counted_ids(first: int) -> Iterator[list[str]]:
    """Count instead of drawing random ids while folium elements are made; yields the ids given out."""
    counter = itertools.count(first)
    given: list[str] = []

    def next_id(_: type[Element]) -> str:
        given.append(f"{next(counter):032x}")
        return given[-1]

    kept = Element.__dict__["_generate_id"]
    setattr(Element, "_generate_id", classmethod(next_id))  # noqa: B010 - mypy forbids the plain assignment
    try:
        yield given
    finally:
        setattr(Element, "_generate_id", kept)  # noqa: B010


@contextmanager
def children_restored(root: Figure) -> Iterator[None]:
    """Undo what rendering adds to the tree: folium elements add children to themselves and to the head of the page."""
    before = [(element, element._children.copy()) for element in walk(root)]
    try:
        yield
    finally:
        for element, children in before:
            element._children = children


def walk(element: Element) -> Iterator[Element]:
    """Yield an element and all beneath it."""
    yield element
    if isinstance(element, Figure):
        for part in (element.header, element.html, element.script):
            yield from walk(part)
    for child in list(element._children.values()):
        yield from walk(child)


def rendered(part: Element, kwargs: Mapping[str, Any]) -> str:
    """Return the children of a part of the page, rendered."""
    return "\n".join(child.render(**kwargs).strip() for child in part._children.values())


def renumbered(texts: Sequence[str], known_ids: set[str]) -> list[str]:
    """Replace folium's ids by their order of first appearance; nothing else that looks like an id is touched."""
    numbers: dict[str, str] = {}

    def short(found: re.Match[str]) -> str:
        name = found[0]
        return numbers.setdefault(name, str(len(numbers) + 1)) if name in known_ids else name

    return [re.sub(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", short, text) for text in texts]


# ---------------------------------------------------------------- nothing from the network
_NEEDS: Final = (
    (folium.Popup, "jQuery; use folium.Tooltip, or put the text into the events"),
    (folium.Icon, "bootstrap and awesome-markers; use folium.CircleMarker or folium.DivIcon"),
)
_REMOTE: Final = re.compile(r"^\s*(https?:)?//", re.IGNORECASE)


def take_copies(root: Figure, copies: Mapping[str, tuple[str, str]]) -> list[tuple[str, str]]:
    """Take the links that there are local copies of out of the head of the page; return the copies in their order."""
    taken = []
    for name, child in list(root.header._children.items()):
        if isinstance(child, Link) and child.url in copies:
            taken.append(copies[child.url])
            del root.header._children[name]
    return taken


def refuse_remote_files(
    root: Figure, folium_map: folium.Map, elements: Sequence[Element], markup: Sequence[str]
) -> None:
    """Refuse a map of which an element, or the trusted HTML in `markup`, needs a file from the network.

    Raises
    ------
    MapError
        With everything that does.
    """
    faults = []
    owners = {
        url: element
        for element in elements
        for _, url in (*getattr(element, "default_js", ()), *getattr(element, "default_css", ()))
    }
    for child in root.header._children.values():
        if isinstance(child, Link):
            owner = owners.get(child.url, child)
            faults.append(f"{_label(owner)} needs {child.url}")
    for element in elements:
        faults += [f"{_label(element)} needs {what}" for kind, what in _NEEDS if isinstance(element, kind)]
        addresses = (getattr(element, name, None) for name in ("tiles", "url", "data", "icon_url"))
        if not isinstance(element, Link):
            faults += [
                f"{_label(element)} needs {address}"
                for address in addresses
                if isinstance(address, str) and _REMOTE.match(address)
            ]
    if getattr(folium_map, "objects_to_stay_in_front", None):
        faults.append("keep_in_front needs jQuery; give the layer a pane of its own with folium.map.CustomPane")
    faults += [f"{tag} needs {address}" for tag, address in page.remote_files("".join(markup))]
    if faults:
        listed = "\n".join(f"- {fault}" for fault in dict.fromkeys(faults))
        msg = f"the map would not work offline; take out what needs a file from the network:\n{listed}"
        raise MapError(msg)


def _label(element: Element) -> str:
    name = getattr(element, "layer_name", None) or getattr(element, "tile_name", None)
    is_own = isinstance(name, str) and name and not name.endswith(element._id)
    return f"{type(element).__name__} {name!r}" if is_own else type(element).__name__
