"""What hangs on a token of the parser's trees: for those who mend them, all over a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoconflict.extract.language.model import Token

__all__ = ["hanging_on"]


def hanging_on(tokens: Sequence[Token], below: dict[int, list[Token]], heads: Iterable[int]) -> list[Token]:
    """Return the tokens that hang on some others, in text order; one at a root hangs on itself.

    A text may repeat a misread sentence thousands of times: looked for anew in all of it, they would take the square of its
    length.

    Parameters
    ----------
    tokens
        Those of the text, unmended.
    below
        Empty at the first question on them, which fills it, and kept for the next.
    heads
        Indexes of tokens.
    """
    if not below:
        for token in tokens:
            below.setdefault(token.head, []).append(token)
    return sorted((one for head in set(heads) for one in below.get(head, ())), key=lambda one: one.index)
