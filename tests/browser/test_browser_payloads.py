"""Hostile text in every place where a map shows text: it must be shown as it is, and nothing of it may run."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from event_frames import event, lines_frame, source, tolls_frame
from waiting import two_frames

from geoconflict.frames import EVENT_COLUMNS
from geoconflict.render.event_map import EventMap
from geoconflict.visible import visible_title

pytestmark = pytest.mark.browser

PAYLOADS = {
    "P1": '<img src=x onerror="window.__xss=1">',
    "P2": "<img src=x onerror='window.__xss=1'>",
    "P3": "</script><script>window.__xss=1</script>",
    "P4": "a`;window.__xss=1;`",
    "P5": "a\\`);window.__xss=1;$(`b",
    "P6": "${window.__xss=1}",
    "P7": "C:\\20190221\\x",
    "javascript": "javascript:window.__xss=1",
    "data": "data:text/html,<script>window.__xss=1</script>",
    "svg": '"><svg onload=window.__xss=1>',
    "title": "</title><script>window.__xss=1</script>",
    "comment": "<!--<script>",
    "jinja": "{{ 7*7 }}{% raw %}",
    "line separator": "a\u2028window.__xss=1\u2029b",
    "override": "a\u202egnp.exe\u202c",
    "surrogate": "half \ud83d of a pair",
    "nul": "a\0b",
    "proto": "__proto__",
    "placeholder": "{n} {place}",
}


def frame_of(text: str):
    """Return a frame with `text` in every column that holds text, one event a sink for the vocabularies."""
    import geopandas as gpd

    told = source(1, source=text, url=text, title=text, quote=text, mark_start=0, mark_end=len(text), status=text, claimed_by=text,
                  date_text=text, published_on=text, report_id=text)  # fmt: skip
    web = source(2, url=f"https://news.example/{'x' if chr(0) in text else text}")
    rows = [
        event(
            1, starts_on="2020-10-01", event_id=text, event_type=text, sub_event_type=text, status=text, date_precision=text, date_basis=text, date_text=text,
            place_id=text, place_name=text, place_kind=text, country=text, admin1=text, place_reasons=text, actors=text,
            agents=text, targets=text, claimed_by=text, disagreements=text, n_sources=2,
            sources=json.dumps([told, web]), place_precision="area",
        ),
        event(2, place_precision=text, place_name=text + " 2", ends_on="2020-10-09"),
        event(3, place_precision="country", place_name=text),
    ]  # fmt: skip
    frame = gpd.GeoDataFrame(
        {name: pd.Series([row[name] for row in rows], dtype=object) for name in EVENT_COLUMNS},
        geometry="geometry",
        crs="EPSG:4326",
    )
    kinds = {name: kind for name, (kind, _) in EVENT_COLUMNS.items() if name != "geometry" and kind != "str"}
    return frame.astype(kinds)


def kept(text: str) -> str:
    """Return what files of a page hold of `text`: half a surrogate pair becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def shown(text: str) -> str:
    """Return what a browser shows of `text`: besides, what turns the order of reading stands as an escape."""
    return re.sub("[\u202a-\u202e\u2066-\u2069]", lambda one: f"\\u{ord(one[0]):04x}", kept(text))


@pytest.mark.parametrize("name", PAYLOADS)
def test_text_is_shown_and_never_run(open_map, name):
    text = PAYLOADS[name]
    tolls = tolls_frame().astype(object)
    for column in ("measure", "who", "claimed_by", "quote", "source", "url", "places"):
        tolls.loc[0, column] = text
    tolls = tolls.astype({"as_of": "datetime64[s]", "published_on": "datetime64[s]"})
    lines = lines_frame().astype({"name": object, "note": object})
    lines.loc[0, ["name", "note"]] = [text, text]
    basemap = {
        "scale": 0.001,
        "layers": {},
        "labels": [[text, 46.5, 40.0, 0, "country"], [text, 46.9, 39.5, 0, text]],
        "attribution": [text],
    }
    event_map = EventMap(
        frame_of(text), title=text, description=text, lines=lines, tolls=tolls, attribution=[text], basemap=basemap
    )
    opened = open_map(event_map, fragment="#e=" + ("x" if "\ud83d" in text else text.replace("\0", "")))
    page = opened.page
    assert opened.shown() == 2, "a blank map"
    wanted = shown(text)

    def texts(selector: str) -> list[str]:
        return page.eval_on_selector_all(selector, "found => found.map((one) => one.textContent)")

    clean_title = visible_title(text)  # what hides or turns text stands in a title as its escape
    assert texts("h1") == [clean_title]
    assert texts("title")[0] == clean_title
    assert texts(".gc-description") == [wanted.strip()]
    assert wanted in texts(".gc-legend-name")
    assert texts(".gc-context-name") == [wanted]
    assert wanted in texts(".gc-credits li")
    page.locator("summary", has_text="Total figures").click()
    page.wait_for_selector(".gc-tolls li")
    assert wanted in texts(".gc-toll-quote")
    box = page.locator(".leaflet-control-layers").bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    in_layers = wanted.replace("\0", "\ufffd")
    assert any(in_layers in label for label in texts(".leaflet-control-layers label"))
    page.mouse.move(500, 300)
    page.keyboard.press("Escape")  # a card that the address opened

    corner = page.locator(".gc-map").bounding_box()
    visible = [item for item in opened.items() if item["y"] < corner["height"]]
    assert visible
    for item in visible:
        page.mouse.move(corner["x"] + item["x"], corner["y"] + item["y"])
        page.locator(".gc-map .gc-tip:not([hidden])").wait_for()
        assert wanted in texts(".gc-map .gc-tip")[0]
    page.locator(".gc-list-button").click()
    assert page.locator(".gc-item").count() == 2
    assert any(wanted in name for name in texts(".gc-item-more"))
    page.locator(".gc-item").nth(0).click()
    page.wait_for_selector(".gc-version")
    assert texts(".gc-version mark")[0] == wanted
    assert texts(".gc-reference code") == [wanted]
    assert wanted in texts(".gc-card-name")
    assert any(wanted in fact for fact in texts(".gc-fact"))
    assert any(wanted in title for title in texts(".gc-source-title"))
    hrefs = page.eval_on_selector_all("a[href]", "found => found.map((one) => one.getAttribute('href'))")
    assert all(href.startswith(("https://", "http://", "#")) for href in hrefs), hrefs
    page.locator(".gc-off-link").click()
    page.locator(".gc-item").first.click()
    page.wait_for_selector(".gc-version")
    page.wait_for_timeout(100)  # nothing tells that a script has not run
    assert page.evaluate("window.__xss === undefined")
    assert page.evaluate("({}).gc === undefined")
    assert page.locator("main img, main svg[onload], aside script, .gc-side script").count() == 0


def test_the_policy_stops_what_slipped_in(open_map, war_map):
    opened = open_map(war_map)
    with opened.page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        opened.page.evaluate(
            """() => {
                const hole = document.createElement("div");
                hole.innerHTML = '<img src=x onerror="window.__xss=1">';
                document.body.append(hole);
                const script = document.createElement("script");
                script.textContent = "window.__xss=2";
                document.body.append(script);
            }"""
        )
    two_frames(opened.page)
    assert opened.page.evaluate("window.__xss === undefined")
    assert any("Content Security Policy" in message for message in opened.messages)
    opened.messages.clear()
    del opened.requests[1:]  # the blocked picture
