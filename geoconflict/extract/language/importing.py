"""Importing spaCy without its command line, which takes a third of the time to import it and is of no use to a reader of reports."""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Iterator
from typing import Any, Final

__all__ = ["without_command_line"]

_COMMANDS: Final = ("spacy.cli", "spacy.cli.info")


@contextlib.contextmanager
def without_command_line() -> Iterator[None]:
    """Let ``import spacy`` in this block leave out ``spacy.cli``, of which it takes the function ``info`` alone.

    ``spacy.info`` imports the command line when it is called; so does whoever imports ``spacy.cli`` afterwards. Where spaCy is
    imported already, nothing is done.
    """
    if "spacy" in sys.modules or any(name in sys.modules for name in _COMMANDS):
        yield
        return
    standing_in = {name: types.ModuleType(name) for name in _COMMANDS}
    for module in standing_in.values():
        module.__dict__.update(__path__=[], info=_info)
    sys.modules.update(standing_in)
    try:
        yield
    finally:
        for name, module in standing_in.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _info(*args: Any, **kwargs: Any) -> Any:
    """Stand for ``spacy.info``."""
    import importlib

    return importlib.import_module("spacy.cli.info").info(*args, **kwargs)
