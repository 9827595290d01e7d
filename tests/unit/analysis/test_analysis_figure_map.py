import io
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from few_events import few_events

from geoconflict.analysis import plot_map
from geoconflict.errors import InputError
from geoconflict.event_extents import distances_m
from geoconflict.geo import EARTH_RADIUS_M

EVENTS = few_events(
    {"at": (46.75, 39.82), "place_name": "Stepanakert"},
    {"at": (46.75, 39.82), "place_name": "Stepanakert", "event_type": "Riots"},
    {"at": (47.11, 39.80), "place_name": "Martuni", "place_precision": "near", "radius_m": 9000.0},
    {"at": shapely.LineString([(46.9, 39.6), (47.2, 39.7)]), "place_precision": "line", "place_name": "the line"},
    {"at": (47.5, 40.4), "place_precision": "country", "place_name": "Azerbaijan"},
    {"at": (46.4, 40.7), "place_name": "Ganja", "status": "denied"},
)
LINE = gpd.GeoDataFrame(
    {"name": ["Front", "Old front"], "approximate": [True, False], "valid_from": pd.to_datetime(["2020-01-01", "1990-01-01"]), "valid_to": pd.to_datetime([None, "1991-01-01"])},
    geometry=[shapely.LineString([(46.6, 39.6), (46.6, 40.0)])] * 2,
    crs="EPSG:4326",
)  # fmt: skip


def texts(figure):
    own = [text.get_text() for text in figure.texts]
    (axes,) = figure.axes[:1]
    legends = [one for one in axes.get_children() if type(one).__name__ == "Legend"]
    return (
        own,
        [text.get_text() for text in axes.texts],
        [text.get_text() for one in legends for text in one.get_texts()],
    )


def test_the_figure_says_what_it_shows_and_what_it_does_not():
    figure = plot_map(EVENTS, title="The war", credit=["Data: the made-up desk"], n_unlocated=2, lines=LINE)
    own, names, legend = texts(figure)
    assert own[0] == "The war"
    said = " ".join(own[1].split())
    assert "1 Oct 2020. 4 events drawn." in said
    assert "Not drawn: 1 known only to a country, region or sea, 2 without a place, 1 denied." in said
    assert own[2].startswith("Data: the made-up desk\nOutlines, waters and names: Natural Earth")
    assert {"Stepanakert", "Martuni"} <= set(names)
    assert "Azerbaijan" not in names
    assert "Battles (3)" in legend
    assert "Riots (1)" in legend
    assert "Front (approximate)" in legend
    assert not any("Old front" in text for text in legend)


def test_one_line_of_credit_may_be_a_plain_string():
    own, _, _ = texts(plot_map(EVENTS, title="The war", credit="Data: the made-up desk"))
    assert own[2].startswith("Data: the made-up desk\nOutlines, waters")


def test_the_scale_bar_is_true_where_it_lies():
    figure = plot_map(EVENTS, bounds=(44.0, 60.0, 48.0, 62.0))
    axes = figure.axes[0]
    (bar,) = [line for line in axes.lines if line.get_gid() == "scale-bar"]
    lon, lat = bar.get_xdata(), bar.get_ydata()
    assert axes.get_ylim()[0] < lat.min() < lat.max() < axes.get_ylim()[1]
    (words,) = [text.get_text() for text in axes.texts if text.get_text().endswith(" km")]
    assert float(distances_m(lon[1], lat[1], lon[2], lat[2])) / 1000 == pytest.approx(
        float(words.removesuffix(" km")), rel=1e-3
    )
    # As long as on a map without distortion at its middle: a degree of latitude is drawn as long as it is.
    x, y = (
        axes.transData.transform([(46.0, 61.0), (46.0, 62.0)]),
        axes.transData.transform([(46.0, 61.0), (47.0, 61.0)]),
    )
    degree = np.pi * EARTH_RADIUS_M / 180
    assert np.hypot(*(x[1] - x[0])) / np.hypot(*(y[1] - y[0])) == pytest.approx(1 / np.cos(np.radians(61)), rel=1e-2)
    assert degree == pytest.approx(111_195, abs=1)


def test_land_and_sea_lie_where_they_are():
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = plot_map(few_events(), bounds=(24.0, 33.0, 46.0, 50.0))
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())

    def colour(lon, lat):
        x, y = figure.axes[0].transData.transform((lon, lat))
        return "#" + "".join(f"{part:02x}" for part in pixels[-int(y), int(x), :3])

    # Around Uman, Konya and Larnaca; in the Black Sea and in Lake Van.
    assert {colour(30.23, 48.77), colour(32.6, 37.6), colour(33.3, 35.0)} == {"#f6f4ee"}
    assert {colour(34.0, 43.2), colour(42.75, 38.6)} == {"#dfe9f0"}


def test_a_vague_place_is_ringed_at_its_true_size():
    figure = plot_map(EVENTS)
    axes = figure.axes[0]
    rings = [patch for patch in axes.patches if patch.get_linestyle() != "solid" and patch.get_facecolor()[3] == 0]
    (path,) = [patch.get_path() for patch in rings]
    edge = path.vertices[:-1]
    assert distances_m(47.11, 39.80, edge[:, 0], edge[:, 1]).max() == pytest.approx(9000, rel=1e-3)


def test_a_claim_is_hollow_and_the_legend_says_so():
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    rows = (
        {"at": (46.75, 39.82), "place_name": "Stepanakert"},
        {"at": (47.11, 39.80), "place_name": "Martuni", "status": "claimed"},
        {"at": (46.9, 40.1), "place_name": "Talish", "place_precision": "near", "radius_m": 9000.0},
        {"at": shapely.box(46.3, 39.4, 46.6, 39.6), "place_name": "Lachin", "place_precision": "area"},
    )
    figure = plot_map(few_events(*rows))
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())

    def middle(lon, lat):
        x, y = figure.axes[0].transData.transform((lon, lat))
        return "#" + "".join(f"{part:02x}" for part in pixels[-int(y), int(x), :3])

    full = middle(46.75, 39.82)
    assert full != "#ffffff"
    assert middle(47.11, 39.80) == "#ffffff"
    assert middle(46.9, 40.1) == full  # that the place is vague is told by its ring alone
    legend = texts(figure)[2]
    assert "hollow: claimed, not confirmed" in legend
    assert {"full: told as fact", "somewhere in the dashed ring", "somewhere in the hatched area"} <= set(legend)
    assert not any("claimed" in words for words in texts(plot_map(few_events(rows[0])))[2])


def test_the_legend_shows_the_most_at_a_place():
    assert {"1 event", "2 events"} <= set(texts(plot_map(EVENTS))[2])
    many = few_events(*({"at": (46.75, 39.82)} for _ in range(14)), {"at": (46.9, 39.9)})
    assert {"1 event", "5 events", "14 events"} <= set(texts(plot_map(many))[2])


def test_names_lie_on_no_other_name_and_crowded_places_have_theirs():
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    crowd = [{"at": (46.75 + k / 100, 39.82 + (k % 2) / 100), "place_name": f"Village {k}"} for k in range(6)]
    figure = plot_map(few_events(*crowd, {"at": (47.6, 40.4), "place_name": "Far"}))
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    names = [one for one in figure.axes[0].texts if not one.get_text().endswith(" km")]
    assert {one.get_text() for one in names} >= {f"Village {k}" for k in range(6)}
    boxes = [one.get_window_extent(canvas.get_renderer()).shrunk(0.95, 0.8) for one in names]
    assert not [(a, b) for k, a in enumerate(boxes) for b in boxes[:k] if a.overlaps(b)]


def name_boxes(figure):
    """Return the frame of the map, and of each name of a place its words and its box, in pixels."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer = canvas.get_renderer()
    axes = figure.axes[0]
    return axes.get_window_extent(renderer), {
        " ".join(one.get_text().split()): one.get_window_extent(renderer) for one in axes.texts
    }


def test_a_long_name_is_short_or_wrapped_beside_its_point_and_within_the_map():
    places = {
        "Tidermene, about 75 km north of Ménaka": (2.396, 16.594),
        "about 40 km southwest of Tillabéri": (1.192, 13.953),
        "between the first long village and the second long village, beside the river and the road": (3.4, 20.2),
        "Djibo": (-1.627, 14.099),
        "Kangaba": (-2.4, 13.6),
        "Tessalit": (-2.5, 20.201),
    }
    figure = plot_map(few_events(*({"at": at, "place_name": name} for name, at in places.items())))
    frame, boxes = name_boxes(figure)
    assert {"Tidermene", "about 40 km southwest of Tillabéri", "Djibo", "Tessalit", "Kangaba"} <= set(boxes)
    assert "Ménaka" not in " ".join(boxes)
    (cut,) = (text for text in boxes if text.startswith("between"))
    assert cut.endswith("…")
    named = {name: box for name, box in boxes.items() if name in places or name in ("Tidermene", cut)}
    assert len(named) == len(places)
    (scale,) = (box for text, box in boxes.items() if text.endswith(" km"))
    ends = {
        "Tidermene": "Tidermene, about 75 km north of Ménaka",
        cut: next(name for name in places if name.startswith("between")),
    }
    for name, box in named.items():
        x, y = figure.axes[0].transData.transform(places[ends.get(name, name)])
        off = np.hypot(max(box.x0 - x, x - box.x1, 0), max(box.y0 - y, y - box.y1, 0))
        assert off < 60, f"{name} lies {off:.0f} pixels from its point"
        assert box.width < 220, f"{name} is {box.width:.0f} pixels wide"
        assert frame.x0 <= box.x0 <= box.x1 <= frame.x1
        assert frame.y0 <= box.y0 <= box.y1 <= frame.y1
        assert not box.overlaps(scale)


def test_places_that_would_share_a_short_name_keep_the_whole_of_theirs():
    figure = plot_map(
        few_events(
            {"at": (46.7, 39.8), "place_name": "Kirkuk, north of the river"},
            {"at": (47.1, 39.5), "place_name": "Kirkuk, about 9 km off"},
            {"at": (47.3, 39.9), "place_name": ", the old town"},
            {"at": (46.9, 39.9), "place_name": " "},
        )
    )
    assert {"Kirkuk, north of the river", "Kirkuk, about 9 km off", ", the old town"} <= set(name_boxes(figure)[1])


def test_areas_are_coloured_and_missing_figures_are_not_zero():
    areas = gpd.GeoDataFrame(
        {"name": ["a", "b", "c"], "n": [5, 0, None]},
        geometry=[shapely.box(46 + k, 39, 47 + k, 40) for k in range(3)],
        crs="EPSG:4326",
    ).to_crs(3857)
    figure = plot_map(EVENTS, areas=areas, value="n", value_label="events")
    assert figure.axes[0].child_axes[0].get_title(loc="left") == "events (dotted: no figure)"
    hatched = [patch for patch in figure.axes[0].patches if patch.get_hatch()]
    assert len(hatched) == 1


def test_the_same_events_make_the_same_picture_in_any_order(tmp_path):
    pictures = []
    for frame in (EVENTS, EVENTS.iloc[::-1]):
        made = io.BytesIO()
        plot_map(frame).savefig(made, format="png", metadata={"Software": None})
        pictures.append(made.getvalue())
    assert pictures[0] == pictures[1]
    plot_map(EVENTS).savefig(tmp_path / "map.pdf")
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF")


def test_places_far_from_the_rest_do_not_shrink_the_map():
    far = few_events(*({"at": (46.7 + k / 10, 39.8)} for k in range(4)), {"at": (6.1, 46.2), "place_name": "Geneva"})
    figure = plot_map(far)
    west, east = figure.axes[0].get_xlim()
    assert east - west < 3
    assert "1 outside the frame" in " ".join(figure.texts[1].get_text().split())


def test_what_cannot_be_drawn_is_refused(monkeypatch):
    areas = gpd.GeoDataFrame({"n": [1]}, geometry=[shapely.box(46, 39, 47, 40)])
    for options, words in (
        ({"areas": areas.set_crs("EPSG:4326"), "value": "deaths"}, "value is 'deaths'; it is the column of areas"),
        ({"areas": areas, "value": "n"}, "areas: no CRS"),
        ({"lines": LINE.set_crs(None, allow_override=True)}, "lines: no CRS"),
        ({"bounds": (48, 39, 46, 40)}, "bounds: .* is no box"),
        ({"bounds": (46, 39, 46, 40)}, "which is a line or a point"),
    ):
        with pytest.raises(InputError, match=words):
            plot_map(EVENTS, **options)
    with pytest.raises(InputError, match="no event has a place to draw"):
        plot_map(few_events())
    assert plot_map(few_events(), bounds=(46, 39, 48, 41)).texts[1].get_text() == "0 events drawn."
    monkeypatch.delitem(sys.modules, "geoconflict.analysis.figure_shown")
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(InputError, match=r"pip install '.*\[analysis\]'"):
        plot_map(EVENTS)


def test_a_notebook_shows_the_figure_that_pyplot_never_saw():
    figure = plot_map(EVENTS)
    assert figure._repr_png_().startswith(b"\x89PNG")
