import sqlite3

import pytest
from builders import day, mention, place, report, resolution, toponym

from geoconflict.events import event_sources, merge_into
from geoconflict.models import Reading
from geoconflict.store import EventStore
from geoconflict.store.check import check_store


@pytest.fixture
def path(tmp_path):
    """A store of three reports, read, placed and merged, as a run leaves it."""
    path = tmp_path / "war.sqlite"
    tales = [
        report("Artillery struck Riverton on Thursday."),
        report("Shelling reached Riverton again."),
        report("Rockets fell over Riverton later."),
    ]
    with EventStore(path) as store, store.transaction():
        for number, told in enumerate(tales):
            start = told.text.index("Riverton")
            name = toponym(start=start)
            reading = Reading(
                report_id=told.report_id, toponyms=(name,), mentions=(mention(told, when=day(number * 9), place=name),)
            )
            store.put_report(told)
            store.put_reading(reading, "k1")
            store.put_resolutions(told.report_id, [resolution(name, place())], "k2")
            merge_into(store.ledger, event_sources(told, reading, [resolution(name, place())]))
        store.ledger.set_merged({told.report_id: "k1 k2" for told in tales})
        store.set_meta("merging_rules", "r")
    return path


def spoil(path, *statements):
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


def told(path):
    return {(fault.what, fault.mend) for fault in check_store(path)}


def test_a_store_as_a_run_leaves_it_is_whole(path):
    assert check_store(path) == []


@pytest.mark.parametrize(
    ("statement", "what", "mend"),
    [
        ("INSERT INTO reading VALUES ('nobody', 'k', '{}')", "reading without its report", "remove"),
        ("INSERT INTO resolution VALUES ('nobody', 'k', '[]')", "resolution without its report", "remove"),
        ("INSERT INTO failure VALUES ('nobody', 'k', '{}')", "failure without its report", "remove"),
        ("DELETE FROM reading WHERE report_id = (SELECT min(report_id) FROM report)", "places of a report that was not read", "remove"),
        (
            "INSERT INTO failure SELECT report_id, 'k', '{\"stage\": \"extract\", \"where\": \"x\", \"what\": \"y\"}' FROM report",
            "report both read and failed",
            "remove",
        ),
        ("UPDATE reading SET stage_key = ''", "reading without a stage key", "remove"),
        ("INSERT INTO merged_report VALUES ('nobody', 'k')", "merged report that is not there", "merge"),
        ("UPDATE version SET report_id = 'nobody'", "version of a report that is not there", "merge"),
        ("DELETE FROM merged_report", "version of a report that was not merged", "merge"),
        ("DELETE FROM core", "version without its core", "merge"),
        ("DELETE FROM version", "core without a version", "merge"),
        ("DELETE FROM event", "core without its event", "merge"),
        ("UPDATE core SET target = 'nobody'", "core that supports none that there is", "merge"),
        ("UPDATE core SET event_id = (SELECT max(event_id) FROM event)", "event without a core", "merge"),
        ("UPDATE core SET event_id = (SELECT max(event_id) FROM event)", "event with a mention that merging does not have in it", "merge"),
        ("DELETE FROM report WHERE report_id = (SELECT min(report_id) FROM report)", "event told by a report that is not there", "merge"),
        (
            "UPDATE event SET record = (SELECT record FROM event ORDER BY event_id LIMIT 1)",
            "mention in several events",
            "merge",
        ),
        ("UPDATE event SET record = json_set(record, '$.sources', json('[]'))", "merged mention that is in no event", "merge"),
        (
            "DELETE FROM version WHERE mention_id = (SELECT min(mention_id) FROM version)",
            "mention of a merged report that is in no event",
            "merge",
        ),
        ("UPDATE event SET status = 'denied'", "event whose columns differ from its record", "merge"),
        ("UPDATE event SET place_id = 'x:1'", "event whose columns differ from its record", "merge"),
        ("UPDATE event SET record = '{half'", "event that cannot be read", "merge"),
        ("UPDATE report SET record = '[]'", "report that cannot be read", "remove"),
        ("UPDATE reading SET record = '{\"toponyms\": 3}'", "reading that cannot be read", "remove"),
        ("UPDATE resolution SET records = '7'", "resolution that cannot be read", "remove"),
        (
            "UPDATE report SET record = replace(record, 'Riverton', 'Rivertom')",
            "reading of other words than its report has",
            "remove",
        ),
    ],
)  # fmt: skip
def test_what_is_broken_is_found(path, statement, what, mend):
    spoil(path, statement)
    assert (what, mend) in told(path)


def test_keys_of_the_broken_rows_are_named(path):
    spoil(path, "INSERT INTO reading VALUES ('nobody', 'k', '{}')")
    faults = {fault.what: fault for fault in check_store(path)}
    assert faults["reading without its report"].keys == ("nobody",)
    assert faults["reading without its report"].table == "reading"


def test_what_waits_to_be_merged_is_no_fault(path):
    spoil(path, "DELETE FROM version", "DELETE FROM core", "DELETE FROM merged_report", "DELETE FROM meta")
    assert check_store(path) == []


def test_a_damaged_page_is_told_with_what_sqlite_says(path):
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 6] = b"\xaa" * 4096 * 4
    path.write_bytes(content)
    (fault,) = check_store(path)
    assert (fault.what, fault.mend) == ("damaged pages", "rebuild")
    assert fault.keys


def test_a_truncated_file_is_damaged(path):
    content = path.read_bytes()
    path.write_bytes(content[: -3 * 4096])
    assert told(path) == {("damaged pages", "rebuild")}


def test_a_check_writes_nothing(path):
    before = path.read_bytes()
    check_store(path)
    assert path.read_bytes() == before
