from builders import actor, casualties, count, day, days, place, report, source
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.events import merge_sources
from geoconflict.models import DateBasis, DatePrecision, DateSpan, Status

UNDATED = [
    DateSpan(starts_on=None, ends_on=one.ends_on, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)
    for one in (day(0), day(2))
]
SPANS = st.sampled_from(
    [*UNDATED, day(0), day(1), day(2), days(0, 1), days(1, 2), days(-1, 0), days(-20, 0), days(-20, 1)]
)
VERSIONS = st.builds(
    lambda n, when, at, killed, status, agent: source(
        report(f"Text number {n}.", source=f"Outlet {n % 4}"),
        when=when,
        at=place(at),
        status=status,
        casualties=casualties(killed=None if killed is None else count(killed)),
        actors=(actor(agent), actor("Army B" if agent == "Army A" else "Army A", "target")),
    ),
    st.integers(0, 10_000),
    SPANS,
    st.sampled_from(["Riverton", "Hilltown"]),
    st.none() | st.integers(0, 9),
    st.sampled_from([Status.OCCURRED, Status.CLAIMED, Status.DENIED]),
    st.sampled_from(["Army A", "Army B"]),
)
GROUPS = st.lists(VERSIONS, max_size=12, unique_by=lambda version: version.mention.mention_id)


@settings(max_examples=150, deadline=None)
@given(GROUPS, st.randoms(use_true_random=False))
def test_order_of_ingest_does_not_matter(versions, random):
    shuffled = list(versions)
    random.shuffle(shuffled)
    assert merge_sources(shuffled) == merge_sources(versions)


@settings(max_examples=150, deadline=None)
@given(GROUPS)
def test_every_version_is_in_exactly_one_event_and_its_days_hold_the_events_days(versions):
    events = merge_sources(versions)
    kept = sorted(one.mention.mention_id for event in events for one in event.sources)
    assert kept == sorted(version.mention.mention_id for version in versions)
    assert len({event.event_id for event in events}) == len(events)
    for event in events:
        for one in event.sources:
            assert event.when.ends_on <= one.mention.when.ends_on
            if one.mention.when.starts_on:
                assert one.mention.when.starts_on <= event.when.starts_on <= event.when.ends_on
            assert one.place.place_id == event.place.place_id


@settings(max_examples=100, deadline=None)
@given(GROUPS)
def test_merging_twice_the_same_is_the_same(versions):
    assert merge_sources(versions) == merge_sources(versions)
