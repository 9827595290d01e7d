import dataclasses
import json

import pytest
from builders import actor, casualties, count, day, place, report, source, toponym

from geoconflict.errors import StoreError
from geoconflict.events import merge_into
from geoconflict.explaining import explain_event
from geoconflict.explaining.event_as_text import event_explanation_to_text
from geoconflict.models import Blame, DateBasis, EventType, PlacePrecision, Status
from geoconflict.store import EventStore

ARMY = (actor("Army A"),)
HILL = place("Hilltown", 30.05, 10.05, admin1="Valley")
PROVINCE = place("Valley", precision=PlacePrecision.ADMIN1, radius_m=30_000.0, kind="admin1")


def told(outlet, at=None, **fields):
    where = at or place(admin1="Valley")
    return source(report(source=outlet), at=where, **{"actors": ARMY, "place": toponym(where.name), **fields})


@pytest.fixture
def explained(tmp_path):
    def explain(*sources, of=None):
        with EventStore(tmp_path / "s.sqlite") as store:
            with store.transaction():
                merge_into(store.ledger, sources)
            wanted = (of or sources[0]).mention.mention_id
            (event,) = [
                one
                for one in store.event_records()
                if wanted in {version.mention.mention_id for version in one.sources}
            ]
            return explain_event(store, event.event_id[:12])

    return explain


def test_each_two_sources_have_their_evidence_and_it_adds_up(explained):
    killed = {"casualties": casualties(killed=count(5))}
    found = explained(told("One", **killed), told("Two", casualties=casualties(killed=count(7))), told("Three"))
    assert [(pair.first, pair.second) for pair in found.joined] == [(1, 2), (1, 3), (2, 3)]
    for pair in found.joined:
        assert pair.score == pytest.approx(sum(piece.added for piece in pair.evidence), abs=0.02)
        assert pair.score >= found.joins
    words = {piece.words for pair in found.joined for piece in pair.evidence}
    assert "the same place: Riverton" in words
    assert "the same day: 2021-06-10" in words
    assert "done by the same side: Army A" in words
    assert any(word.startswith("figures that differ: killed ") for word in words)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (told("Two", when=day(1)), "other days: 2021-06-11"),
        (told("Two", at=HILL), "another place, 8 km away"),
        (
            told("Two", event_type=EventType.STRATEGIC, sub_event_type="Arrests"),
            "another kind of event: Arrests",
        ),
        (
            told("Two", actors=(actor("Army B"), actor("Army A", "target"))),
            "who did it in one suffered it in the other",
        ),
        (
            told("Two", event_type=EventType.BATTLES, sub_event_type="Armed clash"),
            "too little agrees: +1.7 in all, +2.4 is needed",
        ),
        (told("Two", at=PROVINCE, actors=()), "a report of a vaguer place, on which too little agrees"),
        (
            told("Two", at=PROVINCE, casualties=casualties(killed=count(3))),
            "a report of a vaguer place, with other figures",
        ),
    ],
    ids=["days", "place", "kind", "sides", "score", "vague", "figures"],
)
def test_why_an_event_near_by_was_not_joined(explained, other, why):
    found = explained(told("One", casualties=casualties(killed=count(9))), other)
    assert [one.why for one in found.apart] == [why]


def test_the_score_is_shown_with_its_parts(explained):
    found = explained(told("One"), told("Two"))
    text = str(found)
    assert f"Score {found.event.score:.2f}, how likely it is right" in text
    assert "several reports tell it" in text
    told_parts = found.to_dict()["score_parts"]
    assert told_parts[0]["name"] == "start"
    assert {part["name"] for part in told_parts} >= {"sum", "reports"}
    assert all(f"{part['added']:+.1f} {part['words']}" in text for part in told_parts)


def test_a_report_that_fits_several_events_says_so(explained):
    vague = told("Two", at=PROVINCE)
    found = explained(told("One"), vague, told("Three", at=HILL), of=vague)
    assert {one.why for one in found.apart} == {
        "a report of a vaguer place that fits several events, so it supports none"
    }
    assert all(one.evidence for one in found.apart)


def test_a_report_that_looks_back_at_several_events_says_so(explained):
    text = "Leaders condemn the bombing in Riverton."
    looks_back = source(
        report(text, source="Three", on=day(4).ends_on),
        when=dataclasses.replace(day(4), starts_on=None, basis=DateBasis.PUBLISHED),
        trigger_start=20,
        trigger_end=27,
        place=toponym("Riverton", 31),
    )
    found = explained(told("One", when=day(1)), told("Two"), looks_back, of=looks_back)
    assert {one.why for one in found.apart} == {"a report that looks back and fits several events, so it supports none"}


def test_text_and_json_say_the_same(explained):
    found = explained(told("One"), told("Two"), told("Three", at=HILL))
    text = str(found)
    assert "  1 and 2  +4.5\n" in text
    assert "another place, 8 km away" in text
    assert max(map(len, text.splitlines())) <= 100
    record = json.loads(json.dumps(found.to_dict()))
    assert record["schema"] == "geoconflict-event-explanation/1"
    assert [one["why"] for one in record["apart"]] == ["another place, 8 km away"]
    assert record["joined"][0]["evidence"][0] == {
        "name": "same_place",
        "added": 2.0,
        "words": "the same place: Riverton",
    }
    assert len(record["event"]["sources"]) == 2


def test_an_event_of_one_report_has_nothing_joined(explained):
    found = explained(told("One"))
    assert found.joined == found.apart == ()
    assert "nothing was joined" in str(found)
    assert "No other event is near by" in str(found)


def test_of_many_sources_the_text_shows_one_pair_each_and_json_all(explained):
    found = explained(*(told(f"Outlet {n}") for n in range(7)))
    assert len(found.joined) == 21
    assert "15 more pairs; --json gives them" in str(found)


def test_an_id_that_no_event_or_several_have_is_an_error(tmp_path):
    with EventStore(tmp_path / "s.sqlite") as store:
        with pytest.raises(StoreError, match="no event has an id that begins with 'abc'"):
            explain_event(store, "abc")
        with store.transaction():
            merge_into(store.ledger, [source(report(f"Text {n}."), when=day(2 * n)) for n in range(40)])
        letters = [one.event_id[0] for one in store.event_records()]
        common = max(letters, key=letters.count)
        with pytest.raises(StoreError, match="events have an id that begins"):
            explain_event(store, common)
        with pytest.raises(StoreError, match="no event"):
            explain_event(store, "")


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({}, ["occurred, on the report's own word: no speaker was found", "by Army A"]),
        ({"status": Status.CLAIMED, "claimed_by": "the ministry"}, ["claimed, on the word of the ministry"]),
        ({"status": Status.DENIED, "denied_by": "the army"}, ["denied by the army"]),
        ({"blamed": (Blame(name="Army B", by="the mayor"),)}, ["blamed on Army B by the mayor"]),
        (
            {"reasons": ("shelling: artillery", "place: in Riverton")},
            ["read so: shelling: artillery; place: in Riverton"],
        ),
    ],
)
def test_each_source_says_on_whose_word_it_is_told_by_whom_it_was_done_and_why(explained, fields, lines):
    text = " ".join(event_explanation_to_text(explained(told("One", **fields))).split())
    for line in lines:
        assert line in text
