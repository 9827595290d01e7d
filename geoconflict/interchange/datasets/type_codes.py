"""The types of events of other data sets as ours, and ours as theirs."""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Final

from geoconflict.models import SUB_EVENT_TYPES, EventType

__all__ = ["UCDP_TYPES", "acled_types", "is_acled_type", "ucdp_types"]

UCDP_TYPES: Final[Mapping[str, tuple[str, str]]] = types.MappingProxyType(
    {
        "1": (EventType.BATTLES, "State-based conflict"),
        "2": (EventType.BATTLES, "Non-state conflict"),
        "3": (EventType.VIOLENCE_AGAINST_CIVILIANS, "One-sided violence"),
    }
)
"""UCDP's type_of_violence -> our type, and UCDP's own name for want of a sub-type: it does not say how people were killed."""

# Where a data set tells the type alone, ACLED's most general sub-type of it.
_GENERAL: Final[Mapping[str, str]] = types.MappingProxyType(
    {EventType.BATTLES: "Armed clash", EventType.VIOLENCE_AGAINST_CIVILIANS: "Attack"}
)
_OF_UCDP: Final = frozenset(name for _, name in UCDP_TYPES.values())


def is_acled_type(event_type: str, sub_event_type: str) -> bool:
    """Whether ACLED's codebook has this pair of types."""
    return (
        event_type in tuple(EventType)
        and event_type != EventType.DIPLOMACY
        and sub_event_type in SUB_EVENT_TYPES[EventType(event_type)]
    )


def acled_types(event_type: str, sub_event_type: str) -> tuple[str, str]:
    """Return ACLED's type and sub-type of an event of ours; empty where it has none."""
    if is_acled_type(event_type, sub_event_type):
        return event_type, sub_event_type
    if event_type == EventType.DIPLOMACY and sub_event_type in ("agreement", "ceasefire"):
        return EventType.STRATEGIC.value, "Agreement"
    if event_type in _GENERAL and (sub_event_type in _OF_UCDP or sub_event_type in ("", event_type)):
        return event_type, _GENERAL[event_type]
    return "", ""


def ucdp_types(type_of_violence: str) -> tuple[str, str]:
    """Return our type of UCDP's type_of_violence, and UCDP's own name of it; empty where it is none."""
    return UCDP_TYPES.get(type_of_violence, ("", ""))
