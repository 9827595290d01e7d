import pytest
from builders import actor, casualties, count, day, place, report, source, toponym

from geoconflict.events import merge_sources
from geoconflict.events.extent import holds
from geoconflict.models import EventType, PlacePrecision

TOWN = place("Riverton", admin1="Valley")
OTHER_TOWN = place("Hilltown", 30.05, 10.05, admin1="Valley")
PROVINCE = place("Valley", precision=PlacePrecision.ADMIN1, radius_m=30_000.0, kind="admin1")
ARMY = (actor("Army A"),)


def at(where, outlet="One", **fields):
    values = {"actors": ARMY, "place": toponym(where.name) if where else None, **fields}
    return source(report(source=outlet), at=where, **values)


def sizes(*sources):
    return sorted(len(event.sources) for event in merge_sources(sources))


def test_a_report_of_the_province_supports_the_event_of_the_town_and_does_not_move_it():
    (event,) = merge_sources([at(PROVINCE), at(TOWN, "Two")])
    assert event.place == TOWN
    assert {one.source for one in event.sources} == {"One", "Two"}


def test_of_two_towns_none_is_chosen():
    assert sizes(at(PROVINCE), at(TOWN, "Two"), at(OTHER_TOWN, "Three")) == [1, 1, 1]


def test_what_fits_one_of_two_towns_alone_supports_it():
    figures = {"casualties": casualties(killed=count(7))}
    other = {"casualties": casualties(killed=count(40))}
    events = merge_sources([at(PROVINCE, **figures), at(TOWN, "Two", **figures), at(OTHER_TOWN, "Three", **other)])
    assert {(event.place.name, len(event.sources)) for event in events} == {("Riverton", 2), ("Hilltown", 1)}


@pytest.mark.parametrize(
    "other",
    [
        {"casualties": casualties(killed=count(3))},
        {"when": day(1)},
        {"actors": ()},
        {"actors": (actor("Army B"),)},
        {"actors": (actor("Army B"), actor("Army A", "target"))},
        {"event_type": EventType.BATTLES, "sub_event_type": "Armed clash"},
    ],
    ids=["figures", "day", "nothing agrees", "side", "sides reversed", "type"],
)
def test_what_contradicts_or_does_not_agree_stays_apart(other):
    town = at(TOWN, "Two", casualties=casualties(killed=count(9)))
    assert sizes(town, at(PROVINCE)) == [2]
    assert sizes(town, at(PROVINCE, **other)) == [1, 1]


def test_a_list_of_places_in_one_sentence_is_as_many_events():
    told = report("They shelled Riverton and Valley.")
    town = source(told, at=TOWN, mention_id="a", actors=ARMY)
    assert sizes(town, source(told, at=PROVINCE, mention_id="b", actors=ARMY)) == [1, 1]


def test_neither_a_country_nor_a_town_near_by_supports_anything():
    country = place("Land", precision=PlacePrecision.COUNTRY, radius_m=500_000.0, kind="country")
    assert sizes(at(country), at(TOWN, "Two")) == [1, 1]
    assert sizes(at(OTHER_TOWN), at(TOWN, "Two")) == [1, 1]


def test_near_a_town_supports_the_event_of_the_village_that_lies_there():
    near = place("Hilltown", 30.05, 10.05, precision=PlacePrecision.NEAR, radius_m=12_000.0)
    (event,) = merge_sources([at(near), at(TOWN, "Two")])
    assert event.place == TOWN


def test_a_telling_without_a_place_belongs_to_the_one_event_of_its_report():
    told = report("Shells hit Riverton. Rockets hit Hilltown. People died.")
    town = source(told, actors=ARMY)
    nowhere = source(told, at=None, place=None, trigger_start=44, start=42, end=50, actors=ARMY)
    hill = source(told, at=OTHER_TOWN, place=toponym("Hilltown"), trigger_start=30, start=21, end=41, actors=ARMY)
    assert sizes(town, nowhere) == [2]
    assert sizes(town, nowhere, hill) == [1, 1, 1]
    elsewhere = source(report("Others died."), at=None, place=None, actors=ARMY)
    assert sizes(town, elsewhere) == [1, 1]


SQUARE = "POLYGON ((29 9, 31 9, 31 11, 29 11, 29 9), (29.9 9.9, 30.1 9.9, 30.1 10.1, 29.9 10.1, 29.9 9.9))"


@pytest.mark.parametrize(
    ("vague", "lon", "lat", "inside"),
    [
        ({"geometry": SQUARE, "precision": PlacePrecision.AREA}, 30.5, 10.5, True),
        ({"geometry": SQUARE, "precision": PlacePrecision.AREA}, 30.0, 10.0, False),
        ({"geometry": SQUARE, "precision": PlacePrecision.AREA}, 31.5, 10.0, False),
        ({"precision": PlacePrecision.NEAR, "radius_m": 12_000.0}, 30.1, 10.0, True),
        ({"precision": PlacePrecision.NEAR, "radius_m": 10_000.0}, 30.1, 10.0, False),
        ({"precision": PlacePrecision.ADMIN1, "radius_m": 1.0, "name": "Valley"}, 30.5, 10.5, True),
        ({"precision": PlacePrecision.ADMIN1, "radius_m": 900_000.0, "name": "Coast"}, 30.0, 10.0, False),
        ({"precision": PlacePrecision.AREA, "radius_m": 900_000.0, "country": "XXB"}, 30.0, 10.0, False),
    ],
    ids=["in", "hole", "out", "within reach", "beyond reach", "its province", "another province", "another country"],
)
def test_what_lies_in_what(vague, lon, lat, inside):
    assert holds(place(**{"name": "Vague", **vague}), place("Riverton", lon, lat, admin1="Valley")) is inside


@pytest.mark.parametrize(("plover", "n_sources"), [("COERCE:curfew", [2]), ("COERCE:martial-law", [1, 1])])
def test_a_measure_without_a_place_supports_no_other_measure(plover, n_sources):
    measure = {"event_type": EventType.STRATEGIC, "sub_event_type": "Change to group/activity"}
    told = report()
    town = source(told, at=TOWN, actors=ARMY, place=toponym(TOWN.name), plover="COERCE:curfew", **measure)
    bare = source(told, at=None, actors=ARMY, place=None, plover=plover, trigger_start=20, trigger_end=24, **measure)
    assert sizes(town, bare) == n_sources
