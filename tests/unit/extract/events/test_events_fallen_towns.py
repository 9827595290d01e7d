"""Towns that fell, in reports of war, and what else falls."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report
from geoconflict.places.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def read():
    reader = Reader(Gazetteer.open())
    return lambda text: reader.read(Report(report_id="r1", text=text, published_on=dt.date(2023, 2, 19))).mentions


@pytest.mark.parametrize(
    "text",
    [
        "Bakhmut fell on Saturday. The army withdrew overnight.",
        "Goma fell with hardly a shot fired, residents said.",
        "After two months of fighting, Bakhmut fell.",
    ],
)
def test_a_town_that_falls_in_a_report_of_war_was_taken(read, text):
    assert [one.event_type.value for one in read(text)][:1] == ["Battles"]


@pytest.mark.parametrize(
    "text",
    [
        "Tokyo fell 2 percent. Soldiers guarded the bank.",
        "Leeds fell to Everton on Sunday. Troops kept order.",
        "Goma fell on Saturday.",
        "Lagos fell behind. The army said nothing.",
    ],
)
def test_markets_teams_and_what_no_war_is_told_of_did_not(read, text):
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Tikrit fell into the hands of the jihadists on Wednesday.", "Rebels"),
        ("Tikrit fell into rebel hands on Wednesday.", "Rebels"),
        ("Tikrit fell under the control of Islamic State on Wednesday.", "Islamic State"),
        ("Tikrit came under rebel control on Wednesday.", "Rebels"),
        ("Timbuktu came under rebel control on Wednesday.", "Rebels"),
        ("The city of Kandahar came under the control of rebels on Wednesday.", "Rebels"),
        ("Rebel fighters swept into Aleppo on Friday.", "Rebels"),
        ("Rebel fighters broke into Aleppo on Friday.", "Rebels"),
    ],
)
def test_who_holds_a_town_now_took_it(read, text, holder):
    (mention,) = read(text)
    assert mention.sub_event_type == "Non-state actor overtakes territory"
    assert [one.name for one in mention.actors if one.part == "agent"] == [holder]


@pytest.mark.parametrize(
    ("text", "kind", "taker", "loser"),
    [
        ("The army base in Goma fell to the rebels on Friday.", "Non-state actor overtakes territory", "Rebels", "Military Forces"),
        ("The army's barracks in Goma fell to the M23 on Friday, a resident said.", "Non-state actor overtakes territory", "March 23 Movement", "Military Forces"),
        ("The rebel base in Idlib came under government control on Friday.", "Government regains territory", "Government", "Rebels"),
        ("The Iraqi garrison in Tikrit fell to Islamic State on Friday.", "Non-state actor overtakes territory", "Islamic State", "Military Forces of Iraq"),
    ],
)  # fmt: skip
def test_whose_base_falls_to_another_loses_it(read, text, kind, taker, loser):
    (mention,) = read(text)
    assert mention.sub_event_type == kind
    assert [(one.part, one.name) for one in mention.actors] == [("agent", taker), ("target", loser)]


@pytest.mark.parametrize(
    ("text", "loser"),
    [
        ("An army base near Goma fell on Friday, residents said.", "Military Forces"),
        ("The rebels' last stronghold in Aleppo fell on Friday.", "Rebels"),
    ],
)
def test_whose_base_fell_did_not_take_it_though_nobody_says_who_did(read, text, loser):
    (mention,) = read(text)
    assert mention.sub_event_type.endswith("territory")
    assert [(one.part, one.name) for one in mention.actors] == [("target", loser)]


@pytest.mark.parametrize(
    "text", ["Rockets of the army fell on Goma on Friday.", "Soldiers fell to the ground in Goma on Friday."]
)
def test_what_falls_to_nobody_is_lost_to_none(read, text):
    assert all("territory" not in one.sub_event_type for one in read(text))


def test_a_town_that_the_government_controls_again_was_regained(read):
    (mention,) = read("Kandahar came under government control again on Wednesday.")
    assert mention.sub_event_type == "Government regains territory"


@pytest.mark.parametrize(
    "text",
    [
        "Timbuktu, Gao and Kidal fell to rebels on Wednesday.",
        "Timbuktu, Gao and Kidal came under rebel control on Wednesday.",
    ],
)
def test_every_town_of_a_list_fell(read, text):
    assert sorted(one.place.surface for one in read(text)) == ["Gao", "Kidal", "Timbuktu"]


@pytest.mark.parametrize(
    ("text", "kind", "taker"),
    [
        ("Islamic State captured Mosul on Thursday. Tikrit fell hours later.", "Non-state actor overtakes territory", "Islamic State"),
        ("Iraqi troops captured Tikrit on Thursday. Baiji fell on Friday.", "Government regains territory", "Military Forces of Iraq"),
    ],
)  # fmt: skip
def test_a_town_that_falls_after_another_fell_to_the_same(read, text, kind, taker):
    assert {
        (one.sub_event_type, *(actor.name for actor in one.actors if actor.part == "agent")) for one in read(text)
    } == {(kind, taker)}


@pytest.mark.parametrize(
    "text",
    [
        "The Taliban captured Kandahar and Afghan troops captured Herat on Thursday. Ghazni fell on Friday.",
        "Fighting went on in Kandahar on Thursday. Ghazni fell on Friday. The Taliban captured Herat on Sunday.",
    ],
)
def test_to_whom_it_fell_stays_unsaid_where_it_may_be_another(read, text):
    (told,) = (one for one in read(text) if one.place and one.place.surface == "Ghazni")
    assert not [one for one in told.actors if one.part == "agent"]
