"""Verbs and nouns of news English for one deed, a whole class of them at a time, and what else the same words are said of."""

import pytest
from few_names import mentions_of

SHELLED, BOMBED = "Shelling/artillery/missile attack", "Air/drone strike"


def subs_of(text):
    """Return the sub-types that a text is read to tell of."""
    return [one.sub_event_type for one in mentions_of(text)]


@pytest.mark.parametrize("verb", ["battered", "blasted", "hammered", "peppered", "pummelled", "raked"])
def test_guns_and_jets_batter_what_others_hold(verb):
    assert subs_of(f"Rebel gunners {verb} army positions near Kidal on Monday.") == [SHELLED]
    assert subs_of(f"Warplanes {verb} the town of Gao on Monday.") == [BOMBED]


@pytest.mark.parametrize(
    "text",
    [
        "Storms battered the coast near Gao on Monday.",
        "Cement prices hammered builders in Gao on Monday.",
        "The drone maker hammered its rivals in Paris on Monday.",
        "The minister blasted the army in Gao on Monday.",
    ],
)
def test_storms_prices_and_critics_batter_as_well(text):
    assert subs_of(text) == []


@pytest.mark.parametrize(
    "deed", ["ploughed into", "ripped through", "tore apart", "smashed into", "levelled", "gutted"]
)
def test_a_rocket_does_to_a_house_what_it_does(deed):
    assert subs_of(f"A rocket {deed} a bakery in Izium on Monday.") == [SHELLED]
    assert subs_of(f"A drone {deed} a bakery in Izium on Monday.") == [BOMBED]
    assert subs_of(f"A lorry {deed} a bakery in Izium on Monday.") == []


def test_rockets_that_crash_and_kill_are_no_accident():
    assert subs_of("Rockets crashed into the market in Kidal on Monday, killing three.") == [SHELLED]
    assert subs_of("Buses crashed near the market in Kidal on Monday, killing three.") == []


@pytest.mark.parametrize("verb", ["hurled", "unleashed", "loosed"])
def test_rockets_are_launched_by_many_words(verb):
    assert subs_of(f"Militants {verb} rockets at Gao on Monday.") == [SHELLED]


@pytest.mark.parametrize(
    ("text", "subs"),
    [
        ("Rebels sent a dozen drones at the airport of Gao on Monday.", [BOMBED]),
        ("Ukraine sent a dozen drones to Gao on Monday.", []),
        ("A plane dropped grenades on Kharkiv on Monday.", [BOMBED]),
        ("A plane dropped leaflets on Kharkiv on Monday.", []),
        ("Helicopters released explosives over Kharkiv on Monday.", [BOMBED]),
        ("Police dropped the charges in Kharkiv on Monday.", []),
    ],
)
def test_what_is_sent_or_dropped_and_where_to_tells(text, subs):
    assert subs_of(text) == subs
