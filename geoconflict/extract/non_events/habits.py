"""What happens again and again: "Kabul has seen many attacks in recent years", "rebels regularly attack convoys". It is of no day.

Where the text gives a day, or a short period, it tells of what happened then: "repeatedly shelled the town on Friday".
Nor is a count since something else of a day: "40 schools have been burned since martial law was declared".
"""

from __future__ import annotations

import datetime as dt

from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["is_counted_since", "is_habit"]

_LONGEST_SPELL = dt.timedelta(days=31)
"""A longer period, "in recent months", is one over which something keeps happening."""
_MEASURE = "Change to group/activity"
"""What ACLED counts a curfew and martial law as."""
_STEPS_UP = 4
"""Words between a noun and the verb that it is told with: "has seen | dozens | of | attacks"."""


def is_habit(clauses: Clauses, predicate: Predicate, time: TimeExpression | None, *, has_casualties: bool) -> bool:
    """Whether a predicate tells of what keeps happening, or happened many times, and of no time in particular.

    Parameters
    ----------
    time
        The time that belongs to the predicate.
    has_casualties
        Whether it is told what it cost, which is no habit's: "frequent attacks" may kill, "the repeated shelling killed nine" did.
    """
    is_long = _is_long(time)
    if time is not None and not is_long:
        return False
    if predicate.is_noun and _is_called_common(clauses, predicate.token):
        return True
    if has_casualties:
        return False
    if not predicate.is_noun:
        return _is_done_often(clauses, predicate.token)
    return _is_one_of_many(clauses, predicate, in_a_long_time=is_long)


def is_counted_since(
    clauses: Clauses, predicate: Predicate, time: TimeExpression | None, *, has_casualties: bool
) -> bool:
    """Whether a verb sums up what was done since a measure or an event, or only tells that measure: "since a curfew was imposed".

    "40 schools have been burned since martial law was declared" tells of no day's burning and of no new martial law.

    Parameters
    ----------
    time
        The time that belongs to the predicate.
    has_casualties
        Whether people are counted, whose count becomes a toll.
    """
    if predicate.sense.sub_event_type == _MEASURE:
        dating = (clauses.tokens[at] for at in sorted(predicate.anchors) if _is_since(clauses, at))
        return any(one.dep == "advcl" and _is_perfect(clauses, one.head) for one in dating)
    verb = clauses.tokens[predicate.token]
    if predicate.is_noun:
        return False
    if has_casualties or predicate.tells_of_territory or not _is_perfect(clauses, verb.index):
        return False
    since = next(
        (child.index for child in clauses.children(verb.index, "advcl") if _is_since(clauses, child.index)), None
    )
    if since is None or (time is not None and since not in _above(clauses, time)):
        return False
    return any(_is_counted(clauses, at) for at in clauses.patients(verb.index))


def _above(clauses: Clauses, time: TimeExpression) -> list[int]:
    """Return the words that a time hangs on."""
    head = clauses.head_of_span(time.start, time.end)
    return [] if head is None else clauses.path_up(head)


def _is_counted(clauses: Clauses, noun: int) -> bool:
    """Whether a noun has a number: "40 schools", "dozens of churches"."""
    many = grammar("very_many") | grammar("quite_many")
    return bool(clauses.children(noun, "nummod")) or clauses.tokens[noun].lemma.lower() in many


def _is_long(time: TimeExpression | None) -> bool:
    span = time.span if time is not None else None
    if span is None or span.starts_on is None or span.ends_on is None:
        return False
    return span.ends_on - span.starts_on > _LONGEST_SPELL


def _is_called_common(clauses: Clauses, noun: int) -> bool:
    """Whether a sentence says no more of it than how usual it is: "attacks on convoys are common", "remain a daily occurrence"."""
    tokens = clauses.tokens
    while tokens[noun].dep == "conj":
        noun = tokens[noun].head
    verb = tokens[noun].head
    if tokens[noun].dep != "nsubj" or tokens[verb].lemma.lower() not in grammar("being_verbs"):
        return False
    return any(
        child.lemma.lower() in grammar("commonplace") or child.text.lower() in grammar("commonplace")
        for child in clauses.children(verb, "acomp", "attr", "oprd")
    )


def _is_done_often(clauses: Clauses, verb: int) -> bool:
    """Whether a verb is said to be done often: "regularly attack posts", "has often been attacked", "would often raid"."""
    often = {child.text.lower() for child in clauses.children(verb, "advmod", "npadvmod")}
    if not often.isdisjoint(grammar("often")):
        return True
    return not often.isdisjoint(grammar("again_and_again")) and (
        clauses.tokens[verb].tag in ("VBP", "VBZ") or _is_perfect(clauses, verb)
    )


def _is_perfect(clauses: Clauses, verb: int) -> bool:
    """Whether a verb is in the present perfect, which tells of all the time up to now: "has seen"."""
    return any(child.text.lower() in ("has", "have", "'ve", "'s") for child in clauses.children(verb, "aux"))


def _is_since(clauses: Clauses, verb: int) -> bool:
    """Whether a clause says since when."""
    return any(child.text.lower() == "since" for child in clauses.children(verb, "mark"))


def _is_one_of_many(clauses: Clauses, predicate: Predicate, *, in_a_long_time: bool) -> bool:
    """Whether a noun tells of many, up to now: "has been the scene of numerous bombings", "there have been frequent clashes"."""
    tokens = clauses.tokens
    noun = predicate.token
    counting = {child.text.lower() for child in clauses.children(noun, "amod", "det", "nummod")}
    are_superlative = any(child.tag == "JJS" for child in clauses.children(noun, "amod"))
    above: list[int] = []
    for at in clauses.path_up(noun)[1 : _STEPS_UP + 1]:
        if clauses.is_verb(at):
            if not _is_perfect(clauses, at):
                return False
            if tokens[at].lemma.lower() in grammar("plaguing"):
                return True
            break
        above.append(at)
    else:
        return False
    counting |= {tokens[at].lemma.lower() for at in above}
    is_plural = tokens[noun].tag in ("NNS", "NNPS")
    if is_plural and not counting.isdisjoint(grammar("very_many")):
        return True
    if are_superlative and "some" in counting:
        return True  # "some of the heaviest fighting of the war"
    return in_a_long_time and is_plural and not counting.isdisjoint(grammar("quite_many"))
