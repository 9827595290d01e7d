"""What an event says where reviewers decided on some of its tellings, and other reports say otherwise."""

import dataclasses
import datetime as dt

import pytest
from builders import DAY, actor, casualties, count, place, report, source

from geoconflict.events.event import event_of
from geoconflict.models import Actor, Casualties, Review, Status


def told(n, *decided, figures=None, reviewed=None, by=None, **fields):
    """Return a telling of the event; with `decided` a reviewed one."""
    text = report(f"Shells fell on Riverton, {n}.", source=f"Agency {n}", on=DAY + dt.timedelta(days=n))
    of = source(text, **fields)
    review = (
        Review(decided=tuple(sorted({"event", *decided})), figures=figures, status=reviewed, said_by=by)
        if decided
        else None
    )
    return dataclasses.replace(of, review=review)


def made(*sources):
    return event_of(sources, dated=sources)


def names(event, part):
    return [one.name for one in event.actors if one.part == part]


@pytest.mark.parametrize("status", [Status.CLAIMED, Status.DENIED, Status.SCHEDULED, Status.OCCURRED])
def test_a_status_that_a_reviewer_gives_holds_whatever_reports_say(status):
    one = told(1, "status", reviewed=status, by="a mayor" if status is Status.CLAIMED else None)
    others = told(2), told(3, status=Status.DENIED), told(4, claimed_by="a general", status=Status.CLAIMED)
    event = made(one, *others)
    assert event.status is status
    assert event.claimed_by == (("a mayor",) if status is Status.CLAIMED else ())


def test_who_a_reviewer_says_claims_it_gave_no_figures_of_the_reports():
    claims = {"status": Status.CLAIMED, "reviewed": Status.CLAIMED, "by": "a mayor"}
    one = told(1, "status", claimed_by="a general", casualties=casualties(count(2)), **claims)
    other = told(2, "status", claimed_by="a nurse", casualties=casualties(count(5)), **claims)
    event = made(one, other)
    assert event.claimed_by == ("a mayor",)
    assert event.disagreements == ("Killed: 2 according to a general (Agency 1); 5 according to a nurse (Agency 2).",)


def test_who_a_reviewer_says_denies_it_is_told():
    assert made(told(1, "status", reviewed=Status.DENIED, by="a mayor")).disagreements == (
        "Told without a denial by Agency 1; denied by a mayor.",
    )
    assert "denied by a reviewer" in made(told(1, "status", reviewed=Status.DENIED)).disagreements[0]
    assert made(told(1, "status", reviewed=Status.SCHEDULED)).disagreements == ()


def test_without_a_reviewer_what_some_report_tells_as_fact_occurred():
    assert made(told(1, status=Status.CLAIMED, claimed_by="a mayor"), told(2)).status is Status.OCCURRED


def test_a_side_that_a_reviewer_gives_is_that_side_alone():
    reviewed = told(1, "agents", actors=(actor("Rebels"), actor("Civilians", "target"), actor("Guard", "party")))
    later = told(
        2, actors=(actor("Army"), actor("Rebels", "target"), actor("Police", "target"), actor("Rebels", "party"))
    )
    event = made(reviewed, later)
    assert (names(event, "agent"), names(event, "target"), names(event, "party")) == (
        ["Rebels"], ["Civilians", "Police"], ["Guard"],
    )  # fmt: skip


def test_with_both_sides_given_nobody_is_a_mere_party():
    reviewed = told(1, "agents", "targets", actors=(actor("Rebels"),))
    event = made(reviewed, told(2, actors=(actor("Army", "party"), actor("Civilians", "target"))))
    assert event.actors == (Actor(name="Rebels", part="agent"),)


def test_that_nobody_is_known_holds_too():
    event = made(told(1, "agents"), told(2, actors=(actor("Army"),)))
    assert event.actors == ()
    assert made(told(1), told(2, actors=(actor("Army"),))).actors != ()


def test_figures_that_a_reviewer_gives_hold_and_those_of_the_reports_are_told_beside_them():
    reviewed = told(
        1, "killed", figures=Casualties(killed=count(low=5, high=7)), casualties=casualties(count(12), count(3))
    )
    event = made(reviewed, told(2, casualties=casualties(count(14), count(4))))
    assert (event.killed, event.wounded.low, event.wounded.high) == (count(low=5, high=7), 3, 4)
    assert [one.mention.casualties.killed for one in event.sources] == [count(12), count(14)]
    assert (
        "Killed: 12 according to Agency 1; 14 according to Agency 2; 5 to 7 according to a reviewer."
        in event.disagreements
    )


def test_a_figure_that_is_not_stated_is_none_and_makes_no_attack_of_a_fire():
    burned = {"sub_event_type": "Looting/property destruction", "casualties": casualties(count(2))}
    attack = told(2, sub_event_type="Attack")
    assert made(told(1, **burned), attack).sub_event_type == "Attack"
    event = made(told(1, "killed", figures=Casualties(), score=0.9, **burned), attack)
    assert (event.killed, event.sub_event_type) == (None, "Looting/property destruction")
    assert "Killed: 2 according to Agency 1; not stated according to a reviewer." in event.disagreements


def test_a_figure_of_captured_is_told_where_a_reviewer_gives_one():
    taken = {"casualties": Casualties(captured=count(9))}
    event = made(told(1, "captured", figures=Casualties(captured=count(8)), **taken))
    assert event.disagreements == ("Captured: 9 according to Agency 1; 8 according to a reviewer.",)
    assert made(told(1, **taken), told(2, casualties=Casualties(captured=count(4)))).disagreements == ()


def test_who_a_reviewer_says_did_it_is_not_what_the_outlet_says():
    event = made(told(1, actors=(actor("Army"),)), told(2, "targets", actors=(actor("Rebels"),)))
    assert event.disagreements == ("Done by: Army according to Agency 1; Rebels according to Agency 2.",)
    event = made(told(1, "agents", actors=(actor("Army"),)), told(2, actors=(actor("Rebels"),)))
    assert event.disagreements == ("Done by: Army according to a reviewer; Rebels according to Agency 2.",)


def test_it_is_listed_again_where_it_has_another_status_than_somebody_accepted():
    here = place().place_id
    seen = (here, "Shelling/artillery/missile attack", "2021-06-10/2021-06-10")
    for status, differs in (("claimed", True), ("occurred", False), ("", False)):
        one = dataclasses.replace(told(1), review=Review(decided=("event",), accepted=(*seen, status)))
        said = made(one).disagreements
        assert said == (("A reviewer accepted it with another status.",) if differs else ())
