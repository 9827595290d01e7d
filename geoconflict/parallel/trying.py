"""What is done when a worker dies over its work: try again, then item by item, and name what cannot be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from geoconflict.errors import WorkerError

__all__ = ["Lost", "TooLongError", "WorkerDiedError", "persevere"]

_ENOUGH_TO_JUDGE = 5
"""So many items in a row that each ended their worker say more of the machine than of the items."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for the result of an item that no worker could finish."""

    why: str


class WorkerDiedError(Exception):
    """The worker ended over a chunk: a crash, the system short of memory, a kill."""


class TooLongError(Exception):
    """A chunk took longer than is allowed, and its worker was ended."""


def persevere(
    ask: Callable[[Sequence[Any]], list[Any]], items: Sequence[Any], *, chunk_tries: int, item_tries: int
) -> list[Any]:
    """Return a result for each item, :class:`Lost` where workers do not survive it.

    Parameters
    ----------
    ask
        Has a worker do a chunk.
    items
        The chunk.
    chunk_tries, item_tries
        How often the chunk is tried, then each of its items alone. What took too long is not tried again as it was.

    Raises
    ------
    WorkerError
        If every one of several items ended its worker: then the machine is at fault, and no item is blamed.
    """
    died = 0
    for _ in range(chunk_tries if len(items) > 1 else item_tries):
        try:
            return ask(items)
        except TooLongError as error:
            if len(items) == 1:
                return [Lost(str(error))]
            break
        except WorkerDiedError as error:
            died += 1
            why = str(error)
    if len(items) == 1:
        return [Lost(f"ended the worker that read it, {died} times of {died}: {why}")]
    alone = [persevere(ask, [item], chunk_tries=1, item_tries=item_tries)[0] for item in items]
    if len(alone) >= _ENOUGH_TO_JUDGE and all(isinstance(one, Lost) for one in alone):
        msg = f"each of {len(alone)} items in a row was lost with its worker ({alone[0].why}); ask for fewer workers or higher limits"
        raise WorkerError(msg)
    return alone
