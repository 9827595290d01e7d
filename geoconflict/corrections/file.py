"""The corrections file: JSON lines, one entry a line, only ever appended to; two that were merged in git are one."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from geoconflict.atomic import locked
from geoconflict.corrections.entry import Correction
from geoconflict.corrections.standing import order_of
from geoconflict.errors import InputError
from geoconflict.ids import fingerprint
from geoconflict.visible import visible, visible_json

__all__ = ["Corrections", "append_corrections", "corrections_of", "load_corrections"]

_MOST_FAULTS = 20


class Corrections:
    """The entries of a corrections file, in the order of their instants, then of their ids: that of the lines does not count."""

    def __init__(self, entries: Iterable[Correction] = ()) -> None:
        unique = {entry.entry_id: entry for entry in entries}
        # What was decided in one instant, as in one sheet: that all else is right comes before what is not.
        self._entries = sorted(unique.values(), key=order_of)

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Correction]:
        return iter(self._entries)

    @property
    def key(self) -> str:
        """The key of all that they say; "" of none."""
        return fingerprint(*(entry.entry_id.encode() for entry in self._entries)) if self._entries else ""

    def to_text(self) -> str:
        """Return the lines of a file with these entries."""
        return "".join(line_of(entry) for entry in self._entries)


def line_of(entry: Correction) -> str:
    """Return the line of an entry, with its end."""
    return visible_json(json.dumps(entry.to_dict(), ensure_ascii=False)) + "\n"


def load_corrections(path: str | os.PathLike[str]) -> Corrections:
    """Return the entries of a corrections file; one that is not there yet holds none.

    Raises
    ------
    InputError
        If it cannot be read or holds faults: all are in the message, each with its line.
    """
    file = Path(path)
    try:
        content = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Corrections()
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{file}: the corrections file cannot be read: {error}; save it as UTF-8"
        raise InputError(msg) from error
    return corrections_of(content, str(file))


def corrections_of(content: str, name: str) -> Corrections:
    """Return the entries of the content of a corrections file (:func:`load_corrections`); `name` is for messages."""
    entries: list[Correction] = []
    faults: list[str] = []
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            if not isinstance(data, dict):
                msg = "not a JSON object"
                raise ValueError(msg)  # noqa: TRY004, TRY301
            entries.append(Correction.from_dict(data))
        except RecursionError:
            faults.append(f"  line {number}: values are nested without end")
        except (ValueError, TypeError, OverflowError) as error:
            why = "not JSON; a merge may have left its marks" if isinstance(error, json.JSONDecodeError) else str(error)
            faults.append(f"  line {number}: {visible(why)[:300]}")
    if faults:
        more = [f"  ... and {len(faults) - _MOST_FAULTS} more"] if len(faults) > _MOST_FAULTS else []
        listed = "\n".join([*faults[:_MOST_FAULTS], *more])
        msg = f"{name}: {len(faults)} entries of the corrections file cannot be used; mend or remove these lines:\n{listed}"
        raise InputError(msg)
    return Corrections(entries)


def append_corrections(path: str | os.PathLike[str], entries: Sequence[Correction]) -> int:
    """Append entries to a corrections file, which is made where absent; return how many are new.

    What stands there stays, byte for byte. Processes that append at once wait for each other; a line is written whole and synced.

    Raises
    ------
    InputError
        If the file holds faults; it is then left as it is.
    """
    file = Path(path).resolve()
    with locked(file):
        there = {entry.entry_id for entry in load_corrections(file)}
        new = [entry for entry in entries if entry.entry_id not in there]
        if new:
            with file.open("ab+") as opened:
                end = opened.seek(0, os.SEEK_END)
                needs_end = False
                if end:
                    opened.seek(end - 1)
                    needs_end = opened.read(1) not in (b"\n", b"\r")
                lines = "".join(line_of(entry) for entry in new)
                opened.write((("\n" if needs_end else "") + lines).encode("utf-8", "surrogatepass"))
                opened.flush()
                os.fsync(opened.fileno())
    return len(new)
