"""Arrow columns of plain values, made without pandas."""

import subprocess
import sys

import pyarrow as pa
import pytest

from geoconflict.arrow_columns import column


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (pa.string(), ["Gao", None, "", "Ménaka"]),
        (pa.string(), ["Gao", "Kidal"]),
        (pa.string(), []),
        (pa.large_string(), ["Gao", None, "Ménaka"]),
        (pa.binary(), [b"\x00\x01", None, b""]),
        (pa.int64(), [1, None, -(2**63)]),
        (pa.int64(), []),
        (pa.uint64(), [0, 2**64 - 1]),
        (pa.float64(), [0.1, None, -1e300]),
        (pa.int64(), [None] * 9),
    ],
)
def test_a_column_is_that_of_pyarrow(kind, values):
    made = column(kind, values)
    made.validate(full=True)
    assert made.type == kind
    assert made.to_pylist() == values
    assert made.null_count == values.count(None)
    assert (made.buffers()[0] is None) == (None not in values), "as pyarrow has it: no mask where nothing is missing"
    assert made.equals(pa.array(values, kind))


def test_more_text_than_32_bits_reach_comes_in_pieces(monkeypatch):
    monkeypatch.setattr("geoconflict.arrow_columns._MOST_BYTES", 5)
    assert column(pa.string(), ["Kidal", "Gao"]).to_pylist() == ["Kidal", "Gao"]
    assert column(pa.large_string(), ["Kidal", "Gao"]).to_pylist() == ["Kidal", "Gao"]


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(UnicodeEncodeError):
        column(pa.string(), ["\ud83d"])


def test_pandas_is_not_imported():
    code = (
        "import sys, pyarrow as pa\nfrom geoconflict.arrow_columns import column\nfrom geoconflict.source_rows import parsed_sources\n"
        "column(pa.string(), ['a', None]), column(pa.float64(), [1.0])\n"
        'parsed_sources([\'[{"quote": "a"}]\', "[]"])\nprint("pandas" in sys.modules)'
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
