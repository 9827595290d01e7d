"""Sentences on many wars (``tests/golden/place_sentences.csv``), written before the code was asked: places, countries, roles.

Each row has its mentions, ``name; roles; country; lat lon km``, separated by ``|``; a name after ``?`` may be found or not.
The role ``event_place`` stands for ground here, for which one of two roles is given is a matter of whether an event was read.
What the code gets wrong stands in ``known_faults``, so that both a new fault and one that is mended are seen.

``place_sentences_carried.csv`` holds 44 more, written when rules had been made for causes of faults of the first and before
those were asked about them: they tell how far the rules carry. ``place_sentences_wars.csv`` holds 73 on as many wars since
1945, written in the same way and at one sitting with those of ``data/toponyms/war_sentences.txt``, which weights are fitted on;
no rule was made for them.

``place_sentences_told.csv`` holds 113 more on wars from 1946 to 2025, written to find points in a wrong country or falsely
sharp; of those called "scored" no fault was looked at while rules were made.
"""

import csv
import json
from pathlib import Path

import pytest

from geoconflict.geo import distance_m
from geoconflict.pipeline import parse

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
ROWS = []
for name in (
    "place_sentences.csv",
    "place_sentences_carried.csv",
    "place_sentences_wars.csv",
    "place_sentences_told.csv",
):
    with (GOLDEN / name).open(encoding="utf-8", newline="") as stream:
        ROWS += [row | {"table": name} for row in csv.DictReader(stream)]


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    path = tmp_path_factory.mktemp("sentences") / "sentences.jsonl"
    lines = [{"id": str(number), "text": row["text"], "published": row["published"]} for number, row in enumerate(ROWS)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return {record["doc_id"]: record for record in parse(path)}


def fault_of(mention, found):
    """Return what is wrong with a mention's answer, or an empty string."""
    name, roles, country, spot = (part.strip() for part in mention.split(";"))
    if found is None:
        return f"{name}: not found"
    allowed = {*roles.split("/"), *(["region_context"] if "event_place" in roles else [])}
    if found["role"] not in allowed:
        return f"{name}: {found['role']}"
    if found["lat"] is None:
        return f"{name}: no place"
    if country and found["country"] != country:
        return f"{name}: in {found['country']}"
    if spot:
        lat, lon, km = map(float, spot.split())
        if distance_m(lon, lat, found["lon"], found["lat"]) > km * 1000:
            return f"{name}: elsewhere"
    return ""


def faults_of(row, record):
    """Return what is wrong with the answers to one sentence."""
    text, faults, spans, at = row["text"], [], [], 0
    for mention in filter(None, row["mentions"].split(" | ")):
        name = mention.lstrip("?").partition(";")[0]
        if mention.startswith("?"):
            spans += [(start, start + len(name)) for start in range(len(text)) if text.startswith(name, start)]
            continue
        start = text.index(name, at)
        at = start + len(name)
        spans.append((start, at))
        hits = [one for one in record["toponyms"] if one["start"] < at and start < one["end"]]
        faults.append(fault_of(mention, hits[0] if hits else None))
    faults += [
        f"{one['phrase']}: no place name"
        for one in record["toponyms"]
        if not any(start < one["end"] and one["start"] < end for start, end in spans)
    ]
    return " | ".join(filter(None, faults))


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_the_places_of_a_sentence(number, records):
    assert faults_of(ROWS[number], records[str(number)]) == ROWS[number]["known_faults"]


@pytest.mark.parametrize(
    ("table", "share"),
    [
        ("place_sentences.csv", 0.73),
        ("place_sentences_carried.csv", 0.73),
        ("place_sentences_wars.csv", 0.6),
        ("place_sentences_told.csv", 0.7),
    ],
)
def test_most_sentences_are_right(table, share):
    rows = [row for row in ROWS if row["table"] == table]
    assert sum(not row["known_faults"] for row in rows) >= share * len(rows)
