"""A name that somebody wrote by itself means whom reports mean by it; what nobody knows stands as written."""

import datetime as dt

import pytest

from geoconflict.extract.actors.lexicon import load_actor_lexicon
from geoconflict.extract.actors.written import actor_written
from geoconflict.models import ActorKind

DAY = dt.date(2023, 3, 1)


@pytest.mark.parametrize(
    ("name", "wanted", "kind", "country"),
    [
        ("Chadian army", "Military Forces of Chad", ActorKind.STATE_FORCES, "TCD"),
        ("the army of Chad", "Military Forces of Chad", ActorKind.STATE_FORCES, "TCD"),
        ("military forces of chad", "Military Forces of Chad", ActorKind.STATE_FORCES, "TCD"),
        ("Chad", "Military Forces of Chad", ActorKind.STATE_FORCES, "TCD"),
        ("the United Kingdom", "Military Forces of the United Kingdom", ActorKind.STATE_FORCES, "GBR"),
        ("Kenyan police", "Police Forces of Kenya", ActorKind.STATE_FORCES, "KEN"),
        ("Rebels (Niger)", "Rebels (Niger)", ActorKind.REBEL_GROUP, "NER"),
        ("Peruvian guerrillas", "Rebels (Peru)", ActorKind.REBEL_GROUP, "PER"),
        ("unidentified gunmen", "Unidentified Armed Group", ActorKind.POLITICAL_MILITIA, None),
        ("an armed group", "Unidentified Armed Group", ActorKind.POLITICAL_MILITIA, None),
        ("Boko Haram", "Boko Haram", ActorKind.REBEL_GROUP, "NGA"),
        ("M23", "March 23 Movement", ActorKind.REBEL_GROUP, "COD"),
        ("civilians", "Civilians", ActorKind.CIVILIANS, None),
    ],
)
def test_a_name_means_whom_the_lexicon_says(name, wanted, kind, country):
    found = actor_written(load_actor_lexicon(), name, on=DAY)
    assert (found.name, found.kind, found.country) == (wanted, kind, country)


@pytest.mark.parametrize(
    "name",
    ["Lions of the Valley", "Valley Resistance Forces", "Ministry of Works", "United Farmers", "-", "Chad Smith"],
)
def test_what_nobody_knows_stands_as_written(name):
    found = actor_written(load_actor_lexicon(), name, on=DAY)
    assert (found.name, found.kind, found.country) == (name, ActorKind.UNKNOWN, None)


def test_a_bare_country_is_its_government_where_no_force_is_used():
    found = actor_written(load_actor_lexicon(), "Peru", violent=False)
    assert (found.name, found.kind) == ("Government of Peru", ActorKind.GOVERNMENT)


def test_a_name_of_two_countries_is_that_of_the_place():
    lexicon = load_actor_lexicon()
    assert actor_written(lexicon, "Congolese soldiers", country="COG").country == "COG"
    assert actor_written(lexicon, "Congolese soldiers").country == "COD"


def test_a_group_has_its_name_on_its_days_alone():
    lexicon = load_actor_lexicon()
    assert actor_written(lexicon, "M23", on=dt.date(1990, 1, 1)).name == "M23"
