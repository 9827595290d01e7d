from event_frames import event, events_frame

from geoconflict.render.columns import map_columns
from geoconflict.render.payload import pack_block, unpack_block
from geoconflict.render.told_columns import without_sentences


def test_quotes_and_titles_can_be_left_out_and_nothing_else():
    text = map_columns(events_frame([event(1), event(2)])).text
    left = {name: unpack_block(pack_block(block)) for name, block in (("all", text), ("some", without_sentences(text)))}
    assert set(left["some"]["version_quote"]) == set(left["some"]["report_title"]) == {""}
    assert left["some"]["version_mark_end"].tolist() == [0, 0]
    changed = {"version_quote", "report_title", "version_mark_start", "version_mark_end"}
    for name, values in left["all"].items():
        assert name in changed or list(left["some"][name]) == list(values)
