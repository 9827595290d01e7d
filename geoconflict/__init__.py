"""geoconflict turns dated news reports into maps of a conflict that anyone can open and everyone can check.

The public names are listed in ``__all__`` and loaded when first used, so that importing the package costs nothing.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any

from geoconflict._version import __version__

if TYPE_CHECKING:
    from geoconflict.accessor import Conflict, conflict
    from geoconflict.analysis import (
        DISTANCE_COLUMNS,
        PANEL_COLUMNS,
        before_after,
        density,
        distance_to_lines,
        distances_by_period,
        hot_spots,
        panel,
        place_sensitivity,
        plot_map,
        tolls_over_time,
    )
    from geoconflict.comparing import PAIR_COLUMNS, Comparison, compare_events, integrate_events
    from geoconflict.corrections import Correction, load_corrections
    from geoconflict.data_services.acled import download_acled
    from geoconflict.data_services.ucdp import download_ucdp
    from geoconflict.errors import GeoconflictError
    from geoconflict.evaluating import Evaluation, evaluate, load_labels
    from geoconflict.event_tables import read_events
    from geoconflict.events import merge_sources
    from geoconflict.explaining import EXPLANATION_COLUMNS, EventExplanation, Explanation, explain, explain_event
    from geoconflict.frames import (
        EQUIPMENT_COLUMNS,
        EVENT_COLUMNS,
        LINE_COLUMNS,
        TOLL_COLUMNS,
        events_to_frame,
        lines_to_frame,
    )
    from geoconflict.interchange.datasets.acled import read_acled
    from geoconflict.interchange.datasets.acled_writing import to_acled
    from geoconflict.interchange.datasets.exporting import ExportReport
    from geoconflict.interchange.datasets.gdelt import read_gdelt_events
    from geoconflict.interchange.datasets.plover import to_plover
    from geoconflict.interchange.datasets.polecat import read_polecat
    from geoconflict.interchange.datasets.polecat_writing import to_polecat
    from geoconflict.interchange.datasets.ucdp import read_ucdp_ged
    from geoconflict.interchange.datasets.ucdp_writing import to_ucdp
    from geoconflict.interchange.files import export_events, export_table
    from geoconflict.interchange.geopackage import to_gpkg
    from geoconflict.interchange.kepler import to_kepler
    from geoconflict.interchange.kml import to_kml
    from geoconflict.interchange.partitions import export_partitions, read_partitions
    from geoconflict.interchange.plain_files import to_csv, to_geojson, to_geoparquet
    from geoconflict.interchange.timemap import to_timemap
    from geoconflict.models import Event, EventMention, Place, Report, RunReport
    from geoconflict.pipeline import build, ingest, parse
    from geoconflict.places.gazetteer import Gazetteer
    from geoconflict.places.geocode import Geocoder
    from geoconflict.prio_grid import prio_grid_id
    from geoconflict.render.event_map import EventMap
    from geoconflict.render.look import Phase
    from geoconflict.render.tiles import Tiles
    from geoconflict.render.toll_plot import TollPlot, plot_tolls
    from geoconflict.reports import read_reports
    from geoconflict.reviewing import Agreement, ReviewItem, agreement, review_items
    from geoconflict.settings import Settings, load_settings
    from geoconflict.store import EventStore
    from geoconflict.tools import Tools

_HOMES = {
    "Agreement": "reviewing",
    "Comparison": "comparing",
    "Conflict": "accessor",
    "Correction": "corrections",
    "DISTANCE_COLUMNS": "analysis",
    "EQUIPMENT_COLUMNS": "frames",
    "EVENT_COLUMNS": "frames",
    "EXPLANATION_COLUMNS": "explaining",
    "Evaluation": "evaluating",
    "Event": "models",
    "EventExplanation": "explaining",
    "EventMap": "render.event_map",
    "EventMention": "models",
    "EventStore": "store",
    "Explanation": "explaining",
    "ExportReport": "interchange.datasets.exporting",
    "Gazetteer": "places.gazetteer",
    "Geocoder": "places.geocode",
    "GeoconflictError": "errors",
    "LINE_COLUMNS": "frames",
    "PAIR_COLUMNS": "comparing",
    "PANEL_COLUMNS": "analysis",
    "Phase": "render.look",
    "Place": "models",
    "Report": "models",
    "ReviewItem": "reviewing",
    "RunReport": "models",
    "Settings": "settings",
    "TOLL_COLUMNS": "frames",
    "Tiles": "render.tiles",
    "TollPlot": "render.toll_plot",
    "Tools": "tools",
    "agreement": "reviewing",
    "before_after": "analysis",
    "build": "pipeline",
    "compare_events": "comparing",
    "conflict": "accessor",
    "density": "analysis",
    "distance_to_lines": "analysis",
    "distances_by_period": "analysis",
    "download_acled": "data_services.acled",
    "download_ucdp": "data_services.ucdp",
    "evaluate": "evaluating",
    "events_to_frame": "frames",
    "explain": "explaining",
    "explain_event": "explaining",
    "export_events": "interchange.files",
    "export_partitions": "interchange.partitions",
    "export_table": "interchange.files",
    "hot_spots": "analysis",
    "ingest": "pipeline",
    "integrate_events": "comparing",
    "lines_to_frame": "frames",
    "load_corrections": "corrections",
    "load_labels": "evaluating",
    "load_settings": "settings",
    "merge_sources": "events",
    "panel": "analysis",
    "parse": "pipeline",
    "place_sensitivity": "analysis",
    "plot_map": "analysis",
    "plot_tolls": "render.toll_plot",
    "prio_grid_id": "prio_grid",
    "read_acled": "interchange.datasets.acled",
    "read_events": "event_tables",
    "read_gdelt_events": "interchange.datasets.gdelt",
    "read_partitions": "interchange.partitions",
    "read_polecat": "interchange.datasets.polecat",
    "read_reports": "reports",
    "read_ucdp_ged": "interchange.datasets.ucdp",
    "review_items": "reviewing",
    "to_acled": "interchange.datasets.acled_writing",
    "to_csv": "interchange.plain_files",
    "to_geojson": "interchange.plain_files",
    "to_geoparquet": "interchange.plain_files",
    "to_gpkg": "interchange.geopackage",
    "to_kepler": "interchange.kepler",
    "to_kml": "interchange.kml",
    "to_plover": "interchange.datasets.plover",
    "to_polecat": "interchange.datasets.polecat_writing",
    "to_timemap": "interchange.timemap",
    "to_ucdp": "interchange.datasets.ucdp_writing",
    "tolls_over_time": "analysis",
}
"""Public name -> the module of this package that defines it."""

__all__ = [
    "DISTANCE_COLUMNS",
    "EQUIPMENT_COLUMNS",
    "EVENT_COLUMNS",
    "EXPLANATION_COLUMNS",
    "LINE_COLUMNS",
    "PAIR_COLUMNS",
    "PANEL_COLUMNS",
    "TOLL_COLUMNS",
    "Agreement",
    "Comparison",
    "Conflict",
    "Correction",
    "Evaluation",
    "Event",
    "EventExplanation",
    "EventMap",
    "EventMention",
    "EventStore",
    "Explanation",
    "ExportReport",
    "Gazetteer",
    "Geocoder",
    "GeoconflictError",
    "Phase",
    "Place",
    "Report",
    "ReviewItem",
    "RunReport",
    "Settings",
    "Tiles",
    "TollPlot",
    "Tools",
    "__version__",
    "agreement",
    "before_after",
    "build",
    "compare_events",
    "conflict",
    "density",
    "distance_to_lines",
    "distances_by_period",
    "download_acled",
    "download_ucdp",
    "evaluate",
    "events_to_frame",
    "explain",
    "explain_event",
    "export_events",
    "export_partitions",
    "export_table",
    "hot_spots",
    "ingest",
    "integrate_events",
    "lines_to_frame",
    "load_corrections",
    "load_labels",
    "load_settings",
    "merge_sources",
    "panel",
    "parse",
    "place_sensitivity",
    "plot_map",
    "plot_tolls",
    "prio_grid_id",
    "read_acled",
    "read_events",
    "read_gdelt_events",
    "read_partitions",
    "read_polecat",
    "read_reports",
    "read_ucdp_ged",
    "review_items",
    "to_acled",
    "to_csv",
    "to_geojson",
    "to_geoparquet",
    "to_gpkg",
    "to_kepler",
    "to_kml",
    "to_plover",
    "to_polecat",
    "to_timemap",
    "to_ucdp",
    "tolls_over_time",
]


def _let_frames_know() -> None:
    """Give frames ``frame.conflict`` where pandas is loaded; where it is not, who makes the first frame does."""
    if "pandas.api.extensions" in sys.modules:
        from geoconflict.frame_accessor import register_accessor

        register_accessor()


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        msg = f"module 'geoconflict' has no attribute {name!r}"
        raise AttributeError(msg)
    value = getattr(importlib.import_module(f"geoconflict.{_HOMES[name]}"), name)
    globals()[name] = value
    _let_frames_know()
    return value


def __dir__() -> list[str]:
    """List the public names, and those that every module has; what this module is made with is nobody's to use."""
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})


_let_frames_know()
