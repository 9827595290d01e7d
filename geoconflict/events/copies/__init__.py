"""Which reports print one text, as an agency's article in several outlets: docs/events.md tells how they are found.

:mod:`~geoconflict.events.copies.words` makes words of a report, :mod:`~geoconflict.events.copies.sketch` finds texts that may
be alike, :mod:`~geoconflict.events.copies.comparing` decides on two, :mod:`~geoconflict.events.copies.grouping` on all.
"""

from geoconflict.events.copies.comparing import Comparison, compare
from geoconflict.events.copies.grouping import group_copies
from geoconflict.events.copies.words import words_of

__all__ = ["Comparison", "compare", "group_copies", "words_of"]
