"""Tellings as reviewers say they are: sides in place of the report's, status and figures beside them, all with who says so."""

import datetime as dt

import pytest
from builders import actor, casualties, count, report, source

from geoconflict.corrections import Corrections, Deed, correction, rule
from geoconflict.corrections.applying import corrected
from geoconflict.corrections.entry import ref_to
from geoconflict.models import Status

NOON = dt.datetime(2021, 7, 1, 12, tzinfo=dt.UTC)
TOLD = source(
    report("Shells fell on Riverton."),
    actors=(actor("Rebels"), actor("Civilians", "target"), actor("Valley Guard", "party")),
    casualties=casualties(count(12), count(3)),
    claimed_by="a general",
    claimed_for="XXA",
    status=Status.CLAIMED,
)


def decided(what, value, *, who="anna", hours=0, of=TOLD):
    when = NOON + dt.timedelta(hours=hours)
    return correction(what, who=who, when=when, event="e", tellings=[ref_to(of)], value=value, why="read again")


def applied(*entries, of=TOLD):
    there = {of.mention.mention_id: of.mention.report_id}
    rulings = rule(Corrections(entries), lambda ref: {ref.mention: there[ref.mention]})
    (found,) = corrected([of], rulings.by_mention)
    return found


def names(told):
    return [(one.name, one.part) for one in told.mention.actors]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"status": "occurred"}, "occurred"),
        ({"status": "claimed", "by": "a mayor"}, "claimed by a mayor"),
        ({"status": "denied", "by": "a mayor"}, "denied"),
        ({"status": "scheduled"}, "scheduled"),
    ],
)
def test_a_status_stands_beside_that_of_the_report_with_who_says_so(value, said):
    found = applied(decided(Deed.RESTATUS, value))
    assert (found.status, found.review.said_by) == (value["status"], value.get("by"))
    assert found.claimant == (value["by"] if value["status"] == "claimed" else "a general")
    assert found.mention == TOLD.mention
    assert found.review.notes == (f"status was claimed by a general, {said} by anna on 2021-07-01: read again",)
    assert found.review.decided == ("event", "status")


def test_each_side_is_decided_by_itself():
    police = {"name": "Police Forces of Chad", "kind": "state forces", "country": "TCD"}
    found = applied(decided(Deed.ACTORS, {"agents": [police]}))
    assert names(found) == [(police["name"], "agent"), ("Civilians", "target"), ("Valley Guard", "party")]
    assert found.review.decided == ("agents", "event")
    assert found.review.notes[0].startswith("who did it was Rebels, Police Forces of Chad by anna")
    found = applied(decided(Deed.ACTORS, {"targets": []}))
    assert names(found) == [("Rebels", "agent"), ("Valley Guard", "party")]
    assert found.review.notes[0].startswith("to whom it was done was Civilians, unknown by anna")


def test_who_is_put_on_a_side_leaves_the_others_and_both_sides_leave_no_mere_party():
    found = applied(decided(Deed.ACTORS, {"targets": [{"name": "Valley Guard"}]}))
    assert names(found) == [("Valley Guard", "target"), ("Rebels", "agent")]
    one, other = decided(Deed.ACTORS, {"agents": []}), decided(Deed.ACTORS, {"targets": [{"name": "Rebels"}]}, hours=1)
    assert names(applied(one, other)) == [("Rebels", "target")]


def test_figures_stand_beside_those_of_the_report():
    found = applied(decided(Deed.FIGURES, {"killed": {"low": 5, "high": 7}, "captured": None}))
    assert found.mention.casualties == TOLD.mention.casualties
    assert (found.figure("killed"), found.figure("wounded"), found.figure("captured")) == (
        count(low=5, high=7), count(3), None,
    )  # fmt: skip
    assert found.review.decided == ("captured", "event", "killed")
    assert found.review.notes == (
        "number captured was not stated, not stated by anna on 2021-07-01: read again",
        "number killed was 12, 5 to 7 by anna on 2021-07-01: read again",
    )


def test_reviewers_differ_on_one_figure_and_agree_on_another():
    mine = decided(Deed.FIGURES, {"killed": 5, "wounded": 2})
    theirs = decided(Deed.FIGURES, {"killed": 6, "wounded": 2}, who="ben", hours=1)
    found = applied(mine, theirs)
    assert (found.figure("killed"), found.figure("wounded")) == (count(12), count(2))
    assert found.review.contested == (
        "Reviewers differ on the number killed: anna says 5, ben says 6. Neither is applied.",
    )
    assert "by anna and ben" in found.review.notes[0]


def test_who_accepts_what_another_corrects_differs_from_him_on_what_he_has_seen():
    seen = {"status": "claimed by a general", "agents": "Rebels", "killed": "12"}
    accepted = decided(Deed.ACCEPT, seen, who="ben")
    assert applied(accepted, decided(Deed.FIGURES, {"wounded": 4})).review.contested == ()
    for what, value in (
        (Deed.FIGURES, {"killed": 5}),
        (Deed.ACTORS, {"agents": []}),
        (Deed.RESTATUS, {"status": "occurred"}),
    ):
        (said,) = applied(accepted, decided(what, value)).review.contested
        assert said.startswith("Reviewers differ on ")
    assert applied(accepted, decided(Deed.FIGURES, {"killed": 12})).review.contested == ()
    assert applied(accepted).review.accepted == ("", "", "", "claimed")
