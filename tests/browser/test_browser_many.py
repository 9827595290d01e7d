"""Maps with far more types, periods and lines than a page can list: they open, and say what they fold."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from event_frames import event, events_frame
from waiting import wait_address, wait_shown

from geoconflict.render.event_map import EventMap

pytestmark = pytest.mark.browser

ENTRIES = "[...document.querySelectorAll('.leaflet-control-layers-overlays label')].map((x) => x.textContent.trim())"


def of_types(names):
    rows = [
        event(n, event_type=name, sub_event_type="", starts_on="2020-10-01", ends_on="2020-10-01",
              geometry=shapely.Point(46 + n % 40 / 20, 39 + n // 40 / 20), place_id=f"p{n}", place_name=f"Place {n}")
        for n, name in enumerate(names)
    ]  # fmt: skip
    return events_frame(rows)


def test_types_beyond_forty_are_one_entry_that_the_search_and_the_table_still_know(open_map):
    names = [f"Kind {n:03d}" for n in range(300)] + ["Kind 000"]
    page = open_map(EventMap(of_types(names), basemap=False, periods="none")).page
    entries = page.evaluate(ENTRIES)
    assert len(entries) == 41
    assert "260 other types" in entries
    assert page.evaluate("geoconflict.app.model.placeTypes.length / geoconflict.app.model.nPlaces") == 41
    assert int(page.get_attribute("#gc-main", "data-shown")) == 301
    page.locator(".gc-legend-row", has_text="260 other types").click()
    wait_shown(page, 41)
    page.evaluate("location.hash = '#type=Kind%20299%2F'")
    page.wait_for_selector("#gc-main[data-shown='1']")
    assert page.evaluate("geoconflict.app.model.types.includes('Kind 299')")


def test_types_whose_names_look_alike_have_an_entry_each(open_map):
    page = open_map(EventMap(of_types(["x\0", "x\ufffd"]), basemap=False, periods="none")).page
    assert page.evaluate(ENTRIES) == ["x\ufffd", "x\ufffd"]


@pytest.mark.parametrize(
    ("last", "wanted", "expected"),
    [
        ("2020-11-30", "week", 10),  # weeks fit
        ("2023-10-01", "week", 37),  # months
        ("2060-10-01", "month", 41),  # years
        ("2500-10-01", "auto", 49),  # decades
        ("4000-10-01", "auto", 21),  # centuries
        ("9999-12-31", "auto", 0),  # even they are too many
    ],
)
def test_periods_are_coarser_until_they_can_be_listed(open_map, last, wanted, expected):
    frame = of_types(["Battles", "Battles"])
    frame.loc[frame.index[-1], ["starts_on", "ends_on"]] = pd.Timestamp(last).as_unit("s")
    page = open_map(EventMap(frame, basemap=False, periods=wanted)).page
    assert len(page.evaluate(ENTRIES)) == 1 + expected


def test_a_long_legend_of_lines_unfolds_by_and_by(open_map):
    lines = gpd.GeoDataFrame(
        {"name": [f"Line {n}" for n in range(100)]},
        geometry=[shapely.LineString([(45, 40), (45 + n / 100, 41)]) for n in range(100)],
        crs=4326,
    )
    page = open_map(EventMap(of_types(["Battles"]), basemap=False).add_lines(lines)).page
    assert page.locator(".gc-context-name").count() == 40
    page.get_by_role("button", name="Show 60 more").click()
    page.get_by_role("button", name="Show 20 more").click()
    assert page.locator(".gc-context-name").count() == 100
    assert not page.get_by_role("button", name="more").is_visible()


def test_a_search_that_ends_in_half_a_character_can_be_shared(open_map):
    opened = open_map(EventMap(of_types(["Battles"]), basemap=False), fragment="#q=" + "a" * 199 + "%F0%9F%98%80b")
    page = opened.page
    assert page.evaluate("geoconflict.app.model.query") == "a" * 199 + "\U0001f600"
    page.evaluate("geoconflict.app.panel.search.set('b\\ud83d')")
    assert wait_address(page, "q=b").endswith("q=b%EF%BF%BD")


def test_a_map_of_fifty_thousand_lines_opens(open_map):
    n = 50_000
    shapes = shapely.linestrings([[(45, 40), (45 + k / n, 41)] for k in range(n)])
    lines = gpd.GeoDataFrame({"name": [f"Line {k}" for k in range(n)]}, geometry=shapes, crs=4326)
    page = open_map(EventMap(of_types(["Battles"]), basemap=False).add_lines(lines)).page
    assert page.get_by_role("button", name="Show 49,960 more").is_visible()
