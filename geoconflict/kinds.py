"""What kind of thing an argument is, where what a wrong one breaks later would say little."""

from __future__ import annotations

import reprlib

from geoconflict.errors import InputError

__all__ = ["check_kind"]


def check_kind(value: object, kind: type, wanted: str) -> None:
    """Refuse an argument of another kind.

    Parameters
    ----------
    value
        As it was given.
    kind
        What it is to be.
    wanted
        What is wanted, in words, for the error; perhaps with how to make one.

    Raises
    ------
    InputError
        If it is of another kind.
    """
    if not isinstance(value, kind):
        msg = f"{wanted} is needed, not {reprlib.repr(value)}"
        raise InputError(msg)
