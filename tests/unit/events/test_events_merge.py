import datetime as dt
from dataclasses import replace

import pytest
from builders import DAY, actor, casualties, count, day, days, place, report, source, toponym

from geoconflict.events import merge_sources
from geoconflict.models import Actor, ActorKind, Blame, Count, DateBasis, DatePrecision, DateSpan, EventType, Status


def told(outlet, **fields):
    return source(report(source=outlet), **fields)


def test_two_outlets_on_one_event_are_one_event_with_two_sources():
    (event,) = merge_sources([told("One"), told("Two")])
    assert [one.source for one in event.sources] == sorted(["One", "Two"], key=lambda o: report(source=o).report_id)
    assert event.disagreements == ()


@pytest.mark.parametrize(
    "other",
    [
        {"when": day(1)},
        {"at": place("Hilltown")},
        {"event_type": EventType.BATTLES, "sub_event_type": "Armed clash"},
        {"when": DateSpan(starts_on=None, ends_on=None, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)},
    ],
)
def test_another_day_place_or_type_is_another_event(other):
    assert len(merge_sources([told("One"), told("Two", **other)])) == 2


def test_a_strike_and_a_shelling_are_versions_of_one_event():
    assert len(merge_sources([told("One"), told("Two", sub_event_type="Air/drone strike")])) == 1


def test_overnight_does_not_glue_two_days_together():
    events = merge_sources([told("One"), told("Two", when=day(1)), told("Three", when=days(0, 1))])
    assert len(events) == 2
    assert [event.when for event in events] == [day(0), day(1)]
    assert [len(event.sources) for event in events] == [1, 2]


def test_a_long_span_joins_only_its_like():
    month = days(-30, 0)
    assert len(merge_sources([told("One"), told("Two", when=month)])) == 2
    assert len(merge_sources([told("One", when=month), told("Two", when=month)])) == 1


def test_the_one_who_did_it_cannot_be_the_one_who_suffered_it():
    a = told("One", actors=(actor("Army A"), actor("Army B", "target")))
    b = told("Two", actors=(actor("Army B"), actor("Army A", "target")))
    assert len(merge_sources([a, b])) == 2


def test_unlocated_versions_are_one_event_only_when_they_are_the_same_words():
    same = [told("One", at=None, place=None), told("Two", at=None, place=None)]
    assert len(merge_sources(same)) == 1
    other = source(report("Shelling went on.", source="Two"), at=None, place=None)
    assert len(merge_sources([same[0], other])) == 2


def test_conflicting_figures_stand_side_by_side():
    a = told("One", casualties=casualties(killed=count(5)), claimed_by="The governor", status=Status.CLAIMED)
    b = told("Two", casualties=casualties(killed=count(low=7)))
    (event,) = merge_sources([a, b])
    assert event.killed is not None
    assert (event.killed.low, event.killed.best, event.killed.high) == (5, 5, 7)
    (sentence,) = event.disagreements
    assert "5 according to The governor (One)" in sentence
    assert "at least 7 according to Two" in sentence


def test_not_stated_stays_not_stated():
    (event,) = merge_sources([told("One"), told("Two", casualties=casualties(wounded=count(3)))])
    assert event.killed is None
    assert event.wounded == count(3)
    assert event.disagreements == ()


def test_what_one_side_claims_and_another_denies_is_denied_unless_an_outlet_tells_it_as_fact():
    claim = told("One", status=Status.CLAIMED, claimed_by="Army A")
    denial = told("Two", status=Status.DENIED, claimed_by="Army A", denied_by="Army B")
    (event,) = merge_sources([claim, denial])
    assert event.status is Status.DENIED
    assert event.claimed_by == ("Army A",)
    assert event.disagreements == ("Claimed by Army A; denied by Army B.",)
    (event,) = merge_sources([claim, denial, told("Three")])
    assert event.status is Status.OCCURRED
    assert event.disagreements[0] == "Claimed by Army A; told without a denial by Three; denied by Army B."


def test_a_scheduled_meeting_that_took_place_occurred():
    talks = {"event_type": EventType.DIPLOMACY, "sub_event_type": "talks"}
    (event,) = merge_sources([told("One", status=Status.SCHEDULED, **talks), told("Two", **talks)])
    assert event.status is Status.OCCURRED


def test_the_sharper_part_of_an_actor_holds():
    (event,) = merge_sources([told("One", actors=(actor("Army A", "party"),)), told("Two", actors=(actor("Army A"),))])
    assert [(one.name, one.part) for one in event.actors] == [("Army A", "agent")]


def test_the_days_are_those_that_all_versions_allow():
    (event,) = merge_sources([told("One", when=days(-1, 0)), told("Two", when=days(0, 1))])
    assert (event.when.starts_on, event.when.ends_on) == (day().starts_on, day().starts_on)
    assert event.when.precision is DatePrecision.DAY


def test_the_id_stays_when_a_later_report_joins():
    first = source(report(source="One"))
    later = source(report(source="Two", on=dt.date(2021, 6, 11)))
    (alone,) = merge_sources([first])
    (both,) = merge_sources([later, first])
    assert alone.event_id == both.event_id


def test_near_a_town_and_in_it_are_versions_of_one_event_at_the_sharper_place():
    from geoconflict.models import PlacePrecision

    near = told("One", at=place(precision=PlacePrecision.NEAR, radius_m=10_000), place=toponym())
    (event,) = merge_sources([near, told("Two")])
    assert event.place is not None
    assert event.place.precision is PlacePrecision.TOWN


def test_news_without_a_day_joins_the_dated_version_of_the_last_days():
    undated = DateSpan(starts_on=None, ends_on=DAY, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)
    (event,) = merge_sources([told("One", when=day(-1)), told("Two", when=undated)])
    assert event.when == day(-1)
    assert len(merge_sources([told("One", when=day(-9)), told("Two", when=undated)])) == 2
    (alone,) = merge_sources([told("Two", when=undated)])
    assert alone.when == undated


def test_the_first_day_of_the_calendar_is_no_trap():
    first = DateSpan(starts_on=None, ends_on=dt.date.min, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)
    (event,) = merge_sources([told("One", when=first)])
    assert event.when == first


def test_what_would_happen_stays_apart_from_what_is_denied_or_told():
    supposed, denied = told("One", status=Status.HYPOTHETICAL), told("Two", status=Status.DENIED, denied_by="police")
    statuses = {event.status for event in merge_sources([supposed, denied])}
    assert statuses == {Status.HYPOTHETICAL, Status.DENIED}
    statuses = {event.status for event in merge_sources([supposed, told("Three")])}
    assert statuses == {Status.HYPOTHETICAL, Status.OCCURRED}


def test_denied_losses_are_told_and_the_event_stays():
    (event,) = merge_sources([told("One", status=Status.CLAIMED, claimed_by="Army A", denied_by="Army B")])
    assert event.status is Status.CLAIMED
    assert event.disagreements == ("Denied in part by Army B: who did it, whom it hit, or what it cost.",)


def test_about_so_many_stays_open_on_both_sides():
    about = Count(low=None, best=30, high=None)
    for sources in (
        [told("One", casualties=casualties(killed=about))],
        [told(one, casualties=casualties(killed=about)) for one in ("One", "Two")],
    ):
        (event,) = merge_sources(sources)
        assert event.killed == about


def test_the_army_of_one_report_is_that_which_another_names():
    bare = Actor(name="Military Forces", kind=ActorKind.STATE_FORCES, part="agent")
    named = Actor(name="Military Forces of Mali", kind=ActorKind.STATE_FORCES, country="MLI", part="agent")
    other = Actor(name="Military Forces of Niger", kind=ActorKind.STATE_FORCES, country="NER", part="agent")
    (event,) = merge_sources([told("One", actors=(bare,)), told("Two", actors=(named,))])
    assert event.actors == (named,)
    (event,) = merge_sources([told("One", actors=(bare,)), told("Two", actors=(named, other))])
    assert set(event.actors) == {bare, named, other}
    (event,) = merge_sources([told("One", actors=(replace(bare, part="target"),)), told("Two", actors=(named,))])
    assert len(event.actors) == 2


def test_who_is_blamed_is_told_with_who_says_so_and_is_no_agent():
    blamed = (Blame(name="Hill Guard", by="Residents"),)
    (event,) = merge_sources([told("One", blamed=blamed), told("Two", blamed=(Blame(name="Hill Guard"),))])
    assert "Hill Guard" not in [actor.name for actor in event.actors]
    assert "Blamed on Hill Guard by Residents." in event.disagreements
    (event,) = merge_sources([told("Two", blamed=(Blame(name="Hill Guard"),))])
    assert event.disagreements == ("Blamed on Hill Guard; by whom is not said.",)


def test_a_place_that_no_source_has_is_not_the_town_of_the_next_sentence():
    one = report("Shells killed 14 people in Kobzyne. Shells also hit Riverton.")
    unknown = source(one, at=None, place=toponym("Kobzyne", start=27), trigger_start=0, mention_id="a")
    known = source(one, at=place("Riverton"), place=toponym("Riverton", start=52), trigger_start=40, mention_id="b")
    known = replace(known, quote_start=35)  # another sentence
    assert len(merge_sources([unknown, known])) == 2
    nowhere = source(one, at=None, place=None, trigger_start=0, mention_id="a")
    assert len(merge_sources([nowhere, known])) == 1


def test_two_weapons_of_one_sentence_struck_two_places_though_one_is_not_known():
    one = report("Jets bombed Riverton, and ships shelled Kobzyne.")
    air = {"sub_event_type": "Air/drone strike"}
    bombed = source(
        one, at=place("Riverton"), place=toponym("Riverton", start=12), trigger_start=5, mention_id="a", **air
    )
    shelled = source(one, at=None, place=toponym("Kobzyne", start=40), trigger_start=32, mention_id="b")
    assert len(merge_sources([bombed, shelled])) == 2
    # Of one weapon the one may be a part of the other: a station, a quarter.
    assert len(merge_sources([bombed, replace(shelled, mention=replace(shelled.mention, **air))])) == 1


def test_rockets_fired_from_nobody_says_where_are_not_the_air_strike_told_after_them():
    one = report("Rebels had launched rockets. In Riverton an air strike killed two.")
    rockets = source(one, at=None, place=None, trigger_start=11, mention_id="a")
    struck = source(one, at=place("Riverton"), place=toponym("Riverton", start=32), trigger_start=44, mention_id="b")
    struck = replace(struck, quote_start=29)  # another sentence
    air = replace(struck, mention=replace(struck.mention, sub_event_type="Air/drone strike"))
    assert len(merge_sources([rockets, air])) == 2
    assert len(merge_sources([rockets, struck])) == 1


def test_a_village_that_no_source_has_is_one_in_two_spellings_and_not_one_that_sounds_like_it():
    def told(outlet, name):
        return source(report(source=outlet), at=None, place=toponym(name))

    assert len(merge_sources([told("One", "Abu Usher"), told("Two", "Abu Ushar")])) == 1
    assert len(merge_sources([told("One", "Barnu"), told("Two", "Beireine")])) == 2
