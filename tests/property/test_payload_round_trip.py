"""Whatever goes into a block comes out of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from geoconflict.render.payload import Codes, Ints, Texts, clean_text, pack_block, unpack_block, utf16_offset

any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
numbers = st.integers(-(2**31) + 1, 2**31 - 1)


@given(values=st.lists(numbers, max_size=60), delta=st.booleans())
def test_ints(values, delta):
    if delta:
        values = [value // 4 for value in values]  # differences fit in 32 bits too
    assert unpack_block(pack_block({"a": Ints(values, delta=delta)}))["a"].tolist() == values


@given(st.lists(any_text, max_size=20))
def test_texts_and_codes(values):
    columns = unpack_block(pack_block({"a": Texts(values), "b": Codes.of(values)}))
    assert columns["a"] == columns["b"] == [clean_text(value) for value in values]


@given(any_text, st.integers(-5, 60))
def test_utf16_offset_counts_units(text, offset):
    head = text[: max(0, offset)]
    assert utf16_offset(text, offset) == len(head.encode("utf-16-le", "surrogatepass")) // 2
