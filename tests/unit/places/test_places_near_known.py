"""A village that no source has lies by the town that the text says it lies near."""

import pytest

from geoconflict.models import Place, PlacePrecision, Resolution, Role, Toponym
from geoconflict.places.near_known import placed_near


def answers(text, precision=PlacePrecision.NEAR, role=Role.EVENT_PLACE):
    def named(name, place, score, role):
        start = text.index(name)
        toponym = Toponym(start=start, end=start + len(name), surface=name, score=0.9, role=role)
        return Resolution(toponym=toponym, place=place, score=score, reasons=())

    town = Place(
        place_id="t:1",
        name="Agdam",
        lon=46.9,
        lat=40.0,
        geometry="POINT (46.9 40)",
        country="AZE",
        kind="settlement",
        precision=precision,
        radius_m=20_000,
        source="t",
    )
    found = [named("Zelquna", None, 0.0, role), named("Agdam", town, 0.9, Role.REGION_CONTEXT)]
    return placed_near(found, text, 0.25)


@pytest.mark.parametrize("gap", [", near ", " near ", ", close to the town of ", ", not far from "])
def test_an_unknown_village_is_the_ground_around_the_town_it_lies_near(gap):
    village, town = answers(f"Shells fell on Zelquna{gap}Agdam.")
    assert village.place == town.place
    assert village.score == pytest.approx(0.72)
    assert village.reasons[0].startswith("'Zelquna' is not known there")


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Shells fell on Zelquna and near Agdam.", {}),
        ("Shells fell on Zelquna, Agdam.", {}),
        ("Shells fell on Zelquna, near Agdam.", {"precision": PlacePrecision.LINE}),
        ("Zelquna, near Agdam, said so.", {"role": Role.ACTOR_METONYM}),
    ],
)
def test_nothing_else_takes_a_place_from_its_neighbour(text, more):
    assert answers(text, **more)[0].place is None
