"""Toponym mentions to places: gazetteer, cache, online services, resolution.

The names below are imported when first used, so that a program that only asks for one of them loads no more.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoconflict.places.answers import Answer, Found, NotFound, Unavailable
    from geoconflict.places.cache import GeocodeCache
    from geoconflict.places.gazetteer import Gazetteer
    from geoconflict.places.geocode import Geocoder
    from geoconflict.places.overrides import load_overrides
    from geoconflict.places.resolution import resolve

__all__ = [
    "Answer",
    "Found",
    "Gazetteer",
    "GeocodeCache",
    "Geocoder",
    "NotFound",
    "Unavailable",
    "load_overrides",
    "resolve",
]

_HOMES = {
    "Answer": "answers",
    "Found": "answers",
    "Gazetteer": "gazetteer",
    "GeocodeCache": "cache",
    "Geocoder": "geocode",
    "NotFound": "answers",
    "Unavailable": "answers",
    "load_overrides": "overrides",
    "resolve": "resolution",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(name)  # shown by Python with the module and the name


def __dir__() -> list[str]:
    return __all__
