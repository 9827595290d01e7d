"""What only a fake shows or says, beside what happened in like words."""

import pytest
from few_names import mentions_of

from geoconflict.models import Status


def statuses(text):
    return [one.status for one in mentions_of(text) if one.place and one.place.surface == "Gao"]


@pytest.mark.parametrize(
    "text",
    [
        "A forged recording suggests that rebels shelled Gao on Monday.",
        "Bogus claims that rebels had shelled Gao on Monday were shared by officials.",
        "Disinformation about a massacre of 40 villagers in Gao spread on Monday.",
        "A tweet that claimed rebels had captured Gao on Monday was deleted as untrue.",
        "Rebels shelled Gao on Monday, said a letter that turned out to be forged.",
        "A cup final in Nyala was passed off as a rebel attack on Gao.",
        "A blogger concocted an attack on a school in Gao.",
        "A clip shows rebels shooting a man in Gao on Monday. The clip was doctored.",
        "Rebels captured Gao on Monday. Rating: hoax.",
        "Officials said that rebels had bombed Gao on Monday; it was a false alarm.",
        "A cut video wrongly shows rebels shooting nine men in Gao on Monday.",
        "A hoaxer's message that rebels were shelling Gao on Monday fooled the ministry.",
        "A teacher made up a story that rebels had shot nine pupils in Gao on Monday.",
        "A caller falsely reported a bombing at a market in Gao on Monday.",
        "A picture of soldiers shooting nine men in Gao is from a video game.",
        "A clip of a blaze, shared on Monday as proof of a rebel strike on Gao, was made with AI.",
        "Deepfake footage of the president announcing an assault on Gao was broadcast.",
    ],
)
def test_what_only_a_fake_tells_is_denied_or_nothing(text):
    assert set(statuses(text)) <= {Status.DENIED}


@pytest.mark.parametrize(
    "text",
    [
        "Gunmen at a fake roadblock killed five people in Gao on Monday.",
        "A hoax video set off a riot in Gao on Monday in which four people were killed.",
        "A tweet that shows rebels shelling Gao on Monday is genuine and was not doctored.",
        "Rebels with forged papers attacked a base in Gao on Monday, killing two soldiers.",
        "A clip shows rebels shooting a man in Gao on Monday. The clip is not fake.",
        "A video shows a protest that was staged in Gao on Monday.",
        "Rebels fabricated a car bomb that exploded in Gao on Monday, killing nine people.",
        "The army denied that a clip of soldiers shooting a man in Gao on Monday was doctored.",
    ],
)
def test_what_is_fake_beside_an_event_leaves_it(text):
    found = statuses(text)
    assert Status.DENIED not in found
    assert Status.OCCURRED in found or Status.CLAIMED in found


def test_a_fake_denies_nothing_but_what_it_shows():
    found = statuses("Rebels shelled Gao on Monday. A doctored image that shows soldiers shelling Gao spread.")
    assert found[0] is Status.OCCURRED
    assert set(found[1:]) <= {Status.DENIED}


def test_what_fake_pictures_are_of_may_have_happened():
    assert statuses("Fake pictures of the rebel attack in Gao on Monday were shared.") == [Status.CLAIMED]


@pytest.mark.parametrize("text", ["The observers could not verify that rebels attacked Gao on Monday."])
def test_what_cannot_be_confirmed_is_told_by_nobody(text):
    (one,) = mentions_of(text)
    assert (one.status, one.claimed_by) == (Status.CLAIMED, None)


def test_who_did_it_is_no_report():
    assert mentions_of("The observers could not verify who attacked Gao on Monday.") == ()


def test_a_joke_tells_of_nothing():
    assert statuses("The minister quipped that rebels had bombed Gao on Monday.") == []
    assert statuses("The minister said that rebels had bombed Gao on Monday.") == [Status.CLAIMED]
