"""Merging in any number of rounds, in any order, with versions that change and go, equals merging all at once."""

import dataclasses
import tempfile
from pathlib import Path

from builders import DAY, actor, casualties, count, day, days, place, report, source, toponym
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.events import MemoryLedger, merge_into, merge_sources
from geoconflict.models import DateBasis, DatePrecision, DateSpan, EventType, PlacePrecision, Status
from geoconflict.store import EventStore

FRESH = [
    DateSpan(starts_on=None, ends_on=day(n).ends_on, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)
    for n in (0, 2)
]
NO_DAY = DateSpan(starts_on=None, ends_on=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)
SPANS = st.sampled_from(
    [*FRESH, *FRESH, *FRESH, NO_DAY, day(0), day(0), day(1), day(3), day(-4), days(0, 1), days(1, 2), days(-20, 0)]
)
PLACES = st.sampled_from(
    [
        place("Riverton", admin1="Valley"),
        place("Riverton", admin1="Valley", precision=PlacePrecision.NEAR, radius_m=12_000.0),
        place("Hilltown", 30.05, 10.05, admin1="Valley"),
        place("Valley", precision=PlacePrecision.ADMIN1, radius_m=30_000.0, kind="admin1"),
        place("Plains", precision=PlacePrecision.REGION, radius_m=90_000.0, kind="region"),
        place("Lowland", precision=PlacePrecision.AREA, radius_m=9_000.0, kind="area"),
        place("Country", precision=PlacePrecision.COUNTRY, radius_m=300_000.0, kind="country"),
        None,
    ]
)
KINDS = st.sampled_from(
    [
        (EventType.EXPLOSIONS, "Shelling/artillery/missile attack"),
        (EventType.EXPLOSIONS, "Shelling/artillery/missile attack"),
        (EventType.EXPLOSIONS, "Air/drone strike"),
        (EventType.BATTLES, "Armed clash"),
        (EventType.BATTLES, "Government regains territory"),
    ]
)


TEXTS = [
    "Shells fell on some town, killing some people, says text number {}.",
    "The bombing of some town is condemned, says text number {}.",
    "Killing Adil Moravec was the aim of it all, says text number {}.",
    "Hitting the Savoy Hotel was the aim of it all, says text number {}.",
]
"""News, what is taken for known, somebody by name, and a spot that no source of places has."""


NAMES = st.sampled_from([(), (), ("riverton",), ("abu usher", "hilltown"), ("abu ushar",)])
"""What the report names around a telling; the last two share a village that no source of places has."""
DAYS_NEAR = st.sampled_from([None, None, day(-4), day(-1)])


def version(report_number, trigger, when, at, kind, killed, agent, status, names=(), day_near=None, corrects=False):
    told = report(TEXTS[report_number % len(TEXTS)].format(report_number), on=DAY)
    of = source(
        told,
        when=when,
        at=at,
        place=toponym(at.name) if at else None,
        trigger_start=trigger + 4 * (report_number % len(TEXTS) == 1),
        trigger_end=trigger + 12 if report_number % len(TEXTS) == 1 else 16,
        event_type=kind[0],
        sub_event_type=kind[1],
        status=status,
        casualties=casualties(killed=None if killed is None else count(killed)),
        actors=(actor(agent), actor("Army B" if agent == "Army A" else "Army A", "target")) if agent else (),
    )
    country = place("Country", precision=PlacePrecision.COUNTRY, radius_m=300_000.0, kind="country")
    of = dataclasses.replace(of, names=names, day_near=day_near, corrects=corrects)
    return of if at else dataclasses.replace(of, country=country)


VERSIONS = st.builds(
    version,
    st.integers(0, 8),
    st.integers(0, 3),
    SPANS,
    PLACES,
    KINDS,
    st.sampled_from([None, None, 2, 5, 40]),
    st.sampled_from([None, None, "Army A", "Army B"]),
    st.sampled_from([Status.OCCURRED, Status.CLAIMED, Status.DENIED, Status.HYPOTHETICAL]),
    NAMES,
    DAYS_NEAR,
    st.sampled_from([False, False, True]),
)
SHELLING = (EventType.EXPLOSIONS, "Shelling/artillery/missile attack")
TOWNS_AND_PROVINCE = st.sampled_from(
    [
        place("Riverton", admin1="Valley"),
        place("Hilltown", 30.05, 10.05, admin1="Valley"),
        place("Valley", precision=PlacePrecision.ADMIN1, radius_m=30_000.0, kind="admin1"),
        None,
    ]
)
LOOKING_BACK = st.builds(
    version,
    st.sampled_from([0, 1, 1, 4, 5, 5, 9]),
    st.just(0),
    st.sampled_from([*FRESH, *FRESH, day(-4), day(-2), day(0)]),
    TOWNS_AND_PROVINCE,
    st.just(SHELLING),
    st.sampled_from([None, None, 2, 5]),
    st.none(),
    st.just(Status.OCCURRED),
    NAMES,
    DAYS_NEAR,
)
"""Mostly what is taken for known, and may be of some days before."""


def steps_of(versions):
    return st.lists(st.tuples(st.lists(versions, max_size=4), st.sets(st.integers(0, 30), max_size=3)), max_size=6)


STEPS = steps_of(VERSIONS)


def played(steps):
    """Yield what each step adds and removes, and what is there after it; a version may come again, changed."""
    there = {}
    for added, positions in steps:
        removed = {mention_id for n, mention_id in enumerate(there) if n in positions}
        there = {mention_id: one for mention_id, one in there.items() if mention_id not in removed}
        fresh = {one.mention.mention_id: one for one in added}
        there |= fresh
        yield list(fresh.values()), removed - fresh.keys(), list(there.values())


@settings(max_examples=300, deadline=None)
@given(STEPS | steps_of(LOOKING_BACK))
def test_after_every_step_the_events_are_those_of_a_full_merge(steps):
    ledger = MemoryLedger()
    for added, removed, there in played(steps):
        merge_into(ledger, added, removed)
        assert ledger.events == merge_sources(there)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_the_store_keeps_the_same(steps):
    with tempfile.TemporaryDirectory() as folder, EventStore(Path(folder) / "s.sqlite") as store:
        there = []
        for added, removed, left in played(steps):
            there = left
            with store.transaction():
                merge_into(store.ledger, added, removed)
        full = merge_sources(there)
        assert {one.event_id: one for one in store.event_records()} == {one.event_id: one for one in full}
        assert store.counts()["events"] == len(full)


@settings(max_examples=200, deadline=None)
@given(st.lists(VERSIONS, max_size=14, unique_by=lambda one: one.mention.mention_id), st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_number_of_rounds_matters(versions, random):
    shuffled = list(versions)
    random.shuffle(shuffled)
    cut = random.randint(0, len(shuffled))
    ledger = MemoryLedger()
    merge_into(ledger, shuffled[:cut])
    merge_into(ledger, shuffled[cut:])
    assert ledger.events == merge_sources(versions)


@settings(max_examples=100, deadline=None)
@given(st.lists(VERSIONS, max_size=14, unique_by=lambda one: one.mention.mention_id))
def test_a_report_of_a_vaguer_place_moves_no_event(versions):
    for event in merge_sources(versions):
        places = {one.place.place_id for one in event.sources if one.place}
        sharp = {
            one.place.place_id
            for one in event.sources
            if one.place and one.place.precision in (PlacePrecision.EXACT, PlacePrecision.TOWN)
        }
        assert len(sharp) <= 1
        if sharp:
            assert event.place.place_id in sharp
        elif len(places) == 1:
            assert event.place.place_id in places
