"""The basemap in a browser: waters, names by level, the scale bar, tiles on the reader's word, never an empty map."""

from __future__ import annotations

import http.server
import threading
import zlib

import pytest
from event_frames import event, events_frame
from waiting import two_frames

from geoconflict.geo import Bounds
from geoconflict.render.basemap import Label, clip_basemap
from geoconflict.render.event_map import EventMap
from geoconflict.render.tiles import Tiles

pytestmark = pytest.mark.browser

KYIV = Bounds(28.0, 47.0, 36.0, 51.5)
TOWNS = [
    Label("Cherkasy", 32.06, 49.44, 6.0, "town"),
    Label("Smila", 31.89, 49.22, 8.0, "town"),
    Label("Zhytomyr", 28.66, 50.25, 6.0, "town"),
]


@pytest.fixture(scope="module")
def ukraine():
    rows = [event(1, place_name="Poltava", lon=34.55, lat=49.59)]
    return EventMap(events_frame(rows), basemap=clip_basemap(KYIV, labels=TOWNS), periods="none", location=[49.5, 32.0])


# What the canvas is told to write, with the font and where: a canvas has no text to read.
SPY = """
(() => {
  const written = [];
  const original = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const at = this.getTransform().transformPoint(new DOMPoint(x, y));
    written.push({ text, font: this.font, fill: this.fillStyle, align: this.textAlign, w: this.measureText(text).width,
                   x: at.x, y: at.y, angle: Math.atan2(this.getTransform().b, this.getTransform().a) });
    return original.apply(this, arguments);
  };
  window.__written = written;
})()
"""


def base_layer(page):
    return page.evaluate_handle(
        "(() => { let found; geoconflict.app.map.eachLayer((layer) => { if (layer.options.pane === 'gc-basemap') found = layer; });"
        " return found; })()"
    )


def written_at(page, zoom, lat=49.5, lon=32.0):
    page.evaluate(
        "([lat, lon, zoom]) => geoconflict.app.map.setView([lat, lon], zoom, { animate: false })", [lat, lon, zoom]
    )
    if not page.evaluate("'__written' in window"):
        page.evaluate(SPY)
    page.evaluate("window.__written.length = 0")
    base_layer(page).evaluate("(layer) => layer.redraw()")
    return page.evaluate("window.__written")


def pixel(page, lat, lon):
    """The colour of the basemap at a place in sight."""
    return base_layer(page).evaluate(
        """(layer, [lat, lon]) => {
          const at = layer.frame.fromContainer(geoconflict.app.map.latLngToContainerPoint([lat, lon]));
          const one = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
          const { ratio } = layer.frame;
          one.drawImage(layer._canvas, Math.round(at.x * ratio), Math.round(at.y * ratio), 1, 1, 0, 0, 1, 1);
          return [...one.getImageData(0, 0, 1, 1).data];
        }""",
        [lat, lon],
    )


def test_towns_have_a_name_from_their_zoom_level_on_and_waters_are_in_italics(open_map, ukraine):
    page = open_map(ukraine).page
    far = {one["text"]: one for one in written_at(page, 6)}
    near = {one["text"]: one for one in written_at(page, 8)}
    assert {"UKRAINE", "Cherkasy", "Zhytomyr"} <= far.keys()
    assert "Smila" not in far
    assert {"Smila", "Cherkasy"} <= near.keys()
    assert "italic" in near["Kremenchuk Reservoir"]["font"]
    assert "italic" not in near["Cherkasy"]["font"]
    assert near["Kremenchuk Reservoir"]["fill"] != near["Cherkasy"]["fill"]


def test_a_rivers_name_lies_along_it_and_is_never_upside_down(open_map, ukraine):
    page = open_map(ukraine).page
    rivers = [one for one in written_at(page, 8, 50.0, 31.0) if one["text"] == "Dnipro"]
    assert rivers
    assert all("italic" in one["font"] and abs(one["angle"]) <= 1.5708 for one in rivers)
    assert any(abs(one["angle"]) > 0.1 for one in rivers)


def test_names_neither_meet_nor_are_cut_nor_stand_where_the_events_have_theirs(open_map, ukraine):
    page = open_map(ukraine).page
    for zoom in (5, 6, 7.25, 8.5, 10):
        written = written_at(page, zoom)
        assert "Poltava" not in {one["text"] for one in written}
        sight = base_layer(page).evaluate("(layer) => layer.frame.sight.map((px) => px * layer.frame.ratio)")
        boxes = []
        for one in written:
            if abs(one["angle"]) > 0.01:
                continue
            left = one["x"] - {"left": 0, "center": one["w"] / 2, "right": one["w"]}[one["align"]]
            boxes.append((left, one["y"] - 6, left + one["w"], one["y"] + 6, one["text"]))
        for box in boxes:
            inside = box[0] >= sight[0] - 1 and box[2] <= sight[2] + 1
            outside = box[2] < sight[0] or box[0] > sight[2] or box[3] < sight[1] or box[1] > sight[3]
            assert inside or outside, (zoom, box)
            for other in boxes:
                apart = box[0] >= other[2] or box[2] <= other[0] or box[1] >= other[3] or box[3] <= other[1]
                assert box is other or apart, (zoom, box, other)


def test_zoomed_far_out_there_is_land_and_sea_all_round(open_map, ukraine):
    page = open_map(ukraine).page
    page.evaluate("geoconflict.app.map.setView([49.5, 32.0], 3, { animate: false })")
    land, sea = pixel(page, 48.0, 36.5), pixel(page, 43.0, 34.0)
    assert land[3] == 255
    assert sea[3] == 0
    for lat, lon in [(27.0, 2.0), (47.0, 67.0), (60.0, 50.0), (42.9, 25.2)]:
        assert pixel(page, lat, lon) == land, (lat, lon)
    assert pixel(page, 45.0, -15.0)[3] == 0


def test_the_colours_follow_the_theme(open_map, ukraine):
    light = pixel(open_map(ukraine).page, 49.9, 32.9)
    dark = pixel(open_map(ukraine, scheme="dark").page, 49.9, 32.9)
    assert sum(light[:3]) > 600
    assert sum(dark[:3]) < 180


def test_the_scale_bar_is_as_long_as_it_says_and_north_is_up(open_map, ukraine):
    page = open_map(ukraine).page
    for zoom, expected in [(5, "200 km"), (8, "20 km"), (10, "10 km"), (13, "1 km")]:
        page.evaluate("(zoom) => geoconflict.app.map.setView([49.5, 32.0], zoom, { animate: false })", zoom)
        bar = page.locator(".gc-scale-bar")
        text = bar.text_content()
        metres = float(text.split()[0]) * (1000 if text.endswith("km") else 1)
        width = bar.bounding_box()["width"]
        shown = page.evaluate(
            """(px) => { const map = geoconflict.app.map, half = map.getSize().divideBy(2);
               return map.distance(map.containerPointToLatLng(half.subtract([px / 2, 0])), map.containerPointToLatLng(half.add([px / 2, 0]))); }""",
            width,
        )
        assert shown == pytest.approx(metres, rel=0.03)
        assert text == expected
    assert page.locator(".gc-north").get_attribute("aria-label") == "North is up"


def test_miles_stand_below_kilometres_for_who_asks(open_map):
    page = open_map(EventMap(events_frame([event(1)]), basemap=False, miles=True)).page
    texts = page.locator(".gc-scale-bar").all_text_contents()
    assert len(texts) == 2
    assert texts[0].endswith("m")
    assert texts[1].endswith((" mi", " ft"))


def test_the_page_tells_whose_lines_these_are_and_how_good(open_map, ukraine):
    page = open_map(ukraine).page
    about = page.locator(".gc-about").text_content()
    assert "approximate" in about
    assert "who controls the ground" in about
    assert "Natural Earth" in about


# ---------------------------------------------------------------- tiles
def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = (256).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress((b"\0" + b"\xc8" * 256) * 256))
        + chunk(b"IEND", b"")
    )


@pytest.fixture
def tile_server():
    asked: list[str] = []
    picture = _png()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.send_header("Content-Length", str(len(picture)))
            self.end_headers()
            self.wfile.write(picture)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("kind", ["relief", "map"])
def test_tiles_load_when_the_reader_says_so_and_not_before(chromium, tmp_path, tile_server, kind):
    origin, asked = tile_server
    credit = '(c) <img src=x onerror="window.__xss=1"> Provider'
    tiles = Tiles(url=origin + "/{z}/{x}/{y}.png", attribution=credit, name="Hills <b>", kind=kind)
    event_map = EventMap(
        events_frame([event(1)]), basemap=clip_basemap(KYIV), tiles=tiles, location=[49.5, 32.0], zoom_start=7
    )
    event_map.save(tmp_path / "map.html")
    context = chromium.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    messages, requests = [], []
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on("request", lambda request: requests.append(request.url))
    page.goto((tmp_path / "map.html").as_uri())
    page.wait_for_selector("html[data-ready]", state="attached")
    assert len(requests) == 1
    assert asked == []
    host = origin.removeprefix("http://")
    assert page.locator(".gc-tiles label").text_content() == f"Load “Hills <b>” from {host}"
    assert f"pictures from {host}" in page.locator(".gc-about").text_content()
    assert page.locator(".gc-tiles-credit").text_content() == ""

    page.get_by_role("checkbox", name="Hills").focus()
    page.keyboard.press("Space")
    page.wait_for_selector(".gc-tile .leaflet-tile-loaded", state="attached")
    assert page.locator(".gc-tiles-credit").text_content() == credit
    assert {url.split("/")[2] for url in requests[1:]} == {host}
    if kind == "map":  # a whole map stands in the place of ours
        two_frames(page)
        assert pixel(page, 49.9, 32.9)[3] == 0
    else:
        assert pixel(page, 49.9, 32.9)[3] == 255

    page.keyboard.press("Space")
    two_frames(page)
    assert page.locator(".gc-tile").count() == 0
    assert pixel(page, 49.9, 32.9)[3] == 255
    assert page.evaluate("window.__xss") is None
    assert messages == []
    context.close()
