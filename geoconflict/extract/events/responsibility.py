"""Who claims an event for himself: "X claimed responsibility for the attack", "X said it was behind it". On that word he is its agent.

Others' word for who did it is blame, and no agent is made of that (:mod:`~geoconflict.extract.events.blame`).
"""

from __future__ import annotations

from collections.abc import Sequence

from geoconflict.codes import ARMED_GROUPS
from geoconflict.extract.actors.common_nouns import NO_NAMES
from geoconflict.extract.actors.reader import ActorReader
from geoconflict.extract.events.drafts import Draft, Scene, is_definite
from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.passages import Passage
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.models import Actor, ActorKind, Status

__all__ = ["name_claimants"]

_LOOK_BACK = 2
"""Passages between an event and the sentence in which it is claimed."""
_NAMED_LOOK_BACK = 8
"""Passages, where the claim says of what event it is: "claimed the mosque attacks"."""
_ARMED = ARMED_GROUPS | {ActorKind.EXTERNAL}
_DOING = frozenset({"carry", "conduct", "detonate", "execute", "perpetrate", "plant", "stage"})
_KNOWN = frozenset({"both", "that", "the", "these", "this", "those"})
_NOT_OWNING = frozenset({"believe", "blame", "deny", "dismiss", "refuse", "reject", "think", "threaten"})
"""Verbs of saying by which nobody owns up to what stands behind them."""
_CREDIT = frozenset({"credit", "responsibility"})
_OTHER_DEEDS = frozenset({"bombing", "killing"})
"""What may be claimed besides an incident of any kind."""


def name_claimants(scene: Scene, people: ActorReader, drafts: Sequence[Draft]) -> None:
    """Give each event the armed actors who claim it as its agents, where it names no other agent."""
    clauses = scene.clauses
    deeds = frozenset(draft.predicate.token for draft in drafts if draft.predicate.is_noun)
    for verb, whom in _claims(clauses, deeds):
        claimants = [actor for at in whom for actor in people.of_phrase(at, part="agent") if _may_claim(actor)]
        for draft in _claimed(scene, drafts, verb) if claimants else ():
            if _has_agent(draft):
                continue
            names = {one.name for one in claimants}
            others = [one for one in draft.arguments.actors if one.part != "agent" and one.name not in names]
            draft.arguments.actors = (*dict.fromkeys(claimants), *others)


def _may_claim(actor: Actor) -> bool:
    """Whether it is an armed group by name, or the forces of a country: "a small group", "the X Army" of no known country are none."""
    if actor.kind is ActorKind.STATE_FORCES:
        return actor.country is not None
    return actor.kind in _ARMED and not actor.name.startswith(NO_NAMES)


def _claims(clauses: Clauses, deeds: frozenset[int]) -> list[tuple[int, list[int]]]:
    """Return verbs by which somebody claims a deed, one of the tokens `deeds` or a noun for one, each with the tokens of who does."""
    found = []
    for token in clauses.tokens:
        if token.lemma.lower() not in ("accept", "claim", "take") or not clauses.is_verb(token.index):
            continue
        if clauses.children(token.index, "neg"):
            continue
        patients = clauses.patients(token.index)
        is_credit = any(clauses.lower[at] in _CREDIT for at in patients)
        is_deed = token.lemma.lower() == "claim" and any(
            at in deeds or clauses.tokens[at].lemma.lower() in grammar("incident_nouns") | _OTHER_DEEDS
            for at in patients
        )
        if is_credit or is_deed:
            found.append((token.index, clauses.agents(token.index)))
    return sorted([*found, *_owned_up(clauses), *_answered_for(clauses)], key=lambda one: one[0])


def _owned_up(clauses: Clauses) -> list[tuple[int, list[int]]]:
    """Return verbs by which somebody says that his own did what was told, with who does: "X said its members had planted it"."""
    found = []
    for token in clauses.tokens:
        if token.lemma.lower() not in _DOING or not _is_said_of_own(clauses, token.index):
            continue
        done = clauses.patients(token.index)
        if done and all(_is_what_was_told(clauses, at) for at in done):
            found.append((token.index, clauses.agents(token.head)))
    return found


def _answered_for(clauses: Clauses) -> list[tuple[int, list[int]]]:
    """Return verbs by which somebody says that his own are behind what was told: "X said it was responsible for the attack"."""
    found = []
    for token in clauses.tokens:
        if token.lemma.lower() != "be" or not _is_said_of_own(clauses, token.index):
            continue
        answers = [one.index for one in clauses.children(token.index, "acomp") if one.text.lower() == "responsible"]
        deeds = [below for at in answers for _, below in clauses.preps(at, "for")]
        deeds += [below for _, below in clauses.preps(token.index, "behind")]
        if deeds and all(_is_what_was_told(clauses, at) for at in deeds):
            found.append((token.index, clauses.agents(token.head)))
    return found


def _is_said_of_own(clauses: Clauses, verb: int) -> bool:
    """Whether who speaks says it of himself or of his own, and does not deny it: "X said that it", "its fighters"."""
    token = clauses.tokens[verb]
    if token.dep != "ccomp" or clauses.tokens[token.head].lemma.lower() not in lexicon_words("speech", "saying"):
        return False
    if clauses.children(verb, "neg") or clauses.children(token.head, "neg"):
        return False
    if clauses.tokens[token.head].lemma.lower() in _NOT_OWNING:
        return False
    return any(
        clauses.lower[at] in ("it", "they", "we")
        or any(child.text.lower() in ("its", "our", "their") for child in clauses.children(at, "poss"))
        for at in clauses.agents(verb)
    )


def _is_what_was_told(clauses: Clauses, noun: int) -> bool:
    """Whether a noun points back to a deed or its weapon: "it", "the attack", "the bomb"."""
    is_definite = any(child.text.lower() in _KNOWN for child in clauses.children(noun, "det"))
    deeds = grammar("incident_nouns") | grammar("munitions") | _OTHER_DEEDS
    return clauses.lower[noun] == "it" or (is_definite and clauses.tokens[noun].lemma.lower() in deeds)


def _claimed(scene: Scene, drafts: Sequence[Draft], verb: int) -> list[Draft]:
    """Return the event that is claimed: what hangs on the verb, else the last one told before it; of "both attacks" the last two.

    "Claimed the mosque attacks" means one that is told with a mosque, where there is any.
    """
    clauses = scene.clauses
    below = set(clauses.document.subtree(verb))
    here = clauses.passage_of(verb).index
    may_be = [
        draft
        for draft in drafts
        if draft.verdict.event_type in ARMED_EVENTS
        and draft.version_of is None
        and draft.attribution.status in (Status.CLAIMED, Status.OCCURRED)
    ]
    own = [draft for draft in may_be if draft.predicate.token in below]
    named = _claimed_words(clauses, verb)
    before: list[Draft] = []
    said_of: list[Draft] = []
    for draft in may_be:
        passage = clauses.passage_of(draft.predicate.token)
        if draft in own or draft.predicate.token >= verb or here - passage.index > _NAMED_LOOK_BACK:
            continue
        if here - passage.index <= _LOOK_BACK:
            before.append(draft)
        if not named.isdisjoint(_lemmas(clauses, passage)):
            said_of.append(draft)
    is_told_anew = bool(own) and not (own[0].predicate.is_noun and is_definite(scene, own[0].predicate))
    if before and any(clauses.lower[at] == "both" for at in below):
        return sorted(before, key=lambda one: one.predicate.token)[-2:]
    found = own[:1] if is_told_anew else said_of or own[:1] or before
    return found[-1:]


def _claimed_words(clauses: Clauses, verb: int) -> frozenset[str]:
    """Return the nouns that tell which event is claimed: "mosque" of "claimed responsibility for the mosque attacks"."""
    heads = clauses.patients(verb)
    heads = [*heads, *(below for at in (verb, *heads) for _, below in clauses.preps(at, "for"))]
    words = {
        token.lemma.lower() for head in heads for token in clauses.phrase_tokens(head) if token.pos in ("NOUN", "PROPN")
    }
    return frozenset(words - (grammar("incident_nouns") | _OTHER_DEEDS | _CREDIT))


def _lemmas(clauses: Clauses, passage: Passage) -> frozenset[str]:
    return frozenset(
        token.lemma.lower()
        for token in clauses.document.tokens_between(passage.start, passage.end)
        if token.pos != "PUNCT"
    )


def _has_agent(draft: Draft) -> bool:
    return any(one.part == "agent" and not one.name.startswith(NO_NAMES) for one in draft.arguments.actors)
