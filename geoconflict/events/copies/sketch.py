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

__all__ = ["bands_of", "n_equal", "sketch_of", "sketches_of"]

_AT_ONCE = 4096
"""Shingles that are hashed at a time, so that a long text takes no more memory than a short one."""


def sketch_of(norms: Sequence[str]) -> bytes:
    """Return the sketch of a text given as words, 4 bytes a hash; empty where it is too short to be compared."""
    return sketches_of([norms])[0]


def sketches_of(texts: Sequence[Sequence[str]]) -> list[bytes]:
    """Return the sketches of several texts, as :func:`sketch_of` does: short ones are hashed together."""
    import numpy as np

    rules = copy_rules()
    least: dict[int, Numbers] = {}
    waiting: list[tuple[int, Numbers]] = []
    n_waiting = 0

    def hash_waiting() -> None:
        for number, hashes in zip(
            (number for number, _ in waiting), _least([part for _, part in waiting]), strict=True
        ):
            least[number] = np.minimum(least[number], hashes) if number in least else hashes
        waiting.clear()

    for number, norms in enumerate(texts):
        if len(norms) < max(rules.least_words, rules.shingle):
            continue
        words = np.array([zlib.crc32(norm.encode("utf-8", "surrogatepass")) for norm in norms], np.uint64)
        for start in range(0, len(words) - rules.shingle + 1, _AT_ONCE):
            part = words[start : start + _AT_ONCE + rules.shingle - 1]
            if n_waiting + len(part) > _AT_ONCE + rules.shingle:
                hash_waiting()
                n_waiting = 0
            waiting.append((number, part))
            n_waiting += len(part)
    hash_waiting()
    return [
        (least[number] >> np.uint64(32)).astype("<u4").tobytes() if number in least else b""
        for number in range(len(texts))
    ]


def _least(parts: Sequence[Numbers]) -> list[Numbers]:
    """Return the least hash of the shingles of each part, given as words, under each of the functions."""
    import numpy as np

    if not parts:
        return []
    rules = copy_rules()
    words = np.concatenate(parts)
    n = len(words) - rules.shingle + 1
    shingles = np.zeros(n, np.uint64)
    for at in range(rules.shingle):
        shingles = _mixed(shingles ^ words[at : at + n])
    # Those that begin in one part and end in the next are of no text.
    ends = np.cumsum([len(part) for part in parts])
    inside = np.ones(n, bool)
    for end in ends[:-1].tolist():
        inside[end - rules.shingle + 1 : end] = False
    lengths = [len(part) - rules.shingle + 1 for part in parts]
    factors, addends = _functions(rules.hashes)
    hashed = factors[:, None] * shingles[inside][None, :] + addends[:, None]
    found = np.minimum.reduceat(hashed, np.cumsum([0, *lengths[:-1]]), axis=1)
    return list(found.T)


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
