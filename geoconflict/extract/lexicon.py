"""The lexicons as data: readers of the TOML and CSV files in ``geoconflict/resources/lexicons``.

Users add to a lexicon of :data:`EXTENDABLE` with TOML files of their own (setting ``extract.lexicons``): a table named like the lexicon, with
the same keys. Lists are added to, tables merged, single values replaced.
"""

from __future__ import annotations

import csv
import functools
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar, cast

from geoconflict.errors import ConfigError
from geoconflict.ids import files_fingerprint

__all__ = [
    "EXTENDABLE",
    "FIXED",
    "any_form",
    "kept_by_content",
    "lexicon_rows",
    "lexicon_words",
    "read_capitals_of_peoples",
    "read_demonyms",
    "read_lexicon",
    "read_people",
]

EXTENDABLE: Final = frozenset(
    {"actors", "attribution", "leaders", "organisations", "persons", "places", "speech", "triggers"}
)
"""The lexicons that users may add to; the others are grammar, weights and units, read as they stand in the package."""

FIXED: Final[Mapping[str, frozenset[str]]] = {
    "attribution": frozenset({"communique_qualities", "communiques", "communiques_of_anyone"}),
    "leaders": frozenset({"fallen", "leading", "loyal", "of_state", "ranks"}),
    "places": frozenset({
        "also_words", "bare_sides", "before_near_adjectives", "between_two", "capital_cities", "compound_links",
        "compound_prefixes", "creeds", "days_behind", "empty_cell_abbreviations", "foreign_links", "hotels", "hyphen_parts",
        "joined_abbreviations", "land_nouns", "likening", "line_heads", "name_particles", "near_adjectives", "near_phrases", "no_parts_of_names", "of_other_capitals", "peoples_of_no_capital", "saints",
        "saints_houses", "services", "streets", "things_after_places", "unlisted_words",
    }),
    "speech": frozenset({"acting"}),
}  # fmt: skip
"""The lists of those lexicons that are read as they stand in the package, too."""

_FOLDER = resources.files("geoconflict.resources") / "lexicons"
_P = ParamSpec("_P")
_R = TypeVar("_R")


def kept_by_content(*, maxsize: int) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Return a decorator that keeps what a function made of the user's files until one of them holds something else.

    The keys of the stages tell what the files hold, not where they lie; an edited file must be read anew under its new key.

    Parameters
    ----------
    maxsize
        How many results are kept.

    Returns
    -------
    decorator
        For functions called by position, whose last argument, where it is a tuple, is the paths of the user's files.
    """

    def decorate(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @functools.lru_cache(maxsize=maxsize)
        def made(_held: tuple[str, ...], *args: Any) -> Any:
            return cast("Callable[..., _R]", function)(*args)

        @functools.wraps(function)
        def kept(*args: Any) -> Any:
            extras = args[-1] if args and isinstance(args[-1], tuple) else ()
            held = tuple(files_fingerprint([Path(extra)]) for extra in extras) if extras else ()
            return made(held, *args)

        return cast("Callable[_P, _R]", kept)

    return decorate


@kept_by_content(maxsize=32)
def read_lexicon(name: str, extras: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Return the lexicon `name` as its TOML tables, with what the user's files add.

    Parameters
    ----------
    name
        The file name without suffix: ``places``, ``persons``, ``organisations``, ``speech``, ``triggers`` ...
    extras
        Paths of the user's TOML files, each with tables named like the lexicons they add to.

    Returns
    -------
    tables
        Shared between callers: not to be changed.

    Raises
    ------
    ConfigError
        If a user's file is absent, is not TOML, has a table that cannot be added to or that no lexicon has, or gives another kind of value than the
        built-in lexicon has. The message names the file and the key.
    """
    tables: dict[str, Any] = tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))
    for extra in extras:
        added = _read_extra(extra).get(name, {})
        if not isinstance(added, dict):
            msg = f"{extra}: '{name}' must be a table, written [{name}]"
            raise ConfigError(msg)
        for key in added:
            if key not in tables:
                msg = f"{extra}: unknown table '{name}.{key}'; there are {', '.join(sorted(tables))}"
                raise ConfigError(msg)
            if key in FIXED.get(name, ()):
                rest = sorted(set(tables) - FIXED[name])
                msg = f"{extra}: '{name}.{key}' cannot be added to; what can of '{name}' is {', '.join(rest)}"
                raise ConfigError(msg)
        tables = _merged(tables, added, where=f"{extra}: {name}")
    return tables


def lexicon_rows(name: str, table: str, extras: tuple[str, ...] = ()) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Return the rows of an array of tables, written ``[[table]]``, the built-in ones first.

    Returns
    -------
    rows
        For each row the file it stands in ("actors.toml" for the built-in lexicon), the file with the line of its head
        where that can be told ("mine.toml, line 12"), and the row itself, which may hold anything.

    Raises
    ------
    ConfigError
        As :func:`read_lexicon`.
    """
    read_lexicon(name, extras)  # finds the faults of the files as a whole
    text = (_FOLDER / f"{name}.toml").read_text("utf-8")
    given = [(f"{name}.toml", text, table, tomllib.loads(text).get(table, []))]
    for extra in extras:
        rows = _read_extra(extra).get(name, {}).get(table, [])
        given.append((extra, Path(extra).read_text("utf-8"), f"{name}.{table}", rows))
    found: list[tuple[str, str, Mapping[str, Any]]] = []
    for file, source, key, rows in given:
        head = re.compile(rf"\s*\[\[\s*{re.escape(key)}\s*\]\]")
        lines = [number for number, line in enumerate(source.splitlines(), 1) if head.match(line)]
        for at, row in enumerate(rows):
            where = f"{file}, line {lines[at]}" if len(lines) == len(rows) else f"{file}, row {at + 1} of {key}"
            if not isinstance(row, dict):
                msg = f"{where}: must be a table, written [[{key}]], not {row!r}"
                raise ConfigError(msg)
            found.append((file, where, row))
    return found


def any_form(forms: Iterable[str]) -> str:
    """Return the source of a regular expression for any of `forms`, the longest first, with any blanks between words."""
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(set(forms), key=lambda f: (-len(f), f)))


@kept_by_content(maxsize=256)
def lexicon_words(name: str, key: str, extras: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the words listed under `key` of the lexicon `name`, as written there."""
    return frozenset(read_lexicon(name, extras)[key])


@functools.lru_cache(maxsize=1)
def read_people() -> frozenset[str]:
    """Return the nouns for persons, in lower case, with their plurals: "ferryman", "ferrymen"."""
    table = read_lexicon("casualties")["people"]
    nouns = set(table["nouns"])
    plurals = {f"{noun}s" for noun in nouns} | {f"{noun[:-1]}ies" for noun in nouns if noun.endswith("y")}
    plurals |= {f"{noun[:-3]}men" for noun in nouns if noun.endswith("man")}
    return frozenset(nouns | plurals | set(table["irregular"]))


@functools.lru_cache(maxsize=1)
def read_demonyms() -> Mapping[str, str | None]:
    """Return demonym (lower case) -> ISO 3166-1 alpha-3 of the country, or None for a people without one.

    Adjectives, nouns and plurals are keys of their own: ``dutch``, ``dutchman``, ``dutchmen``. A word that serves two
    countries ("congolese") is given the larger one.
    """
    text = (_FOLDER / "demonyms.csv").read_text("utf-8")
    return {row["demonym"]: row["country"] or None for row in csv.DictReader(text.splitlines())}


@functools.lru_cache(maxsize=1)
def read_capitals_of_peoples() -> Mapping[str, tuple[str, ...]]:
    """Return the adjective of a people that is no country's (lower case) -> the spellings of its capital (lower case)."""
    lines = (_FOLDER / "capitals_of_peoples.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["people"]: tuple(row["capital"].lower().split("|")) for row in rows}


def _read_extra(path: str) -> dict[str, Any]:
    try:
        tables = tomllib.loads(Path(path).read_text("utf-8"))
    except FileNotFoundError:
        msg = f"{path}: there is no such lexicon; mend `extract.lexicons` in geoconflict.toml"
        raise ConfigError(msg) from None
    except (
        ValueError,
        RecursionError,
    ) as error:  # besides what is no TOML or UTF-8: numbers too long, brackets too deep
        is_plain = isinstance(error, UnicodeDecodeError | tomllib.TOMLDecodeError)
        why = error if is_plain else "a number is too long, or brackets too deep"
        msg = f"{path}: not a TOML file in UTF-8: {why}"
        raise ConfigError(msg) from error
    for key in tables:
        if key not in EXTENDABLE:
            is_fixed = (_FOLDER / f"{key}.toml").is_file()
            why = f"the lexicon '{key}' cannot be added to" if is_fixed else f"unknown table '{key}'"
            msg = f"{path}: {why}; the lexicons that can be added to are {', '.join(sorted(EXTENDABLE))}"
            raise ConfigError(msg)
    return tables


def _merged(base: Mapping[str, Any], added: Mapping[str, Any], *, where: str) -> dict[str, Any]:
    merged = dict(base)
    for key, value in added.items():
        old = base.get(key)
        if old is None:
            merged[key] = value
        elif isinstance(old, list) and isinstance(value, list):
            merged[key] = [*old, *_new_items(old, value)]
        elif isinstance(old, dict) and isinstance(value, dict):
            merged[key] = _merged(old, value, where=f"{where}.{key}")
        elif type(old) is type(value) and not isinstance(old, list | dict):
            merged[key] = value
        else:
            msg = f"{where}.{key} must be {_kind(old)}, not {_kind(value)}"
            raise ConfigError(msg)
    return merged


def _new_items(old: list[Any], added: Iterable[Any]) -> list[Any]:
    return [item for item in added if item not in old]


def _kind(value: Any) -> str:
    return {list: "a list", dict: "a table", str: "a string", bool: "true or false"}.get(type(value), "a number")
