"""On which line of a ``geoconflict.toml`` a key stands: the reader of the standard library does not say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from geoconflict.errors import ConfigError

__all__ = ["KeyPath", "Where", "shown"]

KeyPath: TypeAlias = tuple[str | int, ...]
"""Names of tables and a key, with the number from 0 of each table of a list: ``("maps", 1, "phases", 0, "label")``."""

_HEADER = re.compile(r"\s*(\[{1,2})\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_NAMED = re.compile(r"\b(?:(reports|extract|places|store|maps)\.([a-z_]+)|(maps_dir))\b(?!\()")
_LONG = re.compile(r'"""|' + "'''")


@dataclass(frozen=True, slots=True)
class Where:
    """A settings file and its text."""

    file: Path
    text: str
    faults: list[tuple[int, str]] = field(default_factory=list, repr=False, compare=False)
    """What is wrong, with the line of each, 0 for none: :meth:`refuse` notes it."""

    def refuse(self, path: KeyPath, what: str) -> None:
        """Note `what` is wrong with the key or table at `path`; :meth:`raise_faults` tells all of it at once."""
        fault = (self.line(path) or 0, what)
        if fault not in self.faults:
            self.faults.append(fault)

    def raise_faults(self) -> None:
        """Raise a :class:`ConfigError` that names the file and each fault with its line, if there is any."""
        told = [f"line {line}: {what}" if line else what for line, what in sorted(self.faults)]
        if len(told) == 1:
            msg = f"{self.file}{', ' if self.faults[0][0] else ': '}{told[0]}"
            raise ConfigError(msg)
        if told:
            msg = "\n  ".join([f"{self.file}: {len(told)} faults:", *told])
            raise ConfigError(msg)

    def located(self, message: str, maps: Sequence[Any]) -> str:
        """Return `message` with the file and the line of the first setting that it names; as it is where it names none.

        Parameters
        ----------
        message
            What is wrong with a setting that only its use could tell, naming it as ``places.overrides``.
        maps
            The settings of the maps: a message about one of them quotes the value that is wrong.
        """
        named = _NAMED.search(message)
        if named is None or message.startswith(str(self.file)):
            return message
        section, key, alone = named.groups()
        path: KeyPath = (alone,) if alone else (section, key)
        if section == "maps":
            values = [_values(getattr(one, key, None)) for one in maps]
            quoted = [number for number, some in enumerate(values) if any(repr(one) in message for one in some)]
            told = [number for number, some in enumerate(values) if any(str(one) in message for one in some)]
            path = ("maps", (quoted or told or [0])[0], key)
        line = self.line(path)
        return f"{self.file}, line {line}: {message}" if line else message

    def line(self, path: KeyPath) -> int | None:
        """Return the line, from 1, of the key or table at `path`; else that of the table around it, else None."""
        lines: dict[KeyPath, int] = {}
        counts: dict[KeyPath, int] = {}
        table: KeyPath = ()
        is_inside_long = False
        for number, line in enumerate(self.text.splitlines(), start=1):
            if is_inside_long:
                is_inside_long = len(_LONG.findall(line)) % 2 == 0
                continue
            if header := _HEADER.match(line):
                table = _table(_names(header[2]), counts, is_list=header[1] == "[[")
                lines.setdefault(table, number)
            elif key := _KEY.match(line):
                lines.setdefault((*table, *_names(key[1])), number)
                is_inside_long = len(_LONG.findall(line)) % 2 == 1
        while path and path not in lines:
            path = path[:-1]
        return lines.get(path)


def _values(value: Any) -> tuple[Any, ...]:
    """Return a value, or those of a list, without those that are empty."""
    return tuple(one for one in (value if isinstance(value, tuple) else (value,)) if one)


def shown(path: KeyPath) -> str:
    """Return a path as people write it: ``maps.phases.label``."""
    return ".".join(str(part) for part in path if isinstance(part, str))


def _names(dotted: str) -> KeyPath:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _table(names: KeyPath, counts: dict[KeyPath, int], *, is_list: bool) -> KeyPath:
    """Return the path of a table, with the numbers of the tables of lists that it is in; `counts` counts those."""
    path: KeyPath = ()
    for depth, name in enumerate(names, start=1):
        path = (*path, name)
        if depth == len(names) and is_list:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
