import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.ids import canonical_json, content_id, content_id_of_parts, files_fingerprint, fingerprint

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), JSON))
def test_the_id_of_a_dict_does_not_depend_on_the_order_of_its_keys(value):
    assert content_id("x", value) == content_id("x", dict(reversed(value.items())))


@given(JSON, JSON)
def test_different_contents_have_different_ids(a, b):
    assert (content_id("x", a) == content_id("x", b)) == (canonical_json(a) == canonical_json(b))


@given(st.lists(JSON), st.lists(JSON))
def test_contents_in_parts_have_different_ids_where_the_parts_differ(a, b):
    told = lambda parts: [canonical_json(part) for part in parts]  # noqa: E731
    assert (content_id_of_parts("x", iter(a)) == content_id_of_parts("x", b)) == (told(a) == told(b))
    assert content_id_of_parts("x", a) != content_id_of_parts("y", a)


def test_the_kind_takes_part():
    assert content_id("report", [1]) != content_id("event", [1])


def test_nan_is_refused():
    with pytest.raises(ValueError, match="[Oo]ut of range"):
        canonical_json(math.nan)


def test_a_fingerprint_tells_where_a_part_ends():
    assert fingerprint(b"ab", b"c") != fingerprint(b"a", b"bc")


def test_the_fingerprint_of_files_depends_on_names_and_bytes_and_not_on_order(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"1")
    two.write_bytes(b"2")
    before = files_fingerprint([one, two])
    assert before == files_fingerprint([two, one, tmp_path])
    two.write_bytes(b"3")
    assert before != files_fingerprint([one, two])


def test_the_fingerprint_of_files_is_the_same_wherever_they_lie(tmp_path):
    """Two people keep the same two files in folders of other names: their stores have the same keys."""
    for here, there in (("a/war.toml", "z/words.toml"), ("z/war.toml", "a/words.toml")):
        for path, content in ((here, b"1"), (there, b"2")):
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(content)
    first = files_fingerprint([tmp_path / "a/war.toml", tmp_path / "z/words.toml"])
    assert first == files_fingerprint([tmp_path / "z/war.toml", tmp_path / "a/words.toml"])
    assert first != files_fingerprint([tmp_path / "a/war.toml", tmp_path / "a/war.toml"])
    (tmp_path / "z/words.toml").rename(tmp_path / "z/war.toml")
    assert first != files_fingerprint([tmp_path / "a/war.toml", tmp_path / "z/war.toml"])
