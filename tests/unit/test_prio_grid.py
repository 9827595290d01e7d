import geopandas as gpd
import pytest
import shapely

from geoconflict.errors import InputError
from geoconflict.geo import Bounds
from geoconflict.prio_grid import prio_gid, prio_grid_cells


def test_kabul_has_the_number_that_a_published_row_gives_it():
    assert prio_gid(69.162796, 34.531094).item() == 179779


def test_corners_and_borders():
    assert prio_gid([-180, 180, -180, 180], [-90, -90, 90, 90]).tolist() == [1, 720, 258481, 259200]
    # A point on a border belongs north and east of it.
    assert prio_gid(0.0, 0.0).item() == prio_gid(0.1, 0.1).item() == prio_gid(0.49, 0.49).item()
    assert prio_gid(0.5, 0.0).item() == prio_gid(0.0, 0.0).item() + 1
    assert prio_gid(0.0, 0.5).item() == prio_gid(0.0, 0.0).item() + 720


def test_cells_hold_the_points_of_their_number():
    cells = prio_grid_cells(Bounds(46.1, 39.2, 46.9, 39.8))
    assert len(cells) == 4
    middles = gpd.GeoSeries(shapely.centroid(cells.geometry.array))
    assert prio_gid(middles.x, middles.y).tolist() == cells["gid"].tolist()
    assert cells.crs.to_epsg() == 4326
    assert len(prio_grid_cells(Bounds(-180, -90, 180, 90))) == 259_200


def test_what_is_not_on_the_globe_has_no_cell():
    with pytest.raises(InputError, match="longitude comes first"):
        prio_gid(39.8, 146.7)
