"""A day behind a verb of saying is that of saying, with "that" and without it."""

import datetime as dt

import pytest
from few_names import mentions_of
from test_language_misread_verbs import tokens

from geoconflict.extract.language.misread_days import (
    with_days_of_saying,
    with_may_as_month,
    with_numbers_behind_days,
    with_when_behind_days,
    with_where_behind_days,
)

SAID = (
    ("Rebels", "NOUN", "NNS", "nsubj", 1),
    ("said", "VERB", "VBD", "ROOT", 1),
    ("on", "ADP", "IN", "prep", 6),
    ("Friday", "PROPN", "NNP", "pobj", 2),
    ("they", "PRON", "PRP", "nsubj", 6),
    ("had", "AUX", "VBD", "aux", 6),
    ("taken", "VERB", "VBN", "ccomp", 1),
    ("Xanth", "PROPN", "NNP", "dobj", 6),
)


def changed(at, row, lemma="say"):
    return tokens(*(row if place == at else one for place, one in enumerate(SAID)), lemmas={1: lemma})


def test_the_day_hangs_on_the_saying():
    assert with_days_of_saying(tokens(*SAID, lemmas={1: "say"}))[2].head == 1


@pytest.mark.parametrize(
    "given",
    [
        changed(3, ("Nyala", "PROPN", "NNP", "pobj", 2)),  # no day
        changed(1, ("began", "VERB", "VBD", "ROOT", 1), "begin"),  # nobody speaks
        changed(2, (",", "PUNCT", ",", "punct", 1)),
    ],
)
def test_whatever_else_hangs_on_the_deed_stays(given):
    assert with_days_of_saying(given) == given


def test_may_behind_a_day_is_a_month():
    given = tokens(
        ("on", "ADP", "IN", "prep", 4),
        ("ignored", "VERB", "VBD", "x", 4),
        ("on", "ADP", "IN", "prep", 6),
        ("3", "NUM", "CD", "pobj", 2),
        ("May", "AUX", "MD", "aux", 6),
        ("troops", "NOUN", "NNS", "nsubj", 6),
        ("shelled", "VERB", "VBD", "ROOT", 6),
    )
    found = with_may_as_month(given)
    assert [(found[at].dep, found[at].head) for at in (3, 4)] == [("nummod", 4), ("pobj", 2)]
    assert found[4].pos == "PROPN"


def test_when_behind_a_day_tells_of_the_day():
    given = tokens(
        ("killed", "VERB", "VBN", "ccomp", 9),
        ("since", "ADP", "IN", "prep", 0),
        ("Friday", "PROPN", "NNP", "pobj", 1),
        ("when", "SCONJ", "WRB", "advmod", 5),
        ("rebels", "NOUN", "NNS", "nsubj", 5),
        ("attacked", "VERB", "VBD", "advcl", 9),
        ("Xanth", "PROPN", "NNP", "dobj", 5),
        (",", "PUNCT", ",", "punct", 9),
        ("they", "PRON", "PRP", "nsubj", 9),
        ("said", "VERB", "VBD", "ROOT", 9),
        lemmas={9: "say"},
    )
    found = with_when_behind_days(given)
    assert (found[5].dep, found[5].head) == ("relcl", 2)


UP_TO = [
    "The army said on Wednesday it had captured Nyala.",
    "The rebels said Wednesday they had seized the town of Kidal.",
    "The army said on Wednesday its troops had shelled Nyala.",
    "The military told Reuters on Wednesday it had bombed a camp near Gao.",
    "Police said late on Wednesday gunmen had stormed a church in Gao.",
    "Police said on Wednesday gunmen stormed a church in Gao.",
    "The ministry said on 10 May its forces had shelled Nyala.",
    "The ministry said on May 10 its forces had shelled Nyala.",
    "The group claimed on Wednesday its fighters attacked a base in Menaka.",
    "Ukraine reported on Wednesday Russian drones struck Kharkiv.",
]


@pytest.mark.parametrize("text", UP_TO)
def test_the_day_of_saying_only_bounds_the_deed(text):
    (mention,) = mentions_of(text)
    assert (mention.when.starts_on, mention.when.ends_on) == (None, dt.date(2023, 5, 10))
    assert mention.status.value == "claimed"


ON_THE_DAY = [
    "Police said that on Wednesday gunmen stormed a church in Gao.",
    "The UN said at least 30 people were killed on Wednesday in Nyala.",
    "The minister said, on Wednesday rebels attacked a convoy near Gao.",
    "The army said Wednesday's attack killed 12 soldiers near Gao.",
    "The army said rebels had shelled Nyala on Wednesday.",
    "On Wednesday, the army said, rebels shelled Nyala.",
]


@pytest.mark.parametrize("text", ON_THE_DAY)
def test_a_day_within_what_is_said_is_that_of_the_deed(text):
    (mention,) = mentions_of(text)
    assert mention.when.starts_on == mention.when.ends_on == dt.date(2023, 5, 10)


WHERE = (
    ("Rebels", "NOUN", "NNS", "nsubj", 1),
    ("entered", "VERB", "VBD", "ROOT", 1),
    ("Xanth", "PROPN", "NNP", "dobj", 1),
    ("on", "ADP", "IN", "prep", 1),
    ("Friday", "PROPN", "NNP", "pobj", 3),
    (",", "PUNCT", ",", "punct", 4),
    ("where", "ADV", "WRB", "advmod", 8),
    ("two", "NUM", "CD", "nsubj", 8),
    ("died", "VERB", "VBD", "relcl", 4),
)


def test_what_where_tells_hangs_on_the_place_before_the_day():
    assert with_where_behind_days(tokens(*WHERE))[8].head == 2


@pytest.mark.parametrize(
    "row",
    [
        (6, ("when", "ADV", "WRB", "advmod", 8)),
        (4, ("Yell", "PROPN", "NNP", "pobj", 3)),  # it hangs on a place already
        (2, ("again", "ADV", "RB", "advmod", 1)),  # no place before the day
    ],
)
def test_what_else_hangs_on_a_day_stays(row):
    at, other = row
    given = tokens(*(other if place == at else one for place, one in enumerate(WHERE)))
    assert with_where_behind_days(given) == given


SHARED = (
    ("Rebels", "NOUN", "NNS", "nsubj", 1),
    ("killed", "VERB", "VBD", "ROOT", 1),
    ("nine", "NUM", "CD", "dobj", 1),
    ("on", "ADP", "IN", "prep", 1),
    ("Friday", "PROPN", "NNP", "pobj", 3),
    ("and", "CCONJ", "CC", "cc", 4),
    ("two", "NUM", "CD", "conj", 4),
    ("in", "ADP", "IN", "prep", 1),
    ("Xanth", "PROPN", "NNP", "pobj", 7),
)


def test_a_number_behind_a_day_shares_its_verb_and_has_its_own_place():
    mended = with_numbers_behind_days(tokens(*SHARED))
    assert (mended[5].head, mended[6].head, mended[7].head) == (1, 1, 6)


@pytest.mark.parametrize(
    "row",
    [
        (4, ("Yell", "PROPN", "NNP", "pobj", 3)),  # no day
        (7, ("weeks", "NOUN", "NNS", "dep", 1)),  # a span of time
        (6, ("Sunday", "PROPN", "NNP", "conj", 4)),  # no number
    ],
)
def test_what_else_is_joined_to_a_day_stays(row):
    at, other = row
    given = tokens(*(other if place == at else one for place, one in enumerate(SHARED)))
    assert with_numbers_behind_days(given) == given
