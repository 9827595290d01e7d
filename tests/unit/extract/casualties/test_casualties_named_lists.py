"""Several people who are told by name, without a number, are counted one by one."""

import pytest
from few_names import mentions_of

from geoconflict.extract.casualties.reader import find_casualties
from geoconflict.extract.language.model import load_language_model


@pytest.fixture(scope="module")
def killed():
    model = load_language_model()

    def found(text):
        return [(one.count.low, one.count.best, one.count.high) for one in find_casualties(model.read(text))]

    return found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Bandits murdered the teacher Ndiaye and the imam Traore near Gao.", 2),
        ("The farmer Marrero and the nurse Odoya were shot dead in Gao.", 2),
        ("The senator Brandt, the banker Weiss and the painter Lange were murdered on Friday.", 3),
        ("Bandits murdered the senator Brandt, the banker Weiss and three drivers.", 5),
        ("Bandits murdered the senator Brandt, her husband and three aides.", 5),
        ("Bandits shot dead the surgeon Lena Brandt, her two daughters and a cook.", 4),
        ("Rebels killed Colonel Brandt, Captain Weiss and two sentries.", 4),
    ],
)
def test_each_name_of_a_list_is_one_more(killed, text, count):
    assert killed(text) == [(count, count, count)]


@pytest.mark.parametrize(
    "text",
    [
        "Bandits murdered the senator Brandt, the sister of the banker Weiss.",
        "Bandits murdered the senator Brandt and the banker Weiss escaped.",
        "Bandits murdered the senator Brandt and the banker Weiss's brother was arrested.",
        "Bandits murdered the senator Brandt, her two daughters fled.",
        "The senator Brandt, the mayor of Gao, was murdered.",
    ],
)
def test_who_else_is_named_without_having_died_is_not_counted(killed, text):
    assert killed(text) == [(1, 1, 1)]


@pytest.mark.parametrize(
    "text", ["Bandits murdered the senator Brandt and villagers in Gao.", "Bandits murdered the senator and villagers."]
)
def test_with_people_who_cannot_be_counted_the_number_is_open(killed, text):
    assert killed(text) == [(3, None, None)]


def test_somebody_called_like_a_town_is_no_place():
    (told,) = mentions_of("Bandits murdered the senator Brandt and the shopkeeper Menaka in Gao on Friday.")
    assert told.place.surface == "Gao"
    (told,) = mentions_of("Bandits murdered the senator Brandt in the town of Menaka on Friday.")
    assert told.place.surface == "Menaka"
