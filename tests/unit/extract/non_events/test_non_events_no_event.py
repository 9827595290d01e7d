"""Sentences with the words of a conflict event that tell of none, each beside one that does."""

import datetime as dt

import pytest
from few_names import mentions_of, reading_of

VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians", "Riots")


def violent(text):
    """Return what the rules leave: the events, and what is only then too unlikely to be one."""
    reading = reading_of(text)
    return [one for one in (*reading.mentions, *reading.unlikely) if one.event_type.value in VIOLENT]


# No event, and the same words where there is one.
PAIRS = [
    (
        "The minister called talk of an assault on Gao nonsense.",
        "The army began an assault on Gao on Monday, killing nine people.",
    ),
    # states that last, parts in wars, what is counted from the beginning of one
    ("An estimated 20,000 people remain besieged in Izium.", "The army besieged Izium on Monday."),
    ("Izium has been under siege.", "Izium has been under attack."),
    ("Izium has been under siege since January.", "Izium has been under bombardment since Monday."),
    ("The colonel fought beside the army in the Darfur war.", "The colonel fought beside the army in Nyala on Monday."),
    (
        "In total, 60 planes have been destroyed since the beginning of the military operation in Darfur.",
        "Soldiers began a military operation in Darfur on Monday.",
    ),
    (
        "Gunmen fled. A blast tore through a fireworks workshop in Gao, killing nine people.",
        "Gunmen fled. A blast tore through a hotel in Gao, killing nine people.",
    ),
    # what people protest against
    (
        "Hundreds marched in Gao on Monday against the killing of two traders.",
        "Hundreds marched in Gao against Monday's killing of two traders in Kidal.",
    ),
    (
        "Lawyers held a strike in Gao on Monday over the bombing of a court.",
        "Lawyers held a strike in Gao over the bombing of a court in Kidal on Monday.",
    ),
    # accidents, nature, drills
    (
        "At least 26 people are killed when a ferry sinks in Gao.",
        "At least 26 people are killed when a missile sinks a ferry in Gao.",
    ),
    (
        "Four people are killed and ten others are missing after a boat capsizes off Izium.",
        "Four people are killed and ten others are missing after gunmen attack a boat off Izium.",
    ),
    (
        "Four people are killed and one is injured in Menaka after a house collapsed due to heavy rain.",
        "Four people are killed and one is injured in Menaka after a house collapsed in an air raid.",
    ),
    (
        "Fourteen people are killed when a fire engulfs houses in Gao.",
        "Fourteen people are killed by rebel fire in Gao.",
    ),
    (
        "Two people were killed when a bomb cyclone reached Izium.",
        "Two people were killed when a bomb exploded during a storm in Izium.",
    ),
    (
        "Two paratroopers are killed during drills near Izium.",
        "Two paratroopers are killed by militants during drills near Izium.",
    ),
    # years ago
    (
        "The state agreed to pay the families of victims of the 1986 Gao discotheque bombing.",
        "The state agreed to pay the families of victims of the Gao discotheque bombing.",
    ),
    (
        "The hotel in Gao catches fire, five months after it was bombed.",
        "The hotel in Gao catches fire, five minutes after it was bombed.",
    ),
    # factories
    (
        "An explosion at a chemical plant in Gao left one person dead.",
        "An explosion at a chemical plant in Gao left one person dead after militants planted a bomb.",
    ),
    # courts
    (
        "Five men were charged with murder in Gao.",
        "Five men were murdered in Gao.",
    ),
    (
        "A court sentenced three men for their role in the bombing in Gao.",
        "A bombing in Gao killed three men.",
    ),
    (
        "Egypt hanged a rebel leader for the murder of two soldiers in Cairo.",
        "Rebels hanged two villagers and murdered two soldiers in Cairo.",
    ),
    (
        "A court jailed two men for planting the bomb in Gao.",
        "A court heard that two men planted the bomb that exploded in Gao on Friday.",
    ),
    (
        "Two men were charged in connection with a bombing in Gao.",
        "Two men were killed in connection with a bombing in Gao.",
    ),
    # plots that came to nothing
    (
        "Nine people were arrested on suspicion of planning the kidnap and murder of a soldier in Cairo.",
        "Nine people were arrested after the kidnap and murder of a soldier in Cairo.",
    ),
    (
        "A man was arrested for planning a bombing in Cairo.",
        "A man was arrested after a bombing in Cairo on Thursday.",
    ),
    (
        "Two men were convicted of a plot to attack bases in Gao.",
        "Two men threaten to attack bases in Gao for every rebel who is extradited.",
    ),
    # searches
    ("Police raided the office of a newspaper in Cairo.", "Gunmen raided the office of a newspaper in Cairo."),
    ("Troops and police raided a lawyer's office in Cairo.", "Troops raided a village near Cairo."),
    ("Soldiers raided a home in Cairo.", "Soldiers raided a home in Cairo, killing two."),
    ("Four suspects were held after raids in Cairo.", "Four suspects were shot dead in raids in Cairo."),
    # wars that are remembered
    (
        "The church was destroyed during the bombing of Kharkiv in World War II.",
        "The church was destroyed during the bombing of Kharkiv.",
    ),
    # bombs that went off nowhere
    (
        "The police announced the seizure of 150 pipe bombs from a home in Gao.",
        "Two bombs tore through a home in Gao.",
    ),
    ("A bomb scare closed the airport of Gao.", "A car bomb closed the airport of Gao, killing four people."),
    # what somebody will stop, refrains from or may do
    ("The court ordered Russia to stop its offensive in Izium.", "Russia launched an offensive in Izium."),
    ("Russia agreed to refrain from shelling Izium.", "Russia resumed shelling Izium."),
    # rockets of another kind
    (
        "A rocket was launched from Izium to bring astronauts to the space station.",
        "A rocket was launched from Izium at Kharkiv.",
    ),
    ("Russia launched two missiles near Izium in a test.", "Russia launched two missiles at Izium."),
    # words of the net and of the press
    ("Hackers attack the website of a church in Gao.", "Gunmen attack a church in Gao."),
    ("A magazine attacked the leaders of the church in Gao.", "A mob attacked the leaders of the church in Gao."),
    ("A giant figure was blown up with helium in Gao.", "A giant statue was blown up with dynamite in Gao."),
    # accidents told by a vehicle, with the hurt beside the dead, after a comma
    (
        "At least 25 people are killed and 17 others are injured when a bus veers off a cliff and crashes in Gao.",
        "At least 25 people are killed and 17 others are injured when a bus hits a landmine in Gao.",
    ),
    (
        "A truck plunges into a ravine near Gao, killing ten people.",
        "Rockets crash into a market near Gao, killing ten people.",
    ),
    (
        "A jet crashes near Gao, killing all nine people on board.",
        "A jet crashes near Gao after a missile hit it, killing all nine people on board.",
    ),
    ("A Naro rocket lost its satellite over Gao. Officials say it exploded.", "A rocket exploded in Gao."),
    ("Bank staff were held hostage before the robbery in Gao.", "Bank staff were held hostage by rebels in Gao."),
    # courts and suspicions
    (
        "He was arrested in connection with his role in the massacre in Gao in 2022.",
        "He was arrested after the massacre of 20 villagers in Gao on Monday.",
    ),
    (
        "Police hold a man on suspicion of involvement in making and planting bombs in Gao.",
        "Police hold a man after two bombs exploded in Gao.",
    ),
    ("Four men are executed in Cairo after being convicted of spying.", "Four men are executed by rebels in Cairo."),
    ("A man made a hoax threat of bombs in Gao at the weekend.", "A man set off two bombs in Gao at the weekend."),
    # years of no news
    ("Gao was shelled in 3000 BC.", "Gao was shelled in 2023."),
    ("Gao was shelled on 1 January 9999.", "Gao was shelled on 1 January 2023."),
    # what is only spoken of
    (
        "He publicly condemned the bombings in Gao.",
        "He condemned the bombings that killed ten people in Gao on Monday.",
    ),
    ("NATO is concerned about an increase in rebel attacks in Gao.", "Rebel attacks in Gao killed ten people."),
    (
        "The king accused rebels of launching attacks against Gao.",
        "The king accused rebels of an attack on Gao on Monday.",
    ),
    ("Russia has missiles that could strike Kharkiv.", "Russia has missiles that struck Kharkiv on Monday."),
    ("Russia threatens to carry out attacks in Ukraine.", "Russia threatens to carry out attacks in Kharkiv."),
    (
        "Rebels release a pilot in Gao after holding him hostage for 19 months.",
        "Rebels release a pilot in Gao and hold three others hostage.",
    ),
    ("He is kept in Gao since the attack in October 2022.", "He is kept in Gao since the attack on Monday."),
    (
        "Troops are sent to Gao in readiness for an imminent battle against rebels.",
        "Troops are sent to Gao after a battle against rebels.",
    ),
    (
        "Soldiers who were killed in Egypt have been commemorated in Cairo.",
        "Soldiers have been killed in an ambush in Cairo.",
    ),
    ("The next games will take place in Mali City on Friday.", "Rebels take the city of Gao on Friday."),
    ("The teenager was taken by car to the City Hotel of Gao.", "Rebels took the city of Gao."),
]


@pytest.mark.parametrize(("nothing", "event"), PAIRS, ids=[nothing for nothing, _ in PAIRS])
def test_words_of_conflict_make_no_event_of_other_matters(nothing, event):
    assert violent(nothing) == []
    assert violent(event)


def told_of_2024(text):
    return [mention for mention in mentions_of(text, "2024-05-06") if mention.event_type.value in VIOLENT]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Two suspects in the Paris bombings were shot dead by police in Geneva on Friday.", ["Geneva"]),
        ("Militants behind the Nyala school massacre were killed in a drone strike in Gao on Friday.", ["Gao"]),
        ("The mastermind of the Cairo attacks was shot dead on Friday.", [None]),
        ("Police killed two men in Ankara who were wanted over the Cairo blast.", ["Ankara"]),
        ("The president vowed to punish the perpetrators of the bombings in Cairo on Friday.", ["Cairo"]),
        ("Two suspects in Monday's bombing in Paris were shot dead in Geneva on Friday.", ["Paris", "Geneva"]),
        ("Soldiers wounded in the Gao attack were flown to Bamako.", ["Gao"]),
    ],
)
def test_a_deed_that_only_says_who_somebody_is_is_no_event_of_the_day(text, places):
    found = [one.place.surface if one.place is not None else None for one in reading_of(text).mentions]
    assert sorted(found, key=str) == sorted(places, key=str)


def test_who_resigns_in_protest_does_not_protest_in_the_streets():
    assert not reading_of("The envoy in Cairo resigned in protest over the killings.").mentions
    (event,) = reading_of("Thousands marched in protest in Cairo on Friday.").mentions
    assert event.sub_event_type == "Peaceful protest"


def test_an_aside_about_years_ago_is_no_event_of_the_report():
    assert told_of_2024("A report cleared the soldiers who shot two villagers in Gao in 2011.") == []
    assert told_of_2024("The minister spoke of the 7 July 2005 bombing in Paris.") == []


def test_what_a_main_clause_tells_of_years_ago_stays_an_event_of_its_day():
    (mention,) = told_of_2024("Soldiers shot two villagers in Gao on 3 March 2011.")
    assert mention.when.starts_on == dt.date(2011, 3, 3)


def test_an_aside_of_this_month_stays_an_event():
    assert told_of_2024("A report cleared the soldiers who shot two villagers in Gao on 3 May 2024.")


def test_an_aside_about_years_ago_gives_its_year_to_no_other_event():
    found = told_of_2024("Rebels captured Menaka, which was the scene of a battle in 2012.")
    assert [(mention.event_type.value, mention.when.ends_on.year) for mention in found] == [("Battles", 2024)]


@pytest.mark.parametrize(
    "text",
    [
        "France permitted Ukraine to attack bases in Izium with missiles.",
        "The state lifted its restrictions, allowing the army to target Izium with missiles.",
    ],
)
def test_permission_is_no_event(text):
    assert violent(text) == []


def test_police_who_charge_a_crowd_are_no_court():
    assert violent("Police charged at the crowd during clashes with students in Gao.")


def test_whoever_is_in_charge_of_an_inquiry_is_no_court():
    assert violent("A judge in charge of the murder of eight villagers in Gao was threatened.")


# What is agreed, promised or asked for is that it ends: the place and the day are those of the words.
ENDINGS = [
    "The two sides agreed on Wednesday in Cairo to halt fighting.",
    "The two sides agreed in Cairo on Monday to stop hostilities and shelling.",
    "The rebels promised in Cairo on Sunday to end attacks on civilians.",
    "The rebels vowed on Tuesday in Cairo to stop the shelling of Gao.",
    "Leaders in Cairo on Tuesday called on all sides to stop attacks on civilians.",
    "Leaders in Cairo on Tuesday called for an end to the fighting in Gao.",
    "The two sides signed a deal in Cairo on Saturday to end the fighting in Gao.",
    "The two sides held talks in Cairo on Saturday to end the clashes.",
    "The two sides agreed in Cairo on Saturday that attacks on civilians would end.",
    "The general promised in Cairo on Saturday an end to killings of civilians.",
]
# The same words of what happened on that day.
FOUGHT = [
    "The two sides agreed to halt the fighting that broke out in Gao on Monday.",
    "The army halted a rebel attack on Gao on Monday.",
    "Police fired tear gas in Gao on Monday to stop clashes between students and soldiers.",
    "Fighting in Gao ended on Monday after three days.",
    "Shelling of Gao stopped on Monday after the sides agreed to a truce in Cairo.",
    "The army agreed to halt its offensive after rebels killed 12 soldiers in Gao on Monday.",
    "Peacekeepers tried to stop the fighting in Gao on Monday.",
]


@pytest.mark.parametrize("text", ENDINGS)
def test_violence_that_somebody_agrees_or_asks_to_end_is_none_of_that_day(text):
    assert violent(text) == []


@pytest.mark.parametrize("text", FOUGHT)
def test_violence_that_was_ended_or_told_of_by_itself_stays_an_event(text):
    assert "Gao" in [mention.place.surface for mention in violent(text)]


@pytest.mark.parametrize(
    "breach", ["in breach of its own ceasefire", "in violation of a truce", "in defiance of a truce"]
)
def test_a_ceasefire_that_is_breached_is_not_made_on_that_day(breach):
    (mention,) = mentions_of(f"The rebels took Gao on Wednesday {breach}.")
    assert mention.event_type.value == "Battles"


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        (
            "Police arrested a member of the Popular Front for the Liberation of Gao.",
            "Police hailed the liberation of Gao by the Popular Front on Monday.",
        ),
        ("A conference in Geneva wants to ban the use of cluster bombs.", "Gao was hit by cluster bombs on Monday."),
        (
            "The treaty must recognise the territories that Russia has occupied.",
            "Russia has occupied the town of Izium.",
        ),
        ("The actor killed himself in Gao.", "The gunman killed six people in Gao and then killed himself."),
        ("A youth was caught carrying four pipe bombs near Gao.", "Two youths set off four pipe bombs near Gao."),
        ("She recruited suicide bombers in Gao.", "Suicide bombers attacked Gao."),
        ("Four who carried out suicide bombings in Gao were jailed.", "Four carried out suicide bombings in Gao."),
    ],
)
def test_names_bans_states_of_land_and_recruits_tell_of_no_event(text, deed):
    assert violent(text) == []
    assert violent(deed)


def test_those_against_whose_killing_people_march_are_no_dead_of_the_march():
    (march,) = mentions_of("Hundreds of people marched in Gao on Monday against the killing of two traders.")
    assert (march.event_type.value, march.casualties) == ("Protests", None)


@pytest.mark.parametrize(
    ("text", "n_events"),
    [
        ("Troops were sent to Gao to stop the killing.", 0),
        ("The army moved in near Gao to prevent further killings.", 0),
        ("Peacekeepers tried to stop the fighting in Gao on Monday.", 1),
        ("The killing in Gao went on on Monday, and nobody stopped it.", 1),
        ("The rebels stopped the shelling of Gao on Monday.", 1),
    ],
)
def test_what_somebody_means_to_stop_is_not_his_deed(text, n_events):
    assert len([one for one in mentions_of(text) if one.event_type.value != "Strategic developments"]) == n_events


@pytest.mark.parametrize(
    ("text", "sub_event_type", "dead"),
    [
        ("The bomber killed himself and four shoppers in Gao on Friday.", "Suicide bomb", 5),
        ("An assailant killed himself and three others in Gao on Friday.", "Attack", 4),
    ],
)
def test_who_kills_others_with_himself_attacks(text, sub_event_type, dead):
    (told,) = mentions_of(text)
    assert (told.sub_event_type, told.casualties.killed.best) == (sub_event_type, dead)


@pytest.mark.parametrize("text", ["An officer killed himself in Gao.", "A baker killed himself and his wife in Gao."])
def test_who_kills_himself_or_his_family_does_not(text):
    assert violent(text) == []
