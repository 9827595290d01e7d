"""What must hold of relative places anywhere on Earth, the antimeridian and the poles included."""

import re

import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tiny_gazetteer import TinyGazetteer

from geoconflict.geo import bearing_deg, distance_m, offset
from geoconflict.models import Place, PlacePrecision, Resolution, Role, Toponym
from geoconflict.places import Found, Geocoder, NotFound
from geoconflict.places.relative.geometry import corridor
from geoconflict.places.relative.grammar import Telling, patterns, tables
from geoconflict.places.relative.placing import place_relatives

RANK = {precision: rank for rank, precision in enumerate(PlacePrecision)}
WINDS = {"north": 0, "north-east": 45, "east": 90, "south-east": 135, "south": 180, "southwest": 225, "west": 270, "northwest": 315}  # fmt: skip

lons = st.one_of(st.floats(-180, 180), st.floats(179, 180), st.floats(-180, -179))
lats = st.one_of(st.floats(-89.9, 89.9), st.floats(85, 89.9), st.floats(-89.9, -85))
KINDS = {
    "settlement": PlacePrecision.TOWN,
    "landmark": PlacePrecision.EXACT,
    "admin2": PlacePrecision.ADMIN2,
    "admin1": PlacePrecision.ADMIN1,
    "area": PlacePrecision.REGION,
    "country": PlacePrecision.COUNTRY,
}


@st.composite
def anchors(draw, name: str, kinds=tuple(KINDS)) -> Place:
    kind = draw(st.sampled_from(kinds))
    lon, lat = round(draw(lons), 5), round(draw(lats), 5)
    radius_m = draw(st.integers(0, 15_000 if kind in ("settlement", "landmark") else 400_000))
    return Place(
        place_id=f"test:{name.lower()}", name=name, lon=lon, lat=lat, geometry=f"POINT ({lon:.5f} {lat:.5f})",
        kind=kind, precision=KINDS[kind], radius_m=float(radius_m), country=None, source="test",
    )  # fmt: skip


def answers_for(text: str, places: dict[str, Place]) -> list[Resolution]:
    return [
        Resolution(
            toponym=Toponym(start=one.start(), end=one.end(), surface=one.group(), score=0.9, role=Role.EVENT_PLACE),
            place=places[one.group()],
            score=0.9,
            reasons=("set by the test",),
        )
        for one in re.finditer("|".join(places), text)
    ]


@given(anchors("Riverton", ("settlement", "landmark")), st.integers(1, 200), st.sampled_from(sorted(WINDS)))
@settings(max_examples=200, deadline=None)
def test_a_point_lies_at_the_distance_and_in_the_direction_asked_for(anchor, km, wind):
    text = f"They fought {km} km {wind} of Riverton."
    (one,) = place_relatives(answers_for(text, {"Riverton": anchor}), text, gazetteer=TinyGazetteer())
    place = one.place
    assert place is not None
    assert abs(distance_m(anchor.lon, anchor.lat, place.lon, place.lat) - 1000 * km) < 5
    expected = offset(anchor.lon, anchor.lat, distance_m=1000 * km, bearing_deg=WINDS[wind])
    assert distance_m(*expected, place.lon, place.lat) < 5
    assert place.radius_m >= anchor.radius_m - 1
    assert RANK[place.precision] >= RANK[PlacePrecision.NEAR]


@given(anchors("Riverton", ("settlement", "landmark")), st.integers(301, 10**12), st.sampled_from(sorted(WINDS)))
@settings(max_examples=50, deadline=None)
def test_what_is_too_far_to_count_makes_no_place(anchor, km, wind):
    text = f"They fought {km} km {wind} of Riverton."
    (one,) = place_relatives(answers_for(text, {"Riverton": anchor}), text, gazetteer=TinyGazetteer())
    assert one.place is None
    assert any("too far to count" in reason for reason in one.reasons)


PHRASES = st.sampled_from(
    [
        "They fought 10 km north of Riverton and Hilltown.",
        "They fought a few miles outside Riverton, not Hilltown.",
        "They fought within 20 km of Riverton; Hilltown was calm.",
        "They fought north of Riverton and near Hilltown.",
        "They fought just east of Riverton, in the Hilltown direction.",
        "They fought between Riverton and Hilltown.",
        "They fought on the road from Riverton to Hilltown.",
        "They fought on the Riverton-Hilltown highway.",
        "They fought in northern Riverton and the south of Hilltown.",
        "They fought on the northern outskirts of Riverton and on Hilltown's outskirts.",
        "They shelled Riverton, 30 km north of Hilltown.",
        "They fought in the Riverton area, in the vicinity of Hilltown.",
    ]
)


@given(PHRASES, anchors("Riverton"), anchors("Hilltown"))
@settings(max_examples=400, deadline=None)
def test_nothing_is_sharper_than_its_anchor_and_all_of_it_is_valid(text, first, second):
    places = {"Riverton": first, "Hilltown": second}
    before = answers_for(text, places)
    after = place_relatives(before, text, gazetteer=TinyGazetteer())
    assert [one.toponym for one in after] == [one.toponym for one in before]
    for one in after:
        place, anchor = one.place, places[one.toponym.surface]
        if place is None:  # on a road across a continent, which is at neither end of it
            assert re.search("road|highway", text)
            assert distance_m(first.lon, first.lat, second.lon, second.lat) > 1_000_000
            continue
        assert RANK[place.precision] >= RANK[anchor.precision]
        assert one.score <= 0.9
        assert place.radius_m >= 0
        assert -180 <= place.lon <= 180
        assert -90 <= place.lat <= 90
        shape = shapely.from_wkt(place.geometry)
        assert shape.is_valid
        assert not shape.is_empty
        west, south, east, north = shape.bounds
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90
        # A stand-in for a namesake far away is counted from the other name.
        counted_from = anchor if anchor.place_id in place.place_id else places["Hilltown"]
        if place.place_id != counted_from.place_id and ":part-" not in place.place_id:
            assert place.radius_m >= counted_from.radius_m - 1
        assert Place.from_dict(place.to_dict()) == place


@given(PHRASES, anchors("Riverton"), anchors("Hilltown"))
@settings(max_examples=150, deadline=None)
def test_doing_it_twice_changes_no_place(text, first, second):
    places = {"Riverton": first, "Hilltown": second}
    once = place_relatives(answers_for(text, places), text, gazetteer=TinyGazetteer())
    twice = place_relatives(once, text, gazetteer=TinyGazetteer())
    assert [one.place for one in twice] == [one.place for one in once]


@given(lons, st.floats(-70, 70), st.integers(2, 250), st.floats(0, 360), st.integers(1, 20))
@settings(max_examples=150, deadline=None)
def test_a_corridor_holds_both_ends_and_the_middle(lon, lat, km, bearing, half_km):
    end = offset(lon, lat, distance_m=1000 * km, bearing_deg=bearing)
    wkt = corridor([(lon, lat), end], half_width_m=1000 * half_km)
    assert wkt is not None
    shape = shapely.from_wkt(wkt)
    assert shape.is_valid
    way = bearing_deg(lon, lat, *end)
    for share in (0.01, 0.5, 0.99):
        x, y = offset(lon, lat, distance_m=1000 * km * share, bearing_deg=way)
        assert shape.distance(shapely.Point(x, y)) < 0.005


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_without_harm(noise):
    places = {"Riverton": Place(
        place_id="test:riverton", name="Riverton", lon=30.0, lat=10.0, geometry="POINT (30 10)", kind="settlement",
        precision=PlacePrecision.TOWN, radius_m=2000.0,
    )}  # fmt: skip
    text = f"{noise} Riverton {noise}"
    for one in place_relatives(answers_for(text, places), text, gazetteer=TinyGazetteer()):
        assert one.place is not None
        assert one.score == 0.9 or one.reasons[0].startswith("the text says")


words = st.sampled_from(
    ["10", "km", "miles", "north", "northern", "of", "from", "between", "and", "to", "road", "near", "outskirts", "border", "the",
     "Tessal", "Mali", "Niger", "Anderam", "Xyzzytown", "town", "-", ",", "(", ")", "in", "area", "east", "within", "line"]
)  # fmt: skip


@given(st.lists(words, min_size=1, max_size=9))
@settings(max_examples=300, deadline=None)
def test_any_name_is_answered_and_what_is_counted_from_a_place_is_never_that_place(parts):
    name = " ".join(parts)
    answer = Geocoder(TinyGazetteer()).geocode(name)
    if isinstance(answer, Found) and re.fullmatch(r"10 (?:km|miles) north (?:of|from) \w+", name):
        assert answer.place.place_id.startswith("relative:")
    assert isinstance(answer, Found | NotFound)


PIECES = [
    *(word for name in ("units", "numbers", "near") for phrase in tables()[name] for word in (phrase, phrase.upper())),
    *(
        "north",
        "South-Easternmost",
        "west",
        "the",
        "of",
        "from",
        "outside",
        "to",
        "town",
        "suburbs",
        "outskirts",
        "parts",
    ),
    *("12", "1,500", "-", "K\u0130LOMETRES", "m\u0131les", "\u212am", "\u017fouth", "it\u2019s", "era"),
]


@example([("ten", ""), ("km", " "), ("from", " ")])
@example([("two", " "), ("hundred", ""), ("miles", " "), ("off", " ")])
@example([("12", " "), ("K\u0130LOMETRES", " "), ("from", " ")])
@example([("12", " "), ("m\u0131nutes", " "), ("from", " ")])
@example([("\u017fouth", " "), ("of", " ")])
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", " ", "", "-", "\n"])), max_size=12))
@settings(max_examples=1000, deadline=None)
def test_what_a_pattern_finds_was_told_before(pieces):
    before = "".join(piece + gap for piece, gap in pieces)
    told, known = Telling(before), patterns()
    for pattern in (known.side, known.edge, known.part):
        assert told.has_direction() or pattern.search(before) is None
    assert told.has_nearness() or known.near.search(before) is None
    assert told.has_distance() or known.offset.search(before) is None
