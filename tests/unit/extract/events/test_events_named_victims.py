"""Those whom the figures of an event count are whom it hit."""

import datetime as dt

import pytest

from geoconflict.extract.reader import Reader
from geoconflict.models import Report
from geoconflict.places.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def targets():
    reader = Reader(Gazetteer.open())

    def read(text):
        mentions = reader.read(Report(report_id="r1", text=text, published_on=dt.date(2022, 6, 20))).mentions
        return sorted({one.name for mention in mentions for one in mention.actors if one.part == "target"})

    return read


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("A motorcycle hit an explosive device near Bosso on 14 June; eight gendarmes died.", ["Police Forces"]),
        ("Thirteen marines died in clashes in Marawi.", ["Military Forces"]),
        (
            "A car bomb exploded in Basra on Monday. Four policemen and a child were killed.",
            ["Civilians", "Police Forces"],
        ),
        ("Artillery shelled Khan Younis on Sunday, killing 66 Palestinians.", ["Civilians (Palestine)"]),
        ("Gunmen bombed a mosque in Basra on Monday; at least 35 worshippers are dead.", ["Civilians"]),
        ("A bomb went off in Basra on Monday, leaving twelve soldiers dead.", ["Military Forces"]),
        # people who die in clashes may be fighters
        ("Twelve people died in clashes in Marawi.", []),
        # who lost men is who suffered it, by whatever pronoun
        ("Clashes broke out in Baidoa on Friday. Al-Shabaab said it had lost nine fighters.", ["Al Shabaab"]),
        ('"We lost nine men in Baidoa on Friday," an Al-Shabaab spokesman said.', ["Al Shabaab"]),
        ('"We lost three games in Baidoa on Friday," a coach said.', []),
    ],
)
def test_who_died_is_named(targets, text, hit):
    assert targets(text) == hit
