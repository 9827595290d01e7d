"""Drafts that make no event of their own: what is told twice, totals, what points back, what is no news."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.events.arguments import is_conceded
from geoconflict.extract.events.drafts import INHERITED_COST, Draft, Scene, is_definite, is_since
from geoconflict.extract.events.ended_fights import is_fight_before_truce, is_fight_for_ground
from geoconflict.extract.predicates.senses import ARMED_EVENTS
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import EventType, Status, TimeExpression

__all__ = ["without_repeats", "without_totals", "without_vague", "without_what_points_back"]

_MONTH = 31
_YEAR = re.compile(r"(?:19|20)\d\d")


def without_repeats(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Drop what the same passage tells better: a noun without a place, an advance that ends in a capture."""
    large = scene.is_large
    by_passage: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_passage.setdefault(scene.clauses.passage_of(draft.predicate.token).index, []).append(draft)
    gone: set[int] = set()
    for together in by_passage.values():
        gone |= _repeats(scene, together, large)
    return [draft for draft in drafts if id(draft) not in gone]


def without_what_points_back(scene: Scene, drafts: list[Draft], matters: Sequence[Predicate]) -> list[Draft]:
    """Drop "the attack" where the sentence before tells of one that is no event of the report, and of no other.

    Parameters
    ----------
    matters
        Predicates that tell of court cases, of years ago and the like.
    """
    of_events = {scene.clauses.passage_of(draft.predicate.token).index for draft in drafts}
    of_matters = {scene.clauses.passage_of(one.token).index for one in matters if one.sense.event_type in ARMED_EVENTS}
    return [
        draft
        for draft in drafts
        if not (
            draft.predicate.is_noun
            and is_definite(scene, draft.predicate)
            and draft.arguments.time is None
            and not draft.arguments.places
            and scene.clauses.passage_of(draft.predicate.token).index - 1 in of_matters - of_events
        )
    ]


def _repeats(scene: Scene, drafts: Sequence[Draft], large: Sequence[bool]) -> set[int]:
    """Return the ids of those of one passage's drafts that another of it tells better.

    What remains is counted by kind, so that a passage of thousands of event words takes no longer than it should.
    """
    gone: set[int] = set()
    armed = sum(draft.verdict.event_type is not EventType.DIPLOMACY for draft in drafts)
    alike = Counter(_version(draft) for draft in drafts)
    placed = Counter(_finer_version(draft) for draft in drafts if _has_spot(draft, large))
    for draft in drafts:
        places = draft.arguments.places
        is_armed = draft.verdict.event_type is not EventType.DIPLOMACY
        vague = not places and draft.predicate.is_noun and draft.arguments.time is None
        vague = vague and not _is_anothers(scene, draft, drafts)
        wide = bool(places) and not _has_spot(draft, large)
        if (
            (vague and armed > is_armed and _is_adjunct(scene, draft.predicate))
            or (not places and is_fight_for_ground(scene, draft, drafts))
            or is_fight_before_truce(scene, draft, drafts)
            or (vague and not draft.arguments.actors and alike[_version(draft)] > 1)
            or (wide and placed[_finer_version(draft)] > 0)
        ):
            gone.add(id(draft))
            armed -= is_armed
            alike[_version(draft)] -= 1
    return gone


def _is_anothers(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether one speaker tells of it, with its dead, and another of the rest: "while medics said 20 were killed in an attack"."""
    speaker = draft.attribution.claimed_by
    return (
        speaker is not None
        and bool(draft.arguments.casualties)
        and not is_definite(scene, draft.predicate)
        and all(other is draft or other.attribution.claimed_by not in (None, speaker) for other in drafts)
    )


def _version(draft: Draft) -> tuple[EventType, Status]:
    return draft.verdict.event_type, draft.attribution.status


def _finer_version(draft: Draft) -> tuple[EventType, str, Status]:
    return draft.verdict.event_type, draft.verdict.sub_event_type, draft.attribution.status


def _has_spot(draft: Draft, large: Sequence[bool]) -> bool:
    """Whether one of its places is no country, province or region."""
    return any(not large[choice.index] for choice in draft.arguments.places)


def _is_adjunct(scene: Scene, predicate: Predicate) -> bool:
    """Whether the noun only sets the scene for another event: "in the latest battles", "amid an invasion"."""
    token = scene.clauses.tokens[predicate.token]
    setting = ("in", "amid", "during", "after", "following", "since", "despite", "before", "as")
    return token.dep == "pobj" and (
        scene.clauses.tokens[token.head].text.lower() in setting or is_conceded(scene.clauses, predicate)
    )


def without_totals(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Drop what only carries a total: "some 3,000 have died since the war began"."""
    kept = []
    large = scene.is_large
    for draft in drafts:
        passage = scene.clauses.passage_of(draft.predicate.token)
        totals = [
            figure for figure in scene.figures if figure.cumulative and passage.start <= figure.start < passage.end
        ]
        own_day = (
            draft.arguments.time is not None
            and not is_since(scene, draft.arguments.time)
            and not _is_long(draft.arguments.time)
            and any(choice.cost < 1.0 for choice in draft.arguments.places)
        )
        carries = any(
            (token := scene.clauses.document.token_at(figure.end - 1)) is not None
            and scene.clauses.clause_head(token.index) in draft.predicate.anchors
            for figure in totals
        ) or (draft.predicate.is_outcome and bool(totals))
        # A total is told of a country or a region; of a town it may still tell what happened there, unless it counts from
        # a beginning: "3,000 have been killed in X since January".
        is_count = draft.predicate.is_outcome and not draft.predicate.merged and _counts_from(scene, draft, totals)
        if _counts_up_to_now(scene, draft, totals):
            continue
        has_spot = not is_count and any(
            choice.cost < 0.5 and not large[choice.index] and not scene.names.is_country(choice.index)
            for choice in draft.arguments.places
        )
        if not carries or own_day or has_spot:
            kept.append(draft)
    return kept


def _is_long(time: TimeExpression) -> bool:
    """Whether a time is no day of an event but what a count runs over: "over the past year"."""
    span = time.span
    first, last = (None, None) if span is None else (span.starts_on, span.ends_on)
    return first is not None and last is not None and (last - first).days > _MONTH


def _counts_from(scene: Scene, draft: Draft, totals: Sequence[CasualtyMention]) -> bool:
    """Whether the dead of a passage are counted from a beginning or over a long time, and no other day is told."""
    time = draft.arguments.time
    if time is not None:
        return bool(totals) and (is_since(scene, time) or _is_long(time))
    return any("since" in (figure.cumulative_reason or "") for figure in totals)


def _counts_up_to_now(scene: Scene, draft: Draft, totals: Sequence[CasualtyMention]) -> bool:
    """Whether a battle is only named for its dead up to now, on no day: "700 have died in the battle for X"."""
    if draft.arguments.time is not None:
        return False
    heads = {scene.clauses.clause_head(at) for at in draft.predicate.anchors}
    return any(
        "up to now" in (figure.cumulative_reason or "")
        and (head := scene.clauses.head_of_span(figure.start, figure.end)) is not None
        and scene.clauses.clause_head(head) in heads
        for figure in totals
    )


def without_vague(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Drop what tells neither where nor when and is no news: plans and threats at large, acts that are only spoken of.

    "They may attack again", "he condemned the murder of the priests": an event that is told has a verb of its own, a
    place, a day or figures.
    """
    told = {scene.clauses.passage_of(draft.predicate.token).index for draft in drafts}
    return [draft for draft in drafts if not _is_vague(scene, draft) and not _is_topic(scene, draft, told)]


def _is_vague(scene: Scene, draft: Draft) -> bool:
    if draft.arguments.time is not None or draft.verdict.event_type is EventType.DIPLOMACY:
        return False
    if draft.attribution.status is Status.DENIED and (_is_habit(scene, draft.predicate) or _is_only_denied(draft)):
        return True
    if draft.arguments.places:
        # "threatens attacks in Nigeria": what may come, somewhere in a country.
        indices = [choice.index for choice in draft.arguments.places]
        is_at_large = all(scene.is_large[at] or scene.names.is_country(at) for at in indices)
        return draft.attribution.status is Status.HYPOTHETICAL and is_at_large
    if draft.attribution.status in (Status.HYPOTHETICAL, Status.SCHEDULED):
        return True
    predicate = draft.predicate
    counted = any(_is_figure(one) for one in draft.arguments.casualties)
    if not predicate.is_noun or counted or len(predicate.anchors) > 1:
        return False
    passage = scene.clauses.passage_of(predicate.token)
    tokens = scene.clauses.document.tokens_between(passage.start, passage.end)
    return any(token.pos in ("VERB", "AUX") for token in tokens)  # a headline has none


def _is_topic(scene: Scene, draft: Draft, told: set[int]) -> bool:
    """Whether a noun only names in a line of its own what the item below tells of: "Xanth unrest", "2009 Xanth bus attack".

    A line that names a place and no year may be a headline of other news.
    """
    clauses = scene.clauses
    passage = clauses.passage_of(draft.predicate.token)
    tokens = clauses.document.tokens_between(passage.start, passage.end)
    ends_line = "\n" in clauses.document.text[passage.end - 1 : passage.end + 1] and tokens[-1].pos != "PUNCT"
    if not draft.predicate.is_noun or not ends_line or passage.index + 1 not in told:
        return False
    is_named_by_year = _YEAR.fullmatch(tokens[0].text) is not None
    has_verb = any(token.pos in ("VERB", "AUX") for token in tokens)
    return not has_verb and (is_named_by_year or not draft.arguments.places) and not draft.arguments.casualties


def _is_figure(figure: CasualtyMention) -> bool:
    """Whether people were counted: "the murder of the priests" only says that they were more than one."""
    return figure.count.best is not None or figure.count.high is not None or (figure.count.low or 0) > 2


def _is_only_denied(draft: Draft) -> bool:
    """Whether nobody tells it, neither where nor when: "denied that it had killed civilians", and nothing of that before."""
    is_told = draft.denied_in is not None or draft.attribution.claimed_by is not None
    return not is_told and all(choice.cost >= INHERITED_COST for choice in draft.arguments.places)


def _is_habit(scene: Scene, predicate: Predicate) -> bool:
    """Whether the words tell of a practice and no one deed: "denied targeting civilians"."""
    token = scene.clauses.tokens[predicate.token]
    if token.tag != "VBG" or token.dep not in ("xcomp", "ccomp", "pcomp"):
        return False
    patients = scene.clauses.patients(token.index)
    return bool(patients) and all(
        scene.clauses.tokens[at].tag == "NNS" and not scene.clauses.children(at, "det", "nummod", "poss")
        for at in patients
    )
