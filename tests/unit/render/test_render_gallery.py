"""The gallery: what a card says of its map, and a page that holds text as text and loads nothing."""

import datetime as dt
import re

import geopandas
import pytest
import shapely
from event_frames import event, events_frame, source, unlocated_frame, war

from geoconflict.render.columns import map_columns
from geoconflict.render.event_map import EventMap
from geoconflict.render.gallery import MapCard, gallery_page, map_card, write_gallery
from geoconflict.render.look import day_number


def card(**values):
    given = {
        "title": "A war", "description": "", "file": "war.html", "first_day": "2020-09-27", "last_day": "2020-11-10",
        "n_events": 3, "n_on_map": 2, "killed_low": 1, "killed_high": 4, "n_with_killed": 2, "data_day": "2020-11-11",
        "picture": "<svg></svg>",
    }  # fmt: skip
    return MapCard(**(given | values))


def card_of(rows, unlocated=(), draw=lambda dots: str(len(list(dots))), **values):
    columns = map_columns(events_frame(rows), unlocated_frame(list(unlocated)), **({"min_score": 0.5} | values))
    return map_card(columns, file="a.html", title="A", description="", draw=draw)


def test_titles_are_text_and_file_names_are_quoted(tmp_path):
    page = gallery_page([card(title="<b>A & B</b>", description="</p><script>", file='war "1".html')])
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in page
    assert "<script" not in page
    assert 'href="war%20%221%22.html"' in page
    write_gallery(tmp_path / "index.html", [card()])
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == gallery_page([card()])


def test_a_page_that_says_the_same_is_left_alone(tmp_path):
    path = tmp_path / "index.html"
    write_gallery(path, [card()])
    before = path.stat().st_mtime_ns
    write_gallery(path, [card()])
    assert path.stat().st_mtime_ns == before


def test_the_page_names_nothing_that_a_browser_would_load():
    page = gallery_page([card()])
    assert not re.search(r"<(script|link|img|iframe)|url\(|@import", page)


def test_a_card_survives_json():
    assert MapCard.from_json(card(killed_low=None).to_json()) == card(killed_low=None)


def test_events_that_are_not_drawn_are_told_apart():
    rows = [event(1), event(2, score=0.2), event(3, place_precision="country")]
    made = card_of(rows, [event(4)])
    assert (made.n_on_map, made.n_events, made.picture) == (1, 4, "1")
    assert sum(made.n_off.values()) == 3
    assert "1 on the map, 3 listed beside it" in gallery_page([made])


def test_the_dead_are_a_range_over_the_events_that_give_a_figure():
    rows = [
        event(1, killed_low=2, killed_best=3, killed_high=5),
        event(2, killed_best=4),
        event(3),
        event(4, killed_low=100, status="denied"),
    ]
    made = card_of(rows)
    assert (made.killed_low, made.killed_high, made.n_with_killed) == (6, 9, 2)
    assert "6–9, in 2 events that give a figure" in gallery_page([made])


def test_the_dead_are_added_up_as_on_the_page():
    # Where only a highest figure is given, the lowest is nobody; the likeliest stands for either that is missing.
    made = card_of([event(1, killed_high=9), event(2, killed_best=2, killed_high=3), event(3, killed_low=1)])
    assert (made.killed_low, made.killed_high, made.n_with_killed) == (3, 13, 3)


def test_what_has_no_day_or_lies_outside_the_timeline_is_not_on_the_map():
    rows = [
        event(1, starts_on="2020-10-01", ends_on="2020-10-03", killed_low=1),
        event(2, starts_on=None, ends_on=None, killed_low=10),
        event(3, starts_on="2020-09-01", ends_on="2020-09-30", killed_low=100),
        event(4, starts_on="2020-10-20", ends_on="2020-12-31", killed_low=1000),
        event(5, starts_on="2020-11-01", ends_on="2020-11-01", killed_low=10000),
        event(6, score=None),
    ]
    october = (day_number(dt.date(2020, 10, 1)), day_number(dt.date(2020, 10, 31)))
    made = card_of(rows, min_score=0.0, span=october)
    assert (made.n_on_map, made.killed_low) == (3, 1001)
    assert (made.first_day, made.last_day) == ("2020-10-01", "2020-10-31")


def test_a_frame_of_others_has_a_card():
    frame = geopandas.GeoDataFrame(
        {"date": ["2020-10-04"], "killed": [3]}, geometry=geopandas.points_from_xy([46.7], [39.8]), crs="EPSG:4326"
    )
    made = EventMap(frame, basemap=False).card(file="a.html")
    assert (made.n_on_map, made.killed_low, made.killed_high, made.first_day) == (1, 3, 3, "2020-10-04")


def test_dots_across_the_date_line_stand_beside_the_others():
    found = []
    rows = [event(n, geometry=shapely.Point(lon, -17.0), place_id=f"p:{n}") for n, lon in ((1, -179.0), (2, 179.0))]
    card_of(rows, draw=lambda dots: found.extend(dots) or "")
    assert sorted(dot.lon for dot in found) == [179.0, 181.0]


def test_unknown_is_never_zero():
    made = card_of([event(1)])
    assert (made.killed_low, made.killed_high) == (None, None)
    assert "no figures" in gallery_page([made])


def test_period_and_date_of_the_data():
    rows = [
        event(1, starts_on="2020-10-01", ends_on="2020-10-03", sources=[source(1, published_on="2020-10-09")]),
        event(2, starts_on=None, ends_on="2020-10-20"),
    ]
    made = card_of(rows)
    assert (made.first_day, made.last_day, made.data_day) == ("2020-10-01", "2020-10-20", "2020-10-09")
    page = gallery_page([made])
    assert "1 October – 20 October 2020" in page
    assert "9 October 2020" in page


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2020-10-01", "2020-10-01", "1 October 2020"),
        ("2019-12-31", "2020-01-01", "31 December 2019 – 1 January 2020"),
        ("", "", "no day known"),
    ],
)
def test_periods_in_words(first, last, text):
    assert f"<dd>{text}</dd>" in gallery_page([card(first_day=first, last_day=last)])


def test_the_card_of_a_map_has_its_picture_and_is_the_same_each_time():
    arguments = war()
    events = arguments.pop("events")
    event_map = EventMap(events, **arguments)
    made = event_map.card(file="war.html")
    assert made.title == "Six weeks of war in the highlands"
    assert made.picture.startswith("<svg")
    assert made.picture.count("<circle") > 10
    assert dt.date.fromisoformat(made.data_day)
    assert made == EventMap(events.iloc[::-1], **arguments).card(file="war.html")


def test_an_empty_map_has_a_card():
    made = card_of([])
    assert (made.n_events, made.first_day, made.data_day) == (0, "", "")
    assert "unknown" in gallery_page([made])
