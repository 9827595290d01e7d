"""Event mentions and resolved places to events; many reports of one event become one event."""

from geoconflict.events.assemble import event_sources
from geoconflict.events.incremental import merge_into
from geoconflict.events.merge import MemoryLedger, merge_sources

__all__ = ["MemoryLedger", "event_sources", "merge_into", "merge_sources"]
