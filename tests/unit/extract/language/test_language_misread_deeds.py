"""A deed that the parser took for a part of its doers' name is the verb of the sentence."""

import pytest
from test_language_misread_verbs import tokens

from geoconflict.extract.language.misread_deeds import (
    with_deeds_before_participles,
    with_deeds_before_tellers,
    with_deeds_behind_names,
    with_deeds_in_relatives,
    with_doers_of_names,
    with_fallen_names,
    with_people_shot_by_armed,
    with_people_shot_dead,
    with_unknown_passives,
    with_unknown_pasts,
)


def tree(found):
    return [(one.text, one.dep, found[one.head].text) for one in found]


OVERRAN = (
    ("Forces", "NOUN", "NNS", "dep", 8),
    ("of", "ADP", "IN", "prep", 0),
    ("Ratko", "PROPN", "NNP", "pobj", 1),
    ("Yell", "PROPN", "NNP", "compound", 5),
    ("overran", "PROPN", "NNP", "compound", 5),
    ("Xanth", "PROPN", "NNP", "appos", 0),
    ("on", "ADP", "IN", "prep", 5),
    ("Monday", "PROPN", "NNP", "pobj", 6),
    ("said", "VERB", "VBD", "ROOT", 8),
)


def test_a_past_between_two_names_is_told():
    found = with_deeds_behind_names(tokens(*OVERRAN, lemmas={8: "say"}))
    assert tree(found) == [
        ("Forces", "nsubj", "overran"),
        ("of", "prep", "Forces"),
        ("Ratko", "pobj", "of"),
        ("Yell", "flat", "Ratko"),
        ("overran", "ccomp", "said"),
        ("Xanth", "dobj", "overran"),
        ("on", "prep", "overran"),
        ("Monday", "pobj", "on"),
        ("said", "ROOT", "said"),
    ]
    assert (found[4].pos, found[4].tag) == ("VERB", "VBD")


def test_it_is_one_only_of_fighters_and_of_a_form_that_may_be_one():
    for at, word in ((0, "Parts"), (4, "backed")):
        rows = [list(row) for row in OVERRAN]
        rows[at][0] = word
        given = tokens(*rows, lemmas={8: "say"})
        assert with_deeds_behind_names(given) == given


BAND = (
    ("The", "DET", "DT", "det", 2),
    ("armed", "ADJ", "JJ", "amod", 2),
    ("group", "NOUN", "NN", "ROOT", 2),
    ("Yell", "PROPN", "NNP", "nmod", 5),
    ("seized", "VERB", "VBD", "amod", 5),
    ("Xanth", "PROPN", "NNP", "appos", 2),
)


def test_a_band_does_what_is_told_in_the_past():
    found = with_deeds_behind_names(tokens(*BAND, lemmas={4: "seize"}))
    assert tree(found)[2:] == [
        ("group", "nsubj", "seized"),
        ("Yell", "flat", "group"),
        ("seized", "ROOT", "seized"),
        ("Xanth", "dobj", "seized"),
    ]


def test_one_band_does_nothing_in_the_form_of_many():
    rows = [list(row) for row in BAND]
    rows[4] = ["attack", "NOUN", "NN", "compound", 5]
    given = tokens(*rows)
    assert with_deeds_behind_names(given) == given


def test_a_participle_before_fighters_is_what_was_done_to_them():
    given = tokens(
        ("Soldiers", "NOUN", "NNS", "nsubj", 4),
        ("of", "ADP", "IN", "prep", 0),
        ("Yell", "PROPN", "NNP", "pobj", 1),
        ("fought", "VERB", "VBD", "amod", 4),
        ("rebels", "NOUN", "NNS", "ROOT", 4),
        ("in", "ADP", "IN", "prep", 4),
        ("Xanth", "PROPN", "NNP", "pobj", 5),
        lemmas={3: "fight"},
    )
    found = with_deeds_behind_names(given)
    assert tree(found)[3:6] == [("fought", "ROOT", "fought"), ("rebels", "dobj", "fought"), ("in", "prep", "fought")]
    assert found[0].head == 3


def test_of_an_attack_that_killed_the_attack_is_the_verb():
    rows = [
        ("Rebels", "PROPN", "NNP", "compound", 2),
        ("attack", "NOUN", "NN", "compound", 2),
        ("Xanth", "PROPN", "NNP", "nsubj", 4),
        (",", "PUNCT", ",", "punct", 2),
        ("killing", "VERB", "VBG", "ROOT", 4),
    ]
    found = with_deeds_before_participles(tokens(*rows))
    assert tree(found)[:3] == [("Rebels", "nsubj", "attack"), ("attack", "ROOT", "attack"), ("Xanth", "dobj", "attack")]
    assert tree(found)[4] == ("killing", "advcl", "attack")
    # "the police bomb squad is trying"
    given = tokens(
        ("Police", "NOUN", "NNS", "compound", 2),
        ("bomb", "NOUN", "NN", "compound", 2),
        ("squad", "NOUN", "NN", "nsubj", 4),
        ("is", "AUX", "VBZ", "aux", 4),
        ("trying", "VERB", "VBG", "ROOT", 4),
    )
    assert with_deeds_before_participles(given) == given


def test_what_was_agreed_and_is_signed_is_signed():
    rows = [
        ("plan", "NOUN", "NN", "nsubj", 1),
        ("agreed", "VERB", "VBD", "ROOT", 1),
        ("in", "ADP", "IN", "prep", 1),
        ("Xanth", "PROPN", "NNP", "pobj", 2),
        ("is", "AUX", "VBZ", "ccomp", 1),
        ("signed", "VERB", "VBN", "xcomp", 4),
    ]
    found = with_deeds_in_relatives(tokens(*rows, lemmas={1: "agree", 4: "be"}))
    assert tree(found)[:2] == [("plan", "nsubj", "is"), ("agreed", "acl", "plan")]
    assert found[4].dep == "ROOT"
    # "the minister warned the town is shelled": a clause with a subject of its own
    rows.insert(4, ("Yell", "PROPN", "NNP", "nsubj", 5))
    rows[5], rows[6] = ("is", "AUX", "VBZ", "ccomp", 1), ("signed", "VERB", "VBN", "xcomp", 5)
    given = tokens(*rows, lemmas={1: "agree", 5: "be"})
    assert with_deeds_in_relatives(given) == given


def test_the_forces_of_a_person_are_the_subject_and_not_the_person():
    found = with_doers_of_names(
        tokens(
            ("Forces", "NOUN", "NNS", "nsubj", 3),
            ("of", "ADP", "IN", "prep", 0),
            ("Ratko", "PROPN", "NNP", "pobj", 1),
            ("Yell", "ADJ", "JJ", "nsubj", 4),
            ("overran", "VERB", "VBD", "ROOT", 4),
        )
    )
    assert tree(found)[0] == ("Forces", "nsubj", "overran")
    assert tree(found)[3] == ("Yell", "flat", "Ratko")


def test_rebels_of_a_person_whose_name_is_cut_in_two_are_the_subject():
    rows = [
        ("Rebels", "PROPN", "NNP", "nmod", 3),
        ("of", "ADP", "IN", "prep", 0),
        ("Ratko", "PROPN", "NNP", "pobj", 1),
        ("Yell", "PROPN", "NNP", "nsubj", 4),
        ("overran", "VERB", "VBD", "ROOT", 4),
    ]
    assert tree(with_doers_of_names(tokens(*rows)))[0] == ("Rebels", "nsubj", "overran")
    rows[1] = ("leader", "NOUN", "NN", "nmod", 3)  # "rebels leader Ratko Yell overran": he is the subject
    assert tree(with_doers_of_names(tokens(*rows)))[0] == ("Rebels", "nmod", "Yell")


@pytest.mark.parametrize(("word", "dep"), [("Xanth", "nsubj"), ("Then", "advmod"), ("Suddenly", "advmod")])
def test_a_name_taken_for_an_adverb_is_what_fell(word, dep):
    found = with_fallen_names(tokens((word, "ADV", "RB", "advmod", 1), ("fell", "VERB", "VBD", "ROOT", 1)))
    assert found[0].dep == dep


def test_a_past_that_the_tagger_does_not_know_is_a_verb_in_a_verb_s_place():
    found = with_unknown_pasts(
        tokens(
            ("Rebels", "NOUN", "NNS", "nsubj", 1),
            ("overran", "NOUN", "NN", "ROOT", 1),
            ("retook", "NOUN", "NN", "dobj", 1),
        )
    )
    assert [one.pos for one in found] == ["NOUN", "VERB", "NOUN"]


RIDERS = (
    ("Gunmen", "NOUN", "NNS", "nsubj", 9),
    ("on", "ADP", "IN", "prep", 0),
    ("motorbikes", "NOUN", "NNS", "pobj", 1),
    ("killed", "VERB", "VBN", "acl", 2),
    ("nine", "NUM", "CD", "nummod", 5),
    ("people", "NOUN", "NNS", "dobj", 3),
    (",", "PUNCT", ",", "punct", 9),
    ("the", "DET", "DT", "det", 8),
    ("mayor", "NOUN", "NN", "nsubj", 9),
    ("said", "VERB", "VBD", "ROOT", 9),
)


def test_who_rides_did_it_and_who_speaks_behind_said_so():
    found = with_deeds_before_tellers(tokens(*RIDERS, lemmas={3: "kill", 9: "say"}))
    assert tree(found)[0] == ("Gunmen", "nsubj", "killed")
    assert tree(found)[3] == ("killed", "ccomp", "said")
    assert tree(found)[8] == ("mayor", "nsubj", "said")
    assert found[3].tag == "VBD"


@pytest.mark.parametrize(("at", "lemma"), [(3, "give"), (5, None), (8, None)])
def test_who_was_given_something_and_who_speaks_himself_did_not(at, lemma):
    rows = [list(row) for row in RIDERS]
    if lemma is None:
        rows[at][3] = "conj"  # nothing that was done to, or nobody else who speaks
    given = tokens(*rows, lemmas={3: lemma or "kill", 9: "say"})
    assert with_deeds_before_tellers(given) == given


BOMBERS = (
    ("Bombing", "NOUN", "NN", "nsubj", 7),
    ("wounded", "VERB", "VBN", "acl", 0),
    ("several", "ADJ", "JJ", "amod", 3),
    ("nurses", "NOUN", "NNS", "dobj", 1),
    (",", "PUNCT", ",", "punct", 7),
    ("the", "DET", "DT", "det", 6),
    ("clinic", "NOUN", "NN", "nsubj", 7),
    ("said", "VERB", "VBD", "ROOT", 7),
)


def test_what_stands_right_before_the_deed_did_it_and_said_nothing():
    found = with_deeds_before_tellers(tokens(*BOMBERS, lemmas={1: "wound", 7: "say"}))
    assert tree(found)[0] == ("Bombing", "nsubj", "wounded")
    assert tree(found)[1] == ("wounded", "ccomp", "said")
    assert tree(found)[6] == ("clinic", "nsubj", "said")


def test_who_was_wounded_and_speaks_himself_wounded_nobody():
    rows = [list(row) for row in BOMBERS]
    rows[3][3] = "npadvmod"  # "people wounded several weeks ago, the clinic said"
    given = tokens(*rows, lemmas={1: "wound", 7: "say"})
    assert with_deeds_before_tellers(given) == given


def test_shot_before_dead_and_somebody_is_what_was_done_to_him():
    found = with_people_shot_dead(
        tokens(
            ("Men", "NOUN", "NNS", "nsubj", 5),
            ("on", "ADP", "IN", "prep", 0),
            ("a", "DET", "DT", "det", 4),
            ("motorcycle", "NOUN", "NN", "compound", 4),
            ("shot", "NOUN", "NN", "pobj", 1),
            ("dead", "ADJ", "JJ", "ROOT", 5),
            ("a", "DET", "DT", "det", 7),
            ("judge", "NOUN", "NN", "dobj", 5),
        )
    )
    assert tree(found) == [
        ("Men", "nsubj", "shot"),
        ("on", "prep", "Men"),
        ("a", "det", "motorcycle"),
        ("motorcycle", "pobj", "on"),
        ("shot", "ROOT", "shot"),
        ("dead", "acomp", "shot"),
        ("a", "det", "judge"),
        ("judge", "dobj", "shot"),
    ]
    assert (found[4].lemma, found[4].tag) == ("shoot", "VBD")


ARMED = (
    ("Members", "NOUN", "NNS", "ROOT", 0),
    ("of", "ADP", "IN", "prep", 0),
    ("gangs", "NOUN", "NNS", "pobj", 1),
    ("armed", "VERB", "VBN", "acl", 2),
    ("with", "ADP", "IN", "prep", 3),
    ("rifles", "NOUN", "NNS", "compound", 6),
    ("shot", "NOUN", "NN", "pobj", 4),
    ("dead", "ADJ", "JJ", "acomp", 6),
    ("farmers", "NOUN", "NNS", "appos", 0),
    (".", "PUNCT", ".", "punct", 0),
)


def test_shot_dead_behind_what_its_doers_bear_is_their_deed():
    assert tree(with_people_shot_by_armed(tokens(*ARMED))) == [
        ("Members", "nsubj", "shot"),
        ("of", "prep", "Members"),
        ("gangs", "pobj", "of"),
        ("armed", "acl", "gangs"),
        ("with", "prep", "armed"),
        ("rifles", "pobj", "with"),
        ("shot", "ROOT", "shot"),
        ("dead", "acomp", "shot"),
        ("farmers", "dobj", "shot"),
        (".", "punct", "shot"),
    ]


def test_a_shot_at_nobody_stays_a_noun():
    given = tokens(*ARMED[:8], (".", "PUNCT", ".", "punct", 0))
    assert with_people_shot_by_armed(given) == given


CAMP = (
    ("The", "DET", "DT", "det", 1),
    ("camp", "NOUN", "NN", "nsubj", 2),
    ("was", "AUX", "VBD", "ROOT", 2),
    ("overrun", "NOUN", "NN", "attr", 2),
    (".", "PUNCT", ".", "punct", 2),
)


def test_a_participle_taken_for_a_noun_is_one_behind_was():
    found = with_unknown_passives(tokens(*CAMP, lemmas={2: "be"}))
    assert tree(found) == [
        ("The", "det", "camp"),
        ("camp", "nsubjpass", "overrun"),
        ("was", "auxpass", "overrun"),
        ("overrun", "ROOT", "overrun"),
        (".", "punct", "overrun"),
    ]
    assert (found[3].pos, found[3].tag) == ("VERB", "VBN")


def test_it_is_one_behind_no_other_verb():
    given = tokens(*CAMP, lemmas={2: "cost"})
    assert with_unknown_passives(given) == given
