"""The table of events: the same events as the map's filters let through, by mouse, by keyboard and on a phone."""

from __future__ import annotations

import pandas as pd
import pytest
from event_frames import event, events_frame, war
from test_browser_payloads import PAYLOADS, frame_of, shown
from waiting import two_frames, wait_whole_address

from geoconflict.render.event_map import EventMap

pytestmark = pytest.mark.browser

COLUMNS = ["date", "type", "sub", "place", "precision", "actors", "killed", "wounded", "status", "sources"]

# Scroll through the table as a reader does and note each row once: [aria-rowindex, texts of its cells].
READ_ALL = """async () => {
  const grid = document.querySelector("[role=grid]");
  const found = new Map();
  for (grid.scrollTop = 0; ; grid.scrollTop += 400) {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    for (const row of grid.querySelectorAll(".gc-row"))
      found.set(Number(row.getAttribute("aria-rowindex")), Array.from(row.children, (cell) => cell.textContent));
    if (grid.scrollTop + grid.clientHeight >= grid.scrollHeight - 1) break;
  }
  return [...found].sort((a, b) => a[0] - b[0]);
}"""


@pytest.fixture
def open_table(open_map):
    def open_(event_map, **options):
        opened = open_map(event_map, **options)
        opened.page.get_by_role("tab", name="Table").click()
        return opened

    return open_


def read_all(page) -> list[dict[str, str]]:
    rows = page.evaluate(READ_ALL)
    assert [index for index, _ in rows] == list(range(2, len(rows) + 2))
    assert int(page.locator("[role=grid]").get_attribute("aria-rowcount")) == len(rows) + 1
    return [dict(zip(COLUMNS, cells, strict=True)) for _, cells in rows]


def head(page, name: str):
    return page.locator(f"[role=columnheader][data-column={name}]")


def focused(page) -> tuple[int, int]:
    """Return the row and the column of the cell with the focus; the head is row 1."""
    place = page.evaluate(
        "[document.activeElement.closest('[role=row]')?.getAttribute('aria-rowindex'),"
        " document.activeElement.getAttribute('aria-colindex')]"
    )
    return int(place[0]), int(place[1])


def all_events() -> pd.DataFrame:
    return pd.concat([war()["events"].drop(columns="geometry"), war()["unlocated"]], ignore_index=True)


def test_the_table_lists_what_the_frame_holds(open_table, war_map):
    page = open_table(war_map).page
    rows = pd.DataFrame(read_all(page))
    frame = all_events()
    assert page.locator("#gc-table-note").inner_text() == "128 events, 4 of them not on the map"
    assert len(rows) == len(frame) == 128
    assert sorted(rows["type"]) == sorted(frame["event_type"])
    assert sorted(rows["place"]) == sorted(frame["place_name"].replace("", "Place unknown"))
    assert sorted(rows["sources"]) == sorted(frame["n_sources"].astype(str))
    assert set(rows["actors"]) == {"Northern Forces, Southern Forces"}
    killed = [str(best) for best in frame["killed_best"].dropna()]
    assert sorted(text for text in rows["killed"] if text) == sorted([*killed, "0–2"])


def test_it_follows_filters_and_window(open_table, war_map, war_frame):
    opened = open_table(war_map)
    page = opened.page
    page.locator(".gc-legend-pair .gc-legend-row, .gc-legend .gc-legend-row").filter(has_text="Battles").first.click()
    rows = read_all(page)
    assert rows
    assert "Battles" not in {row["type"] for row in rows}
    assert len(rows) == int((all_events()["event_type"] != "Battles").sum())
    page.locator("[role=slider]").nth(0).focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    frame = all_events()
    kept = frame[(frame["event_type"] != "Battles") & (frame["ends_on"].isna() | (frame["ends_on"] >= "2020-10-17"))]
    assert len(read_all(page)) == len(kept) < len(rows)
    page.locator(".gc-search").fill("no such words")
    page.locator(".gc-table-nothing").wait_for()
    assert page.locator("[role=grid]").get_attribute("aria-rowcount") == "1"


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_sorts_both_ways(open_table, war_map, name):
    page = open_table(war_map).page
    before = [row[name] for row in read_all(page)]
    head(page, name).click()
    first = head(page, name).get_attribute("aria-sort")
    one = [row[name] for row in read_all(page)]
    head(page, name).click()
    second = head(page, name).get_attribute("aria-sort")
    other = [row[name] for row in read_all(page)]
    assert {first, second} == {"ascending", "descending"}
    assert page.locator("[role=columnheader][aria-sort]:not([aria-sort=none])").count() == 1
    up, down = (one, other) if first == "ascending" else (other, one)
    assert sorted(up) == sorted(down) == sorted(before)
    if name in {"killed", "wounded", "sources"}:

        def number(text: str) -> float:
            return float(text.split("–", maxsplit=1)[0])

        stated = [text for text in up if text and text != "0–2"]
        assert [text for text in up if not text] == up[len([text for text in up if text]) :], "not stated stands last"
        assert stated == sorted(stated, key=number)
        assert [text for text in down if not text] == down[len([text for text in down if text]) :]
    elif name == "precision":
        order = ["town", "near a place", "along a line", "area", "province", "country", ""]
        assert up == sorted(up, key=order.index)
    elif name == "date":
        assert up == before
        assert up[-1] == down[-1] == "Day unknown"
    else:
        last = [text for text in up if text == "Place unknown"]
        stated = [text for text in up if text != "Place unknown"]
        assert up == sorted(stated, key=str.casefold) + last
        assert down == sorted(stated, key=str.casefold, reverse=True) + last


def test_the_first_tab_leads_to_the_table(open_map, war_map):
    opened = open_map(war_map, fragment="#t=2020-10-01..2020-10-15")
    page = opened.page
    n = opened.shown()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Go to the table of events"
    page.keyboard.press("Enter")
    assert focused(page) == (2, 1)
    assert page.get_by_role("tab", name="Table").get_attribute("aria-selected") == "true"
    assert opened.shown() == n, "the link is no address"
    wait_whole_address(page, "#table&t=2020-10-01..2020-10-15")
    assert page.locator("#gc-view-map").evaluate("(view) => view.inert")


def test_it_is_walked_by_keyboard(open_table, war_map):
    page = open_table(war_map).page
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('role')") == "gridcell":
            break
    assert focused(page) == (2, 1)
    assert page.locator("[role=grid] [tabindex='0']").count() == 1

    def press(*keys: str) -> tuple[int, int]:
        for key in keys:
            page.keyboard.press(key)
        assert page.locator("[role=grid] [tabindex='0']").count() == 1
        box, frame = page.locator(":focus").bounding_box(), page.locator("[role=grid]").bounding_box()
        assert box["y"] + box["height"] <= frame["y"] + frame["height"] + 1, "the focus is in sight"
        assert box["x"] >= frame["x"] - 1
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
        return focused(page)

    assert press("ArrowDown", "ArrowDown", "ArrowRight") == (4, 2)
    assert press("End") == (4, 10)
    assert press("Home") == (4, 1)
    row, _ = press("PageDown")
    assert row > 10
    assert press("PageDown", "PageDown")[0] > 2 * row - 8
    assert press("Control+End") == (129, 10)
    assert press("ArrowDown", "ArrowRight") == (129, 10), "there is nothing beyond"
    assert press("PageUp")[0] == 129 - (row - 4)
    assert press("Control+Home") == (2, 1)
    assert press("ArrowUp", "ArrowRight", "ArrowRight", "ArrowRight") == (1, 4)
    page.keyboard.press("Enter")
    assert head(page, "place").get_attribute("aria-sort") == "ascending"
    assert focused(page) == (1, 4)
    page.keyboard.press(" ")
    assert head(page, "place").get_attribute("aria-sort") == "descending"


def test_a_row_opens_the_card_and_the_card_marks_its_row(open_table, war_map):
    opened = open_table(war_map)
    page = opened.page
    page.keyboard.press("Tab")
    page.locator("[role=gridcell]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    place = page.locator(":focus").evaluate("(cell) => cell.parentElement.children[3].textContent")
    page.keyboard.press("Enter")
    page.wait_for_selector(".gc-version")
    assert page.locator(".gc-fact").nth(1).inner_text().startswith(place)
    assert page.locator(".gc-nav-at").inner_text() == "3 of 128"
    marked = page.locator(".gc-row[aria-selected=true]")
    assert marked.get_attribute("aria-rowindex") == "4"
    for _ in range(40):
        page.get_by_role("button", name="Next event").click()
    page.wait_for_selector(".gc-version")
    assert marked.get_attribute("aria-rowindex") == "44"
    box, frame = marked.bounding_box(), page.locator("[role=grid]").bounding_box()
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"] - box["height"] + 1
    card = page.locator("#gc-card").bounding_box()
    assert frame["x"] + frame["width"] <= card["x"], "the card hides nothing of the table"
    page.keyboard.press("Escape")
    page.locator("#gc-card").wait_for(state="hidden")
    assert focused(page) == (44, 1), "the focus is where the reader left off"
    page.locator(".gc-row").nth(2).click()
    page.wait_for_selector(".gc-version")
    assert page.locator(".gc-row[aria-selected=true]").count() == 1


def test_what_is_selected_on_the_map_is_marked_in_the_table(open_map, war_map):
    page = open_map(war_map, fragment="#e=" + f"{200:020x}").page
    page.wait_for_selector(".gc-version")
    page.get_by_role("tab", name="Table").click()
    marked = page.locator(".gc-row[aria-selected=true]")
    assert marked.locator("[data-column=place]").inner_text() == "Martuni"
    frame, box = page.locator("[role=grid]").bounding_box(), marked.bounding_box()
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"] - box["height"] + 1


def test_the_list_of_events_makes_way_for_the_table(open_map, war_map):
    page = open_map(war_map).page
    page.set_viewport_size({"width": 1300, "height": 800})
    page.get_by_role("button", name="List of the events shown").click()
    assert page.locator("#gc-card .gc-item").count() > 1
    page.get_by_role("tab", name="Table").click()
    assert page.locator("#gc-card").is_hidden()
    assert page.evaluate("document.activeElement.id") == "gc-tab-table", "the focus stays on the tab"
    last = page.locator(f"[role=columnheader][data-column={COLUMNS[-1]}]")
    last.scroll_into_view_if_needed()
    assert last.evaluate(
        """(head) => {
          const { left, top, width, height } = head.getBoundingClientRect();
          return head.contains(document.elementFromPoint(left + width / 2, top + height / 2));
        }"""
    ), "nothing lies over the last column"


def test_the_address_opens_the_table_and_the_tabs_have_arrows(open_map, war_map):
    page = open_map(war_map, fragment="#table").page
    assert page.locator("[role=grid]").is_visible()
    tab = page.get_by_role("tab", name="Table")
    tab.focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("[role=grid]").is_hidden()
    assert page.evaluate("document.activeElement.textContent") == "Map"
    wait_whole_address(page, "")
    assert not page.locator("#gc-view-map").evaluate("(view) => view.inert")


def test_only_the_rows_in_sight_exist(open_table):
    rows = [event(n, starts_on=f"2020-10-{n % 28 + 1:02d}", ends_on=f"2020-10-{n % 28 + 1:02d}") for n in range(2500)]
    page = open_table(EventMap(events_frame(rows), title="Many", basemap=False)).page
    grid = page.locator("[role=grid]")
    assert grid.get_attribute("aria-rowcount") == "2501"
    assert page.locator(".gc-row").count() < 60
    page.locator("[role=gridcell]").first.focus()
    page.keyboard.press("Control+End")
    assert focused(page) == (2501, 10)
    assert page.locator(".gc-row").count() < 60
    # Taller than a browser lets a box be: the scroll bar then stands for more than its pixels, and all rows are reached.
    page.keyboard.press("Control+Home")
    grid.evaluate("(grid) => grid.style.setProperty('--gc-row', '8000px')")
    page.keyboard.press("ArrowDown")
    assert page.locator(".gc-table-body").evaluate("(body) => body.offsetHeight") == 8_000_000
    page.keyboard.press("Control+End")
    assert focused(page) == (2501, 10)
    last = page.locator(".gc-row[aria-rowindex='2501']").bounding_box()
    frame = grid.bounding_box()
    assert abs(last["y"] + last["height"] - frame["y"] - frame["height"]) < 40


def test_the_focus_stays_in_the_table_when_its_row_goes(open_table, war_map):
    page = open_table(war_map).page
    page.locator("[role=gridcell]").first.focus()
    for _ in range(20):
        page.keyboard.press("ArrowDown")
    kept = page.evaluate("document.activeElement.parentElement.children[0].textContent")
    page.evaluate("geoconflict.app.model.setWindow(geoconflict.app.model.firstDay + 1, geoconflict.app.model.lastDay)")
    assert page.evaluate("document.activeElement.parentElement.children[0].textContent") == kept
    page.evaluate("geoconflict.app.model.setWindow(geoconflict.app.model.lastDay, geoconflict.app.model.lastDay)")
    assert focused(page)[0] == 2


def test_a_phone_shows_rows_of_three_lines(open_table, war_map):
    opened = open_table(war_map, width=390, height=844)
    page = opened.page
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    grid = page.locator("[role=grid]")
    assert grid.evaluate("(grid) => grid.scrollWidth <= grid.clientWidth")
    row = page.locator(".gc-row").nth(3)
    assert row.bounding_box()["height"] == 74
    for name in ("date", "place", "sub", "status", "actors"):
        assert row.locator(f"[data-column={name}]").is_visible()
    head(page, "killed").scroll_into_view_if_needed()
    head(page, "killed").click()
    assert page.locator(".gc-row [data-column=killed]").first.get_attribute("data-words") == "3 killed"
    page.locator(".gc-row").nth(1).click()
    page.wait_for_selector(".gc-version")
    two_frames(page)
    marked, card = page.locator(".gc-row[aria-selected=true]").bounding_box(), page.locator("#gc-card").bounding_box()
    assert marked["y"] + marked["height"] <= card["y"] + 2, "the sheet leaves the row in sight"
    page.locator(".gc-close").click()
    page.locator("[role=gridcell]:visible").first.focus()
    page.keyboard.press("End")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.checkVisibility()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_fault_of_accessibility(open_table, serious_faults, war_map, scheme):
    page = open_table(war_map, scheme=scheme).page
    page.locator(".gc-row").nth(2).click()
    page.wait_for_selector(".gc-version")
    assert serious_faults(page) == []


@pytest.mark.parametrize("name", PAYLOADS)
def test_hostile_text_stays_text(open_table, name):
    text = PAYLOADS[name]
    page = open_table(EventMap(frame_of(text), title=text, basemap=False)).page
    rows = read_all(page)
    assert len(rows) == 3
    wanted = shown(text)
    assert all(wanted in row["place"] for row in rows)
    for column in ("type", "sub", "actors", "status"):
        assert any(row[column] == wanted for row in rows), column
    for column in COLUMNS:
        head(page, column).click()
    assert len(read_all(page)) == 3
    assert page.evaluate("window.__xss === undefined")
    assert page.locator("[role=grid] :is(img, script, svg)").count() == 0
