"""Denials: which event told before a denial is about, and what the denier says happened instead."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from geoconflict.codes import ARMED_GROUPS, OF_STATES
from geoconflict.extract.actors.reader import ActorReader
from geoconflict.extract.events.arguments import Arguments
from geoconflict.extract.events.denied_parts import is_of_accusations, is_of_aim, is_of_author, is_of_weapon_alone
from geoconflict.extract.events.denier_accounts import (
    TOLD,
    JoinedDenial,
    agents_of,
    is_account,
    others_accused,
    tells_figures,
)
from geoconflict.extract.events.drafts import Draft, Scene, is_definite
from geoconflict.extract.events.ground_held import ground_still_held
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.passages import Passage
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.extract.telling.fact_checks import BY_THE_REPORT
from geoconflict.models import Actor, ActorKind, EventType, Status

__all__ = ["DeniedAct", "apply_denials"]

_LOOK_BACK = 3
"""Passages between an event and the sentence that denies it."""

_OWN_LOSSES = frozenset({"lose", "loses", "losing", "lost", "suffer", "suffered", "suffering", "suffers"})
_OWN = frozenset({"he", "her", "his", "it", "its", "our", "she", "their", "they", "we"})
"""Words by which who denies speaks of himself."""


@dataclass(frozen=True, slots=True)
class DeniedAct:
    """A predicate that somebody denies: "denied that it had shelled the town"."""

    predicate: Predicate
    arguments: Arguments
    by: str
    harms_civilians: bool
    """Whether civilians, or where they live, are what it is done to."""


def apply_denials(
    scene: Scene,
    people: ActorReader,
    drafts: list[Draft],
    denials: Sequence[DeniedAct],
    predicates: Sequence[Predicate],
) -> tuple[list[Draft], frozenset[int]]:
    """Mark what a later sentence denies, and drop the denial's own mention of it.

    What the denier says that it did instead, without a place or a day of its own, becomes a version of the event told
    before. Who tells another version denies a part alone: that there was something is said by both.

    Returns
    -------
    drafts, denied
        The events that are left, and the tokens of the predicates that were found to deny one of them.
    """
    gone: set[int] = set()
    denied: set[int] = set()
    joined: list[JoinedDenial] = []
    for act in denials:
        told = _denied_by(scene, people, act, drafts)
        if told is None:
            _leave_the_deed(scene, people, act, drafts)
            continue
        if act.by == BY_THE_REPORT and act.predicate.is_outcome:
            # "Correction: an earlier report said that twelve were killed": the figure was wrong, and not the event.
            gone.update(id(draft) for draft in drafts if draft.predicate is act.predicate)
            denied |= act.predicate.anchors | act.predicate.outcomes
            continue
        is_part = (
            is_of_author(scene, act.predicate)
            or _is_what_others_are_accused_of(scene.clauses, act.predicate)
            or (act.predicate.is_outcome and _is_of_things_alone(told))
            or is_of_aim(scene, act.predicate)
            or (
                _is_more_than_the_act(told)
                and (_is_of_own_hand(scene, people, act) or is_of_weapon_alone(scene.clauses, act.predicate, told))
            )
        )
        joined.append(
            JoinedDenial(told, act.by, act.predicate.token, scene.clauses.passage_of(act.predicate.token), is_part)
        )
        gone.update(id(draft) for draft in drafts if draft.predicate is act.predicate)
        denied |= act.predicate.anchors | act.predicate.outcomes
    kept = [draft for draft in drafts if id(draft) not in gone]
    known = {id(one.told) for one in joined}
    joined += _without_a_name(scene, kept, predicates, known)
    joined += [
        JoinedDenial(held.taken, held.by, held.token, scene.clauses.passages[held.passage], not held.is_all)
        for held in ground_still_held(scene, people, kept, known)
    ]
    for one in joined:
        # Who denies that a town was taken and tells of fighting there tells of another event.
        is_of_ground = one.told.verdict.sub_event_type.endswith("territory")
        is_answered = not is_of_ground and tells_figures(scene, one, frozenset(denied))
        for draft in () if is_of_ground else kept:
            if is_account(scene, draft, one):
                draft.version_of = one.told
                is_answered = True
                one.told.blame(others_accused(draft, one.told), one.by)
        (_deny_in_part if one.is_part or is_answered else _deny)(one.told, one.by)
        if one.passage is not scene.clauses.passage_of(one.told.predicate.token):
            one.told.denied_in = (one.passage.start, one.passage.end)
    return kept, frozenset(denied)


def _without_a_name(
    scene: Scene, drafts: Sequence[Draft], predicates: Sequence[Predicate], known: set[int]
) -> list[JoinedDenial]:
    """Return the denials that name no event of their own, "denied it", with the event told before them."""
    found = []
    owned = frozenset(anchor for predicate in predicates for anchor in predicate.anchors)
    for denial in scene.speakers.denials(owned):
        is_answer = _is_accused_before(scene, denial.passage)
        before = [
            draft
            for draft in drafts
            if draft.predicate.token < denial.token
            and denial.passage - scene.clauses.passage_of(draft.predicate.token).index <= (2 if is_answer else 1)
            and draft.attribution.status in TOLD
            and id(draft) not in known
            and draft.verdict.event_type is not EventType.DIPLOMACY
            and (denial.is_of_teller or draft.attribution.claimed_by != denial.by)
        ]
        denied = _of_relative_clause(scene.clauses, denial.token, predicates)
        if denied is not None:
            before = [draft for draft in before if draft.predicate is denied]
        if not before:
            continue
        told = before[-1]
        here = scene.clauses.passage_of(told.predicate.token).index
        known.add(id(told))
        # What is told by its dead alone did not happen where there were none.
        is_whole = denial.of == "event" or (denial.of == "losses" and told.predicate.is_outcome)
        is_whole = is_whole and not is_answer and not _is_of_accused(scene, denial.token)
        by = denial.by
        if scene.clauses.tokens[denial.token].tag == "VBG" and here == denial.passage:
            # "Police said that the man who killed 37 was a gambler, rejecting the rebels' claim": police tell of it themselves.
            by, is_whole = scene.speakers.claimant_at(denial.token) or by, False
            if by == told.attribution.claimed_by and _is_of_something_else(scene.clauses, denial.token):
                known.discard(id(told))
                continue  # ", dismissing reports of a second attacker"
        found.append(
            JoinedDenial(told, by or "one side", denial.token, scene.clauses.passage_of(denial.token), not is_whole)
        )
    return found


def _of_relative_clause(clauses: Clauses, deny: int, predicates: Sequence[Predicate]) -> Predicate | None:
    """Return what a relative clause denies: "fighting raged as rebels said they had taken the airport, which the army denied"."""
    if clauses.tokens[deny].dep != "relcl":
        return None
    owners = {anchor: one for one in predicates for anchor in one.anchors}
    return next((owners[at] for at in clauses.path_up(deny)[1:] if at in owners), None)


def _is_of_something_else(clauses: Clauses, deny: int) -> bool:
    """Whether what is denied has a content of its own: "reports of a second attacker"."""
    # The parser may take the verb for a word of the noun: "dismissing reports".
    denied = clauses.patients(deny) or [clauses.tokens[deny].head]
    return any(clauses.preps(at, "of", "about") or clauses.children(at, "acl") for at in denied)


def _is_of_accused(scene: Scene, denial: int) -> bool:
    """Whether who is accused denies: "X accused Y, which denied it" leaves open who it was, and not that it was."""
    return any(one < denial for one in _accusations(scene.clauses, scene.clauses.passage_of(denial)))


def _is_accused_before(scene: Scene, passage: int) -> bool:
    """Whether the passage before accuses somebody, and of nothing but what was told: "X blamed Y. Y denied it."."""
    clauses = scene.clauses
    if not passage:
        return False
    for verb in _accusations(clauses, clauses.passages[passage - 1]):
        of_what = [
            clauses.tokens[below].lemma.lower()
            for at in (verb, *clauses.patients(verb))
            for _, below in clauses.preps(at, "for", "of", "over")
        ]
        if all(deed in grammar("incident_nouns") | {"it", "that", "this"} for deed in of_what):
            return True
    return False


def _is_what_others_are_accused_of(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether who denies accuses another of the very deed: "denied having shelled the town and blamed rebels for the attack"."""
    return any(
        clauses.is_verb(at) and clauses.tokens[at].lemma.lower() in grammar("accusing_verbs")
        for at in clauses.path_in_passage(predicate.token)[1:]
    )


def _accusations(clauses: Clauses, passage: Passage) -> list[int]:
    return [
        token.index
        for token in clauses.document.tokens_between(passage.start, passage.end)
        if token.pos == "VERB" and token.lemma.lower() in grammar("accusing_verbs")
    ]


def _denied_by(scene: Scene, people: ActorReader, act: DeniedAct, drafts: Sequence[Draft]) -> Draft | None:
    """Return the draft that a denial with a predicate of its own ("denies the strike") speaks of.

    Who denies what he or his own forces did speaks of what they are told to have done, where anything is.
    """
    side = people.side_of(act.by)
    if side is not None and _is_of_own_hand(scene, people, act):
        of_side = [one for one in drafts if any(people.is_of(side, agent) for agent in agents_of(one.arguments.actors))]
        if (told := _last_denied(scene, act, of_side)) is not None:
            return told
    return _last_denied(scene, act, drafts)


def _last_denied(scene: Scene, act: DeniedAct, drafts: Sequence[Draft]) -> Draft | None:
    """Return the last of some drafts before a denial that it may be of."""
    predicate = act.predicate
    place = {scene.toponyms[choice.index].surface for choice in act.arguments.places}
    at = scene.clauses.passage_of(predicate.token).index
    is_of_ground = predicate.tells_of_territory and not predicate.is_noun
    for draft in reversed(drafts):
        if draft.predicate.start >= predicate.start:
            continue
        if at - scene.clauses.passage_of(draft.predicate.token).index > _LOOK_BACK:
            break
        if draft.verdict.event_type is EventType.DIPLOMACY or draft.attribution.status not in TOLD:
            continue
        if not _may_be_same(scene, predicate, draft) and not (act.harms_civilians and _harmed_civilians(draft)):
            continue
        if is_of_ground and _is_of_other_ground(scene, predicate, draft):
            continue
        if _are_opposed(agents_of(act.arguments.actors), agents_of(draft.arguments.actors)):
            continue
        other = {scene.toponyms[choice.index].surface for choice in draft.arguments.places}
        if not place or not other or place & other:
            return draft
    return None


def _may_be_same(scene: Scene, predicate: Predicate, draft: Draft) -> bool:
    """Whether a denied predicate may be the event told before: the same kind of act, its outcome or "the attack"."""
    return (
        (predicate.is_outcome and draft.verdict.event_type is not EventType.STRATEGIC)
        or (predicate.is_noun and is_definite(scene, predicate))
        or any(sense.event_type is draft.verdict.event_type for sense in predicate.senses)
        or not {sense.name for sense in predicate.senses}.isdisjoint(
            sense.name for sense in (*draft.predicate.senses, *draft.predicate.merged)
        )
    )


def _harmed_civilians(draft: Draft) -> bool:
    """Whether the event is an armed one that people at large suffered, whatever the word for it."""
    return (
        draft.verdict.event_type in ARMED_EVENTS
        and not draft.verdict.sub_event_type.endswith("territory")
        and (
            draft.verdict.event_type is EventType.VIOLENCE_AGAINST_CIVILIANS
            or any(actor.kind is ActorKind.CIVILIANS and actor.part == "target" for actor in draft.arguments.actors)
        )
    )


def _are_opposed(mine: Sequence[Actor], others: Sequence[Actor]) -> bool:
    """Whether one is said to have been done by a state and the other by an armed group, or by two states."""
    kinds, other_kinds = ({actor.kind for actor in actors} for actors in (mine, others))
    if not kinds or not other_kinds:
        return False
    if (kinds <= OF_STATES and other_kinds <= ARMED_GROUPS) or (kinds <= ARMED_GROUPS and other_kinds <= OF_STATES):
        return True
    states, other_states = ({actor.country for actor in actors} for actors in (mine, others))
    is_of_states = kinds <= OF_STATES and other_kinds <= OF_STATES
    return is_of_states and None not in states | other_states and not states & other_states


def _is_of_other_ground(scene: Scene, predicate: Predicate, draft: Draft) -> bool:
    """Whether what is denied to have fallen or been lost is not what the event told before says was taken.

    A name that no list of places knows is another place all the same: "denied that X had fallen".
    """
    if not draft.verdict.sub_event_type.endswith("territory"):
        return True
    clauses = scene.clauses
    surfaces = [scene.toponyms[choice.index].surface.casefold() for choice in draft.arguments.places]
    own = frozenset(word for surface in surfaces for word in surface.split())
    own = own or clauses.words_of(clauses.passage_of(draft.predicate.token))
    about = clauses.patients(predicate.token) or clauses.subjects(predicate.token)
    words = [token.text for at in about for token in clauses.phrase_tokens(at)]
    names = {word.casefold() for word in words if word[:1].isupper()}
    if names:
        return names.isdisjoint(own)
    folded = {word.casefold() for word in words}
    grounds = (grammar("settlements"), grammar("place_nouns"), grammar("facilities"), {"it", "this", "that"})
    return all(folded.isdisjoint(one) for one in grounds)  # "denied that it had lost 30 soldiers"


def _is_of_things_alone(told: Draft) -> bool:
    """Whether what was told names no dead, so that who denies deaths leaves it as it was: "a bomb exploded"."""
    return not told.predicate.is_outcome and not any(one.measure == "killed" for one in told.arguments.casualties)


def _is_of_own_hand(scene: Scene, people: ActorReader, act: DeniedAct) -> bool:
    """Whether who denies an act denies that he or his own forces did it: "denied that it, its troops, had shelled X".

    That somebody else did it is left open; who denies what others are told to have done denies that it was done.
    """
    clauses, predicate = scene.clauses, act.predicate
    if predicate.is_noun or predicate.tells_of_territory or not clauses.is_verb(predicate.token):
        return False
    if not _OWN_LOSSES.isdisjoint(clauses.lower[at] for at in predicate.anchors):
        return False  # "denied that it had lost 30 soldiers"
    side = people.side_of(act.by)
    for agent in clauses.agents(predicate.token):
        owners = [child.index for child in clauses.children(agent, "poss")]
        if any(clauses.lower[at] in _OWN for at in (agent, *owners)):
            return True
        if clauses.tokens[agent].text in act.by.split():
            return True  # "the army denied shelling the town": the verbs share their subject
    doers = [actor for actor in act.arguments.actors if actor.part == "agent"]
    return side is not None and any(side in (actor.name, actor.country) for actor in doers)


def _is_more_than_the_act(draft: Draft) -> bool:
    """Whether an event is told of by more than an accuser's word for an act: as a fact, or by whom it hit."""
    return (
        draft.attribution.status is Status.OCCURRED
        or bool(draft.arguments.casualties)
        or any(actor.kind is ActorKind.CIVILIANS and actor.part == "target" for actor in draft.arguments.actors)
    )


def _leave_the_deed(scene: Scene, people: ActorReader, act: DeniedAct, drafts: Sequence[Draft]) -> None:
    """Leave what nothing before tells of as it was, where only who did it is denied.

    "Rejected accusations that its men had killed 12" leaves it a claim; "denied carrying out the raid that killed 12", a fact.
    """
    draft = next((one for one in drafts if one.predicate is act.predicate), None)
    if draft is None or not _is_more_than_the_act(draft):
        return  # "rejected accusations that it had shelled the hills": nobody else says that there was any shelling
    is_of_author_alone = is_of_author(scene, act.predicate)
    is_accused = is_of_accusations(scene.clauses, act.predicate) and _is_of_own_hand(scene, people, act)
    if not is_of_author_alone and not is_accused:
        return
    accused = agents_of(draft.arguments.actors)
    draft.blame((one.name for one in accused if one.kind is not ActorKind.CIVILIANS), None)  # nor "its men"
    draft.arguments.actors = tuple(one for one in draft.arguments.actors if one not in accused)
    status = Status.OCCURRED if is_of_author_alone else Status.CLAIMED
    draft.attribution = dataclasses.replace(draft.attribution, status=status)


def _deny(draft: Draft, by: str) -> None:
    draft.attribution = dataclasses.replace(
        draft.attribution,
        status=Status.DENIED,
        denied_by=by,
        reasons=(*draft.attribution.reasons, f"denied by {by}"),
    )


def _deny_in_part(draft: Draft, by: str) -> None:
    draft.attribution = dataclasses.replace(
        draft.attribution,
        denied_by=by,
        reasons=(*draft.attribution.reasons, f"who did it, whom it hit, or what it cost, is denied by {by}"),
    )
