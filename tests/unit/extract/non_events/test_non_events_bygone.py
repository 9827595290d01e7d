"""History without a day of its own: it is never dated by the report, and news beside it is."""

import datetime as dt

import pytest
from few_names import mentions_of, reading_of

ARMED = ("Battles", "Explosions/Remote violence", "Violence against civilians")


def of_now(text, on=dt.date(2024, 5, 14)):
    return [
        one
        for one in reading_of(text, on.isoformat()).mentions
        if one.event_type in ARMED and one.when.ends_on is not None and one.when.ends_on > on - dt.timedelta(days=60)
    ]


@pytest.mark.parametrize(
    "text",
    [
        # by whom
        "Napoleon's army took Moscow.",
        "Saladin's troops captured Cairo.",
        "Roman soldiers stormed Cairo.",
        "Genghis Khan and his riders sacked Kharkiv.",
        "Ottoman troops stormed Cairo.",
        "The Wehrmacht shelled Kharkiv.",
        "Cairo was captured by the Ottomans.",
        # in which war
        "In the American Civil War, troops captured Paris.",
        "During the Thirty Years' War soldiers sacked Paris.",
        "World War II\n\nGerman bombers attacked Kharkiv and killed 568 people.",
        # the year was said before
        "In 1942 the Germans reached Kharkiv. Soldiers surrounded the city and shot 90 men.",
        "The battle of Kharkiv. In July 1943 tanks attacked Izium. Gunners killed thousands.",
        "In 2015 rebels attacked Gao, killing 12 people. They shelled Kidal and burned Menaka.",
        "Kharkiv, 1941. German troops shelled Izium and killed hundreds.",
        # courts
        "The general went on trial in Paris on Monday over the shelling of Gao, in which 68 people were killed.",
        "A man was jailed on Monday for the attack that killed 12 people in Gao. The attack wounded 30.",
    ],
)
def test_history_is_not_dated_by_the_report(text):
    assert of_now(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Drones attacked Moscow on Monday, which Napoleon's army took in 1812.", "Moscow"),
        ("A bomb killed two people in Kharkiv on Monday, near a memorial of World War II.", "Kharkiv"),
        ("Gunmen killed two people in Paris near the museum of the Korean War.", "Paris"),
        ("In 2015 rebels attacked Gao. Gunmen attacked the town again, killing five people.", "Gao"),
        ("In 2015 rebels attacked Gao. On Monday gunmen shelled Kidal.", "Kidal"),
        ("In 2015 rebels attacked Gao. Gunmen killed five people in Kidal, police said.", "Kidal"),
        ("In 2015 rebels attacked Gao.\n\nGunmen killed five people in Kidal.", "Kidal"),
        ("Gunmen shelled Gao, which rebels took in 2010. They killed five people in Kidal.", "Kidal"),
        ("The mayor, elected in 2019, fled. Gunmen killed five people in Kidal.", "Kidal"),
        ("The mayor took office in 2020. Gunmen killed five people in Kidal.", "Kidal"),
        ("The car used in the attack was a 1981 sedan. A bomb exploded in Gao, killing two people.", "Gao"),
        ("Napoleon Diaz and his gang attacked Gao, killing two people.", "Gao"),
        ("A court in Gao jailed a man for a murder. On Monday rebels shelled the court in Gao.", "Gao"),
    ],
)
def test_news_beside_history_stays_news(text, place):
    assert place in {one.place.surface for one in of_now(text) if one.place}


def test_what_goes_on_from_a_year_is_of_that_year():
    told = [
        one
        for one in mentions_of("In 2015 rebels attacked Gao, killing 12 people. They shelled Kidal.")
        if one.place and one.place.surface == "Kidal"
    ]
    assert [(one.when.starts_on, one.when.ends_on) for one in told] == [(dt.date(2015, 1, 1), dt.date(2015, 12, 31))]


def test_a_report_of_its_own_war_is_news():
    on = dt.date(1944, 6, 20)
    assert of_now("The Wehrmacht shelled Kharkiv.", on=on)
    assert of_now("World War II\n\nBombers attacked Kharkiv and killed 568 people.", on=on)


@pytest.mark.parametrize(
    "text",
    [
        "In my grandfather's time bandits attacked Gao.",
        "In Catherine's day the army took Izium.",
        "Our grandfathers stormed Kharkiv and raised a flag.",
        "The Mongols destroyed Izium and killed its people.",
        "Stalin's troops took Izium by autumn.",
        "Saladin's troops captured Cairo, and its lord was killed.",
        "Two graves of soldiers dating from the Vietnam War were found near Gao, who were killed in an ambush.",
        "It is a year today since Gao was bombed.",
    ],
)
def test_deeds_of_the_days_of_forebears_are_no_events(text):
    assert mentions_of(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Rebels killed my grandfather in Gao on Monday.",
        "In Monday's fighting rebels attacked Gao.",
        "Since the day of the vote rebels have attacked Gao.",
    ],
)
def test_grandfathers_and_days_of_now_keep_their_events(text):
    assert mentions_of(text)
