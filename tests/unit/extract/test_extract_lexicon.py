from __future__ import annotations

import re
from pathlib import Path

import pytest

import geoconflict
from geoconflict.errors import ConfigError
from geoconflict.extract.actors.lexicon import load_actor_lexicon
from geoconflict.extract.lexicon import EXTENDABLE, FIXED, lexicon_words, read_demonyms, read_lexicon
from geoconflict.extract.predicates.senses import load_trigger_lexicon
from geoconflict.extract.reader import load_event_lexicons
from geoconflict.extract.telling.attribution import load_attribution_lexicon
from geoconflict.extract.toponyms import evidence_words
from geoconflict.extract.toponyms.evidence_words import read_evidence_words

FILES = sorted(Path(geoconflict.__file__).parent.glob("resources/lexicons/*.toml"))
LEXICONS = ["organisations", "persons", "places", "roles", "speech"]


@pytest.mark.parametrize("name", LEXICONS)
def test_lists_hold_no_word_twice_and_no_stray_space(name):
    for key, words in read_lexicon(name).items():
        repeated = sorted({word for word in words if words.count(word) > 1})
        assert not repeated, f"{name}.{key}"
        assert all(word == word.strip() and word for word in words), f"{name}.{key}"


@pytest.mark.parametrize("name", LEXICONS)
def test_words_are_in_lower_case_but_for_abbreviations(name):
    for key, words in read_lexicon(name).items():
        if not key.endswith("abbreviations"):
            assert [word for word in words if word != word.lower()] == [], f"{name}.{key}"


def test_demonyms_name_countries_by_alpha_3():
    demonyms = read_demonyms()
    assert demonyms["azerbaijani"] == "AZE"
    assert demonyms["kurdish"] is None
    assert len({country for country in demonyms.values() if country}) > 180
    assert all(country is None or re.fullmatch(r"[A-Z]{3}", country) for country in demonyms.values())
    assert list(demonyms) == sorted(demonyms)


def test_a_users_file_adds_to_a_list(tmp_path):
    extra = tmp_path / "mine.toml"
    extra.write_text('[persons]\ntitles = ["commandant", "president"]\n', "utf-8")
    titles = read_lexicon("persons", (str(extra),))["titles"]
    assert titles[-1] == "commandant"
    assert titles.count("president") == 1
    assert "commandant" in lexicon_words("persons", "titles", (str(extra),))
    assert "commandant" not in lexicon_words("persons", "titles")


def _sense(verb):
    return (
        '[[triggers.sense]]\nname = "sinking"\ntype = "Explosions/Remote violence"\n'
        f'sub = "Shelling/artillery/missile attack"\nscore = 0.9\nverbs = ["{verb}"]\n'
    )


@pytest.mark.parametrize(
    ("load", "before", "after", "has_it"),
    [
        (
            load_trigger_lexicon,
            _sense("petard"),
            _sense("scuttle"),
            lambda lexicon: ("petard" in lexicon.verb_forms, "scuttle" in lexicon.verb_forms),
        ),
        (
            load_actor_lexicon,
            '[actors.nouns]\nforces = ["lancers"]\n',
            '[actors.nouns]\nforces = ["hussars"]\n',
            lambda lexicon: ("lancers" in lexicon.nouns["forces"], "hussars" in lexicon.nouns["forces"]),
        ),
        (
            load_attribution_lexicon,
            '[attribution]\nsay = ["crow"]\n',
            '[attribution]\nsay = ["gloat"]\n',
            lambda words: ("crow" in words["say"], "gloat" in words["say"]),
        ),
        (
            read_evidence_words,
            '[persons]\ntitles = ["atabeg"]\n',
            '[persons]\ntitles = ["hetman"]\n',
            lambda words: ("atabeg" in words.titles, "hetman" in words.titles),
        ),
    ],
)
def test_a_users_file_that_is_edited_is_read_anew(tmp_path, load, before, after, has_it):
    extra = tmp_path / "mine.toml"
    extra.write_text(before, "utf-8")
    first = load((str(extra),))
    assert has_it(first) == (True, False)
    assert load((str(extra),)) is first  # once for all readers, as long as the file is the same
    extra.write_text(f"{after}# edited\n", "utf-8")
    assert has_it(load((str(extra),))) == (False, True)
    assert has_it(first) == (True, False)  # who began with the old words goes on with them


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[persons]\ntitles = 'commandant'\n", "must be a list"),
        ("persons = 3\n", "must be a table"),
        ("[persons\n", "not a TOML file"),
        (
            "[numbers.units]\nscore = 20\n",
            "the lexicon 'numbers' cannot be added to; the lexicons that can be added to are actors, ",
        ),
        (
            "[person]\ntitles = ['commandant']\n",
            "unknown table 'person'; the lexicons that can be added to are actors, ",
        ),
        (f"persons = {'9' * 5000}\n", "not a TOML file in UTF-8: a number is too long"),
        (f"persons = {'[' * 5000}\n", "not a TOML file in UTF-8: a number is too long, or brackets too deep"),
    ],
)
def test_a_users_mistake_is_named_with_its_file(tmp_path, content, message):
    extra = tmp_path / "wrong.toml"
    extra.write_text(content, "utf-8")
    with pytest.raises(ConfigError, match=message) as caught:
        read_lexicon("persons", (str(extra),))
    assert "wrong.toml" in str(caught.value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_may_be_added_to_a_lexicon_is_read_and_the_rest_is_refused(tmp_path, path):
    extra = tmp_path / "mine.toml"
    extra.write_text(f"[{path.stem}]\n", "utf-8")
    if path.stem in EXTENDABLE:
        assert load_event_lexicons([extra]).triggers.senses
    else:
        with pytest.raises(ConfigError, match=f"mine.toml: the lexicon '{path.stem}' cannot be added to"):
            load_event_lexicons([extra])


def test_lists_that_may_be_added_to_are_those_that_are_read_with_what_is_added(monkeypatch):
    seen = set()

    def read(name, key, extras=()):
        seen.add((name, key))
        return lexicon_words(name, key, extras)

    monkeypatch.setattr(evidence_words, "lexicon_words", read)
    evidence_words.EvidenceWords(())
    names = ("organisations", "persons", "places", "speech")
    assert seen == {(name, key) for name in names for key in set(read_lexicon(name)) - FIXED.get(name, frozenset())}


@pytest.mark.parametrize(("name", "key"), [("leaders", "ranks"), ("places", "saints"), ("speech", "acting")])
def test_a_list_that_nothing_would_read_is_refused(tmp_path, name, key):
    extra = tmp_path / "mine.toml"
    extra.write_text(f'[{name}]\n{key} = ["commandant"]\n', "utf-8")
    with pytest.raises(ConfigError, match=f"'{name}.{key}' cannot be added to; what can of '{name}' is "):
        load_event_lexicons([extra])


def test_an_absent_file_says_which_setting_names_it(tmp_path):
    with pytest.raises(ConfigError, match=r"extract\.lexicons"):
        read_lexicon("persons", (str(tmp_path / "absent.toml"),))


def test_every_feature_has_a_weight_and_a_wording():
    tables = read_lexicon("toponym_evidence")
    assert 0 < tables["threshold"] < 1
    for name, feature in tables["features"].items():
        assert isinstance(feature["weight"], float), name
        assert feature["says"], name
    assert tables["features"]["locative_before"]["weight"] > 0
    assert tables["features"]["title_before"]["weight"] < 0
