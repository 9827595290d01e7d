"""The keys under which a name is looked for: as it stands, with its Arabic article changed, without its administrative word."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable
from importlib import resources

from geoconflict.places.names import ARTICLE, abbreviation_key, fold

__all__ = ["article_variants", "exact_keys", "without_admin_word"]


_MOST_WORDS = 12
"""No name has more; a text given as a name may."""
_NAMED_AFTER = frozenset({"camp"})
"""What is called so, with the name right behind it, has that from a person more often than from a town: "Camp X"."""


def exact_keys(name: str) -> Iterable[str]:
    """Yield the keys under which a name may be kept as it is: as an abbreviation, folded, without "the", without what follows in brackets or after a comma."""
    short = abbreviation_key(name.strip())
    if short is not None:
        yield short
    folded = fold(name)
    yield folded
    if folded.startswith("the "):
        yield folded.removeprefix("the ")
    head = re.split(r"\s*[(,]", name.strip(), maxsplit=1)[0]  # "Myanmar (Burma)", "Bakhmut, Donetsk oblast"
    if head != name.strip():
        yield fold(head)


def article_variants(folded: str) -> Iterable[str]:
    """Yield keys with Arabic articles left out, and with one in front: "deir al balah" -> "deir balah"; "fashir" -> "al fashir"."""
    words = folded.split(" ")
    without = [word for word in words if word != ARTICLE]
    if without and len(without) < len(words):
        yield " ".join(without)
    elif folded:
        yield f"{ARTICLE} {folded}"
        for index in range(1, min(len(words), _MOST_WORDS)):
            yield " ".join([*words[:index], ARTICLE, *words[index:]])


@functools.cache
def _admin_words() -> tuple[tuple[str, frozenset[str]], ...]:
    path = resources.files("geoconflict.resources") / "gazetteer" / "admin_words.toml"
    tables: dict[str, dict[str, list[str]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    found = [(fold(word), frozenset(table["kinds"])) for table in tables.values() for word in table["words"]]
    return tuple(sorted(found, key=lambda one: (-len(one[0]), one[0])))


def without_admin_word(folded: str) -> Iterable[tuple[str, frozenset[str]]]:
    """Yield (rest of the name, kinds it may be of) for names like "x town", "town of x", "the x province"."""
    folded = folded.removeprefix("the ")
    for word, kinds in _admin_words_in(folded):
        if folded.endswith(f" {word}"):
            yield folded.removesuffix(f" {word}"), kinds
        bare = () if word in _NAMED_AFTER else (f"{word} ",)
        for opening in (f"{word} of ", f"{word} de ", *bare):
            if folded.startswith(opening) and len(folded) > len(opening):
                yield folded.removeprefix(opening).removeprefix("the "), kinds
                break


def _admin_words_in(folded: str) -> Iterable[tuple[str, frozenset[str]]]:
    """Return the administrative words that a name may begin or end with, in their order; most names have none."""
    words = folded.split(" ")
    if len(words) == 1 or _edges().isdisjoint((words[0], words[-1])):
        return ()
    return _admin_words()


@functools.cache
def _edges() -> frozenset[str]:
    """Return the words that administrative words begin or end with."""
    return frozenset(part for word, _ in _admin_words() for part in (word.split(" ")[0], word.split(" ")[-1]))
