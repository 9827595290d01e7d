"""The capital of a province is the one town that the report names there."""

import functools
import re

import pytest

from geoconflict.models import Role, Toponym
from geoconflict.places import resolve
from geoconflict.places.gazetteer import Gazetteer


@functools.cache
def embedded() -> Gazetteer:
    return Gazetteer.open()


def place_of(text: str, *names: str) -> str | None:
    """Return the place of the first of the names."""
    spans = sorted(match.span() for name in names for match in re.finditer(rf"\b{name}\b", text))
    toponyms = [
        Toponym(start=start, end=end, surface=text[start:end], score=0.9, role=Role.EVENT_PLACE) for start, end in spans
    ]
    answers = resolve(toponyms, gazetteer=embedded(), text=text)
    return next(one.place.name if one.place else None for one in answers if one.toponym.surface == names[0])


@pytest.mark.parametrize(
    "phrase", ["the North Kivu capital", "North Kivu's provincial capital", "the capital of North Kivu"]
)
def test_the_capital_of_a_province_is_the_town_named_there(phrase):
    assert place_of(f"Shells hit the northern districts of {phrase}. Goma fell.", "North Kivu", "Goma") == "Goma"


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit the capital of North Kivu. Goma and Beni burn.",
        "Shells hit North Kivu. Goma, the capital, burns.",
        "Shells hit the North Kivu capital. Bukavu burns.",
        "Goma burns. Shells hit the North Kivu capital market.",
    ],
)
def test_of_several_towns_or_none_there_it_is_the_province(text):
    assert place_of(text, "North Kivu", "Goma", "Beni", "Bukavu") == "North Kivu"


def test_a_small_town_there_is_not_taken_for_its_capital():
    text = "Shells hit the capital of Helmand. Sangin was calm."
    assert place_of(text, "Helmand", "Sangin") == "Helmand"
