"""The nationality of a hospital or a school says nothing of the country that it stands in."""

import re

import pytest
from tiny_gazetteer import TinyGazetteer

from geoconflict.models import Toponym
from geoconflict.places import resolve
from geoconflict.places.context import read_context
from geoconflict.places.peoples import people_named


def toponyms(text: str, *names: str) -> list[Toponym]:
    spans = sorted(match.span() for name in names for match in re.finditer(name, text))
    return [Toponym(start=start, end=end, surface=text[start:end], score=0.9) for start, end in spans]


@pytest.mark.parametrize(
    "text",
    [
        "A shell hit the Saudi hospital in Tessal.",
        "A shell hit the Saudi hospital of Tessal.",
        "A shell hit the Turkish maternity hospital near Tessal.",
        "A shell hit a Turkish School in Tessal.",
        "Gunmen stormed the Iranian consulate in Tessal.",
    ],
)
def test_an_institution_of_another_country_leaves_the_town_where_it_is(text):
    names = toponyms(text, "Tessal")
    assert people_named(text, names) == {}
    assert [link.country for link in read_context(text, names).containments] == []
    (answer,) = resolve(names, gazetteer=TinyGazetteer(), text=text)
    assert (answer.place.country, answer.score > 0.9) == ("MLI", True)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("A shell hit a Turkish hospital in Tessal.", "TUR"),
        ("Turkish police stormed a hospital in Tessal.", "TUR"),
        ("The Turkish army shelled Tessal.", "TUR"),
        ("They took the Turkish market town of Tessal.", "TUR"),
    ],
)
def test_all_other_words_of_a_people_still_count(text, country):
    assert people_named(text, toponyms(text, "Tessal")) == {country: 1}


@pytest.mark.parametrize("text", ["the Malian town of Tessal.", "the Malian market town of Tessal."])
def test_the_adjective_of_a_town_says_where_it_lies(text):
    assert [link.country for link in read_context(text, toponyms(text, "Tessal")).containments] == ["MLI"]


def test_a_kind_behind_an_article_is_of_what_the_town_holds():
    text = "Shells fell on Salam, a district of Tessal."
    context = read_context(text, toponyms(text, "Salam", "Tessal"))
    assert context.kind_words == ("", "")
    assert [(link.inner, link.outer, link.binding) for link in context.containments] == [(0, 1, 1.0)]


def test_names_of_a_long_row_do_not_lie_in_each_other():
    names = ["Aaa", "Bbb", "Ccc", "Ddd", "Eee", "Fff", "Ggg", "Hhh", "Iii", "Jjj", "Kkk", "Lll"]
    long = f"They came from {', '.join(names[:-1])} and {names[-1]}."
    assert all(link.binding == 0.0 for link in read_context(long, toponyms(long, *names)).containments)
    pairs = "They came from Aaa, Bbb, and Ccc, Ddd."
    assert any(link.binding == 1.0 for link in read_context(pairs, toponyms(pairs, *names[:4])).containments)
