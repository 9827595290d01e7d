"""Two clauses joined by "and" have two doers, and what is between the verbs is not one party."""

import pytest
from few_names import mentions_of
from test_language_misread_verbs import tokens

from geoconflict.extract.language.misread_clauses import (
    with_doers_before_times,
    with_doers_before_verbs,
    with_doers_known_as,
    with_objects_before_participles,
    with_objects_of_first_clauses,
    with_second_doers,
    with_whose_clauses,
)

JOINED = (
    ("Rebels", "NOUN", "NNS", "nsubj", 1),
    ("shelled", "VERB", "VBD", "ROOT", 1),
    ("Xanth", "PROPN", "NNP", "nsubj", 5),
    ("and", "CCONJ", "CC", "cc", 2),
    ("Yan", "PROPN", "NNP", "conj", 2),
    ("bombed", "VERB", "VBD", "ccomp", 1),
    ("Kharg", "PROPN", "NNP", "dobj", 5),
)
ON_MONDAY = (
    ("Xan", "PROPN", "NNP", "nsubj", 1),
    ("shelled", "VERB", "VBD", "ROOT", 1),
    ("on", "ADP", "IN", "prep", 1),
    ("Monday", "PROPN", "NNP", "pobj", 2),
    ("and", "CCONJ", "CC", "cc", 3),
    ("Yan", "PROPN", "NNP", "conj", 3),
    ("bombed", "VERB", "VBD", "advcl", 1),
    ("Kharg", "PROPN", "NNP", "dobj", 6),
)


def test_what_is_right_behind_the_first_verb_is_its_object():
    mended = with_objects_of_first_clauses(tokens(*JOINED))
    assert [(token.dep, token.head) for token in mended[1:]] == [
        ("ROOT", 1), ("dobj", 1), ("cc", 1), ("nsubj", 5), ("conj", 1), ("dobj", 5),
    ]  # fmt: skip


def test_of_two_subjects_the_one_behind_the_comma_acts():
    ahead = (
        ("As", "SCONJ", "IN", "mark", 2),
        ("Xan", "PROPN", "NNP", "nsubj", 2),
        ("shelled", "VERB", "VBD", "advcl", 6),
        ("Xanth", "PROPN", "NNP", "nsubj", 6),
        (",", "PUNCT", ",", "punct", 3),
        ("Yan", "PROPN", "NNP", "nsubj", 6),
        ("bombed", "VERB", "VBD", "ROOT", 6),
        ("Kharg", "PROPN", "NNP", "dobj", 6),
    )
    mended = with_objects_of_first_clauses(tokens(*ahead))
    assert [(token.dep, token.head) for token in mended[3:6]] == [("dobj", 2), ("punct", 3), ("nsubj", 6)]


def test_what_is_said_of_two_stays_of_two():
    given = tokens(*JOINED, lemmas={1: "say"})
    assert with_objects_of_first_clauses(given) == given


def test_a_name_that_is_joined_to_a_day_does_what_follows():
    mended = with_second_doers(tokens(*ON_MONDAY))
    assert [(token.dep, token.head) for token in mended[5:7]] == [("nsubj", 6), ("conj", 1)]


def test_two_days_stay_two_days():
    given = tokens(*[("Friday", *row[1:]) if row[0] == "Yan" else row for row in ON_MONDAY])
    assert with_second_doers(given) == given


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels shelled Gao and France bombed Kidal.", {"Gao": {"Rebels"}, "Kidal": {"Military Forces of France"}}),
        (
            "Russia fired rockets at Kharkiv and Ukraine bombed Moscow.",
            {"Kharkiv": {"Military Forces of Russia"}, "Moscow": {"Military Forces of Ukraine"}},
        ),
        (
            "Egypt shelled Khartoum on Monday and Sudan bombed Cairo.",
            {"Khartoum": {"Military Forces of Egypt"}, "Cairo": {"Military Forces of Sudan"}},
        ),
        ("Rebels shelled Gao and Kidal on Monday.", {"Gao": {"Rebels"}, "Kidal": {"Rebels"}}),
    ],
)
def test_each_place_has_those_who_struck_it(text, expected):
    found = {
        one.place.surface: {actor.name for actor in one.actors if actor.part == "agent"} for one in mentions_of(text)
    }
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "As Russia shelled Kharkiv, Ukraine bombed Moscow.",
        "Russia shelled Kharkiv hours after Ukraine bombed Moscow.",
        "Kharkiv was shelled by Russia and Moscow was bombed by Ukraine.",
    ],
)
def test_two_clauses_of_any_kind_keep_their_doers_and_places(text):
    found = {
        one.place.surface: {actor.country for actor in one.actors if actor.part == "agent"} for one in mentions_of(text)
    }
    assert found == {"Kharkiv": {"RUS"}, "Moscow": {"UKR"}}


def test_a_noun_that_is_read_as_part_of_a_verb_does_it():
    given = tokens(
        ("the", "DET", "DT", "det", 2),
        ("army", "NOUN", "NN", "compound", 2),
        ("retook", "VERB", "VBD", "ROOT", 2),
        ("Xanth", "PROPN", "NNP", "dobj", 2),
    )
    mended = with_doers_before_verbs(given)
    assert [(token.dep, token.head) for token in mended] == [("det", 1), ("nsubj", 2), ("ROOT", 2), ("dobj", 2)]


def test_who_retakes_a_town_is_not_who_lost_it():
    found = {
        one.place.surface: {actor.name for actor in one.actors if actor.part == "agent"}
        for one in mentions_of("Rebels seized Gao but the army retook Kidal on Friday.")
    }
    assert found == {"Gao": {"Rebels"}, "Kidal": {"Military Forces"}}


def test_who_was_doing_something_when_attacked_was_attacked():
    def tree_of(verb):
        return tokens(
            ("Gunmen", "NOUN", "NNS", "nsubj", 1),
            (verb, "VERB", "VBD", "ROOT", 1),
            ("nurses", "NOUN", "NNS", "nsubj", 3),
            ("marching", "VERB", "VBG", "ccomp", 1),
        )

    attacked, seen = (with_objects_before_participles(tree_of(verb)) for verb in ("attack", "watch"))
    assert [(token.dep, token.head) for token in attacked[2:]] == [("dobj", 1), ("acl", 2)]
    assert [(token.dep, token.head) for token in seen[2:]] == [("nsubj", 3), ("ccomp", 1)]


KNOWN = (
    ("rebels", "NOUN", "NNS", "ROOT", 0),
    ("known", "VERB", "VBN", "acl", 0),
    ("locally", "ADV", "RB", "advmod", 1),
    ("as", "SCONJ", "IN", "mark", 5),
    ("Cobras", "PROPN", "NNPS", "nsubj", 5),
    ("attacked", "VERB", "VBD", "advcl", 1),
    ("Xanth", "PROPN", "NNP", "dobj", 5),
)


def test_who_is_known_by_a_name_does_what_is_told_behind_it():
    found = with_doers_known_as(tokens(*KNOWN, lemmas={1: "know"}))
    assert [(one.dep, one.head) for one in found] == [
        ("nsubj", 5), ("acl", 0), ("advmod", 1), ("prep", 1), ("pobj", 3), ("ROOT", 5), ("dobj", 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "row"),
    [
        (0, ("rebels", "NOUN", "NNS", "nsubj", 5)),  # read as it should be
        (3, ("when", "SCONJ", "WRB", "mark", 5)),
        (5, ("attacking", "VERB", "VBG", "advcl", 1)),
    ],
)
def test_any_other_clause_behind_known_stays(at, row):
    given = tokens(*(row if place == at else one for place, one in enumerate(KNOWN)), lemmas={1: "know"})
    assert with_doers_known_as(given) == given


def test_who_is_known_as_somebody_attacks_on_the_day_told():
    (mention,) = mentions_of("Ten people died on Wednesday when insurgents known locally as the Cobras attacked Gao.")
    assert (mention.place.surface, mention.when.starts_on.day) == ("Gao", 10)
    assert [one.name for one in mention.actors if one.part == "agent"] == ["Rebels"]


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Warplanes bombed Gao on Sunday, three weeks after rebels seized it, killing seven people.", "Air/drone strike"),
        ("Soldiers shelled Gao, just over a week after rebels took the town, killing seven people.", "Shelling/artillery/missile attack"),
        # Whether an entry kills nobody knows: the attack is the deed that does.
        ("The army entered Gao on Sunday, a week after rebels attacked the town, killing seven people.", "Attack"),
    ],
)  # fmt: skip
def test_what_came_of_a_deed_is_told_behind_an_aside(text, deed):
    dead = [(one.sub_event_type, one.casualties.killed.best) for one in mentions_of(text) if one.casualties]
    assert dead == [(deed, 7)]


LATER = (
    ("another", "DET", "DT", "det", 2),
    ("shell", "NOUN", "NN", "compound", 2),
    ("hours", "NOUN", "NNS", "nsubj", 4),
    ("later", "ADV", "RB", "advmod", 4),
    ("hit", "VERB", "VBD", "ROOT", 4),
    ("Xanth", "PROPN", "NNP", "dobj", 4),
)


def test_a_time_between_a_doer_and_its_verb_is_part_of_no_name():
    mended = with_doers_before_times(tokens(*LATER, lemmas={2: "hour"}))
    assert [(one.dep, one.head) for one in mended] == [
        ("det", 1), ("nsubj", 4), ("npadvmod", 3), ("advmod", 4), ("ROOT", 4), ("dobj", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "row"), [(2, ("fragments", "NOUN", "NNS", "nsubj", 4)), (3, ("again", "ADV", "RB", "advmod", 4))]
)
def test_any_other_noun_before_a_verb_stays(at, row):
    rows = (row if place == at else one for place, one in enumerate(LATER))
    given = tokens(*rows, lemmas={2: "hour" if at == 3 else "fragment"})
    assert with_doers_before_times(given) == given


def test_the_capital_behind_the_first_verb_is_its_object():
    found = mentions_of(
        "Seleka rebels seized the capital of Mali on Sunday and President Keita fled across the Bani to Gao, in Niger."
    )
    taken = [one for one in found if one.event_type.value == "Battles"]
    assert [{actor.name for actor in one.actors if actor.part == "agent"} for one in taken] == [{"Seleka"}]


WHOSE = (
    ("Police", "NOUN", "NNS", "nsubj", 1),
    ("told", "VERB", "VBD", "ccomp", 9),
    ("of", "ADP", "IN", "prep", 1),
    ("a", "DET", "DT", "det", 4),
    ("widow", "NOUN", "NN", "pobj", 2),
    ("whose", "PRON", "WP$", "poss", 6),
    ("shop", "NOUN", "NN", "appos", 4),
    (",", "PUNCT", ",", "punct", 9),
    ("was", "AUX", "VBD", "auxpass", 9),
    ("hit", "VERB", "VBN", "ROOT", 9),
)


def test_what_befell_a_thing_of_somebodys_tells_of_the_owner():
    mended = with_whose_clauses(tokens(*WHOSE))
    assert [(mended[at].dep, mended[at].head) for at in (1, 6, 9)] == [("ROOT", 1), ("nsubjpass", 9), ("relcl", 4)]


def test_a_verb_with_a_subject_of_its_own_keeps_what_is_said():
    given = tokens(*WHOSE[:7], ("it", "PRON", "PRP", "nsubjpass", 9), *WHOSE[8:])
    assert with_whose_clauses(given) == given
