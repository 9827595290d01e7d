"""What the panel says and lists beside the map, and what the search does there."""

from __future__ import annotations

import pytest
import shapely
from event_frames import PLACES, event, events_frame, source, unlocated_frame
from waiting import at_rest

from geoconflict.render.event_map import EventMap

pytestmark = pytest.mark.browser


def at(n, name, **values):
    given = {
        "place_name": name, "place_id": f"test:{name}", "geometry": shapely.Point(PLACES[name]), "place_precision": "town",
        "starts_on": "2020-10-05", "ends_on": "2020-10-05",
    }  # fmt: skip
    return event(n, **(given | values))


def built():
    located = [
        at(1, "Shusha", sources=[source(1, source="Wire")], killed_low=801, killed_best=None, killed_high=None),
        at(2, "Shusha", sources=[source(2, source=None)]),
        at(3, "Vardenis", sources=[source(3, source="Wire")], starts_on="2020-10-20", ends_on="2020-10-20"),
    ]
    nowhere = [
        event(4, geometry=None, sources=[source(4, source="Gazette")], starts_on="2020-10-06", ends_on="2020-10-06")
    ]
    return EventMap(events_frame(located), unlocated=unlocated_frame(nowhere), basemap=False)


def test_reports_without_a_source_and_sources_of_unlocated_events_are_listed(open_map):
    opened = open_map(built())
    page = opened.page
    section = page.locator("[data-filter=sources]")
    section.locator("summary").click()
    rows = section.locator(".gc-legend-row")
    rows.nth(2).wait_for()
    assert sorted(name.split("\n")[0] for name in rows.all_inner_texts()) == ["Gazette", "Unnamed", "Wire"]
    rows.filter(has_text="Unnamed").click()
    assert opened.shown() == 1


def test_nothing_off_the_map_is_no_link(open_map):
    page = open_map(built(), fragment="#t=2020-10-20..2020-10-20").page
    assert page.locator(".gc-off-link:not(.gc-outside)").is_hidden()


def test_enter_in_the_search_fits_the_map_to_what_is_found(open_map):
    page = open_map(built()).page
    inside = """() => {
        const { map, model } = geoconflict.app;
        return Array.from(model.placeCounts.keys()).filter((p) => map.getBounds().contains(model.latLng(p))).length;
    }"""
    page.evaluate("geoconflict.app.map.setView([10, 10], 6, { animate: false })")
    assert page.evaluate(inside) == 0
    page.locator(".gc-search").fill("Shusha")
    page.locator(".gc-search").press("Enter")
    page.wait_for_function("() => geoconflict.app.model.nShown === 2 && geoconflict.app.map.getZoom() === 8")
    at_rest(page)
    assert page.evaluate(inside) >= 1


def test_a_list_of_all_events_shown_names_the_place_that_all_share(open_map):
    page = open_map(built(), fragment="#t=2020-10-05..2020-10-05").page
    page.get_by_role("button", name="List of the events shown").click()
    assert page.locator("#gc-card .gc-item-more").count() == 2
    assert "Shusha" in page.locator("#gc-card .gc-item-more").first.inner_text()


def test_the_table_gives_figures_in_signs(open_map):
    page = open_map(built(), fragment="#table").page
    assert page.get_by_text("≥801", exact=True).count() == 1
