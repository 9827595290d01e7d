"""What a colour is that somebody gives."""

from __future__ import annotations

import re

__all__ = ["is_colour"]

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def is_colour(text: str) -> bool:
    """Return whether it is a colour as maps take them, ``#rrggbb``."""
    return _COLOUR.fullmatch(text) is not None
