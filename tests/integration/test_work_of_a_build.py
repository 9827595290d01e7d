"""One new report: what a build does again is what the report changed, counted and not timed."""

import datetime as dt
from types import SimpleNamespace

import pytest
from builders import day, mention, place, resolution, toponym

from geoconflict import frame_blocks, pipeline, source_rows
from geoconflict.corrections import Corrections
from geoconflict.models import Reading
from geoconflict.render import basemap
from geoconflict.settings import load_settings
from geoconflict.store import EventStore

MONTHS = 9
TOML = """
[[maps]]
name = "all"

[[maps]]
name = "june"
starts_on = "2021-06-01"
ends_on = "2021-06-30"

[[maps]]
name = "elsewhere"
bbox = [0, 50, 10, 60]
"""


class EventOfTheDay:
    """Tools that find an event in every report, on the day of its publication."""

    def __init__(self, root):
        self.settings = load_settings(root)
        self.reading_key, self.resolution_key, self.drawing_key = "read", "read resolve", "draw"
        self.reading_parts, self.resolution_parts = {}, {}
        self.gazetteer = SimpleNamespace(attribution=("Places: test",), place={}.get)
        self.town_labels = lambda box: [("Riverton", 30.0, 10.0, 5.0, "town")]
        self.reader = self.geocoder = self
        self.corrections = Corrections()

    def read_many(self, reports):
        for told in reports:
            when = day((told.published_on - day().starts_on).days)
            yield Reading(report_id=told.report_id, toponyms=(toponym(),), mentions=(mention(told, when=when),))

    def resolve_report(self, report, reading):
        answers = tuple(resolution(one, place()) for one in reading.toponyms)
        return SimpleNamespace(resolutions=answers, all=answers, complete=True, failures=())


def write_report(root, on):
    (root / "reports").mkdir(exist_ok=True, parents=True)
    (root / "reports" / f"{on}-x.txt").write_text(f"Shells struck Riverton, {on}.", encoding="utf-8")


def project(root, days):
    root.mkdir(exist_ok=True)
    (root / "geoconflict.toml").write_text(TOML, encoding="utf-8")
    for one in days:
        write_report(root, one)
    return root


def build(root):
    with EventStore(root / "s.sqlite") as store:
        report, _ = pipeline.build(store, EventOfTheDay(root))
        return {stage.stage: stage for stage in report.stages}


def pages(root):
    return {path.name: path.read_bytes() for path in (root / "maps").iterdir()}


def counted(monkeypatch, owner, name, size, *, at=None):
    """Count the calls of a function, and the sum of what `size` says of its arguments, of which that `at` a place may be a stream."""
    seen = SimpleNamespace(calls=0, size=0)
    does = getattr(owner, name)

    def counting(*args, **kwargs):
        seen.calls += 1
        args = [list(one) if number == at else one for number, one in enumerate(args)]
        seen.size += size(*args)
        return does(*args, **kwargs)

    monkeypatch.setattr(owner, name, counting)
    return seen


@pytest.fixture
def days():
    return [dt.date(2021, month, 2) for month in range(1, MONTHS + 1)]


def test_a_new_report_costs_its_own_event_and_one_look_at_each_month(tmp_path, monkeypatch, days):
    root = project(tmp_path / "project", days)
    build(root)
    write_report(root, dt.date(2021, 6, 20))
    encoded = counted(monkeypatch, frame_blocks, "encode", len, at=0)
    parsed = counted(monkeypatch, source_rows, "_read", len)
    hashed = counted(monkeypatch, frame_blocks, "_digests", lambda frame, _: len(frame))
    merged = counted(monkeypatch, frame_blocks, "merge", lambda stream, gone, events: len(events))
    whole = counted(monkeypatch, frame_blocks, "decode", lambda stream, columns=None: columns is None)
    shown = counted(monkeypatch, frame_blocks, "event_frames", len)
    clipped = counted(monkeypatch, basemap, "clip_basemap", lambda *_: 1)

    stages = build(root)

    assert stages["map"].n_done == 2
    assert (encoded.size, parsed.size, hashed.size) == (1, 1, 1)
    assert (merged.calls, merged.size) == (1, 1)
    assert whole.size == 1  # the month that changed; maps ask for some columns
    assert (
        whole.calls == 3 * MONTHS + 2
    )  # that month, those that maps show, and for one month all, to count the others: who is to be credited stands beside them
    assert shown.size == 2 * MONTHS + 1  # the months of two maps that show all days, and of one that shows one month
    assert clipped.calls == 0


def test_what_was_kept_makes_the_maps_that_a_new_store_makes(tmp_path, days):
    grown = project(tmp_path / "grown", days[:5])
    build(grown)
    for one in (days[5], dt.date(2021, 6, 20), days[7]):
        write_report(grown, one)
        build(grown)
    (grown / "reports" / f"{days[2]}-x.txt").unlink()
    build(grown)
    new = project(tmp_path / "new", [*days[:2], *days[3:6], dt.date(2021, 6, 20), days[7]])
    build(new)
    assert pages(grown) == pages(new)


def test_a_map_of_elsewhere_is_not_drawn_and_one_of_other_days_counts_anew(tmp_path, days):
    root = project(tmp_path / "project", days)
    build(root)
    before = pages(root)
    write_report(root, dt.date(2021, 8, 20))
    assert build(root)["map"].n_done == 2
    after = pages(root)
    assert {name for name in after if after[name] != before[name]} == {"all.html", "june.html", "index.html"}


def test_a_basemap_is_made_anew_where_the_events_are_elsewhere(tmp_path, monkeypatch, days):
    root = project(tmp_path / "project", days)
    build(root)
    write_report(root, dt.date(2021, 6, 20))
    clipped = counted(monkeypatch, basemap, "clip_basemap", lambda *_: 1)
    monkeypatch.setattr(
        EventOfTheDay,
        "resolve_report",
        lambda self, report, reading: SimpleNamespace(
            resolutions=(found := tuple(resolution(one, place("Hill", 34.0, 12.0)) for one in reading.toponyms)),
            all=found,
            complete=True,
            failures=(),
        ),
    )
    build(root)
    assert clipped.calls == 2
