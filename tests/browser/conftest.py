"""A real Chromium, offline, that fails a test for any request, console message or error."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import event_frames
import pytest
from waiting import two_frames

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


_MOVES = ("Tab", "Shift+Tab")
"""Keys that only move the focus, which is done at once."""


@dataclass
class Opened:
    """An open map and everything it did that a map must not do."""

    page: Any
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def shown(self) -> int:
        two_frames(self.page)
        return int(self.page.get_attribute("#gc-main", "data-shown"))

    def items(self) -> list[dict[str, Any]]:
        return self.page.evaluate("geoconflict.app.events.drawnItems()")

    def click_on(self, name: str) -> None:
        (item,) = [item for item in self.items() if name in item["names"]]
        box = self.page.locator(".gc-map").bounding_box()
        self.page.mouse.click(box["x"] + item["x"], box["y"] + item["y"])
        self.page.wait_for_selector("#gc-card:not([hidden])")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    executable = os.environ.get("GEOCONFLICT_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        reason = "no Chromium: install the package chromium, or set GEOCONFLICT_CHROMIUM to its executable"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def at_the_pace_of_a_person() -> Iterator[None]:
    """Let the page come to rest after each click and key: handlers that a browser calls a moment later have run then.

    On a busy machine a test would otherwise look before the details element has opened or the dialog has left.
    """
    from playwright.sync_api import Error, Keyboard, Locator

    rest = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 10)))"

    def click(self: Any, *args: Any, **options: Any) -> None:
        clicks(self, *args, **options)
        with contextlib.suppress(Error):  # the page may have gone with the click
            self.page.evaluate(rest)

    def press(self: Any, key: str, **options: Any) -> None:
        presses(self, key, **options)
        if key not in _MOVES:
            time.sleep(0.03)

    clicks, presses = Locator.click, Keyboard.press
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", click)
        patch.setattr(Keyboard, "press", press)
        yield


@pytest.fixture
def open_map(chromium, tmp_path):
    """Return a function that saves a map and opens it; at the end, nothing may have been requested or logged."""
    opened: list[Opened] = []
    contexts = []

    def open_(event_map: Any, *, width: int = 1280, height: int = 800, scheme: str = "light", fragment: str = "",
              wait: str = "html[data-ready]", html: str | None = None, touch: bool = False,
              motion: str = "no-preference", scale: float = 1) -> Opened:  # fmt: skip
        path = tmp_path / f"map{len(opened)}.html"
        if html is None:
            event_map.save(path)
        else:
            path.write_text(html, encoding="utf-8")
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, offline=True, has_touch=touch,
            is_mobile=touch, reduced_motion=motion, device_scale_factor=scale,
        )  # fmt: skip
        contexts.append(context)
        one = Opened(context.new_page())
        one.page.set_default_timeout(10_000)
        one.page.on("request", lambda request: one.requests.append(request.url))
        one.page.on("console", lambda message: one.messages.append(f"{message.type}: {message.text}"))
        one.page.on("pageerror", lambda error: one.messages.append(f"error: {error}"))
        one.page.on("dialog", lambda dialog: one.messages.append(f"dialog: {dialog.message}"))
        one.page.goto(path.as_uri() + fragment)
        opened.append(one)
        if wait:
            one.page.wait_for_selector(wait, state="attached")
        return one

    yield open_
    for one in opened:
        one.page.wait_for_timeout(50)  # nothing tells that no request and no message is to come
    requests = [url for one in opened for url in one.requests if not url.startswith(("data:", "blob:", "about:"))]
    messages = [message for one in opened for message in one.messages]
    for context in contexts:
        context.close()
    assert len(requests) == len(opened), requests
    assert messages == []


@pytest.fixture
def open_notebook(open_map):
    """Return a function that opens a map as a notebook shows it, and gives the frame that it is in."""

    def open_(event_map: Any) -> Any:
        page = open_map(
            None, html=f"<!DOCTYPE html><title>notebook</title>{event_map._repr_html_()}", wait="iframe"
        ).page
        frame = page.frame_locator("iframe")
        frame.locator("html[data-ready]").wait_for(state="attached")
        return frame

    return open_


@pytest.fixture
def serious_faults():
    """Return a function that gives the serious faults of accessibility of a page: the rule and where it is broken."""
    from axe_playwright_python.sync_playwright import Axe

    def faults(page: Any) -> list[tuple[str, list[str]]]:
        found = Axe().run(page).response["violations"]
        serious = [one for one in found if one["impact"] in {"serious", "critical"}]
        return [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in serious]

    return faults


@pytest.fixture
def catch_copies():
    """Return a function that puts what a page copies into `window.__copied`, or refuses it as some browsers do."""

    def catch(page: Any, *, refuse: bool = False) -> None:
        take = "async (text) => { window.__copied = text; }"
        answer = "() => Promise.reject(new Error('refused'))" if refuse else take
        page.evaluate(f"() => {{ navigator.clipboard.writeText = {answer}; }}")

    return catch


@pytest.fixture(scope="session")
def war_map():
    from geoconflict.render.event_map import EventMap

    arguments = event_frames.war()
    return EventMap(arguments.pop("events"), **arguments)


@pytest.fixture(scope="session")
def war_frame():
    return event_frames.war()["events"]
