"""Corrections at any moment, in any order: after every step the events are those of a full merge with all of them."""

import datetime as dt

from builders import count, place, report
from hypothesis import given, settings
from hypothesis import strategies as st
from test_merge_incremental_properties import VERSIONS

from geoconflict.corrections import Corrections, Deed, correction, corrections_of, rule
from geoconflict.corrections.adding import Addition, added_source, quote_in, ref_of
from geoconflict.corrections.applying import corrected
from geoconflict.corrections.entry import checked, place_value, ref_to
from geoconflict.events import MemoryLedger, merge_into, merge_sources
from geoconflict.visible import clean_text

NOON = dt.datetime(2021, 7, 1, 12, tzinfo=dt.UTC)
ELSEWHERE = place_value(place("Elsewhere", 31.0, 11.0))
VALUES = {
    Deed.MOVE: {"place": ELSEWHERE},
    Deed.RETYPE: {"sub_event_type": "Armed clash"},
    Deed.REDATE: {"starts_on": "2021-06-11", "ends_on": "2021-06-11"},
    Deed.RESTATUS: {"status": "claimed", "by": "a mayor"},
    Deed.ACTORS: {"agents": [{"name": "Rebels"}], "targets": []},
    Deed.FIGURES: {"killed": 5, "wounded": None},
    Deed.ACCEPT: {"place": "test:riverton", "status": "occurred", "agents": "Rebels"},
}
SIDES = {Deed.MERGE: ("a", "b"), Deed.SPLIT: ("out", "stay")}
DEEDS = [*VALUES, Deed.REJECT, *SIDES]


def entry(tellings, what, who, hours, chosen):
    """Return an entry on some of the tellings, or None where there are too few."""
    found = [tellings[n % len(tellings)] for n in chosen]
    found = list({one.mention.mention_id: one for one in found}.values())
    sides = SIDES.get(what)
    if sides and len(found) < 2:
        return None
    refs = [ref_to(one, (sides[0] if n == 0 else sides[1]) if sides else "") for n, one in enumerate(found)]
    when = NOON + dt.timedelta(hours=hours)
    return correction(what, who=who, when=when, event="e", tellings=refs, value=VALUES.get(what))


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(DEEDS),
        st.sampled_from(["anna", "ben"]),
        st.integers(0, 5),
        st.lists(st.integers(0, 20), min_size=1, max_size=4),
    ),
    max_size=6,
)
TELLINGS = st.lists(VERSIONS, min_size=1, max_size=10, unique_by=lambda one: one.mention.mention_id)


def applied(tellings, entries):
    there = {one.mention.mention_id: one.mention.report_id for one in tellings}
    rulings = rule(Corrections(entries), lambda ref: {ref.mention: there[ref.mention]} if ref.mention in there else {})
    return corrected(tellings, rulings.by_mention), rulings


@settings(max_examples=300, deadline=None)
@given(TELLINGS, ENTRIES, st.lists(st.tuples(st.integers(0, 6), st.integers(0, 10)), min_size=1, max_size=5))
def test_after_every_step_the_events_are_those_of_a_full_merge(tellings, drawn, steps):
    entries = [one for one in (entry(tellings, *each) for each in drawn) if one is not None]
    ledger = MemoryLedger()
    before = {}
    for n_entries, n_tellings in [*steps, (len(entries), len(tellings))]:
        now, rulings = applied(tellings[:n_tellings], entries[:n_entries])
        by_id = {one.mention.mention_id: one for one in now}
        added = [one for mention_id, one in by_id.items() if before.get(mention_id) != one]
        merge_into(ledger, added, before.keys() - by_id.keys(), rulings.together)
        assert ledger.events == merge_sources(now, together=rulings.together)
        before = by_id


@settings(max_examples=200, deadline=None)
@given(TELLINGS, ENTRIES, st.randoms(use_true_random=False))
def test_neither_the_order_of_the_lines_nor_that_of_the_reports_matters(tellings, drawn, random):
    entries = [one for one in (entry(tellings, *each) for each in drawn) if one is not None]
    now, rulings = applied(tellings, entries)
    lines, reports = list(entries), list(tellings)
    random.shuffle(lines)
    random.shuffle(reports)
    again, rulings_again = applied(reports, lines + lines[:2])
    assert merge_sources(now, together=rulings.together) == merge_sources(again, together=rulings_again.together)
    assert (rulings.conflicts, rulings.together) == (rulings_again.conflicts, rulings_again.together)


@settings(max_examples=200, deadline=None)
@given(TELLINGS, ENTRIES)
def test_an_entry_that_is_written_and_read_again_decides_the_same(tellings, drawn):
    entries = [one for one in (entry(tellings, *each) for each in drawn) if one is not None]
    again = corrections_of(Corrections(entries).to_text(), "c.jsonl")
    assert again.key == Corrections(entries).key
    assert applied(tellings, again)[0] == applied(tellings, entries)[0]


@settings(max_examples=200, deadline=None)
@given(TELLINGS, ENTRIES)
def test_a_report_keeps_its_own_figures_whatever_is_decided(tellings, drawn):
    entries = [one for one in (entry(tellings, *each) for each in drawn) if one is not None]
    before = {one.mention.mention_id: one.mention.casualties for one in tellings}
    for event in merge_sources(applied(tellings, entries)[0]):
        for one in event.sources:
            assert one.mention.casualties == before[one.mention.mention_id]
        if any(one.is_decided("wounded") for one in event.sources):
            assert (event.killed, event.wounded) == (count(5), None)


@settings(max_examples=200, deadline=None)
@given(TELLINGS, ENTRIES)
def test_no_telling_is_lost_but_those_that_are_rejected(tellings, drawn):
    entries = [one for one in (entry(tellings, *each) for each in drawn) if one is not None]
    now, rulings = applied(tellings, entries)
    told = [one.mention.mention_id for event in merge_sources(now, together=rulings.together) for one in event.sources]
    rejected = {one for one, ruling in rulings.by_mention.items() if ruling.is_rejected}
    assert sorted(told) == sorted({one.mention.mention_id for one in tellings} - rejected)
    assert all(any(one.what is Deed.REJECT for one in entries) for _ in rejected)


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=3, max_size=60), st.data())
def test_what_is_added_is_found_by_its_words_wherever_they_stand_and_comes_back_from_the_file(text, data):
    text = clean_text(text) + "."
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    if not quote.strip():
        return
    value = checked(Deed.ADD, VALUES[Deed.MOVE] | VALUES[Deed.RETYPE] | VALUES[Deed.REDATE] | VALUES[Deed.FIGURES])
    ref = ref_of(report(text), start, end, value)
    made = correction(Deed.ADD, who="anna", when=NOON, event="e", tellings=[ref], value=value)
    assert made.tellings == (ref,)
    assert list(corrections_of(Corrections([made]).to_text(), "c.jsonl")) == [made]
    assert quote_in(text, ref) == start
    at = quote_in(f"Once more: {text}", ref)
    assert f"Once more: {text}"[at : at + len(quote)] == quote
    told = added_source(report(text), Addition(made, ref.report, start), (0, len(text)))
    assert (told.mention.mention_id, told.place.name, told.mention.casualties) == (ref.mention, "Elsewhere", None)
