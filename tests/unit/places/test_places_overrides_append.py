import datetime as dt
import multiprocessing
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.errors import InputError
from geoconflict.places import Override, append_override, load_overrides, override_point

ROW = Override(surface="Anderam", place_id="x:9")


def test_a_file_is_made_where_there_is_none(tmp_path):
    path = tmp_path / "overrides.csv"
    added = append_override(path, ROW)
    assert (added.line, added.file_name) == (2, "overrides.csv")
    assert [row.place_id for row in load_overrides(path)] == ["x:9"]


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_other_rows_and_comments_stay_byte_for_byte(end, newline, delimiter, mark, tmp_path):
    path = tmp_path / "overrides.csv"
    lines = ["surface,place_id,note", "# mine;  kept ,as is", 'B , "x:1" ,"said ""so"""', "", " C,x:2,  "]
    before = (mark + newline.join(lines).replace(",", delimiter) + end.replace("\n", newline)).encode()
    path.write_bytes(before)
    added = append_override(path, ROW)
    after = path.read_bytes()
    assert after.startswith(before)
    assert added.line == 6
    assert [row.surface for row in load_overrides(path)] == ["B", "C", "Anderam"]
    assert after.endswith(newline.encode())


def test_a_point_with_all_it_needs_comes_back_as_it_was_and_the_header_grows(tmp_path):
    path = tmp_path / "overrides.csv"
    before = b"surface,place_id\nB,x:1\n"
    path.write_bytes(before)
    row = Override(
        surface="Point 305", context=("the army", "Tessal"), place=override_point("Hill 305", 46.751234567, 39.8, radius_m=250.25),
        valid_from=dt.date(2020, 9, 27), valid_to=dt.date(2020, 11, 10), note='He said: "there", I think',
    )  # fmt: skip
    added = append_override(path, row)
    assert added.place == row.place
    assert (added.context, added.valid_from, added.valid_to, added.note) == (
        row.context, row.valid_from, row.valid_to, row.note,
    )  # fmt: skip
    lines = path.read_bytes().splitlines(keepends=True)
    assert lines[0].startswith(b"surface,place_id,context,lon,lat,")
    assert lines[1] == b"B,x:1\n"


def test_not_a_place_is_written_in_words(tmp_path):
    append_override(tmp_path / "o.csv", Override(surface="Union"))
    assert "not a place" in (tmp_path / "o.csv").read_text(encoding="utf-8")
    assert next(iter(load_overrides(tmp_path / "o.csv"))).place_id is None


def test_a_row_that_contradicts_or_says_nothing_is_refused_and_the_file_left_alone(tmp_path):
    path = tmp_path / "overrides.csv"
    append_override(path, ROW)
    before = path.read_bytes()
    for row, words in [
        (Override(surface="anderam", place_id="x:8"), "contradicts line 2"),
        (Override(surface="?!", place_id="x:8"), "holds no letters"),
        (Override(surface="B", place_id="x:8", context=("a;b",)), "semicolon"),
    ]:
        with pytest.raises(InputError, match=words):
            append_override(path, row)
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == [".overrides.csv.lock", "overrides.csv"]


def test_a_faulty_file_is_told_and_left_alone(tmp_path):
    path = tmp_path / "overrides.csv"
    path.write_text("surface,place_id\nB,nonsense\nC,\n", encoding="utf-8")
    with pytest.raises(InputError, match="2 faults"):
        append_override(path, ROW)
    with pytest.raises(InputError, match="no such folder"):
        append_override(tmp_path / "none" / "o.csv", ROW)


def test_mode_and_links_are_kept(tmp_path):
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("surface,place_id\n", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    append_override(link, ROW)
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert len(load_overrides(real)) == 1


def test_a_spreadsheet_runs_nothing_that_was_appended(tmp_path):
    path = tmp_path / "o.csv"
    append_override(path, Override(surface="=HYPERLINK(A1)", place_id="x:1", note="+cmd"))
    row = next(iter(load_overrides(path)))
    assert (row.surface, row.note) == ("=HYPERLINK(A1)", "+cmd")
    assert "\n'=HYPERLINK" in path.read_text(encoding="utf-8")


_texts = st.text(st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=60, deadline=None)
@given(surface=_texts, note=_texts)
def test_whatever_is_appended_is_read_back_as_the_same_name(surface, note, tmp_path_factory):
    from geoconflict.places.names import fold

    path = tmp_path_factory.mktemp("o") / "o.csv"
    row = Override(surface=surface, place_id="x:1", note=note)
    if not fold(" ".join(surface.split())):
        with pytest.raises(InputError, match="surface"):
            append_override(path, row)
        return
    added = append_override(path, row)
    assert fold(added.surface) == fold(" ".join(surface.split()))
    assert len(load_overrides(path)) == 1


def _append_many(path: str, who: int) -> None:
    for number in range(10):
        append_override(path, Override(surface=f"name {who} {number}", place_id="x:1"))


def test_processes_that_append_at_once_lose_nothing(tmp_path):
    path = tmp_path / "overrides.csv"
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_append_many, args=(str(path), who)) for who in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    assert len(load_overrides(path)) == 30
