"""What a mention lies in, asked of what the text says: through unplaced places, and never more than once of each."""

import dataclasses

import pytest

from geoconflict.models import Place, PlacePrecision, Resolution, Toponym
from geoconflict.places.containers import container_of, outside_of
from geoconflict.places.context import TextContext, read_context
from geoconflict.places.groups import NameGroup, certain_candidate
from geoconflict.places.stated_containment import Containment

AREA = Place(
    place_id="x:area", name="Area", kind="admin2", lon=1.0, lat=2.0, radius_m=20_000.0, country="MLI",
    geometry="POINT (1.0 2.0)", precision=PlacePrecision.ADMIN2,
)  # fmt: skip


class CountedContext(TextContext):
    """Counts how often it is asked."""

    def links_into(self, mentions):
        calls.append(tuple(mentions))
        return TextContext.links_into(self, mentions)


calls: list[tuple[int, ...]] = []


def answer(index: int, place: Place | None = None) -> Resolution:
    return Resolution(
        toponym=Toponym(start=10 * index, end=10 * index + 5, surface="Xaban", score=0.9), place=place, score=0.5
    )


def link(inner: int, outer: int) -> Containment:
    return Containment(inner=inner, outer=outer, country=None, strength=1.0, phrase="Xaban in Xaban", binding=1.0)


def ask(links: list[Containment], own: dict[int, Resolution]) -> Resolution | None:
    calls.clear()
    group = NameGroup("Xaban", [0], [])
    context = CountedContext(
        containments=tuple(links), kinds=(frozenset(),) * len(own), kind_words=("",) * len(own), countries={}
    )
    return container_of(0, group, context, own, {})


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_an_unplaced_container_passes_the_question_on(steps):
    own = {n: answer(n, AREA if n == steps else None) for n in range(steps + 1)}
    assert ask([link(n, n + 1) for n in range(steps)], own) == own[steps]


def test_places_that_lie_in_each_other_answer_nothing():
    own = {n: answer(n) for n in range(3)}
    assert ask([link(0, 1), link(1, 2), link(2, 0), link(1, 0), link(0, 0)], own) is None


def test_of_hundreds_of_links_each_mention_is_asked_once():
    """A name that is repeated hundreds of times with commas between reads as each lying in the next."""
    n = 400
    own = {k: answer(k) for k in range(n)}
    assert ask([link(k, m) for k in range(n) for m in (k + 1, k + 2, k + 3) if m < n], own) is None
    assert len(calls) <= n + 1


def test_of_a_name_that_is_repeated_hundreds_of_times_the_mentions_around_tell():
    n = 400
    links = [link(k, n) for k in range(n)]
    own = {k: answer(k) for k in range(n)} | {n: answer(n, AREA)}
    group = NameGroup("Xaban", list(range(n)), [])
    context = CountedContext(
        containments=tuple(links[1:]), kinds=(frozenset(),) * (n + 1), kind_words=("",) * (n + 1), countries={}
    )
    calls.clear()
    assert container_of(0, group, context, own, {}) == own[n]  # by what is said of the next
    assert all(container_of(k, group, context, own, {}) == own[n] for k in range(n))
    assert max(map(len, calls)) <= 101


def _town(name: str, population: int, lat: float) -> Place:
    return Place(
        place_id=f"x:{name}", name=name, kind="settlement", lon=1.0, lat=lat, radius_m=1_000.0, country="MLI",
        geometry=f"POINT (1.0 {lat})", precision=PlacePrecision.TOWN, population=population,
    )  # fmt: skip


def _outside(phrase: str, inner: Place, *outer: Place, unit_word: str = "") -> float:
    said = Containment(inner=0, outer=1, country=None, strength=1.0, phrase=phrase, binding=1.0)
    shares = [1.0] + [0.0] * (len(outer) - 1)
    group = NameGroup("Yaban", [1], [certain_candidate(one, "Yaban") for one in outer], shares=shares)
    return outside_of(inner, said, {1: group}, lambda _inner, _outer: False, unit_word=unit_word)


def test_no_city_is_a_part_of_a_smaller_town():
    small, near, great = _town("Y", 2_000, 2.0), _town("X", 1_000, 20.0), _town("X", 90_000, 20.0)
    assert _outside("Xaban University of Yaban", near, small) == 1.0
    assert _outside("Xaban University of Yaban", great, small) == 0.0


def test_a_quarter_of_a_town_is_no_city_elsewhere_and_no_town_of_its_district():
    town, namesake, beyond = _town("Y", 2_000, 2.0), _town("X", 90_000, 20.0), _town("X", 1_000, 2.5)
    district = dataclasses.replace(AREA, lat=2.0, radius_m=60_000.0)
    assert _outside("Xaban quarter of Yaban", namesake, town) == 1.0
    assert _outside("Xaban quarter of Yaban", beyond, town, district) == 1.0
    assert _outside("Xaban quarter of Yaban", _town("X", 1_000, 2.1), town, district) == 0.0


def test_what_lies_north_of_a_town_is_in_no_district_of_its_name():
    district = dataclasses.replace(AREA, lat=2.0, radius_m=5_000.0)
    assert _outside("Xaban, north of Yaban", _town("X", 1_000, 4.0), _town("Y", 2_000, 2.0), district) == 0.0
    assert _outside("Xaban, Yaban", _town("X", 1_000, 4.0), _town("Y", 2_000, 2.0), district) == 1.0


def test_the_ground_around_a_hamlet_of_its_name_may_be_another_than_the_unit_that_is_meant():
    far = _town("X", 1_000, 20.0)
    assert _outside("Xaban, Yaban regency", far, _town("Y", 9_000, 2.0), unit_word="regency") == 1.0
    assert 0.0 < _outside("Xaban, Yaban regency", far, _town("Y", 0, 2.0), unit_word="regency") < 1.0


def test_what_lies_in_a_district_is_near_it_and_no_province():
    inside, outside = _town("X", 1_000, 2.3), _town("X", 1_000, 2.7)
    province = dataclasses.replace(AREA, place_id="x:province", kind="admin1", lat=3.0, radius_m=150_000.0)
    assert _outside("Xaban, Yaban", inside, AREA) == 0.0
    assert _outside("Xaban, Yaban", outside, AREA) == 1.0
    assert _outside("Xaban, Yaban", province, AREA) == 1.0


@pytest.mark.parametrize(
    ("text", "name", "town", "around"),
    [
        ("Raiders attacked the Golden Hotel in Xabanville at night.", "Golden Hotel", "Xabanville", True),
        ("A bomb went off by the Golden Hotel at the K9 crossroads in Xabanville.", "Golden Hotel", "Xabanville", True),
        ("A bomb went off by the Golden Hotel at a busy junction in Xabanville.", "Golden Hotel", "Xabanville", True),
        ("Shells fell on Hotel Aurora in Xabanville.", "Hotel Aurora", "Xabanville", True),
        # A town holds no towns: where such a place lies is not known.
        ("Raiders attacked Golden Hill in Xabanville at night.", "Golden Hill", "Xabanville", False),
        ("They fired from the Golden Hotel at men in Xabanville.", "Golden Hotel", "Xabanville", False),
    ],
)
def test_a_house_that_no_gazetteer_has_stands_in_the_town_that_the_text_says(text, name, town, around):
    settlement = dataclasses.replace(AREA, place_id="x:town", kind="settlement", precision=PlacePrecision.TOWN)
    names = [
        Toponym(start=text.index(one), end=text.index(one) + len(one), surface=one, score=0.9) for one in (name, town)
    ]
    own = {at: Resolution(toponym=one, place=settlement if at else None, score=0.9) for at, one in enumerate(names)}
    found = container_of(0, NameGroup(name, [0], []), read_context(text, names), own, {})
    assert found == (own[1] if around else None)


@pytest.mark.parametrize(
    ("text", "lying_in_it"),
    [
        ("They burned the villages of Xaban and Yaban in Zabanland.", [0, 1]),
        ("They burned the villages of Xaban, Waban and Yaban in Zabanland.", [0, 1]),
        ("They burned Xaban and Yaban in Zabanland.", [1]),
        ("They burned the villages of Xaban and shelled Yaban in Zabanland.", [1]),
    ],
)
def test_what_holds_the_last_of_several_villages_holds_them_all(text, lying_in_it):
    listed = ["Xaban", "Yaban", "Zabanland", *(["Waban"] if "Waban" in text else [])]
    names = [Toponym(start=text.index(one), end=text.index(one) + len(one), surface=one, score=0.9) for one in listed]
    links = read_context(text, names).containments
    assert (
        sorted(link.inner for link in links if link.outer == 2 and link.binding == 1.0 and link.inner < 2)
        == lying_in_it
    )


def hamlet_in(text: str, kind: str, *, people: int = 900, name: str = "Golden Hill") -> Place | None:
    """Return where `name` lies by the words of `text`: Xabanville is a town and a place of the kind."""
    town = dataclasses.replace(
        AREA, place_id="x:town", name="Xabanville", kind="settlement", precision=PlacePrecision.TOWN, radius_m=900.0,
        population=people, geometry="POINT (1 2)",
    )  # fmt: skip
    unit = dataclasses.replace(AREA, place_id="x:unit", kind=kind, lat=2.1)
    names = [
        Toponym(start=text.index(one), end=text.index(one) + len(one), surface=one, score=0.9)
        for one in (name, "Xabanville")
    ]
    own = {at: Resolution(toponym=one, place=town if at else None, score=0.9) for at, one in enumerate(names)}
    group = NameGroup("Xabanville", [1], [certain_candidate(one, "Xabanville") for one in (town, unit)])
    hamlet = NameGroup(name, [0], [])
    found = container_of(0, hamlet, read_context(text, names), own, {0: hamlet, 1: group})
    return found.place if found is not None else None


@pytest.mark.parametrize("kind", ["admin1", "admin2", "area"])
def test_a_hamlet_lies_in_the_unit_of_the_name_that_its_town_bears_too(kind):
    found = hamlet_in("In the hamlet of Golden Hill, Xabanville, rebels blew up a bridge.", kind)
    assert found is not None
    assert found.place_id == "x:unit"


def test_behind_a_comma_a_town_without_a_unit_stands_for_its_district():
    found = hamlet_in("Rebels blew up a bridge in Golden Hill, Xabanville, on Friday.", "settlement")
    assert found is not None
    assert (found.name, found.precision, found.radius_m) == ("Xabanville district", PlacePrecision.ADMIN2, 35_000.0)


def test_behind_a_comma_a_city_is_the_ground_around_it():
    found = hamlet_in("Rebels blew up a bridge in Belcan, Xabanville.", "settlement", people=400_000, name="Belcan")
    assert found is not None
    assert found.precision is PlacePrecision.NEAR


def test_an_unknown_area_of_a_city_lies_in_the_city():
    found = hamlet_in("Shells hit the Belcan area of Xabanville.", "settlement", people=400_000, name="Belcan")
    assert found is not None
    assert (found.name, found.precision) == ("Xabanville", PlacePrecision.TOWN)


def test_a_town_that_is_listed_stands_for_nothing_before_it():
    assert hamlet_in("Rebels blew up bridges in Golden Hill and Xabanville on Friday.", "settlement") is None
    assert hamlet_in("Rebels blew up bridges in Golden Hill, Xabanville and Redtown.", "settlement") is None


@pytest.mark.parametrize(
    ("text", "reach_m", "people", "expected"),
    [
        ("A bomb went off in the Belcan district of Xabanville.", 15_000.0, 900_000, "relative:x:town:in-belcan"),
        ("A bomb went off in the Belcan neighbourhood of Xabanville.", 90_000.0, 9_000, "relative:x:town:in-belcan"),
        ("A bomb went off in the Belcan district of Xabanville.", 90_000.0, 900_000, "x:unit"),
        ("A bomb went off in the Belcan district of Xabanville.", 15_000.0, 9_000, "x:unit"),
    ],
)
def test_the_district_of_a_city_that_is_its_province_lies_in_the_city(text, reach_m, people, expected):
    town = dataclasses.replace(
        AREA, place_id="x:town", kind="settlement", precision=PlacePrecision.TOWN, radius_m=8_000.0, population=people
    )
    unit = dataclasses.replace(
        AREA, place_id="x:unit", kind="admin1", precision=PlacePrecision.ADMIN1, radius_m=reach_m
    )
    names = [
        Toponym(start=text.index(one), end=text.index(one) + len(one), surface=one, score=0.9)
        for one in ("Belcan", "Xabanville")
    ]
    own = {at: Resolution(toponym=one, place=unit if at else None, score=0.9) for at, one in enumerate(names)}
    group = NameGroup("Xabanville", [1], [certain_candidate(one, "Xabanville") for one in (town, unit)])
    quarter = NameGroup("Belcan", [0], [])
    found = container_of(0, quarter, read_context(text, names), own, {0: quarter, 1: group})
    assert found is not None
    assert found.place is not None
    assert found.place.place_id == expected


def test_no_province_lies_in_another():
    province = dataclasses.replace(AREA, place_id="x:province", kind="admin1", lat=3.0, radius_m=150_000.0)
    other = dataclasses.replace(AREA, place_id="x:other", kind="admin1", lat=4.5, radius_m=90_000.0)
    assert _outside("Xaban district of Yaban", province, other) == 1.0
    assert _outside("Xaban district of Yaban", dataclasses.replace(province, kind="admin2"), other) == 0.0
