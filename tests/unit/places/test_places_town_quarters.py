"""A quarter that no source has is one of the town that the report tells of, where that is one town."""

import dataclasses

import pytest

from geoconflict.models import Place, PlacePrecision, Resolution, Role, Toponym
from geoconflict.places.context import read_context
from geoconflict.places.town_quarters import placed_in_towns


def town(name, population):
    return Place(
        place_id=f"t:{name}", name=name, lon=36.0, lat=34.0, geometry="POINT (36 34)", country="SYR", kind="settlement",
        precision=PlacePrecision.TOWN, radius_m=8_000, population=population, source="t",
    )  # fmt: skip


TOWNS = {"Xabanville": town("Xabanville", 900_000), "Yabanville": town("Yabanville", 90_000)}


def quarter(text, *, role=Role.EVENT_PLACE, quarter_role=Role.EVENT_PLACE):
    """Return the answer to Zelquna, of which nothing is known."""
    names = sorted((name for name in {*TOWNS, "Zelquna"} if name in text), key=text.index)
    mentions = [
        Toponym(
            start=text.index(name), end=text.index(name) + len(name), surface=name, score=0.9,
            role=quarter_role if name == "Zelquna" else role,
        )
        for name in names
    ]  # fmt: skip
    given = [Resolution(toponym=one, place=TOWNS.get(one.surface), score=0.9, reasons=()) for one in mentions]
    return placed_in_towns(given, text, read_context(text, mentions), 0.5)[names.index("Zelquna")]


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Yabanville was bombed again. Shells fell on the Zelquna quarter.", PlacePrecision.TOWN),
        ("Shells fell on the Zelquna neighbourhood. Yabanville has no water.", PlacePrecision.TOWN),
        ("Yabanville was bombed again. Shells fell on the suburb of Zelquna.", PlacePrecision.NEAR),
        ("Xabanville was bombed again. Shells fell on the Zelquna district.", PlacePrecision.NEAR),
        ("Yabanville was bombed again. Shells fell on the Zelquna quarter of the city.", PlacePrecision.TOWN),
    ],
)
def test_a_quarter_is_one_of_the_town_told_of(text, precision):
    found = quarter(text)
    assert found.place.name in {f"Zelquna, {name}" for name in TOWNS}
    assert found.place.place_id.endswith(":in-zelquna")
    assert found.place.precision is precision
    assert found.score < 0.7
    assert found.reasons[0].startswith("'Zelquna' is not known; the text calls it a ")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Xabanville and Yabanville were bombed. Shells fell on the Zelquna quarter.", {}),
        ("Xabanville was bombed. Shells fell on the Zelquna quarter of the capital.", {}),
        ("Xabanville was bombed. Shells fell on the Zelquna quarter near the river Oronto.", {}),
        ("Xabanville was bombed. Shells fell on Zelquna.", {}),
        ("Xabanville spoke. Shells fell on the Zelquna quarter.", {"role": Role.ACTOR_METONYM}),
        ("Xabanville was bombed. Men came from the Zelquna quarter.", {"quarter_role": Role.ORIGIN}),
        # A small town has no districts, and what was only named is no town told of.
        ("Yabanville was bombed again. Shells fell on the Zelquna district.", {}),
        ("Shells fell on the Zelquna district, police in Xabanville said.", {}),
        ("Xabanville was named. Shells fell on the Zelquna district.", {"role": Role.REGION_CONTEXT}),
    ],
)
def test_where_that_is_open_it_has_no_place(text, roles):
    assert quarter(text, **roles).place is None


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("A bomb went off in Xabanville's Zelquna district.", PlacePrecision.NEAR),
        ("Yabanville was quiet. A bomb went off in Xabanville's Zelquna quarter.", PlacePrecision.TOWN),
    ],
)
def test_a_quarter_is_one_of_the_town_that_it_is_called_after(text, precision):
    found = quarter(text, role=Role.REGION_CONTEXT)
    assert found.place.name == "Zelquna, Xabanville"
    assert found.place.precision is precision


def test_a_district_called_after_a_small_town_may_be_a_unit():
    assert quarter("A bomb went off in Yabanville's Zelquna district.", role=Role.REGION_CONTEXT).place is None


FAR = Place(
    place_id="t:far", name="Zelquna", lon=44.0, lat=38.0, geometry="POINT (44 38)", country="SYR", kind="settlement",
    precision=PlacePrecision.TOWN, radius_m=2_000, population=900, source="t",
)  # fmt: skip
BESIDE = dataclasses.replace(FAR, lon=36.1, geometry="POINT (36.1 34)", lat=34.0)


@pytest.mark.parametrize(
    ("text", "known", "name"),
    [
        ("Xabanville was bombed. Shells hit a mill in the city's Zelquna district.", FAR, "Zelquna, Xabanville"),
        ("Yabanville was bombed. Shells hit the town's eastern Zelquna district.", FAR, "Zelquna, Yabanville"),
        # Without these words, or near enough, the place of that name may well be meant.
        ("Xabanville was bombed. Shells hit a mill in the Zelquna district.", FAR, "Zelquna"),
        ("Xabanville was bombed. Shells hit a mill in the city's Zelquna district.", BESIDE, "Zelquna"),
        ("Xabanville and Yabanville burn. Shells hit the city's Zelquna district.", FAR, "Zelquna"),
    ],
)
def test_a_quarter_of_the_town_told_of_is_no_far_namesake(text, known, name, monkeypatch):
    monkeypatch.setitem(TOWNS, "Zelquna", known)
    assert quarter(text).place.name == name
