"""A name index of a few places, real and invented, and a reader that uses it: extraction without a gazetteer file."""

from __future__ import annotations

import datetime as dt
import functools

from geoconflict.extract.reader import Reader
from geoconflict.models import EventMention, NameMatch, Reading, Report

KINDS = {
    "Mali": ("country",),
    "Niger": ("country",),
    "Sudan": ("country",),
    "Chad": ("country",),
    "Ukraine": ("country",),
    "Russia": ("country",),
    "France": ("country",),
    "Egypt": ("country",),
    "Turkey": ("country",),
    "Darfur": ("area",),
    "Donbas": ("area",),
    "Kidal Region": ("admin1",),
    "Kidal": ("settlement",),
    "Gao": ("settlement",),
    "Menaka": ("settlement",),
    "Nyala": ("settlement",),
    "El Fasher": ("settlement",),
    "Kharkiv": ("settlement",),
    "Izium": ("settlement",),
    "Bakhmut": ("settlement",),
    "Khartoum": ("settlement",),
    "Cairo": ("settlement",),
    "Geneva": ("settlement",),
    "Paris": ("settlement",),
    "Moscow": ("settlement",),
    "Ankara": ("settlement",),
}


class FewNames:
    """Satisfies ``NameIndex``."""

    def match_at(self, text: str, start: int, *, on: dt.date | None = None) -> tuple[NameMatch, ...]:
        found = []
        for name, kinds in KINDS.items():
            end = start + len(name)
            if text[start:end].casefold() == name.casefold() and not text[end : end + 1].isalnum():
                found.append(
                    NameMatch(
                        end=end,
                        n_candidates=1,
                        max_population=200_000,
                        has_primary=True,
                        kinds=kinds,
                        countries=("MLI",),
                        curated=True,
                    )
                )
        return tuple(sorted(found, key=lambda match: -match.end))


@functools.cache
def few_names_reader() -> Reader:
    return Reader(FewNames())


def reading_of(text: str, published: str | None = "2023-05-12") -> Reading:
    """Return what the reader finds in a text published on Friday 12 May 2023, or another day."""
    published_on = dt.date.fromisoformat(published) if published else None
    return few_names_reader().read(Report(report_id="r1", text=text, published_on=published_on))


def mentions_of(text: str, published: str | None = "2023-05-12") -> tuple[EventMention, ...]:
    return reading_of(text, published).mentions


def told(text: str, published: str | None = "2023-05-12") -> set[tuple[str, str | None, str]]:
    """Return (sub-type, place, status) of the events of a text."""
    return {
        (mention.sub_event_type, mention.place.surface if mention.place else None, mention.status.value)
        for mention in mentions_of(text, published)
    }
