"""Whether the government regained a place or somebody else overtook it: by who took it and whose it is.

A sentence tells who captured a town, not whose town it is; that is known once the place is. ACLED's codebook counts the
forces of a foreign state with the non-state actors that overtake territory, so that the rule is:

1. one of those who took it is of the state whose territory it is, or was then: "Government regains territory";
2. all are rebels, militias or outsiders, or forces of other states: "Non-state actor overtakes territory";
3. nobody is named who took it, or a state's forces and rebels of that state, or forces of a named state took a place whose
   state is disputed or unknown: "Armed clash", which claims neither. That it was about territory stays with the event's sources, and so in its PLOVER context.
"""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import functools
import importlib.resources
from collections.abc import Mapping

from geoconflict.codes import ARMED_GROUPS, OF_STATES
from geoconflict.models import Actor, ActorKind, Event

__all__ = ["changes_hands", "settle_territory"]

_REGAINED, _OVERTAKEN, _NEUTRAL = (
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Armed clash",
)
_ARMED = OF_STATES | ARMED_GROUPS | {ActorKind.EXTERNAL}


def changes_hands(sub_event_type: str) -> bool:
    """Whether a sub-type says that somebody took a place from somebody by force."""
    return sub_event_type in (_REGAINED, _OVERTAKEN)


def settle_territory(event: Event) -> Event:
    """Return an event of territory changing hands with the sub-type that its actors and its place allow."""
    if not changes_hands(event.sub_event_type):
        return event
    country = event.place.country if event.place is not None else None
    captors = _captors(event)
    if event.place is None and captors and all(one.country is None and one.kind in OF_STATES for one in captors):
        # "The army retook X", a village that no gazetteer knows: the army without a country is that of the place.
        sub = _REGAINED
    else:
        sub = _sub_type(captors, country, _ruled_by(country, event.when.ends_on))
    return event if sub == event.sub_event_type else dataclasses.replace(event, sub_event_type=sub)


def _captors(event: Event) -> list[Actor]:
    """Return the armed actors who took the place: the agents, else the only party."""
    armed = [actor for actor in event.actors if actor.kind in _ARMED]
    agents = [actor for actor in armed if actor.part == "agent"]
    parties = [actor for actor in armed if actor.part == "party"]
    return agents or (parties if len(parties) == 1 else [])


@functools.cache
def _former_rule() -> Mapping[str, tuple[str, dt.date]]:
    """Return whose each country was before it was its own, and the last day of that."""
    text = (importlib.resources.files("geoconflict") / "resources/events/former_rule.csv").read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["country"]: (row["ruled_by"], dt.date.fromisoformat(row["until"])) for row in rows}


def _ruled_by(country: str | None, day: dt.date | None) -> str | None:
    """Return the state whose territory a country was on a day, if it was not its own yet: East Timor in 1999."""
    ruler, until = _former_rule().get(country or "", (None, dt.date.min))
    return ruler if day is not None and day <= until else None


def _sub_type(captors: list[Actor], country: str | None, ruler: str | None) -> str:
    states = [actor for actor in captors if actor.kind in OF_STATES]
    if not captors:
        return _NEUTRAL
    if not states:
        return _OVERTAKEN
    at_war = {actor.country for actor in captors if actor.kind is ActorKind.REBEL_GROUP} - {None}
    if country is None or any(actor.country in at_war for actor in states):
        return _NEUTRAL  # an army and the rebels of its own country take nothing together
    # "The army" without a country is taken for that of the place: a foreign one is named as such.
    if any(actor.country in {country, ruler, None} for actor in states):
        return _REGAINED
    return _OVERTAKEN
