"""What happened in the past is dated to its own time, never to the report's, from the file to the events of ``parse``."""

import json

import pytest

from geoconflict import parse

PUBLISHED = "2020-10-30"
BACKGROUND = [
    ("The 1994 ceasefire left the region outside state control.", []),
    ("The ceasefire of 1994 was signed in Moscow.", [("ceasefire", "1994-01-01", "1994-12-31")]),
    ("The 2016 clashes near Tartar killed dozens.", [("Armed clash", "2016-01-01", "2016-12-31")]),
    # An aside about years ago is no event of the report, of whatever day (extract/non_events/no_event.py).
    ("The four-day war of April 2016, in which soldiers clashed near Tartar, changed little.", []),
    (
        "Stepanakert was shelled heavily during the war in the 1990s.",
        [("Shelling/artillery/missile attack", "1990-01-01", "1999-12-31")],
    ),
    ("In the 1990s war, Agdam was shelled.", [("Shelling/artillery/missile attack", "1990-01-01", "1999-12-31")]),
    ("The 1990s saw Sarajevo shelled.", [("Shelling/artillery/missile attack", "1990-01-01", "1999-12-31")]),
    (
        "Stepanakert was shelled during the war that ended in 1994.",
        [("Shelling/artillery/missile attack", "1994-12-31", None)],
    ),
    ("The 1994 truce ended the fighting around Stepanakert.", [("ceasefire", "1994-01-01", "1994-12-31")]),
    ("The 1988 chemical attack on Halabja killed thousands.", [("Chemical weapon", "1988-01-01", "1988-12-31")]),
    ("A decade ago, protesters were shot dead in Osh.", [("Excessive force against protesters", "2010-01-01", None)]),
    (
        "Twenty years ago rebels seized Bangui. On Thursday, troops clashed with rebels in Bambari.",
        [("Non-state actor overtakes territory", "2000-01-01", "2000-12-31"), ("Armed clash", "2020-10-29", None)],
    ),
    (
        "The town of Agdam, which was destroyed in 1993, was shelled on Thursday.",
        [("Shelling/artillery/missile attack", "2020-10-29", None)],
    ),
    (
        "The ceasefire agreed in 1994 was broken on Thursday when soldiers shelled Tartar.",
        [("ceasefire", "1994-01-01", "1994-12-31"), ("Shelling/artillery/missile attack", "2020-10-29", None)],
    ),
]


@pytest.fixture(scope="module")
def parsed(tmp_path_factory):
    path = tmp_path_factory.mktemp("background") / "reports.jsonl"
    rows = [
        {"id": str(at), "text": text, "published": PUBLISHED, "title": ""} for at, (text, _) in enumerate(BACKGROUND)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return {record["doc_id"]: record for record in parse(path)}


@pytest.mark.parametrize("at", range(len(BACKGROUND)), ids=[text for text, _ in BACKGROUND])
def test_background_is_dated_to_its_own_time(parsed, at):
    events = parsed[str(at)]["events"]
    found = {(event["sub_event_type"], event["date"]): event["date_end"] for event in events}
    assert all(event["date_basis"] != "published" for event in events)
    for sub_type, first, last in BACKGROUND[at][1]:
        assert (sub_type, first) in found
        assert last is None or found[sub_type, first] == last
