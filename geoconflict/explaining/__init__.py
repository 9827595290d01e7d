"""Why each mention of a report got its place or none, and why reports were taken for one event.

The names below are imported when first used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoconflict.explaining.as_frame import EXPLANATION_COLUMNS
    from geoconflict.explaining.event_explanation import EventExplanation, explain_event
    from geoconflict.explaining.explanation import Explanation
    from geoconflict.explaining.making import explain, explain_stored

__all__ = ["EXPLANATION_COLUMNS", "EventExplanation", "Explanation", "explain", "explain_event", "explain_stored"]

_HOMES = {
    "EXPLANATION_COLUMNS": "as_frame",
    "EventExplanation": "event_explanation",
    "Explanation": "explanation",
    "explain": "making",
    "explain_event": "event_explanation",
    "explain_stored": "making",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(name)  # shown by Python with the module and the name


def __dir__() -> list[str]:
    return __all__
