"""Pieces of bytes as one gzip stream, each deflated as suits it."""

from __future__ import annotations

import gzip
import random
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.render import deflating
from geoconflict.render.deflating import gzipped

SENTENCES = b"".join(b"Shells struck the town of Riverton on day %d, officials said. " % n for n in range(2_000))
CODES = random.Random(1).choices(range(64), range(64, 0, -1), k=40_000)


def _codes(n=40_000):
    return bytes(CODES[:n])


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(st.binary(max_size=300), st.sampled_from([b"", b"ab" * 4_000, bytes(9_000), _codes(9_000)])),
        max_size=9,
    )
)
def test_any_pieces_are_one_member_of_gzip_that_holds_them_end_to_end(pieces):
    packed = gzipped(pieces)
    reader = zlib.decompressobj(31)  # as strict as a browser: one member, and nothing after it
    assert reader.decompress(packed) == b"".join(pieces)
    assert reader.eof
    assert reader.unused_data == b""
    assert packed == gzipped(pieces)


@pytest.mark.parametrize("pieces", [[SENTENCES], [_codes()], [SENTENCES, _codes(), SENTENCES], [_codes(500)] * 30])
def test_nothing_is_packed_noticeably_worse_than_gzip_packs_it(pieces):
    assert len(gzipped(pieces)) < 1.01 * len(gzip.compress(b"".join(pieces), 6)) + 40


def test_codes_are_packed_better_than_gzip_packs_them():
    mixed = [SENTENCES, _codes(), SENTENCES]
    assert len(gzipped(mixed)) < 0.98 * len(gzip.compress(b"".join(mixed), 6))


def test_strings_that_repeat_are_looked_for_in_long_pieces_too(monkeypatch):
    monkeypatch.setattr(deflating, "_LONG", 10_000)
    assert len(gzipped([SENTENCES])) < len(SENTENCES) / 5
