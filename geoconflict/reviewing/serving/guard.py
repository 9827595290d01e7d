"""Who may ask the review page for what: the browser that opened its address on this machine, and nobody else.

Other programs of the machine, other machines, and pages of other sites that a browser has open are refused: by the address that
is listened on, by a token in every path, by the Host header (a name that was pointed at this machine is another host), and by
what browsers say of where a request comes from.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Final, NamedTuple

__all__ = ["HEADERS", "MOST_BYTES", "Refusal", "path_within", "refusal"]

MOST_BYTES: Final = 65_536
"""No body is longer."""
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Sent with every answer, refusals too."""


class Refusal(NamedTuple):
    """Why a request gets no answer."""

    status: int
    why: str


def refusal(method: str, path: str, headers: Mapping[str, str], *, host: str, token: str) -> Refusal | None:
    """Return why a request is refused; None where it may be answered.

    Parameters
    ----------
    method, path
        As they were sent.
    headers
        Of the request; a lookup ignores case.
    host
        What the Host header must be: address and port.
    token
        The first part of every path.
    """
    if headers.get("Host") != host:
        return Refusal(421, "another host")
    origin = headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        return Refusal(403, "another site")
    site = headers.get("Sec-Fetch-Site")
    if site is not None and site not in {"same-origin", "none"}:
        return Refusal(403, "another site")
    if path_within(path, token) is None:
        return Refusal(404, "no such page")
    if method == "POST":
        return _of_post(headers, origin)
    return None if method == "GET" else Refusal(405, "only GET and POST")


def _of_post(headers: Mapping[str, str], origin: str | None) -> Refusal | None:
    if origin is None:
        return Refusal(403, "no origin")
    if headers.get("Sec-Fetch-Site") == "none":  # typed or opened from elsewhere: nobody decides so
        return Refusal(403, "another site")
    if (headers.get("Content-Type") or "").split(";")[0].strip().lower() != "application/json":
        return Refusal(415, "only application/json")
    if headers.get("Transfer-Encoding") is not None:
        return Refusal(411, "no length")
    length = headers.get("Content-Length") or ""
    if not (length.isascii() and length.isdigit()):
        return Refusal(411, "no length")
    return Refusal(413, "too long") if len(length) > 9 or int(length) > MOST_BYTES else None


def path_within(path: str, token: str) -> str | None:
    """Return what stands in a path behind the token; None where the token is not there, or the path is none of ours."""
    if not path.startswith("/") or not path.isascii():
        return None
    given, slash, rest = path[1:].partition("/")
    if not slash or not hmac.compare_digest(given.encode(), token.encode()):
        return None
    return rest
