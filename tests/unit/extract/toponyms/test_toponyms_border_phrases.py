"""Borders named by their countries become mentions where something happened at them, and only there."""

import datetime as dt
import itertools

import pytest
from few_names import few_names_reader, reading_of

from geoconflict.extract.toponyms.border_phrases import with_borders, without_idle_borders
from geoconflict.extract.toponyms.recognition import find_toponyms
from geoconflict.models import Report, Role, Toponym


def borders(text: str) -> list[str]:
    """Return the border phrases proposed in a text, before any event is known."""
    reader = few_names_reader()
    report = Report(report_id="r1", text=text, published_on=dt.date(2023, 5, 12))
    document = reader._model.read(text, names=reader._names)
    names = find_toponyms(document, reader._names, report=report)
    return [one.surface for one in with_borders(document, names) if one not in names]


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Shots were fired near the Iranian border.", "Iranian border"),
        ("Shots were fired on the Armenian-Azerbaijani border.", "Armenian-Azerbaijani border"),
        ("Shots were fired on the tense Armenian-Azerbaijani frontier.", "Armenian-Azerbaijani frontier"),
        ("Shots were fired along the Indo-Pakistani border.", "Indo-Pakistani border"),
        ("Shots were fired near the border with Mali.", "border"),
        ("Shots were fired on the border between Mali and Niger.", "border"),
        ("Shots were fired on the Mali-Niger border.", "border"),
        ("Shots were fired across Mali's northern border.", "border"),
        ("Shots were fired at the Malian side of the Nigerien border.", "Nigerien border"),
    ],
)
def test_a_border_with_its_countries_is_proposed(text, surface):
    assert borders(text) == [surface]


@pytest.mark.parametrize(
    "text",
    [
        "Shots were fired on the border.",
        "They tightened their borders.",
        "Iranian border guards fired shots.",
        "The Iranian border town was shelled.",
        "Talks on Iranian border security failed.",
        "A cross-border raid in Mali failed.",
        "The Iranian border is long.",
        "He crossed the border of decency.",
    ],
)
def test_other_borders_are_not(text):
    assert borders(text) == []


def test_a_border_stays_in_the_reading_where_something_happened():
    reading = reading_of("Five soldiers were killed in an attack near the border with Mali on Thursday, Niger said.")
    assert [one.surface for one in reading.toponyms] == ["border", "Mali", "Niger"]
    assert {mention.place.surface for mention in reading.mentions if mention.place} == {"border"}
    assert reading.toponyms[0].role is Role.EVENT_PLACE


def test_a_border_where_nothing_happened_does_not():
    reading = reading_of("Mali and Niger discussed a fence along the Malian-Nigerien border on Thursday.")
    assert "Malian-Nigerien border" not in {one.surface for one in reading.toponyms}


def test_other_mentions_are_never_dropped():
    names = (
        Toponym(start=0, end=4, surface="Mali", score=0.9),
        Toponym(start=9, end=14, surface="Niger", score=0.9, role=Role.OTHER),
    )
    assert without_idle_borders(names, names, ()) == names


def test_what_is_no_name_is_a_border_whatever_its_reasons_say():
    name = Toponym(start=0, end=4, surface="Chad", score=0.9)
    border = Toponym(start=9, end=15, surface="border", score=0.8, reasons=("worded otherwise",))
    assert without_idle_borders((name, border), (name,), ()) == (name,)


def test_the_town_beside_a_border_is_where_it_happened():
    reading = reading_of("Kidal, near the border with Niger, was shelled on Thursday.")
    assert {mention.place.surface for mention in reading.mentions if mention.place} == {"Kidal"}


def test_no_mention_overlaps_another():
    reading = reading_of("Three were killed near the Mali-Niger border. Two died on the border between Mali and Niger.")
    spans = [(one.start, one.end) for one in reading.toponyms]
    assert spans == sorted(spans)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(spans))


# ---------------------------------------------------------------- ground between two places
@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("A convoy was ambushed on the road between Kidal and Gao on Thursday.", "Kidal"),
        ("Shells hit villages between Kidal and Gao on Thursday.", "Kidal"),
        ("Fighting raged between Kidal and Gao on Thursday.", "Kidal"),
    ],
)
def test_between_two_towns_is_one_place(text, surface):
    assert [mention.place and mention.place.surface for mention in reading_of(text).mentions] == [surface]


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Moscow and Ankara went on in Geneva on Thursday.",
        "Clashes between Mali and Niger broke out near Kidal on Thursday.",
        "Relations between Moscow and Paris are bad. Shells hit Kidal on Thursday.",
    ],
)
def test_between_two_parties_is_no_place(text):
    reading = reading_of(text)
    found = {mention.place.surface for mention in reading.mentions if mention.place}
    assert found.isdisjoint({"Moscow", "Ankara", "Mali", "Niger", "Paris"})
    parties = [one for one in reading.toponyms if one.surface in ("Moscow", "Ankara", "Paris", "Mali", "Niger")]
    assert parties
    assert all(one.role is Role.ACTOR_METONYM for one in parties)
