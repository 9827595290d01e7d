"""The capital of a province is the town that is known as its seat, else the one town that the report names there."""

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
@pytest.mark.parametrize("also", ["Goma fell.", "Beni fell.", "Bukavu fell.", ""])
def test_the_capital_of_a_province_is_its_seat_whatever_else_is_named(phrase, also):
    text = f"Shells hit the northern districts of {phrase}. {also}"
    assert place_of(text, "North Kivu", "Goma", "Beni", "Bukavu") == "Goma"


def test_it_is_the_seat_though_another_town_there_bears_the_name_of_the_province():
    assert place_of("Fighters took the provincial capital of Baghlan.", "Baghlan") == "Pul-e Khumrī"
    assert place_of("Fighters took the town of Baghlan.", "Baghlan") == "Baghlān"


def test_the_capital_of_a_town_that_names_no_province_is_that_town():
    assert place_of("Fighters took the provincial capital of Goma.", "Goma") == "Goma"


def test_of_a_province_whose_seat_is_not_known_it_is_the_one_large_town_named_there():
    text = "Shells hit the North Darfur capital. El Fasher burns."
    assert place_of(text, "North Darfur", "El Fasher") == "El Fasher"
    assert place_of("Shells hit the North Darfur capital.", "North Darfur") == "North Darfur"
    assert place_of("Shells hit the North Darfur capital. Nyala burns.", "North Darfur", "Nyala") == "North Darfur"


@pytest.mark.parametrize(
    "text",
    ["Shells hit North Kivu. Goma, the capital, burns.", "Goma burns. Shells hit the North Kivu capital market."],
)
def test_what_is_told_of_the_province_is_the_province(text):
    assert place_of(text, "North Kivu", "Goma") == "North Kivu"
