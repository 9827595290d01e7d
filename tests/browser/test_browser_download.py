"""What a reader takes away: CSV, GeoJSON, a picture, paper, a link, and the page embedded in another."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import unquote

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from event_frames import AREA, event, events_frame, lines_frame, source, war
from PIL import Image
from test_browser_payloads import PAYLOADS, frame_of, kept, shown
from waiting import wait_address, wait_shown

from geoconflict.frames import EVENT_COLUMNS
from geoconflict.render.event_map import EventMap

pytestmark = pytest.mark.browser

MENU = "Share and download"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def choose(page, item: str) -> None:
    page.get_by_role("button", name=MENU).click()
    page.get_by_role("menuitem", name=item).click()


def download(page, item: str) -> tuple[str, bytes]:
    """Return the name and the bytes of a file that the menu gives."""
    with page.expect_download() as waiting:
        choose(page, item)
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def read_csv(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf"), "spreadsheets need the mark"
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def by_id(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_index("event_id").sort_index()


# ---------------------------------------------------------------- files
def test_geojson_says_which_sources_print_one_text(open_map):
    sources = [source(0), source(1, copy_of="report0000"), source(2, url="")]
    frame = events_frame([event(1, sources=sources, n_sources=2)])
    told = json.loads(download(open_map(EventMap(frame, basemap=False)).page, "Events as GeoJSON")[1])
    (properties,) = [one["properties"] for one in told["features"] if "sources" in one["properties"]]
    assert [one["same_text_as"] for one in properties["sources"]] == ["", "https://news.example/0", ""]
    assert properties["n_sources"] == 2


def test_csv_holds_what_the_frame_holds(open_map, war_map):
    name, data = download(open_map(war_map).page, "Events as CSV")
    assert name == "six-weeks-of-war-in-the-highlands_2020-09-27_2020-11-09.csv"
    rows = by_id(pd.DataFrame(read_csv(data)))
    frame = war()["events"]
    told = by_id(pd.concat([frame.drop(columns="geometry"), war()["unlocated"]], ignore_index=True))
    assert list(rows.index) == list(told.index)
    same = ["event_type", "sub_event_type", "status", "date_precision", "date_basis", "date_text", "place_name", "place_precision",
            "place_kind", "admin1", "country", "actors", "agents", "targets", "claimed_by", "disagreements"]  # fmt: skip
    for column in same:
        assert list(rows[column]) == list(told[column]), column
    for column in ("starts_on", "ends_on"):
        assert list(rows[column]) == list(told[column].dt.strftime("%Y-%m-%d").fillna("")), column
    for column in [name for name in EVENT_COLUMNS if re.match(r"(killed|wounded|captured|displaced)_", name)]:
        assert list(rows[column]) == ["" if pd.isna(n) else str(n) for n in told[column]], column
    assert list(rows["n_sources"]) == [str(n) for n in told["n_sources"]]
    located = by_id(frame[frame["place_precision"] != "country"])
    of_located = rows.loc[located.index]
    assert list(of_located["radius_m"].astype(float)) == list(located["radius_m"])
    points = gpd.points_from_xy(of_located["lon"].astype(float), of_located["lat"].astype(float))
    assert (shapely.distance(points, located.geometry.to_numpy()) < 1e-3).all()
    nowhere = rows[rows["lon"] == ""]
    assert set(nowhere["off_map_reason"]) == {"country", "unlocated"}
    assert (rows["on_map"] == "true").sum() == 124
    assert list(rows["off_map_reason"][rows["on_map"] == "false"].sort_values()) == ["country", "undated", "unlocated", "unlocated"]  # fmt: skip
    two = rows.loc[f"{200:020x}"]
    sources = json.loads(told.loc[two.name, "sources"])
    for column, key in (("sources", "source"), ("urls", "url"), ("quotes", "quote"), ("source_titles", "title")):
        assert two[column].split("\n") == [one[key] for one in sources], column
    assert two["published_on"] == "2020-10-05\n2020-10-05"
    assert set(rows["attribution"]) == {"Events: made up for this test.\nMade with geoconflict (MIT)."}


def test_a_file_without_what_the_reports_say_still_names_them(open_map):
    rows = [event(1, place_score=None), event(2, place_score=0.0)]
    with_all = EventMap(events_frame(rows), basemap=False)
    without = EventMap(events_frame(rows), basemap=False, quotes=False)
    told = read_csv(download(open_map(with_all).page, "Events as CSV")[1])
    assert [row["place_score"] for row in told] == ["", "0"]
    page = open_map(without).page
    assert "not what they say" in page.locator("#gc-left-out").inner_text()
    kept = read_csv(download(page, "Events as CSV")[1])
    assert [row["sources"] for row in kept] == [row["sources"] for row in told]
    assert {row["quotes"] for row in kept} == {""}


def test_files_hold_what_is_shown(open_map, war_map):
    opened = open_map(war_map, fragment="#t=2020-10-11..2020-10-17&not.status=claimed")
    frame = pd.concat([war()["events"].drop(columns="geometry"), war()["unlocated"]], ignore_index=True)
    first, last = frame["starts_on"].fillna(frame["ends_on"]), frame["ends_on"]
    kept = frame[(frame["status"] != "claimed") & (last.isna() | ((first <= "2020-10-17") & (last >= "2020-10-11")))]
    name, data = download(opened.page, "Events as CSV")
    assert name.endswith("_2020-10-11_2020-10-17.csv")
    assert sorted(row["event_id"] for row in read_csv(data)) == sorted(kept["event_id"])
    _, data = download(opened.page, "Events as GeoJSON")
    collection = json.loads(data)
    assert (collection["from"], collection["to"]) == ("2020-10-11", "2020-10-17")
    ids = [feature["properties"].get("event_id") for feature in collection["features"]]
    assert sorted(one for one in ids if one) == sorted(kept["event_id"])
    opened.page.locator(".gc-search").fill("no such words")
    wait_shown(opened.page, 0)
    _, data = download(opened.page, "Events as CSV")
    assert read_csv(data) == []


def test_geojson_has_the_shapes_of_the_frame(open_map, war_map, tmp_path):
    page = open_map(war_map, fragment="#t=2020-09-27..2020-10-19").page
    name, data = download(page, "Events as GeoJSON")
    path = tmp_path / name
    path.write_bytes(data)
    assert json.loads(data)["attribution"] == ["Events: made up for this test.", "Made with geoconflict (MIT)."]
    read = gpd.read_file(path)
    assert read.crs == "EPSG:4326"
    events = by_id(read[read["layer"] == "event"])
    frame = by_id(war()["events"])
    frame = frame[(frame["place_precision"] != "country")].loc[lambda all_: all_.index.isin(events.index)]
    made = events.loc[frame.index].geometry
    for one, other in zip(made, frame.geometry, strict=True):
        assert one.geom_type == other.geom_type
        assert shapely.hausdorff_distance(one, other) < 1e-4
    assert {"Point", "LineString", "Polygon"} <= set(made.geom_type)
    assert events.geometry[events["off_map_reason"].isin(["country", "unlocated"])].isna().all()
    (line,) = read[read["layer"] == "context"].itertuples()
    assert (line.name, line.approximate) == ("Old ceasefire line", True)
    assert (str(line.valid_from)[:10], str(line.valid_to)[:10]) == ("1994-05-12", "2020-10-20")
    assert shapely.hausdorff_distance(line.geometry, war()["lines"].geometry[0]) < 1e-4
    page.evaluate("geoconflict.app.model.setWindow(geoconflict.app.model.firstDay, geoconflict.app.model.lastDay)")
    assert "Old ceasefire line" not in download(page, "Events as GeoJSON")[1].decode(), "no longer valid"


def test_holes_and_islands_come_back(open_map):
    box = shapely.box
    hole = box(46.0, 39.0, 47.0, 40.0) - box(46.2, 39.2, 46.6, 39.6)
    island = box(46.3, 39.3, 46.4, 39.4)
    touching = shapely.Polygon([(48, 39), (49, 39), (49, 40), (48, 40)], [[(48, 39.5), (48.4, 39.3), (48.4, 39.7)]])
    shapes = [
        shapely.MultiPolygon([hole, island, box(47.5, 39.0, 47.7, 39.2)]),
        touching,
        shapely.MultiLineString([[(46, 39), (47, 39.5)], [(47.2, 39.6), (47.4, 40)]]),
        AREA,
    ]
    rows = [
        event(n, geometry=shape, place_precision="line" if "Line" in shape.geom_type else "area", place_id=f"test:{n}", place_name=f"Shape {n}")
        for n, shape in enumerate(shapes)
    ]  # fmt: skip
    page = open_map(EventMap(events_frame(rows), title="Shapes", basemap=False)).page
    features = json.loads(download(page, "Events as GeoJSON")[1])["features"]
    for shape, feature in zip(shapes, sorted(features, key=lambda one: one["properties"]["event_id"]), strict=True):
        made = shapely.from_geojson(json.dumps(feature["geometry"]))
        assert made.is_valid
        assert made.geom_type == shape.geom_type
        assert made.equals(shape), feature["properties"]["place_name"]
        for polygon in shapely.get_parts(made):
            if polygon.geom_type == "Polygon":
                assert polygon.exterior.is_ccw, "as RFC 7946 wants it"
                assert not any(ring.is_ccw for ring in polygon.interiors)


def halves(shape):
    """Return a shape that goes on beyond 180 degrees as RFC 7946 wants it: cut at the date line."""
    east = shapely.transform(shape & shapely.box(180, -90, 540, 90), lambda xy: xy - [360, 0])
    both = shapely.get_parts([shape & shapely.box(-180, -90, 180, 90), east])
    return shapely.union_all([part for part in both if shapely.get_dimensions(part) == shapely.get_dimensions(shape)])


def test_what_crosses_the_date_line_is_cut_there(open_map):
    box = shapely.box
    ring = box(176, -20, 184, -10) - box(178, -17, 182, -13) - box(182.5, -19, 183.5, -18) - box(176.5, -19, 177, -18)
    fork = box(179, 0, 182, 1) | box(179, 2, 182, 3) | box(181, 0, 182, 3)
    shapes = [
        ring | box(179.5, -15.5, 180.5, -14.5),
        fork,
        box(180, -30, 181, -29),
        box(177, -30, 178, -29),
        shapely.LineString([(178, 5), (182, 9), (182, 7), (179, 5.5)]),
        shapely.LineString([(181, 12), (182, 13)]),
    ]
    wanted = [halves(shape) for shape in shapes]
    rows = [
        event(n, geometry=shape, place_precision="line" if "Line" in shape.geom_type else "area", place_id=f"test:{n}", place_name=f"Shape {n}")
        for n, shape in enumerate(wanted)
    ]  # fmt: skip
    page = open_map(EventMap(events_frame(rows), title="Shapes", basemap=False)).page
    assert (
        page.evaluate("Math.max(...geoconflict.app.model.shapes.filter(Boolean).map((shape) => shape.box[2]))") > 1
    ), "they lie in one piece"
    features = json.loads(download(page, "Events as GeoJSON")[1])["features"]
    for shape, feature in zip(wanted, sorted(features, key=lambda one: one["properties"]["event_id"]), strict=True):
        made = shapely.from_geojson(json.dumps(feature["geometry"]))
        name = feature["properties"]["place_name"]
        assert made.is_valid, name
        assert -180 <= made.bounds[0] <= made.bounds[2] <= 180, name
        assert shapely.hausdorff_distance(made, shape) < 1e-3, name
        assert made.area == pytest.approx(shape.area), name
        for polygon in shapely.get_parts(made):
            if polygon.geom_type == "Polygon":
                assert polygon.exterior.is_ccw, "as RFC 7946 wants it"
                assert not any(inner.is_ccw for inner in polygon.interiors)


@pytest.mark.parametrize(
    "start",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        '=HYPERLINK("http://x")',
        "=1\n=2",
        ";=1+1;",
        'a; "=1',
        "\uff1d1",
        "'=1",
    ],
)
def test_no_cell_starts_a_formula(open_map, start):
    told = source(1, source=start, url=start, title=start, quote=start, mark_start=0, mark_end=1)
    rows = [event(1, place_name=start, actors=start, agents=start, targets=start, claimed_by=start, disagreements=start, admin1=start,
                  date_text=start, sources=[told])]  # fmt: skip
    rows[0]["geometry"] = shapely.Point(-3.5, -10.25)
    page = open_map(EventMap(events_frame(rows), title=start, attribution=[start], basemap=False)).page
    name, data = download(page, "Events as CSV")
    assert re.fullmatch(r"[\w-]+_2020-10-04_2020-10-04\.csv", name)
    (row,) = read_csv(data)
    assert (row.pop("lon"), row.pop("lat")) == ("-3.5", "-10.25"), "numbers stay numbers"
    assert not [cell for cell in row.values() if cell.startswith(FORMULA_STARTS)]
    elsewhere = [
        cell.strip()
        for line in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=None), delimiter=";")
        for cell in line
    ]
    assert not [cell for cell in elsewhere if cell.startswith(("=", "+", "@", "\uff1d"))], (
        "in a locale that parts cells by ;"
    )
    assert row["place_name"] != start
    assert re.sub(r"(^|[;\t\r\n][ \"]*)'(?='*[=+\-@\t\r\n\uff1d])", r"\1", row["place_name"]) == start, (
        "the text can be had again"
    )
    (feature,) = json.loads(download(page, "Events as GeoJSON")[1])["features"]
    assert feature["properties"]["place_name"] == start, "GeoJSON runs nothing, so nothing is changed"


@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_text_stays_text(open_map, name):
    text = PAYLOADS[name]
    wanted = kept(text)
    lines = lines_frame().astype({"name": object, "note": object})
    lines.loc[0, ["name", "note"]] = [text, text]
    event_map = EventMap(frame_of(text), title=text, description=text, lines=lines, attribution=[text], basemap=False)
    page = open_map(event_map).page

    file_name, data = download(page, "Events as CSV")
    assert re.fullmatch(r"[\w-]{1,60}_2020-10-04_2020-10-09\.csv|[\w-]{1,60}_2020-10-01_2020-10-09\.csv", file_name)
    rows = read_csv(data)
    in_csv = wanted.replace("\0", "\ufffd")
    assert len(rows) == 3
    (first,) = [row for row in rows if row["event_id"] == in_csv]
    for column in ("event_type", "place_name", "actors", "agents", "claimed_by", "disagreements", "date_text"):
        assert first[column] == in_csv, column
    assert first["quotes"].split("\n")[0] == re.sub("[\u2028\u2029]", " ", in_csv)
    assert first["attribution"].startswith(in_csv)

    _, data = download(page, "Events as GeoJSON")
    collection = json.loads(data)
    assert collection["title"] == wanted.strip()
    (feature,) = [one for one in collection["features"] if one["properties"].get("event_id") == wanted]
    assert feature["properties"]["sources"][0]["quote"] == wanted
    assert feature["properties"]["place_name"] == wanted
    assert [one["properties"]["name"] for one in collection["features"] if one["properties"]["layer"] == "context"] == [wanted]  # fmt: skip

    _, data = download(page, "Map as picture")
    assert Image.open(io.BytesIO(data)).format == "PNG"

    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    seen = shown(text)
    assert page.locator("#gc-sheet h1").text_content() == seen.strip()
    assert page.locator("#gc-sheet td").filter(has_text=seen.strip()).count() or name in {"line separator", "nul"}
    assert page.locator("#gc-sheet").evaluate("(sheet) => sheet.textContent").count(seen) >= 4
    assert page.locator("#gc-sheet :is(img, script, svg, a)").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("window.__xss === undefined")


@pytest.mark.parametrize(
    ("title", "start"),
    [("../../etc/passwd", "etc-passwd_"), ("CON", "con_"), ("...", "map_"), ("Война 2020", "война-2020_"), ("a" * 300, "map_"), ("x\u202egpj.exe", "x-gpj-exe_")],
)  # fmt: skip
def test_file_names_are_plain(open_map, title, start):
    page = open_map(EventMap(events_frame([event(1)]), title=title, basemap=False)).page
    assert download(page, "Events as CSV")[0] == start + "2020-10-04_2020-10-04.csv"


# ---------------------------------------------------------------- picture and paper
def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


@pytest.mark.parametrize(("scheme", "size"), [("light", (1280, 800)), ("dark", (390, 844))])
def test_the_picture_shows_map_title_legend_and_credit(open_map, war_map, scheme, size):
    page = open_map(war_map, width=size[0], height=size[1], scheme=scheme).page
    name, data = download(page, "Map as picture")
    assert name.endswith(".png")
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    view = page.locator(".gc-map").bounding_box()
    assert picture.width == 2 * max(640, view["width"] + 48)
    assert picture.height > 2 * view["height"] + 200

    def parts(top: float, bottom: float) -> set[tuple[int, ...]]:
        cut = picture.crop((0, int(top), picture.width, int(bottom)))
        return {colour for _, colour in cut.getcolors(1 << 24)}

    def token(name: str) -> tuple[int, ...]:
        return rgb(page.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--{name}')"))

    style = json.loads(page.locator("#gc-config").text_content())["style"]["types"]
    battles = rgb(style["Battles"]["dark" if scheme == "dark" else "colour"])
    below = 2 * view["height"] + 200
    assert token("ink") in parts(0, 110), "the title"
    assert battles in parts(200, below), "events"
    assert token("map-land") in parts(200, below), "the ground"
    assert battles in parts(below, picture.height), "the legend"
    assert token("muted") in parts(picture.height - 120, picture.height), "the credits"
    # The page goes on as it was.
    ratio = page.evaluate(
        "document.querySelector('.gc-canvas').width / parseInt(document.querySelector('.gc-canvas').style.width)"
    )
    assert ratio == 1


def test_a_picture_is_made_while_the_table_is_open(open_map, war_map):
    page = open_map(war_map, fragment="#table").page
    from_table = Image.open(io.BytesIO(download(page, "Map as picture")[1])).convert("RGB")
    page.get_by_role("tab", name="Map").click()
    from_map = Image.open(io.BytesIO(download(page, "Map as picture")[1])).convert("RGB")
    assert from_table.size == from_map.size
    assert from_table.tobytes() == from_map.tobytes()


def test_paper_has_a_sheet_of_its_own(open_map, war_map):
    page = open_map(war_map, scheme="dark", fragment="#t=2020-10-11..2020-10-17").page
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    sheet = page.locator("#gc-sheet")
    assert page.locator("h1:visible").all_inner_texts() == ["Six weeks of war in the highlands"]
    assert page.locator(".gc-app").is_hidden()
    assert "11 – 17 October 2020" in sheet.locator(".gc-sheet-days").inner_text()
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--surface')") == "#ffffff"
    assert sheet.locator("tbody tr").count() == page.evaluate("geoconflict.app.model.listedEvents().length") == 21
    assert "Old ceasefire line" in sheet.locator(".gc-sheet-legend").all_inner_texts()[-1]
    assert "Events: made up for this test." in sheet.locator(".gc-sheet-credits").inner_text()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert sheet.count() == 0
    assert page.locator(".gc-app").is_visible()
    assert page.evaluate("document.documentElement.dataset.theme") is None
    page.evaluate("geoconflict.app.model.setWindow(geoconflict.app.model.firstDay, geoconflict.app.model.lastDay)")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert sheet.locator("table").count() == 0, "a long list is left out, and the sheet says so"
    assert "128 events" in sheet.locator(".gc-note").text_content()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")


def test_the_browser_prints_the_sheet(open_map, war_map):
    page = open_map(war_map, fragment="#t=2020-10-11..2020-10-17").page
    page.evaluate(
        "addEventListener('beforeprint', () => (window.__rows = document.querySelectorAll('#gc-sheet tbody tr').length))"
    )
    assert page.pdf().startswith(b"%PDF")
    assert page.evaluate("window.__rows") == 21
    assert page.locator("#gc-sheet").count() == 0


# ---------------------------------------------------------------- menu, link, full screen
def test_the_menu_is_used_by_keyboard(open_map, war_map):
    page = open_map(war_map).page
    button = page.get_by_role("button", name=MENU)
    button.focus()
    page.keyboard.press("ArrowDown")
    here = "document.activeElement.textContent"
    assert page.evaluate(here) == "Copy link to this view"
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowUp")
    assert page.evaluate(here) == "Full screen"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(here) == "Events as CSV"
    page.keyboard.press("Escape")
    assert page.locator(".gc-popup").is_hidden()
    assert button.evaluate("(button) => button === document.activeElement")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    with page.expect_download():
        page.keyboard.press("Enter")
    assert button.evaluate("(button) => button === document.activeElement")
    button.click()
    page.mouse.click(640, 500)
    assert page.locator(".gc-popup").is_hidden()


def test_no_serious_fault_of_accessibility(open_map, serious_faults, war_map):
    page = open_map(war_map).page
    page.get_by_role("button", name=MENU).click()
    assert serious_faults(page) == []


def test_a_copied_link_shows_the_same(open_map, war_map, catch_copies):
    first = open_map(war_map, fragment="?embed#t=2020-10-11..2020-10-17")
    page = first.page
    page.evaluate("document.documentElement.classList.remove('gc-embed')")
    page.locator(".gc-legend .gc-legend-row").first.click()
    catch_copies(page)
    choose(page, "Copy link")
    page.locator("#gc-toast", has_text="Link copied.").wait_for()
    address, _, fragment = page.evaluate("window.__copied").partition("#")
    assert address == page.url.partition("?")[0], "without what embeds it"
    second = open_map(war_map, fragment="#" + fragment)
    assert second.shown() == first.shown()
    assert second.page.evaluate("geoconflict.app.model.shownEvents()") == page.evaluate("geoconflict.app.model.shownEvents()")  # fmt: skip


def test_a_picture_that_cannot_be_made_is_told_with_what_helps(open_map, war_map):
    page = open_map(war_map).page
    page.evaluate("() => { HTMLCanvasElement.prototype.toBlob = (use) => use(null); }")
    choose(page, "Map as picture")
    page.locator("#gc-toast", has_text="could not make the file").wait_for()
    assert "make the window smaller" in page.locator("#gc-toast").inner_text()


def test_where_the_clipboard_is_refused_the_address_is_shown(open_map, war_map, catch_copies):
    page = open_map(war_map, fragment="#t=2020-10-11..2020-10-17").page
    catch_copies(page, refuse=True)
    choose(page, "Copy link")
    field = page.locator("dialog[open] input")
    assert field.input_value().endswith("#t=2020-10-11..2020-10-17")
    assert field.evaluate("(field) => field.selectionEnd - field.selectionStart === field.value.length")
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")  # it leaves the page in its own event, after the key
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == MENU


def test_full_screen_and_back(open_map, war_map):
    page = open_map(war_map).page
    choose(page, "Full screen")
    page.wait_for_function("() => document.fullscreenElement === document.documentElement")
    choose(page, "Leave full screen")
    page.wait_for_function("() => document.fullscreenElement === null")


# ---------------------------------------------------------------- embedded
@pytest.mark.parametrize(
    "address",
    ["?embed", "#embed", "#embed&t=2020-10-11..2020-10-17", "?embed#t=2020-10-11..2020-10-17", "#table&embed"],
)
def test_embedded_shows_map_timeline_and_a_way_to_the_whole(open_map, war_map, address):
    opened = open_map(war_map, width=800, height=500, fragment=address)
    page = opened.page
    for hidden in (".gc-side-body", ".gc-tabs", ".gc-popup-box", "#gc-view-table"):
        assert page.locator(hidden).is_hidden(), hidden
    assert page.locator(".gc-map").is_visible()
    assert page.locator(".gc-timeline").is_visible()
    page.locator("[role=slider]").nth(1).focus()
    page.keyboard.press("PageDown")
    shown_here, day = opened.shown(), page.get_attribute("#gc-main", "data-to")
    if "#embed" in address:  # a reload goes on embedding
        wait_address(page, "#embed&t=", f"..{day}")
    link = page.locator(".gc-embed-link")
    link.hover()
    page.wait_for_function("() => document.querySelector('.gc-embed-link').href.includes('#t=')")
    href = link.get_attribute("href")
    assert re.fullmatch(r"file:[^?#]*\.html#t=[^&]*", href), "no trace of embedding"
    assert unquote(href).endswith(f"..{day}")
    whole = open_map(war_map, fragment="#" + href.partition("#")[2])
    assert whole.shown() == shown_here
    assert whole.page.locator(".gc-side-body").is_visible()


def test_a_frame_without_an_address_unfolds_where_it_is(open_map, war_map):
    html = f"<!DOCTYPE html><title>A notebook</title><style>iframe{{width:900px;height:600px}}</style>{war_map._repr_html_()}"
    opened = open_map(None, html=html, wait="iframe")
    frame = opened.page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for(state="attached")
    frame.get_by_role("button", name=MENU).click()
    assert frame.get_by_role("menuitem", name="Copy link").count() == 0
    frame.locator("body").press("Escape")
    opened.page.evaluate("document.querySelector('iframe').contentWindow.location.hash = 'embed'")
    frame.locator(".gc-embed-link").wait_for()
    assert frame.locator(".gc-side-body").is_hidden()
    frame.locator(".gc-embed-link").click()
    assert frame.locator(".gc-side-body").is_visible()
