"""Which report is a copy of which depends on the set of reports alone, not on the order or the rounds in which they came."""

import datetime as dt
import tempfile
from pathlib import Path

from builders import DAY, report
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.events.copies import compare, group_copies, words_of
from geoconflict.events.copies.rules import copy_rules
from geoconflict.events.copies.sketch import bands_of, n_equal, sketch_of
from geoconflict.store import EventStore

MAX_DAYS, MIN_SHARE = 3, 0.75
SENTENCES = [
    "Shells fell on the northern quarter of the town for an hour before dawn and people ran to the cellars of the school.",
    "The governor said that the power station by the lake had been hit twice and that half of the valley was without light.",
    "A convoy with flour and blankets waited at the crossing because nobody would promise its drivers a safe way home.",
    "Doctors at the only hospital counted the wounded on the stairs while a generator hummed in the yard behind the chapel.",
    "Talks in the capital ended without a word from either delegation and the mediators flew back the same evening.",
    "Fishermen who had seen the boats come in over the bay told of men in black who asked the way to the lighthouse.",
]


def text_of(numbers, last):
    return " ".join(SENTENCES[number] for number in numbers) + last


REPORTS = st.builds(
    lambda numbers, last, day, outlet, hour: report(
        text_of(numbers, last),
        on=DAY + dt.timedelta(days=day),
        source=outlet,
        published_at=None if hour is None else dt.datetime(2021, 6, 10, hour, tzinfo=dt.UTC) + dt.timedelta(days=day),
    ),
    st.sampled_from([(0, 1, 2, 3), (0, 1, 2), (1, 2, 3), (0, 1, 2, 4), (1, 2, 3, 4), (3, 4, 5), (2, 3, 4, 5), (0,)]),
    st.sampled_from(["", " No more was known.", " It was cold."]),
    st.integers(0, 5),
    st.sampled_from(["Agency One", "Agency Two", "Daily"]),
    st.sampled_from([None, None, 6, 18]),
)


def order(told):
    instant = told.published_at.isoformat(timespec="seconds") if told.published_at else "~"
    return told.published_on, instant, -len(words_of(told).norms), told.report_id


def are_copies(a, b):
    if abs((a.published_on - b.published_on).days) > MAX_DAYS:
        return False
    mine, other = words_of(a), words_of(b)
    sketches = sketch_of(mine.norms), sketch_of(other.norms)
    if set(bands_of(sketches[0])).isdisjoint(bands_of(sketches[1])) or n_equal(*sketches) < copy_rules().least_equal:
        return False
    return compare(mine, other).is_copy(MIN_SHARE)


def by_definition(reports):
    """Return the copies as the docs define them, by comparing all with all."""
    leaders, copies = [], {}
    for told in sorted(reports, key=order):
        leader = next((one for one in leaders if are_copies(one, told)), None)
        if leader is None:
            leaders.append(told)
        else:
            copies[told.report_id] = leader.report_id
    return copies


def play(store, added, removed=()):
    with store.transaction():
        for told in added:
            store.put_report(told)
        group_copies(store.text_index, added, removed, min_share=MIN_SHARE, max_days=MAX_DAYS)


ROUNDS = st.lists(
    st.tuples(st.lists(REPORTS, max_size=5), st.sets(st.integers(0, 12), max_size=3)), min_size=1, max_size=5
)


@settings(max_examples=150, deadline=None)
@given(ROUNDS)
def test_after_every_round_the_copies_are_those_of_the_definition(rounds):
    with tempfile.TemporaryDirectory() as folder, EventStore(Path(folder) / "s.sqlite") as store:
        there = {}
        for added, positions in rounds:
            removed = [report_id for n, report_id in enumerate(there) if n in positions]
            fresh = {told.report_id: told for told in added if told.report_id not in there}
            there = {key: told for key, told in there.items() if key not in removed} | fresh
            play(store, list(fresh.values()), removed)
            assert store.text_index.copies() == by_definition(there.values())


@settings(max_examples=60, deadline=None)
@given(st.lists(REPORTS, max_size=10, unique_by=lambda told: told.report_id), st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_rounds_matter_to_a_row_of_the_store(reports, random):
    found = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder, EventStore(Path(folder) / "s.sqlite") as store:
            for told in reports:
                play(store, [told])
            rows = store.text_index.texts(sorted(told.report_id for told in reports))
            bands = store._db.execute("SELECT * FROM text_band").fetchall()
            found.append((rows, bands))
        random.shuffle(reports)
    assert found[0] == found[1]


@settings(max_examples=100, deadline=None)
@given(st.lists(REPORTS, min_size=2, max_size=2))
def test_the_order_of_two_texts_makes_no_difference(reports):
    a, b = map(words_of, reports)
    one, other = compare(a, b), compare(b, a)
    assert (one.share, one.of_longer, one.n_facts) == (other.share, other.of_longer, other.n_facts)
    assert len(one.replaced) == len(other.replaced)
    assert one.is_copy(MIN_SHARE) == other.is_copy(MIN_SHARE)
