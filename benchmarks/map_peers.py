"""The maps that others make of the same events, each of as many as it survives, and what it takes to write them.

python benchmarks/map_peers.py FRAME PEER OUT     one map, in a process of its own; prints seconds and peak memory as JSON
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import folium
import geopandas as gpd
from folium.plugins import FastMarkerCluster, Timeline, TimelineSlider, TimestampedGeoJson

CENTRE = (48.5, 32.0)

PEERS: dict[str, tuple[int, str]] = {
    "Marker + LayerControl": (1_000, "each marker is an element and some lines of script"),
    "TimestampedGeoJson": (10_000, "each step makes and removes layers"),
    "Timeline": (10_000, "each step makes and removes layers"),
    "FastMarkerCluster": (100_000, "more than this is not asked of ours either; no time, no quotes"),
    "GeoDataFrame.explore": (10_000, "each event is an element with its table"),
}
"""Peer to how many events it is asked to show, and why no more."""


def _marker(frame: gpd.GeoDataFrame, page: folium.Map) -> None:
    for kind, rows in frame.groupby("event_type"):
        group = folium.FeatureGroup(name=str(kind)).add_to(page)
        for row in rows.itertuples():
            quote = json.loads(row.sources)[0]["quote"]
            folium.Marker(
                (row.geometry.centroid.y, row.geometry.centroid.x), popup=folium.Popup(quote, parse_html=True)
            ).add_to(group)
    folium.LayerControl().add_to(page)


def _features(frame: gpd.GeoDataFrame, *, is_span: bool) -> dict[str, Any]:
    rows = zip(
        frame.geometry,
        frame["starts_on"].dt.strftime("%Y-%m-%d"),
        frame["ends_on"].dt.strftime("%Y-%m-%d"),
        frame["sources"],
        frame["event_type"],
        strict=True,
    )
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [point.centroid.x, point.centroid.y]},
                "properties": {
                    "popup": json.loads(told)[0]["quote"],
                    "type": kind,
                    **({"start": first, "end": last} if is_span else {"times": [first]}),
                },
            }
            for point, first, last, told, kind in rows
        ],
    }


def _timestamped(frame: gpd.GeoDataFrame, page: folium.Map) -> None:
    TimestampedGeoJson(_features(frame, is_span=False), period="P1D", duration="P30D", auto_play=False).add_to(page)


def _timeline(frame: gpd.GeoDataFrame, page: folium.Map) -> None:
    timeline = Timeline(_features(frame, is_span=True)).add_to(page)
    TimelineSlider(auto_play=False).add_timelines(timeline).add_to(page)


def _cluster(frame: gpd.GeoDataFrame, page: folium.Map) -> None:
    middle = frame.geometry.centroid
    FastMarkerCluster(list(zip(middle.y, middle.x, strict=True))).add_to(page)


def _explore(frame: gpd.GeoDataFrame, page: folium.Map) -> None:
    shown = frame[["event_type", "starts_on", "place_name", "sources", "geometry"]].astype({"starts_on": "str"})
    shown.explore(m=page, tooltip=["event_type", "starts_on", "place_name"], popup=True)


DRAW: dict[str, Callable[[gpd.GeoDataFrame, folium.Map], None]] = {
    "Marker + LayerControl": _marker,
    "TimestampedGeoJson": _timestamped,
    "Timeline": _timeline,
    "FastMarkerCluster": _cluster,
    "GeoDataFrame.explore": _explore,
}

if __name__ == "__main__":
    source, peer, target = sys.argv[1:]
    frame = gpd.read_feather(source).head(PEERS[peer][0])
    before = time.perf_counter()
    page = folium.Map(CENTRE, zoom_start=6)
    DRAW[peer](frame, page)
    page.save(target)
    seconds = time.perf_counter() - before
    print(json.dumps({"seconds": seconds, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
