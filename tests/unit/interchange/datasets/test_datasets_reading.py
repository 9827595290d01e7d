"""What readers make of the cells of others: places no sharper than they are, days, deaths, actors, types.

A round trip cannot show these, for a writer puts back the cells that were kept.
"""

import json

import pandas as pd
import pytest
from builders import place, report, source
from event_rows import acled_row, gdelt_row, polecat_row, rows_of, ucdp_row

from geoconflict.errors import InputError
from geoconflict.events import merge_sources
from geoconflict.frames import events_to_frame
from geoconflict.interchange.datasets.acled import read_acled
from geoconflict.interchange.datasets.acled_writing import to_acled
from geoconflict.interchange.datasets.gdelt import read_gdelt_events
from geoconflict.interchange.datasets.polecat import read_polecat
from geoconflict.interchange.datasets.polecat_writing import to_polecat
from geoconflict.interchange.datasets.ucdp import read_ucdp_ged
from geoconflict.interchange.datasets.ucdp_writing import to_ucdp

SETS = {"acled": (read_acled, acled_row), "ucdp": (read_ucdp_ged, ucdp_row), "polecat": (read_polecat, polecat_row), "gdelt": (read_gdelt_events, gdelt_row)}  # fmt: skip


def read(name, **cells):
    reader, make = SETS[name]
    return reader(pd.DataFrame([{**rows_of(make, 1)[0], **cells}])).iloc[0]


@pytest.mark.parametrize(
    ("code", "precision", "kind", "radius_m"),
    [("1", "town", "settlement", 5_000), ("2", "near", "settlement", 25_000), ("3", "admin1", "admin1", 60_000)],
)
def test_a_coarse_point_of_acled_is_no_town(code, precision, kind, radius_m):
    row = read("acled", geo_precision=code)
    assert (row["place_precision"], row["place_kind"], row["radius_m"]) == (precision, kind, radius_m)


@pytest.mark.parametrize(
    ("code", "precision", "kind"),
    [("1", "town", "settlement"), ("2", "near", "settlement"), ("3", "admin2", "admin2"), ("4", "admin1", "admin1"),
     ("5", "area", "area"), ("6", "country", "country"), ("7", "sea", "water")],
)  # fmt: skip
def test_a_coarse_point_of_ucdp_is_no_town(code, precision, kind):
    row = read("ucdp", where_prec=code)
    assert (row["place_precision"], row["place_kind"]) == (precision, kind)
    assert (row["radius_m"] > 25_000) == (code not in "12")


@pytest.mark.parametrize(
    ("filled", "precision"),
    [
        (("City", "District", "Province"), "town"),
        (("District", "Province"), "admin2"),
        (("Province",), "admin1"),
        ((), "country"),
    ],
)
def test_a_point_of_polecat_is_what_its_finest_column_says(filled, precision):
    place_cells = {name: "Name" if name in filled else "" for name in ("City", "District", "Province")}
    row = read("polecat", Country="Azerbaijan", Latitude="40", Longitude="47", **place_cells)
    assert row["place_precision"] == precision
    assert row["country"] == "AZE"


def test_a_point_of_gdelt_is_never_sharper_than_its_type():
    got = {code: read("gdelt", ActionGeo_Type=code)["place_precision"] for code in "12345"}
    assert got == {"1": "country", "2": "admin1", "3": "town", "4": "near", "5": "admin1"}
    assert read("gdelt", ActionGeo_Type="4")["place_score"] < 0.5
    assert read("gdelt", ActionGeo_Type="0").geometry is None


@pytest.mark.parametrize(
    ("code", "first", "last", "precision"),
    [
        ("1", "2020-02-29", "2020-02-29", "day"),
        ("2", "2020-02-26", "2020-03-03", "week"),
        ("3", "2020-02-01", "2020-02-29", "month"),
    ],
)
def test_days_of_acled(code, first, last, precision):
    row = read("acled", event_date="2020-02-29", time_precision=code)
    assert (str(row["starts_on"].date()), str(row["ends_on"].date()), row["date_precision"]) == (first, last, precision)
    assert row["acled_time_precision"] == int(code)


@pytest.mark.parametrize(
    ("code", "first", "last", "precision"),
    [("1", "2020-02-29", "2020-02-29", "day"), ("2", "2020-02-27", "2020-02-29", "range"), ("3", "2020-02-24", "2020-03-01", "week"),
     ("4", "2020-02-01", "2020-02-29", "month"), ("4", "2020-02-10", "2020-03-05", "range"), ("5", "2020-01-01", "2020-12-31", "year"),
     ("5", "2020-01-01", "2020-05-31", "range"), ("1", "2020-02-28", "2020-02-29", "range")],
)  # fmt: skip
def test_days_of_ucdp(code, first, last, precision):
    row = read("ucdp", date_start=f"{first} 00:00:00.000", date_end=f"{last}T00:00:00", date_prec=code)
    assert (str(row["starts_on"].date()), str(row["ends_on"].date()), row["date_precision"]) == (first, last, precision)


def test_no_deaths_of_acled_may_also_be_unreported_ones():
    row = read("acled", fatalities="0")
    assert (row["killed_low"], row["killed_best"] is pd.NA, row["killed_high"] is pd.NA) == (0, True, True)
    row = read("acled", fatalities="7")
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (7, 7, 7)


def test_deaths_of_ucdp_are_three_figures_there_and_back():
    row = read("ucdp", low="2", best="5", high="9")
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (2, 5, 9)
    frame = events_to_frame(merge_sources([source(report("x"), at=place(country="AZE"))]))
    frame[["killed_low", "killed_best", "killed_high"]] = [2, 5, 9]
    frame[["actors", "actor_inters", "event_type", "sub_event_type"]] = ["A; B", "1; 2", "Battles", "Armed clash"]
    frame[["agents", "targets"]] = ""
    got = to_ucdp(frame).table.iloc[0]
    assert [got[name] for name in ("low", "best", "high", "deaths_unknown")] == ["2", "5", "9", "5"]


def test_actors_of_acled_are_its_two_sides_and_then_who_goes_with_them():
    row = read(
        "acled", actor1="Army", inter1="1", assoc_actor_1="Police; Guard", actor2="Villagers", inter2="Civilians",
        assoc_actor_2="Farmers", civilian_targeting="Civilian targeting", iso="31",
    )  # fmt: skip
    assert row["actors"] == "Army; Villagers; Police; Guard; Farmers"
    assert (row["agents"], row["targets"]) == ("Army", "Villagers")
    assert (row["actor_inters"], row["interaction"], row["actor_countries"]) == ("1; 7; ; ; ", 17, "AZE; ; ; ; ")
    row = read("acled", civilian_targeting="")
    assert (row["agents"], row["targets"]) == ("", "")


def test_sides_of_ucdp_are_told_by_their_numbers():
    row = read(
        "ucdp",
        type_of_violence="1",
        country_id="373",
        side_a="Government of Armenia",
        gwnoa="371",
        side_b="Group",
        gwnob="",
    )
    assert (row["actor_inters"], row["actor_countries"]) == ("8; 2", "ARM; ")
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "State-based conflict")
    row = read("ucdp", type_of_violence="3", country_id="373", side_a="Group", gwnoa="", side_b="Civilians", gwnob="")
    assert (row["actor_inters"], row["agents"], row["targets"]) == ("; 7", "Group", "Civilians")


@pytest.mark.parametrize(
    ("code", "types", "plover"),
    [("195", ("Explosions/Remote violence", "Air/drone strike"), "ASSAULT"), ("190", ("Battles", "Armed clash"), "ASSAULT"),
     ("1831", ("Explosions/Remote violence", "Suicide bomb"), "ASSAULT"), ("1411", ("Protests", "Peaceful protest"), "PROTEST"),
     ("145", ("Riots", "Violent demonstration"), "PROTEST"), ("0871", ("Diplomacy", "ceasefire"), "RETREAT"),
     ("043", ("Diplomacy", "talks"), "CONSULT"), ("010", ("Diplomacy", "statement"), "")],
)  # fmt: skip
def test_codes_of_cameo_mean_the_longest_that_fits(code, types, plover):
    row = read("gdelt", EventCode=code)
    assert ((row["event_type"], row["sub_event_type"]), row["plover_type"]) == (types, plover)


def test_fips_is_not_iso():
    assert [read("gdelt", ActionGeo_CountryCode=code)["country"] for code in ("UP", "SU", "AJ", "")] == [
        "UKR",
        "SDN",
        "AZE",
        "",
    ]


def test_types_of_polecat_are_ours_by_who_suffered_it():
    cells = {"Event Type": "ASSAULT", "Event Mode": "firearms", "Recipient Name": "Somebody"}
    row = read("polecat", **cells, **{"Primary Recipient Sector": "CVL"})
    assert (row["event_type"], row["sub_event_type"], row["plover_mode"]) == (
        "Violence against civilians",
        "Attack",
        "firearms",
    )
    row = read("polecat", **cells, **{"Primary Recipient Sector": "REB"})
    assert (row["event_type"], row["sub_event_type"]) == ("Battles", "Armed clash")
    assert row["status"] == "unstated"


def test_sources_are_one_a_voice():
    told = json.loads(
        read("ucdp", id="7", source_office="One;Two", source_date="2020-01-01;2020-01-02", source_headline="A;B")[
            "sources"
        ]
    )
    assert [(one["source"], one["published_on"], one["title"]) for one in told] == [
        ("One", "2020-01-01", "A"),
        ("Two", "2020-01-02", "B"),
    ]
    assert [one["source"] for one in json.loads(read("acled", source="One; Two", notes="n")["sources"])] == [
        "One",
        "Two",
    ]
    assert json.loads(read("gdelt", SOURCEURL="https://news.example/x")["sources"])[0]["source"] == "news.example"


def test_an_event_of_ours_in_polecats_columns():
    frame = events_to_frame(
        merge_sources([source(report("x"), at=place(country="AZE", admin1="Goygol", place_id="geonames:12"))])
    )
    frame[["plover_type", "plover_mode", "plover_contexts"]] = ["ASSAULT", "drone", "territory"]
    got = to_polecat(frame).table.iloc[0]
    assert [got[name] for name in ("Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts")] == [
        "ASSAULT",
        "drone",
        "-9.5",
        "4",
        "territory",
    ]
    assert [got[name] for name in ("City", "District", "Province", "Country", "GeoNames ID")] == [
        "Riverton",
        "",
        "Goygol",
        "Azerbaijan",
        "12",
    ]
    frame["place_precision"] = "line"
    got = to_polecat(frame).table.iloc[0]
    assert [got[name] for name in ("City", "District", "Province", "Country")] == ["", "", "Goygol", "Azerbaijan"]


@pytest.mark.parametrize("written", ["11 May 2025", "11 MAY 2025", "11-May-2025", "2025-05-11", "20250511"])
def test_a_day_with_its_month_in_words_means_one_day_and_stays_as_it_was_written(written):
    rows = [
        {**row, "event_date": written, "time_precision": "1", "fatalities": "1,200"} for row in rows_of(acled_row, 3)
    ]
    frame = read_acled(pd.DataFrame(rows))
    assert {str(day.date()) for day in frame["starts_on"]} == {"2025-05-11"}
    assert (frame["killed_best"] == 1200).all()
    assert to_acled(frame).table.to_dict("records") == rows


@pytest.mark.parametrize(
    ("column", "written"),
    [("event_date", "03/04/2025"), ("event_date", "11 Mai 2025"), ("event_date", "31 June 2025"), ("event_date", "11 May 25"),
     ("fatalities", "1.200"), ("fatalities", "1,20"), ("fatalities", "1,200 300"), ("fatalities", ",200")],
)  # fmt: skip
def test_what_may_mean_two_things_is_a_fault(column, written):
    with pytest.raises(InputError, match=f"{column} is no"):
        read("acled", **{column: written})
