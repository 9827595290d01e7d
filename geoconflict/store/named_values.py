"""Values that a store keeps under names: the keys of its stages, and what is known of its tables."""

from __future__ import annotations

import sqlite3

__all__ = ["keep_value", "named_value"]


def named_value(db: sqlite3.Connection, name: str) -> str | None:
    """Return the value of a name, or None."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def keep_value(db: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a value under a name, in place of what was there; within a transaction."""
    db.execute("INSERT INTO meta VALUES (?, ?) ON CONFLICT DO UPDATE SET value=excluded.value", (name, value))
