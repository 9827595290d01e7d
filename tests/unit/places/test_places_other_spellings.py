import pytest
from tiny_gazetteer import TinyGazetteer

from geoconflict.models import Resolution, Role, Toponym
from geoconflict.places import resolve
from geoconflict.places.other_spellings import spelled_otherwise


def read(text: str, *names: str, score: float = 0.9) -> dict[str, Resolution]:
    toponyms = [
        Toponym(
            start=text.index(name), end=text.index(name) + len(name), surface=name, score=score, role=Role.EVENT_PLACE
        )
        for name in names
    ]
    return {one.toponym.surface: one for one in resolve(toponyms, gazetteer=TinyGazetteer(), text=text)}


def chosen(answer: Resolution) -> str | None:
    return answer.place.place_id.removeprefix("tiny:") if answer.place else None


def test_a_report_that_names_its_country_finds_a_town_spelled_otherwise():
    answer = read("Shells fell on Tessaal, south of Kidore, in Mali.", "Tessaal", "Kidore", "Mali")["Tessaal"]
    assert chosen(answer) == "tessal"
    assert 0.5 < answer.score <= 0.85
    assert "'Tessaal' taken for 'Tessal' spelled otherwise" in answer.reasons
    assert "the only place known by this name" not in answer.reasons


def test_a_quarter_of_a_town_is_no_village_of_another_spelling():
    text = "Shells fell on the suburb of Tessaal, south of Kidore, in Mali."
    assert chosen(read(text, "Tessaal", "Kidore", "Mali")["Tessaal"]) != "tessal"


def test_two_other_names_in_a_country_are_enough():
    names = ("Tessaal", "Gourma", "Kidore")
    assert chosen(read("Shells fell on Tessaal, Gourma and Kidore.", *names)["Tessaal"]) == "tessal"


def test_a_village_far_from_all_towns_of_the_report_is_not_meant(monkeypatch):
    monkeypatch.setattr(
        "geoconflict.places.other_spellings._FARTHEST_M", -1_000_000.0
    )  # even Kidore, a region, is too far then
    names = ("Tessaal", "Gourma", "Kidore")
    assert chosen(read("Shells fell on Tessaal, Gourma and Kidore.", *names)["Tessaal"]) is None


def test_one_other_name_is_not():
    assert chosen(read("Shells fell on Tessaal and Gourma.", "Tessaal", "Gourma")["Tessaal"]) is None


def test_a_report_about_two_countries_finds_none():
    text = "Niger and Mali spoke of Tessaal and Tassiga."
    assert chosen(read(text, "Niger", "Mali", "Tessaal", "Tassiga")["Tessaal"]) is None


def test_a_country_far_from_the_report_is_not_tried():
    text = "In Niger, shells fell on Tessaal and Tassiga."
    assert chosen(read(text, "Niger", "Tessaal", "Tassiga")["Tessaal"]) is None


def test_two_places_that_it_may_mean_are_none():
    answer = read("In Mali, shells fell on Muraddabad and Gourma.", "Mali", "Muraddabad", "Gourma")["Muraddabad"]
    assert chosen(answer) is None
    assert not answer.alternatives


def test_a_short_name_a_doubtful_one_and_a_unit_are_tried_in_no_other_spelling():
    text = "In Mali, shells fell on the province of Tessaal, not on Gourma."
    assert chosen(read(text, "Mali", "Tessaal", "Gourma")["Tessaal"]) is None
    text = "In Mali, shells fell on Tessaal, not on Gourma."
    assert chosen(read(text, "Mali", "Tessaal", "Gourma", score=0.3)["Tessaal"]) is None
    assert chosen(read(text.replace("Tessaal", "Tesal"), "Mali", "Tesal", "Gourma")["Tesal"]) is None


def test_a_name_that_has_candidates_is_asked_for_in_no_other_spelling(monkeypatch):
    monkeypatch.setattr(TinyGazetteer, "spelled_like", lambda *_: pytest.fail("asked"))
    assert chosen(read("In Mali, shells fell on Tessal and Gourma.", "Mali", "Tessal", "Gourma")["Tessal"]) == "tessal"


def test_only_settlements_of_the_country_that_fit_are_found():
    names = TinyGazetteer()
    found, note = spelled_otherwise("Tessaal", "MLI", names, None)
    assert [one.place.name for one in found] == ["Tessal"]
    assert note == "'Tessaal' taken for 'Tessal' spelled otherwise"
    assert spelled_otherwise("Tessaal", "NER", names, None) == ([], "")
    assert spelled_otherwise("Tessaal", "MLI", names, None, fits=lambda place: False) == ([], "")
    assert spelled_otherwise("Tessaal", "MLI", names, None, least=0.99) == ([], "")
    assert spelled_otherwise("Iferaas", "MLI", names, None) == ([], "")
