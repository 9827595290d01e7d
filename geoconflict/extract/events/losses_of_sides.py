"""An army's losses of a day, which are those of no one event: "1,050 of their soldiers were killed over the past day".

Behind a sentence that tells of an attack they would else be taken for its dead.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Sequence

from geoconflict.extract.casualties.reader import CasualtyMention
from geoconflict.extract.casualties.sums import is_of_fighters
from geoconflict.extract.event_places.place_names import PlaceNames
from geoconflict.extract.lexicon import read_lexicon
from geoconflict.extract.predicates.triggers import Predicate
from geoconflict.models import Role

__all__ = ["with_losses_of_sides"]

_WORD = re.compile(r"[\w-]+")


def with_losses_of_sides(
    names: PlaceNames, figures: Sequence[CasualtyMention], predicates: Sequence[Predicate]
) -> tuple[CasualtyMention, ...]:
    """Return the figures, with the dead of an army over a day, in a sentence that says nowhere where, as those of a war.

    Parameters
    ----------
    names
        The names of the report's places.
    predicates
        What its sentences tell: where one tells of more than harm, its figures are of that.
    """
    elsewhere = {names.clauses.passage_of(one.token).index for one in predicates if not one.is_outcome}
    return tuple(_as_losses(names, figure, elsewhere) for figure in figures)


def _as_losses(names: PlaceNames, figure: CasualtyMention, elsewhere: set[int]) -> CasualtyMention:
    clauses = names.clauses
    head = clauses.head_of_span(figure.start, figure.end)
    if figure.cumulative or head is None or clauses.passage_of(head).index in elsewhere:
        return figure
    passage = clauses.passage_of(head)
    patterns = _patterns()
    text = clauses.document.text[passage.start : passage.end].lower()
    if patterns["of_their_own"].search(text):
        within = (figure.start, passage.end)  # "officials in X counted 16 dead among their own soldiers"
    elif patterns["of_a_day"].search(text) and _are_fighters(figure):
        within = (passage.start, passage.end)
    else:
        return figure
    if any(
        names.toponyms[at].role is Role.EVENT_PLACE and not names.is_where_spoken(at) for at in names.within(*within)
    ):
        return figure
    reason = "it counts a day's losses of a side"
    return dataclasses.replace(figure, cumulative=True, scope="war", cumulative_reason=reason)


def _are_fighters(figure: CasualtyMention) -> bool:
    return any(is_of_fighters(word) for word in _WORD.findall((figure.who or figure.surface).lower()))


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in read_lexicon("casualties")["losses"].items()}
