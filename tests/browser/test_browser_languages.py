"""The page in every language it speaks, from left to right and from right to left."""

from __future__ import annotations

import re

import event_frames
import pytest

from geoconflict.render import page as skeleton
from geoconflict.render.event_map import EventMap

pytestmark = pytest.mark.browser

LANGUAGES = sorted(skeleton.languages())


@pytest.fixture(scope="module")
def maps():
    made = {}

    def of(language):
        if language not in made:
            arguments = event_frames.war()
            made[language] = EventMap(arguments.pop("events"), language=language, **arguments)
        return made[language]

    return of


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_has_the_plurals_that_the_tables_have(open_map, maps, language):
    page = open_map(maps(language)).page
    forms = page.evaluate("(tag) => new Intl.PluralRules(tag).resolvedOptions().pluralCategories", language)
    table = skeleton.strings_table(language)
    has = {key.rpartition(".")[2] for key in table if key.startswith("events.")}
    if page.evaluate("(tag) => Intl.PluralRules.supportedLocalesOf(tag).length", language):
        assert has == set(forms)
    else:
        assert has >= {"other"}, "what the browser falls back to"


def test_dates_are_in_the_language_whether_the_browser_has_it_or_not(open_map, maps):
    names = {"hy": "սեպ", "az": "sen", "ru": "сент", "uk": "вер", "fr": "sept", "ar": "سبتمبر", "en": "Sep"}
    for language, name in names.items():
        page = open_map(maps(language), fragment="#t=2020-09-27..2020-10-20").page
        assert name in page.locator(".gc-window-words").text_content()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_page_is_in_the_language(open_map, maps, language):
    opened = open_map(maps(language))
    page = opened.page
    assert page.get_attribute("html", "lang") == language
    assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    page.locator(".gc-list-button").click()
    page.locator(".gc-item").nth(3).click()
    page.wait_for_selector(".gc-facts")
    page.locator("#gc-tab-table").click()
    page.wait_for_selector(".gc-row")
    shown = page.evaluate(
        """() => [...document.querySelectorAll("body *")].flatMap((one) => [
          ...[...one.childNodes].filter((node) => node.nodeType === 3 && !one.matches("script, style")).map((node) => node.data),
          one.getAttribute("aria-label") || "", one.title || "", one.getAttribute("placeholder") || ""]).filter(Boolean)"""
    )
    table = skeleton.strings_table("en")
    keys = {text for text in shown if text.strip() in table}
    assert keys == set(), "keys without a string"
    assert [text for text in shown if re.search(r"\{\w+\}", text)] == [], "placeholders that nothing was put into"
    if language != "en":
        own = set(skeleton.strings_table(language).values())
        # Quotes and names of the sample are English; whole strings of the page are not.
        english = {text for key, text in table.items() if len(text) > 9 and "{" not in text and text not in own}
        assert {text for text in shown if text.strip() in english} == set()


def counted(page, n):
    """Show just so many events on the map, and return what the panel says of them."""
    page.evaluate(
        """(n) => {
          const { model } = geoconflict.app;
          for (let day = model.lastDay; day >= model.firstDay; day -= 1) {
            model.setWindow(day, model.lastDay);
            if (model.nShown >= n) break;
          }
        }""",
        n,
    )
    return page.evaluate("geoconflict.app.model.nShown"), page.locator(".gc-window-words .gc-unseen").text_content()


def test_numbers_of_things_take_the_forms_of_the_language(open_map, maps):
    page = open_map(maps("ru")).page
    forms = {"one": "событие", "few": "события", "many": "событий"}
    seen = set()
    for n in range(1, 40):
        shown, text = counted(page, n)
        form = page.evaluate("(n) => new Intl.PluralRules('ru').select(n)", shown)
        assert text == f": {shown} {forms[form]}"
        seen.add(form)
    assert seen == set(forms)


# ---------------------------------------------------------------- from right to left
def middle(page, selector):
    box = page.locator(selector).first.bounding_box()
    return box["x"] + box["width"] / 2


def test_arabic_is_laid_out_from_right_to_left(open_map, maps):
    page = open_map(maps("ar")).page
    assert middle(page, ".gc-side") > middle(page, ".gc-map")
    assert middle(page, ".gc-count") < middle(page, ".gc-legend-row .gc-symbol")
    assert middle(page, ".leaflet-control-zoom") < 200
    assert middle(page, ".gc-scale") > middle(page, ".gc-map")
    assert middle(page, "#gc-tab-map") > middle(page, "#gc-tab-table")
    page.locator(".gc-list-button").click()
    page.locator(".gc-item").nth(3).click()
    page.wait_for_selector(".gc-facts")
    assert middle(page, "#gc-card") < middle(page, ".gc-map")
    assert middle(page, ".gc-previous") > middle(page, ".gc-next")
    assert middle(page, ".gc-facts dt") > middle(page, ".gc-facts dd")
    page.locator(".gc-close").click()
    page.locator("#gc-tab-table").click()
    page.wait_for_selector(".gc-row")
    assert middle(page, ".gc-th[data-column=date]") > middle(page, ".gc-th[data-column=place]")
    page.locator(".gc-row .gc-td").first.focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.column") == "type"


def test_time_runs_from_left_to_right_in_arabic_too(open_map, maps):
    page = open_map(maps("ar"), fragment="#t=2020-10-05..2020-10-20").page
    assert middle(page, ".gc-handle-from") < middle(page, ".gc-handle-to")
    assert middle(page, ".gc-step-back") < middle(page, ".gc-play") < middle(page, ".gc-step-forward")
    region = page.locator(".gc-region").bounding_box()
    track = page.locator(".gc-track").bounding_box()
    days = page.evaluate("[geoconflict.app.model.from, geoconflict.app.model.firstDay, geoconflict.app.model.lastDay]")
    expected = track["x"] + track["width"] * (days[0] - days[1]) / (days[2] - days[1] + 1)
    assert abs(region["x"] - expected) < 2
    page.locator(".gc-handle-from").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("#gc-main", "data-from") == "2020-10-06"


def test_text_of_reports_keeps_its_own_direction(open_map, maps):
    page = open_map(maps("ar")).page
    page.locator(".gc-list-button").click()
    page.locator(".gc-item").nth(3).click()
    page.wait_for_selector(".gc-quote")
    directions = page.evaluate(
        """() => Object.fromEntries([".gc-quote", ".gc-facts", ".gc-fact", ".gc-source-title"].map((one) => {
          const style = getComputedStyle(document.querySelector(one));
          return [one, [style.direction, style.textAlign]];
        }))"""
    )
    assert directions[".gc-facts"][0] == "rtl"
    assert directions[".gc-quote"] == ["ltr", "start"], "prose stands as it is written"
    # A name in Latin letters reads from left to right, and stands where the page has its names.
    assert directions[".gc-source-title"][0] == "ltr"
    assert directions[".gc-source-title"][1] in {"right", "-webkit-right"}


def test_controls_of_the_map_do_not_stand_under_the_card(open_map, maps):
    for language in ("en", "ar"):
        page = open_map(maps(language)).page
        page.locator(".gc-list-button").click()
        card = page.locator("#gc-card").bounding_box()
        for control in page.locator(".leaflet-control").all():
            box = control.bounding_box()
            if box is None:
                continue
            assert box["x"] >= card["x"] + card["width"] or box["x"] + box["width"] <= card["x"], language


def test_a_type_of_a_foreign_frame_may_be_called_what_ours_is_in_the_language(open_map):
    import geopandas as gpd
    from shapely import Point

    frame = gpd.GeoDataFrame(
        {"date": ["2020-01-01", "2020-01-02"], "event_type": ["Battles", "Combats"]},
        geometry=[Point(44, 40), Point(45, 41)], crs=4326,
    )  # fmt: skip
    opened = open_map(EventMap(frame, language="fr"))
    opened.page.locator(".leaflet-control-layers-toggle").press("Enter")
    names = opened.page.locator(".leaflet-control-layers-overlays label").all_text_contents()
    assert {name.strip() for name in names[:2]} == {"Battles", "Combats"}
    assert opened.shown() == 2
