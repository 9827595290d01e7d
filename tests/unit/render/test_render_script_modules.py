"""Modules become one script that runs in a browser without loading anything."""

import re

import pytest

from geoconflict.errors import MapError
from geoconflict.render import page
from geoconflict.render.script_modules import bundle_modules, imported_modules

MODULES = {
    "main": '// Starts.\nimport { half as share, one } from "./numbers.js";\n\nexport function start() {\n  return one + share;\n}\n',
    "numbers": 'import { two } from "./two.js";\n\nexport const one = 1;\nexport const half = one / two;\n',
    "two": "export class Two {}\nexport async function later() {}\nexport const two = 2;\n",
}


def test_each_module_stands_after_what_it_imports():
    script = bundle_modules("main", MODULES.__getitem__, namespace="app")
    assert script.startswith('"use strict";\n')
    assert script.index("const $two =") < script.index("const $numbers =") < script.index("const $main =")
    assert "const { half: share, one } = $numbers;" in script
    assert "return { Two, later, two };" in script
    assert "window.app = $main;" in script
    assert not re.search(r"^(import|export)\b", script, re.MULTILINE)


def test_a_module_that_two_import_stands_once():
    modules = MODULES | {
        "main": 'import { one } from "./numbers.js";\nimport { two } from "./two.js";\nexport const x = one + two;\n'
    }
    assert bundle_modules("main", modules.__getitem__, namespace="app").count("const $two =") == 1


def test_comments_and_types_within_code_are_left_out():
    main = """/** Says. @param {string} text */
export function say(text) {
  /** @type {string[]} */
  const words = [];
  /**
   * @param {number} n
   * @returns {string}
   */
  const at = (n) => /** @type {string} */ (words[n]);
  /** @type {string[]} */ (words).push(text);
}
/**
 * Doubles.
 * @param {number} n
 */
export const twice = (n) => 2 * n;
"""
    script = bundle_modules("main", {"main": main}.__getitem__, namespace="app")
    assert (
        "function say(text) {\nconst words = [];\nconst at = (n) => (words[n]);\n"
        "(words).push(text);\n}\nconst twice = (n) => 2 * n;\n"
    ) in script


def test_a_circle_is_an_error_that_names_it():
    modules = MODULES | {"two": 'import { one } from "./numbers.js";\nexport const two = 2 * one;\n'}
    with pytest.raises(MapError, match="circle: main -> numbers -> two -> numbers"):
        bundle_modules("main", modules.__getitem__, namespace="app")


@pytest.mark.parametrize(
    "line", ['import * as all from "./two.js";', "export default 3;", 'import two from "./two.js";', "export { one };"]
)
def test_a_form_that_is_not_understood_is_an_error(line):
    with pytest.raises(MapError, match=r"main\.js: cannot inline"):
        bundle_modules("main", {"main": f"const one = 1;\n{line}\n"}.__getitem__, namespace="app")


def test_comments_and_indentation_are_left_out_and_nothing_else():
    source = "/**\n * What.\n */\nexport function f() {\n  // Why.\n\n  return `a; // b` + '/** @type {c} */'; // end\n}\n/* one */\n"
    script = bundle_modules("main", {"main": source}.__getitem__, namespace="app")
    assert "export" not in script
    assert "function f() {\nreturn `a; // b` + '/** @type {c} */';\n}\nreturn { f };" in script


def test_what_a_comment_may_hide_is_an_error():
    for line in ("const c = `", "*/ const b = 1;"):
        source = f"/*\n{line}\n" if line.startswith("*/") else f"{line}\n"
        with pytest.raises(MapError, match=r"main\.js: cannot inline"):
            bundle_modules("main", {"main": source}.__getitem__, namespace="app")


def test_every_line_of_the_page_s_script_is_a_line_of_its_modules():
    lines = {
        line.strip() for name in page.asset_names() if name.endswith(".js") for line in page.asset(name).split("\n")
    }
    bare = {line.removeprefix("export ").partition(" // ")[0] for line in lines}
    own = lines | bare | {"".join(re.split(r"/\*\*.*?\*/ ", line)) for line in bare}
    added = r'"use strict";|\(\(\) => \{|\}\)\(\);|// \w+\.js|const \$\w+ = \(\(\) => \{|const \{ .* \} = \$\w+;|return \{ .* \};|window\.geoconflict = \$main;|'
    odd = [line for line in page.map_script().split("\n") if line not in own and not re.fullmatch(added, line)]
    assert odd == []


def test_every_module_of_the_page_is_reached_from_the_first_one():
    assets = {name[:-3] for name in page.asset_names() if name.endswith(".js")}
    reached, todo = set(), [page.ENTRY]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += imported_modules(page.asset(f"{name}.js"))
    assert reached == assets
