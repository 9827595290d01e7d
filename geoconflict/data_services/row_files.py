"""The rows of a service in a file, under the name that its own answers have for them, whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from geoconflict.errors import InputError
from geoconflict.interchange.files import check_suffix
from geoconflict.interchange.writing import replacing_with_credit

__all__ = ["Downloaded", "Say", "check_target", "nothing_said", "write_rows_of"]

Say = Callable[[str], None]


class Downloaded(NamedTuple):
    """What a download wrote."""

    path: Path
    n_rows: int
    n_pages: int


def nothing_said(_: str) -> None:
    """Say nothing."""


def check_target(out: str | os.PathLike[str]) -> Path:
    """Return the file to write, checked before anything is asked for.

    Raises
    ------
    InputError
        If its suffix is not ``.json`` or its folder does not exist.
    """
    target = Path(out)
    check_suffix(target, (".json",))
    if not target.parent.is_dir():
        msg = f"{target.parent}: there is no such folder; make it first"
        raise InputError(msg)
    return target


def write_rows_of(target: Path, member: str, rows: Sequence[dict[str, Any]], credit: Sequence[str]) -> None:
    """Write rows as the value of one member of a JSON object, with the credit beside the file."""
    with replacing_with_credit(target, credit) as temporary:
        text = json.dumps({member: rows}, ensure_ascii=False, indent=0)
        temporary.write_bytes(text.encode("utf-8", "backslashreplace"))
