"""Rows ready to be pasted into an overrides file; what its columns mean is told in :mod:`geoconflict.places.overrides`."""

from __future__ import annotations

import csv
import io

from geoconflict.models import Place, PlacePrecision
from geoconflict.places.names import fold
from geoconflict.places.overrides_sheet import COLUMNS
from geoconflict.visible import visible

__all__ = ["OVERRIDES_HEADER", "override_line"]

OVERRIDES_HEADER = ",".join(COLUMNS)
"""The first line of an overrides file."""


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
    row = {"surface": name if visible(name) == name else fold(name)}
    if isinstance(target, str):
        row["place_id"] = target
    elif target.precision is not PlacePrecision.LINE:
        row |= {"lon": f"{target.lon:.5f}", "lat": f"{target.lat:.5f}", "name": visible(target.name)}
        row |= {"precision": target.precision.value, "radius_m": f"{target.radius_m:.0f}"}
    else:  # a line needs a geometry, which a row cannot hold
        return None
    line = io.StringIO()
    csv.DictWriter(line, COLUMNS, restval="", lineterminator="").writerow(row)
    return line.getvalue()
