"""A map from the network under or over the embedded one: only when the map's author asks for it, and never in secret.

The map opens without it; a reader switches it on in the corner of the map, where the host's name stands. The page's content
security policy then admits pictures of that host and of no other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from geoconflict.errors import MapError

__all__ = ["KINDS", "Tiles"]

KINDS: Final = ("map", "relief")

_REFUSED_HOSTS: Final = ("openstreetmap.org", "osm.org")
"""They answer 403 to pages opened from disk, and are not meant for this: https://operations.osmfoundation.org/policies/tiles/."""

_HOST: Final = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")
_LOCAL: Final = re.compile(r"(localhost|127\.0\.0\.1)(:\d{1,5})?")
_LAST_ZOOM: Final = 25
_FIELD: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """Tiles of a server, for :class:`geoconflict.EventMap`.

    Attributes
    ----------
    url
        Web Mercator tiles of 256 pixels: ``https://HOST/.../{z}/{x}/{y}.png``; ``http`` on this machine alone. A key in
        it is seen by everybody who has the map.
    attribution
        Plain text that the provider asks for; always shown while the tiles are.
    name
        What its switch on the map calls it, beside the host.
    kind
        ``"map"`` is drawn instead of the embedded land, borders and names; ``"relief"``, a grey hillshade, over its land.
    is_on
        Whether the map opens with it. Then opening the file tells the host so.
    max_zoom
        The last zoom level that the server has.

    Raises
    ------
    MapError
        If the address is not of that form, is of a server that forbids this, or there is no attribution.
    """

    url: str
    attribution: str
    name: str = ""
    kind: str = "map"
    is_on: bool = False
    max_zoom: int = 18

    def __post_init__(self) -> None:
        parts = urlsplit(_FIELD.sub("0", self.url))
        host = parts.netloc
        fields = _FIELD.findall(self.url)
        if sorted(fields) not in (["x", "y", "z"], ["r", "x", "y", "z"]) or re.search(r"[\s<>\"'\\;,]", self.url):
            raise _fault(self.url, "want one each of {z}, {x} and {y} (and {r} if need be), and no spaces or quotes")
        if not _HOST.fullmatch(host) or not self.url.startswith(f"{parts.scheme}://{host}/"):
            raise _fault(self.url, "want one host, in small letters, without a user name or {s}")
        if not _is_host(host):
            raise _fault(self.url, "the host or its port is none")
        if parts.scheme != "https" and not (parts.scheme == "http" and _LOCAL.fullmatch(host)):
            raise _fault(self.url, "want https")
        if any(f".{parts.hostname}".endswith(f".{refused}") for refused in _REFUSED_HOSTS):
            raise _fault(
                self.url, "OpenStreetMap's own servers refuse maps that are opened from disk; use another provider"
            )
        if self.max_zoom not in range(_LAST_ZOOM + 1):
            raise _fault(self.url, f"max_zoom is {self.max_zoom!r}; it is a whole number from 0 to {_LAST_ZOOM}")
        if not self.attribution.strip():
            raise _fault(self.url, "give the attribution that the provider asks for")
        if self.kind not in KINDS:
            raise _fault(self.url, f"kind is {self.kind!r}; it is map or relief")

    @property
    def host(self) -> str:
        """The host, with its port if it has one."""
        return urlsplit(self.url).netloc

    @property
    def origin(self) -> str:
        """What the content security policy admits: scheme and host."""
        return f"{urlsplit(self.url).scheme}://{self.host}"

    def for_page(self) -> dict[str, Any]:
        """Return what the page needs, of JSON types."""
        return {
            "attribution": self.attribution.strip(),
            "host": self.host,
            "isOn": self.is_on,
            "kind": self.kind,
            "maxZoom": self.max_zoom,
            "name": self.name.strip(),
            "url": self.url,
        }


def _is_host(host: str) -> bool:
    """Whether no label of a host is empty or too long, or begins or ends with '-', and its port is one."""
    name, _, port = host.partition(":")
    labels = name.split(".")
    return all(0 < len(one) < 64 and one == one.strip("-") for one in labels) and (not port or 0 < int(port) < 65536)


def _fault(url: str, why: str) -> MapError:
    return MapError(f"tiles from {url!r}: {why}")
