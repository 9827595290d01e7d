"""Events beside, between and along named places, from a report's words to the columns of its map."""

import pytest
import shapely

from geoconflict.geo import distance_m
from geoconflict.pipeline import ingest
from geoconflict.render.columns import map_columns
from geoconflict.render.payload import Codes
from geoconflict.store import EventStore
from geoconflict.tools import Tools

REPORTS = {
    "2020-10-05-north.txt": "Azerbaijani forces shelled positions 10 km north of Martuni on Sunday, killing three soldiers, Stepanakert said.",
    "2020-10-05-again.txt": "Shells hit a village about ten kilometres north of Martuni on Sunday. Stepanakert was calm.",
    "2020-10-06-between.txt": "Artillery shelled villages between Hadrut and Jabrayil in Nagorno-Karabakh on Monday, killing two people.",
    "2020-07-13-border.txt": "Two soldiers were killed on the Armenian-Azerbaijani border on Sunday.",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("relative")
    (folder / "reports").mkdir()
    for name, text in REPORTS.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    with EventStore(folder / "s.sqlite") as opened:
        ingest([folder / "reports"], opened, Tools())
        yield opened


def test_the_event_lies_ten_kilometres_north_of_the_town_and_two_reports_of_it_are_one(store):
    events = store.events()
    (row,) = [row for row in events.itertuples() if row.place_name == "about 10 km north of Martuni"]
    assert row.n_sources == 2
    assert row.place_precision == "near"
    assert row.killed_best == 3
    assert distance_m(row.geometry.x, row.geometry.y, 47.113, 39.795) == pytest.approx(10_000, abs=5)
    assert 2_000 < row.radius_m < 10_000
    assert "10 km north of Martuni" in row.place_reasons


def test_what_lies_between_two_towns_is_one_event_with_its_toll(store):
    events = store.events()
    (row,) = [row for row in events.itertuples() if row.place_name == "between Hadrut and Jabrayil"]
    assert row.place_precision == "area"
    assert row.geometry.geom_type == "Polygon"
    assert (row.n_sources, row.killed_best) == (1, 2)


def test_a_border_is_drawn_as_its_line(store):
    events = store.events()
    (row,) = [row for row in events.itertuples() if row.place_name == "Armenia–Azerbaijan border"]
    assert (row.place_precision, row.place_kind, row.country) == ("line", "line", "")
    assert shapely.get_dimensions(row.geometry) == 1


def test_the_store_gives_back_the_places_as_they_were(store):
    places = {event.place.place_id: event.place for event in store.event_records() if event.place}
    assert "relative:curated:martuni-karabakh:10km-N" in places
    assert all(type(place).from_dict(place.to_dict()) == place for place in places.values())


def test_the_columns_of_the_map_carry_name_precision_radius_and_shape(store):
    drawn = map_columns(store.events(), store.unlocated()).drawn
    names = list(drawn["place_name"].values)
    at = names.index("about 10 km north of Martuni")
    assert _value(drawn["place_precision"], at) == "near"
    assert 2_000 < _value(drawn["place_radius_m"], at) < 10_000
    assert _value(drawn["place_shape"], at) == 0  # a point with its ring
    corridor = names.index("between Hadrut and Jabrayil")
    assert _value(drawn["place_precision"], corridor) == "area"
    assert _value(drawn["place_shape"], corridor) > 0
    border = names.index("Armenia–Azerbaijan border")
    assert _value(drawn["place_precision"], border) == "line"
    assert _value(drawn["place_shape"], border) > 0


def _value(column, at):
    if isinstance(column, Codes):
        return column.dictionary[int(column.codes[at])]
    return list(column.values)[at]
