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


Ask = Callable[[Sequence[Any]], list[Any]]
"""Has a worker do some items; raises :class:`WorkerDiedError` or :class:`TooLongError` where it does not survive."""


def persevere(ask: Ask, ask_alone: Ask, items: Sequence[Any], *, chunk_tries: int, item_tries: int) -> list[Any]:
    """Return a result for each item, :class:`Lost` where workers do not survive it.

    Parameters
    ----------
    ask
        Has a worker do a chunk.
    ask_alone
        The same for one item that is under suspicion.
    items
        The chunk.
    chunk_tries, item_tries
        How often the chunk is tried, then each of its items alone. What took too long is not tried again as it was.

    Raises
    ------
    WorkerError
        If every one of several items ended its worker: then the machine is at fault, and no item is blamed.
    """
    for _ in range(chunk_tries):
        try:
            return ask(items)
        except TooLongError as error:
            if len(items) == 1:
                return [Lost(str(error))]
            break
        except WorkerDiedError:
            continue
    alone = [_alone(ask_alone, item, item_tries) for item in items]
    if len(alone) >= _ENOUGH_TO_JUDGE and all(isinstance(one, Lost) for one in alone):
        msg = f"each of {len(alone)} items in a row was lost with its worker ({alone[0].why}); ask for fewer workers or higher limits"
        raise WorkerError(msg)
    return alone


def _alone(ask: Ask, item: Any, tries: int) -> Any:
    why = ""
    for _ in range(tries):
        try:
            return ask([item])[0]
        except TooLongError as error:
            return Lost(str(error))
        except WorkerDiedError as error:
            why = str(error)
    return Lost(f"ended every worker that read it: {why}")
