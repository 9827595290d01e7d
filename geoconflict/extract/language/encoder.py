"""spaCy's window encoder with fewer passes over its numbers: the same sums in the same order, and so the same vectors.

A layer sets each token's vector beside those of its neighbours, multiplies by weights, takes the largest of some pieces, and
evens that out. thinc does it for training too, and keeps what a gradient would ask for; here nothing is kept, pieces lie
apart so that the largest is found number by number, and means are taken once.

Nothing here imports spaCy or thinc.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["WindowEncoder"]

_PARTS = ["expand_window", "maxout", "layernorm", "dropout"]
_NEVER_ZERO = 1e-08


class _Layer(NamedTuple):
    weights: NDArray[np.float32]
    """Shape (pieces * units, inputs): all units of the first piece, then of the next."""
    bias: NDArray[np.float32]
    """Shape (pieces, units)."""
    scale: NDArray[np.float32]
    shift: NDArray[np.float32]


class WindowEncoder:
    """Encodes as a trained ``MaxoutWindowEncoder`` does, of which it keeps a copy.

    Parameters
    ----------
    model
        The thinc model.

    Raises
    ------
    ValueError
        If the model is built in a way that is not known here; thinc must then run it.
    """

    def __init__(self, model: Any) -> None:
        import numpy as np

        layers = model.layers[0].layers if len(model.layers) == 1 else []
        self._pad = model.attrs.get("pad")
        self._layers: list[_Layer] = []
        for residual in layers or [model]:
            parts = [node for node in residual.walk(order="dfs_pre") if not node.layers]
            if (
                not residual.name.startswith("residual(")
                or [part.name for part in parts] != _PARTS
                or parts[0].attrs.get("window_size") != 1
                or not self._pad
            ):
                msg = "the encoder has an architecture that is not known"
                raise ValueError(msg)
            weights, bias = parts[1].get_param("W"), parts[1].get_param("b")
            self._layers.append(
                _Layer(
                    np.ascontiguousarray(weights.transpose(1, 0, 2)).reshape(-1, weights.shape[2]),
                    np.ascontiguousarray(bias.T),
                    parts[2].get_param("G"),
                    parts[2].get_param("b"),
                )
            )
        self._ops = parts[1].ops

    def encode(self, vectors_of_docs: Sequence[NDArray[np.float32]]) -> list[NDArray[np.float32]]:
        """Return the vectors of the tokens of each document, given those of the words."""
        import numpy as np

        vectors = self._ops.flatten(vectors_of_docs, pad=self._pad)
        for layer in self._layers:
            vectors = vectors + self._encoded(vectors, layer)
        lengths = np.array([len(one) for one in vectors_of_docs], np.int32)
        found: list[NDArray[np.float32]] = self._ops.unflatten(vectors, lengths, pad=self._pad)
        return found

    def _encoded(self, vectors: NDArray[np.float32], layer: _Layer) -> NDArray[np.float32]:
        import numpy as np

        pieces, units = layer.bias.shape
        added = self._ops.gemm(self._ops.seq2col(vectors, 1), layer.weights, trans2=True).reshape(-1, pieces, units)
        largest: NDArray[np.float32] = added[:, 0] + layer.bias[0]
        for piece in range(1, pieces):
            np.maximum(largest, added[:, piece] + layer.bias[piece], out=largest)
        largest -= np.add.reduce(largest, axis=1, keepdims=True) / np.float32(units)
        spread = np.add.reduce(largest * largest, axis=1, keepdims=True) / np.float32(units)
        spread += np.float32(_NEVER_ZERO)
        largest *= spread ** np.float32(-0.5)
        largest *= layer.scale
        largest += layer.shift
        return largest
