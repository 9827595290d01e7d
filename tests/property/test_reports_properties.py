"""What must hold for any input: offsets survive, nothing raises, UTF-8 is UTF-8."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.models import Report, RunFailure
from geoconflict.reports import known_suffixes, read_documents, read_reports
from geoconflict.reports._encoding import decode, normalise
from geoconflict.reports._rejection import Rejection

TODAY = dt.date(2024, 5, 1)
ANY_TEXT = st.text(st.characters(exclude_categories=()))
UNHURRIED = settings(deadline=None)
LINES = st.lists(st.sampled_from(["\r", "\n", "\r\n", "a", "é", "\x00", "\ud800", " ", '"', ","]), max_size=40).map(
    "".join
)


@UNHURRIED
@given(ANY_TEXT | LINES)
def test_normalising_keeps_length_and_offsets(text: str) -> None:
    result = normalise(text)
    assert len(result) == len(text)
    for before, after in zip(text, result, strict=True):
        assert (
            after == before
            or before == "\r"
            or (after == "\ufffd" and (before == "\x00" or "\ud800" <= before <= "\udfff"))
        )
    assert "\r" not in result
    assert normalise(result) == result
    result.encode()


@UNHURRIED
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\r\n")))
def test_valid_utf8_is_never_taken_for_anything_else(text: str) -> None:
    text = text.lstrip("\ufeff")
    if text.startswith("%PDF-"):
        return
    assert decode(text.encode()) == text
    assert decode(text.encode("utf-8-sig")) == text


@UNHURRIED
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_rejected(data: bytes) -> None:
    try:
        text = decode(data)
    except Rejection as rejection:
        text = f"{rejection.what}; {rejection.repair}"
    assert isinstance(text, str)
    assert len(text) <= max(len(data), 300)


@UNHURRIED
@given(st.binary(max_size=400), st.sampled_from(known_suffixes()))
def test_any_file_gives_reports_or_failures(data: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"2021-03-04{suffix}"
        path.write_bytes(data)
        outcomes = list(read_documents(path, today=TODAY))
    assert outcomes
    for outcome in outcomes:
        assert isinstance(outcome, Report | RunFailure)


@UNHURRIED
@given(LINES | ANY_TEXT, st.none() | st.dates(dt.date(1900, 1, 1), TODAY))
def test_text_of_a_json_line_comes_out_with_its_offsets(text: str, day: dt.date | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.jsonl"
        path.write_text(json.dumps({"text": text, "published": day and day.isoformat()}))
        (outcome,) = read_documents(path, today=TODAY)
    if text.strip():
        assert isinstance(outcome, Report)
        assert outcome.text == normalise(text)
        assert outcome.published_on == day
        assert 0 <= outcome.body_start < len(text)
        assert Report.from_dict(json.loads(json.dumps(outcome.to_dict()))) == outcome
    elif isinstance(outcome, Report):
        # NUL and lone surrogates are no blanks: they come out as U+FFFD.
        assert not normalise(text).isspace()


@UNHURRIED
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t"), min_size=1), max_size=6)
)
def test_tables_and_json_lines_say_the_same(texts: list[str]) -> None:
    import csv

    with tempfile.TemporaryDirectory() as folder:
        table, lines = Path(folder) / "in.csv", Path(folder) / "in.jsonl"
        with table.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["date", "text"], *(["2021-03-04", t] for t in texts)])
        rows = [json.dumps({"date": "2021-03-04", "text": text}) + "\n" for text in texts]
        lines.write_text("".join(rows))
        document = Path(folder) / "in.json"
        document.write_text(
            json.dumps([json.loads(row) for row in rows], indent=1, ensure_ascii=False), encoding="utf-8"
        )
        told = [[one.report_id for one in read_reports(file, today=TODAY)] for file in (table, lines, document)]
        assert told[0] == told[1] == told[2]
