"""Names that are very long, in other scripts, or hold what cannot be seen: an answer for each, in bounded time."""

import time

import pytest
from tiny_gazetteer import TinyGazetteer

from geoconflict.places import Found, Gazetteer, Geocoder, NotFound
from geoconflict.places.names import fold, tokenise

ODD_NAMES = {
    "10,000 letters": "Martuni" * 1_430,
    "10,000 words": "Martuni " * 10_000,
    "10,000 marks on a letter": "A" + "\u0301" * 10_000,
    "10,000 hyphens": "Deir-" * 2_000,
    "10,000 brackets": "(" * 5_000 + "X" + ")" * 5_000,
    "10,000 apostrophes": "N'" * 5_000,
    "10,000 zero-width spaces": "M" + "\u200b" * 10_000 + "artuni",
    "words of kind": "town of " * 1_300,
    "and and and": "Homs and " * 1_200,
    "Armenian": "Ստեփանակերտ",
    "Cyrillic": "Степанакерт",
    "Arabic": "مرتوني",
    "Hebrew with points": "יְרוּשָׁלַיִם",
    "Chinese": "斯捷潘納克特",
    "a mixture": "Martuni Мартуни Մարտունի مرتوني",
    "only controls": "\u202e\u200b\u2066",
}


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
def test_every_name_gets_an_answer_with_reasons(gazetteer, name):
    started = time.process_time()
    answer = Geocoder(gazetteer).geocode(name, country="Azerbaijan", admin1=name, fallback_to_admin=True)
    assert isinstance(answer, Found | NotFound)
    assert answer.reasons
    # The slowest takes about a second; work that grows with the square of the length would take minutes.
    assert time.process_time() - started < 6


@pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u034f"])
def test_what_cannot_be_seen_hides_no_name(gazetteer, hidden):
    hiding = f"Mar{hidden}tuni"
    assert fold(hiding) == "martuni"
    assert gazetteer.lookup(hiding)[0].place == gazetteer.lookup("Martuni")[0].place
    text = f"Shells hit {hiding} today."
    assert [match.end for match in gazetteer.match_at(text, 11)] == [11 + len(hiding)]


def test_marks_of_direction_around_a_name_are_no_part_of_it(gazetteer):
    tokens = tokenise("near \u202eMartuni\u202c now")
    assert tokens.words == ("near", "martuni", "now")
    assert (tokens.starts[1], tokens.ends[1]) == (6, 13)


@pytest.mark.parametrize("name", ["Nagorno-Karaba\u0301kh", "Nagorno-Karab\u00e1kh", "NAGORNO-KARABAKH"])
def test_composed_and_decomposed_letters_are_one(gazetteer, name):
    assert gazetteer.lookup(name)


def test_a_question_asked_again_gets_the_same_answer_without_a_look_up():
    tiny = TinyGazetteer()
    geocoder = Geocoder(tiny)
    first = geocoder.geocode("Tessal", near=(1.0, 18.0))
    n_lookups = tiny.n_lookups
    assert geocoder.geocode("Tessal", near=(1.0, 18.0)) is first
    assert tiny.n_lookups == n_lookups
    assert geocoder.geocode("Tessal", country="Niger") != first
