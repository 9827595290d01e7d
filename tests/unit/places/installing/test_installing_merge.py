"""What is found after an installation: merged with the embedded gazetteer, by rule."""

import datetime as dt

import pytest
from data_folders import MIROV, DataFolder, ids
from gazetteer_files import COMMON, LI_NAMES, LI_PLACES, country_zip, li_files, name_line, names_zip, place_line, site

from geoconflict.places.gazetteer import Gazetteer
from geoconflict.places.installing.merge_finish import unit_radius_m

pytestmark = pytest.mark.slow  # the real embedded gazetteer is merged, once

UA = {
    "admin1CodesASCII.txt": COMMON["admin1CodesASCII.txt"],
    "admin2Codes.txt": "UA.05.1402\tBakhmut Raion\tBakhmut Raion\t9100001\n",
    "featureCodes_en.txt": COMMON["featureCodes_en.txt"],
    "UA.zip": country_zip(
        "UA",
        [
            place_line(713174, "Bakhmut", 37.99, 48.59, units="05.1402", country="UA", population=70000),
            place_line(9100001, "Bakhmut Raion", 38.1, 48.6, feature="A.ADM2", units="05.1402", country="UA"),
            place_line(9100002, "Ivanhrad", 38.05, 48.53, units="05.1402", country="UA", population=800),
            place_line(9100003, "Bakhmut", 38.01, 48.60, units="05.1402", country="UA"),  # entered twice
            place_line(709717, "Donetsk", 37.8, 48.0, feature="P.PPLA", units="05.1408", country="UA", population=0),
        ],
    ),
    "alternatenames/UA.zip": names_zip(
        "UA",
        [
            name_line(1, 713174, "Бахмут", "uk", "p", since="2016"),
            name_line(2, 713174, "Артемівськ", "uk", "h", since="1924", until="2016"),
            name_line(3, 9100001, "Бахмутський район", "uk", "p"),
        ],
    ),
}


STEG = (
    place_line(9000200, "Steg", 9.5, 47.1, feature="T.HLL"),
    place_line(9000201, "Steg", 9.5, 47.1),
    place_line(9000202, "Steg", 9.5, 47.1, feature="H.STM"),
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """LI and UA, merged with the real embedded gazetteer."""
    folder = tmp_path_factory.mktemp("installed")
    place = DataFolder(folder)
    both = {
        **li_files(),
        **UA,
        "admin2Codes.txt": COMMON["admin2Codes.txt"] + UA["admin2Codes.txt"],
        "LI.zip": country_zip("LI", [*LI_PLACES, *STEG]),
        "alternatenames/LI.zip": names_zip("LI", [*LI_NAMES, name_line(99, 3042058, "Лихтенштейн", "ru", "p")]),
    }
    place.install("LI", "UA", source=site(folder / "copies", both))
    return place


@pytest.fixture(scope="module")
def opened(installed):
    return installed.open()


@pytest.fixture(scope="module")
def embedded():
    return Gazetteer.open()


# ---------------------------------------------------------------- what is found afterwards
def test_all_that_the_embedded_gazetteer_has_is_still_there(opened, embedded):
    # LI: 13 rows, a school is left out and the country was there; UA: one new, one is the curated town once more
    assert len(opened) == len(embedded) + 11 + 1
    for name in ("Stepanakert", "Martuni", "Tigray", "United States", "line of contact"):
        before, after = embedded.lookup(name), opened.lookup(name)
        assert [(one.place, one.is_primary, one.prior) for one in after] == [
            (one.place, one.is_primary, one.prior) for one in before
        ]
    assert opened.place("geonames:713174").place_id == "curated:bakhmut"  # ids that lead elsewhere still do
    assert opened.names("curated:stepanakert") == embedded.names("curated:stepanakert")
    assert opened.fingerprint != embedded.fingerprint


def test_a_settlement_lies_in_its_units_and_they_reach_as_far_as_their_settlements(opened):
    place = opened.place(MIROV)
    assert (place.admin1, place.admin2, place.country, place.population) == ("Upland", "Mirov District", "LIE", 4200)
    district, province = opened.place("geonames:9000010"), opened.place("geonames:9000001")
    assert 5_000 <= district.radius_m < 10_000
    assert district.population == 4500
    assert opened.is_within(place, district)
    assert opened.is_within(place, province)
    assert opened.place("geonames:9000104").admin2 is None


@pytest.mark.parametrize(
    ("name", "place_id", "kind", "precision"),
    [
        ("Kahlenkopf", "geonames:9000103", "landmark", "exact"),
        ("Samina", "geonames:9000104", "water", "area"),
        ("Upland province", "geonames:9000001", "admin1", "admin1"),
        ("Mirov district", "geonames:9000010", "admin2", "admin2"),
        ("Alt-Tornau", "geonames:9000102", "settlement", "town"),
    ],
)
def test_kinds_of_places(opened, name, place_id, kind, precision):
    found = opened.lookup(name)[0]
    assert (found.place.place_id, found.place.kind, found.place.precision) == (place_id, kind, precision)


def test_a_hill_or_a_stream_comes_after_the_village_of_its_name(opened):
    found = [one for one in opened.lookup("Steg") if one.place.country == "LIE"]
    assert ids(found) == ["geonames:9000201", "geonames:9000200", "geonames:9000202"]


def test_abandoned_places_are_flagged(opened):
    (found,) = opened.lookup("Alt-Tornau")
    assert found.historical
    assert found.feature == "PPLQ"
    assert not opened.lookup("Tornau")[0].historical


@pytest.mark.parametrize("name", ["Миров", "МИРОВ", "Միրով", "ميروف", "مِيرُوف", "ميـروف"])
def test_names_in_other_scripts_are_found(opened, name):
    assert ids(opened.lookup(name)) == [MIROV]


def test_a_preferred_name_in_another_script_is_a_main_name(opened):
    assert opened.lookup("Миров")[0].is_primary
    assert not opened.lookup("Միրով")[0].is_primary
    assert not opened.lookup("Tornova")[0].is_primary


@pytest.mark.parametrize(
    "name", ["MRV", "MIRO", "https://example.org/mirov", "Q0", "mi luo fu", "Mirow", "Volksschule"]
)
def test_codes_links_and_machine_names_are_not_names(opened, name):
    assert MIROV not in ids(opened.lookup(name))


@pytest.mark.parametrize(
    ("on", "old", "new"),
    [
        (dt.date(2015, 6, 1), True, False),
        (dt.date(2016, 6, 1), True, True),  # the dates are of years, so that year counts for both
        (dt.date(2017, 1, 1), False, True),
        (dt.date(1923, 12, 31), False, False),
        (None, True, True),
    ],
)
def test_names_are_valid_within_their_dates(opened, on, old, new):
    assert opened.lookup("Krasnomirsk", on=on)[0].name_valid is old
    assert next(one for one in opened.lookup("Mirov", on=on) if one.place.place_id == MIROV).name_valid is new


def test_names_are_found_in_running_text(opened):
    text = "Shelling hit Krasnomirsk, and Kahlenkopf too. Обстріляно Миров."
    ends = {text[at : opened.match_at(text, at)[0].end] for at in range(len(text)) if opened.match_at(text, at)}
    assert {"Krasnomirsk", "Kahlenkopf", "Миров"} <= ends


def test_the_country_itself_gains_names_and_keeps_its_kind(opened, embedded):
    assert opened.lookup("Лихтенштейн")[0].place == embedded.lookup("Liechtenstein")[0].place


# ---------------------------------------------------------------- merging with what is embedded


def test_a_curated_row_stays_as_it_is_and_gains_names(opened, embedded):
    for place_id in ("curated:bakhmut", "geonames:713174", "geonames:9100003"):
        assert opened.place(place_id) == embedded.place("curated:bakhmut")
    assert ids(opened.lookup("Бахмут")) == ["curated:bakhmut"]
    assert [one.place.place_id for one in opened.lookup("Bakhmut") if one.place.kind == "settlement"] == [
        "curated:bakhmut"
    ]


@pytest.mark.parametrize(
    ("name", "early", "late"),
    [("Artemivsk", True, False), ("Артемівськ", True, False), ("Бахмут", False, True)],
)
def test_a_town_was_called_otherwise_before_its_date(opened, name, early, late):
    for year, valid in ((2015, early), (2020, late)):
        found = opened.lookup(name, on=dt.date(year, 1, 1))
        assert next(one for one in found if one.place.place_id == "curated:bakhmut").name_valid is valid


def test_a_second_level_unit_is_the_embedded_one(opened, embedded):
    unit = embedded.place("geonames-admin2:UA.05.1402")
    assert opened.place("geonames:9100001") == unit
    assert ids(opened.lookup("Бахмутський район")) == [unit.place_id]
    assert opened.place("geonames:9100002").admin2 == "Bakhmut Raion"


def test_columns_are_updated_and_an_unknown_population_is_not(opened, embedded):
    place = opened.place("geonames:709717")
    assert (place.lon, place.lat) == (37.8, 48.0)
    assert place.population == embedded.place("geonames:709717").population > 0


def test_what_the_newest_dump_lacks_is_kept_and_flagged(opened):
    found = next(one for one in opened.lookup("Kharkiv") if one.place.kind == "settlement" and not one.curated)
    assert found.historical
    assert not next(one for one in opened.lookup("Warsaw") if one.place.country == "POL").historical


def test_a_unit_reaches_as_far_as_nine_tenths_of_its_points():
    east = [(lon / 10, 0.0) for lon in range(1, 11)]
    assert unit_radius_m(0.0, 0.0, east, least=1_000.0) == pytest.approx(0.9 * 111_195, rel=0.01)
    assert unit_radius_m(0.0, 0.0, east, least=200_000.0) == 200_000
    assert unit_radius_m(0.0, 0.0, [], least=1_000.0) == 1_000
    assert unit_radius_m(0.0, 0.0, [], least=1_000.0, default=5_000.0) == 5_000
