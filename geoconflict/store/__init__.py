"""The event store: one SQLite file, the only truth."""

from geoconflict.store.event_store import EventStore, StageState, StoredReport
from geoconflict.store.merge_ledger import StoreLedger

__all__ = ["EventStore", "StageState", "StoreLedger", "StoredReport"]
