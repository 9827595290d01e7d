"""A user name or token that goes into requests and into nothing else."""

from __future__ import annotations

import urllib.parse
from dataclasses import dataclass, field

__all__ = ["Secret"]


@dataclass(frozen=True, slots=True)
class Secret:
    """A user name or token; shows nothing of itself."""

    value: str = field(repr=False)
    as_header: str = ""
    """The header that carries it, as a bearer token; empty where it replaces the stand-in of the address."""

    def hide(self, text: str) -> str:
        """Return `text` without the secret, in whatever form an address may hold it."""
        forms = {self.value, urllib.parse.quote(self.value), urllib.parse.quote_plus(self.value)}
        for form in sorted(filter(None, forms), key=len, reverse=True):
            text = text.replace(form, "(hidden)")
        return text

    def hide_bytes(self, data: bytes) -> bytes:
        """Return `data` without the secret; bytes that are no text stay as they are."""
        return self.hide(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
