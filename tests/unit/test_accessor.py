import subprocess
import sys

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from event_rows import rows_of, ucdp_row
from few_events import few_events

import geoconflict
from geoconflict import conflict
from geoconflict.errors import InputError
from geoconflict.store import EventStore

EVENTS = few_events(
    {"id": "a", "day": "2020-10-01", "at": (46.5, 39.5)},
    {"id": "b", "days": ("2020-10-30", "2020-11-02"), "at": (47.5, 39.5)},
    {"id": "c", "days": (None, None), "at": (60.0, 39.5)},
    {"id": "d", "day": "2020-11-20", "at": (46.5, 39.5), "place_precision": "country"},
)
AREAS = gpd.GeoDataFrame(
    {"name": ["west", "east"]}, geometry=[shapely.box(46, 39, 47, 40), shapely.box(47, 39, 48, 40)], crs="EPSG:4326"
)


def ids(frame):
    return "".join(frame["event_id"])


def test_between_takes_what_may_lie_within_or_only_what_does():
    ours = EVENTS.conflict
    assert ids(ours.between("2020-10-01", "2020-10-31")) == "ab"
    assert ids(ours.between("2020-10-01", "2020-10-31", whole=True)) == "a"
    assert ids(ours.between(start="2020-11-02")) == "bd"
    assert ids(ours.between(end="2020-10-30")) == "ab"
    assert ids(ours.between()) == "abd"  # an unknown day is in no time
    with pytest.raises(InputError, match="exchange them"):
        ours.between("2020-12-01", "2020-10-01")


def test_by_area_and_period_say_where_each_row_belongs_or_why_nowhere():
    told = EVENTS.conflict.by_area(AREAS)
    assert told["area"].tolist() == ["west", "east", "", ""]
    assert told["area_why"].tolist() == ["", "", "outside all areas", "place too vague for areas of level admin1"]
    periods = EVENTS.conflict.by_period("month")["period"]
    assert [str(day)[:7] for day in periods] == ["2020-10", "NaT", "NaT", "2020-11"]
    assert len(few_events().conflict.by_period()) == 0
    assert "area" not in EVENTS.columns  # the frame itself is left alone


def test_rows_without_a_place_are_in_no_area_and_have_their_day():
    nowhere = few_events({"id": "a", "at": None})
    assert nowhere.conflict.by_area(AREAS)[["area", "area_why"]].iloc[0].tolist() == ["", "without a place"]
    assert ids(nowhere.conflict.between("2020-10-01", "2020-10-01")) == "a"


def test_the_index_of_a_filtered_frame_is_kept():
    later = EVENTS.iloc[[1, 3]]
    assert later.conflict.by_area(AREAS)["area"].to_dict() == {1: "east", 3: ""}
    assert later.conflict.between("2020-11-10").index.tolist() == [3]


def test_panel_explore_and_plot_map_are_those_of_the_package():
    assert EVENTS.conflict.panel(AREAS).equals(geoconflict.panel(EVENTS, AREAS))
    assert isinstance(EVENTS.conflict.explore(title="Here"), geoconflict.EventMap)
    assert EVENTS.conflict.plot_map(title="Here").texts[0].get_text() == "Here"


def test_tolls_come_from_the_store(tmp_path):
    with pytest.raises(InputError, match=r"frame\.conflict\.tolls\(store\)"):
        EVENTS.conflict.tolls()
    with EventStore(tmp_path / "empty.sqlite") as store:
        assert len(EVENTS.conflict.tolls(store)) == 0


def test_tolls_are_those_of_the_reports_that_tell_the_events(project_root, tmp_path):
    with EventStore(tmp_path / "war.sqlite") as store:
        geoconflict.ingest([project_root / "data" / "reports"], store)
        events = store.events()
        own = events.conflict.tolls(store)
        assert 0 < len(own) <= len(store.tolls())
        assert len(events.iloc[:0].conflict.tolls(store)) == 0


def test_a_frame_of_something_else_is_told_what_it_lacks():
    with pytest.raises(InputError, match="no column 'starts_on'"):
        _ = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(0, 0)], crs="EPSG:4326").conflict
    with pytest.raises(InputError, match="a GeoDataFrame of events is needed, not DataFrame"):
        _ = EVENTS.drop(columns="geometry").conflict


def test_the_function_is_the_accessor_for_type_checkers():
    assert type(EVENTS.conflict) is geoconflict.Conflict
    assert type(conflict(EVENTS)) is geoconflict.Conflict


@pytest.mark.parametrize(
    "program",
    [
        "import geoconflict; from geoconflict import events_to_frame; frame = events_to_frame([])",
        "import geoconflict, geopandas; frame = geoconflict.events_to_frame([])",
        "import geopandas, geoconflict; frame = geopandas.GeoDataFrame(geometry=[])",
        "import geoconflict, geopandas; geoconflict.conflict; frame = geopandas.GeoDataFrame(geometry=[])",
        "import geoconflict, geopandas; geoconflict.EVENT_COLUMNS; frame = geopandas.GeoDataFrame(geometry=[])",
        "import geoconflict, sys; frame = geoconflict.EventStore(sys.argv[1]).events()",
        "import geoconflict, sys; frame = geoconflict.read_ucdp_ged(sys.argv[2])",
        "import geoconflict, sys; frame = geoconflict.read_events(sys.argv[2])",
    ],
)
def test_frames_know_conflict_however_they_came(tmp_path, program):
    store = tmp_path / "war.sqlite"
    with EventStore(store):
        pass
    table = tmp_path / "ged.csv"
    pd.DataFrame(rows_of(ucdp_row, 1)).to_csv(table, index=False)
    check = "import pandas; assert 'conflict' in pandas.DataFrame._accessors; assert hasattr(type(frame), 'conflict')"
    command = [sys.executable, "-W", "error", "-c", f"{program}\n{check}", str(store), str(table)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_importing_the_package_loads_no_pandas():
    program = (
        "import sys, geoconflict; assert 'pandas' not in sys.modules and 'geoconflict.accessor' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
