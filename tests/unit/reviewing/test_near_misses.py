from builders import actor, casualties, count, day, days, place, report, source

from geoconflict.events import merge_sources
from geoconflict.models import DateBasis, EventType
from geoconflict.reviewing.listing import doubts_of
from geoconflict.reviewing.near_misses import near_misses

FRESH = {"when": days(-1, 0, DateBasis.PUBLISHED), "actors": (actor("Army A"),)}
NEXT = {"when": days(0, 1, DateBasis.PUBLISHED), "actors": (actor("Army A"),)}


def told(outlet, offset=0, **fields):
    return source(report(f"Shells fell, says {outlet}.", source=outlet, on=day(offset).ends_on), **fields)


def offered(*sources):
    events = merge_sources(sources)
    return events, near_misses(events, 0.3)


def test_what_may_be_one_event_is_offered_to_reviewers_from_either_side():
    (first, second), found = offered(told("One", **FRESH), told("Two", 1, **NEXT))
    assert [(other.event_id, likely) for other, likely in found[first.event_id]] == [(second.event_id, 0.36)]
    assert found[second.event_id][0][0] == first
    doubts = doubts_of(first, (), found[first.event_id])
    words = f"it may be the same event as {second.event_id} (Two, 2021-06-11)"
    assert [one.words for one in doubts if one.aspect == "merge"] == [words]


def test_what_is_surely_another_is_not():
    far = {"casualties": casualties(killed=count(40))}
    assert not offered(told("One", casualties=casualties(killed=count(2)), **FRESH), told("Two", 1, **far, **NEXT))[1]
    assert not offered(told("One", when=day()), told("Two", 3, when=day(3)))[1]
    assert not offered(told("One", **FRESH), told("Two", 1, at=place("Hilltown", 30.05, 10.05), **NEXT))[1]
    kind = {"event_type": EventType.STRATEGIC, "sub_event_type": "Arrests"}
    assert not offered(told("One", **FRESH), told("Two", 1, **kind, **NEXT))[1]


def test_what_one_report_tells_as_two_is_two():
    both = report("Shells fell. Shells fell again.")
    (first, second), found = offered(
        source(both, mention_id="a", **FRESH), source(both, mention_id="b", **{**NEXT, "when": day(1)})
    )
    assert first != second
    assert not found


def test_no_more_than_three_are_offered_the_likeliest_first():
    sources = [told("One", **FRESH)]
    sources += [told(f"Outlet {n}", 1, casualties=casualties(killed=count(3 * n)), **NEXT) for n in (1, 5, 25, 125)]
    events, found = offered(*sources)
    assert len(events) == 5
    first = next(event for event in events if event.sources[0].source == "One")
    likely = [one for _, one in found[first.event_id]]
    assert len(likely) == 3
    assert likely == sorted(likely, reverse=True)
