import pytest
from few_names import mentions_of

from geoconflict.extract.events import sense_needs
from geoconflict.extract.predicates.senses import load_trigger_lexicon


def test_needs_and_refinements_of_the_lexicon_are_known_to_the_code():
    lexicon = load_trigger_lexicon()
    refinements = {
        "instrument",
        "target",
        "territory",
        "crowd",
        "crowd_clash",
        "crowd_attack",
        "crowd_damage",
        "fired_from",
        "fired_with",
        "own_death",
        "fired_on_town",
        "air",
        "bomber",
        "heard",
        "air_war",
        "held",
        "sexual",
    }
    for sense in lexicon.senses.values():
        for need in (*sense.needs, *sense.requires):
            assert need in sense_needs._SPECIAL or need in lexicon.words, (sense.name, need)
        assert set(sense.refine) <= refinements, sense.name


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("Malian students plan to rally in the capital on June 2.", 1),
        ("Malian students rallied against a tax on foreign capital.", 0),
        ("Malian students rallied against the new road on Monday.", 0),
    ],
)
def test_a_march_in_the_capital_is_a_protest_wherever_that_lies(text, n):
    assert len([one for one in mentions_of(text) if one.sub_event_type == "Peaceful protest"]) == n


@pytest.mark.parametrize(
    "subject",
    ["The Desert Lions group", 'The "White Wolves" movement', "Two rival gangs", "A splinter faction", "A hit squad"],
)
def test_a_band_of_any_name_kills(subject):
    (one,) = mentions_of(f"{subject} killed twelve traders in Gao on Monday.")
    assert one.event_type == "Violence against civilians"


@pytest.mark.parametrize("subject", ["The cold wave", "A leak", "Bad liquor"])
def test_what_is_nobody_kills_without_an_event(subject):
    assert mentions_of(f"{subject} killed twelve traders in Gao on Monday.") == ()
