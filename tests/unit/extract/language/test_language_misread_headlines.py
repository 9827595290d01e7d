"""What an act does in a headline is a verb, though it looks like a plural noun."""

import pytest
from few_names import mentions_of

from geoconflict.extract.language.misread_headlines import with_verbs_behind_acts
from geoconflict.extract.language.model import Token


def tokens(*rows):
    """Return tokens of (text, part of speech, tag, dependency, head)."""
    return [Token(at, 10 * at, 10 * at + len(text), text, text.lower(), *rest) for at, (text, *rest) in enumerate(rows)]


BEFORE_THE_ROOT = (
    ("Truck", "NOUN", "NN", "compound", 2),
    ("bomb", "NOUN", "NN", "compound", 2),
    ("tears", "NOUN", "NNS", "ROOT", 2),
    ("through", "ADP", "IN", "prep", 2),
    ("Xanth", "PROPN", "NNP", "pobj", 3),
)
AT_THE_ROOT = (
    ("Heavy", "ADJ", "JJ", "amod", 1),
    ("fighting", "VERB", "VBG", "ROOT", 1),
    ("flares", "NOUN", "NNS", "dobj", 1),
    ("in", "ADP", "IN", "prep", 2),
    ("Xanth", "PROPN", "NNP", "pobj", 3),
)
BEFORE_AN_OBJECT = (
    ("Shelling", "VERB", "VBG", "ROOT", 0),
    ("wrecks", "NOUN", "NNS", "compound", 3),
    ("Xanth", "PROPN", "NNP", "compound", 3),
    ("library", "NOUN", "NN", "dobj", 0),
)
IN_ONE_NOUN = (
    ("Blast", "NOUN", "NN", "compound", 3),
    ("jolts", "NOUN", "NNS", "compound", 3),
    ("Xanth", "PROPN", "NNP", "compound", 3),
    ("mosque", "NOUN", "NN", "ROOT", 3),
)


@pytest.mark.parametrize(
    ("rows", "verb", "subject", "others"),
    [
        (BEFORE_THE_ROOT, "tears", "bomb", {"Truck": "bomb", "through": "tears"}),
        (AT_THE_ROOT, "flares", "fighting", {"Heavy": "fighting", "in": "flares"}),
        (BEFORE_AN_OBJECT, "wrecks", "Shelling", {"library": "wrecks", "Xanth": "library"}),
        (IN_ONE_NOUN, "jolts", "Blast", {"mosque": "jolts", "Xanth": "mosque"}),
    ],
)
def test_what_an_act_does_is_the_verb(rows, verb, subject, others):
    mended = with_verbs_behind_acts(tokens(*rows))
    found = {one.text: (one.tag, one.dep, mended[one.head].text) for one in mended}
    assert found[verb] == ("VBZ", "ROOT", verb)
    assert found[subject] == ("NN", "nsubj", verb)
    assert {word: found[word][2] for word in others} == others


@pytest.mark.parametrize(
    ("at", "row"),
    [
        (1, ("love", "NOUN", "NN", "compound", 2)),
        (2, ("attacks", "NOUN", "NNS", "ROOT", 2)),
        (2, ("tears", "NOUN", "NNS", "dobj", 3)),
    ],
)
def test_other_plurals_stay(at, row):
    given = tokens(*[row if index == at else one for index, one in enumerate(BEFORE_THE_ROOT)])
    assert with_verbs_behind_acts(given) == given


@pytest.mark.parametrize(
    ("text", "subs"),
    [
        ("Fighting rages for control of Nyala", ["Armed clash"]),
        ("Suicide blast tears through Khartoum mosque", ["Suicide bomb"]),
        ("Mortar fire wounds six in Gao", ["Shelling/artillery/missile attack"]),
        ("Gas blast rips through Paris bakery", []),
        ("Price war rages in Paris", []),
        ("Rail strike grips Paris", []),
    ],
)
def test_headlines_of_acts_are_read(text, subs):
    assert [one.sub_event_type for one in mentions_of(text)] == subs
