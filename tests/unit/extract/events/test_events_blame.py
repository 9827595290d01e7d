"""Who is blamed is kept on the word of whoever says so, and is no agent of what is told as a fact."""

import pytest
from few_names import mentions_of

from geoconflict.models import Blame

KILLED = "At least 12 people were killed in Gao on Thursday."


@pytest.mark.parametrize(
    ("sentence", "name", "by"),
    [
        ("Residents blamed the RSF.", "Rapid Support Forces", "Residents"),
        ("The army blamed rebels for the attack.", "Rebels", "army"),
        ("Ukraine accused Russia of the killings.", "Military Forces of Russia", "Ukraine"),
        ("The governor blamed it on rebels.", "Rebels", "governor"),
        ("The governor blamed the attack on rebels.", "Rebels", "governor"),
        ("Officials accused Malian forces of shooting villagers.", "Military Forces of Mali", "Officials"),
        ("The ministry blamed rebels for it.", "Rebels", "ministry"),
        ("The ministry attributed the attack to rebels.", "Rebels", "ministry"),
    ],
)
def test_who_is_blamed_for_an_event_told_before_is_kept_with_who_says_so(sentence, name, by):
    mention = mentions_of(f"{KILLED} {sentence}")[0]
    assert mention.blamed == (Blame(name=name, by=by),)
    assert name not in [actor.name for actor in mention.actors]
    assert mention.status.value == "occurred"


def test_who_blames_is_who_says_the_rest_and_not_who_died():
    text = "A missile hit Kharkiv on Thursday. Ukraine said nine people were killed and blamed Russia."
    assert mentions_of(text)[0].blamed == (Blame(name="Military Forces of Russia", by="Ukraine"),)


def test_who_blames_behind_what_he_said_is_who_said_it_and_not_who_is_blamed():
    text = "At least 12 people were killed in Gao on Thursday, the army said, blaming the rebels."
    assert mentions_of(text)[0].blamed == (Blame(name="Rebels", by="army"),)


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("An attack on Gao on Thursday, blamed on rebels, killed 12 people.", None),
        ("A blast in Gao on Thursday was blamed on rebels.", None),
        ("Residents blamed rebels for the killing of 12 people in Gao on Thursday.", "Residents"),
        ("The ministry accused the rebels of killing 12 people in Gao on Thursday.", "ministry"),
    ],
)
def test_who_is_blamed_in_its_own_sentence_is_kept_too(text, by):
    (mention,) = mentions_of(text)
    assert mention.blamed == (Blame(name="Rebels", by=by),)


@pytest.mark.parametrize(
    "text",
    [
        "The government accused the rebels of killing 12 people in Gao on Thursday.",
        "The army blamed the rebels for shelling Gao on Thursday.",
        "The government condemned the rebels for attacking Gao on Thursday.",
    ],
)
def test_who_accuses_is_not_who_did_it(text):
    (mention,) = mentions_of(text)
    agents = {actor.name for actor in mention.actors if actor.part == "agent"}
    assert agents == {"Rebels"}
    assert mention.status.value in ("claimed", "occurred")


@pytest.mark.parametrize(
    "sentence",
    [
        "Residents did not blame the RSF.",
        "The ministry attributed the delay to the RSF.",
        "The ministry attributed the RSF's success to luck.",
        "Nobody blamed the RSF.",
        "The opposition accused the government of corruption.",
        "The opposition blamed the government for the delay of the elections.",
        "Residents may blame the RSF.",
        "The court accused nobody.",
    ],
)
def test_who_is_not_blamed_or_for_another_thing_is_not_kept(sentence):
    assert mentions_of(f"{KILLED} {sentence}")[0].blamed == ()


def test_whom_a_weapon_is_attributed_to_is_blamed_and_did_not_do_it_for_sure():
    (mention,) = mentions_of("A drone attributed to the RSF struck a clinic in Nyala on Thursday.")
    assert mention.blamed == (Blame(name="Rapid Support Forces", by=None),)
    assert mention.actors == ()
