"""spaCy's token vectors with less work.

A text repeats its words, and a word's embedding depends on the word alone: so each distinct word is embedded once and
remembered. What the encoder makes of the neighbours it makes of about a thousand tokens at once, which stay in a processor's
cache. Matrices are multiplied by numpy's library, whose sums may differ from spaCy's in the last bit; what becomes of a token
does not depend on how many are read with it, nor on where among them it stands. Where that library cannot promise this, spaCy's
own multiplies.

Nothing here imports spaCy or thinc: :mod:`geoconflict.extract.language.model` hands in the trained model.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from geoconflict.extract.language.encoder import WindowEncoder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["TOKENS_AT_ONCE", "multiply_by_numpy", "rows_stand_alone", "thin_out_work"]

TOKENS_AT_ONCE = 1_200
"""Tokens whose vectors stay in a processor's cache; only speed depends on it."""

_LEAST_ROWS = 32
_N_REMEMBERED = 8_192
"""Words whose embeddings are remembered, 0.5 kB each: a thousand short reports have as many, so more reports take no more room."""

_SHAPES = ((288, 288), (288, 384), (128, 96), (50, 96))
"""Outputs and inputs of some of the model's layers."""
_N_TRIED = 180
_PARTS_TRIED = ((0, 33), (1, 180), (3, 90), (7, 39), (20, 119), (55, 148), (131, 180))
"""Rows that are multiplied apart from the others, at least `_LEAST_ROWS` at once; 12, 16 and 24 divide few of these numbers."""

_LAYERS = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")


def multiply_by_numpy(model: Any) -> None:
    """Let a thinc model multiply its matrices by numpy's library, and leave all other models of the process as they are.

    The library that spaCy brings (BLIS) may be built for any processor, numpy's has code for each kind: three times as fast
    where it was measured. Nothing is changed where a row of a product depends on the rows beside it.
    """
    if not rows_stand_alone():
        return
    for node in model.walk():
        if getattr(node.ops, "use_blis", False):
            node.ops = _by_numpy(type(node.ops))(use_blis=False)  # type: ignore[arg-type]  # a class is hashable


@functools.cache
def rows_stand_alone() -> bool:
    """Return whether numpy multiplies a row by weights alike, to the last bit, wherever it stands in a matrix.

    Some kernels of OpenBLAS do not (:func:`geoconflict.own_process.choose_kernel`): then a report would be read otherwise beside
    other reports, and so in a run with two workers, or again after a change. Products of the sizes that the model needs are
    tried.
    """
    import numpy as np

    for n_out, n_in in _SHAPES:
        # Numbers without a pattern, for less than numpy's generators take to load.
        weights = np.sin(np.arange(n_out * n_in, dtype=np.float32)).reshape(n_out, n_in)
        rows = np.cos(np.arange(_N_TRIED * n_in, dtype=np.float32)).reshape(_N_TRIED, n_in)
        together = rows @ weights.T
        for first, end in _PARTS_TRIED:
            if not np.array_equal(rows[first:end] @ weights.T, together[first:end]):
                return False
    return True


@functools.cache
def _by_numpy(kind: type) -> type:
    """Return thinc's operations with products of at least some rows, for numpy's library adds up small ones in another order."""

    def gemm(self: Any, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        if out is not None or trans1 or len(x) >= _LEAST_ROWS:
            return kind.gemm(self, x, y, out=out, trans1=trans1, trans2=trans2)  # type: ignore[attr-defined]
        rows = self.alloc((_LEAST_ROWS, x.shape[1]), dtype=x.dtype)
        rows[: len(x)] = x
        return kind.gemm(self, rows, y, trans2=trans2)[: len(x)]  # type: ignore[attr-defined]

    return type(kind.__name__, (kind,), {"gemm": gemm})


def thin_out_work(tok2vec: Any) -> bool:
    """Change a spaCy ``Tok2Vec`` model in place; return False, and change nothing, where it is built in another way.

    Parameters
    ----------
    tok2vec
        A thinc model: a chain of an embedding (``MultiHashEmbed`` without static vectors) and an encoder
        (``MaxoutWindowEncoder``).
    """
    if len(tok2vec.layers) != 2:
        return False
    embed, encode = tok2vec.layers
    if tuple(layer.name.split("(")[0] for layer in embed.layers) != _LAYERS or not encode.name.startswith("with_array"):
        return False
    chain = type(embed)
    try:
        encoded = WindowEncoder(encode).encode
    except ValueError:
        encoded = encode.predict
    tok2vec.layers[:] = [
        chain("distinct_words", _Embedding().embed, layers=[embed], dims={"nO": embed.maybe_get_dim("nO")}),
        chain("by_the_hundred", _by_groups(encoded), layers=[encode], dims={"nO": encode.maybe_get_dim("nO")}),
    ]
    return True


class _Embedding:
    """The embeddings of words, remembered until there are too many."""

    def __init__(self) -> None:
        self._rows: dict[int, int] = {}
        """A hash of a word's features -> where those and its vector stand in the tables."""
        self._tables: tuple[NDArray[np.uint64], NDArray[np.float32], NDArray[np.int64]] | None = None
        """The features of words, their vectors, and in which call each was asked for last."""
        self._now = 0

    def embed(self, model: Any, docs: Any, is_train: bool) -> tuple[list[Any], Any]:
        """Return the vectors of the tokens of each document, as thinc's layers do."""
        import numpy as np

        embed = model.layers[0]
        extract, _, tables, mix, _ = embed.layers
        keys_of_docs = extract.predict(docs)
        keys = np.concatenate(keys_of_docs)
        if is_train or not len(keys):
            result: tuple[list[Any], Any] = embed(docs, is_train)
            return result
        vectors = self._vectors(keys, model.get_dim("nO"), lambda some: mix.predict(tables.predict(some)))
        return np.split(vectors, np.cumsum([len(one) for one in keys_of_docs])[:-1]), _no_training

    def _vectors(
        self, keys: NDArray[np.uint64], width: int, embed: Callable[[NDArray[np.uint64]], NDArray[np.float32]]
    ) -> NDArray[np.float32]:
        """Return the vectors of words, given by their features, after embedding those that are new."""
        import numpy as np

        # Rows of 64-bit hashes, told apart by one hash of each; should two ever clash, all are embedded.
        factors = np.arange(1, 2 * keys.shape[1], 2, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        hashes, first, which = np.unique(
            (keys * factors).sum(axis=1, dtype=np.uint64), return_index=True, return_inverse=True
        )
        words = hashes.tolist()
        if len(words) > _N_REMEMBERED:
            return embed(keys)
        if self._tables is None:
            self._tables = (
                np.empty((_N_REMEMBERED, keys.shape[1]), np.uint64),
                np.empty((_N_REMEMBERED, width), np.float32),
                np.empty(_N_REMEMBERED, np.int64),
            )
        known_keys, known_vectors, asked_in = self._tables
        if len(self._rows) + len(words) > _N_REMEMBERED:
            self._forget(self._tables, _N_REMEMBERED - len(words))
        new = [at for at, word in enumerate(words) if word not in self._rows]
        if new:
            start, end = len(self._rows), len(self._rows) + len(new)
            known_keys[start:end] = keys[first[new]]
            known_vectors[start:end] = embed(known_keys[start:end])
            self._rows.update(zip((words[at] for at in new), range(start, end), strict=True))
        asked = np.fromiter((self._rows[word] for word in words), np.intp, len(words))
        self._now += 1
        asked_in[asked] = self._now
        rows = asked[which]
        return known_vectors[rows] if np.array_equal(known_keys[rows], keys) else embed(keys)

    def _forget(self, tables: Sequence[NDArray[Any]], most: int) -> None:
        """Keep the words that were asked for last: at most so many, and at most half of what there is room for."""
        import numpy as np

        words = np.fromiter(self._rows, np.uint64, len(self._rows))  # in the order of their rows
        n_kept = min(most, _N_REMEMBERED // 2, len(words))
        kept = np.argsort(-tables[2][: len(words)], kind="stable")[:n_kept]
        for table in tables:
            table[:n_kept] = table[kept]
        self._rows = dict(zip(words[kept].tolist(), range(n_kept), strict=True))


def _by_groups(encode: Callable[[Sequence[Any]], list[Any]]) -> Callable[[Any, Any, bool], tuple[list[Any], Any]]:
    """Return what runs a thinc layer over the encoder, some documents at a time."""

    def run(model: Any, vectors_of_docs: Any, is_train: bool) -> tuple[list[Any], Any]:
        if is_train:
            result: tuple[list[Any], Any] = model.layers[0](vectors_of_docs, is_train)
            return result
        return [vectors for group in _groups(vectors_of_docs) for vectors in encode(group)], _no_training

    return run


def _groups(items: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield the items in order, in groups that end once they hold enough tokens."""
    group: list[Any] = []
    n_tokens = 0
    for item in items:
        group.append(item)
        n_tokens += len(item)
        if n_tokens >= TOKENS_AT_ONCE:
            yield group
            group, n_tokens = [], 0
    if group:
        yield group


def _no_training(gradient: Any) -> Any:
    msg = "the model is for reading only"
    raise NotImplementedError(msg)
