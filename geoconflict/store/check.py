"""Is a store whole? SQLite's own check of the pages, and what must hold between the rows.

Each rule is a query that finds the rows that break it, with what that means and what is done about it. Events and what merging
remembers are derived from readings: whatever is wrong with them is mended by merging anew.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from geoconflict.models import Event, Reading, Report, Resolution, RunFailure
from geoconflict.record import Record
from geoconflict.store.connecting import connect
from geoconflict.store.migrating import format_of
from geoconflict.store.schema import MIGRATIONS

__all__ = ["Fault", "Mend", "check_store"]

Mend = Literal["rebuild", "remove", "merge"]
"""What repairs a fault: a new file from what can be read; removing rows, whose reports are then read anew; merging anew."""

_N_MESSAGES = 5


class Fault(NamedTuple):
    """One way in which a store is not whole."""

    what: str
    keys: tuple[str, ...]
    """The keys of the rows; for pages, the first messages of SQLite."""
    mend: Mend
    table: str | None = None
    """Where rows are removed."""


class _Rule(NamedTuple):
    what: str
    query: str
    """Finds the keys of the rows that break the rule."""
    mend: Mend
    table: str | None = None


_SOURCES = (
    "SELECT event_id, json_extract(source.value, '$.mention.mention_id') AS mention_id, "
    "json_extract(source.value, '$.mention.report_id') AS report_id FROM event, json_each(event.record, '$.sources') AS source"
)
_ORPHANS = "SELECT report_id FROM {0} WHERE report_id NOT IN (SELECT report_id FROM report)"

_RULES: tuple[_Rule, ...] = (
    *(
        _Rule(f"{table} without its report", _ORPHANS.format(table), "remove", table)
        for table in ("reading", "resolution", "failure")
    ),
    _Rule(
        "places of a report that was not read",
        "SELECT report_id FROM resolution WHERE report_id NOT IN (SELECT report_id FROM reading)",
        "remove",
        "resolution",
    ),
    _Rule(
        "figures of a report that was not read",
        "SELECT report_id FROM figure WHERE report_id NOT IN (SELECT report_id FROM reading)",
        "remove",
        "figure",
    ),
    _Rule(
        "report both there and withdrawn",
        "SELECT report_id FROM withdrawn JOIN report USING (report_id)",
        "remove",
        "withdrawn",
    ),
    _Rule(
        "report both read and failed",
        "SELECT report_id FROM failure JOIN reading USING (report_id)",
        "remove",
        "failure",
    ),
    *(
        _Rule(
            f"{table} without a stage key",
            f"SELECT report_id FROM {table} WHERE stage_key = ''",  # noqa: S608  # our own tables
            "remove",
            table,
        )
        for table in ("reading", "resolution", "failure")
    ),
    _Rule("merged report that is not there", _ORPHANS.format("merged_report"), "merge"),
    _Rule("version of a report that is not there", _ORPHANS.format("version"), "merge"),
    _Rule(
        "version of a report that was not merged",
        "SELECT mention_id FROM version WHERE report_id NOT IN (SELECT report_id FROM merged_report)",
        "merge",
    ),
    _Rule(
        "version without its core",
        "SELECT mention_id FROM version WHERE core_id NOT IN (SELECT core_id FROM core)",
        "merge",
    ),
    _Rule(
        "core without a version", "SELECT core_id FROM core WHERE core_id NOT IN (SELECT core_id FROM version)", "merge"
    ),
    _Rule(
        "core without its event", "SELECT core_id FROM core WHERE event_id NOT IN (SELECT event_id FROM event)", "merge"
    ),
    _Rule(
        "core that supports none that there is",
        "SELECT core_id FROM core WHERE target IS NOT NULL AND target NOT IN (SELECT core_id FROM core)",
        "merge",
    ),
    _Rule(
        "event without a core", "SELECT event_id FROM event WHERE event_id NOT IN (SELECT event_id FROM core)", "merge"
    ),
    _Rule(
        "event told by a report that is not there",
        f"SELECT DISTINCT event_id FROM ({_SOURCES}) WHERE report_id NOT IN (SELECT report_id FROM report)",  # noqa: S608
        "merge",
    ),
    _Rule(
        "event with a mention that merging does not have in it",
        f"SELECT DISTINCT one.event_id FROM ({_SOURCES}) AS one LEFT JOIN version USING (mention_id) "  # noqa: S608
        "LEFT JOIN core USING (core_id) WHERE core.event_id IS NOT one.event_id",
        "merge",
    ),
    _Rule(
        "mention in several events",
        f"SELECT mention_id FROM ({_SOURCES}) GROUP BY mention_id HAVING count(*) > 1",  # noqa: S608
        "merge",
    ),
    _Rule(
        "merged mention that is in no event",
        f"SELECT mention_id FROM version EXCEPT SELECT mention_id FROM ({_SOURCES})",  # noqa: S608
        "merge",
    ),
    _Rule(
        "mention of a merged report that is in no event",
        "SELECT json_extract(mention.value, '$.mention_id') FROM reading JOIN merged_report USING (report_id) "
        "LEFT JOIN resolution USING (report_id), json_each(reading.record, '$.mentions') AS mention "
        "WHERE merged_report.stage_key = reading.stage_key || ' ' || coalesce(resolution.stage_key, 'None') "
        "EXCEPT SELECT mention_id FROM version",
        "merge",
    ),
    _Rule(
        "event whose columns differ from its record",
        "SELECT event_id FROM event WHERE json_extract(record, '$.event_id') IS NOT event_id "
        "OR json_extract(record, '$.event_type') IS NOT event_type OR json_extract(record, '$.status') IS NOT status "
        "OR json_extract(record, '$.when.starts_on') IS NOT starts_on OR json_extract(record, '$.when.ends_on') IS NOT ends_on "
        "OR json_extract(record, '$.place.place_id') IS NOT place_id",
        "merge",
    ),
)


def check_store(path: Path) -> list[Fault]:
    """Return what is wrong with a store; empty is nothing. Nothing is written, and nobody is kept out.

    Raises
    ------
    StoreError
        If it cannot be opened, belongs to another program or to another version of this one.
    """
    with contextlib.closing(connect(path, read_only=True, is_damaged=True)) as db:
        try:
            version = format_of(db, path)
            db.execute("BEGIN")  # everything is seen in one state
            pages = [str(row[0]) for row in db.execute(f"PRAGMA integrity_check({_N_MESSAGES})") if row[0] != "ok"]
        except sqlite3.DatabaseError as error:
            return [_pages([str(error)])]
        if pages:
            return [_pages(pages)]
        if version < len(MIGRATIONS):
            return []  # its tables are not yet those of the rules; migrating does not depend on them
        try:
            return [*_broken_rules(db), *_row_faults(db)]
        except sqlite3.DatabaseError as error:
            return [_pages([str(error)])]


def _pages(messages: list[str]) -> Fault:
    return Fault("damaged pages", tuple(messages), "rebuild")


def _broken_rules(db: sqlite3.Connection) -> Iterator[Fault]:
    is_json = _all_json(db)
    # After a migration or a repair nothing is merged yet: the next run does it.
    is_merged = bool(db.execute("SELECT count(*) FROM meta WHERE name = 'merging_rules'").fetchone()[0])
    for rule in _RULES:
        if rule.mend == "merge" and not is_merged:
            continue
        if is_json or "json_" not in rule.query:  # what is no JSON is told by the rows themselves
            keys = tuple(str(row[0]) for row in db.execute(rule.query))
            if keys:
                yield Fault(rule.what, keys, rule.mend, rule.table)


def _all_json(db: sqlite3.Connection) -> bool:
    query = "SELECT EXISTS (SELECT 1 FROM {} WHERE NOT json_valid({}))"
    return not any(db.execute(query.format(table, column)).fetchone()[0] for table, (_, column, _) in _RECORDS.items())


_RECORDS: dict[str, tuple[str, str, type[Record]]] = {
    "report": ("report_id", "record", Report),
    "reading": ("report_id", "record", Reading),
    "resolution": ("report_id", "records", Resolution),
    "failure": ("report_id", "record", RunFailure),
    "event": ("event_id", "record", Event),
}
"""Table -> its key, the column with the record, and what that is."""


def _row_faults(db: sqlite3.Connection) -> Iterator[Fault]:
    """Yield what is wrong inside the rows: records that cannot be read, or that speak of other words than their report's."""
    for table, (key, column, kind) in _RECORDS.items():
        broken = [
            str(row_key)
            for row_key, text in db.execute(f"SELECT {key}, {column} FROM {table}")  # noqa: S608  # our own names
            if not _can_be_read(kind, text, is_list=column == "records")
        ]
        if broken and table == "event":
            yield Fault("event that cannot be read", tuple(broken), "merge")
        elif broken:
            yield Fault(f"{table} that cannot be read", tuple(broken), "remove", table)
    rows = db.execute(
        "SELECT report.report_id, report.record, reading.record FROM report JOIN reading USING (report_id)"
    )
    others = tuple(str(report_id) for report_id, report, reading in rows if not _is_of(reading, report))
    if others:
        yield Fault("reading of other words than its report has", others, "remove", "reading")


def _can_be_read(kind: type[Record], text: str, *, is_list: bool) -> bool:
    try:
        value = json.loads(text)
        for one in value if is_list else [value]:
            kind.from_dict(one)
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    return True


def _is_of(reading: str, report: str) -> bool:
    """Whether the names found stand in the report where the reading says; true where either cannot be read."""
    try:
        text = Report.from_dict(json.loads(report)).text
        names = Reading.from_dict(json.loads(reading)).toponyms
    except (AttributeError, KeyError, TypeError, ValueError):
        return True
    return all(text[name.start : name.end] == name.surface for name in names)
