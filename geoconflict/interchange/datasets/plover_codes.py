"""PLOVER's types, modes and scores: those of our types, and our types of theirs.

Scores and quad codes are those of the manual's 2.0 draft; ACCUSE stands there without its sign, surely by a slip.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from typing import Final

from geoconflict.models import EventType

__all__ = ["QUAD_CODES", "our_types", "plover_columns", "score_of"]

QUAD_CODES: Final[Mapping[str, int]] = types.MappingProxyType(
    {
        **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
        **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
        **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
        **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
    }
)
"""Type -> 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""

_SCORES: Final[Mapping[str, float]] = types.MappingProxyType(
    {
        "AGREE": 2.5, "CONSULT": 2.5, "SUPPORT": 5, "CONCEDE": 4.5, "COOPERATE": 9.5, "AID": 10, "RETREAT": 6.5,
        "REQUEST": 0, "ACCUSE": -3, "REJECT": -2, "THREATEN": -3.5, "PROTEST": -5, "SANCTION": -6, "MOBILIZE": -5.5,
        "COERCE": -7, "ASSAULT": -9,
    }
)  # fmt: skip
_MODE_SCORES: Final[Mapping[str, Mapping[str, float]]] = types.MappingProxyType(
    {
        "CONSULT": {"visit": 4, "third-party": 1, "multilateral": 4, "phone": 1.5},
        "RETREAT": {"withdraw": 8, "release": 6.5, "disarm": 10, "ceasefire": 7.5, "access": 6.5, "resign": 4.5},
        "REQUEST": {"assist": 0.5, "change": -1, "yield": -1, "meet": 0},
        "ACCUSE": {"disapprove": -2, "investigate": -3.5, "allege": -3.5},
        "REJECT": {"assist": -1.5, "change": -2, "yield": -2, "meet": -2},
        "THREATEN": {
            "restrict": -3, "arrest": -3.5, "relations": -3.5, "expel": -3.5, "territory": -4, "violence": -3.5,
        },
        "PROTEST": {"demo": -5, "riot": -7, "strike": -5, "hunger": -4.5, "boycott": -4.5, "obstruct": -4.5},
        "SANCTION": {"convict": -6, "expel": -5.5, "withdraw": -6, "discontinue": -6},
        "MOBILIZE": {"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6},
        "COERCE": {
            "seize": -7, "restrict": -7, "censor": -6.5, "curfew": -6.5, "martial-law": -7.5, "arrest": -7, "deport": -7,
            "withhold": -7, "misinformation": -6.5, "cyber": -7,
        },
        "ASSAULT": {
            "abduct": -8.5, "beat": -7.5, "torture": -8.5, "sexual": -8.5, "targeted": -9.5, "destroy": -8.5,
            "primitive": -8, "firearms": -9, "explosives": -9, "suicide-attack": -9.5, "aerial": -9.5, "drone": -9.5,
            "heavy-weapons": -9.5, "crowd-control": -7.5, "unconventional": -10,
        },
    }
)  # fmt: skip

# Our sub-types, where the type and the mode follow from them alone; what the text may say more of has no mode here.
_PLOVER: Final[Mapping[str, tuple[str, str, str]]] = types.MappingProxyType(
    {
        "Armed clash": ("ASSAULT", "", ""),
        "Government regains territory": ("ASSAULT", "", "territory"),
        "Non-state actor overtakes territory": ("ASSAULT", "", "territory"),
        "State-based conflict": ("ASSAULT", "", ""),
        "Non-state conflict": ("ASSAULT", "", ""),
        "One-sided violence": ("ASSAULT", "", ""),
        "Chemical weapon": ("ASSAULT", "unconventional", "cbrn"),
        "Air/drone strike": ("ASSAULT", "aerial", ""),
        "Suicide bomb": ("ASSAULT", "suicide-attack", ""),
        "Shelling/artillery/missile attack": ("ASSAULT", "heavy-weapons", ""),
        "Remote explosive/landmine/IED": ("ASSAULT", "explosives", ""),
        "Grenade": ("ASSAULT", "explosives", ""),
        "Sexual violence": ("ASSAULT", "sexual", ""),
        "Attack": ("ASSAULT", "", ""),
        "Abduction/forced disappearance": ("ASSAULT", "abduct", ""),
        "Peaceful protest": ("PROTEST", "demo", ""),
        "Protest with intervention": ("PROTEST", "demo", ""),
        "Excessive force against protesters": ("ASSAULT", "crowd-control", ""),
        "Violent demonstration": ("PROTEST", "riot", ""),
        "Mob violence": ("PROTEST", "riot", ""),
        "Agreement": ("SUPPORT", "", ""),
        "Arrests": ("COERCE", "arrest", ""),
        "Headquarters or base established": ("MOBILIZE", "troops", ""),
        "Looting/property destruction": ("ASSAULT", "destroy", ""),
        "Non-violent transfer of territory": ("RETREAT", "withdraw", "territory"),
    }
)

_BATTLES, _CIVILIANS = EventType.BATTLES.value, EventType.VIOLENCE_AGAINST_CIVILIANS.value
_EXPLOSIONS, _STRATEGIC = EventType.EXPLOSIONS.value, EventType.STRATEGIC.value
_PROTESTS, _RIOTS, _DIPLOMACY = EventType.PROTESTS.value, EventType.RIOTS.value, EventType.DIPLOMACY.value
_OTHER: Final = (_STRATEGIC, "Other")
_OURS: Final[Mapping[str, tuple[str, str]]] = types.MappingProxyType(
    {
        "AGREE": (_DIPLOMACY, "agreement"),
        "CONSULT": (_DIPLOMACY, "talks"),
        "SUPPORT": (_DIPLOMACY, "agreement"),
        "CONCEDE": (_DIPLOMACY, "statement"),
        "COOPERATE": _OTHER,
        "AID": _OTHER,
        "RETREAT": _OTHER,
        "RETREAT:ceasefire": (_DIPLOMACY, "ceasefire"),
        "REQUEST": (_DIPLOMACY, "statement"),
        "ACCUSE": (_DIPLOMACY, "statement"),
        "REJECT": (_DIPLOMACY, "statement"),
        "THREATEN": (_DIPLOMACY, "statement"),
        "PROTEST": (_PROTESTS, "Peaceful protest"),
        "PROTEST:riot": (_RIOTS, "Violent demonstration"),
        "PROTEST:vandalize": (_RIOTS, "Violent demonstration"),
        "SANCTION": _OTHER,
        "MOBILIZE": (_STRATEGIC, "Change to group/activity"),
        "COERCE": _OTHER,
        "COERCE:arrest": (_STRATEGIC, "Arrests"),
        "ASSAULT": (_BATTLES, "Armed clash"),
        "ASSAULT:abduct": (_CIVILIANS, "Abduction/forced disappearance"),
        "ASSAULT:beat": (_CIVILIANS, "Attack"),
        "ASSAULT:torture": (_CIVILIANS, "Attack"),
        "ASSAULT:sexual": (_CIVILIANS, "Sexual violence"),
        "ASSAULT:targeted": (_CIVILIANS, "Attack"),
        "ASSAULT:destroy": (_STRATEGIC, "Looting/property destruction"),
        "ASSAULT:explosives": (_EXPLOSIONS, "Remote explosive/landmine/IED"),
        "ASSAULT:suicide-attack": (_EXPLOSIONS, "Suicide bomb"),
        "ASSAULT:aerial": (_EXPLOSIONS, "Air/drone strike"),
        "ASSAULT:drone": (_EXPLOSIONS, "Air/drone strike"),
        "ASSAULT:heavy-weapons": (_EXPLOSIONS, "Shelling/artillery/missile attack"),
        "ASSAULT:crowd-control": (_PROTESTS, "Protest with intervention"),
        "ASSAULT:unconventional": (_EXPLOSIONS, "Chemical weapon"),
    }
)


def score_of(kind: str, mode: str) -> float | None:
    """Return PLOVER's score of an event, -10 to 10: that of its mode, else that of its type; None of no type."""
    return _MODE_SCORES.get(kind, {}).get(mode, _SCORES.get(kind))


def plover_columns(event_types: Sequence[str], sub_event_types: Sequence[str]) -> dict[str, list[str]]:
    """Return our columns of PLOVER's codes for events of which only the types are known."""
    known = [
        _PLOVER.get(sub, ("", "", "")) if kind else ("", "", "")
        for kind, sub in zip(event_types, sub_event_types, strict=True)
    ]
    return {name: [row[k] for row in known] for k, name in enumerate(("plover_type", "plover_mode", "plover_contexts"))}


def our_types(kind: str, mode: str, *, at_civilians: bool) -> tuple[str, str]:
    """Return our type and sub-type of a PLOVER type and mode; empty where PLOVER has no such type.

    PLOVER parts no battles from attacks on civilians; who suffered it does.
    """
    found = _OURS.get(f"{kind}:{mode}", _OURS.get(kind, ("", "")))
    return (_CIVILIANS, "Attack") if at_civilians and found[0] == _BATTLES else found
