import pytest
from few_names import mentions_of


def test_the_last_time_that_it_was_as_bad_is_not_when_it_was():
    (mention,) = mentions_of(
        "In the worst violence since January, mobs armed with machetes attacked villages around Nyala."
    )
    assert mention.when.starts_on is None or mention.when.starts_on.month != 1


@pytest.mark.parametrize(
    ("text", "is_dated"),
    [
        ("The navy shelled Gao, which rebels overran on March 4.", False),
        ("The navy shelled the town of Gao, held by rebels since March 4.", False),
        ("The navy retook Gao, where gunmen had been holding out since March 4.", False),
        ("The navy has retaken the port at Gao, lost to rebels on March 4.", False),
        # What happened itself may be told in an aside, too.
        ("The navy shelled a market in Gao, where six people were killed on March 4.", True),
        ("The navy shelled a market in Gao, which killed six people on March 4.", True),
        ("The navy shelled Gao on March 4, which killed six people.", True),
    ],
)
def test_the_day_of_what_was_done_to_a_town_before_is_not_that_of_what_is_told(text, is_dated):
    mention = next(one for one in mentions_of(text) if "navy" in text[one.start : one.end])
    assert (mention.when.starts_on is not None and mention.when.starts_on.month == 3) is is_dated


@pytest.mark.parametrize(
    ("text", "is_dated"),
    [
        ("Fighters of the group, who had left Nyala on March 4, burned houses in Gao.", False),
        ("Rebels killed a judge in Gao, who had sentenced one of them on March 4.", False),
        ("Rebels killed a judge in Gao, who was shot in his car on March 4.", True),
        ("Rebels who came from Nyala burned houses in Gao on March 4.", True),
    ],
)
def test_the_day_of_what_somebody_did_before_is_not_that_of_what_is_told(text, is_dated):
    mention = next(one for one in mentions_of(text) if one.place and one.place.surface == "Gao")
    assert (mention.when.starts_on is not None and mention.when.starts_on.month == 3) is is_dated


@pytest.mark.parametrize(
    ("text", "is_dated"),
    [
        ("Musa Adam, a senator until May 2019, was shot dead in Gao.", False),
        ("The bombing, the 17th in Gao during May 2019, came hours after another.", False),
        ("Musa Adam, a senator, was shot dead in Gao in May 2019.", True),
        ("The bombing in Gao, the 17th, came in May 2019.", True),
    ],
)
def test_how_long_somebody_held_an_office_and_what_is_counted_date_nothing(text, is_dated):
    mention = mentions_of(text)[0]
    assert (mention.when.starts_on is not None and mention.when.starts_on.year == 2019) is is_dated


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Jets bombed Gao on 9 March in retaliation for the killing of six farmers in Nyala on 4 March.",
            {"Gao": "9 March", "Nyala": "4 March"},
        ),
        (
            "Rebels shelled Gao in reprisal for a bombing that killed six people in Nyala on 4 March.",
            {"Gao": None, "Nyala": "4 March"},
        ),
        # in answer to nothing that was done
        ("Jets bombed Gao in response to calls for help on 4 March.", {"Gao": "4 March"}),
        ("Rebels shelled Gao for an hour in the fight for Nyala on 4 March.", {"Gao": "4 March"}),
    ],
)
def test_the_day_of_what_is_avenged_is_not_that_of_the_revenge(text, days):
    found = {one.place.surface: one.when.surface for one in mentions_of(text)}
    assert {place: found[place] for place in days} == days
