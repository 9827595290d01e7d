"""The events of a store once more, as ready tables by month: reading a frame decodes no record.

Derived from the events and never the truth. Writing an event notes its block as changed; :meth:`FrameShelf.refresh`, in the
transaction of a merge, makes the rows of changed events anew. While any block is behind, readers use the records.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from geoconflict.models import Event
from geoconflict.store.encoding import day_text, decoded
from geoconflict.store.named_values import keep_value, named_value

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["BLOCK", "FrameShelf", "Holds"]

BLOCK = "substr(coalesce(starts_on, ends_on, ''), 1, 7)"
"""SQL of the block of an event: the month of its first day; empty for unknown days."""
_KEY = "frame_blocks"
_HOLDS = "frame_blocks_hold"
"""Of each block what :class:`Holds` says of all, beside the key of the tables that it was taken from."""
_Held: TypeAlias = dict[str, tuple[int, Sequence[str]]]
_ENCODED_AT_ONCE = 500
"""Changed events that are encoded together: those of one block, or of some with no more than these."""


class Holds(NamedTuple):
    """What the events of a store are in short."""

    n_unlocated: int
    """How many have no place."""
    place_sources: tuple[str, ...]
    """Where the places of the others come from, each once, sorted."""


class FrameShelf:
    """The tables of an event store; :attr:`geoconflict.EventStore.shelf` makes it.

    Parameters
    ----------
    db
        The open store. Writes belong into :meth:`geoconflict.EventStore.transaction`.
    path
        Its file, for messages.
    """

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path

    def is_current(self) -> bool:
        """Return whether the tables hold all events as this version of the program writes them."""
        from geoconflict.frame_blocks import blocks_key

        return not self._has_changes() and named_value(self._db, _KEY) == blocks_key()

    def refresh(self) -> int:
        """Bring the tables up to date; return how many blocks were written."""
        from geoconflict.frame_blocks import blocks_key

        if self.is_current():
            return 0
        kept = json.loads(named_value(self._db, _HOLDS) or "{}")
        held: _Held = kept.get("blocks", {})
        if not named_value(self._db, _KEY) == kept.get("key") == blocks_key():
            held = {}
            self._db.execute("DELETE FROM frame_block")
            self._db.execute(f"INSERT OR IGNORE INTO changed_event SELECT event_id, {BLOCK} FROM event")  # noqa: S608
        blocks = 0
        for changed in self._changed():
            self._write(changed, held)
            blocks += len(changed)
        self._db.execute("DELETE FROM changed_event")
        keep_value(self._db, _KEY, blocks_key())
        keep_value(self._db, _HOLDS, json.dumps({"key": blocks_key(), "blocks": held}, sort_keys=True))
        return blocks

    def holds(self) -> Holds | None:
        """Return what the events are in short, known without reading tables or events; None where the tables are behind."""
        if self._has_changes() or (key := named_value(self._db, _KEY)) is None:
            return None
        kept = json.loads(named_value(self._db, _HOLDS) or "{}")
        if kept.get("key") != key:  # tables of a program that does not keep it
            return None
        blocks = kept["blocks"].values()
        return Holds(sum(n for n, _ in blocks), tuple(sorted({source for _, sources in blocks for source in sources})))

    def _has_changes(self) -> bool:
        return bool(self._db.execute("SELECT EXISTS (SELECT * FROM changed_event)").fetchone()[0])

    def tables(
        self, since: dt.date | None = None, until: dt.date | None = None, columns: Sequence[str] | None = None
    ) -> list[pa.Table]:
        """Return the tables that may hold events of the days from `since` to `until`, in the order of the events.

        With `columns` they have these alone, and the others are not decoded.
        """
        from geoconflict.frame_blocks import decode

        rows = self._db.execute(
            "SELECT stream FROM frame_block WHERE (? IS NULL OR last IS NULL OR last >= ?) AND (? IS NULL OR block <= ?) "
            "ORDER BY block",
            (day_text(since), day_text(since), day_text(until), (day_text(until) or "")[:7]),
        )
        return [decode(stream, columns) for (stream,) in rows]

    def _changed(self) -> Iterator[list[str]]:
        """Yield the blocks in which events changed, some at a time."""
        counts = self._db.execute("SELECT block, count(*) FROM changed_event GROUP BY block ORDER BY block").fetchall()
        blocks: list[str] = []
        n_events = 0
        for block, n_changed in counts:
            if blocks and n_events + n_changed > _ENCODED_AT_ONCE:
                yield blocks
                blocks, n_events = [], 0
            blocks.append(block)
            n_events += n_changed
        if blocks:
            yield blocks

    def _write(self, blocks: Sequence[str], held: _Held) -> None:
        """Make the rows of the changed events of some blocks anew, and note in `held` what these hold."""
        from geoconflict.frame_blocks import encode, merge

        lengths: list[int] = []
        table = encode(self._events_of(blocks, lengths))
        first = 0
        for block, length in zip(blocks, lengths, strict=True):
            row = self._db.execute("SELECT stream FROM frame_block WHERE block = ?", (block,)).fetchone()
            merged = merge(None if row is None else row[0], self._ids(block), table.slice(first, length))
            first += length
            self._db.execute("DELETE FROM frame_block WHERE block = ?", (block,))
            held.pop(block, None)
            if merged is not None:
                held[block] = (merged.n_unlocated, merged.place_sources)
                values = (block, day_text(merged.last), merged.stream)
                self._db.execute("INSERT INTO frame_block VALUES (?, ?, ?)", values)

    def _ids(self, block: str) -> list[str]:
        rows = self._db.execute("SELECT event_id FROM changed_event WHERE block = ?", (block,))
        return [event_id for (event_id,) in rows]

    def _events_of(self, blocks: Iterable[str], lengths: list[int]) -> Iterator[Event]:
        """Yield the changed events that are in some blocks now, and note in `lengths` how many are in each."""
        for block in blocks:
            lengths.append(0)
            for event in self._events(block):
                lengths[-1] += 1
                yield event

    def _events(self, block: str) -> Iterator[Event]:
        rows: Iterable[tuple[str]] = self._db.execute(
            f"SELECT record FROM event JOIN changed_event USING (event_id) WHERE block = ? AND {BLOCK} = block",  # noqa: S608
            (block,),
        )
        return (decoded(Event, record, self._path) for (record,) in rows)
