"""What type of event a predicate tells of, and how surely: the word's readings against its arguments.

A word alone decides little: who struck whom with what makes a strike an air strike, a shelling, a walk-out or a heart
attack. Weak evidence gets a low score, and :class:`Verdict` says why.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from geoconflict.codes import LEAVES_NOBODY_DEAD
from geoconflict.extract.events.refining import refined_type, type_by_target
from geoconflict.extract.events.sense_needs import Evidence, names_weapon, reading_holds
from geoconflict.extract.predicates.senses import Sense, TriggerLexicon
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import EventType

__all__ = [
    "SAID_OF_CONTESTS",
    "Verdict",
    "decide",
]

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
    injured", lend each other nothing: they belong to the event told before. Of "killed or wounded" no figure says how many died,
    and people, place and day tell of an event all the same.
    """
    outcomes: list[Sense] = []
    are_outcomes = all(one.effect for one in predicate.senses)
    is_outcome_alone = are_outcomes and not evidence.has_place
    are_people_harmed = evidence.has_casualties or (
        are_outcomes and evidence.has_time and bool(evidence.parts("target"))
    )
    if are_people_harmed and not evidence.is_industrial and not is_outcome_alone:
        outcomes = sorted((one for one in predicate.merged if one.effect), key=lambda one: -one.score)
    for sense in (*predicate.senses, *outcomes):
        if sense.name in SAID_OF_CONTESTS and _is_contest(predicate, evidence, lexicon):
            continue
        if reading_holds(sense, predicate, evidence, lexicon):
            event_type, sub, reasons = refined_type(sense, predicate, evidence, lexicon)
            plover = lexicon.plover_of(sense, sub, evidence.words.modifier, evidence.words.near)
            verdict = Verdict(sense, event_type, sub, _score(sense, evidence, lexicon), reasons, plover)
            return _of_dead(verdict, evidence, lexicon) if evidence.has_dead else verdict
    return None


def _of_dead(verdict: Verdict, evidence: Evidence, lexicon: TriggerLexicon) -> Verdict:
    """Return the verdict on houses that were burned, or people that were taken, as an attack, for people were killed (ACLED's order)."""
    if verdict.sub_event_type not in LEAVES_NOBODY_DEAD:
        return verdict
    attack = (EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", "people were killed")
    event_type, sub, reason = type_by_target(verdict.sense, evidence, lexicon) or attack
    plover = lexicon.plover_of(verdict.sense, sub, evidence.words.modifier, evidence.words.near)
    reasons = (*verdict.reasons, reason)
    return dataclasses.replace(verdict, event_type=event_type, sub_event_type=sub, reasons=reasons, plover=plover)


def _is_contest(predicate: Predicate, evidence: Evidence, lexicon: TriggerLexicon) -> bool:
    """Whether players, hackers or writers rather than fighters are spoken of: "clash in the semi-final", "the striker attacked"."""
    words = evidence.words
    is_deadly = any(one.name == "kill" for one in predicate.merged)  # "the striker was killed in shelling"
    if evidence.has_casualties or is_deadly or lexicon.among(words.clause, "disorder"):
        return False
    is_armed = evidence.has_armed()
    if not is_armed and (lexicon.among(words.clause, "online") or lexicon.among(words.subject, "publications")):
        return True
    return lexicon.among(words.near, "sport") or len(words.clause & lexicon.words["sport"]) > 1


def _score(sense: Sense, evidence: Evidence, lexicon: TriggerLexicon) -> float:
    is_armed = evidence.has_armed()
    score = sense.score
    score += 0.10 if evidence.has_place else -0.05
    score += 0.05 if evidence.has_time else 0.0
    score += 0.05 if evidence.has_casualties else 0.0
    score += 0.10 if is_armed else 0.0
    score += 0.05 if names_weapon(evidence.words, lexicon) else 0.0
    score -= 0.25 if evidence.story_words else 0.0
    score -= 0.15 if evidence.is_aside else 0.0
    bare = not evidence.has_place and not evidence.has_casualties and not is_armed
    score -= 0.10 if bare and sense.event_type in (EventType.VIOLENCE_AGAINST_CIVILIANS, EventType.BATTLES) else 0.0
    if evidence.is_epidemic and sense.event_type is not EventType.DIPLOMACY:
        score -= 0.30 if not is_armed else 0.15
    return min(0.98, max(0.05, score))
