import datetime as dt

import pytest
from event_frames import event, events_frame

from geoconflict.errors import InputError, MapError
from geoconflict.render.event_map import EventMap
from geoconflict.render.look import Phase, coloured_style, phase_rows

DAY = dt.date(2020, 10, 10)


def test_phases_become_days_since_1970_in_order():
    rows = phase_rows(
        [Phase(DAY, None, "War goes on"), Phase(dt.date(1970, 1, 2), dt.date(1970, 1, 3), " Truce ", "ceasefire")]
    )
    assert rows == [
        {"from": 1, "to": 2, "label": "Truce", "kind": "ceasefire"},
        {"from": 18545, "to": None, "label": "War goes on", "kind": "phase"},
    ]


@pytest.mark.parametrize(
    ("phase", "message"),
    [
        ((DAY, DAY - dt.timedelta(days=1), "x", "phase"), "the phase 'x': starts_on is 2020-10-10, after"),
        ((DAY, "in May", "x", "phase"), "the phase 'x': ends_on: 'in May' is no day"),
        ((DAY, DAY, " ", "phase"), "has no label"),
        ((DAY, DAY, "x", "truce"), "of kind 'truce'"),
    ],
)
def test_a_faulty_phase_is_named(phase, message):
    with pytest.raises((InputError, MapError), match=message):
        phase_rows([phase])


def test_the_days_of_a_phase_may_be_texts():
    assert phase_rows([Phase("2020-10-10", "2020-10-11", "Truce")]) == phase_rows(
        [Phase(DAY, DAY + dt.timedelta(days=1), "Truce")]
    )


def test_colours_change_their_type_alone():
    before, after = coloured_style({}), coloured_style({"Battles": "#123456", "Own": "#abcdef"})
    assert after["types"]["Battles"] == {
        "colour": "#123456",
        "dark": "#123456",
        "shape": before["types"]["Battles"]["shape"],
    }
    assert after["types"]["Riots"] == before["types"]["Riots"]
    assert after["types"]["Own"]["shape"] == before["other"]["shape"]
    assert coloured_style({"Own": "#abcdef"}, ["Own"])["types"]["Own"]["colour"] == "#abcdef"
    assert coloured_style({}) == before
    with pytest.raises(MapError, match="colour of 'Battles' is 'red'"):
        coloured_style({"Battles": "red"})


def test_an_unknown_theme_is_refused():
    with pytest.raises(MapError, match="theme is 'sepia'; it is auto or light or dark"):
        EventMap(events_frame([event(1)]), basemap=False, theme="sepia")
