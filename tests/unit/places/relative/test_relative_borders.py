"""Border phrases: whose border is meant, which line it is, and when it cannot be told."""

import datetime as dt

import pytest
import shapely
from relative_cases import placed

from geoconflict.geo import distance_m
from geoconflict.models import PlacePrecision
from geoconflict.places.countries import country_table
from geoconflict.places.relative.borders import border_between, crosses_border, names_border


@pytest.mark.parametrize(
    ("text", "surface", "names", "pair"),
    [
        ("Shots on the Armenian-Azerbaijani border.", "Armenian-Azerbaijani border", (), "ARM-AZE"),
        ("Shots on the border between Armenia and Azerbaijan.", "border", ("Armenia", "Azerbaijan"), "ARM-AZE"),
        ("Shots on the border of Armenia and Azerbaijan.", "border", ("Armenia", "Azerbaijan"), "ARM-AZE"),
        ("Shots on Armenia's border with Azerbaijan.", "border", ("Armenia", "Azerbaijan"), "ARM-AZE"),
        ("Shots on the Armenian border with Azerbaijan.", "Armenian border", ("Azerbaijan",), "ARM-AZE"),
        ("Shots along the Turkey-Syria border.", "border", ("Turkey", "Syria"), "SYR-TUR"),
        ("Shots along the Turkish–Syrian border.", "Turkish–Syrian border", (), "SYR-TUR"),
        ("Shots along the Indo-Pakistani border.", "Indo-Pakistani border", (), "IND-PAK"),
        ("Shots along the South Sudanese-Ugandan border.", "South Sudanese-Ugandan border", (), "SSD-UGA"),
        ("Shots along the frontier with Mali, said Niger.", "frontier", ("Mali", "Niger"), "MLI-NER"),
        ("Ethiopian troops fired near the Eritrean border.", "Eritrean border", (), "ERI-ETH"),
        ("They fled Bakhmut to the Russian border, Ukraine said.", "Russian border", ("Bakhmut", "Ukraine"), "RUS-UKR"),
        ("Iraqi forces fired near the border with Iran.", "border", ("Iran",), "IRN-IRQ"),
    ],
)
def test_whose_border_is_meant(text, surface, names, pair):
    one = placed(text, surface, *names)[surface]
    assert one.place is not None, one.reasons
    assert one.place.place_id == f"relative:border:{pair}"
    assert (one.place.kind, one.place.precision) == ("line", PlacePrecision.LINE)
    assert one.place.country is None
    assert any("de facto control" in reason for reason in one.reasons)


@pytest.mark.parametrize(
    ("text", "surface", "names", "why"),
    [
        ("Shots were fired near the Iranian border.", "Iranian border", (), "cannot be told"),
        ("Shots were fired near the border.", "border", (), "does not say whose"),
        ("Shots were fired on the Armenian-French border.", "Armenian-French border", (), "no land border"),
    ],
)
def test_what_cannot_be_told_has_no_place(text, surface, names, why):
    one = placed(text, surface, *names)[surface]
    assert one.place is None
    assert why in " ".join(one.reasons)


def test_the_neighbour_that_the_report_speaks_of_is_chosen():
    text = "Hadrut and Stepanakert were shelled. Shots were heard near the Iranian border."
    one = placed(text, "Hadrut", "Stepanakert", "Iranian border")["Iranian border"]
    assert one.place is not None
    assert one.place.place_id == "relative:border:AZE-IRN"
    assert one.score == pytest.approx(0.7)
    assert one.reasons[0] == "of the neighbours of Iran the report speaks of Azerbaijan"


def test_a_border_in_an_area_is_the_stretch_by_it():
    text = "They fought in Idlib province near the Turkish border, Syria said."
    one = placed(text, "Idlib province", "Turkish border", "Syria", on=dt.date(2020, 2, 20))["Turkish border"]
    assert one.place is not None
    assert one.place.place_id.startswith("relative:border:SYR-TUR:by:")
    whole = border_between("SYR", "TUR")
    assert whole is not None
    assert shapely.from_wkt(one.place.geometry).length < shapely.from_wkt(whole.wkt).length / 2


def test_a_town_by_a_border_is_the_town():
    one = placed("Hadrut, near the Iranian border, was shelled. Azerbaijan denied it.", "Hadrut", "Azerbaijan")[
        "Hadrut"
    ]
    assert one.place is not None
    assert one.place.place_id == "curated:hadrut"
    assert one.place.precision is PlacePrecision.TOWN
    assert any("near the Iranian border" in reason and "from that border" in reason for reason in one.reasons)


def test_so_far_from_a_border_is_a_band_along_it():
    one = placed("They fought 20 km from the Turkish-Syrian border.", "Turkish-Syrian border")["Turkish-Syrian border"]
    assert one.place is not None
    assert one.place.precision is PlacePrecision.AREA
    assert one.place.name == "within about 20 km of the Syria–Turkey border"
    assert shapely.from_wkt(one.place.geometry).is_valid


def test_a_border_that_the_gazetteer_names_is_its_line():
    one = placed("Shots were fired on the Israel-Lebanon border.", "Israel-Lebanon border", on=dt.date(2023, 10, 9))
    place = one["Israel-Lebanon border"].place
    assert place is not None
    assert place.place_id == "curated:blue-line"


def test_no_service_is_asked_for_a_border():
    from relative_cases import embedded, mentions

    from geoconflict.places import resolve

    asked = []

    def more(surface):
        asked.append(surface)
        return ()

    text = "Shots on the Armenian-Azerbaijani border by Qweryvan."
    toponyms = mentions(text, "Armenian-Azerbaijani border", "Qweryvan")
    resolve(toponyms, gazetteer=embedded(), text=text, more=more)
    assert asked == ["Qweryvan"]


# ---------------------------------------------------------------- the table
def test_the_table_holds_valid_lines_of_known_countries():
    from geoconflict.places.relative.borders import _table

    assert len(_table()) > 300
    for (a, b), border in _table().items():
        assert a < b
        assert {a, b} <= set(country_table())
        shape = shapely.from_wkt(border.wkt)
        assert shape.is_valid
        assert shape.length > 0


def test_borders_lie_where_they_should():
    border = border_between("IRN", "AZE")
    assert border is not None
    assert border == border_between("AZE", "IRN")
    apart = shapely.from_wkt(border.wkt).distance(shapely.Point(47.7, 39.65)) * 111
    assert apart < 15
    assert border_between("FRA", "ARM") is None
    korea = border_between("KOR", "PRK")
    assert korea is not None
    assert korea.is_disputed


def test_a_claim_inside_a_country_is_no_border():
    border = border_between("RUS", "UKR")
    assert border is not None
    isthmus = shapely.Point(33.7, 46.15)
    assert shapely.from_wkt(border.wkt).distance(isthmus) > 1


def test_crossing_a_border():
    assert crosses_border("SYR", (38.35, 36.85), (38.35, 37.05))
    assert not crosses_border("SYR", (38.35, 36.85), (38.35, 36.55))


def test_words_that_name_a_border():
    assert names_border("Iranian border")
    assert names_border("frontier")
    assert not names_border("Border Town")


def test_the_table_is_small(project_root):
    assert (project_root / "geoconflict/resources/places/borders.csv").stat().st_size < 400_000


def test_the_distance_of_hadrut_to_iran_is_told_right():
    one = placed("Hadrut, near the Iranian border, was shelled. Azerbaijan denied it.", "Hadrut", "Azerbaijan")[
        "Hadrut"
    ]
    (reason,) = [reason for reason in one.reasons if "from that border" in reason]
    said = int(reason.split("it lies ")[1].split(" km")[0])
    assert one.place is not None
    assert said == pytest.approx(distance_m(one.place.lon, one.place.lat, 47.0, 39.2) / 1000, abs=15)
