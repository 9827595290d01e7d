"""Whether a reading of a word holds: what the lexicon of triggers asks for, against what is known of the predicate."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from geoconflict.codes import ARMED_GROUPS, FIGHTERS
from geoconflict.extract.events.arguments import Words
from geoconflict.extract.lexicon import read_demonyms, read_people
from geoconflict.extract.predicates.clauses import grammar
from geoconflict.extract.predicates.senses import Sense, TriggerLexicon
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor, ActorKind

__all__ = ["Evidence", "explosives", "names_weapon", "needs_hold", "reading_holds"]

_ARMED = FIGHTERS | {ActorKind.EXTERNAL, ActorKind.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a predicate when its type is settled."""

    words: Words
    actors: tuple[Actor, ...]
    has_place: bool
    """A place of its own passage hangs on it."""
    has_place_object: bool
    """A place is its object: "captured Fuzuli"."""
    has_town_object: bool
    """And it is no country."""
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
    of_protest: bool
    """The report tells of a demonstration: tear gas that police fire is then fired at it."""
    from_air: bool
    """The report tells of air strikes, and names no artillery: strikes are then from the air."""
    is_bombarded: bool
    """The report tells of nights, rubble or rescuers, and of no pay and no unions: a strike that hits a town is one of arms."""
    is_epidemic: bool
    """The report speaks mostly of disease, accidents or weather."""
    is_caption: bool
    is_industrial: bool
    """The report names a factory or the like, and no weapon, fighter or attack at all."""
    is_somebody: bool
    """The subject is a name or a pronoun, so that it may be a person."""
    is_aside: bool
    """It stands in a relative clause without a date of its own: "troops who fought in X"."""
    are_helpless: bool
    """Whom it befell were taken before: of them it is news that they were found dead, whoever they were."""
    is_denied: bool
    """Somebody denies it: who denies that a town fell need not say to whom."""
    heads_news: bool
    """It heads a sentence without a verb that goes on with what was before: "Truce in X after days of shelling"."""
    story_words: frozenset[str]
    """Words of courts, anniversaries and fiction in the passage."""

    def parts(self, *parts: str) -> list[Actor]:
        """Return the actors in the given parts."""
        return [actor for actor in self.actors if actor.part in parts]

    def has_armed(self, *parts: str) -> bool:
        """Whether one of the actors, in the given parts or in any, is armed."""
        return any(actor.kind in _ARMED for actor in (self.parts(*parts) if parts else self.actors))

    def names_armed(self, words: frozenset[str], *parts: str) -> bool:
        """Whether some of the words name an armed actor, or a state, in one of the parts: what somebody was driven from is none."""
        return any(
            (actor.kind in FIGHTERS or actor.kind is ActorKind.GOVERNMENT)
            and (
                not words.isdisjoint(("it", "they", "we"))
                or any(word.lower() in words for word in (actor.surface or "").split() if word[:1].isupper())
            )
            for actor in self.parts(*parts)
        )


_POSSESSIVE = re.compile(r"(?<=s)['’]\s|['’]s\s")
_OF_CIVILIANS = ("civilians", "people_taken")
"""Classes of words that every noun for civilians is of."""
_SUBJECTS = ("agent", "party", "target")
"""Parts that a subject may have: who loses a town suffers."""


def reading_holds(sense: Sense, predicate: Predicate, evidence: Evidence, lexicon: TriggerLexicon) -> bool:
    """Return whether nothing speaks against a reading of a predicate, and what it needs is there."""
    words = evidence.words
    subjects = words.subject or words.object
    if sense.subject and not _class_holds(sense.subject, subjects, _SUBJECTS, evidence, lexicon):
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
    return needs_hold(sense, predicate, evidence, lexicon)


def needs_hold(sense: Sense, predicate: Predicate, evidence: Evidence, lexicon: TriggerLexicon) -> bool:
    """Return whether the object of a reading, and all else that it needs, is there."""
    if sense.object and not _class_holds(sense.object, evidence.words.object, ("target", "party"), evidence, lexicon):
        return False
    if not all(_need(need, predicate, evidence, lexicon) for need in sense.requires):
        return False
    return not sense.needs or any(_need(need, predicate, evidence, lexicon) for need in sense.needs)


def _class_holds(
    name: str, words: frozenset[str], parts: tuple[str, ...], evidence: Evidence, lexicon: TriggerLexicon
) -> bool:
    """Whether a subject or an object is of a class of words; armed groups by name are military as "rebels" are."""
    if name == "place":
        return evidence.has_place_object or lexicon.among(words, "settlement")
    if name == "at_risk" and evidence.are_helpless:
        return True
    if name in _OF_CIVILIANS and any(map(_are_civilians, evidence.parts("target"))):
        return True
    return lexicon.among(words, name) or (name == "military" and evidence.names_armed(words, *parts))


def _are_civilians(actor: Actor) -> bool:
    """Whether an actor is civilians, and not what they own: "took away the inhabitants' papers"."""
    owned = _POSSESSIVE.split(actor.surface or "")[-1].lower().split()
    return actor.kind is ActorKind.CIVILIANS and not (read_people() | read_demonyms().keys()).isdisjoint(owned)


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
    return case.evidence.has_armed() or case.lexicon.among(case.evidence.words.near, "military")


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
    is_told = case.lexicon.among(case.evidence.words.clause, "agreed") or (
        case.evidence.heads_news and case.evidence.has_place
    )
    return is_told and not case.lexicon.among(case.evidence.words.clause, "epidemic")


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
        or names_weapon(case.evidence.words, case.lexicon)
        or case.lexicon.among(case.evidence.words.subject, "firearm")
        or case.lexicon.among(case.evidence.words.subject, "deeds")
        or case.lexicon.among(case.evidence.words.subject, "military")
        or not case.evidence.words.subject.isdisjoint(read_people() | grammar("bands"))
    )


def names_weapon(words: Words, lexicon: TriggerLexicon) -> bool:
    """Return whether a bomb, a shell, an aircraft or the like is named beside a predicate."""
    return bool(explosives(words, lexicon)) or any(
        lexicon.among(words.near, name) for name in ("artillery", "air", "grenade", "suicide", "chemical")
    )


def explosives(words: Words, lexicon: TriggerLexicon) -> frozenset[str]:
    """Return the words beside a predicate that name a bomb: "a car bombing", and not the car that was fired at."""
    carriers = lexicon.words["bomb_carriers"]
    packed = (words.subject | words.adjunct) & carriers if lexicon.among(words.clause, "explosive") else frozenset()
    return (words.near & lexicon.words["explosive"]) | (words.modifier & carriers) | packed


def _has_crowd(case: _Case) -> bool:
    """Whether a crowd is named, or what is used against crowds in a report of a protest: "They marched. Police fired tear gas"."""
    words = case.evidence.words
    is_named = any(case.lexicon.among(words.clause, one) for one in ("crowd", "gathering"))
    return is_named or (case.evidence.of_protest and case.lexicon.among(words.near, "crowds_alone"))


def _does_damage(case: _Case) -> bool:
    """Whether a strike did what no walk-out does: "a strike flattened a house", "a strike in X killed two"."""
    words = case.evidence.words
    does_harm = (
        case.evidence.has_casualties
        or (case.lexicon.among(words.clause, "wrecks") and case.lexicon.among(words.object, "building"))
        or (case.lexicon.among(words.object, "hit_by_weapons") and not case.lexicon.among(words.clause, "labour"))
        or (
            case.evidence.is_bombarded
            and case.evidence.has_town_object
            and bool(case.predicate.anchors - {case.predicate.token})
        )
    )
    return case.predicate.is_noun and does_harm


def _is_struck_again(case: _Case) -> bool:
    """Whether a town was hit, nobody says by what, more than once: "was hit three times overnight"."""
    words = case.evidence.words
    return case.evidence.has_place_object and not words.subject and case.lexicon.among(words.modifier, "repeatedly")


_POSTS = ("posts", "field_works")
"""Classes of words for what troops have in the field."""

_SUFFERERS = ("building", "settlement", "strongpoint", *_POSTS)


def _is_done_to(case: _Case, *classes: str) -> bool:
    """Whether what the predicate itself is done to is of a class of words."""
    return any(case.lexicon.among(case.evidence.words.own_object, one) for one in classes)


def _is_town_cleared(case: _Case) -> bool:
    """Whether a town is what soldiers or fighters cleared or freed; roads and airports are secured in peace, and by the police."""
    evidence, among = case.evidence, case.lexicon.words
    is_police = any(actor.name.startswith("Police") for actor in evidence.parts("agent", "party"))
    of_war = evidence.at_war or evidence.of_territory or evidence.has_armed("target")
    no_towns = (among["building"] | among["route"] | among["strongpoint"]) - grammar("settlements")
    is_town = evidence.words.own_object.isdisjoint(no_towns)
    return evidence.has_place_object and (is_town or of_war) and not is_police


_Check = Callable[[_Case], bool]
_SPECIAL: dict[str, _Check] = {
    "place": lambda case: case.evidence.has_place,
    "forces": _has_forces,
    "forces_agent": lambda case: case.evidence.has_armed("agent", "party"),
    # Whom soldiers arrest is no matter of crime.
    "soldiers_agent": lambda case: any(
        actor.kind is ActorKind.STATE_FORCES and not actor.name.startswith("Police")
        for actor in case.evidence.parts("agent")
    ),
    # Whom the police take is arrested.
    "abductors": lambda case: any(
        actor.kind in _ARMED and not actor.name.startswith("Police") for actor in case.evidence.parts("agent", "party")
    ),
    "forces_target": lambda case: case.evidence.has_armed("target"),
    "carried_out": _is_carried_out,
    "weapon": lambda case: names_weapon(case.evidence.words, case.lexicon),
    "explosive": lambda case: bool(explosives(case.evidence.words, case.lexicon)),
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
    "crowd": _has_crowd,
    "dead": lambda case: case.evidence.has_dead,
    "protesting": lambda case: case.lexicon.among(case.evidence.words.clause, "gathering"),
    "demands": lambda case: case.lexicon.among(case.evidence.words.clause, "demands"),
    "marched_against": lambda case: case.lexicon.among(case.evidence.words.clause, "marched_against"),
    "outbreak_verb": lambda case: bool(case.predicate.anchors - {case.predicate.token}),
    # "Students plan to march in the capital": of whichever country the report is about.
    "place_or_capital": lambda case: case.evidence.has_place or "capital" in case.evidence.words.adjunct,
    "place_reached": lambda case: (
        case.evidence.has_place
        or case.lexicon.among(case.evidence.words.object | case.evidence.words.adjunct, "settlement")
    ),
    "place_entered": lambda case: (
        case.evidence.has_place_object
        or case.lexicon.among(case.evidence.words.object | case.evidence.words.adjunct, "settlement")
    ),
    # "China claimed the islands" is a matter of maps and courts.
    "place_claimed": lambda case: (
        case.evidence.has_place_object
        and any(
            actor.kind in (_ARMED if "control" in case.evidence.words.own_object else ARMED_GROUPS)
            for actor in case.evidence.parts("agent", "party")
        )
    ),
    "place_held": lambda case: (
        case.evidence.has_place_object
        or (case.evidence.has_place and case.lexicon.among(case.evidence.words.own_object, "strongpoint"))
    ),
    # What forces give up: a town, a building or works of theirs near one.
    "post_held": lambda case: (
        case.evidence.has_place_object or (case.evidence.has_place and _is_done_to(case, "strongpoint", *_POSTS))
    ),
    # Whose villages, bridges or posts near a place came under fire.
    "place_suffers": lambda case: (
        case.evidence.has_place_object
        or (case.evidence.has_place and any(case.lexicon.among(case.evidence.words.subject, one) for one in _SUFFERERS))
    ),
    # Prices hammer builders, and teams their rivals; guns a town, houses and what fighters hold.
    "target_of_arms": lambda case: (
        case.evidence.has_place_object
        or _is_done_to(case, "building", "settlement", "strongpoint", "military", *_POSTS)
    ),
    # "The rebels, who now hold X, said": that is known.
    "told_as_news": lambda case: not case.evidence.is_aside,
    "fighters_there": lambda case: (
        case.evidence.has_armed("target") or case.lexicon.among(case.evidence.words.clause, "fighters_only")
    ),
    "packed": lambda case: all(
        case.lexicon.among(case.evidence.words.clause, one) for one in ("explosive", "packed_with")
    ),
    "town_cleared": _is_town_cleared,
    "lines": lambda case: case.lexicon.among(case.evidence.words.object | case.evidence.words.adjunct, "lines_held"),
    "place_taken": lambda case: (
        case.evidence.has_place_object
        or case.lexicon.among(case.evidence.words.object | case.evidence.words.adjunct, "settlement")
        or (
            case.evidence.has_place
            and case.evidence.has_armed("agent", "party")
            and (
                case.lexicon.among(case.evidence.words.own_object, "strongpoint")
                or case.lexicon.among(case.evidence.words.own_object, "garrisons")
            )
        )
    ),
}
