"""One report's mentions and resolved places become versions of events, each with its quote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from geoconflict.events.surroundings import day_around, is_vague, names_around
from geoconflict.events.voices import corrects
from geoconflict.models import CUT, EventMention, EventSource, EventType, Reading, Report, Resolution, Status

__all__ = ["event_sources", "quote_around"]

_QUOTE_MARGIN = 400
"""At most this many characters are quoted on each side of the evidence."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s|\n\s*\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|[A-Z]\.[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Gov|Sen|Rep|St|No|vs|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec))\.$"
)


def event_sources(
    report: Report, reading: Reading, resolutions: Iterable[Resolution], *, copy_of: str | None = None
) -> tuple[EventSource, ...]:
    """Return one version of an event for each mention in `reading`, with its place and its quote.

    `resolutions` answer the toponyms of the reading; a mention whose toponym has no resolution is unlocated. That of an
    empty span answers none, but is the country of the report: for mentions that are told without any place. `copy_of` is
    the report whose text this one prints, if it is a copy.
    """
    by_span: Mapping[tuple[int, int], Resolution] = {
        (resolution.toponym.start, resolution.toponym.end): resolution for resolution in resolutions
    }
    countries = _countries(by_span.values())
    is_correction = bool(reading.mentions) and corrects(report)
    return tuple(
        _source(report, reading, mention, by_span, countries, is_correction, copy_of) for mention in reading.mentions
    )


def _countries(resolutions: Iterable[Resolution]) -> tuple[str, ...]:
    """Return the countries in which the places lie that a report names; governments and origins count where no place is named."""
    placed = [(one.toponym.role.is_on_no_ground, one.place.country) for one in resolutions if one.place is not None]
    grounds = {country for is_people, country in placed if country is not None and not is_people}
    return tuple(sorted(grounds or {country for _, country in placed if country is not None}))


def _source(
    report: Report,
    reading: Reading,
    mention: EventMention,
    by_span: Mapping[tuple[int, int], Resolution],
    countries: tuple[str, ...],
    is_correction: bool,
    copy_of: str | None,
) -> EventSource:
    toponym = mention.place
    resolution = by_span.get((toponym.start, toponym.end)) if toponym else None
    country = by_span.get((0, 0)) if toponym is None and _has_ground(mention) else None
    quote_start, quote_end = quote_around(report.text, mention.start, mention.end, first=report.body_start)
    return EventSource(
        mention=mention,
        place=resolution.place if resolution else None,
        place_score=resolution.score if resolution else country.score if country else 0.0,
        place_reasons=resolution.reasons if resolution else country.reasons if country else (),
        source=report.source,
        url=report.url,
        title=report.title,
        published_on=report.published_on,
        quote=report.text[quote_start:quote_end],
        quote_start=quote_start,
        country=country.place if country else None,
        countries=countries if resolution is None or resolution.place is None else (),
        names=names_around(report, reading, by_span.values(), quote_start, quote_end) if is_vague(resolution) else (),
        day_near=day_around(mention, reading.mentions, quote_start),
        corrects=is_correction,
        copy_of=copy_of,
        figures_quote=_figures_quote(report, mention, quote_start, quote_end),
    )


def _figures_quote(report: Report, mention: EventMention, quote_start: int, quote_end: int) -> str | None:
    """Return the sentences outside of the quote in which the figures of an event stand; None where there are none."""
    spans: list[tuple[int, int]] = []
    for start, end in mention.figures_at:
        if quote_start <= start < quote_end or (spans and start < spans[-1][1]):
            continue
        spans.append(quote_around(report.text, start, end, first=report.body_start))
    return f" {CUT} ".join(report.text[start:end] for start, end in spans) or None


def _has_ground(mention: EventMention) -> bool:
    """Whether it was told to have happened somewhere: neither talks nor what is only planned or feared."""
    is_told = mention.status not in (Status.HYPOTHETICAL, Status.SCHEDULED)
    return is_told and mention.event_type is not EventType.DIPLOMACY


def quote_around(text: str, start: int, end: int, *, first: int = 0) -> tuple[int, int]:
    """Return the offsets of the sentence or sentences of `text` that hold [start, end), not before `first`.

    A quote reaches at most 400 characters beyond the evidence on either side; it then ends at a word.
    """
    left = max(first, start - _QUOTE_MARGIN)
    ends = [match for match in _SENTENCE_END.finditer(text, left, start) if not _is_abbreviation(text, match)]
    quote_start = ends[-1].end() if ends else left
    if quote_start == left > first:  # cut in the middle of a sentence: begin at a word
        quote_start = max(text.find(" ", left, start) + 1, left)
    right = min(len(text), end + _QUOTE_MARGIN)
    quote_end = right
    for match in _SENTENCE_END.finditer(text, max(end - 2, start), right):
        if match.end() > end - 1 and not _is_abbreviation(text, match):
            quote_end = max(end, match.start() + len(match.group().rstrip()))
            break
    else:
        if right < len(text):
            quote_end = max(end, text.rfind(" ", end, right))
    while quote_start < start and text[quote_start].isspace():
        quote_start += 1
    while quote_end > end and text[quote_end - 1].isspace():
        quote_end -= 1
    return quote_start, quote_end


def _is_abbreviation(text: str, match: re.Match[str]) -> bool:
    return match.group().startswith(".") and bool(
        _ABBREVIATION.search(text, max(0, match.start() - 6), match.start() + 1)
    )
