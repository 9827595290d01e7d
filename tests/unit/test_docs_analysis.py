"""The code of docs/analysis.md and docs/comparing.md runs as it stands, block by block, on the sample reports."""

import re
import shutil

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from event_rows import rows_of, ucdp_row

import geoconflict
from geoconflict.prio_grid import prio_grid_id
from geoconflict.store import EventStore

REPORTS = (
    "2020-09-29-vardenis-dashkesan.md",
    "2020-10-18-khodaafarin.md",
    "2020-10-01-journalists-martuni.md",
    "2020-09-27-war-begins.md",
)


@pytest.fixture(scope="module")
def folder(project_root, tmp_path_factory):
    """Return a folder with the files that the pages speak of."""
    made = tmp_path_factory.mktemp("pages")
    (made / "reports").mkdir()
    for name in REPORTS:
        shutil.copy(project_root / "data" / "reports" / name, made / "reports")
    with EventStore(made / "war.sqlite") as store:
        geoconflict.ingest([made / "reports"], store)
        events = store.events()
    assert len(events) > 5
    known = events[events["starts_on"].notna() & events["ends_on"].notna()].iloc[:3]
    rows = [row | _where_and_when(event) for row, event in zip(rows_of(ucdp_row, 3), known.itertuples(), strict=True)]
    pd.DataFrame(rows).to_csv(made / "ged.csv", index=False)
    halves = [shapely.box(44, 38, 46.8, 42), shapely.box(46.8, 38, 50, 42)]
    gpd.GeoDataFrame({"name": ["west", "east"]}, geometry=halves, crs="EPSG:4326").to_file(made / "provinces.geojson")
    front = gpd.GeoDataFrame(
        {"name": ["Front"], "valid_from": ["1994-05-12"], "valid_to": ["2020-11-10"]},
        geometry=[shapely.LineString([(46.1, 40.3), (46.9, 40.3), (47.3, 39.4)])],
        crs="EPSG:4326",
    )
    front.to_file(made / "front.geojson")
    return made


def _where_and_when(event):
    """Return the cells of UCDP that put a row where and when an event of ours is."""
    point = event.geometry.representative_point()
    return {
        "longitude": str(point.x), "latitude": str(point.y), "geom_wkt": f"POINT ({point.x} {point.y})",
        "priogrid_gid": str(prio_grid_id(point.x, point.y)), "where_prec": "1", "date_prec": "1",
        "date_start": f"{event.starts_on:%Y-%m-%d}", "date_end": f"{event.starts_on:%Y-%m-%d}",
    }  # fmt: skip


@pytest.mark.parametrize("page", ["analysis.md", "comparing.md"])
def test_the_code_of_a_page_runs_as_it_stands(project_root, folder, monkeypatch, page):
    monkeypatch.chdir(folder)
    text = (project_root / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert len(blocks) >= 3
    names = {}
    for block in blocks:
        exec(compile(block, page, "exec"), names)
    if page == "comparing.md":
        assert len(names["found"].pairs), "the examples have something to show"
    table = names["table"] if page == "analysis.md" else names["whole"]
    assert isinstance(table, pd.DataFrame)
    assert len(table)
    assert (folder / ("map.pdf" if page == "analysis.md" else "both.html")).stat().st_size > 1000


def test_the_pages_name_every_function_of_their_rooms(project_root):
    import geoconflict.analysis
    import geoconflict.comparing

    for page, room in (("analysis.md", geoconflict.analysis), ("comparing.md", geoconflict.comparing)):
        text = (project_root / "docs" / page).read_text(encoding="utf-8")
        functions = [name for name in room.__all__ if name.islower()]
        assert [name for name in functions if f"gc.{name}(" not in text] == []
