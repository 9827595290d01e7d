"""Reports that check what others say: labels before a sentence, verdicts, and sentences that end in one.

Decided on the words alone: a parser seldom reads "a video claiming that troops seized X is fake" rightly.
"""

from __future__ import annotations

import functools
import re

from geoconflict.extract.lexicon import any_form, lexicon_words
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.extract.predicates.triggers import Predicate

__all__ = ["BY_THE_REPORT", "finds_false", "has_false_verdict", "is_called_false", "is_called_unconfirmed"]

BY_THE_REPORT = "this report"
"""Who denies what a report itself calls false."""
_LABEL_LENGTH = 60
"""Code points from the start of a sentence within which its verdict stands."""
_FALSE = ("untrue", "false_labels", "faked", "fakes", "found_fake")
"""Lists of what a claim or a picture is found to be."""


def _forms(name: str) -> str:
    return any_form(sorted(lexicon_words("attribution", name)))


@functools.cache
def _labelled() -> re.Pattern[str]:
    """Match a sentence that is labelled as false, or, without the group `false`, as the claim that is checked."""
    checks, false = _forms("fact_checks"), rf"{_forms('false_labels')}|{_forms('untrue')}"
    return re.compile(
        rf"[\W_]*(?:(?:(?:our|the)\s+)?(?:{checks})\s*[:–—-]\s*)?(?P<false>(?:{false})\s*[:–—]\s)"
        rf"|[\W_]*(?:{checks})\s*[:–—]\s",
        re.IGNORECASE,
    )


@functools.cache
def _unconfirmed() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*(?:{_forms('unconfirmed_labels')})\s*[:–—-]\s", re.IGNORECASE)


@functools.cache
def _verdict() -> re.Pattern[str]:
    checks, false = _forms("fact_checks"), rf"{_forms('false_labels')}|{_forms('untrue')}"
    return re.compile(rf"(?<![\w-])(?:{checks})\s*[:–—-]?\s*(?:is\s+)?(?:mostly\s+)?(?:{false})\b", re.IGNORECASE)


@functools.cache
def _verdict_next() -> re.Pattern[str]:
    """Match a verdict that begins the next sentence and is said of the one before it."""
    checks, false = _forms("fact_checks"), rf"{_forms('false_labels')}|{_forms('untrue')}"
    return re.compile(
        rf"[\W_]*(?:(?:our|the|this)\s+)?(?:{checks})(?:\s*[:–—]\s*|\s+(?:is|was)\s+)(?:mostly\s+)?(?:{false})\b",
        re.IGNORECASE,
    )


def _finding() -> str:
    """Return the source of an expression for a finding: "is false", "was removed as fake", "turned out to be doctored"."""
    held = lexicon_words("attribution", "held")
    false = frozenset().union(*(lexicon_words("attribution", one) for one in _FALSE)) - held
    # A protest, too, is staged in X, or by somebody.
    alone = rf"(?:{any_form(sorted(held))})(?=\s*(?:$|[,.;:!?)”\"’—–]))"
    return (
        r"\s(?:(?:is|are|was|were|been)(?:\s+\w+ed\s+as)?|to\s+be|proved|proven)\s+(?:\w+ly\s+|an?\s+|old\s+){0,2}"
        rf"(?:{any_form(sorted(false))}|{alone})"
    )


@functools.cache
def _found_false() -> re.Pattern[str]:
    behind = r"$|[,.;:!?)”\"’—–]|(?:according|after|and|but|by|in|on|said|using|with)\b"
    return re.compile(rf"{_finding()}(?=\s*(?:{behind}))", re.IGNORECASE)


def finds_false(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text says at the end of a clause that something is false, fake or staged."""
    return _found_false().search(text, start, end) is not None


@functools.cache
def _closing() -> re.Pattern[str]:
    """Match a sentence on what somebody shows or claims, which ends in calling it false."""
    return re.compile(
        rf"^[\W_]*(?:[\w’'-]+\s+){{1,6}}?(?P<told>(?:{_forms('purporting')})\s)"
        rf".*(?P<end>{_finding()})[\s.!”\"'’]*$",
        re.IGNORECASE | re.DOTALL,
    )


def is_called_false(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the sentence of a predicate is labelled false, or says at its end that what it tells is: "FALSE: troops took X"."""
    passage = clauses.passage_of(predicate.token)
    text = clauses.document.text[passage.start : passage.end]
    at = predicate.start - passage.start
    label = _labelled().match(text)
    if label is not None and label.end() <= at and (label["false"] or has_false_verdict(clauses)):
        return True
    if _verdict_next().match(clauses.document.text, passage.end) is not None:
        return True  # "Rebels took X. Verdict: fake."
    closing = _closing().search(text)
    return closing is not None and closing.end("told") <= at < closing.start("end")


def is_called_unconfirmed(clauses: Clauses, predicate: Predicate) -> bool:
    """Whether the sentence of a predicate is labelled as what nobody vouches for: "Unconfirmed: rebels took X"."""
    passage = clauses.passage_of(predicate.token)
    label = _unconfirmed().match(clauses.document.text, passage.start, passage.end)
    return label is not None and label.end() <= predicate.start


def has_false_verdict(clauses: Clauses) -> bool:
    """Whether a report gives its verdict on a claim and finds it false: "Verdict: fake"."""
    text = clauses.document.text
    return any(
        _verdict().search(text, one.start, min(one.end, one.start + _LABEL_LENGTH)) is not None
        for one in clauses.passages
    )
