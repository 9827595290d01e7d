"""In a frame of events one place has one name, whatever the order of its rows."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.place_labels import common_names, with_common_names

ROWS = st.lists(
    st.tuples(st.sampled_from(["geonames:1", "geonames:2", "curated:a", ""]), st.sampled_from(["Aa", "Bb", "Cc"])),
    max_size=12,
)


def table(rows):
    ids, names = [one for one, _ in rows], [name for _, name in rows]
    return pa.table({"place_id": pa.array(ids, pa.string()), "place_name": pa.array(names, pa.string())})


@pytest.mark.parametrize(
    ("names", "common"),
    [(["Aa", "Bb", "Bb"], "Bb"), (["Bb", "Aa"], "Aa"), (["Bb", "Aa", "Cc", "Cc", "Bb"], "Bb")],
)
def test_the_name_of_most_events_is_shown_and_of_as_many_the_first(names, common):
    rows = [("geonames:1", name) for name in names]
    assert common_names(table(rows)) == {"geonames:1": common}
    assert with_common_names(table(rows))["place_name"].to_pylist() == [common] * len(names)


@given(ROWS)
def test_each_spelled_place_has_one_name_and_all_else_is_left(rows):
    found = list(zip(*with_common_names(table(rows)).to_pydict().values(), strict=True))
    spelled = {}
    for (place_id, old), (still, name) in zip(rows, found, strict=True):
        assert still == place_id
        if place_id.startswith("geonames"):
            assert spelled.setdefault(place_id, name) == name
            assert name in {other for one, other in rows if one == place_id}
        else:
            assert name == old
    assert common_names(table(rows[::-1])) == common_names(table(rows))
    assert common_names(table(found)) == {}
