"""Arrow columns of plain values, made of their buffers.

``pyarrow.array`` asks of all that it is given whether it is of pandas, and imports pandas to know: a tenth of a second and 40 MB for a
run that adds a report and draws no map.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["column"]

_MOST_BYTES: Final = 2**31 - 1
"""What 32-bit offsets reach."""


def column(kind: pa.DataType, values: Sequence[Any]) -> pa.Array:
    """Return values as a column, None as null.

    Parameters
    ----------
    kind
        Text, bytes, or numbers of 64 bits.
    values
        Each None or a str, bytes, int or float, as `kind` asks.

    Raises
    ------
    UnicodeEncodeError
        If a text holds half a surrogate pair.
    """
    import numpy as np
    import pyarrow as pa

    n_values = len(values)
    is_there = np.fromiter((value is not None for value in values), bool, n_values)
    n_nulls = n_values - int(is_there.sum())
    valid = pa.py_buffer(np.packbits(is_there, bitorder="little")) if n_nulls else None
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        dtypes = {pa.int64(): np.int64, pa.uint64(): np.uint64, pa.float64(): np.float64}
        numbers = np.array([0 if value is None else value for value in values], dtypes[kind])
        return pa.Array.from_buffers(kind, n_values, [valid, pa.py_buffer(numbers)], null_count=n_nulls)
    parts = [b"" if value is None else value.encode() if isinstance(value, str) else value for value in values]
    ends = np.cumsum(np.fromiter(map(len, parts), np.int64, n_values))
    is_long = pa.types.is_large_string(kind)
    if not is_long and n_values and ends[-1] > _MOST_BYTES:
        return pa.array(values, kind)  # in several pieces
    offsets = np.concatenate([[0], ends]).astype(np.int64 if is_long else np.int32)
    buffers = [valid, pa.py_buffer(offsets), pa.py_buffer(b"".join(parts))]
    return pa.Array.from_buffers(kind, n_values, buffers, null_count=n_nulls)
