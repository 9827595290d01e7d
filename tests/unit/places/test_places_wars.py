"""Of towns of one name, that of a country at war is the likelier to be attacked."""

import datetime as dt

import pytest

from geoconflict.models import Role, Toponym
from geoconflict.places.countries import country_table
from geoconflict.places.gazetteer import Gazetteer
from geoconflict.places.resolution import resolve
from geoconflict.places.wars import countries_at_war


def country_of(text, surface, on, role=Role.EVENT_PLACE):
    start = text.index(surface)
    toponym = Toponym(start=start, end=start + len(surface), surface=surface, role=role, score=0.9)
    (answer,) = resolve([toponym], gazetteer=Gazetteer.open(), text=text, published_on=on)
    return answer.place.country if answer.place is not None else None


@pytest.mark.parametrize(
    ("text", "on", "country"),
    [
        ("Insurgents attacked Palma on Wednesday.", dt.date(2021, 3, 25), "MOZ"),
        ("Insurgents attacked Palma on Wednesday.", dt.date(2014, 3, 25), "MOZ"),
        ("A fire broke out in Palma on Wednesday.", dt.date(2021, 3, 25), "ESP"),  # no word of war
        ("Insurgents attacked Palma on Wednesday.", None, "ESP"),
    ],
)
def test_an_attack_is_likelier_in_a_country_at_war(text, on, country):
    assert country_of(text, "Palma", on) == country


def test_where_somebody_speaks_no_war_is_looked_for():
    text = "The insurgents have no arms, an envoy said in Palma."
    assert country_of(text, "Palma", dt.date(2021, 3, 25), Role.TALKS_VENUE) == "ESP"


def test_a_war_ends_with_its_last_year_and_one_without_goes_on():
    assert "LKA" in countries_at_war(2009)
    assert "LKA" not in countries_at_war(2010)
    assert {"SOM", "COL"} <= countries_at_war(2060)


def test_every_country_of_the_table_is_one():
    known = set(country_table())
    at_some_time = frozenset().union(*(countries_at_war(year) for year in range(1945, 2030)))
    assert at_some_time <= known
