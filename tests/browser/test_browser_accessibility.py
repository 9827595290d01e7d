"""For everybody: axe-core finds nothing, the keyboard reaches everything, nothing moves or speaks unasked."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from waiting import two_frames, wait_fewer_shown

pytestmark = pytest.mark.browser

FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]"


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


# ---------------------------------------------------------------- axe
def faults(page):
    """Return what axe-core finds wrong, of any weight but contrast it cannot judge on canvases and gradients."""
    response = Axe().run(page).response
    return [
        f"{one['impact']} {one['id']}: {[node['target'] for node in one['nodes'][:3]]}"
        for one in response["violations"]
    ]


def states(page):
    yield "start"
    menu = page.locator(".gc-menu")
    if menu.is_visible():
        menu.click()
        yield "panel"
    page.evaluate("document.querySelectorAll('.gc-side details').forEach((one) => (one.open = true))")
    for unfold in page.locator(".gc-unfold").all():
        unfold.click()
    yield "panel unfolded"
    page.locator(".gc-legend-row").first.click()
    page.locator(".gc-pick").first.click()
    yield "filtered"
    page.locator(".gc-clear").click()
    page.locator(".gc-list-button").click()
    page.wait_for_selector(".gc-item")
    yield "list"
    page.locator(".gc-item").nth(3).click()
    page.wait_for_selector(".gc-facts")
    page.evaluate("document.querySelectorAll('#gc-card details').forEach((one) => (one.open = true))")
    yield "card"
    page.locator(".gc-close").click()
    page.locator(".gc-popup-button").click()
    yield "menu"
    page.keyboard.press("Escape")
    page.locator(".leaflet-control-layers-toggle").press("Enter")
    yield "layers"
    if page.locator(".gc-time-more").is_visible():
        page.locator(".gc-time-more").click()
        yield "options of the timeline"
    page.locator("#gc-tab-table").click()
    page.wait_for_selector(".gc-row")
    yield "table"
    page.locator(".gc-row").first.click()
    page.wait_for_selector(".gc-facts")
    yield "card beside the table"


@pytest.mark.parametrize(
    ("language", "width", "height", "scheme"),
    [
        ("en", 1280, 800, "light"),
        ("en", 1280, 800, "dark"),
        ("en", 390, 844, "light"),
        ("en", 390, 844, "dark"),
        ("en", 844, 390, "light"),
        ("ar", 1280, 800, "light"),
        ("ar", 390, 844, "dark"),
        ("hy", 390, 844, "light"),
    ],
)
def test_axe_finds_nothing_in_any_state(open_map, maps, language, width, height, scheme):
    page = open_map(maps(language), width=width, height=height, scheme=scheme).page
    found = {state: faults(page) for state in states(page)}
    assert {state: one for state, one in found.items() if one} == {}


def test_axe_finds_nothing_in_an_embedded_map(open_map, war_map):
    assert faults(open_map(war_map, fragment="#embed").page) == []


def test_axe_would_find_a_fault(open_map, war_map):
    page = open_map(war_map).page
    page.evaluate("document.querySelector('.gc-menu').before(document.createElement('button'))")
    assert any("button-name" in fault for fault in faults(page))


# ---------------------------------------------------------------- tabbing through
WHERE_IS_FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  if (!element.dataset.tabbed) element.dataset.tabbed = String((window.__tabbed = (window.__tabbed || 0) + 1));
  const box = element.getBoundingClientRect(), style = getComputedStyle(element);
  const seen = style.pointerEvents === "none" || [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.15], [0.5, 0.85]].some(([a, b]) => {
    const hit = document.elementFromPoint(box.left + a * box.width, box.top + b * box.height);
    return hit && (element.contains(hit) || hit.contains(element));
  });
  return {
    id: Number(element.dataset.tabbed), name: `${element.tagName}.${element.className} ${element.getAttribute("aria-label") || element.textContent.slice(0, 30)}`,
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, seen, tall: box.height, top: box.top, bottom: box.bottom,
  };
}"""
NOT_REACHED = """(selector) => [...document.querySelectorAll(selector)]
  .filter((one) => one.tabIndex >= 0 && !one.disabled && !one.closest("[inert]") && one.checkVisibility({ visibilityProperty: true }) && !one.dataset.tabbed)
  .map((one) => `${one.tagName}.${one.className} ${one.getAttribute("aria-label") || one.textContent.slice(0, 30)}`)"""


def tab_through(page, key="Tab"):
    """Press Tab once around the page: from where the focus is to the end, and from the beginning to the end."""
    stops, rounds = [], 0
    for _ in range(900):
        page.keyboard.press(key)
        at = page.evaluate(WHERE_IS_FOCUS)
        if at is not None:
            stops.append(at)
            continue
        rounds += 1
        if rounds == 2:
            return stops
    raise AssertionError("the focus never comes round")


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (844, 390)])
@pytest.mark.parametrize("state", ["start", "panel", "list", "card", "table"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_tab_reaches_every_control_and_the_focus_is_seen(open_map, war_map, width, height, state, scheme):
    if scheme == "dark" and (state not in {"start", "card"} or width != 1280):
        pytest.skip("colours alone differ")
    page = open_map(war_map, width=width, height=height, scheme=scheme).page
    for now in states(page):
        if now == {"panel": "panel unfolded"}.get(state, state):
            break
    # From the first control of an open sheet: when the focus goes to what it covers, the sheet gives way.
    page.evaluate(
        """(selector) => {
          const sheet = [...document.querySelectorAll("#gc-card, #gc-side-body")].find((one) => one.checkVisibility());
          const first = [...(sheet || document).querySelectorAll(selector)].find((one) => one.tabIndex >= 0 && one.checkVisibility());
          first.focus();
          first.dataset.tabbed = "0";
        }""",
        FOCUSABLE,
    )
    sheet = page.locator("#gc-card:not([hidden]), .gc-open #gc-side-body, .gc-side-body").first
    inside = sheet.locator(FOCUSABLE).evaluate_all(
        """(all) => all.filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility()).map((one, k) => (one.dataset.inside = k))"""
    )
    stops = tab_through(page)
    assert page.evaluate(NOT_REACHED, FOCUSABLE) == []
    assert page.locator("[data-inside]:not([data-tabbed])").count() == 0 or not inside
    assert [stop["name"] for stop in stops if not stop["outline"]] == []
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    if width == 1280:
        backwards = tab_through(page, "Shift+Tab")
        assert {stop["id"] for stop in stops} <= {stop["id"] for stop in backwards}


# ---------------------------------------------------------------- every function by keyboard alone
def tab_to(page, selector, key="Tab"):
    for _ in range(300):
        page.keyboard.press(key)
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    msg = f"Tab never comes to {selector}"
    raise AssertionError(msg)


def window(page):
    return [page.get_attribute("#gc-main", f"data-{edge}") for edge in ("from", "to")]


def test_the_link_at_the_top_leads_to_the_table_whose_rows_open(open_map, war_map):
    page = open_map(war_map).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Go to the table of events"
    assert page.locator(".gc-skip").bounding_box()["height"] > 20
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "gridcell"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".gc-facts")
    assert page.evaluate("document.activeElement.className") == "gc-card-title"
    tab_to(page, ".gc-next")
    before = page.locator(".gc-nav-at").text_content()
    page.keyboard.press("Enter")
    assert page.locator(".gc-nav-at").text_content() != before
    page.keyboard.press("Escape")
    assert page.locator("#gc-card").is_hidden()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "gridcell"


def test_types_filters_and_the_search_by_keys(open_map, war_map):
    opened = open_map(war_map)
    page = opened.page
    whole = opened.shown()
    tab_to(page, ".gc-legend-row")
    page.keyboard.press("Space")
    assert 0 < opened.shown() < whole
    page.keyboard.press("Enter")
    assert opened.shown() == whole
    tab_to(page, ".gc-unfold")
    page.keyboard.press("Enter")
    tab_to(page, ".gc-sub-types .gc-legend-row")
    page.keyboard.press("Space")
    wait_fewer_shown(page, whole)
    page.keyboard.press("Space")
    tab_to(page, ".gc-slider")
    page.keyboard.press("Home")
    assert opened.shown() < whole
    page.keyboard.press("End")
    tab_to(page, ".gc-filter summary")
    page.keyboard.press("Enter")
    tab_to(page, ".gc-pick")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    tab_to(page, ".gc-clear", "Shift+Tab")
    page.keyboard.press("Enter")
    assert opened.shown() == whole
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type("number 19")
    wait_fewer_shown(page, whole)
    page.locator(".gc-clear").wait_for()


def test_the_timeline_by_keys(open_map, war_map):
    page = open_map(war_map).page
    whole = window(page)
    tab_to(page, ".gc-step-forward")
    page.keyboard.press("Enter")
    assert window(page) != whole
    tab_to(page, "[data-choice=step]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    tab_to(page, ".gc-whole")
    page.keyboard.press("Enter")
    assert window(page) == whole
    tab_to(page, ".gc-handle-from")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert window(page)[0] > whole[0]
    tab_to(page, ".gc-handle-to")
    page.keyboard.press("ArrowLeft")
    assert window(page)[1] < whole[1]
    tab_to(page, ".gc-region")
    page.keyboard.press("Home")
    assert window(page)[0] == whole[0]
    tab_to(page, ".gc-play", "Shift+Tab")
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Pause").count() == 1
    page.keyboard.press("Enter")
    assert page.get_by_role("button", name="Play").count() == 1


def test_the_map_its_layers_and_the_menu_by_keys(open_map, war_map):
    opened = open_map(war_map, motion="reduce")
    page = opened.page
    whole = opened.shown()
    tab_to(page, ".gc-map")
    before = page.evaluate("geoconflict.app.map.getCenter().lng")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("geoconflict.app.map.getCenter().lng") > before
    tab_to(page, ".leaflet-control-zoom-in")
    zoom = page.evaluate("geoconflict.app.map.getZoom()")
    page.keyboard.press("Enter")
    assert page.evaluate("geoconflict.app.map.getZoom()") > zoom
    tab_to(page, ".gc-show-all button")
    page.keyboard.press("Enter")
    assert page.evaluate("geoconflict.app.map.getZoom()") <= zoom
    tab_to(page, ".leaflet-control-layers-toggle")
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaflet-control-layers-expanded")
    two_frames(page)  # Leaflet takes no click until the control has opened
    tab_to(page, ".leaflet-control-layers-selector")
    page.keyboard.press("Space")
    wait_fewer_shown(page, whole)
    page.keyboard.press("Space")
    assert opened.shown() == whole
    tab_to(page, ".gc-popup-button", "Shift+Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "menuitem"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "gc-popup-button"
    tab_to(page, ".gc-tab", "Shift+Tab")
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("#gc-main", "data-view") == "table"


def test_the_panel_of_a_phone_by_keys(open_map, war_map):
    page = open_map(war_map, width=390, height=844).page
    tab_to(page, ".gc-menu")
    page.keyboard.press("Enter")
    tab_to(page, ".gc-list-button")
    page.keyboard.press("Enter")
    assert page.locator("#gc-card").is_visible()
    tab_to(page, ".gc-item")
    page.keyboard.press("Enter")
    page.wait_for_selector(".gc-facts")
    page.keyboard.press("Escape")
    assert page.locator("#gc-card").is_hidden()
    tab_to(page, ".gc-menu", "Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.locator("#gc-side-body").is_hidden()
    assert page.evaluate("document.activeElement.classList.contains('gc-menu')")


# ---------------------------------------------------------------- motion and speech
SPOKEN = """() => {
  window.__spoken = [];
  const isLive = (node) => {
    const region = (node.nodeType === 1 ? node : node.parentElement)?.closest("[aria-live], [role=status], [role=alert], output");
    return region && region.getAttribute("aria-live") !== "off" ? region : null;
  };
  new MutationObserver((records) => {
    for (const { target } of records) {
      const region = isLive(target);
      if (region) window.__spoken.push(region.className || region.id);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def test_nothing_is_read_out_while_playing_and_the_days_are_when_it_stops(open_map, war_map):
    page = open_map(war_map, fragment="#t=2020-10-05..2020-10-12").page
    page.evaluate(SPOKEN)
    before = window(page)
    page.locator(".gc-play").click()
    page.wait_for_function("(before) => document.querySelector('#gc-main').dataset.from > before", arg=before[0])
    further = window(page)[0]
    page.wait_for_function("(before) => document.querySelector('#gc-main').dataset.from > before", arg=further)
    assert page.evaluate("window.__spoken") == []
    page.locator(".gc-play").click()
    page.locator(".gc-step-forward").click()
    assert "gc-window-words" in page.evaluate("window.__spoken")


# In one call: a slow test process may look when the quarter of a second is over.
_IS_MOVING_BY = """by => {
    const { map } = geoconflict.app;
    map.panBy(by);
    return Boolean(map._panAnim && map._panAnim._inProgress);
}"""


def test_nothing_moves_by_itself_for_those_who_asked_for_less_motion(open_map, war_map):
    opened = open_map(war_map, motion="reduce")
    page = opened.page
    page.locator(".leaflet-control-zoom-in").click()
    assert page.evaluate("geoconflict.app.map._animatingZoom || false") is False
    assert page.evaluate(_IS_MOVING_BY, [120, 0]) is False
    page.locator(".gc-list-button").click()
    assert page.evaluate("document.getAnimations().length") == 0
    page.evaluate("geoconflict.app.map.panBy([-120, 0])")
    moving = open_map(war_map).page
    assert moving.evaluate(_IS_MOVING_BY, [120, 0]) is True
