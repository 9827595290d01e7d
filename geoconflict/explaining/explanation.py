"""The explanation of one report: what was found in it, and why each mention got its place or none."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geoconflict.errors import InputError
from geoconflict.extract.toponyms.passed_over import PassedOver
from geoconflict.extract.toponyms.recognition import Demonym
from geoconflict.models import EventMention, Report, UnlikelyEvent
from geoconflict.places.explanation import ExplainedMention
from geoconflict.places.names import fold
from geoconflict.visible import visible

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Explanation"]

_MOST_LISTED = 12


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Explanation:
    """Why the names of a report are where they are. :func:`geoconflict.explain` makes one.

    A notebook shows it as a table; ``print`` gives plain text, :meth:`to_frame` a table of candidates, :meth:`to_dict`
    everything.
    """

    report: Report
    mentions: tuple[ExplainedMention, ...]
    """In text order; some of them, where :meth:`only` was asked for."""
    n_mentions: int
    """How many the report has."""
    min_score: float
    """Below this score a name is left without a place."""
    demonyms: tuple[Demonym, ...] = ()
    """Words for peoples: recognised, and not placed."""
    passed_over: tuple[PassedOver, ...] = ()
    """What might have been a place name and was not taken for one."""
    unlikely_events: tuple[UnlikelyEvent, ...] = ()
    """What reads like a conflict event and is too unlikely to be one: no event was made of it."""
    doubtful_events: tuple[EventMention, ...] = ()
    """Events that may be none: they are kept, and a person should look."""
    unavailable: tuple[str, ...] = ()
    """Names that an online service could not answer."""
    notes: tuple[str, ...] = ()
    """What else a reader should know."""
    attribution: tuple[str, ...] = ()
    """Whose data the places are."""

    def only(self, *, mention: int | None = None, name: str | None = None) -> Explanation:
        """Return the explanation of one mention, or of all mentions of one name; the others were weighed all the same.

        Parameters
        ----------
        mention
            The number of a mention, from 1, in text order.
        name
            A name as the report writes it; case, accents and hyphens do not matter.

        Raises
        ------
        InputError
            If there is no such mention; the message lists those that there are, and says if the name was passed over.
        """
        chosen = [
            one
            for one in self.mentions
            if (mention is None or one.number == mention)
            and (name is None or fold(one.resolution.toponym.surface) == fold(name))
        ]
        if not chosen:
            raise InputError(self._absent(mention, name))
        return dataclasses.replace(
            self, mentions=tuple(chosen), demonyms=(), passed_over=(), unlikely_events=(), doubtful_events=()
        )

    def _absent(self, mention: int | None, name: str | None) -> str:
        listed = [f"{one.number} {_short(one.resolution.toponym.surface)}" for one in self.mentions[:_MOST_LISTED]]
        more = f" and {len(self.mentions) - _MOST_LISTED} more" if len(self.mentions) > _MOST_LISTED else ""
        there = f"; there are: {', '.join(listed)}{more}" if listed else "; no place name was found in it"
        if name is None:
            return f"the report has no mention number {mention}{there}"
        wanted = fold(name)
        for demonym in self.demonyms:
            if fold(demonym.surface) == wanted:
                return (
                    f"'{_short(demonym.surface)}' is recognised as a word for a people, and those are not placed{there}"
                )
        for passed in self.passed_over:
            if wanted and wanted in fold(passed.surface):
                score = "" if passed.score is None else f" ({passed.score:.2f})"
                return f"'{_short(passed.surface)}' is in the report and was not taken for a place name: {passed.why}{score}{there}"
        numbered = f" with number {mention}" if mention is not None else ""
        return f"no place name '{_short(name)}' was found in the report{numbered}{there}"

    def to_dict(self) -> dict[str, Any]:
        """Return everything as a JSON-ready dict; its schema is in docs/explain.md."""
        from geoconflict.explaining.as_json import explanation_to_json

        return explanation_to_json(self)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a candidate, with the columns of :data:`geoconflict.EXPLANATION_COLUMNS`.

        A mention without candidates has one row, with the columns of the candidate missing.
        """
        from geoconflict.explaining.as_frame import explanation_to_frame

        return explanation_to_frame(self)

    def __str__(self) -> str:
        from geoconflict.explaining.as_text import explanation_to_text

        return explanation_to_text(self)

    def __repr__(self) -> str:
        placed = sum(one.resolution.place is not None for one in self.mentions)
        return f"<Explanation of report {self.report.report_id}: {len(self.mentions)} mentions, {placed} placed>"

    def _repr_html_(self) -> str:
        from geoconflict.explaining.as_html import explanation_to_html

        return explanation_to_html(self)


def _short(text: str) -> str:
    shown = visible(text)
    return shown if len(shown) <= 60 else f"{shown[:59]}\u2026"
