"""An array of objects, or one object over several lines, is read object by object; faults are named by line."""

import codecs
import json
from pathlib import Path

import pytest

from geoconflict.reports import read_reports
from geoconflict.settings import ReportsSettings

ONE = {"text": "Shells hit Tarvan.", "published": "2021-03-04"}
TWO = {"text": "Rockets hit Selmen.\nNobody died.", "published": "2021-03-05", "title": "A [bracket] and a {brace}"}


def read(folder: Path, content: str | bytes, **options: object):
    path = folder / "in.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    reader = read_reports(path, **options)
    reports = list(reader)
    return reports, [(one.where.removeprefix(f"{path}"), one.what) for one in reader.failures]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize(
    "encode", [str.encode, lambda text: codecs.BOM_UTF8 + text.encode(), lambda text: text.encode("utf-16")]
)
def test_an_array_is_a_report_for_each_object(tmp_path, indent, encode):
    reports, failures = read(tmp_path, encode(json.dumps([ONE, TWO], indent=indent)))
    assert [one.text for one in reports] == [ONE["text"], TWO["text"]]
    assert failures == []


def test_a_report_tells_the_line_that_its_object_begins_on(tmp_path):
    reports, _ = read(tmp_path, json.dumps([ONE, TWO], indent=2))
    assert [one.origin for one in reports] == ["in.json:2", "in.json:6"]


def test_one_object_over_several_lines_is_one_report(tmp_path):
    (report,), failures = read(tmp_path, json.dumps(TWO, indent=2))
    assert (report.title, failures) == (TWO["title"], [])


def test_a_long_array_on_one_line_is_read_in_pieces(tmp_path):
    many = [{**ONE, "text": f"Shells hit Tarvan, the {number}th time."} for number in range(3000)]
    reports, failures = read(tmp_path, json.dumps(many), settings=ReportsSettings(max_bytes=20_000))
    assert [one.text for one in reports] == [one["text"] for one in many]
    assert failures == []


@pytest.mark.parametrize(
    ("content", "n_reports", "where", "what"),
    [
        (f"[{json.dumps(ONE)},\n3,\n{json.dumps(TWO)}]", 2, ":2", "item 2 is no JSON object but 3"),
        (
            f'[{json.dumps(ONE)},\n{{"text": "a", "text": "b"}},\n{json.dumps(TWO)}]',
            2,
            ":2",
            "the key 'text' stands twice",
        ),
        (f'[{json.dumps(ONE)},\n{{"text": "a"}}]', 1, ":2", "the report has no date"),
        (f"[{json.dumps(ONE)},\n{{'text'}}]", 1, ":2", "not JSON: Expecting property name enclosed in double quotes"),
        (f'[{json.dumps(ONE)},\n{{"text": "a', 1, ":2", "not JSON: Unterminated string starting at character 10"),
        (f"[{json.dumps(ONE)},\n", 1, ":2", "the array is not closed: the file may be cut off"),
        (f"[{json.dumps(ONE)}]\n{json.dumps(TWO)}", 1, ":2", "something follows the JSON: {"),
        (json.dumps([ONE]).encode() + b"\n\xff", 0, ":1", "not UTF-8"),
        (json.dumps([{**ONE, "text": "x" * 500_000}]), 0, ":1", "a value has more than the 200,000 characters allowed"),
        ("[" * 100_000, 0, ":1", "not usable JSON"),
    ],
)
def test_what_becomes_no_report_is_named_by_line(tmp_path, content, n_reports, where, what):
    reports, ((found, why),) = read(tmp_path, content, settings=ReportsSettings(max_bytes=200_000))
    assert len(reports) == n_reports
    assert found == where
    assert why.startswith(what)
