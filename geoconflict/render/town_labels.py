"""Which towns the basemap names from which zoom level on: the larger first, and none over another.

The page has to place names without knowing which matter. So that is decided here, once: each town gets the least zoom
level from which on its name never meets that of a more important town.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from geoconflict.render.basemap import Label

__all__ = ["Cell", "label_cells", "labels_around", "town_labels"]

_TILE_PX = 256
_NAME_WIDTH_PX = 120.0
_NAME_HEIGHT_PX = 34.0
"""The space that a name needs for itself, with some air."""

_FIRST_ZOOM = ((1_000_000, 4.0), (300_000, 5.0), (100_000, 6.0), (30_000, 7.0), (8_000, 8.0), (1_000, 9.0), (0, 10.0))
"""A town of at least so many people is named from this zoom level on, where there is room."""

_LAST_ZOOM = 11.5
_CONSIDERED = 2_500
_SHARE_ANYWHERE = 0.6
_CELL_DEG = 0.25
_ROW = 4_096
"""More cells than lie between the poles."""

Cell: TypeAlias = tuple[int, int]


def town_labels(towns: Sequence[tuple[str, float, float, int]]) -> list[Label]:
    """Return labels for the towns (name, longitude, latitude, population), those seen from farthest away first.

    The towns come in the order of importance, EPSG:4326 degrees; the first 2,500 are looked at.
    """
    towns = towns[:_CONSIDERED]
    if not towns:
        return []
    lon, lat = (np.radians([town[axis] for town in towns]) for axis in (1, 2))
    x = lon / (2 * np.pi) * _TILE_PX
    y = np.arctanh(np.sin(np.clip(lat, -1.48, 1.48))) / (2 * np.pi) * _TILE_PX
    zooms = np.empty(len(towns))
    labels = []
    for i, (name, degrees_east, degrees_north, population) in enumerate(towns):
        with np.errstate(divide="ignore"):
            apart = np.minimum(
                np.log2(_NAME_WIDTH_PX / np.abs(x[:i] - x[i])), np.log2(_NAME_HEIGHT_PX / np.abs(y[:i] - y[i]))
            )
        # Two names meet from where the more important one is shown to where the towns are far enough apart.
        free = np.max(apart[apart > zooms[:i]], initial=-np.inf)
        zooms[i] = max(next(zoom for least, zoom in _FIRST_ZOOM if population >= least), np.ceil(4 * free) / 4)
        if zooms[i] <= _LAST_ZOOM:
            labels.append(Label(name, round(degrees_east, 3), round(degrees_north, 3), float(zooms[i]), "town"))
    return sorted(labels, key=lambda label: label.min_zoom)


def label_cells(points: npt.ArrayLike) -> tuple[Cell, ...]:
    """Return the cells of a quarter of a degree in which points lie, (longitude, latitude) in degrees, shape (n, 2), each once."""
    x, y = np.floor(np.asarray(points, np.float64).reshape(-1, 2) / _CELL_DEG).astype(np.int64).T
    found = np.unique(x * _ROW + y + _ROW // 2)
    return tuple(zip((found // _ROW).tolist(), (found % _ROW - _ROW // 2).tolist(), strict=True))


def labels_around(labels: Sequence[Label], cells: Iterable[Cell], *, most: int = 420) -> list[Label]:
    """Return at most `most` of the labels: those seen from far away wherever they are, the others near some cells.

    Parameters
    ----------
    labels
        In the order of importance.
    cells
        Where the map shows anything, as :func:`label_cells` returns them.
    most
        The page pays some 14 bytes for each label.
    """
    around = {(x + dx, y + dy) for x, y in cells for dx in (-1, 0, 1) for dy in (-1, 0, 1)}
    n_anywhere = int(most * _SHARE_ANYWHERE)
    rest = labels[n_anywhere:]
    is_near = [(math.floor(label.lon / _CELL_DEG), math.floor(label.lat / _CELL_DEG)) in around for label in rest]
    near_first = [
        label for wanted in (True, False) for label, near in zip(rest, is_near, strict=True) if near == wanted
    ]
    return sorted([*labels[:n_anywhere], *near_first][:most], key=lambda label: label.min_zoom)
