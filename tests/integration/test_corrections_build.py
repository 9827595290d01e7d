"""A correction stays: over a rebuild, reports that are read again with other ids, another gazetteer, new copies of the text."""

import dataclasses
import datetime as dt
import json

import pytest
from builders import count, place
from test_pipeline_stages import CountingTools, counts

from geoconflict import pipeline
from geoconflict.correction_stage import corrections_state
from geoconflict.corrections import Deed, append_corrections, correction, load_corrections
from geoconflict.corrections.adding import ref_of
from geoconflict.corrections.entry import checked, place_value, ref_to
from geoconflict.events import merge_sources
from geoconflict.frames import events_to_frame
from geoconflict.plan import plan_build
from geoconflict.settings import Settings
from geoconflict.store import EventStore

NOON = dt.datetime(2021, 7, 1, 12, tzinfo=dt.UTC)
ELSEWHERE = place_value(place("Elsewhere", 31.0, 11.0))


@pytest.fixture
def root(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "geoconflict.toml").write_text("")
    for n in range(1, 6):
        (tmp_path / "reports" / f"2021-06-{n:02d}-x.txt").write_text(f"Artillery struck Riverton, report {n}.")
    return tmp_path


def build(root, entries=(), *, name="s.sqlite", **keys):
    """Ingest the reports with a corrections file, and return its path, the tools and the account."""
    file = root / "corrections.jsonl"
    append_corrections(file, list(entries))
    tools = CountingTools(root, **keys)
    tools.corrections = load_corrections(file)
    with EventStore(root / name) as store:
        report = pipeline.ingest([root / "reports"], store, tools, is_mirror=True)
    return report, tools


def events(root, name="s.sqlite"):
    with EventStore(root / name, read_only=True) as store:
        return store.event_records()


def state(root, name="s.sqlite"):
    with EventStore(root / name, read_only=True) as store:
        return corrections_state(store)


def entry(what, event, value=None, *, who="anna", hours=0, why="read the report again", refs=None):
    tellings = refs if refs is not None else [ref_to(one) for one in event.sources]
    when = NOON + dt.timedelta(hours=hours)
    return correction(what, who=who, when=when, event=event.event_id, tellings=tellings, value=value, why=why)


def moved(event, **fields):
    return entry(Deed.MOVE, event, {"place": ELSEWHERE}, **fields)


def places_of(found):
    return {event.place.name for event in found}


@pytest.fixture
def event(root):
    """The one event of a first build."""
    build(root)
    (found,) = events(root)
    assert (found.place.name, len(found.sources)) == ("Riverton", 5)
    return found


def test_a_moved_event_is_at_its_new_place_and_says_who_moved_it_and_why(root, event):
    report, tools = build(root, [moved(event)])
    (found,) = events(root)
    assert (found.place.name, found.place.lon, found.place_score, found.score) == ("Elsewhere", 31.0, 1.0, 1.0)
    assert found.sources[0].review.notes == (
        "place was Riverton, Elsewhere by anna on 2021-07-01: read the report again",
    )
    assert "Elsewhere by anna on 2021-07-01: read the report again" in events_to_frame([found]).iloc[0]["place_reasons"]
    assert counts(report)["extract"][0] == counts(report)["resolve"][0] == 0
    assert tools.n_read == tools.n_resolved == 0


def test_only_what_a_changed_file_concerns_is_merged_anew_and_the_plan_says_why(root, event):
    (root / "reports" / "2021-08-01-x.txt").write_text("Artillery struck Riverton once more, much later.")
    build(root)
    with EventStore(root / "s.sqlite") as store:
        before = store.ledger.merged_reports()
    build(root, [moved(event)])
    with EventStore(root / "s.sqlite") as store:
        after = store.ledger.merged_reports()
        tools = CountingTools(root)
        tools.settings = Settings(root=root, maps=())
        assert ("the corrections changed",) in [step.why for step in plan_build(store, tools).steps]
    concerned = {one.mention.report_id for one in event.sources}
    assert {report_id for report_id in after if after[report_id] != before[report_id]} == concerned


def test_it_survives_a_rebuild(root, event):
    build(root, [moved(event)])
    build(root, name="again.sqlite")
    assert events(root, "again.sqlite") == events(root)


def test_it_survives_another_gazetteer_and_another_extraction(root, event):
    build(root, [moved(event)])
    build(root, where=place("Riverton", 77.0, 7.0, place_id="other:1"), reading_key="extract-2", resolution_key="r-2")
    (found,) = events(root)
    assert (found.place.name, found.sources[0].review.notes[0][:26]) == ("Elsewhere", "place was Riverton, Elsewh")


def test_it_survives_reports_that_are_read_again_under_other_ids(root, event):
    build(root, [moved(event)])
    rows = []
    for file in sorted((root / "reports").iterdir()):
        rows.append(json.dumps({"text": file.read_text(), "published_on": file.name[:10], "source": "Another Outlet"}))
        file.unlink()
    (root / "reports" / "all.jsonl").write_text("\n".join(rows))
    build(root, name="again.sqlite")
    (found,) = events(root, "again.sqlite")
    assert not {one.mention.report_id for one in found.sources} & {one.mention.report_id for one in event.sources}
    assert found.place.name == "Elsewhere"
    assert state(root, "again.sqlite").orphans == ()


def test_what_it_refers_to_is_gone_and_it_is_told_and_kept(root, event):
    build(root, [moved(event)])
    before = (root / "corrections.jsonl").read_bytes()
    for file in (root / "reports").iterdir():
        file.unlink()
    (root / "reports" / "2021-06-01-y.txt").write_text("Another text of Riverton.")
    tools = CountingTools(root)
    tools.corrections = load_corrections(root / "corrections.jsonl")
    with EventStore(root / "s.sqlite") as store:
        pipeline.ingest([root / "reports"], store, tools, is_mirror=True, accept_withdrawals=True)
    (told,) = state(root).orphans
    assert "move" in told
    assert "5 of its 5 tellings" in told
    assert (root / "corrections.jsonl").read_bytes() == before


def test_taken_back_all_is_as_it_was(root, event):
    one = moved(event)
    build(root, [one])
    back = correction(
        Deed.WITHDRAW, who="anna", when=NOON, event=event.event_id, value={"correction": one.entry_id}, why="a mistake"
    )
    build(root, [back])
    assert events(root) == (event,)


def test_reviewers_who_differ_are_told_and_neither_is_applied(root, event):
    ben = place_value(place("Hilltown", 32.0, 12.0))
    build(root, [moved(event), entry(Deed.MOVE, event, {"place": ben}, who="ben", hours=1)])
    (found,) = events(root)
    assert found.place.name == "Riverton"
    assert "anna says Elsewhere, ben says Hilltown" in found.disagreements[0]
    assert found.score < 1
    (told,) = state(root).conflicts
    assert "Neither is applied" in told
    build(root, [moved(event, who="ben", hours=2)])
    (found,) = events(root)
    assert (found.place.name, found.disagreements, state(root).conflicts) == ("Elsewhere", (), ())
    assert "by anna and ben" in found.sources[0].review.notes[0]


def test_a_later_entry_of_one_reviewer_takes_the_place_of_the_earlier(root, event):
    hill = place_value(place("Hilltown", 32.0, 12.0))
    build(root, [entry(Deed.MOVE, event, {"place": hill}, hours=1), moved(event)])
    assert places_of(events(root)) == {"Hilltown"}
    assert state(root).conflicts == ()


def test_a_type_a_day_and_no_event_at_all(root, event):
    redated = entry(Deed.REDATE, event, {"starts_on": "2021-06-02"})
    build(root, [entry(Deed.RETYPE, event, {"sub_event_type": "Government regains territory"}), redated])
    (found,) = events(root)
    assert (found.event_type, found.sub_event_type) == ("Battles", "Government regains territory")
    assert (found.when.starts_on, found.when.ends_on) == (dt.date(2021, 6, 2), dt.date(2021, 6, 2))
    build(root, [entry(Deed.REJECT, event, hours=3)])
    assert events(root) == ()
    build(root, [entry(Deed.ACCEPT, event, hours=4)])
    assert len(events(root)) == 1


PARTICULARS = [
    (Deed.RESTATUS, {"status": "claimed", "by": "a mayor"}),
    (Deed.ACTORS, {"agents": [{"name": "Rebels", "kind": "rebel group"}], "targets": []}),
    (Deed.FIGURES, {"killed": {"low": 3, "high": 7}, "wounded": None}),
]


def particulars_of(found):
    return found.status, found.claimed_by, [one.name for one in found.actors], found.killed, found.wounded


def test_status_sides_and_figures_hold_over_a_new_report_and_a_rebuild_and_say_whose_they_are(root, event):
    before = particulars_of(event)
    entries = [entry(what, event, value) for what, value in PARTICULARS]
    build(root, entries)
    (found,) = events(root)
    assert particulars_of(found) == ("claimed", ("a mayor",), ["Rebels"], count(low=3, high=7), None)
    assert (found.event_id, found.score) == (event.event_id, 1.0)
    row = events_to_frame([found]).iloc[0]
    assert (row["status"], row["claimed_by"], row["agents"]) == ("claimed", "a mayor", "Rebels")
    assert (row["killed_low"], row["killed_high"]) == (3, 7)
    for said in (
        "status was occurred, claimed by a mayor by anna",
        "who did it was unknown, Rebels by anna",
        "number killed was",
    ):
        assert said in row["place_reasons"]

    (root / "reports" / "2021-06-05-y.txt").write_text("Artillery struck Riverton, a sixth report.")
    build(root)
    (found,) = events(root)
    assert len(found.sources) == 6
    assert particulars_of(found) == ("claimed", ("a mayor",), ["Rebels"], count(low=3, high=7), None)
    build(root, name="again.sqlite")
    assert events(root, "again.sqlite") == (found,)

    back = [
        correction(Deed.WITHDRAW, who="anna", when=NOON, event=event.event_id, value={"correction": one.entry_id})
        for one in entries
    ]
    build(root, back)
    (found,) = events(root)
    assert particulars_of(found) == before


@pytest.mark.parametrize(("what", "value"), PARTICULARS)
def test_a_build_merges_only_what_status_sides_and_figures_concern_and_does_nothing_the_next_time(
    root, event, what, value
):
    (root / "reports" / "2021-08-01-x.txt").write_text("Artillery struck Riverton once more, much later.")
    build(root)
    with EventStore(root / "s.sqlite") as store:
        before = store.ledger.merged_reports()
    build(root, [entry(what, event, value)])
    with EventStore(root / "s.sqlite") as store:
        after = store.ledger.merged_reports()
    concerned = {one.mention.report_id for one in event.sources}
    assert {report_id for report_id in after if after[report_id] != before[report_id]} == concerned
    report, _ = build(root)
    assert counts(report)["merge"][0] == 0


@pytest.mark.parametrize(
    ("what", "value", "other", "said"),
    [
        (*PARTICULARS[0], {"status": "denied"}, "the status: anna says claimed by a mayor, ben says denied"),
        (*PARTICULARS[1], {"agents": []}, "who did it: anna says Rebels, ben says unknown"),
        (*PARTICULARS[2], {"killed": 5}, "the number killed: anna says 3 to 7, ben says 5"),
    ],
)
def test_reviewers_who_differ_on_status_sides_or_figures_are_told(root, event, what, value, other, said):
    build(root, [entry(what, event, value), entry(what, event, other, who="ben", hours=1)])
    (found,) = events(root)
    assert (found.status, found.actors, found.killed) == (event.status, event.actors, event.killed)
    assert f"Reviewers differ on {said}. Neither is applied." in found.disagreements
    assert state(root).conflicts == (f"Reviewers differ on {said}. Neither is applied.",)
    assert found.score < 1


# ---------------------------------------------------------------- events that reviewers add
ADDED_TEXT = "The market reopened. Guards shot two traders at Hilltown on Monday. Prices rose."
ADDED_QUOTE = "Guards shot two traders at Hilltown"
HILL = place_value(place("Hilltown", 32.0, 12.0))
ADDED = {
    "sub_event_type": "Attack",
    "place": HILL,
    "starts_on": "2021-06-07",
    "killed": 2,
    "agents": [{"name": "Guards"}],
}


@pytest.fixture
def with_text(root):
    """A store with a report that tells of an event, of which nothing is found in it, and the report."""
    (root / "reports" / "2021-06-08-z.txt").write_text(ADDED_TEXT)
    build(root)
    return report_of(root)


def report_of(root, name="s.sqlite", text=ADDED_TEXT):
    with EventStore(root / name, read_only=True) as store:
        return next(one.report for one in store.reports() if one.report.text == text)


def add(report, value=None, *, who="anna", hours=0, quote=ADDED_QUOTE, why="it was passed over"):
    value = value or ADDED
    at = report.text.index(quote)
    ref = ref_of(report, at, at + len(quote), checked(Deed.ADD, value))
    when = NOON + dt.timedelta(hours=hours)
    return correction(Deed.ADD, who=who, when=when, event="e", tellings=[ref], value=value, why=why)


def added_events(root, name="s.sqlite"):
    return [one for one in events(root, name) if any(of.mention.mention_id.startswith("added-") for of in one.sources)]


def test_an_event_that_was_passed_over_is_added_and_says_who_added_it(root, with_text):
    before = events(root)
    build(root, [add(with_text)])
    (found,) = added_events(root)
    assert (found.event_type, found.sub_event_type, found.status) == (
        "Violence against civilians",
        "Attack",
        "occurred",
    )
    assert (found.place.name, found.when.starts_on, found.killed) == ("Hilltown", dt.date(2021, 6, 7), count(2))
    assert (found.actors[0].name, found.score, found.disagreements) == ("Guards", 1.0, ())
    (told,) = found.sources
    assert told.quote == "Guards shot two traders at Hilltown on Monday."
    assert told.review.notes == ("added by anna on 2021-07-01: it was passed over",)
    assert "added by anna on 2021-07-01" in events_to_frame([found]).iloc[0]["place_reasons"]
    assert [one for one in events(root) if one != found] == list(before)
    report, _ = build(root)
    assert counts(report)["merge"][0] == 0


def test_it_survives_rebuilds_and_reports_under_other_ids_and_goes_with_its_report(root, with_text):
    build(root, [add(with_text)])
    (found,) = added_events(root)
    build(root, name="again.sqlite")
    assert events(root, "again.sqlite") == events(root)

    (root / "reports" / "2021-06-08-z.txt").unlink()
    row = {"text": ADDED_TEXT, "published_on": "2021-06-08", "source": "Another Outlet"}
    (root / "reports" / "z.jsonl").write_text(json.dumps(row))
    build(root)
    (again,) = added_events(root)
    assert (again.event_id, again.sources[0].source) == (found.event_id, "Another Outlet")
    assert state(root).orphans == ()

    (root / "reports" / "z.jsonl").write_text(json.dumps(row | {"text": "The market reopened."}))
    build(root)
    assert added_events(root) == []
    (told,) = state(root).orphans
    assert "1 of its 1 tellings are not in the store: 'Guards shot two traders at Hilltown'" in told
    (root / "reports" / "z.jsonl").write_text(json.dumps(row))
    build(root)
    assert added_events(root) == [again]


def test_where_several_reports_have_its_words_it_is_one_telling_and_a_build_equals_a_full_one(root, with_text):
    made = add(with_text)
    build(root, [made])
    (root / "reports" / "2021-06-08-z.txt").unlink()
    rows = []
    for n in range(4):  # whichever of their ids comes first
        text = f"{ADDED_TEXT} Told by outlet {n}, which has more to say of prices than of guards: {n * 'bread and oil, ' + 'salt'}."
        rows.append({"text": text, "published_on": "2021-06-08", "source": f"Outlet {n}"})
        (root / "reports" / "z.jsonl").write_text("\n".join(map(json.dumps, rows)))
        build(root)
        build(root, name=f"full-{n}.sqlite")
        assert events(root) == events(root, f"full-{n}.sqlite")
        (found,) = added_events(root)
        assert len(found.sources) == 1
    (root / "reports" / "2021-06-08-z.txt").write_text(ADDED_TEXT)
    build(root)
    (found,) = added_events(root)
    assert found.sources[0].mention.report_id == with_text.report_id


def test_what_is_added_is_corrected_rejected_and_taken_back_like_any_other(root, with_text):
    made = add(with_text)
    build(root, [made])
    (found,) = added_events(root)
    later = [moved(found, hours=1), entry(Deed.FIGURES, found, {"killed": 3}, hours=1)]
    build(root, later)
    (found,) = added_events(root)
    assert (found.place.name, found.killed) == ("Elsewhere", count(3))
    assert "place was Hilltown, Elsewhere by anna" in " ".join(found.sources[0].review.notes)
    build(root, [entry(Deed.REJECT, found, who="ben", hours=2)])
    (contested,) = added_events(root)
    assert "Reviewers differ on the event: anna says an event, ben says no event." in contested.disagreements[0]
    assert contested.score < 1
    build(root, [entry(Deed.REJECT, found, hours=3)])
    assert added_events(root) == []
    back = correction(Deed.WITHDRAW, who="anna", when=NOON, event="e", value={"correction": made.entry_id})
    build(root, [back])
    assert added_events(root) == []
    assert len(state(root).orphans) == 4  # what was said of it: nothing that the program found is taken for it


def test_who_adds_the_same_adds_one_telling_and_who_adds_another_place_another(root, with_text):
    build(root, [add(with_text), add(with_text, who="ben", hours=1)])
    (found,) = added_events(root)
    assert len(found.sources) == 1
    assert [note[:13] for note in found.sources[0].review.notes] == ["added by anna", "added by ben "]
    build(root, [add(with_text, ADDED | {"place": ELSEWHERE}, who="carl", hours=2)])
    assert sorted(one.place.name for one in added_events(root)) == ["Elsewhere", "Hilltown"]


def test_an_added_telling_joins_the_event_that_others_tell(root, event):
    (told, *_) = event.sources
    with EventStore(root / "s.sqlite", read_only=True) as store:
        report = next(one.report for one in store.reports() if one.report.report_id != told.mention.report_id)
    before = len(event.sources)
    quote = report.text[:12]
    value = {"sub_event_type": event.sub_event_type, "place": place_value(event.place), "starts_on": "2021-06-10"}
    build(root, [add(report, value, quote=quote)])
    (found,) = added_events(root)
    refs = [ref_to(one, "a") for one in found.sources] + [
        ref_to(one, "b") for one in event.sources if one.mention.mention_id not in {of.mention.mention_id for of in found.sources}
    ]  # fmt: skip
    if len(found.sources) == 1:
        build(root, [entry(Deed.MERGE, found, refs=refs, hours=1)])
    (found,) = events(root)
    assert len(found.sources) == before + 1


def test_a_made_up_quote_adds_nothing(root, with_text):
    made = add(with_text)
    ref = dataclasses.replace(made.tellings[0], quote="Guards shot two hundred traders")
    forged = correction(Deed.ADD, who="mallory", when=NOON, event="e", tellings=[ref], value=ADDED)
    build(root, [forged])
    assert added_events(root) == []
    assert len(state(root).orphans) == 1


def test_one_telling_is_parted_and_put_together_again(root, event):
    refs = [ref_to(one, "out" if n == 0 else "stay") for n, one in enumerate(event.sources)]
    build(root, [entry(Deed.SPLIT, event, refs=refs)])
    assert sorted(len(one.sources) for one in events(root)) == [1, 4]
    refs = [ref_to(one, "a" if n == 0 else "b") for n, one in enumerate(event.sources)]
    build(root, [entry(Deed.MERGE, event, refs=refs, hours=1)])
    assert [len(one.sources) for one in events(root)] == [5]
    build(
        root,
        [
            entry(
                Deed.SPLIT,
                event,
                refs=[ref_to(one, "out" if n == 0 else "stay") for n, one in enumerate(event.sources)],
                who="ben",
                hours=2,
            )
        ],
    )
    (told,) = state(root).conflicts
    assert "anna says one event, ben says two events" in told


def test_the_store_equals_a_merge_of_all_it_holds_at_once(root, event):
    build(root, [moved(event)])
    (root / "reports" / "2021-06-09-x.txt").write_text("Artillery struck Riverton, another report.")
    build(root, [entry(Deed.COMMENT, event, why="ask the outlet")])
    found = events(root)
    build(root, name="again.sqlite")
    assert events(root, "again.sqlite") == found
    assert places_of(found) == {"Elsewhere", "Riverton"}
    assert merge_sources([one for each in found for one in each.sources]) is not None


def test_accepting_confirms_and_what_changes_later_is_told(root, event):
    value = {"place": event.place.place_id, "type": event.sub_event_type, "date": "2021-06-10/2021-06-10"}
    build(root, [entry(Deed.ACCEPT, event, value)])
    (found,) = events(root)
    assert (found.score, found.disagreements) == (1.0, ())
    build(root, where=place("Riverton", 77.0, 7.0, place_id="other:1"), resolution_key="r-2")
    (found,) = events(root)
    assert found.disagreements == ("A reviewer accepted it with another place.",)
    assert found.score < 1


def test_what_is_moved_in_the_instant_in_which_it_is_accepted_is_moved(root, event):
    seen = {"place": event.place.place_id, "type": event.sub_event_type, "date": "2021-06-10/2021-06-10"}
    for n in range(4):  # whichever hash is the smaller
        build(root, [moved(event, hours=n, why=str(n)), entry(Deed.ACCEPT, event, seen, hours=n, why=str(n))])
        assert places_of(events(root)) == {"Elsewhere"}
