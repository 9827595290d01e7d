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
    Ints,
    Lists,
    Texts,
    clean_text,
    pack_block,
    to_base64,
    unpack_block,
    utf16_offset,
)

SAMPLE = {
    "day": Ints([18532, 18532, 18533, 18540], delta=True),
    "lon": Ints([467515, -467515, 0]),
    "wide": Ints([0, 70_000, 4_000_000_000]),
    "quote": Texts(["", "Two\nlines", "naïve “quoted” 🗺️", "nul\0"]),
    "type": Codes(["b", "a", "b", "b", ""]),
    "none": Texts([]),
    "nothing": Ints([]),
    "actors": Lists([["b", "a"], [], ["b"], ["", "b"]]),
    "nobody": Lists([]),
}


def test_block_round_trips():
    columns = unpack_block(pack_block(SAMPLE))
    assert list(columns) == list(SAMPLE)
    for name, column in SAMPLE.items():
        assert list(columns[name]) == list(column.values), name


def test_block_is_golden():
    """The bytes before gzip, which may differ between builds of zlib: the format is a contract with assets/payload.js."""
    raw = gzip.decompress(pack_block(SAMPLE))
    assert hashlib.sha256(raw).hexdigest() == "8e009603492bc4ebff1e4862de47ce4d41dfa4263413712127c59119d396f9b9"


def test_header_is_json_after_its_length():
    raw = gzip.decompress(pack_block({"a": Ints([1, 300]), "b": Codes(["y", "x", "y"])}))
    size = int.from_bytes(raw[:4], "little")
    a, b = json.loads(raw[4 : 4 + size])
    assert a == {"name": "a", "kind": "ints", "n": 2, "at": 0, "width": 2, "delta": False, "zigzag": False}
    body = raw[4 + size :]
    assert body[:4] == bytes([1, 44, 0, 1])  # low bytes of 1 and 300 first, then the high ones
    assert b["dictionary"]["n"] == 2
    assert body[b["dictionary"]["at"] :] == b"yx"  # commonest first
    assert body[b["codes"]["at"] : b["codes"]["at"] + 3] == bytes([0, 1, 0])


def test_lists_are_counts_codes_and_a_dictionary():
    raw = gzip.decompress(pack_block({"a": Lists([["y", "x"], [], ["y"]])}))
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
