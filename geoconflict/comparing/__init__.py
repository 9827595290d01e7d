"""Sets of events beside each other: which tell the same, what only one has, and several as one."""

from geoconflict.comparing.compare import compare_events
from geoconflict.comparing.comparison import PAIR_COLUMNS, Comparison
from geoconflict.comparing.integrate import integrate_events

__all__ = ["PAIR_COLUMNS", "Comparison", "compare_events", "integrate_events"]
