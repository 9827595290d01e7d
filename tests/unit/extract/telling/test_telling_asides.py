"""A saying between commas tells on whose word the clause is that it stands in or behind, and no other."""

import pytest
from few_names import mentions_of

from geoconflict.models import Status

CLAIMED = [
    ("Rebels shelled Gao, President Ann Hall announced on Sunday, along with two hamlets.", "President Ann Hall"),
    ("Rebels shelled Gao, the fire brigade there said, two days after a truce.", "fire brigade"),
    ("Rebels shelled Gao on Monday, the fire service of Upper-Mali said, a week after the truce.", "fire service of Upper-Mali"),
    ("Rebels shelled Gao, the interior ministry said, and several stables burned down in the night.", "interior ministry"),
    ("Rebels shelled Gao on Monday, said Bob Stone, an aide to the mayor; nobody has been seen since.", "Bob Stone"),
    ("Rebels, the mayor said, shelled Gao on Monday and then withdrew to the hills in the north.", "mayor"),
    ("Rebels, the mayor said late on Tuesday, shelled Gao on Monday.", "mayor"),
    ("The town of Gao, officials report, was shelled on Monday by rebels who had come from the north.", "officials"),
    ("The mayor spoke of heavy shelling in Gao.", "mayor"),
]  # fmt: skip
FACTS = [
    "REBELS SHELLED GAO, ONE OF THE LARGEST TOWNS IN THE UNITED STATES, ON MONDAY.",
    "Rebels shelled Gao. Separately, the ministry said, it would pay its teachers.",
    "Rebels shelled Gao on Monday, and the ministry said it would pay its teachers, but nobody saw the money.",
    "Rebels shelled Gao on Monday; the schools, the ministry said, would stay shut.",
    "Rebels shelled Gao on Monday, Reuters reported, and the schools were shut.",
    "Rebels shelled Gao on Monday, announced a truce, and left for the hills in the north of the land.",
    "Rebels shelled Gao on Monday, reported five losses, and left for the hills in the north of the land.",
    "The mayor spoke of the shelling of Gao.",
]


@pytest.mark.parametrize(("text", "claimant"), CLAIMED, ids=[text for text, _ in CLAIMED])
def test_what_is_said_in_passing_is_a_claim(text, claimant):
    mention = mentions_of(text)[0]
    assert (mention.status, mention.claimed_by, mention.place.surface) == (Status.CLAIMED, claimant, "Gao")


@pytest.mark.parametrize("text", FACTS)
def test_what_nobody_is_said_to_have_said_stays_a_fact(text):
    mention = mentions_of(text)[0]
    assert (mention.status, mention.claimed_by, mention.place.surface.title()) == (Status.OCCURRED, None, "Gao")


def test_he_who_says_it_in_passing_is_whoever_was_named_before():
    _, mention = mentions_of(
        "The mayor said rebels had shelled Nyala. They shelled Gao too, he said, but were beaten off."
    )
    assert (mention.status, mention.claimed_by) == (Status.CLAIMED, "mayor")


def test_he_who_was_not_named_leaves_a_claim_of_nobody():
    (mention,) = mentions_of("Rebels shelled Gao on Monday, he said, but all of its people had been led away in time.")
    assert (mention.status, mention.claimed_by) == (Status.CLAIMED, None)
