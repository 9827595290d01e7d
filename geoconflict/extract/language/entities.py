"""Entities as spaCy's transition model finds them, for all tokens of a batch at once.

spaCy walks every text token by token. But for entities (its BILUO moves) what is best at a token depends on nothing before
it unless an entity is open, so the moves of all tokens outside entities are one matrix product, and only the tokens inside
entities of several words are walked, all entities in step. The weights, the order of sums and the rules for valid moves
are spaCy's, and so are the entities; a test holds the two together.

Nothing here imports spaCy: :mod:`geoconflict.extract.language.model` hands in the trained component.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from geoconflict.extract.language.vectors import TOKENS_AT_ONCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["EntityFinder", "Span"]

Span = tuple[str, int, int]
"""Label, first token, end token of an entity."""


class EntityFinder:
    """Finds the entities of documents in the place of spaCy's ``ner``.

    Parameters
    ----------
    recognizer
        The trained component.

    Raises
    ------
    ValueError
        If the component is built in a way that is not known here; spaCy's own must then be used.
    """

    def __init__(self, recognizer: Any) -> None:
        import numpy as np

        model, moves = recognizer.model, recognizer.moves
        lower = model.get_ref("lower") if model.has_ref("lower") else None
        names = [moves.get_class_name(at) for at in range(moves.n_moves)]
        if (
            lower is None
            or not model.attrs.get("has_upper")
            or model.attrs.get("unseen_classes")
            or lower.get_dim("nF") != 3
            or lower.get_dim("nP") < 2
            or recognizer.cfg.get("beam_width", 1) != 1
            or any(name != "O" and name[:2] not in ("B-", "I-", "L-", "U-") for name in names)
        ):
            msg = "the entity recogniser has an architecture that is not known"
            raise ValueError(msg)
        self._tok2vec, self._upper, self._ops = model.get_ref("tok2vec"), model.get_ref("upper"), model.ops
        # What a token adds to the hidden layer: (the place that it has in the state, piece of the maxout, unit, input).
        self._weights = np.ascontiguousarray(lower.get_param("W").transpose(0, 2, 1, 3))
        # The same for a place where no token stands, and the bias: (..., piece, unit).
        self._nobody = np.ascontiguousarray(lower.get_param("pad")[0].transpose(0, 2, 1))
        self._bias = np.ascontiguousarray(lower.get_param("b").T)
        index = {name: at for at, name in enumerate(names)}
        self._labels = [name[2:] if name != "O" else "" for name in names]
        begins = [at for at, name in enumerate(names) if name.startswith("B-")]
        self._is_begin = np.array([name.startswith("B-") for name in names])
        # "U-" alone is the move of tokens that the user has blocked; here there are none.
        self._is_unit = np.array([name.startswith("U-") and name != "U-" for name in names])
        self._out = index["O"]
        self._inside = {at: (index[f"I-{names[at][2:]}"], index[f"L-{names[at][2:]}"]) for at in begins}

    def pipe(self, stream: Iterable[Any], *, batch_size: int = 32) -> Iterator[tuple[Any, list[Span]]]:
        """Yield documents, in order, each with its entities; at most `batch_size` are held at a time."""
        group: list[Any] = []
        n_tokens = 0
        for doc in stream:
            group.append(doc)
            n_tokens += len(doc)
            if len(group) >= batch_size or n_tokens >= TOKENS_AT_ONCE:
                yield from zip(group, self._find(group), strict=True)
                group, n_tokens = [], 0
        yield from zip(group, self._find(group), strict=True)

    def _find(self, docs: Sequence[Any]) -> list[list[Span]]:
        """Return the entities of each document, in the order of the text."""
        import numpy as np

        lengths = [len(doc) for doc in docs]
        if not any(lengths):
            return [[] for _ in docs]
        # One row a token.
        vectors = self._tok2vec.predict([doc for doc in docs if len(doc)])
        ends = np.cumsum(lengths)
        is_last = np.zeros(ends[-1] + 1, dtype=bool)
        is_last[ends - 1] = True  # of a document without tokens: the last of the one before, or none
        flags = np.concatenate([doc.to_array(["SENT_START", "IS_SPACE"]) for doc in docs])
        may_go_on = ~is_last[:-1]
        may_go_on[:-1] &= flags[1:, 0] != 1
        moves = self._moves_outside(vectors, may_go_on, flags[:, 1].astype(bool))
        ends_of_opened = self._ends_of_opened(vectors, moves, may_go_on)
        found: list[list[Span]] = []
        begins = np.flatnonzero(moves != self._out).tolist()
        chosen = moves.tolist()
        at, covered, offset = 0, 0, 0
        for end in ends.tolist():
            spans = []
            while at < len(begins) and begins[at] < end:
                start = begins[at]
                at += 1
                if start < covered:
                    continue
                covered = ends_of_opened.get(start, start + 1)
                spans.append((self._labels[chosen[start]], start - offset, covered - offset))
            found.append(spans)
            offset = end
        return found

    def _moves_outside(
        self, vectors: NDArray[np.float32], may_go_on: NDArray[np.bool_], is_space: NDArray[np.bool_]
    ) -> NDArray[np.intp]:
        """Return the best valid move at each token, were no entity open there."""
        import numpy as np

        scores = self._scores([self._added(vectors, 0), self._nobody[1][:, None], self._nobody[2][:, None]])
        valid = ~is_space[:, None] & (self._is_unit | (may_go_on[:, None] & self._is_begin))
        valid[:, self._out] = True
        best: NDArray[np.intp] = np.where(valid, scores, -np.inf).argmax(axis=1)
        return best

    def _ends_of_opened(
        self, vectors: NDArray[np.float32], moves: NDArray[np.intp], may_go_on: NDArray[np.bool_]
    ) -> dict[int, int]:
        """Return, for each token that would open an entity of several tokens, where that would end."""
        import numpy as np

        starts = np.flatnonzero(self._is_begin[moves])
        inside = np.array([self._inside[move][0] for move in moves[starts].tolist()], dtype=np.intp)
        last = np.array([self._inside[move][1] for move in moves[starts].tolist()], dtype=np.intp)
        at = starts + 1
        ends: dict[int, int] = {}
        while len(starts):
            scores = self._scores([self._added(vectors[row], place) for place, row in enumerate((at, starts, at - 1))])
            rows = np.arange(len(starts))
            into, out_of = scores[rows, inside], scores[rows, last]
            goes_on = may_go_on[at] & np.where(inside < last, into >= out_of, into > out_of)
            ends.update(zip(starts[~goes_on].tolist(), (at[~goes_on] + 1).tolist(), strict=True))
            starts, inside, last, at = starts[goes_on], inside[goes_on], last[goes_on], at[goes_on] + 1
        return ends

    def _added(self, vectors: NDArray[np.float32], place: int) -> NDArray[np.float32]:
        """Return what tokens in that place of the state add to the hidden layer: (piece, token, unit)."""
        import numpy as np

        return np.stack([self._ops.gemm(vectors, weights, trans2=True) for weights in self._weights[place]])

    def _scores(self, added: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """Return the scores of all moves from what the three places of each state add, summed in spaCy's order."""
        hidden = added[0]
        for more in (*added[1:], self._bias[:, None]):
            hidden = hidden + more
        scores: NDArray[np.float32] = self._upper.predict(hidden.max(axis=0))
        return scores
