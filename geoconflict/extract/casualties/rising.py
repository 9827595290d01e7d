"""Tolls that rise in the sentence that tells why: "two more bodies were found, bringing the toll to nine".

The last figure counts the first with it: the event has nine dead, not two, and never eleven. Words come from
``resources/lexicons/casualties.toml``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.casualties.words import TOLL
from geoconflict.extract.language.model import Document
from geoconflict.extract.lexicon import read_lexicon

OF_WHAT_THEY_DIED_OF = "the toll of what they died of"
"""Why a toll that later deaths raise is of the event that caused them."""

__all__ = ["has_risen", "with_rising_tolls"]


def with_rising_tolls(document: Document, figures: Sequence[CasualtyMention]) -> list[CasualtyMention]:
    """Return the figures of a document, in text order, without those that a toll of the same sentence counts again.

    A toll whose event is not named is of that event where somebody who was hurt died later, or was found, for "the toll"
    is of what they died of; where others died, it may be of a month or a war.
    """
    kept: list[CasualtyMention] = []
    for figure in figures:
        before = kept[-1] if kept else None
        if before is None or before.sentence_start != figure.sentence_start:
            kept.append(figure)
        elif _rose(document, before, figure) or _rises(document, before, figure):
            toll, other = (figure, before) if _is_toll(document, figure) else (before, figure)
            if toll.cumulative and _died_later(document, other):
                toll = replace(toll, cumulative=False, scope="event", cumulative_reason=OF_WHAT_THEY_DIED_OF)
            kept[-1:] = [toll] if not toll.cumulative else [before, figure]
        else:
            kept.append(figure)
    return kept


def has_risen(figure: CasualtyMention) -> bool:
    """Whether a figure is a toll that takes the place of a lower one: "the toll had risen to 19", "the number of dead stood at 19"."""
    words = figure.surface.lower()
    is_reason = figure.cumulative_reason == OF_WHAT_THEY_DIED_OF
    return figure.measure == "killed" and (
        is_reason or (TOLL.match(words) is not None and _words().now.search(words) is not None)
    )


def _rises(document: Document, more: CasualtyMention, toll: CasualtyMention) -> bool:
    """Whether a toll is what more dead make it: "three more died, raising the toll to 12"."""
    between = document.text[more.end : toll.start].lower()
    told = document.text[max(more.sentence_start, more.start - _BEFORE) : more.end].lower()
    return (
        more.measure == toll.measure == "killed"
        and not _is_toll(document, more)
        and _is_toll(document, toll)
        and _words().rises.search(between) is not None
        and (_words().more.search(told) is not None or _died_later(document, more))
    )


def _rose(document: Document, toll: CasualtyMention, more: CasualtyMention) -> bool:
    """Whether the dead told behind a toll are those that made it rise: "the toll rose to 21 after four died in hospital"."""
    between = document.text[toll.end : more.start].lower()
    return (
        more.measure == toll.measure == "killed"
        and _is_toll(document, toll)
        and not _is_toll(document, more)
        and _words().rose.search(toll.surface.lower()) is not None
        and _words().because.match(between) is not None
        and _died_later(document, more)
    )


def _is_toll(document: Document, figure: CasualtyMention) -> bool:
    return TOLL.fullmatch(document.text[figure.trigger_start : figure.trigger_end].lower()) is not None


def _died_later(document: Document, figure: CasualtyMention) -> bool:
    """Whether people died of what had happened before, or were only found."""
    clause = document.text[figure.start : min(figure.sentence_end, figure.end + _BEHIND)].lower()
    return _words().later.search(clause) is not None


_BEFORE = 24
"""So many characters before a figure may say that it counts more: "another"."""
_BEHIND = 40
"""So many behind it may say of what, where, or how they were found."""


@dataclass(frozen=True, slots=True)
class _Words:
    more: re.Pattern[str]
    later: re.Pattern[str]
    rises: re.Pattern[str]
    rose: re.Pattern[str]
    because: re.Pattern[str]
    now: re.Pattern[str]


@functools.cache
def _words() -> _Words:
    rising = read_lexicon("casualties")["rising"]
    return _Words(**{name: re.compile(rising[name]) for name in ("more", "later", "rises", "rose", "because", "now")})
