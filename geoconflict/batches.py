"""What comes one by one, taken some at a time."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TypeVar

__all__ = ["in_batches"]

T = TypeVar("T")


def in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of `size`, the last of which may be shorter and none of which is empty."""
    iterator = iter(items)
    while batch := list(itertools.islice(iterator, size)):
        yield batch
