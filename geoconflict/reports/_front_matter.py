"""YAML front matter: the lines between ``---`` and ``---`` at the start of a text.

The block is composed and never constructed: every value is read as the string that stands there. So no tag can make an
object, an alias is never expanded, and ``no`` is not False nor 2020-02-31 an exception.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from geoconflict.reports._rejection import Rejection

__all__ = ["FrontMatter", "front_matter"]

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_COLON_WITHIN = re.compile(
    r"^(?P<key>[A-Za-z_]+):[ \t]+(?P<value>[^\s\"'\[{|>&*!#%@`][^\n]*?:[ \t][^\n]*?)[ \t]*$", re.MULTILINE
)
_LARGEST = 16_000
_NULL = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a front matter and where the text goes on."""

    fields: dict[str, str]
    """Key, in lower case, to value; a list of values is joined by "; "."""
    body_start: int
    """Offset of the first character after it that is not white space."""


def front_matter(text: str) -> FrontMatter | None:
    """Return the front matter that `text` begins with, or None if it has none.

    Raises
    ------
    Rejection
        If it is not closed, too large, not YAML, no mapping, or names a key twice.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None
    closing = _CLOSING.search(text, opening.end(), opening.end() + _LARGEST)
    if closing is None:
        raise Rejection("the front matter is not closed", "put a line --- after it", line=1)
    body = re.compile(r"\s*").match(text, closing.end())
    return FrontMatter(_fields(text[opening.end() : closing.start()]), body.end() if body else closing.end())


def _with_colons_quoted(block: str) -> str:
    """Return the lines with values that hold ": " in quotes: titles of news are full of them, and people do not quote them."""
    return _COLON_WITHIN.sub(lambda line: f"{line['key']}: {json.dumps(line['value'], ensure_ascii=False)}", block)


def _fields(block: str) -> dict[str, str]:
    import yaml

    # The C parser is twelve times faster; PyYAML may be built without it.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        try:
            node = yaml.compose(block, Loader=loader)
        except yaml.MarkedYAMLError:
            if (mended := _with_colons_quoted(block)) == block:
                raise
            node = yaml.compose(mended, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 2 if mark else None
        repair = "mend it; a value that holds ': ' or begins with a special character stands in quotes"
        msg = f"the front matter is not YAML: {error.problem}"
        raise Rejection(msg, repair, line=line) from None
    except (yaml.YAMLError, RecursionError):
        raise Rejection("the front matter is not YAML", "keep it to lines of the form key: value", line=1) from None
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise Rejection("the front matter is no mapping", "keep it to lines of the form key: value", line=2)
    fields: dict[str, str] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        name = key.value.strip().casefold()
        if name in fields:
            line = key.start_mark.line + 2
            msg = f"the front matter names {name!r} twice"
            raise Rejection(msg, "keep one of the two", line=line)
        parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
        words = [part.value for part in parts if isinstance(part, yaml.ScalarNode)]
        fields[name] = "; ".join(word for word in words if word not in _NULL)
    return fields
