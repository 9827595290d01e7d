"""How well copies of one text are told from reports that only look like it: precision and recall by cross-validation.

    python scripts/copy_quality.py [--write]

On the pairs of ``scripts/copy_articles.py`` and ``scripts/copy_bulletins.py`` the two thresholds, the share of text and the share of replaced facts, are chosen on
all families of texts but one and tried on that one, for each in turn. ``--write`` puts the table into docs/quality.md.
"""

from __future__ import annotations

import argparse
import itertools
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from copy_articles import of_articles  # noqa: E402
from copy_bulletins import of_bulletins, slow_bulletins  # noqa: E402
from copy_pairs import Pair  # noqa: E402
from figures import write_figures  # noqa: E402

from geoconflict.events.copies.rules import copy_rules  # noqa: E402
from geoconflict.settings import Settings  # noqa: E402

SHARES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
REPLACED = (0.0, 0.02, 0.03, 0.04, 0.06, 0.08, 0.1, 0.15, 0.25, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Counts of pairs, and what they make."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Of those taken for copies, the share that are."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of the copies, the share taken for some."""
        return self.right / max(1, self.right + self.missed)

    @property
    def f_half(self) -> float:
        """F with precision counting twice as much: a wrong copy silences a voice."""
        p, r = self.precision, self.recall
        return 1.25 * p * r / max(1e-9, 0.25 * p + r)


def score(pairs: Iterable[Pair], share: float, replaced: float) -> Score:
    """Return how well two thresholds tell copies."""
    told = [(one.is_copy, one.told(share, replaced)) for one in pairs]
    return Score(right=told.count((True, True)), wrong=told.count((False, True)), missed=told.count((True, False)))


def chosen(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return the thresholds that score best; of equals the strictest share and the fewest replaced facts in the middle."""
    grid = {both: round(score(pairs, *both).f_half, 6) for both in itertools.product(SHARES, REPLACED)}
    best = [both for both, value in grid.items() if value == max(grid.values())]
    return best[len(best) // 2]


def cross_validated(pairs: Sequence[Pair]) -> list[tuple[Pair, bool]]:
    """Return each pair with what thresholds say of it that were chosen without its family."""
    found = []
    for family in dict.fromkeys(one.family for one in pairs):
        both = chosen([one for one in pairs if one.family != family])
        print(f"{family}: chosen without it {both}", file=sys.stderr)
        found += [(one, one.told(*both)) for one in pairs if one.family == family]
    return found


def all_pairs() -> list[Pair]:
    """Return all labelled pairs."""
    return [*of_articles(), *of_bulletins(), *slow_bulletins()]


def table(pairs: Sequence[Pair]) -> str:
    """Return the table of the documentation."""
    tried = cross_validated(pairs)
    own = Settings().copies.min_share, copy_rules().most_replaced
    lines = [
        "| kind of pair | pairs | copies | taken for copies, cross-validated | with the thresholds that ship |",
        "|---|---:|---:|---:|---:|",
    ]
    for kind in dict.fromkeys(one.kind for one in pairs):
        rows = [(one, told) for one, told in tried if one.kind == kind]
        counts = (
            len(rows),
            sum(one.is_copy for one, _ in rows),
            sum(told for _, told in rows),
            sum(one.told(*own) for one, _ in rows),
        )
        lines.append(f"| {kind} | " + " | ".join(map(str, counts)) + " |")
    cross = Score(
        right=sum(one.is_copy and told for one, told in tried),
        wrong=sum(told and not one.is_copy for one, told in tried),
        missed=sum(one.is_copy and not told for one, told in tried),
    )
    ships = score(pairs, *own)
    unguarded = Score(
        right=sum(one.is_copy and one.by_text_alone(own[0]) for one in pairs),
        wrong=sum(one.by_text_alone(own[0]) and not one.is_copy for one in pairs),
        missed=sum(one.is_copy and not one.by_text_alone(own[0]) for one in pairs),
    )
    lines += [
        "",
        f"{len(pairs)} pairs of {len({one.family for one in pairs})} families. Cross-validated: precision {cross.precision:.3f}, recall {cross.recall:.3f}.",
    ]
    lines.append(
        f"With the thresholds that ship (share {own[0]}, replaced facts {own[1]}): precision {ships.precision:.3f}, recall {ships.recall:.3f}; "
        f"without the look at facts: {unguarded.precision:.3f} and {unguarded.recall:.3f}."
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the table into docs/quality.md")
    write = parser.parse_args().write
    made = table(all_pairs())
    print(made)
    if write:
        write_figures(ROOT / "docs" / "quality.md", "copies", made)
