"""Folding and tokenising of names."""

from __future__ import annotations

import pytest

from geoconflict.places.names import abbreviation_key, fold, is_latin, tokenise


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Xankəndi", "xankandi"),
        ("Şırnak", "Sirnak"),
        ("N'Djamena", "N’Djaména"),
        ("Ad-Dali'", "Al Dali"),
        ("as-Suwayda", "As Suwayda"),
        ("Deir el-Balah", "Dayr al Balah".replace("Dayr", "Deir")),
        ("Port-au-Prince", "Port au Prince"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Mt Kirs", "Mount Kirs"),
        ("U.S.", "us"),
        ("Göyçay", "GOYCAY"),
        ("Łódź", "Lodz"),
        ("Straße", "STRASSE"),
        ("İzmir", "izmir"),
        ("Xankǝndi", "Xankəndi"),
        ("Washington, D.C.", "Washington DC"),
        ("Ţahrān", "Tahran"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold(one)


@pytest.mark.parametrize(
    ("one", "other"), [("Ganja", "Gaza"), ("as Damascus", "al Damascus"), ("at Gori", "al Gori"), ("Hama", "Homs")]
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("name", ["", "  ", "...", "'", "--"])
def test_a_name_without_letters_has_no_key(name: str) -> None:
    assert fold(name) == ""


def test_offsets_point_into_the_original_text() -> None:
    text = "Near Ağdərə — and Deir  al-Balah’s edge\nlies N’Djaména."
    tokens = tokenise(text)
    assert [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)] == [
        "Near", "Ağdərə", "and", "Deir", "al", "Balah’s", "edge", "lies", "N’Djaména",
    ]  # fmt: skip
    assert tokens.words[1] == "agdara"


def test_decomposed_letters_belong_to_their_word() -> None:
    text = "Şuşa fell"
    tokens = tokenise(text)
    assert tokens.words == ("susa", "fell")
    assert tokens.ends[0] == text.index(" ")


def test_a_possessive_is_set_apart() -> None:
    text = "Armenia's army, Artemivs'k and N'Djamena"
    tokens = tokenise(text)
    assert tokens.possessives == {0: ("armenia", 7)}
    assert "artemivsk" in tokens.words


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Gaza City", True),
        ("Gaza\nCity", True),
        ("Khan-Younis", True),
        ("St. Paul", True),
        ("Gaza. City", False),
        ("Gaza, City", False),
        ("Gaza\n\nCity", False),
        ("Gaza (City", False),
        ("Gaza — City", False),
    ],
)
def test_what_joins_two_words_of_a_name(text: str, joined: bool) -> None:
    assert tokenise(text).joined[1] is joined


def test_abbreviations_are_known_by_their_capitals() -> None:
    assert tokenise("the US and the U.S. told us in the DRC's east").abbreviations == {1: "US", 4: "US", 9: "DRC"}
    assert abbreviation_key("U.A.E.") == "UAE"
    assert abbreviation_key("us") is None
    assert abbreviation_key("MOSCOW") is None
    assert abbreviation_key("A") is None


def test_in_a_text_of_capitals_a_short_word_is_no_abbreviation() -> None:
    tokens = tokenise("A CAR BOMB WENT OFF, THE U.S. AND THE USSR TOLD US.")
    taken = {tokens.starts[index]: key for index, key in tokens.abbreviations.items()}
    assert taken[25] == "US"
    assert "USSR" in taken.values()
    assert "CAR" not in taken.values()
    assert list(taken.values()).count("US") == 1


def test_latin_is_told_from_other_scripts() -> None:
    assert is_latin("Xankəndi")
    assert is_latin("Ta‘izz")
    assert not is_latin("Ստեփանակերտ")
    assert not is_latin("Горловка")
    assert not is_latin("12")
