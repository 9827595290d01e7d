import pytest

from geoconflict.extract.casualties.reader import find_casualties
from geoconflict.extract.casualties.rising import with_rising_tolls
from geoconflict.extract.language.model import load_language_model


@pytest.fixture(scope="module")
def killed():
    model = load_language_model()

    def read(text):
        document = model.read(text)
        figures = with_rising_tolls(document, find_casualties(document))
        return [(one.count.best, one.scope) for one in figures if one.measure == "killed"]

    return read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Two more men died of their wounds on Friday, raising the death toll from Tuesday's bombing in Gao to nine.",
            [(9, "event")],
        ),
        ("Three more bodies were found, bringing the toll to 14.", [(14, "event")]),
        ("The death toll rose to 31 after six people died in hospital.", [(31, "event")]),
        # Others who were killed: the toll is of more than what killed them.
        ("Two marines were killed on Sunday, bringing the toll this month to nine.", [(2, "event"), (9, "war")]),
        # Nothing says that these are counted in it.
        ("Four guards were killed. The toll of the attack on the market reached 20.", [(4, "event"), (20, "event")]),
    ],
)
def test_a_toll_takes_in_the_dead_that_make_it_rise(killed, text, expected):
    assert killed(text) == expected
