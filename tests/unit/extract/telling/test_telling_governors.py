"""What the words above a predicate deny: the deed, or only who did it."""

import pytest
from few_names import mentions_of


@pytest.mark.parametrize(
    "text",
    [
        "Chad did not carry out the raid that killed 12 people in Gao on Monday.",
        "The junta did not carry out the attack in which 12 people died in Gao on Monday.",
        "No militia has claimed the ambush that killed 12 people in Gao on Monday.",
        "Nobody has claimed responsibility for the bombing that killed 12 people in Gao on Monday.",
        "It is not known who carried out the bombing that killed 12 people in Gao on Monday.",
    ],
)
def test_who_did_not_do_it_leaves_those_dead_whom_a_clause_of_its_own_tells(text):
    (mention,) = mentions_of(text)
    assert mention.casualties.killed.best == 12
    assert mention.claimed_by is None
    assert not any(actor.part == "agent" for actor in mention.actors)


@pytest.mark.parametrize(
    "text",
    [
        "Chad did not carry out a raid in Gao on Monday.",
        "Chad did not carry out any raid that killed people in Gao on Monday.",
        "There was no raid that killed 12 people in Gao on Monday.",
        "Chad did not carry out the raid that it had planned in Gao for Monday.",
    ],
)
def test_what_was_not_done_at_all_is_no_event(text):
    assert mentions_of(text) == ()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Six people died in Gao on Monday after what officials called a mortar attack by rebels.", "occurred"),
        ("Officials called for a mortar attack on Gao on Monday.", None),
        ("Officials called an attack on Gao necessary on Monday.", None),
    ],
)
def test_what_somebody_called_it_was_is_no_call_for_it(text, status):
    assert [one.status.value for one in mentions_of(text) if one.status.value != "hypothetical"] == [status] * bool(
        status
    )


@pytest.mark.parametrize(
    ("text", "status", "denied_by"),
    [
        ("It is a lie that rebels shelled Gao on Monday, Niamey said.", "denied", "Niamey"),
        ("The governor said it was a myth that troops had bombed Gao on Monday.", "denied", "governor"),
        ("It was a hoax that gunmen attacked Gao on Monday.", "denied", "one side"),
        ("It is no lie that rebels shelled Gao on Monday.", "occurred", None),
        ("It is not a lie that rebels shelled Gao on Monday.", "occurred", None),
    ],
)
def test_what_is_called_a_lie_is_denied_by_who_calls_it_so(text, status, denied_by):
    assert [(one.status, one.denied_by) for one in mentions_of(text)] == [(status, denied_by)]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Instead of shelling Nyala, rebels shelled Gao on Monday.", ["Gao"]),
        ("Far from bombing Gao, Niger opened its border on Monday.", []),
        ("Shells hit Gao on Monday, far from the fighting in Nyala.", ["Gao", "Nyala"]),
    ],
)
def test_what_was_done_instead_is_all_that_was_done(text, surfaces):
    assert sorted(text[one.place.start : one.place.end] for one in mentions_of(text)) == surfaces


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("There is no evidence that Niger bombed Gao on Monday.", "hypothetical"),
        ("Monitors found little proof that rebels had shelled Gao on Monday.", "hypothetical"),
        ("Analysts doubt that Niger bombed Gao on Monday.", "hypothetical"),
        ("There is evidence that Niger bombed Gao on Monday.", "occurred"),
        ("There is no doubt that Niger bombed Gao on Monday.", "occurred"),
        ("There is no sign that the shelling of Gao on Monday was deliberate.", "occurred"),
    ],
)
def test_what_is_doubted_or_unproven_is_left_open(text, status):
    assert [one.status for one in mentions_of(text)] == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The supposed air strike on Gao on Monday was a display of fireworks.", "claimed"),
        ("Rebels, who were supposed to leave Gao, shelled the town of Gao on Monday.", "occurred"),
    ],
)
def test_a_supposed_strike_is_nobodys_fact(text, status):
    assert [one.status for one in mentions_of(text)] == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("It is rumoured that rebels shelled Gao on Monday.", "claimed"),
        ("It is certain that rebels shelled Gao on Monday.", "occurred"),
    ],
)
def test_what_is_rumoured_is_nobodys_fact(text, status):
    assert [one.status for one in mentions_of(text)] == [status]


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("The cabinet approves the use of rockets to strike camps in Gao.", []),
        ("Rockets struck camps in Gao on Monday as the cabinet approved a budget.", ["occurred"]),
    ],
)
def test_what_is_approved_has_not_been_done(text, statuses):
    assert [one.status for one in mentions_of(text) if one.status in ("occurred", "claimed")] == statuses
