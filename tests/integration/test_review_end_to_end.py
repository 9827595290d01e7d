"""The loop with the real reader and gazetteer: list, decide in the sheet, build; then everything beneath it changes."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from geoconflict.cli import main

_REPORTS = {
    "2020-10-02-a.txt": "Shells fell on Martuni on Thursday, killing two civilians, the defence ministry said.",
    "2020-10-03-b.txt": "A drone strike hit Stepanakert on Friday, wounding three people.",
}
_SETTINGS = (
    '[places]\ncountries = ["AZE", "ARM"]\noverrides = "overrides.csv"\nextra = ["own.csv"]\n[[maps]]\nname = "war"\n'
)
_OWN = "name,lon,lat,kind,country\nSomewhere Else,10.0,50.0,settlement,DEU\n"


@pytest.fixture(scope="module", autouse=True)
def _language_model_loaded():
    from geoconflict.tools import Tools

    _ = Tools().reader


@pytest.fixture
def project(tmp_path):
    (tmp_path / "reports").mkdir()
    for name, text in _REPORTS.items():
        (tmp_path / "reports" / name).write_text(text, encoding="utf-8")
    (tmp_path / "geoconflict.toml").write_text(_SETTINGS, encoding="utf-8")
    (tmp_path / "overrides.csv").write_text("surface,place_id\n", encoding="utf-8")
    (tmp_path / "own.csv").write_text(_OWN, encoding="utf-8")
    return tmp_path


def run(project, *arguments, code=0):
    done = CliRunner().invoke(main, [*arguments, "--config", str(project / "geoconflict.toml")])
    assert done.exit_code == code, done.output
    return done.stdout if "--json" in arguments else done.output


def events(project):
    run(project, "export", "--out", str(project / "events.geojson"))
    features = json.loads((project / "events.geojson").read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["event_id"]: feature["properties"] for feature in features}


def decide(project, event_id, decision, value="", comment="", who="anna"):
    run(project, "review", "--out", str(project / "review.csv"), "--all")
    rows = list(csv.DictReader(io.StringIO((project / "review.csv").read_text(encoding="utf-8-sig"))))
    for row in rows:
        if row["event_id"] == event_id:
            row |= {
                "decision": decision,
                "value": value,
                "comment": comment,
                "confirm": "yes",
            }  # it moves across a border
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    (project / "review.csv").write_text(file.getvalue(), encoding="utf-8")
    run(project, "review", "--apply", str(project / "review.csv"), "--who", who)


def of_martuni(project):
    return next(
        one for one in events(project).values() if "Mart" in one["place_name"] or one["place_name"] == "Askeran"
    )


def test_a_place_is_put_right_once_and_stays_right(project):
    run(project, "build")
    before = of_martuni(project)
    page = (project / "maps" / "war.html").read_bytes()
    decide(project, before["event_id"], "move", "46.82, 39.94, near, 4000, Askeran", "the ministry meant Askeran")
    assert "the corrections changed" in run(project, "build", "--dry-run")
    told = run(project, "build")
    assert "corrections: 1 of 1 entries are applied" in told
    assert (project / "maps" / "war.html").read_bytes() != page

    def check():
        found = of_martuni(project)
        assert (found["place_name"], found["radius_m"], found["place_score"]) == ("Askeran", 4000.0, 1.0)
        assert "Askeran by anna on " in found["place_reasons"]
        assert "the ministry meant Askeran" in found["place_reasons"]
        return found["event_id"]

    assert check() == before["event_id"]
    assert "nothing to do" in run(project, "build", "--dry-run").splitlines()[-3]

    # another gazetteer: a file of own places has changed, and all is read and placed anew
    (project / "own.csv").write_text(_OWN + "Martuni,47.5,39.5,settlement,AZE\n", encoding="utf-8")
    assert "the gazetteer" in run(project, "build", "--dry-run")
    run(project, "build")
    check()

    # a rebuild from nothing
    (project / "geoconflict.sqlite").unlink()
    run(project, "build")
    check()

    # the same texts come another way, and have other ids
    rows = []
    for file in sorted((project / "reports").iterdir()):
        rows.append(
            json.dumps({"text": file.read_text(), "published_on": file.name[:10], "source": "Agency", "title": "x"})
        )
        file.unlink()
    (project / "reports" / "all.jsonl").write_text("\n".join(rows), encoding="utf-8")
    run(project, "build")
    assert check() != before["event_id"]
    state = json.loads(run(project, "status", "--json"))["corrections"]
    assert (state["n_applied"], state["orphans"], state["conflicts"]) == (1, [], [])

    # the report goes, and comes back
    kept = (project / "reports" / "all.jsonl").read_text()
    (project / "reports" / "all.jsonl").write_text(rows[1], encoding="utf-8")
    assert "corrections of which something is not in the store: 1" in run(project, "build")
    assert "1 of its 1 tellings are not in the store" in run(project, "status")
    (project / "reports" / "all.jsonl").write_text(kept, encoding="utf-8")
    run(project, "build")
    check()


def test_status_sides_and_figures_are_put_right_on_the_map_in_exports_and_in_what_is_explained(project):
    run(project, "build")
    event = next(one for one in events(project).values() if one["place_name"] != of_martuni(project)["place_name"])
    page = (project / "maps" / "war.html").read_bytes()
    decide(project, event["event_id"], "restatus", "claimed: a mayor")
    decide(project, event["event_id"], "actors", "by: Armenian army | on: civilians")
    decide(project, event["event_id"], "figures", "wounded 4-6; killed 1", "the mayor corrected himself")
    assert "corrections: 3 of 3 entries are applied" in run(project, "build")
    assert (project / "maps" / "war.html").read_bytes() != page

    def check():
        found = events(project)[event["event_id"]]
        assert (found["status"], found["claimed_by"]) == ("claimed", "a mayor")
        assert (found["agents"], found["targets"]) == ("Military Forces of Armenia", "Civilians")
        assert (found["killed_best"], found["wounded_low"], found["wounded_high"]) == (1, 4, 6)
        (source,) = json.loads(found["sources"]) if isinstance(found["sources"], str) else found["sources"]
        assert source["wounded"] == {"low": 3, "best": 3, "high": 3}
        assert "Wounded: 3 according to one report" in found["disagreements"].replace(
            "a mayor (one report)", "one report"
        )
        assert "number wounded was 3, 4 to 6 by anna on " in found["place_reasons"]
        return found

    before = check()
    told = run(project, "explain", event["event_id"])
    assert "reviewed: number wounded was 3, 4 to 6 by anna" in " ".join(told.split())
    assert "killed 1; wounded 4 to 6" in told

    (project / "geoconflict.sqlite").unlink()
    run(project, "build")
    assert check() == before


def test_an_event_that_was_passed_over_is_added_and_drawn_and_goes_with_its_report(project):
    text = "Prices rose in Stepanakert. What befell the mill by Martuni on Friday, nobody would say."
    (project / "reports" / "2020-10-05-c.txt").write_text(text, encoding="utf-8")
    run(project, "build")
    before, page = events(project), (project / "maps" / "war.html").read_bytes()
    run(project, "review", "--out", str(project / "review.csv"), "--all")
    header = (project / "review.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    row = dict.fromkeys(header, "") | {
        "decision": "add", "report": "2020-10-05-c.txt", "quote": "What befell the mill by Martuni on Friday", "value": "46.82, 39.94, near",
        "sub_event_type": "Looting/property destruction", "starts_on": "2020-10-02", "status": "claimed", "claimed_by": "a miller",
        "agents": "Azerbaijani soldiers", "confirm": "yes", "comment": "the miller was asked",
    }  # fmt: skip
    with (project / "review.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=header)
        writer.writeheader()
        writer.writerow(row)
    run(project, "review", "--apply", str(project / "review.csv"), "--who", "anna")
    assert "corrections: 1 of 1 entries are applied" in run(project, "build")
    assert (project / "maps" / "war.html").read_bytes() != page
    after = events(project)
    (new,) = after.keys() - before.keys()
    found = after[new]
    assert (found["status"], found["claimed_by"], found["agents"]) == (
        "claimed",
        "a miller",
        "Military Forces of Azerbaijan",
    )
    assert found["place_reasons"].startswith("added by anna on ")
    assert "the miller was asked" in found["place_reasons"]
    told = " ".join(run(project, "explain", new).split())
    assert "reviewed: added by anna" in told
    assert "read so: added by a reviewer" in told

    (project / "geoconflict.sqlite").unlink()
    run(project, "build")
    assert events(project) == after
    (project / "reports" / "2020-10-05-c.txt").unlink()
    assert "corrections of which something is not in the store: 1" in run(project, "build")
    assert events(project).keys() == before.keys()


def test_a_repaired_store_keeps_what_was_corrected(project):
    run(project, "build")
    before = of_martuni(project)
    decide(project, before["event_id"], "move", "46.82, 39.94, town, Askeran")
    run(project, "build")
    after = events(project)
    from geoconflict.pipeline import remerge
    from geoconflict.store import EventStore

    with EventStore(project / "geoconflict.sqlite") as store:
        with store.transaction():
            store.set_meta("merge_key", "lost")
            store.set_meta("merging_rules", "lost")
        remerge(store)
    assert events(project) == after
    assert of_martuni(project)["place_name"] == "Askeran"


def test_reviewers_who_differ_are_told_everywhere(project):
    run(project, "build")
    event = of_martuni(project)["event_id"]
    decide(project, event, "move", "46.82, 39.94, town, Askeran")
    decide(project, event, "move", "46.9, 39.7, town, Martuni", who="ben")
    for told in (run(project, "build"), run(project, "status"), run(project, "review")):
        assert "anna says Askeran, ben says Martuni" in told
    assert "reviewers differ" in run(project, "status")
    assert of_martuni(project)["disagreements"].startswith("Reviewers differ on the place")
    worst = json.loads(run(project, "review", "--json"))["items"][0]
    assert (worst["event_id"], worst["doubt"]) == (event, 1.0)
