"""What the words say lies by what: of which name, by which, and how surely."""

import pytest

from geoconflict.models import Role, Toponym
from geoconflict.places.context import read_context
from geoconflict.places.enumerations import enumerations
from geoconflict.places.nearness import read_nearness


def besides(text, *names, role=Role.EVENT_PLACE):
    toponyms = [
        Toponym(start=text.index(name), end=text.index(name) + len(name), surface=name, score=0.9, role=role)
        for name in names
    ]
    found = read_nearness(text, toponyms, enumerations(text, toponyms))
    return [(names[one.index], [names[at] for at in one.others], one.strength) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on Zelquna near Agdam.",
        "Shells fell on Zelquna, a small mining village near Agdam.",
        "Shells fell on the Zelquna camp, which lies just outside the besieged town of Agdam.",
        "Shells fell on Zelquna, close to Agdam.",
        "Shells fell on the Zelquna camp for displaced families near Agdam.",
        "Shells fell on Zelquna, across the river from Agdam.",
    ],
)
def test_a_village_lies_near_the_town_behind_it(text):
    assert besides(text, "Zelquna", "Agdam") == [("Zelquna", ["Agdam"], 1.0)]


@pytest.mark.parametrize("gap", [" on the road to ", ", on the main highway to ", " along the road from "])
def test_a_village_on_the_road_to_a_town_lies_less_surely_in_its_land(gap):
    assert besides(f"Shells fell on Zelquna{gap}Agdam.", "Zelquna", "Agdam") == [("Zelquna", ["Agdam"], 0.2)]


def test_near_holds_for_a_whole_list_and_less_surely_for_its_first_names():
    found = besides("Shells fell on Ugurlu, Zelquna and Sirab near Agdam.", "Ugurlu", "Zelquna", "Sirab", "Agdam")
    assert found == [("Sirab", ["Agdam"], 1.0), ("Ugurlu", ["Agdam"], 0.5), ("Zelquna", ["Agdam"], 0.5)]


def test_nearby_is_near_one_of_the_names_before():
    text = "Rebels in Agdam and Barda fled. Shells fell on the nearby village of Zelquna."
    assert besides(text, "Agdam", "Barda", "Zelquna") == [("Zelquna", ["Agdam", "Barda"], 1.0)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Zelquna fired at troops near Agdam.", Role.EVENT_PLACE),
        ("Fighters from Zelquna near Agdam fired.", Role.EVENT_PLACE),
        ("Zelquna, near Agdam, said so.", Role.ACTOR_METONYM),
        ("A raid on Agdam and a raid nearby Zelquna.", Role.EVENT_PLACE),
        ("Agdam is calm.\n\nThe nearby village of Zelquna is not.", Role.EVENT_PLACE),
    ],
)
def test_other_words_tell_of_no_nearness(text, role):
    assert besides(text, *sorted(("Zelquna", "Agdam"), key=text.index), role=role) == []


@pytest.mark.parametrize(
    ("text", "inner", "strength"),
    [
        ("In Syria's Latakia province, rebels overran Zelquna.", ["Zelquna"], 0.7),
        ("In Latakia province, rebels overran Zelquna and Agdam.", ["Zelquna", "Agdam"], 0.7),
        ("In Syria, rebels overran Zelquna.", ["Zelquna"], 0.6),
        ("In Latakia, rebels overran Zelquna.", [], 0.0),
        ("Rebels in Latakia province overran Zelquna.", [], 0.0),
    ],
)
def test_what_opens_a_sentence_holds_what_it_tells_of(text, inner, strength):
    names = [name for name in ("Latakia", "Syria", "Zelquna", "Agdam") if name in text]
    mentions = [
        Toponym(
            start=text.index(name), end=text.index(name) + len(name), surface=name, score=0.9, role=Role.EVENT_PLACE
        )
        for name in sorted(names, key=text.index)
    ]
    outer = max((at for at, one in enumerate(mentions) if one.surface in ("Latakia", "Syria")), default=-1)
    links = [one for one in read_context(text, mentions).containments if "..." in one.phrase and one.outer == outer]
    assert [mentions[one.inner].surface for one in links] == inner
    assert all(one.strength == strength for one in links)
