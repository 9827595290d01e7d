"""Layers of a map in a real browser: dated lines and areas, counts by area, density, themes, folium's own layers."""

from __future__ import annotations

import datetime as dt
import re

import folium
import folium.plugins
import geopandas as gpd
import pytest
import shapely
from event_frames import PLACES, event, events_frame, unlocated_frame
from waiting import two_frames

from geoconflict.render.event_map import EventMap
from geoconflict.render.gallery import gallery_page
from geoconflict.render.look import Phase

pytestmark = pytest.mark.browser

WEST, EAST = shapely.box(46, 39, 47, 41), shapely.box(47, 39, 48, 41)
DISTRICTS = gpd.GeoDataFrame({"district": ["West", "East"]}, geometry=[WEST, EAST], crs="EPSG:4326")
DAY_0 = dt.date(1970, 1, 1)


def at(n, name, day, **values):
    given = {
        "place_name": name, "place_id": f"test:{name}", "geometry": shapely.Point(PLACES[name]), "starts_on": day, "ends_on": day,
        "event_type": "Battles", "sub_event_type": "Armed clash",
    }  # fmt: skip
    return event(n, **(given | values))


def frame():
    """Return two weeks: Shusha and Stepanakert lie in the west, Barda in the east, Vardenis outside both."""
    return events_frame(
        [
            at(1, "Shusha", "2020-10-05", killed_low=2, killed_best=3, killed_high=4),
            at(2, "Shusha", "2020-10-06"),
            at(3, "Shusha", "2020-10-13", status="denied", killed_low=50),
            at(4, "Barda", "2020-10-07", killed_low=1),
            at(5, "Vardenis", "2020-10-08"),
            at(6, "Goris", "2020-10-09", place_precision="region", place_kind="region", event_type="Riots", sub_event_type="Mob violence"),
        ]
    )  # fmt: skip


def built(**options):
    return EventMap(frame(), basemap=False, **options)


def legend(page):
    return page.locator(".gc-layer-legend").inner_text()


def counts(page):
    two_frames(page)
    return page.evaluate("Array.from(geoconflict.app.layers[0].counts)")


def switch(page, name):
    page.locator(".leaflet-control-layers").hover()
    page.locator(".leaflet-control-layers label", has_text=name).locator("input").click()
    page.mouse.move(500, 500)


def colours(page, pane, lon, lat):
    """Return the pixel of a pane's canvas at a place, as red, green, blue, alpha."""
    return page.evaluate(
        """([pane, lon, lat]) => {
          const { map } = geoconflict.app;
          const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
          if (!canvas) return null;
          const at = map.latLngToContainerPoint([lat, lon]), box = canvas.getBoundingClientRect();
          const here = map.getContainer().getBoundingClientRect();
          const k = canvas.width / box.width;
          // Read from a copy: reading a canvas that is drawn on makes the browser complain.
          const copy = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
          copy.drawImage(canvas, Math.round(k * (here.left + at.x - box.left)), Math.round(k * (here.top + at.y - box.top)), 1, 1, 0, 0, 1, 1);
          return Array.from(copy.getImageData(0, 0, 1, 1).data);
        }""",
        [pane, lon, lat],
    )


# ---------------------------------------------------------------- counts by area
def test_counts_by_area_are_off_until_switched_on(open_map):
    page = open_map(built().choropleth_over_time(DISTRICTS, name="district")).page
    assert page.locator(".gc-layer-legend").count() == 0
    assert colours(page, "gc-areas", 46.2, 39.9) is None
    switch(page, "Events by area")
    assert counts(page) == [3, 1]
    assert colours(page, "gc-areas", 46.2, 39.9)[3] > 100
    switch(page, "Events by area")
    assert page.locator(".gc-layer-legend").count() == 0


def test_counts_by_area_obey_filters_and_the_window(open_map):
    page = open_map(built().choropleth_over_time(DISTRICTS, name="district", show=True)).page
    assert counts(page) == [3, 1]
    page.evaluate("geoconflict.app.model.setWindow(geoconflict.app.model.firstDay, geoconflict.app.model.firstDay + 1)")
    assert counts(page) == [2, 0]
    page.evaluate("geoconflict.app.model.setWindow(geoconflict.app.model.firstDay, geoconflict.app.model.lastDay)")
    page.locator(".gc-legend-row", has_text="Battles").click()
    assert counts(page) == [0, 0]


def test_what_is_too_vague_or_outside_is_told(open_map):
    page = open_map(built().choropleth_over_time(DISTRICTS, name="district", show=True)).page
    assert "1 event is not counted: its place is too vague" in legend(page)
    assert "1 event lies outside them" in legend(page)


def test_the_dead_can_be_counted(open_map):
    page = open_map(built().choropleth_over_time(DISTRICTS, name="district", measure="killed", show=True)).page
    assert counts(page) == [3, 1]  # the best figure, else the lowest
    assert "Killed by area" in legend(page)


def test_the_legend_steps_the_window_by_whole_periods_with_the_same_classes(open_map):
    page = open_map(built().choropleth_over_time(DISTRICTS, name="district", period="week", show=True)).page
    page.get_by_role("button", name="One week on").click()
    assert (page.get_attribute("#gc-main", "data-from"), page.get_attribute("#gc-main", "data-to")) == (
        "2020-10-05",
        "2020-10-11",
    )
    assert counts(page) == [2, 1]
    classes = page.locator(".gc-swatches").inner_text()
    page.get_by_role("button", name="One week on").click()
    assert counts(page) == [1, 0]
    assert page.locator(".gc-swatches").inner_text() == classes
    page.get_by_role("button", name="One week on").click()  # there is no later week
    assert counts(page) == [1, 0]
    page.get_by_role("button", name="One week back").click()
    assert counts(page) == [2, 1]


def days_shown(page):
    return page.get_attribute("#gc-main", "data-from"), page.get_attribute("#gc-main", "data-to")


def test_in_all_until_then_the_legend_steps_the_end_by_whole_periods(open_map):
    page = open_map(
        built().choropleth_over_time(DISTRICTS, name="district", period="week", show=True), fragment="#m=cumulative"
    ).page
    first, last = "2020-10-05", "2020-10-13"
    assert days_shown(page) == (first, last)
    back, on = page.get_by_role("button", name="One week back"), page.get_by_role("button", name="One week on")
    back.click()
    assert days_shown(page) == (first, "2020-10-11")
    assert counts(page) == [2, 1]
    back.click()  # there is no earlier week
    assert days_shown(page) == (first, "2020-10-11")
    page.evaluate("geoconflict.app.model.setWindow(0, geoconflict.app.model.firstDay + 2)")
    on.click()
    assert days_shown(page) == (first, "2020-10-11"), "the week that was not yet shown whole"
    on.click()
    assert days_shown(page) == (first, last)
    on.click()
    assert days_shown(page) == (first, last)


def test_stepping_by_the_legend_stops_what_plays(open_map):
    page = open_map(built().choropleth_over_time(DISTRICTS, name="district", period="week", show=True)).page
    page.locator(".gc-play").click()
    assert page.locator(".gc-play").get_attribute("aria-label") == "Pause"
    page.get_by_role("button", name="One week on").click()
    assert page.locator(".gc-play").get_attribute("aria-label") == "Play"


def test_an_event_of_several_periods_counts_for_the_classes_of_each(open_map):
    rows = [
        *(at(n, "Shusha", "2020-10-07", ends_on="2020-10-13", date_precision="range") for n in range(4)),
        *(at(n, "Shusha", "2020-10-14") for n in range(4, 7)),
        at(7, "Barda", "2020-10-06"),
    ]
    layer = EventMap(events_frame(rows), basemap=False).choropleth_over_time(
        DISTRICTS, name="district", period="week", show=True
    )
    page = open_map(layer, fragment="#t=2020-10-05..2020-10-11").page
    assert counts(page) == [4, 1]
    before = page.locator(".gc-swatches").inner_text()
    page.get_by_role("button", name="One week on").click()
    assert counts(page) == [7, 0]
    assert page.locator(".gc-swatches").inner_text() == before


def test_areas_are_listed_for_those_who_do_not_see_the_map(open_map):
    page = open_map(built().choropleth_over_time(DISTRICTS, name="district", show=True)).page
    page.locator(".gc-layer-more summary").click()
    assert page.locator(".gc-layer-list").inner_text().split() == ["West", "3", "East", "1"]


def test_the_pointer_reads_an_area(open_map):
    page = open_map(built().choropleth_over_time(DISTRICTS, name="district", show=True)).page
    x, y = page.evaluate("""() => { const { map } = geoconflict.app, p = map.latLngToContainerPoint([40.1, 46.2]), b = map.getContainer().getBoundingClientRect();
      return [b.left + p.x, b.top + p.y]; }""")  # fmt: skip
    page.mouse.move(x, y)
    assert page.locator(".gc-layer-reading").inner_text() == "West: 3 events"


@pytest.mark.parametrize(
    ("most", "bounds", "labels"),
    [
        (0, [], []),
        (1, [1], ["1+"]),
        (4, [1, 2], ["1", "2+"]),
        (37, [1, 2, 5, 10, 20], ["1", "2–4", "5–9", "10–19", "20+"]),
        (1000, [1, 100, 200, 500, 1000], ["1–99", "100–199", "200–499", "500–999", "1,000+"]),
    ],
)
def test_classes_have_round_bounds(open_map, most, bounds, labels):
    rows = [at(n, "Shusha", "2020-10-05", killed_low=most) for n in range(1)]
    event_map = EventMap(events_frame(rows), basemap=False).choropleth_over_time(
        DISTRICTS, name="district", measure="killed", show=True
    )
    page = open_map(event_map).page
    assert page.locator(".gc-swatches li").all_inner_texts() == ["0", *labels]
    # The area has the colour of the last class.
    found = page.evaluate(
        "(n) => getComputedStyle(document.querySelectorAll('.gc-swatches .gc-swatch')[n]).backgroundColor", len(bounds)
    )
    drawn = colours(page, "gc-areas", *PLACES["Shusha"])
    assert (drawn[3] > 100) == bool(bounds)
    if bounds:
        wanted = [int(part) for part in re.findall(r"\d+", found)[:3]]
        assert max(abs(a - b) for a, b in zip(drawn[:3], wanted, strict=True)) <= 3


def test_the_panel_and_the_gallery_add_up_the_same_dead(open_map):
    event_map = built()
    page = open_map(event_map).page
    card = event_map.card(file="a.html")
    assert (card.killed_low, card.killed_high, card.n_with_killed) == (3, 5, 2)
    assert page.locator(".gc-sum").inner_text() == "3–5 killed, stated for 2 events"


def test_the_page_and_the_gallery_draw_the_same_events(open_map):
    rows = [
        at(1, "Shusha", "2020-10-05", killed_high=4),
        at(2, "Shusha", None),
        at(3, "Shusha", "2020-09-30", killed_low=50),
        at(4, "Barda", "2020-10-31", ends_on="2020-11-20", killed_low=1),
        at(5, "Barda", "2020-11-01", place_precision="country"),
    ]
    event_map = EventMap(
        events_frame(rows), unlocated=unlocated_frame([event(6)]), basemap=False,
        starts_on=dt.date(2020, 10, 1), ends_on=dt.date(2020, 10, 31),
    )  # fmt: skip
    card = event_map.card(file="a.html")
    page = open_map(event_map).page
    assert page.evaluate("Array.from(geoconflict.app.model.where)") == event_map._columns.overview.where.tolist()
    assert page.evaluate("geoconflict.app.model.nShown") == card.n_on_map == 2
    assert page.evaluate("geoconflict.app.model.sum('killed')") == {"low": 1, "high": 5, "nStated": 2}
    assert (card.killed_low, card.killed_high, card.n_with_killed) == (1, 5, 2)
    assert (
        page.locator("#gc-off", has_text="Before or after the timeline").locator(".gc-count").all_inner_texts()[-1]
        == "2"
    )


# ---------------------------------------------------------------- density
def test_density_follows_what_is_shown(open_map):
    page = open_map(built().heat()).page
    lon, lat = PLACES["Shusha"]
    assert colours(page, "gc-heat", lon, lat) is None
    switch(page, "Where events are dense")
    assert colours(page, "gc-heat", lon, lat)[3] > 100
    assert colours(page, "gc-heat", 47.6, 39.6)[3] == 0
    assert "1 event is left out: its spot is not known" in legend(page)
    page.locator(".gc-legend-row", has_text="Battles").click()
    two_frames(page)
    assert colours(page, "gc-heat", lon, lat)[3] == 0


def test_density_means_the_same_at_all_times(open_map):
    page = open_map(built().heat(show=True)).page
    lon, lat = PLACES["Barda"]
    before = colours(page, "gc-heat", lon, lat)
    page.evaluate(
        "geoconflict.app.model.setWindow(geoconflict.app.model.firstDay + 2, geoconflict.app.model.firstDay + 2)"
    )
    two_frames(page)
    assert page.get_attribute("#gc-main", "data-shown") == "1"
    assert colours(page, "gc-heat", lon, lat) == before


# ---------------------------------------------------------------- dated lines and areas
def control():
    return gpd.GeoDataFrame(
        {
            "name": ["Before", "After"],
            "valid_from": [None, "2020-10-08"],
            "valid_to": ["2020-10-07", None],
            "approximate": [False, False],
        },
        geometry=[WEST, EAST],
        crs="EPSG:4326",
    )


def faded(page):
    two_frames(page)
    return page.locator(".gc-faded .gc-context-name").all_inner_texts()


def test_areas_follow_the_end_of_the_window_and_their_rows_fade(open_map):
    page = open_map(built().add_areas(control())).page
    assert faded(page) == ["Before"]
    assert colours(page, "gc-context", 46.2, 39.9)[3] == 0
    assert colours(page, "gc-context", 47.6, 40.1)[3] > 0
    page.evaluate("geoconflict.app.model.setWindow(geoconflict.app.model.firstDay, geoconflict.app.model.firstDay + 2)")
    assert faded(page) == ["After"]
    assert colours(page, "gc-context", 46.2, 39.9)[3] > 0


def test_a_day_can_be_compared_with(open_map):
    page = open_map(built().add_areas(control())).page
    page.fill("#gc-compare-day", "2020-10-06")
    assert faded(page) == []
    assert "as of 6 Oct 2020" in page.locator(".gc-compare-note").inner_text()
    assert colours(page, "gc-context", 46.2, 39.9)[3] == 0, "an outline is not filled"
    assert colours(page, "gc-context", 46.0, 39.9)[3] > 0
    page.get_by_role("button", name="Stop comparing").click()
    assert faded(page) == ["Before"]
    assert page.input_value("#gc-compare-day") == ""
    assert colours(page, "gc-context", 46.0, 39.9)[3] == 0


def test_the_day_that_is_compared_with_is_part_of_the_address(open_map):
    page = open_map(built().add_areas(control())).page
    page.fill("#gc-compare-day", "2020-10-06")
    page.wait_for_url("**#c=2020-10-06")
    other = open_map(built().add_areas(control()), fragment=page.evaluate("location.hash")).page
    assert other.input_value("#gc-compare-day") == "2020-10-06"
    assert colours(other, "gc-context", 46.0, 39.9)[3] > 0
    other.evaluate("location.hash = ''")
    other.locator(".gc-compare-note").wait_for(state="hidden")
    assert other.input_value("#gc-compare-day") == ""


def test_lines_without_days_have_nothing_to_compare(open_map):
    line = gpd.GeoDataFrame({"name": ["Front"]}, geometry=[shapely.LineString([(46, 39), (48, 41)])], crs="EPSG:4326")
    page = open_map(built().add_lines(line)).page
    assert page.locator(".gc-context-name").inner_text() == "Front"
    assert page.locator("#gc-compare-day").count() == 0


def test_colours_of_the_maker_are_drawn(open_map):
    page = open_map(built().add_areas(control(), colour="#00aa00")).page
    red, green, blue, _ = colours(page, "gc-context", 47.6, 40.1)
    assert green > red
    assert green > blue


# ---------------------------------------------------------------- text of others is text
PAYLOADS = [
    '<img src=x onerror="window.__xss=1">',
    "</script><script>window.__xss=1</script>",
    "${window.__xss=1}",
    "a`;window.__xss=1;`",
    "\u202egnp.exe",
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_of_layers_areas_and_phases_are_text(open_map, payload):
    hostile = DISTRICTS.assign(district=payload)
    event_map = built(phases=[Phase(dt.date(2020, 10, 6), None, payload)])
    event_map.choropleth_over_time(hostile, name="district", label=payload, show=True).heat(label=payload, show=True)
    event_map.add_areas(control(), name=payload, note=payload)
    page = open_map(event_map).page
    assert page.evaluate("window.__xss") is None
    payload = payload.replace("\u202e", "\\u202e")  # what turns the order of reading is shown
    assert payload in page.locator(".gc-layer-title").all_text_contents()
    assert payload in page.locator(".gc-context-name").all_text_contents()
    assert payload in page.locator(".gc-layer-list li span").all_text_contents()
    assert page.locator(".leaflet-control-layers label", has_text="onerror").locator("img").count() == 0


# ---------------------------------------------------------------- themes and phases
def test_a_theme_does_not_follow_the_device(open_map):
    def surface(theme, scheme):
        page = open_map(built(theme=theme), scheme=scheme).page
        return page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--is-dark').trim()")

    assert [surface("dark", "light"), surface("light", "dark"), surface("auto", "dark"), surface("auto", "light")] == [
        "1",
        "0",
        "1",
        "0",
    ]


def test_colours_of_types_are_the_makers(open_map):
    page = open_map(built(colours={"Battles": "#123456"})).page
    assert (
        page.evaluate("JSON.parse(document.getElementById('gc-config').textContent).style.types.Battles.colour")
        == "#123456"
    )
    found = page.evaluate("""() => {
      const canvas = document.querySelector(".gc-legend-row canvas");
      return Array.from(canvas.getContext("2d").getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data);
    }""")  # fmt: skip
    assert found == [0x12, 0x34, 0x56, 255]


# ---------------------------------------------------------------- phones, both themes
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_legend_starts_folded(open_map, scheme):
    page = open_map(
        built().choropleth_over_time(DISTRICTS, name="district", show=True), width=390, height=844, scheme=scheme
    ).page
    card = page.locator(".gc-layer-legend")
    assert card.get_attribute("open") is None
    card.locator(".gc-layer-title").click()
    assert "too vague" in legend(page)
    assert card.bounding_box()["width"] <= 390


# ---------------------------------------------------------------- folium's own layers
def test_layers_of_folium_survive_beside_ours(open_map):
    event_map = built().heat(show=True)
    group = folium.FeatureGroup(name="My layer").add_to(event_map)
    folium.CircleMarker(PLACES["Goris"][::-1], radius=9, tooltip="mine").add_to(group)
    folium.GeoJson(
        DISTRICTS, name="districts", style_function=lambda _: {"weight": 1}, tooltip=folium.GeoJsonTooltip(["district"])
    ).add_to(event_map)
    folium.LayerControl().add_to(event_map)
    page = open_map(event_map).page
    assert page.locator(".leaflet-overlay-pane path").count() == 3
    page.locator(".leaflet-control-layers").filter(has_text="My layer").hover()
    page.locator(".leaflet-control-layers label", has_text="My layer").locator("input").click()
    assert page.locator(".leaflet-overlay-pane path").count() == 2
    assert page.locator(".gc-layer-legend").count() == 1


def test_a_plugin_runs_from_local_copies_of_its_files(open_map, tmp_path):
    script, style = tmp_path / "cluster.js", tmp_path / "cluster.css"
    script.write_text("L.MarkerClusterGroup = L.FeatureGroup; L.markerClusterGroup = () => L.featureGroup();", "utf-8")
    style.write_text(".mine { color: red }", "utf-8")
    event_map = built()
    cluster = folium.plugins.MarkerCluster().add_to(event_map)
    folium.CircleMarker(PLACES["Goris"][::-1]).add_to(cluster)
    addresses = [url for _, url in (*cluster.default_js, *cluster.default_css)]
    event_map.use_local_copies({url: script if url.endswith(".js") else style for url in addresses})
    page = open_map(event_map).page
    assert page.locator(".leaflet-overlay-pane path").count() == 1


# ---------------------------------------------------------------- notebooks
def test_a_notebook_shows_the_whole_map(open_notebook):
    inner = open_notebook(built(title="In a notebook"))
    assert inner.locator(".gc-title").inner_text() == "In a notebook"
    assert inner.locator("#gc-left-out").count() == 0


def test_a_notebook_leaves_out_sentences_of_a_large_map_and_says_so(open_notebook, monkeypatch):
    monkeypatch.setattr("geoconflict.render.event_map.NOTEBOOK_TEXT_BYTES", 10)
    inner = open_notebook(built())
    assert "left out here" in inner.locator("#gc-left-out").inner_text()
    inner.get_by_role("button", name="List of the events shown").click()
    inner.locator("#gc-card .gc-item, #gc-card li button").first.click()
    assert inner.locator("#gc-card mark").count() == 0
    assert inner.locator("#gc-card .gc-source-name").first.inner_text() != ""


# ---------------------------------------------------------------- the gallery
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_gallery_fits_and_every_card_is_one_link(open_map, width, scheme):
    event_map = built(title="<b>War</b> & peace")
    cards = [event_map.card(file=f"map {n}.html") for n in range(3)]
    page = open_map(None, html=gallery_page(cards), width=width, scheme=scheme, wait="").page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_role("link").all_inner_texts() == ["<b>War</b> & peace"] * 3
    assert page.locator("svg circle").count() >= 9
    box = page.locator(".maps li").first.bounding_box()
    target = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('a')?.getAttribute('href')", [box["x"] + 20, box["y"] + 20]
    )
    assert target == "map%200.html"


def test_layers_that_count_come_first_and_periods_go_all_at_once(open_map):
    opened = open_map(built(periods="week").heat(label="Density"))
    page = opened.page
    page.locator(".leaflet-control-layers").hover()
    labels = [text.strip() for text in page.locator(".leaflet-control-layers label").all_inner_texts()]
    assert labels[:2] == ["Density", "Battles"]
    page.get_by_role("button", name="No period").click()
    assert opened.shown() == 0
    assert page.locator(".leaflet-control-layers label:has(.gc-period) input:checked").count() == 0
    page.get_by_role("button", name="All periods").click()
    assert opened.shown() == 6
