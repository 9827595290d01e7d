"""Why an input cannot become a report: what is wrong with it and how to repair it."""

from __future__ import annotations

from geoconflict.reports._links import ArticleLink

__all__ = ["SIZE_REPAIR", "UNDATED", "Rejection", "raise_setting"]

UNDATED = "the report has no date"
"""What is wrong, for those who know better than :mod:`._record` where a file of their form states the day."""

SIZE_REPAIR = "split it, or raise reports.max_bytes in geoconflict.toml"


def raise_setting(name: str) -> str:
    """Return how to let in what is larger than a setting of ``[reports]`` allows."""
    return f"split it, or raise reports.{name} in geoconflict.toml"


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
    link
        Where the text can be fetched, if that is all that is missing.
    """

    def __init__(
        self,
        what: str,
        repair: str,
        *,
        line: int | None = None,
        ends_file: bool = False,
        link: ArticleLink | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.repair = repair
        self.line = line
        self.item: str | None = None
        """Which item of a file of many it is, where it has no line: "entry 3"; the caller knows."""
        self.ends_file = ends_file
        self.link = link
        self.external_id: str | None = None
