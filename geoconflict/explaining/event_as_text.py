"""The explanation of an event as plain text, 100 characters wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from geoconflict.events.reasons import Evidence
from geoconflict.events.scoring import Part
from geoconflict.explaining.event_explanation import Apart, EventExplanation, Joined
from geoconflict.explaining.wording import clip
from geoconflict.models import Count, DateSpan, EventSource
from geoconflict.visible import visible

__all__ = ["event_explanation_to_text"]

_WIDTH = 100
_MOST_PAIRS = 10
"""More pairs are shown as one for each source: that with which it scores most."""


def event_explanation_to_text(told: EventExplanation) -> str:
    """Return an explanation of an event as plain text."""
    return "".join(f"{line.rstrip()}\n" for line in _lines(told))


def _lines(told: EventExplanation) -> Iterator[str]:
    event = told.event
    where = event.place.name if event.place else "no place"
    yield f"{event.sub_event_type}, {clip(where)}, {_days(event.when)}  {event.event_id}"
    facts = [f"{event.event_type.value}; {event.status.value}"]
    if event.place:
        facts.append(f"{visible(event.place.place_id)} ({event.place.precision.value})")
    facts += [
        f"{name} {_count(count)}" for name, count in (("killed", event.killed), ("wounded", event.wounded)) if count
    ]
    yield "; ".join(facts)
    for sentence in event.disagreements:
        yield from _wrapped(sentence, 0)
    yield ""
    for number, source in enumerate(event.sources, 1):
        yield from _source(number, source)
    if any(source.copy_of for source in event.sources):
        n_reports = len({source.mention.report_id for source in event.sources})
        voices = f"{event.n_voices} voice{'s' * (event.n_voices != 1)}"
        yield f"{n_reports} reports, {voices}: copies of one text count as one."
    yield ""
    yield f"Score {event.score:.2f}, how likely it is right; logarithms of odds that add up:"
    yield from _evidence(told.score_parts)
    yield ""
    yield from _joined(told)
    yield ""
    yield from _apart(told.apart)


def _source(number: int, source: EventSource) -> Iterator[str]:
    place = f"{clip(source.place.name)} ({source.place.precision.value})" if source.place else "no place"
    told = [str(source.published_on or "undated"), clip(source.source or "a report"), source.mention.report_id]
    yield f"{number:>3} {'  '.join(told)}"
    yield f"    {source.mention.sub_event_type}; {place}; {_days(source.mention.when)}; {source.mention.status.value}"
    yield from _wrapped(f"\u201c{visible(source.full_quote)}\u201d", 4)
    for note in source.review.notes if source.review else ():
        yield from _wrapped(f"reviewed: {note}", 4)
    if source.copy_of is not None:
        yield f"    prints the text of {visible(source.copy_of)}; `geoconflict explain` on its id shows what differs"


def _joined(told: EventExplanation) -> Iterator[str]:
    n = len(told.event.sources)
    if n == 1:
        yield "One report tells it: nothing was joined."
        return
    yield f"Joined: two tellings are of one event from a score of {told.joins:+.1f} on, on average with all of it."
    shown = _shown(told.joined)
    for pair in shown:
        yield f"{pair.first:>3} and {pair.second}  {pair.score:+.1f}"
        yield from _evidence(pair.evidence)
    if len(shown) < len(told.joined):
        yield f"    {len(told.joined) - len(shown)} more pairs; --json gives them"


def _shown(pairs: Sequence[Joined]) -> Sequence[Joined]:
    if len(pairs) <= _MOST_PAIRS:
        return pairs
    best: dict[int, Joined] = {}
    for pair in pairs:
        if pair.second not in best or pair.score > best[pair.second].score:
            best[pair.second] = pair
    return list(best.values())


def _apart(others: Sequence[Apart]) -> Iterator[str]:
    if not others:
        yield "No other event is near by in place and days."
        return
    yield "Nearest events that were not joined:"
    for one in others:
        event = one.event
        where = event.place.name if event.place else "no place"
        yield f"    {event.event_id}  {event.sub_event_type}, {clip(where)}, {_days(event.when)}"
        yield from _wrapped(visible(one.why), 8)
        yield from _evidence(one.evidence, indent=8)


def _evidence(pieces: Sequence[Evidence | Part], indent: int = 4) -> Iterator[str]:
    for piece in pieces:
        yield from _wrapped(f"{piece.added:+5.1f} {visible(piece.words)}", indent, hang=6)


def _wrapped(text: str, indent: int, hang: int = 0) -> Iterator[str]:
    first = " " * indent
    yield from textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=first + " " * hang, drop_whitespace=True
    )


def _days(when: DateSpan) -> str:
    if when.ends_on is None:
        return "no day"
    if when.starts_on is None:
        return f"until {when.ends_on}"
    return str(when.starts_on) if when.starts_on == when.ends_on else f"{when.starts_on} to {when.ends_on}"


def _count(count: Count) -> str:
    from geoconflict.events.describe import count_in_words

    return count_in_words(count)
