"""One writer at a time in the folder of installed places."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from geoconflict.atomic import locked
from geoconflict.errors import GazetteerError, InputError
from geoconflict.places.installed import MANIFEST_FILE

__all__ = ["one_writer"]


@contextlib.contextmanager
def one_writer(folder: Path) -> Iterator[None]:
    """Make the folder, and keep other writers out of it while the block runs; a process that dies lets go by itself.

    An installation takes minutes, so a second one is told rather than kept waiting.

    Raises
    ------
    GazetteerError
        If another process is writing there.
    InputError
        If the folder cannot be made or written.
    """
    with contextlib.ExitStack() as held:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(folder / MANIFEST_FILE, wait=False))
        except BlockingIOError as error:
            msg = f"{folder}: another `geoconflict gazetteer` is at work there; run this one again when it has finished"
            raise GazetteerError(msg) from error
        except OSError as error:
            msg = (
                f"{folder}: cannot be made or written ({error.strerror or error}); free disk space, allow writing, or name "
                "another in places.data_dir"
            )
            raise InputError(msg) from error
        yield
