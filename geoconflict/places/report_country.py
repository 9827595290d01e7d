"""The country of a report: that of most of the places and peoples it names, for events of which it tells no place.

The last resort for such an event, and a country is no point: it is counted and listed, and no map pins it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from geoconflict.codes import ARMED_GROUPS
from geoconflict.models import ActorKind, EventMention, Place, PlacePrecision, Resolution, Role, Toponym
from geoconflict.places.countries import country_table
from geoconflict.places.peoples import forces_of_mentions, people_named
from geoconflict.places.scoring import Lookup

__all__ = ["country_of_report"]

_IN = re.compile(r"\b(?:in|across|inside|of|throughout|within)\s+(?:the\s+)?\Z")
_REACH = 24
"""Characters before a name in which such a word stands."""
_INITIALS = re.compile(r"(?:[A-Z]\.?){2,4}")
"""A country's name that serves as its adjective, too: "the UAE", "U.S. diplomats"."""
_OF_DATELINE = 2
"""Votes of a dateline, whose country the report must speak of otherwise, unless it speaks of none."""
_LEAST_VOTES = 2
_LEAD = 1.5
"""How many times as often as of the next country the report must speak of one before it is about that one."""


def country_of_report(
    text: str, resolutions: Sequence[Resolution], gazetteer: Lookup, mentions: Sequence[EventMention] = ()
) -> Resolution | None:
    """Return the country that a report speaks of far more than of others, or None where there is none.

    Parameters
    ----------
    text
        The report, whose words for peoples and what is theirs have a vote each.
    resolutions
        The answers to all its names, with a vote each. Names that stand for governments or say where somebody comes from
        have none.
    mentions
        Its events: where all else leaves it open, a group by name has a vote for its country in each that names no forces
        of another one, since most fight at home.

    Returns
    -------
    resolution
        Its toponym is no words of the report, but the empty span at its beginning with the country's name; its score is
        the share of the votes.
    """
    spans = [(one.toponym.start, one.toponym.end) for one in resolutions]
    kinds = forces_of_mentions(text, spans)
    placed = [
        (
            Role.ACTOR_METONYM if _is_of_people(text, one, kinds.get(index)) else one.toponym.role,
            one.place.country,
        )
        for index, one in enumerate(resolutions)
        if one.place is not None
    ]
    votes = Counter(
        code for role, code in placed if code is not None and role is not Role.DATELINE and not role.is_on_no_ground
    )
    votes.update(people_named(text, [one.toponym for one in resolutions]))
    speaking = {code for role, code in placed if role.is_on_no_ground and code is not None}
    filed_in = {code for role, code in placed if role is Role.DATELINE and code is not None}
    # What is told without a place is mostly told where it was filed, but many a report on one country is filed in another.
    for code in filed_in & (votes.keys() or speaking or filed_in):
        votes[code] += _OF_DATELINE
    found = _leading(votes) or _leading(votes + Counter(_homes_of_groups(mentions)))
    if found is None:
        return None
    code, share = found
    place = _country(code, gazetteer)
    if place is None:
        return None
    return Resolution(
        toponym=Toponym(start=0, end=0, surface=place.name, score=0.0, role=Role.REGION_CONTEXT),
        place=place,
        score=round(share, 4),
        reasons=(f"no nearer place is told; most of what the report tells of is in {place.name}",),
    )


def _leading(votes: Counter[str]) -> tuple[str, float] | None:
    """Return the country that leads all others by far, and its share of the votes; None where there is none."""
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if not ranked or ranked[0][1] < _LEAST_VOTES or (len(ranked) > 1 and ranked[0][1] < _LEAD * ranked[1][1]):
        return None
    return ranked[0][0], ranked[0][1] / votes.total()


def _homes_of_groups(mentions: Sequence[EventMention]) -> Iterator[str]:
    """Yield the countries of the armed groups by name in events, but of those that fight the forces of another country."""
    for mention in mentions:
        armed = {actor.country for actor in mention.actors if actor.kind is not ActorKind.CIVILIANS} - {None}
        # "Rebels (Ruritania)" are called so by an adjective, which has its vote.
        groups = {one.country for one in mention.actors if one.kind in ARMED_GROUPS and not one.name.endswith(")")}
        if len(armed) == 1:
            yield from (country for country in groups if country is not None)


def _is_of_people(text: str, answer: Resolution, kind: str | None) -> bool:
    """Whether a country's name speaks of those who may be anywhere: "a U.S. drone strike", "the UAE ambassador".

    An army is mostly at home, and so is what is done in a country or a town.
    """
    toponym = answer.toponym
    if not _is_land(answer) or (kind not in ("arms", "envoys") and not _INITIALS.fullmatch(toponym.surface)):
        return False
    return not _IN.search(text[max(0, toponym.start - _REACH) : toponym.start])


def _is_land(answer: Resolution) -> bool:
    return answer.place is not None and answer.place.precision is PlacePrecision.COUNTRY


def _country(code: str, gazetteer: Lookup) -> Place | None:
    country = country_table().get(code)
    found = [one.place for one in gazetteer.lookup(country.name)] if country is not None else []
    return next((one for one in found if one.precision is PlacePrecision.COUNTRY and one.country == code), None)
