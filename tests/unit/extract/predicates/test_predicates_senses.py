import inspect
import re

import pytest
from few_names import mentions_of

from geoconflict.codes import check_plover
from geoconflict.errors import ConfigError
from geoconflict.extract.events import refining, sense_needs
from geoconflict.extract.predicates.sense_checks import NEEDS, REFINEMENTS
from geoconflict.extract.predicates.senses import load_trigger_lexicon
from geoconflict.models import SUB_EVENT_TYPES

LEXICON = load_trigger_lexicon()


@pytest.mark.parametrize("sense", LEXICON.senses.values(), ids=list(LEXICON.senses))
def test_every_sense_has_an_acled_type_and_a_plover_type_and_mode(sense):
    assert sense.sub_event_type in SUB_EVENT_TYPES[sense.event_type]
    assert sense.plover
    check_plover(sense.plover)
    for forms, code in sense.plover_by:
        check_plover(code)
        # a code by word is dead unless the word is one of the trigger's
        told = {part for words in (*sense.verbs, *sense.nouns) for part in words.split()}
        assert forms & told, (sense.name, forms)
    assert 0 < sense.score < 1


def test_every_sub_type_has_a_plover_code_or_none_on_purpose():
    assert set(LEXICON.plover) == {sub for subs in SUB_EVENT_TYPES.values() for sub in subs}
    assert {sub for sub, code in LEXICON.plover.items() if not code} == {"Other", "statement"}


def test_every_weapon_has_a_class_of_words_a_type_and_a_code():
    for one in LEXICON.instruments:
        assert LEXICON.words[one.words]
        assert one.sub_event_type in SUB_EVENT_TYPES[one.event_type]
        check_plover(one.plover)
    assert LEXICON.words["drone"] <= LEXICON.words["air"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Army artillery shelled Nyala.", "ASSAULT:heavy-weapons"),
        ("Warplanes bombed Khartoum.", "ASSAULT:aerial"),
        ("A drone strike in Bakhmut wounded two soldiers.", "ASSAULT:drone"),
        ("A suicide bomber struck a checkpoint in Gao.", "ASSAULT:suicide-attack"),
        ("A roadside bomb killed three soldiers near Menaka.", "ASSAULT:explosives"),
        ("A chlorine attack in Izium injured dozens of people.", "ASSAULT:unconventional"),
        ("Soldiers clashed with rebels near Kidal.", "ASSAULT:firearms"),
        ("Rebels captured the town of Menaka.", "ASSAULT"),
        ("Militants abducted four teachers in Menaka.", "ASSAULT:abduct"),
        ("Gunmen stabbed two traders in Gao.", "ASSAULT:primitive"),
        ("Thousands of people held a protest in Khartoum.", "PROTEST:demo"),
        ("Soldiers opened fire on protesters in Khartoum.", "ASSAULT:crowd-control"),
        ("Militiamen looted shops in Nyala.", "ASSAULT:destroy"),
        ("The authorities imposed a curfew in Gao.", "COERCE:curfew"),
        ("The authorities declared martial law in Gao.", "COERCE:martial-law"),
        ("President Macron met the Egyptian president in Cairo.", "CONSULT:visit"),
    ],
)
def test_the_words_and_the_weapon_give_the_plover_code(text, code):
    assert {mention.plover for mention in mentions_of(text)} == {code}


SENSE = '[[triggers.sense]]\nname = "odd"\ntype = "Battles"\nsub = "Armed clash"\nscore = 0.9\nverbs = ["odd"]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "\n\n" + SENSE + 'plover = "FIGHT"\n',
            r"mine\.toml, line 3: sense 'odd': 'FIGHT' is no PLOVER type; there are AGREE",
        ),
        (
            SENSE + 'plover = "ASSAULT:tank"\n',
            r"line 1: sense 'odd': 'tank' is no mode of PLOVER's ASSAULT; there are abduct",
        ),
        (SENSE + 'plover = "AID:food"\n', r"AID; there are none"),
        (SENSE + 'plover_by = { odd = "ASSAULT:tank" }\n', r"'tank' is no mode"),
        (SENSE + 'plovers = "AID"\n', r"line 1: sense 'odd' has unknown keys plovers"),
        ('[triggers.plover]\n"Armed clash" = "WAR"\n', r"plover\.'Armed clash': 'WAR' is no PLOVER type"),
        ('[[triggers.instrument]]\nwords = "air"\n', r"line 1: instrument 'air' needs .*; it has no type, sub, plover"),
        (SENSE.replace('["odd"]', '"odd"'), r"line 1: sense 'odd': verbs must be a list of texts.*, not 'odd'"),
        (SENSE.replace('["odd"]', "[1]"), r"sense 'odd': verbs must be a list of texts"),
        (SENSE.replace('["odd"]', '[" "]'), r"sense 'odd': verbs must be a list of texts, none of them empty"),
        (SENSE.replace('verbs = ["odd"]\n', ""), r"sense 'odd' needs verbs, nouns or both"),
        (SENSE.replace('name = "odd"\n', ""), r"line 1: sense '\(without a name\)' needs a name"),
        (SENSE.replace('"odd"\ntype', "7\ntype"), r"sense 7: name must be text"),
        (SENSE.replace("0.9", '"0.9"'), r"score must be a number from 0 to 1, not '0\.9'"),
        (SENSE.replace("0.9", "9"), r"score must be a number from 0 to 1, not 9"),
        (
            SENSE.replace("Battles", "Battle"),
            r"sense 'odd': type: 'Battle' is none of Battles, .*; did you mean 'Battles'",
        ),
        (SENSE + 'nouns = [""]\n', r"nouns must be a list of texts, none of them empty"),
        (SENSE + "plover = 3\n", r"plover must be text"),
        (SENSE + "plover_by = 3\n", r"plover_by must be a table of words and their codes, not 3"),
        (SENSE + "plover_by = { odd = 3 }\n", r"plover_by must be a table of words and their codes"),
        (SENSE + 'effect = "no"\n', r"effect must be true or false, not 'no'"),
        (SENSE + 'needs = ["wepon"]\n', r"sense 'odd': needs: 'wepon' is none; did you mean 'weapon'"),
        (SENSE + 'requires = ["places"]\n', r"requires: 'places' is none; did you mean 'place"),
        (SENSE + 'refine = ["targets"]\n', r"refine: 'targets' is none of air, .*; did you mean 'target'"),
        (SENSE + 'refine = ["military"]\n', r"refine: 'military' is none"),
        (SENSE + 'object = "zzzzz"\n', r"object: 'zzzzz' is none of accident_blast, "),
        (SENSE + 'modifier = "place"\n', r"modifier: 'place' is none"),
        (SENSE + 'not_with = "harmles"\n', r"not_with: 'harmles' is none; did you mean 'harmless'"),
        (SENSE + 'not_instrument = "vessels"\n', r"not_instrument: 'vessels' is none of air, artillery"),
        (
            '[[triggers.instrument]]\nwords = "lasers"\ntype = "Battles"\nsub = "Armed clash"\nplover = "ASSAULT"\n',
            r"instrument 'lasers': words: 'lasers' is none",
        ),
        ('[triggers.words]\nlasers = "laser"\n', r"mine\.toml: words\.lasers must be a list of texts"),
        ('[triggers.carriers]\ndoings = ["odd"]\n', r"mine\.toml: carriers: 'doings' is none of doing, happening"),
        ('[triggers.irregular]\nlase = "lasing"\n', r"irregular\.lase must be a list of texts"),
        (
            '[triggers.plover]\n"Armed crash" = "ASSAULT"\n',
            r"plover: 'Armed crash' is none; did you mean 'Armed clash'",
        ),
        ("[triggers.senses]\nx = 1\n", r"mine\.toml: unknown table 'triggers\.senses'"),
    ],
)
def test_a_users_mistake_is_named_with_file_line_and_key(tmp_path, text, message):
    file = tmp_path / "mine.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=message):
        load_trigger_lexicon((str(file),))


def test_a_sense_may_ask_for_a_class_of_words_that_the_same_file_adds(tmp_path):
    file = tmp_path / "mine.toml"
    added = '[triggers.words]\nlasers = ["laser", "lasers"]\n'
    file.write_text(SENSE + 'needs = ["lasers", "weapon"]\nobject = "place"\neffect = true\n' + added, "utf-8")
    lexicon = load_trigger_lexicon((str(file),))
    assert lexicon.senses["odd"].needs == ("lasers", "weapon")
    assert lexicon.among(frozenset({"laser"}), "lasers")
    with pytest.raises(KeyError):
        lexicon.among(frozenset({"laser"}), "lazers")


def test_what_a_sense_may_ask_for_is_what_is_looked_for():
    assert set(sense_needs._SPECIAL) == NEEDS
    cases = re.findall(r"^        case ([^:]+?)(?: if .*)?:$", inspect.getsource(refining._changed), re.MULTILINE)
    assert {name for case in cases for name in re.findall(r'"(\w+)"', case)} == REFINEMENTS


def test_a_users_sense_without_a_code_has_that_of_its_sub_type(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(SENSE, "utf-8")
    lexicon = load_trigger_lexicon((str(file),))
    assert lexicon.plover_of(lexicon.senses["odd"], "Armed clash", frozenset(), frozenset()) == "ASSAULT"


@pytest.mark.parametrize(
    ("text", "sub"),
    [
        ("Two bombs fell on Gao, injuring four people.", "Shelling/artillery/missile attack"),
        ("Bombs fell on a camp in Gao, injuring four people.", "Shelling/artillery/missile attack"),
        ("Four people were killed when bombs struck a camp in Gao.", "Shelling/artillery/missile attack"),
        ("Bombs dropped by warplanes hit a market in Gao.", "Air/drone strike"),
        ("Two civilians were killed in Gao by a guided bomb.", "Air/drone strike"),
        ("Roadside bombs hit a convoy in Gao, killing three soldiers.", "Remote explosive/landmine/IED"),
        ("Bombs exploded in two markets in Gao.", "Remote explosive/landmine/IED"),
    ],
)
def test_bombs_that_come_down_were_fired_or_dropped_and_others_were_laid(text, sub):
    assert {one.sub_event_type for one in mentions_of(text)} == {sub}


@pytest.mark.parametrize(
    "form", ["lobbed", "slamming", "swapped", "stepped", "swept", "hurt", "shot", "fired", "occupies"]
)
def test_verbs_are_known_in_the_forms_that_they_are_written_in(form):
    assert form in LEXICON.verb_forms


@pytest.mark.parametrize("form", ["lobed", "swaped", "sweeped", "stabed"])
def test_no_form_is_made_that_is_not_written(form):
    assert form not in LEXICON.verb_forms
