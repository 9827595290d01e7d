"""What is wrong with the rows of a table of others: each fault with its first rows and the repair, none in silence."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from geoconflict.errors import InputError

__all__ = ["Faults", "Faulty"]

Faulty: TypeAlias = Literal["refuse", "keep"]
"""What becomes of a table with faulty rows: refused with every fault named, or kept with what is unusable left open."""
_MOST_NAMED: Final = 5
_LONGEST_SHOWN: Final = 40


class Faults:
    """Collects faults by what is wrong.

    Parameters
    ----------
    origin
        The file, or what else the table came from.
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._found: dict[tuple[str, str], list[tuple[str, str]]] = {}

    def add(self, what: str, where: str, shown: str | None, repair: str) -> None:
        """Note that something is wrong in a row; `shown` is the cell."""
        self._found.setdefault((what, repair), []).append((where, "" if shown is None else shown))

    def lines(self) -> tuple[str, ...]:
        """Return one line a fault: what, how often, where, an example, the repair."""
        told = []
        for (what, repair), rows in self._found.items():
            named = ", ".join(where for where, _ in rows[:_MOST_NAMED])
            more = f" and {len(rows) - _MOST_NAMED} more" if len(rows) > _MOST_NAMED else ""
            count = f"{len(rows)} row" if len(rows) == 1 else f"{len(rows)} rows"
            told.append(f"{what} in {count} ({named}{more}), for example {rows[0][1][:_LONGEST_SHOWN]!r}; {repair}")
        return tuple(told)

    def settle(self, faulty: Faulty) -> tuple[str, ...]:
        """Return the faults as lines, if rows with faults are to be kept.

        Raises
        ------
        InputError
            If there are faults and they are not to be kept.
        """
        if faulty not in ("refuse", "keep"):
            msg = f"faulty: {faulty!r} is neither 'refuse' nor 'keep'"
            raise InputError(msg)
        lines = self.lines()
        if lines and faulty == "refuse":
            told = "\n".join(f"- {line}" for line in lines)
            msg = f"{self._origin}: rows that cannot be used as they are:\n{told}\nor say faulty='keep' to leave those cells open"
            raise InputError(msg)
        return lines
