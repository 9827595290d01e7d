"""Names tied together by hyphens: the whole is a name or nothing is, unless two names stand beside each other."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.extract.toponyms.compounds import tied_words
from geoconflict.extract.toponyms.text_words import split_words
from geoconflict.models import Report
from geoconflict.places import Gazetteer


@pytest.fixture(scope="module")
def reader():
    return Reader(Gazetteer.open())


def surfaces(reader, text):
    report = Report(report_id="r1", text=text, published_on=dt.date(2023, 5, 12))
    return [one.surface for one in reader.read(report).toponyms]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Kamianets-Podilskyi",
            "Ivano-Frankivsk",
            "Bilhorod-Dnistrovskyi",
            "Rostov-on-Don",
            "Port-au-Prince",
            "Kaga-Bandoro",
        ),
        *("Mazar-i-Sharif", "Pul-e-Khumri", "Sar-e-Pul", "Deir ez-Zor", "Ras al-Ain", "Grand-Bassam", "Guinea-Bissau"),
    ],
)
def test_a_compound_that_is_known_is_one_name(reader, name):
    assert surfaces(reader, f"Shells hit {name} on Monday, killing two people.") == [name]


@pytest.mark.parametrize(
    ("name", "half"),
    [
        ("Pereiaslav-Khmelnytskyi", "Khmelnytskyi"),
        ("Frankfurt-an-der-Oder", "Frankfurt"),
        ("Masisi-sur-Kivu", "Masisi"),
        ("Tikrit-e-Bala", "Tikrit"),
        ("Zeleni-Vitez", "Vitez"),
        ("Arauca-del-Monte", "Arauca"),
    ],
)
def test_half_of_a_compound_is_no_place(reader, name, half):
    assert half not in surfaces(reader, f"Shells hit {name} on Monday, killing two people.")


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        ("on the Berlin-Paris train", {"Berlin", "Paris"}),
        ("in the Amsterdam-London leg of the trip", {"Amsterdam", "London"}),
        ("in Goma-based hospitals", {"Goma"}),
    ],
)
def test_names_beside_each_other_stay_two(reader, phrase, names):
    found = surfaces(reader, f"Two people were killed {phrase} on Monday.")
    assert names <= set(found)


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("at Novo-Petrivka today", ["Novo-Petrivka"]),
        ("at Ford-an-der-Ruhr today", ["Ford-an-der-Ruhr"]),
        ("the Ruritania-backed men", []),
        ("a well-known man", []),
        ("from Aa-Bb-Cc-Dd-Ee-Ff-Gg on", []),
        ("Aa-to-Bb", []),
    ],
)
def test_what_hyphens_tie_together(text, tied):
    words = split_words(text)
    assert [text[words[first].start : words[last].end] for first, last in tied_words(words)] == tied


@pytest.mark.parametrize("word", ["NaN", "Nan", "None", "Null", "NULL", "Give", "Came", "Got", "Bed", "Drug", "Paper"])
def test_an_empty_cell_and_a_common_word_are_no_places(reader, word):
    assert surfaces(reader, f"{word}: two soldiers were killed in shelling on Monday.") == []


def test_a_town_called_like_a_word_is_found_by_what_stands_beside_it(reader):
    assert surfaces(reader, "Clashes in Nan, Thailand, killed two people.") == ["Nan", "Thailand"]
