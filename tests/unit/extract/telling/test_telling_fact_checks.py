"""What a report labels, judges or calls false itself, and what only looks like it."""

import pytest
from few_names import mentions_of

from geoconflict.models import Status


def of_gao(text):
    return [one for one in mentions_of(text) if one.place and one.place.surface == "Gao"]


@pytest.mark.parametrize(
    "text",
    [
        "False: Rebels shelled Gao on Monday. The footage is old.",
        "Fact check: Fake: Rebels shelled Gao on Monday.",
        "DEBUNKED - Rebels shelled Nyala. MISLEADING: Rebels shelled Gao on Monday.",
        "Claim: Rebels shelled Gao on Monday.\n\nVerdict: False. The pictures are of a film.",
        "Fact check: Rebels shelled Gao on Monday.\n\nRating: Miscaptioned.",
        "A video claiming that rebels shelled Gao on Monday is false.",
        "Posts saying that rebels shelled Gao on Monday are completely fabricated.",
    ],
)
def test_what_a_report_calls_false_is_denied(text):
    (one,) = of_gao(text)
    assert one.status is Status.DENIED
    assert one.denied_by is not None


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shelled Gao on Monday. Their claim about Nyala is false.",
        "False alarms rang in Nyala. Rebels shelled Gao on Monday.",
        "Claim: the rebels say that they shelled Gao on Monday.",
        "Residents of Nyala said that rebels shelled Gao on Monday, and that fears were false.",
    ],
)
def test_what_is_false_besides_denies_nothing(text):
    assert all(one.status in (Status.OCCURRED, Status.CLAIMED) for one in of_gao(text))
    assert of_gao(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Unverified: militiamen ambushed a patrol in Gao.", Status.CLAIMED),
        ("- NOT CONFIRMED: Rebels shelled Gao this morning.", Status.CLAIMED),
        ("Nyala is quiet. Unconfirmed: rebels shelled Gao.", Status.CLAIMED),
        ("Unconfirmed: fighters are near Nyala. Rebels shelled Gao on Monday.", Status.OCCURRED),
        ("Confirmed: rebels shelled Gao on Monday.", Status.OCCURRED),
    ],
)
def test_a_line_labelled_as_unconfirmed_is_told_by_nobody(text, status):
    (one,) = of_gao(text)
    assert (one.status, one.claimed_by) == (status, None)


def test_what_else_a_report_of_a_false_claim_tells_is_doubtful():
    claim, other = of_gao(
        "Claim: Rebels shelled Gao on Monday.\n\nVerdict: False.\n\nA bomb killed 12 people in Gao on 3 March."
    )
    assert claim.status is Status.DENIED
    assert (other.status, other.doubts[0]) == (Status.OCCURRED, "its report checks a claim and finds it false")
