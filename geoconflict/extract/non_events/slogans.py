"""What is only called for: slogans on banners, calls to stop a war, and commands: "Stop bombing X", "Storm our shop!"."""

from __future__ import annotations

import functools
import re

from geoconflict.extract.lexicon import any_form
from geoconflict.extract.predicates.clauses import Clauses, grammar
from geoconflict.extract.predicates.triggers import Predicate

__all__ = ["is_slogan"]

_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_COMMANDS = frozenset({"NN", "NNP", "VB", "VBP"})
"""How the parser tags a verb that opens a sentence without a subject."""


def is_slogan(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether a deed stands on a banner, is to be stopped or is what the text tells its readers to do."""
    return (
        _is_on_a_banner(clauses, predicate)
        or _is_to_be_stopped(clauses, predicate)
        or _is_a_command(clauses, predicate)
    )


def _is_on_a_banner(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether it is quoted from what people carry or chant: 'a placard reading "..."'."""
    sentence = clauses.document.sentence_at(predicate.start)
    text = clauses.document.text
    return any(
        quoted.start() < predicate.start < quoted.end() and _banner().search(text, sentence.start, quoted.start())
        for quoted in _QUOTED.finditer(text, sentence.start, max(sentence.end, predicate.end + 1))
    )


@functools.cache
def _banner() -> re.Pattern[str]:
    """Return what ends, right before a quotation, in what bears a slogan or in chanting it."""
    shown = any_form([*grammar("banners"), *(f"{one}s" for one in grammar("banners"))])
    return re.compile(
        rf"(?<!\w)(?:(?:{shown})(?:\s+(?:that|which))?(?:\s+(?:bearing|proclaiming|read|reading|said|saying|with))?"
        rf"(?:\s+the\s+(?:slogans?|words?))?|{any_form(grammar('chanting'))})\s*[:,]?\s*$",
        re.IGNORECASE,
    )


def _is_to_be_stopped(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the sentence calls to stop it, whoever does it: "Stop bombing X", "End the siege of X now!"."""
    for at in clauses.path_up(predicate.token)[1:]:
        token = clauses.tokens[at]
        if clauses.is_verb(at) and token.lemma.lower() in grammar("calling_off"):
            is_bare = token.tag in ("VB", "VBP") and not clauses.children(at, "aux", "nsubj", "nsubjpass", "mark")
            above = clauses.tokens[token.head]
            return is_bare and (_opens(clauses, at) or (token.dep == "conj" and _opens(clauses, above.index)))
    return False


def _is_a_command(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the text tells its readers to do it: "Storm our shop!"; "Attack in X!" tells of one."""
    passage = clauses.passage_of(predicate.token)
    return (
        clauses.document.text[passage.start : passage.end].rstrip(" \n\"”'’)").endswith("!")
        and clauses.tokens[predicate.token].tag in _COMMANDS
        and _opens(clauses, predicate.token)
        and not clauses.children(predicate.token, "nsubj", "nsubjpass")
        and bool(clauses.children(predicate.token, "dobj"))
    )


def _opens(clauses: Clauses, at: int) -> bool:
    """Whether a word is the first of its passage, quotation marks left aside."""
    passage = clauses.passage_of(at)
    before = clauses.document.tokens_between(passage.start, clauses.tokens[at].start)
    return all(token.pos == "PUNCT" for token in before)
