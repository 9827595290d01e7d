"""Who's On First bundles: what is kept, how it is merged, in all the forms they come in."""

import datetime as dt
import json

import pytest
from data_folders import MIROV, DataFolder, ids, small_embedded
from gazetteer_files import li_files, site, wof_record, wof_tar, zipped
from loopback import serving


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
        assert all(one.place.source != "Who's On First" for one in opened.lookup(name))
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


@pytest.mark.parametrize("form", ["lines", "zip of lines", "zip of records", "folder"])
def test_bundles_in_other_forms(tmp_path, copies, form):
    lines = "\n".join(json.dumps(one) for one in WOF)
    records = {f"data/{one['properties']['wof:id']}.geojson": json.dumps(one, indent=2) for one in WOF}
    alternative = {"data/102-alt-other.geojson": "{}"}
    where = tmp_path / {"lines": "li.geojsonl", "folder": "li"}.get(form, "li.zip")
    if form == "lines":
        where.write_text(lines)
    elif form == "folder":
        site(where, {**records, **alternative, "README.md": "not a record"})
    else:
        where.write_bytes(zipped({"li.ndjson": lines} if form == "zip of lines" else {**records, **alternative}))
    place = DataFolder(tmp_path)
    report = place.install("LI", source=copies, whosonfirst=str(tmp_path / where.name.replace("li", "{cc}", 1)))
    check_whosonfirst(place, report)


def test_without_a_bundle_no_credit_is_due(tmp_path, copies):
    place = DataFolder(tmp_path)
    place.install("LI", source=copies)
    assert place.open().attribution == ("Made up for a test.",)
