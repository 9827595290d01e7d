"""What online services were asked and what they answered, in one SQLite file that several processes may share.

Only answers are kept: the places found, or that there are none. That a service was down is no answer and never kept.
The file also holds when each service may be asked next, so that processes that share it keep one pace together, and until
when a service asked to be left alone. No clock is read here: callers say what time it is.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
import threading
import warnings
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

from geoconflict.errors import ConfigError
from geoconflict.models import Place
from geoconflict.write_ahead_log import use_write_ahead_log

__all__ = ["CachedAnswer", "GeocodeCache", "Rest"]

_BUSY_SECONDS = 60.0
_APPLICATION_ID = 0x47434743  # "GCGC": a file that carries another id is somebody else's and is never touched
_LONGEST_QUEUE = 100
"""Turns booked ahead that are believed: as many processes and threads may wait for one service."""
_N_KEPT = 10_000
"""Answers kept in memory, the least recently used dropped first."""

_MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE answer (
        service TEXT NOT NULL,
        query TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        places TEXT NOT NULL,
        PRIMARY KEY (service, query)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE pace (
        service TEXT PRIMARY KEY,
        next_at REAL NOT NULL DEFAULT 0,
        rests_until REAL NOT NULL DEFAULT 0,
        reason TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID;
    """,
)
"""Numbered from 1; each runs once, in one transaction with its number."""

_Result = TypeVar("_Result")


class CachedAnswer(NamedTuple):
    """One kept answer."""

    places: tuple[Place, ...]
    """Empty when the service knows no such place."""
    asked_at: dt.datetime
    """Aware UTC, whole seconds."""


class Rest(NamedTuple):
    """That a service is to be left alone."""

    until: dt.datetime
    """Aware UTC."""
    reason: str


class GeocodeCache:
    """The cache file. Nothing is opened before the first question.

    Parameters
    ----------
    path
        The SQLite file; made when absent.
    found_days
        How long found places are kept, days.
    not_found_days
        How long it is remembered that a service knows no such place, days.

    Notes
    -----
    WAL, ``synchronous=FULL``, a wait of 60 seconds for other processes: an answer that was paid for with a request is
    not lost in a crash. A damaged file is renamed to ``NAME.damaged`` with a warning, and the run goes on with a new one: a
    cache holds nothing that cannot be asked again.
    """

    def __init__(self, path: str | os.PathLike[str], *, found_days: int = 365, not_found_days: int = 30) -> None:
        self.path = Path(path)
        self._found = dt.timedelta(days=found_days)
        self._not_found = dt.timedelta(days=not_found_days)
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._process = os.getpid()
        self._memory: OrderedDict[tuple[str, str], CachedAnswer] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the next question opens it again."""
        with self._lock:
            if self._connection is not None and self._process == os.getpid():
                self._connection.close()
            self._connection = None

    def get(self, service: str, query: str, *, now: dt.datetime) -> CachedAnswer | None:
        """Return what `service` answered to `query`, or None when it was never asked or the answer is too old.

        Parameters
        ----------
        service
            The service with its address.
        query
            The question in its canonical form.
        now
            Aware; an answer from the future (a clock that was set back) counts as fresh.

        Raises
        ------
        ConfigError
            If the file cannot be opened, belongs to another program or to a newer version of this one.
        """
        key = (service, query)
        with self._lock:
            answer = self._memory.get(key)
            if answer is None:
                answer = self._guarded(lambda db: self._read(db, key))
                if answer is None:
                    return None
                self._remember(key, answer)
            else:
                self._memory.move_to_end(key)
            if now - answer.asked_at > (self._found if answer.places else self._not_found):
                del self._memory[key]
                return None
            return answer

    def put(self, service: str, query: str, places: Sequence[Place], *, now: dt.datetime) -> None:
        """Keep an answer: the places found, or none where the service knows no such place.

        Raises
        ------
        ConfigError
            As :meth:`get`.
        """
        answer = CachedAnswer(tuple(places), now.astimezone(dt.UTC).replace(microsecond=0))
        record = json.dumps([place.to_dict() for place in answer.places], ensure_ascii=False, separators=(",", ":"))
        values = (service, query, int(answer.asked_at.timestamp()), record)

        def write(db: sqlite3.Connection) -> None:
            with _transaction(db):
                db.execute(
                    "INSERT OR REPLACE INTO answer (service, query, asked_at, places) VALUES (?, ?, ?, ?)", values
                )

        with self._lock:
            self._guarded(write)
            self._remember((service, query), answer)

    # ------------------------------------------------------------ the pace that processes share
    def take_turn(self, service: str, *, now: dt.datetime, pause: dt.timedelta) -> dt.timedelta:
        """Book the next request to `service`, `pause` after the one before, and return how long to wait for it.

        Raises
        ------
        ConfigError
            As :meth:`get`.
        """

        def book(db: sqlite3.Connection) -> float:
            at, seconds = now.timestamp(), pause.total_seconds()
            with _transaction(db):
                row = db.execute("SELECT next_at FROM pace WHERE service = ?", (service,)).fetchone()
                turn = max(at, row[0]) if row else at
                if turn - at > _LONGEST_QUEUE * seconds:  # a clock that was set back, or a pause that was made shorter
                    turn = at + seconds
                db.execute(
                    "INSERT INTO pace (service, next_at) VALUES (?, ?) ON CONFLICT DO UPDATE SET next_at = excluded.next_at",
                    (service, turn + seconds),
                )
            return float(turn - at)

        with self._lock:
            return dt.timedelta(seconds=self._guarded(book))

    def rest_of(self, service: str, *, now: dt.datetime) -> Rest | None:
        """Return until when and why `service` is to be left alone, or None where it may be asked.

        Raises
        ------
        ConfigError
            As :meth:`get`.
        """

        def read(db: sqlite3.Connection) -> tuple[float, str] | None:
            row: tuple[float, str] | None = db.execute(
                "SELECT rests_until, reason FROM pace WHERE service = ? AND rests_until > ?", (service, now.timestamp())
            ).fetchone()
            return row

        with self._lock:
            row = self._guarded(read)
        return Rest(dt.datetime.fromtimestamp(row[0], dt.UTC), row[1]) if row else None

    def put_rest(self, service: str, *, until: dt.datetime, reason: str) -> None:
        """Keep that `service` asked to be left alone until then; a later time that is known already stays.

        Raises
        ------
        ConfigError
            As :meth:`get`.
        """

        def write(db: sqlite3.Connection) -> None:
            with _transaction(db):
                db.execute(
                    "INSERT INTO pace (service, rests_until, reason) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
                    "SET rests_until = excluded.rests_until, reason = excluded.reason WHERE excluded.rests_until > rests_until",
                    (service, until.timestamp(), reason),
                )

        with self._lock:
            self._guarded(write)

    def _remember(self, key: tuple[str, str], answer: CachedAnswer) -> None:
        self._memory[key] = answer
        self._memory.move_to_end(key)
        while len(self._memory) > _N_KEPT:
            self._memory.popitem(last=False)

    @staticmethod
    def _read(db: sqlite3.Connection, key: tuple[str, str]) -> CachedAnswer | None:
        row = db.execute("SELECT asked_at, places FROM answer WHERE service = ? AND query = ?", key).fetchone()
        if row is None:
            return None
        try:
            places = tuple(Place.from_dict(item) for item in json.loads(row[1]))
        except (TypeError, ValueError):  # written by a version with other fields: as good as never asked
            return None
        return CachedAnswer(places, dt.datetime.fromtimestamp(row[0], dt.UTC))

    # ------------------------------------------------------------ the file
    def _guarded(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
        """Do `work`; where the file proves damaged, set it aside and do it on a new one."""
        for attempt in range(2):
            try:
                return work(self._db())
            except sqlite3.OperationalError as error:
                if "malformed" not in str(error) and "not a database" not in str(error):
                    raise self._unusable(error) from error
                damage: sqlite3.DatabaseError = error
            except sqlite3.DatabaseError as error:
                damage = error
            if attempt:
                raise self._unusable(damage) from damage
            self._set_aside(damage)
        raise AssertionError  # pragma: no cover  # the second attempt returns or raises

    def _unusable(self, error: Exception) -> ConfigError:
        msg = f"{self.path}: the geocode cache cannot be used: {error}; move the file away or set places.cache to another path"
        return ConfigError(msg)

    def _set_aside(self, error: Exception) -> None:
        self.close()
        target = self.path.with_name(self.path.name + ".damaged")
        try:
            self.path.replace(target)
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        except FileNotFoundError:
            return  # another process was faster
        except OSError as problem:
            raise self._unusable(problem) from problem
        warnings.warn(
            f"{self.path}: the geocode cache is damaged ({error}); it was renamed to {target.name} and a new one begun",
            RuntimeWarning,
            stacklevel=2,
        )

    def _db(self) -> sqlite3.Connection:
        if self._connection is not None and self._process == os.getpid():
            return self._connection
        if not self.path.parent.is_dir():
            msg = f"{self.path.parent}: there is no such folder for the geocode cache; make it, or set places.cache"
            raise ConfigError(msg)
        db = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            self._prepare(db)
        except BaseException:
            db.close()
            raise
        self._connection, self._process = db, os.getpid()
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        db.execute(f"PRAGMA busy_timeout = {int(_BUSY_SECONDS * 1000)}")
        (application_id,) = db.execute("PRAGMA application_id").fetchone()
        (n_tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if application_id != _APPLICATION_ID and (application_id or n_tables):
            msg = f"{self.path}: this is a database of something else, not a geocode cache; set places.cache to another path"
            raise ConfigError(msg)
        if version > len(_MIGRATIONS):
            msg = f"{self.path}: written by a newer geoconflict (format {version}, this one reads {len(_MIGRATIONS)}); upgrade, or set places.cache to another path"
            raise ConfigError(msg)
        # Only a file known to be ours is changed. WAL first: it cannot be set inside a transaction.
        use_write_ahead_log(db, busy_seconds=_BUSY_SECONDS)
        db.execute("PRAGMA synchronous = FULL")
        with _transaction(db):
            (version,) = db.execute("PRAGMA user_version").fetchone()
            for number, script in enumerate(_MIGRATIONS[version:], version + 1):
                for statement in filter(str.strip, script.split(";")):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number}")
            db.execute(f"PRAGMA application_id = {_APPLICATION_ID}")


@contextlib.contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Write all or nothing; others wait meanwhile."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
