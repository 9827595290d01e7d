"""The legend of a printed map: types, numbers at a place, and how sure the telling and the place are; only what is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from geoconflict.analysis.figure_events import HOLLOW, Spot, symbol_size
from geoconflict.analysis.figure_ground import INK, MUTED, SURFACE
from geoconflict.visible import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_legend", "legend_height_in", "size_steps"]

_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_ROW_IN: Final = 0.17
_WORDS: Final = {"claimed": "claimed", "scheduled": "planned", "hypothetical": "supposed", "denied": "denied"}


def size_steps(spots: Sequence[Spot]) -> tuple[int, ...]:
    """Return the numbers of events whose symbols the legend shows: one, the most at one place, and one between."""
    most = max((len(spot.rows) for spot in spots), default=1)
    between = max(step for step in _STEPS if step <= max(1, most / 2))
    return tuple(dict.fromkeys((1, between, most)))


def legend_height_in(spots: Sequence[Spot], n_types: int, n_lines: int) -> float:
    """Return how high the legend is, in inches: as its highest column."""
    sizes = sum(max(_ROW_IN, float(np.sqrt(symbol_size(n))) / 72) + 0.1 for n in size_steps(spots))
    return max(0.95, 0.45 + max(_ROW_IN * n_types, sizes, _ROW_IN * (len(_sureness_of(spots)) + n_lines)))


def draw_legend(
    axes: Axes, events: Any, spots: Sequence[Spot], colours: Mapping[str, str], context: Sequence[Any]
) -> None:
    """Draw the legend below a map; `events` are those drawn, `context` what it shows of added lines."""
    counts = events["event_type"].value_counts()
    kinds = [
        _mark(f"{visible(name)} ({counts[name]})", colour, 1) for name, colour in colours.items() if name in counts
    ]
    steps = size_steps(spots)
    sizes = [_mark(f"{n} event{'s' if n > 1 else ''}", "#9aa3ae", n) for n in steps]
    statuses = [word for status, word in _WORDS.items() if (events["status"] == status).any()]
    known = [_sign(what, " or ".join(statuses)) for what in _sureness_of(spots)]
    look: dict[str, Any] = {
        "frameon": False,
        "fontsize": 7.5,
        "title_fontsize": 7.5,
        "alignment": "left",
        "labelcolor": INK,
        "borderaxespad": 0,
        "handletextpad": 0.6,
    }
    room = float(np.sqrt(symbol_size(steps[-1]))) / 7.5 / 2  # the spacing of a legend is in letters of its text
    for x, title, handles in (
        (0.0, "Type of event", kinds),
        (0.38, "Number at a place", sizes),
        (0.60, "How sure it is, and its place", [*known, *context]),
    ):
        made = axes.legend(
            handles=handles,
            title=title,
            loc="upper left",
            bbox_to_anchor=(x, -0.02),
            labelspacing=max(0.6, room) if handles is sizes else 0.6,
            **look,
        )
        made.get_title().set(fontweight="bold", color=INK)
        axes.add_artist(made)
    axes.legend_ = None


def _sureness_of(spots: Sequence[Spot]) -> list[str]:
    """Return what of sureness is drawn and has to be explained."""
    told = {is_told for spot in spots for _, is_told, _ in spot.sectors}
    vague = [spot for spot in spots if not spot.is_sharp]
    is_line = [spot.shape is not None and "LineString" in spot.shape.geom_type for spot in vague]
    there = {
        "told": True in told,
        "claimed": False in told,
        "ring": any(spot.shape is None for spot in vague),
        "area": any(spot.shape is not None and not line for spot, line in zip(vague, is_line, strict=True)),
        "line": any(is_line),
    }
    return [what for what, is_there in there.items() if is_there]


def _mark(label: str, colour: str, n: int, *, is_hollow: bool = False) -> Any:
    from matplotlib.lines import Line2D

    points = float(np.sqrt(symbol_size(n)))
    edge = points * (1 - float(np.sqrt(HOLLOW))) / 2 if is_hollow else 0.0
    return Line2D(
        [],
        [],
        linestyle="",
        marker="o",
        markersize=points - edge,
        markerfacecolor=SURFACE if is_hollow else colour,
        markeredgecolor=colour,
        markeredgewidth=edge,
        label=label,
    )


def _sign(what: str, statuses: str) -> Any:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    if what == "told":
        return _mark("full: told as fact", MUTED, 1)
    if what == "claimed":
        return _mark(f"hollow: {statuses}, not confirmed", MUTED, 1, is_hollow=True)
    if what == "ring":
        return Patch(
            facecolor="none",
            edgecolor=MUTED,
            linewidth=0.8,
            linestyle=(0, (4, 3)),
            label="somewhere in the dashed ring",
        )
    if what == "area":
        return Patch(
            facecolor="none", edgecolor=MUTED, linewidth=0.5, hatch="//////", label="somewhere in the hatched area"
        )
    return Line2D([], [], color=MUTED, alpha=0.28, linewidth=6, label="somewhere on the grey line")
