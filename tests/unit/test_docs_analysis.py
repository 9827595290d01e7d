"""The code of docs/analysis.md and docs/comparing.md runs as it stands, block by block, on the sample reports."""

import re
import shutil

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geoconflict
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
    events.iloc[:3].assign(event_id=["x", "y", "z"]).to_parquet(made / "theirs.parquet")
    halves = [shapely.box(44, 38, 46.8, 42), shapely.box(46.8, 38, 50, 42)]
    gpd.GeoDataFrame({"name": ["west", "east"]}, geometry=halves, crs="EPSG:4326").to_file(made / "provinces.geojson")
    front = gpd.GeoDataFrame(
        {"name": ["Front"], "valid_from": ["1994-05-12"], "valid_to": ["2020-11-10"]},
        geometry=[shapely.LineString([(46.1, 40.3), (46.9, 40.3), (47.3, 39.4)])],
        crs="EPSG:4326",
    )
    front.to_file(made / "front.geojson")
    return made


@pytest.mark.parametrize("page", ["analysis.md", "comparing.md"])
def test_the_code_of_a_page_runs_as_it_stands(project_root, folder, monkeypatch, page):
    monkeypatch.chdir(folder)
    text = (project_root / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert len(blocks) >= 3
    names = {}
    for block in blocks:
        exec(compile(block, page, "exec"), names)
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
