"""Event mentions and resolved places to events; many reports of one event become one event."""

from geoconflict.events.assemble import event_sources
from geoconflict.events.merge import merge_sources

__all__ = ["event_sources", "merge_sources"]
