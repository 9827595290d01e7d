import datetime as dt
import multiprocessing
import sqlite3

import pytest
from tiny_gazetteer import tiny_place

from geoconflict.errors import ConfigError
from geoconflict.places import GeocodeCache

NOW = dt.datetime(2024, 5, 1, 12, 0, tzinfo=dt.UTC)
PLACE = tiny_place("somewhere", "Somewhere", 10.0, 20.0)


def days(number: float) -> dt.timedelta:
    return dt.timedelta(days=number)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "cache.sqlite"


def test_a_question_never_asked_has_no_answer(path):
    with GeocodeCache(path) as cache:
        assert cache.get("nominatim", "q", now=NOW) is None


def test_found_and_not_found_are_kept_apart_from_never_asked(path):
    with GeocodeCache(path) as cache:
        cache.put("nominatim", "known", [PLACE], now=NOW)
        cache.put("nominatim", "unknown", [], now=NOW)
    with GeocodeCache(path) as cache:  # from disk
        known, unknown = cache.get("nominatim", "known", now=NOW), cache.get("nominatim", "unknown", now=NOW)
        assert known is not None
        assert known.places == (PLACE,)
        assert known.asked_at == NOW
        assert unknown is not None
        assert unknown.places == ()
        assert cache.get("photon", "known", now=NOW) is None


def test_not_found_is_forgotten_sooner(path):
    with GeocodeCache(path, found_days=100, not_found_days=10) as cache:
        cache.put("s", "known", [PLACE], now=NOW)
        cache.put("s", "unknown", [], now=NOW)
        assert cache.get("s", "unknown", now=NOW + days(9.9)) is not None
        assert cache.get("s", "unknown", now=NOW + days(10.1)) is None
        assert cache.get("s", "known", now=NOW + days(99)) is not None
        assert cache.get("s", "known", now=NOW + days(101)) is None


def test_a_new_answer_replaces_the_old_one(path):
    with GeocodeCache(path) as cache:
        cache.put("s", "q", [], now=NOW)
        cache.put("s", "q", [PLACE], now=NOW + days(1))
    with GeocodeCache(path) as cache:
        answer = cache.get("s", "q", now=NOW + days(2))
        assert answer is not None
        assert answer.places == (PLACE,)


def test_nothing_is_written_before_the_first_question(path):
    GeocodeCache(path).close()
    assert not path.exists()


def test_the_file_is_durable_and_shared_by_its_settings(path):
    with GeocodeCache(path) as cache:
        cache.put("s", "q", [], now=NOW)
        assert cache._connection is not None
        pragma = {
            name: cache._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "busy_timeout", "user_version")
        }
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 60_000, "user_version": 2}


@pytest.mark.parametrize("junk", [b"this is no database" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_file_is_set_aside_with_a_warning(path, junk):
    path.write_bytes(junk)
    with GeocodeCache(path) as cache:
        with pytest.warns(RuntimeWarning, match="damaged"):
            cache.put("s", "q", [PLACE], now=NOW)
        assert cache.get("s", "q", now=NOW) is not None
    assert path.with_name("cache.sqlite.damaged").read_bytes() == junk


def test_a_file_damaged_in_its_pages_is_set_aside_too(path):
    with GeocodeCache(path) as cache:
        for number in range(400):
            cache.put("s", f"question {number}", [PLACE], now=NOW)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)
    with GeocodeCache(path) as cache:
        with pytest.warns(RuntimeWarning, match="damaged"):
            assert cache.get("s", "question 7", now=NOW) is None
        cache.put("s", "question 7", [PLACE], now=NOW)
        assert cache.get("s", "question 7", now=NOW) is not None


def test_a_file_of_the_first_format_is_brought_up_to_date(path):
    with GeocodeCache(path) as cache:
        cache.put("s", "q", [PLACE], now=NOW)
    with sqlite3.connect(path) as old:
        old.execute("DROP TABLE pace")
        old.execute("PRAGMA user_version = 1")
    old.close()
    with GeocodeCache(path) as cache:
        assert cache.get("s", "q", now=NOW) is not None
        assert cache.take_turn("s", now=NOW, pause=seconds(1)) == seconds(0)


# ---------------------------------------------------------------- the pace that processes share
def seconds(number: float) -> dt.timedelta:
    return dt.timedelta(seconds=number)


def test_turns_are_a_pause_apart_whoever_takes_them(path):
    with GeocodeCache(path) as one, GeocodeCache(path) as other:
        assert one.take_turn("s", now=NOW, pause=seconds(2)) == seconds(0)
        assert other.take_turn("s", now=NOW, pause=seconds(2)) == seconds(2)
        assert one.take_turn("s", now=NOW + seconds(1), pause=seconds(2)) == seconds(3)
        assert other.take_turn("t", now=NOW, pause=seconds(2)) == seconds(0)
        assert one.take_turn("s", now=NOW + seconds(60), pause=seconds(2)) == seconds(0)


def test_a_clock_that_was_set_back_stops_nobody(path):
    with GeocodeCache(path) as cache:
        cache.take_turn("s", now=NOW + days(400), pause=seconds(1))
        assert cache.take_turn("s", now=NOW, pause=seconds(1)) <= seconds(1)


def test_a_rest_is_kept_for_later_runs_until_it_is_over(path):
    with GeocodeCache(path) as cache:
        assert cache.rest_of("s", now=NOW) is None
        cache.put_rest("s", until=NOW + days(1), reason="it asked to")
        cache.put_rest("s", until=NOW + seconds(5), reason="a shorter one")
    with GeocodeCache(path) as cache:
        rest = cache.rest_of("s", now=NOW + seconds(3))
        assert rest is not None
        assert (rest.until, rest.reason) == (NOW + days(1), "it asked to")
        assert cache.rest_of("s", now=NOW + days(1.1)) is None
        assert cache.rest_of("t", now=NOW) is None


def test_somebody_elses_database_is_refused_and_left_alone(path):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE precious (value TEXT)")
    other.close()
    before = path.read_bytes()
    with GeocodeCache(path) as cache, pytest.raises(ConfigError, match="not a geocode cache"):
        cache.get("s", "q", now=NOW)
    assert path.read_bytes() == before


def test_a_cache_of_a_newer_version_is_refused_and_left_alone(path):
    with GeocodeCache(path) as cache:
        cache.put("s", "q", [], now=NOW)
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with GeocodeCache(path) as cache, pytest.raises(ConfigError, match="newer geoconflict"):
        cache.get("s", "q", now=NOW)
    assert path.exists()


def test_a_missing_folder_is_a_clear_error(tmp_path):
    with GeocodeCache(tmp_path / "none" / "cache.sqlite") as cache, pytest.raises(ConfigError, match="no such folder"):
        cache.get("s", "q", now=NOW)


def test_a_record_of_other_fields_counts_as_never_asked(path):
    with GeocodeCache(path) as cache:
        cache.put("s", "q", [PLACE], now=NOW)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE answer SET places = '[{\"shape\": 1}]'")
    database.close()
    with GeocodeCache(path) as cache:
        assert cache.get("s", "q", now=NOW) is None


def test_memory_holds_a_bounded_number_of_answers(path, monkeypatch):
    monkeypatch.setattr("geoconflict.places.online.cache._N_KEPT", 3)
    with GeocodeCache(path) as cache:
        for number in range(10):
            cache.put("s", str(number), [], now=NOW)
        assert len(cache._memory) == 3
        assert all(cache.get("s", str(number), now=NOW) is not None for number in range(10))


def _write_many(path: str, who: int) -> None:
    with GeocodeCache(path) as cache:
        for number in range(40):
            cache.put(f"service {who}", str(number), [PLACE], now=NOW)


def test_several_processes_write_at_once(path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write_many, args=(str(path), who)) for who in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    with GeocodeCache(path) as cache:
        for who in range(2):
            assert all(cache.get(f"service {who}", str(number), now=NOW) is not None for number in range(40))
