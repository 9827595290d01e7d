"""ES modules to one classic script: how the page's code gets into a file that may load nothing.

A page opened from disk cannot import modules, so each becomes a function that returns what it exports, in an order in
which every module stands after those it imports. Comments, indentation and empty lines are left
out, a fifth of the whole; the lines are those of ``assets/``, so a developer finds them in the browser. Understood are the
forms the modules keep to: ``import { a, b as c } from "./name.js";`` at the head, and ``export`` before a function, class or constant. Anything else is an error, not a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from geoconflict.errors import MapError

__all__ = ["bundle_modules", "imported_modules"]

_IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "\./([\w.]+)\.js";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:(?:async )?function|class|const) (\w+))", re.MULTILINE)
_ASIDE: Final = re.compile(r"(?<!['\"`])/\*\* @type \{[^\"'`]*?\} \*/ (?=\()|(?<=[;{},(\[]) // [^\"'`/]*$")
"""A type said of a value, or a remark at the end of a line: neither can stand in a string, which ends on its line."""
_LEFT_OVER: Final = re.compile(r"^(?:import|export)\b[^\n]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Module:
    imports: tuple[tuple[str, str], ...]
    """Names of modules, and what is taken from each as the inside of a destructuring pattern."""
    exports: tuple[str, ...]
    source: str


def bundle_modules(entry: str, read: Callable[[str], str], *, namespace: str) -> str:
    """Return one classic script that runs module `entry` and all it imports.

    Parameters
    ----------
    entry
        Name of the first module, without ``.js``.
    read
        Returns the source of a module by its name.
    namespace
        Global variable that gets what `entry` exports.

    Raises
    ------
    MapError
        If modules import each other in a circle, or use a form of import or export that is not understood.
    """
    modules: dict[str, _Module] = {}

    def add(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            msg = f"scripts import each other in a circle: {' -> '.join((*path, name))}"
            raise MapError(msg)
        if name in modules:
            return
        module = _read_module(name, read(name))
        for imported, _ in module.imports:
            add(imported, (*path, name))
        modules[name] = module

    add(entry, ())
    parts = [_as_function(name, module) for name, module in modules.items()]
    return "\n".join(['"use strict";', "(() => {", *parts, f"window.{namespace} = $" + entry + ";", "})();", ""])


def imported_modules(source: str) -> list[str]:
    """Return the names of the modules that a module imports, without ``.js``."""
    return [found[2] for found in _IMPORT.finditer(source)]


def _read_module(name: str, source: str) -> _Module:
    imports = tuple(
        (found[2], re.sub(r"(\w+) as (\w+)", r"\1: \2", found[1].strip())) for found in _IMPORT.finditer(source)
    )
    body = _EXPORT.sub("", _IMPORT.sub("", source))
    odd = _LEFT_OVER.search(body)
    if odd:
        msg = f"{name}.js: cannot inline {odd[0]!r}; write imports as {{ names }} and exports before what they name"
        raise MapError(msg)
    return _Module(imports, tuple(found[1] for found in _EXPORT.finditer(source)), _bare(name, body))


def _bare(name: str, source: str) -> str:
    """Return a source without comments, indentation and empty lines.

    Raises
    ------
    MapError
        If a line ends within a template string, in which all of this would mean something, or code follows a comment.
    """
    kept = []
    is_comment = False
    for line in map(str.strip, source.split("\n")):
        is_cast = not is_comment and line.startswith("/*") and "*/" in line and not line.endswith("*/")
        if is_comment or (line.startswith("/*") and not is_cast):
            is_comment = "*/" not in line
            if not is_comment and not line.endswith("*/"):
                msg = f"{name}.js: cannot inline {line!r}; write no code behind a comment of several lines"
                raise MapError(msg)
        elif line and not line.startswith("//"):
            if line.replace("\\`", "").count("`") % 2:
                msg = f"{name}.js: cannot inline {line!r}; write strings on one line"
                raise MapError(msg)
            kept.append(_ASIDE.sub("", line))
    return "\n".join(kept)


def _as_function(name: str, module: _Module) -> str:
    taken = [f"const {{ {names} }} = ${imported};" for imported, names in module.imports]
    given = f"return {{ {', '.join(module.exports)} }};"
    return "\n".join([f"// {name}.js", f"const ${name} = (() => {{", *taken, module.source, given, "})();"])
