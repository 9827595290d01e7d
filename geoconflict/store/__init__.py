"""The event store: one SQLite file, the only truth."""

from geoconflict.store.event_store import EventStore, StageState, StoredReport
from geoconflict.store.intake_log import HistoryEntry, IntakeLog, SourceFile, WithdrawnReport
from geoconflict.store.merge_ledger import StoreLedger

__all__ = [
    "EventStore",
    "HistoryEntry",
    "IntakeLog",
    "SourceFile",
    "StageState",
    "StoreLedger",
    "StoredReport",
    "WithdrawnReport",
]
