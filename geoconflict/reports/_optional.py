"""Libraries of formats that a bare install does without: what to say where they are absent, and keeping them quiet."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

from geoconflict.extras import how_to_install
from geoconflict.reports._rejection import Rejection

__all__ = ["needs"]

_NOT_PRINTED = logging.NullHandler()


@contextlib.contextmanager
def needs(extra: str, *libraries: str) -> Iterator[None]:
    """Import what the optional extra `extra` installs inside this context.

    What `libraries` log is not printed: what matters of it becomes a failure with file and item.

    Raises
    ------
    Rejection
        If one of them is not installed.
    """
    try:
        yield
    except ImportError:
        what = f"reading this needs {libraries[0]}, which is not installed"
        repair = f"run {how_to_install(extra)}"
        raise Rejection(what, repair) from None
    for library in libraries:
        logging.getLogger(library).addHandler(_NOT_PRINTED)
