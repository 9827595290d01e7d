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
        "fired_with",
        "fired_on_town",
        "air",
        "bomber",
        "heard",
        "air_war",
    }
    for sense in lexicon.senses.values():
        for need in (*sense.needs, *sense.requires):
            assert need in sense_needs._SPECIAL or need in lexicon.words, (sense.name, need)
        assert set(sense.refine) <= refinements, sense.name
