"""What must hold of event data of others, whatever stands in their cells."""

import math
import random
import tempfile
from pathlib import Path

import pandas as pd
from event_rows import acled_row, gdelt_row, polecat_row, ucdp_row
from hypothesis import given, settings
from hypothesis import strategies as st

from geoconflict.errors import InputError
from geoconflict.interchange.cells import escaped, plain
from geoconflict.interchange.datasets.acled import read_acled
from geoconflict.interchange.datasets.acled_writing import to_acled
from geoconflict.interchange.datasets.faults import Faults
from geoconflict.interchange.datasets.gdelt import read_gdelt_events
from geoconflict.interchange.datasets.plover import to_plover
from geoconflict.interchange.datasets.polecat import read_polecat
from geoconflict.interchange.datasets.polecat_writing import to_polecat
from geoconflict.interchange.datasets.tables import open_table
from geoconflict.interchange.datasets.ucdp import read_ucdp_ged
from geoconflict.interchange.datasets.ucdp_writing import to_ucdp
from geoconflict.prio_grid import prio_grid_id

SETS = ((acled_row, read_acled, to_acled), (ucdp_row, read_ucdp_ged, to_ucdp), (polecat_row, read_polecat, to_polecat))
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
CELL = st.one_of(
    ANY,
    st.text(alphabet="=+-@;'\",\t\n\r 1aé", max_size=8),
    st.sampled_from(["0", "-1", "7", "2020-02-30", "9999-12-31", "0001-01-01", "1e400", "nan", "181", "POINT (1 2)"]),
)


def refusal(read, given):
    """Return why a reader does not take something; empty where it does."""
    try:
        read(given)
    except InputError as error:
        return str(error)
    return ""


def read_bare(path):
    """Read a table of any columns."""
    open_table(path, (), (), faults=Faults(str(path)), encodings=("utf-8",), kind="events")


@st.composite
def odd_rows(draw, make):
    """Draw rows of a data set, some cells of which hold anything."""
    seeded = random.Random(draw(st.integers(0, 9999)))
    rows = [make(seeded, k) for k in range(draw(st.integers(1, 4)))]
    for row in rows:
        for name in draw(st.lists(st.sampled_from(list(row)), max_size=4)):
            row[name] = draw(CELL)
    return rows


@settings(max_examples=25)
@given(st.data(), st.sampled_from(SETS))
def test_no_row_and_no_cell_is_lost_whatever_it_holds(data, which):
    make, read, to = which
    rows = data.draw(odd_rows(make))
    frame = read(pd.DataFrame(rows), faulty="keep")
    assert len(frame) == len(rows)
    assert frame["event_id"].is_unique
    assert to(frame).table.to_dict("records") == rows
    told = refusal(read, pd.DataFrame(rows))
    assert bool(told) == bool(frame.attrs["faults"])
    assert all(line in told for line in frame.attrs["faults"])


@settings(max_examples=20)
@given(st.data(), st.sampled_from(SETS[:2]))
def test_files_give_back_what_went_into_them(data, which):
    make, read, to = which
    rows = data.draw(odd_rows(make))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.csv"
        first = to(read(pd.DataFrame(rows), faulty="keep"), out)
        again = to(read(out, faulty="keep"), Path(folder) / "again.csv")
        given = first.table.map(plain).map(escaped)  # a file holds no control characters
        assert again.table.map(plain).to_dict("records") == given.to_dict("records")
        assert (Path(folder) / "again.csv").read_bytes() == out.read_bytes()


@settings(max_examples=20)
@given(st.data(), st.sampled_from([*SETS, (gdelt_row, read_gdelt_events, None)]))
def test_every_event_is_written_or_left_out_for_a_reason(data, which):
    make, read, _ = which
    frame = read(pd.DataFrame(data.draw(odd_rows(make))), faulty="keep")
    for name in ("status", "place_precision", "date_precision", "event_type", "sub_event_type", "date_basis"):
        frame.loc[0, name] = data.draw(
            st.sampled_from(["", "x", "scheduled", "country", "unknown", "Battles", "published", "week"])
        )
    for to in (to_acled, to_ucdp, to_polecat, to_plover):
        report = to(frame)
        assert report.n_rows + report.n_left_out == len(frame)
        assert report.n_rows == len(report.table)
        ids = [one for ids in report.left_out.values() for one in ids]
        assert len(set(ids)) == len(ids)
        assert all(report.left_out)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_a_point_lies_in_its_cell_of_prio_grid(lon, lat):
    cell = prio_grid_id(lon, lat)
    assert 1 <= cell <= 259_200
    row, column = divmod(cell - 1, 720)
    south, west = row / 2 - 90, column / 2 - 180
    hardly = 1e-12  # degrees that are lost when 180 are added
    assert south - hardly <= lat <= south + 0.5
    assert west - hardly <= lon <= west + 0.5
    # On the border of cells a point goes north and east, but for the last row and column.
    assert lat < south + 0.5 or math.isclose(lat, 90)
    assert lon < west + 0.5 or math.isclose(lon, 180)


@settings(max_examples=60)
@given(
    st.binary(max_size=80) | ANY.map(str.encode),
    st.sampled_from([".csv", ".json", ".jsonl", ".tsv", ".csv.gz", ".zip"]),
)
def test_any_bytes_are_a_table_or_an_error_of_ours(data, suffix):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{suffix}"
        path.write_bytes(data)
        for read in (read_acled, read_gdelt_events, read_bare):
            told = refusal(read, path)
            assert not told or str(path) in told
