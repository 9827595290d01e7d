"""The country that a report is about: for events of which it tells no place."""

import pytest
from tiny_gazetteer import TinyGazetteer, tiny_place

from geoconflict.models import PlacePrecision, Resolution, Role, Toponym
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


def test_where_it_was_filed_has_one_vote_more():
    places = [("MLI", Role.DATELINE), ("NER", Role.REGION_CONTEXT)]
    resolutions = [
        Resolution(
            toponym=Toponym(start=10 * at, end=10 * at + 5, surface=f"Name{at}", score=0.9, role=role),
            place=tiny_place(f"p{at}", f"Name{at}", 0.0, 0.0, country=code),
            score=0.9,
        )
        for at, (code, role) in enumerate(places)
    ]
    assert country_of_report("", resolutions, TinyGazetteer()).place.country == "MLI"
    assert country("MLI", "NER") is None
