"""An explanation as a table for a notebook: static HTML without a script, every text escaped, in the page's own colours."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from html import escape

from geoconflict.explaining.as_json import sentence_of
from geoconflict.explaining.explanation import Explanation
from geoconflict.explaining.wording import (
    clip,
    coordinates,
    demonym_line,
    doubtful_event_lines,
    evidence_line,
    outcome_words,
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
from geoconflict.places.explanation import ExplainedCandidate, ExplainedMention
from geoconflict.places.override_rows import OVERRIDES_HEADER
from geoconflict.visible import visible

__all__ = ["explanation_to_html"]

_N_EVIDENCE = 4
_N_MENTIONS = 200
"""How many names a page shows; a list of thousands would stall a notebook."""
_BETWEEN, _CHOSEN = " \u00b7 ", " \u2190 chosen"
_BAR_EM = 4.5
"""Length of the longest bar."""

# Colours are those of the page, made fainter, and two hues that read on white as on black.
_STYLE = """
.gc-explain{color:inherit;font-size:.92em;line-height:1.45;max-width:72em;text-align:left}
.gc-explain h4{margin:.2em 0;font-size:1.1em}
.gc-explain p{margin:.2em 0 .6em}
.gc-explain table{border-collapse:collapse;width:100%;background:none;color:inherit;font-size:1em;margin:0}
.gc-explain th,.gc-explain td{padding:.45em .7em;text-align:left;vertical-align:top;background:none;border:0;white-space:normal;overflow-wrap:anywhere}
.gc-explain .gc-names>tbody>tr,.gc-explain .gc-names>thead>tr{background:none}
.gc-explain .gc-names>tbody>tr.gc-more,.gc-explain .gc-names>thead>tr{border-bottom:1px solid rgba(128,128,128,.35)}
.gc-explain .gc-names>tbody>tr.gc-more>td{padding-top:0}
.gc-explain th{font-weight:600}
.gc-explain .gc-names>thead>tr>th:nth-child(3){width:20%;min-width:9em}
.gc-explain .gc-names>thead>tr>th:nth-child(5){width:32%;min-width:11em}
.gc-explain .gc-dim{opacity:.72}
.gc-explain .gc-num{font-variant-numeric:tabular-nums;white-space:nowrap;overflow-wrap:normal}
.gc-explain mark{background:rgba(255,196,0,.38);color:inherit;padding:0 .15em;border-radius:.2em}
.gc-explain .gc-yes{border-left:.3em solid #1a9e63}
.gc-explain .gc-no{border-left:.3em solid #d98200}
.gc-explain details{margin:0}
.gc-explain summary{cursor:pointer}
.gc-explain .gc-candidates td{padding:.25em .9em .25em 0}
.gc-explain .gc-candidates tr{background:none}
.gc-explain .gc-bar{display:inline-block;height:.62em;border-radius:.12em;background:#1a9e63;margin-right:.4em}
.gc-explain .gc-bar.gc-against{background:#d1495b}
.gc-explain .gc-row{display:grid;grid-template-columns:2.6em 5em 1fr;column-gap:.5em;align-items:baseline}
.gc-explain .gc-row .gc-num{text-align:right}
.gc-explain pre{margin:.3em 0;padding:.5em .7em;background:rgba(128,128,128,.14);color:inherit;white-space:pre;overflow-x:auto;border-radius:.3em;font-size:.95em}
"""


def explanation_to_html(told: Explanation) -> str:
    """Return an explanation as one element that needs nothing from outside and runs nothing."""
    report = told.report
    facts = [report.published_on.isoformat() if report.published_on else "undated", report.source, report.report_id]
    parts = [
        f"<style>{_STYLE}</style>",
        '<div class="gc-explain">',
        f"<h4>{_text(title_of(told))}</h4>",
        f'<p><span class="gc-dim">{_BETWEEN.join(_text(clip(fact)) for fact in facts if fact)}</span><br>{_text(summary_line(told))}</p>',
        *_names(told),
        *_rest(told),
        _repairs(told),
        "</div>",
    ]
    return "".join(parts)


def _text(text: str) -> str:
    """Return `text`, already made visible, escaped and kept from turning the text around it."""
    return f"<bdi>{escape(text)}</bdi>"


def _names(told: Explanation) -> Iterator[str]:
    if not told.mentions:
        return
    yield '<table class="gc-names"><thead><tr><th></th><th>name in its sentence</th><th>place</th><th class="gc-num">score</th><th>why</th></tr></thead><tbody>'
    shown: set[int] = set()
    for mention in told.mentions[:_N_MENTIONS]:
        earlier = min(shown.intersection(mention.same_name), default=None)
        shown.add(mention.number)
        yield from _mention(told, mention, earlier)
    yield "</tbody></table>"
    if len(told.mentions) > _N_MENTIONS:
        yield f"<p>{len(told.mentions) - _N_MENTIONS:,} more names: only(name=...) shows one of them, to_frame() has them all</p>"


def _mention(told: Explanation, mention: ExplainedMention, earlier: int | None) -> Iterator[str]:
    resolution = mention.resolution
    toponym, place = resolution.toponym, resolution.place
    side = "gc-yes" if place else "gc-no"
    where = f"<strong>{_text(clip(place.name))}</strong>{_dim(place_line(place))}" if place else ""
    yield f'<tr class="{side}"><td class="gc-num gc-dim">{mention.number}</td>'
    yield f"<td>{_sentence(told, mention)}{_dim(role_line(toponym))}</td>"
    yield f"<td>{where or f'<em>{escape(outcome_words(mention))}</em>'}</td>"
    yield f'<td class="gc-num">{resolution.score:.2f}</td><td>{_text(visible("; ".join(resolution.reasons)))}</td></tr>'
    yield f'<tr class="gc-more {side}"><td></td><td colspan="4">'
    yield from _details(mention, earlier)
    yield "</td></tr>"


def _details(mention: ExplainedMention, earlier: int | None) -> Iterator[str]:
    toponym, place = mention.resolution.toponym, mention.resolution.place
    count = len(mention.candidates)
    candidates = shown_candidates(mention, everything=False)
    shown = f", {len(candidates)} shown" if len(candidates) < count else ""
    yield f'<details><summary class="gc-dim">{count} candidate{"s" * (count != 1)}{shown}, and what they weigh</summary>'
    if place:
        yield _dim(f"{visible(place.place_id)}, {coordinates(place)}")
    yield _dim(f"{toponym.score:.2f} that it is a name of a place: {why_detected(toponym)}")
    if earlier is not None:
        yield f"<div>weighed together with number {earlier}: the same name, the same candidates</div></details>"
        return
    heaviest = max((abs(one.added) for each in candidates for one in each.contributions), default=1.0)
    yield '<table class="gc-candidates">'
    for one in candidates:
        yield from _candidate(one, heaviest)
    yield "</table>"
    if mention.decisive:
        yield _dim("the first against the second: " + visible(evidence_line(mention.decisive[:3])))
    if any(one.contributions for one in candidates):
        yield _dim(f"none of them weighs {mention.none_total:+.1f}")
    yield "</details>"


def _dim(text: str) -> str:
    return f'<div class="gc-dim">{_text(text)}</div>'


def _sentence(told: Explanation, mention: ExplainedMention) -> str:
    start, end = sentence_of(told.report, mention)
    toponym, text = mention.resolution.toponym, told.report.text
    before, after = visible(text[start : toponym.start]), visible(text[toponym.end : end])
    name = clip(text[toponym.start : toponym.end])
    return f"<bdi>{escape(before)}<mark>{_text(name)}</mark>{escape(after)}</bdi>"


def _candidate(one: ExplainedCandidate, heaviest: float) -> Iterator[str]:
    place = one.place
    name = f"<strong>{_text(clip(place.name))}</strong>{_CHOSEN if one.chosen else ''}"
    spot = f"{_dim(f'at the same spot as {visible(one.counted_with)}')}" if one.counted_with else ""
    yield f'<tr><td class="gc-num">{one.score:.2f}</td><td>{name}{_dim(place_line(place))}{_dim(visible(place.place_id))}{spot}</td><td>'
    told = told_evidence(one)
    for evidence in told[:_N_EVIDENCE]:
        width = max(0.15, _BAR_EM * abs(evidence.added) / heaviest)
        against = " gc-against" if evidence.added < 0 else ""
        yield f'<div class="gc-row"><span class="gc-num">{evidence.added:+.1f}</span><span><span class="gc-bar{against}" style="width:{width:.2f}em"></span></span><span>{_text(visible(evidence.words))}</span></div>'
    if told:
        more = f", with {len(told) - _N_EVIDENCE} more" if len(told) > _N_EVIDENCE else ""
        yield f'<div class="gc-row gc-dim"><span class="gc-num">{one.total:+.1f}</span><span></span><span>in all{more}</span></div>'
    yield "</td></tr>"


def _rest(told: Explanation) -> Iterator[str]:
    if told.demonyms:
        yield f"<p><strong>Peoples, recognised and not placed:</strong> {_text(demonym_line(told))}</p>"
    if told.passed_over:
        lines = "<br>".join(_text(line) for line in passed_over_lines(told))
        yield f"<details><summary>{len(told.passed_over)} passed by: not taken for place names</summary>{lines}</details>"
    for events, head in (
        (unlikely_event_lines(told), "read like conflict events and are none: too unlikely"),
        (doubtful_event_lines(told), "may be no conflict events: kept for review"),
    ):
        if events:
            shown = "<br>".join(_text(visible(line)) for line in events)
            yield f"<details><summary>{len(events)} {head}</summary>{shown}</details>"
    for line in (*told.unavailable, *told.notes):
        yield f"<p>{_text(visible(line))}</p>"


def _repairs(told: Explanation) -> str:
    rows = repair_rows(told)
    if not rows:
        return ""
    lines = "\n".join(escape(line) for line in (OVERRIDES_HEADER, *itertools.chain.from_iterable(rows)))
    return f"<details><summary>To change an answer: rows for overrides.csv</summary><pre>{lines}</pre></details>"
