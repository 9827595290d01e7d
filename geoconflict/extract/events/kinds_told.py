"""Whether two mentions of one report may tell of one kind of event: the same word, or a general one beside a sharp one."""

from __future__ import annotations

from geoconflict.codes import FROM_AFAR, LEAVES_NOBODY_DEAD
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.models import EventMention, EventType

__all__ = ["are_of_one_kind", "came_of_a_raid", "is_fighting", "is_generic", "is_of_another_word", "takes_territory"]

_NEXT_CHARS = 250
"""Of a sentence and the next."""
_BROUGHT = frozenset({"Suicide bomb", "Grenade"})
_GAS = frozenset({"Chemical weapon"})
_GENERIC_SENSES = frozenset({"attack", "under-fire", "strike", "kill", "murder", "dead", "blast", "fire", "damage"})
"""Senses whose words ("the attack", "the killing") may repeat an event told with a sharper word."""


def are_of_one_kind(first: EventMention, second: EventMention, *, strict: bool, pointing: bool = False) -> bool:
    """Whether two tellings may be of one event by their kinds.

    Parameters
    ----------
    strict
        Whether a general word ("the attack") repeats no sharp one, and a kind of blast no other.
    pointing
        Whether the second points back: "the ambush".
    """
    if first.event_type is EventType.STRATEGIC and second.event_type is EventType.STRATEGIC:
        # A curfew is another measure than martial law, though ACLED counts both alike.
        return first.sub_event_type == second.sub_event_type and first.plover == second.plover
    if pointing and _is_in_one_word(first, second):
        return True  # "ambushed a convoy ... Three traders died in the ambush"
    if came_of_a_raid(first, second):
        return True
    if first.event_type is second.event_type:
        return first.sub_event_type == second.sub_event_type or (
            not strict and first.event_type is EventType.EXPLOSIONS and not _are_of_other_weapons(first, second)
        )
    if (
        first.place is not None
        and second.place is not None
        and EventType.BATTLES in (first.event_type, second.event_type)
        and not pointing
    ):
        # A clash and a bombing in one town are two events; two words for one attack are one.
        return False
    pair = {first.event_type, second.event_type}
    generic = is_generic(first) or is_generic(second)
    return (
        not strict and pair <= ARMED_EVENTS and generic and not takes_territory(first) and not takes_territory(second)
    )


def came_of_a_raid(first: EventMention, second: EventMention) -> bool:
    """Whether people were taken or houses burned in an attack that the other tells of: "attacked X ... Four were kidnapped in the raid".

    So are people taken and houses burned. What names a place of its own stands by itself.
    """
    if first.place is not None and second.place is not None and first.place.start != second.place.start:
        return False
    if abs(second.trigger_start - first.trigger_start) > _NEXT_CHARS:
        return False
    taken = [one for one in (first, second) if one.sub_event_type in LEAVES_NOBODY_DEAD]
    others = [one for one in (first, second) if one not in taken]
    return bool(taken) and all(
        one.event_type is EventType.VIOLENCE_AGAINST_CIVILIANS and is_generic(one) for one in others
    )


def _are_of_other_weapons(first: EventMention, second: EventMention) -> bool:
    """Whether one tells of shells or of jets and the other of gas, or of a bomber who came himself, each in sharp words."""
    kinds = {first.sub_event_type, second.sub_event_type}
    is_sharp = not is_generic(first) and not is_generic(second)
    return is_sharp and bool(kinds & (_BROUGHT | _GAS)) and bool(kinds & FROM_AFAR)


def takes_territory(mention: EventMention) -> bool:
    """Whether it tells that somebody took or took back a place."""
    return mention.sub_event_type.endswith("territory")


def is_fighting(mention: EventMention) -> bool:
    """Whether it is told by a noun for a battle, as "the fighting" in which a town was taken is."""
    return bool(mention.reasons) and mention.reasons[0].partition(":")[0] in ("clash", "fight", "attack", "offensive")


def is_generic(mention: EventMention) -> bool:
    """Whether its word ("attack", "killing") may repeat an event told with a sharper one."""
    return bool(mention.reasons) and mention.reasons[0].partition(":")[0] in _GENERIC_SENSES


def _is_in_one_word(first: EventMention, second: EventMention) -> bool:
    """Whether two are told by words of one sense, a sharp one: "ambushed" and "the ambush"."""
    senses = {one.reasons[0].partition(":")[0] for one in (first, second) if one.reasons}
    return len(senses) == 1 and bool(first.reasons) and bool(second.reasons) and not is_generic(first)


def is_of_another_word(first: EventMention, second: EventMention) -> bool:
    """Whether what was told before is likelier another than "the ambush" is, and no blow from afar: "hit" is of any of these."""
    return first.event_type is not EventType.EXPLOSIONS and not _is_in_one_word(first, second)
