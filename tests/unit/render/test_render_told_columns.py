import json

import pandas as pd
from event_frames import event, events_frame, source

from geoconflict.render.columns import map_columns
from geoconflict.render.payload import pack_block, unpack_block
from geoconflict.render.told_columns import Told, without_sentences


def test_quotes_and_titles_can_be_left_out_and_nothing_else():
    text = map_columns(events_frame([event(1), event(2)])).text
    left = {name: unpack_block(pack_block(block)) for name, block in (("all", text), ("some", without_sentences(text)))}
    assert set(left["some"]["version_quote"]) == set(left["some"]["report_title"]) == {""}
    assert left["some"]["version_mark_end"].tolist() == [0, 0]
    changed = {"version_quote", "report_title", "version_mark_start", "version_mark_end"}
    for name, values in left["all"].items():
        assert name in changed or list(left["some"][name]) == list(values)


def test_reports_of_one_text_are_numbered_by_the_first_of_them():
    rows = [
        [source(1), source(2, copy_of="report0001"), source(3)],
        [source(4, copy_of="elsewhere"), source(5, copy_of="elsewhere"), source(2, copy_of="report0001")],
        [source(6, report_id=""), source(7, report_id="")],
    ]
    told = Told([pd.Series([json.dumps(row) for row in rows])], "")
    columns = unpack_block(pack_block(told.columns()))
    assert [url[-1] for url in columns["report_url"]] == list("1234567")
    assert columns["report_text"].tolist() == [0, 0, 2, 3, 3, 5, 6]
