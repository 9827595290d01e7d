import dataclasses

import pytest
from builders import casualties, count, mention, place, report, resolution, source, toponym

from geoconflict.events import merge_sources
from geoconflict.events.assemble import event_sources, quote_around
from geoconflict.events.event import event_of
from geoconflict.models import EventType, Reading, Role, Status

TEXT = "Talks failed. Gen. Ito said shells hit Riverton at dawn. No one was hurt.\n\nMore follows."


def test_the_quote_is_the_sentence_and_a_title_does_not_end_it():
    start = TEXT.index("shells")
    first, last = quote_around(TEXT, start, start + 10)
    assert TEXT[first:last] == "Gen. Ito said shells hit Riverton at dawn."


def test_evidence_over_two_sentences_quotes_both():
    start, end = TEXT.index("shells"), TEXT.index("hurt") + 4
    first, last = quote_around(TEXT, start, end)
    assert TEXT[first:last] == "Gen. Ito said shells hit Riverton at dawn. No one was hurt."


def test_a_header_is_not_quoted():
    text = "date 2021-06-10 Shells hit Riverton"
    assert quote_around(text, 20, 25, first=16) == (16, len(text))


def test_an_endless_sentence_is_cut_at_a_word():
    text = "word " * 400
    first, last = quote_around(text, 1000, 1004)
    assert first <= 1000
    assert last >= 1004
    assert last - first < 900
    assert text[first:last].split() == ["word"] * len(text[first:last].split())


def test_a_version_has_its_place_reasons_and_quote():
    told = report()
    reading = Reading(report_id=told.report_id, toponyms=(toponym(),), mentions=(mention(told),))
    (version,) = event_sources(told, reading, [resolution()])
    assert version.place == place()
    assert version.quote == told.text
    assert version.place_reasons


@pytest.mark.parametrize(
    ("figures", "quoted"),
    [
        ("Shells hit", None),  # in the quote already
        ("Two were hurt", "Two were hurt."),
        ("Five died", "Five died, a nurse said."),
    ],
)
def test_the_sentence_of_a_figure_is_quoted_where_the_quote_does_not_hold_it(figures, quoted):
    text = "Five died, a nurse said. Shells hit Riverton at dawn. It rained. Two were hurt."
    told = dataclasses.replace(report(), text=text, body_start=0)
    start, at = text.index("Shells"), text.index(figures)
    event = dataclasses.replace(
        mention(told), start=start, end=start + 19, place=None, figures_at=((at, at + len(figures)),)
    )
    (version,) = event_sources(told, Reading(report_id=told.report_id, mentions=(event,)), [])
    assert (version.quote, version.figures_quote) == ("Shells hit Riverton at dawn.", quoted)
    assert version.full_quote == version.quote + (f" […] {quoted}" if quoted else "")


def test_sentences_of_figures_that_are_apart_are_parted():
    text = "Shells hit Riverton at dawn. Two were hurt. It rained. Five died."
    told = dataclasses.replace(report(), text=text, body_start=0)
    spans = ((text.index("Two"), text.index("Two") + 3), (text.index("Five"), text.index("Five") + 4))
    event = dataclasses.replace(mention(told), start=0, end=19, place=None, figures_at=spans)
    (version,) = event_sources(told, Reading(report_id=told.report_id, mentions=(event,)), [])
    assert version.figures_quote == "Two were hurt. […] Five died."


def test_a_mention_without_an_answer_is_unlocated():
    told = report()
    (version,) = event_sources(told, Reading(report_id=told.report_id, mentions=(mention(told),)), [])
    assert version.place is None


def of_country(**fields):
    """Return the event of a mention in a report whose country is known, and whose words name a place that is not."""
    told = report()
    country = resolution(dataclasses.replace(toponym(), start=0, end=0, surface="Ruritania"), place("Ruritania"))
    reading = Reading(report_id=told.report_id, mentions=(mention(told, **fields),))
    sources = event_sources(told, reading, [country])
    (event,) = merge_sources(sources)
    assert sources[0].place is None  # merging takes no account of it
    return event


def test_what_is_told_without_any_place_happened_in_the_country_of_the_report():
    assert of_country(place=None).place.name == "Ruritania"


@pytest.mark.parametrize(
    "fields",
    [
        {"place": None, "status": Status.SCHEDULED},
        {"place": None, "status": Status.HYPOTHETICAL},
        {"place": None, "event_type": EventType.DIPLOMACY, "sub_event_type": "talks"},
        {"place": toponym()},
    ],
)
def test_talks_plans_and_places_that_nobody_knows_do_not_take_the_country(fields):
    assert of_country(**fields).place is None


def test_a_mention_without_a_place_has_the_countries_that_its_report_names():
    told = report("Shells fell.")
    names = [("Riverton", "XXA", Role.EVENT_PLACE), ("Farland", "XXB", Role.ACTOR_METONYM)]
    answers = [
        resolution(toponym(name, start=n, role=role), place(name, country=country))
        for n, (name, country, role) in enumerate(names, 1)
    ]
    bare = Reading(report_id=told.report_id, mentions=(mention(told, place=None),))
    assert event_sources(told, bare, answers)[0].countries == ("XXA",)
    assert event_sources(told, bare, answers[1:])[0].countries == ("XXB",)
    placed = Reading(report_id=told.report_id, mentions=(mention(told, place=answers[0].toponym),))
    assert event_sources(told, placed, answers)[0].countries == ()


@pytest.mark.parametrize(("killed", "kind"), [(count(9), "Attack"), (count(0), "Looting/property destruction")])
def test_houses_that_were_burned_leave_it_an_attack_where_people_were_killed(killed, kind):
    attack = mention(
        report(),
        event_type=EventType.VIOLENCE_AGAINST_CIVILIANS,
        sub_event_type="Attack",
        casualties=casualties(killed),
    )
    burning = mention(
        report(),
        event_type=EventType.STRATEGIC,
        sub_event_type="Looting/property destruction",
        score=attack.score + 0.1,
    )
    sources = [dataclasses.replace(source(), mention=one) for one in (attack, burning)]
    assert event_of(sources, dated=sources).sub_event_type == kind


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (Status.OCCURRED, "Protest with intervention"),
        (Status.CLAIMED, "Protest with intervention"),
        (Status.HYPOTHETICAL, "Peaceful protest"),
    ],
)
def test_a_protest_that_somebody_stepped_in_on_did_not_go_off_in_peace(status, kind):
    of_protest = {"event_type": EventType.PROTESTS}
    march = mention(report(), **of_protest, sub_event_type="Peaceful protest")
    gas = mention(
        report(), **of_protest, sub_event_type="Protest with intervention", status=status, score=march.score - 0.1
    )
    sources = [dataclasses.replace(source(), mention=one) for one in (march, gas)]
    assert event_of(sources, dated=sources).sub_event_type == kind
