"""Fighters in the plural, a word of attacking and a noun are a sentence, and no one long name."""

import pytest

from geoconflict.extract.language.misread_verbs import (
    with_acts_as_subjects,
    with_denied_acts,
    with_offensives,
    with_perfect_verbs,
    with_verbs_before_articles,
    with_verbs_behind_listed_names,
    with_verbs_behind_single_doers,
    with_verbs_behind_subjects,
    with_verbs_between_names,
    with_verbs_of_headlines,
)
from geoconflict.extract.language.model import Token


def tokens(*rows, lemmas=None):
    """Return tokens of (text, part of speech, tag, dependency, head); `lemmas` are of those that differ from the text."""
    return [
        Token(at, 10 * at, 10 * at + len(text), text, (lemmas or {}).get(at, text.lower()), pos, tag, dep, head)
        for at, (text, pos, tag, dep, head) in enumerate(rows)
    ]


MISREAD = (
    ("Armed", "ADJ", "JJ", "amod", 4),
    ("Gunmen", "NOUN", "NNS", "compound", 4),
    ("attack", "NOUN", "NN", "compound", 4),
    ("school", "NOUN", "NN", "compound", 4),
    ("bus", "NOUN", "NN", "ROOT", 4),
    ("in", "ADP", "IN", "prep", 4),
    ("Xanth", "PROPN", "NNP", "pobj", 5),
    (",", "PUNCT", ",", "punct", 4),
    ("killing", "VERB", "VBG", "acl", 4),
    ("two", "NUM", "CD", "dobj", 8),
)


def test_the_word_becomes_the_verb_of_the_sentence():
    mended = with_verbs_of_headlines(tokens(*MISREAD))
    found = [(one.text, one.dep, mended[one.head].text) for one in mended]
    assert found == [
        ("Armed", "amod", "Gunmen"),
        ("Gunmen", "nsubj", "attack"),
        ("attack", "ROOT", "attack"),
        ("school", "compound", "bus"),
        ("bus", "dobj", "attack"),
        ("in", "prep", "bus"),
        ("Xanth", "pobj", "in"),
        (",", "punct", "attack"),
        ("killing", "advcl", "attack"),
        ("two", "dobj", "killing"),
    ]
    assert (mended[2].pos, mended[2].tag, mended[2].lemma) == ("VERB", "VBP", "attack")


def test_a_chain_of_compounds_is_one_too():
    chained = with_verbs_of_headlines(tokens(*MISREAD[:1], ("Rebels", "PROPN", "NNPS", "compound", 2), *MISREAD[2:]))
    assert [(one.dep, one.head) for one in chained[1:5]] == [("nsubj", 2), ("ROOT", 2), ("compound", 4), ("dobj", 2)]


def test_who_is_named_attacks_in_the_singular():
    name = ("Turkey", "PROPN", "NNP", "compound", 4)
    bombs = {1: name, 2: ("bombs", "NOUN", "NNS", "compound", 4)}
    mended = with_verbs_of_headlines(tokens(*(bombs.get(at, row) for at, row in enumerate(MISREAD))))
    assert [(one.dep, one.head) for one in mended[1:5]] == [("nsubj", 2), ("ROOT", 2), ("compound", 4), ("dobj", 2)]
    assert (mended[2].tag, mended[2].lemma) == ("VBZ", "bomb")
    bomb = {1: name, 2: ("bomb", "NOUN", "NN", "compound", 4)}
    given = tokens(*(bomb.get(at, row) for at, row in enumerate(MISREAD)))
    assert with_verbs_of_headlines(given) == given


@pytest.mark.parametrize(
    "changed",
    [
        {1: ("Rebel", "NOUN", "NN", "compound", 4)},  # "rebel attack victims"
        {2: ("school", "NOUN", "NN", "compound", 4)},  # no word of attacking
        {4: ("bus", "NOUN", "NN", "nsubj", 8), 8: ("burns", "VERB", "VBZ", "ROOT", 8)},  # another verb at the root
        {1: ("Gunmen", "NOUN", "NNS", "compound", 6)},  # they belong to something else
        {2: ("attack", "VERB", "VBP", "ROOT", 2)},  # read as it should be
    ],
)
def test_any_other_sentence_stays_as_it_was_read(changed):
    given = tokens(*(changed.get(at, row) for at, row in enumerate(MISREAD)))
    assert with_verbs_of_headlines(given) == given


def test_no_word_comes_before_the_first():
    given = tokens(("attack", "NOUN", "NN", "compound", 1), ("dog", "NOUN", "NN", "ROOT", 1))
    assert with_verbs_of_headlines(given) == given


TAKEN = (
    ("The", "DET", "DT", "det", 4),
    ("XLA", "PROPN", "NNP", "npadvmod", 2),
    ("seized", "VERB", "VBN", "amod", 4),
    ("Yell", "PROPN", "NNP", "compound", 4),
    ("camp", "NOUN", "NN", "ROOT", 4),
    ("on", "ADP", "IN", "prep", 4),
    ("Sunday", "PROPN", "NNP", "pobj", 5),
    (".", "PUNCT", ".", "punct", 4),
)


def test_a_past_with_a_subject_of_its_own_is_no_trait_of_what_was_taken():
    mended = with_verbs_behind_subjects(tokens(*TAKEN, lemmas={2: "seize"}))
    assert [(one.text, one.dep, mended[one.head].text) for one in mended][:6] == [
        ("The", "det", "XLA"),
        ("XLA", "nsubj", "seized"),
        ("seized", "ROOT", "seized"),
        ("Yell", "compound", "camp"),
        ("camp", "dobj", "seized"),
        ("on", "prep", "seized"),
    ]
    assert mended[2].tag == "VBD"


@pytest.mark.parametrize(
    "changed",
    [
        {1: ("rebel", "NOUN", "NN", "npadvmod", 2)},  # "rebel-held" without its hyphen
        {1: ("XLA", "PROPN", "NNP", "compound", 4)},  # "the XLA's seized camp"
        {4: ("camp", "NOUN", "NN", "pobj", 5)},  # a part of another phrase
    ],
)
def test_a_trait_without_a_subject_stays_one(changed):
    given = tokens(*(changed.get(at, row) for at, row in enumerate(TAKEN)), lemmas={2: "seize"})
    assert with_verbs_behind_subjects(given) == given


ACT = (
    ("Shelling", "VERB", "VBG", "ROOT", 0),
    ("hit", "VERB", "VBD", "xcomp", 0),
    ("Xanth", "PROPN", "NNP", "dobj", 1),
    (".", "PUNCT", ".", "punct", 0),
)


def test_an_act_before_its_verb_is_the_subject():
    mended = with_acts_as_subjects(tokens(*ACT))
    assert [(one.dep, one.head) for one in mended] == [("nsubj", 1), ("ROOT", 1), ("dobj", 1), ("punct", 1)]
    assert (mended[0].pos, mended[0].tag) == ("NOUN", "NN")


def test_an_act_read_as_an_auxiliary_is_the_subject_too():
    given = tokens(("Shelling", "VERB", "VBG", "aux", 1), ("hit", "VERB", "VBD", "ROOT", 1), *ACT[2:])
    assert [(one.dep, one.head) for one in with_acts_as_subjects(given)][:2] == [("nsubj", 1), ("ROOT", 1)]


def test_its_verb_may_be_a_participle():
    given = tokens(
        ("after", "ADP", "IN", "prep", 0), ("shelling", "VERB", "VBG", "aux", 2), ("hit", "VERB", "VBN", "pcomp", 0)
    )
    mended = with_acts_as_subjects(given)
    assert [(one.tag, one.dep, one.head) for one in mended[1:]] == [("NN", "nsubj", 2), ("VBD", "pcomp", 0)]


def test_an_act_behind_after_belongs_to_the_verb_behind_it():
    rows = (
        ("Days", "NOUN", "NNS", "advmod", 3),
        ("after", "ADP", "IN", "prep", 0),
        ("fighting", "VERB", "VBG", "pcomp", 1),
        ("hit", "VERB", "VBD", "advcl", 6),
        ("Xanth", "PROPN", "NNP", "dobj", 3),
        ("gunmen", "NOUN", "NNS", "nsubj", 6),
        ("fled", "VERB", "VBD", "ROOT", 6),
    )
    mended = with_acts_as_subjects(tokens(*rows))
    assert [(one.dep, one.head) for one in mended[1:4]] == [("mark", 3), ("nsubj", 3), ("advcl", 6)]
    given = tokens(*rows[:2], ("visiting", *rows[2][1:]), *rows[3:])
    assert with_acts_as_subjects(given) == given


@pytest.mark.parametrize(
    "changed",
    [
        {0: ("Visiting", "VERB", "VBG", "ROOT", 0)},  # no act
        {1: ("hit", "NOUN", "NN", "dobj", 0)},  # no verb behind it
        {1: ("hit", "VERB", "VBD", "relcl", 2)},  # the verb of something else
        {0: ("Shelling", "NOUN", "NN", "nsubj", 1), 1: ("hit", "VERB", "VBD", "ROOT", 1)},  # read as it should be
    ],
)
def test_other_words_before_a_verb_stay_as_they_were_read(changed):
    given = tokens(*(changed.get(at, row) for at, row in enumerate(ACT)))
    assert with_acts_as_subjects(given) == given


DENIED = (
    ("Mali", "PROPN", "NNP", "nsubj", 1),
    ("denied", "VERB", "VBD", "ROOT", 1),
    ("massacring", "VERB", "VBG", "amod", 3),
    ("civilians", "NOUN", "NNS", "dobj", 1),
)


def test_an_act_behind_a_verb_of_denying_is_what_is_denied():
    mended = with_denied_acts(tokens(*DENIED, lemmas={1: "deny"}))
    assert [(one.dep, one.head) for one in mended] == [("nsubj", 1), ("ROOT", 1), ("xcomp", 1), ("dobj", 2)]


@pytest.mark.parametrize(
    ("changed", "lemma"),
    [
        ({3: ("allegations", "NOUN", "NNS", "dobj", 1)}, "deny"),  # "denied mounting allegations"
        ({}, "fear"),
        ({2: ("massacred", "VERB", "VBN", "amod", 3)}, "deny"),
        ({3: ("civilians", "NOUN", "NNS", "nsubj", 1)}, "deny"),
    ],
)
def test_an_adjective_behind_a_verb_stays_one(changed, lemma):
    given = tokens(*(changed.get(at, row) for at, row in enumerate(DENIED)), lemmas={1: lemma})
    assert with_denied_acts(given) == given


PERFECT = (
    ("denied", "VERB", "VBD", "ROOT", 0),
    ("it", "PRON", "PRP", "nsubj", 2),
    ("had", "AUX", "VBD", "aux", 3),
    ("targeted", "VERB", "VBN", "amod", 4),
    ("civilians", "NOUN", "NNS", "dobj", 0),
)


def test_a_participle_with_an_auxiliary_of_its_own_is_a_verb():
    mended = with_perfect_verbs(tokens(*PERFECT, lemmas={2: "have"}))
    assert [(one.dep, one.head) for one in mended] == [
        ("ROOT", 0),
        ("nsubj", 3),
        ("aux", 3),
        ("ccomp", 0),
        ("dobj", 3),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {2: ("had", "VERB", "VBD", "ccomp", 0)},  # "it had wounded soldiers among its men"
        {4: ("civilians", "NOUN", "NNS", "nsubj", 0)},
        {3: ("local", "ADJ", "JJ", "amod", 4)},
    ],
)
def test_a_participle_that_describes_a_noun_stays_an_adjective(changed):
    given = tokens(*(changed.get(at, row) for at, row in enumerate(PERFECT)), lemmas={2: "have"})
    assert with_perfect_verbs(given) == given


BEFORE_ARTICLE = (
    ("Rebels", "NOUN", "NNS", "ROOT", 0),
    ("belonging", "VERB", "VBG", "acl", 0),
    ("to", "ADP", "IN", "prep", 1),
    ("the", "DET", "DT", "det", 5),
    ("Xanth", "PROPN", "NNP", "compound", 5),
    ("attack", "NOUN", "NN", "pobj", 2),
    ("a", "DET", "DT", "det", 7),
    ("post", "NOUN", "NN", "dobj", 1),
    ("in", "ADP", "IN", "prep", 1),
    ("Ypsil", "PROPN", "NNP", "pobj", 8),
)


def test_a_word_of_attacking_before_an_article_is_the_verb():
    mended = with_verbs_before_articles(tokens(*BEFORE_ARTICLE))
    found = {one.text: (one.tag, one.dep, mended[one.head].text) for one in mended}
    assert found["attack"] == ("VBP", "ROOT", "attack")
    assert found["Rebels"] == ("NNS", "nsubj", "attack")
    assert found["post"] == ("NN", "dobj", "attack")
    assert found["in"] == ("IN", "prep", "attack")
    assert found["Xanth"] == ("NNP", "pobj", "to")


def test_an_attack_before_no_article_stays_a_noun():
    rows = [*BEFORE_ARTICLE[:6], ("post", "NOUN", "NN", "dobj", 1)]
    given = tokens(*rows)
    assert with_verbs_before_articles(given) == given


def test_an_offensive_beside_a_town_is_a_noun():
    given = tokens(
        ("Troops", "NOUN", "NNS", "nsubj", 1),
        ("launch", "VERB", "VBP", "ROOT", 1),
        ("an", "DET", "DT", "det", 4),
        ("offensive", "ADJ", "JJ", "amod", 4),
        ("south", "NOUN", "NN", "dobj", 1),
        ("of", "ADP", "IN", "prep", 4),
        ("Xanth", "PROPN", "NNP", "pobj", 5),
    )
    found = {one.text: (one.pos, one.dep, one.head) for one in with_offensives(given)}
    assert found["offensive"] == ("NOUN", "dobj", 1)
    assert found["south"] == ("ADV", "advmod", 3)
    assert found["an"] == ("DET", "det", 3)


BETWEEN_NAMES = (
    ("Fighters", "NOUN", "NNS", "npadvmod", 11),
    ("of", "ADP", "IN", "prep", 0),
    ("Xanth", "PROPN", "NNP", "pobj", 1),
    ("and", "CCONJ", "CC", "cc", 0),
    ("Yarn", "PROPN", "NNP", "nmod", 6),
    ("captured", "VERB", "VBN", "amod", 6),
    ("Zeel", "PROPN", "NNP", "conj", 0),
    ("on", "ADP", "IN", "prep", 0),
    ("Friday", "PROPN", "NNP", "pobj", 7),
    (",", "PUNCT", ",", "punct", 11),
    ("officials", "NOUN", "NNS", "nsubj", 11),
    ("said", "VERB", "VBD", "ROOT", 11),
)


def test_a_participle_between_two_names_is_the_verb():
    mended = with_verbs_between_names(tokens(*BETWEEN_NAMES))
    assert (mended[5].tag, mended[5].dep, mended[5].head) == ("VBD", "ccomp", 11)
    assert [(mended[at].dep, mended[at].head) for at in (0, 4, 6, 7)] == [
        ("nsubj", 5), ("conj", 0), ("dobj", 5), ("prep", 5)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        {4: ("the", "DET", "DT", "det", 6)},  # "and the captured Zeel"
        {5: ("captured", "VERB", "VBD", "ROOT", 5)},
        {6: ("Zeel", "PROPN", "NNP", "dobj", 0)},
        {6: ("town", "NOUN", "NN", "conj", 0)},
    ],
)
def test_other_participles_stay_what_they_are(changed):
    given = tokens(*(changed.get(at, row) for at, row in enumerate(BETWEEN_NAMES)))
    assert with_verbs_between_names(given) == given


SINGLE = (
    ("A", "DET", "DT", "det", 4),
    ("grey", "ADJ", "JJ", "amod", 4),
    ("warplane", "NOUN", "NN", "npadvmod", 3),
    ("fired", "VERB", "VBN", "amod", 4),
    ("missiles", "NOUN", "NNS", "ROOT", 4),
    ("at", "ADP", "IN", "prep", 4),
    ("Xanth", "PROPN", "NNP", "pobj", 5),
)


def test_one_that_fires_several_is_no_compound_of_them():
    mended = with_verbs_behind_single_doers(tokens(*SINGLE))
    assert [(token.dep, token.head) for token in mended] == [
        ("det", 2), ("amod", 2), ("nsubj", 3), ("ROOT", 3), ("dobj", 3), ("prep", 3), ("pobj", 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "row"),
    [(0, ("The", "DET", "DT", "det", 4)), (2, ("warplanes", "NOUN", "NNS", "npadvmod", 3)), (4, ("missile", "NOUN", "NN", "ROOT", 4))],
)  # fmt: skip
def test_where_the_article_may_be_of_the_last_noun_it_stays_as_it_was(at, row):
    given = tokens(*[row if number == at else one for number, one in enumerate(SINGLE)])
    assert with_verbs_behind_single_doers(given) == given


HAD = (
    ("They", "PRON", "PRP", "nsubj", 1),
    ("had", "AUX", "VBD", "ROOT", 1),
    ("overrun", "PROPN", "NNP", "compound", 3),
    ("Xanth", "PROPN", "NNP", "dobj", 1),
)


def test_a_participle_that_the_model_does_not_know_is_the_verb_behind_had():
    mended = with_perfect_verbs(tokens(*HAD, lemmas={1: "have"}))
    assert [(one.tag, one.dep, one.head) for one in mended] == [
        ("PRP", "nsubj", 2),
        ("VBD", "aux", 2),
        ("VBN", "ROOT", 2),
        ("NNP", "dobj", 2),
    ]
    named = tokens(*HAD[:2], ("Old", *HAD[2][1:]), HAD[3], lemmas={1: "have"})
    assert with_perfect_verbs(named) == named


LISTED = (
    ("Rebels", "NOUN", "NNS", "ROOT", 0),
    ("of", "ADP", "IN", "prep", 0),
    ("Xanth", "PROPN", "NNP", "pobj", 1),
    ("and", "CCONJ", "CC", "cc", 0),
    ("the", "DET", "DT", "det", 6),
    ("Yell", "PROPN", "NNP", "compound", 6),
    ("seize", "NOUN", "NN", "conj", 0),
    ("Zorn", "PROPN", "NNP", "appos", 6),
    ("after", "SCONJ", "IN", "mark", 9),
    ("fighting", "VERB", "VBG", "advcl", 0),
)


def test_behind_the_names_of_doers_a_word_before_a_name_is_the_verb():
    mended = with_verbs_behind_listed_names(tokens(*LISTED))
    found = {one.text: (one.tag, one.dep, mended[one.head].text) for one in mended}
    assert found["seize"] == ("VBP", "ROOT", "seize")
    assert found["Rebels"] == ("NNS", "nsubj", "seize")
    assert found["Zorn"] == ("NNP", "dobj", "seize")
    assert found["Yell"] == ("NNP", "conj", "Rebels")
    assert found["the"] == ("DT", "det", "Yell")
    assert found["fighting"] == ("VBG", "advcl", "seize")


@pytest.mark.parametrize(
    ("at", "row"),
    [
        (0, ("Friends", "NOUN", "NNS", "ROOT", 0)),
        (6, ("market", "NOUN", "NN", "conj", 0)),
        (5, ("old", "ADJ", "JJ", "amod", 6)),
        (7, ("winter", "NOUN", "NN", "appos", 6)),
    ],
)
def test_other_lists_stay(at, row):
    given = tokens(*[row if index == at else one for index, one in enumerate(LISTED)])
    assert with_verbs_behind_listed_names(given) == given
