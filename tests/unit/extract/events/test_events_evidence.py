"""How likely a predicate tells of a conflict event: what is too unlikely is told and makes none, what is doubtful says so."""

import dataclasses

import pytest
from few_names import reading_of

from geoconflict.extract.events import evidence as event_evidence
from geoconflict.extract.events.evidence import least_likelihood, likelihood, reasons_against
from geoconflict.extract.lexicon import read_lexicon
from geoconflict.models import EventType

ATTACK = "Rebels attacked a village near Gao on Monday, killing 12 people."


@pytest.fixture
def thresholds(monkeypatch):
    """Set what is dropped and what is doubtful."""

    def put(drop_below, doubt_below):
        model = dataclasses.replace(
            event_evidence._model(), drop_below=drop_below, drop_bare_below=drop_below, doubt_below=doubt_below
        )
        monkeypatch.setattr(event_evidence, "_model", lambda: model)

    return put


def test_the_likelihood_is_the_weighed_sum_as_a_probability(monkeypatch):
    model = dataclasses.replace(event_evidence._model(), bias=0.5, weights={"noun": 1.5, "verb": -2.5})
    monkeypatch.setattr(event_evidence, "_model", lambda: model)
    assert likelihood(["noun"]) == 0.88
    assert likelihood(["verb"]) == 0.12
    assert likelihood(["no such feature"]) == likelihood([]) == 0.62


def test_reasons_are_the_heaviest_against_it_in_words_and_none_for_it():
    table = read_lexicon("event_evidence")["features"]
    against = sorted((row["weight"], name) for name, row in table.items() if row["weight"] < 0)
    found = reasons_against(table)
    assert len(found) == 4
    assert found[0] == f"{table[against[0][1]]['says']} ({against[0][0]:+.1f})"
    assert reasons_against(name for name, row in table.items() if row["weight"] > 0) == ("little speaks for it",)


@pytest.mark.parametrize(
    "text",
    [
        ATTACK,
        "An airstrike hit Gao.",
        "Shells hit Kharkiv.",
        "A bomb exploded in Cairo.",
        "Gunmen kidnapped a priest in Gao.",
        "Clashes erupted in Nyala.",
        "Two soldiers were killed in Gao.",
        "Rebels captured Kidal.",
        "The army says it killed a rebel commander in Kidal.",
    ],
)
def test_what_plainly_tells_of_an_event_is_kept_and_not_doubtful(text):
    reading = reading_of(text)
    assert reading.mentions
    assert not reading.unlikely
    for mention in reading.mentions:
        assert mention.likelihood is not None
        assert not mention.doubts


@pytest.mark.parametrize(
    "text",
    [
        "A museum in Nyala opened a school after the bombing of Gao.",
        "A judge in charge of the murder of eight villagers in Gao was threatened.",
    ],
)
def test_what_is_too_unlikely_makes_no_event_and_is_told_with_reasons(text):
    reading = reading_of(text)
    assert reading.mentions == ()
    (one,) = reading.unlikely
    assert text[one.start : one.end] == one.surface
    assert one.event_type in (EventType.EXPLOSIONS, EventType.VIOLENCE_AGAINST_CIVILIANS)
    assert one.likelihood < read_lexicon("event_evidence")["drop_below"]
    assert one.reasons


def test_what_lies_between_the_thresholds_is_kept_with_its_doubts(thresholds):
    thresholds(0.0, 1.0)
    (mention,) = reading_of("A museum in Nyala opened a school after the bombing of Gao.").mentions
    assert mention.doubts
    assert not reading_of("A museum in Nyala opened a school after the bombing of Gao.").unlikely


def test_nothing_is_lost_whatever_the_threshold(thresholds):
    text = f"{ATTACK} The president condemned the massacre in Kidal. A bomb exploded in Cairo."
    thresholds(0.0, 0.0)
    spans = {(one.trigger_start, one.trigger_end) for one in reading_of(text).mentions}
    thresholds(1.01, 0.0)
    none = reading_of(text)
    assert none.mentions == ()
    assert spans <= {(one.start, one.end) for one in none.unlikely}


def test_of_two_tellings_in_a_report_the_likelier_counts(thresholds):
    thresholds(0.0, 0.9)
    text = f"{ATTACK} The minister condemned the attack on Tuesday."
    (mention,) = [one for one in reading_of(text).mentions if one.event_type is not EventType.DIPLOMACY]
    assert mention.likelihood > 0.9
    assert not mention.doubts


def test_talks_are_not_weighed():
    (mention,) = reading_of("Ministers of Mali and Niger held talks in Geneva on Monday.").mentions
    assert mention.likelihood is None
    assert not mention.doubts


def test_an_aside_that_tells_neither_of_harm_nor_of_a_day_must_be_likelier():
    table = read_lexicon("event_evidence")
    assert least_likelihood({"noun", "stands_of"}) == table["drop_bare_below"] > table["drop_below"]
    for told_of in ("day", "denied", "figures", "outcome", "stands_main", "stands_subject", "stands_title"):
        assert least_likelihood({"noun", "stands_of", told_of}) == table["drop_below"]
