"""Whether the words of a telling take its event for known: "yesterday's bombing in X", "the attack on Y", "after clashes"."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from geoconflict.events.rules import rules
from geoconflict.models import DateBasis, EventSource, Status

__all__ = ["Backwards", "looking_back"]

_WORD = re.compile(r"[^\W\d_]+")
_CLAUSE_END = re.compile(r"[.;:,]\s")


@dataclass(frozen=True, slots=True)
class Backwards:
    """How a telling looks back."""

    is_known: bool
    """Whether its words take the event for known."""
    names_place: bool
    """Whether they name its place besides: without it, "the attack" may be the one that the sentence before has told as news."""
    gives_no_day: bool
    """Whether they give no day, so that it may have been some days before; not of what lasts: "the fighting" of two days is two."""


_NEWS = Backwards(is_known=False, names_place=False, gives_no_day=False)


def looking_back(source: EventSource) -> Backwards:
    """Return whether the words of a telling take its event for known."""
    mention = source.mention
    is_denial = mention.status is Status.DENIED and mention.when.basis is DateBasis.PUBLISHED
    if not is_denial and not _is_known(source):
        return _NEWS
    place = mention.place
    names_place = place is not None and source.quote_start <= place.start < source.quote_start + len(source.quote)
    is_done = mention.status not in (Status.HYPOTHETICAL, Status.SCHEDULED)
    is_open = mention.when.basis is DateBasis.PUBLISHED and (place is None or names_place)
    return Backwards(
        is_known=True,
        names_place=names_place and not is_denial,  # it is told right before, as news, as often as it was some days ago
        gives_no_day=is_done and is_open and not _lasts(source),
    )


def _lasts(source: EventSource) -> bool:
    """Return whether the noun is of something that goes on for days: "the siege", "the bombing campaign"."""
    after = _WORD.match(source.quote, source.mention.trigger_end - source.quote_start + 1)
    return _noun(source) in rules().lasting or (after is not None and after.group().casefold() in rules().lasting_heads)


def _is_known(source: EventSource) -> bool:
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
    if any(phrase in source.quote for phrase in known.counted_on):
        return True
    if not noun.endswith(known.noun_endings) and not (noun in known.nouns and is_noun):
        # "Hours after gunmen assault the mission": a verb in the clause that says what came before.
        return not mention.casualties and any(
            _folded(word) in known.consequence_of for word in clause.split()[-known.words_of_subject :]
        )
    if any(phrase in clause for phrase in known.tolls) or any(phrase in source.quote for phrase in known.rising):
        return True
    if _said_of_it().search(clause) or _of_a_day().search(clause):
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


@functools.cache
def _of_a_day() -> re.Pattern[str]:
    """Return what finds an event told before in the same clause: "Sunday's attack was the fifth bombing"."""
    known = rules()
    days = "|".join(day for day in known.looking_back if day.endswith("'s"))
    return re.compile(
        rf"\b(?:{days.replace(chr(39), '[’' + chr(39) + ']')})\s(?:[\w’'-]+\s+){{0,2}}(?:{'|'.join(known.nouns)})\b"
    )


def _noun(source: EventSource) -> str:
    """Return the last word of what tells the event, folded."""
    start, end = (one - source.quote_start for one in (source.mention.trigger_start, source.mention.trigger_end))
    told = _WORD.findall(source.quote, max(0, start), max(0, end))
    return told[-1].casefold() if told else ""


def _folded(word: str) -> str:
    return word.strip("\"“'(").casefold().replace("’", "'")
