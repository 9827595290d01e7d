"""What speaks for and against a predicate telling of a conflict event, by names that have words and weights."""

import pytest
from few_names import reading_of

from geoconflict.extract.events import mentions
from geoconflict.extract.events.features import WEIGHED, FeatureReader
from geoconflict.extract.lexicon import read_lexicon


@pytest.fixture
def features(monkeypatch):
    """Word -> the features of its predicate, of all that is weighed in a text."""

    def read(text):
        found = {}

        def gather(scene, drafts):
            reader = FeatureReader(scene, drafts)
            for draft in drafts:
                if draft.verdict.event_type in WEIGHED:
                    word = text[draft.predicate.start : draft.predicate.end]
                    found[word] = reader.features(draft)
            return drafts, ()

        monkeypatch.setattr(mentions, "sift", gather)
        reading_of(text)
        return found

    return read


@pytest.mark.parametrize(
    ("text", "word", "holds"),
    [
        # how it stands
        ("Rebels attacked Gao.", "attacked", {"stands_main", "verb", "by_armed_group", "town", "no_day"}),
        ("The bombing of Gao on Monday killed six people.", "bombing", {"noun", "definite", "day", "figures", "carried"}),
        ("Officials said that rebels attacked Gao.", "attacked", {"stands_said"}),
        ("The minister resigned after rebels attacked Gao on Monday.", "attacked", {"stands_time", "under_politics", "beside_politics"}),
        ("The army has attacked Gao.", "attacked", {"perfect", "by_state_forces"}),
        ("Rebels attack Gao.", "attack", {"present"}),
        ("Rebels had attacked Gao on Monday.", "attacked", {"past_perfect"}),
        # what stands above it
        ("The president mourned the victims of Monday's attack in Gao.", "attack", {"beside_remembrance", "stands_of"}),
        ("The court heard on Tuesday that rebels attacked Gao on Monday.", "attacked", {"beside_courts"}),
        # where and when
        ("Rebels attacked villages in Mali on Monday.", "attacked", {"large_place", "day"}),
        ("Rebels attacked villagers.", "attacked", {"no_place", "target_civilians"}),
        # what the report begins with
        ("The president met lawmakers. Rebels attacked Gao.", "attacked", {"begins_politics"}),
    ],
)  # fmt: skip
def test_what_a_sentence_says_of_a_predicate_is_a_feature(features, text, word, holds):
    found = features(text)[word]
    assert holds <= found, sorted(found)


def test_the_words_of_the_predicate_itself_stand_not_beside_it(features):
    assert "beside_attacks" not in features("Rebels attacked Gao.")["attacked"]
    assert "beside_attacks" in features("Rebels attacked Gao a day after the shelling of Kidal.")["attacked"]


def test_a_sentence_that_follows_changes_nothing_of_the_one_before(features):
    alone = features("Rebels attacked Gao on Monday.")["attacked"]
    assert features("Rebels attacked Gao on Monday. The court was closed.")["attacked"] == alone


def test_every_feature_has_words_and_a_weight(features):
    table = read_lexicon("event_evidence")["features"]
    texts = [
        "Rebels attacked Gao on Monday, killing six soldiers, officials said.",
        "The president condemned the bombings. Police had raided a factory in Paris; protesters clashed with them.",
        "In 2019 and 2020 the army may have shelled civilians in Mali. A court heard of the massacre in Gao.",
        "Militias plan to storm Kidal. Drones hit Kharkiv.",
    ]
    fired = {name for text in texts for found in features(text).values() for name in found}
    assert len(fired) > 40
    assert fired <= set(table)


def test_what_is_no_violence_is_not_weighed(features):
    assert features("Ministers met in Geneva. Thousands protested in Paris.") == {}
