"""What befell a building before it was rebuilt is not of the day on which it is opened."""

import pytest
from few_names import mentions_of


@pytest.mark.parametrize(
    "text",
    [
        "The bridge in Gao, blown up during the war, was reopened on Tuesday.",
        "The school in Gao that was shelled by rebels was reopened on Tuesday.",
        "The mayor inaugurated on Tuesday a market in Gao that rebels had bombed.",
    ],
)
def test_a_house_that_is_opened_again_was_not_hit_on_that_day(text):
    assert mentions_of(text) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The market in Gao that was bombed on Monday reopened on Tuesday.", "2023-05-08"),
        ("The school in Gao, rebuilt after the war, was shelled on Tuesday.", "2023-05-09"),
        ("The market in Gao, bombed by rebels on Sunday, burned until Tuesday.", "2023-05-07"),
    ],
)
def test_a_day_of_its_own_stays_with_the_deed(text, day):
    mention = mentions_of(text)[0]
    assert mention.when.starts_on.isoformat() == day


@pytest.mark.parametrize(
    ("recalled", "news"),
    [
        (
            "The mayor marked the 40th anniversary of the battle on Monday, when rebels stormed the port of Gao.",
            "The mayor was marking the 40th anniversary of the battle on Monday when rebels stormed the port of Gao.",
        ),
        (
            "Veterans of the attack on Gao laid flowers on Monday to honour the dead.",
            "Survivors of Monday's attack on Gao said that the gunmen came by boat.",
        ),
        (
            "Historians have found the grave of 30 riders killed in the raid on Gao.",
            "Rebels killed 30 historians in a raid on Gao on Monday.",
        ),
        (
            "The dig at Gao shows that raiders stormed the walls with ladders, the museum said.",
            "The governor said that raiders stormed the walls of Gao with ladders on Monday.",
        ),
    ],
)
def test_what_a_feast_or_a_dig_brings_to_mind_is_no_news(recalled, news):
    assert mentions_of(recalled) == ()
    assert mentions_of(news)
