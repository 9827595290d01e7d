"""The card as people use it: from an event to the next, side by side, by its address, with the focus where it belongs."""

from __future__ import annotations

import pandas as pd
import pytest
import shapely
from event_frames import PLACES, event, events_frame, source, war
from waiting import at_rest, two_frames

from geoconflict.render.event_map import EventMap

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def plain_map():
    arguments = war()
    return EventMap(arguments.pop("events"), **(arguments | {"basemap": False}))


def sides_frame(*sources, **values):
    return events_frame([event(1, sources=list(sources), n_sources=len(sources), **values)])


def open_first(opened):
    opened.page.locator(".gc-list-button").click()
    opened.page.locator(".gc-item").first.click()
    opened.page.wait_for_selector(".gc-version")
    return opened.page


def selected(page) -> int:
    return page.evaluate("geoconflict.app.model.selected")


def focused(page) -> str:
    return page.evaluate("document.activeElement.className")


def table(page) -> list[list[str]]:
    rows = page.locator(".gc-sides tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.replace(/\\s+/g, ' ').trim()))"
    )
    return [[cell.replace("(differs)", "").strip() for cell in row] for row in rows]


# ---------------------------------------------------------------- sides next to each other
def test_sides_that_differ_stand_next_to_each_other_with_their_sources(open_map, plain_map, war_frame):
    event_id = war_frame.loc[war_frame["n_sources"] == 2, "event_id"].item()
    page = open_map(plain_map, fragment=f"#e={event_id}").page
    page.wait_for_selector(".gc-version")
    assert table(page) == [
        ["", "Northern ministry Monitor Desk", "Southern ministry Northern Wire"],
        ["Status", "Claimed", "Denied"],
        ["Date", "“during the night”", "“during the night”"],
        ["Killed", "2", "0"],
    ]
    assert page.locator(".gc-differs th").all_text_contents() == ["Status (differs)", "Killed (differs)"]
    link = page.locator("a.gc-side-source").first
    assert link.get_attribute("href") == "https://news.example/200"
    assert set(link.get_attribute("rel").split()) == {"noopener", "noreferrer", "nofollow"}
    assert page.locator(".gc-disagreements li").count() == 2
    assert "Northern ministry: 2; Southern ministry: 0" in page.locator(".gc-facts").inner_text()


def test_a_denial_is_the_deniers_and_agreeing_reports_share_a_column(open_map):
    two = {"low": 2, "best": 2, "high": 2}
    frame = sides_frame(
        source(0, status="claimed", claimed_by="Northern ministry", killed=two),
        source(1, status="claimed", claimed_by="Northern ministry", killed=two),
        source(2, status="denied", claimed_by="Northern ministry", denied_by="Southern ministry"),
        source(3, killed={"low": 4, "best": None, "high": None}, date_text="on Sunday"),
        source(4, source="Hill Radio", killed={"low": 5, "best": 5, "high": 5}),
    )
    page = open_first(open_map(EventMap(frame, basemap=False)))
    assert table(page) == [
        [
            "",
            "Northern ministry Northern Wire Valley Gazette",
            "Southern ministry Monitor Desk",
            "On its own word Northern Wire",
            "On its own word Hill Radio",
        ],
        ["Status", "Claimed", "Denied", "Told as fact", "Told as fact"],
        ["Date", "“during the night”", "“during the night”", "“on Sunday”", "“during the night”"],
        ["Killed", "2", "not stated", "at least 4", "5"],
    ]
    box = page.locator(".gc-sides-box")
    card = page.locator("#gc-card").bounding_box()
    assert box.bounding_box()["x"] + box.bounding_box()["width"] <= card["x"] + card["width"]
    assert box.evaluate("(box) => box.scrollWidth > box.clientWidth"), "wider than the card: it scrolls by itself"


def test_the_dead_that_one_side_tells_of_are_not_told_by_the_side_that_denies_it(open_map):
    two = {"low": 2, "best": 2, "high": 2}
    frame = sides_frame(
        source(0, status="denied", claimed_by="Residents", denied_by="Army", figures_by="Residents", killed=two)
    )
    page = open_first(open_map(EventMap(frame, basemap=False)))
    assert [row[:3] for row in table(page)] == [
        ["", "Residents Northern Wire", "Army Northern Wire"],
        ["Status", "Claimed", "Denied"],
        ["Date", "“during the night”", "“during the night”"],
        ["Killed", "2", "not stated"],
    ]


def test_who_tells_what_somebody_denies_has_a_column_though_no_figure_is_told(open_map):
    frame = sides_frame(source(0, status="denied", claimed_by="Residents", denied_by="Army"))
    page = open_first(open_map(EventMap(frame, basemap=False)))
    assert [row[:3] for row in table(page)][:2] == [
        ["", "Residents Northern Wire", "Army Northern Wire"],
        ["Status", "Claimed", "Denied"],
    ]


def test_copies_of_a_text_stand_under_it_and_share_its_column(open_map):
    two, four = {"low": 2, "best": 2, "high": 2}, {"low": 4, "best": 4, "high": 4}
    frame = sides_frame(
        source(0, killed=two),
        source(1, killed=two, copy_of="report0000"),
        source(2, killed=two, copy_of="report0000", url="javascript:alert(1)"),
        source(4, source="Hill Radio", killed=four),
        killed_low=2,
        killed_high=4,
    )
    frame["n_sources"] = 2
    page = open_first(open_map(EventMap(frame, basemap=False)))
    assert page.locator(".gc-version").count() == 2
    assert "What 2 reports say" in page.locator("#gc-card").inner_text()
    copies = page.locator(".gc-version").first.locator(".gc-copies")
    assert copies.locator(".gc-copies-head").inner_text() == "The same text in 2 more reports, counted once:"
    assert [one.split("\n")[0] for one in copies.locator("li").all_inner_texts()] == ["Valley Gazette", "Monitor Desk"]
    assert copies.locator("a").evaluate_all("(links) => links.map((link) => link.href)") == ["https://news.example/1"]
    assert page.locator(".gc-copies").count() == 1
    assert table(page)[0] == [
        "",
        "On its own word Northern Wire Valley Gazette Monitor Desk",
        "On its own word Hill Radio",
    ]
    assert "Northern Wire: 2; Hill Radio: 4" in page.locator(".gc-facts").inner_text()


def test_copies_without_their_original_stand_under_the_first(open_map):
    frame = sides_frame(source(1, copy_of="elsewhere"), source(2, copy_of="elsewhere"))
    frame["n_sources"] = 1
    page = open_first(open_map(EventMap(frame, basemap=False)))
    assert page.locator(".gc-version").count() == 1
    assert page.locator(".gc-copies-head").inner_text() == "The same text in 1 more report, counted once:"


def test_sources_that_agree_get_no_table(open_map):
    two = {"low": 2, "best": 2, "high": 2}
    frame = sides_frame(
        source(0, killed=two), source(1, date_text="on Sunday"), killed_low=2, killed_best=2, killed_high=2
    )
    page = open_first(open_map(EventMap(frame, basemap=False)))
    assert page.locator(".gc-sides").count() == 0
    assert page.locator(".gc-differences").count() == 0
    assert "according to Northern Wire" in page.locator(".gc-facts").inner_text()


def test_figures_name_who_gives_them(open_map):
    frame = sides_frame(source(0, killed={"low": 2, "best": 2, "high": 2}, figures_by="The mayor"), killed_low=2, killed_best=2, killed_high=2)  # fmt: skip
    page = open_first(open_map(EventMap(frame, basemap=False)))
    assert "according to The mayor" in page.locator(".gc-facts").inner_text()


def test_a_figure_that_nobody_reports_is_not_theirs_who_report_another(open_map):
    twelve = {"low": 12, "best": 12, "high": 12}
    frame = sides_frame(source(0, killed=twelve), killed_low=5, killed_best=5, killed_high=5)
    page = open_first(open_map(EventMap(frame, basemap=False)))
    facts = page.locator(".gc-facts").inner_text()
    assert "Northern Wire: 12" in facts
    assert "according to" not in facts


def test_a_figure_of_several_places_is_told_on_the_card_and_not_counted(open_map):
    thirty = {"low": 30, "best": None, "high": None}
    frame = sides_frame(
        source(0, killed_together=thirty, together="Northtown; Southtown"),
        source(1, killed_together=thirty, together="Northtown; Southtown"),
    )
    page = open_first(open_map(EventMap(frame, basemap=False)))
    facts = page.locator(".gc-facts").inner_text()
    assert "at least 30 killed: Northtown, Southtown" in facts
    assert facts.count("at least 30") == 1
    assert "not counted here: one figure for all these places" in facts
    assert page.evaluate("[...geoconflict.app.model.columns.killed_low]") == [0]


HOSTILE = [
    "<img src=x onerror=window.__xss=1>",
    "</script><script>window.__xss=1</script>",
    "${window.__xss=1}",
    "\u202egnorw",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_names_of_sides_stay_text(open_map, text):
    frame = sides_frame(
        source(0, status="claimed", claimed_by=text, figures_by=text, source=text, killed={"low": 1, "best": 1, "high": 1}, url=f"javascript:{text}"),
        source(1, status="denied", denied_by=text, date_text=text),
        killed_low=1, killed_best=1, killed_high=1,
    )  # fmt: skip
    page = open_first(open_map(EventMap(frame, basemap=False)))
    assert page.locator(".gc-side-who").all_text_contents() == [text.replace("\u202e", "\\u202e")] * 2
    assert page.locator("a.gc-side-source").count() == 1, "the one whose address leads to the web"
    assert page.evaluate("window.__xss === undefined")


# ---------------------------------------------------------------- from one to the next
def test_previous_and_next_go_through_all_shown_when_opened_from_the_map(open_map, plain_map, war_frame):
    opened = open_map(plain_map)
    page = opened.page
    opened.click_on("Syunik")
    page.wait_for_selector(".gc-version")
    assert page.locator(".gc-back").is_hidden()
    at, _, n = page.locator(".gc-nav-at").inner_text().partition(" of ")
    assert n == "124 shown"
    day = page.evaluate("(i) => geoconflict.app.model.columns.day[i]", selected(page))
    page.locator(".gc-next").click()
    page.wait_for_selector(".gc-version")
    assert page.locator(".gc-nav-at").inner_text() == f"{int(at) + 1} of 124 shown"
    assert page.evaluate("(i) => geoconflict.app.model.columns.day[i]", selected(page)) >= day
    page.locator(".gc-previous").click()
    page.locator(".gc-previous").click()
    assert page.locator(".gc-nav-at").inner_text() == f"{int(at) - 1} of 124 shown"


def test_stepping_keeps_the_focus_and_tells_what_came(open_map, plain_map):
    page = open_first(open_map(plain_map))
    page.keyboard.press("Escape")
    page.evaluate("geoconflict.app.card.openEvent(geoconflict.app.model.shown[0], null)")
    page.wait_for_selector(".gc-version")
    page.locator(".gc-next").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert "gc-next" in focused(page)
    said = page.locator("#gc-card > [role=status]").inner_text()
    assert said.startswith("3 of 124 shown, ")
    previous = page.locator(".gc-previous")
    previous.focus()
    for _ in range(4):
        page.keyboard.press("Enter")
    assert previous.get_attribute("aria-disabled") == "true"
    assert "gc-previous" in focused(page), "at the start the focus stays all the same"
    assert page.locator(".gc-nav-at").inner_text() == "1 of 124 shown"


def test_the_way_follows_filters_and_window_while_the_card_is_open(open_map, plain_map, war_frame):
    opened = open_map(plain_map, fragment="#t=2020-10-14..2020-10-14")
    page = opened.page
    opened.click_on("Syunik")
    page.wait_for_selector(".gc-version")
    before = page.locator(".gc-nav-at").inner_text()
    page.locator(".gc-step-forward").click()
    assert page.locator(".gc-nav-at").inner_text() == "Not among the events shown"
    page.locator(".gc-next").click()
    page.wait_for_selector(".gc-version")
    assert page.locator(".gc-nav-at").inner_text() == "2 of 2 shown", "after one that began weeks ago and lasts"
    page.locator(".gc-step-back").click()
    assert page.locator(".gc-nav-at").inner_text() == "Not among the events shown"
    page.locator(".gc-previous").click()
    assert page.locator(".gc-nav-at").inner_text().split(" of ")[1] == before.split(" of ")[1]


# ---------------------------------------------------------------- addresses
def test_a_link_is_copied_and_leads_back(open_map, plain_map):
    page = open_map(plain_map).page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".gc-list-button").click()
    page.locator(".gc-item").nth(7).click()
    page.wait_for_selector(".gc-version")
    event_id = page.locator(".gc-reference code").inner_text()
    page.locator(".gc-copy").click()
    page.get_by_text("Link copied").wait_for()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address.startswith("file:///")
    assert address.endswith(f"#e={event_id}")
    other = open_map(plain_map, fragment=address[address.index("#") :]).page
    other.wait_for_selector(".gc-version")
    assert other.locator(".gc-reference code").inner_text() == event_id
    assert focused(other) == "gc-card-title"


def test_where_copying_is_not_allowed_the_address_is_shown(open_map, plain_map, catch_copies):
    page = open_first(open_map(plain_map))
    catch_copies(page, refuse=True)
    page.locator(".gc-copy").click()
    field = page.locator("dialog[open] input")
    assert field.input_value().endswith("#e=" + page.locator(".gc-reference code").inner_text())
    page.keyboard.press("Escape")
    assert page.locator("dialog").count() == 0
    assert page.locator("#gc-card").is_visible(), "the card stays"


def test_a_link_out_of_an_embedded_map_embeds_nothing(open_map, plain_map, catch_copies):
    page = open_map(plain_map, fragment="?embed&lang=x#embed").page
    page.evaluate("geoconflict.app.card.openEvent(0, null)")
    page.wait_for_selector(".gc-reference", state="attached")
    catch_copies(page)
    page.locator(".gc-copy").evaluate("(button) => button.click()")
    page.wait_for_function("() => window.__copied")
    event_id = page.locator(".gc-reference code").text_content()
    assert page.evaluate("window.__copied").endswith(f".html?lang=x#e={event_id}")


# ---------------------------------------------------------------- lists
def test_a_stack_is_listed_by_day(open_map, plain_map, war_frame):
    opened = open_map(plain_map)
    opened.click_on("Martuni")
    there = war_frame[(war_frame["place_name"] == "Martuni") & war_frame["ends_on"].notna()]
    days = sorted(set(there["starts_on"].fillna(there["ends_on"])))
    names = opened.page.locator(".gc-day-name").all_inner_texts()
    assert [pd.to_datetime(name.split(", ")[1]) for name in names] == days
    text = opened.page.locator(".gc-days").inner_text()
    assert "22–23 Oct 2020" in text.replace(" – ", "–"), "an event of several days says so beneath its first"


@pytest.fixture(scope="module")
def long_map():
    rows = [
        event(n, starts_on=f"2020-10-{1 + n // 40:02d}", ends_on=f"2020-10-{1 + n // 40:02d}", place_name="Goris", place_id="test:Goris",
              geometry=shapely.Point(PLACES["Goris"]))
        for n in range(700)
    ]  # fmt: skip
    return EventMap(events_frame(rows), basemap=False)


def test_a_long_list_is_there_at_once_and_grows_as_it_is_read(open_map, long_map):
    page = open_map(long_map).page
    page.locator(".gc-list-button").click()
    two_frames(page)
    assert 100 <= page.locator(".gc-item").count() <= 200
    page.locator(".gc-card-body").evaluate("(body) => body.scrollTo(0, body.scrollHeight)")
    page.locator(".gc-item").nth(199).wait_for()
    two_frames(page)
    assert 200 <= page.locator(".gc-item").count() <= 400
    for _ in range(12):
        page.locator(".gc-card-body").evaluate("(body) => body.scrollTo(0, body.scrollHeight)")
        two_frames(page)
    assert page.locator(".gc-item").count() == 700
    assert page.locator(".gc-day").count() == 18
    assert page.get_by_role("button", name="Show more").count() == 0


def test_tab_goes_on_to_the_next_rows_however_late_the_browser_tells_of_scrolling(open_map, long_map):
    page = open_map(long_map).page
    page.evaluate("() => { window.IntersectionObserver = class { observe() {} disconnect() {} }; }")
    page.locator(".gc-list-button").click()
    assert page.locator(".gc-item").count() == 100
    page.locator(".gc-item").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("[...document.querySelectorAll('.gc-item')].indexOf(document.activeElement)") == 100
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("[...document.querySelectorAll('.gc-item')].indexOf(document.activeElement)") == 99


def test_the_button_at_the_end_of_a_list_keeps_the_focus_until_it_is_pressed(open_map, long_map):
    page = open_map(long_map).page
    page.locator(".gc-list-button").click()
    more = page.get_by_role("button", name="Show more")
    more.evaluate("(button) => button.focus()")
    two_frames(page)
    assert "gc-wide" in focused(page)
    assert page.locator(".gc-item").count() == 100
    page.keyboard.press("Enter")
    assert page.locator(".gc-item").count() >= 200
    assert page.evaluate("[...document.querySelectorAll('.gc-item')].indexOf(document.activeElement)") == 100


def test_the_list_of_the_events_shown_follows_the_filters_and_the_window(open_map, plain_map):
    page = open_map(plain_map).page
    page.locator(".gc-list-button").click()
    two_frames(page)
    n = page.evaluate("geoconflict.app.model.nShown")
    assert page.locator(".gc-card-body .gc-note").inner_text().startswith(f"{n} events")
    page.evaluate("geoconflict.app.model.setValues('type', [0], false)")
    fewer = page.evaluate("geoconflict.app.model.nShown")
    assert 0 < fewer < n
    page.locator(".gc-card-body .gc-note", has_text=f"{fewer} events").wait_for()
    page.evaluate("geoconflict.app.model.setWindow(geoconflict.app.model.firstDay, geoconflict.app.model.firstDay)")
    left = page.evaluate("geoconflict.app.model.nShown")
    page.locator(".gc-card-body .gc-note", has_text=f"{left} event").wait_for()
    page.locator(".gc-item").first.click()
    page.wait_for_selector(".gc-version")
    page.evaluate("geoconflict.app.model.setWindow(geoconflict.app.model.firstDay, geoconflict.app.model.lastDay)")
    assert page.locator(".gc-version").count() > 0, "an open event stays"


# ---------------------------------------------------------------- focus
def test_whoever_is_at_an_event_of_the_list_stays_there_while_the_window_moves(open_map, plain_map):
    page = open_map(plain_map).page
    page.locator(".gc-list-button").click()
    first, last = page.evaluate("[geoconflict.app.model.firstDay, geoconflict.app.model.lastDay]")
    page.locator(".gc-item").nth(60).focus()
    at = page.evaluate("document.activeElement.dataset.event")
    note = page.locator(".gc-card-body .gc-note").inner_text()
    page.evaluate("([from, to]) => geoconflict.app.model.setWindow(from, to)", [first + 1, last])
    page.wait_for_function("(note) => document.querySelector('.gc-card-body .gc-note').innerText !== note", arg=note)
    assert page.evaluate("document.activeElement.dataset.event") == at
    page.evaluate("([from, to]) => geoconflict.app.model.setWindow(from, to)", [last, last])
    page.wait_for_function(
        "(at) => document.querySelectorAll('.gc-item').length && !document.querySelector(`[data-event='${at}']`)",
        arg=at,
    )
    assert focused(page) == "gc-item", "the next event that is left"
    page.evaluate("geoconflict.app.model.setLeastKilled(100000)")
    page.locator(".gc-item").first.wait_for(state="detached")
    assert focused(page) == "gc-card-body", "the focus is still in the card"


def test_the_focus_goes_to_the_heading_and_back(open_map, plain_map):
    page = open_map(plain_map).page
    button = page.locator(".gc-list-button")
    button.focus()
    page.keyboard.press("Enter")
    assert focused(page) == "gc-card-title"
    page.locator(".gc-item").nth(3).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".gc-version")
    assert focused(page) == "gc-card-title"
    page.locator(".gc-next").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.locator("#gc-card").is_hidden()
    assert "gc-list-button" in focused(page), "back to what opened the card, however far one went in it"


def test_from_the_map_the_focus_goes_back_to_the_map(open_map, plain_map):
    opened = open_map(plain_map)
    opened.click_on("Syunik")
    assert focused(opened.page) == "gc-card-title"
    opened.page.keyboard.press("Escape")
    assert "gc-map" in focused(opened.page)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(open_map, serious_faults, plain_map, war_frame, width, height, scheme):
    event_id = war_frame.loc[war_frame["n_sources"] == 2, "event_id"].item()
    page = open_map(plain_map, width=width, height=height, scheme=scheme, fragment=f"#e={event_id}&m=trail").page
    page.wait_for_selector(".gc-sides")
    if width < 760:
        page.locator(".gc-time-more").dispatch_event("click")  # the sheet of the card lies over it
    assert serious_faults(page) == []


def test_a_link_to_an_event_leaves_its_symbol_clear_of_the_sheet_on_a_phone(open_map):
    rows = [
        event(n, geometry=shapely.Point(30 + n, 10 - 3 * n), place_id=f"p{n}", place_precision="town") for n in range(6)
    ]
    rows[5]["event_id"] = "southernmost"
    opened = open_map(EventMap(events_frame(rows), basemap=False), width=390, height=844, fragment="#e=southernmost")
    opened.page.locator("#gc-card .gc-facts").wait_for()
    at_rest(opened.page)
    below = opened.page.evaluate("""() => {
        const { map, model } = geoconflict.app;
        const { y } = map.latLngToContainerPoint(model.latLng(model.columns.place[model.selected] - 1));
        return document.getElementById("gc-card").getBoundingClientRect().top - map.getContainer().getBoundingClientRect().top - y;
    }""")
    assert below > 15
