"""Joint forces are no state's army by themselves, and "the army" is that of the one country at play."""

import pytest
from few_names import mentions_of

from geoconflict.models import ActorKind


def agents(text):
    return [[one.name for one in mention.actors if one.part in ("agent", "party")] for mention in mentions_of(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Darfur joint forces shelled El Fasher on Monday.", "Joint Forces (Darfur)"),
        ("The joint force shelled Nyala on Monday, residents said.", "Joint Forces"),
        ("The joint forces attacked rebels in Kidal on Monday.", "Joint Forces"),
        ("Fighters of the joint force killed 12 rebels in Gao on Monday.", "Joint Forces"),
        ("The Joint Forces captured Menaka on Monday.", "Joint Forces"),
        ("Nyala was shelled by the joint force on Monday.", "Joint Forces"),
    ],
)
def test_joint_forces_are_named_as_such_and_are_of_no_kind(text, name):
    (mention,) = mentions_of(text)
    (actor,) = (one for one in mention.actors if one.part == "agent")
    assert (actor.name, actor.kind, actor.country) == (name, ActorKind.UNKNOWN, None)


def test_joint_forces_of_a_state_are_its_army_and_those_with_a_name_of_their_own_keep_it():
    assert agents("Joint forces of the Malian government attacked rebels in Gao on Monday.") == [
        ["Military Forces of Mali"]
    ]
    assert agents("The G5 Sahel Joint Force attacked rebels in Gao on Monday.") == [["G5 Sahel Joint Force"]]


def test_who_took_a_town_with_joint_forces_is_not_said():
    (mention,) = mentions_of("The joint forces attacked Gao on Monday.")
    assert mention.sub_event_type == "Armed clash"


@pytest.mark.parametrize(
    "text",
    [
        "Mali's army bombed Gao on Monday. On Tuesday the army shelled Kidal.",
        "The Malian army bombed Gao on Monday. On Tuesday the military shelled Kidal.",
        "Malian forces bombed Gao on Monday. On Tuesday troops shelled Kidal.",
        "Malian soldiers fought rebels in Gao on Monday. On Tuesday the army shelled Kidal.",
        "On Monday the army bombed Gao. On Tuesday Mali's army shelled Kidal.",
        "The government of Mali said rebels had attacked it. On Tuesday the army shelled Kidal.",
    ],
)
def test_the_army_is_that_of_the_one_country_that_the_report_speaks_of(text):
    last = mentions_of(text)[-1]
    assert [(one.name, one.country) for one in last.actors] == [("Military Forces of Mali", "MLI")]


@pytest.mark.parametrize(
    "text",
    [
        "On Tuesday the army shelled Kidal.",
        "Rebels from Chad attacked Gao on Monday. On Tuesday the army shelled Kidal.",
        "Mali's army bombed Gao on Monday. Niger's army attacked Menaka. On Tuesday the army shelled Kidal.",
        "Russian forces shelled Gao on Monday. On Tuesday the army shelled Kidal.",  # they do not lie in Russia
    ],
)
def test_with_another_country_or_none_it_is_nobodys(text):
    last = mentions_of(text)[-1]
    assert [(one.name, one.country) for one in last.actors] == [("Military Forces", None)]


def test_an_army_that_is_named_is_on_one_side_only():
    (mention,) = mentions_of("The army attacked Malian soldiers in Gao on Monday.")
    assert ("Military Forces of Mali", "agent") not in [(one.name, one.part) for one in mention.actors]
