"""Events of ours with the columns of others: headers, mappings, and an account of what has no room there."""

import csv
import datetime as dt
import json

import pandas as pd
import pytest
from builders import DAY, count, place, report, source, unlocated_to_frame
from event_rows import acled_row, rows_of, ucdp_row

from geoconflict.errors import InputError
from geoconflict.events import merge_sources
from geoconflict.frames import events_to_frame
from geoconflict.interchange.datasets.acled import ACLED_COLUMNS, read_acled
from geoconflict.interchange.datasets.acled_writing import to_acled
from geoconflict.interchange.datasets.exporting import EXPORTED_STATUSES
from geoconflict.interchange.datasets.plover import to_plover
from geoconflict.interchange.datasets.polecat import POLECAT_COLUMNS
from geoconflict.interchange.datasets.polecat_writing import to_polecat
from geoconflict.interchange.datasets.ucdp import UCDP_COLUMNS, read_ucdp_ged
from geoconflict.interchange.datasets.ucdp_writing import to_ucdp
from geoconflict.models import (
    SUB_EVENT_TYPES,
    Actor,
    ActorKind,
    Casualties,
    DateBasis,
    DatePrecision,
    DateSpan,
    EventType,
    PlacePrecision,
    Status,
)

ARMY = Actor(name="Military Forces of Azerbaijan", kind=ActorKind.STATE_FORCES, country="AZE", part="agent")
OTHER_ARMY = Actor(name="Military Forces of Armenia", kind=ActorKind.STATE_FORCES, country="ARM", part="target")
REBELS = Actor(name="Rebels", kind=ActorKind.REBEL_GROUP, part="target")
MILITIA = Actor(name="Militia", kind=ActorKind.POLITICAL_MILITIA, part="agent")
CIVILIANS = Actor(name="Civilians (Azerbaijan)", kind=ActorKind.CIVILIANS, part="target")
TYPES = [(kind, sub) for kind in EventType for sub in SUB_EVENT_TYPES[kind]]


def frames(at="Riverton", killed=None, actors=(ARMY, REBELS), text="Shells hit Riverton.", **fields):
    """Return located and unlocated events of one mention."""
    where = place(country="AZE") if at == "Riverton" else at
    casualties = Casualties(killed=killed) if killed else None
    told = source(report(text), at=where, actors=actors, casualties=casualties, **fields)
    events = merge_sources([told])
    return events_to_frame(events), unlocated_to_frame(events)


def left(to, **how):
    located, unlocated = frames(**how)
    return list(to(located, unlocated=unlocated).left_out)


def row(to, **how):
    located, unlocated = frames(**how)
    done = to(located, unlocated=unlocated)
    assert done.left_out == {}
    return done.table.iloc[0].to_dict()


# ---------------------------------------------------------------- headers
def test_the_headers_are_those_of_the_data_sets_in_their_order(tmp_path):
    located, _unlocated = frames(killed=count(3))
    to_acled(located, tmp_path / "a.csv")
    to_ucdp(located, tmp_path / "u.csv")
    to_polecat(located, tmp_path / "p.txt")
    acled = (tmp_path / "a.csv").read_text().splitlines()[0]
    assert acled == (
        "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,"
        "assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,"
        "geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
    )
    assert acled.count(",") == 30
    ucdp = (tmp_path / "u.csv").read_text().splitlines()[0]
    assert ucdp.startswith(
        "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
    )
    assert ucdp.endswith("deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob")
    assert ucdp.count(",") == 48
    polecat = (tmp_path / "p.txt").read_text().splitlines()[0]
    assert polecat.startswith(
        "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\t"
    )
    assert polecat.endswith("Story Locations\tLanguage\tVersion")
    assert polecat.count("\t") == 39
    assert (len(ACLED_COLUMNS), len(UCDP_COLUMNS), len(POLECAT_COLUMNS)) == (31, 49, 40)
    for name in ("a.csv", "u.csv", "p.txt"):
        assert (tmp_path / f"{name}-metadata.json").is_file()


# ---------------------------------------------------------------- ACLED
def test_an_event_of_ours_in_acleds_columns():
    got = row(to_acled, killed=count(3))
    assert got["event_date"] == DAY.isoformat()
    assert (got["actor1"], got["inter1"]) == ("Military Forces of Azerbaijan", "State forces")
    assert (got["actor2"], got["inter2"]) == ("Rebels", "Rebel group")
    assert got["interaction"] == "State forces-Rebel group"
    assert (got["iso"], got["country"]) == ("31", "Azerbaijan")
    assert (got["location"], got["geo_precision"], got["fatalities"]) == ("Riverton", "1", "3")
    assert got["disorder_type"] == "Political violence"
    assert "unreported" not in got["notes"]


@pytest.mark.parametrize(
    ("killed", "fatalities", "is_unreported"),
    [(None, "0", True), (count(0), "0", False), (count(low=2, high=9), "2", False), (count(5), "5", False)],
)
def test_fatalities_are_the_best_or_the_lowest_figure_and_nought_says_why(killed, fatalities, is_unreported):
    got = row(to_acled, killed=killed)
    assert got["fatalities"] == fatalities
    assert ("fatalities unreported" in got["notes"]) == is_unreported


@pytest.mark.parametrize(("kind", "sub"), TYPES)
def test_every_type_of_ours_has_its_row_or_its_reason_in_acled(kind, sub):
    located, _ = frames()
    located[["event_type", "sub_event_type"]] = [kind.value, sub]  # merging knows better who regains what
    done = to_acled(located)
    if (kind, sub) in ((EventType.DIPLOMACY, "talks"), (EventType.DIPLOMACY, "statement")):
        assert list(done.left_out) == ["talks and statements are no events of ACLED's"]
        return
    got = done.table.iloc[0]
    is_diplomacy = kind is EventType.DIPLOMACY
    assert got["event_type"] == ("Strategic developments" if is_diplomacy else kind)
    assert got["sub_event_type"] == ("Agreement" if is_diplomacy else sub)
    assert got["disorder_type"]


@pytest.mark.parametrize("status", list(Status))
def test_only_what_occurred_or_is_claimed_is_exported_but_in_plover(status):
    located, unlocated = frames(
        status=status, killed=count(1), claimed_by="the ministry" if status is Status.CLAIMED else None
    )
    # Claims and denials are weighed when reports are merged: what counts is the status that the event has.
    located["status"] = status.value
    located["plover_type"] = "ASSAULT"
    kept = status.value in EXPORTED_STATUSES
    for to in (to_acled, to_ucdp, to_polecat):
        assert to(located, unlocated=unlocated).n_rows == kept
        assert list(to(located).left_out) == ([] if kept else [f"the event is {status.value}"])
        assert to(located, statuses=list(Status)).n_rows == 1
        assert to(located, statuses=status.value).n_rows == 1
    for to in (to_acled, to_ucdp, to_polecat, to_plover):
        with pytest.raises(InputError, match="statuses: 'likely' is none of"):
            to(located, statuses=["likely"])
    told = json.loads(to_plover(located).table["json"][0])
    assert f"status: {status.value}" in told["comment"]
    auxiliary = {Status.SCHEDULED: "future", Status.HYPOTHETICAL: "hypothetical", Status.DENIED: "negation"}.get(status)
    assert ("auxiliary mode" in told["comment"]) == (auxiliary is not None)
    assert (auxiliary or "") in told["comment"]


PRECISIONS = {
    PlacePrecision.EXACT: ("1", "1"),
    PlacePrecision.TOWN: ("1", "1"),
    PlacePrecision.NEAR: ("2", "2"),
    PlacePrecision.LINE: ("2", "5"),
    PlacePrecision.AREA: ("2", "5"),
    PlacePrecision.ADMIN2: ("2", "3"),
    PlacePrecision.ADMIN1: ("3", "4"),
    PlacePrecision.REGION: ("3", "5"),
    PlacePrecision.COUNTRY: (None, "6"),
    PlacePrecision.SEA: (None, "7"),
}


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("radius_m", [20_000.0, 90_000.0])
def test_the_precision_of_a_place_is_never_sharper_than_ours(precision, radius_m):
    how = {"at": place(precision=precision, radius_m=radius_m, country="AZE"), "killed": count(1)}
    acled, ucdp = PRECISIONS[precision]
    if radius_m > 25_000:
        acled = "3" if precision in (PlacePrecision.LINE, PlacePrecision.AREA) else acled
        ucdp = "5" if precision is PlacePrecision.NEAR else ucdp
    if acled is None:
        assert left(to_acled, **how) in (["known to the country alone"], ["at sea or in the air"])
    else:
        assert row(to_acled, **how)["geo_precision"] == acled
    assert row(to_ucdp, **how)["where_prec"] == ucdp


def span(n_days, precision=DatePrecision.RANGE):
    last = dt.date(2021, 6, 1) + dt.timedelta(days=n_days - 1)
    return DateSpan(starts_on=dt.date(2021, 6, 1), ends_on=last, precision=precision, basis=DateBasis.STATED)


@pytest.mark.parametrize(
    ("when", "acled", "ucdp"),
    [
        (span(1, DatePrecision.DAY), "1", "1"),
        (span(2), "2", "2"),
        (span(7), "2", "3"),
        (span(7, DatePrecision.WEEK), "2", "3"),
        (span(30), "3", "4"),
        (span(30, DatePrecision.MONTH), "3", "4"),
        (span(31), None, "5"),
        (span(365, DatePrecision.YEAR), None, "5"),
        (span(900), None, None),
        (DateSpan(starts_on=None, ends_on=DAY, precision=DatePrecision.UNKNOWN, basis=DateBasis.PUBLISHED), None, None),
    ],
)
def test_the_precision_of_a_date_is_never_sharper_than_ours(when, acled, ucdp):
    how = {"when": when, "killed": count(1)}
    if acled is None:
        assert "the day is not known" in left(to_acled, **how)[0]
    else:
        got = row(to_acled, **how)
        assert got["time_precision"] == acled
        assert when.starts_on.isoformat() <= got["event_date"] <= when.ends_on.isoformat()
    if ucdp is None:
        assert "the day is not known" in left(to_ucdp, **how)[0]
    else:
        got = row(to_ucdp, **how)
        assert (got["date_prec"], got["date_start"][:10], got["date_end"][:10]) == (
            ucdp,
            str(when.starts_on),
            str(when.ends_on),
        )


def test_what_has_no_place_is_counted_by_acled_and_ucdp_and_written_by_polecat():
    assert left(to_acled, at=None, place=None) == ["no place"]
    assert left(to_ucdp, at=None, place=None, killed=count(1)) == ["no place"]
    located, unlocated = frames(at=None, place=None)
    unlocated["plover_type"] = "ASSAULT"
    got = to_polecat(located, unlocated=unlocated).table.iloc[0]
    assert (got["Latitude"], got["Country"], got["Placename"]) == ("", "", "")


def test_inter_codes_are_written_as_asked_for():
    frame = read_acled(pd.DataFrame(rows_of(acled_row, 30)))
    numbers = to_acled(frame, inter="number").table
    assert set(numbers["inter1"]) <= set("12345678")
    assert numbers["interaction"].str.fullmatch(r"\d\d").all()
    assert to_acled(read_acled(numbers), inter="text").table.equals(to_acled(frame).table)
    with pytest.raises(InputError, match="inter"):
        to_acled(frame, inter="roman")


# ---------------------------------------------------------------- UCDP
@pytest.mark.parametrize(
    ("kind", "sub", "actors", "violence"),
    [
        (EventType.BATTLES, "Armed clash", (ARMY, REBELS), "1"),
        (EventType.BATTLES, "Armed clash", (ARMY, OTHER_ARMY), "1"),
        (EventType.BATTLES, "Armed clash", (MILITIA, REBELS), "2"),
        (EventType.EXPLOSIONS, "Air/drone strike", (ARMY, REBELS), "1"),
        (EventType.EXPLOSIONS, "Air/drone strike", (ARMY, CIVILIANS), "3"),
        (EventType.VIOLENCE_AGAINST_CIVILIANS, "Attack", (MILITIA, CIVILIANS), "3"),
        (EventType.PROTESTS, "Excessive force against protesters", (ARMY, CIVILIANS), "3"),
        (EventType.RIOTS, "Mob violence", (MILITIA, REBELS), None),
        (EventType.STRATEGIC, "Arrests", (ARMY, REBELS), None),
        (EventType.BATTLES, "Armed clash", (ARMY,), None),
        (EventType.BATTLES, "Armed clash", (), None),
        (EventType.BATTLES, "Armed clash", (Actor(name="Men", part="agent"), REBELS), None),
    ],
)
def test_the_type_of_violence_is_told_by_the_sides(kind, sub, actors, violence):
    how = {"event_type": kind, "sub_event_type": sub, "actors": actors, "killed": count(2)}
    if violence is None:
        reasons = left(to_ucdp, **how)
        assert len(reasons) == 1
        assert "sides" in reasons[0]
        return
    got = row(to_ucdp, **how)
    assert got["type_of_violence"] == violence
    assert got["side_b"] == ("Civilians" if violence == "3" else actors[1].name)


def test_deaths_stand_where_no_side_is_said():
    got = row(to_ucdp, killed=count(low=2, high=9))
    assert [got[name] for name in ("low", "best", "high", "deaths_unknown", "deaths_a")] == ["2", "2", "9", "2", "0"]
    assert left(to_ucdp) == ["nobody is said to have died"]
    assert left(to_ucdp, killed=count(0)) == ["nobody is said to have died"]


def test_open_ranges_of_deaths_are_counted():
    located, _ = frames(killed=count(low=51, high=None))
    done = to_ucdp(located)
    assert done.notes == (
        "of 1 rows low, best or high was not known ('at least 51'); the nearest known figure stands there",
    )
    assert done.notes[0] in "\n".join(done.lines())
    assert done.table.loc[0, ["low", "best", "high"]].tolist() == ["51", "51", "51"]
    assert to_ucdp(frames(killed=count(2))[0]).notes == ()


def test_of_an_actor_of_unknown_kind_there_is_no_interaction():
    unknown = Actor(name="Somebody", part="agent")
    got = row(to_acled, killed=count(3), actors=(unknown, CIVILIANS))
    assert (got["actor1"], got["inter1"], got["inter2"]) == ("Somebody", "", "Civilians")
    assert got["interaction"] == ""
    recoded = to_acled(frames(killed=count(3), actors=(unknown, CIVILIANS))[0], inter="number").table
    assert recoded.loc[0, ["inter1", "inter2", "interaction"]].tolist() == ["", "7", ""]
    assert row(to_acled, killed=count(3), actors=(REBELS,))["interaction"] == "Rebel group only"


def test_states_have_their_numbers_and_points_their_cell():
    got = row(to_ucdp, killed=count(2), actors=(ARMY, OTHER_ARMY))
    assert (got["gwnoa"], got["gwnob"], got["country_id"]) == ("373", "371", "373")
    assert got["geom_wkt"] == "POINT (30.000000 10.000000)"
    assert got["priogrid_gid"] == str(200 * 720 + 420 + 1)


# ---------------------------------------------------------------- PLOVER
def test_a_line_of_plover_has_what_the_manual_requires(tmp_path):
    located, _ = frames(killed=count(2), text='Shells "hit" Riverton.')
    located[["plover_type", "plover_mode"]] = ["ASSAULT", "heavy-weapons"]
    assert to_plover(located, tmp_path / "x.jsonl").n_rows == 1
    told = json.loads((tmp_path / "x.jsonl").read_text())
    assert {"id", "date", "actor", "event"} <= set(told)
    assert (told["event"], told["mode"], told["quad_code"], told["event_scale"]) == (
        ["ASSAULT"],
        ["heavy-weapons"],
        4,
        -9.5,
    )
    assert told["actor"][0]["country_name"] == "AZE"
    assert told["recipient"][0]["sector_code"] == "REB"
    assert told["event_loc"]["precision"] == "town"


def test_what_plover_asks_for_and_is_not_there_is_a_reason():
    located, _ = frames(actors=(ARMY,))
    located["plover_type"] = ""
    assert list(to_plover(located).left_out) == ["no event type of PLOVER's"]
    located["plover_type"] = "AID"
    assert list(to_plover(located).left_out) == ["PLOVER's type needs a recipient, and none is known"]
    assert list(to_polecat(located).left_out) == []


# ---------------------------------------------------------------- between data sets, and files
def test_rows_of_one_data_set_go_to_another_with_an_account():
    acled = read_acled(pd.DataFrame(rows_of(acled_row, 300)))
    done = to_ucdp(acled)
    assert done.n_rows + done.n_left_out == 300
    assert done.n_rows > 20
    assert {one for ids in done.left_out.values() for one in ids} <= set(acled["event_id"])
    assert done.table["best"].astype(int).gt(0).all()
    ucdp = read_ucdp_ged(pd.DataFrame(rows_of(ucdp_row, 300)))
    back = to_acled(ucdp)
    assert back.n_rows + back.n_left_out == 300
    assert "known to the country alone" in back.left_out
    # UCDP's stand-ins are no towns in ACLED either.
    sharp = ucdp.set_index("event_id").loc[
        "ucdp:" + back.table["event_id_cnty"].str.removeprefix("ucdp:"), "ucdp:where_prec"
    ]
    assert set(sharp[(back.table["geo_precision"] == "1").to_numpy()]) == {"1"}


def test_no_cell_runs_in_a_spreadsheet(tmp_path):
    located, _ = frames(killed=count(1), text="=HYPERLINK(1) hit Riverton.")
    located["place_name"] = "@cmd"
    for to, name in ((to_acled, "x.csv"), (to_ucdp, "y.csv"), (to_polecat, "z.txt")):
        located["plover_type"] = "ASSAULT"
        to(located, tmp_path / name)
        with (tmp_path / name).open(newline="") as file:
            cells = [cell for line in csv.reader(file, delimiter="\t" if name == "z.txt" else ",") for cell in line]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
        assert any(cell.startswith("'@cmd") for cell in cells)


def test_the_credit_of_the_data_goes_with_them(tmp_path):
    frame = read_ucdp_ged(pd.DataFrame(rows_of(ucdp_row, 3)))
    to_ucdp(frame, tmp_path / "x.csv")
    assert "CC BY 4.0" in json.loads((tmp_path / "x.csv-metadata.json").read_text())["dc:rights"][0]
    to_ucdp(frame, tmp_path / "y.csv", attribution=("mine",))
    assert json.loads((tmp_path / "y.csv-metadata.json").read_text())["dc:rights"] == ["mine"]


def test_a_file_that_cannot_be_written_leaves_what_was_there(tmp_path):
    located, _ = frames()
    with pytest.raises(InputError, match="cannot export"):
        to_acled(located, tmp_path / "x.xls")
    with pytest.raises(InputError, match="no such folder"):
        to_acled(located, tmp_path / "nowhere" / "x.csv")
    with pytest.raises(InputError, match="GeoDataFrame"):
        to_acled(pd.DataFrame(located.drop(columns="geometry")))
    with pytest.raises(InputError, match="no column 'event_type'"):
        to_acled(located.drop(columns="event_type"))
    with pytest.raises(InputError, match="CRS"):
        to_acled(located.to_crs("EPSG:3857"))
    assert list(tmp_path.iterdir()) == []


def test_the_account_is_told_in_lines_and_as_json():
    located, unlocated = frames(at=None, place=None)
    done = to_acled(located, unlocated=unlocated)
    assert done.lines() == ("0 rows of ACLED, 1 left out", "  1 left out: no place")
    assert done.to_dict()["left_out"] == {"no place": [unlocated["event_id"][0]]}
