"""Where wars were fought in a year: of towns of one name, that of a country at war is the likelier to be attacked."""

from __future__ import annotations

import datetime as dt
import functools
import importlib.resources
import tomllib

__all__ = ["countries_at_war"]


@functools.cache
def _spans() -> dict[str, tuple[tuple[int, int], ...]]:
    text = (importlib.resources.files("geoconflict") / "resources/places/wars.toml").read_text("utf-8")
    return {
        country: tuple((span[0], span[-1] if len(span) > 1 else dt.MAXYEAR) for span in spans)
        for country, spans in tomllib.loads(text)["wars"].items()
    }


@functools.cache
def countries_at_war(year: int) -> frozenset[str]:
    """Return the ISO 3166-1 alpha-3 codes of the countries on whose soil armed groups or states fought in a year."""
    return frozenset(
        country for country, spans in _spans().items() if any(first <= year <= last for first, last in spans)
    )
