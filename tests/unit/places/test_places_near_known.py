"""A village that no source has lies by the town that the text says it lies near."""

import pytest

from geoconflict.models import Place, PlacePrecision, Resolution, Role, Toponym
from geoconflict.places.near_known import placed_near
from geoconflict.places.nearness import read_nearness


def answers(text, precision=PlacePrecision.NEAR, role=Role.EVENT_PLACE, kinds=()):
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
    order = sorted(found, key=lambda one: one.toponym.start)
    besides = read_nearness(text, [one.toponym for one in order], ())
    answered = placed_near(order, besides, 0.25, kind_words=kinds)
    return sorted(answered, key=lambda one: one.toponym.surface, reverse=True)


@pytest.mark.parametrize(
    "gap", [", near ", " near ", ", close to the town of ", ", not far from ", ", a village near "]
)
def test_an_unknown_village_is_the_ground_around_the_town_it_lies_near(gap):
    village, town = answers(f"Shells fell on Zelquna{gap}Agdam.")
    assert village.place == town.place
    assert village.score == pytest.approx(0.72)
    assert village.reasons[0].startswith("'Zelquna' is not known there")


def test_a_nearby_village_is_the_ground_around_the_town_named_before():
    village, town = answers("Shells fell on Agdam and the nearby village of Zelquna.", precision=PlacePrecision.TOWN)
    assert (village.place.place_id, village.place.precision) == (town.place.place_id, PlacePrecision.NEAR)
    assert village.place.radius_m > town.place.radius_m


@pytest.mark.parametrize("word", ["mountains", "river", "district", "valley"])
def test_what_reaches_far_is_not_the_ground_around_a_town(word):
    village, _ = answers("Fighting in the Zelquna hills near Agdam.", kinds=(word, ""))
    assert village.place is None


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Fighters from Zelquna near Agdam fired.", {}),
        ("Shells fell on Zelquna, on the road to Agdam.", {}),
        ("A raid on Agdam and a raid nearby Zelquna.", {"precision": PlacePrecision.TOWN}),
        ("Shells fell on Zelquna and near Agdam.", {}),
        ("Shells fell on Zelquna, Agdam.", {}),
        ("Shells fell on Zelquna, near Agdam.", {"precision": PlacePrecision.LINE}),
        ("Zelquna, near Agdam, said so.", {"role": Role.ACTOR_METONYM}),
    ],
)
def test_nothing_else_takes_a_place_from_its_neighbour(text, more):
    assert answers(text, **more)[0].place is None
