import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoconflict.visible import is_linkable, visible, visible_json, visible_title

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mar\u200btuni", "Mar\\u200btuni"),
        ("\u202eabc\u202c", "\\u202eabc\\u202c"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("tab\tand\r\n  line", "tab and line"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud800", "\\ud800"),
        ("Ստեփանակերտ مارتوني Мартуни e\u0301", "Ստեփանակերտ مارتوني Мартуни e\u0301"),
    ],
)
def test_what_cannot_be_seen_is_shown_as_an_escape(text, shown):
    assert visible(text) == shown


def test_no_character_of_a_hidden_category_passes():
    everything = "".join(map(chr, range(0x110000)))
    passed = {char for char in visible(everything) if unicodedata.category(char) in HIDDEN}
    assert not passed, sorted(map(hex, map(ord, passed)))[:5]


def test_letters_and_marks_pass_untouched():
    letters = "".join(
        char for char in map(chr, range(0x20, 0x3000)) if unicodedata.category(char) in {"Lu", "Ll", "Nd", "Po"}
    )
    assert visible(letters) == letters


@given(st.text(alphabet=st.characters(), max_size=40))
def test_json_keeps_its_data_and_shows_what_it_holds(text):
    shown = visible_json(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(shown) == {"text": text}
    assert not any(unicodedata.category(char) in HIDDEN for char in shown)


def test_a_title_keeps_the_joiners_of_its_script_and_shows_what_reorders_it():
    assert visible_title("نقشه‌های جنگ") == "نقشه‌های جنگ"
    assert visible_title("War ⚔️") == "War ⚔️"
    assert visible_title("Mar\u200ctuni \u202eltr") == r"Mar\u200ctuni \u202eltr"
    assert visible_title("a\tb\x00") == r"a b\x00"


@pytest.mark.parametrize(
    "address",
    [
        "https://bbc.com@evil.example/", "https://user:word@evil.example/", "https://:word@evil.example/", "https://bbc\u200b.com/",
        "https://evil.example/\u202egpj.x", "https://bbc.com/\xa0x", "https://bbc.com/\u2028x", "https://bbc.com/\ue000x",
        "https://bbc.com/\ud800x", "https://bbc.com/\tx", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//host/x", "x", "",
        "http:", "http://", "http://[", " https://x",
    ],
)  # fmt: skip
def test_an_address_that_hides_where_it_leads_is_none_to_link(address):
    assert not is_linkable(address)


@pytest.mark.parametrize(
    "address",
    ["http://example.org/a b", "HTTPS://example.org", "https://bbc.com/@desk", "https://bbc.com/?by=a@b.c", "https://пример.example/новини"],
)  # fmt: skip
def test_a_plain_address_may_be_linked(address):
    assert is_linkable(address)
