"""The modules of the page by themselves: each test of js/ runs in the browser, without the page around it."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import loopback
import pytest

from geoconflict.render import page, vendor
from geoconflict.render.columns import map_columns
from geoconflict.render.payload import Codes, Column, Ids, Ints, Lists, Texts, Words, pack_block, to_base64

pytestmark = pytest.mark.browser
FOLDER = Path(__file__).parent / "js"
TEST = re.compile(r'^test\("([^"]+)"', re.MULTILINE)
TESTS = [
    (path.stem, name) for path in sorted(FOLDER.glob("test_*.js")) for name in TEST.findall(path.read_text("utf-8"))
]
LETTERS = 'ab é漢💥\u202e\u0301<&"\n\t\ufeff'
PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><link rel="icon" href="data:,"><script src="/leaflet.js"></script>
<script type="module">import { runTest } from "/js/check.js"; import "/js/NAME.js"; window.runTest = runTest;</script></head><body></body></html>"""


def random_column(rng: random.Random) -> tuple[Column, list[Any]]:
    """Return a column of any kind and its values."""
    n = rng.choice([0, 1, 2, 30, 300])
    words = ["".join(rng.choices(LETTERS, k=rng.randint(0, 6))) for _ in range(rng.choice([1, 5, 400]))]
    texts = [rng.choice(words) for _ in range(n)]
    kind = rng.choice(["ints", "delta", "texts", "words", "ids", "odd ids", "codes", "lists"])
    if kind in {"ints", "delta"}:
        bound = rng.choice([1, 100, 40_000, 10**7, 2**31 - 1])
        numbers = [rng.randint(0 if rng.random() < 0.5 else -bound, bound) for _ in range(n)]
        numbers = numbers if kind == "ints" else sorted(number // 2 for number in numbers)
        return Ints(numbers, delta=kind == "delta"), numbers
    if kind == "texts":
        return Texts(texts), texts
    if kind == "words":
        # A sentence keeps its spaces, however many.
        texts = [" ".join(rng.choices(words, k=rng.randint(0, 400))) for _ in range(n)]
        return Words(texts), texts
    if kind in {"ids", "odd ids"}:
        ids = [f"{rng.getrandbits(64):016x}" + ("-" * rng.randint(0, 2) if kind == "odd ids" else "") for _ in range(n)]
        return Ids(ids), ids
    if kind == "codes":
        return Codes.of(texts), texts
    rows = [rng.choices(words, k=rng.randint(0, 4)) for _ in range(n)]
    return Lists.of(rows), rows


def random_blocks() -> list[dict[str, Any]]:
    """Return blocks with the values that were packed; the last column of each is one that hardly differs from another."""
    blocks = []
    for seed in range(40):
        rng = random.Random(seed)
        columns, values = {}, {}
        for k in range(rng.randint(0, 6)):
            columns[f"c{k}"], values[f"c{k}"] = random_column(rng)
        base = [rng.randint(-1000, 1000) for _ in range(50)]
        near = [number + rng.randint(-1, 1) for number in base]
        columns |= {"base": Ints(base), "near": Ints(near, plus="base")}
        values |= {"base": base, "near": near}
        blocks.append({"seed": seed, "block": to_base64(pack_block(columns)), "columns": values})
    # Codes of words take one to four bytes.
    sentences = [" ".join(f"w{k}" for k in range(start, 80_000, 7)) for start in range(7)]
    blocks.append(
        {"seed": 40, "block": to_base64(pack_block({"many": Words(sentences)})), "columns": {"many": sentences}}
    )
    return blocks


def packed_json(value: Any) -> dict[str, str]:
    import gzip

    return {"block": to_base64(gzip.compress(json.dumps(value).encode(), mtime=0))}


@pytest.fixture(scope="session")
def site(war_frame):
    """A server with the modules, their tests, and what these compare with."""
    columns = map_columns(war_frame)
    blocks = {"drawn": to_base64(pack_block(columns.drawn)), "text": to_base64(pack_block(columns.text))}
    with loopback.serving() as serving:
        for name in page.asset_names():
            serving.put(f"/assets/{name}", page.asset(name))
        for path in FOLDER.glob("*.js"):
            serving.put(f"/js/{path.name}", path.read_text("utf-8"))
            serving.put(f"/{path.stem}.html", PAGE.replace("NAME", path.stem))
        serving.put("/leaflet.js", vendor.leaflet_assets()[0])
        serving.put("/war.json", json.dumps(blocks))
        serving.put("/random_blocks.json", json.dumps(random_blocks()))
        serving.put(
            "/packed_json.json", json.dumps(packed_json({"names": ["Šabac", "حلب", "💥"], "n": [1, -2.5, None]}))
        )
        yield serving


@pytest.fixture(scope="module")
def page_of(chromium, site):
    """Return a function that gives the page of a file of tests, opened once, and what it logged."""
    context = chromium.new_context(locale="en-GB", timezone_id="America/New_York")
    pages: dict[str, tuple[Any, list[str]]] = {}

    def open_(name: str) -> tuple[Any, list[str]]:
        if name not in pages:
            opened, messages = context.new_page(), []
            opened.on("console", lambda message: messages.append(f"{message.type}: {message.text}"))
            opened.on("pageerror", lambda error: messages.append(f"error: {error}"))
            opened.goto(f"{site.url}/{name}.html")
            opened.wait_for_function("() => Boolean(window.runTest)")
            pages[name] = opened, messages
        return pages[name]

    yield open_
    context.close()


@pytest.mark.parametrize(("file", "name"), TESTS, ids=[f"{file}: {name}" for file, name in TESTS])
def test_in_the_browser(page_of, file, name):
    opened, messages = page_of(file)
    messages.clear()
    opened.evaluate("(name) => window.runTest(name)", name)
    assert messages == []


def test_every_file_of_tests_has_tests_that_are_found():
    for path in FOLDER.glob("test_*.js"):
        names = TEST.findall(path.read_text("utf-8"))
        assert names, path
        assert len(names) == len(set(names)) == path.read_text("utf-8").count('test("'), path
