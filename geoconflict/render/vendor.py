"""Code of others that goes into pages: Leaflet, and files that a map's maker brings for a folium plugin."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from importlib import resources
from pathlib import Path
from typing import Final

from geoconflict.errors import MapError

__all__ = ["leaflet_assets", "leaflet_icons", "local_copy"]

LEAFLET_SHA256: Final = {
    "leaflet.js": "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a",
    "leaflet.css": "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6",
}
"""Leaflet 1.9.4 as published on npm (BSD 2-Clause), byte for byte."""


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
