"""Boxes that cross the date line, whose east lies beyond 180 degrees: basemaps for them are joined of two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geoconflict.geo import Bounds

__all__ = ["halves", "joined"]

TURN = 360


def halves(bounds: Bounds) -> list[tuple[Bounds, int]]:
    """Return boxes on the globe that make up `bounds`, each with the degrees that it has to be moved east."""
    if bounds.east <= 180:
        return [(bounds, 0)]
    west, south, east, north = bounds
    return [(Bounds(west, south, 180.0, north), 0), (Bounds(-180.0, south, east - TURN, north), TURN)]


def joined(basemaps: Sequence[tuple[dict[str, Any], int]]) -> dict[str, Any]:
    """Return one basemap of several, each moved east by some degrees; format of :mod:`geoconflict.render.basemap`."""
    first, _ = basemaps[0]
    if len(basemaps) == 1:
        return first
    layers: dict[str, dict[str, Any]] = {}
    for one, degrees in basemaps:
        units = round(degrees / one["scale"])
        for name, layer in one["layers"].items():
            paths = "rings" if layer["type"] == "polygon" else "lines"
            moved = layer | {paths: [[path[0] + units, *path[1:]] for path in layer[paths]]}
            kept = layers.get(name, {})
            layers[name] = {
                key: kept.get(key, []) + value if isinstance(value, list) else value for key, value in moved.items()
            }
    boxes = [(one["box"], degrees) for one, degrees in basemaps]
    return first | {
        "box": [
            min(box[0] + degrees for box, degrees in boxes),
            min(box[1] for box, _ in boxes),
            max(box[2] + degrees for box, degrees in boxes),
            max(box[3] for box, _ in boxes),
        ],
        "layers": layers,
        "labels": [[name, lon + degrees, *rest] for one, degrees in basemaps for name, lon, *rest in one["labels"]],
    }
