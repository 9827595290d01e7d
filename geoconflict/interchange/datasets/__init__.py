"""The event data sets of the field, both ways: ACLED, UCDP GED, POLECAT and PLOVER, and GDELT to read.

A reader keeps every cell of its file beside our columns, as text, in columns named as in STAC: ``acled:notes``. A writer
puts such a cell back where our columns still say what the reader made of it, so that a round trip changes nothing and an
edit is never undone.
"""

from __future__ import annotations

from typing import Final

__all__ = ["FILE_KINDS"]

FILE_KINDS: Final = ("acled", "ucdp", "polecat", "gdelt", "table")
"""What a file of events may be; a table is anything else, and what geoconflict exported."""
