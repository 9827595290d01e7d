import errno

import pytest

from geoconflict.atomic import replacing
from geoconflict.os_faults import about_writing, of_file, told


def test_an_error_says_what_where_and_how_to_repair_it(tmp_path):
    full = OSError(errno.ENOSPC, "Error writing bytes to file. Detail: [errno 28] No space left on device")
    assert told(full, where="x.csv") == "x.csv: No space left on device; free some room, and run the command again"
    assert told(of_file(full, tmp_path / "x")).startswith(f"{tmp_path / 'x'}: No space left on device; ")
    assert told(OSError(errno.EROFS, "", "x.csv")).startswith("x.csv: Read-only file system; choose a place")
    assert told(OSError("odd")) == "odd"


@pytest.mark.parametrize(("number", "is_own"), [(errno.ENOSPC, True), (errno.EROFS, True), (errno.EPIPE, False)])
def test_an_error_without_a_file_is_of_the_one_that_is_written_if_only_writing_meets_it(tmp_path, number, is_own):
    assert about_writing(OSError(number, "x"), tmp_path) is is_own
    assert not about_writing(OSError(number, "x", "other"), tmp_path)
    with pytest.raises(OSError, match=r".") as raised, replacing(tmp_path / "x.csv"):
        raise OSError(number, "x")
    assert raised.value.filename == (str(tmp_path / "x.csv") if is_own else None)
    with pytest.raises(FileNotFoundError) as raised, replacing(tmp_path / "x.csv"):
        (tmp_path / "input").read_text()
    assert raised.value.filename == str(tmp_path / "input")
