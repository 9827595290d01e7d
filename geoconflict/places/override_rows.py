"""Decisions written as rows of an overrides file; what its columns mean is told in :mod:`geoconflict.places.overrides`."""

from __future__ import annotations

from geoconflict.models import Place, PlacePrecision
from geoconflict.places.names import fold
from geoconflict.places.overrides import NOT_A_PLACE, Override
from geoconflict.places.overrides_sheet import COLUMNS, cell_text, row_text
from geoconflict.visible import visible

__all__ = ["OVERRIDES_HEADER", "override_cells", "override_line"]

OVERRIDES_HEADER = ",".join(COLUMNS)
"""The first line of an overrides file."""


def override_cells(override: Override) -> dict[str, str]:
    """Return the cells of a decision by column, on one line each and safe in a spreadsheet."""
    place = override.place
    values = {
        "surface": override.surface,
        "context": "; ".join(override.context),
        "place_id": "" if place else override.place_id or NOT_A_PLACE,
        "lon": repr(float(place.lon)) if place else "",
        "lat": repr(float(place.lat)) if place else "",
        "name": place.name if place and place.name != override.surface else "",
        "precision": place.precision.value if place else "",
        "radius_m": repr(float(place.radius_m)) if place else "",
        "valid_from": override.valid_from.isoformat() if override.valid_from else "",
        "valid_to": override.valid_to.isoformat() if override.valid_to else "",
        "note": override.note,
    }
    numbers = ("lon", "lat", "radius_m")
    return {name: value if name in numbers else cell_text(value) for name, value in values.items()}


def override_line(surface: str, target: Place | str) -> str | None:
    """Return the line of an overrides file that decides on a name, or None where no line can.

    Parameters
    ----------
    surface
        The name as the report writes it; line breaks in it become spaces, which mean the same.
    target
        A place_id of the gazetteer, ``not a place``, or a place that the gazetteer lacks: its point is written then.
    """
    name = " ".join(surface.split())
    if not fold(name):
        return None
    # What cannot be seen cannot be pasted; the folded name means the same.
    shown = name if visible(name) == name else fold(name)
    if isinstance(target, str):
        override = Override(surface=shown, place_id=None if target == NOT_A_PLACE else target)
    elif target.precision is not PlacePrecision.LINE:
        override = Override(surface=shown, place=target)
    else:  # a line needs a geometry, which a row cannot hold
        return None
    cells = override_cells(override)
    return row_text([visible(cells[column]) for column in COLUMNS], ",")
