"""What analysts make of events: counts by area and period, densities, rates, distances and maps for print."""

from geoconflict.analysis.before_after import before_after
from geoconflict.analysis.density import density
from geoconflict.analysis.figure_map import plot_map
from geoconflict.analysis.hot_spots import hot_spots
from geoconflict.analysis.line_distances import DISTANCE_COLUMNS, distance_to_lines, distances_by_period
from geoconflict.analysis.panel import PANEL_COLUMNS, panel
from geoconflict.analysis.sensitivity import place_sensitivity
from geoconflict.analysis.toll_series import tolls_over_time

__all__ = [
    "DISTANCE_COLUMNS",
    "PANEL_COLUMNS",
    "before_after",
    "density",
    "distance_to_lines",
    "distances_by_period",
    "hot_spots",
    "panel",
    "place_sensitivity",
    "plot_map",
    "tolls_over_time",
]
