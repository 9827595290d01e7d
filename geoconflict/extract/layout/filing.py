"""Where a report was filed: often in the capital of a country beside the one it tells of.

"BEIRUT -- Rebels shelled army positions in Syria. Fighting went on in the capital": not in Beirut.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from geoconflict.models import Role, Toponym

__all__ = ["filed_abroad"]

_GROUND = frozenset({Role.EVENT_PLACE, Role.REGION_CONTEXT})


def filed_abroad(
    toponyms: Sequence[Toponym],
    countries: Callable[[Toponym], frozenset[str]],
    is_country: Callable[[int], bool],
    capital_of: Callable[[Toponym], str | None],
    spoken_of: Mapping[str, int],
) -> frozenset[int]:
    """Return the indexes of the datelines that name the capital of a country of which the report tells nothing.

    Parameters
    ----------
    toponyms
        Those of the report.
    countries
        Toponym -> the countries (ISO 3166-1 alpha-3) in which it may lie; empty when that may be any.
    is_country
        Index of a toponym -> whether it names a country, whatever else bears the name.
    capital_of
        Toponym -> the country whose capital it is; None for other places.
    spoken_of
        Country -> how often the text names it, its people or a group that acts there, datelines apart.

    Notes
    -----
    That the report names another country's forces is not enough, for these may fight here: it must name a place there.
    """
    told: set[str] = set()
    for index, one in enumerate(toponyms):
        found = countries(one) if one.role in _GROUND else frozenset()
        if len(found) == 1 or is_country(index):
            told |= found
    filed = {index: capital_of(one) for index, one in enumerate(toponyms) if one.role is Role.DATELINE}
    return frozenset(
        index
        for index, own in filed.items()
        if own is not None and told and own not in told and not spoken_of.get(own, 0)
    )
