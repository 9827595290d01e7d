"""The tables of an event store, as the steps that make them."""

from __future__ import annotations

__all__ = ["FIGURES_OF_READINGS", "MIGRATIONS"]

FIGURES_OF_READINGS = """
    INSERT INTO figure SELECT report_id, json_extract(record, '$.tolls'), json_extract(record, '$.equipment') FROM reading
        WHERE json_array_length(record, '$.tolls') + json_array_length(record, '$.equipment') > 0
"""
"""Fills the figures of an empty table from the readings."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE report (
        report_id TEXT PRIMARY KEY,
        published_on TEXT,
        origin TEXT,
        record TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE reading (
        report_id TEXT PRIMARY KEY REFERENCES report ON DELETE CASCADE,
        stage_key TEXT NOT NULL,
        record TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE resolution (
        report_id TEXT PRIMARY KEY REFERENCES report ON DELETE CASCADE,
        stage_key TEXT NOT NULL,
        records TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE failure (
        report_id TEXT PRIMARY KEY REFERENCES report ON DELETE CASCADE,
        stage_key TEXT NOT NULL,
        record TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE event (
        event_id TEXT PRIMARY KEY,
        event_type TEXT NOT NULL,
        status TEXT NOT NULL,
        starts_on TEXT,
        ends_on TEXT,
        place_id TEXT,
        record TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX event_by_day ON event (ends_on, starts_on);
    """,
    """
    CREATE TABLE merged_report (
        report_id TEXT PRIMARY KEY,
        stage_key TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE version (
        mention_id TEXT PRIMARY KEY,
        report_id TEXT NOT NULL,
        block TEXT NOT NULL,
        first INTEGER,
        last INTEGER,
        core_id TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX version_by_block ON version (block);
    CREATE INDEX version_by_report ON version (report_id);
    CREATE INDEX version_by_core ON version (core_id);
    CREATE TABLE core (
        core_id TEXT PRIMARY KEY,
        kin TEXT NOT NULL,
        level TEXT NOT NULL,
        first INTEGER,
        last INTEGER,
        lon REAL NOT NULL,
        lat REAL NOT NULL,
        radius_m REAL NOT NULL,
        reports TEXT NOT NULL,
        target TEXT,
        event_id TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX core_by_day ON core (kin, level, last, first);
    CREATE INDEX core_by_event ON core (event_id);
    """,
    """
    CREATE TABLE source_file (
        path TEXT PRIMARY KEY,
        stamp TEXT NOT NULL,
        is_mirrored INTEGER NOT NULL,
        report_ids TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE withdrawn (
        report_id TEXT PRIMARY KEY,
        why TEXT NOT NULL,
        replaced_by TEXT,
        record TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE history (
        number INTEGER PRIMARY KEY,
        noted_at TEXT NOT NULL,
        what TEXT NOT NULL,
        report_id TEXT NOT NULL,
        event_id TEXT,
        note TEXT NOT NULL,
        record TEXT
    );
    CREATE INDEX history_by_event ON history (event_id);
    CREATE INDEX report_by_url ON report (json_extract(record, '$.url'));
    CREATE TABLE frame_block (
        block TEXT PRIMARY KEY,
        last TEXT,
        stream BLOB NOT NULL
    );
    CREATE TABLE changed_event (
        event_id TEXT NOT NULL,
        block TEXT NOT NULL,
        PRIMARY KEY (event_id, block)
    ) WITHOUT ROWID;
    INSERT INTO changed_event SELECT event_id, substr(coalesce(starts_on, ends_on, ''), 1, 7) FROM event;
    CREATE TABLE figure (
        report_id TEXT PRIMARY KEY REFERENCES report ON DELETE CASCADE,
        tolls TEXT NOT NULL,
        equipment TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    FIGURES_OF_READINGS,
    """
    CREATE TABLE report_text (
        report_id TEXT PRIMARY KEY,
        day INTEGER NOT NULL,
        told_at TEXT NOT NULL,
        n_words INTEGER NOT NULL,
        sketch BLOB NOT NULL,
        copy_of TEXT
    ) WITHOUT ROWID;
    CREATE INDEX report_text_by_copy ON report_text (copy_of);
    CREATE INDEX report_by_day ON report (published_on);
    CREATE TABLE text_band (
        week INTEGER NOT NULL,
        band INTEGER NOT NULL,
        leads INTEGER NOT NULL,
        day INTEGER NOT NULL,
        text_id BLOB NOT NULL,
        PRIMARY KEY (week, band, leads, day, text_id)
    ) WITHOUT ROWID;
    """,
    # The state of all reports is asked for by every run; the tables hold what was read beside the keys, far more than that.
    """
    CREATE INDEX reading_by_stage ON reading (report_id, stage_key);
    CREATE INDEX resolution_by_stage ON resolution (report_id, stage_key);
    ALTER TABLE source_file ADD COLUMN digest TEXT NOT NULL DEFAULT '';
    """,
)
"""Numbered from 1; each runs once, in one transaction with its number."""
