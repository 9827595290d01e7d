"""The map that `make demo` writes, opened as a reader would."""

import shutil

import pytest

from geoconflict.pipeline import build
from geoconflict.settings import load_settings
from geoconflict.store import EventStore
from geoconflict.tools import Tools

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def demo_page(project_root, tmp_path_factory):
    root = tmp_path_factory.mktemp("demo")
    shutil.copy(project_root / "geoconflict.toml", root)
    shutil.copytree(project_root / "data" / "reports", root / "data" / "reports")
    with EventStore(root / "demo.sqlite") as store:
        _, (_, path) = build(store, Tools(load_settings(root)))
    return path.read_text(encoding="utf-8")


def test_the_demo_opens_offline_with_at_least_60_events_on_a_timeline_of_the_war(open_map, demo_page):
    opened = open_map(None, html=demo_page)
    assert opened.shown() >= 60
    main = opened.page.locator("#gc-main")
    assert main.get_attribute("data-from") == "2020-09-27"
    assert main.get_attribute("data-to") == "2020-11-10"


def test_the_window_filters_and_a_click_opens_the_evidence(open_map, demo_page):
    opened = open_map(None, html=demo_page)
    everything = opened.shown()
    handle = opened.page.locator("[role=slider]").first
    handle.focus()
    for _ in range(20):
        opened.page.keyboard.press("ArrowRight")
    assert 0 < opened.shown() < everything
    opened.click_on("Ganja")
    card = opened.page.locator("#gc-card")
    if card.locator(".gc-item").count():
        card.locator(".gc-item").first.click()
    opened.page.wait_for_selector("#gc-card mark")
    assert len(card.locator("mark").first.inner_text()) > 10


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_nothing_overflows_sideways(open_map, demo_page, width, height):
    page = open_map(None, html=demo_page, width=width, height=height).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
