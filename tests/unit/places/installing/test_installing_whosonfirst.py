"""Who's On First bundles: what is kept, how it is merged, in all the forms they come in."""

import datetime as dt
import json

import pytest
from data_folders import MIROV, NOW, DataFolder, ids, small_embedded
from gazetteer_files import country_zip, li_files, name_line, names_zip, place_line, site, wof_record, wof_tar, zipped
from loopback import serving

from geoconflict.places.installing.geonames import Tally
from geoconflict.places.installing.whosonfirst import read_records


@pytest.fixture(autouse=True, scope="module")
def _small_embedded(tmp_path_factory):
    with small_embedded(tmp_path_factory.mktemp("embedded")):
        yield


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    return site(tmp_path_factory.mktemp("copies"), li_files())


WOF = [
    wof_record(101, "Mirov", 9.53, 47.14, **{"wof:concordances": {"gn:id": 9000100},
               "name:eng_x_variant": ["Mirova"], "name:kat_x_preferred": ["მიროვი"], "name:zho_x_preferred": "米罗夫"}),
    wof_record(102, "Hinterwald", 9.57, 47.16, **{"name:eng_x_preferred": ["Hinterwald"], "name:eng_x_variant": ["Back Wood"],
               "edtf:inception": "1950-03", "edtf:cessation": "2019~", "wof:hierarchy": [{"region_id": 103}]}),
    wof_record(103, "Upland", 9.5, 47.2, **{"wof:placetype": "region", "wof:concordances": {"gn:id": 9000001}}),
    wof_record(104, "Oldville", 9.5, 47.2, **{"edtf:deprecated": "2020-01-01"}),
    wof_record(105, "Twinville", 9.5, 47.2, **{"wof:superseded_by": [106]}),
    wof_record(107, "Main Street", 9.5, 47.2, **{"wof:placetype": "address"}),
    wof_record(108, "Elsewhere", 15.0, 50.0, **{"wof:country": "CZ"}),
    wof_record(109, "Nowhere", 0, 0),
    wof_record(110, "Sunken", 9.51, 47.21, **{"mz:is_current": 0}),
]  # fmt: skip


def check_whosonfirst(place, report):
    opened = place.open()
    assert ids(opened.lookup("Mirova")) == ids(opened.lookup("მიროვი")) == ids(opened.lookup("米罗夫")) == [MIROV]
    (found,) = opened.lookup("Hinterwald")
    assert found.place.place_id == "whosonfirst:102"
    assert (found.place.admin1, found.place.country) == ("Upland", "LIE")
    assert (found.place.valid_from, found.place.valid_to) == (dt.date(1950, 3, 1), dt.date(2019, 12, 31))
    assert not opened.lookup("Hinterwald", on=dt.date(2021, 1, 1))[0].name_valid
    assert ids(opened.lookup("Back Wood")) == ["whosonfirst:102"]
    assert opened.lookup("Sunken")[0].historical
    for name in ("Oldville", "Twinville", "Main Street", "Elsewhere", "Nowhere"):
        assert not opened.lookup(name)
    assert any("Who's On First, licence" in line for line in opened.attribution)
    assert report.installed.countries[0].n_whosonfirst == 4
    assert len(report.broken) == 1
    assert "not on the globe" in report.broken[0]


def test_a_bundle_from_a_server_is_merged_by_geonames_id(tmp_path):
    with serving() as web:
        for name, content in li_files().items():
            web.put(f"/dump/{name}", content)
        check_over_the_network(web, tmp_path)


def check_over_the_network(web, tmp_path):
    web.put("/wof/admin-li-latest.tar.bz2", wof_tar(WOF))
    place = DataFolder(tmp_path, web.url + "/dump")
    report = place.install("LI", whosonfirst=web.url + "/wof/admin-{cc}-latest.tar.bz2")
    check_whosonfirst(place, report)
    web.requests.clear()
    assert not place.install("LI", whosonfirst=web.url + "/wof/admin-{cc}-latest.tar.bz2").rebuilt
    assert web.requests == []
    assert place.install("LI", offline=True, force=True).rebuilt  # what is kept stays
    check_whosonfirst(place, report)


@pytest.mark.parametrize("form", ["lines", "zip of lines", "zip of records", "folder", "capitals"])
def test_bundles_in_other_forms(tmp_path, copies, form):
    lines = "\n".join(json.dumps(one) for one in WOF)
    records = {f"data/{one['properties']['wof:id']}.geojson": json.dumps(one, indent=2) for one in WOF}
    alternative = {"data/102-alt-other.geojson": "{}"}
    where = tmp_path / {"lines": "li.geojsonl", "folder": "li", "capitals": "li.ZIP"}.get(form, "li.zip")
    if form == "lines":
        where.write_text(lines)
    elif form == "folder":
        site(where, {**records, **alternative, "README.md": "not a record"})
    elif form == "capitals":
        where.write_bytes(zipped({"LI.NDJSON": lines, "102-ALT-other.GEOJSON": "{}"}))
    else:
        where.write_bytes(zipped({"li.ndjson": lines} if form == "zip of lines" else {**records, **alternative}))
    place = DataFolder(tmp_path)
    report = place.install("LI", source=copies, whosonfirst=str(tmp_path / where.name.replace("li", "{cc}", 1)))
    check_whosonfirst(place, report)


def two_countries(tmp_path):
    ad = {
        "AD.zip": country_zip("AD", [place_line(9200001, "Vallnova", 1.5, 42.5, country="AD", units="01.01")]),
        "alternatenames/AD.zip": names_zip("AD", [name_line(1, 9200001, "Villeneuve", "fr")]),
    }
    return site(tmp_path / "both", {**li_files(), **ad})


def test_broken_records_are_charged_to_the_country_of_their_bundle(tmp_path):
    good = wof_record(201, "Vallbona", 1.5, 42.5, **{"wof:country": "AD"})
    (tmp_path / "wof-ad.geojsonl").write_text(json.dumps(good))
    (tmp_path / "wof-li.geojsonl").write_text("\n".join(json.dumps(one) for one in WOF))
    place = DataFolder(tmp_path)
    report = place.install("AD", "LI", source=two_countries(tmp_path), whosonfirst=str(tmp_path / "wof-{cc}.geojsonl"))
    counts = {one.code: (one.n_broken, one.n_whosonfirst) for one in report.installed.countries}
    assert counts == {"AD": (0, 1), "LI": (1, 4)}
    assert len(report.broken) == 1


def test_a_bundle_of_the_whole_world_is_no_countrys_own_whatever_its_name(tmp_path):
    path = tmp_path / "AD-places.geojsonl"
    path.write_text("\n".join(json.dumps(one) for one in WOF))
    place = DataFolder(tmp_path)
    report = place.install("AD", "LI", source=two_countries(tmp_path), whosonfirst=str(path))
    (kept,) = [one for one in report.installed.files if one.name.startswith("whosonfirst/")]
    assert kept.country == ""
    assert {one.code: one.n_broken for one in report.installed.countries} == {"AD": 0, "LI": 0}
    assert len(report.broken) == 1
    place.installer().remove(["AD"])
    assert ids(place.open().lookup("Mirova")) == [MIROV]
    place.install("LI", offline=True, force=True)
    assert ids(place.open().lookup("Mirova")) == [MIROV]


def test_a_bundle_that_serves_several_countries_is_asked_for_once(tmp_path):
    with serving() as web:
        web.put("/world.geojsonl", "\n".join(json.dumps(one) for one in WOF).encode())
        place = DataFolder(tmp_path)
        for days in (0, 3):  # the second time it has not changed
            web.requests.clear()
            place.install(
                "AD", "LI", source=two_countries(tmp_path), whosonfirst=web.url + "/world.geojsonl",
                now=NOW + dt.timedelta(days=days),
            )  # fmt: skip
            assert [path for path, _ in web.requests] == ["/world.geojsonl"]


@pytest.mark.parametrize(
    "odd",
    [
        {"wof:population": 1e999},
        {"wof:population": "many"},
        {"wof:id": 10**30},
        {"wof:concordances": {"gn:id": 1e999}},
        {"wof:hierarchy": [{"region_id": 10**30}]},
        {"geom:latitude": 10**400},
        {"wof:name": "Hinter\ud800wald"},
        {"name:eng_x_variant": ["Hinter\udc00wald"]},
    ],
)
def test_an_odd_value_spoils_its_own_record_only(tmp_path, odd):
    path = tmp_path / "li.geojsonl"
    records = [wof_record(101, "Mirov", 9.53, 47.14), wof_record(102, "Hinterwald", 9.57, 47.16, **odd)]
    path.write_text("\n".join(json.dumps(one) for one in records))
    tally = Tally()
    assert [one.wof_id for one in read_records(path, tally)] == [101]
    assert (tally.n_broken, len(tally.broken)) == (1, 1)
    assert "li.geojsonl:2: not a Who's On First record" in tally.broken[0]


def test_an_unknown_region_and_a_boundless_population_are_bounded(tmp_path):
    path = tmp_path / "li.geojsonl"
    odd = {"wof:hierarchy": [{"region_id": -4}], "wof:population": 10**30}
    path.write_text(json.dumps(wof_record(101, "Mirov", 9.53, 47.14, **odd)))
    (record,) = read_records(path, Tally())
    assert (record.region_id, record.population) == (0, 4_000_000_000)


def test_without_a_bundle_no_credit_is_due(tmp_path, copies):
    place = DataFolder(tmp_path)
    place.install("LI", source=copies)
    assert place.open().attribution == ("Made up for a test.",)
