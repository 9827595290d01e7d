"""Deeds that are staged, drilled, planned on paper, painted or told for fun: nobody did them.

What is told by a film, practised in a drill or remembered on an anniversary is told apart in
:func:`geoconflict.extract.event_places.context.is_story`, what the opening of a sentence or a paragraph puts into one in
:func:`geoconflict.extract.non_events.frames.is_in_frame`; here are the other ways in which such things are written.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from itertools import pairwise

from geoconflict.extract.event_places.context import names_any
from geoconflict.extract.lexicon import any_form
from geoconflict.extract.non_events.frames import is_mock, is_work, titles_of_games
from geoconflict.extract.non_events.remembered import is_remembered
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["is_made_up"]

_SHOWN = ("fiction", "pictures", "parts_of_games")
_HELD = ("played_works", "rehearsals", "scenarios")
_WHILE = frozenset({"after", "as", "because", "before", "since", "until", "when", "while"})


def is_made_up(
    clauses: Clauses,
    predicate: Predicate,
    time: TimeExpression | None,
    published_on: dt.date | None,
    *,
    has_casualties: bool,
) -> bool:
    """Whether what a predicate tells is staged, drilled, planned on paper, painted or told for fun.

    Parameters
    ----------
    time
        The date that belongs to the predicate.
    published_on
        The day of the report.
    has_casualties
        Whether figures of killed or wounded hang on it: people die in drills, too.
    """
    return (
        _is_mock(clauses, predicate)
        or _is_called_a_drill(clauses, predicate)
        or _is_acted(clauses, predicate)
        or (not has_casualties and _is_played(clauses, predicate))
        or _is_pictured(clauses, predicate)
        or _is_content_of(clauses, predicate, has_casualties=has_casualties)
        or is_remembered(clauses, predicate, time, published_on)
    )


def _is_mock(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether its own noun, or what it is done to, is called a mock one: "in a mock attack", "captured a mock airfield"."""
    own = sorted(predicate.anchors | {predicate.token})
    nouns = [at for at in own if not clauses.is_verb(at)]
    verbs = [at for at in own if clauses.is_verb(at)]
    nouns += [
        one for at in verbs for one in (*clauses.patients(at), *(below for _, below in clauses.preps(at, "at", "on")))
    ]
    return any(is_mock(clauses, at) for at in nouns)


@functools.cache
def _drill() -> re.Pattern[str]:
    drills = any_form(sorted(grammar("rehearsals")))
    return re.compile(
        rf"\b(?:it|this|that|all of it|which)\s+was\s+(?:(?:all|just|only|part of)\s+)?(?:an?\s+)?(?:{drills})\b",
        re.IGNORECASE,
    )


def _is_called_a_drill(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether its sentence or the next one says what it was: "it was a drill"."""
    passage = clauses.passage_of(predicate.token)
    following = clauses.passages[min(passage.index + 1, len(clauses.passages) - 1)]
    return _drill().search(clauses.document.text, passage.start, following.end) is not None


def _is_acted(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether only actors do it: "re-enactors stormed the fort"."""
    agents = [
        one
        for at in sorted(predicate.anchors)
        if clauses.is_verb(at)
        for agent in clauses.agents(at)
        for one in clauses.conjuncts(agent)
        if clauses.lower[one] not in ("-", "re")  # "re-enactors" may be read as three words
    ]
    return bool(agents) and all(_is_performer(clauses, one) for one in agents)


def _is_performer(clauses: Clauses, agent: int) -> bool:
    """Whether somebody only plays it: an actor, a player of a game that is no sport."""
    if clauses.lemma(agent) in grammar("performers"):
        return True
    return clauses.lemma(agent) in ("player", "user") and any(
        is_work(clauses, at) for _, at in clauses.preps(agent, "of")
    )


def _is_played(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether its sentence or the one before is of a game on a screen, by its name and by who plays or sells it."""
    passage = clauses.passage_of(predicate.token)
    around = clauses.passages[max(0, passage.index - 1) : passage.index + 1]
    return any(clauses.finds(titles_of_games(), one) for one in around) and any(
        clauses.lemma(token.index) in grammar("game_words")
        for one in around
        for token in clauses.document.tokens_between(one.start, one.end)
    )


def _is_pictured(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether it hangs on what a picture is of: "a painting of soldiers storming X"."""
    passage = clauses.passage_of(predicate.token).index
    for below, at in pairwise(clauses.path_up(predicate.token)):
        # "Animations of a missile that hits X"; who "was killed on Friday" may be painted, too.
        is_shown = clauses.tokens[below].dep == "relcl" and clauses.tokens[below].tag in ("VBP", "VBZ")
        hangs = is_shown or clauses.tokens[below].dep in ("acl", "pobj", "prep", "conj")
        if clauses.passage_of(at).index != passage or not hangs:
            return False
        if clauses.tokens[below].dep == "prep":
            return clauses.lower[below] in ("of", "showing") and names_any(clauses, at, "pictures")
    return False


def _is_content_of(clauses: Clauses, predicate: Predicate, *, has_casualties: bool) -> bool:
    """Whether a drill, a scenario or a series has it: "the exercise ended with troops seizing X", "a film in which"."""
    path = clauses.path_in_passage(predicate.token)
    own = (predicate.token, *(child.index for child in clauses.children(predicate.token, "aux")))
    doers = [child.index for at in own for child in clauses.children(at, "nsubj")]
    if len(doers) > 1 and any(names_any(clauses, one, "fiction", "scenarios") for one in doers):
        return True  # "the drama has bombers kill 21 people", read as one verb
    for below, at in pairwise(path):
        dep = clauses.tokens[below].dep
        if dep == "relcl":
            words = {token.text.lower() for token in clauses.clause_tokens(below)}
            is_inside = not words.isdisjoint(("where", "which"))
            is_drill = names_any(clauses, at, "rehearsals") and has_casualties
            return is_inside and names_any(clauses, at, "fiction", "rehearsals", "scenarios") and not is_drill
        if not clauses.is_verb(at) or at in predicate.anchors:
            continue
        if dep == "advcl" and not _WHILE.isdisjoint(
            child.text.lower() for child in clauses.children(below, "mark", "advmod")
        ):
            return False
        is_of = dep == "prep" and clauses.lower[below] in ("of", "about", "on", "how")
        is_for = dep == "prep" and clauses.lower[below] == "for"
        if is_for and clauses.lemma(at) in ("train", "prepare") and predicate.is_noun:
            return True  # "trained for an attack on X"
        if clauses.lower[at] in grammar("practising"):
            return dep in ("xcomp", "ccomp", "dobj") or is_of or is_for
        if clauses.lemma(at) in grammar("picturing"):
            # "Painted a bus hit by shells": that was hit.
            return dep in ("xcomp", "ccomp", "dobj") and clauses.tokens[predicate.token].tag != "VBN"
        if clauses.lemma(at) in grammar("joking"):
            return dep == "ccomp"
        is_with = dep == "prep" and clauses.lower[below] == "with"
        if is_of and any(names_any(clauses, subject, "fiction") for subject in clauses.subjects(at)):
            return True  # "the musical tells of students killed in X"
        if (dep in ("ccomp", "xcomp", "dobj") or is_with) and clauses.tokens[at].lemma.lower() not in ("say", "tell"):
            subjects = clauses.subjects(at)
            is_shown = any(names_any(clauses, subject, *_SHOWN) for subject in subjects)
            # A drill, a plan or a match may end with somebody dead.
            is_held = any(names_any(clauses, subject, *_HELD) for subject in subjects)
            if (is_shown or is_held) and not (is_held and has_casualties and is_with):
                return True
        if dep not in ("ccomp", "xcomp", "conj", "prep"):
            return False
    return False
