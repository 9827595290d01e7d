"""Every filter narrows what is drawn, and its counts say what each value would bring under all other filters."""

import random

import pytest
from waiting import wait_address, wait_fewer_shown, wait_shown

pytestmark = pytest.mark.browser

# Count events the slow way: each condition is asked of each event by itself, and a dimension's own condition is left out
# of its counts. Returns what the model says beside it.
BRUTE_FORCE = """([wanted, from, to]) => {
  const m = geoconflict.app.model, c = m.columns;
  const valuesOf = {
    type: (i) => [`${c.event_type.at(i)}/${c.sub_event_type.at(i)}`], status: (i) => [c.status.at(i)],
    actors: (i) => c.actors.of(i), claimants: (i) => c.claimants.of(i), sources: (i) => c.sources.of(i),
  };
  const passes = {};
  for (const [name, of] of Object.entries(valuesOf))
    passes[name] = (i) => !(name in wanted) || of(i).some((value) => wanted[name].includes(value));
  passes.killed = (i) => !wanted.killed || Math.max(c.killed_best[i], c.killed_low[i]) - 1 >= wanted.killed;
  const inWindow = (i) => !c.dated[i] || (c.day[i] <= to && c.day[i] + c.days[i] >= from);
  const all = Array.from({ length: m.n }, (_, i) => i).filter((i) => inWindow(i) && m.where[i] === 0);
  const told = {}, counted = {};
  for (const [name, of] of Object.entries(valuesOf)) {
    const counts = {};
    for (const i of all)
      if (Object.keys(passes).every((other) => other === name || passes[other](i))) for (const value of of(i)) counts[value] = (counts[value] || 0) + 1;
    counted[name] = m.dimensions[name].values.map((value) => counts[value] || 0);
    told[name] = Array.from(m.dimensions[name].counts);
  }
  counted.shown = all.filter((i) => Object.values(passes).every((test) => test(i)));
  told.shown = m.shownEvents();
  return [told, counted];
}"""

SWITCH = """([name, values]) => {
  const dimension = geoconflict.app.model.dimensions[name];
  dimension.set(dimension.values.map((_, code) => code), false);
  geoconflict.app.model.setValues(name, values.map((value) => dimension.values.indexOf(value)), true);
}"""


def test_counts_are_those_of_counting_one_by_one(open_map, war_map):
    opened = open_map(war_map)
    page = opened.page
    values = page.evaluate(
        "Object.fromEntries(Object.entries(geoconflict.app.model.dimensions).map(([name, d]) => [name, d.values || []]))"
    )
    first, last = page.evaluate("[geoconflict.app.model.firstDay, geoconflict.app.model.lastDay]")
    draw = random.Random(20201004)
    seen = set()
    for _ in range(25):
        wanted = {
            name: draw.sample(values[name], draw.randint(1, len(values[name])))
            for name in draw.sample(["type", "status", "actors", "claimants", "sources"], draw.randint(0, 3))
            if values[name]
        }
        killed = draw.choice([0, 0, 1, 5])
        days = sorted(draw.randint(first, last) for _ in range(2))
        page.evaluate("geoconflict.app.model.clearFilters()")
        for name, some in wanted.items():
            page.evaluate(SWITCH, [name, some])
        page.evaluate("(least) => geoconflict.app.model.setLeastKilled(least)", killed)
        page.evaluate("([from, to]) => geoconflict.app.model.setWindow(from, to)", days)
        told, counted = page.evaluate(BRUTE_FORCE, [wanted | ({"killed": killed} if killed else {}), *days])
        assert told == counted, (wanted, killed, days)
        seen.add(len(told["shown"]))
    assert len(seen) > 5, "the draws hardly filtered anything"


def count_of(row):
    return int(row.locator(".gc-count").inner_text().replace(",", ""))


def test_the_count_at_the_view_says_what_switching_it_on_would_bring(open_map, war_map):
    opened = open_map(war_map)
    switch = opened.page.get_by_role("button", name="Only what the map view shows")
    for zoom in (11, 12):
        opened.page.evaluate(f"geoconflict.app.map.setView([39.75, 46.75], {zoom}, {{ animate: false }})")
        opened.page.evaluate("geoconflict.app.model.setType(0, false)")
        assert 0 < count_of(switch) < opened.shown()
        promised = count_of(switch)
        switch.click()
        assert opened.shown() == promised == count_of(switch)
        switch.click()


def test_an_actor_is_picked_and_everything_follows(open_map, war_map):
    opened = open_map(war_map)
    all_shown = opened.shown()
    filters = opened.page.locator(".gc-filter[data-filter=sources]")
    filters.locator("summary").click()
    row = filters.locator(".gc-legend-row").nth(1)
    n, name = count_of(row), row.locator(".gc-legend-name").inner_text()
    row.click()
    assert opened.shown() == n < all_shown
    assert opened.page.evaluate("document.activeElement.innerText").startswith(name), "the focus stays"
    top = filters.locator(".gc-legend-row").first
    assert top.get_attribute("aria-pressed") == "true"
    assert name in top.inner_text()
    assert sum(count_of(one) for one in opened.page.locator(".gc-section .gc-legend-pair > .gc-legend-row").all()) <= n
    wait_address(opened.page, "sources=")
    opened.page.locator(".gc-clear").click()
    assert opened.shown() == all_shown
    assert opened.page.locator(".gc-clear").is_hidden()


def test_a_row_is_the_same_one_and_keeps_the_focus_while_the_window_moves(open_map, war_map):
    page = open_map(war_map).page
    first, last = page.evaluate("[geoconflict.app.model.firstDay, geoconflict.app.model.lastDay]")
    filters = page.locator(".gc-filter[data-filter=sources]")
    filters.locator("summary").click()
    row = filters.locator(".gc-legend-row").last
    row.focus()
    row.evaluate("(row) => (window.__row = row)")
    for to in range(last, first - 1, -1):
        page.evaluate("([from, to]) => geoconflict.app.model.setWindow(from, to)", [first, to])
        assert page.evaluate("document.activeElement === window.__row"), to
    for change in ("setLeastKilled(100000)", "clearFilters()"):
        page.evaluate(f"geoconflict.app.model.{change}")
        assert page.evaluate("document.activeElement === window.__row"), change
    counts = [count_of(one) for one in filters.locator(".gc-legend-row").all()]
    assert len(counts) > 1
    assert counts == sorted(counts, reverse=True)


def test_a_button_that_goes_once_it_is_pressed_leaves_the_focus_with_the_counts(open_map, war_map):
    page = open_map(war_map).page
    page.locator(".gc-legend-row").first.click()
    page.locator(".gc-clear").focus()
    page.keyboard.press("Enter")
    assert page.locator(".gc-clear").is_hidden()
    assert page.evaluate("document.activeElement.className") == "gc-counts"
    page.locator(".gc-legend-row").first.focus()
    page.evaluate("geoconflict.app.model.setLeastKilled(1)")
    page.evaluate("geoconflict.app.model.clearFilters()")
    assert "gc-legend-row" in page.evaluate("document.activeElement.className"), "it is taken from nothing else"


def test_a_sub_type_is_switched_alone(open_map, war_map):
    opened = open_map(war_map)
    all_shown = opened.shown()
    opened.page.locator(".gc-unfold").first.click()
    row = opened.page.locator(".gc-sub-types:not([hidden]) .gc-legend-row").first
    n = count_of(row)
    row.click()
    assert opened.shown() == all_shown - n
    assert count_of(row) == n, "its own count says what switching it on would bring"


def test_words_are_searched_in_quotes_places_and_actors(open_map, war_map):
    opened = open_map(war_map)
    all_shown = opened.shown()
    opened.page.keyboard.press("/")
    field = opened.page.locator(".gc-search")
    assert field.evaluate("(field) => field === document.activeElement")
    field.fill("martuni northern edge")
    wait_fewer_shown(opened.page, all_shown)
    n = opened.shown()
    assert 0 < n < all_shown
    assert {name for item in opened.items() for name in item["names"]} == {"Martuni"}
    wait_address(opened.page, "q=martuni%20northern%20edge")
    field.fill("no such words")
    wait_shown(opened.page, 0)
    field.press("Escape")
    wait_shown(opened.page, all_shown)


def test_the_slider_leaves_out_what_is_less_precise(open_map, war_map):
    opened = open_map(war_map)
    all_shown = opened.shown()
    slider = opened.page.locator(".gc-slider")
    slider.focus()
    slider.press("Home")
    sharpest = opened.shown()
    assert 0 < sharpest < all_shown
    kept = opened.page.evaluate(
        "[...new Set(geoconflict.app.model.shownEvents().map((i) => { const c = geoconflict.app.model.columns;"
        " return c.place_precision.at(c.place[i] - 1); }))]"
    )
    assert len(kept) == 1
    slider.press("End")
    assert opened.shown() == all_shown


def test_only_what_the_view_shows_follows_the_map(open_map, war_map):
    opened = open_map(war_map)
    all_shown = opened.shown()
    switch = opened.page.get_by_role("button", name="Only what the map view shows")
    switch.click()
    opened.page.evaluate("geoconflict.app.map.setView([39.7953, 47.1117], 11, { animate: false })")
    assert 0 < opened.shown() < all_shown
    switch.click()
    assert opened.shown() == all_shown


def test_an_address_brings_all_filters_back(open_map, war_map):
    first = open_map(war_map)
    page = first.page
    page.locator(".gc-legend-pair .gc-legend-row").first.click()
    page.locator(".gc-filter[data-filter=sources] summary").click()
    page.locator(".gc-filter[data-filter=sources] .gc-legend-row").first.click()
    page.locator(".gc-slider").focus()
    page.locator(".gc-slider").press("Home")
    page.locator(".gc-search").fill("shells")
    fragment = wait_address(page, "not.type=", "sources=", "p=", "q=shells")
    shown = first.shown()
    assert shown > 0
    second = open_map(war_map, fragment=fragment)
    wait_shown(second.page, shown)
    assert second.page.evaluate("geoconflict.app.model.shownEvents()") == page.evaluate(
        "geoconflict.app.model.shownEvents()"
    )


@pytest.mark.parametrize(
    "fragment", ["#type=__proto__", "#sources=%E0%A4%A", "#k=99999", "#p=constructor", "#v=99/999/999", "#not.status=,,,", "#q=" + "%22" * 9]
)  # fmt: skip
def test_an_address_that_names_nothing_filters_nothing(open_map, war_map, fragment):
    opened = open_map(war_map, fragment=fragment)
    assert opened.shown() == opened.page.evaluate("geoconflict.app.model.totals[0]")
