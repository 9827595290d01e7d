"""What a count by area owes to how places that are only roughly known are treated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from geoconflict.analysis.areas import OUTSIDE, TOO_VAGUE, AreaLevel, areas_of_events, checked_areas, reach_shares
from geoconflict.event_extents import DONE, checked_events, places_of_events, told_as_done

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["place_sensitivity"]


def place_sensitivity(
    events: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame,
    *,
    name: str | None = None,
    level: AreaLevel = "admin1",
    statuses: Sequence[str] = DONE,
) -> pd.DataFrame:
    """Return how many events each area has when vague places are left out, spread, or taken where their point is.

    A finding that holds in all three columns does not hang on them; one that holds in the last alone is made of the
    middles of provinces.

    Parameters
    ----------
    events, areas, name, level, statuses
        As in :func:`geoconflict.panel`.

    Returns
    -------
    pandas.DataFrame
        By area: ``left_out`` (sharp events alone), ``spread``, ``at_the_point``, and ``share_vague`` (of those at the point, how many are
        vague). The last row, ``outside``, is what lies in no area; the columns but for the first add up to the number of events.

    Raises
    ------
    InputError
        If a frame cannot be used.
    """
    import pandas as pd
    import shapely

    chosen, _ = told_as_done(checked_events(events), statuses)
    checked = checked_areas(areas, name, level)
    n = len(checked.names)
    found = areas_of_events(chosen, checked)
    vague = np.flatnonzero(found == TOO_VAGUE)
    sharp = np.bincount(np.where(found == OUTSIDE, n, found)[found != TOO_VAGUE], minlength=n + 1)
    spread = sharp.astype(float)
    who, where, share = reach_shares(chosen, checked, vague)
    total = np.maximum(1.0, np.bincount(who, share, len(chosen)))
    np.add.at(spread, where, share / total[who])
    spread[n] += len(vague) - (share / total[who]).sum()
    places = places_of_events(chosen)
    at_point = np.full(len(vague), n)
    points, area = shapely.STRtree(checked.outlines).query(
        shapely.points(places.lon[vague], places.lat[vague]), predicate="intersects"
    )
    np.minimum.at(at_point, points, area)
    vague_there = np.bincount(at_point, minlength=n + 1)
    everything = sharp + vague_there
    table = pd.DataFrame(
        {
            "left_out": sharp,
            "spread": np.round(spread, 6),
            "at_the_point": everything,
            "share_vague": np.round(vague_there / np.maximum(1, everything), 3),
        },
        index=pd.Index([*checked.names, "outside"], name="area"),
    )
    table.attrs = {"n_events": len(chosen), "n_vague": len(vague)}
    return table
