"""Sketches of texts by MinHash, and the bands in which alike sketches meet (Broder 1997; Leskovec et al., ch. 3).

A sketch is the least hash of all shingles under each of 64 hash functions: the share of equal hashes of two sketches
estimates the share of equal shingles (Jaccard). Two hashes at a time make a band; texts with an equal band are candidates.
The functions are fixed numbers, so a text has one sketch on every machine.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geoconflict.events.copies.rules import copy_rules

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.uint64]

__all__ = ["bands_of", "n_equal", "sketch_of"]

_AT_ONCE = 4096
"""Shingles that are hashed at a time, so that a long text takes no more memory than a short one."""


def sketch_of(norms: Sequence[str]) -> bytes:
    """Return the sketch of a text given as words, 4 bytes a hash; empty where it is too short to be compared."""
    import numpy as np

    rules = copy_rules()
    if len(norms) < max(rules.least_words, rules.shingle):
        return b""
    words = np.array([zlib.crc32(norm.encode("utf-8", "surrogatepass")) for norm in norms], np.uint64)
    n = len(words) - rules.shingle + 1
    shingles = np.zeros(n, np.uint64)
    for at in range(rules.shingle):
        shingles = _mixed(shingles ^ words[at : at + n])
    shingles = np.unique(shingles)
    factors, addends = _functions(rules.hashes)
    least = np.full(rules.hashes, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(shingles), _AT_ONCE):
        part = shingles[start : start + _AT_ONCE]
        hashed = factors[:, None] * part[None, :] + addends[:, None]
        np.minimum(least, hashed.min(axis=1), out=least)
    return (least >> np.uint64(32)).astype("<u4").tobytes()


def bands_of(sketch: bytes) -> tuple[int, ...]:
    """Return the bands of a sketch, each as one number of 64 bits with a sign, as SQLite keeps them."""
    if not sketch:
        return ()
    import numpy as np

    rows = copy_rules().rows
    hashes = np.frombuffer(sketch, "<u4").astype(np.uint64).reshape(-1, rows)
    bands = np.arange(1, len(hashes) + 1, dtype=np.uint64)
    for at in range(rows):
        bands = _mixed(bands ^ hashes[:, at])
    return tuple(bands.view(np.int64).tolist())


def n_equal(a: bytes, b: bytes) -> int:
    """Return how many hashes of two sketches are equal."""
    return sum(a[at : at + 4] == b[at : at + 4] for at in range(0, min(len(a), len(b)), 4))


def _mixed(numbers: Numbers) -> Numbers:
    """Spread numbers over all 64 bits (the finishing step of SplitMix64)."""
    import numpy as np

    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


@functools.cache
def _functions(n: int) -> tuple[Numbers, Numbers]:
    """Return the factors, all odd, and the addends of `n` hash functions of the form a x + b modulo 2**64."""
    import numpy as np

    drawn = _mixed(np.arange(1, 2 * n + 1, dtype=np.uint64) << np.uint64(20))
    return drawn[:n] | np.uint64(1), drawn[n:]
