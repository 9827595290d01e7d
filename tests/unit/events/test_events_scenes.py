import pytest

from geoconflict.events.scenes import scenes_named, spots_hit
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
        ("Gunmen attack the Northland Consulate.", {"northland embassy"}),
        ("Gunmen attack the Northland mission.", {"northland embassy"}),
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


@pytest.mark.parametrize(
    ("quote", "spots"),
    [
        ("A bomb hit a bus near a bazaar.", {"bus", "market"}),
        ("A bomb hit the army base.", {"army base"}),
        ("A bomb killed six, hospital officials said.", set()),
        ("A bomb hurt six, who were taken to the hospital.", set()),
        ("A bomb went off. " + "Nobody knows why. " * 6 + "A market is near.", set()),
    ],
)
def test_what_was_hit_by_its_common_name(quote, spots):
    start = quote.index("bomb")
    assert spots_hit(quote, start, start + 4) == spots
