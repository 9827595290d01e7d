import dataclasses

import pytest
from builders import DAY, actor, day, days, mention, place, report, resolution, toponym

from geoconflict.events.assemble import event_sources
from geoconflict.events.surroundings import as_spoken, day_around, is_rare, names_around, one_name
from geoconflict.models import DateBasis, DatePrecision, DateSpan, EventType, PlacePrecision, Reading, Role, Status

FRESH = DateSpan(starts_on=None, ends_on=DAY, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED)


def names(text, *resolutions, actors=(), first=0, last=None):
    told = report(text)
    reading = Reading(report_id=told.report_id, mentions=(mention(told, actors=actors),))
    return names_around(told, reading, resolutions, first, len(text) if last is None else last)


def found_at(text, surface, *, to=None, role=Role.EVENT_PLACE):
    return resolution(toponym(surface, start=text.index(surface), role=role), to or place(surface))


def test_names_are_read_by_their_capitals_whether_a_source_has_them_or_not():
    text = "The bombing was condemned. Guards near the Kestrel Gate in Upper Marrow saw the lorry."
    assert names(text) == ("kestrel gate", "upper marrow")


def test_the_first_word_of_a_sentence_is_a_name_where_it_has_its_capital_elsewhere_too():
    assert names("Marrow lies on the river. Villagers fled.") == ()
    assert names("Marrow lies on the river. They fled from Marrow.") == ("marrow",)


def test_peoples_groups_titles_days_and_what_a_thing_is_are_no_names():
    text = "It was Kurdish and Turkish men, said General Ito on Monday. The town of Marrow City lost the Army Hospital."
    assert names(text) == ("marrow",)


def test_who_acts_is_no_name_of_a_spot():
    text = "They say that the Hill Column came by night."
    assert names(text) == ("hill column",)
    assert names(text, actors=(actor("Hill Column"),)) == ()


@pytest.mark.parametrize("role", [Role.DATELINE, Role.TALKS_VENUE, Role.ORIGIN, Role.ACTOR_METONYM])
def test_where_people_only_speak_or_come_from_is_left_out(role):
    text = "He said in Marrow that it was so."
    assert names(text, found_at(text, "Marrow")) == ("marrow",)
    assert names(text, found_at(text, "Marrow", role=role)) == ()


def test_states_and_provinces_are_left_out():
    text = "It was in the province of Lower Valley and near Marrow."
    province = found_at(text, "Lower Valley", to=place("Lower Valley", precision=PlacePrecision.ADMIN1))
    assert names(text, province) == ("marrow",)


def test_names_far_away_are_of_something_else():
    text = "Near Marrow it was quiet. " + "x " * 300 + "end. Shells hit it."
    assert names(text, first=len(text) - 14) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [("abu usher", "abu ushar"), ("sopore", "sopur"), ("prykolotne", "prikolotnoye"), ("marrow", "marrow"), ("torreón", "torreon")],
)  # fmt: skip
def test_spellings_of_one_name_are_known(one, other):
    assert one_name(one, other)
    assert one_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("marrow", "mirror lake"), ("borno", "bireuen"), ("uri", "ara"), ("tal", "tel")]
)
def test_other_names_and_such_of_too_few_consonants_are_not_taken_for_one(one, other):
    assert not one_name(one, other)


def test_a_name_of_few_consonants_has_no_key():
    assert as_spoken("uri") == ""
    assert as_spoken("abu usher") == as_spoken("abu ushr") != ""


def beside(when, *, at=20, **fields):
    return mention(when=when, trigger_start=at, **fields)


def test_a_telling_without_a_day_has_that_of_the_last_one_before_it():
    bare = beside(FRESH, at=90)
    assert day_around(bare, [beside(day(-3)), beside(day(-2), at=40), bare], 80) == day(-2)


@pytest.mark.parametrize(
    "other",
    [
        beside(day(-2), at=85),  # in its own sentence
        beside(day(-2), at=120),
        beside(FRESH),
        beside(days(-40, -2)),
        beside(day(-2), status=Status.SCHEDULED),
        beside(day(-2), event_type=EventType.STRATEGIC, sub_event_type="Arrests"),
    ],
)
def test_no_day_is_taken_of_what_stands_behind_lasts_is_planned_or_of_another_kind(other):
    bare = beside(FRESH, at=90)
    assert day_around(bare, [other, bare], 80) is None


def test_a_telling_with_a_day_keeps_to_it():
    dated = beside(day(-1), at=90)
    assert day_around(dated, [beside(day(-2)), dated], 80) is None


def test_a_telling_of_a_town_needs_no_names_around_it():
    text = "Shells hit Riverton, near Marrow."
    told = report(text)
    answer = found_at(text, "Riverton")
    reading = Reading(report_id=told.report_id, mentions=(mention(told, place=answer.toponym, start=0, end=10),))
    assert event_sources(told, reading, [answer])[0].names == ()
    near = dataclasses.replace(answer, place=place("Riverton", precision=PlacePrecision.NEAR))
    assert event_sources(told, reading, [near])[0].names == ("marrow", "riverton")


@pytest.mark.parametrize(
    ("name", "rare"), [("kestrel gate", True), ("marrow", True), ("damascus", False), ("new york", False), ("donald trump", False)]
)  # fmt: skip
def test_seats_of_governments_and_names_that_all_reports_have_are_not_rare(name, rare):
    assert is_rare(name) is rare
