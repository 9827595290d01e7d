"""Who does it, where the words name them in a roundabout way."""

import pytest
from few_names import mentions_of


def parts(text, part):
    return {one.name for told in mentions_of(text) for one in told.actors if one.part == part}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A shell fired from Malian army positions hit Gao on Monday, killing two.", {"Military Forces of Mali"}),
        ("Rockets launched from rebel positions hit Gao on Monday, killing two.", {"Rebels"}),
        ("A rocket fired from Niger hit Gao on Monday, killing two.", set()),
        ("A raid of the rebels on the town of Gao killed five people on Monday.", {"Rebels"}),
        ("Strikes of the coalition's jets against militants in Gao killed five people on Monday.", {"Military Forces"}),
        ("The assassination of two soldiers on Monday in Gao shocked Mali.", set()),
        ("The bombing of the army base at noon on Monday in Gao killed two.", set()),
        ("Two men were killed when armed youths ambushed a convoy in Gao on Monday.", {"Unidentified Armed Group"}),
        ("Police found the bodies of 12 villagers in Gao on Monday.", set()),
        ("Soldiers discovered a mass grave with 230 bodies in Gao on Monday.", set()),
        ("Soldiers found the bodies of six farmers shot dead in Gao on Monday.", set()),
        ("Soldiers found the bodies of six farmers shot dead by rebels in Gao on Monday.", {"Rebels"}),
        ("Gunmen shot dead a farmer in Gao on Monday.", {"Unidentified Armed Group"}),
        ("A drone launched by Boko Haram exploded in Gao on Monday, killing two.", {"Boko Haram"}),
        ("A bomb planted by rebels went off in Gao on Monday, killing two.", {"Rebels"}),
        ("Gao was shelled on Monday, but not by Niger.", set()),
        ("Gao was shelled on Monday by rebels and not by Niger.", {"Rebels"}),
        ("A bomb feared by soldiers went off in Gao on Monday, killing two.", set()),
    ],
)
def test_doers(text, names):
    assert parts(text, "agent") == names


def test_who_repels_an_attack_is_whom_it_was_aimed_at():
    text = "The Malian army repelled a Tuareg attack on Gao on Monday."
    assert "Military Forces of Mali" in parts(text, "target")
    assert "Military Forces of Mali" not in parts(text, "agent")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rockets hit government-held Gao on Monday, killing four people.", {"Civilians"}),
        ("Shells hit the rebel-held town of Gao on Monday, killing four people.", {"Civilians"}),
        ("Rebels attacked a government-held airbase near Gao on Monday.", {"Government"}),
    ],
)
def test_who_holds_a_town_is_not_what_shells_hit(text, names):
    assert parts(text, "target") == names


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("The army and clan fighters took the village of Gao on Sunday.", "Government regains territory",
         {"Military Forces", "Unidentified Armed Group"}),
        ("The army and allied militias took the town of Gao on Sunday.", "Government regains territory",
         {"Military Forces", "Unidentified Armed Group"}),
        ("Rebels and allied militias took the town of Gao on Sunday.", "Non-state actor overtakes territory",
         {"Rebels", "Unidentified Armed Group"}),
    ],
)  # fmt: skip
def test_an_army_takes_a_town_for_the_state_whoever_is_with_it(text, kind, names):
    (told,) = mentions_of(text)
    assert told.sub_event_type == kind
    assert parts(text, "agent") == names


def test_who_is_deployed_is_there_and_no_target():
    (mention,) = mentions_of("Some 500 Egyptian peacekeepers were deployed in Gao on Monday.")
    assert [(actor.part, actor.name) for actor in mention.actors] == [("agent", "Military Forces of Egypt")]
    (mention,) = mentions_of("Rebels attacked 500 Egyptian peacekeepers in Gao on Monday.")
    assert ("target", "Military Forces of Egypt") in [(actor.part, actor.name) for actor in mention.actors]
