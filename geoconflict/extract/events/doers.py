"""Who does it, where the words name them in a roundabout way: "a shell fired from their lines", "strikes of the army on X"."""

from __future__ import annotations

import re

from geoconflict.extract.actors.reader import ActorReader
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.models import Actor, ActorKind

__all__ = ["is_done_to_another", "is_force", "who_fires_from", "who_sent"]

_ATTACKS = frozenset({"airstrike", "assault", "attack", "offensive", "raid", "strike"})
_SENDING = frozenset({"detonate", "fire", "launch", "plant", "send"})
_DAY = re.compile(
    r"\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan|feb|march|april|may\b|june|july|aug|sep|oct|nov|dec|dawn|dusk|night|noon",
    re.IGNORECASE,
)
"""What behind "on" or "at" tells when it was done."""


def is_force(clauses: Clauses, reader: ActorReader, index: int) -> bool:
    """Whether the noun phrase is of an armed group or of state forces, and no weapon or event of theirs."""
    is_plain = clauses.tokens[index].lemma.lower() not in grammar("incident_nouns")
    kinds = (ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA, ActorKind.STATE_FORCES)
    return is_plain and any(actor.kind in kinds for actor in reader.of_phrase(index, part="agent"))


def who_fires_from(clauses: Clauses, reader: ActorReader, munition: int) -> tuple[Actor, ...]:
    """Return whose the positions are from which a shell was fired: "a shell fired from Serb lines"."""
    fired = (child.index for child in clauses.children(munition, "acl") if child.lemma.lower() in ("fire", "launch"))
    return next(
        (holders for at in fired for _, below in clauses.preps(at, "from") if (holders := reader.holders_of(below))), ()
    )


def who_sent(clauses: Clauses, reader: ActorReader, weapon: int) -> tuple[Actor, ...]:
    """Return who is told to have fired, launched or planted a weapon: "a drone launched by the militia exploded in X"."""
    sent = (child.index for child in clauses.children(weapon, "acl") if child.lemma.lower() in _SENDING)
    senders = (below for at in sent for word, below in clauses.preps(at) if word == "by")
    return next((found for below in senders if (found := reader.of_phrase(below, part="agent"))), ())


def is_done_to_another(clauses: Clauses, reader: ActorReader, noun: int) -> bool:
    """Whether a noun has whom it is done to behind another preposition, so that "of" tells who does it: "strikes of the army on X"."""
    if clauses.tokens[noun].lemma.lower() not in _ATTACKS:
        return False
    doers = [below for _, below in clauses.preps(noun, "of") if is_force(clauses, reader, below)]
    # The parser may hang the second preposition on the doers.
    behind = (below for at in (noun, *doers) for _, below in clauses.preps(at, "on", "against", "at"))
    return bool(doers) and any(_DAY.match(clauses.tokens[below].text) is None for below in behind)
