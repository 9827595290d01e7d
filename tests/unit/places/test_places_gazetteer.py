"""The gazetteer: a small one made on the spot, and the embedded one."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from geoconflict.errors import GazetteerError, InputError
from geoconflict.geo import Bounds
from geoconflict.models import PlacePrecision
from geoconflict.places.countries import country_table
from geoconflict.places.gazetteer import Candidate, Gazetteer
from geoconflict.places.gazetteer_format import (
    NAMES_FILE,
    PLACES_FILE,
    EntryName,
    GazetteerEntry,
    GazetteerFile,
    NameFlag,
    PostingShape,
    settlement_radius_m,
)
from geoconflict.places.gazetteer_tables import read_tables
from geoconflict.places.installing.writing import write_gazetteer
from geoconflict.places.names import fold
from geoconflict.places.spelling import bucket, skeleton_of_key

FEATURES = {
    "PPL": ["settlement", "town"],
    "ADM1": ["admin1", "admin1"],
    "PCL": ["country", "country"],
    "settlement": ["settlement", "town"],
}


def entry(place_id: str, *names: str, **columns: object) -> GazetteerEntry:
    flags = [NameFlag.PRIMARY] + [0] * (len(names) - 1)
    fields = {"lon": 10.0, "lat": 50.0, "feature": "PPL", "country": "XAA", "source": "made up", **columns}
    return GazetteerEntry(
        place_id=place_id,
        name=names[0],
        names=[EntryName(name, fold(name), flag) for name, flag in zip(names, flags, strict=True)],
        **fields,  # type: ignore[arg-type]
    )


def test_few_blocks_are_kept_and_all_rows_are_read(small, monkeypatch):
    whole = GazetteerFile(small)
    wanted = [whole.row(index) for index in range(whole.n_places)]
    monkeypatch.setattr("geoconflict.places.gazetteer_format.KEPT_BLOCKS", 2)
    bounded = GazetteerFile(small)
    for _ in range(2):
        assert [bounded.row(index) for index in range(bounded.n_places)] == wanted
        assert len(bounded._blocks) == 2
    assert len(whole._blocks) == 3


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gazetteer")
    entries = [
        entry("geonames:1", "Aland", feature="PCL", unit=""),
        entry("geonames:2", "Karmir", "Karmir Province", feature="ADM1", admin1="XA.1", unit="XA.1", population=90_000),
        entry("geonames:3", "Karmir", "Karmirabad", admin1="XA.1", population=40_000, lat=50.1),
        entry("geonames:4", "Karmir", country="XBB", population=500, lat=10.0),
        entry("geonames:5", "Sovet", "Karmir", country="XBB", population=3_000, lat=11.0),
        entry("geonames:6", "Al Bayr", country="XBB", historical=True, lat=12.0),
        *[entry(f"geonames:{n}", f"Village {n}", lon=n / 100, admin1="XA.1") for n in range(100, 400)],
    ]
    write_gazetteer(folder, entries, {"features": FEATURES, "attribution": ["Made up for a test."]})
    return folder


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("place_id", "admin1"),
    [
        ("curated:walikale", "North Kivu"),
        ("curated:kalehe", "South Kivu"),
        ("curated:minova", None),  # three kilometres from the edge of a generalised outline: not known
    ],
)
def test_a_curated_town_that_no_other_source_has_lies_in_the_unit_around_it(gazetteer, place_id, admin1):
    assert gazetteer.place(place_id).admin1 == admin1


def ids(candidates: tuple[Candidate, ...]) -> list[str]:
    return [one.place.place_id for one in candidates]


@pytest.mark.parametrize("code", sorted(country_table()))
def test_every_country_and_territory_of_iso_3166_is_there(gazetteer: Gazetteer, code: str) -> None:
    found = [one.place for one in gazetteer.lookup(country_table()[code].name)]
    assert any(
        one.kind in ("country", "admin1") and one.country in (code, "NOR") for one in found
    )  # Bouvet is Norway's


@pytest.mark.parametrize(
    ("name", "year", "code"),
    [("South West Africa", 1978, "NAM"), ("Nyasaland", 1959, "MWI"), ("British Honduras", 1960, "BLZ")],
)
def test_a_colony_is_known_by_the_name_of_its_time(gazetteer: Gazetteer, name: str, year: int, code: str) -> None:
    (land,) = (one for one in gazetteer.lookup(name, on=dt.date(year, 1, 1)) if one.place.kind == "country")
    assert land.place.country == code
    assert land.name_valid


# ---------------------------------------------------------------- the file
def test_what_was_written_is_read(small: Path) -> None:
    opened = Gazetteer.open(small)
    for number in (100, 227, 228, 399):
        place = opened.place(f"geonames:{number}")
        assert place is not None
        assert (place.name, place.lon, place.admin1) == (f"Village {number}", number / 100, "Karmir")
        assert opened.names(place.place_id) == (f"Village {number}",)
    assert opened.place("geonames:999") is None
    assert opened.names("geonames:999") == ()
    assert opened.attribution == ("Made up for a test.",)


# ---------------------------------------------------------------- towns of a map
def test_towns_of_a_box_come_by_population_without_what_is_no_town_there(small: Path, tmp_path: Path) -> None:
    opened = Gazetteer.open(small)
    towns = opened.towns_within(Bounds(9.0, 9.0, 11.0, 51.0))
    assert towns == [("Karmir", 10.0, 50.1, 40_000), ("Sovet", 10.0, 11.0, 3_000), ("Karmir", 10.0, 10.0, 500)]
    villages = opened.towns_within(Bounds(1.0, 50.0, 1.05, 50.0))
    assert [name for name, *_ in villages] == [f"Village {n}" for n in range(100, 106)]
    assert opened.towns_within(Bounds(-10.0, -10.0, -9.0, -9.0)) == []

    own = tmp_path / "own.csv"
    own.write_text("place_id,name,kind,lon,lat,population\nmine,Newtown,settlement,10.5,50.5,70000\n", "utf-8")
    with_own = Gazetteer.open(small, extra=[own]).towns_within(Bounds(9.0, 49.0, 11.0, 51.0))
    assert [name for name, *_ in with_own] == ["Newtown", "Karmir"]


def test_towns_of_the_embedded_gazetteer_are_current_towns(gazetteer: Gazetteer) -> None:
    towns = gazetteer.towns_within(Bounds(30.0, 50.0, 31.0, 51.0))
    assert towns[0][0] == "Kyiv"
    assert len({name for name, *_ in towns}) > 20


# ---------------------------------------------------------------- other spellings
def test_names_of_one_skeleton_are_found_the_most_alike_first(tmp_path: Path) -> None:
    names = ("Umm Ruwaba", "Umm Ruvaba", "Um Ruwabah", "Rumbek", "UMRW")
    entries = [entry(f"geonames:{number}", name) for number, name in enumerate(names, 1)]
    entries += [entry(f"geonames:{number}", f"Village {number}") for number in range(100, 400)]
    write_gazetteer(tmp_path, entries, {"features": FEATURES, "attribution": []})
    opened = Gazetteer.open(tmp_path, verify=True)
    found = opened.spelled_like("Um Ruwaba")
    assert {key for key, _ in found} == {"umm ruwaba", "umm ruvaba", "um ruwabah"}
    assert [likeness for _, likeness in found] == sorted((likeness for _, likeness in found), reverse=True)
    assert "umm ruwaba" not in {key for key, _ in opened.spelled_like("Umm Ruwaba")}
    assert opened.spelled_like("Gao") == ()


def test_users_names_are_found_in_other_spellings(small: Path, tmp_path: Path) -> None:
    table = tmp_path / "places.csv"
    table.write_text("place_id,name,lon,lat\nmine,Tessaal,1,2\n", "utf-8")
    assert [key for key, _ in Gazetteer.open(small, extra=[table]).spelled_like("Tessal")] == ["tessaal"]
    assert Gazetteer.open(small).spelled_like("Tessal") == ()


def test_every_name_of_the_embedded_gazetteer_is_in_the_bucket_of_its_skeleton(gazetteer: Gazetteer) -> None:
    file = gazetteer._file
    wanted = [skeleton_of_key(key) for key in itertools.islice(file.trie.iterkeys("ka"), 300)]
    for key, one in zip(itertools.islice(file.trie.iterkeys("ka"), 300), wanted, strict=True):
        assert not one or key in file.bucket(bucket(one, file.n_buckets()))


def test_a_file_of_an_earlier_version_knows_no_other_spellings(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geoconflict.places.gazetteer_format.GazetteerFile.n_buckets", lambda file: 0)
    assert Gazetteer.open(small).spelled_like("Karmeer") == ()


def test_the_order_of_entries_does_not_matter(small: Path, tmp_path: Path) -> None:
    entries = [entry("geonames:8", "Anav", "Zmar"), entry("geonames:7", "Zmar", "Anav"), entry("curated:x", "Zmar")]
    for name, rows in (("one", entries), ("two", entries[::-1])):
        (tmp_path / name).mkdir()
        write_gazetteer(tmp_path / name, rows, {"features": FEATURES, "attribution": []})
    for file in (NAMES_FILE, PLACES_FILE):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert Gazetteer.open(tmp_path / "one").fingerprint != Gazetteer.open(small).fingerprint


def test_two_places_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="geonames:8"):
        write_gazetteer(tmp_path, [entry("geonames:8", "A b"), entry("geonames:8", "C d")], {"features": FEATURES})


def test_a_missing_or_damaged_gazetteer_says_how_to_repair_it(small: Path, tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="reinstall"):
        Gazetteer.open(tmp_path)
    for file in (NAMES_FILE, PLACES_FILE):
        (tmp_path / file).write_bytes((small / file).read_bytes())
    (tmp_path / PLACES_FILE).write_bytes((small / PLACES_FILE).read_bytes()[:-10])
    with pytest.raises(GazetteerError, match="cut short"):
        Gazetteer.open(tmp_path)
    (tmp_path / PLACES_FILE).write_bytes(b"not a gazetteer at all")
    with pytest.raises(GazetteerError, match="not a gazetteer"):
        Gazetteer.open(tmp_path)


def test_opening_loads_no_numpy(small: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from geoconflict.places.gazetteer import Gazetteer;"
        f"Gazetteer.open(Path({str(small)!r})).lookup('Karmir');"
        "print(sorted({'numpy', 'pandas', 'shapely', 'spacy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# ---------------------------------------------------------------- ranking
def test_a_settlement_comes_before_the_unit_named_after_it(small: Path) -> None:
    found = Gazetteer.open(small).lookup("Karmir")
    assert ids(found) == ["geonames:3", "geonames:2", "geonames:4", "geonames:5"]
    assert [one.is_primary for one in found] == [True, True, True, False]


def test_an_admin_word_restricts_the_kind(small: Path) -> None:
    opened = Gazetteer.open(small)
    assert ids(opened.lookup("Karmir region")) == ["geonames:2"]
    assert ids(opened.lookup("town of Karmir")) == ["geonames:3", "geonames:4", "geonames:5"]
    assert ids(opened.lookup("Karmir Province")) == ["geonames:2"]


def test_the_article_is_left_out_only_when_nothing_else_fits(small: Path) -> None:
    opened = Gazetteer.open(small)
    assert ids(opened.lookup("Bayr")) == ["geonames:6"]
    assert ids(opened.lookup("el-Bayr")) == ["geonames:6"]
    assert opened.lookup("Bayr")[0].historical
    assert opened.lookup("Al Karmirabad") != ()


def test_a_place_of_another_kind_than_said_comes_with_half_its_prior(small: Path) -> None:
    opened = Gazetteer.open(small)
    (whole,), (half,) = opened.lookup("Sovet"), opened.lookup("Sovet lake")
    assert half.place == whole.place
    assert half.prior == whole.prior / 2


def test_what_explains_a_name_is_left_out(small: Path) -> None:
    opened = Gazetteer.open(small)
    assert ids(opened.lookup("Sovet (Bayr)")) == ["geonames:5"]
    assert ids(opened.lookup("Sovet, Aland")) == ["geonames:5"]
    assert ids(opened.lookup("the Sovet")) == ["geonames:5"]


def test_a_tiny_namesake_does_not_hold_a_region_back(tmp_path: Path) -> None:
    region = entry("geonames:2", "Darvan", feature="ADM1", admin1="XA.1", unit="XA.1", population=2_000_000)
    hamlet = entry("geonames:3", "Darvan", admin1="XA.1", population=300)
    write_gazetteer(tmp_path, [region, hamlet], {"features": FEATURES, "attribution": []})
    assert ids(Gazetteer.open(tmp_path).lookup("Darvan")) == ["geonames:2", "geonames:3"]


def test_what_nobody_bears_is_not_found(small: Path) -> None:
    opened = Gazetteer.open(small)
    for name in ("Nowhere", "", "...", "region", "Ստեփանակերտ"):
        assert opened.lookup(name) == ()


def test_containment_by_unit_country_and_disc(small: Path) -> None:
    opened = Gazetteer.open(small)
    country, unit, town, foreign = (opened.place(f"geonames:{n}") for n in (1, 2, 3, 4))
    assert None not in {country, unit, town, foreign}
    assert opened.is_within(town, unit)
    assert opened.is_within(town, country)
    assert not opened.is_within(foreign, unit)
    assert not opened.is_within(foreign, country)
    assert not opened.is_within(unit, town)
    assert not opened.is_within(unit, unit)


def test_radius_grows_with_population() -> None:
    radii = [settlement_radius_m(n) for n in (1, 10_000, 100_000, 1_000_000, 30_000_000)]
    assert radii == sorted(radii)
    assert (radii[0], radii[-1]) == (1000, 25_000)
    assert settlement_radius_m(0) == 1500


# ---------------------------------------------------------------- text
def surfaces(opened: Gazetteer, text: str, word: str, **more: object) -> list[str]:
    start = text.index(word)
    return [text[start : match.end] for match in opened.match_at(text, start, **more)]  # type: ignore[arg-type]


def test_names_in_text_longest_first(gazetteer: Gazetteer) -> None:
    text = "Fighting went on in Nagorno-Karabakh's south and at Deir al-Balah, Gaza Strip."
    assert surfaces(gazetteer, text, "Nagorno") == ["Nagorno-Karabakh"]
    assert surfaces(gazetteer, text, "Deir")[0] == "Deir al-Balah"
    assert surfaces(gazetteer, text, "Gaza") == ["Gaza Strip", "Gaza"]
    assert surfaces(gazetteer, text, "agorno") == []
    assert gazetteer.match_at(text, 10_000) == ()


def test_a_match_ends_with_a_word_and_never_crosses_a_sentence(gazetteer: Gazetteer) -> None:
    assert surfaces(gazetteer, "Homsville was quiet.", "Homs") == []
    assert surfaces(gazetteer, "They left Gaza. Strip searches followed.", "Gaza") == ["Gaza"]


def test_abbreviations_match_in_capitals_only(gazetteer: Gazetteer) -> None:
    text = "They told us that the U.S. and the DRC's army left."
    assert surfaces(gazetteer, text, "us") == []
    assert surfaces(gazetteer, text, "U.S.") == ["U.S."]
    assert surfaces(gazetteer, text, "DRC") == ["DRC"]


def test_a_match_tells_what_may_be_meant(gazetteer: Gazetteer) -> None:
    text = "Martuni was shelled."
    (match,) = gazetteer.match_at(text, 0)
    assert match.kinds == ("settlement",)
    assert {"ARM", "AZE"} <= set(match.countries)
    assert match.curated
    assert match.has_primary
    assert match.n_candidates >= 2


def test_a_place_that_does_not_exist_yet_does_not_match(gazetteer: Gazetteer) -> None:
    text = "Along the Donbas contact line it was quiet."
    assert surfaces(gazetteer, text, "Donbas", on=dt.date(2018, 5, 1))[0] == "Donbas contact line"
    assert "Donbas contact line" not in surfaces(gazetteer, text, "Donbas", on=dt.date(2023, 5, 1))


# ---------------------------------------------------------------- the embedded gazetteer
@pytest.mark.parametrize(
    ("name", "country", "lon", "lat"),
    [
        ("Khankendi", "AZE", 46.752, 39.815),
        ("Xocavənd", "AZE", 47.113, 39.795),
        ("Jebrail", "AZE", 47.028, 39.399),
        ("Suqovuşan", "AZE", 46.751, 40.326),
        ("Hadrut", "AZE", 47.032, 39.520),
        ("Khudafarin bridge", "AZE", 46.939, 39.150),
        ("Sevastopol", "UKR", 33.525, 44.617),
        ("Gorlovka", "UKR", 38.029, 48.303),
        ("Krasnoarmeysk", "UKR", 37.182, 48.282),
        ("Ein al-Arab", "SYR", 38.353, 36.891),
        ("Deir ez-Zour", "SYR", 40.141, 35.336),
        ("Shejaiya", "PSE", 34.470, 31.500),
        ("Tigray", "ETH", 38.8, 13.9),
        ("Bambari", "CAF", 20.667, 5.762),
        ("Hudaydah", "YEM", 42.954, 14.798),
        ("Kahemba", "COD", 19.001, -7.334),
        ("Heathrow Airport", "GBR", -0.461, 51.471),
        ("Middle Shabelle", "SOM", 45.97, 2.99),
        ("Slavonia", "HRV", 18.0, 45.4),
        ("France", "FRA", 2.0, 46.0),
        ("Washington", "USA", -77.036, 38.895),
        ("Maryland", "USA", -76.79, 39.05),
    ],
)
def test_names_that_war_reports_use(gazetteer: Gazetteer, name: str, country: str, lon: float, lat: float) -> None:
    place = gazetteer.lookup(name)[0].place
    assert place.country == country
    assert abs(place.lon - lon) < 0.1
    assert abs(place.lat - lat) < 0.1


@pytest.mark.parametrize(
    ("name", "place_id_or_kind"),
    [("Georgia", "country"), ("Niger", "country"), ("Mali", "country"), ("UK", "country"), ("Homs", "settlement")],
)
def test_the_kind_that_comes_first(gazetteer: Gazetteer, name: str, place_id_or_kind: str) -> None:
    assert gazetteer.lookup(name)[0].place.kind == place_id_or_kind


def test_both_martunis_are_candidates(gazetteer: Gazetteer) -> None:
    found = [one.place for one in gazetteer.lookup("Martuni")]
    assert {"ARM", "AZE"} <= {place.country for place in found}


def test_airport_codes_are_no_names(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Gao")[0].place.country == "MLI"
    assert not [one for one in gazetteer.lookup("GAO") if one.place.country == "CUB"]


def test_names_go_by_their_dates(gazetteer: Gazetteer) -> None:
    (old,) = [one for one in gazetteer.lookup("Artemivsk", on=dt.date(2014, 7, 1)) if one.place.name == "Bakhmut"]
    (late,) = [one for one in gazetteer.lookup("Artemivsk", on=dt.date(2022, 7, 1)) if one.place.name == "Bakhmut"]
    assert old.name_valid
    assert not late.name_valid
    assert late.prior < old.prior
    assert gazetteer.lookup("Zaire", on=dt.date(1995, 1, 1))[0].place.country == "COD"


@pytest.mark.parametrize("name", ["Artemivsk", "Zaire", "Sudan", "Russia", "Stepanakert"])
def test_what_was_asked_of_other_days_before_changes_no_answer(gazetteer: Gazetteer, name: str) -> None:
    days = [dt.date(year, 7, 1) for year in (2022, 1950, 1995, 2014, 2022)]
    alone = [Gazetteer.open().lookup(name, on=day) for day in days]
    assert [gazetteer.lookup(name, on=day) for day in days] == alone
    assert gazetteer.lookup(name) == Gazetteer.open().lookup(name)


def test_few_names_and_places_are_remembered_and_all_answers_stay(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["Martuni", "Martakert", "Stepanakert", "Kyiv", "Homs", "Obo", "Gaza Strip", "Baku"]
    answers = [(gazetteer.lookup(name), gazetteer.match_at(name, 0)) for name in names]
    for module in ("gazetteer", "gazetteer_rows"):
        monkeypatch.setattr(f"geoconflict.places.{module}.N_KEPT", 3)
    bounded = Gazetteer.open()
    for _ in range(2):
        assert [(bounded.lookup(name), bounded.match_at(name, 0)) for name in names] == answers
        for kept in (bounded._matches, bounded._rows._places, bounded._rows._details, bounded._candidates_of):
            assert len(kept) <= 3
    assert len(gazetteer._rows._places) > 3


def test_lines_and_areas_are_what_they_are(gazetteer: Gazetteer) -> None:
    line = next(one.place for one in gazetteer.lookup("line of contact") if one.place.country == "AZE")
    assert line.kind == "line"
    assert line.precision is PlacePrecision.LINE
    assert line.geometry.startswith("LINESTRING")
    assert (line.valid_from, line.valid_to) == (dt.date(1994, 5, 12), dt.date(2020, 11, 10))
    area = gazetteer.lookup("Nagorno-Karabakh")[0].place
    assert area.precision is PlacePrecision.REGION
    assert area.country == "AZE"
    assert gazetteer.contains(area, 46.752, 39.815)  # Stepanakert
    assert not gazetteer.contains(area, 46.361, 40.682)  # Ganja
    stepanakert = gazetteer.lookup("Stepanakert")[0].place
    assert gazetteer.is_within(stepanakert, area)


@pytest.mark.parametrize(
    "name",
    [
        "Line of Control", "Korean Demilitarized Zone", "Golan Heights", "Blue Line", "Green Line", "Gaza Strip",
        "West Bank", "Donbas", "Western Sahara berm", "Abkhazia", "South Ossetia", "Transnistria", "Crimea", "Darfur",
        "Kashmir", "Rakhine", "North Kivu", "UNDOF zone", "NKAO",
    ],
)  # fmt: skip
def test_conflict_lines_and_areas_have_a_shape(gazetteer: Gazetteer, name: str) -> None:
    assert any("LINESTRING" in one.place.geometry or "POLYGON" in one.place.geometry for one in gazetteer.lookup(name))


def test_a_replaced_id_leads_to_the_curated_row(gazetteer: Gazetteer) -> None:
    place = gazetteer.place("geonames:148105")
    assert place is not None
    assert place.place_id == "curated:hadrut"
    assert "Hadrut" in gazetteer.names("curated:hadrut")
    assert gazetteer.names("curated:stepanakert")[0] == "Stepanakert"
    assert "Khankendi" in gazetteer.names("curated:stepanakert")


def test_a_unit_that_has_been_split_reaches_as_far_as_its_name_did(gazetteer: Gazetteer) -> None:
    unit = next(one.place for one in gazetteer.lookup("Ouham") if one.place.kind == "admin1")
    assert unit.radius_m > 100_000


def test_a_name_is_known_without_what_stands_behind_it_in_parentheses(gazetteer: Gazetteer) -> None:
    names = [one.place.name for one in gazetteer.lookup("Rincón de Nicolás Romero")]
    assert names == ["Rincón de Nicolás Romero (Cedros Tercera Manzana)"]


def test_the_embedded_gazetteer_is_small_and_says_whose_it_is(gazetteer: Gazetteer) -> None:
    folder = Path(sys.modules["geoconflict"].__file__ or "").parent / "resources" / "gazetteer"
    size = sum((folder / file).stat().st_size for file in (NAMES_FILE, PLACES_FILE))
    assert 8_000_000 < size < 11_500_000
    assert any("GeoNames" in line and "CC BY 4.0" in line for line in gazetteer.attribution)


# ---------------------------------------------------------------- the user's own places
def test_the_users_places_join_in(small: Path, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text(
        "name,names,lon,lat,country,kind,radius_km,population,valid_from,source\n"
        "Post 17,Karmir|Post Seventeen@2020-01-01..2020-12-31,10.5,50.5,XAA,landmark,0.5,,2019-01-01,own survey\n",
        encoding="utf-8",
    )
    shapes = tmp_path / "mine.geojson"
    shapes.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Own line","kind":"line","valid_to":"2021-01-01"},'
        '"geometry":{"type":"LineString","coordinates":[[10,50],[10.5,50.25],[11,50]]}}]}',
        encoding="utf-8",
    )
    plain = Gazetteer.open(small)
    opened = Gazetteer.open(small, extra=[table, shapes])
    assert opened.fingerprint != plain.fingerprint
    first = opened.lookup("Karmir")[0]
    assert (first.place.place_id, first.curated, first.place.radius_m) == ("user:post-17", True, 500.0)
    assert first.place.valid_from == dt.date(2019, 1, 1)
    assert not opened.lookup("Post Seventeen", on=dt.date(2022, 1, 1))[0].name_valid
    line = opened.lookup("own line")[0].place
    assert (line.precision, line.lon, line.lat) == (PlacePrecision.LINE, 10.5, 50.25)
    assert line.geometry == "LINESTRING (10 50, 10.5 50.25, 11 50)"
    text = "They reached Own Line at dusk."
    assert [text[13 : match.end] for match in opened.match_at(text, 13)] == ["Own Line"]
    assert opened.place("user:post-17") is not None
    assert opened.names("user:post-17") == ("Post 17", "Karmir", "Post Seventeen")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name,lon,lat\nX,400,10\n", "not on the globe"),
        ("name,lon,lat\nX,ten,10\n", "'lon' must be a number"),
        ("name,lon,lat\nX,,\n", "has no position"),
        ("name,lon,lat,kind\nX y,1,1,planet\n", "'kind' must be one of"),
        ("name,lon,lat,country\nX y,1,1,Armenia\n", "'country' must be three capitals"),
        ("name,lon,lat,names\nX y,1,1,Z@soon..\n", "'names' must be"),
        ("name,lon,lat,valid_to\nX y,1,1,2020\n", "'valid_to' must be an ISO date"),
        ("name,latitude\nX,1\n", "unknown columns latitude"),
        ("title\nX\n", "unknown columns title"),
        ("name,geometry\nX y,POINT Z\n", "'geometry' must be WKT"),
        ("name,lon,lat\nX y,1,1\nX y,2,2\n", r"bad\.csv:3: the place_id .* is that of .*bad\.csv:2 too"),
        ("name,lon,lat\n...,1,1\n", "'name' must be"),
    ],
)
def test_an_unusable_row_is_named(small: Path, tmp_path: Path, content: str, message: str) -> None:
    table = tmp_path / "bad.csv"
    table.write_text(content, encoding="utf-8")
    with pytest.raises((InputError, GazetteerError), match=message):
        Gazetteer.open(small, extra=[table])


def test_an_unusable_file_is_named(small: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        Gazetteer.open(small, extra=[tmp_path / "absent.csv"])
    other = tmp_path / "places.xlsx"
    other.write_bytes(b"")
    with pytest.raises(InputError, match=r"\.xlsx"):
        Gazetteer.open(small, extra=[other])
    broken = tmp_path / "broken.geojson"
    broken.write_text('{"type": "Point"}', encoding="utf-8")
    with pytest.raises(InputError, match="FeatureCollection"):
        Gazetteer.open(small, extra=[broken])


# ---------------------------------------------------------------- damage, and files of other widths
def test_whole_files_are_compared_with_their_checksum(small: Path, tmp_path: Path) -> None:
    for file in (NAMES_FILE, PLACES_FILE):
        (tmp_path / file).write_bytes((small / file).read_bytes())
    Gazetteer.open(tmp_path, verify=True)
    for file in (NAMES_FILE, PLACES_FILE):
        good = (tmp_path / file).read_bytes()
        for at in range(len(good) // 2, len(good), max(1, len(good) // 40)):
            (tmp_path / file).write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
            with pytest.raises(GazetteerError, match="mend it so"):
                Gazetteer.open(tmp_path, verify=True, repair="mend it so")
        (tmp_path / file).write_bytes(good)


def test_the_embedded_gazetteer_fits_its_checksum() -> None:
    Gazetteer.open(verify=True)


def test_damage_that_was_not_looked_for_is_found_where_it_is_read(small: Path, tmp_path: Path) -> None:
    for file in (NAMES_FILE, PLACES_FILE):
        (tmp_path / file).write_bytes((small / file).read_bytes())
    whole = bytearray((small / PLACES_FILE).read_bytes())
    at = 12 + int.from_bytes(whole[8:12], "little")
    start = json.loads(whole[12:at])["sections"]["blocks"][0]
    whole[at + start + 5] ^= 0xFF
    (tmp_path / PLACES_FILE).write_bytes(bytes(whole))
    opened = Gazetteer.open(tmp_path)
    with pytest.raises(GazetteerError, match=r"places\.bin: damaged .*reinstall geoconflict"):
        opened.lookup("Karmir")


@pytest.mark.parametrize("header", [b"{", b"[]", b"{}", b'{"sections": 1}', b'{"sections": {}, "n_places": 3}'])
def test_a_header_that_cannot_be_used_is_damage(small: Path, tmp_path: Path, header: bytes) -> None:
    (tmp_path / NAMES_FILE).write_bytes((small / NAMES_FILE).read_bytes())
    magic = (small / PLACES_FILE).read_bytes()[:8]
    (tmp_path / PLACES_FILE).write_bytes(magic + len(header).to_bytes(4, "little") + header)
    with pytest.raises(GazetteerError, match="damaged"):
        Gazetteer.open(tmp_path)


def test_the_width_of_postings_follows_the_number_of_places() -> None:
    assert PostingShape.for_rows(131_071).n_bytes == 3
    assert PostingShape.for_rows(131_072).n_bytes == 4
    assert PostingShape.of(3).row_mask == (1 << 17) - 1
    with pytest.raises(ValueError, match="no more than"):
        PostingShape.for_rows(1 << 25)


def test_a_file_with_wide_postings_says_the_same(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        entry("geonames:2", "Karmir", "Karmir Province", feature="ADM1", admin1="XA.1", unit="XA.1"),
        *[entry(f"geonames:{n}", f"Village {n}", "Karmir", admin1="XA.1") for n in range(100, 400)],
    ]
    header = {"features": FEATURES, "attribution": []}
    write_gazetteer(tmp_path, entries, header)
    narrow = Gazetteer.open(tmp_path)
    wide_folder = tmp_path / "wide"
    wide_folder.mkdir()
    monkeypatch.setattr(PostingShape, "for_rows", lambda n_rows: PostingShape.of(4))
    assert write_gazetteer(wide_folder, entries, header)["posting_bytes"] == 4
    wide = Gazetteer.open(wide_folder, verify=True)
    for name in ("Karmir", "Village 227", "Karmir Province", "Village 399"):
        assert wide.lookup(name) == narrow.lookup(name)
    for place_id in ("geonames:2", "geonames:100", "geonames:399"):
        assert wide.names(place_id) == narrow.names(place_id)


def test_a_row_of_the_users_wins_over_a_large_place_of_its_name(tmp_path):
    table = tmp_path / "own.csv"
    table.write_text("name,kind,country,lon,lat\nParis,settlement,MLI,-5.0,15.0\n", encoding="utf-8")
    own = Gazetteer.open(extra=[table]).lookup("Paris")
    assert own[0].place.country == "MLI"
    assert own[0].prior > own[1].prior


def test_a_town_comes_before_its_new_districts():
    towns = Gazetteer.open().towns_within(Bounds(37.3, 46.9, 37.8, 47.3))
    assert towns[0][0] == "Mariupol"
    assert towns[1][3] > towns[0][3], "a district to which GeoNames gives more people"


def test_a_compound_name_is_the_town_abroad_whose_main_name_it_is_and_no_greater_towns(tmp_path):
    entries = [
        entry("geonames:1", "Aland", feature="PCL", unit=""),
        entry("geonames:2", "Karmir Unit", feature="ADM1", admin1="XA.1", unit="XA.1", population=900_000),
        entry("geonames:3", "Karmir", "Karmir-Bayr", "Karmir Karmir Unit", "Karmir-Sovet", population=900_000),
        entry("geonames:4", "Karmir-Bayr", country="XBB", population=900, lat=10.0),
        entry("geonames:5", "Karmir Karmir Unit", country="XBB", population=900, lat=12.0),
        entry("geonames:6", "Karmir-Sovet", country="XAA", population=900, lat=14.0),
        entry("geonames:7", "Bayr", "Karmir-Bayr", country="XCC", population=9_000, lat=16.0),
    ]
    write_gazetteer(tmp_path, entries, {"features": FEATURES, "attribution": ["Made up for a test."]})
    opened = Gazetteer.open(tmp_path)
    assert sorted(ids(opened.lookup("Karmir-Bayr"))) == ["geonames:4", "geonames:7"]
    assert "geonames:3" in ids(opened.lookup("Karmir Karmir Unit"))  # the name and its province
    assert "geonames:3" in ids(opened.lookup("Karmir-Sovet"))  # of one country


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Bilhorod-Dnistrovskyi", "UKR"),
        ("Belgorod", "RUS"),
        ("Bilhorod", "RUS"),
        ("Cologne", "DEU"),
        ("Seville", "ESP"),
    ],
)
def test_names_that_several_towns_bear_lead_to_the_one_that_news_means(name, country):
    assert Gazetteer.open().lookup(name)[0].place.country == country


def test_a_spelling_of_a_citys_name_is_its_name():
    city, town = (
        one
        for one in Gazetteer.open().lookup("Mykolaiv")
        if one.place.kind == "settlement" and one.place.name == "Mykolayiv"
    )
    assert city.place.population > 100_000 > town.place.population
    assert city.is_primary


def test_a_main_name_counts_more_against_a_name_that_a_city_is_only_also_called_by():
    lebanese, egyptian = (
        next(one for one in Gazetteer.open().lookup("Qana") if one.place.country == code) for code in ("LBN", "EGY")
    )
    assert egyptian.prior - lebanese.prior < 0.05  # a third of a decade of people: one is 25 times the other


@pytest.mark.parametrize(
    ("text", "lon"),
    [
        ("name;lon;lat;kind;country\nTarvanville;25,335;13,62;settlement;SDN\n", 25.335),
        ("name\tlon\tlat\tkind\tcountry\nTarvanville\t25.335\t13.62\tsettlement\tSDN\n", 25.335),
        ("name,lon,lat,kind,country\nTarvanville,25.335,13.62,settlement,SDN\n", 25.335),
    ],
)
def test_a_table_of_places_may_part_its_columns_as_spreadsheets_do(tmp_path, text, lon):
    table = tmp_path / "own.csv"
    table.write_text(text, encoding="utf-8")
    (row,) = read_tables(table, "user")
    assert (row.entry.name, row.entry.lon) == ("Tarvanville", lon)
