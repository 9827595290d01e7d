"""Candidates that are strangers to their report: of a country that nothing else there speaks for, and far from all of it.

Such a candidate is mostly a namesake of a village, a quarter or a camp that the gazetteer lacks, or of one at home.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

from geoconflict.models import Place
from geoconflict.places.gazetteer import Candidate
from geoconflict.places.groups import NameGroup
from geoconflict.places.names import fold
from geoconflict.places.scoring import effective_distance_km
from geoconflict.places.spelling import is_spelling

__all__ = ["mark_far_namesakes", "mark_strangers"]

_NO_VOTE = 0.10
"""Less than this share of a report's places and peoples speaks for a country that is not its own."""
_AT_HOME = 0.5
"""From this share of a report's places and peoples on, a place of a name lies in the country that the report is about."""
_SPOKEN_OF = 0.15
"""From this share on a report speaks of a country, be it one of half a dozen;"""
_ALONE = 0.9
"""where of two namesakes' countries it speaks of one alone, so surely, the city there is meant, whomever else it names."""
_SMALL_KINDS = ("settlement", "landmark", "admin2")
_CITY = 200_000
"""People from which on a town is named at home without further words,"""
_FAR_CITY = 500_000
"""and from which on far from home, in reports on other countries."""
_WORLD_CITY = 1_000_000
"""People from which on a city, by its main name, is meant before a village of that name in the country told of."""
_METROPOLIS = 3_000_000
"""People from which on a city is named in the news of any country,"""
_OF_METROPOLIS = 0.43
"""and how much a namesake at home counts against it."""
_AT_REACH = math.exp(-1)
"""Nearness at the scale of a region, 300 km: a town just across a border is no stranger."""
_OVERSEAS = math.exp(-10)
"""Nearness at that scale of what lies 3,000 km from all else: a village there is hardly ever meant."""
_TIMES_OVERSEAS = 1.6
_TIMES_QUARTER = 2.4
"""What is called a quarter is a part of a town told of, and no town of that name abroad."""
_TIMES_OTHER_NAME = 1.5
"""A town abroad is hardly meant by a name that is unlike its main one, of another language or of another time; nor by a part of a name."""
_COMMON = 4
"""Towns that share a name from which on there are more of it;"""
_VILLAGE = 50_000
"""all with fewer people than that: none of them is meant"""
_FAR_KM = 900.0
"""so far from all places of its country that the report names."""
_SURE = 0.4
"""From this probability on a name tells where the others of its row lie."""


def _listed_elsewhere(
    group: NameGroup, rows: Sequence[Mapping[str, float]], fellows: Sequence[NameGroup], named: Collection[str]
) -> list[bool]:
    """Return which candidates are small and far, though the text lists the name with places of another country among the others.

    Two strangers of one country speak for each other otherwise, though all the rest is told of villages elsewhere.
    """
    lands = {land for other in fellows if (land := _land_among_others(other)) is not None}
    return [
        bool(lands)
        and _is_small(one)
        and one.place.country not in {None, *lands, *named}
        and features.get("near_300_km", 0.0) < _AT_REACH
        and "contained" not in features
        for one, features in zip(group.candidates, rows, strict=True)
    ]


def _land_among_others(group: NameGroup) -> str | None:
    """Return the country of a name's surest place, where that lies by other places of the report."""
    at = max(range(len(group.shares)), key=group.shares.__getitem__, default=-1)
    if at < 0 or group.shares[at] < _SURE or group.candidates[at].place.kind == "country":
        return None
    near = group.features[at].get("near_300_km", 0.0) if group.features else 0.0
    return group.candidates[at].place.country if near >= _AT_REACH else None


def mark_strangers(
    group: NameGroup,
    rows: Sequence[dict[str, float]],
    told: float,
    *,
    fellows: Sequence[NameGroup],
    named: Collection[str],
    may_be_overseas: bool,
    is_quarter: bool = False,
) -> None:
    """Add what speaks against the strangers among a name's candidates to their features.

    Parameters
    ----------
    group
        The name with its candidates.
    rows
        Of each candidate, with its country's share of the votes, containment and nearness; changed in place.
    told
        How much the report tells of countries at all, between 0 and 1.
    fellows
        The names that the text lists it with.
    named
        The countries (ISO 3166-1 alpha-3) that the report names.
    may_be_overseas
        Whether a place that lies overseas from all else counts the more as a stranger.
    is_quarter
        Whether the text calls it a part of a town: one of a town that is told of.
    """
    listed = _listed_elsewhere(group, rows, fellows, named)
    weighed = list(zip(group.candidates, rows, listed, strict=True))
    # A province that the words beside the name rule out, "the village of X", is no ground on which others may be meant.
    unfits = [row.get("kind_differs", 0.0) >= 1.0 for row in group.features] or [False] * len(rows)
    is_common = len({one.place.country for one in group.candidates}) > 1
    at_home = [
        _is_at_home(one, features, is_listed=is_listed, is_unfit=is_quarter or unfit, is_common=is_common)
        for (one, features, is_listed), unfit in zip(weighed, unfits, strict=True)
    ]
    # A province, at home by its size alone in a land that the report does not speak of, vouches for the town of its name there,
    # and for no village elsewhere.
    is_told_of = any(
        is_own and (one.place.kind != "admin1" or not _is_of_elsewhere(features) or "contained" in features)
        for (one, features, _), is_own in zip(weighed, at_home, strict=True)
    )
    lands = {one.place.country for (one, _, _), is_own in zip(weighed, at_home, strict=True) if is_own}
    nearest = max((features.get("near_300_km", 0.0) for features in rows), default=0.0)
    for (one, features, is_listed), is_own in zip(weighed, at_home, strict=True):
        if is_own or is_told_of or one.place.country in lands:
            continue
        is_far = is_listed or (may_be_overseas and nearest < _OVERSEAS)
        times = _TIMES_QUARTER if is_quarter else _TIMES_OVERSEAS if is_far else 1.0
        is_named_so = not group.note and (one.is_primary or one.curated or _is_like_main(one))
        other_name = 1.0 if is_named_so else _TIMES_OTHER_NAME
        features["abroad"] = told * max(times, other_name)
        if is_common and one.feature != "PPLC":
            features["abroad_common"] = told
    of_city, of_any = _shares_at_home(group, rows)
    for one, features in zip(group.candidates, rows, strict=True):
        share = of_city if _is_known_everywhere(one) else of_any
        is_abroad = one.place.country is not None and _is_of_elsewhere(features)
        # What speaks for neither country says nothing of which of the two is meant.
        own = features.get("country_votes", 0.0)
        of_both = of_city / (of_city + own) if of_city >= _SPOKEN_OF else 0.0
        if (share > _AT_HOME or of_both > _ALONE) and is_abroad and "contained" not in features:
            features["namesake_at_home"] = max(share, of_both) * told * (_OF_METROPOLIS if _is_metropolis(one) else 1.0)


def _is_at_home(
    candidate: Candidate,
    features: Mapping[str, float],
    *,
    is_listed: bool,
    is_unfit: bool = False,
    is_common: bool = False,
) -> bool:
    """Whether a candidate is no stranger: large, or known by hand, or of a country or a region that the report speaks of.

    One that the text lists with places of another country is a stranger all the same. Size counts for nothing where
    the words beside the name ask for another kind of place, and where they ask for a part of a town.
    """
    if is_listed:
        return False
    is_small = is_unfit or (_is_small(candidate) and (is_common or not candidate.curated))
    return not is_small or not _is_of_elsewhere(features) or "contained" in features


def _is_like_main(candidate: Candidate) -> bool:
    """Whether the name is a spelling of the place's main name, or holds that: "Port X" of X."""
    name, main = fold(candidate.matched_name), fold(candidate.place.name)
    return is_spelling(name, main) or set(main.split()) <= set(name.split())


def mark_far_namesakes(group: NameGroup, rows: Sequence[dict[str, float]], told: float, spots: Sequence[Place]) -> None:
    """Add what speaks against small towns far from all that their own country's part of the report is told of.

    A large country has many villages of a common name, and a gazetteer has few of them.

    Parameters
    ----------
    group
        The name with its candidates.
    rows
        Of each candidate its features; changed in place.
    told
        How much the report tells of countries at all, between 0 and 1.
    spots
        The towns and units, but capitals, that the other names surely mean.
    """
    towns = [one for one in group.candidates if one.place.kind == "settlement"]
    if len(towns) < _COMMON or any((one.place.population or 0) >= _VILLAGE for one in towns):
        return
    for one, features in zip(group.candidates, rows, strict=True):
        place = one.place
        is_village = place.kind == "settlement" and not one.curated
        apart = [effective_distance_km(place, spot) for spot in spots if spot.country == place.country]
        if is_village and apart and min(apart) > _FAR_KM and "contained" not in features:
            features["far_namesake"] = told


def _is_small(candidate: Candidate) -> bool:
    return candidate.place.kind in _SMALL_KINDS and (candidate.place.population or 0) < _FAR_CITY


def _is_of_elsewhere(features: Mapping[str, float]) -> bool:
    return features.get("country_votes", 0.0) < _NO_VOTE and features.get("near_300_km", 0.0) < _AT_REACH


def _shares_at_home(group: NameGroup, rows: Sequence[Mapping[str, float]]) -> tuple[float, float]:
    """Return the greatest share of the report that a country of a city of the name has, and one of any town with that main name."""
    of_city = of_any = 0.0
    for one, features in zip(group.candidates, rows, strict=True):
        if one.place.kind == "settlement":
            share = features.get("country_votes", 0.0)
            if (one.place.population or 0) >= _CITY:
                of_city = max(of_city, share)
            elif one.is_primary:
                of_any = max(of_any, share)
    return of_city, max(of_city, of_any)


def _is_known_everywhere(candidate: Candidate) -> bool:
    """Whether a place is a capital or a city of the world by its main name."""
    return candidate.is_primary and (candidate.feature == "PPLC" or (candidate.place.population or 0) >= _WORLD_CITY)


def _is_metropolis(candidate: Candidate) -> bool:
    return candidate.is_primary and (candidate.place.population or 0) >= _METROPOLIS
