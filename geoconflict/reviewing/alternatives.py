"""Other places that an event may be at: those that resolution weighed for the names of its tellings."""

from __future__ import annotations

from geoconflict.models import Event, ScoredPlace
from geoconflict.store import EventStore

__all__ = ["alternatives_of"]

_MOST = 8


def alternatives_of(store: EventStore, event: Event) -> tuple[ScoredPlace, ...]:
    """Return other places for an event, the best first, at most eight; those of its reports in the store."""
    here = event.place.place_id if event.place else None
    found: dict[str, ScoredPlace] = {}
    names = {(one.mention.report_id, one.mention.place.start): one for one in event.sources if one.mention.place}
    for stored in store.reports(sorted({report_id for report_id, _ in names})):
        for resolution in stored.resolutions or ():
            if (stored.report.report_id, resolution.toponym.start) not in names:
                continue
            weighed = list(resolution.alternatives)
            if resolution.place is not None:  # where a reviewer has moved it, what it was
                weighed.append(ScoredPlace(place=resolution.place, score=resolution.score, reasons=resolution.reasons))
            for one in weighed:
                known = found.get(one.place.place_id)
                if one.place.place_id != here and (known is None or known.score < one.score):
                    found[one.place.place_id] = one
    ranked = sorted(found.values(), key=lambda one: (-one.score, one.place.place_id))
    return tuple(ranked[:_MOST])
