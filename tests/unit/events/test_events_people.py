import pytest
from builders import day, place, report, source, toponym

from geoconflict.events import merge_sources
from geoconflict.events.people import people_harmed, people_named
from geoconflict.events.versions import version_of
from geoconflict.models import EventType

ATTACK = {"event_type": EventType.VIOLENCE_AGAINST_CIVILIANS, "sub_event_type": "Attack"}


def harmed(quote, word):
    start = quote.index(word)
    return people_harmed(quote, start, start + len(word))


@pytest.mark.parametrize(
    ("quote", "word", "people"),
    [
        ("General Adil Moravec is shot.", "shot", {"a moravec"}),
        ("Adil Moravec, shot by guards yesterday, is buried.", "shot", {"a moravec"}),
        ("They say that Adil Moravec, the head of the guard since May 2001, was killed.", "killed", {"a moravec"}),
        ("Ádil Moravec and Ivo al-Tomas were both badly wounded.", "wounded", {"a moravec", "i tomas"}),
        ("the killing of the rebel commander Adil Moravec", "killing", {"a moravec"}),
        ("A strike kills Adil Moravec in Riverton.", "strike", {"a moravec"}),
        ("Adil Moravec says that three soldiers were killed.", "killed", set()),
        ("Four were killed in New Harbour.", "killed", set()),
        ("Four were killed by Northern Guards.", "killed", set()),
        ("The Desert Brigade was killed to a man.", "killed", set()),
        ("A young cameraman, Adil Moravec, was killed.", "killed", {"a moravec"}),
        (
            "Adil Moravec was killed on Tuesday when a square in the very centre of the town was hit.",
            "hit",
            {"a moravec"},
        ),
        ("Rebels capture Adil Moravec's Northern Lodge.", "capture", set()),
        ("Rebels captured the village of Kfar Oren.", "captured", set()),
        ("Moravec is shot.", "shot", set()),
        ("Two Adil Moravec were killed.", "killed", {"a moravec"}),
        ("Four Northland pilots are abducted.", "abducted", set()),
        ("Thirty-eight Northland Taliban were killed.", "killed", set()),
        ("A dozen Burkina Faso soldiers were killed.", "killed", set()),
        ("They killed Burkina Faso soldiers.", "killed", set()),
        (
            "Crowds burn cars and throw stones for hours on end, in a rage over the killing of Adil Moravec.",
            "burn",
            set(),
        ),
    ],
)
def test_who_suffered_it_by_name(quote, word, people):
    assert harmed(quote, word) == people


def test_a_place_of_two_words_is_nobody():
    told = report("They captured New Harbour.")
    where = place("New Harbour")
    version = version_of(source(told, at=where, trigger_start=5, trigger_end=13, place=toponym("New Harbour", 14)))
    assert version.people == frozenset()
    assert people_named("New Harbour") == {"n harbour"}


def telling(text, word, outlet, at=None, **fields):
    start = text.index(word)
    told = report(text, source=outlet, on=fields.pop("on", day().ends_on))
    values = {"trigger_start": start, "trigger_end": start + len(word), "place": toponym(at.name) if at else None}
    return source(told, at=at, **{**values, **ATTACK, **fields})


def test_nobody_is_killed_twice_so_a_telling_without_the_place_is_of_the_one_event():
    told = telling("Adil Moravec is shot in Riverton.", "shot", "One", place())
    looked_back = telling("Adil Moravec, shot yesterday, is buried.", "shot", "Two", on=day(1).ends_on)
    another = telling("Ivo Tomas, shot yesterday, is buried.", "shot", "Three", on=day(1).ends_on)
    events = merge_sources([told, looked_back, another])
    assert sorted(len(event.sources) for event in events) == [1, 2]


def test_of_two_that_it_may_be_none_is_chosen():
    hill = place("Hilltown", 31.0, 11.0)
    sources = [
        telling("Adil Moravec is shot in Riverton.", "shot", "One", place()),
        telling("Adil Moravec is shot in Hilltown.", "shot", "Two", hill),
        telling("Adil Moravec, shot yesterday, is buried.", "shot", "Three"),
    ]
    assert [len(event.sources) for event in merge_sources(sources)] == [1, 1, 1]
