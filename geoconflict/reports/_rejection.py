"""Why an input cannot become a report: what is wrong with it and how to repair it."""

from __future__ import annotations

__all__ = ["SIZE_REPAIR", "Rejection"]

SIZE_REPAIR = "split it, or raise reports.max_bytes in geoconflict.toml"


class Rejection(Exception):  # noqa: N818  # never leaves this room: it becomes a RunFailure or an InputError
    """Raised where an input turns out unusable; the caller knows the file and line.

    Parameters
    ----------
    what
        What is wrong, in words.
    repair
        What the user can do about it.
    line
        The line of the file, counted from 1, where the raiser knows it better than the caller.
    ends_file
        Whether the rest of the file cannot be read either.
    """

    def __init__(self, what: str, repair: str, *, line: int | None = None, ends_file: bool = False) -> None:
        super().__init__(what)
        self.what = what
        self.repair = repair
        self.line = line
        self.ends_file = ends_file
        self.external_id: str | None = None
