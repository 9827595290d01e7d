import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geoconflict.errors import InputError
from geoconflict.geo import Bounds
from geoconflict.prio_grid import prio_grid_cells, prio_grid_id


@pytest.mark.parametrize(
    ("lon", "lat", "cell"),
    [
        (69.162796, 34.531094, 179779),  # Kabul, as a published row of UCDP GED has it
        (-180, -90, 1),
        (180, -90, 720),
        (-180, 90, 258_481),
        (180, 90, 259_200),
        (-179.5, -90, 2),  # a point on a border belongs north and east of it
        (-180, -89.5, 721),
        (0, 0, 129_961),
        (0.49, 0.49, 129_961),
    ],
)
def test_a_point_has_the_number_of_its_cell(lon, lat, cell):
    assert prio_grid_id(lon, lat) == cell
    assert type(prio_grid_id(lon, lat)) is int


def test_arrays_and_columns_have_the_numbers_of_their_points():
    lon, lat = [69.162796, -180, 180], [34.531094, -90, 90]
    assert prio_grid_id(lon, lat).tolist() == [179779, 1, 259_200]
    assert prio_grid_id(pd.Series(lon), pd.Series(lat)).tolist() == [179779, 1, 259_200]
    assert prio_grid_id([], []).tolist() == []


def test_cells_hold_the_points_of_their_number():
    cells = prio_grid_cells(Bounds(46.1, 39.2, 46.9, 39.8))
    assert len(cells) == 4
    middles = gpd.GeoSeries(shapely.centroid(cells.geometry.array))
    assert prio_grid_id(middles.x, middles.y).tolist() == cells["gid"].tolist()
    assert cells.crs.to_epsg() == 4326
    assert len(prio_grid_cells(Bounds(-180, -90, 180, 90))) == 259_200


@pytest.mark.parametrize(("lon", "lat"), [(34.5, 169.1), (181, 0), (float("nan"), 0), ([0, 181.5], [0, 7])])
def test_what_is_not_on_the_globe_has_no_cell(lon, lat):
    with pytest.raises(InputError, match="longitude comes first"):
        prio_grid_id(lon, lat)


def test_the_point_off_the_globe_is_named():
    with pytest.raises(InputError, match=r"longitude, latitude 181\.5, 7\.0: no point"):
        prio_grid_id([0, 181.5], [0, 7])
