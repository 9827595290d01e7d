"""The map in the hand: sheets from below, targets as large as a thumb, nothing wider than the screen."""

from __future__ import annotations

import pytest
from waiting import two_frames

pytestmark = pytest.mark.browser

SIZES = [(320, 568), (390, 844), (768, 1024), (568, 320), (844, 390)]
UPRIGHT = [(320, 568), (390, 844)]
ON_ITS_SIDE = [(568, 320), (844, 390)]

# Everything a thumb may press. A row of the table is pressed anywhere; its cells are for the keyboard. A band of the
# timeline is as high as its lane, and has room around it. What is out of sight in a list is no target yet.
SMALL_TARGETS = """() => {
  const small = [];
  for (const element of document.querySelectorAll("button, a[href], input, select, summary, [role=slider], .gc-row, .gc-th")) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element.closest("[inert], .gc-skip, .gc-phases")) continue;
    const box = (element.closest("label") || element).getBoundingClientRect();
    if (box.width && box.height && Math.min(box.width, box.height) < 43.5)
      small.push(`${element.tagName}.${element.className} ${Math.round(box.width)} x ${Math.round(box.height)} ${element.textContent.slice(0, 24)}`);
  }
  return small;
}"""
# The head of the table scrolls by itself; the table itself only where it has columns side by side.
SIDEWAYS = """() => {
  const width = innerWidth, out = [];
  if (document.documentElement.scrollWidth > width) out.push(`page ${document.documentElement.scrollWidth}`);
  for (const element of document.querySelectorAll(".gc-app *")) {
    if (!element.checkVisibility() || element.closest(".gc-table, .leaflet-map-pane, .gc-unseen, svg, .gc-sides-box")) continue;
    const box = element.getBoundingClientRect();
    if (box.width && (box.left < -1 || box.right > width + 1)) out.push(`${element.tagName}.${element.className} ${box.left} to ${box.right}`);
  }
  return out;
}"""


def states(page):
    """Bring the page into each of its states, one after the other."""
    yield "start"
    menu = page.locator(".gc-menu")
    if menu.is_visible():
        menu.click()
    page.evaluate("document.querySelectorAll('.gc-side details').forEach((one) => (one.open = true))")
    for unfold in page.locator(".gc-unfold").all():
        unfold.click()
    yield "panel"
    page.locator(".gc-list-button").click()
    page.wait_for_selector(".gc-item")
    yield "list"
    page.locator(".gc-item").nth(3).click()
    page.wait_for_selector(".gc-facts")
    yield "card"
    page.locator(".gc-close").click()
    page.locator(".gc-popup-button").click()
    yield "menu"
    page.keyboard.press("Escape")
    if page.locator(".gc-time-more").is_visible():
        page.locator(".gc-time-more").click()
        yield "options"
        page.locator(".gc-time-more").click()
    page.locator(".leaflet-control-layers-toggle").press("Enter")
    page.wait_for_selector(".leaflet-control-layers-expanded")
    yield "layers"
    page.locator("#gc-tab-table").click()
    page.wait_for_selector(".gc-row")
    yield "table"


@pytest.fixture(scope="module")
def maps():
    import event_frames

    from geoconflict.render.event_map import EventMap

    made = {}

    def of(language):
        if language not in made:
            arguments = event_frames.war()
            made[language] = EventMap(arguments.pop("events"), language=language, **arguments)
        return made[language]

    return of


@pytest.mark.parametrize("language", ["en", "ru", "ar"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_state_fits_and_has_targets_for_thumbs(open_map, maps, width, height, language):
    page = open_map(maps(language), width=width, height=height, touch=True).page
    for state in states(page):
        assert page.evaluate(SIDEWAYS) == [], state
        assert page.evaluate(SMALL_TARGETS) == [], state


def visible_map(page):
    """Return the height and width of the part of the map that no sheet covers."""
    return page.evaluate(
        """() => {
          const map = document.querySelector(".gc-map").getBoundingClientRect();
          const sheet = [...document.querySelectorAll(".gc-side-body, .gc-card")].find((one) => one.checkVisibility()).getBoundingClientRect();
          const isBelow = sheet.width > 0.8 * innerWidth;
          const isAfter = sheet.left > 1;
          return isBelow ? [Math.min(map.bottom, sheet.top) - map.top, map.width]
            : [map.height, isAfter ? sheet.left - map.left : map.right - sheet.right];
        }"""
    )


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(("width", "height"), UPRIGHT + ON_ITS_SIDE)
def test_the_map_is_in_sight_beside_an_open_sheet(open_map, maps, width, height, language):
    page = open_map(maps(language), width=width, height=height, touch=True).page
    page.locator(".gc-menu").click()
    tall, wide = visible_map(page)
    assert tall >= 0.3 * height
    assert wide >= 0.45 * width
    page.locator(".gc-list-button").click()
    page.locator(".gc-item").first.click()
    page.wait_for_selector(".gc-facts")
    tall, wide = visible_map(page)
    assert tall >= 0.3 * height
    assert wide >= 0.45 * width


def test_the_event_of_the_card_is_not_under_its_sheet(open_map, war_map):
    opened = open_map(war_map, width=390, height=844, touch=True, motion="reduce")
    page = opened.page
    page.locator(".gc-menu").click()
    page.locator(".gc-list-button").click()
    for at in (0, 5, 9):
        page.locator(".gc-item").nth(at).click()
        page.wait_for_selector(".gc-facts")
        opened.shown()
        top = page.locator("#gc-card").bounding_box()["y"]
        y = page.evaluate(
            """() => {
              const { model, map } = geoconflict.app;
              const p = model.columns.place[model.selected] - 1;
              return map.latLngToContainerPoint(model.latLng(p)).y + map.getContainer().getBoundingClientRect().top;
            }"""
        )
        assert y < top
        page.locator(".gc-back").click()


# ---------------------------------------------------------------- the grip
def drag(page, start, end):
    """Drag with one finger, through the browser's own handling of touch."""
    client = page.context.new_cdp_session(page)
    (x0, y0), (x1, y1) = start, end
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x0, "y": y0}]})
    for k in range(1, 9):
        point = {"x": x0 + (x1 - x0) * k / 8, "y": y0 + (y1 - y0) * k / 8}
        client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def grip_of(page, sheet):
    box = page.locator(f"{sheet} > .gc-grip").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + 12


@pytest.mark.parametrize("sheet", ["#gc-side-body", "#gc-card"])
def test_the_grip_of_a_sheet_makes_it_tall_and_half_and_closes_it(open_map, war_map, sheet):
    page = open_map(war_map, width=390, height=844, touch=True).page
    page.locator(".gc-menu").click()
    if sheet == "#gc-card":
        page.locator(".gc-list-button").click()
    grip = page.locator(f"{sheet} > .gc-grip")

    def height():
        return page.locator(sheet).bounding_box()["height"]

    half = height()
    assert half <= 0.56 * 844
    x, y = grip_of(page, sheet)
    drag(page, (x, y), (x, y - 300))
    assert height() > 0.85 * 844
    assert grip.get_attribute("aria-expanded") == "true"
    x, y = grip_of(page, sheet)
    page.touchscreen.tap(x, y)
    assert height() == half
    x, y = grip_of(page, sheet)
    drag(page, (x, y), (x, 830))
    assert page.locator(sheet).is_hidden()


def test_the_grip_is_worked_by_keys_too(open_map, war_map):
    page = open_map(war_map, width=390, height=844).page
    page.locator(".gc-menu").click()
    grip = page.get_by_role("button", name="Make this sheet taller or lower").first
    grip.focus()
    page.keyboard.press("Enter")
    assert grip.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Space")
    assert grip.get_attribute("aria-expanded") == "false"


def test_there_is_no_grip_beside_the_map_of_a_large_screen(open_map, war_map):
    page = open_map(war_map).page
    assert page.locator(".gc-grip").first.is_hidden()


# ---------------------------------------------------------------- the brush
@pytest.mark.parametrize(("width", "height"), UPRIGHT + ON_ITS_SIDE)
def test_the_brush_follows_a_finger(open_map, war_map, width, height):
    page = open_map(war_map, width=width, height=height, touch=True, fragment="#t=2020-10-05..2020-10-20").page

    def window():
        return [page.get_attribute("#gc-main", f"data-{edge}") for edge in ("from", "to")]

    before = window()
    box = page.locator(".gc-region").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    drag(page, (x, y), (x + 60, y))
    two_frames(page)
    assert window()[0] > before[0]
    moved = window()
    box = page.locator(".gc-handle-to").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    drag(page, (x, y), (x - 40, y))
    two_frames(page)
    assert window()[0] == moved[0]
    assert window()[1] < moved[1]
