"""The page skeleton: policy, escaping, data blocks, assets."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import math
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from geoconflict.errors import MapError
from geoconflict.models import DateBasis, EventType, PlacePrecision, Status
from geoconflict.render import look, page, vendor


class Outline(HTMLParser):
    """Every element with its attributes and, for scripts and titles, its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[object]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append([tag, dict(attrs), ""])

    def handle_data(self, data):
        if self.found:
            self.found[-1][2] += data

    def all(self, tag):
        return [(attrs, text) for name, attrs, text in self.found if name == tag]


def rendered(**changes):
    arguments = {
        "title": "A map",
        "language": "en",
        "body": "<main></main>",
        "styles": ["a{}"],
        "scripts": ["one()", "two()"],
        "data": {"d": "e30="},
    }
    return page.render_page(**(arguments | changes))


def test_the_policy_names_every_script_and_allows_no_loading():
    text = rendered(head="<script>three()</script>")
    outline = Outline(text)
    ((policy, _),) = [
        (attrs, t) for attrs, t in outline.all("meta") if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    scripts = [source for attrs, source in outline.all("script") if "type" not in attrs]
    assert [source.strip() for source in scripts] == ["three()", "one()", "two()"]
    for source in ("three()", "one()", "two()"):
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy["content"]
    assert policy["content"].count("sha256-") == 3
    for rule in (
        "default-src 'none'",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "img-src data: blob:",
    ):
        assert rule in policy["content"]
    assert "unsafe-eval" not in policy["content"]
    assert text.index("Content-Security-Policy") < text.index("<script")


def test_pictures_come_from_named_origins_alone():
    text = rendered(picture_origins=["https://tiles.example.org"])
    assert "img-src data: blob: https://tiles.example.org; connect-src" in text
    assert "connect-src &#x27;none&#x27;" in text
    assert "https://" not in rendered()


def test_the_skeleton_is_accessible():
    text = rendered(language="ar")
    outline = Outline(text)
    assert outline.all("html")[0][0] == {"lang": "ar", "dir": "rtl"}
    viewport = next(attrs["content"] for attrs, _ in outline.all("meta") if attrs.get("name") == "viewport")
    assert "user-scalable" not in viewport
    assert "maximum-scale" not in viewport
    body = page.page_body("T", page.strings_table("en"), "")
    assert [len(Outline(body).all(tag)) for tag in ("main", "h1", "header")] == [1, 1, 1]


def test_title_is_escaped():
    title = "</title><script>window.__xss=1</script>\0"
    outline = Outline(rendered(title=title))
    assert outline.all("title")[0][1].strip() == title.replace("\0", "\\x00")
    assert len([1 for attrs, _ in outline.all("script") if "type" not in attrs]) == 2
    assert "<script>" not in page.page_body(title, page.strings_table("en"), "")


def test_a_data_block_cannot_end_early():
    with pytest.raises(MapError, match="'d' holds '<'"):
        rendered(data={"d": "</script>"})


def test_json_blocks_hold_no_markup_and_keep_their_meaning():
    value = {"a": "</script><!--&", "b": ["\u2028", "\0", "ü"]}
    text = page.json_block(value)
    assert not set(text) & set("<>&")
    assert json.loads(text) == value
    assert json.loads(page.json_block("\ud800")) == "\ufffd"


@pytest.mark.parametrize("end", ["</script>", "</SCRIPT >", "<!-- <script>"])
def test_a_script_cannot_end_its_element(end):
    outline = Outline(rendered(scripts=[f"const a = {json.dumps(end)}; after()"]))
    (source,) = [source for attrs, source in outline.all("script") if "type" not in attrs]
    assert source.strip().endswith("after()")


def test_inline_scripts_are_those_a_browser_runs():
    markup = '<script>a()</script><script src="x"></script><script type="application/json">{}</script><SCRIPT type="module">b()</SCRIPT>'
    assert page.inline_scripts(markup) == ["a()", "b()"]


def test_a_page_is_written_whole_or_not_at_all(tmp_path):
    page.write_page(tmp_path / "a.html", "x\ny")
    assert (tmp_path / "a.html").read_bytes() == b"x\ny"
    with pytest.raises(MapError, match="none: there is no such folder; make it first"):
        page.write_page(tmp_path / "none" / "a.html", "x")
    (tmp_path / "taken").mkdir()
    with pytest.raises(MapError, match="cannot write the map"):
        page.write_page(tmp_path / "taken", "x")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.html", "taken"]


def test_leaflet_is_the_one_we_know_and_asks_for_nothing(monkeypatch):
    script, style = vendor.leaflet_assets()
    assert script.startswith("/* @preserve\n * Leaflet 1.9.4")
    assert "sourceMappingURL" not in script
    assert "url(" not in style
    assert ".leaflet-container" in style
    assert style.count("{") == style.count("}")
    monkeypatch.setitem(vendor.LEAFLET_SHA256, "leaflet.js", "0" * 64)
    with pytest.raises(MapError, match="not that of Leaflet"):
        vendor.leaflet_assets()


RENDER = Path(page.__file__).parent


def unused_strings(table, sources):
    """Return keys that stand in the sources neither as they are, nor as a template, nor as a word of a vocabulary."""
    written = set(re.findall(r'"([\w.]+)"', sources))
    kinds = tuple(f"{kind}." for kind in re.findall(r'wordFor\(\s*"(\w+)"', sources))
    templates = [
        re.compile(re.sub(r"\$?\{[^}]*\}", r"[\\w.]+", template.replace(".", r"\.")))
        for template in re.findall(r"""[`"](\w+\.[\w.]*(?:\{\w+\}|\$\{[^}`]*\})[\w.]*)[`"]""", sources)
    ]
    return [
        key
        for key in table
        if not ({key, re.sub(r"\.(one|other)$", "", key)} & written or key.startswith(kinds))
        and not any(template.fullmatch(re.sub(r"\.(one|other)$", "", key)) for template in templates)
    ]


def test_every_string_of_the_scripts_is_in_the_table_and_the_other_way_round():
    table = page.strings_table("en")
    sources = page.map_script()
    used = set(re.findall(r'\btr(?:Count)?\(\s*"([\w.]+)"', sources)) | set(
        re.findall(r'(?:section|add|step)\((?:[^"()]*, )?"([\w.]+\.[\w]+)"', sources)
    )
    stems = {key.rsplit(".", 1)[0] for key in table if key.endswith((".one", ".other"))}
    assert used - set(table) - stems == set()
    for stem in stems:
        assert {f"{stem}.one", f"{stem}.other"} <= set(table), stem
    assert unused_strings(table, sources + "".join(path.read_text() for path in RENDER.glob("*.py"))) == []


def test_the_vocabularies_have_words():
    table = page.strings_table("en")
    for status in Status:
        assert f"status.{status.value}" in table
        assert f"statusNote.{status.value}" in table
    for precision in PlacePrecision:
        assert f"precisionNote.{precision.value}" in table
        assert f"precisionList.{precision.value}" in table
    for basis in DateBasis:
        assert f"basis.{basis.value}" in table


def test_an_unknown_language_is_refused():
    with pytest.raises(MapError, match="does not speak 'xx'; it speaks ar, az, en, fr, hy, ru, uk"):
        page.strings_table("xx")


def test_scripts_never_write_html_but_in_one_place():
    """Escaped layer names for Leaflet are the only text that becomes HTML, read back from a text node."""
    hits = [
        line.strip()
        for line in page.map_script().splitlines()
        if re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\(|new Function|javascript:", line)
        and not line.strip().startswith("//")
    ]
    assert len(hits) == 1
    assert hits[0].startswith("return span.innerHTML.replace(")


# ---------------------------------------------------------------- palette
def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def tokens(theme: str) -> dict[str, str]:
    css = next(style for style in page.map_styles() if "--map-land" in style)
    blocks = css.split("{")
    light = css[: css.index("@media")]
    dark = css[css.index(':root[data-theme="dark"] {') :]
    assert len(blocks) > 3
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if theme == "light" else dark))


@pytest.mark.parametrize(("theme", "key"), [("light", "colour"), ("dark", "dark")])
def test_symbols_stand_out_from_land_and_sea(theme, key):
    ground = tokens(theme)
    style = look.style_table()
    for name, one in [*style["types"].items(), ("other", style["other"])]:
        for below in ("map-land", "map-sea", "map-halo", "surface"):
            assert contrast(one[key], ground[below]) >= 3, (name, below)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_on_the_map_can_be_read(theme):
    ground = tokens(theme)
    for name in ("map-label", "map-label-strong", "map-label-town", "map-label-water"):
        assert contrast(ground[name], ground["map-land"]) >= 4.5, name
    assert contrast(ground["map-label-water"], ground["map-sea"]) >= 4.5
    assert contrast(ground["map-border"], ground["map-land"]) >= 3


def test_every_type_has_its_own_shape_and_colour():
    style = look.style_table()
    assert set(style["types"]) == {kind.value for kind in EventType}
    every = [*style["types"].values(), style["other"]]
    for key in ("shape", "colour", "dark"):
        assert len({one[key] for one in every}) == len(every)


def test_both_ways_to_dark_have_the_same_colours():
    css = next(style for style in page.map_styles() if "--map-land" in style)
    by_reader = css[css.index("@media") : css.index(':root[data-theme="dark"] {')]
    by_button = css[css.index(':root[data-theme="dark"] {') :]
    pattern = r"--([\w-]+): ([^;]+);"
    assert dict(re.findall(pattern, by_reader)) == dict(re.findall(pattern, by_button))


# How colours look without one kind of cone: Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
CONE_LOSS = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def lab(colour: str, loss: tuple[tuple[float, ...], ...]) -> tuple[float, float, float]:
    """Return CIE L*a*b* of a colour as seen with a loss (sRGB, D65)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    seen = [min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in loss]
    to_xyz = (
        (0.4124 / 0.9505, 0.3576 / 0.9505, 0.1805 / 0.9505),
        (0.2126, 0.7152, 0.0722),
        (0.0193 / 1.089, 0.1192 / 1.089, 0.9505 / 1.089),
    )
    x, y, z = (
        t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116
        for t in (sum(a * b for a, b in zip(row, seen, strict=True)) for row in to_xyz)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("key", ["colour", "dark"])
@pytest.mark.parametrize("loss", CONE_LOSS)
def test_types_are_told_apart_by_colour_blind_readers(key, loss):
    style = look.style_table()
    every = [*style["types"].items(), ("other", style["other"])]
    for (one, a), (other, b) in itertools.combinations(every, 2):
        difference = math.dist(lab(a[key], CONE_LOSS[loss]), lab(b[key], CONE_LOSS[loss]))
        assert difference > 14, (one, other)


def test_types_beyond_ours_get_a_colour_and_a_shape_of_their_own():
    names = [f"kind {n}" for n in range(60)]
    ours = look.style_table()["types"]
    styles = look.style_table([*names[:42], "Battles"])["types"]
    pairs = [(style["colour"], style["shape"]) for style in styles.values()]
    assert len(set(pairs)) == len(pairs) == 49
    assert styles["Battles"] == ours["Battles"]
    for few in (names[:7], [*names[:5], "Battles", "Riots"]):
        made = look.style_table(few)["types"]
        assert len({made[name]["colour"] for name in few}) == 7
    assert look.style_table(reversed(names[:5])) == look.style_table(names[:5])
    assert len(look.style_table(names)["types"]) == 49, "what is left over looks like the type 'other'"


def test_a_title_is_not_turned_around_by_hidden_characters():
    body = page.page_body("War \u202ein the north", page.strings_table("en"), "")
    assert "\u202e" not in body
    assert "War \\u202ein the north" in body
