"""What type of event a predicate tells of, and how surely: the word's readings against its arguments.

A word alone decides little: who struck whom with what makes a strike an air strike, a shelling, a walk-out or a heart
attack. Weak evidence gets a low score, and :class:`Verdict` says why.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from geoconflict.codes import LEAVES_NOBODY_DEAD
from geoconflict.extract.casualties.words import people
from geoconflict.extract.events.arguments import Words
from geoconflict.extract.predicates.senses import Sense, TriggerLexicon
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor, ActorKind, EventType

__all__ = [
    "NO_FORCE_NAMED",
    "SAID_OF_CONTESTS",
    "TARGET_IS_ARMED",
    "TARGET_IS_CIVILIAN",
    "WHOSE_IS_UNSAID",
    "Evidence",
    "Verdict",
    "decide",
]

_STATE = frozenset({ActorKind.STATE_FORCES, ActorKind.GOVERNMENT, ActorKind.EXTERNAL, ActorKind.UNKNOWN})
"""Of what side joint forces are may be unknown; armed they are, and no band."""
_ARMS = ("military", "war_machines")
"""Classes of words."""
_ARMED = frozenset(
    {
        ActorKind.STATE_FORCES,
        ActorKind.REBEL_GROUP,
        ActorKind.POLITICAL_MILITIA,
        ActorKind.IDENTITY_MILITIA,
        ActorKind.EXTERNAL,
        ActorKind.UNKNOWN,
    }
)
_NON_STATE = frozenset({ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA})

NO_FORCE_NAMED = "no force is named as the target"
TARGET_IS_ARMED = "the target is armed"
TARGET_IS_CIVILIAN = "the target is civilian"
WHOSE_IS_UNSAID = "a camp or a convoy is the target, and whose is not said"
"""Reasons for the type of an attack; what the report tells later of its dead may overrule the first and the last."""

_A_FIND = "weapons-found"
"""The sense of words for weapons that are found before they are used."""
SAID_OF_CONTESTS = frozenset(
    {
        "approach-town",
        "attack",
        "battle",
        "clash",
        "enter-town",
        "fight",
        "fire",
        "offensive",
        "shelling",
        "strike",
        "under-fire",
        "war",
    }
)
"""Senses whose words reports of matches, of hackers and of quarrels in print use too."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a predicate when its type is settled."""

    words: Words
    actors: tuple[Actor, ...]
    has_place: bool
    """A place of its own passage hangs on it."""
    has_place_object: bool
    """A place is its object: "captured Fuzuli"."""
    has_time: bool
    has_casualties: bool
    has_dead: bool
    """Figures of people killed hang on it."""
    at_war: bool
    """The report speaks of shelling, missiles, artillery or a front: bombs and blasts are then of that war."""
    names_fighters: bool
    """Its sentence names an armed group or forces, if only as who tells it."""
    of_territory: bool
    """The report tells that some town was captured: another that "fell" fell to an army, too."""
    from_air: bool
    """The report tells of air strikes, and names no artillery: strikes are then from the air."""
    is_epidemic: bool
    """The report speaks mostly of disease, accidents or weather."""
    is_caption: bool
    is_industrial: bool
    """The report names a factory or the like, and no weapon, fighter or attack at all."""
    is_somebody: bool
    """The subject is a name or a pronoun, so that it may be a person."""
    is_aside: bool
    """It stands in a relative clause without a date of its own: "troops who fought in X"."""
    is_denied: bool
    """Somebody denies it: who denies that a town fell need not say to whom."""
    story_words: frozenset[str]
    """Words of courts, anniversaries and fiction in the passage."""

    def parts(self, *parts: str) -> list[Actor]:
        """Return the actors in the given parts."""
        return [actor for actor in self.actors if actor.part in parts]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The type of a predicate, with a score from 0 to 1."""

    sense: Sense
    event_type: EventType
    sub_event_type: str
    score: float
    reasons: tuple[str, ...]
    plover: str
    """PLOVER's ``TYPE:mode`` or ``TYPE``; "" is none."""


def decide(predicate: Predicate, evidence: Evidence, lexicon: TriggerLexicon) -> Verdict | None:
    """Return the best reading of a predicate that its arguments allow, or None when none holds.

    Where no reading of the word itself holds, that of an outcome joined to it may, if it has figures: "a protester was
    killed after hurling stones" throws no grenade, and somebody was killed. Two outcomes without a place, "killed and
    injured", lend each other nothing: they belong to the event told before.
    """
    outcomes: list[Sense] = []
    is_outcome_alone = all(one.effect for one in predicate.senses) and not evidence.has_place
    if evidence.has_casualties and not evidence.is_industrial and not is_outcome_alone:
        outcomes = sorted((one for one in predicate.merged if one.effect), key=lambda one: -one.score)
    for sense in (*predicate.senses, *outcomes):
        if sense.name in SAID_OF_CONTESTS and _is_contest(predicate, evidence, lexicon):
            continue
        if _holds(sense, predicate, evidence, lexicon):
            verdict = _refined(sense, predicate, evidence, lexicon)
            return _of_dead(verdict, evidence, lexicon) if evidence.has_dead else verdict
    return None


def _of_dead(verdict: Verdict, evidence: Evidence, lexicon: TriggerLexicon) -> Verdict:
    """Return the verdict on houses that were burned, or people that were taken, as an attack, for people were killed (ACLED's order)."""
    if verdict.sub_event_type not in LEAVES_NOBODY_DEAD:
        return verdict
    attack = (EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", "people were killed")
    event_type, sub, reason = _target(verdict.sense, evidence, lexicon) or attack
    plover = lexicon.plover_of(verdict.sense, sub, evidence.words.modifier, evidence.words.near)
    reasons = (*verdict.reasons, reason)
    return dataclasses.replace(verdict, event_type=event_type, sub_event_type=sub, reasons=reasons, plover=plover)


# ---------------------------------------------------------------- whether a reading holds
def _holds(sense: Sense, predicate: Predicate, evidence: Evidence, lexicon: TriggerLexicon) -> bool:
    words = evidence.words
    if sense.subject and not _class_holds(
        sense.subject, words.subject | (words.object if not words.subject else frozenset()), evidence, lexicon
    ):
        return False
    if sense.modifier and not lexicon.among(words.modifier, sense.modifier):
        return False
    if sense.not_object and lexicon.among(words.own_object, sense.not_object) and not evidence.has_place_object:
        return False
    if sense.not_subject and lexicon.among(words.subject, sense.not_subject):
        return False
    if sense.not_modifier and lexicon.among(words.modifier, sense.not_modifier):
        return False
    if sense.not_with and lexicon.among(words.adjunct | words.modifier, sense.not_with):
        return False
    if sense.not_clause and lexicon.among(words.clause, sense.not_clause):
        return False
    return _needs_hold(sense, predicate, evidence, lexicon)


def _needs_hold(sense: Sense, predicate: Predicate, evidence: Evidence, lexicon: TriggerLexicon) -> bool:
    if sense.object and not _class_holds(sense.object, evidence.words.object, evidence, lexicon):
        return False
    if not all(_need(need, predicate, evidence, lexicon) for need in sense.requires):
        return False
    return not sense.needs or any(_need(need, predicate, evidence, lexicon) for need in sense.needs)


def _class_holds(name: str, words: frozenset[str], evidence: Evidence, lexicon: TriggerLexicon) -> bool:
    if name == "place":
        return evidence.has_place_object or lexicon.among(words, "settlement")
    return lexicon.among(words, name)


@dataclass(frozen=True, slots=True)
class _Case:
    """What a need is checked against."""

    predicate: Predicate
    evidence: Evidence
    lexicon: TriggerLexicon


def _need(name: str, predicate: Predicate, evidence: Evidence, lexicon: TriggerLexicon) -> bool:
    special = _SPECIAL.get(name)
    if special is not None:
        return special(_Case(predicate, evidence, lexicon))
    return lexicon.among(evidence.words.near, name)


def _has_forces(case: _Case) -> bool:
    return any(actor.kind in _ARMED for actor in case.evidence.actors) or case.lexicon.among(
        case.evidence.words.near, "military"
    )


def _has_armed_agent(case: _Case) -> bool:
    return any(actor.kind in _ARMED for actor in case.evidence.parts("agent", "party"))


def _has_armed_target(case: _Case) -> bool:
    return any(actor.kind in _ARMED for actor in case.evidence.parts("target"))


def _is_carried_out(case: _Case) -> bool:
    """Whether a strike was carried out at a place; a walk-out is held, staged or called."""
    return (
        case.predicate.is_noun
        and case.evidence.has_place
        and case.lexicon.among(case.evidence.words.clause, "carrying_out")
    )


def _is_outbreak(case: _Case) -> bool:
    return (
        case.evidence.has_time
        and case.evidence.has_place
        and bool(case.predicate.anchors - {case.predicate.token})
        and case.lexicon.among(case.evidence.words.clause, "outbreak_verbs")
    )


def _fell_to(case: _Case) -> bool:
    evidence = case.evidence
    is_told_of = _has_forces(case) or evidence.names_fighters or evidence.at_war or evidence.of_territory
    return case.evidence.has_place_object and is_told_of


def _is_declared(case: _Case) -> bool:
    if case.lexicon.among(case.evidence.words.clause, "epidemic"):
        return False
    return not case.predicate.is_noun or case.lexicon.among(case.evidence.words.clause, "declare")


def _is_talk_frame(case: _Case) -> bool:
    return len(case.predicate.anchors) > 1 and (
        case.evidence.has_place or case.evidence.has_time or len(case.evidence.actors) > 1
    )


def _has_talk_parties(case: _Case) -> bool:
    speakers = [
        actor
        for actor in case.evidence.actors
        if actor.kind in (ActorKind.GOVERNMENT, ActorKind.REBEL_GROUP, ActorKind.EXTERNAL)
    ]
    return len(speakers) > 1 or (
        bool(speakers) and case.lexicon.among(case.evidence.words.object | case.evidence.words.adjunct, "officials")
    )


def _is_agreed(case: _Case) -> bool:
    return case.lexicon.among(case.evidence.words.clause, "agreed") and not case.lexicon.among(
        case.evidence.words.clause, "epidemic"
    )


def _is_signed(case: _Case) -> bool:
    clause = case.evidence.words.clause
    about_peace = case.lexicon.among(clause, "peace") or "peace" in case.predicate.sense.name
    return (
        case.lexicon.among(clause, "signed")
        and about_peace
        and (case.evidence.has_place or case.evidence.has_time or len(case.evidence.actors) > 1)
    )


def _may_withdraw(case: _Case) -> bool:
    return case.evidence.has_place and _has_forces(case)


def _of_war(case: _Case) -> bool:
    return case.evidence.has_place and case.lexicon.among(case.evidence.words.clause, "war")


def _has_killer(case: _Case) -> bool:
    """Whether whatever killed is somebody, a weapon or unsaid: liquor, leaks and rainfall are none of these."""
    if case.predicate.is_noun or not case.evidence.words.subject:
        return True
    return (
        bool(case.evidence.parts("agent", "party"))
        or case.evidence.is_somebody
        or _is_shot_at(case)
        or case.lexicon.among(case.evidence.words.subject, "firearm")
        or case.lexicon.among(case.evidence.words.subject, "deeds")
        or case.lexicon.among(case.evidence.words.subject, "military")
        or not case.evidence.words.subject.isdisjoint(people())
    )


def _is_shot_at(case: _Case) -> bool:
    return bool(_explosives(case.evidence.words, case.lexicon)) or any(
        case.lexicon.among(case.evidence.words.near, name)
        for name in ("artillery", "air", "grenade", "suicide", "chemical")
    )


def _explosives(words: Words, lexicon: TriggerLexicon) -> frozenset[str]:
    """Return the words beside a predicate that name a bomb: "a car bombing", and not the car that was fired at."""
    carriers = lexicon.words["bomb_carriers"]
    packed = (words.subject | words.adjunct) & carriers if lexicon.among(words.clause, "explosive") else frozenset()
    return (words.near & lexicon.words["explosive"]) | (words.modifier & carriers) | packed


def _does_damage(case: _Case) -> bool:
    """Whether a strike did what no walk-out does: "a strike flattened a house", "a strike in X killed two"."""
    words = case.evidence.words
    does_harm = (
        case.evidence.has_casualties
        or (case.lexicon.among(words.clause, "wrecks") and case.lexicon.among(words.object, "building"))
        or (
            case.lexicon.among(words.clause, "hits")
            and case.lexicon.among(words.object, "hit_by_weapons")
            and not case.lexicon.among(words.clause, "labour")
        )
    )
    return case.predicate.is_noun and does_harm


def _is_struck_again(case: _Case) -> bool:
    """Whether a town was hit, nobody says by what, more than once: "was hit three times overnight"."""
    words = case.evidence.words
    return case.evidence.has_place_object and not words.subject and case.lexicon.among(words.modifier, "repeatedly")


_Check = Callable[[_Case], bool]
_SPECIAL: dict[str, _Check] = {
    "place": lambda case: case.evidence.has_place,
    "forces": _has_forces,
    "forces_agent": _has_armed_agent,
    "forces_target": _has_armed_target,
    "carried_out": _is_carried_out,
    "weapon": _is_shot_at,
    "explosive": lambda case: bool(_explosives(case.evidence.words, case.lexicon)),
    "does_damage": _does_damage,
    "outbreak": _is_outbreak,
    "fallen_to": _fell_to,
    "declared": _is_declared,
    "denied": lambda case: case.evidence.is_denied,
    "talk_frame": _is_talk_frame,
    "talk_parties": _has_talk_parties,
    "agreed": _is_agreed,
    "agreed_strict": _is_signed,
    "withdraw_ok": _may_withdraw,
    "war": _of_war,
    "killer": _has_killer,
    "harm_or_arms": lambda case: not case.predicate.is_noun and (case.evidence.has_casualties or _has_forces(case)),
    "no_harm": lambda case: not case.evidence.has_casualties,
    "struck_again": _is_struck_again,
    "deliberate": lambda case: not case.evidence.is_industrial,
    "crowd": lambda case: case.lexicon.among(case.evidence.words.clause, "crowd"),
    "demands": lambda case: case.lexicon.among(case.evidence.words.clause, "demands"),
    "outbreak_verb": lambda case: bool(case.predicate.anchors - {case.predicate.token}),
    "place_reached": lambda case: (
        case.evidence.has_place
        or case.lexicon.among(case.evidence.words.object | case.evidence.words.adjunct, "settlement")
    ),
    "place_held": lambda case: (
        case.evidence.has_place_object
        or (case.evidence.has_place and case.lexicon.among(case.evidence.words.own_object, "strongpoint"))
    ),
    "place_taken": lambda case: (
        case.evidence.has_place_object
        or case.lexicon.among(case.evidence.words.object | case.evidence.words.adjunct, "settlement")
        or (
            case.evidence.has_place
            and _has_armed_agent(case)
            and (
                case.lexicon.among(case.evidence.words.own_object, "strongpoint")
                or case.lexicon.among(case.evidence.words.own_object, "garrisons")
            )
        )
    ),
}


def _is_contest(predicate: Predicate, evidence: Evidence, lexicon: TriggerLexicon) -> bool:
    """Whether players, hackers or writers rather than fighters are spoken of: "clash in the semi-final", "the striker attacked"."""
    words = evidence.words
    is_deadly = any(one.name == "kill" for one in predicate.merged)  # "the striker was killed in shelling"
    if evidence.has_casualties or is_deadly or lexicon.among(words.clause, "disorder"):
        return False
    is_armed = any(actor.kind in _ARMED for actor in evidence.actors)
    if not is_armed and (lexicon.among(words.clause, "online") or lexicon.among(words.subject, "publications")):
        return True
    return lexicon.among(words.near, "sport") or len(words.clause & lexicon.words["sport"]) > 1


# ---------------------------------------------------------------- type and score
def _refined(sense: Sense, predicate: Predicate, evidence: Evidence, lexicon: TriggerLexicon) -> Verdict:
    event_type, sub = sense.event_type, sense.sub_event_type
    reasons = [f"{sense.name}: {sense.sub_event_type}"]
    weapon = _instrument(sense, evidence, predicate, lexicon)
    # A bomb that was found went off nowhere, whatever "bomb" is a word for.
    others = [] if sense.name == _A_FIND else predicate.merged
    for refinement in (
        *sense.refine,
        *(name for other in others for name in other.refine if name == "instrument"),
    ):
        changed: tuple[EventType, str, str] | None = None
        if refinement == "instrument" and weapon is not None:
            changed = weapon
        elif (
            refinement == "air"
            and lexicon.among(evidence.words.subject | evidence.words.modifier, "air")
            and not lexicon.among(evidence.words.near, "artillery")
        ):
            changed = (EventType.EXPLOSIONS, "Air/drone strike", "from the air")
        elif refinement == "bomber" and weapon is None:
            changed = _bomber(evidence)
        elif refinement == "air_war" and weapon is None and evidence.from_air:
            changed = (EventType.EXPLOSIONS, "Air/drone strike", "the report tells of air strikes, and of no artillery")
        elif refinement == "heard" and weapon is None and evidence.at_war:
            changed = (EventType.EXPLOSIONS, "Shelling/artillery/missile attack", "blasts in a war report")
        elif refinement == "target" and (weapon is None or "instrument" not in sense.refine):
            changed = _target(sense, evidence, lexicon)
        elif refinement == "fired_with" and lexicon.among(evidence.words.adjunct, "artillery"):
            changed = (EventType.EXPLOSIONS, "Shelling/artillery/missile attack", "it was fired with heavy arms")
        elif refinement == "territory":
            changed = _territory(sense, evidence, lexicon)
        elif refinement == "crowd":
            changed = _crowd(evidence, lexicon)
        elif refinement == "crowd_attack" and any(
            actor.kind in (ActorKind.PROTESTERS, ActorKind.RIOTERS) for actor in evidence.parts("agent")
        ):
            changed = (EventType.RIOTS, "Violent demonstration", "protesters attacked")
        elif refinement == "crowd_clash" and any(
            actor.kind in (ActorKind.PROTESTERS, ActorKind.RIOTERS) for actor in evidence.actors
        ):
            changed = (EventType.RIOTS, "Violent demonstration", "protesters took part")
        if changed is not None:
            event_type, sub = changed[0], changed[1]
            reasons.append(changed[2])
            if refinement == "instrument":
                break
    plover = lexicon.plover_of(sense, sub, evidence.words.modifier, evidence.words.near)
    return Verdict(sense, event_type, sub, _score(sense, predicate, evidence, lexicon), tuple(reasons), plover)


def _instrument(
    sense: Sense, evidence: Evidence, predicate: Predicate, lexicon: TriggerLexicon
) -> tuple[EventType, str, str] | None:
    near = evidence.words.near
    if not predicate.is_noun:  # "Israel bombs X": the verb itself names no weapon
        near -= {form for verb in sense.verbs for form in (verb, f"{verb}s")}
    # "Attacked a police car", "strikes on fuel tanks": what was aimed at is no weapon, unless it is named as one, too.
    words = evidence.words
    near -= (words.own_object & lexicon.words["vehicles"]) - words.subject - words.modifier - words.adjunct
    # "Repelled an attack, destroying two tanks": what was lost in it is no weapon of it.
    lost = words.object & (lexicon.words["war_machines"] | lexicon.words["vehicles"])
    near -= lost - words.own_object - words.subject - words.modifier - words.adjunct
    if lexicon.among(words.object | words.adjunct, "air_grounds"):
        near -= {"air"} - words.subject - words.modifier  # "fired missiles at the air base"
    for one in lexicon.instruments:
        named = _explosives(evidence.words, lexicon) if one.words == "explosive" else lexicon.words[one.words]
        hit = sorted(near & named)
        if hit and one.words != sense.not_instrument:
            return one.event_type, one.sub_event_type, f"weapon named: {hit[0]}"
    for other in predicate.merged:
        if (
            other.event_type is EventType.EXPLOSIONS
            and not other.effect
            and _needs_hold(other, predicate, evidence, lexicon)
            and predicate.sense.event_type is not EventType.EXPLOSIONS
        ):
            return other.event_type, other.sub_event_type, f"also {other.name}"
    return None


def _bomber(evidence: Evidence) -> tuple[EventType, str, str] | None:
    agents = evidence.parts("agent")
    if any(actor.kind in _NON_STATE for actor in agents):
        return EventType.EXPLOSIONS, "Remote explosive/landmine/IED", "an armed group set the bomb"
    if any(actor.kind in _STATE for actor in agents):
        return EventType.EXPLOSIONS, "Air/drone strike", "armed forces bombed"
    if not evidence.at_war:
        return EventType.EXPLOSIONS, "Remote explosive/landmine/IED", "no artillery or aircraft in the report"
    return None


def _target(sense: Sense, evidence: Evidence, lexicon: TriggerLexicon) -> tuple[EventType, str, str] | None:
    targets = evidence.parts("target")
    is_gathering = lexicon.among(evidence.words.own_object, "gatherings") and sense.name in ("fire", "attack", "kill")
    if is_gathering or any(actor.kind is ActorKind.PROTESTERS for actor in targets):
        if is_gathering and any(actor.kind in _NON_STATE for actor in evidence.parts("agent")):
            return EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", TARGET_IS_CIVILIAN
        return EventType.PROTESTS, "Excessive force against protesters", "the target is a protest"
    aimed_at = evidence.words.object
    civilian = any(actor.kind is ActorKind.CIVILIANS for actor in targets) or lexicon.among(aimed_at, "civilians")
    armed = any(actor.kind in _ARMED for actor in targets) or any(lexicon.among(aimed_at, one) for one in _ARMS)
    # Though civilians may have died of it.
    aimed_at_force = any(lexicon.among(evidence.words.own_object, one) for one in _ARMS)
    own_object = evidence.words.own_object
    is_anybodys = lexicon.among(own_object, "anybodys") and not lexicon.among(
        own_object - lexicon.words["anybodys"], "military"
    )
    if is_anybodys and not any(actor.kind in _ARMED for actor in targets):
        # Soldiers and refugees live in camps: who lives there, or who died there, says which it is.
        if civilian or lexicon.among(evidence.words.clause, "displaced"):
            return EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", TARGET_IS_CIVILIAN
        return EventType.BATTLES, "Armed clash", WHOSE_IS_UNSAID
    if armed and (aimed_at_force or not any(actor.kind is ActorKind.CIVILIANS for actor in targets)):
        return EventType.BATTLES, "Armed clash", TARGET_IS_ARMED
    if civilian:
        return EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", TARGET_IS_CIVILIAN
    if (
        (sense.name == "attack" or (sense.name == "fire" and evidence.parts("agent")))
        and not any(actor.kind in _STATE for actor in evidence.parts("agent", "party"))
        and not evidence.at_war
    ):
        if lexicon.among(evidence.words.clause, "repelled"):
            return EventType.BATTLES, "Armed clash", "somebody beat it off"
        return EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", NO_FORCE_NAMED
    return None


def _territory(sense: Sense, evidence: Evidence, lexicon: TriggerLexicon) -> tuple[EventType, str, str] | None:
    agents = evidence.parts("agent", "party") or (evidence.parts("target") if sense.name == "fall-town" else [])
    if sense.name == "lose-town" and not agents:
        if all(actor.kind in _NON_STATE for actor in evidence.parts("target")):
            return EventType.BATTLES, "Government regains territory", "an armed group lost it"
        return None
    is_with_army = any(actor.kind in (ActorKind.STATE_FORCES, ActorKind.GOVERNMENT) for actor in agents)
    if any(actor.kind in _NON_STATE for actor in agents) and not is_with_army:
        return EventType.BATTLES, "Non-state actor overtakes territory", "an armed group took it"
    if agents and all(actor.kind is ActorKind.EXTERNAL for actor in agents) and not _is_army(agents, lexicon):
        return EventType.BATTLES, "Non-state actor overtakes territory", "a foreign armed group took it"
    if any(actor.kind in _STATE for actor in agents) or (sense.name in ("territory", "enter-town") and not agents):
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


def _crowd(evidence: Evidence, lexicon: TriggerLexicon) -> tuple[EventType, str, str] | None:
    if any(actor.kind is ActorKind.RIOTERS for actor in evidence.actors):
        return EventType.RIOTS, "Violent demonstration", "rioters took part"
    if any(actor.kind in _NON_STATE for actor in evidence.parts("agent")):
        return EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", TARGET_IS_CIVILIAN
    if lexicon.among(evidence.words.clause, "crowd_deadly") and (
        evidence.has_casualties or "fire" in evidence.words.clause
    ):
        return EventType.PROTESTS, "Excessive force against protesters", "people were shot"
    is_ended = any(actor.kind is ActorKind.STATE_FORCES for actor in evidence.parts("agent")) and (
        lexicon.among(evidence.words.clause, "crowd_ended")
    )
    if is_ended or lexicon.among(evidence.words.clause, "crowd_force"):
        return EventType.PROTESTS, "Protest with intervention", "police stepped in"
    return None


def _score(sense: Sense, predicate: Predicate, evidence: Evidence, lexicon: TriggerLexicon) -> float:
    score = sense.score
    score += 0.10 if evidence.has_place else -0.05
    score += 0.05 if evidence.has_time else 0.0
    score += 0.05 if evidence.has_casualties else 0.0
    score += 0.10 if any(actor.kind in _ARMED for actor in evidence.actors) else 0.0
    score += 0.05 if _is_shot_at(_Case(predicate, evidence, lexicon)) else 0.0
    score -= 0.25 if evidence.story_words else 0.0
    score -= 0.15 if evidence.is_aside else 0.0
    bare = (
        not evidence.has_place
        and not evidence.has_casualties
        and not any(actor.kind in _ARMED for actor in evidence.actors)
    )
    score -= 0.10 if bare and sense.event_type in (EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.BATTLES) else 0.0
    if evidence.is_epidemic and sense.event_type is not EventType.DIPLOMACY:
        score -= 0.30 if not any(actor.kind in _ARMED for actor in evidence.actors) else 0.15
    return min(0.98, max(0.05, score))
