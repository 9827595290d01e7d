"""Addresses of an intranet that the user lets programs ask, each with its port: ``127.0.0.1:8000``, ``[fd00::/8]:443``."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

__all__ = ["AllowedNetwork"]

_FORM = re.compile(r"(?:\[(?P<v6>[0-9a-fA-F:.]+(?:/\d+)?)\]|(?P<v4>[0-9.]+(?:/\d+)?)):(?P<port>\d{1,5})")


@dataclass(frozen=True, slots=True)
class AllowedNetwork:
    """One entry: an address or network, and the one port that is allowed there."""

    network: ipaddress.IPv4Network | ipaddress.IPv6Network
    port: int

    @classmethod
    def parse(cls, text: str) -> AllowedNetwork:
        """Return the entry that `text` is.

        Raises
        ------
        ValueError
            If it is no address or network with a port.
        """
        match = _FORM.fullmatch(text.strip())
        if match is None or not 0 < int(match["port"]) < 1 << 16:
            msg = f"{text!r} is no address with a port"
            raise ValueError(msg)
        return cls(ipaddress.ip_network(match["v6"] or match["v4"]), int(match["port"]))

    def holds(self, ip: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int) -> bool:
        """Return whether `ip` at `port` is allowed by this entry."""
        return port == self.port and ip.version == self.network.version and ip in self.network
