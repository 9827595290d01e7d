"""ES modules to one classic script: how the page's code gets into a file that may load nothing.

A page opened from disk cannot import modules, so each becomes a function that returns what it exports, in an order in
which every module stands after those it imports. Comments that hold types alone are left out; nothing else of the source is
changed, so a developer reads in the browser what stands in ``assets/``. Understood are the forms the modules keep to: ``import { a, b as c } from "./name.js";`` at the
head, and ``export`` before a function, class or constant. Anything else is an error, not a guess.
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
_TYPES: Final = re.compile(r"^[ \t]*/\*\* @[^\n]*\*/\n|^([ \t]*)/\*\*\n(?:\1 \* @[^\n]*\n)+\1 \*/\n", re.MULTILINE)
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
    body = _EXPORT.sub("", _IMPORT.sub("", _TYPES.sub("", source)))
    odd = _LEFT_OVER.search(body)
    if odd:
        msg = f"{name}.js: cannot inline {odd[0]!r}; write imports as {{ names }} and exports before what they name"
        raise MapError(msg)
    return _Module(imports, tuple(found[1] for found in _EXPORT.finditer(source)), body.strip("\n"))


def _as_function(name: str, module: _Module) -> str:
    taken = [f"const {{ {names} }} = ${imported};" for imported, names in module.imports]
    given = f"return {{ {', '.join(module.exports)} }};"
    return "\n".join([f"// {name}.js", f"const ${name} = (() => {{", *taken, module.source, given, "})();"])
