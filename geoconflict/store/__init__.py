"""The event store: one SQLite file, the only truth."""

from geoconflict.store.event_store import EventStore, StoredReport
from geoconflict.store.faults import explained
from geoconflict.store.intake_log import HistoryEntry, IntakeLog, SourceFile, UnreadFile, WithdrawnReport
from geoconflict.store.merge_ledger import StoreLedger
from geoconflict.store.report_states import ReportStates, StageState
from geoconflict.store.run_lock import RunOwner, owner_of, run_lock

__all__ = [
    "EventStore",
    "HistoryEntry",
    "IntakeLog",
    "ReportStates",
    "RunOwner",
    "SourceFile",
    "StageState",
    "StoreLedger",
    "StoredReport",
    "UnreadFile",
    "WithdrawnReport",
    "explained",
    "owner_of",
    "run_lock",
]
