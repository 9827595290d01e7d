"""Makes frames know ``frame.conflict``, without loading what stands behind it, nor pandas where nobody has yet.

What makes frames calls :func:`register_accessor`; the package calls it too where pandas is there already. The class behind it
lies above all rooms, so it is looked up by name when it is first used.
"""

from __future__ import annotations

import functools
import importlib
from typing import Any

__all__ = ["register_accessor"]

_HOME = "geoconflict.accessor"


@functools.cache
def register_accessor() -> None:
    """Register ``conflict`` with pandas, once."""
    from pandas.api.extensions import register_dataframe_accessor

    def open_accessor(frame: Any) -> Any:
        return importlib.import_module(_HOME).Conflict(frame)

    register_dataframe_accessor("conflict")(open_accessor)  # type: ignore[type-var]  # a function that makes one will do
