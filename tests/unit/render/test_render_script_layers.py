"""Imports of the page's modules run one way, and what counts knows nothing of the page."""

import re

import pytest

from geoconflict.render import page
from geoconflict.render.script_modules import imported_modules

ROWS = {
    "wiring": "main",
    "parts of the page": """about brush card card_event card_list card_sources context_legend download embed filters hash
        histogram key legend link menu off panel phases picker picture player print share sheet table timeline views""",
    "layers of the map": """basemap basemap_labels choropleth context events_layer heat layer_control layer_legend
        scale_bar tiles""",
    "drawing": "anchors canvas_layer context_names event_names grounds groups paths pixels place_geometry symbols",
    "what is shown and why": "bars event_ids figures measure model periods records search table_columns versions words",
    "beneath": "classes crowd dimensions dom geometry payload shape_geometry text time_steps",
}
"""Top to bottom: a module imports from its own row and from those below it, never from above."""
WITHOUT_PAGE = [
    "bars",
    "classes",
    "crowd",
    "dimensions",
    "event_ids",
    "figures",
    "geometry",
    "measure",
    "model",
    "paths",
    "periods",
    "records",
    "search",
    "shape_geometry",
    "table_columns",
    "text",
    "time_steps",
    "versions",
    "words",
]
"""Modules that know no element, no address and no Leaflet, so that they can be tested and reused by themselves."""
PAGE_WORDS = re.compile(
    r"(?<![.\w])(?:document|window|navigator|location|history|localStorage|sessionStorage|L)\.|getContext"
)
COMMENTS = re.compile(r"/\*.*?\*/|(?<![:\"'`\\])//[^\n]*", re.DOTALL)

ROW_OF = {name: k for k, names in enumerate(ROWS.values()) for name in names.split()}
MODULES = {name[:-3]: page.asset(name) for name in page.asset_names() if name.endswith(".js")}


def test_every_module_stands_in_one_row():
    assert sum(len(names.split()) for names in ROWS.values()) == len(ROW_OF)
    assert set(ROW_OF) == set(MODULES), "a new module belongs into a row of this table"


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_nothing_from_above(name):
    above = [other for other in imported_modules(MODULES[name]) if ROW_OF[other] < ROW_OF[name]]
    assert above == []


def test_no_module_imports_itself_by_a_detour():
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name not in done:
            for other in imported_modules(MODULES[name]):
                visit(other, (*path, name))
            done.add(name)

    for name in MODULES:
        visit(name, ())
    assert done == set(MODULES)


@pytest.mark.parametrize("name", WITHOUT_PAGE)
def test_what_counts_knows_nothing_of_the_page(name):
    assert [other for other in imported_modules(MODULES[name]) if other not in WITHOUT_PAGE] == []
    assert PAGE_WORDS.findall(COMMENTS.sub("", MODULES[name])) == []


def test_the_words_of_the_page_are_found():
    assert PAGE_WORDS.findall(COMMENTS.sub("", MODULES["dom"]))
    assert PAGE_WORDS.findall(COMMENTS.sub("", MODULES["tiles"]))
    assert not PAGE_WORDS.findall(COMMENTS.sub("", "// the window.\n/** document.x */ model.window.x"))


@pytest.mark.parametrize("name", sorted(MODULES))
def test_imports_are_used_and_are_exported(name):
    source = MODULES[name]
    found = re.findall(r'^import \{([^}]*)\} from "\./(\w+)\.js";$', source, re.MULTILINE)
    assert len(found) == source.count("\nimport ") + source.startswith("import ")
    code = re.sub(r"^import [^\n]*\n", "", COMMENTS.sub("", source), flags=re.MULTILINE)
    for names, module in found:
        for one in names.split(","):
            given, _, here = one.strip().partition(" as ")
            assert re.search(
                rf"^export (?:async )?(?:const|function|class) {given}\b", MODULES[module], re.MULTILINE
            ), one
            assert re.search(rf"\b{here or given}\b", code), f"{one} is imported for nothing"
