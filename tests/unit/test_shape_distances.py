import pytest
import shapely

from geoconflict.geo import distance_m
from geoconflict.shape_distances import nearest_m, unwrapped


def test_a_line_beyond_the_date_line_is_a_step_away():
    line = shapely.LineString([(-179.9, 65), (-170, 65)])
    assert nearest_m(shapely.Point(179.9, 65), line) == pytest.approx(distance_m(179.9, 65, -179.9, 65), abs=1)
    written_across = shapely.LineString([(179, 65), (-179, 65)])
    assert nearest_m(shapely.Point(180, 65), written_across) == pytest.approx(0, abs=1)
    assert nearest_m(shapely.Point(0, 65), written_across) > 5_000_000


def test_a_line_on_the_other_side_of_the_earth_is_far():
    alaska = shapely.LineString([(-150, 60), (-140, 60)])
    over_the_pole = min(distance_m(35.5, 60, lon, 60) for lon in (-150, -140))
    assert nearest_m(shapely.Point(35.5, 60), alaska) == pytest.approx(over_the_pole, rel=0.001)
    # A line around the point that is opposite.
    around = shapely.LineString([(-150, -50), (-140, -40), (-130, -50)])
    assert nearest_m(shapely.Point(40, 45), around) > 18_000_000


def test_shapes_that_meet_are_at_no_distance():
    area = shapely.box(170, 60, 180, 70)
    assert nearest_m(shapely.Point(175, 65), area) == 0
    assert nearest_m(shapely.box(-180, 65, -175, 66), area) == 0
    assert nearest_m(shapely.Point(-170, 65), area) == pytest.approx(nearest_m(area, shapely.Point(-170, 65)))


def test_what_was_cut_at_the_date_line_comes_together_again():
    cut = shapely.MultiLineString([[(179, 65), (180, 65)], [(-180, 65), (-179, 65)]])
    assert unwrapped(cut).bounds == (179, 65, 181, 65)
    areas = shapely.MultiPolygon([shapely.box(-180, 60, -170, 70), shapely.box(170, 60, 180, 70)])
    assert unwrapped(areas).bounds == (-190, 60, -170, 70)
    assert unwrapped(shapely.Point(3, 4)) == shapely.Point(3, 4)


def test_it_is_the_same_from_either_shape_where_downhill_from_one_is_not_the_nearest():
    one = shapely.LineString([(0, 66), (-0.375, 63.5), (-0.375, 63.75)])
    other = shapely.LineString([(-7, 64), (-7, 65), (-8, 64)])
    assert nearest_m(one, other) == nearest_m(other, one) == pytest.approx(321_731, abs=10)


def test_lines_without_a_length_are_no_fault():
    point = shapely.LineString([(0, 0), (0, 0)])
    speck = shapely.LineString([(0, 0), (0, 6.65284400236911e-260)])
    assert nearest_m(point, speck) == nearest_m(speck, point) == pytest.approx(0, abs=1)
    assert nearest_m(point, shapely.LineString([(1, 0), (1, 0)])) == pytest.approx(111_195, rel=0.001)


def test_between_two_meridians_it_is_the_end_towards_the_pole():
    one, other = (shapely.LineString([(lon, 35), (lon, 36)]) for lon in (0, 1))
    assert nearest_m(one, other) == pytest.approx(distance_m(0, 36, 1, 36), rel=0.001)
