"""Stores compared by all that they hold, and reports enough to be worth several workers."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from geoconflict.models import Report
from geoconflict.reports import read_documents


def as_text(path):
    """Return all that a store holds but times and paths of the machine; equal stores give equal text."""
    with closing(sqlite3.connect(path)) as db:
        files = db.execute("SELECT is_mirrored, report_ids FROM source_file ORDER BY 2").fetchall()
        history = db.execute("SELECT what, report_id, event_id, note, record FROM history ORDER BY number").fetchall()
        own = ("source_file", "history")
        lines = [line for line in db.iterdump() if not line.startswith(tuple(f'INSERT INTO "{one}"' for one in own))]
        return "\n".join([*lines, *map(repr, files), *map(repr, history)])


def written_reports(project_root, file, *, copies):
    """Write the sample reports so many times, each copy with a sentence of its own, and return the file."""
    samples = [one for one in read_documents(project_root / "data" / "reports") if isinstance(one, Report)]
    rows = [
        {"text": f"{one.text[one.body_start :]} It was day {copy}.", "published_on": one.published_on.isoformat()}
        for copy in range(copies)
        for one in samples
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file
