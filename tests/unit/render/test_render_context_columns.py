import pandas as pd
from event_frames import AREA, lines_frame

from geoconflict.render.context_columns import context_columns
from geoconflict.render.payload import pack_block, unpack_block


def columns_of(*frames):
    lines = pd.concat(frames, ignore_index=True) if frames else None
    return unpack_block(pack_block(context_columns(lines)))


def test_lines_are_open_where_no_date_stands():
    made = columns_of(
        lines_frame(), lines_frame(name="A", valid_from=None, valid_to=None, approximate=False, geometry=AREA)
    )
    assert made["context_name"] == ["A", "Old ceasefire line"]
    assert made["context_has_from"].tolist() == made["context_has_to"].tolist() == [0, 1]
    assert made["context_from"].tolist() == [0, (pd.Timestamp("1994-05-12") - pd.Timestamp(0)).days]
    assert made["context_approximate"].tolist() == [0, 1]
    assert made["shape_kind"].tolist() == [2, 1]


def test_a_frame_without_colours_has_none():
    assert columns_of(lines_frame())["context_colour"] == [""]
    assert columns_of(lines_frame(colour="#7a3b69"))["context_colour"] == ["#7a3b69"]


def test_the_order_of_the_frame_does_not_matter():
    one, other = lines_frame(), lines_frame(name="B", geometry=AREA)
    assert columns_of(one, other)["context_name"] == columns_of(other, one)["context_name"]


def test_no_lines_make_columns_without_rows():
    assert columns_of()["context_name"] == []
