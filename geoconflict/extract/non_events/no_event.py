"""What has the words of a conflict event and is none: accidents, court cases, seized bombs, asides about years ago.

Everything here is decided from the sentence of the predicate. Words of weapons and fighters in it outweigh an accident:
a plane that crashed after a missile hit it stays an event.
"""

from __future__ import annotations

import datetime as dt
import re

from geoconflict.extract.casualties.words import words
from geoconflict.extract.non_events.bygone import LONG_AGO
from geoconflict.extract.non_events.courts import is_court_case, is_of_a_suspect, is_of_the_caught, is_search
from geoconflict.extract.non_events.known_deeds import is_protested, is_record, tells_who
from geoconflict.extract.non_events.lasting import is_backdrop, is_lasting_state, is_state_of_land
from geoconflict.extract.non_events.mishaps import is_mishap
from geoconflict.extract.non_events.ordnance import is_harmless_ordnance, is_trial_of_arms
from geoconflict.extract.non_events.origins import tells_origin
from geoconflict.extract.non_events.remembered import NEWS
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import DatePrecision, EventType, TimeExpression

__all__ = ["is_anchor_of_time", "is_another_matter", "is_foiled", "is_only_a_thing"]

_NO_YEAR = re.compile(
    r"\b\d{1,6}\s+(?:BCE?\b|B\.C\.)|\b(?:[A-Z][a-z]{2,8}|in|of)\s+(?:2[2-9]|[3-9]\d)\d\d(?=[\s.,;]|$)(?!\s+[a-z])"
)
_NAME_TOKENS = 6


def is_another_matter(
    clauses: Clauses, predicate: Predicate, time: TimeExpression | None, published_on: dt.date | None
) -> bool:
    """Whether a predicate tells of an accident, a court case, a search by the police, an old war or, aside, of years ago.

    Its places and dates are its own all the same: no other event may take them.

    Parameters
    ----------
    time
        The date that belongs to the predicate.
    published_on
        The day of the report.
    """
    return (
        is_mishap(clauses, predicate)
        or is_court_case(clauses, predicate)
        or is_search(clauses, predicate)
        or is_of_a_suspect(clauses, predicate)
        or is_of_the_caught(clauses, predicate, time)
        or _is_trend(clauses, predicate, time)
        or _is_only_talk(clauses, predicate, time)
        or _is_permitted(clauses, predicate)
        or _is_to_be_stopped(clauses, predicate)
        or _is_capability(clauses, predicate)
        or is_trial_of_arms(clauses, predicate)
        or is_anchor_of_time(clauses, predicate, time, published_on)
        or _is_release(clauses, predicate, time)
        or _is_banned(clauses, predicate)
        or _is_done_to_oneself(clauses, predicate)
        or is_state_of_land(clauses, predicate, time)
        or is_lasting_state(clauses, predicate, time)
        or is_backdrop(clauses, predicate, time)
        or _is_part_in_a_war(clauses, predicate, time)
        or _is_comment(clauses, predicate, time, published_on)
        or _is_accusation_at_large(clauses, predicate, time)
        or _is_spaceflight(clauses, predicate)
        or _is_only_in_protest(clauses, predicate)
        or tells_who(clauses, predicate, time)
        or is_protested(clauses, predicate, time)
        or is_record(clauses, predicate)
        or tells_origin(clauses, predicate, time)
        or _is_out_of_time(clauses, predicate, time)
        or _is_long_past(clauses, predicate, time, published_on)
        or _is_named_by_its_year(clauses, predicate, published_on)
        or _is_counted_from(clauses, predicate)
    )


def is_foiled(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a planned event comes to nothing: the planners were caught or tried, it was a hoax, or is only readied for."""
    passage = clauses.passage_of(predicate.token)
    if not clauses.words_of(passage).isdisjoint(grammar("hoaxes")):
        return True
    if any(clauses.lemma(at) in grammar("readying") for at in clauses.path_up(predicate.token)[1:]):
        return True
    return any(
        clauses.is_verb(token.index)
        and clauses.lemma(token.index) in grammar("foiling")
        and token.index not in predicate.anchors
        for token in clauses.document.tokens_between(passage.start, passage.end)
    )


# ---------------------------------------------------------------- spoken of at large
def _is_trend(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether only the number of such events is spoken of: "concerns about an increase in attacks"."""
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or time is not None or token.tag not in ("NNS", "NN") or token.dep != "pobj":
        return False
    prep = clauses.tokens[token.head]
    return prep.text.lower() in ("in", "of") and clauses.lemma(prep.head) in grammar("trends")


def _is_only_talk(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether people only talk of it: "called talk of an assault on X hysteria"."""
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or time is not None or token.dep != "pobj" or clauses.lower[token.head] != "of":
        return False
    return clauses.lower[clauses.tokens[token.head].head] in ("speculation", "talk")


def _is_to_be_stopped(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether somebody only means to stop it: "sent troops to X to stop the killing", who are none of the killers."""
    token = clauses.tokens[predicate.token]
    verb = clauses.tokens[token.head]
    is_deed = predicate.is_noun and predicate.sense.event_type is EventType.VIOLENCE_AGAINST_CIVILIANS
    is_bare = token.dep == "dobj" and not clauses.preps(token.index) and not clauses.children(token.index, "relcl")
    if not (is_deed and is_bare) or verb.lemma.lower() not in grammar("stopping"):
        return False
    return verb.dep in ("advcl", "xcomp", "acl", "relcl") and any(
        child.text.lower() == "to" for child in clauses.children(verb.index, "aux")
    )


def _is_permitted(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether it is only allowed, for whenever it may be: "allowing the army to target X", "permitted to strike X"."""
    verb = clauses.tokens[predicate.token]
    if predicate.is_noun or verb.dep not in ("xcomp", "ccomp"):
        return False
    is_infinitive = any(child.text.lower() == "to" for child in clauses.children(verb.index, "aux"))
    return is_infinitive and clauses.lemma(verb.head) in grammar("permitting")


def _is_capability(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the verb says what a weapon can do: "missiles that could strike X"."""
    verb = clauses.tokens[predicate.token]
    if verb.dep != "relcl" or clauses.lemma(verb.head) not in grammar("violent"):
        return False
    return any(child.text.lower() in ("can", "could") for child in clauses.children(verb.index, "aux"))


def is_anchor_of_time(
    clauses: Clauses, predicate: Predicate, time: TimeExpression | None, published_on: dt.date | None
) -> bool:
    """Whether something else is only counted from it: "in captivity since the October 7 attack", "since the town fell"."""
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun and time is None and token.dep == "advcl" and token.pos == "VERB":
        auxiliaries = clauses.children(token.index, "aux", "auxpass")
        tag = auxiliaries[0].tag if auxiliaries else token.tag
        return tag == "VBD" and any(one.text.lower() == "since" for one in clauses.children(token.index, "mark"))
    if not predicate.is_noun or len(predicate.anchors) > 1 or _is_recent(time, published_on):
        return False
    above = clauses.tokens[token.head]
    if token.dep == "pobj" and above.text.lower() == "of" and clauses.lemma(above.head) in grammar("beginnings"):
        token = clauses.tokens[above.head]  # "since the beginning of the operation"
    return token.dep == "pobj" and clauses.lower[token.head] == "since"


def _is_release(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether hostages come free that had been held, on a day not told: "release a pilot after holding him hostage"."""
    if time is not None or predicate.is_noun or clauses.lemma(predicate.token) not in ("hold", "keep"):
        return False
    if clauses.tokens[predicate.token].dep == "conj":
        return False  # "released one and held three hostage"
    return any(clauses.lemma(at) in ("free", "release") for at in clauses.path_up(predicate.token)[1:])


def _is_banned(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether it is only forbidden, of whomever: "a treaty to ban the use of cluster bombs"."""
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or len(predicate.anchors) > 1 or token.dep not in ("dobj", "nsubjpass"):
        return False
    return clauses.is_verb(token.head) and clauses.lemma(token.head) in grammar("banning")


def _is_done_to_oneself(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether somebody only takes his own life: "killed himself before police arrived"; who shoots others as well does more."""
    if predicate.is_noun or predicate.sense.name != "kill":
        return False
    passage = clauses.passage_of(predicate.token)
    own = predicate.anchors | {predicate.token}
    for token in clauses.document.tokens_between(passage.start, passage.end):
        if token.index not in own and token.lemma.lower() in grammar("harming"):
            return False
    verbs = [at for at in sorted(predicate.anchors | {predicate.token}) if clauses.is_verb(at)]
    objects = [one for at in verbs for one in clauses.objects(at)]
    # "Killed himself and two others" is an attack, "killed himself and his wife" a matter of a family.
    others = [other for one in objects for other in clauses.conjuncts(one) if other != one]
    if any(clauses.lemma(one) not in words().kin for one in others):
        return False
    return bool(objects) and all(
        clauses.lower[one] in ("herself", "himself", "itself", "themselves") for one in objects
    )


def _is_part_in_a_war(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether somebody fought in a war, on no day of it: "fought beside the army in the X war"."""
    if predicate.sense.name != "fight" or predicate.is_noun:
        return False
    is_of_a_day = time is not None and time.span is not None and time.span.precision is DatePrecision.DAY
    wars = (below for _, below in clauses.preps(predicate.token, "in", "during"))
    return not is_of_a_day and any(clauses.lemma(at) in grammar("wars") for at in wars)


def _is_comment(
    clauses: Clauses, predicate: Predicate, time: TimeExpression | None, published_on: dt.date | None
) -> bool:
    """Whether somebody only speaks his mind about it, and no day says that it is news: "he condemned the bombings in X"."""
    token = clauses.tokens[predicate.token]
    if not predicate.is_noun or len(predicate.anchors) > 1 or _is_recent(time, published_on):
        return False
    if not clauses.preps(token.index) and clauses.children(token.index, "det"):
        return False  # "the attack was condemned" points back to an event told before
    if _has_dead_behind_it(clauses, predicate):
        return False  # "the bombing in X, in which ten died": told as fully as news is
    verb = clauses.tokens[token.head]
    if token.dep == "pobj" and verb.text.lower() in ("for", "as", "over"):
        verb = clauses.tokens[verb.head]
    elif token.dep not in ("dobj", "nsubjpass"):
        return False
    return clauses.is_verb(verb.index) and clauses.lemma(verb.index) in grammar("commenting")


def _is_only_in_protest(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether "in protest" says why somebody resigned or left: nobody protested in the streets."""
    token = clauses.tokens[predicate.token]
    preposition = clauses.tokens[token.head]
    if token.lemma.lower() != "protest" or token.dep != "pobj" or preposition.text.lower() != "in":
        return False
    is_bare = not clauses.children(token.index, "det", "amod", "nummod")
    return is_bare and clauses.lemma(preposition.head) in grammar("done_in_protest")


def _has_dead_behind_it(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a clause behind the noun, or behind its place, says that people died in it."""
    passage = clauses.passage_of(predicate.token)
    return any(
        token.dep == "relcl" and token.lemma.lower() == "die" and predicate.token in clauses.path_up(token.index)
        for token in clauses.document.tokens_between(predicate.end, passage.end)
    )


def _is_accusation_at_large(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether somebody is accused of doing such things, on no day and in no number: "accused X of launching attacks"."""
    token = clauses.tokens[predicate.token]
    is_bare = token.tag == "NNS" and not clauses.children(token.index, "det", "nummod", "poss")
    if not predicate.is_noun or time is not None or not is_bare:
        return False
    if token.dep == "dobj" and clauses.tokens[token.head].dep == "pcomp":
        token = clauses.tokens[token.head]
    if token.dep not in ("pobj", "pcomp") or clauses.lower[token.head] != "of":
        return False
    above = clauses.tokens[clauses.tokens[token.head].head]
    if above.dep == "dobj":  # "of" is hung on the accused as often as on the verb
        above = clauses.tokens[above.head]
    return clauses.lemma(above.index) in ("accuse", "suspect")


def _is_spaceflight(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the rocket that explodes carried a satellite, as its sentence or the one before says."""
    names = {sense.name for sense in predicate.senses}
    if names.isdisjoint(("munition-lands", "fire-munition", "blast", "blow-up", "detonate")):
        return False
    at = clauses.passage_of(predicate.token).index
    around = [clauses.words_of(passage) for passage in clauses.passages[max(0, at - 1) : at + 1]]
    return any(not words.isdisjoint(grammar("spaceflight")) for words in around)


# ---------------------------------------------------------------- things
def is_only_a_thing(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the noun is a bomb that went off nowhere: "the seizure of 150 pipe bombs", "made bombs", "a bomb scare"."""
    token = clauses.tokens[predicate.token]
    if is_harmless_ordnance(clauses, predicate):
        return True
    if not predicate.is_noun:
        return False
    above = clauses.tokens[token.head]
    if token.lemma.lower() == "bomber":  # "recruited suicide bombers", "two bombers were arrested"
        return token.dep in ("dobj", "nsubjpass") and above.lemma.lower() in grammar("recruiting")
    carriers = {clauses.tokens[at].lemma.lower() for at in predicate.anchors - {token.index}}
    if token.lemma.lower() not in grammar("bombs") or not carriers <= {"carry"}:
        return False
    if not clauses.words_of(clauses.passage_of(token.index)).isdisjoint(grammar("hoaxes")):
        return True
    if token.dep == "conj":
        token, above = above, clauses.tokens[above.head]
    if token.dep == "pobj":
        return clauses.lemma(above.head) in grammar("handling")
    return token.dep in ("dobj", "nsubjpass") and above.lemma.lower() in grammar("handling")


# ---------------------------------------------------------------- history
def _is_out_of_time(clauses: Clauses, predicate: Predicate, time: TimeExpression | None) -> bool:
    """Whether the sentence gives a year of no news, "3000 BC" or "January 9999", and no other day."""
    if time is not None and time.span is not None:
        return False
    passage = clauses.passage_of(predicate.token)
    return clauses.finds(_NO_YEAR, passage)


def _is_long_past(
    clauses: Clauses, predicate: Predicate, time: TimeExpression | None, published_on: dt.date | None
) -> bool:
    """Whether a relative clause, or a noun that no verb tells of, dates the event a year and more before the report.

    What a main clause tells stays an event of its own day, however old: a report may tell of the past.
    """
    if time is None or time.span is None or time.span.ends_on is None or published_on is None:
        return False
    if published_on - time.span.ends_on <= LONG_AGO:
        return False
    path = clauses.path_in_passage(predicate.token)
    if any(clauses.tokens[at].dep in ("relcl", "acl") for at in path):
        return True
    return predicate.is_noun and len(predicate.anchors) == 1 and any(clauses.is_verb(at) for at in path)


def _is_named_by_its_year(clauses: Clauses, predicate: Predicate, published_on: dt.date | None) -> bool:
    """Whether an earlier year is part of what it is called, and nothing else is told of it: "the 1986 Berlin bombing"."""
    if not predicate.is_noun or len(predicate.anchors) > 1 or published_on is None:
        return False
    for token in clauses.tokens[max(0, predicate.token - _NAME_TOKENS) : predicate.token]:
        if not (len(token.text) == 4 and token.text.isdecimal() and token.text[0] in "12"):
            continue
        if predicate.token in clauses.path_up(token.index) and int(token.text) < published_on.year - 1:
            return True
    return False


def _is_counted_from(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether it lies months or years before what the sentence tells: "five months after it was bombed"."""
    verb = clauses.tokens[predicate.token]
    if predicate.is_noun or verb.dep != "advcl":
        return False
    marks = [child for child in clauses.children(verb.index, "mark") if child.text.lower() == "after"]
    return any(
        clauses.lemma(child.index) in ("month", "year", "decade")
        for mark in marks
        for head in (mark.index, verb.index)
        for child in clauses.children(head, "npadvmod")
    )


def _is_recent(time: TimeExpression | None, published_on: dt.date | None) -> bool:
    """Whether a date tells of the last days before the report, and not of a month or a year."""
    if time is None or time.span is None or time.span.starts_on is None or published_on is None:
        return time is not None and published_on is None
    return published_on - time.span.starts_on <= NEWS
