"""The map in a real browser: opened from disk, offline, used by mouse and by keyboard."""

from __future__ import annotations

import datetime as dt
import re

import folium
import pandas as pd
import pytest
import shapely
from event_frames import PLACES, event, events_frame, tolls_frame, unlocated_frame, war
from waiting import at_rest, two_frames, wait_address, wait_whole_address

from geoconflict.render.event_map import EventMap

pytestmark = pytest.mark.browser

SMALL_BASEMAP = {
    "scale": 0.001,
    "layers": {"land": {"type": "polygon", "rings": [[44000, 38000, 6000, 0, 0, 4000, -6000, 0]]},
               "country_borders": {"type": "line", "lines": [[45000, 39000, 500, 500]]}},
    "labels": [["Land", 46.0, 40.0, 0, "country"]],
    "attribution": ["Outlines: made up."],
}  # fmt: skip


def on_map(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["place_precision"] != "country") & frame["ends_on"].notna()]


def in_window(frame: pd.DataFrame, first: str, last: str) -> int:
    drawn = on_map(frame)
    starts = drawn["starts_on"].fillna(drawn["ends_on"])
    return int(((starts <= last) & (drawn["ends_on"] >= first)).sum())


def handles(page):
    return page.locator("[role=slider]").nth(0), page.locator("[role=slider]").nth(1)


def painted(page) -> int:
    """Return how many pixels of the event canvas are painted."""
    return page.evaluate(
        """() => {
            const canvas = document.querySelector(".leaflet-gc-events-pane canvas") || document.querySelectorAll(".gc-canvas")[2];
            const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            let n = 0;
            for (let i = 3; i < data.length; i += 4) if (data[i]) n += 1;
            return n;
        }"""
    )


@pytest.mark.parametrize("scale", [1, 1.25, 1.5])
def test_dots_are_drawn_where_pixels_are_no_whole_part_of_a_point(open_map, scale):
    rows = [
        event(n, place_id=f"test:{n}", place_name=f"Place {n}", place_precision="town", geometry=shapely.Point(40 + n % 80 / 10, 30 + n // 80 / 10))
        for n in range(5200)
    ]  # fmt: skip
    page = open_map(EventMap(events_frame(rows), basemap=False), scale=scale, width=1023, height=771).page
    assert page.evaluate("geoconflict.app.events.drawnItems().length") == 0, "dots, no symbols"
    # Each dot is drawn at its place: look at every hundredth, and half way to its neighbour.
    seen = page.evaluate(
        """() => {
            const { model, map, events } = geoconflict.app;
            const canvas = document.querySelector(".leaflet-gc-events-pane canvas"), k = events.frame.ratio;
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
            copy.drawImage(canvas, 0, 0);
            const alpha = (x, y) => copy.getImageData(Math.round(x * k), Math.round(y * k), 1, 1).data[3];
            const found = { painted: 0, at: 0, all: 0 };
            for (let p = 0; p < model.nPlaces; p += 100) {
                const x = events.frame.x(model.placeX[p]), y = events.frame.y(model.placeY[p]);
                found.all += 1;
                if (alpha(x, y) > 200) found.at += 1;
            }
            for (const box of [[0, 0], [canvas.width - 3, canvas.height - 3]]) if (copy.getImageData(...box, 3, 3).data.some(Boolean)) found.painted += 1;
            return found;
        }"""
    )
    assert seen == {"painted": 0, "at": 52, "all": 52}
    # A canvas that has the right size is kept: setting it anew would empty it and cost as much as drawing.
    page.evaluate(
        """() => {
            window.resized = 0;
            for (const name of ["width", "height"]) {
                const property = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, name);
                Object.defineProperty(HTMLCanvasElement.prototype, name, { ...property, set(value) { window.resized += 1; property.set.call(this, value); } });
            }
            geoconflict.app.events.redraw();
        }"""
    )
    assert page.evaluate("window.resized") <= 2 * 2  # one-pixel canvases read colours


def test_opens_from_disk_offline_and_draws_all_events(open_map, war_map, war_frame):
    opened = open_map(war_map)
    assert opened.shown() == len(on_map(war_frame)) == 124
    assert sum(item["n"] for item in opened.items()) == 124
    assert painted(opened.page) > 5000
    assert opened.page.title() == "Six weeks of war in the highlands"
    assert opened.page.locator("h1").inner_text().replace("\n", " ") == "Six weeks of war in the highlands"


def test_what_is_not_on_the_map_is_counted_and_listed(open_map, war_map):
    page = open_map(war_map).page
    assert page.locator(".gc-off-link").inner_text() == "+ 4 not on the map"
    rows = page.locator("#gc-off .gc-legend-row").all_inner_texts()
    assert [row.split("\n") for row in rows] == [
        ["Only the country is known", "1"], ["No place found", "2"], ["No date known", "1"],
    ]  # fmt: skip
    page.locator(".gc-off-link").click()
    assert page.locator(".gc-item").count() == 4
    page.locator(".gc-item").nth(0).click()
    page.wait_for_selector(".gc-version")


def test_the_list_of_what_is_not_on_the_map_goes_by_day(open_map):
    rows = [
        event(1, starts_on="2020-10-09", ends_on="2020-10-09", place_precision="country", place_kind="country"),
        event(2, starts_on="2020-10-05", ends_on="2020-10-05", place_precision="country", place_kind="country"),
        event(4, starts_on="2020-10-01", ends_on="2020-10-12", date_precision="range"),
    ]
    nowhere = [event(n, starts_on=f"2020-10-{n:02d}", ends_on=f"2020-10-{n:02d}") for n in (7, 10)]
    page = open_map(EventMap(events_frame(rows), unlocated=unlocated_frame(nowhere), basemap=False)).page
    page.locator(".gc-off-link").click()
    page.locator("#gc-card .gc-day-name").last.wait_for()
    days = page.locator(".gc-day-name").all_inner_texts()
    assert [re.search(r"\d+ Oct", day).group() for day in days] == ["5 Oct", "7 Oct", "9 Oct", "10 Oct"]


def test_window_moves_by_keyboard_and_filters(open_map, war_map, war_frame):
    opened = open_map(war_map)
    first, last = handles(opened.page)
    first.focus()
    for _ in range(10):
        opened.page.keyboard.press("ArrowRight")
    assert first.get_attribute("aria-valuetext") == "7 October 2020"
    assert opened.shown() == in_window(war_frame, "2020-10-07", "2020-11-30")
    last.focus()
    opened.page.keyboard.press("PageDown")
    opened.page.keyboard.press("PageDown")
    day = opened.page.get_attribute("#gc-main", "data-to")
    assert opened.shown() == in_window(war_frame, "2020-10-07", day)
    opened.page.keyboard.press("Home")
    assert opened.page.get_attribute("#gc-main", "data-to") == "2020-10-07"
    opened.page.keyboard.press("End")
    first.focus()
    opened.page.keyboard.press("Home")
    assert opened.shown() == 124


def test_window_is_dragged_resized_and_reset_by_mouse(open_map, war_map, war_frame):
    opened = open_map(war_map)
    page = opened.page
    _, last = handles(page)
    box = last.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] - 500, box["y"] + 20, steps=4)
    page.mouse.up()
    after_resize = page.get_attribute("#gc-main", "data-to")
    assert "2020-10-10" < after_resize < "2020-10-25"
    assert opened.shown() == in_window(war_frame, "2020-09-27", after_resize) < 124
    region = page.locator(".gc-region").bounding_box()
    page.mouse.move(region["x"] + 60, region["y"] + 30)
    page.mouse.down()
    page.mouse.move(region["x"] + 160, region["y"] + 30, steps=4)
    page.mouse.up()
    start, end = page.get_attribute("#gc-main", "data-from"), page.get_attribute("#gc-main", "data-to")
    assert start > "2020-09-27"
    assert pd.Timestamp(end) - pd.Timestamp(start) == pd.Timestamp(after_resize) - pd.Timestamp("2020-09-27")
    page.locator(".gc-whole").click()
    assert opened.shown() == 124


def test_play_moves_the_window_and_stops_at_the_end(open_map, war_map):
    opened = open_map(war_map)
    page = opened.page
    page.locator(".gc-speed").click(click_count=2)
    page.locator(".gc-play").click()
    assert page.locator(".gc-play").get_attribute("aria-label") == "Pause"
    page.wait_for_function("() => document.querySelector('#gc-main').dataset.from > '2020-09-27'")
    page.wait_for_selector(".gc-play[aria-label=Play]")
    assert page.get_attribute("#gc-main", "data-to") == "2020-11-09"


def test_click_on_a_stack_lists_its_events_and_leads_to_the_evidence(open_map, war_map, war_frame):
    opened = open_map(war_map)
    page = opened.page
    opened.click_on("Martuni")
    there = on_map(war_frame)[on_map(war_frame)["place_name"] == "Martuni"]
    assert page.locator(".gc-item").count() == len(there) == 10
    page.locator(".gc-item", has_text="2 reports").click()
    page.wait_for_selector(".gc-version")
    assert page.locator(".gc-version").count() == 2
    assert page.locator(".gc-version mark").first.inner_text() == "shells fell on the northern edge of the town"
    link = page.locator("a.gc-source-name").first
    assert link.get_attribute("href") == "https://news.example/200"
    assert set(link.get_attribute("rel").split()) == {"noopener", "noreferrer", "nofollow"}
    facts = page.locator(".gc-facts").inner_text()
    assert "0–2" in facts
    assert "not stated" in facts
    assert "Northern ministry" in page.locator(".gc-status").inner_text()
    assert page.locator(".gc-disagreements li").count() == 2
    at = page.locator(".gc-nav-at").inner_text()
    page.locator(".gc-nav .gc-round").nth(0).click()
    page.wait_for_selector(".gc-version")
    assert page.locator(".gc-nav-at").inner_text() != at
    page.locator(".gc-back").click()
    assert page.locator(".gc-item").count() == 10


def test_click_on_the_ground_of_an_area_opens_it(open_map, war_map):
    opened = open_map(war_map)
    (area,) = [item for item in opened.items() if "The highlands" in item["names"]]
    box = opened.page.locator(".gc-map").bounding_box()
    opened.page.mouse.click(box["x"] + area["x"] - 45, box["y"] + area["y"] - 20)
    assert opened.page.locator(".gc-card-title").inner_text() == "The highlands"


def test_a_country_is_never_drawn(open_map, war_map):
    assert not [item for item in open_map(war_map).items() if "Azerbaijan" in item["names"]]


def test_escape_closes_the_card_and_gives_focus_back(open_map, war_map):
    page = open_map(war_map).page
    page.locator(".gc-list-button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".gc-item")
    assert page.evaluate("document.activeElement.className") == "gc-card-title"
    page.keyboard.press("Escape")
    assert page.locator("#gc-card").is_hidden()
    assert "gc-list-button" in page.evaluate("document.activeElement.className")


def test_every_control_is_reached_by_tab(open_map, war_map):
    page = open_map(war_map).page
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "document.activeElement.className + ' ' + (document.activeElement.getAttribute('aria-label') || '')"
            )
        )
    text = "\n".join(seen)
    for part in ["First day shown", "Last day shown", "Play", "Step back", "Step forward", "gc-list-button", "gc-legend-row",
                 "gc-map", "Zoom in", "Switch between light and dark"]:  # fmt: skip
        assert part in text, part


def test_types_and_periods_are_overlays_of_the_layer_control(open_map, war_map, war_frame):
    opened = open_map(war_map)
    page = opened.page
    box = page.locator(".leaflet-control-layers").bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.locator(".leaflet-control-layers label", has_text="Battles").locator("input").uncheck()
    drawn = on_map(war_frame)
    assert opened.shown() == int((drawn["event_type"] != "Battles").sum())
    legend = page.locator(".gc-legend-row", has_text="Battles")
    assert legend.get_attribute("aria-pressed") == "false"
    assert legend.locator(".gc-count").inner_text() == str(int((drawn["event_type"] == "Battles").sum()))
    legend.click()
    assert opened.shown() == 124
    box = page.locator(".leaflet-control-layers").bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    boxes = page.locator(".leaflet-control-layers label:has(.gc-period) input")
    for k in range(1, boxes.count()):
        boxes.nth(k).uncheck()
    assert opened.shown() == in_window(war_frame, "2020-09-27", "2020-09-27")


def test_status_rows_filter(open_map, war_map, war_frame):
    opened = open_map(war_map)
    opened.page.locator(".gc-legend-row", has_text="Denied").click()
    assert opened.shown() == int((on_map(war_frame)["status"] != "denied").sum())


def test_address_restores_window_and_event(open_map, war_map, war_frame):
    event_id = war_frame.loc[war_frame["n_sources"] == 2, "event_id"].item()
    opened = open_map(war_map, fragment=f"#t=2020-10-10..2020-10-25&e={event_id}")
    assert opened.shown() == in_window(war_frame, "2020-10-10", "2020-10-25")
    opened.page.wait_for_selector(".gc-version")
    assert opened.page.locator(".gc-reference code").inner_text() == event_id
    opened.page.keyboard.press("Escape")
    wait_whole_address(opened.page, "#t=2020-10-10..2020-10-25")
    opened.page.locator(".gc-whole").click()
    wait_whole_address(opened.page, "")


@pytest.mark.parametrize(
    "fragment",
    ["#t=2020-13-01..2020-10-05", "#t=2020-10-05..2020-10-01", "#e=<img src=x onerror=window.__xss=1>", "#e=%E0%A4%A",
     "#t=__proto__&e=constructor", "#" + "t" * 9000, "#e=javascript:window.__xss=1"],
)  # fmt: skip
def test_a_bad_address_is_ignored(open_map, war_map, fragment):
    opened = open_map(war_map, fragment=fragment)
    assert opened.shown() == 124
    assert opened.page.locator("#gc-card").is_hidden()
    assert opened.page.evaluate("window.__xss === undefined")


@pytest.mark.parametrize("event_id", ["it's(1)!~*", "a" * 500, "événement № 1 / 2", "50%"])
def test_every_id_that_is_written_is_read(open_map, event_id):
    event_map = EventMap(events_frame([event(1), event(2, event_id=event_id)]), basemap=False)
    page = open_map(event_map).page
    page.evaluate(
        "(id) => geoconflict.app.readText().then((text) => geoconflict.app.card.openEvent(text.event_id.all().indexOf(id), null))",
        event_id,
    )
    page.wait_for_selector(".gc-version")
    fragment = wait_address(page, "e=")
    other = open_map(event_map, fragment=fragment).page
    other.wait_for_selector(".gc-version")
    assert other.locator(".gc-reference code").inner_text() == event_id


def test_an_address_without_an_event_closes_the_card(open_map, war_map, war_frame):
    page = open_map(war_map, fragment=f"#e={war_frame['event_id'].iloc[0]}").page
    page.wait_for_selector(".gc-version")
    page.evaluate("location.hash = '#t=2020-10-10..2020-10-25'")
    page.locator("#gc-card").wait_for(state="hidden")
    assert page.evaluate("geoconflict.app.model.selected") == -1


def test_an_address_set_while_our_own_is_due_is_not_overwritten(open_map, war_map):
    page = open_map(war_map).page
    n_due = page.evaluate(
        """() => {
          const later = setTimeout, due = [];
          window.setTimeout = (act, ms) => (ms === 250 ? due.push(act) : later(act, ms));
          geoconflict.app.model.setLeastKilled(1);
          window.setTimeout = later;
          location.hash = "#t=2020-10-10..2020-10-25";
          for (const act of due) act(); // a busy machine: our own comes before the event of the reader's
          return due.length;
        }"""
    )
    assert n_due == 1
    page.wait_for_function("() => geoconflict.app.model.dimensions.killed.least === 0")
    assert page.get_attribute("#gc-main", "data-from") == "2020-10-10"


def test_the_latest_of_two_addresses_holds(open_map, war_map, war_frame):
    page = open_map(war_map).page
    page.evaluate(
        """async (id) => {
          const read = Response.prototype.arrayBuffer;
          Response.prototype.arrayBuffer = async function () { // a slow machine: the first waits for the page's text
            await new Promise((done) => setTimeout(done, 300));
            return read.call(this);
          };
          for (const address of [`#e=${id}`, "#t=2020-10-10..2020-10-25"]) {
            const changed = new Promise((done) => addEventListener("hashchange", done, { once: true }));
            location.hash = address;
            await changed;
          }
          await geoconflict.app.readText();
          await new Promise((done) => setTimeout(done, 50));
        }""",
        war_frame["event_id"].iloc[0],
    )
    assert page.evaluate("location.hash") == "#t=2020-10-10..2020-10-25"
    assert page.locator("#gc-card").is_hidden()


def test_an_address_too_long_to_be_read_is_not_written(open_map):
    rows = [event(n, actors=f"Group number {n} {'x' * 180}") for n in range(120)]
    event_map = EventMap(events_frame(rows), basemap=False)
    page = open_map(event_map, fragment="#q=shells").page
    page.evaluate("geoconflict.app.model.setValues('actors', Array.from({ length: 110 }, (_, code) => code), true)")
    page.evaluate("geoconflict.app.model.setLeastKilled(1)")
    fragment = wait_address(page, "k=1", "q=shells")  # what there is room for is there
    assert len(fragment) < 16_000
    other = open_map(event_map, fragment=fragment).page
    assert other.evaluate("geoconflict.app.model.dimensions.killed.least") == 1


def test_an_address_tells_every_filter_and_another_takes_them_back(open_map, war_map):
    opened = open_map(war_map)
    page = opened.page
    page.evaluate("geoconflict.app.model.setLeastKilled(1)")
    page.evaluate("geoconflict.app.model.setValues('actors', [0, 1], true)")
    page.evaluate("geoconflict.app.map.setView([39.75, 46.75], 9, { animate: false })")
    page.locator(".gc-pick", has_text="view").first.click()
    fragment = wait_address(page, "k=1", "actors=", "&extent", "v=")
    shown = page.evaluate("geoconflict.app.model.shownEvents()")
    other = open_map(war_map, fragment=fragment).page
    assert other.evaluate("geoconflict.app.model.shownEvents()") == shown
    assert sorted(other.evaluate("geoconflict.app.model.activeFilters()")) == ["actors", "extent", "killed"]
    other.evaluate("location.hash = '#m=trail'")
    other.wait_for_function("() => geoconflict.app.model.activeFilters().length === 0")
    assert other.evaluate("geoconflict.app.model.nShown") == 124


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640), (768, 1024), (1280, 800)])
def test_no_layout_overflows_sideways(open_map, war_map, width, height):
    opened = open_map(war_map, width=width, height=height)
    page = opened.page

    def fits() -> bool:
        return page.evaluate(
            "document.documentElement.scrollWidth <= innerWidth && document.body.scrollHeight <= innerHeight"
        )

    assert fits()
    if width < 760:
        page.locator(".gc-menu").click()
        assert page.locator(".gc-legend-row").first.is_visible()
        assert fits()
        page.locator(".gc-list-button").click()
    else:
        page.locator(".gc-list-button").click()
    page.locator(".gc-item").first.click()
    page.wait_for_selector(".gc-version")
    assert fits()
    box = page.locator("#gc-card").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height + 1


def test_the_theme_follows_the_reader_and_can_be_switched(open_map, war_map):
    page = open_map(war_map, scheme="dark").page

    def background() -> str:
        return page.evaluate("getComputedStyle(document.querySelector('.gc-side')).backgroundColor")

    assert background() == "rgb(24, 29, 37)"
    page.get_by_role("button", name="Switch between light and dark").click()
    assert background() == "rgb(255, 255, 255)"


def test_pictures_that_have_left_the_page_are_let_go(open_map, war_map):
    page = open_map(war_map).page
    page.evaluate(
        """async () => {
            window.gone = [];
            for (let k = 0; k < 40; k += 1) {
                await geoconflict.app.card.openEvent(k, null);
                window.gone.push(new WeakRef(document.querySelector("#gc-card canvas.gc-symbol")));
            }
            geoconflict.app.card.close();
        }"""
    )
    two_frames(page)
    page.request_gc()
    assert page.evaluate("window.gone.filter((one) => one.deref()).length") <= 2


def test_an_empty_map_says_so(open_map):
    opened = open_map(EventMap(events_frame([]), title="Nothing yet", basemap=SMALL_BASEMAP))
    assert opened.shown() == 0
    assert opened.page.locator("#gc-message").inner_text() == "There are no events to show on this map."
    assert opened.page.locator("#gc-timeline").is_hidden(), "what is said of days would be wrong of no events"
    assert opened.page.locator(".gc-list-button").count() == 0


def test_on_a_phone_what_is_said_on_the_map_leaves_its_buttons_free(open_map):
    page = open_map(EventMap(events_frame([]), basemap=False), width=390, height=844).page
    message = page.locator("#gc-message").bounding_box()
    zoom = page.locator(".leaflet-control-zoom").bounding_box()
    assert message["x"] >= 0
    assert message["x"] + message["width"] <= zoom["x"]


def test_an_event_below_the_floor_is_listed_for_review_and_not_drawn(open_map):
    frame = events_frame([event(1, score=0.9), event(2, score=0.55)])
    opened = open_map(EventMap(frame, basemap=False, min_score=0.6))
    assert opened.shown() == 1
    assert opened.page.locator("#gc-off").get_by_text("To be reviewed").count() == 1
    opened.page.locator(".gc-off-link").click()
    assert opened.page.locator(".gc-item").count() == 1


def test_events_of_other_days_that_the_file_leaves_out_are_counted_under_their_heading(open_map):
    frame = events_frame([event(1), event(2, starts_on="2020-12-24", ends_on="2020-12-24")])
    opened = open_map(EventMap(frame, basemap=False, ends_on=dt.date(2020, 11, 30), n_outside=1200))
    page = opened.page
    assert page.locator(".gc-off-link").inner_text() == "+ 1,201 not on the map"
    row = page.locator("#gc-off .gc-legend-row")
    assert row.inner_text().split("\n") == ["Before or after the timeline", "1,201"]
    row.click()
    assert (
        "1 event \u00b7 The map was made for other days. Those left out"
        in page.locator("#gc-card .gc-note").inner_text()
    )
    assert page.locator(".gc-item").count() == 1
    page.evaluate("geoconflict.app.model.setLeastKilled(1)")
    assert page.locator(".gc-off-link").is_hidden()  # nobody can say whether they have a figure


def test_a_map_of_unlocated_events_alone_lists_them(open_map):
    opened = open_map(EventMap(events_frame([]), unlocated=unlocated_frame([event(1), event(2)]), basemap=False))
    assert opened.shown() == 0
    opened.page.locator(".gc-off-link").click()
    assert opened.page.locator(".gc-item").count() == 2


@pytest.mark.parametrize("day", ["0800-12-25", "1969-12-31", "1999-08-26", "2001-09-09", "2400-02-29"])
def test_days_far_from_now_are_shown_rightly(open_map, day):
    frame = events_frame([event(1, starts_on=day, ends_on=day, place_name="Goris")])
    opened = open_map(EventMap(frame, basemap=False))
    assert opened.page.get_attribute("#gc-main", "data-from").endswith(day)
    opened.click_on("Goris")
    year = str(int(day[:4]))
    assert year in opened.page.locator(".gc-facts").inner_text()


def test_added_folium_layers_work(open_map, war_frame):
    event_map = EventMap(war_frame, basemap=SMALL_BASEMAP)
    group = folium.FeatureGroup(name="My layer").add_to(event_map)
    folium.CircleMarker(PLACES["Goris"][::-1], radius=9, tooltip="mine").add_to(group)
    folium.GeoJson({"type": "Point", "coordinates": [46.0, 40.0]}, name="dots", marker=folium.CircleMarker()).add_to(
        event_map
    )
    folium.Marker(PLACES["Shusha"][::-1], tooltip="a pin").add_to(event_map)
    folium.LayerControl().add_to(event_map)
    opened = open_map(event_map)
    assert opened.page.locator("img.leaflet-marker-icon").evaluate("pin => pin.complete && pin.naturalWidth > 0")
    assert opened.page.locator("path.leaflet-interactive").count() == 2
    assert opened.page.get_by_text("My layer").count() == 1
    assert opened.shown() == 124


def test_a_notebook_frame_shows_the_same_map(open_notebook, war_map):
    frame = open_notebook(war_map)
    assert frame.locator("#gc-main").get_attribute("data-shown") == "124"
    slider = frame.locator("[role=slider]").first
    slider.focus()
    slider.press("ArrowRight")
    frame.locator("#gc-main[data-from='2020-09-28']").wait_for(state="attached")


def test_context_lines_are_listed_and_dated(open_map, war_map):
    page = open_map(war_map).page
    row = page.locator(".gc-key-row", has_text="Old ceasefire line")
    assert "approximate" in row.inner_text()
    assert "gc-faded" in row.get_attribute("class")  # it ended before the window does
    last = page.locator("[role=slider]").nth(1)
    last.focus()
    for _ in range(3):
        page.keyboard.press("PageDown")
    assert "gc-faded" not in row.get_attribute("class")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_map, serious_faults, war_map, scheme):
    opened = open_map(war_map, scheme=scheme)
    page = opened.page
    assert serious_faults(page) == []
    page.locator(".gc-about summary").click()
    page.locator("summary", has_text="Total figures").click()
    assert serious_faults(page) == []
    opened.click_on("Martuni")
    assert serious_faults(page) == []
    page.locator(".gc-item", has_text="2 reports").click()
    page.wait_for_selector(".gc-version")
    page.locator(".gc-card summary").click()
    assert serious_faults(page) == []
    phone = open_map(war_map, scheme=scheme, width=390, height=844).page
    phone.locator(".gc-menu").click()
    assert serious_faults(phone) == []


def test_total_figures_are_listed_with_who_gives_them(open_map):
    arguments = war()
    page = open_map(EventMap(arguments.pop("events"), **(arguments | {"basemap": False}))).page
    page.locator("summary", has_text="Total figures").click()
    page.wait_for_selector(".gc-tolls li")
    text = page.locator(".gc-tolls").inner_text()
    for part in ["at least 700", "soldiers", "Northern ministry", "20 Oct 2020", "more than 700 soldiers so far"]:
        assert part in text, part


def test_a_total_of_a_place_says_where_and_since_when(open_map):
    arguments = war() | {"tolls": tolls_frame(scope="place", places="Northtown", since="2020-09-29")}
    page = open_map(EventMap(arguments.pop("events"), **(arguments | {"basemap": False}))).page
    page.locator("summary", has_text="Total figures").click()
    page.wait_for_selector(".gc-tolls li")
    text = page.locator(".gc-tolls").inner_text()
    assert "soldiers · Northtown" in text
    assert "since 29 Sept 2020 · as of 20 Oct 2020" in text or "since 29 Sep 2020 · as of 20 Oct 2020" in text


def test_totals_of_a_frame_that_does_not_say_where_are_listed_all_the_same(open_map):
    older = tolls_frame().drop(columns=["scope", "places", "since"])
    arguments = war() | {"tolls": older}
    page = open_map(EventMap(arguments.pop("events"), **(arguments | {"basemap": False}))).page
    page.locator("summary", has_text="Total figures").click()
    page.wait_for_selector(".gc-tolls li")
    assert "as of 20 Oct 2020" in page.locator(".gc-tolls").inner_text()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_card_never_hides_its_own_place(open_map, war_map, width, height):
    opened = open_map(war_map, width=width, height=height)
    opened.click_on("Martuni")
    at_rest(opened.page)
    (item,) = [item for item in opened.items() if "Martuni" in item["names"]]
    card = opened.page.locator("#gc-card").bounding_box()
    box = opened.page.locator(".gc-map").bounding_box()
    x, y = box["x"] + item["x"], box["y"] + item["y"]
    assert not (card["x"] <= x <= card["x"] + card["width"] and card["y"] <= y <= card["y"] + card["height"])
    assert box["x"] <= x <= box["x"] + box["width"]
    assert box["y"] <= y <= box["y"] + box["height"]


def test_zoomed_out_no_event_disappears(open_map, war_map):
    opened = open_map(war_map)
    for zoom in (3, 5, 7):
        opened.page.evaluate(f"() => {{ geoconflict.app.map.setZoom({zoom}, {{ animate: false }}); }}")
        items = opened.items()
        assert sum(item["n"] for item in items) == 124, zoom
        apart = [
            (one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2
            for k, one in enumerate(items) for other in items[:k]
        ]  # fmt: skip
        assert min(apart, default=400) > 10**2, "one symbol covers another"


def test_the_timeline_keeps_to_the_days_asked_for(open_map):
    arguments = war()
    events = arguments.pop("events")
    events.loc[events.index[3], "starts_on"] = pd.Timestamp("1993-01-01")
    opened = open_map(EventMap(events, starts_on=dt.date(2020, 9, 27), ends_on=dt.date(2020, 11, 10)))
    assert opened.page.get_attribute("#gc-main", "data-from") == "2020-09-27"
    assert opened.shown() == in_window(events, "2020-09-27", "2020-11-10") > 100


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_the_first_view_holds_the_focus_whole_and_says_what_lies_outside(open_map, width, height):
    rows = [
        event(n, place_id=f"p{n}", geometry=shapely.Point(13 + 9 * (n % 4), -8 + 7 * (n % 5)), place_precision="town")
        for n in range(20)
    ]
    far = event(30, place_id="far", place_name="Geneva", geometry=shapely.Point(-60.0, 60.0), place_precision="town")
    page = open_map(EventMap(events_frame([*rows, far]), basemap=False), width=width, height=height).page
    outside = page.locator(".gc-outside")
    assert outside.text_content() == "1 outside this view"
    clear = """() => {
        const { map, model } = geoconflict.app;
        const { top, left } = map.getContainer().getBoundingClientRect();
        return Array.from({ length: model.nPlaces }, (_, p) => map.latLngToContainerPoint(model.latLng(p))).filter(({ x, y }) => {
            const at = document.elementFromPoint(left + x, top + y);
            return at && at.closest(".gc-map") && !at.closest(".leaflet-control");
        }).length;
    }"""
    assert page.evaluate(clear) == 20, "and none stands below a button or the timeline"
    outside.evaluate("(button) => button.click()")
    outside.wait_for(state="hidden")
    wait_address(page, "v=")


def test_a_new_size_of_the_page_fits_the_first_view_anew(open_map, war_map):
    page = open_map(war_map).page
    page.set_viewport_size({"width": 700, "height": 600})
    page.wait_for_function(
        "() => { const { map } = geoconflict.app; return map.getSize().x === map.getContainer().clientWidth; }"
    )
    at_rest(page)
    fits = (
        "geoconflict.app.map.getBounds().contains(JSON.parse(document.getElementById('gc-config').textContent).focus)"
    )
    assert page.evaluate(fits)
    page.wait_for_timeout(300)  # longer than the address waits for the reader's next move
    assert page.evaluate("location.hash") == "", "the reader has moved nothing"
