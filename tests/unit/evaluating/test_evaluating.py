"""Labels against predictions: what is right, of how many, with intervals that can be repeated."""

import json

import pytest
from click.testing import CliRunner

from geoconflict.cli import main
from geoconflict.errors import InputError
from geoconflict.evaluating import Labels, Rules, evaluate, load_labels, load_predictions

SHELLING = {
    "doc_id": "d", "text": "Shells fell on Ganja.", "published": "2020-10-05", "date": "2020-10-04", "place_name": "Ganja town",
    "lat": 40.68, "lon": 46.36, "event_type": "Explosions/Remote violence", "fatalities": 2,
}  # fmt: skip
CLASH = {
    **SHELLING,
    "date": "2020-10-06",
    "place_name": "Hadrut",
    "lat": 39.52,
    "lon": 47.03,
    "event_type": "Battles",
    "fatalities": None,
}


def labels_of(*rows):
    by_report = {}
    for row in rows:
        by_report.setdefault(row["doc_id"], []).append(row)
    return Labels(events={key: tuple(told) for key, told in by_report.items()}, reports=(), n_without_text=0)


def value(done, name):
    return done.figures[name].value


def test_labels_that_are_predicted_as_they_are_are_right():
    done = evaluate(labels_of(SHELLING, CLASH), {"d": [SHELLING, CLASH]}, n_resamples=0)
    assert {name: figure.value for name, figure in done.figures.items() if figure.value != 1} == {}
    assert done.figures["fatalities_exact"].n == 1


def test_what_is_not_found_is_wrong_and_what_is_made_up_costs_precision():
    done = evaluate(labels_of(SHELLING, CLASH), {"d": [SHELLING, {**CLASH, "lat": 1.0}, SHELLING]}, n_resamples=0)
    assert value(done, "event_precision") == pytest.approx(1 / 3)
    assert value(done, "event_recall") == 0.5
    assert value(done, "event_f1") == pytest.approx(2 / 5)
    assert value(done, "place_within_161km") == 0.5


def test_nothing_found_at_all_is_wrong_in_everything():
    done = evaluate(labels_of(SHELLING), {})
    unsaid = {"event_precision", "event_typed_precision"}  # of nothing found, no share is right
    assert {name for name, figure in done.figures.items() if figure.value is None} == unsaid
    assert {figure.value for name, figure in done.figures.items() if name not in unsaid} == {0.0}
    assert (done.figures["event_recall"].low, done.figures["event_recall"].high) == (0.0, 0.0)


def test_a_type_is_compared_in_common_labels():
    gold = {**SHELLING, "event_type": "ATTACK"}
    assert value(evaluate(labels_of(gold), {"d": [SHELLING]}), "type") == 0
    rules = Rules(gold_types={"ATTACK": "attack"}, own_types={"Explosions/Remote violence": "attack"})
    assert value(evaluate(labels_of(gold), {"d": [SHELLING]}, rules), "type") == 1
    assert "type" not in evaluate(labels_of(gold), {"d": []}, Rules(gold_types={"ATTACK": None})).figures


def test_the_intervals_are_the_same_again_hold_the_figure_and_are_narrower_over_more_reports():
    some = [{**SHELLING, "doc_id": f"d{n}"} for n in range(40)]
    found = {one["doc_id"]: [one] for one in some[:20]}
    few = {one["doc_id"]: [one] for one in some[:4]}
    first, again = (evaluate(labels_of(*some), found, seed=4).figures["event_recall"] for _ in range(2))
    small = evaluate(labels_of(*some[:8]), few, seed=4).figures["event_recall"]
    assert first == again
    assert 0 < first.low < first.value == 0.5 < first.high < 1
    assert first.high - first.low < small.high - small.low


def test_labels_are_read_from_json_lines_and_from_a_table(tmp_path):
    lines = tmp_path / "gold.jsonl"
    lines.write_text(
        "\n".join(
            map(
                json.dumps,
                [SHELLING, CLASH, {"id": "e", "text": "Nothing.", "no_event": True}, {"id": "f", "text": " "}],
            )
        )
    )
    table = tmp_path / "gold.csv"
    head = ["doc_id", "text", "published", "date", "place_name", "lat", "lon", "event_type", "fatalities", "no_event"]
    rows = [[str(one.get(name) if one.get(name) is not None else "") for name in head] for one in (SHELLING, CLASH)]
    rows.append(["e", "Nothing.", "", "", "", "", "", "", "", "true"])
    table.write_text("\n".join(",".join(row) for row in [head, *rows]))
    one, other = load_labels(lines), load_labels(str(table))
    assert (one.n_without_text, len(one.events), one.events["e"]) == (1, 2, ())
    assert [report["id"] for report in one.reports] == ["d", "e"]
    assert "lat" not in one.reports[0]
    predictions = {"d": [SHELLING], "e": [SHELLING]}
    assert evaluate(one, predictions).figures == evaluate(other, predictions).figures


@pytest.mark.parametrize(
    ("content", "said"),
    [("[1]", "line 1: not a JSON object"), ("{", "line 1: not JSON"), ('{"text": "x"}', "neither id nor doc_id"),
     ('{"id": "a", "text": "x", "lat": "north"}', "lat 'north' is not a number"), ("", "holds no label")],
)  # fmt: skip
def test_a_faulty_label_is_named_with_its_line(tmp_path, content, said):
    file = tmp_path / "gold.jsonl"
    file.write_text(content)
    with pytest.raises(InputError, match=said):
        load_labels(file)


FAULTY = {
    "date": ("26.01.2025", "date '26.01.2025' is not a day; write it like 2025-01-26"),
    "date_end": ("2020-10-01", "date_end 2020-10-01 lies before date 2020-10-04"),
    "published": ("yesterday", "published 'yesterday' is not a day"),
    "date_prec": ("day", "date_prec 'day' is not a whole number"),
    "lat": ("191", "is not from -90 to 90; write degrees, and look whether lat and lon are swapped"),
    "fatalities": ("nine", "fatalities 'nine' is not a number of people; write it in digits"),
    "fatalities_high": ("-1", "is not a number of people; write it in digits"),
    "no_event": ("maybe", "no_event 'maybe' is neither true nor false"),
}


@pytest.mark.parametrize("name", FAULTY)
@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_a_label_that_cannot_be_meant_is_refused_with_its_line_and_the_repair(tmp_path, name, suffix):
    value, said = FAULTY[name]
    rows = [SHELLING, SHELLING | {name: value}]
    file = tmp_path / f"gold.{suffix}"
    if suffix == "csv":
        heads = list(rows[1])
        lines = [",".join(heads), *(",".join(str(row.get(head, "")) for head in heads) for row in rows)]
    else:
        lines = [json.dumps(row) for row in rows]
    file.write_text("\n".join(lines))
    with pytest.raises(InputError) as refused:
        load_labels(file)
    (fault,) = str(refused.value).splitlines()[1:]
    assert fault.startswith(f"  line {len(lines)}: ")
    assert said in fault
    (_, kept) = load_labels(file, faulty="keep").events["d"]
    assert name not in kept


def test_all_faulty_labels_are_named_at_once(tmp_path):
    file = tmp_path / "gold.jsonl"
    file.write_text("\n".join(json.dumps(SHELLING | {name: value}) for name, (value, _) in FAULTY.items()))
    with pytest.raises(InputError) as refused:
        load_labels(file)
    assert len(str(refused.value).splitlines()) == 1 + len(FAULTY)


def test_the_command_names_faulty_labels_and_can_leave_them_open(tmp_path):
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_text(json.dumps(SHELLING | {"fatalities": "nine"}))
    found.write_text(json.dumps({"doc_id": "d", "events": [SHELLING]}))
    refused = CliRunner().invoke(main, ["evaluate", str(gold), "--predictions", str(found)])
    assert refused.exit_code == 1
    assert "line 1: fatalities 'nine' is not a number of people" in refused.output
    kept = CliRunner().invoke(main, ["evaluate", str(gold), "--predictions", str(found), "--keep-faulty"])
    assert kept.exit_code == 0, kept.output
    assert "taken as not stated" in kept.output
    assert "fatalities_exact" not in kept.output


def test_the_stored_report_of_a_file_is_found_by_its_name(tmp_path):
    from builders import report, source

    from geoconflict.events import merge_into
    from geoconflict.store import EventStore

    (tmp_path / "geoconflict.toml").write_text("")
    told = [
        report("Artillery struck Riverton.", origin="reports/a.txt"),
        report("Mortars hit Riverton.", origin="more.jsonl:7"),
    ]
    with EventStore(tmp_path / "geoconflict.sqlite") as store, store.transaction():
        for one in told:
            store.put_report(one)
        merge_into(store.ledger, [source(one) for one in told])
    gold = tmp_path / "gold.jsonl"
    for key, n_missing in (("a.txt", 0), ("reports/a.txt", 0), ("b.txt", 1), ("_.txt", 1)):
        gold.write_text(json.dumps({"id": key, "text": "x", "lat": 10.0, "lon": 30.0}))
        done = CliRunner().invoke(main, ["evaluate", str(gold), "--stored", "--config", str(tmp_path)])
        assert done.exit_code == 0, done.output
        assert ("1 labelled reports are not in the store" in done.output) == bool(n_missing)
        assert ("docs/review.md" in done.output) == bool(n_missing)


def test_the_command_measures_what_parse_wrote(tmp_path):
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    gold.write_text(json.dumps(SHELLING))
    found.write_text(
        json.dumps({"doc_id": "d", "events": [SHELLING]}) + "\n" + json.dumps({"doc_id": "z", "events": []})
    )
    assert load_predictions(found)["d"] == [SHELLING]
    done = CliRunner().invoke(main, ["evaluate", str(gold), "--predictions", str(found)])
    assert done.exit_code == 0, done.output
    assert "1 reports, 1 labelled events, 1 found, 1 matched" in done.output
    assert "event_f1                         1.000  (1.000 to 1.000)  of 2" in done.output
    assert "1 reports were found something in and have no labels" in done.output
    told = json.loads(CliRunner().invoke(main, ["evaluate", str(gold), "--predictions", str(found), "--json"]).stdout)
    assert told["figures"]["event_f1"]["value"] == 1


def test_the_command_reads_the_texts_itself(tmp_path):
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps({**SHELLING, "text": "On 4 October shells fell on Ganja, killing two people."}))
    done = CliRunner().invoke(main, ["evaluate", str(gold), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["figures"]["event_typed_f1"]["value"] == 1


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Маріуполь", "Маріуполь", True),
        ("Маріуполь", "МАРІУПОЛЬ city", True),
        ("Маріуполь", "Харків", False),
        ("حلب", "حَلَب", True),
        ("حلب", "حمص", False),
        ("حلب", "Aleppo", False),
        ("Район 5", "Село 5", False),
        ("काबुल", "काबुल", True),
        ("काबुल", "कबल", False),
        ("北京", "北京", True),
        ("Ağdam", "Agdam town", True),
        ("Łódź", "Łódź", True),
        ("", "", False),
    ],
)
def test_names_of_any_script_are_compared(one, other, is_same):
    label = {**SHELLING, "place_name": one or "of"}
    done = evaluate(labels_of(label), {"d": [{**SHELLING, "place_name": other}]}, n_resamples=0)
    assert value(done, "place_name") == float(is_same)


def test_a_figure_that_nothing_states_has_no_value():
    labels = Labels(events={"d": ()}, reports=(), n_without_text=0)
    done = evaluate(labels, {"d": []})
    assert (done.figures["event_precision"].value, done.figures["event_precision"].low) == (None, None)
    assert done.to_dict()["figures"]["event_f1"]["value"] is None


def test_a_figure_without_a_value_is_printed_as_a_dash(tmp_path):
    (tmp_path / "gold.jsonl").write_text(json.dumps(SHELLING))
    (tmp_path / "found.jsonl").write_text(json.dumps({"doc_id": "d", "events": []}))
    done = CliRunner().invoke(
        main, ["evaluate", str(tmp_path / "gold.jsonl"), "--predictions", str(tmp_path / "found.jsonl")]
    )
    assert done.exit_code == 0, done.output
    (line,) = (line for line in done.output.splitlines() if "  event_precision" in line)
    assert line.split() == ["event_precision", "-", "of", "0"]
