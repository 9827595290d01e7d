"""An explanation as text: with colours and bars on a terminal, plain elsewhere.

Nothing stands to the right of a name that must line up, so wide characters and scripts written from right to left break
nothing.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from geoconflict.explaining.as_json import sentence_of
from geoconflict.explaining.explanation import Explanation
from geoconflict.explaining.wording import (
    clip,
    coordinates,
    demonym_line,
    doubtful_event_lines,
    evidence_line,
    passed_over_lines,
    place_line,
    repair_rows,
    role_line,
    shown_candidates,
    summary_line,
    title_of,
    told_evidence,
    unlikely_event_lines,
    why_detected,
)
from geoconflict.models import Place
from geoconflict.places.explanation import Contribution, ExplainedCandidate, ExplainedMention
from geoconflict.places.override_rows import OVERRIDES_HEADER
from geoconflict.visible import visible

__all__ = ["explanation_to_text", "print_explanation"]

_PLAIN_WIDTH = 100
_N_EVIDENCE, _N_EVIDENCE_OTHERS = 5, 3
_BAR = 10
"""Cells of the longest bar."""
_LABEL = 10
_INDENT = 4


def explanation_to_text(told: Explanation, *, all_candidates: bool = False, width: int = _PLAIN_WIDTH) -> str:
    """Return an explanation as plain text, `width` cells wide; rows to paste into overrides.csv are not broken."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, color_system=None, force_terminal=False, highlight=False, markup=False, emoji=False,
        legacy_windows=False, _environ={},
    )  # fmt: skip
    print_explanation(told, console, all_candidates=all_candidates)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def print_explanation(told: Explanation, console: Console, *, all_candidates: bool = False) -> None:
    """Print an explanation on a console: with colours and bars where it is a terminal.

    Parameters
    ----------
    told
        What to print.
    console
        Its width and colours are used.
    all_candidates
        Print every candidate, not only those of the best spots.
    """
    report = told.report
    console.print(Text(title_of(told), style="bold"))
    facts = [report.published_on.isoformat() if report.published_on else "undated", report.source, report.report_id]
    console.print(Text("  ".join(clip(fact) for fact in facts if fact), style="dim"))
    console.print(Text(summary_line(told)))
    shown: set[int] = set()
    for mention in told.mentions:
        console.print()
        earlier = min(shown.intersection(mention.same_name), default=None)
        _print_mention(told, mention, console, earlier=earlier, all_candidates=all_candidates)
        shown.add(mention.number)
    _print_rest(told, console)
    _print_repairs(told, console)


def _print_mention(
    told: Explanation, mention: ExplainedMention, console: Console, *, earlier: int | None, all_candidates: bool
) -> None:
    resolution = mention.resolution
    toponym = resolution.toponym
    good = resolution.place is not None
    head = Text.assemble(
        (f"{mention.number:>3} ", "dim"),
        (f"{'PLACED' if good else 'NOT PLACED'} {resolution.score:.2f} ", "bold green" if good else "bold yellow"),
        (clip(toponym.surface), "bold"),
    )
    console.print(head)
    console.print(Padding(_sentence(told, mention, marked=not console.is_terminal), (0, 0, 0, _INDENT)))
    rows: list[tuple[str, RenderableType]] = [
        ("name", Text(f"{toponym.score:.2f} that it is one: {why_detected(toponym)}")),
        ("role", Text(role_line(toponym))),
    ]
    if resolution.place is not None:
        rows.append(("place", _place(resolution.place)))
    why = visible("; ".join(resolution.reasons))
    rows.append(("why", Text(why)))
    _print_rows(rows, console)
    if earlier is not None:
        _print_rows([("weighed", Text(f"together with number {earlier}: the same name, the same candidates"))], console)
        return
    _print_candidates(mention, console, all_candidates=all_candidates)


def _print_rows(rows: Sequence[tuple[str, RenderableType]], console: Console) -> None:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_LABEL, style="dim", no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.expand = True
    for label, value in rows:
        grid.add_row(label, value)
    console.print(Padding(grid, (0, 0, 0, _INDENT)))


def _sentence(told: Explanation, mention: ExplainedMention, *, marked: bool) -> Text:
    start, end = sentence_of(told.report, mention)
    toponym, text = mention.resolution.toponym, told.report.text
    name = clip(text[toponym.start : toponym.end])
    return Text.assemble(
        visible(text[start : toponym.start]),
        (f"[[{name}]]" if marked else name, "bold reverse"),
        visible(text[toponym.end : end]),
    )


def _place(place: Place) -> Text:
    return Text.assemble(
        (clip(place.name), "bold"),
        f", {place_line(place)}\n",
        (f"{visible(place.place_id)}  {coordinates(place)}", "dim"),
    )


def _print_candidates(mention: ExplainedMention, console: Console, *, all_candidates: bool) -> None:
    candidates = shown_candidates(mention, everything=all_candidates)
    if not candidates:
        return
    count = len(mention.candidates)
    head = f"{count} place{'s bear' if count != 1 else ' bears'} this name"
    if len(candidates) < count:
        head += f"; {len(candidates)} shown, --all-candidates shows the rest"
    heaviest = max((abs(one.added) for each in candidates for one in each.contributions), default=1.0)
    rows: list[tuple[str, RenderableType]] = [("candidates", Text(head, style="dim"))]
    _print_rows(rows, console)
    for candidate in candidates:
        _print_candidate(mention, candidate, heaviest, console)
    if mention.decisive:
        words = visible(evidence_line(mention.decisive[:3]))
        other = next(one.place for one in mention.candidates if one.rank == 2)
        said = f"{words} (the first against {clip(other.name, 40)}, {place_line(other)})"
        _print_rows([("decided by", Text(said))], console)


def _print_candidate(
    mention: ExplainedMention, candidate: ExplainedCandidate, heaviest: float, console: Console
) -> None:
    place = candidate.place
    style = "bold green" if candidate.chosen else "bold"
    lines: list[RenderableType] = [
        Text.assemble(
            (clip(place.name), style), f", {place_line(place)}", ("  chosen" if candidate.chosen else "", style)
        )
    ]
    if not candidate.chosen:  # where the chosen one lies stands above
        lines.append(Text(f"{visible(place.place_id)}  {coordinates(place)}", style="dim"))
    if candidate.counted_with is not None:
        lines.append(Text(f"at the same spot as {visible(candidate.counted_with)}: they count together", style="dim"))
    if told := told_evidence(candidate):
        n = _N_EVIDENCE if candidate.rank == 1 and len(mention.candidates) > 1 else _N_EVIDENCE_OTHERS
        lines += _evidence(told, n, heaviest, bars=console.is_terminal)
        rest = f"{candidate.total:+.1f} in all, against {mention.none_total:+.1f} for none of them"
        lines.append(Text(rest, style="dim"))
    _print_rows(
        [(f"{candidate.score:>10.2f}", line) if at == 0 else ("", line) for at, line in enumerate(lines)], console
    )


def _evidence(
    contributions: Sequence[Contribution], n: int, heaviest: float, *, bars: bool
) -> Iterator[RenderableType]:
    for one in contributions[:n]:
        bar = "\u2588" * max(1, round(_BAR * abs(one.added) / heaviest)) if bars else ""
        grid = Table.grid(padding=(0, 1))
        grid.add_column(width=5, justify="right", no_wrap=True)
        if bars:
            grid.add_column(width=_BAR, no_wrap=True)
        grid.add_column(ratio=1)
        colour = "green" if one.added > 0 else "red"
        cells = [Text(f"{one.added:+.1f}"), *([Text(bar, style=colour)] if bars else []), Text(visible(one.words))]
        grid.add_row(*cells)
        yield grid
    rest = contributions[n:]
    if rest:
        words = f"{sum(one.added for one in rest):+5.1f} {len(rest)} more"
        yield Text(words, style="dim")


def _print_repairs(told: Explanation, console: Console) -> None:
    """Print the rows that would change the answers, once for each name."""
    rows = repair_rows(told)
    if not rows:
        return
    console.print()
    console.print(
        Text("To change an answer, put the header and the row you want into the file that places.overrides names:")
    )
    # Printed as they are: a row broken by a line end could not be pasted.
    console.print(Text(OVERRIDES_HEADER, style="cyan"), soft_wrap=True)
    for effect, line in rows:
        console.print(Text(effect, style="dim"), soft_wrap=True)
        console.print(Text(line, style="cyan"), soft_wrap=True)


def _print_rest(told: Explanation, console: Console) -> None:
    rows: list[tuple[str, RenderableType]] = []
    if told.demonyms:
        rows.append(("peoples", Text(f"recognised, not placed: {demonym_line(told)}")))
    rows += [("passed by" if at == 0 else "", Text(line)) for at, line in enumerate(passed_over_lines(told))]
    rows += [("not told" if at == 0 else "", Text(visible(line))) for at, line in enumerate(unlikely_event_lines(told))]
    rows += [("doubtful" if at == 0 else "", Text(visible(line))) for at, line in enumerate(doubtful_event_lines(told))]
    rows += [("no answer", Text(visible(what), style="yellow")) for what in told.unavailable]
    rows += [("note", Text(visible(note))) for note in told.notes]
    if rows:
        console.print()
        _print_rows(rows, console)
