"""GeoNames' formats: rows that are kept, left out, broken; names and dates as they come."""

import pytest
from gazetteer_files import COMMON, country_zip, name_line, names_zip, place_line, zipped

from geoconflict.errors import InputError
from geoconflict.places.installing.dump_names import alternate_key, is_language, lenient_day, primary_keys, validity
from geoconflict.places.installing.geonames import (
    Tally,
    dump_features,
    read_alternates,
    read_feature_names,
    read_places,
    read_unit_codes,
)


@pytest.fixture
def read(tmp_path):
    def call(*lines):
        path = tmp_path / "LI.zip"
        path.write_bytes(country_zip("LI", lines))
        tally = Tally()
        return list(read_places(path, "LI", tally)), tally

    return call


def test_a_row_is_read(read):
    (place,), tally = read(place_line(7, "Neubrück", 9.5, 47.25, ascii_name="Neubrueck", units="01.07", population=80))
    assert (place.geonames_id, place.name, place.ascii_name) == (7, "Neubrück", "Neubrueck")
    assert (place.lon, place.lat, place.units, place.population) == (9.5, 47.25, "LI.01.07", 80)
    assert (tally.n_rows, tally.n_kept, tally.n_broken) == (1, 1, 0)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("too\tfew", "2 columns instead of 19"),
        (place_line(7, "A", 9, 47) + "\textra", "20 columns"),
        (place_line(7, "A", 9, 47).replace("7", "seven", 1), "no GeoNames id"),
        (place_line(7, "A", 190, 47), "longitude '190' is not on the globe"),
        (place_line(7, "A", 9, float("nan")), "latitude 'nan'"),
        (place_line(-3, "A", 9, 47), "no GeoNames id"),
        (place_line(99999999999, "A", 9, 47), "no GeoNames id"),
        (place_line(7, "  ", 9, 47), "name is empty"),
    ],
)
def test_a_broken_row_is_named_by_line_and_the_others_are_kept(read, line, what):
    places, tally = read(place_line(1, "Good", 9, 47), line, place_line(2, "Also good", 9, 47))
    assert [one.geonames_id for one in places] == [1, 2]
    assert tally.n_broken == 1
    assert "LI.txt:2: " in tally.broken[0]
    assert what in tally.broken[0]


def test_a_row_that_is_not_utf_8_is_broken(tmp_path):
    path = tmp_path / "LI.zip"
    good = place_line(1, "Good", 9, 47)
    path.write_bytes(zipped({"LI.txt": good.encode() + b"\n" + good.replace("Good", "B\xe4d").encode("latin-1")}))
    tally = Tally()
    assert len(list(read_places(path, "LI", tally))) == 1
    assert "LI.txt:2: not UTF-8 at byte" in tally.broken[0]


def test_kinds_without_use_are_left_out_and_counted(read):
    places, tally = read(
        place_line(1, "School", 9, 47, feature="S.SCH"),
        place_line(2, "School 2", 9, 47, feature="S.SCH"),
        place_line(3, "Nothing", 9, 47, feature="."),
        place_line(4, "Ridge", 9, 47, feature="T.RDGE"),
        place_line(5, "New kind of village", 9, 47, feature="P.PPLZ"),
    )
    assert [one.name for one in places] == ["Ridge", "New kind of village"]
    assert tally.left_out == {"S.SCH": 2, ".": 1}


@pytest.mark.parametrize(
    ("code", "past"),
    [("P.PPLQ", True), ("P.PPLW", True), ("P.PPLH", True), ("A.ADM2H", True), ("P.PPL", False), ("P.PPLCH", False)],
)
def test_places_of_the_past_are_known(code, past):
    assert dump_features()[code].is_past is past


def test_a_file_without_a_usable_row_is_refused(read, tmp_path):
    _, tally = read("junk", "more junk")
    with pytest.raises(InputError, match=r"none of its 2 rows can be used; first .*LI\.txt:1"):
        tally.check(tmp_path / "LI.zip")


def test_names_are_read_with_flags_and_dates(tmp_path):
    path = tmp_path / "LI.zip"
    path.write_bytes(names_zip("LI", [name_line(1, 7, "Mirov", "en", "ph", "1924", "2016"), "x\ty"]))
    tally = Tally()
    (name,) = read_alternates(path, "LI", tally)
    assert (name.geonames_id, name.text, name.language, name.since, name.until) == (7, "Mirov", "en", "1924", "2016")
    assert (name.is_preferred, name.is_colloquial, name.is_historic) == (True, False, True)
    assert tally.broken == ["LI.zip: LI.txt:2: 2 columns instead of 10"]


def test_unit_codes_and_features_are_read(tmp_path):
    for name, content in COMMON.items():
        (tmp_path / name).write_text(content)
    tally = Tally()
    assert read_unit_codes(tmp_path / "admin1CodesASCII.txt", {"LI"}, tally) == {"LI.01": 9000001}
    assert read_feature_names(tmp_path / "featureCodes_en.txt")["S.SCH"] == "school"
    with pytest.raises(InputError, match="none of its 3 rows"):
        read_unit_codes(tmp_path / "featureCodes_en.txt", {"LI"}, Tally())


# ---------------------------------------------------------------- which names
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Gao", "gao"), ("GAO", None), ("MRKT", None), ("Ao", None), ("mi luo fu", None), ("Baku", "baku"),
        ("Бахмут", "бахмут"), ("Ստեփանակերտ", "ստեփանակերտ"), ("حلب", "حلب"), ("巴库", "巴库"), ("!", None), ("12", None),
        ("x" * 300, None), ("N'Djaména", "ndjamena"),
    ],
)  # fmt: skip
def test_alternates_worth_keeping(text, key):
    assert alternate_key(text) == key


@pytest.mark.parametrize("code", ["", "en", "ukr", "zh-Hant", "sr_Latn", "az"])
def test_languages(code):
    assert is_language(code)


@pytest.mark.parametrize(
    "code", ["link", "post", "iata", "icao", "faac", "unlc", "wkdt", "phon", "piny", "abbr", "fr_1793"]
)
def test_pseudo_languages(code):
    assert not is_language(code)


def test_what_stands_before_a_comma_is_a_name_too():
    assert [key for key, _ in primary_keys("Mirov, Upland", population=0)] == ["mirov upland", "mirov"]


@pytest.mark.parametrize(("population", "keys"), [(99_999, []), (100_000, ["us"])])
def test_only_a_city_has_a_main_name_of_two_letters(population, keys):
    assert [key for key, _ in primary_keys("Us", population=population)] == keys
    assert [key for key, _ in primary_keys("Us, Oise", population=population)] == ["us oise", *keys]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1924", "1924-01-01", "1924-12-31"),
        ("2016-05-19", "2016-05-19", "2016-05-19"),
        ("20160519", "2016-05-19", "2016-05-19"),
        ("19.05.2016", "2016-05-19", "2016-05-19"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016-12", "2016-12-01", "2016-12-31"),
        ("2016-13", "2016-01-01", "2016-12-31"),
        ("2016-02-31", "2016-02-01", "2016-02-29"),
        ("ca. 1924?", "1924-01-01", "1924-12-31"),
        ("May 1924", "1924-01-01", "1924-12-31"),
        ("0000-01", None, None),
        ("500 BC", None, None),
        ("1200 B.C.", None, None),
        ("long ago", None, None),
        ("", None, None),
        ("123456789", None, None),
    ],
)
def test_dates_are_read_leniently(text, first, last):
    assert (lenient_day(text, last=False), lenient_day(text, last=True)) == (first, last)


def test_dates_that_contradict_each_other_are_none():
    assert validity("2016", "1924") == (None, None)
    assert validity("1924", "") == ("1924-01-01", None)
