"""A town that was taken, and the president who says so after a comma, are two and no one subject."""

import datetime as dt

import pytest

from geoconflict.extract.language.misread_speakers import (
    with_clauses_behind_asides,
    with_deeds_before_speakers,
    with_speakers_apart,
    with_speakers_behind_names,
    with_what_listeners_are_told,
)
from geoconflict.extract.language.model import Token
from geoconflict.extract.reader import Reader
from geoconflict.models import Report, Status
from geoconflict.places import Gazetteer


def tokens(*rows):
    """Return tokens of (text, part of speech, tag, dependency, head)."""
    return [
        Token(at, 10 * at, 10 * at + len(text), text, lemma, pos, tag, dep, head)
        for at, (text, lemma, pos, tag, dep, head) in enumerate(rows)
    ]


MISREAD = (
    ("Troops", "troop", "NOUN", "NNS", "nsubj", 1),
    ("captured", "capture", "VERB", "VBD", "ROOT", 1),
    ("Xanth", "Xanth", "PROPN", "NNP", "nsubj", 6),
    (",", ",", "PUNCT", ",", "punct", 2),
    ("President", "President", "PROPN", "NNP", "compound", 5),
    ("Smith", "Smith", "PROPN", "NNP", "conj", 2),
    ("announced", "announce", "VERB", "VBD", "ccomp", 1),
)


@pytest.mark.parametrize("dep_and_head", [("conj", 2), ("nsubj", 6)])
def test_the_name_becomes_the_object_and_the_speaker_the_subject(dep_and_head):
    given = tokens(*MISREAD[:5], (*MISREAD[5][:4], *dep_and_head), MISREAD[6])
    mended = with_speakers_apart(given)
    assert (mended[2].dep, mended[2].head) == ("dobj", 1)
    assert (mended[5].dep, mended[5].head) == ("nsubj", 6)
    assert (mended[6].dep, mended[6].head) == ("ROOT", 6)
    assert (mended[1].dep, mended[1].head) == ("ccomp", 6)


@pytest.mark.parametrize(
    "changed",
    [
        {6: ("won", "win", "VERB", "VBD", "ccomp", 1)},  # nobody speaks
        {1: ("captured", "capture", "NOUN", "NN", "ROOT", 1)},  # no verb before the name
        {3: ("and", "and", "CCONJ", "CC", "cc", 2)},  # two speakers
        {0: ("Troops", "troop", "NOUN", "NNS", "dobj", 1)},  # the verb has an object
        {
            2: ("Xanth", "Xanth", "PROPN", "NNP", "dobj", 1),
            5: ("Smith", "Smith", "PROPN", "NNP", "nsubj", 6),
        },  # read as it should be
    ],
)
def test_any_other_sentence_stays_as_it_was_read(changed):
    given = tokens(*(changed.get(at, row) for at, row in enumerate(MISREAD)))
    assert with_speakers_apart(given) == given


@pytest.mark.parametrize(
    ("text", "place", "speaker"),
    [
        ("Azerbaijani forces have captured Shusha, President Ilham Aliyev announced on Sunday in Baku.", "Shusha", "President Ilham Aliyev"),
        ("Government troops have retaken Palmyra, General Ali Hassan said on Sunday.", "Palmyra", "General Ali Hassan"),
    ],
)  # fmt: skip
def test_in_a_report_the_event_has_the_town_and_the_claimant(text, place, speaker):
    reader = Reader(Gazetteer.open())
    found = reader.read(Report(report_id="r1", text=text, published_on=dt.date(2020, 11, 8)))
    assert [(one.place.surface, one.status, one.claimed_by) for one in found.mentions] == [
        (place, Status.CLAIMED, speaker)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A missile hit Izium overnight, officials said on Monday, killing two people and wounding six.",
        "Militiamen overran Izium on Sunday, Moldova said, killing two people.",
    ],
)
def test_who_says_it_has_not_killed(text):
    report = Report(report_id="r1", text=text, published_on=dt.date(2022, 2, 28))
    (mention,) = Reader(Gazetteer.open()).read(report).mentions
    assert mention.casualties.killed.best == 2
    assert not any("Moldova" in one.name for one in mention.actors)
    assert mention.status is Status.CLAIMED


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Nine people were killed in Izium on Sunday, the police said, adding that rebels had also shelled Kupiansk.",
            {"police"},
        ),
        ("Nine people were killed in attacks on Izium, the Ukrainian government said, blaming the rebels.", {"Ukrainian government"}),
        ("Rebels shelled Izium on Sunday, claiming that troops had shelled Kupiansk.", {None, "Rebels"}),
    ],
)  # fmt: skip
def test_what_is_added_is_said_by_who_spoke(text, speakers):
    report = Report(report_id="r1", text=text, published_on=dt.date(2022, 2, 28))
    mentions = Reader(Gazetteer.open()).read(report).mentions
    assert {one.claimed_by for one in mentions} == speakers


def test_a_participle_of_the_saying_itself_stays():
    before = tokens(
        ("Rebels", "rebel", "NOUN", "NNS", "nsubj", 1),
        ("hit", "hit", "VERB", "VBD", "ccomp", 3),
        ("Smith", "Smith", "PROPN", "NNP", "nsubj", 3),
        ("said", "say", "VERB", "VBD", "ROOT", 3),
        (",", ",", "PUNCT", ",", "punct", 3),
        ("weeping", "weep", "VERB", "VBG", "advcl", 3),
    )
    assert with_deeds_before_speakers(before) == before  # no comma parts what is said from who says it


def test_a_speaker_taken_for_another_word_for_the_name_before_him_speaks():
    rows = [
        ("Rebels", "rebel", "NOUN", "NNS", "nsubj", 1),
        ("attacked", "attack", "VERB", "VBD", "ROOT", 1),
        ("Xanth", "Xanth", "PROPN", "NNP", "dobj", 1),
        (",", ",", "PUNCT", ",", "punct", 2),
        ("the", "the", "DET", "DT", "det", 5),
        ("governor", "governor", "NOUN", "NN", "appos", 2),
        ("of", "of", "ADP", "IN", "prep", 5),
        ("Yell", "Yell", "PROPN", "NNP", "pobj", 6),
        ("said", "say", "VERB", "VBD", "conj", 1),
    ]
    mended = with_speakers_behind_names(tokens(*rows))
    assert [(mended[at].dep, mended[mended[at].head].text) for at in (1, 5, 8)] == [
        ("ccomp", "said"),
        ("nsubj", "said"),
        ("ROOT", "said"),
    ]
    rows[8] = ("fled", "flee", "VERB", "VBD", "conj", 1)  # no word of saying
    given = tokens(*rows)
    assert with_speakers_behind_names(given) == given


INFORMED = (
    ("Rebels", "rebel", "NOUN", "NNS", "nsubj", 1),
    ("informed", "inform", "VERB", "VBD", "ROOT", 1),
    ("reporters", "reporter", "NOUN", "NNS", "dobj", 1),
    ("they", "they", "PRON", "PRP", "nsubj", 5),
    ("had", "have", "AUX", "VBD", "aux", 5),
    ("taken", "take", "VERB", "VBN", "relcl", 2),
    ("Xanth", "Xanth", "PROPN", "NNP", "dobj", 5),
)


def test_what_listeners_are_told_is_no_trait_of_theirs():
    found = with_what_listeners_are_told(tokens(*INFORMED))
    assert (found[5].dep, found[5].head) == ("ccomp", 1)


@pytest.mark.parametrize(
    "rows",
    [
        INFORMED[:6],  # "informed the reporters they had taken"
        (*INFORMED[:3], ("who", "who", "PRON", "WP", "nsubj", 5), *INFORMED[4:]),
        (INFORMED[0], ("saw", "see", "VERB", "VBD", "ROOT", 1), *INFORMED[2:]),
    ],
)
def test_what_describes_listeners_stays(rows):
    given = tokens(*rows)
    assert with_what_listeners_are_told(given) == given


ASIDE = (
    ("Rebels", "rebel", "NOUN", "NNS", "nsubj", 1),
    ("took", "take", "VERB", "VBD", "ROOT", 1),
    ("Xanth", "Xanth", "PROPN", "NNP", "dobj", 1),
    (",", ",", "PUNCT", ",", "punct", 5),
    ("officials", "official", "NOUN", "NNS", "nsubj", 5),
    ("say", "say", "VERB", "VBP", "parataxis", 1),
    (",", ",", "PUNCT", ",", "punct", 5),
    ("and", "and", "CCONJ", "CC", "cc", 5),
    ("burned", "burn", "VERB", "VBD", "conj", 5),
    ("Yell", "Yell", "PROPN", "NNP", "dobj", 8),
)


def test_what_follows_an_aside_of_speakers_goes_on_with_what_is_told():
    mended = with_clauses_behind_asides(tokens(*ASIDE))
    assert {mended[at].head for at in (7, 8)} == {1}
    assert mended[5].head == 1


@pytest.mark.parametrize(
    ("at", "row"),
    [
        (8, ("add", "add", "VERB", "VBP", "conj", 5)),  # what the speakers say next
        (6, ("again", "again", "ADV", "RB", "advmod", 5)),  # no aside
        (5, ("flee", "flee", "VERB", "VBP", "parataxis", 1)),
    ],
)
def test_other_clauses_stay_with_their_speakers(at, row):
    given = tokens(*[row if index == at else one for index, one in enumerate(ASIDE)])
    assert with_clauses_behind_asides(given) == given
