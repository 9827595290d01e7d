"""What type a reading of a word gets by its arguments: by weapon, target, crowd and who took the ground."""

from __future__ import annotations

from enum import StrEnum

from geoconflict.codes import ARMED_GROUPS, OF_STATES, UNKNOWN_GROUP
from geoconflict.extract.events.sense_needs import Evidence, explosives, needs_hold
from geoconflict.extract.predicates.senses import FINDING_THE_DEAD, Sense, TriggerLexicon
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor, ActorKind, EventType

__all__ = [
    "Target",
    "TypeAndReason",
    "refined_type",
    "type_by_target",
]


class Target(StrEnum):
    """Whom an attack is aimed at, as the reason for its type; of the first and the last the report may tell more later, by its dead."""

    NO_FORCE_NAMED = "no force is named as the target"
    ARMED = "the target is armed"
    CIVILIAN = "the target is civilian"
    WHOSE_IS_UNSAID = "a camp or a convoy is the target, and whose is not said"


TypeAndReason = tuple[EventType, str, str]
"""A type, a sub-type, and why, in words or as a :class:`Target`."""


_NO_BANDS = OF_STATES | {ActorKind.EXTERNAL, ActorKind.UNKNOWN}
"""Of what side joint forces are may be unknown; armed they are, and no band."""
_TANKS = frozenset({"tank", "tanks"})
_ARMS = ("military", "war_machines")
"""Classes of words."""
_IN_CROWDS = frozenset({ActorKind.PROTESTERS, ActorKind.RIOTERS})
_SHOT_AT = _IN_CROWDS | {ActorKind.CIVILIANS}
_A_FIND = "weapons-found"
"""The sense of words for weapons that are found before they are used."""


def refined_type(
    sense: Sense, predicate: Predicate, evidence: Evidence, lexicon: TriggerLexicon
) -> tuple[EventType, str, tuple[str, ...]]:
    """Return the type and the sub-type of a reading that holds, and the reasons for them."""
    event_type, sub = sense.event_type, sense.sub_event_type
    reasons = [f"{sense.name}: {sense.sub_event_type}"]
    weapon = _instrument(sense, evidence, predicate, lexicon)
    # A bomb that was found went off nowhere, whatever "bomb" is a word for.
    others = [] if sense.name == _A_FIND else predicate.merged
    for refinement in (
        *sense.refine,
        *(name for other in others for name in other.refine if name == "instrument"),
    ):
        changed = _changed(refinement, sense, evidence, lexicon, weapon)
        if changed is not None:
            event_type, sub, reason = changed
            reasons.append(reason)
            if refinement == "instrument":
                break
    return event_type, sub, tuple(reasons)


def _changed(
    refinement: str, sense: Sense, evidence: Evidence, lexicon: TriggerLexicon, weapon: TypeAndReason | None
) -> TypeAndReason | None:
    """Return what one refinement of a sense makes of it; `weapon` is what the weapon named does."""
    words = evidence.words
    match refinement:
        case "instrument":
            return weapon
        case "air":
            is_of_air = lexicon.among(words.subject | words.modifier, "air") and not lexicon.among(
                words.near, "artillery"
            )
            return (EventType.EXPLOSIONS, "Air/drone strike", "from the air") if is_of_air else None
        case "bomber" if weapon is None:
            return _bomber(evidence, lexicon)
        case "air_war" if weapon is None and evidence.from_air:
            return EventType.EXPLOSIONS, "Air/drone strike", "the report tells of air strikes, and of no artillery"
        case "air_war" if weapon is None and _is_by_an_alliance(evidence, lexicon):
            return EventType.EXPLOSIONS, "Air/drone strike", "an alliance of states struck, which has its jets there"
        case "heard" if weapon is None and evidence.at_war:
            return EventType.EXPLOSIONS, "Shelling/artillery/missile attack", "blasts in a war report"
        case "target" if weapon is None or "instrument" not in sense.refine:
            return type_by_target(sense, evidence, lexicon)
        case "fired_with" | "fired_on_town" | "fired_from":
            return _fired(refinement, evidence, lexicon)
        case "territory":
            return _territory(sense, evidence, lexicon)
        case "crowd":
            return _crowd(evidence, lexicon)
        case "held":
            return _held(evidence, lexicon)
        case "sexual" if lexicon.among(words.modifier, "sexually"):
            return EventType.VIOLENCE_AGAINST_CIVILIANS, "Sexual violence", "they were attacked sexually"
        case "crowd_attack" if any(actor.kind in _IN_CROWDS for actor in evidence.parts("agent")):
            return EventType.RIOTS, "Violent demonstration", "protesters attacked"
        case "own_death" if lexicon.among(words.subject, "who_bombs") and lexicon.among(words.object, "selves"):
            return EventType.EXPLOSIONS, "Suicide bomb", "a bomber died by his own hand"
        case "crowd_damage" if any(actor.kind in _IN_CROWDS for actor in evidence.parts("agent")):
            return EventType.RIOTS, "Violent demonstration", "protesters or a mob destroyed something"
        case "crowd_clash" if _is_a_crowd(evidence):
            return EventType.RIOTS, "Violent demonstration", "protesters took part"
    return None


def _fired(refinement: str, evidence: Evidence, lexicon: TriggerLexicon) -> TypeAndReason | None:
    """Return what fire was that came with heavy arms, on a town, or from aircraft, ships or tanks."""
    words = evidence.words
    match refinement:
        case "fired_with" if lexicon.among(words.adjunct, "artillery"):
            return EventType.EXPLOSIONS, "Shelling/artillery/missile attack", "it was fired with heavy arms"
        case "fired_on_town" if _fires_on_town(evidence):
            return EventType.EXPLOSIONS, "Shelling/artillery/missile attack", "forces fired on a town"
        case "fired_from" if lexicon.among(words.subject, "air"):
            return EventType.EXPLOSIONS, "Air/drone strike", "it was fired from the air"
        case "fired_from" if lexicon.among(words.subject, "war_vessels") or not words.subject.isdisjoint(_TANKS):
            return EventType.EXPLOSIONS, "Shelling/artillery/missile attack", "a ship or a tank fired"
    return None


def _held(evidence: Evidence, lexicon: TriggerLexicon) -> TypeAndReason | None:
    """Return what an arrest is of those who were protesting, and by those who have no state behind them."""
    if lexicon.among(evidence.words.clause, "gathering"):
        return EventType.PROTESTS, "Protest with intervention", "they were protesting"
    if any(one.name.startswith(UNKNOWN_GROUP) for one in evidence.parts("agent")):
        return EventType.VIOLENCE_AGAINST_CIVILIANS, "Abduction/forced disappearance", "no state's forces hold them"
    return None


def _is_by_an_alliance(evidence: Evidence, lexicon: TriggerLexicon) -> bool:
    """Whether an alliance of states struck, with no artillery in the sentence: "the coalition's strikes on X"."""
    doers = evidence.parts("agent")
    are_allied = any(lexicon.among(frozenset(one.name.lower().split()), "alliance") for one in doers) and all(
        one.kind not in ARMED_GROUPS for one in doers
    )
    return are_allied and not lexicon.among(evidence.words.clause, "artillery")


def _is_a_crowd(evidence: Evidence) -> bool:
    """Whether protesters took part in a clash, or people without arms and none but the state's forces: "students clashed with police"."""
    if any(actor.kind in _IN_CROWDS for actor in evidence.actors):
        return True
    parties = {actor.kind for actor in evidence.parts("agent", "party")}
    are_two = ActorKind.CIVILIANS in parties and not parties.isdisjoint(OF_STATES)
    return are_two and parties <= OF_STATES | {ActorKind.CIVILIANS}


def _fires_on_town(evidence: Evidence) -> bool:
    """Whether an army fired on a town, and on nobody whom it saw there: "police opened fire on workers at X" with rifles."""
    is_at_people = any(actor.kind in _SHOT_AT for actor in evidence.parts("target"))
    return evidence.has_place_object and not is_at_people and _is_by_an_army(evidence)


def _is_by_an_army(evidence: Evidence) -> bool:
    """Whether state forces did it, or anybody in a report of war: gunmen who "fired on the village" are no battery."""
    return evidence.at_war or any(actor.kind is ActorKind.STATE_FORCES for actor in evidence.parts("agent"))


def _instrument(
    sense: Sense, evidence: Evidence, predicate: Predicate, lexicon: TriggerLexicon
) -> TypeAndReason | None:
    near = evidence.words.near
    if not predicate.is_noun:  # "Israel bombs X": the verb itself names no weapon
        near -= {form for verb in sense.verbs for form in (verb, f"{verb}s")}
    # "Attacked a police car", "strikes on fuel tanks": what was aimed at is no weapon, unless it is named as one, too; and
    # "repelled an attack, destroying two tanks": nor is what was lost in it.
    words, machines = evidence.words, lexicon.words["war_machines"] | lexicon.words["vehicles"]
    aimed_at, lost = words.own_object & lexicon.words["vehicles"], (words.object - words.own_object) & machines
    near -= (aimed_at | lost) - words.subject - words.modifier - words.adjunct
    if lexicon.among(words.object | words.adjunct, "air_grounds"):
        near -= {"air"} - words.subject - words.modifier  # "fired missiles at the air base"
    if lexicon.among(words.subject | words.object, "shots"):
        near -= {"air"} - words.modifier  # "gunfire in the air killed one"
    for one in lexicon.instruments:
        named = explosives(evidence.words, lexicon) if one.words == "explosive" else lexicon.words[one.words]
        hit = sorted(near & named)
        if one.words == "explosive" and hit and _is_dropped(evidence, lexicon):
            return EventType.EXPLOSIONS, "Air/drone strike", "armed forces dropped it"
        if hit and one.words != sense.not_instrument:
            return one.event_type, one.sub_event_type, f"weapon named: {hit[0]}"
    for other in predicate.merged:
        if (
            other.event_type is EventType.EXPLOSIONS
            and not other.effect
            and needs_hold(other, predicate, evidence, lexicon)
            and predicate.sense.event_type is not EventType.EXPLOSIONS
        ):
            return other.event_type, other.sub_event_type, f"also {other.name}"
    return None


def _is_dropped(evidence: Evidence, lexicon: TriggerLexicon) -> bool:
    """Whether a state's forces dropped a bomb, which they do from the air: a man on a motorcycle drops one at a door."""
    agents = evidence.parts("agent")
    is_by_forces = bool(agents) and all(actor.kind in OF_STATES for actor in agents)
    return is_by_forces and lexicon.among(evidence.words.clause, "dropping")


def _bomber(evidence: Evidence, lexicon: TriggerLexicon) -> TypeAndReason | None:
    agents = evidence.parts("agent")
    if any(actor.kind in ARMED_GROUPS for actor in agents):
        return EventType.EXPLOSIONS, "Remote explosive/landmine/IED", "an armed group set the bomb"
    # "The junta bombed X": who rules has its army do it.
    is_by_rulers = lexicon.among(evidence.words.subject | evidence.words.modifier, "rulers")
    if is_by_rulers or any(actor.kind in _NO_BANDS for actor in agents):
        return EventType.EXPLOSIONS, "Air/drone strike", "armed forces bombed"
    if not evidence.at_war:
        return EventType.EXPLOSIONS, "Remote explosive/landmine/IED", "no artillery or aircraft in the report"
    return None


def type_by_target(sense: Sense, evidence: Evidence, lexicon: TriggerLexicon) -> TypeAndReason | None:
    """Return the type of an attack by what it was aimed at: a protest, civilians, people with arms; None where that does not tell."""
    targets = evidence.parts("target")
    is_gathering = lexicon.among(evidence.words.own_object, "gatherings") and sense.name in ("fire", "attack", "kill")
    if is_gathering or any(actor.kind is ActorKind.PROTESTERS for actor in targets):
        if any(actor.kind in ARMED_GROUPS for actor in evidence.parts("agent")):
            return EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", Target.CIVILIAN
        return EventType.PROTESTS, "Excessive force against protesters", "the target is a protest"
    if (
        sense.name in ("attack", "beat", "fire", "kill")
        and lexicon.among(evidence.words.clause, "gathering")
        and any(actor.kind is ActorKind.STATE_FORCES for actor in evidence.parts("agent"))
        and any(actor.kind is ActorKind.CIVILIANS for actor in targets)
    ):
        return EventType.PROTESTS, "Excessive force against protesters", "the target was protesting"
    if _fires_amid_a_crowd(sense, evidence, lexicon):
        return EventType.PROTESTS, "Excessive force against protesters", "protesters were there, and no other foe"
    aimed_at = evidence.words.object
    civilian = any(actor.kind is ActorKind.CIVILIANS for actor in targets) or any(
        lexicon.among(aimed_at, one) for one in ("civilians", "civil_vehicles")
    )
    armed = evidence.has_armed("target") or any(lexicon.among(aimed_at, one) for one in _ARMS)
    # Though civilians may have died of it.
    aimed_at_force = any(lexicon.among(evidence.words.own_object, one) for one in _ARMS)
    own_object = evidence.words.own_object
    is_anybodys = lexicon.among(own_object, "anybodys") and not lexicon.among(
        own_object - lexicon.words["anybodys"], "military"
    )
    if is_anybodys and not evidence.has_armed("target"):
        # Soldiers and refugees live in camps: who lives there, or who died there, says which it is.
        if civilian or lexicon.among(evidence.words.clause, "displaced"):
            return EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", Target.CIVILIAN
        return EventType.BATTLES, "Armed clash", Target.WHOSE_IS_UNSAID
    if sense.name in FINDING_THE_DEAD and lexicon.among(evidence.words.clause, "helpless"):
        return EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", "they could not fight"
    if armed and (aimed_at_force or not any(actor.kind is ActorKind.CIVILIANS for actor in targets)):
        return EventType.BATTLES, "Armed clash", Target.ARMED
    if civilian:
        return EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", Target.CIVILIAN
    if _kills_whoever_is_there(sense, evidence):
        return EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", Target.NO_FORCE_NAMED
    if (
        (sense.name in ("attack", "come-upon") or (sense.name == "fire" and evidence.parts("agent")))
        and not any(actor.kind in _NO_BANDS for actor in evidence.parts("agent", "party"))
        and not evidence.at_war
    ):
        if lexicon.among(evidence.words.clause, "repelled"):
            return EventType.BATTLES, "Armed clash", "somebody beat it off"
        return EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", Target.NO_FORCE_NAMED
    return None


def _fires_amid_a_crowd(sense: Sense, evidence: Evidence, lexicon: TriggerLexicon) -> bool:
    """Whether a state's forces opened fire while protesters did something, and nobody else is named: "as demonstrators marched"."""
    doers = evidence.parts("agent")
    is_by_forces = bool(doers) and all(one.kind is ActorKind.STATE_FORCES for one in doers)
    is_free = not evidence.parts("target", "party") and not lexicon.among(evidence.words.clause, "fighters_only")
    return sense.name == "fire" and is_by_forces and is_free and lexicon.among(evidence.words.clause, "demonstrators")


def _kills_whoever_is_there(sense: Sense, evidence: Evidence) -> bool:
    """Whether a state's forces opened fire at a place, and people died of it of whom nothing is said: a clash has two sides.

    "The soldiers opened fire", without a place, may be of the fight that was told before.
    """
    doers = evidence.parts("agent", "party")
    is_by_forces = bool(doers) and all(one.kind in OF_STATES for one in doers)
    return sense.name == "fire" and is_by_forces and evidence.has_dead and evidence.has_place and not evidence.at_war


def _territory(sense: Sense, evidence: Evidence, lexicon: TriggerLexicon) -> TypeAndReason | None:
    agents, targets = evidence.parts("agent", "party"), evidence.parts("target")
    is_lost = sense.name == "lose-town" or (sense.name == "fall-town" and bool(targets))
    if is_lost and not agents:
        if all(actor.kind in ARMED_GROUPS for actor in targets):
            return EventType.BATTLES, "Government regains territory", "an armed group lost it"
        return None
    if (
        sense.name == "enter-town"
        and evidence.has_dead
        and targets
        and all(one.kind is ActorKind.CIVILIANS for one in targets)
    ):
        return (
            EventType.VIOLENCE_AGAINST_CIVILIANS,
            "Attack",
            Target.CIVILIAN,
        )  # "entered the village and killed nine"
    is_with_army = any(actor.kind in (ActorKind.STATE_FORCES, ActorKind.GOVERNMENT) for actor in agents)
    if any(actor.kind in ARMED_GROUPS for actor in agents) and not is_with_army:
        return EventType.BATTLES, "Non-state actor overtakes territory", "an armed group took it"
    if agents and all(actor.kind is ActorKind.EXTERNAL for actor in agents) and not _is_army(agents, lexicon):
        return EventType.BATTLES, "Non-state actor overtakes territory", "a foreign armed group took it"
    if any(actor.kind in _NO_BANDS for actor in agents) or (sense.name in ("territory", "enter-town") and not agents):
        # Whether it was theirs is known with the country of the place: geoconflict.events.territory.
        return EventType.BATTLES, "Government regains territory", "state forces took it"
    return None


def _is_army(agents: list[Actor], lexicon: TriggerLexicon) -> bool:
    """Whether one of them is a state's army or police, or an alliance of states."""
    return any(
        actor.name.startswith(("Military Forces", "Police Forces", "Security Forces"))
        or lexicon.among(frozenset(actor.name.lower().split()), "alliance")
        for actor in agents
    )


def _crowd(evidence: Evidence, lexicon: TriggerLexicon) -> TypeAndReason | None:
    if any(actor.kind is ActorKind.RIOTERS for actor in evidence.actors):
        return EventType.RIOTS, "Violent demonstration", "rioters took part"
    if any(actor.kind in ARMED_GROUPS for actor in evidence.parts("agent")):
        return EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", Target.CIVILIAN
    fires = "fire" in evidence.words.clause and not lexicon.among(evidence.words.clause, "crowd_control")
    if lexicon.among(evidence.words.clause, "crowd_deadly") and (evidence.has_casualties or fires):
        return EventType.PROTESTS, "Excessive force against protesters", "people were shot"
    is_ended = any(actor.kind is ActorKind.STATE_FORCES for actor in evidence.parts("agent")) and (
        lexicon.among(evidence.words.clause, "crowd_ended")
    )
    if is_ended or lexicon.among(evidence.words.clause, "crowd_force"):
        return EventType.PROTESTS, "Protest with intervention", "police stepped in"
    return None
