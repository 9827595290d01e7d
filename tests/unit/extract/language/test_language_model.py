from __future__ import annotations

import pytest

from geoconflict.errors import MissingDependencyError
from geoconflict.extract.language import model as language
from geoconflict.extract.language.chunks import readable
from geoconflict.extract.language.model import load_language_model, split_long
from geoconflict.extract.layout.casing import WordClass, recase


@pytest.fixture(scope="module")
def model():
    return load_language_model()


def sentences(document):
    return [document.text[one.start : one.end].strip() for one in document.sentences]


def test_offsets_name_the_words_of_the_text(model):
    document = model.read("Rebels took Riverton.  The army\nleft it on Friday.")
    for token in document.tokens:
        assert document.text[token.start : token.end] == token.text
    assert document.cased == document.text


def test_sentences_end_at_blank_lines_even_without_a_full_stop(model):
    document = model.read("Clashes resume in the east\n\nThe ministry gave no figures\n\nIt will speak on Monday.")
    assert sentences(document) == [
        "Clashes resume in the east",
        "The ministry gave no figures",
        "It will speak on Monday.",
    ]


def test_a_picture_credit_ends_a_sentence(model):
    document = model.read("A burnt car in the centre of Riverton [Agency] The mayor blamed rebels on Friday.")
    assert sentences(document)[0].endswith("[Agency]")
    assert sentences(document)[1].startswith("The mayor")


def test_headlines_strung_together_are_cut_apart(model):
    document = model.read("Blast kills five in Riverton;Army retakes Hillford")
    assert [token.text for token in document.tokens].count(";") == 1
    assert "Army retakes Hillford" in sentences(document)


def test_many_texts_come_in_order_and_read_as_each_alone(model):
    texts = ["The army shelled Riverton.", "", "Talks were held in Hillford on Monday."]
    assert list(model.read_many(texts)) == [model.read(text) for text in texts]


def test_a_long_text_is_read_in_parts_with_offsets_of_the_whole(model, monkeypatch):
    text = "\n\n".join(f"On day {number} the army shelled Riverton and left." for number in range(30))
    whole = model.read(text)
    monkeypatch.setattr(language, "MAX_CHUNK", 400)
    parts = model.read(text)
    assert [token.text for token in parts.tokens] == [token.text for token in whole.tokens]
    assert [token.start for token in parts.tokens] == [token.start for token in whole.tokens]
    assert len(parts.sentences) == 30
    assert all(parts.tokens[token.head].index == token.head for token in parts.tokens)


def test_parts_are_cut_where_the_text_pauses():
    text = "one two. three\n\nfour five six. seven\neight"
    assert split_long(text, 25) == ["one two. three\n\n", "four five six. seven\n", "eight"]
    assert split_long("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_a_missing_model_says_how_to_mend_it():
    with pytest.raises(MissingDependencyError, match="doctor"):
        load_language_model("no_such_model_at_all")


# ---------------------------------------------------------------- capitals
def word_class(word: str) -> WordClass:
    if word in {
        "the",
        "army",
        "shelled",
        "and",
        "near",
        "two",
        "towns",
        "said",
        "new",
        "talks",
        "open",
        "in",
        "as",
        "ends",
        "a",
        "on",
    }:
        return WordClass.WORD
    return WordClass.NOUN if word in {"army", "lima"} else WordClass.UNKNOWN


def test_capitals_are_lowered_where_the_dictionary_knows_the_word():
    text = "THE ARMY SHELLED TWO TOWNS NEAR RIVERTON. AND THE ARMY SAID"
    assert recase(text, word_class) == "The army shelled two towns near Riverton. And the army said"


def test_a_headline_in_title_case_is_lowered():
    assert recase("New Talks Open In Riverton As Army Ends", word_class) == "New talks open in Riverton as army ends"


@pytest.mark.parametrize(
    "text",
    [
        "The army shelled Riverton on Friday.",
        "Riverton, Hillford, Oakham and Fenwick",
        "President Ilario Bentham visited Riverton",
        "NATO and the EU met in Riverton.",
        "",
    ],
)
def test_ordinary_text_is_left_alone(text):
    assert recase(text, word_class) is None


def test_only_the_paragraph_of_capitals_is_changed():
    text = "THE ARMY SHELLED TWO TOWNS\n\nThe EU said nothing."
    assert recase(text, word_class) == "The army shelled two towns\n\nThe EU said nothing."


def test_recasing_keeps_the_length_of_awkward_letters():
    text = "THE ARMY SHELLED İSTANKÖY AND GROẞDORF"
    assert len(recase(text, word_class) or "") == len(text)


def test_a_document_keeps_its_capitals_and_is_read_through_the_copy(model):
    text = "THE ARMY SHELLED TWO TOWNS NEAR THE BORDER ON MONDAY."
    document = model.read(text)
    assert document.text == text
    assert document.cased == "The army shelled two towns near the border on Monday."
    shelled = next(token for token in document.tokens if token.text == "shelled")
    assert shelled.pos == "VERB"


def test_a_sentence_without_end_is_cut_and_an_endless_word_is_no_word():
    from geoconflict.extract.language.model import load_language_model

    document = load_language_model().read("north and " * 400 + "x" * 5000 + " Then it ended.")
    assert max(one.end_token - one.first_token for one in document.sentences) <= 260
    assert max(len(token.text.strip()) for token in document.tokens) < 150
    assert document.text.endswith("Then it ended.")
    assert document.tokens[-1].end == len(document.text)


@pytest.mark.parametrize("mark", ["- ", "• ", "* ", "2. ", "(2) ", "  – "])
def test_each_item_of_a_list_is_read_by_itself(model, mark):
    document = model.read(f"{mark}Riverton: rebels took the town\n{mark}Hilltown: shells fell on a market")
    starts = [document.text[one.start :] for one in document.sentences]
    assert any(rest.startswith("Hilltown") for rest in starts)


def test_a_number_or_a_dash_within_a_line_opens_no_item(model):
    document = model.read("The army - it lost 2 men - left Riverton on Friday with 3. No more were seen.")
    assert not any(document.text[one.start :].startswith(("it lost", "men")) for one in document.sentences)


def test_a_given_name_that_is_a_noun_keeps_its_capital_before_a_name():
    def lookup(word):
        return WordClass.NOUN if word in {"victor", "couple"} else word_class(word)

    text = "THE ARMY SAID THE COUPLE, VICTOR ILARIOV AND A VICTOR, SAID"
    assert recase(text, lookup) == "The army said the couple, Victor Ilariov and a victor, said"


def test_who_is_named_in_full_keeps_a_capital_where_the_surname_stands_alone():
    def lookup(word):
        return WordClass.NOUN if word in {"medina", "border"} else word_class(word)

    text = "THE ARMY SAID OSVALDO MEDINA SHELLED TWO TOWNS. AND MEDINA SAID THE BORDER"
    assert recase(text, lookup) == "The army said Osvaldo Medina shelled two towns. And Medina said the border"
    text = "THE ARMY SHELLED THE MEDINA. AND THE ARMY SAID"
    assert recase(text, lookup) == "The army shelled the medina. And the army said"


def test_a_hyphen_begins_no_sentence_and_words_that_dictionaries_lack_are_no_names():
    text = "THE ARMY-ARMY TWO SHELLED MACHINEGUNS -- THE ARMY SAID"
    assert recase(text, word_class) == "The army-army two shelled machineguns -- The army said"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("taken by MLF [Mountain Liberation Front] men", "taken by MLF (Mountain Liberation Front) men"),
        ("taken by the MLF [Mountain Front], they said", "taken by the MLF (Mountain Front), they said"),
        ("in Oakham [Agency] Troops came", "in Oakham [Agency] Troops came"),
        ("near [name indistinct] bridge", "near [name indistinct] bridge"),
        ("[text] the army", "[text] the army"),
    ],
)
def test_what_brackets_explain_in_a_sentence_is_read_as_in_parentheses(text, read):
    assert readable(text) == read


def test_what_is_read_as_a_round_bracket_stays_the_square_one_that_it_is():
    text = "taken by the MLF [Mountain Front], they said"
    tokens = load_language_model().read(text).tokens
    assert [one.text for one in tokens if one.text in "()[]"] == ["[", "]"]
    assert all(text[one.start : one.end] == one.text for one in tokens)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("\u26a1\ufe0fMalian troops left.", "  Malian troops left."),
        ("\U0001f1f2\U0001f1f1Gao: two hurt \U0001f6a8", "  Gao: two hurt  "),
        # Marks that items of lists begin with stay.
        ("\u2022 Gao: two hurt", "\u2022 Gao: two hurt"),
    ],
)
def test_pictures_are_no_part_of_the_words_beside_them(text, read):
    assert readable(text) == read


def test_a_preposition_that_begins_a_sentence_is_no_given_name():
    """The statistical model takes "Near Konna" for a person."""
    document = load_language_model().read("Near Konna, two died.")
    people = [one.text for one in document.entities if one.label == "PERSON"]
    assert people == ["Konna"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The army wasn`t in Gao, Mali`s minister said.", "The army wasn't in Gao, Mali's minister said."),
        ("Run `gao` or ``mali`` on Monday.", "Run `gao` or ``mali`` on Monday."),
    ],
)
def test_a_grave_accent_inside_a_word_is_the_apostrophe_it_was_typed_for(text, read):
    assert readable(text) == read
