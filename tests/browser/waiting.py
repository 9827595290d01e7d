"""What tests of a page wait for: the thing itself, and not so and so many milliseconds."""

from __future__ import annotations

from typing import Any

_SHOWN = "Number(document.querySelector('#gc-main').dataset.shown)"


def two_frames(page: Any) -> None:
    """Wait until what was changed is drawn: a change asks for a frame, and the one after that has seen it."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))")


def wait_shown(page: Any, n: int) -> None:
    page.wait_for_function(f"(n) => {_SHOWN} === n", arg=n)


def wait_fewer_shown(page: Any, than: int) -> None:
    """Wait for a filter that follows a moment later: Leaflet's switches, and what is typed."""
    page.wait_for_function(f"(n) => {_SHOWN} < n", arg=than)


def wait_address(page: Any, *parts: str) -> str:
    """Wait until the address holds these parts, and return its fragment; it follows once the reader pauses."""
    page.wait_for_function("(parts) => parts.every((part) => location.hash.includes(part))", arg=list(parts))
    return page.evaluate("location.hash")


def wait_whole_address(page: Any, fragment: str) -> None:
    page.wait_for_function("(fragment) => location.hash === fragment", arg=fragment)


def at_rest(page: Any) -> None:
    """Wait until the map has stood still for fifteen frames; one that is about to move begins sooner."""
    page.evaluate(
        """() => new Promise((done) => {
            const { map } = geoconflict.app;
            let [last, still] = ["", 0];
            const look = () => {
                const at = JSON.stringify([map.getCenter(), map.getZoom()]);
                [still, last] = [at === last ? still + 1 : 0, at];
                if (still < 15) requestAnimationFrame(look);
                else done();
            };
            look();
        })"""
    )
