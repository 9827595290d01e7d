"""However the file of a store is damaged, a check tells and a repair saves rows as they were, or says that it cannot."""

import shutil
import sqlite3

import pytest
from builders import day, mention, report, resolution, toponym
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.errors import StoreError
from geoconflict.models import Reading
from geoconflict.store import EventStore
from geoconflict.store.check import check_store
from geoconflict.store.repair import mend_rows, salvage

PAGE = 4096
TABLES = ("report", "reading", "resolution", "meta")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "war.sqlite"
    with EventStore(path) as store, store.transaction():
        for number in range(60):
            told = report(
                f"Artillery struck Riverton on day {number}. " + f"More was said of {number}. " * (number % 50 * 8)
            )
            name = toponym()
            store.put_report(told)
            found = Reading(
                report_id=told.report_id, toponyms=(name,), mentions=(mention(told, when=day(), place=name),)
            )
            store.put_reading(found, "k1")
            store.put_resolutions(told.report_id, [resolution(name)], "k2")
    return path


def rows(path):
    db = sqlite3.connect(path)
    try:
        return {table: set(db.execute(f"SELECT * FROM {table}")) for table in TABLES}
    finally:
        db.close()


@given(data=st.data())
@settings(max_examples=25)
def test_rows_are_saved_as_they_were_or_not_at_all(whole, tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("damaged")
    path = folder / "war.sqlite"
    content = bytearray(whole.read_bytes())
    n_pages = len(content) // PAGE
    for page in data.draw(st.lists(st.integers(0, n_pages - 1), max_size=6, unique=True), label="pages"):
        filling = data.draw(st.sampled_from([b"\0", b"\xaa", b"\xff"]), label="filling")
        content[page * PAGE : (page + 1) * PAGE] = filling * PAGE
    keep = data.draw(st.integers(n_pages // 2, n_pages), label="pages kept")
    path.write_bytes(content[: keep * PAGE])
    try:
        faults = check_store(path)
    except StoreError:
        faults = None
    before = rows(whole)
    if faults == []:
        assert bytes(content) == whole.read_bytes() or rows(path) == before  # only room that nothing uses was spoilt
        return
    new = folder / "new.sqlite"
    try:
        salvage(path, new)
    except StoreError:  # said in words of ours, and nothing was changed
        return
    mend_rows(new, check_store(new))
    assert check_store(new) == []
    after = rows(new)
    assert all(after[table] <= before[table] for table in TABLES)
    shutil.rmtree(folder)
