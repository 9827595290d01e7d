"""Front matter is read and never executed."""

from __future__ import annotations

import time

import pytest

from geoconflict.reports._front_matter import front_matter
from geoconflict.reports._rejection import Rejection


def test_values_stay_the_strings_that_stand_there() -> None:
    block = "date: 2020-02-31\ntitle: 12:30\nlang: no\nflag: yes\nnone: ~\n? [a, b]\n: complex\n"
    text = f"---\n{block}...\n \n Text"
    matter = front_matter(text)
    assert matter is not None
    assert matter.fields == {"date": "2020-02-31", "title": "12:30", "lang": "no", "flag": "yes", "none": ""}
    assert text[matter.body_start :] == "Text"


def test_text_without_front_matter() -> None:
    assert front_matter("Text\n---\na: b\n---\n") is None
    assert front_matter("---- \na: b") is None


def test_empty_front_matter() -> None:
    matter = front_matter("---\n---\nText")
    assert matter is not None
    assert matter.fields == {}


def test_windows_newlines_after_normalisation() -> None:
    matter = front_matter("--- \ntitle: a \n--- \nText")
    assert matter is not None
    assert matter.fields == {"title": "a"}


def test_tags_make_no_objects() -> None:
    matter = front_matter("---\ntitle: !!python/object/apply:os.system ['false']\ndate: !!timestamp x\n---\nText")
    assert matter is not None
    assert matter.fields == {"title": "false", "date": "x"}


def test_alias_bomb_is_not_expanded() -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]
    started = time.perf_counter()
    matter = front_matter("---\nl0: &l0 [boom]\n" + "\n".join(levels) + "\ntitle: ok\n---\nText")
    assert time.perf_counter() - started < 2
    assert matter is not None
    assert matter.fields["title"] == "ok"


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(Rejection, match="not YAML"):
        front_matter("---\na: " + "[" * 10_000 + "\n---\nText")


def test_endless_front_matter_is_refused() -> None:
    with pytest.raises(Rejection, match="not closed"):
        front_matter("---\n" + "a: b\n" * 20_000 + "---\nText")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Border war: a timeline", "Border war: a timeline"),
        ('title: Army: "we won": rebels', 'Army: "we won": rebels'),
        ('title: "Border war: a timeline"', "Border war: a timeline"),
        ("title: Border war at 14:30", "Border war at 14:30"),
    ],
)
def test_a_title_may_hold_colons_without_quotes(line: str, title: str) -> None:
    matter = front_matter(f"---\n{line}\ndate: 2021-03-04\n---\nText")
    assert matter is not None
    assert matter.fields == {"title": title, "date": "2021-03-04"}
