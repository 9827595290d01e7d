"""One name for one place in a frame of events: the one that most of its events show, where reports spell it differently."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["common_names", "with_common_names"]

_SPELLED = "geonames"
"""Only places of this source are shown as reports spell them; all others bear one name, or a name made of words."""


def common_names(table: pa.Table) -> Mapping[str, str]:
    """Return place_id -> name for the places that the rows show under several names.

    The name is that of most rows, and of as many the first by its letters; no order of rows decides.

    Parameters
    ----------
    table
        Has the columns place_id and place_name.
    """
    import pyarrow.compute as pc

    pairs = table.select(["place_id", "place_name"])
    pairs = pairs.filter(pc.starts_with(pairs["place_id"], _SPELLED))
    counted = pairs.group_by(["place_id", "place_name"]).aggregate([([], "count_all")])
    if len(counted) == pc.count_distinct(counted["place_id"]).as_py():
        return {}
    shown: dict[str, tuple[int, str]] = {}
    several = set()
    for place_id, name, count in zip(*(counted[at].to_pylist() for at in counted.column_names), strict=True):
        if place_id in shown:
            several.add(place_id)
        shown[place_id] = min(shown.get(place_id, (0, name)), (-count, name))
    return {place_id: shown[place_id][1] for place_id in sorted(several)}


def with_common_names(table: pa.Table) -> pa.Table:
    """Return a table of events in which each place bears one name (:func:`common_names`)."""
    import pyarrow as pa
    import pyarrow.compute as pc

    names = common_names(table)
    if not names:
        return table
    at = pc.index_in(table["place_id"], pa.array(list(names), pa.string()))
    found = pc.take(pa.array(list(names.values()), pa.string()), at)
    column = table.column_names.index("place_name")
    return table.set_column(column, table.field(column), pc.coalesce(found, table["place_name"]))
