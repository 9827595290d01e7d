"""Deeds that are staged, drilled, planned on paper, painted or told for fun: nobody did them.

What is told by a film, practised in a drill or remembered on an anniversary is told apart in
:func:`geoconflict.extract.event_places.context.is_story`; here are the other ways in which such things are written.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from itertools import pairwise

from geoconflict.extract.event_places.context import names_any
from geoconflict.extract.lexicon import any_form
from geoconflict.extract.non_events.remembered import is_remembered
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["is_made_up"]

_SHOWN = ("fiction", "rehearsals", "scenarios", "pictures")
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
        _is_labelled(clauses, predicate)
        or _is_mock(clauses, predicate)
        or _is_called_a_drill(clauses, predicate)
        or _is_acted(clauses, predicate)
        or (not has_casualties and _is_played(clauses, predicate))
        or _is_pictured(clauses, predicate)
        or _is_content_of(clauses, predicate, has_casualties=has_casualties)
        or _is_on_paper(clauses, predicate, has_casualties=has_casualties)
        or is_remembered(clauses, predicate, time, published_on)
    )


@functools.cache
def _label() -> re.Pattern[str]:
    labels = any_form(sorted(grammar("made_up_headings")))
    return re.compile(rf"[\"'“‘\s\W]*(?:{labels})\s*[:!–—]", re.IGNORECASE)


def _is_labelled(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether its paragraph or its sentence begins with "Quiz:", "April Fools:"."""
    text = clauses.document.text
    paragraph = text.rfind("\n\n", 0, predicate.start)
    starts = (0 if paragraph < 0 else paragraph + 2, clauses.passage_of(predicate.token).start)
    return any(_label().match(text, start) is not None for start in starts)


def _is_mock(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether its own noun, or what it is done to, is called a mock one: "in a mock attack", "captured a mock airfield"."""
    own = sorted(predicate.anchors | {predicate.token})
    nouns = [at for at in own if not clauses.is_verb(at)]
    verbs = [at for at in own if clauses.is_verb(at)]
    nouns += [
        one for at in verbs for one in (*clauses.patients(at), *(below for _, below in clauses.preps(at, "at", "on")))
    ]
    modifiers = [child for at in nouns for child in clauses.children(at, "amod", "compound")]
    return any(child.text.lower() in grammar("mock") and child.tag != "VBG" for child in modifiers)


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
    return bool(agents) and all(clauses.tokens[one].lemma.lower() in grammar("performers") for one in agents)


@functools.cache
def _titles() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_form(sorted(grammar('game_titles')))})(?!\w)", re.IGNORECASE)


def _is_played(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether its sentence or the one before is of a game on a screen, by its name and by who plays or sells it."""
    passage = clauses.passage_of(predicate.token)
    around = clauses.passages[max(0, passage.index - 1) : passage.index + 1]
    return any(clauses.finds(_titles(), one) for one in around) and any(
        clauses.lemma(token.index) in grammar("game_words")
        for one in around
        for token in clauses.document.tokens_between(one.start, one.end)
    )


def _is_pictured(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether it hangs on what a picture is of: "a painting of soldiers storming X"."""
    passage = clauses.passage_of(predicate.token).index
    for below, at in pairwise(clauses.path_up(predicate.token)):
        if clauses.passage_of(at).index != passage or clauses.tokens[below].dep not in ("acl", "pobj", "prep", "conj"):
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
        if clauses.lower[at] in grammar("practising"):
            return dep in ("xcomp", "ccomp", "dobj")
        is_with = dep == "prep" and clauses.lower[below] == "with"
        is_of = dep == "prep" and clauses.lower[below] in ("of", "about", "on", "how")
        if is_of and any(names_any(clauses, subject, "fiction") for subject in clauses.subjects(at)):
            return True  # "the musical tells of students killed in X"
        if (dep in ("ccomp", "xcomp", "dobj") or is_with) and clauses.tokens[at].lemma.lower() not in ("say", "tell"):
            shows = [subject for subject in clauses.subjects(at) if names_any(clauses, subject, *_SHOWN)]
            if shows and not (has_casualties and is_with):
                return True
        if dep not in ("ccomp", "xcomp", "conj", "prep"):
            return False
    return False


def _is_on_paper(clauses: Clauses, predicate: Predicate, *, has_casualties: bool) -> bool:
    """Whether its sentence opens a plan or a scenario: "under the plan, troops seize X", "in the war game, they took X"."""
    verb = predicate.token
    while clauses.tokens[verb].dep == "conj" and clauses.is_verb(verb):
        verb = clauses.tokens[verb].head
    for at in {verb, *predicate.anchors}:
        for word, below in clauses.preps(at):
            if word in ("in", "during", "under", "per", "according to") and names_any(
                clauses, below, "fiction", "scenarios"
            ):
                if names_any(clauses, below, "plans") and clauses.tokens[at].tag in ("VBD", "VBN"):
                    continue  # "under the plan, troops left X" tells what they did
                return True
            if word in ("in", "during") and names_any(clauses, below, "rehearsals") and not has_casualties:
                return True
            inner = clauses.preps(below, "of") if clauses.lower[below] in grammar("parts_of_drills") else []
            if any(names_any(clauses, one, "rehearsals") for _, one in inner) and not has_casualties:
                return True
    return False
