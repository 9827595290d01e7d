"""The figure of a printed map. Imported where one is made alone, for it needs matplotlib."""

from __future__ import annotations

import io

from matplotlib.figure import Figure

__all__ = ["ShownFigure"]


class ShownFigure(Figure):
    """A figure that a notebook shows as the last expression of a cell.

    Those that pyplot did not make are shown only where something has switched its inline backend on.
    """

    def _repr_png_(self) -> bytes:
        out = io.BytesIO()
        self.savefig(out, format="png")
        return out.getvalue()
