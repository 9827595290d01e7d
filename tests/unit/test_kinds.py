import pytest

from geoconflict.errors import InputError
from geoconflict.kinds import check_kind


def test_another_kind_is_refused_with_what_is_wanted_and_what_came():
    check_kind("words", str, "caption: text")
    check_kind(True, int, "count: a number")
    with pytest.raises(InputError, match="^caption: text is needed, not None$"):
        check_kind(None, str, "caption: text")
    with pytest.raises(InputError) as caught:
        check_kind("x" * 10_000, list, "rows: a list")
    assert len(str(caught.value)) < 100
