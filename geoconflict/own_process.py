"""How the processes that the program alone owns are set up: the command and its workers. Nothing of it is done to a caller's."""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping
from typing import Final

__all__ = ["ONE_THREAD", "set_up"]

ONE_THREAD: Final[Mapping[str, str]] = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""Read by numeric libraries as they load. Products of the size that the language model needs take twice the CPU time on two
threads, and processes that each use every core stand in each other's way."""
_NEW_OBJECTS, _TIMES = 50_000, 20
"""Records hold no cycles, and a reader makes hundreds of them a report: to look for cycles after each 700, as Python does,
takes a twentieth of a run and finds nothing."""


def set_up() -> None:
    """Set up this process, before numpy is loaded. What the environment says of threads already stands."""
    for name, number in ONE_THREAD.items():
        os.environ.setdefault(name, number)
    gc.set_threshold(_NEW_OBJECTS, _TIMES, _TIMES)
