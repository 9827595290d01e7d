"""Places that an event takes from the rest of its report: lists, a later sentence, the dateline."""

import datetime as dt

import pytest
from few_names import reading_of

from geoconflict.models import EventType, Status


def told(text):
    """Return (sub-type, place or None) of the events of a text, in text order."""
    return [
        (one.sub_event_type, one.place.surface if one.place else None)
        for one in sorted(
            reading_of(text).mentions, key=lambda one: (one.trigger_start, one.place.start if one.place else 0)
        )
    ]


def placed(text):
    return [place for _, place in told(text)]


# ---------------------------------------------------------------- lists
@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "The army shelled the countryside of Gao, the port of Kidal and a hospital in Menaka.",
            ["Gao", "Kidal", "Menaka"],
        ),
        ("Ukrainian forces shelled Kharkiv and the outskirts of Izium.", ["Kharkiv", "Izium"]),
        ("Rebels attacked Kidal, the capital of Kidal Region, and Gao.", ["Kidal", "Gao"]),
    ],
)
def test_each_thing_on_a_list_of_targets_has_its_place(text, places):
    assert placed(text) == places


def test_the_date_at_the_end_of_a_chain_of_verbs_holds_for_all():
    days = {
        one.place.surface: one.when.starts_on
        for one in reading_of("Ukrainian forces shelled Kharkiv and struck a bridge in Izium on Tuesday.").mentions
    }
    assert set(days) == {"Kharkiv", "Izium"}
    assert len(set(days.values())) == 1
    assert None not in days.values()


# ---------------------------------------------------------------- another sentence
def test_a_later_sentence_says_where_it_was():
    assert placed("Gunmen killed five farmers. The incident took place in Gao, police said.") == ["Gao"]
    assert placed("A bomb exploded at a market. The explosion occurred near Kidal at noon.") == ["Kidal"]


def test_a_later_sentence_about_another_thing_says_nothing():
    assert "Gao" not in placed("Gunmen killed five farmers in Kidal. The match took place in Gao.")
    assert placed("Gunmen killed five farmers in Kidal. The incident took place in Gao.") == ["Kidal"]


def test_a_village_in_a_land_is_two_names():
    text = "Gunmen killed nine people in the village of Kiziba in Lubero territory on Sunday."
    assert all(" in " not in one.surface for one in reading_of(text).toponyms)


def test_the_place_of_another_event_in_a_sentence_without_a_verb_is_that_events():
    assert placed("Gunmen killed three people on Sunday. Clashes in Gao.") == [None, "Gao"]
    assert placed("Gunmen killed three people on Sunday. Gao, Mali.") == ["Gao"]


def test_this_city_and_here_are_where_the_report_was_filed():
    assert placed("GAO (Agency) - A bomb exploded in this city on Monday. Officials in Kidal said so.") == ["GAO"]
    assert placed("GAO (Agency) - Gunmen killed five soldiers here on Monday. Officials in Kidal said so.") == ["GAO"]


@pytest.mark.parametrize("agency", ["Agency", "NEWS-ONE", "RADIO RURAL NACIONAL"])
def test_a_local_report_in_capitals_is_placed_where_it_was_filed(agency):
    text = f"GAO, 6 SEP 89 ({agency}) -- [TEXT] GUNMEN KILLED A JUDGE THIS MORNING, THE POLICE SAID."
    assert placed(text.upper()) == ["GAO"]


def test_what_was_told_before_is_no_local_news():
    text = "GAO (Agency) - The murder of the minister, in which five people were wounded, shocked the country."
    assert placed(text) == [None]


# ---------------------------------------------------------------- countries
def test_a_countrys_name_before_its_soldiers_is_no_place():
    assert placed("A Mali soldier was shot near the France embassy.") in ([], [None])


# ---------------------------------------------------------------- what is no event
@pytest.mark.parametrize(
    "text",
    [
        "The rebels may attack again.",
        "He spoke of the murder of the priests.",
        "Since the 1994 ceasefire, skirmishes have been common in Mali.",
    ],
)
def test_threats_mentions_and_states_of_things_are_no_events(text):
    assert told(text) == []


def test_a_town_suffers_when_it_comes_under_fire_and_a_minister_does_not():
    assert placed("Bakhmut came under artillery fire on Monday.") == ["Bakhmut"]
    assert placed("The minister came under fire on Monday in Paris.") == []


@pytest.mark.parametrize(
    "text", ["Both sides exchanged prisoners in Gao on Monday.", "A prisoner exchange took place in Gao on Monday."]
)
def test_an_exchange_of_prisoners_is_a_strategic_development(text):
    (mention,) = reading_of(text).mentions
    assert (mention.event_type, mention.place.surface) == (EventType.STRATEGIC, "Gao")


def test_a_ceasefire_that_was_agreed_is_agreed():
    (mention,) = reading_of("Mali and Niger agreed a ceasefire in Geneva.").mentions
    assert mention.status is Status.OCCURRED
    assert mention.when.ends_on is not None
    assert mention.when.ends_on <= dt.date(2023, 5, 12)


# ---------------------------------------------------------------- situation reports
def test_the_place_that_heads_an_item_is_where_its_events_happened():
    text = (
        "- Gao: rebels captured the headquarters of the army on 3 May; the army said nothing.\n"
        "- Kidal: JNIM seized the desert town on 4 May.\n"
        "- Menaka: air strikes on 5 May killed four civilians. Gunmen also wounded two traders."
    )
    assert placed(text) == ["Gao", "Kidal", "Menaka", "Menaka"]


# ---------------------------------------------------------------- where people only speak
def test_officials_who_speak_in_a_town_place_nothing_there():
    assert "Ankara" not in placed(
        "Missiles struck Gao on Sunday; at least one civilian was killed, officials in Ankara said."
    )
    assert placed("Rebels seized Gao on Monday, a spokesman in Ankara said.") == ["Gao"]


def test_residents_tell_of_their_own_town():
    assert placed("People in Nyala said shells hit the market.") == ["Nyala"]


def test_the_second_city_of_a_country_is_one_place():
    assert placed("Missiles struck Gao, the second city of Mali, on Sunday.") == ["Gao"]


# ---------------------------------------------------------------- who died is told after what happened
@pytest.mark.parametrize(
    "after",
    [
        "Azerbaijan said nine people were killed and dozens injured, and blamed Armenia.",
        "Two of the crew were killed and one was injured, the ministry said.",
    ],
)
def test_the_dead_without_a_place_are_those_of_the_event_before(after):
    assert placed(f"A missile destroyed an apartment building in Gao during the night to Sunday. {after}") == ["Gao"]


def killed(text):
    found = {}
    for mention in reading_of(text).mentions:
        figure = mention.casualties.killed if mention.casualties else None
        if figure is not None:
            found[mention.place.surface if mention.place else None] = figure.low
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Fighting over Gao continued on Monday.\n\nThe army reported 45 more soldiers killed.",
        "Rebels seized Gao on Sunday.\n\nThe ministry announced 40 more of its soldiers killed, which brings the total to 673.",
        "Gao was shelled.\n\nSince 27 April the army has lost 1,177 soldiers. The rebels say that 92 civilians have been killed.",
    ],
)
def test_what_a_side_adds_to_its_losses_is_not_of_the_event_before(text):
    assert killed(text) == {}


def test_the_loss_of_a_town_is_no_death():
    assert killed("The rebels admit the loss of Menaka, and fighting is drawing near Gao.") == {}


def test_more_dead_of_a_place_are_of_that_place():
    text = "A bomb exploded in Gao on Monday. The army reported two more soldiers killed in Menaka."
    assert killed(text) == {"Menaka": 2}


def test_what_happened_there_happened_in_the_town_named_before():
    text = "A unit slipped into Gao hours before the truce and two civilians were killed there, the ombudsman said."
    assert placed(text) == ["Gao"]
