"""A report filed in the capital of one country may tell of another: "the capital" is then not that town."""

import pytest
from few_names import reading_of

from geoconflict.extract.layout.filing import filed_abroad
from geoconflict.models import Role, Toponym

FILED_ABROAD = "CAIRO (AG) -- Fighters shelled army positions in Sudan. Heavy fighting raged in the capital."
FILED_AT_HOME = "CAIRO (AG) -- Fighters shelled army positions in Egypt. Heavy fighting raged in the capital."


def toponym(at, name, role):
    return Toponym(start=at, end=at + len(name), surface=name, score=0.9, role=role)


def abroad(*told, spoken_of=()):
    names = [toponym(0, "Nairobi", Role.DATELINE), *told]
    where = {
        "Nairobi": {"KEN"},
        "Somalia": {"SOM"},
        "Garissa": {"KEN"},
        "Marka": {"SOM", "EGY"},
        "Sudan": {"SDN", "USA"},
    }
    return filed_abroad(
        names,
        lambda one: frozenset(where[one.surface]),
        lambda at: names[at].surface == "Sudan",
        lambda one: "KEN" if one.surface == "Nairobi" else None,
        dict.fromkeys(spoken_of, 1),
    )


def test_a_dateline_is_abroad_where_all_that_is_told_lies_in_another_country():
    somalia = toponym(20, "Somalia", Role.REGION_CONTEXT)
    assert abroad(somalia) == {0}
    assert abroad(somalia, spoken_of=["SOM"]) == {0}
    assert abroad(somalia, spoken_of=["KEN"]) == set()
    assert abroad(somalia, toponym(40, "Garissa", Role.EVENT_PLACE)) == set()


@pytest.mark.parametrize("role", [Role.ACTOR_METONYM, Role.ORIGIN, Role.OTHER])
def test_governments_and_origins_in_another_country_are_not_enough(role):
    assert abroad(toponym(20, "Somalia", role)) == set()


def test_a_name_of_two_countries_says_nothing_unless_it_is_that_of_a_country():
    assert abroad(toponym(20, "Marka", Role.EVENT_PLACE)) == set()
    assert abroad(toponym(20, "Sudan", Role.EVENT_PLACE)) == {0}


@pytest.mark.parametrize(("text", "is_there"), [(FILED_ABROAD, False), (FILED_AT_HOME, True)])
def test_the_capital_is_not_where_a_report_on_another_country_was_filed(text, is_there):
    (fighting,) = [one for one in reading_of(text).mentions if "capital" in text[one.start : one.end]]
    assert (fighting.place is not None and fighting.place.surface == "CAIRO") is is_there
