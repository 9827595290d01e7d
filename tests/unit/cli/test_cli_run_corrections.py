"""What a run says of corrections: decisions that were taken back, and comments, are no alarm."""

import datetime as dt
from types import SimpleNamespace

from review_server import make_project

from geoconflict.cli.run import _reviewed
from geoconflict.correction_stage import corrections_state, find_rulings, note_corrections
from geoconflict.corrections import Corrections, Deed, correction
from geoconflict.corrections.entry import ref_to
from geoconflict.store import EventStore

NOON = dt.datetime(2021, 7, 1, 12, tzinfo=dt.UTC)


def test_what_was_taken_back_and_comments_are_told_apart(tmp_path):
    make_project(tmp_path)
    with EventStore(tmp_path / "geoconflict.sqlite") as store:
        first, second = store.event_records()

        def entry(what, event, **fields):
            refs = [] if what is Deed.WITHDRAW else [ref_to(one) for one in event.sources]
            return correction(what, who="anna", when=NOON, event=event.event_id, tellings=refs, **fields)

        moved = entry(Deed.MOVE, first, value={"place": None})
        entries = [moved, entry(Deed.RETYPE, second, value={"sub_event_type": "Armed clash"})]
        told = []
        for more in (
            (),
            (entry(Deed.WITHDRAW, first, value={"correction": moved.entry_id}), entry(Deed.COMMENT, first, why="ask")),
        ):
            entries += more
            corrections = Corrections(entries)
            with store.transaction():
                note_corrections(store, corrections, find_rulings(store, corrections))
            told.append(_reviewed(SimpleNamespace(corrections=corrections_state(store)))[0])
    assert told == [
        "corrections: 2 of 2 entries are applied",
        "corrections: 1 of 4 entries are applied, 2 are decisions taken back with their withdrawals, 1 comment changes nothing",
    ]
