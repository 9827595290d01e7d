"""Rows of UCDP GED as others published them, where they lie beside the checkout; none of them is in the repository."""

import json

import pandas as pd
import pytest

from geoconflict.frame_checks import check_frames
from geoconflict.interchange.datasets.ucdp import UCDP_COLUMNS, read_ucdp_ged
from geoconflict.interchange.datasets.ucdp_writing import to_ucdp
from geoconflict.prio_grid import prio_grid_id

_VIOLENCE = {"state-based conflict": "1", "non-state conflict": "2", "one-sided violence": "3"}


def as_ged(row):
    """Return a row of the evaluation set under UCDP's own names, as far as it has them."""
    sides = [*row["actors"], "", ""][:2]
    told = {
        "id": row["id"].removeprefix("ucdp-"), "type_of_violence": _VIOLENCE[row["event_type"]], "side_a": sides[0],
        "side_b": sides[1], "where_prec": row["geo_prec"], "where_coordinates": row["place_name"],
        "where_description": row["where_description"], "adm_1": row["adm_1"], "adm_2": row["adm_2"], "latitude": row["lat"],
        "longitude": row["lon"], "country": row["country"], "date_prec": row["date_prec"],
        "date_start": f"{row['date']} 00:00:00.000", "date_end": f"{row['date_end']} 00:00:00.000",
        "source_article": row["source_article"], "source_headline": row["text"], "best": row["fatalities"],
        "low": row["fatalities_low"], "high": row["fatalities_high"], "deaths_a": row["deaths_a"],
        "deaths_b": row["deaths_b"], "deaths_civilians": row["deaths_civilians"], "event_clarity": row["event_clarity"],
        "conflict_name": row["conflict"], "priogrid_gid": prio_grid_id(row["lon"], row["lat"]),
    }  # fmt: skip
    return {name: "" if told.get(name) is None else str(told.get(name, "")) for name in UCDP_COLUMNS}


@pytest.mark.parametrize("name", ["ucdp_ged_sample", "ucdp_ged_car"])
def test_published_rows_come_back_cell_by_cell(shared, name):
    file = shared / "evaluation" / "events" / f"{name}.jsonl"
    if not file.is_file():
        pytest.skip(f"{file.name} is not here")
    rows = [as_ged(json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]
    frame = read_ucdp_ged(pd.DataFrame(rows), faulty="keep")
    check_frames(frame)
    assert to_ucdp(frame).table.to_dict("records") == rows
    coarse = frame["ucdp:where_prec"].isin(["3", "4", "5", "6", "7"])
    assert coarse.any()
    assert not set(frame.loc[coarse, "place_precision"]) & {"town", "exact", "near"}
    assert (frame["country"] != "").mean() > 0.95
