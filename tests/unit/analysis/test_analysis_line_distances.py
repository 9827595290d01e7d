import geopandas as gpd
import pandas as pd
import pytest
import shapely
from few_events import few_events

from geoconflict.analysis import DISTANCE_COLUMNS, distance_to_lines, distances_by_period
from geoconflict.errors import InputError


def lines(*rows):
    frame = gpd.GeoDataFrame(
        {
            "name": [name for name, *_ in rows],
            "valid_from": pd.to_datetime([start for _, _, start, _ in rows]),
            "valid_to": pd.to_datetime([end for _, _, _, end in rows]),
        },
        geometry=[shapely.LineString(points) for _, points, _, _ in rows],
        crs="EPSG:4326",
    )
    return frame.astype({"valid_from": "datetime64[s]", "valid_to": "datetime64[s]"})


FRONTS = lines(
    ("old", [(46.0, 39.0), (46.0, 41.0)], None, "2020-10-09"),
    ("new", [(47.0, 39.0), (47.0, 41.0)], "2020-10-10", None),
)


def test_distance_is_to_the_line_of_the_day():
    events = few_events(
        {"id": "a", "at": (46.5, 40.0), "day": "2020-10-01"}, {"id": "b", "at": (46.8, 40.0), "day": "2020-10-20"}
    )
    table = distance_to_lines(events, FRONTS)
    assert table.dtypes.astype(str).to_dict() == {name: kind for name, (kind, _) in DISTANCE_COLUMNS.items()}
    assert table["line"].tolist() == ["old", "new"]
    # A degree of longitude at 40 north is 85.18 km on the mean sphere; the meridian is no parallel, hence a little less.
    assert table["distance_km"].tolist() == pytest.approx([42.6, 17.0], abs=0.1)
    assert table["low_km"].tolist() == pytest.approx([40.6, 15.0], abs=0.1)
    assert table["high_km"].tolist() == pytest.approx([44.6, 19.0], abs=0.1)


def test_what_cannot_be_measured_says_why():
    events = few_events(
        {"days": (None, None)},
        {"place_precision": "country"},
        {"at": shapely.LineString([(46, 39), (46, 40)]), "place_precision": "line"},
        {"day": "1990-01-01"},
    )
    only_late = FRONTS[FRONTS["name"] == "new"]
    table = distance_to_lines(events, pd.concat([only_late, lines(("mid", [(46, 39), (46, 40)], "2020-09-01", None))]))
    assert table["why"].tolist() == ["without a day", "place too vague", "place too vague", "no line held on its days"]
    assert table["distance_km"].isna().all()


def test_the_nearest_of_several_counts_also_across_the_date_line():
    far = lines(
        ("far", [(170.0, 0.0), (170.0, 1.0)], None, None), ("near", [(-179.9, -1.0), (-179.9, 1.0)], None, None)
    )
    table = distance_to_lines(few_events({"at": (179.9, 0.0)}), far)
    assert table["line"].tolist() == ["near"]
    assert table["distance_km"][0] == pytest.approx(22.2, abs=0.1)


def test_periods_have_quartiles_and_gaps_have_rows():
    days = ("2020-10-01", "2020-10-02", "2020-10-03", "2020-12-05")
    events = few_events(*({"at": (46.0 + 0.1 * k, 40.0), "day": day} for k, day in enumerate(days)))
    table = distances_by_period(distance_to_lines(events, FRONTS.iloc[:1].assign(valid_to=pd.NaT)), "month")
    assert table["n_events"].tolist() == [3, 0, 1]
    assert table["median_km"][0] == pytest.approx(8.5, abs=0.1)
    assert pd.isna(table["median_km"][1])
    assert len(distances_by_period(distance_to_lines(few_events(), FRONTS))) == 0


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (FRONTS.set_crs(None, allow_override=True), "no CRS"),
        (FRONTS.drop(columns="name"), "no column 'name'"),
        (FRONTS.iloc[:0], "no lines"),
        (FRONTS.assign(valid_to="2020-10-09"), "not dates; use pandas.to_datetime"),
        (FRONTS.assign(valid_from=FRONTS["valid_from"].dt.tz_localize("UTC")), "has a time zone"),
        (pd.DataFrame({"name": ["a"]}), "a GeoDataFrame of lines is needed"),
    ],
)
def test_lines_that_cannot_be_used_are_refused(bad, words):
    with pytest.raises(InputError, match=words):
        distance_to_lines(few_events({}), bad)
    with pytest.raises(InputError, match="take the frame from distance_to_lines"):
        distances_by_period(pd.DataFrame())


def test_a_line_on_the_other_side_of_the_earth_is_not_the_nearest():
    front = lines(
        ("front", [(36.0, 60.0), (38.0, 60.0)], None, None), ("Alaska", [(-150.0, 60.0), (-140.0, 60.0)], None, None)
    )
    table = distance_to_lines(few_events({"at": (35.5, 60.0)}), front)
    assert table["line"].tolist() == ["front"]
    assert table["distance_km"][0] == pytest.approx(27.8, abs=0.1)
