"""A capital called by its country's people is a place where the report does not name the city itself."""

import datetime as dt

import pytest
from few_names import reading_of

from geoconflict.extract.reader import Reader
from geoconflict.extract.toponyms.capital_phrases import is_capital_phrase
from geoconflict.models import Report
from geoconflict.places import Gazetteer


def phrases(text):
    return [one.surface for one in reading_of(text).toponyms if is_capital_phrase(one.surface)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A bomb exploded in the Egyptian capital on Monday.", ["Egyptian capital"]),
        ("Shots were heard in the South Sudanese capital Monday.", ["South Sudanese capital"]),
        ("Shells fell in the Malian capital city.", ["Malian capital city"]),
        ("SHELLS FELL IN THE MALIAN CAPITAL TODAY. FOUR PEOPLE WERE KILLED THERE.", ["MALIAN CAPITAL"]),
        ("A bomb exploded in the Egyptian capital, Cairo.", []),
        # The few names all lie in Mali.
        ("A bomb exploded in the Malian capital. People fled Cairo.", []),
        ("A bomb exploded in the Egyptian capital. People fled to Cairo.", ["Egyptian capital"]),
        ("The Malian capital market fell. Malian capital gains were taxed.", []),
        ("A man was stabbed in the Scottish capital.", ["Scottish capital"]),
        ("A bomb exploded in Grozny. Shots were heard in the Chechen capital.", ["Chechen capital"]),
        ("A bomb exploded in Grozny, the Chechen capital.", []),
        ("A bomb exploded in the Chechen capital, Grozny.", []),
        ("Shells fell on the South Ossetian capital.", ["South Ossetian capital"]),
        ("The Crimean Tatar capital of culture is old.", []),
        ("Shots were heard in the Kurdish capital.", []),
        ("Troops took the provincial capital. Kurdish capital fled the country.", []),
    ],
)
def test_a_phrase_is_found_where_neither_name_nor_noun_stands_behind_and_the_city_is_not_named(text, found):
    assert phrases(text) == found


def test_what_happens_there_is_told_of_it_and_so_is_the_capital_of_the_next_sentence():
    text = "A car bomb exploded in the Malian capital on Monday. On Tuesday rockets hit the capital."
    assert [one.place.surface for one in reading_of(text).mentions] == ["Malian capital", "Malian capital"]


@pytest.fixture(scope="module")
def places():
    reader = Reader(Gazetteer.open())

    def run(text):
        found = reader.read(Report(report_id="r1", text=text, published_on=dt.date(2013, 5, 7))).mentions
        return [one.place.surface if one.place is not None else None for one in found]

    return run


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("AMMAN - A bomb exploded near a mosque in the Syrian capital on Monday. Damascus was calm.", "Damascus"),
        ("AMMAN - Shells fell on the Syrian capital on Monday, killing three people.", "Syrian capital"),
        ("PARIS (AG) - Militiamen shelled the Bacongo district of the Congolese capital on Monday.", None),
        ("MOSCOW - Jets bombed an apartment block in the Chechen capital on Monday.", "Chechen capital"),
        ("MOSCOW - Jets bombed an apartment block in the Kurdish capital on Monday.", None),
        ("MOSCOW - Jets bombed an apartment block in the capital on Monday.", "MOSCOW"),
        ("A bomb exploded in the Hodan district of the Somali capital, Mogadishu, on Saturday.", "Hodan"),
    ],
)
def test_a_peoples_capital_is_no_other_countrys_and_not_where_the_report_was_filed(places, text, place):
    assert places(text) == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rebels stormed the capital of Niger on Friday, killing 12 soldiers.", "capital of Niger"),
        ("Shells fell on Eritrea's battered capital on Friday.", "Eritrea's battered capital"),
        ("Shells fell on the Dominican Republic's capital on Friday.", "Dominican Republic's capital"),
        ("Shells fell on the capital of Niger on Friday. Niamey was calm.", "Niamey"),
        ("Shells fell on the capital of Niger, Niamey, on Friday.", "Niamey"),
        # Of something else than a state, or of another time; or the name of the town stands before it.
        ("Shells fell on Bolivia's commercial capital on Friday.", "Bolivia"),
        ("Shells fell on Niger's uranium capital on Friday.", "Niger"),
        ("Shells fell on the former capital of Kazakhstan on Friday.", "Kazakhstan"),
        ("Shells fell on Zelquna, the capital of Niger, on Friday.", "Zelquna"),
    ],
)
def test_a_countrys_capital_is_a_place_and_not_all_of_the_country(places, text, place):
    assert places(text) == [place]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "KIGALI (AG) - Rwandan rebels fled, a diplomat said in Nairobi, Kenya.\n\nA bomb hit the capital on Monday.",
            "KIGALI",
        ),
        (
            "KIGALI (AG) - Rwandan rebels fled. Police closed the bridges of Nairobi. A bomb hit the capital on Monday.",
            "Nairobi",
        ),
    ],
)
def test_the_capital_is_not_that_in_which_somebody_only_speaks(places, text, place):
    assert places(text)[-1] == place


def test_a_people_before_capital_names_no_region():
    assert "Somali" not in [
        one.surface
        for one in Reader(Gazetteer.open())
        .read(Report(report_id="r1", text="A bomb exploded in the Hodan district of the Somali capital, Mogadishu."))
        .toponyms
    ]


def test_the_dead_at_a_hotel_in_the_capital_by_its_name_are_those_of_one_event():
    text = "A bomb exploded outside the Safari Hotel in the Somali capital, Mogadishu, killing 230 people."
    (event,) = Reader(Gazetteer.open()).read(Report(report_id="r1", text=text)).mentions
    assert event.casualties.killed.best == 230
