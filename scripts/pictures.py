"""Renew the pictures of the sample map that the README and the site show.

    python scripts/pictures.py

Opens ``maps/sample.html`` in Chromium without a network and writes ``docs/images/demo.png``, ``demo-dark.png``, with the
density of events switched on, and ``demo-phone.png``. Run it after ``make sample``.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
MAP = ROOT / "maps" / "sample.html"
IMAGES = ROOT / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND"]
SETTLED_MS = 1500  # labels fade in and the density is drawn when the map is idle


class Picture(NamedTuple):
    """One picture: its file, the size of the window in pixels, and what is switched on."""

    file: str
    width: int
    height: int
    dark: bool = False
    layer: str | None = None


PICTURES = (
    Picture("demo.png", 1280, 800),
    Picture("demo-dark.png", 1280, 800, dark=True, layer="Where events are dense"),
    Picture("demo-phone.png", 390, 844),
)


def main() -> None:
    """Take every picture."""
    executable = os.environ.get("GEOCONFLICT_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        for picture in PICTURES:
            page = browser.new_page(
                viewport={"width": picture.width, "height": picture.height},
                color_scheme="dark" if picture.dark else "light",
            )
            page.goto(MAP.as_uri())
            page.wait_for_selector("#gc-main[data-shown]")
            if picture.layer:
                page.locator(".leaflet-control-layers").hover()
                page.locator(".leaflet-control-layers-overlays label", has_text=picture.layer).locator("input").check()
                page.mouse.move(1, 1)
            page.wait_for_timeout(SETTLED_MS)
            page.screenshot(path=IMAGES / picture.file)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
