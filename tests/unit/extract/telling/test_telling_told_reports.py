"""Reports and claims that are taken back, looked into or only told: whose word an event is, if it is anybody's."""

import pytest
from few_names import mentions_of

from geoconflict.models import Status

TOLD = (Status.OCCURRED, Status.CLAIMED)


def armed(text):
    return [one for one in mentions_of(text) if one.event_type not in ("Diplomacy", "Strategic developments")]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The army on Tuesday withdrew its claim that it had captured Gao.", "army"),
        ("The rebels retracted a statement that they had seized Gao.", "rebels"),
        ("Officials backtracked on reports that rebels shelled Gao.", "Officials"),
        ("The ministry rescinded an earlier announcement that a missile had hit Gao.", "ministry"),
        ("The army took back its claim that rebels attacked Gao.", "army"),
        ("A report that gunmen had attacked Gao was withdrawn by the agency.", "agency"),
        ("The rebels went back on their claim that they had retaken Gao.", "rebels"),
        ("The governor apologised for saying that rebels had attacked Gao.", "governor"),
    ],
)
def test_a_claim_that_is_taken_back_is_denied_by_those_who_made_it(text, by):
    (one,) = armed(text)
    assert (one.status, one.denied_by, one.claimed_by) == (Status.DENIED, by, None)


@pytest.mark.parametrize("how", ["wrongly announced", "falsely claimed", "mistakenly reported"])
def test_what_a_report_calls_wrongly_told_is_denied_by_the_report(how):
    (one,) = armed(f"The governor {how} that rebels had attacked Gao.")
    assert (one.status, one.denied_by, one.claimed_by) == (Status.DENIED, "this report", "governor")


@pytest.mark.parametrize(
    "text",
    [
        "The rebels withdrew their offer of talks and shelled Gao on Monday.",
        "The army withdrew from Nyala after rebels shelled Gao on Monday.",
        "The minister corrected the figure after rebels shelled Gao on Monday.",
        "The rebels, who retracted a statement on Nyala, shelled Gao on Monday.",
    ],
)
def test_what_else_is_withdrawn_takes_no_event_back(text):
    assert any(one.status in TOLD and one.place.surface == "Gao" for one in armed(text) if one.place)


@pytest.mark.parametrize(
    "text",
    [
        "The UN is looking into reports that Gao was shelled on Monday.",
        "The army said it was checking reports that a school in Gao had been bombed.",
        "Experts are verifying claims that rebels attacked Gao.",
        "The mission is aware of reports that soldiers killed villagers in Gao.",
        "Monitors could not confirm reports that rebels shelled Gao.",
        "The ministry is awaiting confirmation of reports that rebels attacked Gao.",
        "The UN opened an inquiry into allegations that soldiers massacred villagers in Gao.",
        "There are reports that rebels shelled Gao.",
    ],
)
def test_a_report_that_is_looked_into_is_told_without_a_name(text):
    (one,) = armed(text)
    assert (one.status, one.claimed_by) == (Status.CLAIMED, None)


def test_a_report_says_what_leaves_it_open():
    (one,) = armed("The UN is looking into reports that Gao was shelled.")
    assert "not confirmed: 'looking'" in one.reasons


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The army's claim that it had captured Gao made news.", "army"),
        ("A claim by the army that it had captured Gao made news.", "army"),
        ("The rebels repeated their claim that they had captured Gao.", "rebels"),
    ],
)
def test_a_claim_is_told_by_those_whose_it_is(text, by):
    (one,) = armed(text)
    assert (one.status, one.claimed_by) == (Status.CLAIMED, by)


@pytest.mark.parametrize(
    "text",
    [
        "Police are investigating an attack by gunmen in Gao that killed 12 people.",
        "Experts confirmed reports that rebels shelled Gao.",
        "The army verified that a missile hit Gao on Monday.",
    ],
)
def test_what_is_investigated_or_confirmed_itself_has_happened(text):
    assert any(one.status is Status.OCCURRED for one in armed(text))


def test_what_an_outlet_said_before_it_corrected_itself_is_denied():
    text = "A shell hit Gao on Monday. Correction: an earlier version of this article said that the shell hit Kidal."
    assert {(one.place.surface, one.status.value) for one in mentions_of(text)} == {
        ("Gao", "occurred"),
        ("Kidal", "denied"),
    }


def test_what_an_earlier_report_said_is_a_claim():
    (mention,) = mentions_of("An earlier report said that rebels had captured Gao.")
    assert mention.status.value == "claimed"
