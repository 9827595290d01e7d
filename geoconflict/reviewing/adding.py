"""An event that a report tells and the program has not found, as a reviewer writes it, as an entry of the corrections file."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import Any

from geoconflict.corrections import Correction, Deed, correction
from geoconflict.corrections.adding import Addition, added_source, ref_of
from geoconflict.corrections.entry import place_value
from geoconflict.corrections.particulars import MEASURES
from geoconflict.events import merge_sources
from geoconflict.events.event import founder_id
from geoconflict.models import Event, Report
from geoconflict.reviewing.deciding import Decision, Desk, typed_place
from geoconflict.reviewing.typed import typed_days, typed_figures, typed_sides, typed_status
from geoconflict.store import EventStore
from geoconflict.visible import visible

__all__ = ["ADD", "NewEvent", "add_event"]

ADD = Deed.ADD.value
"""The verb for it."""
_LONGEST_QUOTE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """What a reviewer writes of an event that is missing; all as texts, blank where nothing is said."""

    report: str
    """An id of a report or its beginning, the id that the input knows it by, or the name of its file."""
    quote: str
    """The words of the report that tell it; blanks and line breaks do not count."""
    sub_event_type: str
    place: str
    """As of a move: a place_id, ``LON, LAT``, or ``none``."""
    starts_on: str
    ends_on: str = ""
    status: str = ""
    claimed_by: str = ""
    agents: str = ""
    targets: str = ""
    figures: dict[str, str] = field(default_factory=dict)
    """killed, wounded, captured, displaced -> as typed."""


def add_event(desk: Desk, new: NewEvent, comment: str = "", *, is_confirmed: bool = False) -> Decision:
    """Return what adding an event writes.

    Parameters
    ----------
    desk
        What it is made with.
    new
        The event.
    comment
        Why, for the next person.
    is_confirmed
        Whether a point is meant although something speaks against it.

    Raises
    ------
    PointDoubtError
        If something speaks against a point that is not confirmed.
    ValueError
        The message says what is wrong with it, and how to mend it.
    """
    report = _report(desk.store, new.report.strip())
    start, end = _stretch(report, new.quote)
    first, last = typed_days("/".join(one.strip() for one in (new.starts_on, new.ends_on) if one.strip()))
    value: dict[str, Any] = {
        "sub_event_type": new.sub_event_type.strip(),
        "place": None,
        "starts_on": first,
        "ends_on": last,
    }

    def entry() -> Correction:
        ref = ref_of(report, start, end, value)
        return correction(Deed.ADD, who=desk.who, when=desk.when, event="", tellings=[ref], value=value, why=comment)

    def event() -> Event:
        """Return the event as far as it is known: what is typed next is judged by it."""
        (made,) = merge_sources([added_source(report, Addition(entry(), report.report_id, start), (start, end))])
        return made

    if new.place.strip().casefold() != "none":
        place, known_by = typed_place(desk, event(), new.place.strip(), is_confirmed=is_confirmed)
        value |= {"place": place_value(place), **({"known_by": known_by} if known_by else {})}
    if new.status.strip() or new.claimed_by.strip():
        value |= _said(typed_status(event(), f"{new.status.strip() or 'claimed'}: {new.claimed_by}"))
    sides = [f"{word}: {typed}" for word, typed in (("by", new.agents), ("on", new.targets)) if typed.strip()]
    if sides:
        value |= _said(typed_sides(event(), " | ".join(sides), functools.partial(desk.actor, event())))
    figures = [f"{one} {typed}" for one in MEASURES if (typed := new.figures.get(one, "").strip())]
    if figures:
        value |= _said(typed_figures(event(), "; ".join(figures)))
    made = entry()
    source = added_source(report, Addition(made, report.report_id, start), (start, end))
    return Decision(
        corrections=(
            correction(
                Deed.ADD, who=made.who, when=made.when, event=founder_id([source]), tellings=made.tellings,
                value=made.value, why=made.why,
            ),
        )
    )  # fmt: skip


def _said(value: dict[str, Any]) -> dict[str, Any]:
    """Return what is given, without what it was before: there was nothing."""
    return {name: one for name, one in value.items() if name != "was"}


def _report(store: EventStore, key: str) -> Report:
    if not key:
        msg = "report is blank; give the id of a report, or the name of its file"
        raise ValueError(msg)
    found = store.finder.reports(key) or store.finder.reports_of_file(key)
    if len(found) != 1:
        many = (
            f"is that of {len(found)} reports: {', '.join(found[:5])}; give more of one"
            if found
            else "is that of no report of the store"
        )
        msg = f"report {visible(key)[:60]!r} {many}" + (
            "" if found else "; the cards of a map and `geoconflict parse` show report ids"
        )
        raise ValueError(msg)
    return next(store.plain_reports(found))


def _stretch(report: Report, quote: str) -> tuple[int, int]:
    """Return where the words stand in a report."""
    words = quote.split()
    if not words:
        msg = "quote is blank; copy the words of the report that tell the event"
        raise ValueError(msg)
    if len(quote) > _LONGEST_QUOTE:
        msg = f"quote is longer than {_LONGEST_QUOTE:,} characters; the sentence that tells the event is enough"
        raise ValueError(msg)
    found = list(re.finditer(r"\s+".join(map(re.escape, words)), report.text))
    shown = f"{visible(' '.join(words))[:60]!r}"
    if not found:
        msg = f"quote {shown} does not stand in report {report.report_id}; copy it from there, word for word"
        raise ValueError(msg)
    if len(found) > 1:
        msg = f"quote {shown} stands {len(found)} times in report {report.report_id}; give more of its sentence"
        raise ValueError(msg)
    return found[0].span()
