"""Names that two groups bear, and sides under the names of capitals and allies."""

import datetime as dt

import pytest

from geoconflict.extract.actors.lexicon import load_actor_lexicon
from geoconflict.extract.actors.reader import ActorReader
from geoconflict.extract.language.model import load_language_model
from geoconflict.extract.predicates.clauses import Clauses
from geoconflict.models import Actor, ActorKind


def reader_of(text, *, on="2021-03-29", ground=()):
    clauses = Clauses(load_language_model().read(text))
    return ActorReader(clauses, load_actor_lexicon(), on=dt.date.fromisoformat(on), ground=ground)


def groups_in(text, **known):
    reader = reader_of(text, **known)
    found = (reader.group_at(at) for at in range(len(text.split()) + 6) if at < len(reader._words))
    return {one[0].name for one in found if one is not None}


@pytest.mark.parametrize(
    ("text", "ground", "name"),
    [
        ("Insurgents known as al-Shabaab attacked a town in Mozambique.", (), "Islamic State Mozambique"),
        ("Al-Shabaab fighters attacked a town.", ("MOZ", "MOZ"), "Islamic State Mozambique"),
        ("Al-Shabaab attacked a base in Kenya.", ("KEN",), "Al Shabaab"),
        ("Al-Shabaab attacked a base in Somalia. Mozambique condemned it.", ("SOM",), "Al Shabaab"),
        ("Al-Shabaab attacked a base.", (), "Al Shabaab"),
        ("The NPA ambushed a patrol.", ("PHL",), "New People's Army"),
        ("The AA shelled a town in Myanmar.", (), "Arakan Army"),
    ],
)
def test_a_name_of_two_groups_means_the_one_at_home_where_the_report_is(text, ground, name):
    assert groups_in(text, ground=ground) == {name}


@pytest.mark.parametrize("text", ["The AA told of shelling in Gaza.", "The NPA ambushed a patrol in Peru."])
def test_letters_that_mean_others_elsewhere_are_no_group_there(text):
    assert groups_in(text) == set()


@pytest.mark.parametrize(
    ("text", "ground", "names"),
    [
        ("Serb artillery shelled a town in Bosnia.", ("BIH",), {"Bosnian Serb forces"}),
        ("Serb artillery shelled a town in Croatia.", ("HRV",), {"Republic of Serbian Krajina"}),
        ("Serb artillery shelled a town in Belgium.", ("BEL",), set()),
    ],
)
def test_a_people_at_war_in_two_lands_has_other_forces_in_each(text, ground, names):
    assert groups_in(text, on="1993-04-14", ground=ground) == names


def test_a_side_is_known_by_its_capital_and_by_the_alliance_that_it_leads():
    reader = reader_of("Nothing happened.")
    assert reader.side_of("Riyadh") == "SAU"
    assert reader.side_of("Kyiv's southern command") == "UKR"
    assert reader.is_of("SAU", Actor(name="Saudi-led coalition", kind=ActorKind.EXTERNAL, country="YEM"))
    assert not reader.is_of("SAU", Actor(name="Houthi Movement", kind=ActorKind.REBEL_GROUP, country="YEM"))


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("CAR troops retook a town.", "CAF"),
        ("Car bomb kills four.", None),
        ("US troops retook a town.", "USA"),
        ("Us too, said the troops.", None),
    ],
)
def test_initials_of_a_country_are_written_as_such(text, country):
    found = reader_of(text).nation_at(0)
    assert (found[0].iso if found is not None else None) == country


def test_initials_with_a_small_letter_are_a_name_as_they_are_written_alone():
    assert groups_in("JeM gunmen attacked a base.") == {"Jaish-e-Mohammad"}
    assert groups_in("Jem attacked the town of Jem.") == set()
