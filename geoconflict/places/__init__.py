"""Toponym mentions to places: gazetteer, cache, online services, resolution.

The names below are imported when first used, so that a program that only asks for one of them loads no more.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoconflict.places.answers import Answer, Found, NotFound, Unavailable
    from geoconflict.places.gazetteer import Gazetteer
    from geoconflict.places.geocode import Geocoder
    from geoconflict.places.online.cache import GeocodeCache
    from geoconflict.places.overrides import Override, load_overrides, override_point
    from geoconflict.places.overrides_append import append_override
    from geoconflict.places.resolution import resolve

__all__ = [
    "Answer",
    "Found",
    "Gazetteer",
    "GeocodeCache",
    "Geocoder",
    "NotFound",
    "Override",
    "Unavailable",
    "append_override",
    "load_overrides",
    "override_point",
    "resolve",
]

_HOMES = {
    "Answer": "answers",
    "Found": "answers",
    "Gazetteer": "gazetteer",
    "GeocodeCache": "online.cache",
    "Geocoder": "geocode",
    "NotFound": "answers",
    "Override": "overrides",
    "Unavailable": "answers",
    "append_override": "overrides_append",
    "load_overrides": "overrides",
    "override_point": "overrides",
    "resolve": "resolution",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(name)  # shown by Python with the module and the name


def __dir__() -> list[str]:
    return __all__
