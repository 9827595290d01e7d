"""One way to spread work: chunks of items in this process, in worker processes, or on a Dask cluster.

The way in is :func:`map_chunks`. Whatever the engine, the results and their order are the same, and they come to the
caller, who alone writes them down.
"""

from __future__ import annotations

from geoconflict.parallel.limits import Limits
from geoconflict.parallel.mapping import Engine, map_chunks
from geoconflict.parallel.trying import Lost

__all__ = ["Engine", "Limits", "Lost", "map_chunks"]
