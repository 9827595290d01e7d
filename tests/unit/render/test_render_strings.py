"""The tables of strings: every language says all that English says, with its own plurals, and nothing is said in vain."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from geoconflict.models import SUB_EVENT_TYPES, DateBasis, EventType, PlacePrecision, Status
from geoconflict.render import page

# The plural forms of Unicode's CLDR; tests/browser/test_browser_languages.py compares them with the browser's.
PLURAL_FORMS = {
    "ar": ["zero", "one", "two", "few", "many", "other"],
    "az": ["one", "other"],
    "en": ["one", "other"],
    "fr": ["one", "many", "other"],
    "hy": ["one", "other"],
    "ru": ["one", "few", "many", "other"],
    "uk": ["one", "few", "many", "other"],
}
# Forms that stand for one number alone may say it in a word.
SAY_THE_NUMBER = {("ar", "zero"), ("ar", "one"), ("ar", "two"), ("en", "one"), ("az", "one")}
ENGLISH = page.strings_table("en")
COUNTED = sorted(key.removesuffix(".one") for key in ENGLISH if key.endswith(".one"))
others = pytest.mark.parametrize("language", sorted(set(PLURAL_FORMS) - {"en"}))


def placeholders(text):
    return sorted(re.findall(r"\{\w+\}", text))


def stem_and_form(key):
    stem, _, form = key.rpartition(".")
    return (stem, form) if stem in COUNTED else (key, None)


def wanted_keys(language):
    keys = {key for key in ENGLISH if stem_and_form(key)[1] is None}
    return keys | {f"{stem}.{form}" for stem in COUNTED for form in PLURAL_FORMS[language]}


def test_the_page_speaks_these_languages():
    assert sorted(page.languages()) == sorted(PLURAL_FORMS)


@pytest.mark.parametrize("language", sorted(PLURAL_FORMS))
def test_every_language_has_exactly_the_strings_of_english_and_its_own_plurals(language):
    table = page.strings_table(language)
    assert set(table) == wanted_keys(language)
    assert all(isinstance(text, str) and text.strip() == text and text for text in table.values())


@pytest.mark.parametrize("language", sorted(PLURAL_FORMS))
def test_no_string_is_given_twice(language):
    pairs = json.loads(page.asset(f"strings.{language}.json"), object_pairs_hook=list)
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("language", sorted(PLURAL_FORMS))
def test_placeholders_are_those_of_english(language):
    for key, text in page.strings_table(language).items():
        stem, form = stem_and_form(key)
        wanted = placeholders(ENGLISH[key if form is None else f"{stem}.other"])
        if (language, form) in SAY_THE_NUMBER:
            assert placeholders(text) in (wanted, [one for one in wanted if one != "{n}"]), key
        else:
            assert placeholders(text) == wanted, key


@others
def test_nothing_is_left_in_english(language):
    # What is the same in many languages: units, names, numbers, bare placeholders; and words that French shares.
    same = {key for key, text in page.strings_table(language).items() if ENGLISH.get(key) == text}
    whole = {key for key in same if len(re.sub(r"\{\w+\}", "", ENGLISH[key])) > 14}
    assert whole == set()


@others
def test_what_is_told_claimed_denied_and_planned_stays_apart(language):
    table = page.strings_table(language)
    assert len({table[f"status.{status}"] for status in Status}) == len(Status)
    assert len({table[f"statusNote.{status}"] for status in Status}) == len(Status)
    assert len({table[f"type.{kind}"] for kind in EventType}) == len(EventType)
    for kind, subs in SUB_EVENT_TYPES.items():
        assert len({table[f"sub.{sub}"] for sub in subs}) == len(subs), kind


@pytest.mark.parametrize("language", sorted(PLURAL_FORMS))
def test_every_word_of_the_vocabularies_is_translated(language):
    table = page.strings_table(language)
    words = [f"type.{kind}" for kind in EventType]
    words += [f"sub.{sub}" for subs in SUB_EVENT_TYPES.values() for sub in subs]
    words += [f"{kind}.{status}" for kind in ("status", "statusNote") for status in Status]
    words += [f"{kind}.{one}" for kind in ("precisionName", "precisionNote", "precisionList") for one in PlacePrecision]
    words += [f"basis.{basis}" for basis in DateBasis]
    assert [word for word in words if word not in table] == []


@pytest.mark.parametrize("language", sorted(PLURAL_FORMS))
def test_the_calendar_is_whole(language):
    table = page.strings_table(language)
    lengths = {"months": 12, "monthsAlone": 12, "shortMonths": 12, "weekdays": 7}
    # Words are parted by plain spaces; a name of two words holds a no-break space.
    assert {name: len(table[f"calendar.{name}"].split(" ")) for name in lengths} == lengths


# ---------------------------------------------------------------- the page's code
@pytest.fixture(scope="module")
def source():
    code = "\n".join(page.asset(name) for name in page.asset_names() if name.endswith(".js"))
    names = ("page.py", "event_map.py", "added_layers.py")
    return code + "".join(Path(page.__file__).with_name(name).read_text(encoding="utf-8") for name in names)


def test_no_string_is_unused(source):
    # Keys stand in the code as they are, as `off.${name}` or f"areas.{measure}", or after the kind of `wordFor("status", ...)`.
    made = re.findall(r"""`([a-zA-Z]+\.[^`\s]*\$\{[^`\s]+)`|f"([a-zA-Z]+\.[^"\s]*\{[^"\s]+)\"""", source)
    parts = [re.split(r"\$?\{[^{}]*(?:\{[^{}]*\})?[^{}]*\}", script or python) for script, python in made]
    patterns = [re.compile(r"[\w-]+".join(map(re.escape, texts))) for texts in parts]
    kinds = set(re.findall(r'wordFor\("(\w+)"', source))

    def is_used(name):
        return f'"{name}"' in source or name.split(".")[0] in kinds or any(one.fullmatch(name) for one in patterns)

    assert [key for key in ENGLISH if not is_used(stem_and_form(key)[0])] == []


def test_every_string_the_code_asks_for_is_there(source):
    asked = set(re.findall(r'\btr\("([^"]+)"', source))
    counted = set(re.findall(r'\btrCount\("([^"]+)"', source))
    assert asked
    assert {key for key in asked if key not in ENGLISH} == set()
    assert {key for key in counted if key not in COUNTED} == set()
