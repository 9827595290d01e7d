"""The country that a report is about: for events of which it tells no place."""

import dataclasses

import pytest
from builders import mention
from tiny_gazetteer import TinyGazetteer, tiny_place

from geoconflict.models import Actor, ActorKind, PlacePrecision, Resolution, Role, Toponym
from geoconflict.places.report_country import country_of_report


def country(*countries, text="", role=Role.REGION_CONTEXT):
    """Return what stands in for the country of a report that names a place of each of `countries`."""
    resolutions = [
        Resolution(
            toponym=Toponym(start=10 * at, end=10 * at + 5, surface=f"Name{at}", score=0.9, role=role),
            place=tiny_place(f"p{at}", f"Name{at}", 0.0, 0.0, country=code),
            score=0.9,
        )
        for at, code in enumerate(countries)
    ]
    return country_of_report(text, resolutions, TinyGazetteer())


def test_it_is_the_one_that_most_places_lie_in():
    found = country("MLI", "MLI", "MLI", "NER", "NER")
    assert found.place.country == "MLI"
    assert found.place.precision is PlacePrecision.COUNTRY
    assert (found.toponym.start, found.toponym.end) == (0, 0)  # no words of the report
    assert found.score == 0.6
    assert "Mali" in found.reasons[0]


@pytest.mark.parametrize("role", [Role.OTHER, Role.ACTOR_METONYM, Role.ORIGIN])
def test_governments_and_origins_have_no_vote(role):
    assert country("MLI", "MLI", "MLI", role=role) is None


def test_peoples_have_a_vote():
    assert country("MLI", text="The Malian minister spoke of peace.").place.name == "Mali"
    assert country(text="A Malian minister met Malian farmers.").place.name == "Mali"
    assert country("MLI", "MLI", text="The Nigerien minister spoke. So did another Nigerien.") is None


@pytest.mark.parametrize("countries", [(), ("MLI",), ("MLI", "MLI", "NER", "NER"), (None, None), ("ZZZ", "ZZZ")])
def test_of_no_single_country_nothing_is_said(countries):
    assert country(*countries) is None


def filed(*places, text=""):
    """Return what stands in for the country of a report whose places are pairs of a country and a role."""
    resolutions = [
        Resolution(
            toponym=Toponym(start=10 * at, end=10 * at + 5, surface=f"Name{at}", score=0.9, role=role),
            place=tiny_place(f"p{at}", f"Name{at}", 0.0, 0.0, country=code),
            score=0.9,
        )
        for at, (code, role) in enumerate(places)
    ]
    found = country_of_report(text, resolutions, TinyGazetteer())
    return found.place.country if found is not None else None


def test_where_it_was_filed_has_two_votes_if_the_report_speaks_of_that_country_or_of_none():
    assert filed(("MLI", Role.DATELINE)) == "MLI"
    assert filed(("MLI", Role.DATELINE), ("MLI", Role.ACTOR_METONYM), ("NER", Role.ACTOR_METONYM)) == "MLI"
    assert filed(("MLI", Role.DATELINE), ("NER", Role.REGION_CONTEXT), text="A Malian minister met farmers.") == "MLI"


def test_a_report_filed_in_another_country_than_it_tells_of_is_not_about_that_one():
    assert filed(("MLI", Role.DATELINE), ("NER", Role.REGION_CONTEXT), ("NER", Role.REGION_CONTEXT)) == "NER"
    assert filed(("MLI", Role.DATELINE), ("NER", Role.REGION_CONTEXT)) is None
    assert filed(("MLI", Role.DATELINE), ("NER", Role.ACTOR_METONYM)) is None
    assert filed(("MLI", Role.DATELINE), ("MLI", Role.ACTOR_METONYM), text="It spoke of Nigerien farmers.") is None


def test_arms_of_a_country_have_no_vote_for_it():
    text = "Name0 air strikes killed two. Name0 drones came back."
    at = [text.index("Name0"), text.rindex("Name0")]
    resolutions = [
        Resolution(
            toponym=Toponym(start=start, end=start + 5, surface="Name0", score=0.9, role=Role.REGION_CONTEXT),
            place=dataclasses.replace(
                tiny_place("p0", "Name0", 0.0, 0.0, country="MLI"), precision=PlacePrecision.COUNTRY
            ),
            score=0.9,
        )
        for start in at
    ]
    assert country_of_report(text, resolutions, TinyGazetteer()) is None
    assert country_of_report("", resolutions, TinyGazetteer()).place.country == "MLI"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UAE officials called UAE troops back.", None),
        ("The UAE ambassador met UAE officials.", None),
        ("It was quiet in the UAE and across the UAE.", "MLI"),
    ],
)
def test_initials_of_a_country_are_land_only_where_a_preposition_says_so(text, expected):
    resolutions = [
        Resolution(
            toponym=Toponym(start=start, end=start + 3, surface="UAE", score=0.9, role=Role.REGION_CONTEXT),
            place=dataclasses.replace(
                tiny_place("p0", "UAE", 0.0, 0.0, country="MLI"), precision=PlacePrecision.COUNTRY
            ),
            score=0.9,
        )
        for start in (text.index("UAE"), text.rindex("UAE"))
    ]
    found = country_of_report(text, resolutions, TinyGazetteer())
    assert (found.place.country if found is not None else None) == expected


def group(name, country):
    return Actor(name=name, kind=ActorKind.REBEL_GROUP, country=country, part="agent")


def army(country):
    return Actor(name=f"Army of {country}", kind=ActorKind.STATE_FORCES, country=country, part="target")


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ((group("Northern Lions", "MLI"),), "MLI"),
        ((group("Northern Lions", "MLI"), army("MLI")), "MLI"),
        ((group("Northern Lions", "MLI"), army("NER")), None),  # across a border, in either of both
        ((group("Rebels (Mali)", "MLI"),), None),
    ],
)
def test_an_armed_group_by_name_is_at_home_where_nothing_else_tells(actors, expected):
    events = [mention(actors=actors), mention(actors=actors)]
    found = country_of_report("", [], TinyGazetteer(), events)
    assert (found.place.country if found is not None else None) == expected


def test_an_armed_group_does_not_outvote_what_the_report_names():
    events = [mention(actors=(group("Northern Lions", "MLI"),))] * 3
    text = "A Nigerien farmer met Nigerien herders."
    assert country_of_report(text, [], TinyGazetteer(), events).place.country == "NER"
