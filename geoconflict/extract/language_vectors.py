"""spaCy's token vectors with less work.

A text repeats its words, and a word's embedding depends on the word alone: so each distinct word of a batch is embedded
once. What the encoder makes of the neighbours it makes of about a thousand tokens at once, which stay in a processor's cache.
Matrices are multiplied by numpy's library, whose sums may differ from spaCy's in the last bit.

Nothing here imports spaCy or thinc: :mod:`geoconflict.extract.language` hands in the trained model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

__all__ = ["TOKENS_AT_ONCE", "multiply_by_numpy", "thin_out_work"]

TOKENS_AT_ONCE = 1_200
"""Tokens whose vectors stay in a processor's cache; only speed depends on it."""

_LAYERS = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")


def multiply_by_numpy(model: Any) -> None:
    """Let a thinc model multiply its matrices by numpy's library, and leave all other models of the process as they are.

    The library that spaCy brings (BLIS) is built for any processor, numpy's has code for each kind: three times as fast where
    it was measured.
    """
    for node in model.walk():
        if getattr(node.ops, "use_blis", False):
            node.ops = type(node.ops)(use_blis=False)


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
    tok2vec.layers[:] = [
        chain("distinct_words", _embed, layers=[embed], dims={"nO": embed.maybe_get_dim("nO")}),
        chain("by_the_hundred", _encode, layers=[encode], dims={"nO": encode.maybe_get_dim("nO")}),
    ]
    return True


def _embed(model: Any, docs: Any, is_train: bool) -> tuple[list[Any], Any]:
    import numpy as np

    embed = model.layers[0]
    extract, _, tables, mix, _ = embed.layers
    keys_of_docs = extract.predict(docs)
    keys = np.concatenate(keys_of_docs)
    if is_train or not len(keys):
        result: tuple[list[Any], Any] = embed(docs, is_train)
        return result
    # Rows of 64-bit hashes, told apart by one hash of each; should two ever clash, all are embedded.
    factors = np.arange(1, 2 * keys.shape[1], 2, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    _, first, which = np.unique((keys * factors).sum(axis=1, dtype=np.uint64), return_index=True, return_inverse=True)
    distinct = keys[first]
    if not np.array_equal(distinct[which], keys):
        distinct, which = keys, np.arange(len(keys))
    vectors = mix.predict(tables.predict(distinct))[which]
    ends = np.cumsum([len(rows) for rows in keys_of_docs])
    return np.split(vectors, ends[:-1]), _no_training


def _encode(model: Any, vectors_of_docs: Any, is_train: bool) -> tuple[list[Any], Any]:
    encode = model.layers[0]
    if is_train:
        result: tuple[list[Any], Any] = encode(vectors_of_docs, is_train)
        return result
    return [vectors for group in _groups(vectors_of_docs) for vectors in encode.predict(group)], _no_training


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
