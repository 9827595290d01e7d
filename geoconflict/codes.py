"""The codes by which other data sets name actors and acts: ACLED's inter and interaction, PLOVER's types and sectors.

The vocabularies are closed: what a lexicon or a record says is checked against them. ACLED's as its codebook has them,
as numbers (every release) and as text (what its files hold since September 2024); PLOVER's as in its 2.0 draft manual.
What its codebook draws together, such as armed groups of all kinds, is asked by these sets everywhere.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from geoconflict.models import Actor, ActorKind, Event, EventMention, EventType, Status

__all__ = [
    "ARMED_GROUPS",
    "BROKEN_UP",
    "FIGHTERS",
    "FROM_AFAR",
    "INTER_NAMES",
    "LEAVES_NOBODY_DEAD",
    "LEFT_IN_PEACE",
    "OF_NO_STATED_COUNTRY",
    "OF_STATES",
    "PLOVER_BODIES",
    "PLOVER_MODES",
    "PLOVER_SECTORS",
    "UNKNOWN_GROUP",
    "are_of_crowd_and_arms",
    "are_of_state_and_group",
    "check_plover",
    "goes_on_to_kill",
    "inter_of",
    "interaction_name",
    "interaction_of",
    "plover_contexts",
    "plover_country",
    "plover_of",
    "sectors_of",
]

# ---------------------------------------------------------------- ACLED
LEAVES_NOBODY_DEAD: Final = frozenset({"Looting/property destruction", "Abduction/forced disappearance"})
"""Sub-event types that ACLED's codebook keeps for what kills nobody; where people are killed it is an attack."""
FROM_AFAR: Final = frozenset({"Shelling/artillery/missile attack", "Air/drone strike"})
"""Sub-event types of weapons of which nobody comes to the place: reports take one for the other, and never for a bomber's."""

LEFT_IN_PEACE: Final = "Peaceful protest"
"""The sub-event type that ACLED's codebook keeps for a protest that nobody stepped in on."""
BROKEN_UP: Final = frozenset({"Protest with intervention", "Excessive force against protesters"})
"""Those of a protest that somebody did step in on."""

OF_STATES: Final = frozenset({ActorKind.STATE_FORCES, ActorKind.GOVERNMENT})
"""Who acts for a country: rebels and civilians of a country are no side of its army's."""
ARMED_GROUPS: Final = frozenset({ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA})
"""What ACLED codes as groups that bear arms and belong to no state."""
FIGHTERS: Final = ARMED_GROUPS | {ActorKind.STATE_FORCES}
_CROWDS_AT_ODDS: Final = frozenset({ActorKind.RIOTERS, ActorKind.PROTESTERS})
_CROWDS: Final = _CROWDS_AT_ODDS | {ActorKind.CIVILIANS}
UNKNOWN_GROUP: Final = "Unidentified Armed Group"
"""How the name of armed people begins of whom nobody says who they are."""
OF_NO_STATED_COUNTRY: Final = frozenset({"Government", "Military Forces", "Police Forces", "Security Forces"})
"""Names of who acts for a country that nobody names."""

INTER_NAMES: Final[Mapping[int, str]] = types.MappingProxyType(
    {
        1: "State forces",
        2: "Rebel group",
        3: "Political militia",
        4: "Identity militia",
        5: "Rioters",
        6: "Protesters",
        7: "Civilians",
        8: "External/Other forces",
    }
)
"""ACLED's inter codes: number -> the text that its files hold since September 2024."""

_INTER: Final[Mapping[ActorKind, int]] = types.MappingProxyType(
    {
        ActorKind.STATE_FORCES: 1,
        ActorKind.GOVERNMENT: 1,
        ActorKind.REBEL_GROUP: 2,
        ActorKind.POLITICAL_MILITIA: 3,
        ActorKind.IDENTITY_MILITIA: 4,
        ActorKind.RIOTERS: 5,
        ActorKind.PROTESTERS: 6,
        ActorKind.CIVILIANS: 7,
        ActorKind.EXTERNAL: 8,
    }
)
_STATE, _EXTERNAL = 1, 8


def are_of_crowd_and_arms(first: EventMention, second: EventMention) -> bool:
    """Return whether a crowd did the one, a riot or a fire, and the other is a blast or a battle in which no crowd is told of.

    "A bomb killed 43. A mob then burned shops": two events, and nobody of the mob laid the bomb.
    """
    for crowd, armed in ((first, second), (second, first)):
        doers = {one.kind for one in crowd.actors if one.part == "agent"}
        is_of_crowd = crowd.event_type is EventType.RIOTS or crowd.sub_event_type == "Looting/property destruction"
        is_of_arms = armed.event_type in (EventType.EXPLOSIONS, EventType.BATTLES)
        if is_of_crowd and is_of_arms and doers and doers <= _CROWDS:
            return _CROWDS_AT_ODDS.isdisjoint(one.kind for one in armed.actors)
    return False


def are_of_state_and_group(first: EventMention, second: EventMention) -> bool:
    """Return whether on one word a state's forces did the one and an armed group the other, and it is no battle.

    "Jets bombed X after rebels attacked a post there" tells of two. On another's word it may be the very same, of which each side
    accuses the other; those of whom nobody says who they are may be either.
    """
    if first.event_type is second.event_type is EventType.BATTLES or first.claimed_by != second.claimed_by:
        return False
    kinds = [
        {one.kind for one in told.actors if one.part == "agent" and not one.name.startswith(UNKNOWN_GROUP)}
        for told in (first, second)
    ]
    return any(
        bool(mine) and mine <= OF_STATES and bool(others) and others <= ARMED_GROUPS
        for mine, others in (kinds, kinds[::-1])
    )


_ANYBODY = frozenset({"men", "others", "people", "persons"})


def goes_on_to_kill(fight: EventMention, killing: EventMention) -> bool:
    """Return whether who fought people with arms went on to kill others: "attacked the barracks. They then killed nine traders".

    Civilians who only die of a fight are told of without who killed them; "nine people" may be those who were attacked.
    """
    if fight.event_type is not EventType.BATTLES or killing.event_type is not EventType.VIOLENCE_AGAINST_CIVILIANS:
        return False
    is_of_arms = any(one.part != "agent" and one.kind in FIGHTERS for one in fight.actors)
    has_doer = any(one.part == "agent" and one.kind in FIGHTERS for one in killing.actors)
    suffering = [one for one in killing.actors if one.part == "target"]
    are_civilians = bool(suffering) and all(
        one.kind is ActorKind.CIVILIANS and _ANYBODY.isdisjoint((one.surface or "").lower().split())
        for one in suffering
    )
    are_dead = killing.casualties is not None and killing.casualties.killed is not None
    return is_of_arms and has_doer and are_civilians and are_dead


def inter_of(actor: Actor, country: str | None) -> int | None:
    """Return ACLED's inter code of an actor, or None when its kind is not known.

    Parameters
    ----------
    actor
        Who acted, or suffered it.
    country
        Where it acted, ISO 3166-1 alpha-3: the forces of a state outside it are external forces. None is unknown or
        disputed; then a state's forces count as state forces.
    """
    code = _INTER.get(actor.kind)
    if code == _STATE and country is not None and actor.country is not None and actor.country != country:
        return _EXTERNAL
    return code


def interaction_of(first: int | None, second: int | None) -> int | None:
    """Return ACLED's interaction of two inter codes (1 to 8): the smaller digit first; of one alone, a number ending in 0.

    None is an actor that is not known or not there; of two such there is no interaction, and None is returned.
    """
    known = sorted(code for code in (first, second) if code is not None)
    if not known:
        return None
    return known[0] * 10 + (known[1] if len(known) > 1 else 0)


def interaction_name(interaction: int) -> str:
    """Return an interaction as ACLED writes it since September 2024: 12 is "State forces-Rebel group".

    Raises
    ------
    KeyError
        If the number is no interaction.
    """
    first, second = divmod(interaction, 10)
    if second == 0:
        return f"{INTER_NAMES[first]} only"
    if interaction == 78:  # the one that ACLED writes the other way round
        first, second = second, first
    return f"{INTER_NAMES[first]}-{INTER_NAMES[second]}"


# ---------------------------------------------------------------- PLOVER
PLOVER_MODES: Final[Mapping[str, tuple[str, ...]]] = types.MappingProxyType(
    {
        "AGREE": (),
        "CONSULT": ("visit", "third-party", "multilateral", "phone"),
        "SUPPORT": (),
        "CONCEDE": (),
        "COOPERATE": (),
        "AID": (),
        "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
        "REQUEST": ("assist", "change", "yield", "meet"),
        "ACCUSE": ("disapprove", "investigate", "allege"),
        "REJECT": ("assist", "change", "yield", "meet"),
        "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
        "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
        "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
        "MOBILIZE": ("troops", "weapons", "police", "militia"),
        "COERCE": (
            "seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber",
        ),
        "ASSAULT": (
            "abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
            "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional",
        ),
    }
)  # fmt: skip
"""PLOVER's event types with the modes of each; a type may stand without a mode."""

PLOVER_SECTORS: Final = frozenset(
    [
        "COP",
        "GOV",
        "JUD",
        "LEG",
        "MIL",
        "PRM",
        "PTY",
        "REB",
        "SPY",
        "UAF",
        "UNK",
        "AGR",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
        "JRN",
        "LAB",
        "MED",
        "REF",
        "OPP",
        "PRE",
        "REL",
        "SOC",
    ]
)
"""PLOVER's sectors of actors. PRE marks partially recognised entities and stands beside other codes."""

PLOVER_BODIES: Final = frozenset(["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"])
"""What PLOVER writes for the country of an actor that belongs to none."""

_SECTORS: Final[Mapping[ActorKind, str]] = types.MappingProxyType(
    {
        ActorKind.STATE_FORCES: "MIL",
        ActorKind.GOVERNMENT: "GOV",
        ActorKind.REBEL_GROUP: "REB",
        ActorKind.POLITICAL_MILITIA: "PRM",
        ActorKind.IDENTITY_MILITIA: "PRM",
        ActorKind.RIOTERS: "CVL",
        ActorKind.PROTESTERS: "CVL",
        ActorKind.CIVILIANS: "CVL",
        ActorKind.EXTERNAL: "MIL",
        ActorKind.UNKNOWN: "UNK",
    }
)
_PLOVER_COUNTRY = {"XKX": "KOS"}

_PROMISED: Final[Mapping[str, str]] = types.MappingProxyType(
    {"talks": "AGREE", "agreement": "AGREE", "Agreement": "AGREE", "ceasefire": "CONCEDE"}
)
"""Sub-types that PLOVER gives another type as long as they are announced: a meeting to come is an agreement to meet."""


def check_plover(code: str) -> None:
    """Check a code written ``TYPE`` or ``TYPE:mode``.

    Raises
    ------
    ValueError
        If the type or the mode is none of PLOVER's; the message names those that there are.
    """
    kind, _, mode = code.partition(":")
    if kind not in PLOVER_MODES:
        msg = f"{kind!r} is no PLOVER type; there are {', '.join(PLOVER_MODES)}"
        raise ValueError(msg)
    if ":" in code and mode not in PLOVER_MODES[kind]:
        msg = f"{mode!r} is no mode of PLOVER's {kind}; there are {', '.join(PLOVER_MODES[kind]) or 'none'}"
        raise ValueError(msg)


def sectors_of(actor: Actor) -> tuple[str, ...]:
    """Return the PLOVER sectors of an actor, the primary one first: its own, else what its kind stands for."""
    return actor.sectors or (_SECTORS[actor.kind],)


def plover_country(actor: Actor) -> str | None:
    """Return what PLOVER writes for an actor's country: ISO alpha-3 (Kosovo is KOS), or one of `PLOVER_BODIES`; None if unknown."""
    if actor.body is not None:
        return actor.body
    return None if actor.country is None else _PLOVER_COUNTRY.get(actor.country, actor.country)


def plover_of(event: Event) -> tuple[str, str]:
    """Return the PLOVER type and mode of an event, "" where it has none.

    They are those of the surest telling with the event's type. What is only announced is PLOVER's AGREE or CONCEDE.
    """
    if event.status is Status.SCHEDULED and event.sub_event_type in _PROMISED:
        return _PROMISED[event.sub_event_type], ""
    told = [source.mention for source in event.sources]
    alike = [one for one in told if one.event_type is event.event_type and one.plover]
    if not alike:
        return "", ""
    kind, _, mode = min(alike, key=lambda one: _rank(one, event)).plover.partition(":")
    return kind, mode


def _rank(mention: EventMention, event: Event) -> tuple[bool, bool, float, str]:
    """Return the order: the very sub-type first, then a mode rather than none, then the surer."""
    return (
        mention.sub_event_type != event.sub_event_type,
        ":" not in mention.plover,
        -mention.score,
        mention.mention_id,
    )


def plover_contexts(event: Event) -> tuple[str, ...]:
    """Return the PLOVER contexts that the sub-types of an event and its tellings speak of: territory, cbrn."""
    subs = {event.sub_event_type, *(source.mention.sub_event_type for source in event.sources)}
    return tuple(name for name, marks in _CONTEXTS if not subs.isdisjoint(marks))


_CONTEXTS: Final[Sequence[tuple[str, Iterable[str]]]] = (
    (
        "territory",
        (
            "Government regains territory",
            "Non-state actor overtakes territory",
            "Non-violent transfer of territory",
        ),
    ),
    ("cbrn", ("Chemical weapon",)),
)
