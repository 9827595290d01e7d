import html
import json
import re
import xml.etree.ElementTree as ET

import pyogrio
import pytest
from varied_events import CREDIT, HOSTILE, as_told, varied_frames

from geoconflict.frames import EVENT_COLUMNS
from geoconflict.interchange.kml import to_kml
from geoconflict.interchange.writing import with_unlocated, xml_text

K = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    out = tmp_path_factory.mktemp("kml") / "war.kml"
    assert to_kml(*varied_frames(), out, attribution=CREDIT) == 12
    return out


@pytest.fixture(scope="module")
def placemarks(file):
    """Each placemark by the name of its place, None where it has none."""
    made = {}
    for one in ET.parse(file).iter(f"{K}Placemark"):
        made.setdefault(column(one, "place_name"), []).append(one)
    return made


def column(placemark, name):
    found = placemark.find(f".//{K}SimpleData[@name='{name}']")
    return None if found is None else found.text


def shape_of(placemark):
    kinds = [child.tag.removeprefix(K) for child in placemark]
    return next((kind for kind in kinds if kind in ("Point", "LineString", "Polygon", "MultiGeometry")), None)


# The order that the schema of KML 2.2 gives to the children of each element that we write.
ORDER = {
    "Document": ["name", "open", "description", "Style", "Schema", "Folder"],
    "Style": ["IconStyle", "LabelStyle", "LineStyle", "PolyStyle", "BalloonStyle"],
    "IconStyle": ["color", "scale"],
    "LineStyle": ["color", "width"],
    "PolyStyle": ["color", "fill"],
    "Folder": ["name", "Placemark"],
    "Placemark": [
        "name", "description", "TimeSpan", "styleUrl", "ExtendedData", "Point", "LineString", "Polygon", "MultiGeometry",
    ],
    "TimeSpan": ["begin", "end"],
    "Polygon": ["outerBoundaryIs", "innerBoundaryIs"],
    "LineString": ["tessellate", "coordinates"],
}  # fmt: skip


def test_elements_stand_in_the_order_of_the_schema(file):
    root = ET.parse(file).getroot()
    assert root.tag == f"{K}kml"
    seen = set()
    for element in root.iter():
        name = element.tag.removeprefix(K)
        children = [child.tag.removeprefix(K) for child in element]
        if name in ORDER:
            places = [ORDER[name].index(child) for child in children]
            assert places == sorted(places), (name, children)
            seen.add(name)
    assert seen == set(ORDER)


def test_every_style_that_is_named_is_there_and_ids_are_unique(file):
    root = ET.parse(file).getroot()
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert {one.text for one in root.iter(f"{K}styleUrl")} <= {f"#{one}" for one in ids}


def test_a_folder_for_each_type_holds_its_events_alone(file):
    for folder in ET.parse(file).iter(f"{K}Folder"):
        name = folder.find(f"{K}name").text
        assert {column(one, "event_type") for one in folder.iter(f"{K}Placemark")} == {name}


def test_only_spots_are_points_and_a_country_is_not_drawn(placemarks):
    drawn = {name: {shape_of(one) for one in found} for name, found in placemarks.items()}
    assert drawn == {
        "Riverton": {"Point"},
        "Undated": {"Point"},
        "Before": {"Point"},
        "Hill": {"Polygon"},
        "Province <&>": {"Polygon"},
        "East Island": {"MultiGeometry"},  # cut at the date line
        "Land": {None},
        "Line": {"LineString"},
        "Area": {"Polygon"},
        "Islands": {"MultiGeometry"},
        None: {None},
    }
    every = [one for found in placemarks.values() for mark in found for one in mark.iter(f"{K}coordinates")]
    lons = [float(corner.split(",")[0]) for one in every for corner in one.text.split()]
    assert min(lons) >= -180
    assert max(lons) <= 180
    assert len(placemarks["Area"][0].findall(f".//{K}innerBoundaryIs")) == 1


def test_spans_are_civil_days_and_the_undated_have_none(placemarks):
    def span(name):
        return [one.text for one in placemarks[name][0].findall(f"{K}TimeSpan/*")]

    assert span("Hill") == ["2021-10-08", "2021-10-14"]
    assert span("Before") == ["2021-06-13", "2021-06-13"]
    assert span("Undated") == []
    assert "on or before 2021-06-13" in placemarks["Before"][0].find(f"{K}description").text


def test_what_is_told_as_fact_and_what_is_claimed_look_different(placemarks):
    told = {column(one, "status"): one.find(f"{K}styleUrl").text for one in placemarks["Riverton"]}
    assert not told["occurred"].endswith("-hollow")
    assert told["claimed"].endswith("-hollow")


def test_hostile_text_stays_text_in_xml_and_in_the_html_of_balloons(file, placemarks):
    (one,) = [mark for mark in placemarks["Riverton"] if column(mark, "status") == "occurred"]
    description = one.find(f"{K}description").text
    assert re.findall(r"<(?!/?(?:b|br|p)>)", description) == [], "no tag but ours"
    assert html.escape(xml_text(HOSTILE)).replace("$", "&#36;") in description
    assert "$[" not in description, "viewers put names of fields in for it"
    assert b"<![CDATA[" not in file.read_bytes()
    for text in (description, column(one, "sources")):
        assert "\\x1b[31m" in text or "u001b[31m" in text
    for element in ET.parse(file).iter():
        assert "\x1b" not in (element.text or "")


def test_no_field_brings_a_tag_of_its_own(tmp_path):
    located, unlocated = varied_frames()
    fields = ("place_name", "admin1", "country", "actors", "claimed_by", "disagreements", "status", "sub_event_type")
    hostile = located.assign(**dict.fromkeys(fields, "<img src=x onerror=alert(1)>&<b"))
    to_kml(hostile, unlocated, tmp_path / "x.kml", attribution=["<img src=x>"])
    told = [one.text for one in ET.parse(tmp_path / "x.kml").iter(f"{K}description")]
    assert len(told) == 13
    assert [text for text in told if "<img" in text] == []
    assert sum("&lt;img" in text for text in told) == 12, "the credit and each of the located"


def test_an_address_that_hides_where_it_leads_is_shown_and_told_of(tmp_path):
    located, unlocated = varied_frames()
    sources = [
        {"quote": "x", "url": url}
        for url in ("https://bbc.com@evil.example/", "https://bbc.com/\u202egpj", "https://bbc.com/")
    ]
    to_kml(located.assign(sources=json.dumps(sources)), unlocated, tmp_path / "x.kml", attribution=[])
    told = [one.text for one in ET.parse(tmp_path / "x.kml").iter(f"{K}description") if "bbc" in (one.text or "")]
    assert len(told) == len(located)
    for text in told:
        assert "https://bbc.com@evil.example/ (do not follow)</p>" in text
        assert "https://bbc.com/\\u202egpj (do not follow)</p>" in text
        assert "https://bbc.com/</p>" in text


def test_the_description_has_quote_source_and_precision_in_words(placemarks):
    description = placemarks["Hill"][0].find(f"{K}description").text
    for words in ("“Near the hill.”", "Outlet 3", "Hill (near this place)", "between 2021-10-08 and 2021-10-14"):
        assert words in description
    (killed,) = [one for one in placemarks["Riverton"] if column(one, "killed_best") == "3"]
    told = killed.find(f"{K}description").text
    assert "<b>Killed:</b> 3<br>" in told
    assert "<b>Wounded:</b> 5 to 9<br>" in told


@pytest.mark.skipif("LIBKML" not in pyogrio.list_drivers(), reason="this GDAL reads names and shapes of KML alone")
def test_gdal_reads_every_event_and_every_column(file):
    located, unlocated = varied_frames()
    ours = as_told(with_unlocated(located, unlocated))
    read = {}
    for layer, _ in pyogrio.list_layers(file):
        frame = pyogrio.read_dataframe(file, layer=layer)
        read |= as_told(frame)
    assert set(read) == set(ours)
    for key, row in ours.items():
        for name, (dtype, _) in EVENT_COLUMNS.items():
            if name == "geometry":
                continue
            wanted = xml_text(row[name]) if dtype == "str" and row[name] is not None else row[name]
            assert read[key][name] == wanted, name


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("\x00\x1b", "\\x00\\x1b"),
        ("a\tb\nc\rd", "a\tb\nc\rd"),
        ("\ufffe\uffff", "\\ufffe\\uffff"),
        ("\ud800", "\\ud800"),
        ("\x7f\x85\U0001f4a5", "\x7f\x85\U0001f4a5"),
    ],
)
def test_what_xml_forbids_is_seen_as_its_escape(text, held):
    assert xml_text(text) == held
    ET.fromstring(f"<a>{xml_text(text)}</a>")
