import re

from geoconflict.geo import Bounds
from geoconflict.render import look
from geoconflict.render.basemap import LAYERS
from geoconflict.render.thumbnail import _FILLS, _LINES, HEIGHT, WIDTH, Dot, thumbnail

BOX = Bounds(46.0, 39.0, 48.0, 41.0)
SQUARE = {
    "scale": 0.001,
    "layers": {
        "land": {"rings": [[45000, 38000, 4000, 0, 0, 4000, -4000, 0]]},
        "disputed": {"lines": [[46000, 40000, 2000, 0]]},
        "country_borders": {"lines": [[10000, 40000, 2000, 0]]},
    },
}


def dots(*places, kind="Battles", is_vague=False):
    return [Dot(lon, lat, kind, is_vague) for lon, lat in places]


def circles(svg):
    return [tuple(map(float, found)) for found in re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"', svg)]


def test_the_middle_of_the_focus_is_the_middle_of_the_picture():
    ((x, y, _),) = circles(thumbnail(dots((47.0, 40.01)), BOX, None, look.style_table()))
    assert abs(x - WIDTH / 2) <= 1
    assert abs(y - HEIGHT / 2) <= 2


def test_north_is_up_and_east_is_right():
    near, far = circles(thumbnail(dots((46.5, 39.5), (47.5, 40.5)), BOX, None, look.style_table()))
    assert far[0] > near[0]
    assert far[1] < near[1]


def test_more_events_make_a_larger_dot_and_vague_ones_stand_apart():
    svg = thumbnail(
        [*dots((46.5, 39.5), (46.5, 39.5), (47.5, 40.5)), *dots((47.5, 40.5), is_vague=True)],
        BOX,
        None,
        look.style_table(),
    )
    sizes = sorted(radius for _, _, radius in circles(svg))
    assert len(sizes) == 3
    assert sizes[-1] > sizes[0]
    assert svg.count('class="vague"') == 1


def test_outlines_inside_are_drawn_and_those_outside_are_left_out():
    svg = thumbnail([], BOX, SQUARE, look.style_table())
    assert svg.count("<path") == 2
    assert "stroke-dasharray" in svg


def test_every_filled_and_stroked_layer_of_a_basemap_is_known_here():
    """A layer that the basemap adds must be drawn here too, or left out on purpose."""
    drawn = {name for name, _ in (*_FILLS, *_LINES)}
    assert set(LAYERS) - drawn == {"rivers", "coast"}
    assert drawn <= set(LAYERS)


def test_colours_of_both_themes_go_with_each_type():
    style = look.style_table()
    style["types"]["War"] = {"colour": "#010203", "dark": "#fdfeff", "shape": "disc"}
    assert "--c:#010203;--d:#fdfeff" in thumbnail(dots((47, 40), kind="War"), BOX, None, style)
    assert style["other"]["colour"] in thumbnail(dots((47, 40), kind="<b>"), BOX, None, style)


def test_a_single_place_is_not_magnified_without_end():
    one = Bounds(47.0, 40.0, 47.0, 40.0)
    near, far = circles(thumbnail(dots((47.0, 40.0), (47.1, 40.0)), one, None, look.style_table()))
    assert 20 < far[0] - near[0] < WIDTH / 2
