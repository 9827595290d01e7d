import pytest

from geoconflict.events.scenes import scenes_named
from geoconflict.events.versions import version_of


def named(quote):
    return scenes_named(quote, frozenset(quote.casefold().replace(".", "").split()))


@pytest.mark.parametrize(
    ("quote", "scenes"),
    [
        ("A bomb destroys the Savoy Palace Hotel in Riverton.", {"savoy palace hotel"}),
        ("A bomb destroys the Savoy hotel.", {"savoy hotel"}),
        ("Rebels capture Adil Moravec's Bab al-Hadid compound.", {"bab al hadid compound"}),
        ("Missiles hit the Al Marj Air Base and Riverton International Airport.", {"al marj air base", "riverton international airport"}),
        ("Four are shot dead outside Kfar Oren.", {"kfar oren"}),
        ("Four are shot dead next to Kfar Oren.", {"kfar oren"}),
        ("Four are sent to Kfar Oren.", set()),
        ("Shells hit the Central Market.", set()),
        ("Shells hit a hospital in New Harbour.", set()),
        ("The Army Hospital is hit.", set()),
    ],
)  # fmt: skip
def test_names_of_spots(quote, scenes):
    assert named(quote) == scenes


def test_a_version_has_them():
    from builders import report, source

    assert version_of(source(report("Shells hit the Savoy Hotel."))).scenes == {"savoy hotel"}
