"""Why something was not fetched: refused by our own rules, unwanted by the site, failed for now, or to be asked later."""

from __future__ import annotations

__all__ = ["DisallowedError", "NotFetchedError", "PostponedError", "RefusedError", "StoppedError", "TransientError"]


class NotFetchedError(Exception):
    """One address was not fetched; handled within a run and told in its account.

    Parameters
    ----------
    what
        What is wrong.
    repair
        What to do about it; empty where there is nothing to do.
    """

    def __init__(self, what: str, repair: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.repair = repair


class RefusedError(NotFetchedError):
    """It is against the rules of safety, or of a kind that is not wanted: another try would end the same."""


class DisallowedError(NotFetchedError):
    """The site's robots.txt asks programs to leave it alone."""


class TransientError(NotFetchedError):
    """It may work another time, after `wait_seconds` where the server said so."""

    def __init__(self, what: str, repair: str = "", *, wait_seconds: float | None = None) -> None:
        super().__init__(what, repair)
        self.wait_seconds = wait_seconds


class PostponedError(NotFetchedError):
    """The site is to be left alone for longer than a run waits."""


class StoppedError(NotFetchedError):
    """The run was asked to stop before it came to it."""
