"""How the processes that the program alone owns are set up: the command and its workers. Nothing of it is done to a caller's."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

__all__ = ["ONE_THREAD", "choose_kernel", "give_back", "set_up"]

ONE_THREAD: Final[Mapping[str, str]] = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""Read by numeric libraries as they load. Products of the size that the language model needs take twice the CPU time on two
threads, and processes that each use every core stand in each other's way."""
_NEW_OBJECTS, _TIMES = 50_000, 20
"""Records hold no cycles, and a reader makes hundreds of them a report: to look for cycles after each 700, as Python does,
takes a twentieth of a run and finds nothing."""
_ARROW_MEMORY: Final = "ARROW_DEFAULT_MEMORY_POOL"
"""Arrow's own allocator takes 16 MB for the first table, of whatever size."""
_KERNEL: Final = "OPENBLAS_CORETYPE"
_SUM_ROWS_OTHERWISE: Final = frozenset({"excavator", "haswell", "steamroller", "zen"})
"""Kernels that add up a row by where it stands; that for Sandy Bridge asks less of the processor than any of them."""
_AVX512: Final = frozenset({"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"})


def set_up() -> None:
    """Set up this process, before numpy is loaded. What the environment says of threads already stands.

    As it ends, Python looks through all objects for cycles once more, which takes a fifth of a second where a language model is
    loaded, for memory that is given back anyway: so it is told to leave out all that there are by then.
    """
    for name, number in ONE_THREAD.items():
        os.environ.setdefault(name, number)
    os.environ.setdefault(_ARROW_MEMORY, "system")
    gc.set_threshold(_NEW_OBJECTS, _TIMES, _TIMES)
    atexit.register(gc.freeze)


def give_back() -> None:
    """Give memory that is free back to the system, where the C library is glibc; elsewhere do nothing.

    After a stage that read thousands of reports it keeps some 20 MB that are free between what is not: the next stage would take
    its own besides.
    """
    import ctypes

    # Elsewhere there may be no such library, no such function, or no library without a name.
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def choose_kernel(cpu: Path = Path("/proc/cpuinfo")) -> None:
    """Let numpy's OpenBLAS multiply a row alike wherever it stands in a matrix, before numpy is loaded.

    On AMD processors, and on those without AVX-512, it takes its kernel for Haswell, which adds up the rows of a block in
    several orders: what is read of a report would depend, in the last bit, on the reports beside it. That for Skylake-X does
    not, nor does that for Sandy Bridge (measured with OpenBLAS 0.3.31); the first is twice as fast, the second a tenth slower.
    The language model sees for itself whether rows stand alone, and does without numpy where they do not.

    Parameters
    ----------
    cpu
        What Linux tells of the processor; on other systems, and of other processors, nothing is chosen. What the
        environment says already stands, as some containers set it, unless it names such a kernel; what it names then gives way to
        what is chosen, or to that for Sandy Bridge.
    """
    is_refused = os.environ.get(_KERNEL, "").lower() in _SUM_ROWS_OTHERWISE
    if is_refused:
        del os.environ[_KERNEL]
    try:
        told = cpu.read_text(encoding="ascii", errors="replace")
    except OSError:
        told = ""
    flags = {word for line in told.splitlines() if line.startswith("flags") for word in line.split()}
    if flags >= _AVX512:
        if "GenuineIntel" not in told:  # on Intel's own it is chosen anyway, or one that is newer
            os.environ.setdefault(_KERNEL, "SkylakeX")
    elif is_refused or "avx2" in flags:
        os.environ.setdefault(_KERNEL, "Sandybridge")
