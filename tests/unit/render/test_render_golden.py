"""What a small map holds, compared with files under tests/golden.

After a change on purpose, write them anew with ``GEOCONFLICT_UPDATE_GOLDEN=1 pytest tests/unit/render/test_render_golden.py``
and read the difference before committing it.
"""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path

import numpy as np
import pytest
from event_frames import AREA, LINE, event, events_frame, lines_frame, source, tolls_frame, unlocated_frame

from geoconflict.render.columns import map_columns
from geoconflict.render.context_columns import context_columns
from geoconflict.render.event_map import EventMap
from geoconflict.render.payload import pack_block, unpack_block

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.fixture(scope="module")
def frames():
    two = [
        source(1),
        source(2, status="denied", claimed_by="Southern ministry", killed={"low": 0, "best": 0, "high": 0}),
    ]
    rows = [
        event(1, sources=two, n_sources=2, killed_low=0, killed_high=2, disagreements="One says two, one says none."),
        event(
            2,
            geometry=LINE,
            place_precision="line",
            place_name="A line",
            starts_on="2020-09-27",
            date_precision="range",
        ),
        event(
            3,
            geometry=AREA,
            place_precision="area",
            place_name="An area",
            status="claimed",
            claimed_by="Northern ministry",
        ),
        event(4, place_precision="country", place_name="A country", country="AZE"),
        event(5, starts_on=None, ends_on=None, date_precision="unknown", date_basis="published", date_text=""),
        event(6, starts_on=None, ends_on="2020-10-02", date_basis="published", date_precision="unknown"),
    ]
    return events_frame(rows), unlocated_frame([event(7)]), lines_frame(), tolls_frame()


def compare(name: str, made: str) -> None:
    path = GOLDEN / name
    if os.environ.get("GEOCONFLICT_UPDATE_GOLDEN"):
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8"), f"tests/golden/{name} differs; see this file's first lines"


def test_columns_are_as_they_were(frames):
    columns = map_columns(*frames)
    blocks = {
        name: unpack_block(pack_block(block))
        for name, block in (("drawn", columns.drawn), ("text", columns.text), ("context", context_columns(frames[2])))
    }
    plain = {
        block: {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in found.items()}
        for block, found in blocks.items()
    }
    plain["counts"] = {"n_events": columns.n_events, "n_reports": columns.n_reports}
    plain["boxes"] = {name: [round(edge, 6) for edge in getattr(columns, name)] for name in ("bounds", "focus")}
    lines = json.dumps(plain, indent=1, ensure_ascii=False, sort_keys=True)
    compare(
        "map_columns.json",
        re.sub(r"\[\s+([^\[\]{}]*?)\s+\]", lambda found: "[" + re.sub(r"\s*\n\s*", " ", found[1]) + "]", lines) + "\n",
    )


def test_the_skeleton_of_the_page_is_as_it_was(frames):
    """The page without what the other golden files, the assets and Leaflet hold: landmarks, policy, the folium part."""
    events, unlocated, lines, tolls = frames
    buffer = io.BytesIO()
    EventMap(events, unlocated=unlocated, lines=lines, tolls=tolls, title="Golden & <true>", basemap=False).save(
        buffer, close_file=False
    )
    page = buffer.getvalue().decode("utf-8")
    page = re.sub(r"(?s)<style>.*?</style>", "<style>…</style>", page)
    page = re.sub(r'(?s)(<script type="application/octet-stream" id="[\w-]+">).*?</script>', r"\1…</script>", page)
    page = re.sub(r"(?s)<script>(?!\s*var event_map).*?</script>", "<script>…</script>", page)
    page = re.sub(r"sha256-[\w+/=]+", "sha256-…", page)
    compare("map_page.html", page)
