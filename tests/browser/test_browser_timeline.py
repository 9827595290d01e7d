"""The timeline as people use it: dragged by mouse and thumb, stepped, played, by keys alone; its modes, bands and bars."""

from __future__ import annotations

import datetime as dt
import itertools
import re

import pandas as pd
import pytest
from event_frames import event, events_frame, war
from waiting import two_frames, wait_address, wait_whole_address

from geoconflict.render.event_map import EventMap
from geoconflict.render.look import Phase

pytestmark = pytest.mark.browser

PHASES = [
    Phase(dt.date(2020, 9, 27), dt.date(2020, 10, 9), "Opening"),
    Phase(dt.date(2020, 10, 10), dt.date(2020, 10, 11), "<b>First</b> ceasefire", "ceasefire"),
    Phase(dt.date(2020, 10, 12), dt.date(2020, 11, 8), "The long push"),
    Phase(dt.date(2020, 11, 9), None, "Armistice", "ceasefire"),
]


@pytest.fixture(scope="module")
def phased_map():
    arguments = war()
    return EventMap(arguments.pop("events"), **(arguments | {"basemap": False}), phases=PHASES)


def window(page) -> tuple[str, str]:
    two_frames(page)
    return page.get_attribute("#gc-main", "data-from"), page.get_attribute("#gc-main", "data-to")


def length(page) -> int:
    first, last = window(page)
    return (pd.Timestamp(last) - pd.Timestamp(first)).days + 1


def choose(page, name: str, value: str) -> None:
    page.locator(f".gc-select[data-choice={name}]").select_option(value)


def centre(locator) -> tuple[float, float]:
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def swipe(page, start, end) -> None:
    """Drag one finger."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    for k, kind in enumerate(["touchStart", *["touchMove"] * 8]):
        x, y = (a + (b - a) * k / 8 for a, b in zip(start, end, strict=True))
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    session.detach()


# ---------------------------------------------------------------- mouse
def test_a_press_beside_the_window_brings_it_there_and_drags_on(open_map, phased_map):
    page = open_map(phased_map, fragment="#t=2020-09-27..2020-10-01").page
    box = page.locator(".gc-histogram").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30)
    page.mouse.down()
    middle = window(page)
    assert middle[0] < "2020-10-19" < middle[1], "its middle is where it was pressed"
    page.mouse.move(box["x"] + box["width"] * 3 / 4, box["y"] + 30, steps=4)
    page.mouse.up()
    assert window(page)[0] > middle[0]
    assert length(page) == 5
    page.mouse.move(box["x"] + 30, box["y"] + 30)
    assert window(page)[0] > middle[0], "a mouse that is let go drags nothing"


def test_what_a_bar_means_is_told(open_map, phased_map, war_frame):
    page = open_map(phased_map).page
    box = page.locator(".gc-histogram").bounding_box()
    page.mouse.move(box["x"] + 13.5 * box["width"] / 44, box["y"] + 40)
    tip = page.locator(".gc-bin-tip").inner_text()
    plain = war_frame[(war_frame["starts_on"] == "2020-10-10") & (war_frame["ends_on"] == "2020-10-10")]
    assert f"10 Oct 2020: {len(plain)} events" in tip
    for kind, n in plain["event_type"].value_counts().head(2).items():
        assert f"{kind}\n{n}" in tip.replace("\n\n", "\n")
    assert "1 more on one of several days" in tip
    assert "<b>First</b> ceasefire" in tip, "the phase of the day, as text"


# ---------------------------------------------------------------- touch
def test_a_thumb_moves_and_resizes_the_window_on_a_phone(open_map, phased_map):
    page = open_map(phased_map, width=390, height=844, fragment="#t=2020-10-05..2020-10-20").page
    for edge in ("from", "to"):
        box = page.locator(f".gc-handle-{edge}").bounding_box()
        assert box["width"] >= 44
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    x, y = centre(page.locator(".gc-region"))
    swipe(page, (x, y), (x + 60, y))
    moved = window(page)
    assert moved[0] > "2020-10-08"
    assert length(page) == 16
    x, y = centre(page.locator(".gc-handle-to"))
    swipe(page, (x, y), (x - 40, y))
    assert window(page)[0] == moved[0]
    assert window(page)[1] < moved[1]
    x, y = centre(page.locator(".gc-handle-from"))
    swipe(page, (x, y), (x - 100, y))
    assert window(page)[0] < moved[0]


def test_both_edges_of_the_whole_period_can_be_touched(open_map, phased_map):
    page = open_map(phased_map, width=390, height=844).page
    x, y = centre(page.locator(".gc-handle-from"))
    swipe(page, (x, y), (x + 80, y))
    assert window(page)[0] > "2020-09-30"
    x, y = centre(page.locator(".gc-handle-to"))
    swipe(page, (x, y), (x - 80, y))
    assert window(page)[1] < "2020-11-05"


def test_edges_that_are_close_are_told_apart(open_map, phased_map):
    page = open_map(phased_map, width=390, height=844, fragment="#t=2020-10-14..2020-10-15").page
    first, last, between = (page.locator(s).bounding_box() for s in (".gc-handle-from", ".gc-handle-to", ".gc-region"))
    assert first["x"] + first["width"] <= last["x"] + 1
    x, y = last["x"] + 22, last["y"] + 20
    swipe(page, (x, y), (x + 60, y))
    assert window(page)[0] == "2020-10-14"
    assert window(page)[1] > "2020-10-20"
    assert between["width"] > 0


def test_the_options_unfold_on_a_phone(open_map, phased_map):
    page = open_map(phased_map, width=390, height=844).page
    assert page.locator(".gc-time-options").is_hidden()
    page.get_by_role("button", name="Speed, steps and modes").click()
    choose(page, "step", "week")
    page.locator(".gc-step-forward").click()
    assert window(page) == ("2020-09-27", "2020-09-27"), "the last day of a week, which ends on a Sunday"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# ---------------------------------------------------------------- steps
def test_steps_go_by_day_week_and_whole_months(open_map):
    rows = [event(n, starts_on=day, ends_on=day) for n, day in enumerate(["2020-01-01", "2020-02-29", "2020-12-31"])]
    page = open_map(EventMap(events_frame(rows), basemap=False)).page
    assert page.locator(".gc-select[data-choice=step]").input_value() == "week"
    choose(page, "step", "month")
    forward, back = page.locator(".gc-step-forward"), page.locator(".gc-step-back")
    forward.click()
    assert window(page) == ("2020-01-01", "2020-01-31")
    forward.click()
    assert window(page) == ("2020-02-01", "2020-02-29"), "a whole month stays a whole month"
    forward.click()
    assert window(page) == ("2020-03-01", "2020-03-31")
    back.click(click_count=3)
    assert window(page) == ("2020-01-01", "2020-01-31"), "it stops at the start"
    choose(page, "step", "day")
    forward.click()
    assert window(page) == ("2020-01-02", "2020-02-01")
    choose(page, "step", "week")
    forward.click()
    assert window(page) == ("2020-01-09", "2020-02-08")
    address = wait_address(page, "t=2020-01-09..2020-02-08")
    assert "s=week" not in address, "the usual step need not be said"


@pytest.mark.parametrize(
    ("step", "first", "second", "last"),
    [
        ("day", ("2023-04-15", "2023-04-15"), ("2023-04-16", "2023-04-16"), ("2025-02-18", "2025-02-18")),
        ("week", ("2023-04-15", "2023-04-16"), ("2023-04-17", "2023-04-23"), ("2025-02-17", "2025-02-18")),
        ("month", ("2023-04-15", "2023-04-30"), ("2023-05-01", "2023-05-31"), ("2025-02-01", "2025-02-18")),
    ],
)
def test_a_step_from_the_whole_period_opens_one_unit_of_the_calendar(open_map, step, first, second, last):
    rows = [event(n, starts_on=day, ends_on=day) for n, day in enumerate(["2023-04-15", "2025-02-18"])]
    page = open_map(EventMap(events_frame(rows), basemap=False)).page
    choose(page, "step", step)
    forward, back = page.locator(".gc-step-forward"), page.locator(".gc-step-back")
    forward.click()
    assert window(page) == first
    forward.click()
    assert window(page) == second, "what the start of the timeline cut off is whole again"
    back.click()
    assert window(page) == first
    page.keyboard.press("End")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("End")
    assert window(page) == last
    page.keyboard.press("Home")
    assert window(page) == first
    page.locator(".gc-whole").click()
    back.click()
    assert window(page) == last


def test_play_goes_by_steps_and_stops_at_the_end(open_map, phased_map):
    page = open_map(phased_map).page
    choose(page, "step", "week")
    page.locator(".gc-speed").click(click_count=3)
    assert page.locator(".gc-speed").inner_text() == "8×"
    page.evaluate(
        "() => { window.seen = []; geoconflict.app.model.onChange(() => window.seen.push(geoconflict.app.model.from)); }"
    )
    page.locator(".gc-play").click()
    page.wait_for_selector(".gc-play[aria-label=Play]")
    assert window(page)[1] == "2020-11-09"
    days = page.evaluate("[...new Set(window.seen)]")[:-1]
    first, *steps = [b - a for a, b in itertools.pairwise(days)]
    assert first == 1, "the timeline begins on the Sunday of a week"
    assert set(steps) == {7}, "whole weeks up to the last"


def test_playing_stops_when_a_person_takes_over(open_map, phased_map):
    page = open_map(phased_map).page
    page.locator(".gc-play").click()
    page.locator(".gc-step-forward").click()
    assert page.locator(".gc-play").get_attribute("aria-label") == "Play"
    page.locator(".gc-play").click()
    page.locator(".gc-whole").click()
    assert page.locator(".gc-play").get_attribute("aria-label") == "Play"
    assert length(page) == 44


@pytest.mark.parametrize("reduced", [True, False])
def test_the_map_glides_to_a_place_only_for_those_who_want_motion(open_map, phased_map, reduced):
    page = open_map(phased_map).page
    page.emulate_media(reduced_motion="reduce" if reduced else "no-preference")
    moves = page.evaluate(
        """() => {
            const { map, card, model } = geoconflict.app;
            window.moves = [];
            const pan = map.panInside.bind(map);
            map.panInside = (place, options) => { window.moves.push(options.animate); return pan(place, options); };
            return card.openEvent(model.shown[0], null).then(() => window.moves);
        }"""
    )
    assert moves
    assert set(moves) == {not reduced}


# ---------------------------------------------------------------- keys
def test_keys_step_resize_and_play_when_nothing_else_has_them(open_map, phased_map):
    page = open_map(phased_map, fragment="#t=2020-10-05..2020-10-09").page
    press = page.keyboard.press
    press("ArrowRight")
    assert window(page) == ("2020-10-06", "2020-10-10")
    press("Shift+ArrowRight")
    assert window(page) == ("2020-10-06", "2020-10-11")
    press("Shift+ArrowLeft")
    press("ArrowLeft")
    assert window(page) == ("2020-10-05", "2020-10-09")
    press("End")
    assert window(page) == ("2020-11-05", "2020-11-09")
    press("Home")
    assert window(page) == ("2020-09-27", "2020-10-01")
    press(" ")
    assert page.locator(".gc-play").get_attribute("aria-label") == "Pause"
    press(" ")
    assert page.locator(".gc-play").get_attribute("aria-label") == "Play"


@pytest.mark.parametrize("selector", [".gc-search", ".gc-slider", ".gc-legend-row", ".gc-select", ".gc-map"])
def test_keys_that_something_else_has_are_left_alone(open_map, phased_map, selector):
    page = open_map(phased_map, fragment="#t=2020-10-05..2020-10-09").page
    page.locator(selector).first.focus()
    for key in ["ArrowRight", "ArrowLeft", "Home", "End"]:
        page.keyboard.press(key)
    assert window(page) == ("2020-10-05", "2020-10-09")
    if selector != ".gc-map":  # which has no use for it
        page.keyboard.press(" ")
        assert page.locator(".gc-play").get_attribute("aria-label") == "Play"


def test_the_window_itself_is_a_slider(open_map, phased_map):
    page = open_map(phased_map, fragment="#t=2020-10-05..2020-10-09").page
    region = page.get_by_role("slider", name="Days shown")
    region.focus()
    region.press("ArrowRight")
    assert re.fullmatch("6\\W+10 October 2020", region.get_attribute("aria-valuetext"))
    region.press("Shift+ArrowLeft")
    assert window(page) == ("2020-10-06", "2020-10-09")
    region.press(" ")
    assert page.locator(".gc-play").get_attribute("aria-label") == "Pause"


# ---------------------------------------------------------------- modes
def test_cumulative_shows_everything_up_to_the_right_edge(open_map, phased_map, war_frame):
    opened = open_map(phased_map, fragment="#t=2020-10-05..2020-10-09")
    page = opened.page
    choose(page, "mode", "cumulative")
    assert window(page) == ("2020-09-27", "2020-10-09")
    drawn = war_frame[(war_frame["place_precision"] != "country") & war_frame["ends_on"].notna()]
    until = drawn["starts_on"].fillna(drawn["ends_on"]) <= "2020-10-09"
    assert opened.shown() == int(until.sum())
    assert page.locator(".gc-handle-from").is_hidden()
    page.locator(".gc-step-forward").click()
    assert window(page) == ("2020-09-27", "2020-10-10")
    assert page.locator(".gc-window-words").inner_text().startswith("Until ")
    wait_address(page, "m=cumulative")
    end = window(page)[1]
    choose(page, "mode", "window")
    assert window(page)[1] == end
    assert length(page) == 5, "the window comes back with its length"


def test_what_a_growing_window_adds_up_to_is_what_counting_afresh_gives(open_map, phased_map):
    page = open_map(phased_map, fragment="#m=cumulative&not.status=denied&k=1").page
    told, afresh = page.evaluate(
        """() => {
            const m = geoconflict.app.model;
            const state = () => JSON.stringify([m.shownEvents(), m.nOff, Array.from(m.typeCounts), Array.from(m.placeCounts), Array.from(m.placeTypes),
                Array.from(m.placeDenied), Object.values(m.dimensions).map((one) => one.counts && Array.from(one.counts))]);
            const told = [], afresh = [];
            m.setWindow(m.firstDay, m.firstDay);
            for (const days of [3, 4, 1, 0, 7, -5, 2, 10, 30]) {
                m.setWindow(m.firstDay, m.to + days);
                if (days === 7) m.setLeastKilled(0);
                told.push(state());
                m.counted = null;
                m.compute();
                afresh.push(state());
            }
            return [told, afresh];
        }"""
    )
    assert told == afresh
    assert len(set(told)) > 6


def test_a_trail_fades_with_age(open_map, phased_map):
    opened = open_map(phased_map, fragment="#t=2020-10-05..2020-10-20")
    page = opened.page
    assert {item["alpha"] for item in opened.items()} == {1}
    shown = opened.shown()
    choose(page, "mode", "trail")
    assert opened.shown() == shown, "it fades and hides nothing"
    latest = page.evaluate(
        """() => {
            const m = geoconflict.app.model, days = {};
            for (const i of m.shownEvents()) {
                const name = m.columns.place_name.at(m.columns.place[i] - 1);
                days[name] = Math.max(days[name] ?? 0, Math.min(m.last[i], m.to));
            }
            return days;
        }"""
    )
    single = sorted((latest[item["names"][0]], item["alpha"]) for item in opened.items() if len(item["names"]) == 1)
    assert len({alpha for _, alpha in single}) > 3
    assert [alpha for _, alpha in single] == sorted(alpha for _, alpha in single), "the later, the firmer"
    assert 0.15 < single[0][1] < single[-1][1] == 1


def test_mode_step_and_window_come_back_from_an_address(open_map, phased_map):
    first = open_map(phased_map, fragment="#t=2020-10-05..2020-10-09")
    choose(first.page, "mode", "trail")
    choose(first.page, "step", "month")
    address = wait_address(first.page, "m=trail", "s=month")
    second = open_map(phased_map, fragment=address)
    assert second.page.locator(".gc-select[data-choice=mode]").input_value() == "trail"
    assert second.page.locator(".gc-select[data-choice=step]").input_value() == "month"
    assert window(second.page) == ("2020-10-05", "2020-10-09")
    wait_whole_address(second.page, address)


@pytest.mark.parametrize("address", ["#m=__proto__", "#s=year", "#m=&s=", "#m=trail%00"])
def test_an_address_of_no_mode_changes_nothing(open_map, phased_map, address):
    page = open_map(phased_map, fragment=address).page
    assert page.locator(".gc-select[data-choice=mode]").input_value() == "window"
    assert page.locator(".gc-select[data-choice=step]").input_value() == "day"


# ---------------------------------------------------------------- bands and bars
def test_phases_and_ceasefires_stand_above_their_days(open_map, phased_map):
    page = open_map(phased_map).page
    bands = page.locator(".gc-phase")
    assert bands.evaluate_all("(all) => all.map((one) => [one.textContent, one.dataset.kind])") == [
        ["Opening", "phase"], ["<b>First</b> ceasefire", "ceasefire"], ["The long push", "phase"], ["Armistice", "ceasefire"],
    ]  # fmt: skip
    track = page.locator(".gc-track").bounding_box()
    day = track["width"] / 44
    first = bands.nth(1).bounding_box()
    assert abs(first["x"] - (track["x"] + 13 * day)) < 2
    assert abs(first["width"] - 2 * day) < 3
    assert first["y"] > bands.nth(0).bounding_box()["y"], "ceasefires have a lane of their own"
    last = bands.nth(3).bounding_box()
    assert last["x"] + last["width"] <= track["x"] + track["width"] + 1, "an open phase ends with the timeline"
    label = bands.nth(3).locator(".gc-phase-label").bounding_box()
    assert label["x"] + label["width"] <= last["x"] + 1, "a label that has no room after its band stands before it"


def test_a_click_on_a_band_shows_its_days_and_another_all(open_map, phased_map):
    page = open_map(phased_map).page
    band = page.get_by_role("button", name="Ceasefire: <b>First</b> ceasefire")
    band.click()
    assert window(page) == ("2020-10-10", "2020-10-11")
    assert band.get_attribute("aria-pressed") == "true"
    band.click()
    assert length(page) == 44


def test_phases_out_of_the_timeline_are_left_out(open_map):
    phases = [
        Phase(dt.date(1994, 5, 12), dt.date(2016, 4, 1), "Old"),
        Phase(dt.date(2016, 4, 2), dt.date(2020, 10, 1), "Before"),
    ]
    arguments = war()
    page = open_map(EventMap(arguments.pop("events"), basemap=False, phases=phases)).page
    assert page.locator(".gc-phase").all_inner_texts() == ["Before"]
    assert page.locator(".gc-phase").bounding_box()["x"] >= page.locator(".gc-track").bounding_box()["x"] - 1


def test_bars_count_the_killed_and_say_so(open_map):
    rows = [
        event(1, starts_on="2020-10-01", ends_on="2020-10-01", killed_low=3, killed_high=8),
        event(2, starts_on="2020-10-01", ends_on="2020-10-01", killed_best=2, killed_low=2, killed_high=2),
        event(3, starts_on="2020-10-09", ends_on="2020-10-09"),
    ]
    page = open_map(EventMap(events_frame(rows), basemap=False)).page
    assert page.locator(".gc-top").inner_text() == "2 events"
    choose(page, "bars", "killed")
    assert page.locator(".gc-top").inner_text() == "10 killed"
    box = page.locator(".gc-histogram").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 40)
    assert "1 Oct 2020: 5–10 killed" in page.locator(".gc-bin-tip").inner_text()
    for row in (
        page.locator(".gc-legend-row", has_text="Battles").all()
        + page.locator(".gc-legend-row", has_text="Explosions").all()
    ):
        row.click()
    assert page.locator(".gc-nothing").is_visible()


@pytest.mark.parametrize("status", ["denied", "scheduled", "hypothetical"])
def test_bars_leave_out_the_dead_of_what_nobody_says_happened(open_map, status):
    rows = [
        event(1, starts_on="2020-10-01", ends_on="2020-10-01", killed_low=3, killed_high=8),
        event(2, starts_on="2020-10-01", ends_on="2020-10-01", killed_best=50, status=status),
        event(3, starts_on="2020-10-02", ends_on="2020-10-05", killed_best=70, status=status, date_precision="range"),
        event(4, starts_on="2020-10-09", ends_on="2020-10-09", killed_low=1, status="claimed"),
    ]
    page = open_map(EventMap(events_frame(rows), basemap=False)).page
    choose(page, "bars", "killed")
    assert page.locator(".gc-top").inner_text() == "8 killed"
    assert "4–9 killed" in page.locator(".gc-sum").inner_text(), "as in the panel"


def test_a_step_draws_no_bar_anew(open_map, phased_map):
    page = open_map(phased_map, fragment="#t=2020-10-05..2020-10-09").page
    page.evaluate(
        """() => {
            window.drawn = 0;
            const pen = document.querySelector(".gc-histogram").getContext("2d");
            const fill = pen.fillRect.bind(pen);
            pen.fillRect = (...box) => { window.drawn += 1; fill(...box); };
        }"""
    )
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("window.drawn") == 0
    page.locator(".gc-legend-row").first.click()
    assert page.evaluate("window.drawn") > 10
