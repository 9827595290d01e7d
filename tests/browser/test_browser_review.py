"""A review in the browser, from opening the page to the build that applies it; for everybody, and without the network."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from review_server import make_project, review_server

from geoconflict.cli import main
from geoconflict.corrections import load_corrections
from geoconflict.pipeline import remerge
from geoconflict.store import EventStore

pytestmark = pytest.mark.browser
_REFUSED = "status of 400 (Bad Request)"
"""What the browser itself says of a decision that was refused; the form tells it."""


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path)


@pytest.fixture
def opened(chromium, project):
    """Return a function that opens the page; at the end it may have asked nothing but its server, and logged nothing."""
    contexts, faults, elsewhere = [], [], []
    with review_server(project) as server:

        def open_(*, width=1280, height=860, scheme="light"):
            context = chromium.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
            contexts.append(context)
            page = context.new_page()
            page.on("console", lambda message: None if _REFUSED in message.text else faults.append(message.text))
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("request", lambda asked: None if asked.url.startswith(server.url) else elsewhere.append(asked.url))
            page.goto(server.url)
            page.wait_for_selector("html[data-ready]")
            return page

        yield open_
        for context in contexts:
            context.close()
    assert (faults, elsewhere) == ([], [])


def choose(page, n):
    """Choose an event of the list and wait until its map is there; return its id."""
    row = page.locator(".rv-item").nth(n)
    event = row.get_attribute("data-id")
    row.click()
    page.wait_for_selector(f'html[data-event="{event}"]')
    page.wait_for_selector(f'html[data-basemap="{event}"]')
    return event


def save(page, verb):
    """Press the button of a form, and wait until what it decides is written down and shown."""
    before = page.evaluate("document.documentElement.dataset.saved || '0'")
    page.get_by_role("button", name=f"Save: {verb}").click()
    page.wait_for_function("(before) => (document.documentElement.dataset.saved || '0') !== before", arg=before)


def wait_for_next(page, event):
    """Wait until another event is opened, as is done when one is decided."""
    page.wait_for_function("(id) => document.documentElement.dataset.event !== id", arg=event)


def wait_for_decisions(page, n):
    page.wait_for_function("(n) => document.querySelectorAll('.rv-done').length === n", arg=n)


def applied(project):
    """Merge the store of a project with its corrections, as a build does, and return its events by id."""
    from geoconflict.correction_stage import find_rulings, note_corrections

    corrections = load_corrections(project / "corrections.jsonl")
    with EventStore(project / "geoconflict.sqlite") as store:
        with store.transaction():
            note_corrections(store, corrections, find_rulings(store, corrections))
        remerge(store)
        return {event.event_id: event for event in store.event_records()}


def test_a_whole_review_from_opening_to_the_rebuilt_store(opened, project):
    before = applied(project)
    page = opened()
    assert page.locator(".rv-item").count() == 2

    first = choose(page, 0)
    assert page.locator("mark").all_inner_texts() == ["struck", "Riverton"]
    page.locator(".rv-alternative").first.click()
    assert page.locator('input[name="place"]:checked').get_attribute("value") == "near:hilltown"
    page.locator("textarea").fill("the report names the hill")
    save(page, "move")
    wait_for_decisions(page, 1)
    wait_for_next(page, first)

    page.keyboard.press("t")
    page.locator('select[name="type"]').select_option("Armed clash")
    save(page, "retype")
    wait_for_decisions(page, 2)
    assert page.locator("#count").inner_text() == "0 of 2 left · anna"
    page.wait_for_selector("html[data-basemap]")  # once the event is applied there is none to ask for

    after = applied(project)
    assert before.keys() == after.keys()
    assert (before[first].place.name, after[first].place.name) == ("Riverton", "Hilltown")
    second = next(event for event_id, event in after.items() if event_id != first)
    assert second.sub_event_type == "Armed clash"
    assert "the report names the hill" in after[first].sources[0].review.notes[0]

    page = opened()  # what was applied is no longer listed
    assert page.locator(".rv-item").count() == 0

    listed = CliRunner().invoke(main, ["review", "--all", "--json", "--config", str(project)])
    assert [one["is_reviewed"] for one in json.loads(listed.stdout)["items"]] == [True, True]


def test_an_event_is_rejected_by_keys_alone_and_taken_back(opened, project):
    page = opened()
    page.keyboard.press("j")
    page.wait_for_selector("html[data-event]")
    rejected = page.locator('[aria-current="true"]').get_attribute("data-id")
    page.keyboard.press("r")
    page.locator("textarea").press_sequentially("a drill")
    page.keyboard.press("Tab")  # over Cancel
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_for_decisions(page, 1)
    assert rejected not in applied(project)

    page.locator(f'[data-id="{rejected}"]').click()
    page.get_by_role("button", name="Take back").click()
    wait_for_decisions(page, 0)
    assert rejected in applied(project)


def test_a_click_on_the_map_chooses_a_point(opened, project):
    page = opened()
    event = choose(page, 0)
    box = page.locator(".rv-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.7)
    page.wait_for_selector(".rv-pin-point")
    said = page.locator('input[name="point"]').input_value()
    assert (said.split()[0], said.split()[2]) == ("lon", "lat")
    lon, lat = (float(one.split()[1]) for one in said.split(", "))
    assert 29 < lon < 32
    assert 9 < lat < 11
    save(page, "move")
    wait_for_decisions(page, 1)
    place = applied(project)[event].place
    assert (place.lon, place.lat, place.precision) == (lon, lat, "town")


def test_what_a_click_stands_for_follows_from_the_zoom(opened):
    page = opened()
    choose(page, 0)
    found = []
    for n_steps in (0, 3, 3):
        for _ in range(n_steps):
            before = page.locator(".gc-scale-bar").evaluate("(bar) => bar.outerHTML")
            page.get_by_role("button", name="Zoom out").click()
            page.wait_for_function("(bar) => document.querySelector('.gc-scale-bar').outerHTML !== bar", arg=before)
        box = page.locator(".rv-map").bounding_box()  # the form that a click opens moves it
        page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.8)
        found.append(page.locator('select[name="precision"]').input_value())
    assert found[0] == "town"
    assert "town" not in found[1:]
    assert found[2] in {"admin1", "country"}


def test_a_doubtful_point_is_taken_only_when_confirmed_and_as_typed(opened, project):
    page = opened()
    event = choose(page, 0)
    page.keyboard.press("m")
    page.locator('input[name="place"][value="point"]').check()
    page.locator('input[name="point"]').fill("lon 10.0, lat 30.0, near")
    page.get_by_role("button", name="Save: move").click()
    page.wait_for_function("() => document.querySelector('.rv-fault').textContent.includes('swapped')")
    assert not (project / "corrections.jsonl").exists()
    page.locator('input[name="confirm"]').check()
    save(page, "move")
    wait_for_decisions(page, 1)
    place = applied(project)[event].place
    assert (place.lon, place.lat, place.precision) == (10.0, 30.0, "near")


def test_no_place_is_chosen_beforehand_where_others_bear_the_name(opened, project):
    page = opened()
    choose(page, 0)
    assert page.locator(".rv-alternative").count()
    page.keyboard.press("m")
    assert page.locator('input[name="place"]:checked').count() == 0
    page.get_by_role("button", name="Save: move").click()
    assert page.locator(".rv-fault").inner_text() == "Choose a place, a point, or that none is known."
    assert not (project / "corrections.jsonl").exists()


def test_a_click_on_the_open_event_keeps_what_is_typed(opened):
    page = opened()
    choose(page, 0)
    page.keyboard.press("c")
    page.locator("textarea").fill("ask the outlet")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".rv-item").nth(0).click()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.locator("textarea").input_value() == "ask the outlet"
    assert asked == []


def test_days_parting_and_comments(opened, project):
    page = opened()
    two = next(n for n in range(2) if choose(page, n) and page.locator(".rv-source").count() == 2)
    parted = choose(page, two)
    page.keyboard.press("s")
    page.locator('input[name="out"]').nth(1).check()
    save(page, "split")
    choose(page, two)
    page.keyboard.press("c")
    page.get_by_role("button", name="Save: comment").click()  # the browser asks for the words first
    assert page.locator(".rv-form").is_visible()
    page.locator("textarea").fill("ask the outlet")
    save(page, "comment")
    choose(page, two)
    assert page.locator(".rv-entries li").count() == 2
    other = choose(page, 1 - two)
    page.keyboard.press("d")
    page.locator('input[name="first"]').fill("2021-06-01")
    page.locator('input[name="last"]').fill("2021-06-02")
    save(page, "redate")
    after = applied(project)
    assert len(after) == 3
    assert (str(after[other].when.starts_on), str(after[other].when.ends_on)) == ("2021-06-01", "2021-06-02")
    assert "ask the outlet" in " ".join(after[parted].sources[0].review.notes)


def test_status_sides_and_figures_are_decided_and_what_is_left_as_it_is_is_not(opened, project):
    page = opened()
    told = choose(page, 0)
    page.keyboard.press("u")
    assert not page.locator('input[name="by"]').is_visible()
    page.locator('select[name="status"]').select_option("claimed")
    page.get_by_role("button", name="Save: restatus").click()
    assert page.locator(".rv-fault").inner_text() == "Say who claims it."
    page.get_by_label("Who claims it").fill("a mayor")
    save(page, "restatus")

    choose(page, 0)
    page.keyboard.press("o")
    page.get_by_role("button", name="Save: actors").click()
    assert page.locator(".rv-fault").inner_text().startswith("Neither side differs from what it is now")
    page.get_by_label("Who did it").fill("Chadian troops; Lions of the Valley")
    save(page, "actors")

    choose(page, 0)
    page.keyboard.press("f")
    page.get_by_label("Killed").fill("many")
    page.get_by_role("button", name="Save: figures").click()
    page.wait_for_function(
        "() => document.querySelector('.rv-fault').textContent.includes('is no number; write 5, 3-7')"
    )
    page.get_by_label("Killed").fill("3-7")
    page.get_by_label("Displaced").fill("1,200")
    save(page, "figures")

    values = {one.what: one.value for one in load_corrections(project / "corrections.jsonl")}
    assert set(values["actors"]) == {"agents", "was"}
    assert set(values["figures"]) == {"killed", "displaced", "was"}
    after = applied(project)[told]
    assert (after.status, after.claimed_by) == ("claimed", ("a mayor",))
    assert [one.name for one in after.actors] == ["Lions of the Valley", "Military Forces of Chad"]
    assert (after.killed.low, after.killed.high, after.displaced.best, after.wounded) == (3, 7, 1200, None)


def test_an_event_that_is_missing_is_added_seen_taken_back_and_made_by_the_build(opened, project):
    page = opened()
    here = choose(page, 0)
    page.keyboard.press("n")
    page.get_by_label("In these words").fill("Artillery shook Riverton")
    page.locator(".rv-alternative").first.click()
    assert page.get_by_label("Where: ").input_value() == "near:hilltown"
    page.locator('select[name="type"]').select_option("Attack")
    page.get_by_label("First possible day").fill("2021-06-07")
    page.get_by_label("Who did it").fill("Chadian troops")
    page.get_by_label("Killed").fill("3-7")
    page.get_by_role("button", name="Save: add").click()
    page.wait_for_function(
        "() => document.querySelector('.rv-fault').textContent.includes('copy it from there, word for word')"
    )
    page.get_by_label("In these words").fill("Artillery struck Riverton")
    save(page, "add")
    assert page.locator('[aria-current="true"]').get_attribute("data-id") == here
    assert not page.locator(".rv-form").is_visible()
    page.get_by_text("Added, for the next build: 1").click()
    before = page.evaluate("document.documentElement.dataset.saved")
    page.locator(".rv-notice").get_by_role("button", name="Take back").click()
    page.wait_for_function("(before) => document.documentElement.dataset.saved !== before", arg=before)
    assert page.locator(".rv-notice").count() == 0

    page.keyboard.press("n")
    page.locator('select[name="report"]').select_option("")
    page.get_by_role("button", name="Save: add").click()  # the browser asks for the words first
    page.get_by_label("In these words").fill("Artillery struck Riverton")
    box = page.locator(".rv-map").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.7)
    assert page.get_by_label("Where: ").input_value().startswith("lon ")
    page.get_by_role("button", name="Save: add").click()
    assert (
        page.locator(".rv-fault").inner_text() == ""
    )  # the browser asks for the rest first: no type and no day is chosen beforehand
    page.locator('select[name="type"]').select_option("Grenade")
    page.get_by_label("First possible day").fill("2021-06-07")
    page.get_by_role("button", name="Save: add").click()
    assert page.locator(".rv-fault").inner_text() == "Say which report tells it."
    with EventStore(project / "geoconflict.sqlite", read_only=True) as store:
        report = store.event(here).sources[0].mention.report_id
    page.get_by_label("Its id, or its file").fill(report[:10])
    save(page, "add")
    made = [one for one in load_corrections(project / "corrections.jsonl") if one.what == "add"]
    assert [(one.value["sub_event_type"], one.tellings[0].report == report) for one in made] == [
        ("Attack", True),
        ("Grenade", True),
    ]
    pages = applied(project)
    assert sorted(one.sub_event_type for one in pages.values()).count("Grenade") == 1
    assert "added by anna on 2021-07-01" in " ".join(pages[made[1].event].sources[0].review.notes)


def test_the_map_of_an_event_names_who_made_its_data(opened):
    page = opened()
    choose(page, 0)
    page.get_by_text("Credits and licences").click()
    credited = page.locator(".rv-credits li").all_inner_texts()
    assert any("GeoNames" in line for line in credited)
    assert any("Natural Earth" in line for line in credited)


def test_two_events_are_put_together(opened, project):
    (project / "geoconflict.sqlite").unlink()
    make_project(project, days=(0, 0, 2))
    page = opened()
    assert page.locator(".rv-item").count() == 2
    choose(page, 0)
    page.keyboard.press("g")
    assert page.locator('input[name="other"]').count() == 1
    page.get_by_role("button", name="Save: merge").click()
    assert page.locator(".rv-fault").inner_text() == "Choose the event that it is one with."
    assert not (project / "corrections.jsonl").exists()
    page.locator('input[name="other"]').check()
    save(page, "merge")
    (one,) = applied(project).values()
    assert len(one.sources) == 3


def test_what_a_build_has_changed_meanwhile_is_told(opened, project):
    page = opened()
    choose(page, 0)
    page.keyboard.press("t")
    page.locator('select[name="type"]').select_option("Armed clash")
    save(page, "retype")
    applied(project)
    choose(page, 0)
    page.keyboard.press("a")
    page.get_by_role("button", name="Save: accept").click()
    page.wait_for_function("() => document.querySelector('.rv-fault')?.textContent.includes('has changed since')")


def test_text_of_reports_is_text(opened):
    page = opened()
    page.locator(".rv-item").nth(1).click()
    page.wait_for_selector(".rv-quote")
    assert page.locator(".rv-quote b").count() == 0


def test_what_the_server_refuses_is_told_in_the_form(opened):
    page = opened()
    choose(page, 0)
    page.keyboard.press("m")
    page.locator('input[name="place"][value="point"]').check()
    page.get_by_role("button", name="Save: move").click()
    assert page.locator(".rv-fault").inner_text() == "Click on the map or write longitude and latitude."
    page.locator('input[name="point"]').fill("10, 100")
    page.evaluate("console.log = () => {}")
    assert page.locator(".rv-form").is_visible()


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(1280, 860, "light"), (1280, 860, "dark"), (390, 844, "light")]
)
def test_axe_finds_nothing(opened, width, height, scheme):
    page = opened(width=width, height=height, scheme=scheme)
    states = [
        lambda: None,
        lambda: choose(page, 0),
        *(lambda key=key: page.keyboard.press(key) for key in "amtduofgsrc"),
    ]
    for state in states:
        state()
        found = Axe().run(page).response["violations"]
        assert [f"{one['id']}: {[node['target'] for node in one['nodes'][:3]]}" for one in found] == []


def test_on_a_phone_the_list_gives_way_to_the_event_and_comes_back(opened):
    page = opened(width=390, height=844)
    choose(page, 0)
    assert not page.locator(".rv-list").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="List").click()
    assert page.locator(".rv-list").is_visible()
