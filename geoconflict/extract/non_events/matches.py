"""Words of war for matches: players attack, shoot and clash, and teams bear the names of their countries."""

from __future__ import annotations

import functools
import re

from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.passages import Passage
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Actor, ActorKind

__all__ = ["is_of_a_match", "is_of_sport", "is_scored", "phrases"]

_SCORE = re.compile(
    r"(?<![\w.,:/-])\d{1,3}[-–]\d{1,3}(?![\w.:/-]\w)"
    r"(?!\s*(?:km|percent|per cent|year)\b)(?!\s+(?:armed\s+|masked\s+)?\w+(?:s|men|people|women)\b)"
)
"""Points of both sides of a match, and no number of people, days or villages."""


def is_scored(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether points are made or something only flies by: "fired a 65", "exploded for 42 points", "shot past Jupiter"."""
    if not predicate.is_noun and clauses.lemma(predicate.token) in ("erupt", "explode"):
        return any(clauses.lemma(one) in grammar("points") for _, one in clauses.preps(predicate.token, "for"))
    if predicate.is_noun or clauses.lemma(predicate.token) not in ("fire", "shoot"):
        return False
    fired = clauses.objects(predicate.token)
    if not fired and clauses.preps(predicate.token, "past"):
        return True
    return bool(fired) and all(
        clauses.tokens[one].tag == "CD"
        and any(child.text.lower() in ("a", "an") for child in clauses.children(one, "det"))
        for one in fired
    )


def is_of_a_match(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the sentence tells of a match: "attacked in the second half", "fired a rocket into the net"."""
    passage = clauses.passage_of(predicate.token)
    return clauses.finds(phrases("match_phrases"), passage)


def is_of_sport(clauses: Clauses, predicate: Predicate, actors: tuple[Actor, ...]) -> bool:
    """Whether players are at it: "was injured in a clash under the basket", "attacked on the last lap", "killed the game"."""
    passage = clauses.passage_of(predicate.token)
    arms = grammar("violent") - grammar("played_words")
    if _has_score(clauses, passage):
        arms |= grammar("troops_sent")  # by a score teams of states are told from their armies
    elif not clauses.finds(phrases("sport_words"), passage) or any(
        actor.kind is not ActorKind.CIVILIANS and not _is_team(clauses, predicate, actor) for actor in actors
    ):
        return False
    around = clauses.document.tokens_between(passage.start, passage.end)
    if any(clauses.lemma(token.index) in arms for token in around):
        return False
    harm = predicate.outcomes | ({predicate.token} if predicate.is_outcome else set())
    return all(
        clauses.lemma(at) in grammar("hurt_in_play")
        or any(clauses.lemma(one) in grammar("contests") for one in clauses.patients(at))
        or clauses.lower[at + 1 : at + 2] == ["down"]  # "attacked, but was shot down"
        for at in harm
        if clauses.is_verb(at)
    )


def _is_team(clauses: Clauses, predicate: Predicate, actor: Actor) -> bool:
    """Whether the bare name of a country is that of its players: "a tense battle with Portugal"."""
    words = (actor.surface or "").lower().split()
    forces = grammar("troops_sent") | grammar("police")
    return (
        actor.country is not None
        and actor.kind in (ActorKind.GOVERNMENT, ActorKind.STATE_FORCES)
        and (actor.surface or "").istitle()
        and forces.isdisjoint({*words, *(word.removesuffix("s") for word in words)})
        and clauses.lemma(predicate.token)
        in ("assault", "battle", "clash", "duel", "fight", "onslaught", "siege", "war")
    )


def _has_score(clauses: Clauses, passage: Passage) -> bool:
    """Whether somebody wins or loses by so many points: "beat X 2-1", "winning the cup 32-12", "shot down X 4-1"."""
    if any(_is_points_of(clauses, one) for one in _SCORE.finditer(clauses.document.text, passage.start, passage.end)):
        return True
    return clauses.finds(_SCORE, passage) and any(
        clauses.is_verb(token.index) and clauses.lemma(token.index) in grammar("winning_matches")
        for token in clauses.document.tokens_between(passage.start, passage.end)
    )


def _is_points_of(clauses: Clauses, score: re.Match[str]) -> bool:
    """Whether a score stands right behind the name of whom a verb is done to: "shot down X 4-1"."""
    return any(
        token.pos == "PROPN" and token.dep in ("dobj", "npadvmod") and token.end == score.start() - 1
        for token in clauses.document.tokens_between(max(0, score.start() - 2), score.start())
    )


@functools.cache
def phrases(name: str) -> re.Pattern[str]:
    """Return a pattern for the phrases of a list of the grammar, in either case and with hyphens or spaces."""
    phrases = "|".join(sorted(re.escape(one).replace(r"\ ", r"[\s-]") for one in grammar(name)))
    return re.compile(rf"\b(?:{phrases})\b(?! of \d)", re.IGNORECASE)
