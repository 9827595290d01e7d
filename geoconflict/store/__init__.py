"""The event store: one SQLite file, the only truth."""

from geoconflict.store.event_store import EventStore, StageState, StoredReport

__all__ = ["EventStore", "StageState", "StoredReport"]
