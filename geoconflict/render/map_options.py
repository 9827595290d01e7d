"""Which keywords a map takes besides its own: the options of folium's map and of Leaflet's."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Final

from geoconflict.errors import MapError

__all__ = ["check_options"]

_LEAFLET: Final = frozenset({
    "attributionControl", "bounceAtZoomLimits", "boxZoom", "center", "closePopupOnClick", "crs", "doubleClickZoom",
    "dragging", "easeLinearity", "fadeAnimation", "inertia", "inertiaDeceleration", "inertiaMaxSpeed", "keyboard",
    "keyboardPanDelta", "layers", "markerZoomAnimation", "maxBounds", "maxBoundsViscosity", "maxZoom", "minZoom",
    "preferCanvas", "renderer", "scrollWheelZoom", "tapHold", "tapTolerance", "touchZoom", "trackResize",
    "transform3DLimit", "wheelDebounceTime", "wheelPxPerZoomLevel", "worldCopyJump", "zoom", "zoomAnimation",
    "zoomAnimationThreshold", "zoomControl", "zoomDelta", "zoomSnap",
})  # fmt: skip
"""The options of ``L.map`` in Leaflet 1.9; folium writes them so too where they are given as ``zoom_snap``."""


def check_options(given: Iterable[str], own: Iterable[str], of_folium: Iterable[str]) -> None:
    """Refuse keywords that neither EventMap (`own`) nor folium's map nor Leaflet's knows: they would do nothing.

    Raises
    ------
    MapError
        With all of them, and the nearest keyword that there is.
    """
    known = {*own, *of_folium}
    readable = sorted({*known, *(re.sub("(?=[A-Z])", "_", name).lower() for name in _LEAFLET)})
    faults = []
    for name in given:
        if name not in known and re.sub("_(.)", lambda letter: letter[1].upper(), name) not in _LEAFLET:
            near = difflib.get_close_matches(re.sub("(?=[A-Z])", "_", name).lower(), readable, n=1)
            faults.append(f"{name!r}" + (f" (did you mean {near[0]!r}?)" if near else ""))
    if faults:
        msg = f"a map takes no {', '.join(faults)}; help(EventMap) lists what it takes besides the options of folium.Map and Leaflet's map"
        raise MapError(msg)
