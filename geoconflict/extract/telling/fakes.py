"""What only a fake shows or says: "a doctored image shows soldiers shooting", "a hoax claim that", "a post found to be invented".

A picture, a post or a claim is a fake by a word before it or by a verdict in its sentence; an event is told by it where it is
what the fake shows or says. What happened on account of a fake, "a fake video sparked riots", is told by the report itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from geoconflict.extract.lexicon import lexicon_words
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.extract.telling.fact_checks import finds_false

__all__ = ["ToldByFake", "told_by_fake"]

_CONTENT = ("ccomp", "xcomp", "dobj", "nsubjpass")
_CONTENT_PREPOSITIONS = ("about", "of", "on", "with")
_NOUNS = ("NOUN", "PROPN")


class ToldByFake(StrEnum):
    """How a fake tells of an event."""

    CONTENT = "content"
    """Nothing else tells of it: "a fake video of soldiers shooting"."""
    OCCASION = "occasion"
    """It is taken for known, and may have happened: "fake pictures of the attack"."""


def _is_listed(name: str, *forms: str) -> bool:
    return not lexicon_words("attribution", name).isdisjoint(forms)


def told_by_fake(clauses: Clauses, predicate: Predicate) -> ToldByFake | None:
    """Return how a fake tells of what a predicate tells; None where none does."""
    path = clauses.path_in_passage(predicate.token)
    for below, at in pairwise(path):
        token = clauses.tokens[below]
        if clauses.is_verb(at) and _is_made_up_by(clauses, predicate, below, at):
            return ToldByFake.CONTENT
        if at in predicate.anchors:
            continue
        if clauses.is_verb(at):
            if _is_shown_by(clauses, predicate, below, at):
                return ToldByFake.CONTENT
        elif clauses.tokens[at].pos in _NOUNS and _is_content_of(clauses, below, at) and _is_fake(clauses, at):
            is_known = token.dep == "prep" and predicate.is_noun and _is_definite(clauses, predicate, below)
            return ToldByFake.OCCASION if is_known else ToldByFake.CONTENT
        if token.dep in ("advcl", "parataxis"):
            return None
    return None


def _is_made_up_by(clauses: Clauses, predicate: Predicate, below: int, verb: int) -> bool:
    """Whether a verb says that what hangs on it is none: "invented an attack", "was passed off as a strike"."""
    token = clauses.tokens[below]
    wrongly = _is_wrongly(clauses, verb)
    if token.dep == "prep" and token.text.lower() == "as":
        is_off = clauses.lemma(verb) == "pass" and "off" in clauses.lower[verb + 1 : below]
        shown = [*clauses.subjects(verb), *clauses.patients(verb)]
        return wrongly or is_off or _is_listed("mistaking", clauses.lemma(verb)) or _any_is_fake(clauses, shown)
    if token.dep == "dobj" and wrongly and _is_listed("say", clauses.lower[verb]):
        return True  # "falsely reported a bombing"
    # "Fabricated a bomb", "made up a commission to investigate the attack": these were made.
    is_deed = below in predicate.anchors | {predicate.token} and clauses.lemma(below) not in grammar("munitions")
    return token.dep in ("dobj", "nsubjpass", "ccomp") and is_deed and _makes_up(clauses, verb)


def _is_wrongly(clauses: Clauses, verb: int) -> bool:
    return any(_is_listed("wrongly", child.text.lower()) for child in clauses.children(verb, "advmod"))


def _makes_up(clauses: Clauses, verb: int) -> bool:
    """Whether somebody makes something up: "invented", "made up a story"."""
    is_made_up = clauses.lemma(verb) == "make" and any(one.text == "up" for one in clauses.children(verb, "prt"))
    return is_made_up or _is_listed("inventing", clauses.lemma(verb))


def _any_is_fake(clauses: Clauses, nouns: Iterable[int]) -> bool:
    return any(_is_medium(clauses, at) and _is_fake(clauses, at) for at in nouns)


def _is_shown_by(clauses: Clauses, predicate: Predicate, below: int, verb: int) -> bool:
    """Whether a fake shows or says it: "a doctored image shows", "said a post that was found to be invented"."""
    token = clauses.tokens[below]
    is_aside = token.dep == "prep" and token.text.lower() == "after" and predicate.is_noun
    is_content = (
        token.dep in _CONTENT
        or (token.dep == "prep" and token.text.lower() in _CONTENT_PREPOSITIONS)
        or (is_aside and not _is_definite(clauses, predicate, below))  # "shows a palace on fire after an explosion"
    )
    if not is_content or not (_is_listed("showing", clauses.lemma(verb)) or _is_listed("say", clauses.lower[verb])):
        return False
    if _is_wrongly(clauses, verb) and _is_listed("showing", clauses.lemma(verb)):
        return True  # "falsely shows troops firing"
    subjects = clauses.subjects(verb)
    # "Bogus claims" may be read as a verb with its subject.
    is_misread = any(at == verb - 1 and _is_listed("faked", clauses.lower[at]) for at in subjects)
    return is_misread or _any_is_fake(clauses, subjects)


def _is_content_of(clauses: Clauses, below: int, noun: int) -> bool:
    """Whether what hangs on a picture or a claim is what it shows or says."""
    token = clauses.tokens[below]
    if not _is_medium(clauses, noun):
        return False
    if token.dep == "prep":
        return token.text.lower() in _CONTENT_PREPOSITIONS
    if token.dep in ("acl", "ccomp", "relcl") and any(
        one.text.lower() == "that" for one in clauses.children(below, "mark")
    ):
        return True
    if token.dep == "acl" and token.tag == "VBG":
        # "A video of tanks shelling X": a parser may hang the clause on the video.
        return any(at < below for _, at in clauses.preps(noun, "of"))
    # "A clip, in which soldiers shoot".
    return token.dep == "relcl" and any(word in ("in", "where") for word in clauses.lower[noun + 1 : noun + 4])


def _is_definite(clauses: Clauses, predicate: Predicate, preposition: int) -> bool:
    """Whether a noun right below a preposition is taken for known: "of the attack"."""
    is_right_below = any(child.index in predicate.anchors for child in clauses.children(preposition, "pobj"))
    return is_right_below and any(
        child.text.lower() in ("the", "this", "that") for child in clauses.children(predicate.token, "det")
    )


def _is_medium(clauses: Clauses, noun: int) -> bool:
    """Whether a noun is of what shows or says something: "a photo", "a post", "a rumour", "disinformation"."""
    forms = (clauses.lower[noun], clauses.lemma(noun))
    return any(_is_listed(name, *forms) for name in ("media_of_fakes", "fakes", "speech_nouns"))


def _is_fake(clauses: Clauses, noun: int) -> bool:
    """Whether it is none, by its name, a word before it or a verdict in its sentence."""
    if _is_listed("fakes", clauses.lower[noun], clauses.lemma(noun)):
        return True
    before = clauses.children(noun, "amod", "compound", "nmod", "poss")
    if any(_is_listed("faked", *clauses.words(child.index)) for child in before):
        return True
    if clauses.tokens[noun].dep == "dobj" and _makes_up(clauses, clauses.tokens[noun].head):
        return True
    if any(_is_listed("deny", clauses.lower[at]) for at in clauses.path_up(noun)):
        return False  # "denied that the video was fake"
    passage = clauses.passage_of(noun)
    return finds_false(clauses.document.text, clauses.tokens[noun].end, passage.end)
