"""The people of a predicate: who did it, who suffered it, who took part, by the words around it."""

from __future__ import annotations

from geoconflict.extract.actors.reader import ActorReader
from geoconflict.extract.events.doers import is_done_to_another, is_force, who_fires_from, who_sent
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.senses import ARMED_EVENTS, TriggerLexicon
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor, ActorKind, EventType

__all__ = ["find_people"]

_TWO_SIDED = frozenset({"clash", "fight", "war", "talks", "meeting", "phone-call", "ceasefire", "agreement"})
"""Senses of what two sides do to or with each other."""
_SUFFERING = frozenset({"fighters-die", "landmine-victim", "lose-town"})
"""Senses whose subject is whom it befell: "the rebels lost the town", "soldiers stepped on a mine", "rebels died in X"."""
_NOTING = frozenset({"hear", "report"})
"""Verbs that carry an event of which their subject is neither side: "the army reported an attack"."""
_BEATING_OFF = frozenset({"foil", "rebuff", "repel", "repulse", "thwart"})
"""Of these verbs the subject is whom the attack was aimed at."""
_HOLDING = frozenset({"control", "hand"})
"""What a town that falls comes under, or falls into."""
_TERRITORY = frozenset({"Government regains territory", "Non-state actor overtakes territory"})
_SENDING = frozenset({"deploy", "mobilise", "mobilize", "redeploy"})
"""Of these verbs the object is who then is there: "peacekeepers were deployed" are no target."""
_OF_WEAPONS = frozenset({"fire", "fire-munition", "use-munition"})
"""Senses whose object may be the weapon: artillery that is used, missiles that are fired, are no target."""


def find_people(
    clauses: Clauses, reader: ActorReader, predicate: Predicate, lexicon: TriggerLexicon, *, violent: bool
) -> tuple[Actor, ...]:
    """Return the actors of a predicate: agents, targets and parties, each once, in that order."""
    found = _PeopleFinder(clauses, reader, predicate, lexicon, violent=violent).find()
    order = {"agent": 0, "party": 1, "target": 2}
    named = [
        actor
        for actor in found
        if actor.name not in ("Military Forces", "Government", "Security Forces", "Police Forces")
    ]
    bare = [
        actor
        for actor in found
        if actor not in named
        and all(other.kind is not actor.kind or _are_two_sides(predicate, actor, other) for other in named)
    ]
    return tuple(sorted([*named, *bare], key=lambda actor: order[actor.part]))


class _PeopleFinder:
    def __init__(
        self, clauses: Clauses, reader: ActorReader, predicate: Predicate, lexicon: TriggerLexicon, *, violent: bool
    ) -> None:
        self._clauses = clauses
        self._reader = reader
        self._predicate = predicate
        self._lexicon = lexicon
        self._violent = violent
        self._found: list[Actor] = []
        self._is_two_sided = predicate.sense.name in _TWO_SIDED
        self._is_of_territory = any(sense.sub_event_type in _TERRITORY for sense in predicate.senses)
        self._may_fall = predicate.is_said_of_places or any(sense.name == "lose-town" for sense in predicate.senses)

    def find(self) -> list[Actor]:
        """Return the actors in the order in which they were found."""
        clauses, predicate = self._clauses, self._predicate
        for at in sorted(predicate.anchors):
            token = clauses.tokens[at]
            if token.text.lower() == "loss" and self._is_of_territory:
                # "confirmed the loss of the town to the rebels": the parser may hang the words on either.
                for above in (at, token.head):
                    for _, below in clauses.preps(above, "to"):
                        self._add(below, "agent")
            if clauses.is_verb(at) and not (predicate.is_noun and at == predicate.token):
                self._add_agents(at)
                self._add_patients(at)
            self._add_governed(at)
            if at == predicate.token and predicate.is_noun:
                self._add_owners(at)
        return self._found

    def _add(self, index: int, part: str) -> None:
        for actor in self._reader.of_phrase(index, violent=self._violent, part=part):
            if all((actor.name, actor.part) != (other.name, other.part) for other in self._found):
                self._found.append(actor)

    def _add_owners(self, noun: int) -> None:
        """Add whose a noun is: "NATO bombs", "the army's offensive", "the minister's murder"."""
        part = "agent"
        if self._is_two_sided:
            part = "party"
        elif self._clauses.lower[noun] in ("loss", "death", "assassination", "murder", "killing"):
            part = "target"
        is_held = self._clauses.tokens[noun].lemma.lower() in _HOLDING  # "came under government control"
        for child in self._clauses.children(noun, "compound", "amod", "nmod", "poss"):
            if child.text.lower() == "general" and child.dep != "poss":
                continue  # "a general strike" is no general's
            for actor in self._reader.of_phrase(child.index, violent=self._violent, part=part):
                is_fighter = actor.kind not in (ActorKind.GOVERNMENT, ActorKind.CIVILIANS)
                is_owner = is_fighter or is_held or child.dep in ("amod", "poss", "nmod")
                if is_owner and all(actor.name != other.name for other in self._found):
                    self._found.append(actor)

    def _add_agents(self, verb: int) -> None:
        clauses, predicate = self._clauses, self._predicate
        word = clauses.tokens[verb].text.lower()
        is_carried_out = predicate.is_noun and word in self._lexicon.outcome_carriers and not clauses.is_passive(verb)
        if clauses.lemma(verb) in _NOTING and predicate.token in clauses.patients(verb):
            return
        if predicate.is_noun and verb not in predicate.outcomes and clauses.children(verb, "neg"):
            return  # "X did not carry out the raid that killed 12"
        suffers = predicate.sense.name in _SUFFERING or self._falls_to_somebody(verb)
        part = "party" if self._is_two_sided else "target" if suffers else "agent"
        for agent in clauses.agents(verb):
            if agent in predicate.anchors:
                if agent != predicate.token:
                    self._add_owners(agent)  # "NATO bombs hit the bridge"
                continue
            if is_carried_out and not is_force(clauses, self._reader, agent):
                continue  # "the blast killed three"; of "rebels killed three in an attack" the rebels are the agent
            # "The army repelled an attack"
            is_beaten_off = clauses.tokens[verb].lemma.lower() in _BEATING_OFF and predicate.token in clauses.patients(
                verb
            )
            is_whose = (is_beaten_off and not self._is_two_sided) or self._is_fallen_post(verb, agent)
            self._add(agent, "target" if is_whose else part)
            for actor in (*who_fires_from(clauses, self._reader, agent), *who_sent(clauses, self._reader, agent)):
                if actor not in self._found:
                    self._found.append(actor)

    def _is_fallen_post(self, verb: int, subject: int) -> bool:
        """Whether a verb says that a base or the like fell, be it said to whom or not: its owner lost it."""
        is_post = self._lexicon.among(frozenset({self._clauses.lower[subject]}), "posts")
        return is_post and self._may_fall and self._clauses.tokens[verb].lemma.lower() == "fall"

    def _falls_to_somebody(self, verb: int) -> bool:
        """Whether a verb says into whose hands its subject fell, so that it was its owner's before: "the army base fell to rebels"."""
        if not self._may_fall or self._predicate.sense.event_type is EventType.STRATEGIC:
            return False
        for prep, below in self._clauses.preps(verb, "to", "into", "under"):
            is_held = self._clauses.tokens[below].lemma.lower() in _HOLDING
            if is_held or (prep.split()[-1] == "to" and self._reader.of_phrase(below, violent=self._violent)):
                return True
        return False

    def _add_patients(self, verb: int) -> None:
        clauses, predicate = self._clauses, self._predicate
        for patient in clauses.patients(verb):
            is_weapon = predicate.sense.name in _OF_WEAPONS and self._lexicon.among(
                frozenset({clauses.lower[patient]}), "munition"
            )
            lemma = clauses.tokens[verb].lemma.lower()
            if patient not in predicate.anchors and not is_weapon and lemma != "lose":
                part = "agent" if lemma in _SENDING else "target"
                for at in self._whose_limbs(patient) or [patient]:
                    self._add(at, "party" if self._is_two_sided else part)

    def _whose_limbs(self, noun: int) -> list[int]:
        """Return whose hands or throats a noun means, if it means any: "cut the throats of nine herders"."""
        if not self._lexicon.among(frozenset({self._clauses.lower[noun]}), "limbs"):
            return []
        owners = [child.index for child in self._clauses.children(noun, "poss") if child.pos != "PRON"]
        return owners + [below for _, below in self._clauses.preps(noun, "of")]

    def _add_governed(self, at: int) -> None:
        """Add whom prepositions behind a word name."""
        clauses, predicate, two_sided = self._clauses, self._predicate, self._is_two_sided
        for prep, below in clauses.preps(at):
            last = prep.split()[-1]
            if last in ("into", "under") and self._may_fall and clauses.tokens[below].lemma.lower() in _HOLDING:
                self._add_owners(below)  # "fell into rebel hands", "came under the control of the militia"
                for _, holder in clauses.preps(below, "of"):
                    self._add(holder, "agent")
            elif below in predicate.anchors:
                continue  # "a series of American air strikes": whose they are is no target
            elif last == "between" or (last in ("with", "against", "among") and two_sided):
                self._add(below, "party")
            elif last == "to" and predicate.sense.event_type is EventType.STRATEGIC and self._may_fall:
                self._add(below, "target")  # "surrendered to the army"
            elif (last == "by" and predicate.is_noun) or (last == "to" and self._may_fall):
                self._add(below, "agent")
            elif last in ("by", "from") and self._stands_under_fire():
                self._add(below, "agent")  # "came under fire from gunboats"
            elif (last == "from" and self._is_of_territory) or (
                last in ("on", "at", "upon") and predicate.sense.name == "fire"
            ):
                self._add(below, "target")
            elif last in ("of", "on", "against", "at") and predicate.is_noun and not two_sided:
                is_doers = last == "of" and (
                    "offensive" in clauses.tokens[at].text.lower() or is_done_to_another(clauses, self._reader, at)
                )
                self._add(below, "agent" if is_doers else "target")

    def _stands_under_fire(self) -> bool:
        """Whether what is told stands behind "under": "came under fire", "was under shelling"."""
        clauses = self._clauses
        heads = (clauses.tokens[at].head for at in self._predicate.anchors | {self._predicate.token})
        return any(clauses.lower[head] == "under" for head in heads)


def _are_two_sides(predicate: Predicate, actor: Actor, other: Actor) -> bool:
    """Whether forces of no named country did it to those of a named one: "government soldiers threw a grenade at a Dutch soldier"."""
    is_armed = predicate.sense.event_type in ARMED_EVENTS
    return is_armed and actor.kind is ActorKind.STATE_FORCES and (actor.part, other.part) == ("agent", "target")
