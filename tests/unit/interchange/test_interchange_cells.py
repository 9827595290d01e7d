import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.interchange.cells import escaped, guarded, plain, safe_cell

SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"
TEXT = st.text(st.sampled_from([*SIGNS, *"'\t\r\n;\" ,a1"])) | st.text()


@given(TEXT)
def test_the_text_comes_back_from_its_cell(text):
    assert plain(guarded(text)) == text


@given(TEXT)
def test_no_cell_begins_a_formula_whatever_parts_cells(text):
    cell = guarded(text)
    assert not cell.startswith((*SIGNS, "\t", "\r", "\n"))
    for part in re.split(r"[;\t\r\n]", cell):
        assert not part.lstrip(' "').startswith(tuple(SIGNS)) or cell.startswith(part)


@pytest.mark.parametrize("cell", [-1, -0.5, None, True])
def test_what_is_no_text_stays(cell):
    assert guarded(cell) is cell
    assert plain(cell) is cell


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('=HYPERLINK("http://a.example","x")', '\'=HYPERLINK("http://a.example","x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=1", "''=1"),
        ("'quoted'", "'quoted'"),
        ("10 - 2 = 8", "10 - 2 = 8"),
        ("a;=1", "a;'=1"),
    ],
)
def test_cells_that_would_run_get_an_apostrophe_and_others_none(text, cell):
    assert guarded(text) == cell
    assert plain(cell) == text


@given(TEXT)
def test_no_control_character_is_left_in_a_cell(text):
    cell = safe_cell(text)
    assert not {char for char in cell if unicodedata.category(char) == "Cc"} - set("\t\r\n")


def test_a_control_character_stands_as_its_escape_which_json_reads_too():
    assert escaped("\x1b[2Jmayor\tof\nX\x9b") == "\\u001b[2Jmayor\tof\nX\\u009b"
    told = json.dumps(["\x1b[2J \x7f \x9b"], ensure_ascii=False)
    assert json.loads(escaped(told)) == json.loads(told)
    assert escaped(7) == 7
