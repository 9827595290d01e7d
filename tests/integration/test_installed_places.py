"""What is installed reaches the store, the keys, the credit of maps and exports."""

import dataclasses
import json

import pytest
from data_folders import DataFolder, small_embedded
from gazetteer_files import li_files, site, wof_record

from geoconflict.map_stage import credit
from geoconflict.pipeline import ingest
from geoconflict.settings import PlacesSettings, Settings
from geoconflict.store import EventStore
from geoconflict.tools import Tools

REPORT = """---
date: 1990-05-03
title: Shelling
source: Example Agency
---

Rockets hit Krasnomirsk on Wednesday, killing two civilians, the mayor said.
"""


@pytest.fixture(autouse=True, scope="module")
def _small_embedded(tmp_path_factory):
    with small_embedded(tmp_path_factory.mktemp("embedded")):
        yield


def test_an_installation_places_what_was_unknown_and_nothing_is_read_twice(tmp_path):
    place = DataFolder(tmp_path)
    anything = dataclasses.replace(place.settings.places, min_score=0.0)  # how sure it is is not the question here
    place.settings = dataclasses.replace(place.settings, places=anything)
    reports = site(tmp_path / "reports", {"one.md": REPORT})
    with EventStore(tmp_path / "war.sqlite") as store:
        ingest([reports], store, Tools(place.settings))
        assert "geonames:9000100" not in set(store.events()["place_id"])
        before = Tools(place.settings)
        keys = (before.reading_key, before.resolution_key, before.drawing_key)
        place.install("LI", source=site(tmp_path / "copies", li_files()))
        after = Tools(place.settings)
        assert all(
            one != two
            for one, two in zip(keys, (after.reading_key, after.resolution_key, after.drawing_key), strict=True)
        )
        done = ingest([reports], store, after)
        assert {stage.stage: stage.n_done for stage in done.stages}["read"] == 0
        frame = store.events()
        assert "geonames:9000100" in set(frame["place_id"])
        again = ingest([reports], store, Tools(place.settings))
        assert all(stage.n_done == 0 for stage in again.stages)
        off = Settings(places=PlacesSettings(data_dir=place.settings.places.data_dir, installed=False))
        assert Tools(off).reading_key == keys[0]


def test_the_credit_of_installed_data_is_due_on_maps_and_exports(tmp_path):
    bundle = tmp_path / "li.geojsonl"
    bundle.write_text(json.dumps(wof_record(101, "Hinterwald", 9.5, 47.1)))
    place = DataFolder(tmp_path)
    place.install("LI", source=site(tmp_path / "copies", li_files()), whosonfirst=str(bundle))
    with EventStore(tmp_path / "war.sqlite") as store:
        lines = credit(store, Tools(place.settings))
    assert any("Who's On First" in line for line in lines)
