"""Frames of any make as maps in a real browser: each opens, draws what it holds and stays usable."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from event_frames import event, events_frame, source

from geoconflict.render.columns import map_columns
from geoconflict.render.event_map import EventMap
from geoconflict.render.payload import pack_block, unpack_block

pytestmark = pytest.mark.browser


def plain(geometry=None, **columns):
    values = {"event_date": ["2020-10-04", "2020-10-05", None]} | columns
    points = shapely.points([(46.75, 39.82), (47.11, 39.80), (46.9, 39.9)])
    return gpd.GeoDataFrame(values, geometry=points if geometry is None else geometry, crs="EPSG:4326")


def without_place(frame):
    frame.loc[0, "geometry"] = None
    return frame


@pytest.mark.parametrize(
    ("frame", "shown"),
    [
        (plain(), 2),
        (plain().to_crs("EPSG:32638"), 2),
        (without_place(plain()), 1),
        (plain().iloc[:0], 0),
        (plain().iloc[:1], 1),
        (plain(shapely.buffer(shapely.points([(46, 39), (47, 40), (48, 41)]), 0.2)), 2),
        (plain(event_date=pd.to_datetime(["2020-10-04T23:30+04:00", "2020-10-05T00:30+04:00", None])), 2),
        (plain(event_date=pd.PeriodIndex(["2020-09", "2020-10", None], freq="M")), 2),
        (plain(kind=["Flood", "Landslide", "Battles"], fatalities=[1, 2, 3]), 2),
    ],
    ids=["plain", "other-crs", "no-place", "no-rows", "one-row", "polygons", "time-zone", "periods", "types"],
)
def test_any_frame_makes_a_map(open_map, frame, shown):
    opened = open_map(EventMap(frame, title="Any frame", basemap=False))
    assert opened.shown() == shown
    assert sum(item["n"] for item in opened.items()) == shown
    assert opened.page.evaluate("geoconflict.app.model.n") == len(frame)


def test_events_on_both_sides_of_the_date_line_stand_side_by_side(open_map):
    frame = plain(
        shapely.points([(179, -17), (-179, -17), (178.5, -18)]), event_date=["2020-10-04", "2020-10-05", "2020-10-06"]
    )
    opened = open_map(EventMap(frame, title="Across"))
    assert opened.shown() == 3
    xs = sorted(item["x"] for item in opened.items())
    width = opened.page.locator(".gc-map").bounding_box()["width"]
    assert 0 < xs[0] < xs[-1] < width
    assert xs[-1] - xs[0] > width / 4, "the view is fitted to them"
    assert opened.page.evaluate("geoconflict.app.map.getZoom()") > 6


def test_ten_megabytes_of_text_leave_the_page_usable(open_map):
    huge = "word " * 2_000_000
    rows = [event(1, place_name="Martuni", sources=[source(1, quote=huge)], disagreements=huge, actors=huge), event(2)]
    opened = open_map(EventMap(events_frame(rows), basemap=False))
    opened.page.evaluate("geoconflict.app.card.openEvent(0, null)")
    opened.page.wait_for_selector(".gc-quote")
    text = opened.page.locator("#gc-card").inner_text()
    assert "more characters are left out here]" in text
    assert len(text) < 60_000
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#gc-card").is_hidden()


def test_the_page_reads_what_python_wrote(open_map):
    """Every kind of column, read by assets/payload.js as by payload.py."""
    words = [f"w{n}" for n in range(13_000)]
    told = [source(n, quote=" ".join(words[n * 130 : n * 130 + 130]) + " naïve 🗺️", killed={"low": n, "best": n + 1, "high": None}) for n in range(100)]  # fmt: skip
    rows = [event(n, sources=[told[n]] * (n % 3), actors="; ".join("ABC"[: n % 4])) for n in range(100)]
    frame = events_frame(rows)
    opened = open_map(EventMap(frame, basemap=False))
    columns = map_columns(frame)
    read = """(columns) => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name,
        column.of ? Array.from({ length: column.length }, (_, i) => column.of(i))
        : column.at && column.values || column.all ? Array.from({ length: column.length }, (_, i) => column.at(i))
        : Array.from(column)]))"""
    drawn = opened.page.evaluate(f"({read})(geoconflict.app.model.columns)")
    text = opened.page.evaluate(f"geoconflict.app.readText().then({read})")
    for made, expected in ((drawn, columns.drawn), (text, columns.text)):
        wanted = {name: column if isinstance(column, list) else column.tolist() for name, column in unpack_block(pack_block(expected)).items()}  # fmt: skip
        assert made.keys() == wanted.keys()
        for name, values in wanted.items():
            assert made[name] == values, name


def test_types_beyond_ours_look_different(open_map):
    frame = plain(kind=["Flood", "Landslide", "Fire"], event_date=["2020-10-04", "2020-10-05", "2020-10-06"])
    opened = open_map(EventMap(frame, basemap=False))
    pictures = opened.page.evaluate(
        """Object.entries(JSON.parse(document.getElementById("gc-config").textContent).style.types)
        .filter(([name]) => ["Flood", "Landslide", "Fire"].includes(name)).map(([, style]) => style.colour + style.shape)"""
    )
    assert len(set(pictures)) == 3


@pytest.mark.parametrize("quotes", [True, False])
def test_a_link_finds_its_event_by_the_beginning_of_its_id(open_map, quotes):
    ids = ["abcdef0123456789", "abcdef9876543210", "0123456789abcdef", "fedcba9876543210"]
    rows = [event(n, event_id=one, place_name=f"Place {n}") for n, one in enumerate(ids)]
    event_map = EventMap(events_frame(rows), basemap=False, quotes=quotes)
    for link, found in (("0123456789abcdef", 2), ("012345", 2), ("fedcba98", 3), ("abcdef0123456789", 0)):
        page = open_map(event_map, fragment=f"#e={link}").page
        page.wait_for_selector("#gc-card:not([hidden])")
        assert page.evaluate("geoconflict.app.readText().then((text) => text.event_id.at(geoconflict.app.model.selected))").startswith(ids[found][:6])  # fmt: skip
        assert f"Place {found}" in page.locator("#gc-card").inner_text()
    for link in ("abcdef", "fedcb", "fedcbb"):
        page = open_map(event_map, fragment=f"#e={link}").page
        page.wait_for_selector("#gc-message:not([hidden])")
        assert page.locator("#gc-card").is_hidden(), link


def test_what_a_frame_does_not_state_is_called_so(open_map):
    page = open_map(EventMap(plain(), basemap=False)).page
    page.evaluate("geoconflict.app.card.openEvent(0, null)")
    page.locator("#gc-card .gc-facts").wait_for()
    card = page.locator("#gc-card").inner_text()
    assert "Told as fact" not in card
    assert "Exact spot" not in card
    assert card.count("ot stated") >= 3
    assert "39.8200, 46.7500" in card, "a place without a name has its coordinates in the card"
    assert page.evaluate("geoconflict.app.events.drawnItems().flatMap(({ names }) => names)") == ["", ""]


def test_areas_of_several_names_have_a_colour_each(open_map):
    boxes = gpd.GeoDataFrame(
        {"held_by": ["B", "A", "B"]},
        geometry=[shapely.box(x, 39, x + 0.5, 40) for x in (46, 46.5, 47)],
        crs="EPSG:4326",
    )
    made = EventMap(plain(), basemap=False).add_areas(boxes, name="held_by", approximate=False)
    page = open_map(made).page
    seen = page.evaluate("""() => {
        const { map } = geoconflict.app;
        const canvas = document.querySelector(".leaflet-gc-context-pane canvas");
        const [a, b] = [canvas.getBoundingClientRect(), map.getContainer().getBoundingClientRect()];
        const k = canvas.width / a.width;
        const copy = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
        return [46.15, 46.65, 47.35].map((lon) => {
            const { x, y } = map.latLngToContainerPoint([39.8, lon]);
            copy.clearRect(0, 0, 1, 1);
            copy.drawImage(canvas, Math.round(k * (b.left + x - a.left)), Math.round(k * (b.top + y - a.top)), 1, 1, 0, 0, 1, 1);
            return [...copy.getImageData(0, 0, 1, 1).data].join();
        });
    }""")
    assert seen[0] == seen[2] != seen[1]
