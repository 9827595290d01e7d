"""Whether the words of a telling take its event for known: "yesterday's bombing in X", "the attack on Y", "after clashes"."""

from __future__ import annotations

import functools
import re

from geoconflict.events.rules import rules
from geoconflict.models import DateBasis, EventSource, Status

__all__ = ["is_known", "looks_back", "recalls"]

_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(r"[.;:,]\s")


def looks_back(source: EventSource) -> bool:
    """Return whether a noun with "the" or a day before it tells the event, and names its place itself.

    Without the place, "the attack" may be the one that the sentence before has told as news.
    """
    place = source.mention.place
    if place is None or not source.quote_start <= place.start < source.quote_start + len(source.quote):
        return False
    return is_known(source)


def recalls(source: EventSource) -> bool:
    """Return whether a telling takes its event for known and gives no day, so that it may have been some days before.

    Not what lasts: "the fighting in X" of two days is not one event.
    """
    mention = source.mention
    if mention.when.basis is not DateBasis.PUBLISHED or mention.status in (Status.HYPOTHETICAL, Status.SCHEDULED):
        return False
    if _noun(source) in rules().lasting:
        return False
    return looks_back(source) if mention.place is not None else is_known(source)


def is_known(source: EventSource) -> bool:
    """Return whether the words that tell an event take it for known."""
    known = rules()
    mention, start = source.mention, max(0, source.mention.trigger_start - source.quote_start)
    end = mention.trigger_end - source.quote_start
    noun = _noun(source)
    words = source.quote[:start].split()
    before = words[-known.words_before :]
    is_determined = bool(before) and _folded(before[-1]) in known.looking_back
    after = source.quote[end:].split(maxsplit=1)
    is_noun = is_determined or (bool(after) and after[0] in known.of_nouns)
    clause = _CLAUSE_END.split(source.quote[:start])[-1].casefold()
    if not noun.endswith(known.noun_endings) and not (noun in known.nouns and is_noun):
        # "Hours after gunmen assault the mission": a verb in the clause that says what came before.
        return not mention.casualties and any(
            _folded(word) in known.consequence_of for word in clause.split()[-known.words_of_subject :]
        )
    if any(phrase in clause for phrase in known.tolls):
        return True
    if _said_of_it().search(clause):
        return True
    for word in reversed(before):
        # "Ten die after an attack": its figures are the news, and so is it.
        if _folded(word) in known.looking_back or (_folded(word) in known.consequence_of and not mention.casualties):
            return True
        if not word[-1].isalnum():  # what stands before a comma is of another phrase
            return False
    return False


@functools.cache
def _said_of_it() -> re.Pattern[str]:
    """Return what finds words like "responsible for" a few words before the end of a clause."""
    known = rules()
    return re.compile(rf"\b(?:{'|'.join(known.recalling)})\s(?:[\w’'-]+\s+){{0,{known.words_of_subject}}}$")


def _noun(source: EventSource) -> str:
    """Return the last word of what tells the event, folded."""
    start, end = (one - source.quote_start for one in (source.mention.trigger_start, source.mention.trigger_end))
    told = _WORD.findall(source.quote, max(0, start), max(0, end))
    return told[-1].casefold() if told else ""


def _folded(word: str) -> str:
    return word.strip("\"“'(").casefold().replace("’", "'")
