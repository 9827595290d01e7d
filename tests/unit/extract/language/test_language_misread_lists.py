"""Lists that give the auxiliary once: every verb of them is passive and hangs on the first."""

from test_language_misread_verbs import tokens

from geoconflict.extract.language.misread_lists import with_named_parties_in_lists, with_passives_of_lists


def tree(found):
    return [(one.text, one.tag, one.dep, found[one.head].text) for one in found]


LIST = (
    ("Nine", "NUM", "CD", "nummod", 1),
    ("guards", "NOUN", "NNS", "nsubjpass", 3),
    ("were", "AUX", "VBD", "auxpass", 3),
    ("shot", "VERB", "VBN", "ccomp", 6),
    (",", "PUNCT", ",", "punct", 6),
    ("15", "NUM", "CD", "nsubj", 6),
    ("hurt", "VERB", "VBD", "ROOT", 6),
    ("and", "CCONJ", "CC", "cc", 6),
    ("two", "NUM", "CD", "nummod", 10),
    ("taken", "VERB", "VBN", "amod", 10),
    ("hostage", "NOUN", "NN", "conj", 6),
    ("in", "ADP", "IN", "prep", 10),
    ("Yell", "PROPN", "NNP", "pobj", 11),
)


def test_all_verbs_of_a_list_hang_on_the_first():
    assert tree(with_passives_of_lists(tokens(*LIST))) == [
        ("Nine", "CD", "nummod", "guards"),
        ("guards", "NNS", "nsubjpass", "shot"),
        ("were", "VBD", "auxpass", "shot"),
        ("shot", "VBN", "ROOT", "shot"),
        (",", ",", "punct", "shot"),
        ("15", "CD", "nsubjpass", "hurt"),
        ("hurt", "VBN", "conj", "shot"),
        ("and", "CC", "cc", "hurt"),
        ("two", "CD", "nsubjpass", "taken"),
        ("taken", "VBN", "conj", "shot"),
        ("hostage", "NN", "oprd", "taken"),
        ("in", "IN", "prep", "taken"),
        ("Yell", "NNP", "pobj", "in"),
    ]


def test_what_the_counted_did_themselves_is_no_part_of_the_list():
    rows = list(LIST)
    rows[6] = ("fled", "VERB", "VBD", "ROOT", 6)
    found = tokens(*rows[:7])
    assert with_passives_of_lists(found) == found


def test_nor_is_a_verb_with_an_object():
    # "Nine guards were shot and 15 wounded rebels Yell".
    rows = (*LIST[:4], LIST[7], *LIST[5:7], ("rebels", "NOUN", "NNS", "dobj", 6))
    found = tokens(*rows)
    assert with_passives_of_lists(found) == found


def test_nor_is_somebody_who_is_not_counted():
    rows = list(LIST)
    rows[5] = ("rebels", "NOUN", "NNS", "nsubj", 6)
    found = tokens(*rows[:7])
    assert with_passives_of_lists(found) == found


PARTIES = (
    ("troops", "NOUN", "NNS", "pobj", 0),
    ("and", "CCONJ", "CC", "cc", 0),
    ("the", "DET", "DT", "det", 3),
    ("rebel", "ADJ", "JJ", "conj", 0),
    ("Xan", "PROPN", "NNP", "compound", 5),
    ("Front", "PROPN", "NNP", "appos", 3),
)


def test_a_named_party_behind_the_word_for_its_kind_is_the_party():
    mended = with_named_parties_in_lists(tokens(*PARTIES))
    assert [(one.text, one.dep, mended[one.head].text) for one in mended[2:]] == [
        ("the", "det", "Front"),
        ("rebel", "amod", "Front"),
        ("Xan", "compound", "Front"),
        ("Front", "conj", "troops"),
    ]


def test_a_name_behind_a_comma_is_another_word_for_the_party():
    given = tokens(*PARTIES[:4], (",", "PUNCT", ",", "punct", 3), ("Front", "PROPN", "NNP", "appos", 3))
    assert with_named_parties_in_lists(given) == given
