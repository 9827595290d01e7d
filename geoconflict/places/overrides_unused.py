"""Why a row of the overrides file decided on no name, as far as the reports tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geoconflict.places.names import fold
from geoconflict.places.overrides import Override

__all__ = ["why_unused"]


def why_unused(rows: Sequence[Override], reports: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """Return, for each row that decided on nothing, what the reports have of its name; empty where they do not have it.

    Parameters
    ----------
    rows
        The rows.
    reports
        Of each report its text, and the names that were found in it as they are written there.
    """
    keys = {fold(row.surface) for row in rows}
    n_texts = dict.fromkeys(keys, 0)
    by_first_word: dict[str, list[str]] = {}
    for key in n_texts:
        by_first_word.setdefault(key.partition(" ")[0], []).append(key)
    named: set[str] = set()
    for text, surfaces in reports if keys else ():
        named |= keys & {fold(surface) for surface in surfaces}
        folded = f" {fold(text)} "
        for word in by_first_word.keys() & set(folded.split()):
            for key in by_first_word[word]:
                n_texts[key] += f" {key} " in folded
    return [_why(n_texts[fold(row.surface)], is_name=fold(row.surface) in named) for row in rows]


def _why(n_texts: int, *, is_name: bool) -> str:
    if is_name:
        return "the name was found, but the context or the dates of the row do not hold, or another row decides"
    if n_texts:
        where = "1 report" if n_texts == 1 else f"{n_texts:,} reports"
        return f"it occurs in {where} but was not taken for a place name there; `geoconflict explain` says why"
    return ""
