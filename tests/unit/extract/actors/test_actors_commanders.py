"""Whose men are meant where a person is named as theirs."""

import datetime as dt

import pytest

from geoconflict.errors import ConfigError
from geoconflict.extract.actors.lexicon import load_actor_lexicon
from geoconflict.extract.reader import Reader
from geoconflict.models import Report
from geoconflict.places.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def captors():
    reader = Reader(Gazetteer.open())

    def read(text, on=dt.date(2008, 11, 1)):
        (mention,) = reader.read(Report(report_id="r1", text=text, published_on=on)).mentions
        return mention.sub_event_type, [one.name for one in mention.actors if one.part == "agent"]

    return read


OVERTAKEN, REGAINED = "Non-state actor overtakes territory", "Government regains territory"


@pytest.mark.parametrize(
    "text",
    [
        "Troops of Laurent Nkunda captured Rutshuru on Monday.",
        "Laurent Nkunda's troops captured Rutshuru on Monday.",
        "Soldiers loyal to Laurent Nkunda captured Rutshuru on Monday.",
        "Forces led by General Laurent Nkunda captured Rutshuru on Monday.",
    ],
)
def test_the_men_of_a_known_leader_are_his_group(captors, text):
    assert captors(text) == (OVERTAKEN, ["National Congress for the Defence of the People"])


def test_whom_a_person_leads_depends_on_the_day(captors):
    text = "The forces of Charles Taylor captured Gbarnga on Monday."
    assert captors(text, dt.date(1990, 7, 13)) == (OVERTAKEN, ["National Patriotic Front of Liberia"])
    assert captors(text, dt.date(2002, 7, 13)) == (REGAINED, ["Military Forces of Liberia"])


def test_the_men_of_another_commander_are_an_armed_group_of_their_own(captors):
    assert captors("Troops of General Mirko Xanthos captured Rutshuru on Monday.") == (
        OVERTAKEN,
        ["Forces of Mirko Xanthos"],
    )


def test_those_of_a_head_of_state_or_of_nobody_with_a_rank_are_the_army(captors):
    for owner in ("President Mirko Xanthos", "Mirko Xanthos"):
        assert captors(f"Troops of {owner} captured Rutshuru on Monday.") == (REGAINED, ["Military Forces"])


def test_those_of_a_fallen_head_of_state_are_the_army_no_more(captors):
    assert captors("Troops loyal to former president Mirko Xanthos captured Rutshuru on Monday.") == (
        OVERTAKEN,
        ["Forces of Mirko Xanthos"],
    )
    assert captors("Forces loyal to the ousted president captured Rutshuru on Monday.") == (
        OVERTAKEN,
        ["Unidentified Armed Group"],
    )
    assert captors("Forces loyal to the president captured Rutshuru on Monday.")[0] == REGAINED


def test_a_nation_before_the_noun_wins(captors):
    text = "Russian troops under General Alexander Xanth captured Argun on Monday."
    assert captors(text) == (REGAINED, ["Military Forces of Russia"])


def test_of_the_army_and_supporters_of_a_person_the_army_is_not_his():
    reader = Reader(Gazetteer.open())
    text = "Heavy fighting between the army and supporters of General Laurent Nkunda broke out in Katale on Monday."
    (mention,) = reader.read(Report(report_id="r1", text=text, published_on=dt.date(2008, 11, 1))).mentions
    assert "Military Forces" in [one.name for one in mention.actors]


@pytest.mark.parametrize("row", ['group = "No such group"\nnames = ["X"]', 'group = "Hamas"'])
def test_a_row_without_a_known_group_or_names_is_refused(tmp_path, row):
    file = tmp_path / "mine.toml"
    file.write_text(f"[[leaders.leader]]\n{row}\n", "utf-8")
    with pytest.raises(ConfigError, match=r"mine\.toml"):
        load_actor_lexicon((str(file),))


def test_a_user_adds_a_leader(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('[[leaders.leader]]\ngroup = "Hamas"\nnames = ["Xanth Yell"]\n', "utf-8")
    lexicon = load_actor_lexicon((str(file),))
    (words, holders), *_ = lexicon.leaders["xanth"]
    assert words == ("Xanth", "Yell")
    assert {one.actor.name for one in holders} == {"Hamas"}
