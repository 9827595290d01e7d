"""Peoples that a report names, and the forces of a country, which may fight in another one."""

from __future__ import annotations

import datetime as dt
import functools
import re

import pytest

from geoconflict.models import Resolution, Role, Toponym
from geoconflict.places.gazetteer import Gazetteer
from geoconflict.places.peoples import Forces, forces_of_mentions, people_named, peoples_in
from geoconflict.places.resolution import resolve


@functools.cache
def embedded() -> Gazetteer:
    return Gazetteer.open()


def place_of(text: str, name: str, actor: str = "") -> Resolution:
    spans = [(name, Role.EVENT_PLACE), *([(actor, Role.ACTOR_METONYM)] if actor else [])]
    toponyms = []
    for surface, role in spans:
        start = text.index(surface)
        toponyms.append(Toponym(start=start, end=start + len(surface), surface=surface, score=0.9, role=role))
    return resolve(toponyms, gazetteer=embedded(), text=text, published_on=dt.date(2024, 5, 2))[0]


def country_of(text: str, name: str, actor: str = "") -> str | None:
    place = place_of(text, name, actor).place
    return place.country if place is not None else None


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Russian forces shelled Pokrovsk.", "Pokrovsk", "UKR"),
        ("Pokrovsk was shelled by Russian troops.", "Pokrovsk", "UKR"),
        ("Pokrovsk was shelled by the Russians.", "Pokrovsk", "UKR"),
        ("A Russian drone hit Voznesensk.", "Voznesensk", "UKR"),
        ("Ukrainian forces shelled Krasnoye Selo.", "Krasnoye Selo", "RUS"),
        ("Indian jets bombed Shahkot.", "Shahkot", "PAK"),
        ("A Turkish drone hit Hajin.", "Hajin", "SYR"),
        ("Croatian forces shelled Brod.", "Brod", "BIH"),
        ("A Colombian drone hit Manta.", "Manta", "ECU"),
        ("Armenian forces shelled Tovuz.", "Tovuz", "AZE"),
    ],
)
def test_a_namesake_in_the_attackers_country_does_not_win_by_the_adjective_alone(text, name, country):
    assert country_of(text, name) == country


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("The Lebanese army shelled Tripoli.", "Tripoli", "LBN"),
        ("Colombian troops attacked Florencia.", "Florencia", "COL"),
        ("Sri Lankan forces shelled Colombo.", "Colombo", "LKA"),
        ("Syrian forces shelled Al Qusayr.", "Al Qusayr", "SYR"),
        ("Iraqi troops captured Sinjar.", "Sinjar", "IRQ"),
        ("Malian troops captured Kidal.", "Kidal", "MLI"),
        ("Algerian troops raided Constantine.", "Constantine", "DZA"),
    ],
)
def test_forces_at_home_are_placed_at_home(text, name, country):
    assert country_of(text, name) == country


def test_a_country_that_attacks_is_taken_like_its_forces():
    assert country_of("Russia shelled Pokrovsk.", "Pokrovsk", "Russia") == "UKR"
    assert country_of("Pokrovsk was shelled by Russia.", "Pokrovsk", "Russia") == "UKR"
    assert country_of("Snow fell in Pokrovsk, the far north of Russia.", "Pokrovsk", "Russia") == "RUS"


def test_where_both_are_alike_there_is_no_place_or_little_trust():
    answer = place_of("Pakistani-backed fighters attacked Mirpur.", "Mirpur")
    assert answer.score < 0.7


def test_the_reasons_say_whose_forces_decided():
    assert (
        "forces of a country beside Ukraine are named"
        in place_of("Russian forces shelled Pokrovsk.", "Pokrovsk").reasons
    )


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("Malian troops fled.", Forces(1, 1, 0)),
        ("Malian air strikes went on; Malian farmers fled.", Forces(2, 0, 1)),
        ("Malian army helicopters came.", Forces(1, 0, 1)),
        ("The Malian-backed rebels came.", Forces(1, 0, 1)),
        ("The Malian Armed Forces came.", Forces(1, 1, 0)),
        ("The Malians attacked at dawn.", Forces(1, 1, 0)),
        ("It was attacked by the Malians.", Forces(1, 1, 0)),
        ("Malian officials told the army so.", Forces(1, 0, 0)),
        ("Malian farmers said troops came.", Forces(1, 0, 0)),
    ],
)
def test_words_for_forces_are_told_from_others(text, counted):
    assert peoples_in(text, frozenset()) == {"MLI": counted}


def test_arms_say_nothing_of_the_country_of_a_report():
    assert people_named("Malian jets bombed a village. A Malian drone fell.", []) == {}
    assert people_named("Malian police fled, and a Malian drone fell.", []) == {"MLI": 1}


def test_a_mention_stands_for_forces_by_the_words_beside_it():
    text = "Ruritania's army came, then Ruritania-backed rebels; Ruritania said so."
    spans = [match.span() for match in re.finditer("Ruritania", text)]
    assert forces_of_mentions(text, spans) == {0: "troops", 1: "arms"}


def test_who_speaks_for_a_country_abroad_says_nothing_of_where_a_report_is_from():
    assert people_named("The Malian ambassador left. A Malian deputy foreign minister came.", []) == {}
    assert people_named("A Malian farmer met the Malian delegation.", []) == {"MLI": 1}


def test_a_people_of_two_words_is_none_of_its_second_word():
    assert people_named("Central American farmers met South Americans.", []) == {}
    assert people_named("Central African farmers met Americans.", []) == {"CAF": 1, "USA": 1}
