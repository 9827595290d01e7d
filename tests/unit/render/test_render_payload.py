"""Columns to bytes and back."""

from __future__ import annotations

import gzip
import hashlib
import json

import numpy as np
import pytest

from geoconflict.errors import MapError
from geoconflict.render.payload import (
    Codes,
    Ids,
    Ints,
    Lists,
    Texts,
    Words,
    clean_text,
    pack_block,
    to_base64,
    unpack_block,
    utf16_offset,
)

ROWS = {
    "type": ["b", "a", "b", "b", ""],
    "actors": [["b", "a"], [], ["b"], ["", "b"]],
    "nobody": [],
    "id": ["00ff", "a1b2"],
    "other_id": ["00ff", "A1B2"],
}
SAMPLE = {
    "day": Ints([18532, 18532, 18533, 18540], delta=True),
    "days": Ints([18533, 18530, 18533, 18540], plus="day"),
    "lon": Ints([467515, -467515, 0]),
    "wide": Ints([0, 70_000, 4_000_000_000]),
    "quote": Texts(["", "Two\nlines", "naïve “quoted” 🗺️", "nul\0"]),
    "type": Codes.of(ROWS["type"]),
    "none": Texts([]),
    "nothing": Ints([]),
    "actors": Lists.of(ROWS["actors"]),
    "nobody": Lists.of(ROWS["nobody"]),
    "id": Ids(ROWS["id"]),
    "other_id": Ids(ROWS["other_id"]),
    "sentence": Words(["a bomb  fell", "", " ", "a\nbomb fell ", "naïve 🗺️ \0"]),
    "no_sentence": Words([]),
}


def test_block_round_trips():
    columns = unpack_block(pack_block(SAMPLE))
    assert list(columns) == list(SAMPLE)
    for name, column in SAMPLE.items():
        assert list(columns[name]) == (ROWS[name] if name in ROWS else list(column.values)), name


def test_block_is_golden():
    """The bytes before gzip, which may differ between builds of zlib: the format is a contract with assets/payload.js."""
    raw = gzip.decompress(pack_block(SAMPLE))
    assert hashlib.sha256(raw).hexdigest() == "56040b1e4d0b13ae3d17c398b8a5d464dbaf518418b8ae16c462cba5a0f083da"


def test_words_of_every_code_length_round_trip():
    n = 208 + 46 * 256 + 65536 + 300
    texts = [f"w{k:06d}" for k in range(n)] + ["w000000 w000208"] * 3 + ["half \ud800 pair"]
    made = unpack_block(pack_block({"a": Words(texts)}))["a"]
    assert made == [*texts[:-1], "half \ufffd pair"]


@pytest.mark.parametrize(
    ("ids", "kind"),
    [(["00ff", "a1b2"], "hex"), (["00ff", "a1"], "texts"), (["00f"], "texts"), (["00FF"], "texts"), ([], "texts")],
)
def test_ids_are_bytes_where_all_are_hexadecimal(ids, kind):
    block = pack_block({"id": Ids(ids)})
    raw = gzip.decompress(block)
    assert json.loads(raw[4 : 4 + int.from_bytes(raw[:4], "little")])[0]["kind"] == kind
    assert unpack_block(block)["id"] == ids


def test_beginnings_of_ids_are_as_long_as_it_takes_to_tell_them_apart():
    ids = ["ffffffff01234567", "00000001aaaaaaaa", "00000001aaaabbbb", "7fffffff00000000", "80000000ffffffff"]
    made = unpack_block(pack_block({"id": Ids(ids, 8)}))["id"]
    assert made == ["ffffffff", "00000001aaaaa", "00000001aaaab", "7fffffff", "80000000"]
    alike = ["0" * 16, "0" * 15 + "1"]
    assert unpack_block(pack_block({"id": Ids(alike, 6)}))["id"] == alike
    assert unpack_block(pack_block({"id": Ids(["00ff", "a1"], 2)}))["id"] == ["00ff", "a1"], "no digests: not cut"


def test_words_that_clean_to_the_same_share_a_code():
    block = pack_block({"a": Codes(["\ud800", "\udc00", "unused"], [0, 1, 0])})
    assert unpack_block(block)["a"] == ["\ufffd"] * 3
    assert b"unused" not in gzip.decompress(block)


def test_header_is_json_after_its_length():
    raw = gzip.decompress(pack_block({"a": Ints([1, 300]), "b": Codes.of(["y", "x", "y"])}))
    size = int.from_bytes(raw[:4], "little")
    a, b = json.loads(raw[4 : 4 + size])
    assert a == {"name": "a", "kind": "ints", "n": 2, "at": 0, "width": 2, "delta": False, "zigzag": False}
    body = raw[4 + size :]
    assert body[:4] == bytes([1, 44, 0, 1])  # low bytes of 1 and 300 first, then the high ones
    assert b["dictionary"]["n"] == 2
    assert body[b["dictionary"]["at"] :] == b"yx"  # commonest first
    assert body[b["codes"]["at"] : b["codes"]["at"] + 3] == bytes([0, 1, 0])


def test_lists_are_counts_codes_and_a_dictionary():
    raw = gzip.decompress(pack_block({"a": Lists.of([["y", "x"], [], ["y"]])}))
    size = int.from_bytes(raw[:4], "little")
    (spec,) = json.loads(raw[4 : 4 + size])
    body = raw[4 + size :]
    assert (spec["kind"], spec["counts"]["n"], spec["codes"]["n"], spec["dictionary"]["n"]) == ("lists", 3, 3, 2)
    assert body[spec["counts"]["at"] :][:3] == bytes([2, 0, 1])
    assert body[spec["codes"]["at"] :][:3] == bytes([0, 1, 0])
    assert body[spec["dictionary"]["at"] :] == b"yx"


@pytest.mark.parametrize(
    ("values", "width"), [([0, 255], 1), ([0, 256], 2), ([-128, 127], 1), ([-129], 2), ([65535], 2), ([65536], 4)]
)
def test_numbers_take_the_fewest_bytes(values, width):
    raw = gzip.decompress(pack_block({"a": Ints(values)}))
    assert json.loads(raw[4 : 4 + int.from_bytes(raw[:4], "little")])[0]["width"] == width


def test_a_number_that_does_not_fit_is_named():
    with pytest.raises(MapError, match="column 'radius' holds numbers beyond 32 bits"):
        pack_block({"radius": Ints([2**32])})


def test_gzip_header_holds_no_time():
    assert pack_block(SAMPLE)[4:8] == bytes(4)
    assert pack_block(SAMPLE) == pack_block(SAMPLE)


def test_bool_columns_are_numbers():
    assert list(unpack_block(pack_block({"a": Ints(np.array([True, False]))}))["a"]) == [1, 0]


def test_half_a_surrogate_pair_becomes_the_replacement_character():
    assert clean_text("a\ud83d!") == "a\ufffd!"
    assert clean_text("a\ud83d\udc4d") == "a\U0001f44d"
    assert unpack_block(pack_block({"a": Texts(["\udc00"])}))["a"] == ["\ufffd"]


@pytest.mark.parametrize(("offset", "expected"), [(-3, 0), (0, 0), (1, 1), (2, 3), (3, 4), (99, 4)])
def test_offsets_count_as_javascript_does(offset, expected):
    assert utf16_offset("a🗺b", offset) == expected


def test_base64_holds_nothing_that_html_reads():
    assert not set(to_base64(pack_block(SAMPLE))) & set("<>&\"'")
