"""What has the words of a conflict event and is none: accidents, court cases, seized bombs, asides about years ago.

Everything here is decided from the sentence of the predicate. Words of weapons and fighters in it outweigh an accident:
a plane that crashed after a missile hit it stays an event.
"""

from __future__ import annotations

import datetime as dt

from geoconflict.extract.clauses import Clauses, grammar
from geoconflict.extract.triggers import Predicate
from geoconflict.models import TimeExpression

__all__ = ["is_violent", "why_no_event"]

_LONG_AGO = dt.timedelta(days=365)


def why_no_event(
    clauses: Clauses, predicate: Predicate, time: TimeExpression | None, published_on: dt.date | None
) -> str | None:
    """Return why a predicate tells of no conflict event, or None when nothing speaks against it.

    Parameters
    ----------
    time
        The date that belongs to the predicate.
    published_on
        The day of the report.
    """
    if _is_mishap(clauses, predicate):
        return "people came to harm by an accident or by nature"
    if _is_court_case(clauses, predicate):
        return "a court deals with it"
    if _is_thing(clauses, predicate):
        return "the bomb is a thing that was found, made or threatened with"
    if _is_long_past(clauses, predicate, time, published_on):
        return "an aside about an event of more than a year ago"
    return None


def is_violent(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the sentence names weapons, fighters or attacks; a "bomb cyclone" or a "shell company" is none."""
    passage = clauses.passage_of(predicate.token)
    return any(
        not grammar("violent").isdisjoint((token.text.lower(), token.lemma.lower()))
        and not (token.dep == "compound" and _word(clauses, token.head) in grammar("mishap_causes"))
        for token in clauses.document.tokens_between(passage.start, passage.end)
    )


# ---------------------------------------------------------------- accidents
def _is_mishap(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether people were killed or hurt, by nobody, when a ferry sank, in a fire, during a drill."""
    verb = predicate.token
    if predicate.is_noun or not predicate.is_outcome or len(predicate.anchors) > 1:
        return False
    if clauses.agents(verb) and not clauses.is_passive(verb):
        return False
    if clauses.preps(verb, "by") or is_violent(clauses, predicate):
        return False
    if any(_is_mishap_clause(clauses, child.index) for child in clauses.children(verb, "advcl")):
        return True
    governor = clauses.tokens[verb].head
    if clauses.tokens[verb].dep in ("advcl", "conj") and _is_mishap_clause(clauses, governor):
        return True
    return any(
        _is_mishap_clause(clauses, below)
        if clauses.is_verb(below)
        else _is_mishap_noun(clauses, below) or _word(clauses, below) in grammar("rehearsals")
        for word, below in clauses.preps(verb)
        if word.split()[0] in grammar("cause_prepositions")
    )


def _is_mishap_clause(clauses: Clauses, verb: int) -> bool:
    return clauses.tokens[verb].lemma.lower() in grammar("mishap_verbs") or any(
        _is_mishap_noun(clauses, at) for at in clauses.subjects(verb)
    )


def _is_mishap_noun(clauses: Clauses, index: int) -> bool:
    if _word(clauses, index) in grammar("fires"):
        # "in a fire", "when fire engulfs": gunfire and the army's fire have their owner before them.
        return not clauses.children(index, "amod", "compound", "poss", "nmod")
    return _word(clauses, index) in grammar("mishap_causes")


# ---------------------------------------------------------------- courts
def _is_court_case(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether somebody is tried or punished for it: "charged with murder", "jailed for his part in the bombing"."""
    if any(_is_punishment(clauses, at) for at in sorted(predicate.anchors)):
        return True
    at = predicate.token
    passage = clauses.passage_of(at).index
    while True:
        token = clauses.tokens[at]
        if token.head == at or clauses.passage_of(token.head).index != passage or token.dep in ("relcl", "ROOT"):
            return False
        through = _word(clauses, at)
        at = token.head
        if token.dep in ("pobj", "pcomp") and through == "court":
            return False
        if clauses.is_verb(at):
            if clauses.tokens[at].lemma.lower() in grammar("court_verbs") and at not in predicate.anchors:
                return clauses.tokens[predicate.token].index != at and token.dep in ("prep", "agent", "dative")
            if token.dep not in ("pcomp", "conj"):
                return False
        elif token.dep == "prep" and _word(clauses, at) in grammar("court_nouns"):
            return True


def _is_punishment(clauses: Clauses, verb: int) -> bool:
    """Whether somebody is executed or hanged for a crime: a sentence, not a killing."""
    if clauses.tokens[verb].lemma.lower() not in grammar("punishing"):
        return False
    return any(
        not clauses.words(below).isdisjoint(grammar("crimes")) for below in (at for _, at in clauses.preps(verb, "for"))
    )


# ---------------------------------------------------------------- things
def _is_thing(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the noun is a bomb that went off nowhere: "the seizure of 150 pipe bombs", "made bombs", "a bomb scare"."""
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or token.lemma.lower() not in grammar("bombs") or len(predicate.anchors) > 1:
        return False
    above = clauses.tokens[token.head]
    if token.dep == "conj":
        token, above = above, clauses.tokens[above.head]
    if token.dep == "pobj":
        return _word(clauses, above.head) in grammar("handling")
    return token.dep in ("dobj", "nsubjpass") and above.lemma.lower() in grammar("handling")


# ---------------------------------------------------------------- history
def _is_long_past(
    clauses: Clauses, predicate: Predicate, time: TimeExpression | None, published_on: dt.date | None
) -> bool:
    """Whether a relative clause, or a noun that no verb tells of, dates the event a year and more before the report.

    What a main clause tells stays an event of its own day, however old: a report may tell of the past.
    """
    if time is None or time.span is None or time.span.ends_on is None or published_on is None:
        return False
    if published_on - time.span.ends_on <= _LONG_AGO:
        return False
    passage = clauses.passage_of(predicate.token).index
    path = [at for at in clauses.path_up(predicate.token) if clauses.passage_of(at).index == passage]
    if any(clauses.tokens[at].dep in ("relcl", "acl") for at in path):
        return True
    return predicate.is_noun and len(predicate.anchors) == 1 and any(clauses.is_verb(at) for at in path)


def _word(clauses: Clauses, index: int) -> str:
    return clauses.tokens[index].lemma.lower()
